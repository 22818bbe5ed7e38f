"""A Table of facts: one in both languages, of any names, and no small count of real people."""

import re
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from builders.register import register
from builders.responses import GEZIEN, LEERWEG, answers, people, renamed
from oracles.drawn_boxes import words_of

import wbkit as wb
from wbkit.data.responses import Responses
from wbkit.study.source import Setting
from wbkit.table.facts import Count, Outside

FREE = ["people", "after", "test"]
OWN = ["n", "base", "share", "low", "high", "value", "item", "state"]
UNKNOWN = "weet niet"
SPOKEN = ("text", "html", "xlsx")  # where notes are printed
SEEN = GEZIEN | {"missing": [UNKNOWN], "missing_labels": {"en": ["don't know"]},
                 "label": {"nl": "Ik voel mij gezien", "en": "I feel seen"}}
HELP = {"kind": "multiple", "values": ["geld", "plannen"], "note": {
    "nl": "Vraag 12 van het formulier.", "en": "Question 12 of the form."}}


def seen(*, unknown=3, **fields):
    """Ask 60 who answered, and some who do not know."""
    given = ["eens"] * 31 + ["oneens"] * 19 + ["neutraal"] * 10 + [None] * unknown
    reasons = [(row, "gezien", UNKNOWN) for row in range(62, 62 + unknown)]
    tracks = ["bol", "bbl"] * 30 + ["bol"] * unknown
    return answers({"gezien": given, "leerweg": tracks}, reasons=reasons,
                   items={"gezien": SEEN, "leerweg": LEERWEG}, **fields)


# Words come when it is shown


@pytest.mark.parametrize("by", [None, "leerweg"])
def test_one_table_is_shown_in_both_languages(by):
    table = wb.frequency(seen(), "gezien", by=by)
    dutch, english = table.show("nl"), table.show("en")
    assert dutch.title.startswith("Ik voel mij gezien")
    assert english.title.startswith("I feel seen")
    assert any("3\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}‘weet\N{NO-BREAK SPACE}niet’" in one
               for one in dutch.notes)
    assert any("don't" in one for one in english.notes)
    assert (dutch.words("value", "eens"), english.words("value", "eens")) == ("eens", "agree")
    assert table.fingerprint == dutch.fingerprint == english.fingerprint
    for shown in (dutch, english):
        assert table.fingerprint in repr(shown) and table.fingerprint in shown._repr_html_()


def test_a_table_is_shown_in_the_language_of_its_study():
    table = wb.frequency(seen(language="en"), "gezien")
    assert repr(table) == repr(table.show("en")) != repr(table.show("nl"))
    assert table.fingerprint == wb.frequency(seen(), "gezien").fingerprint


def test_the_short_form_leaves_out_what_only_a_specialist_asks_for():
    ticks = {"hulp:geld": [True] * 8 + [None] * 2, "hulp:plannen": [True] * 4 + [False] * 4
             + [None] * 2}
    table = wb.frequency(answers(ticks, items={"hulp": HELP}), "hulp")
    full, short = table.show(), table.show(notes="short")
    lost = set(full.notes) - set(short.notes)
    assert lost == {"Vraag 12 van het formulier.",
                    "Meer antwoorden mogelijk: samen kunnen ze meer zijn dan de basis."}
    assert any(one.startswith("Niet in de basis: 2") for one in short.notes)
    assert (short.title, short.base, short.basis) == (full.title, full.base, full.basis)
    assert short.fingerprint == full.fingerprint
    assert set(table.show("en").notes) - set(table.show("en", notes="short").notes) == {
        "Question 12 of the form.",
        "Several answers possible: together they can be more than the base."}


def test_a_title_of_ones_own_changes_nothing_else():
    table = wb.frequency(seen(), "gezien")
    shown = table.show(title="Gezien?")
    assert repr(shown) == repr(table).replace("Ik voel mij gezien", "Gezien?", 1)
    assert shown.fingerprint == table.fingerprint


# A small count of real people stands nowhere


