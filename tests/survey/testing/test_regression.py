"""Models of one item by others: R's coefficients, Greene's, and what is refused."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from oracles.reference_comparisons import students
from oracles.reference_data import responses_of
from statsmodels.miscmodels.ordinal_model import OrderedModel

import wbkit as wb


def lot(frame, *items, public=False, **design):
    frame = pd.DataFrame(frame)
    design = {"kind": "srs", "invited": len(frame)} | design
    return wb.responses(frame, unit="student", items=list(items), public=public,
                        design=wb.Design(**design))


@pytest.fixture(scope="module")
def spector():
    frame = sm.datasets.spector.load_pandas().data
    frame = frame.assign(GRADE=frame["GRADE"].map({0: "other", 1: "A"}))
    return lot(frame, wb.Item(name="grade", column="GRADE", kind="nominal", values=("other", "A")))


def test_greene_s_logit_of_the_grade_comes_out(spector):
    # Greene (2003), Econometric Analysis, 5th ed., table 21.1: logit of GRADE.
    data = wb.regress(spector, "grade", ["gpa", "tuce", "psi"]).data
    assert data["estimate"].tolist() == pytest.approx([-13.021, 2.826, 0.095, 2.379], abs=5e-4)
    assert data["se"].tolist() == pytest.approx([4.931, 1.263, 0.142, 1.065], abs=6e-4)
    assert data["odds_ratio"].iloc[3] == pytest.approx(np.exp(2.379), rel=1e-3)
    assert data["df"].isna().all()


def test_a_linear_model_with_teams_is_that_of_r():
    # lm(who5 ~ team + leerweg), R 4.2.2; there bol is the reference, here bbl.
    given = students(raked=False)
    drawn = wb.Responses(given.data, given.source.model_copy(
        update={"design": wb.Design(kind="srs", invited=203)}))
    data = wb.regress(drawn, "who5", ["team", "leerweg"]).data.set_index("level")
    assert data.loc["Zorg", ["estimate", "se", "statistic", "df", "p"]].tolist() == pytest.approx(
        [3.55501373903271, 4.44854641470875, 0.799140529876984, 195, 0.425181237438362], rel=1e-9)
    assert data.loc["bol", "estimate"] == pytest.approx(-4.66520297780105, rel=1e-9)
    assert data["odds_ratio"].isna().all()


def test_a_logit_model_with_raked_weights_is_that_of_svyglm():
    # svyglm(hulp_a ~ leerweg + who5, rake(…), family = quasibinomial), epsilon = 1e-14.
    given = students(raked=True)
    table = wb.regress(given, "hulp_a_ja", ["leerweg", "who5"])
    data = table.data.set_index("term")
    assert data.loc["who5", ["estimate", "se", "statistic", "p"]].tolist() == pytest.approx(
        [-0.0148446677489827, 0.00651274281558092, -2.279326570898617, 0.02371395179305866],
        rel=1e-7)
    assert data.loc["leerweg", ["estimate", "se"]].tolist() == pytest.approx(
        [0.2264408291191868, 0.43103888654161165], rel=1e-7)
    assert "gewichten en opzet" in repr(table)


def test_answers_in_order_get_an_ordinal_model(spector):
    chance = np.random.default_rng(3)
    x = chance.normal(size=300)
    y = np.digitize(x + chance.logistic(size=300), [-1, 1])
    names = ["oneens", "neutraal", "eens"]
    frame = {"x": x.round(1), "y": pd.Categorical.from_codes(y, names, ordered=True)}
    row = wb.regress(lot(frame), "y", "x").data.iloc[0]
    theirs = OrderedModel(y, frame["x"][:, None], distr="logit").fit(method="bfgs", disp=False)
    assert row["term"] == "x"
    assert row["estimate"] == pytest.approx(theirs.params[0], rel=1e-4)
    assert row["se"] == pytest.approx(theirs.bse[0], rel=1e-3)


def test_a_model_on_counts_is_the_model_on_rows():
    few = {"a": [0.0, 1.0] * 10, "b": ["ja", "nee", "nee", "ja", "ja"] * 4}
    many = pd.DataFrame(few).loc[np.repeat(range(20), 3)].reset_index(drop=True)
    one, other = (wb.regress(lot(frame), "b", "a").data for frame in (few, many))
    assert one["estimate"].tolist() == pytest.approx(other["estimate"].tolist())
    assert other["se"].iloc[1] == pytest.approx(one["se"].iloc[1] / np.sqrt(3))


def test_who_lacks_an_answer_is_left_out_and_the_base_says_so():
    frame = {"a": [1.0, 2.0, np.nan, 4.0, 5.0, 7.0], "b": [1.0, 2.0, 3.0, 3.0, 6.0, 6.5]}
    table = wb.regress(lot(frame), "b", "a")
    assert table.data["n"].tolist() == [5, 5]
    assert "Basis: 5 studenten; zij gaven antwoord op alle vragen" in table.show().base
    public = wb.regress(lot(frame, public=True), "b", "a")
    assert "5 van de 6 studenten" in public.show().base


TEAMS = [f"team {k}" for k in range(15)]


@pytest.mark.parametrize(("frame", "item", "on", "words"), [
    ({"y": [1.0, 2.0] * 15, "team": TEAMS * 2}, "y", "team",
     "team has 15 groups with answers, and fixed effects are for 2 to 14. Merge groups"),
    ({"y": [1.0, 2.0] * 5, "team": ["a"] * 10}, "y", "team", "team has 1 group with answers"),
    ({"y": [1.0, 2.0] * 5, "x": [3.0] * 10}, "y", "x", "x is 3 for everyone"),
    ({"y": ["ja"] * 5 + ["nee"] * 5, "x": [*map(float, range(10))]}, "y", "x",
     "the terms tell some answers to y exactly"),
    ({"y": ["a", "b", "c", "a"] * 3, "x": [1.0, 2.0, 3.0] * 4}, "y", "x",
     "y has 3 answers without order"),
    ({"y": [1.0, 2.0] * 5, "x": [3.0, 4.0] * 5}, "y", ["x", "x"], "an item stands twice"),
    ({"y": [1.0, 2.0, 4.0] * 4, "x": [*map(float, range(12))], "z": [*map(float, range(12))]},
     "y", ["x", "z"], "a term of the model of y follows from the others"),
    ({"y": ["a", "b"] * 6, "x": [*map(float, range(12))], "z": [*map(float, range(12))]},
     "y", ["x", "z"], "a term of the model of y follows from the others"),
    ({"y": pd.Categorical(["a", "b", "c"] * 4, ordered=True), "x": [1.0, 2.0, 5.0, 4.0] * 3,
      "z": [2.0, 4.0, 10.0, 8.0] * 3}, "y", ["x", "z"],
     "a term of the model of y follows from the others"),
    ({"y": [1.0, None] * 5, "x": [None, 4.0] * 5}, "y", "x", "nobody answered all of y, x"),
])
def test_what_fits_no_model_is_refused(frame, item, on, words):
    with pytest.raises(wb.DataError, match=words):
        wb.regress(lot(frame), item, on)


ONE_SIDED = {"t": ["a"] * 20 + ["b"] * 20, "y": ["no"] * 12 + ["yes"] * 8 + ["no"] * 20,
             "w": [1.0, 2.0, 3.0, 4.0] * 10, "c": [f"c{k % 10}" for k in range(40)],
             "x": [float(k % 7) for k in range(40)]}


@pytest.mark.parametrize("design", [
    {}, {"kind": "stratified", "strata": "t"}, {"weight": "w"}, {"kind": "cluster", "cluster": "c"},
    {"kind": "cluster", "cluster": "c", "weight": "w"},
])
@pytest.mark.parametrize("on", [["t"], ["t", "x"]])
def test_a_logit_with_an_empty_cell_is_refused_whatever_the_design(design, on):
    words = "all students with t = b answered 'no' to y and nobody 'yes' \\(an empty cell\\)"
    with pytest.raises(wb.DataError, match=words):
        wb.regress(lot(ONE_SIDED, public=True, **design), "y", on)


def test_a_cell_that_is_empty_but_for_weights_of_nought_is_empty():
    frame = ONE_SIDED | {"y": ["no"] * 12 + ["yes"] * 8 + ["no"] * 18 + ["yes"] * 2,
                         "w": [1.0] * 38 + [0.0] * 2}
    with pytest.raises(wb.DataError, match="all students with t = b answered 'no'"):
        wb.regress(lot(frame, public=True, weight="w"), "y", "t")


def test_cells_that_two_terms_empty_together_are_named():
    # (0, 0) and (1, 1) gave both answers, (0, 1) one of them and (1, 0) the other.
    frame = {"a": list("0011") * 10, "b": list("0101") * 10,
             "y": ["no", "no", "yes", "yes"] * 5 + ["yes", "no", "yes", "no"] * 5}
    with pytest.raises(wb.DataError, match="a = 0, b = 1 answered 'no'.*a = 1, b = 0 answered 'ye"):
        wb.regress(lot(frame, public=True), "y", ["a", "b"])


def test_an_empty_combination_of_which_the_terms_have_a_maximum_is_fitted():
    # nobody with (0, 1) or (1, 0) said yes, but no direction of a + b tells that apart.
    frame = {"a": list("0011") * 10, "b": list("0101") * 10,
             "y": ["no"] * 20 + ["yes", "no", "no", "yes"] * 5}
    data = wb.regress(lot(frame, public=True), "y", ["a", "b"]).data
    assert data["estimate"].tolist() == pytest.approx([np.log(1 / 3), 0, 0], abs=1e-8)


@pytest.mark.parametrize("y", [
    ["no"] * 10 + ["yes"] * 10,
    ["no"] * 9 + ["yes", "no"] + ["yes"] * 9,  # both answers at 9, all the same on either side
])
def test_a_number_beyond_which_everyone_agrees_is_refused_by_name(y):
    frame = {"x": [float(k) for k in (*range(10), 9, *range(11, 20))], "y": y}
    with pytest.raises(wb.DataError, match="beyond some value of x everyone gave the same answer"):
        wb.regress(lot(frame, public=True), "y", "x")


def test_a_group_that_all_gave_the_lowest_of_ordered_answers_is_named():
    y = pd.Categorical(["l"] * 5 + ["m"] * 8 + ["h"] * 7 + ["l"] * 20, ["l", "m", "h"],
                       ordered=True)
    with pytest.raises(wb.DataError, match="all students with t = b answered 'l' to y"):
        wb.regress(lot({"t": ONE_SIDED["t"], "y": y}, public=True), "y", "t")


def test_few_real_students_behind_an_empty_combination_are_not_named():
    frame = {"a": list("0011") * 8 + ["0"], "b": list("0101") * 8 + ["0"],
             "y": ["no", "no", "yes", "yes"] * 4 + ["yes", "no", "yes", "no"] * 4 + ["no"]}
    few = pd.DataFrame(frame)
    few = few.drop(few.index[(few["a"] == "0") & (few["b"] == "1")][3:])
    with pytest.raises(wb.DataError, match="tell some answers") as refused:
        wb.regress(lot(few.reset_index(drop=True)), "y", ["a", "b"])
    assert "a = 0, b = 1" not in str(refused.value)


def test_a_group_of_few_real_students_makes_no_coefficient():
    frame = {"y": [*map(float, range(20))], "team": ["zorg"] * 17 + ["ict"] * 3}
    words = "team has a group of fewer than 5 students.*Merge it"
    with pytest.raises(wb.DataError, match=words) as refused:
        wb.regress(lot(frame), "y", "team")
    assert "ict" not in str(refused.value)


def test_a_multiple_item_is_no_term():
    frame = {"y": [1.0, 2.0], "hulp:a": [True, False], "hulp:b": [True, True]}
    hulp = wb.Item(name="hulp", kind="multiple", values=("a", "b"))
    with pytest.raises(wb.DataError, match="hulp is no number and no single answer"):
        wb.regress(lot(frame, hulp), "y", "hulp")


def test_an_ordinal_model_does_not_claim_to_know_weights():
    frame = {"y": pd.Categorical(["a", "b", "c"] * 4, ["a", "b", "c"], ordered=True),
             "x": [1.0, 2.0, 3.0, 5.0] * 3, "w": [1.0, 2.0, 1.0, 1.0] * 3}
    with pytest.raises(wb.DataError, match="an ordinal model does not know weights"):
        wb.regress(lot(frame, weight="w"), "y", "x")


def test_a_model_needs_a_design_or_an_assumption():
    given = wb.responses(pd.DataFrame({"y": [1.0, 2.0, 4.0], "x": [1.0, 2.0, 3.0]}),
                         unit="student", design="convenience")
    with pytest.raises(wb.DataError, match="geen p-waarde.*assume"):
        wb.regress(given, "y", "x")


def test_few_answers_for_many_terms_are_named(spector):
    table = wb.regress(spector, "grade", ["gpa", "tuce", "psi"])
    assert any("11 keer" in note and "3 termen" in note for note in table.show().notes)
    assert any("geen oorzaak" in note for note in table.show().notes)


def test_a_design_that_leaves_no_degrees_of_freedom_is_refused():
    # R: summary(svyglm(...)) warns and gives NaN for every p-value.
    frame = pd.DataFrame({"y": [1.0, 2.0, 4.0, 3.0, 5.0, 7.0], "x": [1.0, 3.0, 2.0, 5.0, 4.0, 7.0],
                          "c": list("aaabbb")})
    given = responses_of(frame, {"kind": "cluster", "cluster": "c"}, numbers=["y", "x"],
                         closed=["c"])
    with pytest.raises(wb.DataError, match="2 coefficients, and the design leaves 0 degrees"):
        wb.regress(given, "y", "x")
