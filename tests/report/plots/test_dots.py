"""Dots of estimates and of agreement: on the whole range, with the interval of the design."""

import pytest
from builders.codings import coded, pairs, random_passages
from builders.responses import answers
from builders.scales import scaled
from oracles.drawn_boxes import faults
from oracles.drawn_marks import dots, faces, intervals

import wbkit as wb
from wbkit.coding.agreement.agreement import agreement
from wbkit.coding.code_patterns import saturation
from wbkit.errors import DataError
from wbkit.report.plots.dots import plot_agreement, plot_estimates
from wbkit.report.plots.lines import plot_saturation

ITEMS = {"cijfer": {"kind": "numeric", "range": [1, 10], "label": "Cijfer"},
         "uren": {"kind": "numeric"}, "leerweg": {"kind": "nominal", "values": ["bol", "bbl"]}}
DATA = {"cijfer": [6.0, 7, 8, 7, 5, 9], "uren": [10.0, 20, 30, 25, 15, 30],
        "leerweg": ["bol", "bol", "bol", "bbl", "bbl", "bbl"]}


def given(design="srs", **fields):
    return answers(DATA, items=ITEMS, design=design, **fields)


def axes_of(figure):
    return figure.picture.axes[0]


def test_every_group_is_a_dot_with_the_line_of_its_interval():
    table = wb.estimate(given(), "cijfer", by="leerweg")
    figure = plot_estimates(table)
    assert dots(figure) == table.data["estimate"].tolist()
    assert [one[:2] for one in intervals(figure)] == list(
        table.data[["low", "high"]].itertuples(index=False, name=None))


def test_the_axis_is_the_range_of_the_item_so_that_a_small_difference_looks_small():
    low, high = axes_of(plot_estimates(wb.estimate(given(), "cijfer", by="leerweg"))).get_xlim()
    assert low == pytest.approx(1, abs=0.2) and high >= 10


@pytest.mark.parametrize("call", [
    lambda: wb.estimate(given(), "uren", by="leerweg"),
    lambda: wb.estimate(given(), "cijfer", "ratio", per="uren"),
    lambda: wb.estimate(given(), "leerweg", "share"),
])
def test_without_a_range_the_axis_holds_nought(call):
    low, high = axes_of(plot_estimates(call())).get_xlim()
    assert low <= 0 < high


def test_shares_are_written_as_percentages():
    data = {name: values * 3 for name, values in DATA.items()}
    table = wb.estimate(answers(data, items=ITEMS, design="srs"), "leerweg", "share")
    figure = plot_estimates(table)
    assert axes_of(figure).get_xlabel() == "percentage"
    assert "bol (n = 18): 50 %" in figure.alt.replace("\N{NO-BREAK SPACE}", " ")


def test_without_an_interval_there_is_a_dot_alone():
    figure = plot_estimates(wb.estimate(given("convenience"), "cijfer"))
    assert (dots(figure), intervals(figure)) == ([7.0], [])
    assert not any("Streep" in one.get_text() for one in figure.picture.texts)


def test_a_second_interval_is_thinner_and_named():
    design = {"kind": "convenience", "population": 60, "margins": {"leerweg": {"bol": 30,
                                                                               "bbl": 30}}}
    data = {name: values * 5 for name, values in DATA.items()}
    who = wb.assume(answers(data, items=ITEMS, design=design), "random within strata")
    figure = plot_estimates(wb.estimate(who, "cijfer"))
    narrow, wide = intervals(figure)
    assert wide[2] < narrow[2]
    assert wide[0] < narrow[0]
    assert any("ontwerpeffect van 2" in one.get_text() for one in figure.picture.texts)


def test_hidden_groups_have_no_dot_and_say_so():
    who = answers({name: values * 2 + values[:3] for name, values in DATA.items()} | {
        "leerweg": ["bol"] * 14 + ["bbl"]}, items=ITEMS, design="srs", synthetic=False)
    table = wb.estimate(who, "cijfer", by="leerweg")
    figure = plot_estimates(table)
    assert set(table.data["state"]) == {"hidden"}
    assert (dots(figure), intervals(figure)) == ([], [])
    assert "bbl: –" in figure.alt


