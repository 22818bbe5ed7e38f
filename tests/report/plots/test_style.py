from itertools import combinations, product

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from wbkit.report.plots.style import GROUPS, scale_colours, text_width, wrap
from wbkit.report.style import (
    COUNT,
    FONTS,
    HALF,
    INK,
    MARK,
    NONE,
    OPINION,
    PAPER,
    SOFT,
    STRENGTH,
    TRACK,
    contrast,
    font_faces,
    ink_on,
)

# Machado, Oliveira & Fernandes (2009), IEEE TVCG 15, 1291-1298: severity 1.0, linear RGB.
SIGHT = {
    "all cones": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = TO_XYZ.sum(axis=1)


def lab(colour, sight):
    """Return CIE L*a*b* of a colour as somebody with this sight sees it."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    x, y, z = TO_XYZ @ np.clip(np.array(SIGHT[sight]) @ linear, 0, 1) / WHITE
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one, two, sight):
    return np.linalg.norm(lab(one, sight) - lab(two, sight))


def test_the_measure_of_colours_agrees_with_a_known_value():
    # sRGB red in CIE L*a*b*, D65: 53.24, 80.09, 67.20 (Lindbloom, CIE colour calculator).
    assert lab("#ff0000", "all cones") == pytest.approx([53.24, 80.09, 67.20], abs=0.1)


@pytest.mark.parametrize("sight", SIGHT)
def test_answers_and_groups_are_told_apart_with_every_sight(sight):
    # A difference of 10 in CIE76 is seen at a glance; 2.3 is just noticed.
    assert min(distance(a, b, sight) for a, b in combinations(OPINION, 2)) > 20
    assert min(distance(a, b, sight) for a, b in combinations(GROUPS, 2)) > 20


@pytest.mark.parametrize("steps", range(2, 8))
def test_words_on_every_colour_of_a_scale_are_legible(steps):
    # WCAG 2.2, 1.4.3: 4.5 for small letters.
    assert min(contrast(ink_on(colour), colour) for sides in product(range(steps), repeat=2)
               if sum(sides) in (steps, steps - 1) for colour in
               scale_colours(sides[0], steps - sum(sides), sides[1])) >= 4.5


def test_bars_stand_out_from_the_paper():
    # WCAG 2.2, 1.4.11: 3 for what is no text.
    assert min(contrast(colour, "#ffffff") for colour in GROUPS) >= 3


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)  # WebAIM


def test_five_answers_have_a_neutral_grey_and_four_have_none():
    red, green, blue = to_rgb(scale_colours(2, 1, 2)[2])
    assert red == green == blue
    assert scale_colours(2, 1, 2) == OPINION
    assert all(len(set(to_rgb(colour))) > 1 for colour in scale_colours(2, 0, 2))


def test_text_is_broken_at_spaces_and_keeps_its_words():
    words = "Mijn coach neemt genoeg tijd voor mij"
    lines = wrap(words, 1.0).split("\n")
    assert len(lines) > 1
    assert " ".join(lines) == words
    assert max(map(text_width, lines)) <= 1.0


def test_a_word_that_is_too_long_is_broken_with_a_hyphen():
    lines = wrap("studentenbegeleidingscommissie", 0.8).split("\n")
    assert len(lines) > 1
    assert all(line.endswith("-") for line in lines[:-1])
    assert "".join(line.removesuffix("-") for line in lines) == "studentenbegeleidingscommissie"


def test_text_is_not_broken_at_a_space_that_does_not_break():
    assert wrap("bol (n\u00a0=\u00a0189)", 0.7) == "bol\n(n\u00a0=\u00a0189)"


def test_no_text_is_one_empty_line():
    assert wrap("", 1.0) == ""


def test_a_word_fits_in_its_own_width_after_rounding():
    width = text_width("deels")
    assert wrap("deels", (width + 1.07) - 1.07 - 1e-9) == "deels"


def test_the_middle_is_grey_wherever_it_stands():
    for before, after in ((3, 1), (1, 3), (0, 4), (4, 0)):
        red, green, blue = to_rgb(scale_colours(before, 1, after)[before])
        assert red == green == blue


def test_a_word_of_a_thousand_letters_is_broken_at_once():
    lines = wrap("v" * 1000, 3).split("\n")
    assert all(text_width(line) <= 3 + 1e-6 for line in lines)
    assert "".join(line.removesuffix("-") for line in lines) == "v" * 1000


def test_words_and_marks_of_the_house_style_have_the_contrast_that_wcag_asks():
    # WCAG 2.2: 4.5 for small letters (1.4.3), 3 for what is no text (1.4.11).
    assert min(contrast(words, paper) for words in (INK, SOFT) for paper in (PAPER, TRACK)) >= 4.5
    assert min(contrast(ink_on(colour), colour)
               for colour in (*STRENGTH, *OPINION, HALF, NONE, COUNT, MARK)) >= 4.5
    assert min(contrast(colour, PAPER) for colour in (COUNT, MARK)) >= 4.5


def test_the_font_comes_with_its_licence_and_asks_nothing_of_the_web():
    assert "SIL Open Font License, Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert font_faces().count("src:url(data:font/woff2;base64,") == 2
    assert "http" not in font_faces()


@pytest.mark.parametrize(("word", "parts"), [
    ("coachgesprekken", "coach-ge-sprek-ken"), ("(de meesten)", "(de mees-ten)"),
    ("deelgenomen", "deel-ge-no-men"), ("begeleidingscommissie", "be-ge-lei-dings-com-mis-sie"),
    ("vertraging", "ver-tra-ging"), ("school", "school"), ("dat", "dat"),
])
def test_a_long_word_is_broken_between_syllables(word, parts):
    # Hyphenation as in the Woordenlijst Nederlandse Taal (woordenlijst.org); of fewer than two
    # letters before or three after a hyphen there is none.
    widths = np.linspace(text_width(word) / 6, text_width(word), 30)
    found = {len(line.rstrip("-")) for width in widths
             for line in wrap(word.split()[-1], width).split("\n")[:1]}
    places = np.cumsum([len(one) for one in parts.split()[-1].split("-")])
    assert found & set(places[:-1].tolist()) or len(places) == 1
    assert {one for one in found if one > places[0]} <= set(places.tolist())


def test_a_last_line_of_one_short_word_is_avoided_without_more_lines():
    words = "Extra gesprekken met je coach: hielp dat?"
    assert wrap(words, text_width(words) - 0.05).split("\n")[1] != "dat?"
    assert wrap(words, text_width(words) - 0.05).count("\n") == 1
    assert wrap("Samenwerkingsverbanden nu", 1.7) == "Samenwerkingsverbanden\nnu"


@pytest.mark.parametrize(("words", "line"), [
    ("van wie er 76 % komt", "76 %"), ("Interviews met leiders (5 interviews)", "(5 interviews)")])
def test_a_number_stays_with_its_sign_or_unit(words, line):
    for width in np.linspace(text_width(line) + 0.05, text_width(words), 20):
        assert line in wrap(words, width).replace("\n", "|")
    assert "|" in wrap(line, text_width(line) - 0.1).replace("\n", "|")
