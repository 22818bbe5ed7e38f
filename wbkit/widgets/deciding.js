// Decisions, one for each key: made, turned round, and kept by Python.

class Deciding {
  constructor(model, place) {
    this.model = model;
    this.place = place;
    this.actions = this.namedActions();
  }

  // A decision is a list of words, the first of which says what was decided.
  take(content) {
    const { words, journal } = content;
    Object.assign(this, {
      content, words, done: [...journal.undo], undone: [...journal.redo],
    });
  }

  change(decisions, said) {
    const decide = [...decisions].map(([key, after]) => [key, this.decision(key), after])
      .filter(([, before, after]) => before.join("|") !== after.join("|"));
    if (!decide.length) {
      this.say(this.words.as_it_is);
      return;
    }
    const entry = { decide };
    this.done.push(entry);
    this.undone = [];
    this.write("do", entry, 2);
    this.say(said);
  }

  turnRound(from, to, move) {
    const entry = from.pop();
    if (!entry) {
      this.say(this.words[`nothing_${move}`]);
      return;
    }
    to.push(entry);
    this.write(move, entry, move === "undo" ? 1 : 2);
    this.say(this.words[`did_${move}`]);
  }

  write(move, entry, side) {
    const decide = entry.decide.map((one) => [one[0], one[side]]);
    for (const [key, decision] of decide) this.decided(key, decision);
    this.ledger.write({ shown: "", move, decide, entry });
    this.refresh();
  }

  say(words) {
    this.frame.say(words);
  }

  // --- keys: a letter does what stands on its button

  listen() {
    keepKeys(this.root, (event) => pressKey(this, event));
  }

  acts(event) {
    const { key } = event;
    if (event.ctrlKey || event.metaKey) return this.controlled(event);
    if ((key === "Enter" || key === " ") && event.target.closest("button, summary")) return null;
    return event.altKey ? null : this.pressed(event);
  }

  controlled({ key, shiftKey }) {
    const letter = key.toLowerCase();
    if (letter === "z") return shiftKey ? this.actions.redo : this.actions.undo;
    if (letter === "y") return this.actions.redo;
    return ["s", "enter"].includes(letter) ? () => {} : null;
  }

  // --- what Python says

  heard(state, message) {
    if (!this.root) return;
    this.frame.showState(state);
    if (message?.content) this.load(JSON.parse(message.content));
    if (message?.kind === "refused") {
      this.frame.warn(fill(this.words.refused, { words: message.words }));
    }
    if (message?.kind !== SAVED || state !== SAVED) return;
    if (message.now) this.renew(message.now);
    if (this.wasBehind) {
      this.wasBehind = false;
      this.ask();
    }
  }

  // Decisions of before a reload: they are sent again, and then the page shows what is kept.
  catchUp() {
    this.wasBehind = this.ledger.pending.length > 0;
    if (this.wasBehind) this.ledger.sendAgain();
    this.frame.showState(this.ledger.state);
  }
}
