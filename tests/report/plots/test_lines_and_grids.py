"""Figures of years, sources and grids: nothing cut off, gaps and breaks drawn as such."""

import matplotlib
import pandas as pd
import pytest
from builders.codings import coded
from builders.help_questions import service, students, teams
from builders.register import register
from builders.team_answers import teams as joint_teams
from oracles.drawn_boxes import faults, words_of
from oracles.drawn_marks import cell_colours

import wbkit as wb
from wbkit.coding.code_patterns import saturation
from wbkit.report.plots.lines import plot_saturation
from wbkit.table.facts import Counted, Subject
from wbkit.table.table import Table

THEMES = {"geld": ["geld", "basis"], "plannen": "plannen"}


def trends(**fields):
    return wb.trend(wb.clean(register(**fields)), "traag", year="jaar", by="team")


def codes():
    rows = [("zorg", "coachrol", 2.0), ("zorg", "ouders", 0.0), ("media", "coachrol", 5.0),
            ("media", "ouders", 1.0)]
    data = pd.DataFrame(rows, columns=["row", "value", "mentions"]).assign(
        unit="interview", item="code", n=1.0, base=1.0, share=1.0, state="shown")
    return Table(data, "matrix", ("row",), (Subject("keywords_in"), Counted("interview")))


def beside(base):
    data = pd.DataFrame({"row": ["students", "teams"], "value": ["geld", "geld"],
                         "mentions": [9.0, 3.0], "unit": ["student", "team"], "item": "code",
                         "n": [41.0, 3.0],
                         "base": base, "share": [0.2, 0.75], "state": ["shown", "shown"]})
    return Table(data, "matrix", ("row",), (Subject("keywords_beside"), Counted("unit")))


FIGURES = {
    "years": lambda: wb.plot_trend(trends()),
    "one line": lambda: wb.plot_trend(wb.trend(wb.clean(register()), "traag", year="jaar")),
    "hidden": lambda: wb.plot_trend(trends(synthetic=False)),
    "counts": lambda: wb.plot_trend(wb.trend(wb.clean(register()), "naast", year="jaar")),
    "sources": lambda: wb.plot_joint(wb.joint_display([students(), teams(), service()],
                                                      theme=THEMES)),
    "sources on a phone": lambda: wb.plot_joint(wb.joint_display(
        [students(), teams(), service(), service(name="zorgadviesteam")], theme=THEMES),
        size="phone"),
    "answers": lambda: wb.plot_heatmap(wb.team_answers(
        joint_teams(), ["keuze", "inzet", "cijfer"], by="team", agreement=["eens_1", "eens_2"],
        people="mensen")),
    "many sources": lambda: wb.plot_heatmap(wb.joint_display(
        [students(), teams(), service()], theme=THEMES)),
    "codes": lambda: wb.plot_heatmap(codes()),
    "codes by source": lambda: wb.plot_heatmap(beside([203.0, 4.0])),
    "answers by group": lambda: wb.plot_heatmap(wb.frequency(joint_teams(), "eens_1", by="team")),
}


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_cut_off_or_overlaps(name):
    assert faults(FIGURES[name](), words_in_bars=True) == []


@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_is_the_same_when_drawn_again(name):
    figure = FIGURES[name]()
    assert figure.png() == FIGURES[name]().png()
    assert figure.table.show().title in figure.alt


def lines_of(figure):
    return [list(line.get_xdata()) for line in figure.picture.axes[0].lines]


def test_a_line_is_interrupted_at_another_definition():
    figure = FIGURES["years"]()
    assert [len(line) for line in lines_of(figure)] == [2, 1, 1]
    assert "* andere omschrijving" in words_of(figure)


