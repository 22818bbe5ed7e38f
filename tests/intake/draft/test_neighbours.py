"""What questions learn from the questions beside them."""

import pytest
from oracles.draft_differences import source_of

import wbkit as wb


@pytest.mark.parametrize(("people", "steps"), [(20, 4), (400, 3)])
def test_a_step_that_very_many_would_have_chosen_was_not_offered(tmp_path, people, steps):
    # of 400 people 100 chose "postgraduate" once, and nobody in the question with three steps
    four = ["high school", "some college", "college", "postgraduate"]
    three = ["high school", "some college", "college", "college"]
    rows = [f"{four[n % 4]},{three[n % 4]}" for n in range(people)]
    heads = "Highest education,Education in three groups"
    (tmp_path / "a.csv").write_text("\n".join([heads, *rows]))
    items = source_of(wb.describe(tmp_path / "a.csv").toml)["items"].values()
    assert [len(item["values"]) for item in items] == [4, steps]


def test_the_rows_of_one_question_share_their_steps_whatever_was_chosen(tmp_path):
    agree = ["oneens", "neutraal", "eens"]
    rows = [f"{agree[n % 3]},{agree[n % 2]}" for n in range(400)]
    (tmp_path / "a.csv").write_text("\n".join(["Lessen [leuk],Lessen [nuttig]", *rows]))
    items = source_of(wb.describe(tmp_path / "a.csv").toml)["items"].values()
    assert [item["values"] for item in items] == [agree, agree]
