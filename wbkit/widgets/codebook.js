// The codebook beside the text: a tree with search, counts and the key of each code.

class CodeTree {
  constructor(coder) {
    this.coder = coder;
    const words = coder.words;
    this.search = make("input", {
      type: "search", class: "wbk-search", placeholder: words.search, "aria-label": words.search,
      oninput: () => this.filter(), onkeydown: (event) => this.searchKey(event),
    });
    this.list = make("div", {
      class: "wbk-tree", role: "tree", "aria-label": words.codebook,
      onkeydown: (event) => this.treeKey(event),
    });
    this.element = make("div", { class: "wbk-codes" }, this.search, this.list);
    this.draw();
  }

  draw() {
    const parts = [];
    let scheme = null;
    for (const code of this.open()) {
      if (this.open().some((one) => one.id === code.parent)) continue;
      if (code.scheme !== scheme) {
        scheme = code.scheme;
        if (scheme) parts.push(make("div", { class: "wbk-scheme", role: "presentation" }, scheme));
      }
      parts.push(...this.branch(code, 1));
    }
    this.list.replaceChildren(...parts);
    const first = this.items()[0];
    if (first) first.tabIndex = 0;
    this.count();
  }

  // The codes that can be given; others have more.
  open() {
    return [...this.coder.codes.values()].filter((one) => one.open);
  }

  branch(code, level) {
    const below = this.open().filter((one) => one.parent === code.id);
    return [this.item(code, level), ...below.flatMap((one) => this.branch(one, level + 1))];
  }

  item(code, level) {
    const key = code.key ? make("kbd", { "aria-hidden": "true" }, code.key) : null;
    const element = make("div", {
      class: "wbk-code", role: "treeitem", "aria-level": level, tabindex: -1, "data-code": code.id,
      title: code.definition || null, "aria-keyshortcuts": code.key || null,
      style: `padding-left:${6 + 14 * (level - 1)}px`,
      onmousedown: (event) => event.preventDefault(), // the selected words stay selected
      onclick: () => this.coder.give(code.id),
    }, swatch(code), make("span", { class: "wbk-label" }, code.label),
    make("span", { class: "wbk-count" }), key);
    return element;
  }

  items() {
    return [...this.list.querySelectorAll(".wbk-code")].filter((one) => !one.hidden);
  }

  count() {
    const counts = new Map();
    for (const one of this.coder.standing()) {
      if (one.coder === this.coder.name) counts.set(one.code, (counts.get(one.code) ?? 0) + 1);
    }
    for (const element of this.list.querySelectorAll(".wbk-code")) {
      const code = this.coder.codes.get(element.dataset.code);
      const n = counts.get(code.id) ?? 0;
      element.classList.toggle("wbk-sticky", this.coder.sticky === code.id);
      if (element.dataset.n === String(n)) continue;
      element.dataset.n = n;
      element.querySelector(".wbk-count").textContent = n || "";
      const key = code.key ? fill(this.coder.words.key, { key: code.key }) : "";
      element.setAttribute("aria-label", [code.label, fill(this.coder.words.given, { n }), key]
        .filter(Boolean).join(", "));
    }
  }

  filter() {
    const asked = plain(this.search.value);
    for (const element of this.list.querySelectorAll(".wbk-code")) {
      const code = this.coder.codes.get(element.dataset.code);
      element.hidden = asked !== "" && !plain(code.label).includes(asked);
    }
    for (const element of this.list.querySelectorAll(".wbk-scheme")) element.hidden = asked !== "";
    const items = this.items();
    items.forEach((one, nth) => { one.tabIndex = nth ? -1 : 0; });
    if (asked) this.coder.say(fill(this.coder.words.found, { n: items.length }));
  }

  searchKey(event) {
    if (event.key === "ArrowDown") this.move(null, 0);
    else if (event.key === "Enter" && this.items().length) this.take(this.items()[0]);
    else if (event.key === "Escape") this.leave();
    else return;
    event.preventDefault();
  }

  treeKey(event) {
    const items = this.items();
    const at = items.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -items.length, End: items.length }[event.key];
    if (step !== undefined) this.move(at, Math.max(0, Math.min(items.length - 1, at + step)));
    else if (event.key === "Enter" || event.key === " ") this.take(event.target);
    else if (event.key === "Escape") this.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  move(from, to) {
    const items = this.items();
    for (const one of items) one.tabIndex = -1;
    if (!items[to]) return;
    items[to].tabIndex = 0;
    items[to].focus();
  }

  take(element) {
    this.coder.give(element.dataset.code);
    this.leave();
  }

  leave() {
    this.search.value = "";
    this.filter();
    this.coder.backToText();
  }

  ask() {
    this.search.focus();
    this.search.select();
  }
}

function plain(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
