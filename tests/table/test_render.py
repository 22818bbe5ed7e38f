import re
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest
from builders.tables import BASE, NAN, frequencies, question, source

from wbkit.labels import label, percentage
from wbkit.messages import number
from wbkit.report.plots.bars import plot_bars
from wbkit.study.item import Item
from wbkit.table.count_layouts import Grid, interval_words, share_words
from wbkit.table.facts import Count, ItemNotes, NoInterval
from wbkit.table.render import as_html, as_text, caption_lines
from wbkit.table.statistic_layouts import grid
from wbkit.table.table import Figure, Table

COUNTS = [4, 12, 31, 101, 50]  # of 198


class Tags(HTMLParser):
    """Collects the start tags of a page, and the ones left open."""

    def __init__(self, page):
        super().__init__()
        self.found, self.still_open = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag != "br":
            self.still_open.append(tag)

    def handle_endtag(self, tag):
        assert self.still_open.pop() == tag


def groups(**counts):
    return frequencies({("gezien", name): numbers for name, numbers in counts.items()},
                       dimensions=["leerweg"])


def test_one_item_has_a_row_for_each_answer():
    assert grid(frequencies({"gezien": COUNTS}).show()) == Grid(
        header=("antwoord", "aantal", "aandeel"),
        rows=(("helemaal oneens", "4", "2,0 %"), ("oneens", "12", "6,1 %"),
              ("neutraal", "31", "15,7 %"), ("eens", "101", "51,0 %"),
              ("helemaal eens", "50", "25,3 %")),
    )


def test_an_interval_stands_in_its_own_column():
    table = frequencies({"gezien": [20, 20, 20, 20, 20]}, interval=0.1, language="en")
    shown = grid(table.show())
    assert shown.header == ("answer", "count", "share", "95% interval")
    assert shown.rows[0] == ("strongly disagree", "20", "20.0%", "10.0–30.0%")


def test_several_items_have_a_column_for_each_answer_and_the_base_last():
    shown = grid(frequencies({"gezien": COUNTS, "tijd": [0, 0, 1, 4, 2]}).show())
    assert shown.header[0] == "vraag"
    assert shown.header[-1] == "basis"
    assert shown.rows[1] == ("Mijn coach neemt genoeg tijd voor mij", "0", "0", "1", "4", "2", "7")


def test_items_with_different_answers_stand_below_each_other():
    table = frequencies({"gezien": COUNTS, "tijd": COUNTS})
    mixed = table.data.assign(value=[*table.data["value"][:5], *"abcde"])
    shown = grid(replace(table, data=mixed).show())
    assert shown.stub == 2
    assert [row[0] for row in shown.rows[:6]] == [
        "Ik voel mij gezien door mijn coach", "", "", "", "",
        "Mijn coach neemt genoeg tijd voor mij"]


def test_groups_are_named_by_their_words():
    shown = grid(groups(bol=COUNTS, bbl=[0, 0, 1, 4, 2]).show())
    assert [row[0] for row in shown.rows] == ["overdag op school", "vooral op het werk"]


@pytest.mark.parametrize(("n", "base", "words"), [
    (4, 9, "4"), (4, 10, "4 (40 %)"), (33, 99, "33 (33 %)"), (33, 100, "33 (33,0 %)"),
    (1234, 2000, "1.234 (61,7 %)"), (0, 0, "0"),
])
def test_there_is_no_percentage_under_ten_and_no_decimal_under_a_hundred(n, base, words):
    share = n / base if base else NAN
    row = pd.Series({"n": n, "base": base, "share": share, "state": "shown"})
    assert share_words(row, "nl") == words


def test_there_is_no_interval_under_a_base_of_ten():
    row = pd.Series({"base": 9, "low": 0.1, "high": 0.5})
    assert interval_words(row, "nl") == ""
    assert interval_words(row.replace({9: 10}), "nl") == "10–50 %"


@pytest.mark.parametrize(("state", "words"), [
    ("hidden", "–"), ("not_asked", "niet gevraagd"), ("absent", "niet deelgenomen"),
])
def test_a_state_is_said_in_words(state, words):
    table = frequencies({"gezien": COUNTS})
    empty = table.data.assign(n=NAN, share=NAN, state=state)
    assert {row[1] for row in grid(replace(table, data=empty).show()).rows} == {words}


def test_what_is_hidden_leaves_no_trace_in_text_or_html():
    table = frequencies({"gezien": [None, None, 31, 101, 50]}, base=190)
    for shown in (as_text(table.show()), as_html(table.show())):
        without = shown.replace(table.fingerprint, "")
        assert not re.search(r"\b(nan|8)\b|4,2 %", without.lower())
        assert "– : niet getoond, zodat niemand te herkennen is." in shown


