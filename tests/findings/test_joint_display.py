"""Sources side by side: each on its own base, never added, never subtracted."""

from dataclasses import replace

import pandas as pd
import pytest
from builders import transcripts
from builders.help_questions import HELP, service, students, teams
from builders.responses import answers, people
from builders.tables import NAN, frequencies

import wbkit as wb
from wbkit.data.documents import Documents
from wbkit.study.source import Setting


def test_each_source_keeps_its_unit_and_base():
    table = wb.joint_display([students(), teams()], theme="hulpvragen")
    assert table.data[["theme", "source", "unit", "n", "base"]].to_numpy().tolist() == [
        ["geld", "studenten", "student", 3, 12], ["geld", "teams", "team", 2, 2],
        ["plannen", "studenten", "student", 9, 12], ["plannen", "teams", "team", 1, 2]]
    assert not {"share", "difference"} & set(table.data)


def test_it_reads_as_counts_and_a_single_unit_as_mentioned():
    themes = {"geld": ["geld", "basis"], "plannen": "plannen"}
    text = repr(wb.joint_display([students(), teams(), service()], theme=themes))
    assert "3 van 12" in text
    assert "2 van 2" in text
    assert "genoemd" in text
    assert "niet gevraagd" in text
    assert "Teams (2 teams; 1 niet deelgenomen)" in text
    assert "niet op te tellen" in text


def test_a_single_unit_without_the_theme_did_not_mention_it():
    text = repr(wb.joint_display([students(), service(n=0)], theme={"geld": ["geld", "basis"]}))
    assert "niet genoemd" in text


def test_a_theme_that_is_an_item_has_its_words():
    named = HELP | {"label": {"nl": "Hulpvragen", "en": "Help"}, "short": {"nl": "hulp!"}}
    data = {"hulp:geld": [True], "hulp:plannen": [False], "hulp:other": [False],
            "hulp:other_text": [""]}
    one = wb.frequency(answers(data, items={"hulp": named}), "hulp")
    table = wb.joint_display([one, teams()], theme={"hulp": "geld"})
    assert table.data["theme"].unique().tolist() == ["hulp"]
    assert table.words("theme", "hulp") == "hulp!"


def test_something_else_is_no_theme():
    assert "other" not in set(wb.joint_display([students(), teams()], theme="x").data["theme"])


def test_a_hidden_count_stays_hidden():
    table = frequencies({"hulp": [None, 20]}, answers={"geld": "geld", "plannen": "plannen"},
                        base=22)
    data = wb.joint_display([table, teams()], theme="hulp").data
    assert data["state"].tolist()[0] == "hidden"
    assert pd.isna(data["n"].tolist()[0])


def test_units_that_can_have_several_are_not_added():
    with pytest.raises(wb.DataError, match="'zorg' has 2 counts .*cannot be added"):
        wb.joint_display([students(), teams()], theme={"zorg": ["geld", "plannen"]})


def test_real_and_made_up_data_do_not_stand_side_by_side():
    with pytest.raises(wb.DataError, match="Real and made-up"):
        wb.joint_display([students(synthetic=False), teams()], theme="hulpvragen")


@pytest.mark.parametrize(("tables", "theme", "words"), [
    ([], "x", "it was given 0 Tables"),
    ([students()], "x", "Give at least two"),
    ([students(), students()], "x", "is given twice"),
    ([students(), teams()], {"geld": "geldzorgen"}, "'geld' stands in none of the Tables"),
    ([frequencies({("a", "bol"): [1, 2]}, dimensions=["leerweg"], answers={"x": "x", "y": "y"}),
      teams()], "x", "divided into groups"),
])
def test_what_cannot_stand_side_by_side_is_refused(tables, theme, words):
    with pytest.raises(wb.DataError, match=words):
        wb.joint_display(tables, theme=theme)


def test_two_items_of_one_source_are_two_columns():
    one = frequencies({"gezien": [5, 7]}, answers={"geld": "geld", "plannen": "plannen"})
    two = frequencies({"tijd": [6, 6]}, answers={"geld": "geld", "plannen": "plannen"})
    data = wb.joint_display([one, two], theme="hulp").data
    assert data["source"].unique().tolist() == ["students: gezien", "students: tijd"]
    assert NAN not in data["n"].tolist()


def test_a_value_keeps_its_own_words_when_a_theme_of_the_study_has_the_same_id():
    first = students()
    setting = Setting(themes={"geld": {"nl": "Geld en werk"}, "anders": {"nl": "Iets anders"}})
    first = replace(first, sources=(first.sources[0].model_copy(update={"setting": setting}),))
    themes = {"geld": "geld", "anders": "plannen"}
    table = wb.joint_display([first, teams()], theme=themes)
    assert [table.words("theme", one) for one in themes] == ["geld", "Iets anders"]


def test_a_column_of_hits_is_named_found_with_key_words():
    book = transcripts.codebook(geld=["geld"])
    searched = Documents.of({"1": "geld", "2": "niets"}, transcripts.source())
    hits = wb.code_frequency(wb.code_by_dictionary(searched, book))
    table = wb.joint_display([students(), hits], theme={"geld": ["geld"]})
    assert "leiders (gevonden met zoekwoorden) (2 interviews)" in repr(table)
    assert "geen aandeel van interviews" in repr(table)


@pytest.mark.parametrize(("words", "cell"), [("niets", "niet gevonden"), ("geld", "gevonden")])
def test_a_single_text_in_which_a_key_word_is_not_found_may_still_mention_it(words, cell):
    book = transcripts.codebook(geld=["geld"])
    hits = wb.code_frequency(wb.code_by_dictionary(
        Documents.of({"1": words}, transcripts.source()), book))
    table = wb.joint_display([students(), hits], theme={"geld": ["geld"]})
    (row,) = [line for line in repr(table).splitlines() if line.startswith("geld")]
    assert row.split("  ")[-1].strip() == cell
    assert "genoemd" not in row


def test_everyone_and_a_part_of_the_same_students_are_two_columns():
    students = people(["eens"] * 4 + ["oneens"] * 2, leerweg=["bol"] * 4 + ["bbl"] * 2)
    tables = [wb.frequency(students, "gezien"),
              wb.frequency(students.where(leerweg="bbl"), "gezien")]
    table = wb.joint_display(tables, theme="gezien")
    assert table.data.query("theme == 'eens'")[["n", "base"]].to_numpy().tolist() == \
        [[4, 6], [0, 2]]
    shown = repr(table)
    assert "leerweg: bbl (2 studenten)" in shown
    assert "gevraagd maar niet genoemd (0 van 2)" in shown