def test_points_stand_as_high_as_their_rates():
    table = wb.trend(wb.clean(register()), "traag", year="jaar")
    axes = wb.plot_trend(table).picture.axes[0]
    drawn = [float(y) for line in axes.lines for y in line.get_ydata()]
    rates = table.data["share"].where(table.data["base"] >= 10).dropna().tolist()
    foot = max(piece[:, 1].max() for lines in axes.collections for piece in lines.get_segments())
    per_inch = rates[0] / (foot - drawn[0])
    assert [(foot - y) * per_inch for y in drawn] == pytest.approx(rates)
    assert len(set(rates)) > 1


def test_a_gap_has_words_and_no_point():
    figure = FIGURES["years"]()
    assert words_of(figure).count("niet aangeleverd") == 3
    assert "3 van 8" in words_of(figure)


def test_the_axis_starts_at_zero():
    assert "0 %" in words_of(FIGURES["years"]())


def test_hidden_counts_are_dashes():
    assert "–" in words_of(FIGURES["hidden"]())


def test_sources_keep_their_own_base():
    words = words_of(FIGURES["sources"]())
    assert {"3", "2", "genoemd", "niet gevraagd", "12 studenten"} <= set(words)
    assert "3 van 12" in FIGURES["sources"]().alt


def test_a_grid_holds_its_numbers_and_its_base():
    words = [" ".join(one.split()) for one in words_of(FIGURES["codes by source"]())]
    assert {"41", "3", "teams (4 teams)"} <= set(words)
    assert "·" in words_of(FIGURES["codes"]())


def test_cells_are_darker_for_a_larger_share_on_the_palette_of_the_figures():
    shades = cell_colours(FIGURES["codes by source"]())
    assert shades == [["#e4e9ed", None]]  # 0.2 of the way to blue; 3 of 4 is too few for a shade
    legend = words_of(FIGURES["codes by source"]())
    assert {"0 % van de basis", "50 % van de basis", "100 % van de basis"} <= set(legend)
    assert cell_colours(FIGURES["codes"]())[0][1] == "#2b6a94"  # the most mentions


def test_cells_without_an_answer_have_no_colour():
    assert {row[-1] for row in cell_colours(FIGURES["answers"]())} == {None}


@pytest.mark.parametrize("name", ["years", "answers"])
def test_drawing_changes_no_setting_and_opens_no_window(name):
    before = dict(matplotlib.rcParams)
    FIGURES[name]()
    assert dict(matplotlib.rcParams) == before
    assert matplotlib.pyplot.get_fignums() == []


def test_the_missing_team_has_its_own_column():
    words = [" ".join(one.split()) for one in words_of(FIGURES["answers"]())]
    assert words.count("niet deelgenomen") == 3
    assert "niet deelgenomen" in FIGURES["answers"]().alt


@pytest.mark.parametrize(("plot", "words"), [
    (wb.plot_trend, "plot_trend draws a trend Table"),
    (wb.plot_joint, "plot_joint draws a joint Table"),
])
def test_other_tables_are_refused(plot, words):
    with pytest.raises(wb.DataError, match=words):
        plot(wb.frequency(joint_teams(), "eens_1"))


def test_a_grid_of_a_trend_is_refused():
    with pytest.raises(wb.DataError, match="plot_heatmap draws joint, matrix, answers"):
        wb.plot_heatmap(trends())
    with pytest.raises(wb.DataError, match="one item by one group"):
        wb.plot_heatmap(wb.frequency(joint_teams(), "eens_1"))


def test_more_sources_than_fit_are_refused():
    several = [students(name=f"bron_{number}") for number in range(9)]
    table = wb.joint_display(several, theme="hulpvragen")
    with pytest.raises(wb.DataError, match="9 sources do not fit beside each other"):
        wb.plot_joint(table)


def test_new_codes_are_drawn_for_each_document():
    table = saturation(coded(("1", 0, 5, "a", "anke"), ("2", 0, 5, "b", "anke")))
    figure = plot_saturation(table)
    heights = [bar.get_height() for bar in figure.picture.axes[0].patches]
    assert heights == [1, 1, 0]
    assert "2 1 nieuw, 2 tot nu toe" in figure.alt
