"""The same units twice: paired tests as R gives them, attrition counted, no cause claimed."""

import numpy as np
import pandas as pd
import pytest

import wbkit as wb
from wbkit.stats.group_tests import mcnemar, stuart_maxwell

STEPS = ["oneens", "beetje oneens", "neutraal", "beetje eens", "eens"]


def moment(n=None, kind="srs", **columns):
    frame = pd.DataFrame(columns)
    frame = frame if "sleutel" in frame else frame.assign(
        sleutel=[f"s{k}" for k in range(len(frame))])
    items = [wb.Item(name="mening", kind="ordinal", values=tuple(STEPS))] * ("mening" in frame)
    items += [wb.Item(name="hulp", kind="multiple", values=("a", "b"))] * ("hulp:a" in frame)
    design = wb.Design(kind=kind, invited=n or len(frame)) if kind else None
    return wb.responses(frame, unit="student", items=items, design=design)


def row(table):
    return table.data.iloc[0]


def test_numbers_get_student_s_paired_t():
    # Student (1908), Biometrika 6, 1-25, table of hours of sleep; R: t.test(b, a, paired = TRUE).
    a = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    b = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = row(wb.compare_paired(moment(slaap=a), moment(slaap=b), "slaap", key="sleutel"))
    assert found["test"] == "paired_t"
    assert (found["statistic"], found["df"], found["p"]) == pytest.approx(
        (4.06212768338204, 9, 0.00283289019738427), rel=1e-9)
    assert (found["before"], found["after"]) == pytest.approx((0.75, 2.33))
    # Mean change 1.58, standard deviation of before 1.789; correction 1 - 3 / 35.
    assert found["effect"] == pytest.approx(1.58 / 1.789010 * (1 - 3 / 35), rel=1e-5)
    assert found["low"] < found["effect"] < found["high"]


def test_answers_in_order_get_wilcoxon():
    # R: wilcox.test(y, x, paired = TRUE, exact = FALSE, correct = FALSE)
    x = [1, 2, 3, 2, 4, 1, 2, 3, 3, 5, 2, 1]
    y = [2, 2, 4, 4, 4, 3, 1, 5, 4, 5, 3, 3]
    first, second = (moment(mening=[STEPS[k - 1] for k in one]) for one in (x, y))
    found = row(wb.compare_paired(first, second, "mening", key="sleutel"))
    assert found["test"] == "wilcoxon"
    assert found["statistic"] == pytest.approx(2.37346441585572, rel=1e-9)
    # 5 changed by one step (rank 3, one of them down) and 4 by two: a sum of at most 3 down is
    # nobody or one of the five, 6 of 512 orders.
    assert found["p"] == pytest.approx(2 * 6 / 512)
    # V = 42 of 45: (42 - 3) / 45.
    assert found["effect"] == pytest.approx(39 / 45)


def test_a_signed_rank_test_of_few_changes_is_exact_and_says_so():
    # all six rose by one step: 2 of 2^6 orders are as far out
    first, second = (moment(mening=[one] * 6 + ["eens"] * 4) for one in STEPS[:2])
    table = wb.compare_paired(first, second, "mening", key="sleutel")
    assert row(table)["p"] == pytest.approx(2 / 64)
    assert any("p is exact" in one for one in table.show().notes)
    # everyone who changed rose: each sample drawn again says 1.00 too, which is no interval
    assert row(table)["effect"] == 1
    assert row(table)[["low", "high"]].isna().all()
    assert any(one.startswith("r (rangen) zonder interval: hij staat aan het uiterste")
               for one in table.show().notes)


def test_a_fall_of_everyone_has_no_interval_either():
    first, second = (moment(mening=[one] * 6) for one in STEPS[1::-1])
    table = wb.compare_paired(first, second, "mening", key="sleutel")
    assert row(table)["effect"] == -1
    assert row(table)[["low", "high"]].isna().all()


def test_a_signed_rank_test_of_many_changes_is_normal_and_says_so():
    first = moment(mening=[STEPS[0]] * 30 + [STEPS[2]] * 30)
    second = moment(mening=[STEPS[1]] * 45 + [STEPS[3]] * 15)
    table = wb.compare_paired(first, second, "mening", key="sleutel")
    # 45 rose and 15 fell by one step: (45 - 15) / sqrt(60)
    assert row(table)["statistic"] == pytest.approx(30 / 60**0.5)
    assert row(table)["p"] == pytest.approx(0.000107511, rel=1e-4)
    assert any("p komt uit de normale verdeling" in one for one in table.show().notes)


