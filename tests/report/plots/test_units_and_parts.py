"""Rounds for teams, pairs, bars in parts and the pyramid: what is drawn, and what is said."""

import json
from dataclasses import replace

import pytest
from builders.responses import answers
from builders.tables import frequencies, question
from matplotlib.colors import to_hex
from matplotlib.patches import Circle
from oracles.drawn_boxes import faults, words_of

import wbkit as wb
from wbkit.report.style import COUNT, PAPER, STRENGTH

LAYERS = ("hele team", "alle studenten", "groepen", "enkele studenten")
TEAMS = {"kind": "nominal", "values": ["zorg", "bouw", "handel", "media", "groen"]}
WISHES = {"kind": "multiple", "values": ["gesprekken", "signaleren", "onderzoek", "niets"],
          "other": "iets anders", "exclusive": ["niets"],
          "label": {"nl": "Waarin groeien?", "en": "Grow in what?"}}


@pytest.fixture(scope="module")
def teams():
    data = {"team": ["zorg", "bouw", "handel", "media"],
            "groei:gesprekken": [True, False, True, False],
            "groei:signaleren": [True, True, False, False],
            "groei:onderzoek": [False, False, False, True],
            "groei:niets": [False] * 4, "groei:other": [False] * 4}
    return answers(data, items={"team": TEAMS, "groei": WISHES}, unit="team", design="joint",
                   missing_units={"groen": {
                       "nl": "deed niet mee", "en": "did not take part"}})


@pytest.fixture(scope="module")
def wishes(teams):
    return wb.team_answers(teams, ["groei"], by="team")


def rounds(figure):
    return [one for one in figure.picture.artists if isinstance(one, Circle)]


def title(figure):
    return figure.around.title.replace("\n", " ")


def test_a_round_is_filled_for_a_team_that_gave_the_answer(wishes):
    figure = wb.plot_units(wishes)
    filled = [to_hex(one.get_facecolor()) == COUNT for one in rounds(figure)]
    assert filled[:10] == [True, False, True, False, False,  # gesprekken: zorg, handel
                           True, True, False, False, False]  # signaleren: zorg, bouw
    assert words_of(figure).count("2 van 4") == 2
    assert "gesprekken: 2 van 4 (zorg en handel)." in figure.alt


def test_a_team_that_did_not_take_part_is_dotted_and_named(wishes):
    figure = wb.plot_units(wishes)
    dotted = [one for one in rounds(figure) if one.get_linestyle() in (":", "dotted")]
    assert len(dotted) == 4  # its column, one in each row
    assert "Gestippeld, deed niet mee: groen." in words_of(figure)
    assert "Gestippeld, deed niet mee: groen." in figure.alt


def test_the_title_says_that_answers_tie(wishes):
    assert title(wb.plot_units(wishes)) == ("Elk bij 2 van de 4 teams: ‘gesprekken’ en "
                                            "‘signaleren’")
    assert title(wb.plot_units(wishes, title="question")) == "Waarin groeien? – naar team"


