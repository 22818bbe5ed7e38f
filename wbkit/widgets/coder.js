// The coder at work: what is shown, what is done, and with which keys.

const ACCEPTED = "accepted";
const REVIEW = "review";
const WITHDRAWN = "withdrawn";

class Coder {
  constructor(model, place) {
    this.model = model;
    this.place = place;
    this.filter = { code: "", coder: "", speaker: "" };
    this.sticky = null;
    this.recent = null;
    this.actions = this.namedActions();
  }

  // Take over what Python says, and draw all of it.
  load(content) {
    Object.assign(this, {
      words: content.words, name: content.coder, shown: content.document, key: content.key,
      isGrid: Boolean(content.answers), content, considered: { ...content.considered },
      chosen: null, here: null, asked: null, isKeyboard: this.isKeyboard ?? false,
      undone: [...content.journal.redo], done: [...content.journal.undo],
    });
    this.codes = new Map(content.codes.map((one) => [one.id, one]));
    this.blocks = new Blocks(this, content);
    this.codings = new Map();
    for (const one of [...content.codings, ...content.journal.codings]) this.know(one);
    this.draw();
  }

  // A coding of Python counts code points; here it counts units.
  know(coding) {
    const offsets = this.offsets(coding.document);
    if (!offsets || this.codings.has(coding.id)) return;
    this.codings.set(coding.id, {
      ...coding, start: offsets.units(coding.start), end: offsets.units(coding.end),
    });
  }

  offsets(name) {
    return this.blocks.list.find((one) => one.document === name)?.offsets;
  }

  draw() {
    const { words } = this;
    this.root?.remove();
    this.frame = new Frame(this);
    this.tree = new CodeTree(this);
    this.text = this.isGrid ? new Grid(this).element : make("div", {
      class: "wbk-text", role: "region", "aria-label": fill(words.text, { name: this.shown }),
    }, ...this.blocks.list.map((one) => this.blocks.build(one)));
    const side = make("div", { class: "wbk-side" }, this.chooser(), this.tree.element,
      this.frame.note, this.frame.about);
    this.root = make("div", {
      class: "wbk", lang: this.content.language, role: "group",
      "aria-label": fill(words.coder, { name: this.name }), "data-lm-suppress-shortcuts": "true",
    }, this.frame.bar, this.frame.warning, this.frame.filters,
    make("div", { class: "wbk-main" }, side, this.text), this.frame.live);
    this.selection ??= new Selection(this);
    this.selection.clear();
    this.listen();
    this.blocks.place(this.codings.values());
    this.blocks.drawAll();
    this.place.replaceChildren(this.root);
    this.grid?.refresh();
    this.frame.showConsidered(!this.own().length);
    this.heard(this.ledger?.state ?? SAVED);
  }

  chooser() {
    const { documents } = this.content;
    if (documents.length < 2) return null;
    return choice(this.words.texts, documents.map((one) => [one.id, `${one.id} (${one.n})`]),
      this.shown, (name) => this.model.send({ kind: "open", document: name }));
  }

  // --- what there is

  standing() {
    return [...this.codings.values()].filter((one) => one.status !== WITHDRAWN);
  }

  own() {
    return this.standing().filter((one) => one.coder === this.name);
  }

  isShown(one) {
    const { code, coder } = this.filter;
    return one.status !== WITHDRAWN && (!code || one.code === code) && (!coder || one.coder === coder);
  }

  label(code) {
    return this.codes.get(code)?.label ?? code;
  }

  quote(coding) {
    return this.offsets(coding.document).text.slice(coding.start, coding.end);
  }

  named(coding) {
    const proposal = coding.status === REVIEW ? this.words.proposal : "";
    return [this.label(coding.code), `‘${shortened(this.quote(coding))}’`, coding.coder, proposal]
      .filter(Boolean).join(", ");
  }

  say(words) {
    this.frame.say(words);
  }

  isConsidered(document = this.shown) {
    return Boolean(this.considered[document]?.length);
  }