def test_two_answers_get_mcnemar():
    # Agresti (2013), Categorical Data Analysis, table 11.1: 150 went one way, 86 the other;
    # R: binom.test(86, 236).
    assert mcnemar(3, 3) == 1.0
    assert mcnemar(86, 150) == pytest.approx(3.71593613957143e-05, rel=1e-9)
    cells = [("ja", "ja", 79), ("ja", "nee", 15), ("nee", "ja", 9), ("nee", "nee", 57)]
    one = [before for before, _, n in cells for _ in range(n)]
    other = [after for _, after, n in cells for _ in range(n)]
    found = row(wb.compare_paired(moment(steun=one), moment(steun=other), "steun", key="sleutel"))
    assert found["test"] == "mcnemar"
    assert found["before"] == pytest.approx(94 / 160)
    assert found["effect"] == pytest.approx(-6 / 160)
    assert found["low"] < -6 / 160 < 0 < found["high"]


@pytest.mark.parametrize("n", [3, 20])
def test_a_share_of_which_nobody_changed_has_a_score_interval(n):
    frame = pd.DataFrame({"o": ["nee"] * n, "sleutel": [f"s{k}" for k in range(n)]})
    same = wb.responses(frame, unit="student", public=True, design="srs",
                        items={"o": {"kind": "nominal", "values": ["nee", "ja"]}})
    table = wb.compare_paired(same, same, "o", key="sleutel")
    found = row(table)
    assert (found["effect"], found["p"]) == (0, 1)
    # Tango (1998), formula 29: z² / (n + z²).
    assert found["high"] == pytest.approx(3.841459 / (n + 3.841459))
    assert found["low"] == pytest.approx(-found["high"])
    assert any("Score-interval voor gepaarde aandelen (Tango)" in one
               for one in table.show().notes)


def test_an_option_that_nobody_changed_has_a_score_interval_too():
    ticks = moment(**{"hulp:a": [True] * 10, "hulp:b": [True, False] * 5})
    data = wb.compare_paired(ticks, ticks, "hulp", key="sleutel").data
    assert (data["high"] - data["low"]).min() > 0.5


def test_answers_without_order_get_stuart_maxwell():
    # Stuart (1955), Biometrika 42, 412-416: unaided vision of 7477 women, 11.96 on 3.
    table = np.array([[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205],
                      [36, 82, 179, 492]])
    statistic, df, p = stuart_maxwell(table)
    assert (round(statistic, 2), df) == (11.96, 3)
    assert p == pytest.approx(0.0075, abs=1e-4)


def test_units_are_matched_on_their_key_and_not_on_their_row():
    first = moment(sleutel=[*"abcdef"], cijfer=[1.0, 2.0, 3.0, 9.0, 4.0, 5.0])
    second = moment(sleutel=[*"fcabxe"], cijfer=[5.0, 5.0, 2.0, 3.5, 0.0, 4.0])
    table = wb.compare_paired(first, second, "cijfer", key="sleutel")
    assert (row(table)["before"], row(table)["after"], row(table)["n"]) == (3.0, 3.9, 5)


def test_who_dropped_out_is_counted_and_looked_at():
    first = moment(cijfer=[6.0, 7.0, 8.0, 7.0, 6.5, 8.0, 2.0, 3.0, 1.0, 2.0, 3.0])
    second = moment(n=11, cijfer=[7.0, 7.0, 8.5, 8.0, 7.0, 8.0])
    second = wb.assume(second, "wie terugkwam, verschilt niet")
    table = wb.compare_paired(first, second, "cijfer", key="sleutel")
    assert "6 studenten die beide keren meededen, van de 11" in table.show().base
    assert any("5 studenten deden alleen de eerste keer mee" in note for note in table.show().notes)
    assert any("gemiddeld 2,20 (n = 5); wie bleef 7,08 (n = 6)" in note
               for note in table.show().notes)


def test_few_who_dropped_out_are_not_counted_one_by_one():
    first = moment(cijfer=[6.0, 7.0, 8.0, 7.0, 6.5, 8.0, 2.0])
    second = moment(n=6, cijfer=[7.0, 7.0, 8.5, 8.0, 7.0, 8.0])
    table = wb.compare_paired(first, second, "cijfer", key="sleutel")
    notes = table.show().notes
    assert "van de 7" not in table.show().base
    assert any("minder dan 5 studenten" in note for note in notes)
    assert not any("2,00" in note for note in notes)


def test_one_who_dropped_out_is_one():
    first, second = moment(x=[1.0, 2.0, 3.0, 5.0]), moment(n=3, x=[2.0, 2.0, 5.0])
    table = wb.compare_paired(*(wb.responses(one.data, unit="student", design=one.source.design,
                                           public=True) for one in (first, second)),
                            "x", key="sleutel")
    assert any(note.startswith("Uitval: 1 student deed alleen") for note in table.show().notes)


