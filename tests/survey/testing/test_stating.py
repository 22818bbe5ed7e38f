"""Tests, models and scores carry facts: words in both languages, and no small count anywhere."""

import json
import re

import openpyxl
import pandas as pd
import pytest
from builders.raw import raw
from builders.scales import ITEM, numbers, scaled

import wbkit as wb
from wbkit.study.model import Label
from wbkit.table.facts import Count
from wbkit.table.statements.tests import (
    Attrition,
    Compared,
    Family,
    LostMean,
    Reference,
    Scored,
    Whole,
)

NAMES = ["people", "after", "test"]
REGISTER = {
    "jaar": {"kind": "ordinal", "values": ["2015", "2016", "2017", "2018"]},
    "team": {"kind": "nominal", "values": ["zorg", "ict"]},
    "alle": {"kind": "numeric"}, "traag": {"kind": "numeric"},
}


def register():
    """Count the slow ones of 100 in two teams and four years."""
    rows = [(year, team, "100", str(20 + 3 * place + len(team)))
            for place, year in enumerate(REGISTER["jaar"]["values"]) for team in ("zorg", "ict")]
    columns = {name: list(cells) for name, cells in zip(REGISTER, zip(*rows, strict=True),
                                                        strict=True)}
    rules = {"cells": ["jaar", "team"], "base": "alle", "parts": ["traag"],
             "persons": "different"}
    return wb.clean(raw(columns, REGISTER, name="register", kind="counts", counts=rules,
                        format="csv", design={"kind": "census"}))


def renamed(responses, **names):
    """Call items by other ids, which were once kept for wbkit itself."""
    known = responses.source.items
    items = {one: item.model_copy(update={
        "name": names[one], "label": Label(nl=names[one])} if one in names else {})
        for one, item in known.items()}
    items = {item.name: item for item in items.values()}
    source = responses.source.model_copy(update={"items": items})
    return wb.Responses(responses.data.rename(columns=names), source)


def lot(*, public=True, **columns):
    frame = pd.DataFrame(columns)
    items = [wb.Item(name="mening", kind="ordinal", values=("laag", "midden", "hoog"))] \
        * ("mening" in frame)
    return wb.responses(frame, unit="student", items=items, public=public,
                        design=wb.Design(kind="srs", invited=len(frame)))


@pytest.fixture(scope="module")
def given():
    return lot(mening=["laag", "midden", "hoog", "hoog"] * 12, groep=["a", "b"] * 24,
               cijfer=[float(k % 7) for k in range(48)], sleutel=[f"s{k}" for k in range(48)])


@pytest.mark.parametrize("name", NAMES)
def test_any_name_does_for_an_item_that_is_compared(given, name):
    table = wb.compare(renamed(given, mening=name), [name, "cijfer"], "groep")
    assert table.data["item"].unique().tolist() == [name, "cijfer"]
    assert table.dimensions == () and name in repr(table)
    pd.testing.assert_frame_equal(table.data.drop(columns="item"), wb.compare(
        given, ["mening", "cijfer"], "groep").data.drop(columns="item"))


@pytest.mark.parametrize("name", NAMES)
def test_any_name_does_for_the_groups(given, name):
    table = wb.compare(renamed(given, groep=name), ["mening", "cijfer"], name)
    pd.testing.assert_frame_equal(table.data.drop(columns="by"), wb.compare(
        given, ["mening", "cijfer"], "groep").data.drop(columns="by"))
    assert f"naar {name}: verschillen de groepen?" in table.show().title
    assert "Hedges’ g: b min a" in repr(table)


@pytest.mark.parametrize("name", NAMES)
def test_any_name_does_for_what_was_asked_twice(given, name):
    part = renamed(given, mening=name)
    table = wb.compare_paired(part, part, [name, "cijfer"], key="sleutel")
    assert table.data["item"].tolist() == [name, "cijfer"]
    assert table.data["before"].tolist()[1] == pytest.approx(given.data["cijfer"].mean())


@pytest.mark.parametrize("name", NAMES)
def test_any_name_does_for_the_count_and_the_year_of_a_trend(name):
    made = register()
    rules = made.source.counts.model_copy(update={"cells": (name, "team")})
    one = renamed(made, jaar=name)
    one = wb.Responses(one.data, one.source.model_copy(update={"counts": rules}))
    table = wb.trend(one, "traag", year=name, test="linear")
    assert table.data["p"].iloc[0] == wb.trend(
        made, "traag", year="jaar", test="linear").data["p"].iloc[0]
    assert f"per {name}?" in table.show().title


@pytest.mark.parametrize(("name", "refused"), [("people", ""), ("after", "after"),
                                               ("test", "test")])
def test_the_groups_of_a_trend_have_no_name_of_its_own_columns(name, refused):
    made = register()
    rules = made.source.counts.model_copy(update={"cells": ("jaar", name)})
    one = renamed(made, team=name)
    one = wb.Responses(one.data, one.source.model_copy(update={"counts": rules}))
    if refused:
        with pytest.raises(wb.DataError, match=f"'{name}' is a column that a test Table has"):
            wb.trend(one, "traag", year="jaar", by=name, test="linear")
    else:
        assert wb.trend(one, "traag", year="jaar", by=name, test="linear").dimensions == (name,)


