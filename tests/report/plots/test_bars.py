from dataclasses import replace

import pandas as pd
import pytest
from builders.tables import BASE, NAN, frequencies, question, source, track
from matplotlib.colors import to_hex
from matplotlib.patches import Circle
from oracles.drawn_boxes import words_of

from wbkit.errors import DataError
from wbkit.report.plots.bars import plot_bars
from wbkit.report.style import COUNT, MARK, PAPER, REST
from wbkit.study.item import Item
from wbkit.table.facts import Subject
from wbkit.table.table import Table


def lengths(figure):
    bars = sorted(figure.picture.axes[0].patches, key=lambda bar: bar.get_y())
    return [round(bar.get_width(), 2) for bar in bars]


def counted(kind, data, **more):
    fields = {"facts": (Subject("coverage"),), "sources": (source(),)}
    return Table(data=pd.DataFrame(data), kind=kind, **fields | more)


def test_bars_are_as_long_as_the_shares_of_the_table():
    figure = plot_bars(frequencies({"gezien": [4, 12, 31, 101, 50]}))
    # 4, 12, 31, 101 and 50 of 198.
    assert lengths(figure) == [2.02, 6.06, 15.66, 51.01, 25.25]


def test_bars_are_as_long_as_the_counts_when_asked():
    figure = plot_bars(frequencies({"gezien": [4, 12, 31, 101, 50]}), measure="n")
    assert lengths(figure) == [4, 12, 31, 101, 50]
    assert "aantal studenten" in words_of(figure)


def test_answers_stand_from_top_to_bottom_in_the_order_of_the_table():
    figure = plot_bars(frequencies({"gezien": [4, 12, 31, 101, 50]}))
    assert lengths(figure) == [2.02, 6.06, 15.66, 51.01, 25.25]
    assert figure.picture.axes[0].yaxis_inverted()


def test_a_bar_says_count_and_percentage():
    shown = words_of(plot_bars(frequencies({"gezien": [4, 12, 31, 101, 50]})))
    assert "101 (51,0 %)" in shown
    assert "percentage van 198 studenten" in shown


def test_under_a_base_of_ten_each_unit_is_a_round_and_those_that_are_counted_are_filled():
    figure = plot_bars(frequencies({"gezien": [0, 0, 1, 4, 2]}))
    rounds = [one for one in figure.picture.artists if isinstance(one, Circle)]
    filled = [to_hex(one.get_facecolor()) != PAPER for one in rounds]
    assert (len(rounds), sum(filled)) == (5 * 7, 7)
    shown = words_of(figure)
    assert "4 van 7" in shown
    assert not any("%" in words for words in shown)


def test_a_small_group_beside_a_large_one_has_no_length():
    table = frequencies({("gezien", "bol"): [4, 12, 31, 101, 50],
                         ("gezien", "bbl"): [0, 0, 1, 4, 2]}, dimensions=["leerweg"])
    figure = plot_bars(table)
    assert lengths(figure) == [2.02, 0, 6.06, 0, 15.66, 0, 51.01, 0, 25.25, 0]
    shown = words_of(figure)
    assert "4 van 7" in shown
    assert "Bij een basis onder de 10 staat er een aantal zonder staaf, geen percentage." in shown


def test_groups_have_their_n_in_the_legend():
    table = frequencies({("gezien", "bol"): [1, 1, 1, 1, 96], ("gezien", "bbl"): [0, 0, 6, 4, 2]},
                        dimensions=["leerweg"])
    shown = words_of(plot_bars(table))
    assert "overdag op school (n\u00a0=\u00a0100)" in shown
    assert "vooral op het werk (n\u00a0=\u00a012)" in shown
    assert "percentage binnen elke groep" in shown


def test_groups_of_the_same_size_still_have_a_base_each():
    table = frequencies({("gezien", "bol"): [0, 0, 0, 10, 10], ("gezien", "bbl"): [5, 5, 5, 5, 0]},
                        dimensions=["leerweg"])
    shown = words_of(plot_bars(table))
    assert "percentage binnen elke groep" in shown
    assert "vooral op het werk (n\u00a0=\u00a020)" in shown


def test_a_hidden_count_is_a_dash_without_a_bar():
    figure = plot_bars(frequencies({"gezien": [None, None, 31, 101, 50]}, base=190))
    assert lengths(figure)[:2] == [0, 0]
    assert words_of(figure).count("–") == 2
    assert "oneens niet getoond" in figure.alt


