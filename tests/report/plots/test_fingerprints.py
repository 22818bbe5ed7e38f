"""Digits of a Figure: of its Table and of how it is drawn, in no language."""

import pytest
from builders.responses import answers

import wbkit as wb

SCALE = ["oneens", "neutraal", "eens"]
ITEMS = {"gezien": {"kind": "ordinal", "values": SCALE, "label": {"nl": "Gezien", "en": "Seen"}}}


@pytest.fixture(scope="module")
def table():
    return wb.frequency(answers({"gezien": SCALE * 5}, items=ITEMS), "gezien")


def test_a_figure_has_the_same_digits_in_both_languages(table):
    dutch, english = (wb.plot_bars(table, language=one) for one in ("nl", "en"))
    assert dutch.alt != english.alt
    assert dutch.fingerprint == english.fingerprint


def test_every_choice_gives_other_digits_than_the_table_and_each_other(table):
    figures = [wb.plot_bars(table), wb.plot_bars(table, measure="n"),
               wb.plot_bars(table, values=["eens"]), wb.plot_likert(table),
               wb.plot_likert(table, style="diverging")]
    assert len({table.fingerprint, *(one.fingerprint for one in figures)}) == 6
    assert figures[2].drawn == ("plot_bars", "share", "eens")
    assert wb.plot_bars(table).fingerprint == figures[0].fingerprint
