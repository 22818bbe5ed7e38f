"""Two items against each other."""

import numpy as np
import pytest
from builders.responses import answers, people, renamed

import wbkit as wb
from wbkit.stats.suppression import too_small, too_small_crossed
from wbkit.table.facts import Count
from wbkit.table.statements.survey import LeftOut

GIVEN = people(["eens", "eens", "oneens", "eens", "weet ik niet", None],
               leerweg=["bol", "bol", "bol", "bbl", "bbl", "bbl"])
WEIGHTED = {"leerweg": {"kind": "nominal", "values": ["bol", "bbl"]},
            "gezien": {"kind": "ordinal", "values": ["oneens", "eens"]},
            "w": {"kind": "numeric", "label": "gewicht"}}


@pytest.mark.parametrize(("share", "base", "part"), [
    ("rows", 3, 2 / 3), ("columns", 3, 2 / 3), ("total", 4, 2 / 4),
])
def test_pairs_are_counted_with_the_base_that_was_asked_for(share, base, part):
    table = wb.crosstab(GIVEN, "leerweg", "gezien", share=share)
    cell = table.data.set_index(["leerweg", "gezien"]).loc[("bol", "eens")]
    assert (cell["n"], cell["base"]) == (2, base)
    assert cell["share"] == pytest.approx(part)


def test_only_units_that_answered_both_are_counted():
    table = wb.crosstab(GIVEN, "leerweg", "gezien")
    assert table.data["n"].sum() == 4
    assert table.show().base == "Basis: 4 van de 6 studenten; zij gaven antwoord op beide vragen."
    assert table.show().notes[0] == "Percentages binnen elke groep van ‘leerweg’."


def test_rows_and_columns_swap_without_other_counts():
    one = wb.crosstab(GIVEN, "leerweg", "gezien", share="total").data
    two = wb.crosstab(GIVEN, "gezien", "leerweg", share="total").data
    keys = ["leerweg", "gezien"]
    assert one.set_index(keys)["n"].sort_index().equals(two.set_index(keys)["n"].sort_index())


@pytest.mark.parametrize(("call", "message"), [
    (lambda r: wb.crosstab(r, "leerweg", "leerweg"), r"rows and columns are both leerweg"),
    (lambda r: wb.crosstab(r, "leerweg", "gezien", share="all"), r"share='all' is unknown"),
    (lambda r: wb.crosstab(r, "leerweg", "cijfer"), r"need a nominal or ordinal item; cijfer is"),
])
def test_wrong_requests_are_refused(call, message):
    data = {"leerweg": ["bol"], "gezien": ["ja"], "cijfer": [7.0]}
    items = {"leerweg": {"kind": "nominal", "values": ["bol"]},
             "gezien": {"kind": "nominal", "values": ["ja"]}, "cijfer": {"kind": "numeric"}}
    with pytest.raises(wb.DataError, match=message):
        call(answers(data, items=items))


def test_no_hidden_count_stands_alone_in_a_row_or_column():
    counts = np.array([[20, 3, 30], [25, 26, 27], [31, 32, 33]])
    hidden = too_small_crossed(counts, 5)
    assert hidden[0, 1]
    for lines in (hidden, hidden.T):
        assert all(line.sum() != 1 for line in lines)


def test_a_synthetic_source_hides_nothing():
    assert not too_small_crossed(np.array([[1, 2], [3, 4]]), 1).any()


@pytest.mark.parametrize(("counts", "base", "partition", "hidden"), [
    ([12, 6, 2], 20, True, [False, True, True]),  # 2 would follow from 20 - 12 - 6
    ([12, 3, 3], 18, True, [False, True, True]),  # 3 + 3 is six: enough company
    ([12, 1, 1], 14, True, [True, True, True]),   # 1 + 1 would still point at two people
    ([12, 0, 8], 20, True, [False, False, False]),
    ([18, 6], 20, False, [True, False]),          # the two who did not tick
    ([3, 0], 3, True, [True, True]),              # a small group
])
def test_small_counts_are_hidden_with_company(counts, base, partition, hidden):
    assert too_small(np.array(counts), base, 5, partition=partition).tolist() == hidden


@pytest.mark.parametrize(("share", "place"), [("rows", "last column"), ("columns", "last row")])
def test_every_percentage_has_its_base_in_the_same_line(share, place):
    lines = repr(wb.crosstab(GIVEN, "leerweg", "gezien", share=share)).splitlines()
    if place == "last column":
        assert lines[2].endswith("basis") and lines[4].split()[-1] == "3"
    else:
        assert lines[6].split() == ["basis", "1", "0", "3"]


