"""Replacing names in a real browser: each word decided, each turn read, with the keyboard."""

import json
import re

import pytest
from builders.lab import command, drag, eventually, idle, press, run_cells, saved, without_faults
from builders.opened_pages import serious_violations_in
from builders.review_sheets import TALKS, make_private_study

from wbkit.privacy.review_sheet import read_review
from wbkit.study.study import load_study

pytestmark = pytest.mark.browser
SECRETS = ("petra", "fatima", "raalte", "12345678", "echt lief")


@pytest.fixture
def desk(lab, notebook):
    """Open the desk in the notebook; gives the page and the study."""
    folder = lab[0] / f"names{len(list(lab[0].iterdir()))}"
    study = load_study(make_private_study(folder, talks=TALKS))
    run_cells(notebook, [
        f"import os; os.environ['WBKIT_CONFIG'] = {str(folder / 'config')!r}",
        f"wb.PseudonymDesk(wb.load_study({folder.name + '/data'!r}))"])
    notebook.wait_for_selector(".wbk-names")
    idle(notebook)
    notebook.locator(".wbk").evaluate("(one) => one.scrollIntoView()")
    notebook.locator(".wbk-text").focus()
    with without_faults(notebook):
        yield notebook, study


def test_with_the_keyboard_alone_a_text_is_decided_on_and_read(desk, lab):
    page, study = desk
    press(page, "n")
    assert "nog niet besloten" in page.locator(".wbk-live").inner_text()
    while page.locator(".wbk-text .wbk-said-open").count():
        press(page, "v", "n")
    assert "petra van den berg" not in page.locator(".wbk-differences").inner_text()
    press(page, "Escape", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp", "g", "g", "g", "g")
    saved(page)
    review = read_review(study.private_folder)
    assert "gesprek_01" in review.read
    assert review.decision("Raalte").choice == "replace"
    command(page, "docmanager:save")
    text = (lab[0] / "a.ipynb").read_text(encoding="utf-8").casefold()
    assert [one for one in SECRETS if one in text] == []
    assert "woorden nog open" in json.dumps(json.loads(text), ensure_ascii=False)


def test_a_turn_with_an_open_word_is_not_confirmed(desk):
    page, study = desk
    press(page, "ArrowDown", "g")
    assert "nog een woord" in page.locator(".wbk-live").inner_text()
    assert page.locator('.wbk-read[aria-pressed="true"]').count() == 0


def test_a_decision_holds_everywhere_and_is_undone(desk):
    page, study = desk
    page.locator(".wbk-hit", has_text=re.compile("^Petra$")).click()
    press(page, "l")
    saved(page)
    assert read_review(study.private_folder).decision("petra").choice == "keep"
    press(page, "Control+z")
    saved(page)
    eventually(lambda: read_review(study.private_folder).decision("petra") is None)


def test_words_that_somebody_sees_are_selected_and_replaced(desk):
    page, study = desk
    drag(page, "echt lief")
    press(page, "v")
    eventually(lambda: read_review(study.private_folder).decision("echt lief") is not None)
    page.wait_for_selector('.wbk-hit:has-text("echt lief")')


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_serious_at_the_desk(desk, theme):
    page, _ = desk
    page.evaluate("(theme) => window.jupyterapp.commands.execute("
                  "'apputils:change-theme', { theme })", theme)
    press(page, "n", "v", "n", "l", "n")
    saved(page)
    found = serious_violations_in(page, ".wbk")
    page.evaluate("() => window.jupyterapp.commands.execute("
                  "'apputils:change-theme', { theme: 'JupyterLab Light' })")
    assert found == []
