"""Answers coded row by row, and codings looked at again: another code, proposals, what is shown."""

import time
from collections import Counter

import pytest
from builders.coded_texts import codings, quotes
from builders.lab import drag, eventually, saved
from builders.opened_pages import serious_violations_in

from wbkit.coding.store.reader import StoredCodings
from wbkit.coding.store.store import CodingStore

pytestmark = pytest.mark.browser
SAID = ("ik heb stress voor de toets", "mijn mentor helpt goed", "te weinig geld", "geen idee",
        "meer stress door toetsen dan eerst", "een mentor die belt")
ANSWERS = "answers(study, said(study))"


def rows(page):
    return page.locator("tr[data-nth]:not([hidden]) .wbk-words").all_text_contents()


def test_a_hundred_and_sixty_answers_are_coded_with_the_keyboard(coder, record_property):
    page, folder = coder([f"{SAID[nth % 6]} {nth}" for nth in range(160)], texts=ANSWERS)
    page.locator("tr[data-nth]").first.focus()
    page.keyboard.press("ArrowUp")  # the first row has visible focus
    begin, taken = time.monotonic(), 0
    for nth in range(160):
        if not page.evaluate("Boolean(document.activeElement?.closest('tr[data-nth]'))"):
            taken += 1  # JupyterLab takes the focus once, when it is done with its cells
            page.locator("tr[data-nth]").nth(nth).focus()
        if nth % 6 != 3:
            page.keyboard.press("1" if nth % 2 == 0 else "3")
        page.keyboard.press("Enter")
    saved(page)
    took = (time.monotonic() - begin) / 160
    record_property("seconds_per_answer", took)
    assert taken <= 1
    made = codings(folder)
    assert Counter(one.code for one in made) == {
        "druk": 80, "mentor": sum(nth % 2 and nth % 6 != 3 for nth in range(160))}
    assert all(one.quote == SAID[(int(one.document.split("/")[1]) - 1) % 6]
               + f" {int(one.document.split('/')[1]) - 1}" for one in made)
    looked = StoredCodings(folder / "data" / "coding").considered()
    assert len(looked) == 160
    assert {one.codes for one in looked} == {("druk", "geld", "mentor", "steun")}
    assert took < 1


def test_several_rows_get_a_code_at_once_and_lose_it_again(coder):
    page, folder = coder(SAID, texts=ANSWERS)
    page.locator("tr[data-nth]").nth(1).click()
    for key in ("Shift+ArrowDown", "Shift+ArrowDown", "4"):
        page.keyboard.press(key)
    eventually(lambda: [one.quote for one in codings(folder, code="geld")] == [*SAID[1:4]])
    page.keyboard.press("4")
    eventually(lambda: codings(folder) == [])
    page.keyboard.press("Control+z")
    eventually(lambda: len(codings(folder)) == 3)


def test_rows_are_sorted_and_filtered_and_those_alike_come_together(coder):
    page, _ = coder(SAID, texts=ANSWERS)
    page.locator("tr[data-nth]").first.focus()
    page.keyboard.press("f")
    choose = page.locator(".wbk-filters select")
    page.get_by_label("Volgorde").select_option("alike")
    alike = rows(page)
    assert abs(alike.index(SAID[0]) - alike.index(SAID[4])) == 1
    assert abs(alike.index(SAID[1]) - alike.index(SAID[5])) == 1
    choose.nth(3).select_option("media")
    assert sorted(rows(page)) == sorted([SAID[1], SAID[4]])
    assert page.locator("th:visible").all_text_contents() == [
        "Antwoord", "team", "niveau", "Bekeken"]
    page.locator(".wbk-columns input").last.uncheck()
    assert "niveau" not in page.locator("th:visible").all_text_contents()


def test_words_within_an_answer_can_be_coded_too(coder):
    page, folder = coder(SAID, texts=ANSWERS)
    drag(page, "weinig geld")
    page.keyboard.press("4")
    eventually(lambda: quotes(folder) == [("weinig geld", "geld")])


def test_axe_finds_nothing_serious_in_the_rows(coder):
    page, _ = coder(SAID, texts=ANSWERS)
    page.locator("tr[data-nth]").nth(1).click()
    page.keyboard.press("1")
    page.keyboard.press("f")
    assert serious_violations_in(page, ".wbk") == []


def test_another_code_keeps_the_memo_and_the_place(coder):
    page, folder = coder()
    drag(page, "best zwaar")
    for key in ("1", "o", "m"):
        page.keyboard.press(key)
    page.keyboard.type("welke toets?")
    page.keyboard.press("Control+Enter")
    page.locator(".wbk-stripe").click()
    page.click('.wbk-about [data-action="recode"]')
    page.click('.wbk-code[data-code="steun"]')
    eventually(lambda: [(one.quote, one.code, one.memo) for one in codings(folder)] == [
        ("best zwaar", "steun", "welke toets?")])
    (now,) = codings(folder)
    assert now.supersedes


def test_an_edge_of_a_coding_is_moved_with_the_arrows(coder):
    page, folder = coder()
    drag(page, "best zwaar")
    for key in ("1", "o", "Shift+ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    eventually(lambda: quotes(folder) == [("is best zwaar 👩🏽‍🎓 met", "druk")])


def test_proposals_are_taken_or_left_one_by_one_and_looking_decides_nothing(coder, lab):
    page, folder = coder()
    with CodingStore(folder / "data" / "coding") as store:
        for words, code in (("stress", "druk"), ("weinig geld", "geld")):
            start, end = store.find("gesprek", words)
            store.add("gesprek", start, end, code, coder="anna", origin="suggestion",
                      status="review")
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    eventually(lambda: page.locator(".wbk-stripe.wbk-proposed").count() == 2, seconds=20)
    page.locator(".wbk-turn").first.focus()
    for key in ("}", "}", "}"):
        page.keyboard.press(key)
    assert {one.status for one in codings(folder)} == {"review"}
    page.keyboard.press("+")
    eventually(lambda: [one.quote for one in codings(folder, status="accepted")] == ["stress"])
    page.keyboard.press("}")
    page.keyboard.press("-")
    eventually(lambda: len(codings(folder)) == 1)
    assert [(one.origin, one.status) for one in codings(folder)] == [("suggestion", "accepted")]
    page.keyboard.press("Control+z")
    eventually(lambda: {(one.quote, one.status) for one in codings(folder)} == {
        ("stress", "accepted"), ("weinig geld", "review")})


def test_what_is_shown_is_chosen_by_code_and_speaker(coder):
    page, _ = coder()
    for words, key in (("best zwaar", "1"), ("weinig geld", "4")):
        drag(page, words)
        page.keyboard.press(key)
    page.keyboard.press("f")
    page.locator(".wbk-filters select").first.select_option("geld")
    assert page.locator("mark").all_text_contents() == ["weinig geld"]
    page.get_by_label("Spreker").select_option("I")
    assert page.locator(".wbk-turn:visible").count() == 2


def test_a_code_that_stays_on_is_given_to_whatever_is_selected(coder):
    page, folder = coder()
    drag(page, "best zwaar")
    page.keyboard.press("1")
    page.keyboard.press("s")
    drag(page, "weinig geld")
    eventually(lambda: quotes(folder) == [("best zwaar", "druk"), ("weinig geld", "druk")])
