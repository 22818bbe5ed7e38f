// Two or more coders beside each other: from difference to difference, and what they decide.

class ReviewFrame extends Frame {
  buttons() {
    return [this.action("yes", "j"), this.action("no", "x"), this.action("memo", "m"),
      this.action("undo", "ctrl+z"), this.action("next", "n")];
  }

  describe(row) {
    const { coder: review } = this;
    const { words } = review;
    this.about.replaceChildren();
    if (!row) return;
    const own = review.content.coders;
    const takes = [...row.given, ...row.not_given].sort((a, b) => own.indexOf(a) - own.indexOf(b));
    this.about.append(
      make("p", { class: "wbk-head" }, swatch(review.codes.get(row.code)),
        make("b", {}, review.label(row.code))),
      make("p", {}, review.sides(row)),
      make("p", { class: "wbk-verdict" }, review.verdict(row)),
      make("q", {}, shortened(review.quote(row), 90)),
      ...(row.memo ? [make("p", { class: "wbk-memo" }, `✎ ${row.memo}`)] : []),
      make("p", { class: "wbk-doing" }, ...takes.map((name) => button(
        fill(words.take, { name }), () => review.takeOf(name), { "data-take": name },
      ))),
      make("p", { class: "wbk-doing" }, ...takes.map((name) => button(
        fill(words.take_all, { name }), () => review.takeAllOf(name), { "data-take-all": name },
      ))));
  }
}

class Review extends Deciding {
  namedActions() {
    return {
      yes: () => this.decide("yes"),
      no: () => this.decide("no"),
      memo: () => this.writeMemo(),
      undo: () => this.turnRound(this.done, this.undone, "undo"),
      next: () => this.next(1),
      redo: () => this.turnRound(this.undone, this.done, "redo"),
      previous: () => this.next(-1),
      again: () => this.decide(""),
      table: () => { this.table.open = !this.table.open; },
      keys: () => this.frame.showKeys(),
    };
  }

  menu() {
    return [["redo", "Ctrl+Shift+Z"], ["previous", "P"], ["again", "O"],
      ["table", "T", this.table.open], ["keys", "?"]];
  }

  // Take over what Python says, and draw all of it.
  load(content) {
    this.take(content);
    Object.assign(this, {
      shown: content.document, isGrid: Boolean(content.answers), filter: this.filter ?? "",
    });
    this.codes = new Map(content.codes.map((one) => [one.id, one]));
    this.blocks = new Lanes(this, content);
    this.texts = new Map(this.blocks.list.map((one) => [one.document, one.offsets]));
    this.codings = content.codings.map((one) => this.inUnits(one, one.start, one.end));
    this.know(content.differences);
    this.draw();
    const wanted = this.rows.get(this.wanted);
    this.wanted = null;
    if (wanted && this.isHere(wanted)) this.choose(wanted);
  }

  know(differences) {
    this.rows = new Map(differences.map((one) => {
      const key = JSON.stringify([one.document, one.start, one.end, one.code]);
      return [key, { ...this.inUnits(one, one.first, one.last), key }];
    }));
    this.chosen = this.rows.get(this.chosen?.key) ?? null;
  }

  // A place of Python counts code points; here it counts units.
  inUnits(one, start, end) {
    const offsets = this.texts.get(one.document);
    return offsets ? { ...one, start: offsets.units(start), end: offsets.units(end) } : { ...one };
  }

  draw() {
    const { words, content } = this;
    this.root?.remove();
    this.frame = new ReviewFrame(this);
    this.text = make("div", {
      class: "wbk-text", role: "region", tabindex: 0,
      "aria-label": fill(words.text, { name: this.shown }),
    }, this.blocks.head(), ...this.blocks.list.map((one) => this.blocks.build(one)));
    this.list = make("ol", { class: "wbk-tree wbk-differences", "aria-label": words.differences });
    this.counts = make("p", { class: "wbk-scheme" });
    this.table = make("details", { class: "wbk-agreement" });
    const side = make("div", { class: "wbk-side" }, this.chooser(), this.codeChooser(), this.counts,
      this.list, this.frame.note, this.frame.about);
    this.root = make("div", {
      class: "wbk wbk-review", lang: content.language, role: "group",
      "aria-label": fill(words.reviewing, { names: content.coders.join(", ") }),
      "data-lm-suppress-shortcuts": "true",
    }, this.frame.bar, this.frame.warning, make("div", { class: "wbk-main" }, side, this.text),
    this.table, this.frame.live);
    this.root.style.setProperty("--lanes", content.coders.length);
    this.listen();
    this.blocks.place(this.codings);
    this.showTable(content.agreement);
    this.place.replaceChildren(this.root);
    this.refresh();
    this.frame.showState(this.ledger?.state ?? SAVED);
  }

