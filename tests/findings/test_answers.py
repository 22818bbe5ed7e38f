"""Answers with their certainty, evidence, recommendations and what people said of them."""

import json

import pandas as pd
import pytest
import tomlkit

import wbkit as wb
from wbkit.findings.accepted import facts_kept, load_accepted
from wbkit.findings.certainty import cap_of
from wbkit.table.facts import Bases, Part, Routed, Subject
from wbkit.table.statements.coding import Given
from wbkit.table.table import Table
from wbkit.workflow.checking import check

STUDY = """
title = "Klein"
[questions.1b]
text = "Waar lopen studenten tegenaan?"
population = { source = "studenten", where = { steun_ja = ["ja"] } }
[questions.2a]
text = "Wat hielp?"
[sources.studenten]
file = "s.csv"
format = "csv"
unit = "student"
synthetic = true
design = { kind = "convenience" }
[sources.studenten.items.gezien]
kind = "nominal"
values = ["oneens", "neutraal", "eens"]
[sources.studenten.items.steun]
kind = "nominal"
values = ["ja, al lang", "ja, kort", "nee"]
[sources.studenten.items.steun_ja]
kind = "nominal"
any_of = { item = "steun", values = ["ja, al lang", "ja, kort"] }
[sources.studenten.items.genoeg]
kind = "nominal"
values = ["ja", "nee"]
asked_if = { steun = ["ja, al lang", "ja, kort"] }
[sources.teams]
file = "t.csv"
format = "csv"
unit = "team"
synthetic = true
design = { kind = "joint", population = 4 }
[sources.teams.items.keuze]
kind = "nominal"
values = ["ja", "nee"]
"""
FREE = {"text": "Zij noemen plannen.", "certainty": "redelijk", "why": "Weinig bereikt."}


@pytest.fixture
def study(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "study.toml").write_text(STUDY, encoding="utf-8")
    return wb.load_study(tmp_path / "data")


def counted(study, name="studenten", item="gezien", *facts, n=(3, 1, 16)):
    """Make a frequency Table of a source of the study."""


    source, base = study.sources[name], sum(n)
    data = pd.DataFrame({"item": item, "value": list(source.items[item].categories[:len(n)]),
                         "n": [float(one) for one in n], "base": float(base),
                         "share": [one / base for one in n], "low": float("nan"),
                         "high": float("nan"), "state": "shown"})
    return Table(data, "frequency", (), (Subject("asked", (item,)), *facts), (source,))


def write(study, question, tables, **fields):
    """Write one answer that rests on Tables."""
    rests = {name: one.fingerprint for name, one in tables.items()}
    text = tomlkit.dumps({question: fields | {"tables": rests}})
    (study.folder / "interpretations.toml").write_text(text, encoding="utf-8")
    return wb.interpretation(study, question, tables)


# Certainty


def test_a_person_chooses_and_gives_a_reason(study):
    tables = {"a": counted(study), "b": counted(study, "teams", "keuze", n=(3, 1))}
    made = write(study, "2a", tables, **FREE)
    assert made.certainty == "redelijk"
    assert "Zekerheid: redelijk. Weinig bereikt." in repr(made)
    with pytest.raises(wb.StudyError, match="says stevig, and not why"):
        write(study, "2a", tables, text="x", certainty="stevig")


@pytest.mark.parametrize(("names", "level", "reason"), [
    ((), "geen antwoord", "no_evidence"), (("s",), "beperkt", "one_source"),
    (("t", "groep"), "beperkt", "joint_only"), (("s", "t"), "redelijk", "convenience"),
    (("woorden", "t_woorden"), "beperkt", "keywords_only"),
])
def test_the_design_of_the_sources_caps_the_certainty(study, names, level, reason):
    group = study.sources["teams"].model_copy(update={"name": "groep"})
    joint = counted(study, "teams", "keuze", n=(3, 1))
    known = {"s": counted(study), "t": joint,
             "groep": Table(joint.data, "frequency", (), joint.facts, (group,)),
             "woorden": counted(study, "studenten", "gezien", Given("keywords")),
             "t_woorden": counted(study, "teams", "keuze", Given("keywords"), n=(3, 1))}
    found = cap_of({name: known[name] for name in names})
    assert (found.level, found.reason) == (level, reason)


