// Replacing names: every word that can point to a person is decided on, every turn is read.

class NameBlocks extends Blocks {
  build(block) {
    const { words } = this.coder;
    block.words = make("div", { class: "wbk-words", "data-nth": block.nth });
    block.read = button("", () => this.coder.toggleRead(block), { class: "wbk-read" });
    block.element = make("div", {
      class: "wbk-turn", role: "group", tabindex: -1, "data-nth": block.nth,
      "aria-label": this.name(block),
    }, make("span", { class: "wbk-who", "aria-hidden": "true", title: block.role || null },
      block.speaker), block.words, make("span", {}, block.read));
    block.read.title = words.do_read;
    return block.element;
  }

  // Each word that was found is a button between the other words.
  draw(block) {
    const { text } = block.offsets;
    const parts = [];
    let at = block.start;
    for (const hit of this.coder.hitsIn(block)) {
      parts.push(text.slice(at, hit.start), this.hit(hit, text.slice(hit.start, hit.end)));
      at = hit.end;
    }
    block.words.replaceChildren(...parts, text.slice(at, block.end));
    const isRead = this.coder.isRead(block);
    block.read.textContent = this.coder.words[isRead ? "was_read" : "not_read"];
    block.read.setAttribute("aria-pressed", String(isRead));
    block.element.classList.toggle("wbk-done", isRead);
  }

  hit(hit, words) {
    const one = this.coder.list.get(hit.key);
    const element = button(words, () => this.coder.choose(hit), {
      class: `wbk-hit wbk-said-${one.choice || "open"}`, "data-hit": hit.nth,
      "aria-pressed": String(this.coder.chosen === hit), "aria-label": this.coder.sayWord(one, words),
    });
    if (one.choice && one.choice !== "keep") element.append(make("sup", {}, this.coder.mark(one)));
    return element;
  }
}

class NamesFrame extends Frame {
  buttons() {
    return [this.action("replace", "v"), this.action("leave", "l"), this.action("read", "g"),
      this.action("undo", "ctrl+z"), this.action("next", "n")];
  }

  describe(hit) {
    const { coder: desk } = this;
    const { words } = desk;
    this.about.replaceChildren();
    if (!hit) return;
    const one = desk.list.get(hit.key);
    this.about.append(
      make("p", { class: "wbk-head" }, make("b", {}, one.word)),
      make("p", {}, fill(words.times, { n: one.n, texts: one.texts }), ` (${one.reason})`),
      make("p", { class: "wbk-verdict" }, desk.verdict(one)),
      choice(words.kind, desk.content.kinds, one.kind,
        (kind) => desk.change([desk.made(one, { kind })], words.kind_kept)),
      make("p", { class: "wbk-doing" },
        button(words.do_capital, () => desk.actions.capital(), { "data-action": "capital" }),
        button(words.do_own, () => desk.actions.own(), { "data-action": "own" })));
  }
}

class Names extends Deciding {
  namedActions() {
    return {
      replace: () => this.decide("replace"),
      leave: () => this.decide("keep"),
      read: () => this.toggleRead(this.block()),
      undo: () => this.turnRound(this.done, this.undone, "undo"),
      next: () => this.next(),
      redo: () => this.turnRound(this.undone, this.done, "redo"),
      previous: () => this.step(-1),
      capital: () => this.decide("capital"),
      own: () => this.writeOwn(),
      again: () => this.decide(""),
      keys: () => this.frame.showKeys(),
    };
  }

  menu() {
    return [["redo", "Ctrl+Shift+Z"], ["previous", "P"], ["capital", "H"], ["own", "E"],
      ["again", "O"], ["keys", "?"]];
  }

  load(content) {
    this.take(content);
    Object.assign(this, { shown: content.document, isGrid: Boolean(content.answers), chosen: null });
    this.blocks = new NameBlocks(this, content);
    this.here = this.blocks.list[0];
    this.know(content);
    this.inside = new Map(this.blocks.list.map((one) => [one, []]));
    const texts = Map.groupBy(this.blocks.list, (one) => one.document);
    for (const [name, first, last, key] of content.hits) {
      const { offsets } = texts.get(name)[0];
      const [start, end] = [offsets.units(first), offsets.units(last)];
      const block = texts.get(name).find((one) => start >= one.start && start < one.end);
      this.inside.get(block).push({ document: name, start, end, key, block });
    }
    this.hits = [...this.inside.values()].flatMap((all) => all.sort((a, b) => a.start - b.start));
    this.hits.forEach((one, nth) => { one.nth = nth; });
    this.draw();
    if (this.isGoing) this.next();
    this.isGoing = false;
  }

