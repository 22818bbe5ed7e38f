"""Two coders beside each other in a real browser, and what they decide on the disk."""

import time

import pytest
from builders.coded_texts import GIVEN, answered_by_two, coded_by_two, codings, talk
from builders.lab import command, eventually, idle, press, run_cells, saved, without_faults
from builders.opened_pages import serious_violations_in

import wbkit as wb

pytestmark = pytest.mark.browser


@pytest.fixture
def review(lab, notebook):
    """Open CodingReview in the notebook; gives the page and the folder of a new study."""
    def open_review(make=coded_by_two, texts="talk(study)", after=(), **about):
        folder = lab[0] / f"study{len(list(lab[0].iterdir()))}"
        made = make(folder, **about)
        run_cells(notebook, [
            f"study = wb.load_study({folder.name + '/data'!r}); texts = {texts}",
            "review = wb.CodingReview(study, texts); review", *after])
        notebook.wait_for_selector(".wbk-review")
        if not after:
            idle(notebook)
        notebook.locator(".wbk").evaluate("(one) => one.scrollIntoView()")
        notebook.locator(".wbk-text").focus()
        return notebook, made

    with without_faults(notebook):
        yield open_review


def test_the_rows_on_the_page_are_the_differences_that_python_counts(review):
    page, study = review()
    table = wb.disagreements(wb.read_codings(study, "talks", documents=talk(study))).data
    rows = page.locator(".wbk-differences [data-key]").evaluate_all(
        "(all) => all.map((one) => JSON.parse(one.dataset.key))")
    assert [tuple(one) for one in rows] == list(
        table[["document", "start", "end", "code"]].itertuples(index=False, name=None))
    lanes = page.locator('[data-lane="anna"] .wbk-given').all_text_contents()
    assert lanes == ["Stress en druk", "Mentor", "Geldzorgen"]


def test_with_the_keyboard_alone_all_is_decided_and_the_files_of_the_coders_stay(review):
    page, study = review()
    files = {file: file.read_bytes() for coder in GIVEN
             for file in (study.folder / "coding" / "codings" / coder).iterdir()}
    press(page, "n", "j", "m")
    page.keyboard.type("staat er letterlijk")
    press(page, "Control+Enter", "n", "x", "n", "2", "n", "1")
    saved(page)
    assert page.locator(".wbk-review .wbk-scheme").inner_text() == (
        "Verschillen: nog 0 van 4 open")
    together = "anna, bram"
    assert sorted((one.quote, one.code, one.status, one.memo, one.decided_by) for one in codings(
        study.folder.parent, coder="consensus")) == [
        ("Thuis is het druk", "druk", "accepted", "", together),
        ("best zwaar 👩🏽‍🎓 met werk ernaast. Ik heb veel stress", "druk", "accepted", "",
         together),
        ("helpt", "steun", "accepted", "staat er letterlijk", together),
        ("weinig geld", "geld", "accepted", "", together)]
    assert {file: file.read_bytes() for file in files} == files


def test_what_is_said_names_the_code_who_gave_it_and_the_words(review):
    page, _ = review()
    press(page, "n")
    said = page.locator(".wbk-live").inner_text()
    assert "wel: " in said
    assert "nog niet besloten" in said
    assert "‘" in said
    press(page, "j")
    assert "blijft (besloten door anna, bram)" in page.locator(".wbk-live").inner_text()


def test_all_of_one_coder_for_a_code_is_one_step_that_is_undone_and_done_again(review):
    page, study = review()
    press(page, "n")
    while "Stress" not in page.locator(".wbk-about b").first.inner_text():
        press(page, "ArrowDown")
    page.keyboard.press("Shift+Digit2")
    saved(page)
    assert {one.status for one in codings(
        study.folder.parent, coder="consensus", code="druk")} == {"accepted"}
    press(page, "Control+z")
    saved(page)
    eventually(lambda: {one.status for one in codings(
        study.folder.parent, coder="consensus", code="druk")} == {"accepted", "review"})
    press(page, "Control+Shift+z")
    eventually(lambda: {one.status for one in codings(
        study.folder.parent, coder="consensus", code="druk")} == {"accepted"})


def test_a_decision_while_python_is_busy_is_kept_once_also_after_a_reload(review, lab):
    page, study = review(after=["import time; time.sleep(2)"])
    press(page, "n", "j")
    page.wait_for_selector('.wbk[data-state="waiting"]')
    assert page.locator(".wbk-status").inner_text() == "Nog niet opgeslagen"
    assert not (study.folder / "coding" / "codings" / "consensus").exists()
    saved(page)
    lines = (study.folder / "coding" / "codings" / "consensus" / "gesprek.jsonl").read_text(
        encoding="utf-8").splitlines()
    command(page, "notebook:run-all-cells", wait=False)
    page.wait_for_selector('.wbk[data-state="saved"]')
    time.sleep(0.3)
    assert (study.folder / "coding" / "codings" / "consensus" / "gesprek.jsonl").read_text(
        encoding="utf-8").splitlines() == lines


def test_answers_stand_in_rows_with_a_lane_for_each_coder(review):
    said = ["mijn mentor helpt", "geen idee", "meer steun"]
    page, study = review(lambda folder: answered_by_two(folder, said),
                         texts=f"answers(study, {said!r})")
    assert page.locator(".wbk-turn .wbk-words").all_text_contents() == said
    press(page, "n", "j", "n", "x")
    saved(page)
    assert [(one.document, one.status) for one in codings(
        study.folder.parent, coder="consensus")] == [("talks.open_hulp/1", "accepted")]


def test_no_key_reaches_the_cells_and_nothing_is_asked_from_outside(review):
    page, _ = review()
    before = page.evaluate("() => window.jupyterapp.shell.currentWidget.content.model.cells.length")
    for key in (*"abcdefghijklmnopqrstuvwxyz0123456789?", "Delete", "Backspace", "Escape", "Enter"):
        page.keyboard.press(key)
        if page.locator(".wbk-about textarea:visible").count():
            page.keyboard.press("Escape")
    assert page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.model.cells.length") == before
    assert [one for one in page.asked if not one.startswith((page.home, "blob:", "data:", "ws:"))
            ] == []


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_serious(review, theme):
    page, _ = review()
    page.evaluate("(theme) => window.jupyterapp.commands.execute("
                  "'apputils:change-theme', { theme })", theme)
    press(page, "n", "j", "n", "x", "n", "t")
    saved(page)
    found = serious_violations_in(page, ".wbk")
    page.evaluate("() => window.jupyterapp.commands.execute("
                  "'apputils:change-theme', { theme: 'JupyterLab Light' })")
    assert found == []
