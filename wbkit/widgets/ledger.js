// What was done and is not yet known to be saved. It outlives a reload, and a kernel that stops.

const SAVED = "saved";
const WAITING = "waiting";
const GONE = "gone";
const STOPPED = ["dead", "restarting", "autorestarting", "terminating"];
const PATIENCE = 4000; // milliseconds before an idle kernel is asked again

class Ledger {
  constructor(model, key, heard) {
    this.model = model;
    this.key = `wbkit-coder-${key}`;
    this.heard = heard; // is told of each change: state, answer
    this.sender = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    this.number = 0;
    this.gone = false;
    this.pending = JSON.parse(sessionStorage.getItem(this.key) ?? "[]");
    this.ids = new Map(); // id that was given here: id in the store
    this.listen = (message) => this.receive(message);
    model.on("msg:custom", this.listen);
    this.kernel = model.widget_manager?.kernel;
    this.watch = (_, status) => this.follow(status);
    this.kernel?.statusChanged?.connect(this.watch);
    this.timer = setInterval(() => this.remind(), PATIENCE);
  }

  close() {
    this.model.off("msg:custom", this.listen);
    this.kernel?.statusChanged?.disconnect(this.watch);
    clearInterval(this.timer);
  }

  get state() {
    if (this.gone) return GONE;
    return this.pending.length ? WAITING : SAVED;
  }

  id(one) {
    return this.ids.get(one) ?? one;
  }

  write(edit) {
    this.number += 1;
    const whole = { kind: "edit", sender: this.sender, number: this.number, ...edit };
    this.pending.push(this.resolved(whole));
    this.keep();
    this.send(this.pending.at(-1));
    this.heard(this.state);
  }

  // An edit names what was saved before by its id in the store.
  resolved(edit) {
    const named = (changes) => Object.fromEntries(
      Object.entries(changes ?? {}).map(([one, value]) => [this.id(one), value]));
    return {
      ...edit,
      add: (edit.add ?? []).map((row) => (row.supersedes
        ? { ...row, supersedes: this.id(row.supersedes) } : row)),
      withdraw: (edit.withdraw ?? []).map((one) => this.id(one)),
      restore: named(edit.restore),
      entry: { ...edit.entry, changes: named(edit.entry?.changes) },
    };
  }

  keep() {
    if (this.pending.length) sessionStorage.setItem(this.key, JSON.stringify(this.pending));
    else sessionStorage.removeItem(this.key);
  }

  send(message) {
    if (this.gone) return;
    try {
      this.model.send({ ...message, time: Date.now() });
      this.sent = Date.now();
    } catch {
      this.gone = true;
    }
  }

  sendAgain() {
    for (const edit of this.pending) this.send(edit);
  }

  receive(message) {
    if (message.kind === "hello") this.gone = false;
    if (message.kind === "expected") this.sendAgain();
    if (message.kind === SAVED || message.kind === "refused") this.settle(message);
    this.heard(this.state, message);
  }

  settle({ sender, number, ids }) {
    for (const [key, id] of Object.entries(ids ?? {})) this.ids.set(key, id);
    this.pending = this.pending
      .filter((one) => one.sender !== sender || one.number !== number)
      .map((one) => this.resolved(one));
    this.keep();
  }

  follow(status) {
    if (STOPPED.includes(status)) {
      this.gone = true;
      this.heard(this.state);
    }
  }

  // A message can get lost with a connection; an edit that arrives twice is kept once.
  remind() {
    if (this.gone || !this.pending.length) return;
    if (STOPPED.includes(this.kernel?.status)) this.follow(this.kernel.status);
    else if ((this.kernel?.status ?? "idle") === "idle" && Date.now() - this.sent > PATIENCE) {
      this.sendAgain();
    }
  }
}