def test_the_facts_say_which_test_and_which_family(given):
    table = wb.compare(given, ["mening", "cijfer"], "groep")
    assert [one.test for one in table.found(Compared)] == [
        "kruskal_wallis", "ordinal_logit", "welch_t"]
    assert table.found(Family) == [Family("items", "holm", 2)]
    assert wb.regress(given, "cijfer", "groep").found(Reference) == [Reference("groep", "a")]


def test_one_table_speaks_both_languages(given):
    table = wb.compare(given, ["mening", "cijfer"], "groep")
    english = repr(table.show("en"))
    assert "do the groups differ?" in english and "p adjusted (Holm) for 2 tests" in english
    assert "Hedges’ g: b less a, in standard deviations." in english
    assert "verschillen" in repr(table) and "p adjusted" not in repr(table)
    short = table.show("en", notes="short")
    assert len(short.notes) < len(table.show("en").notes)
    assert any("p adjusted" in note for note in short.notes)


def test_a_score_is_computed_and_not_asked():
    who = wb.score(scaled({"a": ["soms"] * 4, "b": ["vaak"] * 4, "c": ["soms"] * 3 + [None]}), "s")
    table = wb.frequency(who, "s")
    assert table.show().base == "Basis: 3 van de 4 studenten; van hen is de score berekend."
    assert "of whom the score was computed" in table.show("en").base
    assert table.sentence().startswith("Van 3 van de 3 studenten is ‘s’: ‘2,33")
    assert [one.item for one in table.found(Scored)] == ["s"]
    assert "Score (variant v1): mean of 3 items" in repr(table.show("en"))
    mixed = wb.frequency(who, ["s", "a"]).show().base
    assert "van wie dit bekend is" in mixed


def test_a_scale_made_in_python_has_its_words_under_reliability():
    who = scaled(dict.fromkeys("ab", ["soms", "vaak"] * 8), items=dict.fromkeys("ab", ITEM))
    scale = wb.Scale(name="t", variant="v1", items=("a", "b"), label={"nl": "Test", "en": "Trial"})
    table = wb.reliability(who, scale)
    assert table.show().title == "Test: betrouwbaarheid"
    assert table.show("en").title == "Trial: reliability"
    assert "whole scale, standardised" in repr(table.show("en"))


# A small count of real people stands nowhere


def everything(table, monkeypatch, folder, figure=None):
    """Return all that is printed or written of a Table."""
    monkeypatch.chdir(folder)
    wb.save(table, "klein")
    files = {path.suffix: path for path in folder.rglob("klein.*")}
    sheets = openpyxl.load_workbook(files[".xlsx"])
    cells = [str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True)
             for cell in row if cell is not None]
    facts = json.dumps(json.loads(files[".json"].read_text(encoding="utf-8")), ensure_ascii=False)
    return [repr(table), repr(table.show("en")), table._repr_html_(), "\n".join(cells), facts,
            files[".csv"].read_text(encoding="utf-8"), *([figure.alt] if figure else []),
            table.cells.to_csv()]


@pytest.fixture
def lost_few():
    """Give 30 who stayed, 3 who left, and 2 who are new."""
    first = lot(public=False, x=[float(k % 5) for k in range(33)],
                sleutel=[f"s{k}" for k in range(33)])
    second = lot(public=False, x=[float(k % 7) for k in range(32)],
                 sleutel=[f"s{k}" for k in range(30)] + ["n1", "n2"])
    return wb.compare_paired(first, second, "x", key="sleutel")


def test_few_who_were_lost_stand_nowhere(lost_few, monkeypatch, tmp_path):
    assert lost_few.found(Attrition) == [Attrition(Count(None), Count(None), Count(0))]
    assert lost_few.found(Whole) == [Whole("times", None, Count(30))]
    assert lost_few.found(LostMean) == []
    for text in everything(lost_few, monkeypatch, tmp_path, wb.plot_forest(lost_few)):
        assert not re.search(r"\b33\b", text.replace(lost_few.fingerprint, ""))
        assert "3 studenten" not in text and "2 alleen" not in text and "3 students" not in text


def test_few_who_stayed_are_not_found_by_subtraction(monkeypatch, tmp_path):
    first = lot(public=False, x=[float(k) for k in range(23)],
                sleutel=[f"s{k}" for k in range(23)])
    second = lot(public=False, x=[1.0, 2.0, 4.0], sleutel=["s0", "s1", "s2"])
    table = wb.compare_paired(first, second, "x", key="sleutel")
    assert table.found(Whole) == [Whole("times", None, Count(None))]
    for text in everything(table, monkeypatch, tmp_path):
        assert not re.search(r"\b23\b", text.replace(table.fingerprint, ""))
        assert "3 studenten die" not in text


