// Answers as rows: what is known of who wrote them beside each, codes on and off by row.

class Grid {
  constructor(coder) {
    this.coder = coder;
    coder.grid = this;
    const { content, words } = coder;
    this.names = Object.keys(content.attributes);
    this.columns = new Set(this.names.slice(0, 3));
    this.picked = new Set();
    this.sort = "";
    this.where = Object.fromEntries(this.names.map((name) => [name, ""]));
    const heads = [words.answer, ...Object.values(content.attributes), words.considered];
    this.heads = make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)));
    this.body = make("tbody", {});
    this.table = make("table", {
      role: "grid", "aria-multiselectable": "true", "aria-label": content.document,
      "aria-rowcount": content.answers.length + 1,
    }, make("thead", {}, this.heads), this.body);
    this.element = make("div", { class: "wbk-text wbk-grid" }, this.table);
    for (const block of coder.blocks.list) this.build(block);
    this.element.addEventListener("click", (event) => this.click(event));
  }

  build(block) {
    block.words = make("div", { class: "wbk-words", "data-nth": block.nth });
    block.stripes = make("ul", { class: "wbk-stripes", "aria-label": this.coder.words.codes });
    block.looked = make("td", { class: "wbk-looked" });
    block.element = make("tr", {
      class: "wbk-turn", tabindex: block.nth ? -1 : 0, "data-nth": block.nth,
      "aria-selected": "false",
    }, make("td", { class: "wbk-answer" }, block.words, block.stripes),
    ...block.attributes.map((value) => make("td", {}, value)), block.looked);
  }

  // Some of what is known of who wrote an answer stands beside it.
  showColumns() {
    for (const row of [this.heads, ...this.coder.blocks.list.map((one) => one.element)]) {
      this.names.forEach((name, nth) => { row.children[nth + 1].hidden = !this.columns.has(name); });
    }
  }

  order() {
    return this.ordered.filter((one) => !one.element.hidden);
  }

  // Sort and filter; the rows stand on the page in the order in which they are read.
  refresh() {
    const { list } = this.coder.blocks;
    this.ordered = [...list].sort((one, other) => this.compare(one, other) || one.nth - other.nth);
    for (const block of list) {
      block.element.hidden = this.names.some((name, nth) => (
        this.where[name] && block.attributes[nth] !== this.where[name]))
        || (this.coder.filter.code !== "" && !this.coder.shownIn(block).length);
    }
    this.body.replaceChildren(...this.ordered.map((one) => one.element));
    this.showColumns();
    this.mark();
  }

  compare(one, other) {
    if (this.sort === "alike") return one.alike - other.alike;
    if (this.sort === "open") return this.isDone(one) - this.isDone(other);
    const nth = this.names.indexOf(this.sort);
    return nth < 0 ? 0 : one.attributes[nth].localeCompare(other.attributes[nth]);
  }

  isDone(block) {
    return Number(this.coder.ownIn(block).length > 0 || this.coder.isConsidered(block.document));
  }

  choices() {
    const { words, content, blocks } = this.coder;
    const heads = content.attributes;
    const values = (nth) => [...new Set(blocks.list.map((one) => one.attributes[nth]))].sort();
    const again = (change) => (value) => { change(value); this.refresh(); };
    return [
      choice(words.sort, [["", words.sort_file], ["open", words.sort_open],
        ["alike", words.sort_alike], ...Object.entries(heads)], this.sort,
      again((value) => { this.sort = value; })),
      make("fieldset", { class: "wbk-columns" }, make("legend", {}, words.columns),
        ...this.names.map((name) => this.columnBox(name, heads[name]))),
      ...this.names.map((name, nth) => choice(heads[name],
        [["", words.all], ...values(nth).map((one) => [one, one || "–"])], this.where[name],
        again((value) => { this.where[name] = value; }))),
    ];
  }

  columnBox(name, head) {
    const box = make("input", { type: "checkbox", checked: this.columns.has(name) });
    box.addEventListener("change", () => {
      if (box.checked) this.columns.add(name);
      else this.columns.delete(name);
      this.showColumns();
    });
    return make("label", {}, box, ` ${head}`);
  }

  mark() {
    for (const block of this.coder.blocks.list) {
      const isPicked = this.picked.has(block);
      const isLooked = this.coder.isConsidered(block.document);
      if (block.element.ariaSelected !== String(isPicked)) {
        block.element.setAttribute("aria-selected", String(isPicked));
      }
      if ((block.looked.textContent !== "") !== isLooked) {
        block.looked.textContent = isLooked ? "✓" : "";
        block.looked.ariaLabel = isLooked ? this.coder.words.considered : null;
      }
    }
  }

  targets() {
    if (this.picked.size) return this.order().filter((one) => this.picked.has(one));
    return this.coder.here && (this.coder.hasVisibleFocus() || this.coder.asked)
      ? [this.coder.here] : [];
  }

  // Give a code to whole answers, or take it back where all of them have it.
  give(code) {
    const { coder } = this;
    const blocks = this.targets();
    coder.asked = null;
    if (!blocks.length) return false;
    const has = (block) => coder.ownIn(block).find((one) => one.code === code
      && one.start === block.start && one.end === block.end);
    const lacking = blocks.filter((one) => !has(one));
    const label = coder.label(code);
    if (lacking.length) {
      coder.change({ add: lacking.map((block) => coder.made({ block, ...block }, code)) },
        fill(coder.words.gave_rows, { label, n: lacking.length }));
    } else {
      const set = Object.fromEntries(blocks.map((one) => [has(one).id, WITHDRAWN]));
      coder.change({ set }, fill(coder.words.took_rows, { label, n: blocks.length }));
    }
    return true;
  }

  consider() {
    const { coder } = this;
    const blocks = this.targets();
    if (!blocks.length) {
      coder.say(coder.words.choose_row);
      return;
    }
    const isNew = blocks.some((one) => !coder.isConsidered(one.document));
    const codes = isNew ? coder.content.looked : [];
    coder.change({ considered: Object.fromEntries(blocks.map((one) => [one.document, codes])) },
      coder.words[isNew ? "did_consider" : "did_not_consider"]);
    this.picked.clear();
    this.mark();
    if (isNew) coder.next();
  }

  key(event) {
    if (event.target.closest("button")) return null;
    if (event.key === " ") return () => this.pick(this.coder.here, true);
    if (event.key === "Enter") return () => this.consider();
    if (event.key === "Escape" && this.picked.size) return () => { this.picked.clear(); this.mark(); };
    return null;
  }

  pick(block, isMore) {
    const isPicked = this.picked.has(block);
    if (!isMore) this.picked.clear();
    if (isPicked && isMore) this.picked.delete(block);
    else if (block) this.picked.add(block);
    this.mark();
    this.coder.say(fill(this.coder.words.picked, { n: this.picked.size }));
  }

  extend(step) {
    const { coder } = this;
    this.picked.add(coder.here ?? this.order()[0]);
    coder.go(coder.neighbour(step), true);
    this.picked.add(coder.here);
    this.mark();
    coder.say(fill(coder.words.picked, { n: this.picked.size }));
  }

  click(event) {
    const row = event.target.closest("tr[data-nth]");
    if (!row || event.target.closest("button") || this.coder.selection.range) return;
    const block = this.coder.blocks.list[Number(row.dataset.nth)];
    this.coder.go(block, true);
    this.pick(block, event.ctrlKey || event.metaKey);
  }
}
