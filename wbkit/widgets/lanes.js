// A text with a lane for each coder beside it, and one for what they decide together.

class Lanes extends Blocks {
  build(block) {
    const { words, content } = this.coder;
    block.words = make("div", { class: "wbk-words", "data-nth": block.nth });
    block.lanes = content.coders.map((name) => make("ul", {
      class: "wbk-stripes", "data-lane": name, "aria-label": fill(words.lane, { name }),
    }));
    block.chips = make("ul", {
      class: "wbk-stripes wbk-together", "data-lane": words.together, "aria-label": words.together,
    });
    block.element = make("div", {
      class: "wbk-turn", role: "group", "data-nth": block.nth, "aria-label": this.name(block),
    }, make("span", { class: "wbk-who", "aria-hidden": "true", title: block.role || null },
      block.speaker), block.words, ...block.lanes, block.chips);
    return block.element;
  }

  head() {
    const { words, content } = this.coder;
    return make("div", { class: "wbk-lanes", "aria-hidden": "true" },
      ...["", "", ...content.coders, words.together].map((name) => make("b", {}, name)));
  }

  drawStripes(block, own) {
    this.coder.content.coders.forEach((name, nth) => {
      const codings = own.filter((one) => one.coder === name);
      block.lanes[nth].replaceChildren(...codings.map((one) => this.stripe(one)));
      block.lanes[nth].hidden = !codings.length && this.coder.isNarrow;
    });
    const rows = this.coder.rowsIn(block);
    block.chips.replaceChildren(...rows.map((row) => make("li", {}, this.chip(row))));
  }

  stripe(coding) {
    const code = this.coder.codes.get(coding.code);
    return make("li", { class: "wbk-given", title: this.coder.named(coding) }, swatch(code),
      this.coder.label(coding.code), coding.memo ? " ✎" : null);
  }

  // What coders differ on, with what was decided about it.
  chip(row) {
    const element = button("", () => this.coder.choose(row), {
      class: `wbk-stripe wbk-said-${row.decision || "open"}`, "data-key": row.key,
      "aria-pressed": String(this.coder.chosen === row), "aria-label": this.coder.sayRow(row),
    });
    element.append(make("b", {}, SIGNS[row.decision]), this.coder.label(row.code));
    return element;
  }

  mark(words, over) {
    const element = super.mark(words, over);
    const row = this.coder.chosen;
    if (row && over.some((one) => this.coder.isAbout(one, row))) element.classList.add("wbk-chosen");
    return element;
  }
}

const SIGNS = { yes: "✓ ", no: "✕ ", "": "? " };
