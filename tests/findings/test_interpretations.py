"""Answers of people, held against the results."""

from dataclasses import replace

import pytest
from builders.responses import people

import wbkit as wb
from wbkit.messages import MESSAGES_VARIABLE
from wbkit.workflow.attention import outdated_answers, reread
from wbkit.workflow.checking import check

STUDY = """
title = "Klein"
[questions.1b]
text = { nl = "Waar lopen studenten tegenaan?", en = "What do students run into?" }
[questions.2a]
text = "Wat hielp?"
[sources.s]
file = "s.csv"
format = "csv"
unit = "student"
synthetic = true
[sources.s.items.gezien]
kind = "nominal"
values = ["ja", "nee"]
"""


@pytest.fixture
def study(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "study.toml").write_text(STUDY, encoding="utf-8")
    return wb.load_study(tmp_path / "data")


def answer(study, *, digits, name="21_hulp"):
    text = "# door ons gelezen\n[1b]\n" \
        f'text = "Vooral plannen."\ntables = {{ {name} = "{digits}" }}\n'
    (study.folder / "interpretations.toml").write_text(text, encoding="utf-8")


def saved(study, given):
    """Save a Table in the results of the study."""
    table = wb.frequency(people(given), "gezien")
    setting = table.sources[0].setting.model_copy(update={"results": study.results})
    source = table.sources[0].model_copy(update={"setting": setting})
    wb.save(replace(table, sources=(source,)), "21_hulp")
    return table


def test_an_answer_is_shown_as_long_as_its_tables_are_the_same(study):
    table = wb.frequency(people(["eens"]), "gezien")
    answer(study, digits=table.fingerprint)
    shown = wb.interpretation(study, "1b", {"21_hulp": table})
    assert repr(shown) == "Waar lopen studenten tegenaan?\nVooral plannen."


def test_an_answer_to_other_results_says_so(study):
    table = wb.frequency(people(["eens"]), "gezien")
    answer(study, digits=table.fingerprint)
    other = wb.frequency(people(["oneens"]), "gezien")
    shown = wb.interpretation(study, "1b", {"21_hulp": other})
    assert shown.outdated == ("21_hulp",)
    assert "Kijk opnieuw naar 21_hulp." in repr(shown) and "**Waar" in shown._repr_markdown_()


def test_without_tables_an_answer_is_held_against_the_accepted_ones(study):
    answer(study, digits="abc")
    assert "nog geen uitkomsten geaccepteerd" in repr(wb.interpretation(study, "1b"))
    (study.folder / "expected").mkdir()
    index = study.folder / "expected" / "index.csv"
    index.write_text("name,what,kind,fingerprint\n21_hulp,table,frequency,abc\n", encoding="utf-8")
    assert repr(wb.interpretation(study, "1b")).endswith("\nVooral plannen.")
    index.write_text("name,what,kind,fingerprint\n21_hulp,table,frequency,abd\n", encoding="utf-8")
    assert wb.interpretation(study, "1b").outdated == ("21_hulp",)


def test_without_an_answer_it_says_where_to_write_one(study):
    said = repr(wb.interpretation(study, "2a", {}))
    assert "schrijf in data/interpretations.toml wat je ziet" in said


@pytest.mark.parametrize(("question", "tables", "message"), [
    ("9z", {}, "there is no question '9z'. The questions are 1b, 2a"),
    ("1b", {}, "rests on 21_hulp, which is not there"),
])
def test_a_reading_that_cannot_be_checked_is_refused(study, question, tables, message):
    answer(study, digits="0" * 12)
    with pytest.raises(wb.DataError, match=message):
        wb.interpretation(study, question, tables)


@pytest.mark.parametrize(("text", "message"), [
    ('[9z]\ntext = "x"', "interpretations.toml, 9z: the study does not ask this"),
    ('[1b]\ntekst = "x"', "interpretations.toml, .*tekst: unknown key. Did you mean 'text'"),
    ("[1b", "interpretations.toml: is not valid TOML"),
])
def test_a_fault_in_answers_says_where_it_is(study, text, message):
    (study.folder / "interpretations.toml").write_text(text, encoding="utf-8")
    with pytest.raises(wb.StudyError, match=message):
        wb.load_interpretations(study)


def test_check_names_an_outdated_answer_until_it_is_read_again(study):
    table = saved(study, ["eens", "oneens"])
    answer(study, digits=table.fingerprint)
    assert outdated_answers(study) == {}
    saved(study, ["eens", "eens"])
    words = [point.words for point in check(study) if point.name == "answers"]
    assert words[0].startswith("1b: was written for other results (21_hulp: ")
    assert words[0].endswith("then give wbkit reread 1b.")
    assert reread(study, "1b") == ["21_hulp"]
    assert outdated_answers(study) == {}
    kept = (study.folder / "interpretations.toml").read_text(encoding="utf-8")
    assert kept.startswith("# door ons gelezen") and "Vooral plannen." in kept


@pytest.mark.parametrize(("question", "message"), [
    ("2a", "holds no answer to '2a'. There are answers to 1b"),
    ("1b", "21_hulp is not in results. Give wbkit run first"),
])
def test_an_answer_that_cannot_be_renewed_is_refused(study, question, message):
    answer(study, digits="0" * 12)
    with pytest.raises(wb.DataError, match=message):
        reread(study, question)


def test_a_fault_in_toml_names_its_line_in_dutch(study, monkeypatch):
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")
    (study.folder / "interpretations.toml").write_text('[1b]\ntext "x"', encoding="utf-8")
    with pytest.raises(wb.StudyError, match=r"interpretations.toml: .* \(regel 2, kolom 6\)"):
        wb.load_interpretations(study)