  // --- edits: what changed can be turned round

  change({ add = [], set = {}, considered = {}, memo = null, newCode = null }, said) {
    const changes = {};
    for (const one of add) {
      this.codings.set(one.id, one);
      changes[one.id] = [WITHDRAWN, one.status];
    }
    for (const [id, status] of Object.entries(set)) {
      changes[id] = [this.codings.get(id).status, status];
    }
    const looked = Object.fromEntries(Object.entries(considered)
      .map(([name, codes]) => [name, [this.considered[name] ?? [], codes]]));
    const entry = { changes, considered: looked, memo };
    this.done.push(entry);
    this.undone = [];
    this.apply(entry, 1);
    this.ledger.write({
      shown: this.shown, move: "do", add: add.map((one) => this.row(one)), ...sides(set), considered,
      memo, new_code: newCode, entry,
    });
    this.say(said);
  }

  row({ id, document: name, start, end, code, memo, supersedes, time }) {
    const offsets = this.offsets(name);
    return {
      key: id, document: name, start: offsets.points(start), end: offsets.points(end),
      quote: offsets.text.slice(start, end), code, time, ...(memo && { memo }),
      ...(supersedes && { supersedes }),
    };
  }

  apply(entry, side) {
    const touched = [];
    for (const [id, states] of Object.entries(entry.changes ?? {})) {
      const coding = this.codings.get(id) ?? this.codings.get(this.ledger.id(id));
      if (!coding) continue;
      coding.status = states[side];
      touched.push(coding);
    }
    for (const [name, states] of Object.entries(entry.considered ?? {})) {
      this.considered[name] = states[side];
    }
    if (this.chosen?.status === WITHDRAWN) this.choose(null);
    this.redraw(touched);
  }

  redraw(touched) {
    this.blocks.drawAround(touched);
    this.tree.count();
    this.selection.paint();
    this.grid?.mark();
    this.frame.showConsidered(!this.own().length);
  }

  turnRound(from, to, move) {
    const entry = from.pop();
    if (!entry) {
      this.say(this.words[`nothing_${move}`]);
      return;
    }
    to.push(entry);
    const side = move === "undo" ? 0 : 1;
    this.apply(entry, side);
    const at = (states) => Object.fromEntries(
      Object.entries(states ?? {}).map(([name, both]) => [name, both[side]]));
    this.ledger.write({
      shown: this.shown, move, ...sides(at(entry.changes)), considered: at(entry.considered),
      memo: entry.memo, entry,
    });
    this.say(this.words[`did_${move}`]);
  }

  made(passage, code, about = {}) {
    return {
      id: `new-${crypto.randomUUID?.() ?? String(Math.random()).slice(2)}`,
      document: passage.block.document, start: passage.start, end: passage.end, code,
      coder: this.name, status: ACCEPTED, origin: "manual", memo: "", time: moment(), ...about,
    };
  }

  // --- giving codes

  // The words to code: those selected, else the turn with visible focus.
  passage() {
    if (this.selection.range) return this.selection.range;
    const block = this.asked ?? (this.hasVisibleFocus() ? this.here : null);
    return block && { block, ...block.offsets.trimmed(block.start, block.end) };
  }

  hasVisibleFocus() {
    return this.isKeyboard && this.here?.element === document.activeElement;
  }

  give(code) {
    if (this.recoding) {
      this.replace(this.recoding, { code }, fill(this.words.recoded, { label: this.label(code) }));
      return;
    }
    this.recent = code;
    if (this.grid && !this.selection.range && this.grid.give(code)) return;
    const passage = this.passage();
    this.asked = null;
    if (!passage || passage.start >= passage.end) {
      this.say(this.words.select_first);
      return;
    }
    const there = this.own().find((one) => one.code === code && one.start === passage.start
      && one.end === passage.end && one.document === passage.block.document);
    if (there) {
      this.say(fill(this.words.had_it, { label: this.label(code) }));
      return;
    }
    this.change({ add: [this.made(passage, code)] }, this.gave(code, passage));
  }

