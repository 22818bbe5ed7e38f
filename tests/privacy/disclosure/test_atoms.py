"""Variables that are too many to look at together are looked at in parts that agree."""

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest

import wbkit as wb
from wbkit.privacy.disclosure import atoms
from wbkit.privacy.disclosure.statements import Place
from wbkit.privacy.protect import without
from wbkit.table.statements.privacy import InParts

FEW = 50  # fewer than the combinations of three items of three answers, and no answer
VALUES = ("x", "y", "z")


def people(seed, each):
    """Return people of whom at least so many gave every combination of answers."""
    rng = np.random.default_rng(seed)
    rows = [*product(VALUES, repeat=3)] * each
    rows += [tuple(rng.choice(VALUES, 3)) for _ in range(33)]
    data = pd.DataFrame(rows, columns=list("abc"))
    return wb.responses(data, unit="student", design=wb.Design(kind="census", invited=200), items={
        name: {"kind": "nominal", "values": VALUES} for name in "abc"})


def crossed(seed, each):
    made = people(seed, each)
    return [wb.crosstab(made, *pair) for pair in combinations("abc", 2)]


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("rows", [[0, 1], [0, 3]])
def test_a_margin_of_another_part_gives_a_hidden_number_away(monkeypatch, at, rows):
    tables = without(crossed(1, 4), [Place(at, (row,)) for row in rows])
    whole = wb.audit(tables)
    monkeypatch.setattr(atoms, "MOST_ATOMS", FEW)
    parted = wb.audit(tables)
    together, apart = whole.data, parted.data
    assert parted.found(InParts) and not whole.found(InParts)
    assert set(together["verdict"]) == {"exact"}
    assert apart[["lowest", "highest", "verdict"]].equals(
        together[["lowest", "highest", "verdict"]])


@pytest.mark.parametrize("seed", [0, 1])
def test_what_is_protected_in_parts_is_safe_when_all_is_looked_at_together(monkeypatch, seed):
    with monkeypatch.context() as few:
        few.setattr(atoms, "MOST_ATOMS", FEW)
        safe = wb.protect(crossed(seed, 1), profile="intern")
    found = wb.audit(safe).data
    assert len(found) and set(found["verdict"]) == {"safe"}
