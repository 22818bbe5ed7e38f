"""The question from 0 to 10 whether somebody would recommend it."""

import numpy as np
import pytest
from builders.responses import LEERWEG, answers
from scipy import stats

import wbkit as wb
from wbkit.study.item import Item

SCORED = {"kind": "numeric", "range": [0, 10], "score": "nps",
          "label": {"nl": "Zou je deze opleiding aanraden?", "en": "Would you recommend it?"}}
HUNDRED = [10.0] * 25 + [9.0] * 25 + [8.0] * 10 + [7.0] * 20 + [6.0] * 15 + [0.0] * 5


def asked(given, *, leerweg=None, item=SCORED, more=None, **fields):
    items = {"aanraden": item, "leerweg": LEERWEG}
    items |= {name: {"kind": "numeric"} for name in more or {}}
    return answers({"aanraden": given, "leerweg": leerweg or [None] * len(given)} | (more or {}),
                   items=items, **fields)


def estimates(table, name="estimate"):
    return dict(zip(table.data["value"], table.data[name], strict=True))


def test_three_shares_and_their_difference():
    table = wb.estimate(asked(HUNDRED), "aanraden", "nps")
    assert estimates(table) == pytest.approx(
        {"detractors": 0.2, "passives": 0.3, "promoters": 0.5, "nps": 0.3})
    assert table.data["low"].isna().all()
    assert "Geen interval" in table.show().basis
    text = repr(table)
    assert "9 of 10" in text and "+30" in text and "50,0 %" in text


def test_the_interval_is_that_of_the_mean_of_minus_one_nought_and_one():
    # By hand: the variance (p9 + p0 - (p9 - p0)^2) / (n - 1) is 0.61 / 99, its root 0.07850; with
    # Student's t(0.975; 99) = 1.9842 the ends are 0.3 - 0.1558 and 0.3 + 0.1558. SciPy's t-test
    # of one sample computes the same from the hundred answers.
    table = wb.estimate(asked(HUNDRED, design="srs"), "aanraden", "nps")
    row = table.data.set_index("value").loc["nps"]
    assert row["se"] == pytest.approx(0.07850, abs=5e-6)
    assert (row["low"], row["high"]) == pytest.approx((0.1442, 0.4558), abs=5e-5)
    assert row["df"] == 99
    marks = np.repeat([1, 0, -1], [50, 30, 20])
    ends = stats.ttest_1samp(marks, 0).confidence_interval(0.95)
    assert (row["low"], row["high"]) == pytest.approx((ends.low, ends.high))
    assert "+14 tot +46" in repr(table)


def test_a_negative_score_has_its_sign_and_both_languages():
    table = wb.estimate(asked([0.0] * 20 + [9.0] * 10 + [7.0] * 10, design="srs"), "aanraden",
                        "nps")
    assert "−25" in repr(table)
    shown = table.show("en")
    assert shown.title == "Would you recommend it? Recommendation (NPS)"
    assert "9–10 less 0–6, in points" in repr(shown)


def test_weights_count():
    # By hand: (20 × 3 - 20 × 1) / 80 = 0.5.
    responses = asked([9.0] * 20 + [3.0] * 20, more={"gewicht": [3.0] * 20 + [1.0] * 20},
                      design={"kind": "srs", "invited": 40, "weight": "gewicht"})
    table = wb.estimate(responses, "aanraden", "nps")
    assert estimates(table)["nps"] == pytest.approx(0.5)
    assert estimates(table, "estimate_raw")["nps"] == pytest.approx(0)


def test_with_strata_and_weights_it_is_the_mean_of_minus_one_nought_and_one():
    # The mean of a number in a design is held against R's survey package in test_estimate.py.
    rng = np.random.default_rng(7)
    given = rng.integers(0, 11, 90).astype(float)
    marks = np.where(given >= 9, 1.0, np.where(given <= 6, -1.0, 0.0))
    responses = asked(given, leerweg=["bol", "bbl", "bbl"] * 30,
                      more={"gewicht": rng.uniform(1, 4, 90), "punt": marks},
                      design={"kind": "stratified", "invited": 90, "strata": "leerweg",
                              "weight": "gewicht"})
    net = wb.estimate(responses, "aanraden", "nps").data.set_index("value").loc["nps"]
    mean = wb.estimate(responses, "punt").data.iloc[0]
    for name in ("estimate", "se", "low", "high", "df", "deff"):
        assert net[name] == pytest.approx(mean[name])


def test_a_halved_score_is_no_promoter_and_the_ends_of_the_classes_hold():
    given = [6.0, 6.5, 7.0, 8.5, 9.0, 10.0] * 5
    assert estimates(wb.estimate(asked(given), "aanraden", "nps")) == pytest.approx(
        {"detractors": 2 / 6, "passives": 2 / 6, "promoters": 2 / 6, "nps": 0})


