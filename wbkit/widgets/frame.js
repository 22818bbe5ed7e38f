// Around the text: five actions, a menu with the rest, what is chosen, and a place for notes.

class Frame {
  constructor(coder) {
    this.coder = coder;
    const { words } = coder;
    this.status = make("span", { class: "wbk-status", role: "status" });
    this.live = make("div", { class: "wbk-live", "aria-live": "polite", "aria-atomic": "true" });
    this.warning = make("div", { class: "wbk-warning", role: "alert", hidden: true });
    this.menu = make("div", {
      class: "wbk-menu", role: "menu", "aria-label": words.more, hidden: true,
      onkeydown: (event) => this.menuKey(event),
    });
    this.more = button(`${words.more} ▾`, () => this.toggleMenu(), {
      "aria-haspopup": "menu", "aria-expanded": "false", class: "wbk-more",
    });
    this.bar = make("div", { class: "wbk-bar", role: "toolbar", "aria-label": words.actions },
      ...this.buttons(), make("span", { class: "wbk-holder" }, this.more, this.menu), this.status);
    this.filters = make("div", { class: "wbk-filters", hidden: true });
    this.about = make("div", { class: "wbk-about" });
    this.note = make("form", { class: "wbk-about", hidden: true });
  }

  // The five actions in view.
  buttons() {
    this.considered = this.action("considered", "k");
    return [this.action("code", "q"), this.action("memo", "m"), this.action("undo", "ctrl+z"),
      this.action("next", "n"), this.considered];
  }

  action(name, key) {
    const { words, actions } = this.coder;
    const shown = key === "ctrl+z" ? "Ctrl+Z" : key.toUpperCase();
    return make("button", {
      type: "button", onclick: () => actions[name](), "data-action": name,
      "aria-label": words[`do_${name}`], "aria-keyshortcuts": ariaKey(key),
      onmousedown: (event) => event.preventDefault(), // the selected words stay selected
    }, words[`do_${name}`], make("kbd", { "aria-hidden": "true" }, shown));
  }

  say(words) {
    this.live.textContent = this.live.textContent === words ? `${words}\u00a0` : words;
  }

  warn(words) {
    this.warning.textContent = words;
    this.warning.hidden = !words;
  }

  showState(state) {
    const words = this.coder.words[`state_${state}`];
    if (this.status.textContent !== words) this.status.textContent = words;
    this.coder.root.dataset.state = state;
    if (state === GONE) this.warn(this.coder.words.gone_help);
    else if (this.wasGone) this.warn("");
    this.wasGone = state === GONE;
  }

  showConsidered(isEmpty) {
    const { words } = this.coder;
    const whole = this.coder.isGrid ? "do_considered_row" : "do_considered_all";
    const label = words[isEmpty ? "do_considered" : whole];
    this.considered.firstChild.textContent = label;
    this.considered.setAttribute("aria-label", label);
    this.considered.setAttribute("aria-pressed", String(this.coder.isConsidered()));
  }

  toggleMenu(isOpen = this.menu.hidden) {
    this.menu.hidden = !isOpen;
    this.more.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return;
    this.menu.replaceChildren(...this.coder.menu().map((one) => this.menuItem(...one)));
    this.menu.firstChild.focus();
  }

  menuItem(name, key, isOn) {
    const act = () => {
      this.toggleMenu(false);
      this.coder.backToText();
      this.coder.actions[name]();
    };
    return make("button", {
      type: "button", onclick: act, tabindex: -1, "data-action": name,
      role: isOn === undefined ? "menuitem" : "menuitemcheckbox",
      "aria-checked": isOn === undefined ? null : String(isOn),
    }, `${isOn ? "✓ " : ""}${this.coder.words[`do_${name}`]}`, key ? make("kbd", {}, key) : null);
  }

  menuKey(event) {
    const items = [...this.menu.children];
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items[(at + step + items.length) % items.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") {
      this.toggleMenu(false);
      this.more.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // What is chosen, and what can be done with it.
  describe(coding) {
    const { words, actions } = this.coder;
    this.about.replaceChildren();
    if (!coding) return;
    const doing = coding.coder !== this.coder.name ? []
      : [["remove", "u"], ["recode", ""], ["memo", "m"]];
    if (coding.status === REVIEW && doing.length) doing.unshift(["accept", "+"], ["reject", "-"]);
    this.about.append(
      make("p", { class: "wbk-head" }, swatch(this.coder.codes.get(coding.code)),
        make("b", {}, this.coder.label(coding.code)), ` ${coding.coder}`),
      make("q", {}, shortened(this.coder.quote(coding), 160)),
      ...(coding.memo ? [make("p", { class: "wbk-memo" }, `✎ ${coding.memo}`)] : []),
      make("p", { class: "wbk-doing" }, ...doing.map(([name, key]) => button(
        words[`do_${name}`], () => actions[name](), { "data-action": name, title: key || null }))));
  }

  // A place to write, below the codes.
  ask(title, text, done) {
    const { words } = this.coder;
    const box = make("textarea", { rows: 4, "aria-label": title });
    box.value = text;
    const close = (isKept) => {
      this.note.hidden = true;
      if (isKept && box.value.trim() !== text.trim()) done(box.value.trim());
      this.coder.backToText();
    };
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close(false);
      else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) close(true);
      else return;
      event.preventDefault();
    });
    this.note.replaceChildren(make("b", {}, title), box, make("p", { class: "wbk-doing" },
      button(words.keep, () => close(true), { title: "Ctrl+Enter" }),
      button(words.cancel, () => close(false), { title: "Esc" })));
    this.note.hidden = false;
    box.focus();
  }

  showKeys() {
    const { words } = this.coder;
    const rows = words.keys.split("|").map((line) => line.split("="));
    this.about.replaceChildren(make("b", {}, words.do_keys), make("dl", { class: "wbk-keys" },
      ...rows.flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)])));
    this.coder.say(words.keys.replaceAll("|", "; ").replaceAll("=", ": "));
  }
}

function ariaKey(key) {
  return key.replace("ctrl+z", "Control+Z").toUpperCase().replace("CONTROL", "Control");
}