  gave(code, { block, start, end }) {
    return fill(this.words.gave, {
      label: this.label(code), words: shortened(block.offsets.text.slice(start, end)),
    });
  }

  inVivo() {
    const words = this.selection.words().replace(/\s+/g, " ").trim();
    if (!words || this.content.real) {
      this.say(this.words[words ? "no_in_vivo" : "select_first"]);
      return;
    }
    const id = codeId(words, this.codes);
    const known = this.codes.has(id);
    if (!known) {
      this.codes.set(id, {
        id, label: shortened(words, 80), definition: "", scheme: "", parent: "", key: "",
        colour: this.codes.size % 8, pattern: Math.floor(this.codes.size / 8) % 4,
      });
      this.tree.draw();
    }
    this.recent = id;
    this.change({
      add: [this.made(this.selection.range, id)],
      newCode: known ? null : { id, label: this.label(id) },
    }, this.gave(id, this.selection.range));
  }

  // Another place, code or memo: a new coding in place of the old one.
  replace(coding, about, said) {
    const changed = { ...coding, ...about, id: this.made({ block: coding, ...coding }).id };
    const made = {
      ...changed, supersedes: coding.id, origin: "manual", status: ACCEPTED, time: moment(),
    };
    this.recoding = null;
    this.change({ add: [made], set: { [coding.id]: WITHDRAWN } }, said);
    this.choose(made);
  }

  isMine(coding) {
    if (coding?.coder === this.name) return true;
    this.say(this.words[coding ? "not_yours" : "choose_first"]);
    return false;
  }

  // --- choosing and going

  choose(coding) {
    const before = this.chosen;
    this.chosen = coding;
    this.recoding = null;
    this.redraw([before, coding].filter(Boolean));
    this.frame.describe(coding);
    if (!coding) return;
    this.selection.clear();
    this.stripe(coding)?.focus();
  }

  stripe({ id }) {
    return this.text.querySelector(`.wbk-stripe[data-id="${CSS.escape(id)}"]`);
  }

  go(block, isQuiet = false) {
    if (!block) return;
    if (this.here) this.here.element.tabIndex = -1;
    this.here = block;
    block.element.tabIndex = 0;
    block.element.focus({ preventScroll: true });
    block.element.scrollIntoView({ block: "nearest" });
    if (!isQuiet) this.say(shortened(block.offsets.text.slice(block.start, block.end), 300));
  }

  backToText() {
    this.recoding = null;
    this.go(this.here ?? this.visible()[0], true);
  }

  visible() {
    return this.blocks.list.filter((one) => !one.element.hidden);
  }

  neighbour(step) {
    const list = this.grid ? this.grid.order() : this.visible();
    const at = list.indexOf(this.here);
    return list[Math.max(0, Math.min(list.length - 1, at + step))];
  }

  next() {
    const list = this.grid ? this.grid.order() : this.visible();
    const at = list.indexOf(this.here);
    const ahead = [...list.slice(at + 1), ...list.slice(0, at + 1)];
    const isOpen = this.filter.code ? (one) => this.shownIn(one).length
      : (one) => one.coded && !this.ownIn(one).length && !(this.grid && this.isConsidered(one.document));
    const found = ahead.find(isOpen);
    if (found) this.go(found);
    else this.say(this.words.all_coded);
  }

  ownIn(block) {
    return (this.blocks.inside.get(block) ?? [])
      .filter((one) => one.coder === this.name && one.status === ACCEPTED);
  }

  shownIn(block) {
    return (this.blocks.inside.get(block) ?? []).filter((one) => this.isShown(one));
  }

  // The next coding on the same words, or in the same turn.
  nextOver() {
    const block = this.chosen ? this.blocks.of(this.chosen)[0] : this.here;
    const list = block ? this.shownIn(block) : [];
    if (list.length) this.choose(list[(list.indexOf(this.chosen) + 1) % list.length]);
  }