def everything(table, folder, language):
    """Return all that a reader gets of a Table and its figure, by where it stands."""
    source = table.sources[0].model_copy(update={"setting": Setting(results=folder)})
    table = replace(table, sources=(source,))
    figure = wb.plot_bars(table, language=language)
    wb.save(table, "gezien", language=language)
    wb.save(figure, "gezien", language=language)
    shown = table.show(language)
    sheet = openpyxl.load_workbook(folder / "tables/gezien.xlsx").worksheets[0]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row
             if cell is not None]
    found = {"text": repr(shown), "html": re.sub(r"<[^>]*>", "\n", shown._repr_html_()),
             "picture": "\n".join(words_of(figure)), "alt": figure.alt, "xlsx": "\n".join(cells),
             "addresses": apart(table.cells.to_csv(index=False))}
    found["csv"] = apart((folder / "tables/gezien.csv").read_text(encoding="utf-8"))
    found |= {name: (folder / name).read_text(encoding="utf-8")
              for name in ("tables/gezien.json", "figures/gezien.json")}
    return {place: words.replace(table.fingerprint, "").replace(figure.fingerprint, "")
            for place, words in found.items()}


def apart(csv):
    """Put something else between the numbers of a csv than what stands inside a number."""
    return csv.replace(",", " ; ")


def places_of(number, found):
    """Return where a number stands on its own."""
    return {place for place, words in found.items()
            if re.search(rf"(?<![\d.,]){number}(?:\.0)?(?![\d.,]*\d)", words)}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("by", [None, "leerweg"])
def test_few_who_do_not_know_stand_nowhere(by, language, tmp_path):
    table = wb.frequency(seen(synthetic=False), "gezien", by=by)
    assert table.found(Outside) == [Outside("gezien", "no_valid", Count(None))]
    found = everything(table, tmp_path, language)
    assert places_of(3, found) == places_of(63, found) == set()  # 60 of them answered
    few = {"nl": "minder dan 5", "en": "fewer than 5"}[language]
    for place in SPOKEN:
        assert few in found[place].replace("\N{NO-BREAK SPACE}", " ").replace("\n", " ")


def test_they_would_be_found_where_nothing_has_to_be_hidden(tmp_path):
    found = everything(wb.frequency(seen(), "gezien"), tmp_path, "nl")
    noted = {*SPOKEN, "addresses", "tables/gezien.json", "figures/gezien.json"}
    assert places_of(3, found) == noted
    assert places_of(63, found) == noted | {"picture"}  # 60 of the 63 students


def test_the_fingerprint_gives_no_hidden_count_away():
    few = [wb.frequency(seen(unknown=n, synthetic=False), "gezien").fingerprint
           for n in (1, 3, 4)]
    assert len({*few}) == 1
    assert wb.frequency(seen(unknown=6, synthetic=False), "gezien").fingerprint not in few


@pytest.mark.parametrize(("design", "words"), [
    ({"kind": "srs", "invited": 80}, ("niet alle 80 studenten deden mee", "not all of the 80")),
    ({"kind": "census", "population": 50}, ("meer antwoorden dan studenten in de populatie (50)",
                                            "more answers than students in the population (50)")),
])
@pytest.mark.parametrize("by", [None, "leerweg"])
def test_how_many_took_part_does_not_give_a_hidden_count(design, words, by, tmp_path):
    table = wb.frequency(seen(synthetic=False, design=design), "gezien", by=by)
    for language, said in zip(("nl", "en"), words, strict=True):
        found = everything(table, tmp_path, language)
        assert said in table.show(language).basis
        assert places_of(3, found) == places_of(63, found) == set()
    made_up = wb.frequency(seen(design=design), "gezien", by=by)
    assert "63" in made_up.show("nl").basis and "63" in made_up.show("en").basis


def test_how_many_took_part_does_not_give_a_small_rest_of_a_part():
    given = people(["eens"] * 33, leerweg=["bol"] * 30 + ["bbl"] * 3, synthetic=False,
                   design={"kind": "srs", "invited": 80})
    part = wb.frequency(given.where(leerweg="bol"), "gezien").show()
    assert "33" not in repr(part).replace(part.fingerprint, "")
    assert "niet alle 80 studenten deden mee" in part.basis
    assert "33 van de 80 studenten deden mee" in wb.frequency(given, "gezien").show().basis


# Any name


GIVEN = people(["eens", "oneens", "neutraal", "eens"] * 5, leerweg=["bol", "bbl"] * 10)


