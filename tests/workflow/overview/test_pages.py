"""When a result changes, exactly the pages on which it stands are named."""

import json

import pytest
from builders.report_studies import save_results

from wbkit.workflow.overview.pages import pages_with
from wbkit.workflow.verifying import Comparison, changed_pages


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    study, _ = save_results(tmp_path_factory.mktemp("pages"))
    notebooks = study.results / "notebooks"
    notebooks.mkdir()
    for name, made in (("10_enquete", ["10_gezien", "11_gezien_team"]), ("40_teams", ["40_wens"])):
        (notebooks / f"{name}.json").write_text(json.dumps(
            {"written": [f"tables/{one}.csv" for one in made]}), encoding="utf-8")
    return study


@pytest.mark.parametrize(("changed", "pages"), [
    ({"10_gezien"}, ["index.html", "pages/10_enquete.html"]),
    ({"11_gezien_team"}, ["pages/10_enquete.html"]),  # no answer rests on it
    ({"40_wens"}, ["index.html", "pages/40_teams.html"]),
    (set(), []),
])
def test_a_page_is_named_when_a_result_on_it_changed(study, changed, pages):
    assert pages_with(study, changed, study.results) == pages


def test_only_what_is_not_as_accepted_makes_a_page_red(study):
    found = [Comparison("table", "10_gezien", "same"), Comparison("figure", "40_wens", "changed"),
             Comparison("input", "11_gezien_team", "changed")]
    assert [(one.name, one.state) for one in changed_pages(study, found)] == [
        ("index.html", "changed"), ("pages/40_teams.html", "changed")]


def test_an_infographic_is_named_by_its_tables(processed):
    pages = pages_with(processed, {"40_sab_wensen"}, processed.folder)
    assert "infographics/sab.pdf" in pages
    assert "infographics/studenten.pdf" not in pages