def test_a_group_under_thirty_has_no_score_and_the_table_says_so():
    responses = asked(HUNDRED, leerweg=["bol", "bbl", "bol", "bol"] * 25)
    table = wb.estimate(responses, "aanraden", "nps", by="leerweg")
    few = table.data[table.data["leerweg"] == "bbl"]
    assert few["estimate"].isna().all() and (few["state"] == "hidden").all()
    assert table.data.loc[table.data["leerweg"] == "bol", "estimate"].notna().all()
    assert any("onder de 30 studenten" in note for note in table.show().notes)


def test_under_thirty_answers_there_is_no_score():
    with pytest.raises(wb.DataError, match="aanraden needs 30 answers, and there are not so many"):
        wb.estimate(asked([9.0] * 29), "aanraden", "nps")
    with pytest.raises(wb.DataError, match="no group has so many"):
        wb.estimate(asked([9.0] * 40, leerweg=["bol", "bbl"] * 20), "aanraden", "nps",
                    by="leerweg")


def test_small_counts_are_hidden_and_the_score_with_them():
    table = wb.estimate(asked([9.0] * 40 + [7.0] * 20 + [2.0] * 2, synthetic=False), "aanraden",
                        "nps")
    assert estimates(table, "state")["nps"] == "hidden"
    assert np.isnan(estimates(table)["nps"]) and np.isnan(estimates(table)["detractors"])


@pytest.mark.parametrize("unit", ["team", "sheet", "groep", "Klas"])
def test_units_that_are_no_person_have_no_score(unit):
    with pytest.raises(wb.DataError, match=f"one row is a {unit}, and only a person"):
        wb.estimate(asked(HUNDRED, unit=unit), "aanraden", "nps")


@pytest.mark.parametrize("unit", ["teacher", "pupil", "medewerker", "ouder"])
def test_persons_of_any_name_have_one(unit):
    assert estimates(wb.estimate(asked(HUNDRED, unit=unit), "aanraden", "nps"))["nps"] == \
        pytest.approx(0.3)


@pytest.mark.parametrize("statistic", ["nps", "mean", "total", "quantile"])
def test_joint_answers_are_listed_and_not_averaged(statistic):
    responses = asked(HUNDRED, unit="team", design={"kind": "joint", "people": 900})
    with pytest.raises(wb.DataError, match="joint answers are not averaged. List them: team_ans"):
        wb.estimate(responses, "aanraden", statistic)


def test_without_the_declaration_it_is_a_number_as_any_other():
    plain = {name: one for name, one in SCORED.items() if name != "score"}
    responses = asked(HUNDRED, item=plain)
    with pytest.raises(wb.DataError, match='Write score = "nps" and range = \\[0, 10\\]'):
        wb.estimate(responses, "aanraden", "nps")
    assert wb.estimate(responses, "aanraden").data["estimate"].tolist() == pytest.approx([7.85])
    assert wb.frequency(responses, "aanraden").data["n"].tolist() == [
        5, 0, 0, 0, 0, 0, 15, 20, 10, 25, 25]
    declared = wb.frequency(asked(HUNDRED), "aanraden").data
    assert declared.equals(wb.frequency(responses, "aanraden").data)


@pytest.mark.parametrize("fields", [
    {"kind": "numeric"}, {"kind": "numeric", "range": [1, 10]}, {"kind": "ordinal",
                                                               "values": ["a", "b"]}])
def test_only_a_number_from_nought_to_ten_can_declare_it(fields):
    with pytest.raises(ValueError, match='score = "nps" is for a numeric item with range'):
        Item.model_validate({"name": "aanraden", "score": "nps"} | fields)


def test_cells_give_the_same_score():
    responses = asked(HUNDRED, design="srs")
    cells = wb.count_cells(responses, "aanraden", numeric="values")
    assert wb.estimate(cells, "aanraden", "nps").fingerprint == \
        wb.estimate(responses, "aanraden", "nps").fingerprint


def test_the_figure_draws_points_beside_percentages():
    table = wb.estimate(asked(HUNDRED, design="srs"), "aanraden", "nps")
    figure = wb.plot_estimates(table)
    assert "in punten (n" in figure.alt and "+30 (+14 tot +46)" in figure.alt
    assert figure.picture.axes[0].get_xlabel() == "percentage; het verschil in punten"
    assert figure.picture.axes[0].get_xticklabels()[-1].get_text() != "1"


def test_a_missing_range_is_taken_out_of_a_dataframe_that_is_counted():
    responses = asked(HUNDRED, item={"kind": "numeric", "missing_ranges": [[9, 10]]})
    cells = wb.count_cells(responses.data.reset_index(drop=True), "aanraden",
                           source=responses.source)
    assert cells.answered("aanraden") == 50
    assert cells.state_counts("aanraden") == {"9": 25, "10": 25}
