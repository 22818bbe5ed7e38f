// Small parts of the page, and the words on them.

function make(tag, about = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...inside.filter((one) => one !== null && one !== undefined));
  return element;
}

function button(words, action, about = {}) {
  return make("button", { type: "button", onclick: action, ...about }, words);
}

// A colour and a pattern, so that colour is never the only sign.
function swatch(code) {
  return make("i", { class: `wbk-swatch ${signs(code)}`, "aria-hidden": "true" });
}

function signs(code) {
  return code ? `wbk-c${code.colour} wbk-p${code.pattern}` : "wbk-c0 wbk-p0";
}

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

function shortened(words, most = 60) {
  const line = words.replace(/\s+/g, " ").trim();
  const signs = [...line];
  return signs.length <= most ? line : `${signs.slice(0, most - 1).join("")}…`;
}

function choice(words, options, chosen, action) {
  const select = make("select", { onchange: () => action(select.value) });
  for (const [value, shown] of options) {
    const option = make("option", { value, selected: value === chosen }, shown);
    select.append(option);
  }
  return make("label", { class: "wbk-choice" }, `${words} `, select);
}
