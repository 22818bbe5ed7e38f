"""A Table as bars: the same numbers as the Table, in words, and nothing where they are hidden."""

import re

import pytest
from builders.responses import answers, people

import wbkit as wb
from wbkit.report.first_page.bars import bars

HELP = {"hulp": {"kind": "multiple", "values": ["plannen", "slaap", "geen"],
                 "exclusive": ["geen"], "other": "Anders"}}
TICKS = {"hulp:plannen": [True] * 8 + [False] * 4, "hulp:slaap": [True] * 10 + [False] * 2,
         "hulp:geen": [False] * 10 + [True] * 2, "hulp:other": [False] * 12,
         "hulp:other_text": [None] * 12}


def lines(html):
    """Give the words of each bar, and its width."""
    return [(re.sub(r"<[^>]+>", " ", one).split(), re.findall(r"width:([\d.]+)%", one))
            for one in re.findall(r"<li.*?</li>", html)]


def test_answers_stand_by_size_and_who_needs_nothing_stands_below():
    table = wb.frequency(answers(TICKS, items=HELP), "hulp")
    assert [(words, widths) for words, widths in lines(bars(table.show("nl")))] == [
        (["slaap", "10", "83", "%"], ["83.33"]), (["plannen", "8", "67", "%"], ["66.67"]),
        (["geen", "2", "17", "%"], ["16.67"])]


def test_a_scale_keeps_its_order():
    table = wb.frequency(people(["eens"] * 6 + ["oneens"] * 2 + ["neutraal"] * 4), "gezien")
    assert [words[0] for words, _ in lines(bars(table.show("nl")))] == [
        "oneens", "neutraal", "eens"]


def test_under_a_base_of_ten_the_base_stands_in_place_of_a_percentage():
    table = wb.frequency(people(["eens", "eens", "oneens"]), "gezien")
    assert lines(bars(table.show("nl")))[-1][0] == ["eens", "2", "van", "3"]


def test_what_the_sentence_names_is_marked_and_nothing_else():
    table = wb.frequency(answers(TICKS, items=HELP), "hulp")
    html = bars(table.show("nl"), said="Studenten noemen plannen het vaakst.")
    assert re.findall(r'<li class="on"><span class="name">(\w+)', html) == ["plannen"]


def test_a_hidden_count_is_said_to_be_hidden_and_has_no_width():
    real = people(["eens"] * 20 + ["oneens"] * 2 + ["neutraal"] * 9, synthetic=False)
    shown = lines(bars(wb.frequency(real, "gezien").show("nl")))
    assert shown[0] == (["oneens", "verborgen"], ["0.00"])


def test_groups_become_bars_of_parts_that_add_up_to_the_whole():
    table = wb.frequency(people(["eens"] * 6 + ["oneens"] * 6, leerweg=["bol", "bbl"] * 6),
                         "gezien", by="leerweg")
    html = bars(table.show("nl"))
    assert html.count("<li>") == 2 and html.startswith('<p class="legend">')
    for _, widths in lines(html):
        assert sum(map(float, widths)) == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("kind", ["estimate", "coverage"])
def test_a_table_of_another_form_is_not_drawn(kind):
    responses = people(["eens"] * 12, design={"kind": "convenience", "population": 40})
    made = {"coverage": wb.coverage(responses)} if kind == "coverage" else {
        "estimate": wb.frequency(responses, "gezien")}
    table = made[kind]
    drawn = bars(table.show("nl"))
    assert bool(drawn) == (table.kind == "frequency")


def test_words_of_people_cannot_become_html():
    items = {"vak": {"kind": "nominal", "values": ["<b>zorg</b>", "techniek"]}}
    table = wb.frequency(answers({"vak": ["<b>zorg</b>", "techniek"]}, items=items), "vak")
    assert "<b>zorg" not in bars(table.show("nl")) and "&lt;b&gt;zorg" in bars(table.show("nl"))
