"""Trends that are tested: only where years stand apart, as R does it."""

import numpy as np
import pytest
from builders.raw import raw

import wbkit as wb
from wbkit.stats.rate_trends import NoMaximumError, cochran_armitage, interrupted

YEARS = [str(year) for year in range(2015, 2023)]
N = (30, 34, 29, 41, 52, 60, 58, 71)
BASE = (1000, 1010, 990, 1020, 1000, 1015, 1005, 1020)
ITEMS = {
    "jaar": {"kind": "ordinal", "values": YEARS},
    "team": {"kind": "nominal", "values": ["zorg", "ict"]},
    "alle": {"kind": "numeric"}, "traag": {"kind": "numeric"}, "naast": {"kind": "numeric"},
    "soort": {"kind": "nominal", "values": ["v1", "v2"]},
}
RULES = {"cells": ["jaar", "team"], "base": "alle", "parts": ["traag"], "beside": ["naast"],
         "definition": "soort"}


def register(*, persons="different", moved=None, years=YEARS, **fields):
    rows = [(year, "zorg", str(BASE[k]), str(N[k]), str(N[k]),
             "v2" if moved and year >= moved else "v1")
            for k, year in enumerate(YEARS) if year in years]
    rules = RULES | ({"persons": persons} if persons else {})
    columns = {name: list(cells) for name, cells in zip(ITEMS, zip(*rows, strict=True),
                                                        strict=True)}
    return wb.clean(raw(columns, ITEMS, **({
        "name": "register", "kind": "counts", "counts": rules, "format": "csv",
        "design": {"kind": "census"}} | fields)))


def row(table):
    return table.data.iloc[0]


def test_a_part_gets_cochran_armitage():
    # R 4.2.2, prop.trend.test(n, base)
    found = row(wb.trend(register(), "traag", test="linear", year="jaar"))
    assert found["test"] == "cochran_armitage"
    assert (found["statistic"], found["p"]) == pytest.approx(
        (33.676877196, 6.5069572413e-09), rel=1e-9)
    # The change by least squares: lm(n / base ~ year, weights = base)
    assert found["low"] < found["effect"] < found["high"]
    assert found["n"] == sum(BASE)


def test_the_change_of_a_share_has_its_interval_from_binomial_variances():
    # 10, 20 and 40 of 100: 0.15 a year; variance (100 * 0.09 + 100 * 0.24) / 200**2.
    found = cochran_armitage(np.array([10, 20, 40]), np.full(3, 100), np.arange(3.0))
    assert found.change == pytest.approx(0.15)
    assert found.high - found.change == pytest.approx(1.959963985 * np.sqrt(33) / 200)
    assert found.change - found.low == pytest.approx(1.959963985 * np.sqrt(33) / 200)


def test_a_trend_that_was_looked_for_is_marked():
    table = wb.trend(register().explored(), "traag", test="linear", year="jaar")
    assert "(verkennend)" in table.show().title
    assert "geen bewijs" in table.show().notes[-1]


def test_a_count_beside_the_base_gets_poisson_with_an_offset():
    # glm(n ~ t, offset = log(base), family = poisson), epsilon = 1e-14
    found = row(wb.trend(register(), "naast", test="linear", year="jaar", population="alle"))
    assert found["test"] == "poisson"
    assert (found["statistic"], found["p"]) == pytest.approx(
        (5.6155244396668, 1.95966954306357e-08), rel=1e-9)
    assert found["effect"] == pytest.approx(2.718281828459045 ** 0.130069104470595, rel=1e-9)


def test_persons_who_can_stay_need_an_assumption():
    with pytest.raises(wb.DataError, match="a student who stays is counted again.*persons ="):
        wb.trend(register(persons=None), "traag", test="linear", year="jaar")
    assumed = wb.assume(register(persons=None), "elk jaar zijn het andere studenten")
    table = wb.trend(assumed, "traag", test="linear", year="jaar")
    assert "elk jaar zijn het andere studenten" in table.show().basis


def test_the_same_persons_are_never_tested_as_others():
    same = wb.assume(register(persons="same"), "doen alsof het andere zijn")
    with pytest.raises(wb.DataError, match="the same persons are counted each year"):
        wb.trend(same, "traag", test="linear", year="jaar")