def test_who_stands_outside_a_part_did_not_drop_out():
    ways = ["bol"] * 6 + ["bbl"] * 6
    first = moment(x=[1.0, 2.0, 3.0, 4.0] * 3, weg=ways)
    second = moment(x=[2.0, 2.0, 5.0, 4.0] * 3, weg=ways)
    bol = wb.compare_paired(first.where(weg="bol"), second, "x", key="sleutel")
    assert bol.data["n"].tolist() == [6]
    assert "De eerste keer alleen weg: bol." in bol.show().base
    assert any("0 studenten deden alleen de eerste keer mee, 0 alleen" in one
               for one in bol.show().notes)
    same = wb.compare_paired(first.where(weg="bol"), second.where(weg="bol"), "x", key="sleutel")
    assert same.show().base.endswith("Alleen weg: bol.")
    with pytest.raises(wb.DataError, match="part of the second time only .weg: bol.*dropped out"):
        wb.compare_paired(first, second.where(weg="bol"), "x", key="sleutel")


def test_two_moments_of_one_file_are_told_apart():
    both = moment(n=12, sleutel=list("abcdef") + list("abcdgh"), x=[1.0, 2.0, 3.0] * 4,
                  keer=["1"] * 6 + ["2"] * 6)
    table = wb.compare_paired(both.where(keer="1"), both.where(keer="2"), "x", key="sleutel")
    assert table.data["n"].isna().all()  # four students, and five is the least that is shown
    assert "De eerste keer alleen keer: 1. De tweede keer alleen keer: 2." in table.show().base


def test_no_cause_is_claimed():
    numbers = [1.0, 2.0, 3.0, 4.0, 5.0]
    table = wb.compare_paired(moment(x=numbers), moment(x=[2.0, 2.0, 5.0, 4.0, 8.0]), "x",
                            key="sleutel")
    assert "niet waardoor: er is geen vergelijkingsgroep" in table.show().notes[-1]
    assert not any(word in repr(table).lower() for word in ("dankzij", "door de interventie"))


def test_each_option_of_several_is_tested_and_adjusted():
    ticks = {"hulp:a": [True] * 32 + [False] * 16, "hulp:b": [True, False] * 24}
    later = {"hulp:a": [True] * 12 + [False] * 36, "hulp:b": [True] * 48}
    data = wb.compare_paired(moment(**ticks), moment(**later), "hulp", key="sleutel").data
    assert data["value"].tolist() == ["a", "b"]
    assert (data["p_adjusted"] >= data["p"]).all()


@pytest.mark.parametrize(("second", "key", "words"), [
    ({"sleutel": ["a", "a", "b"], "x": [1.0, 2.0, 3.0]}, "sleutel",
     "2 rows share a sleutel with another row"),
    ({"sleutel": ["p", "q", "r"], "x": [1.0, 2.0, 3.0]}, "sleutel", "no sleutel stands in both"),
    ({"sleutel": ["a", "b", "c"], "x": ["1", "twee", "drie"]}, "sleutel",
     "x changed between .*kind ‘numeric’ became ‘nominal’"),
])
def test_what_cannot_be_matched_is_refused(second, key, words):
    first = moment(sleutel=["a", "b", "c"], x=[1.0, 2.0, 3.0])
    with pytest.raises(wb.DataError, match=words):
        wb.compare_paired(first, moment(**second), "x", key=key)


def test_a_change_without_a_design_has_no_p_value():
    plain = moment(kind=None, x=[1.0, 2.0, 3.0])
    with pytest.raises(wb.DataError, match="geen p-waarde: van deze bron is niet vastgelegd"):
        wb.compare_paired(plain, plain, "x", key="sleutel")


def test_weights_and_other_units_are_refused():
    first = moment(x=[1.0, 2.0, 3.0], w=[1.0, 2.0, 3.0])
    heavy = wb.Responses(first.data, first.source.model_copy(
        update={"design": wb.Design(kind="srs", invited=3, weight="w")}))
    with pytest.raises(wb.DataError, match="een gepaarde toets kent w van het design niet"):
        wb.compare_paired(heavy, heavy, "x", key="sleutel")
    other = wb.Responses(first.data, first.source.model_copy(update={"unit": "teacher"}))
    with pytest.raises(wb.DataError, match="their units differ"):
        wb.compare_paired(first, other, "x", key="sleutel")


def test_nobody_changed_is_said():
    same = moment(x=[1.0, 2.0, 3.0, 4.0, 5.0])
    table = wb.compare_paired(same, same, "x", key="sleutel")
    assert row(table)["test"] == "none"
    assert any("Zonder toets" in note for note in table.show().notes)


def test_a_paired_test_is_not_given_under_an_assumption_about_strata():
    given = moment(kind="convenience", x=[1.0, 2.0, 3.0, 5.0], g=["p", "p", "q", "q"])
    source = given.source.model_copy(update={"design": wb.Design(
        kind="convenience", margins={"g": {"p": 90, "q": 10}})})
    assumed = wb.assume(wb.Responses(given.data, source), "aselect binnen strata")
    with pytest.raises(wb.DataError, match="kent g van het design niet.*of de aanname"):
        wb.compare_paired(assumed, assumed, "x", key="sleutel")
