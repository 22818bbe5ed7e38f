"""Coding a text in JupyterLab: with the mouse, with the keyboard, and without losing anything."""

import json
import os
import random
import signal
import string

import pytest
from builders.coded_texts import TURNS, codings, quotes
from builders.lab import command, drag, eventually, idle, saved
from builders.opened_pages import serious_violations_in

from wbkit.coding.store.reader import StoredCodings
from wbkit.text.normalise import frozen

pytestmark = pytest.mark.browser
# Clusters of code points that people see as one sign; their edges are known by construction.
SIGNS = ("a", "e\u0301", "👩🏽‍🎓", "🇳🇱", "👨‍👩‍👧‍👦", " ", "ש", "é", "❤️", "b", "\t", "x")
SELECT = """([from, to, nth]) => {
  const words = document.querySelectorAll(".wbk-words")[nth];
  const at = (place) => {
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    let left = place;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (left <= node.data.length) return [node, left];
      left -= node.data.length;
    }
  };
  getSelection().setBaseAndExtent(...at(from), ...at(to));
  words.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
}"""


def spoken(page):
    """Collect from now on what a screen reader is told of by itself."""
    page.evaluate("""() => {
      window.spoken = [];
      const hear = (records) => {
        for (const { target } of records) {
          const place = (target.nodeType === 1 ? target : target.parentElement)
            .closest("[aria-live], [role=status], [role=alert]");
          if (place?.textContent) window.spoken.push(place.textContent);
        }
      };
      new MutationObserver(hear).observe(document.querySelector(".wbk"),
        { childList: true, subtree: true, characterData: true });
    }""")


def here(page, nth):
    """Give a turn visible focus, as somebody does who walks there with the keyboard."""
    page.locator(".wbk-turn").nth(0).focus()
    for _ in range(nth + 1):
        page.keyboard.press("ArrowDown")


def test_the_text_on_the_page_is_the_source(coder):
    turns = [*TURNS, ("S", "student", "een lange regel met woorden 🇧🇪 e\u0301n " * 3_000),
             ("S", "student", "אבג\tde\u0308f  g")]
    page, folder = coder(turns)
    page_text = page.evaluate(
        "() => [...document.querySelectorAll('.wbk-words')].map((one) => one.textContent).join('')")
    assert page_text == StoredCodings(folder / "data" / "coding").text("gesprek")
    assert len(page_text) > 100_000


def test_words_that_were_dragged_over_and_coded_stand_in_the_file_within_a_second(coder):
    page, folder = coder()
    drag(page, "zwaar", "werk")
    page.click('.wbk-code[data-code="druk"]')
    eventually(lambda: quotes(folder) == [("zwaar 👩🏽‍🎓 met werk", "druk")], seconds=1)
    drag(page, "Boučé, ", "🇳🇱")
    page.keyboard.press("4")
    eventually(lambda: ("Boučé, belt me. 🇳🇱", "geld") in quotes(folder), seconds=1)
    assert (folder / "data/coding/codings/anna/gesprek.jsonl").read_text("utf-8").count("zwaar") > 0