def test_a_firmer_choice_than_the_design_allows_is_capped_and_said_so(study):
    made = write(study, "2a", {"a": counted(study)}, text="Ja.", certainty="stevig", why="Veel.")
    assert (made.certainty, made.chosen) == ("beperkt", "stevig")
    assert "Gekozen was: stevig. De opzet laat dat niet toe: het rust op één bron." in repr(made)
    assert "2a: stevig was chosen" not in repr(made)


# About whom


@pytest.mark.parametrize(("facts", "marked"), [
    ((), True), ((Part("steun_ja", ("ja",)),), False), ((Part("steun_ja", ("nee",)),), True),
    ((Part("steun", ("ja, kort",)),), False), ((Part("steun", ("ja, kort", "nee")),), True),
])
def test_a_table_of_other_students_than_the_question_is_marked(study, facts, marked):
    made = write(study, "1b", {"a": counted(study, "studenten", "gezien", *facts)}, **FREE)
    assert made.others == (("a",) if marked else ())
    assert ("a telt andere mensen dan de vraag" in repr(made)) == marked


@pytest.mark.parametrize(("fact", "marked"), [
    (Routed("steun", ("ja, al lang", "ja, kort")), False), (Routed("steun", ("nee",)), True),
    (Bases(("studenten",), "frequency", (Part("steun_ja", ("ja",)),)), False),
    (Bases(("studenten",), "frequency", (Part("gezien", ("eens",)),)), True),
])
def test_who_was_asked_and_one_column_of_a_joint_display_make_a_population_too(
        study, fact, marked):
    table = counted(study, "studenten", "genoeg", fact, n=(3, 4))
    assert write(study, "1b", {"a": table}, **FREE).others == (("a",) if marked else ())


def test_a_table_that_stands_beside_the_answer_on_purpose_is_not_marked(study):
    assert write(study, "1b", {"a": counted(study)}, beside=["a"], **FREE).others == ()


def test_a_wrong_base_is_refused_in_strict_mode(study):
    tables = {"a": counted(study)}
    write(study, "1b", tables, **FREE)
    with pytest.raises(wb.DataError, match="is about .*ja, and a counts other units"):
        wb.interpretation(study, "1b", tables, strict=True)


@pytest.mark.parametrize(("population", "message"), [
    ('source = "docenten", where = { a = ["b"] }', "there is no source 'docenten'"),
    ('source = "teams", where = { gezien = ["b"] }', "teams has no item 'gezien'"),
    ('source = "teams", where = { keuze = ["soms"] }', "'soms' is no answer to keuze"),
])
def test_a_population_that_is_not_there_is_refused(study, population, message):
    old = 'source = "studenten", where = { steun_ja = ["ja"] }'
    study.file.write_text(STUDY.replace(old, population), encoding="utf-8")
    with pytest.raises(wb.StudyError, match=message):
        wb.load_study(study.file)


# What no Table supports


def test_a_cause_word_is_refused_in_strict_mode_and_listed_otherwise(study):
    tables = {"a": counted(study)}
    text = "De buddy zorgt ervoor dat {a:eens.units} zich gezien voelen."
    made = write(study, "2a", tables, text=text)
    assert [one.sort for one in made.overclaims] == ["cause"]
    assert made.text.endswith("dat 16 van de 20 studenten zich gezien voelen.")
    with pytest.raises(wb.DataError, match="“zorgt ervoor dat” is a cause, which nobody studied"):
        wb.interpretation(study, "2a", tables, strict=True)


def test_check_lists_what_no_table_supports_and_refuses_it_when_strict(study):
    write(study, "2a", {}, text="21 van de 37 noemen plannen.")
    for strict in (False, True):
        points = [one for one in check(study, strict=strict) if "“21 van de 37”" in one.words]
        assert [one.ok for one in points] == [not strict]