def test_no_trend_runs_over_another_definition():
    given = register(moved="2020")
    with pytest.raises(wb.DataError, match=r"another definition from 2020 on.*where\(jaar=\[…\]\)"):
        wb.trend(given, "traag", test="linear", year="jaar")
    table = wb.trend(given.where(jaar=YEARS[:5]), "traag", test="linear", year="jaar")
    assert row(table)["n"] == sum(BASE[:5])


def test_a_trend_needs_three_years_and_a_rate():
    with pytest.raises(wb.DataError, match="a trend needs at least 3 years .* there are 2"):
        wb.trend(register(years=YEARS[:2]), "traag", test="linear", year="jaar")
    with pytest.raises(wb.DataError, match="naast is counted beside the base"):
        wb.trend(register(), "naast", test="linear", year="jaar")


def test_each_group_is_tested_and_adjusted():
    table = wb.trend(register(), "traag", test="linear", year="jaar", by="team")
    assert table.data["team"].tolist() == ["zorg"]
    assert any("Holm" in note for note in table.show().notes)


def test_an_interrupted_series_is_the_segmented_model_of_r():
    # glm(n ~ t + a + I(a * (t - 4)), offset = log(base), family = quasipoisson): dispersion
    # 0.390241816448316, which is under 1 and taken as 1 here: years are never less than random.
    table = wb.trend(register(), "traag", year="jaar", test="2019")
    data = table.data.set_index("value")
    estimate, se = 0.25272887578588166, 0.1460166724876477 / 0.390241816448316**0.5
    assert data.loc["level", "effect"] == pytest.approx(2.718281828459045**estimate, rel=1e-9)
    assert data.loc["level", "statistic"] == pytest.approx(estimate / se, rel=1e-9)
    assert data.loc["slope", "effect"] == pytest.approx(2.718281828459045**0.00710468280215376,
                                                        rel=1e-9)
    assert data["df"].tolist() == [4, 4]
    assert any("maar 4 punten" in note for note in table.show().notes)
    assert any("niet waardoor het komt" in note for note in table.show().notes)


@pytest.mark.parametrize(("years", "few"), [(15, True), (16, False)])
def test_fewer_than_eight_points_on_a_side_are_said_to_be_few(years, few):
    # Penfold & Zhang (2013): at least eight before and eight after
    names = [str(2000 + place) for place in range(years)]
    rows = {"jaar": names, "team": ["zorg"] * years, "alle": ["1000"] * years,
            "traag": [str(20 + 7 * place % 11) for place in range(years)],
            "naast": ["1"] * years, "soort": ["v1"] * years}
    items = ITEMS | {"jaar": {"kind": "ordinal", "values": names}}
    given = wb.clean(raw(rows, items, name="register", kind="counts", format="csv",
                         counts=RULES | {"persons": "different"}, design={"kind": "census"}))
    table = wb.trend(given, "traag", year="jaar", test="2008")
    assert any("maar 7 punten" in note for note in table.show().notes) is few


def test_too_few_points_say_what_it_would_need_in_the_language_of_the_study():
    with pytest.raises(wb.DataError, match="ten minste 3 punten .*nu 2 vóór 2017 en 6 vanaf dan"):
        wb.trend(register(), "traag", year="jaar", test="2017")
    given = register(persons=None, moved="2019")
    with pytest.raises(wb.DataError, match="één omschrijving .*2019.*assume"):
        wb.trend(given, "traag", year="jaar", test="2019")


@pytest.mark.parametrize("n", [[0, 0, 0, 0, 0, 0], [5, 6, 7, 0, 0, 0], [5, 6, 7, 3, 0, 0]])
def test_a_line_that_years_of_nought_pull_down_is_not_given_as_a_result(n):
    # glm(family = quasipoisson) ends with fitted rates numerically 0 and p close to 1.
    with pytest.raises(NoMaximumError):
        interrupted(np.array(n, float), np.full(6, 100.0), np.arange(6.0), 3)


def test_years_of_nought_are_refused_in_words(monkeypatch):
    monkeypatch.setitem(globals(), "N", (5, 6, 7, 3, 2, 0, 0, 0))
    with pytest.raises(wb.DataError, match="naast was counted in too few years.*leave those"):
        wb.trend(register(), "naast", year="jaar", population="alle", test="2020")