def test_a_state_is_drawn_in_words():
    table = frequencies({"gezien": [4, 12, 31, 101, 50]})
    table = replace(table, data=table.data.assign(state="not_asked", n=NAN, share=NAN))
    assert words_of(plot_bars(table)).count("niet gevraagd") == 5


def test_an_interval_is_a_line_from_low_to_high():
    axes = plot_bars(frequencies({"gezien": [10, 10, 10, 10, 10]}, interval=0.1)).picture.axes[0]
    assert [list(line.get_xdata()) for line in axes.lines][0] == pytest.approx([10, 30])
    assert len(axes.lines) == 5


def test_one_answer_of_several_items_gives_a_row_for_each_item_by_size():
    table = frequencies({"niet_leuk": [83, 120], "moet": [144, 59], "beide": [67, 136]},
                        answers={"ja": "ja", "nee": "nee"})
    figure = plot_bars(table, values=["ja"])
    assert lengths(figure) == [70.94, 40.89, 33.0]  # of 203
    assert "Alleen het antwoord ‘ja’." in figure.alt
    assert "Alleen het antwoord ‘nee’." in words_of(plot_bars(table, values=["nee"]))
    assert lengths(plot_bars(table, values=["ja"], sort="asked")) == [40.89, 70.94, 33.0]


def test_coverage_is_drawn_of_the_population():
    table = counted("coverage", {
        "margin": ["total", "leerweg", "leerweg"], "value": ["total", "bol", "bbl"],
        "n": [203, 189, 14], "population": [1513, 1247, 266],
        "coverage": [203 / 1513, 189 / 1247, 14 / 266], "share": [1, 189 / 203, 14 / 203],
        "state": "shown",
    })
    figure = plot_bars(table)
    assert lengths(figure) == [13.42, 15.16, 5.26]
    assert "14 van 266 (5,3 %)" in words_of(figure)
    assert "vooral op het werk 14 van 266 (5,3 %)" in figure.alt


def test_a_margin_with_a_value_of_its_own_name_is_a_group_like_the_others():
    level = Item(name="niveau_3", kind="ordinal", label="niveau", values=("niveau_2", "niveau_3"))
    table = counted("coverage", {
        "margin": ["total", "niveau_3", "niveau_3"], "value": ["total", "niveau_2", "niveau_3"],
        "n": [98, 35, 63], "population": [786, 318, 468], "state": "shown",
        "coverage": [98 / 786, 35 / 318, 63 / 468], "share": [1, 35 / 98, 63 / 98],
    }, sources=(source(items=[level]),))
    shown = words_of(plot_bars(table))
    assert shown.count("niveau") == 1
    assert shown.index("niveau_2") < shown.index("niveau_3")
    assert lengths(plot_bars(table)) == [12.47, 11.01, 13.46]


def test_answers_items_and_groups_with_the_same_words_stay_apart():
    same = {"v1": "anders", "v2": "anders"}
    items = [question(name, same, words="Toelichting") for name in ("a", "b")]
    roads = track(dict.fromkeys(("nl", "en"), {"bol": "weg", "bbl": "weg"}))
    table = frequencies({(item, group): [30, 70] for item in ("a", "b")
                         for group in ("bol", "bbl")}, dimensions=["leerweg"], answers=same,
                        items=[*items, roads])
    figure = plot_bars(table)
    middles = {round(bar.get_y(), 4) for bar in figure.picture.axes[0].patches}
    assert len(middles) == 8
    assert words_of(figure).count("anders") == 4
    assert figure.alt.count("anders 30 (30,0 %), anders 70 (70,0 %)") == 4


def test_nonresponse_shows_who_broke_off_and_what_was_skipped():
    table = counted("nonresponse", {"leerweg": ["bol", "total"], "n": [50.0, 60.0],
                                    "broke_off": [5.0, 9.0], "base": [1000.0, 1200.0],
                                    "skipped": [20.0, 30.0], "share": [0.02, 0.025],
                                    "state": "shown"}, dimensions=("leerweg",))
    figure = plot_bars(table)
    assert lengths(figure) == [10, 15, 2, 2.5]
    assert {"gestopt", "overgeslagen", "9 van 60 (15 %)", "30 van 1.200 (2,5 %)"} <= {
        *words_of(figure)}


@pytest.mark.parametrize(("bases", "words"), [
    ([4, 4, 12, 12], "percentage binnen elke groep"),     # shares of the row
    ([16, 16, 16, 16], "percentage van 16 studenten"),    # shares of the total
])
def test_a_crosstab_says_of_what_its_shares_are(bases, words):
    n = [1, 3, 4, 8]
    table = counted("crosstab", {"niveau": ["2", "2", "3", "3"], "leerweg": ["a", "b", "a", "b"],
                                 "n": n, "base": bases, "state": "shown",
                                 "share": [one / base for one, base in zip(n, bases, strict=True)]},
                    dimensions=("niveau", "leerweg"))
    assert words in words_of(plot_bars(table))


