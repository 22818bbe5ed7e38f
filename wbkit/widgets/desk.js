// The coder's desk: which texts, codes and codings there are, and how they change.

class Desk {
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
      words: content.words, name: content.coder, shown: content.document, 
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
    const held = this.text.contains(document.activeElement) ? document.activeElement : null;
    this.blocks.drawAround(touched);
    if (held && !this.text.contains(held)) this.holdOn(held.dataset.id);
    this.tree.count();
    this.selection.paint();
    this.grid?.mark();
    this.frame.showConsidered(!this.own().length);
  }

  // What had focus was drawn anew, or is gone: then its turn has focus.
  holdOn(id) {
    const stripe = id && this.stripe({ id });
    if (stripe) stripe.focus();
    else if (this.here) this.go(this.here, true);
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
}

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