def test_rounds_of_teams_refuse_other_tables_and_several_questions(teams, wishes):
    with pytest.raises(wb.DataError, match="draws the joint answers of teams, .* frequency Table"):
        wb.plot_units(wb.frequency(teams, "groei"))
    two = replace(wishes, data=wishes.data.assign(
        item=["groei", "team"] * (len(wishes.data) // 2) + ["groei"] * (len(wishes.data) % 2)))
    with pytest.raises(wb.DataError, match="one answer to several .* here are 2 items"):
        wb.plot_units(two)


NOW = {"kind": "nominal", "values": ["coach", "dienst"], "label": {"nl": "wie nu"}}


@pytest.fixture(scope="module")
def tasks():
    data = {"n_a": ["coach", "coach", "coach", "dienst"], "i_a": ["dienst"] * 4,
            "n_b": ["coach"] * 4, "i_b": ["coach"] * 4}
    items = {name: NOW | {"short": {"nl": name}} for name in data}
    return wb.frequency(answers(data, items=items, unit="team", design="joint"), list(data))


def test_a_pair_is_drawn_from_now_to_ideal_on_an_axis_to_the_base(tasks):
    figure = wb.plot_dumbbell(tasks, pairs=[("n_a", "i_a"), ("n_b", "i_b")], value="coach")
    assert figure.picture.axes[0].get_xlim() == (0, 4)
    assert {"3 naar 0", "4"} <= set(words_of(figure))
    assert title(figure).startswith("Coach: bij 1 van de 2 is")
    assert faults(figure) == []


def test_pairs_that_are_not_there_are_refused(tasks):
    with pytest.raises(wb.DataError, match="pairs of items .* Not found: i_z"):
        wb.plot_dumbbell(tasks, pairs=[("n_a", "i_z")], value="coach")
    with pytest.raises(wb.DataError, match="the answer 'niemand' to pairs"):
        wb.plot_dumbbell(tasks, pairs=[("n_a", "i_a")], value="niemand")


def test_what_was_chosen_draws_the_same_again_after_it_was_written_to_a_file(tasks):
    had = frequencies({"gezien": [10, 40, 150], "tijd": [30, 90, 80]}, answers=HAD)
    for figure in (wb.plot_parts(had, together=GROUPS),
                   wb.plot_dumbbell(tasks, pairs=[("n_b", "i_b"), ("n_a", "i_a")], value="coach")):
        choices = json.loads(json.dumps(figure.choices, sort_keys=True))
        assert figure.plot(figure.table, **choices).png() == figure.png()


HAD = {"a": "hielp niet", "b": "hielp goed", "c": "niet gehad"}
GROUPS = [({"nl": "wel gehad", "en": "had it"}, ["a", "b"])]


def parts(figure):
    bars = figure.picture.axes[0].patches
    return [(round(bar.get_x(), 4), round(bar.get_width(), 4), to_hex(bar.get_facecolor()))
            for bar in bars]


def test_answers_that_are_added_up_are_one_part_and_the_first_is_dark():
    table = frequencies({"gezien": [10, 40, 150], "tijd": [30, 90, 80]}, answers=HAD)
    figure = wb.plot_parts(table, together=GROUPS)
    assert parts(figure) == [(0, 0.6, COUNT), (0.6, 0.4, STRENGTH[0]),
                             (0, 0.25, COUNT), (0.25, 0.75, STRENGTH[0])]
    assert "wel gehad 120 (60 %)" in figure.alt
    assert "had it 120 (60%)" in wb.plot_parts(table, together=GROUPS, language="en").alt
    assert title(figure) == (
        "‘wel gehad’: van 60 % bij ‘Mijn coach neemt genoeg tijd voor mij’ tot 25 % bij ‘Ik voel "
        "mij gezien door mijn coach’")


def test_parts_that_are_not_there_or_hidden_are_refused():
    table = frequencies({"gezien": [10, 40, 150]}, answers=HAD)
    with pytest.raises(wb.DataError, match="together='d' is not one of the answers .*a, b, c"):
        wb.plot_parts(table, together=[("x", ["d"])])
    with pytest.raises(wb.DataError, match="every answer is shown and each unit gave one"):
        wb.plot_parts(frequencies({"gezien": [None, 40, 150]}, answers=HAD, base=200))
    many = {f"v{n}": f"antwoord {n}" for n in range(7)}
    with pytest.raises(wb.DataError, match="there are 7 parts, and plot_parts draws at most 6"):
        wb.plot_parts(frequencies({"gezien": [5] * 7}, answers=many))


def opinions(share):
    scale = ["oneens", "neutraal", "eens"]
    items = {name: {"kind": "ordinal", "values": scale, "short": {"nl": name}}
             for name in ("willen", "doen")}
    data = {"willen": ["eens"] * 8 + ["neutraal"] * 4, "doen": ["eens"] * 5 + ["oneens"] * 7}
    return wb.crosstab(answers(data, items=items), "willen", "doen", share=share)


def test_willing_and_doing_are_one_bar_of_four_parts():
    figure = wb.plot_parts(opinions("total"))
    assert [width for _, width, _ in parts(figure)] == [0.4167, 0.25, 0, 0.3333]  # 5 3 0 4 of 12
    assert "allebei 5 (42 %), alleen: willen 3 (25 %), alleen: doen 0 (0 %)" in figure.alt
    assert "Geteld als ja: ‘eens’." in words_of(figure)
    with pytest.raises(wb.DataError, match="needs shares of the total"):
        wb.plot_parts(opinions("rows"))


def layered(counts):
    rows = [(layer, pillar) for layer, some in zip(LAYERS, counts, strict=True)
            for pillar, n in zip(("educatie", "omgeving"), some, strict=True) for _ in range(n)]
    items = {"laag": {"kind": "ordinal", "values": list(LAYERS)},
             "pijler": {"kind": "nominal", "values": ["educatie", "omgeving"]}}
    data = {"laag": [one for one, _ in rows], "pijler": [one for _, one in rows]}
    return answers(data, items=items)


def test_the_first_layer_is_the_foot_of_the_pyramid_and_each_unit_a_round():
    figure = wb.plot_pyramid(wb.frequency(layered([(2, 1), (9, 0), (1, 1), (0, 1)]), "pijler",
                                          by="laag"))
    slices = [patch.get_path().vertices for patch in figure.picture.axes[0].patches]
    widths = [one[:, 0].max() - one[:, 0].min() for one in slices]
    assert widths == sorted(widths) and len(set(widths)) == 4  # from top to foot
    assert figure.alt.index("hele team: 3 (educatie 2, omgeving 1)") < figure.alt.index("groepen")
    assert len(rounds(figure)) == 2 + 1 + 1 + 1 + 1
    assert "9" in words_of(figure)  # too many for rounds
    assert faults(figure, words_in_bars=True) == []


def test_a_pyramid_of_several_questions_is_refused():
    with pytest.raises(wb.DataError, match="one item by the layers of the pyramid"):
        wb.plot_pyramid(frequencies({"gezien": [1, 2, 3, 4, 5], "tijd": [1, 2, 3, 4, 5]}))


FIGURES = {
    "units": lambda size, teams, tasks: wb.plot_units(
        wb.team_answers(teams, ["groei"], by="team"), size=size),
    "pairs": lambda size, teams, tasks: wb.plot_dumbbell(
        tasks, pairs=[("n_a", "i_a"), ("n_b", "i_b")], value="coach", size=size),
    "parts": lambda size, teams, tasks: wb.plot_parts(frequencies(
        {"gezien": [10, 40, 150], "tijd": [30, 90, 80]}, answers=HAD), together=GROUPS, size=size),
    "four parts": lambda size, teams, tasks: wb.plot_parts(opinions("total"), size=size),
    "pyramid": lambda size, teams, tasks: wb.plot_pyramid(wb.frequency(
        layered([(2, 1), (9, 0), (1, 1), (0, 1)]), "pijler", by="laag"), size=size),
    "bars": lambda size, teams, tasks: wb.plot_bars(frequencies(
        {"gezien": [4, 12, 31, 101, 50]}), size=size),
    "likert": lambda size, teams, tasks: wb.plot_likert(frequencies(
        {"gezien": [4, 12, 31, 101, 50], "tijd": [4, 12, 31, 101, 50]}), size=size),
}


@pytest.mark.parametrize("size", ["a4", "slide", "phone"])
@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_cut_off_or_overlaps_at_any_size(name, size, teams, tasks):
    figure = FIGURES[name](size, teams, tasks)
    assert faults(figure, words_in_bars=True) == []
    assert figure.svg() == FIGURES[name](size, teams, tasks).svg()


def test_a_round_is_white_or_blue_and_nothing_else(wishes):
    colours = {to_hex(one.get_facecolor()) for one in rounds(wb.plot_units(wishes))}
    assert colours == {COUNT, PAPER}


LONG = ("Als ik ergens mee zit, op school of op mijn stage, dan weet ik bij welke "
        "begeleidingscommissievergadering ik terechtkan, nummer {n}")


def long_units():
    names = {f"t{n}": f"Team Grafimediatechnologie en Evenementenorganisatie {n}" for n in range(6)}
    team = {"kind": "nominal", "values": list(names), "value_labels": {"nl": list(names.values())}}
    values = [f"v{n}" for n in range(12)]
    item = {"kind": "multiple", "values": values, "label": {"nl": LONG.format(n=0)},
            "value_labels": {"nl": [LONG.format(n=n) for n in range(12)]}}
    data = {"team": list(names)} | {
        f"groei:{value}": [(n + at) % 3 == 0 for n in range(6)] for at, value in enumerate(values)}
    made = answers(data, items={"team": team, "groei": item}, unit="team", design="joint",
                   missing_units={"Nog een team met een heel lange naam dat er niet was": {
                       "nl": "deed niet mee", "en": "did not take part"}})
    return wb.team_answers(made, ["groei"], by="team")


def long_pairs():
    items = {f"{letter}{n}": NOW | {"short": {"nl": LONG.format(n=n)}}
             for letter in "ni" for n in range(8)}
    data = {name: ["coach"] * (place % 5) + ["dienst"] * (4 - place % 5)
            for place, name in enumerate(items)}
    return wb.frequency(answers(data, items=items, unit="team", design="joint"), list(data))


def long_parts():
    names = {f"v{n}": LONG.format(n=n) for n in range(4)}
    items = [question(f"q{n}", names, words=LONG.format(n=n)) for n in range(5)]
    return frequencies({f"q{n}": [n, 20, 150, 30] for n in range(5)}, answers=names, items=items)


def long_layers():
    layers = [LONG.format(n=n) for n in range(4)]
    items = {"laag": {"kind": "ordinal", "values": layers},
             "pijler": {"kind": "nominal", "values": [
                 "educatieverbetering", "omgevingsfactoren", "signaleringsmethodiek", "beleid"]}}
    data = {"laag": layers * 8, "pijler": items["pijler"]["values"] * 8}
    return wb.frequency(answers(data, items=items), "pijler", by="laag")


LONG_FIGURES = {
    "units": lambda size: wb.plot_units(long_units(), size=size),
    "pairs": lambda size: wb.plot_dumbbell(long_pairs(), pairs=[(f"n{n}", f"i{n}")
                                                                for n in range(8)],
                                           value="coach", size=size),
    "parts": lambda size: wb.plot_parts(long_parts(), size=size),
    "likert": lambda size: wb.plot_likert(long_parts(), size=size),
    "pyramid": lambda size: wb.plot_pyramid(long_layers(), size=size),
    "heatmap": lambda size: wb.plot_heatmap(long_layers(), size=size),
    "answers": lambda size: wb.plot_heatmap(long_units(), size=size),
}


@pytest.mark.parametrize("size", ["a4", "slide", "phone"])
@pytest.mark.parametrize("name", LONG_FIGURES)
def test_long_labels_and_many_categories_are_not_cut_off_and_do_not_overlap(name, size):
    assert faults(LONG_FIGURES[name](size), words_in_bars=True) == []