def test_the_words_of_a_score_stand_beside_the_dots():
    data = {"a": ["soms", "vaak", "nooit"] * 4, "b": ["vaak", "vaak", "soms"] * 4}  # 2 and 8 / 3
    figure = plot_estimates(wb.estimate(wb.score(scaled(data), "s"), "s"))
    assert "2,33" in figure.alt
    assert "Niet gevalideerd" in repr(figure.table)


def test_nothing_overlaps_with_long_names():
    names = [f"een opleiding met een heel lange naam en nog iets erbij, nummer {n}" for n in (1, 2)]
    items = ITEMS | {"leerweg": {"kind": "nominal", "values": names}}
    who = answers(DATA | {"leerweg": [names[0]] * 3 + [names[1]] * 3}, items=items, design="srs")
    figure = plot_estimates(wb.estimate(who, "cijfer", by="leerweg"))
    assert faults(figure) == []
    assert all(name in figure.alt for name in names)


def test_a_word_that_is_broken_in_the_picture_is_whole_in_words():
    name = "beroepsopleidingscoördinatie" * 2
    items = ITEMS | {"leerweg": {"kind": "nominal", "values": [name, "bbl"]}}
    who = answers(DATA | {"leerweg": [name] * 3 + ["bbl"] * 3}, items=items)
    figure = plot_estimates(wb.estimate(who, "cijfer", by="leerweg"))
    assert any(one.get_text().endswith("-") for one in figure.picture.texts)
    assert f"{name} (n = 3)" in figure.alt.replace("\N{NO-BREAK SPACE}", " ")


def test_another_table_is_refused():
    with pytest.raises(wb.DataError, match="this is a frequency Table with 2 rows; plot_estimates"):
        plot_estimates(wb.frequency(given(), "leerweg"))


@pytest.mark.parametrize(("statistic", "words"), [("mean", "gemiddelde"), ("total", "totaal"),
                                                  ("share", "percentage")])
def test_the_axis_says_what_was_estimated(statistic, words):
    who = answers(DATA, items=ITEMS, design={"kind": "srs", "invited": 6, "population": 60})
    item = "leerweg" if statistic == "share" else "uren"
    assert axes_of(plot_estimates(wb.estimate(who, item, statistic))).get_xlabel() == words


def test_each_code_has_a_dot_and_its_words():
    figure = plot_agreement(
        agreement(pairs(20, 5, 10, 15), unit="document", measures=["kappa"]), measure="cohen")
    assert "Cohens kappa: a: 0,40 (" in figure.alt
    assert dots(figure) == pytest.approx([0.4])
    assert figure.png().startswith(b"\x89PNG")


def test_a_dot_on_few_documents_is_hollow():
    figure = plot_agreement(agreement(random_passages(1), unit="document",
                                      measures=["alpha"]))
    assert set(faces(figure)) == {"#ffffff"}
    words = " ".join(text.get_text() for text in figure.picture.texts)
    assert "Open punt met stippellijn" in words


def test_a_number_that_does_not_exist_is_a_reason():
    table = agreement(coded(("1", 0, 5, "b", "anke"), ("1", 0, 5, "b", "bram")), unit="document",
                      codes=["a", "b"], measures=["alpha"])
    assert "a: geen verschil tussen eenheden" in plot_agreement(table).alt


def test_counts_of_few_documents_are_no_dots():
    with pytest.raises(DataError, match="holds counts and no coefficient to draw, because fewer"):
        plot_agreement(agreement(pairs(2, 1, 1, 2), unit="document"))


def test_a_table_of_another_kind_is_refused():
    table = saturation(coded(("1", 0, 5, "a", "anke")))
    with pytest.raises(DataError, match="draws a Table of agreement"):
        plot_agreement(table)
    with pytest.raises(DataError, match="there is prevalence:anke"):
        plot_agreement(agreement(pairs(2, 1, 1, 2)), measure="f1")
    with pytest.raises(DataError, match="one of saturation"):
        plot_saturation(agreement(pairs(2, 1, 1, 2)))
