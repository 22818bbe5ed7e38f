// Choosing a coding, going from turn to turn, and what is shown.

class Going extends Giving {
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
}
