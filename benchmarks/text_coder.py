"""Time TextCoder in JupyterLab and headless Chromium.

    python benchmarks/text_coder.py [rounds]

Texts of 60,000 characters with 500 codings and of 200,000 with 1,500, of seeded Dutch words in
turns. *Painted*: from the moment the cell has run to the second frame with the whole text. *Edit*:
from the key of a code to the second frame after it. Medians of five rounds, wall time.
"""

import json
import os
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from builders.coded_texts import made_study, talk  # noqa: E402
from builders.lab import idle, open_notebook, run_cells, served, write_notebook  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from wbkit.coding.store.store import CodingStore  # noqa: E402

SEED = 20261130
SIZES = {60_000: (500, 0.5, 0.030), 200_000: (1_500, 1.0, None)}  # codings, most to paint, to edit
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--disable-background-networking", "--no-first-run")
WORDS = """
ik de het een en van is dat niet in op te voor met mijn wel maar ook om er als bij nog dan heb vind
school les docent goed soms veel coach écht 👍 toets druk rust
""".split()  # noqa: SIM905
CELL = """import json
import wbkit as wb
from builders.coded_texts import talk"""
SHOW = """study = wb.load_study("{name}/data")
texts = talk(study, json.load(open("{name}/turns.json", encoding="utf-8")))
coder = wb.TextCoder(study, texts, coder="anna")
coder"""
FRAMES = "const frames = () => new Promise((done) => requestAnimationFrame(() => " \
         "requestAnimationFrame(() => done(performance.now()))));"
PAINTED = "async (signs) => {" + FRAMES + """
  const panel = window.jupyterapp.shell.currentWidget;
  const count = () => [...document.querySelectorAll(".wbk-words")]
    .reduce((n, one) => n + one.textContent.length, 0);
  panel.content.activeCellIndex = 1;
  panel.content.widgets[1].model.sharedModel.clearExecution?.();
  panel.content.widgets[1].outputArea.model.clear();
  let ran;
  window.jupyterapp.commands.execute("notebook:run-cell").then(() => { ran = performance.now(); });
  while (count() < signs) await new Promise((again) => requestAnimationFrame(again));
  const shown = await frames();
  while (ran === undefined) await new Promise((again) => setTimeout(again, 5));
  return Math.max(0, shown - ran);
}"""
EDITED = "async (nth) => {" + FRAMES + """
  const words = document.querySelectorAll(".wbk-words")[nth];
  words.closest(".wbk-turn").focus();
  const node = document.createTreeWalker(words, NodeFilter.SHOW_TEXT).nextNode();
  getSelection().setBaseAndExtent(node, 0, node, Math.min(node.data.length, 12));
  words.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
  await frames();
  const before = document.querySelectorAll(".wbk-stripe").length;
  const begin = performance.now();
  words.dispatchEvent(new KeyboardEvent("keydown", { key: String(1 + nth % 4), bubbles: true }));
  const handled = performance.now() - begin;
  const shown = await frames();
  return [document.querySelectorAll(".wbk-stripe").length - before, handled, shown - begin];
}"""


def turns(rng, signs):
    """Make turns of two speakers, together of that many characters."""
    made, n = [], 0
    while n < signs:
        said = " ".join(rng.choices(WORDS, k=rng.randint(8, 60))).capitalize() + "."
        made.append(("IS"[len(made) % 2], ("interviewer", "student")[len(made) % 2], said))
        n += len(said) + 1
    return made


def make_study(folder, signs, codings):
    """Make a study with one coded conversation."""
    rng = random.Random(SEED)
    study, said = made_study(folder), turns(rng, signs)
    (folder / "turns.json").write_text(json.dumps(said), encoding="utf-8")
    documents = talk(study, said)
    length = len(documents.text("gesprek"))
    with CodingStore(study.folder / "coding") as store:
        store.add_documents(documents)
        starts = [rng.randrange(length - 200) for _ in range(codings)]
        store.add_all([{"document": "gesprek", "start": start, "end": start + rng.randint(20, 180),
                        "code": rng.choice(("druk", "steun", "mentor", "geld"))}
                       for start in starts], coder="anna")
    return length


def measure(page, name, length, rounds):
    """Run the cell some times; then give some codes."""
    run_cells(page, [SHOW.format(name=name)])
    page.wait_for_selector(".wbk-words", timeout=60_000)
    idle(page)
    painted = []
    for _ in range(rounds):
        painted.append(page.evaluate(PAINTED, length) / 1000)
        idle(page)
    edits = [page.evaluate(EDITED, 2 * nth + 1) for nth in range(rounds)]
    return painted, [handled / 1000 for _, handled, _ in edits], [
        shown / 1000 for _, _, shown in edits]


def main(rounds):
    root, place = (Path(tempfile.mkdtemp()) for _ in range(2))
    lengths = {signs: make_study(root / f"t{signs}", signs, codings)
               for signs, (codings, *_) in SIZES.items()}
    write_notebook(root / "a.ipynb", CELL)
    path = f"{ROOT}{os.pathsep}{ROOT / 'tests'}"
    with served(root, place, PYTHONPATH=path) as address, sync_playwright() as runner:
        browser = runner.chromium.launch(
            executable_path=shutil.which("chromium"), headless=True, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        open_notebook(page, address, "a.ipynb")
        for signs, (codings, most, most_edit) in SIZES.items():
            painted, handled, shown = measure(page, f"t{signs}", lengths[signs], rounds)
            print(f"{signs:,} characters, {codings:,} codings: painted {median(painted)} "
                  f"(at most {most} s), edit {median(handled)} handled, {median(shown)} on the "
                  f"page (at most {most_edit or '-'} s)")
        browser.close()


def median(times):
    """Write the median and the range."""
    return f"{statistics.median(times):.3f} s ({min(times):.3f} to {max(times):.3f})"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