  nextProposal() {
    const list = this.standing().filter((one) => one.status === REVIEW && one.coder === this.name)
      .sort((one, other) => one.start - other.start);
    const found = list.find((one) => !this.chosen || one.start > this.chosen.start) ?? list[0];
    if (found) this.choose(found);
    else this.say(this.words.no_proposals);
  }

  consider() {
    if (this.grid) {
      this.grid.consider();
      return;
    }
    const isNew = !this.isConsidered();
    this.change({ considered: { [this.shown]: isNew ? this.content.looked : [] } },
      this.words[isNew ? "did_consider" : "did_not_consider"]);
  }

  setStatus(status, said) {
    if (!this.isMine(this.chosen)) return;
    const coding = this.chosen;
    const block = this.blocks.of(coding)[0];
    this.change({ set: { [coding.id]: status } }, fill(said, { label: this.label(coding.code) }));
    if (status === WITHDRAWN && block) this.go(block, true);
  }

  writeMemo() {
    const { chosen, words } = this;
    if (chosen && !this.isMine(chosen)) return;
    if (chosen) {
      this.frame.ask(fill(words.memo_coding, { label: this.label(chosen.code) }), chosen.memo,
        (memo) => this.replace(chosen, { memo }, words.memo_kept));
    } else this.keepMemo(fill(words.memo_text, { name: this.shown }), { document: this.shown });
  }

  codeMemo() {
    const code = this.chosen?.code ?? this.recent;
    if (code) this.keepMemo(fill(this.words.memo_code, { label: this.label(code) }), { code });
    else this.say(this.words.choose_first);
  }

  keepMemo(title, about) {
    this.frame.ask(title, "", (text) => this.change(
      { memo: { text, time: moment(), ...about } }, this.words.memo_kept));
  }

  toggleSticky() {
    this.sticky = this.sticky ? null : this.recent;
    this.tree.count();
    this.say(this.sticky ? fill(this.words.sticks, { label: this.label(this.sticky) })
      : this.words[this.recent ? "sticks_not" : "choose_first"]);
  }

  toggleFilters() {
    const { filters } = this.frame;
    filters.hidden = !filters.hidden;
    if (filters.hidden) return;
    filters.replaceChildren(...this.filterChoices());
    filters.querySelector("select").focus();
  }

  filterChoices() {
    const { words, filter } = this;
    const all = [["", words.all]];
    const pick = (name) => (value) => { filter[name] = value; this.refilter(); };
    const people = [...new Set(this.standing().map((one) => one.coder))].map((one) => [one, one]);
    const speakers = [...new Set(this.blocks.list.map((one) => one.speaker).filter(Boolean))];
    return [
      choice(words.filter_code, [...all, ...[...this.codes.values()].map((one) => [one.id, one.label])],
        filter.code, pick("code")),
      choice(words.filter_coder, [...all, ...people], filter.coder, pick("coder")),
      this.grid ? null : choice(words.filter_speaker, [...all, ...speakers.map((one) => [one, one])],
        filter.speaker, pick("speaker")),
      ...(this.grid?.choices() ?? []),
    ].filter(Boolean);
  }

  refilter() {
    for (const block of this.blocks.list) {
      block.element.hidden = Boolean(this.filter.speaker) && block.speaker !== this.filter.speaker;
    }
    this.grid?.refresh();
    this.blocks.drawAll();
    this.selection.paint();
    this.say(fill(this.words.shown, { n: this.visible().length }));
  }

  // --- what can be done, by name

