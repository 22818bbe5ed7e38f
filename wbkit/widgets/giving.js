// Giving codes and taking them back: words, turns, memos, suggestions.

class Giving extends Desk {
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
        id, label: shortened(words, 80), definition: "", scheme: "", parent: "", key: "", open: true,
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
}
