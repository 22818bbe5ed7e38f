"""The codings of the example: two made-up coders who read differently."""

import csv
from collections import Counter
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[1] / "data" / "example"
CODERS = ("anke", "bram")


def rows(name):
    with (EXAMPLE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("coder", CODERS)
def test_each_coder_gave_at_least_400_codings(coder):
    made = rows(f"codings_{coder}.csv")
    assert len(made) >= 400
    keys = Counter((row["document"], row["quote"], row["code"]) for row in made)
    assert max(keys.values()) == 1
    assert all(row["quote"] == row["quote"].strip() and "\n" not in row["quote"] for row in made)


def test_half_of_the_documents_were_coded_by_both_blind():
    considered = rows("considered.csv")
    assert {(row["round"], row["blind"]) for row in considered} == {("main", "true")}
    by = {coder: {row["document"] for row in considered if row["coder"] == coder}
          for coder in CODERS}
    assert (len(by["anke"] & by["bram"]), len(by["anke"] | by["bram"])) == (12, 25)
    for coder in CODERS:
        assert {row["document"] for row in rows(f"codings_{coder}.csv")} <= by[coder]


def test_the_coders_are_visibly_different():
    both = {row["document"] for row in rows("considered.csv") if row["coder"] == "anke"}
    both &= {row["document"] for row in rows("considered.csv") if row["coder"] == "bram"}
    parts = {coder: [row for row in rows(f"codings_{coder}.csv") if row["document"] in both]
             for coder in CODERS}
    length = {coder: sum(len(row["quote"]) for row in part) / len(part)
              for coder, part in parts.items()}
    assert length["anke"] > 2 * length["bram"]
    assert len(parts["anke"]) > 1.4 * len(parts["bram"])