  chooser() {
    const { documents } = this.content;
    if (documents.length < 2) return null;
    const openIn = (name) => [...this.rows.values()]
      .filter((one) => one.document === name && !one.decision).length;
    return choice(this.words.texts, documents.map((name) => [name, `${name} (${openIn(name)})`]),
      this.shown, (name) => this.open(name));
  }

  codeChooser() {
    const codes = [...new Set([...this.rows.values()].map((one) => one.code))];
    return choice(this.words.filter_code, [["", this.words.all],
      ...codes.map((one) => [one, this.label(one)])], this.filter,
    (code) => { this.filter = code; this.refresh(); });
  }

  showTable({ title, header, rows, notes }) {
    this.table.replaceChildren(make("summary", {}, this.words.agreement),
      make("table", {}, make("caption", {}, title),
        make("thead", {}, make("tr", {}, ...header.map((one) => make("th", { scope: "col" }, one)))),
        make("tbody", {}, ...rows.map(([first, ...rest]) => make("tr", {},
          make("th", { scope: "row" }, first), ...rest.map((one) => make("td", {}, one)))))),
      ...notes.map((one) => make("p", {}, one)));
  }

  // Draw what a decision changes: the list, the lane of decisions, the difference in view.
  refresh() {
    const held = document.activeElement?.dataset?.key;
    const isInList = this.list.contains(document.activeElement);
    this.blocks.drawAll();
    const rows = this.inView().filter((one) => this.isHere(one));
    this.list.replaceChildren(...rows.map((row) => make("li", {}, this.blocks.chip(row))));
    const all = [...this.rows.values()];
    this.counts.textContent = fill(this.words.counted, {
      open: all.filter((one) => !one.decision).length, n: all.length,
    });
    this.frame.describe(this.chosen);
    if (held) this.chipOf(held, isInList ? this.list : this.text)?.focus({ preventScroll: true });
  }

  renew({ differences, agreement }) {
    this.know(differences);
    this.showTable(agreement);
    this.refresh();
  }

  // --- what there is

  inView() {
    return [...this.rows.values()].filter((one) => !this.filter || one.code === this.filter);
  }

  isHere(row) {
    return this.isGrid || row.document === this.shown;
  }

  rowsIn(block) {
    return this.inView().filter((row) => row.document === block.document && this.isHere(row)
      && row.start >= block.start && row.start < block.end);
  }

  isShown(coding) {
    return !this.filter || coding.code === this.filter;
  }

  isAbout(coding, row) {
    return coding.document === row.document && coding.code === row.code
      && coding.start < row.end && coding.end > row.start;
  }

  label(code) {
    return this.codes.get(code)?.label ?? code;
  }

  quote(one) {
    return this.texts.get(one.document)?.text.slice(one.start, one.end) ?? "";
  }

  named(coding) {
    return [this.label(coding.code), `‘${shortened(this.quote(coding))}’`, coding.memo]
      .filter(Boolean).join(", ");
  }

  sides(row) {
    return fill(this.words.sides, {
      given: row.given.join(", "), not_given: row.not_given.join(", "),
    });
  }

  verdict(row) {
    return fill(this.words[`is_${row.decision || "open"}`], { who: row.decided_by });
  }

  sayRow(row) {
    return [this.label(row.code), this.sides(row), this.verdict(row),
      `‘${shortened(this.quote(row))}’`].join(", ");
  }

  // --- going

  open(name) {
    this.model.send({ kind: "open", document: name });
  }

  ask() {
    this.open(this.shown);
  }