def test_a_slot_of_a_table_that_does_not_stand_under_tables_is_refused(study):
    tables = {"a": counted(study)}
    (study.folder / "interpretations.toml").write_text('[2a]\ntext = "{a:eens}"', "utf-8")
    with pytest.raises(wb.DataError, match='which does not stand under tables. Add a = "'):
        wb.interpretation(study, "2a", tables)


# Accepted Tables


def test_an_answer_is_filled_from_the_accepted_tables(study):
    table = counted(study, "studenten", "gezien", Part("steun_ja", ("ja",)))
    folder = study.folder / "expected" / "tables"
    folder.mkdir(parents=True)
    table.data.to_csv(folder / "a.csv", index=False)
    facts = facts_kept(table.facts).replace('"', '""')
    (folder.parent / "index.csv").write_text(
        "name,what,kind,fingerprint,sha256,sources,facts\n"
        f'a,table,frequency,{table.fingerprint},,studenten,"{facts}"\n', encoding="utf-8")
    write(study, "1b", {"a": table}, text="{a:eens}", certainty="beperkt", why="Klein.")
    made = wb.interpretation(study, "1b")
    assert (made.text, made.others, made.outdated) == ("16 van de 20", (), ())
    assert load_accepted(study, ["a"])["a"].found(Part) == [Part("steun_ja", ("ja",))]


# The answer table


def test_every_question_stands_beside_its_evidence_and_what_is_wrong_with_it(study):
    tables = {"a": counted(study), "b": counted(study, "teams", "keuze", n=(3, 1))}
    write(study, "1b", tables, text="Vooral plannen.", certainty="stevig", why="Veel.",
          stands={"b": "spreekt tegen"}, figures=["a"], beside=["a"])
    table = wb.answer_table(study, tables)
    assert list(table.data["question"]) == ["1b", "1b", "1b", "2a"]
    assert list(table.data["evidence"]) == ["a", "b", "a", ""]
    assert list(table.data["what"]) == ["table", "table", "figure", ""]
    assert table.data["stands"].tolist()[1] == "spreekt tegen"
    assert list(table.data["flag"]) == ["too_firm+too_strong"] * 3 + ["unanswered"]
    assert set(table.data["certainty"]) == {"redelijk", "geen antwoord"}
    shown = repr(table)
    assert "1b. Waar lopen studenten tegenaan?" in shown and "nog geen antwoord" in shown
    assert "zekerder gekozen dan de opzet toelaat" in shown


def test_an_answer_without_a_table_is_flagged(study):
    write(study, "2a", {}, **FREE)
    flags = wb.answer_table(study, {}).data.set_index("question")["flag"]
    assert flags["2a"] == "no_evidence+too_firm"


def test_a_study_without_questions_has_no_answers(study):
    none = study.model_copy(update={"questions": {}})
    with pytest.raises(wb.DataError, match="asks no research questions"):
        wb.answer_table(none, {})


# Member checks


CHECK = """[[check]]
finding = "2a"
version = "{version}"
date = 2023-05-16
present = 9
role = "docenten"
recognised = "{recognised}"
missing = "De lessen."
"""


def give_back(study, **fields):
    (study.folder / "terugleggen.toml").write_text(CHECK.format(**fields), encoding="utf-8")


def test_not_recognised_stands_beside_the_answer_and_changes_no_number(study):
    tables = {"a": counted(study), "b": counted(study, "teams", "keuze", n=(3, 1))}
    before = write(study, "2a", tables, **FREE | {"text": "{a:eens}"})
    give_back(study, version=before.version, recognised="niet herkend")
    after = wb.interpretation(study, "2a", tables)
    assert (after.text, after.certainty) == (before.text, before.certainty)
    assert "Teruggelegd op 16 mei 2023 bij docenten: niet herkend. Wat zij misten: De lessen." \
        in repr(after)
    assert "niet_herkend" in set(wb.answer_table(study, tables).data.query(
        "question == '2a'")["flag"])