def test_two_hundred_selections_are_exact_also_inside_graphemes(coder):
    chance = random.Random(4)
    lines = [[chance.choice(SIGNS) for _ in range(40)] for _ in range(20)]
    page, folder = coder([("S", "student", "".join(signs)) for signs in lines])
    wanted, taken = set(), 0
    page.locator(".wbk-turn").first.focus()
    for nth in range(200):
        if not page.evaluate("Boolean(document.activeElement?.closest('.wbk-turn'))"):
            taken += 1  # JupyterLab takes the focus once, when it is done with its cells
            page.locator(".wbk-turn").first.focus()
        signs = lines[nth % 20]
        edges = [0]
        for sign in signs:
            edges.append(edges[-1] + len(frozen(sign).encode("utf-16-le")) // 2)
        first, last = sorted(chance.sample(range(len(signs)), 2))
        words = frozen("".join(signs[first:last + 1]))
        begin, end = edges[first], edges[last + 1]
        if nth % 2:  # inside a sign, where it has an inside
            begin, end = min(begin + 1, edges[first + 1] - 1), max(end - 1, edges[last] + 1)
        page.evaluate(SELECT, [begin, end, nth % 20])
        page.keyboard.press("1")
        wanted |= {words.strip()} - {""}
    saved(page)
    made = codings(folder)
    stored = StoredCodings(folder / "data" / "coding").text("gesprek")
    assert taken <= 1
    assert {one.quote for one in made} == wanted
    assert all(stored[one.start:one.end] == one.quote for one in made)


def test_words_selected_by_touch_are_coded(coder):
    page, folder = coder()
    page.evaluate(SELECT.replace('new MouseEvent("mouseup"', 'new Event("touchend"'), [12, 22, 1])
    page.wait_for_timeout(100)
    page.locator(".wbk-code", has_text="Stress").first.click()
    saved(page)
    assert quotes(folder) == [("best zwaar", "druk")]


def test_no_key_pressed_in_the_widget_reaches_the_notebook(coder):
    page, _ = coder()
    look = """() => JSON.stringify(window.jupyterapp.shell.currentWidget.content.widgets
      .map((cell) => [cell.model.type, cell.model.sharedModel.getSource()]))"""
    before = page.evaluate(look)
    page.evaluate("() => window.jupyterapp.shell.currentWidget.content.mode = 'command'")
    for place in (".wbk-turn", ".wbk-bar button", ".wbk-code"):
        for key in [*string.ascii_letters, *string.digits, *string.punctuation, "Enter", "Delete",
                    "Backspace", "Escape", "Control+z", "Control+Enter", "Shift+Enter"]:
            page.locator(place).first.focus()
            page.keyboard.press(key)
            if page.locator(".wbk-about textarea").is_visible():
                page.keyboard.press("Escape")
    assert page.evaluate(look) == before


def test_three_codes_over_the_same_words_are_removed_one_by_one(coder):
    page, folder = coder()
    drag(page, "best zwaar")
    for key in "123":
        page.keyboard.press(key)
    names = [one.get_attribute("aria-label") for one in page.locator(".wbk-stripe").all()]
    assert sorted(names) == ["Mentor, ‘best zwaar’, anna", "Steun, ‘best zwaar’, anna",
                             "Stress en druk, ‘best zwaar’, anna"]
    for left, name in ((2, "Steun"), (1, "Mentor"), (0, "Stress en druk")):
        page.locator(f'.wbk-stripe[aria-label^="{name}"]').click()
        page.keyboard.press("Delete")
        eventually(lambda left=left: len(codings(folder)) == left)
        assert page.locator(".wbk-stripe").count() == left


def test_everything_can_be_undone_and_done_again_also_after_a_reload(coder):
    page, folder = coder()
    chance = random.Random(3)
    for nth in range(30):
        stripes = page.locator(".wbk-stripe")
        if nth % 5 == 4 and stripes.count():
            stripes.nth(chance.randrange(stripes.count())).click()
            page.keyboard.press(chance.choice(["Delete", "Shift+ArrowRight", "ArrowRight"]))
        else:
            begin, end = sorted(chance.sample(range(26), 2))
            page.evaluate(SELECT, [begin, end, chance.choice([0, 1, 2, 4])])
            page.keyboard.press(chance.choice("1234"))
    saved(page)
    end = quotes(folder)
    undoing = page.locator('[data-action="undo"]')
    for _ in range(12):
        undoing.click()
    saved(page)
    middle = quotes(folder)
    command(page, "docmanager:save")
    page.reload()
    page.wait_for_selector(".wbk", timeout=60_000)
    idle(page)
    assert quotes(folder) == middle
    for _ in range(30):
        undoing.click()
    saved(page)
    assert quotes(folder) == []
    page.locator(".wbk-turn").first.focus()
    for _ in range(30):
        page.keyboard.press("Control+Shift+z")
    saved(page)
    assert quotes(folder) == end


def test_a_whole_session_without_a_mouse_is_spoken(coder):
    page, folder = coder()
    spoken(page)
    press = page.keyboard.press
    here(page, 0)                        # 1 read the second turn
    press("3")                           # 2 a code for the turn that has focus
    for key in ("ArrowRight",) * 5 + ("Shift+ArrowRight",):
        press(key)                       # 3 select words, and one more
    press("1")                           # 4 a code by its key
    press("q")                           # 5 a code by its name
    page.keyboard.type("geld")
    press("Enter")
    press("v")                           # 6 a code of these words
    press("Control+z")                   # 7 undo
    press("Control+Shift+z")             # 8 and again
    press("o")                           # 9 choose a coding, and say why
    press("m")
    page.keyboard.type("hele beurt?")
    press("Control+Enter")
    press("k")                           # 10 considered
    saved(page)
    said = page.evaluate("() => window.spoken")
    first = "Nou, het is best zwaar 👩🏽‍🎓 met werk ernaast. Ik heb veel stress."
    for words in (first, f"Mentor gegeven aan: {first}"[:40], "Gekozen: zwaar",
                  "Gekozen: zwaar 👩🏽‍🎓 met",
                  "Stress en druk gegeven aan: zwaar 👩🏽‍🎓 met", "1 codes gevonden",
                  "Geldzorgen gegeven aan: zwaar 👩🏽‍🎓 met", "Ongedaan gemaakt", "Opnieuw gedaan",
                  "Memo bewaard", "Bekeken", "Opgeslagen"):
        assert any(words in one for one in said), words
    assert [(one.code, one.memo) for one in codings(folder) if one.memo] == [
        ("mentor", "hele beurt?")]
    assert len(codings(folder)) == 4
    (looked,) = StoredCodings(folder / "data" / "coding").considered()
    assert looked.blind
    assert '[codes.zwaar_met]\nlabel = "zwaar 👩🏽‍🎓 met"\n' in (
        folder / "data/codebook.toml").read_text("utf-8")


def test_a_key_without_words_codes_no_turn_that_was_only_clicked(coder):
    page, folder = coder()
    page.locator(".wbk-words").nth(1).click()
    page.keyboard.press("1")
    assert page.locator(".wbk-live").text_content() == "Kies eerst woorden."
    assert page.locator(".wbk-stripe").count() == 0


def test_words_coded_while_python_is_busy_are_kept_once(coder):
    page, folder = coder(after=["import time; time.sleep(4)"])
    page.wait_for_function("() => window.jupyterapp.shell.currentWidget.sessionContext.session"
                           ".kernel.status === 'busy'")
    drag(page, "best zwaar")
    page.keyboard.press("1")
    assert page.locator(".wbk-status").text_content() == "Nog niet opgeslagen"
    assert codings(folder) == []
    command(page, "docmanager:save")
    page.reload()
    page.wait_for_selector(".wbk", timeout=60_000)
    saved(page)
    assert quotes(folder) == [("best zwaar", "druk")]
    eventually(lambda: page.locator(".wbk-stripe").count() == 1)
    assert (folder / "data/coding/codings/anna/gesprek.jsonl").read_text("utf-8").count(
        '"quote"') == 1


def test_when_python_is_killed_the_page_says_so_and_loses_nothing(coder):
    page, folder = coder(after=["import os; print(os.getpid(), flush=True)"])
    pid = eventually(lambda: page.locator(".jp-OutputArea-output pre").last.text_content().strip())
    idle(page)
    os.kill(int(pid), signal.SIGKILL)
    page.wait_for_selector('.wbk[data-state="gone"]', timeout=30_000)
    assert "Voer de cel opnieuw uit" in page.locator(".wbk-warning").text_content()
    idle(page)
    page.evaluate("() => document.querySelector('.jp-Dialog .jp-mod-accept')?.click()")
    page.locator(".jp-Dialog").wait_for(state="detached")
    drag(page, "best zwaar")
    page.keyboard.press("1")
    eventually(lambda: page.locator(".wbk-stripe").count() == 1)
    assert codings(folder) == []
    command(page, "notebook:run-all-cells", wait=False)
    eventually(lambda: quotes(folder) == [("best zwaar", "druk")], seconds=60)
    eventually(lambda: page.locator(".wbk-stripe").count() == 1)
    saved(page)


def test_a_real_text_leaves_nothing_in_the_notebook_file_and_asks_nothing_outside(coder):
    page, folder = coder(synthetic=False)
    drag(page, "best zwaar")
    page.keyboard.press("1")
    page.keyboard.press("v")
    assert "echte tekst" in page.locator(".wbk-live").text_content()
    saved(page)
    page.evaluate("""() => window.jupyterapp.serviceManager.settings.save(
      "@jupyter-widgets/jupyterlab-manager:plugin", '{"saveState": true}')""")
    page.wait_for_timeout(300)
    command(page, "docmanager:save")
    kept = (folder.parent / "a.ipynb").read_text("utf-8")
    assert "widget-view" in kept
    for words in ("zwaar", "Thuis is het druk", "mentor, mevrouw"):
        assert words not in kept
    assert [one for one in page.asked if not one.startswith((page.home, "data:", "blob:"))] == []


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_serious_in_the_widget(coder, theme):
    page, _ = coder()
    drag(page, "best zwaar")
    page.keyboard.press("1")
    page.locator(".wbk-stripe").click()
    page.evaluate("(theme) => window.jupyterapp.commands.execute("
                  "'apputils:change-theme', { theme })", theme)
    page.wait_for_function("(isLight) => document.body.dataset.jpThemeLight === isLight",
                           arg=str("Light" in theme).lower())
    page.keyboard.press("f")
    page.wait_for_timeout(300)
    assert serious_violations_in(page, ".wbk") == []
    page.locator(".wbk-more").click()
    assert serious_violations_in(page, ".wbk-menu") == []


def test_json_of_the_widget_is_not_in_a_notebook_that_is_exported(coder):
    page, folder = coder()
    command(page, "docmanager:save")
    book = json.loads((folder.parent / "a.ipynb").read_text("utf-8"))
    (output,) = book["cells"][2]["outputs"]
    assert set(output["data"]) == {
        "text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}
    assert "<script" not in "".join(output["data"]["text/html"])