def test_the_lines_below_a_table_say_base_basis_notes_source_and_fingerprint():
    noted = question("gezien", note="Let op.")
    table = frequencies({"gezien": COUNTS}, items=[noted],
                        facts=[ItemNotes(("gezien",)), NoInterval("no_interval_joint", Count(198))])
    assert caption_lines(table.show()) == [
        BASE["nl"], label("no_interval_joint", "nl", units="studenten"), "Let op.",
        "Bron: Studentenenquête (synthetisch: verzonnen gegevens).",
        f"Vingerafdruk: {table.fingerprint}",
    ]


def test_only_the_source_that_was_made_up_is_called_so():
    table = frequencies({"gezien": COUNTS}, sources=(source(synthetic=False), source()))
    lines = caption_lines(table.show())
    assert "Bron: Studentenenquête; Studentenenquête (synthetisch: verzonnen gegevens)." in lines


def test_the_text_of_a_table_stands_in_columns():
    lines = as_text(frequencies({"gezien": COUNTS}).show()).split("\n")
    assert lines[0] == "Ik voel mij gezien door mijn coach"
    assert lines[2] == "antwoord         aantal  aandeel"
    assert lines[4] == "helemaal oneens       4    2,0 %"
    assert lines[7] == "eens                101   51,0 %"


def test_the_html_names_rows_and_columns_for_a_screen_reader():
    page = Tags(as_html(groups(bol=COUNTS, bbl=COUNTS).show()))
    assert page.still_open == []
    scopes = [facts["scope"] for tag, facts in page.found if tag == "th"]
    assert (scopes.count("col"), scopes.count("row")) == (7, 2)
    assert page.found[0] == ("div", {"lang": "nl"})
    assert "caption" in dict(page.found)


def test_words_that_look_like_html_are_shown_as_they_stand():
    noted = question("gezien", words="<b>a & b</b>", note="<script>x</script>")
    table = frequencies({"gezien": COUNTS}, items=[noted], facts=[ItemNotes(("gezien",))])
    page = as_html(table.show())
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "&lt;b&gt;a &amp; b&lt;/b&gt;" in page
    assert "<script>" not in page


def test_two_tables_with_the_same_content_look_the_same():
    one, other = (frequencies({"gezien": COUNTS}) for _ in range(2))
    assert as_html(one.show()) == as_html(other.show())
    assert repr(one) == repr(other)


def test_other_tables_are_listed_with_the_columns_that_hold_something():
    data = pd.DataFrame({"item": ["gezien", "tijd"], "estimate": [7.25, 6.0], "low": [NAN, NAN],
                         "n": [1200, 3]})
    seen = Item(name="gezien", kind="numeric", label="gezien door coach")
    when = Item(name="tijd", kind="numeric")
    table = Table(data=data, kind="listing", sources=(source(items=[seen, when]),))
    shown = grid(table.show())
    assert shown.header == ("vraag", "schatting", "aantal")
    assert shown.rows == (("gezien door coach", "7,25", "1.200"), ("tijd", "6", "3"))


def test_a_figure_says_its_alternative_text_and_then_its_table():
    table = frequencies({"gezien": COUNTS})
    figure = plot_bars(table)
    assert repr(figure) == f"{figure.alt}\n\n{table!r}"
    other = Figure(figure.picture, table, figure.alt, ("plot_likert", "stacked"))
    assert figure.fingerprint == plot_bars(table).fingerprint != other.fingerprint
    assert isinstance(figure, Figure)


def test_a_png_holds_no_time_and_no_version():
    content = plot_bars(frequencies({"gezien": COUNTS})).png()
    assert not re.search(rb"matplotlib|Software|Creation", content)


@pytest.mark.parametrize(("value", "language", "words"), [
    (1234.5, "nl", "1.234,50"), (1234.5, "en", "1,234.50"), (NAN, "nl", ""), (-0.5, "nl", "-0,50"),
])
def test_numbers_are_written_as_the_language_does(value, language, words):
    assert number(value, language, decimals=2) == words


@pytest.mark.parametrize(("share", "base", "language", "words"), [
    (0.5, 10, "nl", "50 %"), (0.5, 10, "en", "50%"), (0.5, 9, "nl", ""), (NAN, 50, "nl", ""),
    (1, 100, "nl", "100,0 %"),
])
def test_percentages_are_written_as_the_language_does(share, base, language, words):
    assert percentage(share, base, language) == words


def test_a_table_without_rows_says_that_there_is_nothing():
    table = frequencies({"gezien": COUNTS})
    bare = replace(table, kind="listing", data=table.data.iloc[:0][["item", "n"]])
    assert "niets" in as_text(bare.show()).splitlines()
    assert as_html(bare.show()).count(">niets</th>") == 1
    assert "nothing" in as_text(bare.show("en"))
    assert bare.show("nl").fingerprint == bare.show("en").fingerprint
