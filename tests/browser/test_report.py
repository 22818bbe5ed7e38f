"""The report of the example: its numbers stand in its Tables, and everybody can read its page."""

import csv

import pytest
from builders.opened_pages import outside, serious_violations
from builders.report_studies import without_a_table
from oracles.added_up import added_up
from shared_files import shared

import wbkit as wb
from wbkit.report.pages.report import build_report, write_report
from wbkit.report.saved_results import read_results
from wbkit.study.interpretations import load_interpretations
from wbkit.workflow.results_folder import read_tables

pytestmark = pytest.mark.browser
AUDIENCES = ("management", "team", "students", "research")
MEMBER_CHECKS = "terugleggen.toml"


@pytest.fixture(scope="session")
def study(request):
    return wb.load_study(request.config.rootpath / "data")


@pytest.fixture(scope="session")
def saved(study, results):
    return read_results(study, results)


def build(study, saved, audience):
    return build_report(study, saved, audience=audience,
                        team="Zorg en Kind" if audience == "team" else None)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_number_of_the_example_stands_in_a_table_of_the_same_run(study, saved, audience):
    dates = study.folder / MEMBER_CHECKS  # when answers were given back to people
    added = [" ".join(added_up(one)) for one in saved.figures.values()]
    missing = [unit for source in study.sources.values() for unit in source.missing_units]
    allowed = [wb.__version__, dates.read_text(encoding="utf-8") if dates.is_file() else "",
               *added, str(missing)]
    assert load_interpretations(study)
    assert list(without_a_table(build(study, saved, audience), saved, allowed)) == []


@pytest.fixture(scope="session")
def page(study, saved, tmp_path_factory):
    return write_report(build(study, saved, "management"),
                        tmp_path_factory.mktemp("report") / "rapport.html")


@pytest.mark.parametrize("width", [1280, 400])
def test_the_page_fits_and_asks_nothing(open_page, page, width):
    opened = open_page(page, width=width)
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert outside(opened) == []
    assert opened.faults == []
    assert serious_violations(opened) == []


def test_the_saved_tables_of_a_run_judge_the_shared_sentences(study, results):
    folder = shared("claims", "open")
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as stream:
        expected = [(row["sentence"], row["verdict"]) for row in csv.DictReader(stream)]
    found = wb.check_claims([sentence for sentence, _ in expected], read_tables(results, study))
    right = sum(want == got for (_, want), got in zip(expected, found.data["verdict"],
                                                      strict=True))
    assert right >= .95 * len(expected)