def test_few_answers_outside_a_scale_stand_nowhere(monkeypatch, tmp_path):
    who = numbers({"a": [99.0, 98.0] + [3.0] * 18, "b": [5.0] * 2 + [2.0] * 18},
                  scale={"range": [1, 5]}, synthetic=False)
    with pytest.warns(UserWarning, match="fewer than 5 × an answer to ‘a’"):
        scored = wb.score(who, "s")
    table = wb.frequency(scored, "s")
    assert "2 ×" not in repr(scored.source.items["s"])
    for text in everything(table, monkeypatch, tmp_path):
        assert "2 × een antwoord" not in text and "2 × an answer" not in text
    assert "minder dan 5 × een antwoord op ‘a’ buiten 1 tot 5" in repr(table)


def test_the_few_who_gave_the_rarest_answer_are_not_counted():
    ill = lot(public=False, klacht=["ja"] * 3 + ["nee"] * 37,
              uren=[float(k % 9) for k in range(40)])
    table = wb.regress(ill, "klacht", "uren")
    assert "minder dan 5 keer voor" in repr(table) and "3 keer" not in repr(table)


def test_all_but_few_who_answered_everything_give_no_total():
    who = scaled(dict.fromkeys("abc", ["soms", "vaak"] * 10) | {"c": [None] * 2 + ["vaak", "soms"]
                                                               * 9}, synthetic=False)
    table = wb.reliability(who, "s")
    assert table.show().base == "Basis: 18 studenten beantwoordden alle 3 vragen."
    small = wb.reliability(scaled(dict.fromkeys("ab", ["soms", "vaak", "vaak"]),
                                  items=dict.fromkeys("ab", ITEM), synthetic=False), "s")
    assert small.show().base == "Basis: minder dan 5 studenten beantwoordden alle 2 vragen."


def test_a_table_of_one_test_claims_no_more_than_it_knows():
    notes = compared({"q": ["ja", "nee"] * 10, "g": ["x", "y", "y", "x"] * 5}, "q").show().notes
    assert any(one.startswith("p is niet aangepast: hier is één toets gevraagd") for one in notes)
    assert not any("niets aan te passen" in one for one in notes)


def test_only_tests_that_were_done_are_a_family():
    frame = {"q": ["ja", "nee"] * 10, "r": ["ja"] * 20, "g": ["x", "y", "y", "x"] * 5}
    notes = compared(frame, ["q", "r"]).show().notes
    assert any("hier is één toets gevraagd" in one for one in notes)
    assert not any("voor 2 toetsen" in one for one in notes)
    none = compared(frame, "r").show().notes
    assert not any("aangepast" in one for one in none)


def test_groups_are_compared_without_a_word_on_causes():
    table = compared({"q": ["ja", "nee"] * 10, "g": ["x", "y", "y", "x"] * 5}, "q")
    assert any(one.startswith("Dit zegt niets over oorzaken") for one in table.show().notes)
    assert any(one.startswith("This says nothing about causes")
               for one in table.show("en").notes)


def test_groups_without_anyone_are_said_to_be_empty_and_not_hidden():
    table = compared({"q": ["ja", "nee"] * 10, "g": [None] * 20}, "q", public=False)
    assert table.data["state"].tolist() == ["shown"]
    assert any(one.startswith("Niet getoetst, geen groep heeft antwoorden") for one in
               table.show().notes)


def test_a_group_that_weighs_nothing_is_not_said_to_be_without_answers():
    table = compared({"q": ["ja", "nee", "ja"] * 10, "g": ["x", "y", "z"] * 10,
                      "w": [1.0, 2.0, 0.0] * 10}, "q", weight="w")
    assert any("Zonder antwoorden die meetellen, dus niet vergeleken: z" in one
               for one in table.show().notes)


def test_weights_of_nought_are_in_the_degrees_of_freedom_as_in_r():
    # R 4.1, svychisq(~q + g): F = 3.826 on 1 and 8 df, p = 0.0862.
    frame = {"q": list("122121212"), "w": [200.0, 123, 0, 0, 234, 123, 234, 0, 0],
             "g": ["x", "x", "y", "x", "y", "x", "y", "x", "y"]}
    table = compared(frame, "q", weight="w")
    row = table.data.iloc[0]
    assert (row["statistic"], row["df2"], row["p"]) == pytest.approx((3.826, 8, 0.0862), abs=5e-4)
    assert row["n"] == 5
    assert "5 van de 9 studenten" in table.show().base
    assert any("de 5 studenten wegen als 5" in one for one in table.show().notes)


def compared(frame, items, *, public=True, **design):
    frame = pd.DataFrame(frame)
    given = wb.responses(frame, unit="student", public=public, items={
        name: {"kind": "nominal", "values": values} for name, values in
        (("g", ["x", "y", "z"]), ("r", ["ja", "nee"])) if name in frame},
        design=wb.Design(kind="srs", invited=len(frame), **design))
    return wb.compare(given, items, "g")