def test_a_table_of_another_kind_is_refused():
    with pytest.raises(DataError, match=r"estimate Table; plot_bars draws frequency, crosstab, co"):
        plot_bars(counted("estimate", {"item": ["cijfer"], "estimate": [7.1]}))


def test_a_table_without_rows_is_refused():
    with pytest.raises(DataError, match="no rows, so there is nothing to draw"):
        plot_bars(frequencies({}))


@pytest.mark.parametrize(("options", "words"), [
    ({"measure": "percent"}, "measure='percent' is unknown. Use share or n"),
    ({"values": ["v1", "v9"]}, r"values=\['v1', 'v9'\] is not a choice .*v1, v2, v3, v4, v5"),
    ({"values": []}, "Use one or more of these"),
])
def test_a_strange_request_is_refused(options, words):
    with pytest.raises(DataError, match=words):
        plot_bars(frequencies({"gezien": [4, 12, 31, 101, 50]}), **options)


def test_the_alternative_text_states_the_data():
    figure = plot_bars(frequencies({"gezien": [2, 12, 31, 40, 5]},
                                   items=[question("gezien", words="Wat vind je?")]))
    assert figure.alt == (
        "Staafdiagram. Wat vind je? helemaal oneens 2 (2 %), oneens 12 (13 %), neutraal 31 (34 %), "
        "eens 40 (44 %), helemaal eens 5 (6 %). Basis: 90 studenten."
    )


def test_the_picture_carries_source_and_what_was_made_up_and_the_rest_stands_under_the_table():
    table = frequencies({"gezien": [4, 12, 31, 101, 50]}, language="en")
    shown = words_of(plot_bars(table))
    assert "Source: Student survey · made-up data" in shown
    assert not any(table.fingerprint in one for one in shown)
    assert BASE["en"] in repr(table) and table.fingerprint in repr(table)


def test_groups_of_which_nothing_can_be_shown_are_named_and_not_drawn():
    hidden = {("gezien", f"k{n}"): [None] * 5 for n in range(2, 9)}
    table = frequencies({("gezien", "k1"): [8, 12, 31, 40, 9], **hidden}, dimensions=["klas"],
                        base=100)
    figure = plot_bars(table)
    assert len(figure.picture.axes[0].patches) == 5
    assert "te klein is om te tonen: k2, k3, k4, k5, k6, k7 en k8." in figure.alt
    everything = frequencies(hidden, dimensions=["klas"], base=100)
    assert len(plot_bars(everything).picture.axes[0].patches) == 35


OPTIONS = {"plannen": "plannen", "toetsen": "toetsen", "geld": "geld", "anders": "iets anders",
           "geen": "geen hulp"}


def options(*counts, base=None, **fields):
    item = question("hulp", OPTIONS, words="Waarbij?", kind="multiple",
                    exclusive=("anders",), **fields)
    return frequencies({"hulp": list(counts)}, answers=OPTIONS, items=[item], base=base)


def title(figure):
    return figure.around.title.replace("\n", " ")


def colours(figure):
    bars = sorted(figure.picture.axes[0].patches, key=lambda bar: bar.get_y())
    return [to_hex(bar.get_facecolor()) for bar in bars]


def test_options_stand_by_size_with_something_else_last_and_grey():
    figure = plot_bars(options(10, 40, 20, 30, 0))
    assert lengths(figure) == [40, 20, 10, 0, 30]
    assert colours(figure)[-1] == REST
    assert lengths(plot_bars(options(10, 40, 20, 30, 0), sort="asked")) == [10, 40, 20, 30, 0]


def test_the_title_names_a_first_place_that_leads_by_two_units_and_five_points():
    figure = plot_bars(options(60, 20, 15, 5, 0))
    assert title(figure) == "Het vaakst: ‘plannen’, 60 van de 100 studenten (60 %)"
    assert colours(figure)[:2] == [MARK, COUNT]
    assert figure.around.subtitle == "Waarbij? · studenten die de vraag kregen en antwoord gaven"


