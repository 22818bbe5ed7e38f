"""Publish shows two plans: hide as it is, or merge first; the second is what it says it is."""

from datetime import date

import pytest
from builders.real_studies import real_study
from builders.studies import make_notebook, wbkit

import wbkit as wb
from wbkit.messages import MESSAGES_VARIABLE
from wbkit.study.study import load_study
from wbkit.workflow.release.plans import plan_lines, with_small_counts
from wbkit.workflow.release.publishing import publish
from wbkit.workflow.running import run

DAY = date(2026, 3, 1)
START = ("import wbkit as wb\nstudy = wb.load_study()\n"
         "students = wb.read_responses(study, 'students')")
TABLES = ("wb.save(wb.frequency(students, '{gezien}', by='{team}'), '10_gezien')",
          "wb.save(wb.crosstab(students, '{team}', 'niveau'), '10_niveau')")
OWN = {"gezien": "gezien", "team": "team"}


def ran(folder, *, rows=120, tables=TABLES, names=OWN):
    study = real_study(folder, rows=rows)
    make_notebook(folder, START, *(one.format(**names) for one in tables))
    run(study)
    return study


def hidden(made):
    return sum(int(one.data["state"].eq("hidden").sum()) for one in made.publication.tables)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Publish a study as it is, and once more after plan B was followed."""
    study = ran(tmp_path_factory.mktemp("a"))
    before = publish(study, on=DAY)
    other = tmp_path_factory.mktemp("b")
    real_study(other)
    file = other / "data" / "study.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n" + before.plans.recodes,
                    encoding="utf-8")
    names = OWN | {one: f"{one}_samen" for merge in before.plans.merges for one in merge.items}
    make_notebook(other, START, *(one.format(**names) for one in TABLES))
    changed = load_study(other / "data")
    run(changed)
    return before, publish(changed, on=DAY)


def test_plan_a_counts_what_is_hidden_as_things_are(both):
    assert both[0].plans.hidden == hidden(both[0]) > 0


def test_plan_b_hides_what_it_said_when_its_lines_are_pasted(both):
    before, after = both
    assert before.plans.merges
    assert hidden(after) == before.plans.left < before.plans.hidden


@pytest.mark.parametrize(("kind", "whole"), [("convenience", True), ("srs", False)])
def test_small_counts_are_given_where_each_of_them_is_hidden_again(tmp_path, kind, whole):
    study = real_study(tmp_path, rows=40)
    file = tmp_path / "data" / "study.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(
        '"convenience"', f'"{kind}"'), encoding="utf-8")
    make_notebook(tmp_path, START)
    study = load_study(tmp_path / "data")
    run(study)
    made = wb.crosstab(wb.read_responses(study, "students"), "team", "niveau")
    found = with_small_counts(study, {"10_niveau": made})["10_niveau"]
    assert made.data["state"].eq("hidden").any()
    assert found.data["state"].eq("hidden").any() != whole
    if not whole:
        assert found is made
    else:
        assert found.data["n"].sum() == len(wb.read_responses(study, "students").data)
        safe, = wb.protect([found], profile="intern")
        small = found.data["n"].between(1, 4)
        assert small.any() and safe.data.loc[small, "state"].eq("hidden").all()


def test_publishing_merges_nothing_by_itself(both):
    values = {value for one in both[0].publication.tables if "value" in one.data
              for value in one.data["value"]}
    assert values == {"oneens", "neutraal", "eens"}


def test_both_plans_are_told_with_the_lines_to_paste(both):
    lines = list(plan_lines(both[0].plans))
    assert lines[0] == f"Plan A, as it is now: {both[0].plans.hidden} counts are hidden."
    assert str(lines[1]).startswith("Plan B: merge answers first, then ")
    assert "- ‘bouw’ and ‘groen’ together, in team" in map(str, lines)
    assert "[sources.students.items.team_samen]" in lines[-1]


def test_no_plan_is_offered_where_nothing_is_hidden(tmp_path):
    study = ran(tmp_path, rows=600, tables=TABLES[1:])
    made = publish(study, on=DAY)
    assert made.plans.hidden == hidden(made) == 0
    assert list(plan_lines(made.plans)) == []


def test_no_plan_is_offered_where_merging_cannot_help(tmp_path):
    study = ran(tmp_path, tables=("wb.save(wb.frequency(students, 'waarbij'), '10_waarbij')",))
    made = publish(study, on=DAY)
    assert hidden(made) > 0
    assert made.plans.merges == ()


def test_the_command_tells_both_plans_in_dutch(tmp_path, monkeypatch):
    study = ran(tmp_path)
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")
    done = wbkit("publish", "--study", study.file, "--notebooks", tmp_path / "notebooks")
    assert done.exit_code == 0, done.output
    words = " ".join(done.output.split())
    assert "Plan A, zoals het nu is: 13 aantallen zijn verborgen." in words
    assert "Plan B: voeg eerst antwoorden samen; dan" in words
    assert "wbkit voegt zelf niets samen" in words
    assert 'recode = { item = "team"' in words