  namedActions() {
    return {
      code: () => { this.asked = this.hasVisibleFocus() ? this.here : null; this.tree.ask(); },
      memo: () => this.writeMemo(),
      undo: () => this.turnRound(this.done, this.undone, "undo"),
      redo: () => this.turnRound(this.undone, this.done, "redo"),
      next: () => this.next(),
      considered: () => this.consider(),
      remove: () => this.setStatus(WITHDRAWN, this.words.removed),
      accept: () => this.setStatus(ACCEPTED, this.words.accepted),
      reject: () => this.setStatus(WITHDRAWN, this.words.rejected),
      recode: () => {
        if (!this.isMine(this.chosen)) return;
        this.recoding = this.chosen;
        this.tree.ask();
        this.say(this.words.recode_how);
      },
      recent: () => (this.recent ? this.give(this.recent) : this.say(this.words.choose_first)),
      sticky: () => this.toggleSticky(),
      vivo: () => this.inVivo(),
      over: () => this.nextOver(),
      proposal: () => this.nextProposal(),
      memo_text: () => this.keepMemo(fill(this.words.memo_text, { name: this.shown }),
        { document: this.shown }),
      memo_code: () => this.codeMemo(),
      filters: () => this.toggleFilters(),
      keys: () => this.frame.showKeys(),
    };
  }

  menu() {
    return [
      ["redo", "Ctrl+Shift+Z"], ["recent", "R"], ["sticky", "S", Boolean(this.sticky)],
      ["vivo", "V"], ["remove", "U"], ["recode", ""], ["over", "O"], ["proposal", "}"],
      ["accept", "+"], ["reject", "-"], ["memo_text", ""], ["memo_code", ""],
      ["filters", "F"], ["keys", "?"],
    ];
  }

  // --- listening

  listen() {
    const on = (name, act) => this.root.addEventListener(name, act);
    on("keydown", (event) => this.key(event));
    for (const name of ["keyup", "keypress", "contextmenu", "paste", "copy", "cut"]) {
      on(name, (event) => event.stopPropagation());
    }
    on("mousedown", () => this.byKeyboard(false));
    on("focusin", (event) => {
      const nth = event.target.closest?.("[data-nth]")?.dataset.nth;
      if (nth !== undefined) this.here = this.blocks.list[Number(nth)];
    });
    this.text.addEventListener("mouseup", (event) => this.released(event));
    this.text.addEventListener("touchend", (event) => setTimeout(() => this.released(event)));
  }

  byKeyboard(isKeyboard) {
    this.isKeyboard = isKeyboard;
    this.root.classList.toggle("wbk-keyboard", isKeyboard);
  }

  released(event) {
    const found = this.selection.read();
    if (found) {
      this.say(fill(this.words.selected, { words: shortened(this.selection.words(), 200) }));
      if (this.sticky) this.give(this.sticky);
      return;
    }
    if (event.target.closest("button, select, input")) return;
    this.selection.clear();
    const ids = event.target.closest(".wbk-mark")?.dataset.ids.split(" ");
    if (!ids) return;
    const at = ids.indexOf(this.chosen?.id);
    this.choose(this.codings.get(ids[(at + 1) % ids.length]));
  }

  // No key leaves the widget: outside, one letter cuts a cell.
  key(event) {
    event.stopPropagation();
    if (["Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter"].includes(event.key)) {
      this.byKeyboard(true);
    }
    if (event.target.closest("input, textarea, select")) return;
    const act = this.acts(event);
    if (!act) return;
    event.preventDefault();
    act();
  }

  acts(event) {
    const { key } = event;
    const isOnButton = event.target.closest("button, [role=treeitem]");
    if (event.ctrlKey || event.metaKey) return this.controlled(event);
    if (key.startsWith("Arrow") && event.target.closest(".wbk-text")) return this.arrow(event);
    if ((key === "Enter" || key === " ") && isOnButton) return null;
    if (this.grid && event.target.closest(".wbk-text")) {
      const act = this.grid.key(event);
      if (act) return act;
    }
    if (event.altKey) return null;
    const name = KEYS[key.length === 1 ? key.toLowerCase() : key];
    if (name) return this.actions[name];
    if (key === "Escape") return () => this.leave();
    const code = [...this.codes.values()].find((one) => one.key && one.key === key.toLowerCase());
    return code ? () => this.give(code.id) : null;
  }

  controlled({ key, shiftKey }) {
    const letter = key.toLowerCase();
    if (letter === "z") return shiftKey ? this.actions.redo : this.actions.undo;
    if (letter === "y") return this.actions.redo;
    return letter === "c" ? null : ["s", "enter"].includes(letter) ? () => {} : null;
  }

