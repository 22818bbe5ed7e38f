from dataclasses import replace

import pytest
from builders.tables import SCALE, frequencies, question
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from oracles.drawn_boxes import drawn, words_of

from wbkit.errors import DataError
from wbkit.report.plots.likert import plot_likert
from wbkit.report.plots.style import scale_colours
from wbkit.report.style import GOOD, HALF, NONE
from wbkit.table.facts import Overlapping

COUNTS = [10, 20, 40, 90, 40]  # of 200: 5, 10, 20, 45 and 20 %


def segments(figure):
    return [(round(float(bar.get_x()), 2), round(float(bar.get_width()), 2))
            for bar in figure.picture.axes[0].patches]


def squares(figure):
    found = [one for one in figure.picture.artists if isinstance(one, Rectangle)]
    return [to_hex(one.get_facecolor()) for one in found][5:]  # after the five of the legend


def test_segments_stack_up_from_zero_to_a_hundred():
    figure = plot_likert(frequencies({"gezien": COUNTS}), style="stacked")
    assert segments(figure) == [(0, 5), (5, 10), (15, 20), (35, 45), (80, 20)]
    assert figure.picture.axes[0].get_xlim() == (0, 100)


def test_half_of_the_neutral_answers_stands_on_each_side_of_zero():
    figure = plot_likert(frequencies({"gezien": COUNTS}), style="diverging")
    assert segments(figure) == [(-25, 5), (-20, 10), (-10, 20), (10, 45), (55, 20)]


def test_an_even_scale_meets_in_zero():
    answers = dict(zip("abcd", SCALE["nl"][:2] + SCALE["nl"][3:], strict=True))
    figure = plot_likert(frequencies({"gezien": [10, 20, 30, 40]}, answers=answers),
                         style="diverging")
    assert segments(figure) == [(-30, 10), (-20, 20), (0, 30), (30, 40)]


def test_the_neutral_answer_that_an_item_names_is_the_middle():
    item = question("gezien", neutral="v2")
    figure = plot_likert(frequencies({"gezien": COUNTS}, items=[item]), style="diverging")
    assert segments(figure)[1] == (-5, 10)
    assert {"5 %", "85 %"} <= {*words_of(figure)}
    colours = [to_hex(bar.get_facecolor()) for bar in figure.picture.axes[0].patches[:5]]
    assert tuple(colours) == scale_colours(1, 1, 3)
    assert figure.alt.startswith("Staafdiagram rond een neutraal midden.")


def test_a_scale_without_a_middle_is_not_said_to_have_one():
    answers = dict(zip("abcd", SCALE["nl"][:2] + SCALE["nl"][3:], strict=True))
    figure = plot_likert(frequencies({"gezien": [10, 20, 30, 40]}, answers=answers),
                         style="diverging")
    assert figure.alt.startswith("Staafdiagram met twee kanten, zonder midden.")
    assert "neutraal" not in figure.alt


def test_both_sides_and_the_base_stand_beside_the_bar():
    shown = words_of(plot_likert(frequencies({"gezien": COUNTS, "tijd": COUNTS}),
                                 style="diverging"))
    assert shown.count("15 %") == shown.count("65 %") == shown.count("n\u00a0=\u00a0200") == 2


def test_a_side_is_added_up_before_it_is_rounded():
    # 1 + 1 of 150 is 1.3 %; each of them is 0.7 %, which rounds to 1 %.
    shown = words_of(plot_likert(frequencies({"gezien": [1, 1, 48, 50, 50]}),
                                 style="diverging"))
    assert "1 %" in shown
    assert "2 %" not in shown


def test_a_segment_says_its_percentage_where_there_is_room():
    shown = words_of(plot_likert(frequencies({"gezien": COUNTS})))
    assert {"45", "20"} <= {*shown}
    assert "1" not in words_of(plot_likert(frequencies({"gezien": [2, 98, 20, 40, 40]})))


def test_a_number_stays_within_its_segment():
    figure = plot_likert(frequencies({"gezien": [7, 11, 13, 17, 152], "tijd": [3, 5, 180, 8, 4]}))
    texts, rectangles = drawn(figure.picture)
    numbers = [box for words, box in texts if words.isdigit()]
    assert numbers
    for box in numbers:
        assert any(bar.x0 < box.x0 and box.x1 < bar.x1 and bar.y0 < box.y0 and box.y1 < bar.y1
                   for _, bar in rectangles)


def test_under_ten_units_there_is_a_square_for_each_answer_and_no_percentage():
    figure = plot_likert(frequencies({"gezien": [1, 0, 2, 4, 0]}))
    one, _, three, four, _ = scale_colours(2, 1, 2)
    assert squares(figure) == [one, three, three, four, four, four, four]
    assert segments(figure) == []
    shown = words_of(figure)
    assert "n\u00a0=\u00a07" in shown
    assert "Bij n onder de 10: één vierkantje voor elk antwoord, geen percentages." in shown
    assert not any("%" in words for words in shown)


def test_a_row_with_a_hidden_count_has_a_dash_and_no_segments():
    table = frequencies({"gezien": [None, None, 40, 90, 40], "tijd": COUNTS}, base=200)
    figure = plot_likert(table)
    assert len(segments(figure)) == 5
    assert "–" in words_of(figure)
    assert "oneens niet getoond, neutraal 40 (20,0 %)" in figure.alt
    assert "Voeg antwoorden samen (recode)" in " ".join(words_of(figure))


