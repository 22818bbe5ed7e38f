// What a notebook asks of a widget, and where the words of a text go.

// They are taken out of the model at once, so that a notebook that saves the state of its widgets
// does not save them.
const taken = new Map();

function take(model) {
  const content = model.get("content");
  if (content) {
    taken.set(model.get("name"), content);
    model.set("content", "");
  }
  return taken.get(model.get("name"));
}

// A widget of a class with `load`, `heard` and `catchUp`.
function widget(Kind) {
  return {
    initialize({ model }) {
      take(model);
      model.on("change:content", () => take(model));
    },
    render({ model, el }) {
      const made = new Kind(model, el);
      const content = JSON.parse(take(model));
      made.ledger = new Ledger(model, content.key, (...news) => made.heard(...news));
      made.load(content);
      made.catchUp();
      return () => made.ledger.close();
    },
  };
}

// No key leaves a widget: outside, one letter cuts a cell.
function keepKeys(root, press) {
  root.addEventListener("keydown", (event) => {
    event.stopPropagation();
    press(event);
  });
  for (const name of ["keyup", "keypress", "contextmenu", "paste", "copy", "cut"]) {
    root.addEventListener(name, (event) => event.stopPropagation());
  }
}

// Do what a key means in a widget that has `acts`; in a field for words it is a letter.
function pressKey(widget, event) {
  if (event.target.closest("input, textarea, select")) return;
  const act = widget.acts(event);
  if (!act) return;
  event.preventDefault();
  act();
}
