"""Published figures held against each other, and against nothing of one's own."""

import pandas as pd
import pytest
from builders.responses import source

import wbkit as wb
from wbkit.table.table import Table

FIGURES = [("F1", "bol", "1247", "personen", "x"), ("F2", "bbl", "266", "personen", "x"),
           ("F3", "samen", "1513", "personen", "x"), ("F4", "deel", "13", "%", "x"),
           ("F5", "mensen", "203", "personen", "x"), ("F6", "grof", ">1500", "personen", "x"),
           ("F7", "van tot", "1512-1514", "personen", "x"), ("F8", "jaar", "2022/2023", "", "x")]


def listing(rows, *columns):
    made = source(kind="list", public=True, synthetic=False, unit="figure", design=None)
    return Table(pd.DataFrame(rows, columns=list(columns)), "listing", (), (), (made,))


def verdicts(**formulas):
    figures = listing(FIGURES, "figure_id", "figure_measure", "figure_value", "figure_unit",
                      "reason")
    sums = listing(list(formulas.items()), "figure_id", "formula")
    return wb.check_claims(figures, {"sommen": sums}).data.set_index("text")


@pytest.mark.parametrize(("value", "figure", "formula", "verdict", "computed"), [
    ("1513", "F3", "[F1] + [F2]", "klopt", "1513"),
    ("1247", "F1", "[F3] - 2 * [F2]", "wijkt af", "981"),
    ("13", "F4", "100 * [F5] / ([F1] + [F2])", "klopt", "13.42"),
    ("203", "F5", "[F4] / 100 * [F3]", "klopt", "189.1 – 204.3"),  # 13 % is 12.5 to 13.5
    ("266", "F2", "[F4] / 100 * [F3]", "wijkt af", "189.1 – 204.3"),
    (">1500", "F6", "[F3]", "klopt", "1513"), ("1512-1514", "F7", "[F3]", "klopt", "1513"),
])
def test_a_sum_is_recomputed_with_the_rounding_of_each_figure(
        value, figure, formula, verdict, computed):
    row = verdicts(**{figure: formula}).loc[value]
    assert (row["verdict"], row["value"], row["table"], row["cell"]) == (
        verdict, computed, "sommen", formula)


def test_every_figure_has_a_verdict_and_a_reason():
    found = verdicts(F3="[F1] + [F2]")
    assert len(found) == len(FIGURES)
    assert set(found["verdict"]) == {"klopt", "niet te controleren"}
    assert (found["reason"] != "").all()


@pytest.mark.parametrize(("formulas", "message"), [
    ({"F9": "[F1]"}, "sommen gives a sum for F9, which is not in the list"),
    ({"F3": "[F1] + [F8]"}, "names F8, which is no number of the list"),
    ({"F3": "[F1] plus [F2]"}, "is no sum. Write figures between square brackets"),
    ({"F3": "[F1] ** [F2]"}, "is no sum"), ({"F3": "len([F1])"}, "is no sum"),
    ({"F3": "[F1] / 0"}, "is no sum"),
])
def test_a_sum_that_cannot_be_made_says_what_is_wrong(formulas, message):
    with pytest.raises(wb.DataError, match=message):
        verdicts(**formulas)