def test_nobody_who_answered_gives_an_empty_row():
    figure = plot_likert(frequencies({"gezien": [0, 0, 0, 0, 0]}))
    assert segments(figure) == squares(figure) == []
    assert "n\u00a0=\u00a00" in words_of(figure)


def test_rows_are_whole_statements_and_the_one_with_most_agreement_stands_on_top():
    items = [question("gezien", short="gezien door coach"),
             question("tijd", short="tijd van coach")]
    table = frequencies({"tijd": [20, 40, 40, 50, 50], "gezien": COUNTS}, items=items)

    def higher(**options):
        figure = plot_likert(table, **options)
        places = {one.get_text(): one.get_position()[1] for one in figure.picture.texts}
        return places["Ik voel mij gezien door mijn coach"] > \
            places["Mijn coach neemt genoeg tijd voor mij"]

    assert higher() and higher(sort="size")  # 65 % against 50 %
    assert not higher(sort="asked")
    with pytest.raises(DataError, match="sort='laatst' is unknown. Use size or asked."):
        higher(sort="laatst")


def test_the_title_says_with_which_statement_most_and_fewest_agree():
    table = frequencies({"tijd": [20, 40, 40, 50, 50], "gezien": COUNTS})
    title = plot_likert(table).around.title.replace("\n", " ")
    assert title == ("‘eens’ of ‘helemaal eens’: van 65 % bij ‘Ik voel mij gezien door mijn coach’ "
                     "tot 50 % bij ‘Mijn coach neemt genoeg tijd voor mij’")


def test_statements_that_other_people_answered_are_not_set_beside_each_other_in_the_title():
    table = frequencies({"tijd": [2, 4, 4, 5, 5], "gezien": COUNTS})
    title = plot_likert(table).around.title.replace("\n", " ")
    assert title == ("‘Ik voel mij gezien door mijn coach’: 65 % (130 van de 200 studenten) "
                     "antwoordt ‘eens’ of ‘helemaal eens’")


@pytest.mark.parametrize("counts", [[0, 1, 1, 4, 1], [None, 12, 31, 101, 50]])
def test_a_small_base_or_a_hidden_count_gives_no_finding(counts):
    figure = plot_likert(frequencies({"gezien": counts}, base=None if counts[0] == 0 else 190))
    assert figure.around.title == "Ik voel mij gezien door mijn coach"


def test_not_partly_and_well_have_the_colours_of_good_and_not_of_opinion():
    answers = {"a": "hielp niet", "b": "hielp een beetje", "c": "hielp goed"}
    figure = plot_likert(frequencies({"gezien": [10, 20, 30]}, answers=answers))
    colours = [to_hex(bar.get_facecolor()) for bar in figure.picture.axes[0].patches]
    assert colours == [NONE, HALF, GOOD]


def test_groups_of_one_item_are_rows_and_of_more_items_blocks():
    table = frequencies({(item, group): COUNTS for item in ("gezien", "tijd")
                         for group in ("bol", "bbl")}, dimensions=["leerweg"])
    shown = words_of(plot_likert(table))
    assert shown.count("overdag op school") == 2
    assert shown.count("Ik voel mij gezien door mijn coach") == 1


def test_items_with_the_same_words_stay_apart():
    items = [question(name, words="Toelichting") for name in ("gezien", "tijd")]
    figure = plot_likert(frequencies({"gezien": COUNTS, "tijd": COUNTS}, items=items))
    assert words_of(figure).count("Toelichting") == 2
    assert len(segments(figure)) == 10


def test_the_alternative_text_states_the_data():
    table = frequencies({"gezien": [2, 12, 31, 40, 5]})
    assert plot_likert(table, style="stacked").alt == (
        "Gestapeld staafdiagram. Ik voel mij gezien door mijn coach. helemaal oneens 2 (2 %), "
        "oneens 12 (13 %), neutraal 31 (34 %), eens 40 (44 %), helemaal eens 5 (6 %). "
        "Basis: 90 studenten."
    )


@pytest.mark.parametrize(("table", "words"), [
    (frequencies({"gezien": COUNTS}, kind="crosstab"), "crosstab Table; plot_likert draws freq"),
    (frequencies({"gezien": COUNTS}, facts=[Overlapping()]),
     "several of these answers, so they are no"),
    (frequencies({}), "plot_likert draws 2 to 7 answers, not 0. Use plot_bars"),
    (frequencies({"gezien": [1] * 8}, answers=dict(zip("abcdefgh", "abcdefgh", strict=True))),
     "2 to 7 answers, not 8"),
])
def test_what_is_no_scale_is_refused(table, words):
    with pytest.raises(DataError, match=words):
        plot_likert(table)


def test_items_with_different_answers_are_refused():
    table = frequencies({"gezien": COUNTS, "tijd": COUNTS})
    mixed = table.data.assign(value=[*table.data["value"][:5], *"abcde"])
    words = r"different answers \(helemaal oneens, .*; a, b.*same answers tog"
    with pytest.raises(DataError, match=words):
        plot_likert(replace(table, data=mixed))


def test_an_unknown_style_is_refused():
    with pytest.raises(DataError, match="style='pie' is unknown. Use diverging or stacked"):
        plot_likert(frequencies({"gezien": COUNTS}), style="pie")


def test_answers_without_an_order_have_no_middle():
    answers = {"v1": "bol", "v2": "bbl"}
    table = frequencies({"gezien": [40, 60]}, answers=answers,
                        items=[question("gezien", answers, kind="nominal")])
    with pytest.raises(DataError, match="gezien is nominal, so its answers have no order and no mi"
                                        r"ddle\. Use plot_bars, or make it ordinal"):
        plot_likert(table)
