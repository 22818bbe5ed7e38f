"""Rankings as bars: what is drawn, in which order, and what is said."""

import pytest
from builders.rankings import NEEDS, ranked
from matplotlib.patches import Rectangle
from oracles.drawn_boxes import faults

import wbkit as wb

ROWS = [(2, 1, 3)] * 12 + [(1, 2, 3)] * 5 + [(3, 2, 1)] * 3


def drawn(figure):
    """Return the bars from top to bottom: pairs of the first part and the part behind it."""
    bars = [one for one in figure.picture.axes[0].patches if isinstance(one, Rectangle)]
    widths = [round(one.get_width(), 6) for one in bars]
    return list(zip(widths[::2], widths[1::2], strict=True))


def texts(figure):
    return [one.get_text() for one in figure.picture.texts]


def test_a_bar_begins_with_the_first_places_and_goes_on_with_those_behind():
    figure = wb.plot_bars(wb.frequency(ranked(*ROWS), "nodig"))
    assert drawn(figure) == [(60, 40), (25, 60), (15, 0)]  # geld, tijd, rust
    assert [one for one in texts(figure) if one in NEEDS] == ["geld", "tijd", "rust"]
    assert "20 (100 %)" in texts(figure) and "17 (85 %)" in texts(figure)
    assert {"op plaats 1", "op plaats 2", "1,4", "1,9", "2,7"} <= set(texts(figure))


def test_counts_are_drawn_on_request_and_under_a_base_of_ten():
    assert drawn(wb.plot_bars(wb.frequency(ranked(*ROWS), "nodig"), measure="n")) == [
        (12, 8), (5, 12), (3, 0)]
    few = wb.plot_bars(wb.frequency(ranked(*ROWS[:6]), "nodig"))
    assert drawn(few) == [(6, 0), (0, 6), (0, 0)]
    assert "aantal studenten" in few.picture.axes[0].get_xlabel()
    assert not any("%" in one for one in texts(few))


def test_all_groups_keep_one_order_and_name_their_n():
    table = wb.frequency(ranked(*ROWS, leerweg=["bol"] * 10 + ["bbl"] * 10), "nodig", by="leerweg")
    figure = wb.plot_bars(table, language="en")
    assert [one for one in texts(figure) if one in ("Geld", "Tijd", "Rust")] == [
        "Geld", "Tijd", "Rust"] * 2
    assert "bbl (n\xa0=\xa010)" in texts(figure)
    assert figure.picture.axes[0].get_xlabel() == "percentage within each group"


def test_only_chosen_options_are_drawn_and_strange_ones_refused():
    table = wb.frequency(ranked(*ROWS), "nodig")
    figure = wb.plot_bars(table, values=["rust"])
    assert drawn(figure) == [(15, 0)] and "‘rust’" in figure.alt
    with pytest.raises(wb.DataError, match="values=\\['rest'\\] is not a choice"):
        wb.plot_bars(table, values=["rest"])
    with pytest.raises(wb.DataError, match="measure='mean' is unknown"):
        wb.plot_bars(table, measure="mean")


def test_what_is_hidden_has_no_bar_and_a_dash():
    rows = [(1, 2, 3)] * 30 + [(2, 1, 3)] * 13 + [(3, 2, 1)] * 2
    figure = wb.plot_bars(wb.frequency(ranked(*rows, synthetic=False), "nodig"))
    assert (0, 0) in drawn(figure)
    assert "op plaats 1: niet getoond" in figure.alt and " 2 (" not in figure.alt
    assert any(one.startswith("–") for one in texts(figure))


def test_an_option_of_which_only_the_first_places_are_hidden_says_the_rest():
    rows = [(1, 2, 3, 4, 5)] * 40 + [(2, 3, 1, 5, 4)] * 25 + [(2, 3, 4, 1, 5)] * 3
    rows += [(2, 3, 4, 5, 1)] * 3 + [(1, 3, 4, 2, 5)] * 4 + [(1, 3, 4, 5, 2)] * 6
    table = wb.frequency(ranked(*rows, options=NEEDS, synthetic=False), "nodig")
    written = texts(wb.plot_bars(table))
    assert "op plaats 1: –; bij de eerste 3: 7 (9 %)" in written  # hulp: 3 first and 4 behind
    assert "op plaats 1: –; bij de eerste 3: 9 (11 %)" in written


def test_the_words_of_the_figure_state_its_numbers():
    alt = wb.plot_bars(wb.frequency(ranked(*ROWS), "nodig"), language="en").alt
    assert alt == (
        "Bar chart. What do you need most? Geld (in place 1: 12 (60%); in the first 2: 20 (100%); "
        "mean place: 1.4), Tijd (in place 1: 5 (25%); in the first 2: 17 (85%); mean place: 1.9), "
        "Rust (in place 1: 3 (15%); in the first 2: 3 (15%); mean place: 2.7). Base: 20 students.")


def test_a_figure_of_nobody_is_drawn_without_bars():
    figure = wb.plot_bars(wb.frequency(ranked((None,) * 3), "nodig"))
    assert drawn(figure) == [(0, 0)] * 3


LONG = "een optie met zo veel woorden dat ze op één regel van geen enkele pagina zouden passen"
SHAPES = {
    "two options": ranked(*[(1, 2)] * 12, options=NEEDS[:2]),
    "five options": ranked(*[(1, 2, 3, 4, 5), (2, 1, 3, 5, 4)] * 7, options=NEEDS),
    "base under ten": ranked(*ROWS[:7]),
    "groups, one of them small": ranked(*ROWS, leerweg=["bol"] * 16 + ["bbl"] * 4),
    "hidden": ranked(*[(1, 2, 3)] * 30, *[(2, 1, 3)] * 13, *[(3, 2, 1)] * 2, synthetic=False),
    "all hidden": ranked(*ROWS[:3], synthetic=False),
    "nobody": ranked((None,) * 3),
    "long words": ranked(*[(2, 1)] * 12, options=(LONG, f"{LONG}, en meer")),
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_cut_off_or_overlaps(shape, language):
    by = "leerweg" if shape.startswith("groups") else None
    table = wb.frequency(SHAPES[shape], "nodig", by=by)
    for measure in ("share", "n"):
        figure = wb.plot_bars(table, measure=measure, language=language)
        assert faults(figure, words_in_bars=True) == []


def test_a_figure_is_the_same_when_drawn_again():
    table = wb.frequency(ranked(*ROWS), "nodig")
    one, other = wb.plot_bars(table), wb.plot_bars(table)
    assert one.png() == other.png() and one.fingerprint == other.fingerprint