def crossed(counts, **fields):
    """Make answers with these counts of rows p, q … by columns x, y …"""
    down, across = "pqrs"[:len(counts)], "xyz"[:len(counts[0])]
    pairs = [(one, other) for one, row in zip(down, counts, strict=True)
             for other, n in zip(across, row, strict=True) for _ in range(n)]
    return answers({"t": [one for one, _ in pairs], "u": [other for _, other in pairs]},
                   items={"t": {"kind": "nominal", "values": list(down)},
                          "u": {"kind": "nominal", "values": list(across)}},
                   synthetic=False, **fields)


@pytest.mark.parametrize("share", ["rows", "total"])
def test_a_hidden_base_cannot_be_found_from_the_other_bases_and_the_total(share):
    # rows of 45, 25 and 3: the total 73 minus 45 and 25 would give the 3
    table = wb.crosstab(crossed([[20, 25], [12, 13], [2, 1]]), "t", "u", share=share)
    data = table.data.set_index("t")
    assert (data.loc[["q", "r"], "state"] == "hidden").all()
    assert (data.loc["p", "state"] == "shown").all()
    if share == "rows":
        assert data.loc[["q", "r"], "base"].isna().all() and (data.loc["p", "base"] == 45).all()


def test_every_way_to_cross_two_items_hides_the_same_counts():
    given = crossed([[20, 3, 30], [25, 26, 27], [31, 2, 33], [8, 9, 40]])
    tables = [wb.crosstab(given, "t", "u", share=share) for share in ("rows", "columns", "total")]
    tables += [wb.crosstab(given, "u", "t")]
    hidden = [set(zip(part["t"], part["u"], strict=True)) for table in tables
              for part in [table.data[table.data["state"] == "hidden"]]]
    grouped = wb.frequency(given, "u", by="t").data
    part = grouped[grouped["state"] == "hidden"]
    hidden += [set(zip(part["t"], part["value"], strict=True))]
    assert hidden[0] and all(one == hidden[0] for one in hidden)


@pytest.mark.parametrize(("share", "expected"), [
    ("rows", 6 / 8), ("columns", 6 / 7), ("total", 6 / 12),
])
def test_a_weighted_share_stands_before_the_share_of_the_units(share, expected):
    # bol: one unit of weight 6 said eens, one of 2 oneens; bbl: 1 said eens, 3 oneens.
    given = answers({"leerweg": ["bol", "bol", "bbl", "bbl"],
                     "gezien": ["eens", "oneens", "eens", "oneens"], "w": [6.0, 2.0, 1.0, 3.0]},
                    items=WEIGHTED, design={"kind": "srs", "weight": "w", "invited": 4})
    table = wb.crosstab(given, "leerweg", "gezien", share=share)
    cell = table.data.set_index(["leerweg", "gezien"]).loc[("bol", "eens")]
    assert cell["share"] == pytest.approx(expected)
    assert cell["share_raw"] == (0.25 if share == "total" else 0.5)
    assert (cell["n"], cell["base"]) == (1, 4 if share == "total" else 2)
    assert "Gewogen met gewicht; n en basis zijn ongewogen." in table.show().notes


def test_a_cross_table_shows_the_unweighted_share_beside_the_weighted_one():
    given = answers({"leerweg": ["bol"] * 20, "gezien": ["eens", "oneens"] * 10,
                     "w": [3.0, 1.0] * 10},
                    items=WEIGHTED, design={"kind": "srs", "weight": "w", "invited": 20})
    assert "10 (75 %; ongewogen 50 %)" in repr(wb.crosstab(given, "leerweg", "gezien"))


@pytest.mark.parametrize("design", [
    {"kind": "srs", "weight": "w", "invited": 4},
    {"kind": "cluster", "cluster": ["klas"], "invited": 4},
])
def test_who_cannot_be_weighted_is_in_no_table_and_a_note_counts_them(design):
    data = {"leerweg": ["bol", "bol", "bbl", "bbl"], "gezien": ["eens", "oneens", "eens", "eens"],
            "w": [1.0, 2.0, 1.0, np.nan], "klas": ["1", "2", "3", None]}
    items = WEIGHTED | {"klas": {"kind": "nominal", "values": ["1", "2", "3"]}}
    given = answers(data, items=items, design=design)
    table, counted = wb.crosstab(given, "leerweg", "gezien"), wb.frequency(given, "gezien",
                                                                           by="leerweg")
    assert table.data["n"].tolist() == counted.data["n"].tolist() == [1, 1, 0, 1]
    left_out = LeftOut(Count(1), weight="weight" in design)
    assert left_out in table.facts
    assert left_out in counted.facts


@pytest.mark.parametrize("name", ["low", "high", "people", "test"])
def test_an_item_of_a_cross_table_can_be_called_like_a_number_of_others(name):
    who = renamed(people(["eens", "oneens"] * 6, leerweg=["bol", "bbl", "bbl"] * 4), leerweg=name)
    for table in (wb.crosstab(who, "gezien", name), wb.crosstab(who, name, "gezien")):
        assert table.show("en").heading(name) == "track"
        assert "bol" in repr(table.show("en"))
