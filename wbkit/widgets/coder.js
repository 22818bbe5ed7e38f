// The coder at work: what can be done, with which keys, and what Python answers.

class Coder extends Going {
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
    keepKeys(this.root, (event) => this.key(event));
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

  key(event) {
    if (["Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter"].includes(event.key)) {
      this.byKeyboard(true);
    }
    pressKey(this, event);
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

export default widget(Coder);