  know({ list, documents }) {
    this.list = new Map(list.map((one) => [one.key, one]));
    this.documents = new Map(documents.map((one) => [one.id, { ...one, read: new Set(one.read) }]));
  }

  hitsIn(block) {
    return this.inside.get(block);
  }

  draw() {
    const { words, content } = this;
    this.root?.remove();
    this.frame = new NamesFrame(this);
    this.text = make("div", {
      class: "wbk-text", role: "region", tabindex: 0,
      "aria-label": fill(words.text, { name: this.shown }),
    }, ...this.blocks.list.map((one) => this.blocks.build(one)));
    this.choosing = make("div", {});
    this.counts = make("p", { class: "wbk-scheme" });
    this.open = make("ol", { class: "wbk-tree wbk-differences", "aria-label": words.open_words });
    this.root = make("div", {
      class: "wbk wbk-names", lang: content.language, role: "group", "aria-label": words.desk,
      "data-lm-suppress-shortcuts": "true",
    }, this.frame.bar, this.frame.warning, make("div", { class: "wbk-main" },
      make("div", { class: "wbk-side" }, this.choosing, this.counts, this.open, this.frame.note,
        this.frame.about), this.text), this.frame.live);
    this.listen();
    this.root.addEventListener("focusin", (event) => {
      const nth = event.target.closest?.("[data-nth]")?.dataset.nth;
      if (nth !== undefined) this.here = this.blocks.list[Number(nth)];
    });
    this.place.replaceChildren(this.root);
    this.refresh();
    this.frame.showState(this.ledger?.state ?? SAVED);
  }

  refresh() {
    const held = document.activeElement?.dataset ?? {};
    const isInText = this.text.contains(document.activeElement);
    for (const block of this.blocks.list) this.blocks.draw(block);
    const { words } = this;
    const names = [...this.documents.values()].map((one) => [one.id,
      `${one.id} (${fill(words.read_of, { n: one.read.size, all: one.turns })})`]);
    this.choosing.replaceChildren(choice(words.texts, names, this.shown, (name) => this.go(name)));
    const open = [...this.list.values()].filter((one) => !one.choice);
    this.counts.textContent = fill(words.counted, { open: open.length, n: this.list.size });
    this.open.replaceChildren(...open.map((one) => make("li", {}, button(
      `${one.word} (${one.n})`, () => this.find(one), { class: "wbk-stripe wbk-said-open" }))));
    this.frame.describe(this.chosen);
    if (isInText && held.hit !== undefined) this.focusOn(this.hits[Number(held.hit)]);
  }

  renew(now) {
    this.know(now);
    this.refresh();
  }

  // --- what there is

  isOpen(hit) {
    return !this.list.get(hit.key).choice;
  }

  isRead(block) {
    return this.documents.get(this.shown).read.has(block.nth);
  }

  mark(one) {
    const own = one.own && `[${one.own}]`;
    return own || one.proposed || "[…]";
  }

  verdict(one) {
    return fill(this.words[`is_${one.choice || "open"}`], { mark: this.mark(one) });
  }

  sayWord(one, words) {
    const kind = this.content.kinds.find(([id]) => id === one.kind)?.[1] ?? "";
    return [words, kind, this.verdict(one)].filter(Boolean).join(", ");
  }

  // --- going

  go(name) {
    this.model.send({ kind: "open", document: name });
  }

  ask() {
    this.go(this.shown);
  }

  focusOn(hit) {
    this.text.querySelector(`[data-hit="${hit.nth}"]`)?.focus({ preventScroll: true });
  }

  choose(hit) {
    this.chosen = hit;
    const { block } = hit;
    this.here = block;
    this.refresh();
    block.element.scrollIntoView({ block: "nearest" });
    this.focusOn(hit);
    const words = block.offsets.text.slice(hit.start, hit.end);
    this.say(`${this.sayWord(this.list.get(hit.key), words)}. ${this.around(block, hit)}`);
  }

  around(block, hit) {
    return shortened(block.offsets.text.slice(Math.max(block.start, hit.start - 60),
      Math.min(block.end, hit.end + 60)), 160);
  }

  find(one) {
    const hit = this.hits.find((each) => each.key === one.key);
    if (hit) this.choose(hit);
    else this.say(this.words.elsewhere);
  }

