"""Figures of effects show what their Table says, and nothing is cut off."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text
from oracles.drawn_boxes import faults
from oracles.drawn_marks import dots, intervals

import wbkit as wb


@pytest.fixture(scope="module")
def given():
    chance = np.random.default_rng(4)
    frame = pd.DataFrame({
        "team": chance.choice(["Zorg en Welzijn", "Handel en Kantoor"], 90),
        "cijfer": chance.integers(4, 10, 90).astype(float),
        "uren": chance.integers(1, 40, 90).astype(float),
        "tevreden": chance.choice(["ja", "nee"], 90)})
    items = {"cijfer": {"kind": "numeric", "label": "Welk cijfer geef je de begeleiding dit jaar?"},
             "uren": {"kind": "numeric", "label": "Hoeveel uur per week werk je?"}}
    return wb.responses(frame, unit="student", items=items,
                        design=wb.Design(kind="srs", invited=90))


def test_each_effect_of_one_kind_is_a_dot(given):
    table = wb.compare(given, ["cijfer", "uren", "tevreden"], "team")
    figure = wb.plot_forest(table)
    assert dots(figure) == table.data["effect"].tolist()[:2]
    assert [low for low, *_ in intervals(figure)] == table.data["low"].tolist()[:2]
    assert "Hedges’ g: Welk cijfer" in figure.alt
    written = " ".join(one.get_text() for one in figure.picture.findobj(Text))
    assert "want er is een andere maat of geen maat voor: ‘tevreden’." in " ".join(written.split())
    assert faults(figure) == []
    assert dots(wb.plot_forest(table, effect="cramer_v")) == [table.data["effect"].iloc[2]]


def test_nothing_is_cut_off_or_overlaps(given):
    tables = [wb.compare(given, ["cijfer", "uren"], "team"),
              wb.regress(given, "tevreden", ["team", "cijfer"]),
              wb.regress(given, "cijfer", ["team", "uren"])]
    assert [faults(wb.plot_forest(table)) for table in tables] == [[], [], []]
    assert wb.plot_forest(tables[1]).png().startswith(b"\x89PNG")


def test_odds_ratios_stand_on_a_scale_of_ratios_without_the_constant(given):
    table = wb.regress(given, "tevreden", ["team", "cijfer"])
    figure = wb.plot_forest(table)
    assert figure.picture.axes[0].get_xscale() == "log"
    assert dots(figure) == pytest.approx(table.data["odds_ratio"].tolist()[1:])
    assert "kansverhouding" in figure.alt
    assert "constante" not in figure.alt


def test_a_table_without_that_effect_is_refused(given):
    with pytest.raises(wb.DataError, match="there is no effect 'epsilon2' to draw; there is"):
        wb.plot_forest(wb.compare(given, "cijfer", "team"), effect="epsilon2")
    with pytest.raises(wb.DataError, match="draws a Table of tests or of a model"):
        wb.plot_forest(wb.frequency(given, "tevreden"))
