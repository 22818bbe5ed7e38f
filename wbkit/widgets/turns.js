// A text in blocks - the turns of people who speak, or answers - with its codings drawn in them.

const ACCEPTED = "accepted";
const REVIEW = "review";
const WITHDRAWN = "withdrawn";

class Blocks {
  constructor(coder, content) {
    this.coder = coder;
    this.list = content.answers ? this.ofAnswers(content) : this.ofTurns(content);
    this.list.forEach((one, nth) => { one.nth = nth; });
  }

  ofTurns({ text, blocks, document: name, language }) {
    const offsets = new Offsets(text, language);
    return blocks.map(([start, end, speaker, role, coded]) => ({
      document: name, offsets, start: offsets.units(start), end: offsets.units(end), speaker, role,
      coded: coded !== 0,
    }));
  }

  ofAnswers({ answers, language }) {
    return answers.map((one) => {
      const offsets = new Offsets(one.text, language);
      return { ...one, offsets, start: 0, end: one.text.length, speaker: "", role: "", coded: true };
    });
  }

  // The blocks that a passage touches; those of a text stand in order.
  of({ document: name, start, end }) {
    if (this.coder.isGrid) return this.list.filter((one) => one.document === name);
    const from = countBelow(this.list.length, (nth) => this.list[nth].end <= start);
    const found = [];
    for (let nth = from; nth < this.list.length && this.list[nth].start < end; nth += 1) {
      found.push(this.list[nth]);
    }
    return found;
  }

  build(block) {
    const words = this.coder.words;
    block.words = make("div", { class: "wbk-words", "data-nth": block.nth });
    block.stripes = make("ul", { class: "wbk-stripes", "aria-label": words.codes });
    block.element = make("div", {
      class: "wbk-turn", role: "group", tabindex: block.nth ? -1 : 0, "data-nth": block.nth,
      "aria-label": this.name(block),
    }, make("span", { class: "wbk-who", "aria-hidden": "true", title: block.role || null },
      block.speaker), block.words, block.stripes);
    return block.element;
  }

  name(block) {
    const said = fill(this.coder.words.turn, { nth: block.nth + 1, all: this.list.length });
    return [said, block.speaker, block.role].filter(Boolean).join(", ");
  }

  // Draw one block: each stretch with the same codes is one mark.
  draw(block) {
    const codings = (this.inside.get(block) ?? []).filter((one) => this.coder.isShown(one));
    this.drawWords(block, codings);
    this.drawStripes(block, codings.filter((one) => one.start >= block.start));
  }

  drawWords(block, codings) {
    const { text } = block.offsets;
    const edges = new Set([block.start, block.end]);
    for (const one of codings) {
      edges.add(Math.max(one.start, block.start));
      edges.add(Math.min(one.end, block.end));
    }
    const cuts = [...edges].sort((a, b) => a - b);
    const parts = cuts.slice(1).map((end, nth) => {
      const start = cuts[nth];
      const over = codings.filter((one) => one.start <= start && one.end >= end);
      const words = text.slice(start, end);
      return over.length ? this.mark(words, over) : document.createTextNode(words);
    });
    block.words.replaceChildren(...parts);
    block.words.style.setProperty("--lines", Math.max(1, ...parts.map((one) => one.lines ?? 0)));
  }

  drawStripes(block, own) {
    block.stripes.replaceChildren(...own.map((one) => this.stripe(one)));
    block.stripes.hidden = !own.length;
  }

  mark(words, over) {
    const { codes, chosen } = this.coder;
    const lines = over.slice(0, 4).map((one) => codes.get(one.code));
    const element = make("mark", {
      class: `wbk-mark wbk-lines${lines.length}${over.includes(chosen) ? " wbk-chosen" : ""}`,
      title: over.map((one) => this.coder.label(one.code)).join(" · "),
      "data-ids": over.map((one) => one.id).join(" "),
    }, words);
    element.lines = lines.length;
    lines.forEach((code, nth) => element.style.setProperty(
      `--line${nth}`, `var(--wbk-line-${code?.colour ?? 0}-${code?.pattern ?? 0})`));
    element.style.setProperty("--tint", `var(--wbk-colour-${lines[0]?.colour ?? 0})`);
    if (over.every((one) => one.status === REVIEW)) element.classList.add("wbk-proposed");
    return element;
  }

  stripe(coding) {
    const code = this.coder.codes.get(coding.code);
    const isOwn = coding.coder === this.coder.name;
    const mine = isOwn ? null : make("span", { class: "wbk-other" }, coding.coder);
    const memo = coding.memo ? make("span", { class: "wbk-note", "aria-hidden": "true" }, "✎") : null;
    const element = button("", () => this.coder.choose(coding), {
      class: `wbk-stripe${coding.status === REVIEW ? " wbk-proposed" : ""}`,
      "data-id": coding.id, "aria-pressed": String(this.coder.chosen === coding),
      "aria-label": this.coder.named(coding), title: this.coder.named(coding),
      onmousedown: (event) => event.preventDefault(),
    });
    element.append(swatch(code), make("span", {}, this.coder.label(coding.code)));
    element.append(...[mine, memo].filter(Boolean));
    return make("li", {}, element);
  }

  // Sort all codings into their blocks.
  place(codings) {
    this.inside = new Map();
    for (const coding of codings) this.put(coding);
  }

  put(coding) {
    for (const block of this.of(coding)) {
      const there = this.inside.get(block) ?? [];
      if (!there.includes(coding)) this.inside.set(block, [...there, coding].sort(inOrder));
    }
  }

  drawAll() {
    for (const block of this.list) this.draw(block);
  }

  drawAround(codings) {
    const touched = new Set();
    for (const coding of codings) {
      this.put(coding);
      for (const block of this.of(coding)) touched.add(block);
    }
    for (const block of touched) this.draw(block);
  }
}

function inOrder(one, other) {
  return one.start - other.start || other.end - one.end || (one.code < other.code ? -1 : 1);
}