@pytest.mark.parametrize(("counts", "words"), [
    ((41, 39, 15, 5, 0),  # two points
     "Het vaakst, ongeveer even vaak: ‘plannen’ en ‘toetsen’ (41 en 39 van de 100 studenten)"),
    ((40, 40, 15, 5, 0), "Het vaakst, even vaak: ‘plannen’ en ‘toetsen’, elk 40 van de 100 "
                         "studenten"),
    ((6, 5, 1, 0, 0),  # eight points of twelve, and one unit
     "Het vaakst, ongeveer even vaak: ‘plannen’ en ‘toetsen’ (6 en 5 van de 12 studenten)"),
    ((2, 1, 1, 0, 0), "2 van de 4 studenten: ‘plannen’"),
    ((2, 2, 0, 0, 0), "Elk bij 2 van de 4 studenten: ‘plannen’ en ‘toetsen’"),
    ((25, 25, 25, 0, 25), "Niets springt eruit: alle antwoorden ongeveer even vaak, elk 25 van de "
                          "100 studenten"),
    ((0, 0, 0, 4, 0), "Waarbij?"),
])
def test_a_tie_is_said_as_a_tie(counts, words):
    assert title(plot_bars(options(*counts))) == words


@pytest.mark.parametrize(("counts", "words"), [
    # Tango's interval of the difference for the widest spread that two counts of 100 allow, by
    # paired_difference, which holds his own example: 60 and 40 give 0.4 to 38.1 points, 59 and 41
    # -1.6 to 36.3
    ((60, 20, 15, 5, 0), "Het vaakst: ‘plannen’"),
    ((60, 40, 0, 0, 0), "Het vaakst: ‘plannen’"),
    ((59, 41, 0, 0, 0), "Waarbij?"),
    ((40, 30, 20, 10, 0), "Waarbij?"),
])
def test_a_first_place_in_a_sample_needs_a_difference_above_0(counts, words):
    table = options(*counts)
    for half in (0.01, 0.3):  # whether the intervals of the shares overlap does not decide
        data = table.data.assign(low=table.data["share"] - half, high=table.data["share"] + half)
        assert title(plot_bars(replace(table, data=data))).startswith(words)


def test_more_who_need_nothing_than_who_need_anything_are_said_first():
    assert title(plot_bars(options(30, 10, 5, 55, 0))) == (
        "‘iets anders’ 55 van de 100 studenten; daarnaast het vaakst: ‘plannen’, 30 van de 100 "
        "studenten (30 %)")


def test_groups_beside_each_other_give_no_finding_also_when_they_are_of_one_size():
    table = frequencies({("gezien", "bol"): [0, 0, 0, 5, 15], ("gezien", "bbl"): [5, 5, 5, 5, 0]},
                        dimensions=["leerweg"])
    assert title(plot_bars(table)) == "Ik voel mij gezien door mijn coach – naar leerweg"


def test_a_hidden_count_gives_no_finding_and_stands_last_in_the_order_of_the_table():
    figure = plot_bars(options(None, 40, 20, 30, None, base=100))
    assert title(figure) == "Waarbij?"
    assert lengths(figure) == [40, 20, 0, 0, 30]


def test_the_question_can_be_the_title():
    figure = plot_bars(options(60, 20, 15, 5, 0), title="question")
    assert title(figure) == "Waarbij?"
    assert set(colours(figure)[:3]) == {COUNT}


def test_what_the_caller_marks_is_bold_too_and_strange_names_are_refused():
    figure = plot_bars(options(60, 20, 15, 5, 0), highlight=["geld"])
    assert colours(figure) == [COUNT, COUNT, MARK, COUNT, REST]
    assert {one.get_text() for one in figure.picture.texts if one.get_fontweight() == "bold"} >= {
        "geld", "15 (15,0 %)"}
    assert MARK not in colours(plot_bars(options(60, 20, 15, 5, 0), highlight=[]))
    with pytest.raises(DataError, match="highlight='gel' is not in this figure. There is anders,"):
        plot_bars(options(60, 20, 15, 5, 0), highlight=["gel"])


def test_the_axis_runs_to_the_base_so_that_figures_can_be_compared():
    few, many = (plot_bars(options(*counts)) for counts in ((9, 1, 1, 1, 88), (60, 20, 15, 5, 0)))
    assert few.picture.axes[0].get_xlim() == many.picture.axes[0].get_xlim() == (0, 100)
    assert plot_bars(options(9, 1, 1, 1, 40), measure="n").picture.axes[0].get_xlim() == (0, 52)


def test_an_order_that_is_not_known_is_refused():
    with pytest.raises(DataError, match="sort='groot' is unknown. Use size or asked."):
        plot_bars(options(1, 2, 3, 4, 5), sort="groot")
