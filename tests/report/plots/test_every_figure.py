"""Every kind of figure, in both languages: nothing cut off, nothing on top of something else."""

import matplotlib
import pytest
from builders.tables import IDS, NAN, SCALE, frequencies, question
from oracles.drawn_boxes import faults

from wbkit.report.plots.bars import plot_bars
from wbkit.report.plots.likert import plot_likert
from wbkit.table.facts import ItemNotes

LONG = {
    "nl": "Als ik ergens mee zit, op school, op mijn stage of thuis, dan weet ik bij welke "
          "begeleidingscommissievergadering-voorbereidingsgroepslid ik daarvoor terechtkan",
    "en": "When something worries me, at school, on my placement or at home, I know to which of "
          "the many people who could support me I can turn without being sent away again",
}
SHAPES = {
    "one item": ({"gezien": [4, 12, 31, 101, 50]}, {}),
    "interval": ({"gezien": [4, 12, 31, 101, 50]}, {"interval": 0.06}),
    "one value takes all": ({"gezien": [0, 0, 0, 0, 1198]}, {}),
    "nobody answered": ({"gezien": [0, 0, 0, 0, 0]}, {}),
    "base under 10": ({"gezien": [0, 1, 1, 5, 2]}, {}),
    "base of 10": ({"gezien": [0, 1, 1, 6, 2]}, {}),
    "hidden": ({"gezien": [None, None, 31, 101, 50]}, {"base": 190}),
    "all hidden": ({"gezien": [None] * 5}, {"base": NAN}),
    "two groups": ({("gezien", "bol"): [4, 12, 31, 101, 50], ("gezien", "bbl"): [0, 0, 1, 4, 2]},
                   {"dimensions": ["leerweg"]}),
    "two items in two groups": (
        {(item, group): [40, 0, 31, 10, 50]
         for item in ("gezien", "tijd") for group in ("bol", "bbl")},
        {"dimensions": ["leerweg"]}),
    "six groups": ({("gezien", f"team {place}"): [place, 2, 3, 40, None] for place in range(6)},
                   {"dimensions": ["team"], "base": 60}),
    "twenty items": ({f"vraag_{place}": [place, 20, 3, 40 + place, 9] for place in range(20)}, {}),
}
PLOTS = {
    "bars": plot_bars,
    "counts": lambda table: plot_bars(table, measure="n"),
    "one answer": lambda table: plot_bars(table, values=[IDS[3]]),
    "diverging": plot_likert,
    "stacked": lambda table: plot_likert(table, style="stacked"),
}


def made(shape, language, **more):
    counts, options = SHAPES[shape]
    return frequencies(counts, language=language, **options | more)


# A hundred bars take a second to measure: once is enough.
CASES = [(plot, shape, language) for plot in PLOTS for shape in SHAPES for language in ("nl", "en")
         if shape != "twenty items" or plot == "diverging" or (plot, language) == ("bars", "nl")]


@pytest.mark.parametrize(("plot", "shape", "language"), CASES)
def test_nothing_is_cut_off_or_overlaps(plot, shape, language):
    figure = PLOTS[plot](made(shape, language))
    assert faults(figure, words_in_bars=plot in ("diverging", "stacked")) == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("plot", PLOTS)
def test_long_words_are_wrapped_and_stay_whole(plot, language):
    answers = {key: f"{LONG[language]} {words}"
               for key, words in zip(IDS, SCALE[language], strict=True)}
    items = [question(name, answers, words=LONG[language] + end, note=LONG[language] * 2)
             for name, end in (("gezien", ""), ("tijd", "?"))]
    table = made("two items in two groups", language, answers=answers, items=items,
                 facts=[ItemNotes(("gezien", "tijd"))])
    figure = PLOTS[plot](table)
    assert faults(figure, words_in_bars=plot in ("diverging", "stacked")) == []
    written = "".join(text.get_text() for text in figure.picture.texts).replace("-", "")
    assert LONG[language].replace("-", "").replace(" ", "") in written.replace(" ", "")


@pytest.mark.parametrize("plot", PLOTS)
def test_a_picture_is_the_same_when_drawn_again_whatever_the_settings(plot):
    table = made("two groups", "nl")
    first = PLOTS[plot](table).png()
    with matplotlib.rc_context({"font.family": "serif", "savefig.bbox": "tight", "font.size": 20,
                                "axes.facecolor": "red", "lines.linewidth": 9}):
        figure = PLOTS[plot](table)
        assert figure.png() == figure.png() == first


def test_a_formula_sign_in_a_question_is_printed_as_it_stands():
    asked = question("gezien", words="Krijg je $10 of $20?")
    figure = plot_bars(made("one item", "nl", items=[asked]))
    written = " ".join(text.get_text() for text in figure.picture.texts)
    assert "Krijg je $10 of $20?" in written
    assert not any(text.get_parse_math() for text in figure.picture.texts)


def test_an_overlap_would_be_found():
    figure = plot_bars(made("one item", "nl"))
    figure.picture.text(0.5, 0.5, "midden in een staaf die er al was", fontsize=20)
    assert any(fault.startswith(("overlap", "on a bar")) for fault in faults(figure))


def test_words_that_are_cut_off_would_be_found():
    figure = plot_bars(made("one item", "nl"))
    figure.picture.text(0.99, 0.5, "te ver naar rechts")
    assert "cut off: te ver naar rechts" in faults(figure)
