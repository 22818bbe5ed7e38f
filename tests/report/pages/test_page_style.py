"""One house style for every page: the colours of a school, as far as they can be seen."""

import re

import pytest
from builders.studies import STUDY, make_study

from wbkit.errors import StudyError
from wbkit.report.pages.page_style import page_style
from wbkit.report.pages.typesetting import typeset
from wbkit.report.style import INK, PAPER, contrast
from wbkit.study.study import load_study

DOT = (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
       b'<circle cx="4" cy="4" r="4"/></svg>')


def study_with(folder, house):
    return load_study(make_study(folder, study=f"{STUDY}\n[house]\n{house}\n"))


def test_a_study_without_a_house_style_gets_colours_that_can_be_read(tmp_path):
    style = page_style(load_study(make_study(tmp_path)))
    for name in ("ink", "soft", "count_ink", "mark_ink"):
        assert contrast(style.colours[name], PAPER) >= 4.5, name
    for name in ("count", "mark", "good"):
        assert contrast(style.colours[name], PAPER) >= 3, name


def test_the_colours_of_the_school_stand_in_the_preamble_and_in_the_css(tmp_path):
    style = page_style(study_with(tmp_path, 'colour = "#7A1F5C"\nhighlight = "#00695C"'))
    assert '#let count = rgb("#7a1f5c")' in style.typst()
    assert "--mark:#00695c;" in style.css()


def test_a_colour_that_is_seen_but_not_read_is_no_colour_for_letters(tmp_path):
    style = page_style(study_with(tmp_path, 'colour = "#D9731A"'))
    assert style.colours["count"] == "#d9731a"
    assert style.colours["count_ink"] == INK


@pytest.mark.parametrize(("house", "words"), [
    ('colour = "#FFD400"', r"house.colour: #ffd400 has a contrast of 1,4 .* seen well from 3 on"),
    ('highlight = "#F0F0F0"', r"house.highlight: #f0f0f0 has a contrast of 1,1"),
    ('colour = "#2b6a94"\nhighlight = "#2b6a98"', r"look the same, so nobody sees what stands out"),
    ('logo = "logo.png"', r"house.logo: there is no file logo.png"),
    ('template = "sjabloon.docx"', r"house.template: there is no file sjabloon.docx"),
])
def test_a_house_style_that_does_not_work_is_refused(tmp_path, house, words):
    with pytest.raises(StudyError, match=words):
        page_style(study_with(tmp_path, house))


@pytest.mark.parametrize(("house", "words"), [
    ('colour = "blauw"', "should have the form"),
    ('logo = "logo.bmp"', r"should end in one of \.svg, \.png, \.jpg, \.jpeg"),
    ('template = "sjabloon.dotx"', r"Word file that ends in \.docx"),
    ('color = "#000000"', "color"),
])
def test_a_fault_in_the_house_style_is_found_when_the_study_is_read(tmp_path, house, words):
    with pytest.raises(StudyError, match=words):
        study_with(tmp_path, house)


def test_the_css_asks_nothing_from_outside(tmp_path):
    css = page_style(load_study(make_study(tmp_path))).css()
    assert not re.findall(r"url\((?!data:)|@import|https?:", css)


def test_a_page_with_logo_and_name_of_the_school_can_be_set(tmp_path):
    make_study(tmp_path)
    (tmp_path / "data" / "logo.svg").write_bytes(DOT)
    style = page_style(study_with(tmp_path, 'school = "De \\"Linde\\""\nlogo = "logo.svg"'))
    page = f'{style.typst()}\n#set document(title: "x", date: none)\n#show: house\n#logo(9mm)\n= x'
    (made,) = typeset(page, {style.logo_file: style.logo})
    assert made.startswith(b"%PDF")