def test_recognition_never_makes_an_answer_more_certain(study):
    made = write(study, "2a", {"a": counted(study)}, **FREE | {"certainty": "beperkt"})
    give_back(study, version="eerder", recognised="herkend")
    after = wb.interpretation(study, "2a", {"a": counted(study)})
    assert after.certainty == made.certainty == "beperkt"
    assert repr(after).endswith("herkend. Dit ging over een eerdere tekst.")


def test_member_checks_are_a_table_of_their_own(study):
    assert wb.member_checks(study).data.empty
    give_back(study, version="v1", recognised="deels")
    table = wb.member_checks(study)
    assert table.data[["finding", "present", "recognised"]].to_numpy().tolist() == \
        [["2a", 9.0, "deels"]]
    assert "deels herkend" in repr(table)


@pytest.mark.parametrize(("old", "new", "message"), [
    ('"2a"', '"9z"', "'9z' is no question of the study. Its questions are 1b, 2a"),
    ("present = 9", "aanwezig = 9", "aanwezig: unknown key"),
    ('"deels"', '"misschien"', "recognised"),
])
def test_a_fault_in_a_member_check_says_where_it_is(study, old, new, message):
    text = CHECK.format(version="v1", recognised="deels").replace(old, new)
    (study.folder / "terugleggen.toml").write_text(text, encoding="utf-8")
    with pytest.raises(wb.StudyError, match=f"terugleggen.toml.*{message}"):
        wb.member_checks(study)


# Recommendations


ASKED = """[a1]
text = "Geef teams uren."
level = "macro"
addressed_to = "directie"
findings = {findings}
change = "veranderen"
necessity = "programma"
ask = "Besluit over uren."
cost = "40 uur"
owner = "teamleider"
date = 2023-09-01
"""


def ask(study, findings):
    (study.folder / "recommendations.toml").write_text(
        ASKED.format(findings=json.dumps(findings)), encoding="utf-8")


@pytest.mark.parametrize(("findings", "flag"), [
    ([], "no_finding"), (["1b"], "unanswered"), (["2a"], ""), ])
def test_a_recommendation_without_an_answer_under_it_is_flagged(study, findings, flag):
    tables = {"a": counted(study), "b": counted(study, "teams", "keuze", n=(3, 1))}
    write(study, "2a", tables, **FREE)
    ask(study, findings)
    row = wb.recommendations(study, tables).data.iloc[0]
    assert (row["flag"], row["level"], row["date"]) == (flag, "macro", "2023-09-01")
    assert "1 september 2023" in repr(wb.recommendations(study, tables))


def test_a_recommendation_on_an_answer_of_little_certainty_is_flagged(study):
    tables = {"a": counted(study)}
    write(study, "2a", tables, **FREE)
    ask(study, ["2a"])
    table = wb.recommendations(study, tables)
    assert (table.data["certainty"][0], table.data["flag"][0]) == ("beperkt", "low_certainty")
    assert "school (macro)" in repr(table) and "weinig zeker antwoord" in repr(table)


def test_the_matrix_counts_recommendations_and_keeps_its_empty_cells(study):
    ask(study, ["2a"])
    data = wb.recommendation_matrix(study).data
    assert len(data) == 9 and data["n"].sum() == 1
    assert data.query("level == 'macro' and change == 'veranderen'")["n"].item() == 1
    assert "school (macro)" in repr(wb.recommendation_matrix(study))


@pytest.mark.parametrize(("old", "new", "message"), [
    ('["2a"]', '["9z"]', "a1: rests on '9z', which the study does not ask"),
    ('"macro"', '"mega"', "level"), ("cost", "kosten", "kosten: unknown key"),
])
def test_a_fault_in_recommendations_says_where_it_is(study, old, new, message):
    text = ASKED.format(findings='["2a"]').replace(old, new)
    (study.folder / "recommendations.toml").write_text(text, encoding="utf-8")
    with pytest.raises(wb.StudyError, match=f"recommendations.toml.*{message}"):
        wb.recommendations(study)