  arrow(event) {
    const { key } = event;
    if (key === "ArrowUp" || key === "ArrowDown") {
      if (this.grid && event.shiftKey) return () => this.grid.extend(key === "ArrowDown" ? 1 : -1);
      return () => {
        this.selection.clear();
        if (this.chosen) this.choose(null);
        this.go(this.neighbour(key === "ArrowDown" ? 1 : -1));
      };
    }
    if (this.chosen && event.target.closest(".wbk-stripe")) return () => this.moveEdge(event);
    const block = this.here;
    return block ? () => {
      this.selection.move(block, event);
      this.say(fill(this.words.selected, { words: shortened(this.selection.words(), 200) }));
    } : null;
  }

  moveEdge({ key, shiftKey, altKey }) {
    if (!this.isMine(this.chosen)) return;
    const coding = this.chosen;
    const { start, end } = movedEdge(this.offsets(coding.document), coding, {
      direction: key === "ArrowRight" ? 1 : -1, isEnd: shiftKey, byWord: !altKey,
    });
    if (start === coding.start && end === coding.end) return;
    const words = this.offsets(coding.document).text.slice(start, end);
    this.replace(coding, { start, end },
      fill(this.words.selected, { words: shortened(words, 200) }));
  }

  leave() {
    if (this.chosen) this.choose(null);
    this.frame.describe(null);
    this.selection.clear();
    this.recoding = null;
    if (this.here) this.go(this.here, true);
  }

  heard(state, message) {
    if (!this.root) return;
    this.frame.showState(state);
    if (message?.kind === "refused") {
      this.load(JSON.parse(message.content));
      this.frame.warn(fill(this.words.refused, { words: message.words }));
    }
    if (message?.kind === "content") this.load(JSON.parse(message.content));
    if (message?.kind === SAVED && state === SAVED && this.wasBehind) {
      this.wasBehind = false;
      this.model.send({ kind: "open", document: this.shown });
    }
  }

  // Edits of before a reload: they are sent again, and then the page shows what is kept.
  catchUp() {
    this.wasBehind = this.ledger.pending.length > 0;
    if (this.wasBehind) this.ledger.sendAgain();
    this.frame.showState(this.ledger.state);
  }
}

const KEYS = {
  q: "code", Enter: "code", m: "memo", n: "next", k: "considered", u: "remove", Delete: "remove",
  Backspace: "remove", r: "recent", s: "sticky", v: "vivo", o: "over", "}": "proposal",
  "+": "accept", "-": "reject", f: "filters", "?": "keys",
};

function sides(states) {
  const all = Object.entries(states);
  return {
    withdraw: all.filter(([, status]) => status === WITHDRAWN).map(([id]) => id),
    restore: Object.fromEntries(all.filter(([, status]) => status !== WITHDRAWN)),
  };
}

function moment() {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

function codeId(words, known) {
  const plainWords = plain(words).replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "");
  const id = plainWords.slice(0, 40).replace(/_+$/, "") || "code";
  let [made, nth] = [id, 1];
  while (known.has(made) && known.get(made).label !== shortened(words, 80)) {
    nth += 1;
    made = `${id}_${nth}`;
  }
  return made;
}

// The words of a text are taken out of the model at once, so that a notebook that saves the state
// of its widgets does not save them.
const taken = new Map();

function take(model) {
  const content = model.get("content");
  if (content) {
    taken.set(model.get("name"), content);
    model.set("content", "");
  }
  return taken.get(model.get("name"));
}

function initialize({ model }) {
  take(model);
  model.on("change:content", () => take(model));
}

function render({ model, el }) {
  const coder = new Coder(model, el);
  const content = JSON.parse(take(model));
  coder.ledger = new Ledger(model, content.key, (...news) => coder.heard(...news));
  coder.load(content);
  coder.catchUp();
  return () => coder.ledger.close();
}

export default { initialize, render };
