"""Few people between two numbers that are shown are protected as a number of their own."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import wbkit as wb
from wbkit.privacy.disclosure.bounds import bounds
from wbkit.privacy.disclosure.release import Release
from wbkit.privacy.disclosure.witnesses import whole_width

ANSWERS = ("nee", "soms", "ja")
ITEMS = {"leerjaar": {"kind": "nominal", "values": ["1", "2", "3"]},
         "q": {"kind": "ordinal", "values": ANSWERS}}


def people(spread, **design):
    """Return people by year, and who did not tell theirs, from counts of each answer."""
    rows = [(year, answer) for year, counts in spread.items()
            for answer, n in zip(ANSWERS, counts, strict=True) for _ in range(n)]
    data = pd.DataFrame(rows, columns=["leerjaar", "q"])
    fields = {"kind": "census", "invited": 200} | design
    return wb.responses(data, unit="student", items=ITEMS, design=wb.Design(**fields))


def part():
    made = people({"1": (12, 15, 13), "2": (11, 14, 12), "3": (1, 0, 1)})
    return [wb.frequency(made, "q"), wb.frequency(made.where(leerjaar=["1", "2"]), "q")]


def groups():
    made = people({"1": (12, 15, 13), "2": (11, 14, 12), None: (2, 1, 5)})
    return [wb.frequency(made, "q"), wb.frequency(made, "q", by="leerjaar")]


def crossed():
    made = people({"1": (14, 10, 12), "2": (13, 10, 13), None: (2, 0, 4)})
    return [wb.frequency(made, "q"), wb.crosstab(made, "leerjaar", "q")]


def widths(tables, profile, safe):
    """Return how wide what is between the numbers is, when only the protected Tables are seen."""
    before, after = (Release.of(one, [], profile) for one in (tables, safe))
    told = len(before.statements) - len(before.between)
    shown = np.zeros(len(before.statements), dtype=bool)
    for one, twin in zip(after.statements, after.atoms.twins, strict=True):
        at = [one.cell == other.cell for other in before.statements].index(True) \
            if one.value is not None and after.shown.shown[twin] else -1
        shown[before.atoms.twins[at]] |= at >= 0
    ends = bounds(replace(before.shown, shown=shown), np.arange(told, len(before.statements)))
    return whole_width(ends.low, ends.high)


@pytest.mark.parametrize("tables", [part, groups, crossed])
@pytest.mark.parametrize(("profile", "least"), [("intern", 2), ("publicatie", 4)])
def test_few_people_between_two_tables_cannot_be_counted(tables, profile, least):
    safe = wb.protect(tables(), profile=profile)
    found = widths(tables(), profile, safe)
    assert len(found) and (found >= least).all()
    assert set(wb.audit(safe).data["verdict"]) <= {"safe"}


def test_the_two_who_are_in_no_part_are_named_by_what_they_are_between():
    found = wb.audit(part()).data.set_index("cell")
    row = found.loc["data; item=q; value=nee - data; leerjaar=1|2; item=q; value=nee"]
    assert (row["lowest"], row["highest"], row["verdict"]) == (1, 1, "exact")
    assert row["table"] == row["given_by"] == "1, 2"


def test_of_people_who_are_unknown_a_small_group_between_bases_is_hidden_and_no_answer():
    made = people({"1": (12, 15, 13), "2": (11, 14, 12), "3": (1, 0, 1)}, kind="srs")
    tables = [wb.frequency(made, "q"), wb.frequency(made.where(leerjaar=["1", "2"]), "q")]
    assert {one.rpartition("; ")[2] for one in wb.audit(tables).data["cell"]} >= {"base"}
    assert not wb.audit(tables).data["cell"].str.contains("value=").any()


def test_who_did_not_answer_one_question_is_no_secret_less_when_all_answered_another():
    # 58 of team A stand in a cross table with a question that all answered, 56 in the other Table.
    rows = [("A", "nee", "ja")] * 30 + [("A", "ja", "nee")] * 26 + [("A", "ja", None)] * 2 + [
        ("B", "nee", "ja")] * 20 + [("B", "ja", "nee")] * 21 + [("B", "nee", None)] * 6
    items = {"team": {"kind": "nominal", "values": ["A", "B"]}} | {
        one: {"kind": "nominal", "values": ["nee", "ja"]} for one in ("q", "r")}
    made = wb.responses(pd.DataFrame(rows, columns=["team", "q", "r"]), unit="student",
                        items=items, design=wb.Design(kind="census", invited=200))
    tables = [wb.crosstab(made, "team", "q", share="rows"), wb.frequency(made, "r", by="team")]
    first, second = wb.protect(tables, profile="intern")
    of_a = [set(one.data.loc[one.data["team"] == "A", "base"].dropna()) for one in (first, second)]
    assert of_a[0] == set() or of_a[1] == set()