def counted(**names):
    """Make a register with other ids, in its rules as well."""
    made = wb.clean(register())
    cells = tuple(names.get(one, one) for one in made.source.counts.cells)
    parts = tuple(names.get(one, one) for one in made.source.counts.parts)
    other = renamed(made, **names)
    rules = made.source.counts.model_copy(update={"cells": cells, "parts": parts})
    return Responses(other.data, other.source.model_copy(update={"counts": rules}))


def same(table, other, **names):
    """Check that two Tables differ in ids only."""
    data = other.data.rename(columns=names)
    data = data.assign(item=data["item"].replace(names)) if "item" in data else data
    pd.testing.assert_frame_equal(table.data, data)
    assert table.show().title == other.show().title
    assert table.show().notes == other.show().notes


@pytest.mark.parametrize("name", FREE)
def test_groups_can_have_any_name(name):
    given = renamed(GIVEN, leerweg=name)
    table = wb.frequency(given, "gezien", by=name)
    same(table, wb.frequency(GIVEN, "gezien", by="leerweg"), leerweg=name)
    assert table.dimensions == (name,)
    assert table.show().heading(name) == "leerweg"
    assert f"{name}=bbl; value=eens" in table.cells["cell"].tolist()
    crossed = wb.crosstab(given, "gezien", name)
    same(crossed, wb.crosstab(GIVEN, "gezien", "leerweg"), leerweg=name)
    assert crossed.dimensions == ("gezien", name)
    same(wb.crosstab(given, name, "gezien"), wb.crosstab(GIVEN, "leerweg", "gezien"), leerweg=name)
    assert wb.plot_bars(table).alt == wb.plot_bars(
        wb.frequency(GIVEN, "gezien", by="leerweg")).alt


@pytest.mark.parametrize("name", FREE)
def test_the_groups_of_a_register_can_have_any_name(name):
    table = wb.trend(counted(team=name), "traag", year="jaar", by=name)
    same(table, wb.trend(counted(), "traag", year="jaar", by="team"), team=name)
    assert table.dimensions == (name, "jaar")
    year = wb.trend(counted(jaar=name), "traag", year=name, by="team")
    same(year, wb.trend(counted(), "traag", year="jaar", by="team"), jaar=name)


@pytest.mark.parametrize("name", [*FREE, *OWN])
def test_what_is_counted_can_have_any_name(name):
    given = renamed(GIVEN, gezien=name)
    for by in (None, "leerweg"):
        table = wb.frequency(given, name, by=by)
        same(table, wb.frequency(GIVEN, "gezien", by=by), gezien=name)
        assert table.data["item"].unique().tolist() == [name]
        assert repr(table).split("\n")[0] == table.show().title
    assert table.sentence("eens", leerweg="bol").startswith("bol: 5 van de 10")
    rate = wb.trend(counted(traag=name), name, year="jaar", by="team")
    same(rate, wb.trend(counted(), "traag", year="jaar", by="team"), traag=name)


@pytest.mark.parametrize("name", OWN)
def test_groups_that_are_named_like_a_column_are_refused_with_the_id_to_use(name):
    words = (f"'{name}' is a column that a frequency Table has itself, so its groups cannot be "
             f"named like it. Give the item another id in study.toml, such as {name}_group, and "
             f"write column = '{name}'.")
    with pytest.raises(wb.DataError, match=f"^{re.escape(words)}$"):
        wb.frequency(renamed(GIVEN, leerweg=name), "gezien", by=name)


@pytest.mark.parametrize("name", ["n", "base", "share", "state"])
def test_crossed_items_that_are_named_like_a_column_are_refused(name):
    given = renamed(GIVEN, leerweg=name)
    for pair in (("gezien", name), (name, "gezien")):
        with pytest.raises(wb.DataError, match=f"'{name}' is a column that a crosstab .*"
                                               f"such as {name}_group, and write column"):
            wb.crosstab(given, *pair)


@pytest.mark.parametrize("name", ["item", "break", "n", "base", "share", "state"])
def test_groups_of_a_register_that_are_named_like_a_column_are_refused(name):
    with pytest.raises(wb.DataError, match=f"'{name}' is a column that a trend Table has itself"):
        wb.trend(counted(team=name), "traag", year="jaar", by=name)
