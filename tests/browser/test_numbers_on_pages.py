"""Every number on the first page and the pages of notebooks stands in a Table of its run."""

import re
from functools import cache

import pytest
from builders.report_studies import numbers_in, numbers_of
from lxml import html
from oracles.added_up import added_up

import wbkit as wb
from wbkit.report.saved_results import read_results

pytestmark = pytest.mark.browser
ANSWERS = ("1", "1a", "1b", "2a", "2b", "3", "3a", "3b")
LANGUAGES = {"": "nl", "-en": "en"}
PLACE = re.compile(r"#(?:table|figure)-(.+)$")
FILE = re.compile(r"\b[\w-]+\.(?:svg|png|xlsx|docx|csv|pdf|md|txt|toml|html|ipynb)\b")
CODE = re.compile(r"\b[0-9a-f]{8,}\b")
PUBLISHED = {  # how many there were, as the makers of these data sets tell: Spector, Star98
    "60_rekenkern_gecontroleerd.html": {"14", "32", "98", "303"}}
QUESTION = re.compile(r"\b[123][ab]\b")


@pytest.fixture(scope="module")
def saved(results):
    return read_results(wb.load_study("data"), results)


@pytest.fixture(scope="module")
def known(saved):
    """Give the numbers that a Table shows, by name and language."""
    return cache(lambda name, language: numbers_of(saved.tables[name], language)
                 if name in saved.tables else set())


def words_of(part):
    """Give what a reader sees or hears of a part, without names of files and fingerprints."""
    for one in part.xpath(".//style|.//script|.//pre"):
        one.drop_tree()
    alts = " ".join(part.xpath(".//@alt"))
    text = re.sub(r"\s+", " ", " ".join(part.itertext()) + " " + alts)
    return QUESTION.sub(" ", CODE.sub(" ", FILE.sub(" ", text)))


def tables_of(part):
    """Give the names of the Tables and Figures to which a part leads."""
    found = [PLACE.search(one) for one in part.xpath(".//@href|.//@id") for one in
             (one if "#" in one else f"#{one}",)]
    return {one[1].split("#")[-1] for one in found if one}


@pytest.mark.parametrize("ending", LANGUAGES)
@pytest.mark.parametrize("question", ANSWERS)
def test_an_answer_holds_numbers_of_its_own_tables_only(results, known, question, ending):
    section = part_of(results, f"{question}{ending}")
    names = tables_of(section)
    assert names
    there = set().union(*(known(name, LANGUAGES[ending]) for name in names))
    heading = section.xpath(".//h2/b")[0].text
    assert numbers_in(words_of(section)) - there - {heading} == set()


@pytest.mark.parametrize("ending", LANGUAGES)
def test_who_is_not_heard_holds_numbers_of_coverage_only(results, saved, known, ending):
    there = set().union(*(known(name, LANGUAGES[ending]) for name, one in saved.tables.items()
                          if one.table.kind == "coverage"))
    words = words_of(part_of(results, f"silent{ending}"))
    missing = [line for source in wb.load_study("data").sources.values()
               for line in source.missing_words(LANGUAGES[ending])]
    assert numbers_in(words) - there - numbers_in(*missing) == set()


@pytest.mark.parametrize("ending", LANGUAGES)
def test_what_is_asked_holds_no_number_that_nobody_wrote(results, ending):
    written = (wb.load_study("data").folder / "recommendations.toml").read_text("utf-8")
    years = set(re.findall(r"date = (\d{4})-(\d\d)-(\d\d)", written))
    dates = {str(int(one)) for year in years for one in year}
    words = words_of(part_of(results, f"asks{ending}"))
    assert numbers_in(words) - numbers_in(written) - dates == set()


def part_of(results, name):
    """Return one part of the first page."""
    page = html.fromstring((results / "index.html").read_text("utf-8"))
    (section,) = page.xpath(f'//section[@id="{name}"]')
    return section


def test_the_pages_of_notebooks_hold_numbers_of_their_tables_only(results, known, saved):
    added = {name: added_up(one) for name, one in saved.figures.items()}
    wrong = {}
    for file in sorted((results / "pages").glob("*.html")):
        page = html.fromstring(file.read_text("utf-8"))
        there = set().union(*(known(name, language) for name in tables_of(page)
                              for language in ("nl", "en")))
        there |= set().union(*(added.get(name, ()) for name in tables_of(page)))
        left = numbers_in(words_of(page)) - there - PUBLISHED.get(file.name, set())
        if left:
            wrong[file.name] = sorted(left)
    assert wrong == {}


def test_a_number_that_no_table_holds_would_be_found(known):
    assert "151" in known("20_coach", "nl")
    assert "9999" not in known("20_coach", "nl")
