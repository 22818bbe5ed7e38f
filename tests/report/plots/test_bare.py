"""A page that gives title and footer itself gets the plot as it was drawn: nothing moves."""

import io
import re

import numpy as np
import pytest
from builders.codings import coded, pairs
from builders.help_questions import service, students
from builders.help_questions import teams as help_teams
from builders.register import register
from builders.responses import answers
from builders.tables import frequencies
from builders.team_answers import teams
from PIL import Image

import wbkit as wb

DPI = 100
TASKS = {"nu": {"kind": "nominal", "values": ["coach", "dienst"]},
         "straks": {"kind": "nominal", "values": ["coach", "dienst"]}}
LAYERS = {"laag": {"kind": "ordinal", "values": ["hele team", "groepen"]},
          "pijler": {"kind": "nominal", "values": ["educatie", "omgeving"]}}
MARKS = {"cijfer": {"kind": "numeric", "range": [1, 10]},
         "leerweg": {"kind": "nominal", "values": ["bol", "bbl"]}}


def scale():
    return frequencies({"gezien": [4, 12, 31, 101, 50]})


def marks():
    return answers({"cijfer": [6.0, 7, 8, 7, 5, 9], "leerweg": ["bol", "bbl"] * 3}, items=MARKS,
                   design="srs")


def tasks():
    data = {"nu": ["coach", "coach", "dienst"], "straks": ["dienst"] * 3}
    return wb.frequency(answers(data, items=TASKS, unit="team", design="joint"), list(data))


def layers():
    data = {"laag": ["hele team", "hele team", "groepen"],
            "pijler": ["educatie", "omgeving", "educatie"]}
    return wb.frequency(answers(data, items=LAYERS), "pijler", by="laag")


def joint():
    return wb.joint_display([students(), help_teams(), service()], theme={"geld": "geld"})


def conversations():
    return wb.saturation(coded(("1", 0, 5, "a", "anke"), ("2", 0, 5, "b", "anke")))


FIGURES = {
    "plot_bars": lambda size: wb.plot_bars(scale(), size=size),
    "plot_likert": lambda size: wb.plot_likert(scale(), size=size),
    "plot_parts": lambda size: wb.plot_parts(scale(), size=size),
    "plot_pyramid": lambda size: wb.plot_pyramid(layers(), size=size),
    "plot_units": lambda size: wb.plot_units(
        wb.team_answers(teams(), ["keuze"], by="team"), size=size),
    "plot_dumbbell": lambda size: wb.plot_dumbbell(
        tasks(), pairs=[("nu", "straks")], value="coach", size=size),
    "plot_trend": lambda size: wb.plot_trend(
        wb.trend(wb.clean(register()), "traag", year="jaar", by="team"), size=size),
    "plot_joint": lambda size: wb.plot_joint(joint(), size=size),
    "plot_heatmap": lambda size: wb.plot_heatmap(joint(), size=size),
    "plot_estimates": lambda size: wb.plot_estimates(
        wb.estimate(marks(), "cijfer", by="leerweg"), size=size),
    "plot_forest": lambda size: wb.plot_forest(
        wb.compare(marks(), ["cijfer"], "leerweg"), size=size),
    "plot_agreement": lambda size: wb.plot_agreement(
        wb.agreement(pairs(9, 4, 5, 20), unit="document"), size=size),
    "plot_saturation": lambda size: wb.plot_saturation(conversations(), size=size),
}
CASES = [(plot, size) for plot in FIGURES for size in ("a4", "phone")]


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("L")).astype(int)


def test_every_plot_is_tried():
    assert set(FIGURES) == {name for name in wb.__all__ if name.startswith("plot_")}


@pytest.mark.parametrize(("plot", "size"), CASES)
def test_a_bare_picture_is_the_whole_one_between_its_title_and_its_footer(plot, size):
    figure = FIGURES[plot](size)
    whole, bare = pixels(figure.png(dpi=DPI)), pixels(figure.png(dpi=DPI, bare=True))
    top, foot = round(figure.around.head * DPI), round(figure.around.foot * DPI)
    assert bare.shape == (foot - top, whole.shape[1])
    assert (bare < 200).any()
    assert (bare == whole[top:foot]).all()


@pytest.mark.parametrize(("plot", "size"), CASES)
def test_a_bare_svg_draws_at_the_places_of_the_whole_one(plot, size):
    figure = FIGURES[plot](size)
    whole, bare = (figure.svg(bare=one, fonts=False).decode() for one in (False, True))
    assert drawn(bare) and drawn(bare) <= drawn(whole)
    _, top, width, height = map(float, re.search(r'viewBox="([^"]+)"', bare)[1].split())
    assert width == pytest.approx(72 * figure.picture.get_size_inches()[0], abs=0.01)
    assert (top, top + height) == pytest.approx(
        (72 * figure.around.head, 72 * figure.around.foot), abs=0.01)


def drawn(svg):
    """Return the lines of an SVG and its words, each with its place."""
    return {" ".join(one.split()) for one in re.findall(r' d="[^"]+"| x="[^<]+<', svg)}