  chipOf(key, place) {
    return place.querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  choose(row) {
    if (!this.isHere(row)) {
      this.wanted = row.key;
      this.open(row.document);
      return;
    }
    this.chosen = row;
    this.refresh();
    const chip = this.chipOf(row.key, this.text);
    chip?.closest(".wbk-turn").scrollIntoView({ block: "nearest" });
    chip?.focus({ preventScroll: true });
    this.chipOf(row.key, this.list)?.scrollIntoView({ block: "nearest" });
    this.say(this.sayRow(row));
  }

  // The next difference on which nothing was decided; then from the begin again.
  next(step) {
    this.go(step, (one) => !one.decision, this.words.all_decided);
  }

  go(step, isOne, otherwise) {
    const list = this.inView();
    const at = list.findIndex((one) => one.key === this.chosen?.key);
    const from = at < 0 && step < 0 ? 0 : at;
    const ahead = list.map((_, nth) => list[(from + step * (nth + 1) + list.length * 2) % list.length]);
    const found = ahead.find(isOne);
    if (found) this.choose(found);
    else this.say(otherwise);
  }

  backToText() {
    if (this.chosen) this.chipOf(this.chosen.key, this.text)?.focus({ preventScroll: true });
    else this.text.focus({ preventScroll: true });
  }

  // --- deciding

  decision(key) {
    const { decision, memo, decided_by: who } = this.rows.get(key);
    return [decision, memo, who];
  }

  decided(key, [decision, memo, who]) {
    const row = this.rows.get(key);
    if (row) Object.assign(row, { decision, memo, decided_by: who });
  }

  made(row, decision, memo = row.memo) {
    return [row.key, decision ? [decision, memo, this.content.decided_by] : ["", "", ""]];
  }

  isChosen() {
    if (!this.chosen) this.say(this.words.choose_difference);
    return Boolean(this.chosen);
  }

  decide(decision) {
    if (!this.isChosen()) return;
    this.change([this.made(this.chosen, decision)], this.saidOf(decision, this.chosen));
  }

  saidOf(decision, row) {
    return `${this.label(row.code)}: ${fill(this.words[`is_${decision || "open"}`],
      { who: this.content.decided_by })}`;
  }

  // What one coder saw counts: the code stays where they gave it.
  takeOf(name) {
    if (!this.isChosen()) return;
    if (!this.hasLooked(this.chosen, name)) {
      this.say(fill(this.words.not_looked, { name }));
      return;
    }
    this.decide(this.chosen.given.includes(name) ? "yes" : "no");
  }

  takeAllOf(name) {
    if (!this.isChosen()) return;
    const { code } = this.chosen;
    const rows = [...this.rows.values()].filter((one) => one.code === code && !one.decision
      && this.hasLooked(one, name));
    this.change(rows.map((one) => this.made(one, one.given.includes(name) ? "yes" : "no")),
      fill(this.words.took_all, { name, label: this.label(code), n: rows.length }));
  }

  hasLooked(row, name) {
    return row.given.includes(name) || row.not_given.includes(name);
  }

  writeMemo() {
    if (!this.isChosen()) return;
    const row = this.chosen;
    if (!row.decision) {
      this.say(this.words.decide_first);
      return;
    }
    this.frame.ask(fill(this.words.why, { label: this.label(row.code) }), row.memo,
      (memo) => this.change([this.made(row, row.decision, memo)], this.words.memo_kept));
  }

  pressed(event) {
    const { key, code, shiftKey } = event;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
    const name = digit && this.content.coders[Number(digit) - 1];
    if (name) return shiftKey ? () => this.takeAllOf(name) : () => this.takeOf(name);
    if (key === "ArrowDown") return () => this.go(1, () => true, "");
    if (key === "ArrowUp") return () => this.go(-1, () => true, "");
    const action = REVIEW_KEYS[key.length === 1 ? key.toLowerCase() : key];
    if (action) return this.actions[action];
    if (key === "Escape") return () => this.leave();
    return null;
  }

  leave() {
    this.chosen = null;
    this.refresh();
    this.text.focus({ preventScroll: true });
  }
}

const REVIEW_KEYS = {
  j: "yes", y: "yes", x: "no", m: "memo", n: "next", p: "previous", o: "again", t: "table",
  "?": "keys",
};

export default widget(Review);