  // The next word without a decision; then the next turn that was not read; then the next text.
  next() {
    const at = this.chosen ? this.hits.indexOf(this.chosen) : -1;
    const ahead = [...this.hits.slice(at + 1), ...this.hits.slice(0, at + 1)];
    const hit = ahead.find((one) => this.isOpen(one));
    if (hit) {
      this.choose(hit);
      return;
    }
    const block = this.blocks.list.find((one) => !this.isRead(one));
    if (block) {
      this.stand(block);
      return;
    }
    const more = [...this.documents.values()].find((one) => one.id !== this.shown
      && (one.open || one.read.size < one.turns));
    if (more) {
      this.isGoing = true;
      this.go(more.id);
    } else this.say(this.words.all_done);
  }

  step(step) {
    const at = this.chosen ? this.hits.indexOf(this.chosen) : -step;
    const hit = this.hits[Math.max(0, Math.min(this.hits.length - 1, at + step))];
    if (hit) this.choose(hit);
  }

  stand(block) {
    this.chosen = null;
    this.here = block;
    this.refresh();
    block.element.focus({ preventScroll: true });
    block.element.scrollIntoView({ block: "nearest" });
    this.say(shortened(block.offsets.text.slice(block.start, block.end), 300));
  }

  block() {
    return this.here ?? this.blocks.list[0];
  }

  backToText() {
    if (this.chosen) this.focusOn(this.chosen);
    else this.block().element.focus({ preventScroll: true });
  }

  // --- deciding

  decision(key) {
    const [what, name, nth] = JSON.parse(key);
    if (what === "word") {
      const { choice: chosen, kind, own } = this.list.get(name);
      return [chosen, kind, own];
    }
    return [this.documents.get(name).read.has(nth) ? "yes" : ""];
  }

  decided(key, said) {
    const [what, name, nth] = JSON.parse(key);
    if (what === "word") {
      const [chosen, kind, own] = said;
      Object.assign(this.list.get(name), { choice: chosen, kind, own });
    } else if (said[0]) this.documents.get(name).read.add(nth);
    else this.documents.get(name).read.delete(nth);
  }

  made(one, about) {
    const { choice: chosen, kind, own } = { ...one, ...about };
    return [JSON.stringify(["word", one.key, 0]), [chosen, kind, own]];
  }

  // Words that somebody saw and the computer did not: selected with the mouse.
  selected() {
    const selection = document.getSelection();
    const words = selection.toString().replace(/\s+/g, " ").trim();
    if (!words || !selection.anchorNode?.parentElement?.closest(".wbk-words")) return null;
    selection.removeAllRanges();
    const key = words.replaceAll("’", "'").toLowerCase();
    const one = this.list.get(key) ?? {
      key, word: words, kind: "NAAM", n: 1, texts: 1, reason: "", proposed: "", choice: "", own: "",
    };
    this.list.set(key, one);
    this.wasBehind = true; // when it is saved, it is marked wherever it stands
    return one;
  }

  decide(chosen) {
    const seen = this.selected();
    if (seen) {
      this.change([this.made(seen, { choice: chosen })],
        `${seen.word}: ${fill(this.words[`is_${chosen || "open"}`], { mark: this.mark(seen) })}`);
      return;
    }
    if (!this.chosen) {
      this.say(this.words.choose_word);
      return;
    }
    const one = this.list.get(this.chosen.key);
    this.change([this.made(one, { choice: chosen, own: chosen === "keep" ? "" : one.own })],
      `${one.word}: ${fill(this.words[`is_${chosen || "open"}`], { mark: this.mark(one) })}`);
  }

  writeOwn() {
    if (!this.chosen) {
      this.say(this.words.choose_word);
      return;
    }
    const one = this.list.get(this.chosen.key);
    this.frame.ask(fill(this.words.own_title, { word: one.word }), one.own, (own) => this.change(
      [this.made(one, { choice: "replace", own })], this.words.own_kept));
  }

  // A turn is confirmed when somebody read it and no word in it is open.
  toggleRead(block) {
    const open = this.hitsIn(block).find((one) => this.isOpen(one));
    if (open) {
      this.choose(open);
      this.say(this.words.decide_first);
      return;
    }
    const isRead = this.isRead(block);
    this.change([[JSON.stringify(["turn", this.shown, block.nth]), [isRead ? "" : "yes"]]],
      this.words[isRead ? "not_read" : "was_read"]);
    if (!isRead) this.next();
  }

  pressed(event) {
    const { key } = event;
    const action = NAMES_KEYS[key.length === 1 ? key.toLowerCase() : key];
    if (action) return this.actions[action];
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const block = step && this.blocks.list[this.block().nth + step];
    return block ? () => this.stand(block) : null;
  }
}

const NAMES_KEYS = {
  v: "replace", l: "leave", g: "read", n: "next", p: "previous", h: "capital", e: "own",
  o: "again", "?": "keys",
};

export default widget(Names);
