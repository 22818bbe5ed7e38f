"""`wbkit report` writes what somebody asks for, of the present results, and keeps edits."""

import shutil
import subprocess

import pytest
from builders.report_studies import REAL, save_results
from builders.studies import make_study, wbkit

import wbkit as wb
from wbkit.errors import DataError, DisclosureError
from wbkit.workflow.handout import reporting
from wbkit.workflow.handout.reporting import write_reports
from wbkit.workflow.running import run


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ran")
    run(wb.load_study(make_study(folder)))
    return folder


@pytest.fixture
def study(ran, tmp_path):
    """A copy of it: results hold no path, so they can be moved."""
    shutil.copytree(ran, tmp_path, dirs_exist_ok=True)
    return wb.load_study(tmp_path / "data")


def names(handed):
    return [file.name for file in handed.written]


def test_three_formats_stand_in_a_folder_beside_the_data(study, tmp_path):
    handed = write_reports(study, audience="research")
    assert names(handed) == ["rapport-research.docx", "rapport-research.pdf",
                             "rapport-research.html"]
    assert {file.parent for file in handed.written} == {tmp_path.resolve() / "reports"}


def test_only_the_format_that_is_asked_for_is_written(study, tmp_path):
    done = wbkit("report", "--study", study.file, "--format", "html", "--for", "research")
    assert done.exit_code == 0, done.output
    assert "each number says from which table it comes" in done.output
    assert [one.name for one in (tmp_path / "reports").glob("rapport*")] == [
        "rapport-research.html"]


def test_english_words_need_no_other_results(study):
    english = wb.load_study(study.file, language="en")
    handed = write_reports(english, audience="research", formats=["html"])
    assert names(handed) == ["report-research.html"]
    assert "I feel seen" in handed.written[0].read_text(encoding="utf-8")


def test_a_report_that_somebody_edited_stays_and_the_new_one_stands_beside_it(study):
    (file,) = write_reports(study, audience="research", formats=["html"]).written
    file.write_text("<p>Eigen woorden</p>", encoding="utf-8")
    done = wbkit("report", "--study", study.file, "--format", "html", "--for", "research")
    assert "was edited, and stays as it is" in done.output
    assert file.read_text(encoding="utf-8") == "<p>Eigen woorden</p>"
    assert file.with_name("rapport-research.nieuw.html").is_file()


def test_results_of_other_data_are_no_ground_for_a_report(study):
    raw = study.folder / "raw" / "enquete.csv"
    raw.write_text(raw.read_text("utf-8").replace("1;bol;eens", "1;bol;oneens", 1), "utf-8")
    with pytest.raises(DataError, match="holds no results of the present data"):
        write_reports(study, audience="research")


def test_a_result_that_somebody_changed_is_no_ground_for_a_report(study):
    file = next((study.results / "tables").glob("*.csv"))
    file.write_text("x\n", encoding="utf-8")
    with pytest.raises(DataError, match="was changed after its run wrote it"):
        write_reports(study, audience="research")


def test_without_typst_the_other_formats_are_written(study, monkeypatch):
    monkeypatch.setattr(reporting, "find_spec", lambda name: None)
    said = []
    handed = write_reports(study, audience="research", watch=said.append)
    assert names(handed) == ["rapport-research.docx", "rapport-research.html"]
    assert said == ['no PDF: typst is not installed; pip install "wbkit[pages]" adds it']


def test_a_report_about_real_people_stays_out_of_git(tmp_path):
    study, _ = save_results(tmp_path, study=REAL, answers=False)
    run(study)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    with pytest.raises(DisclosureError, match="git would keep reports there"):
        write_reports(study, audience="research", formats=["html"])
    (tmp_path / ".gitignore").write_text("reports/\n", encoding="utf-8")
    assert names(write_reports(study, audience="research", formats=["html"]))


def test_a_new_study_keeps_its_reports_out_of_git(tmp_path):
    wbkit("new", tmp_path / "nieuw")
    assert "reports/" in (tmp_path / "nieuw" / ".gitignore").read_text("utf-8").splitlines()


def test_the_name_of_a_team_becomes_a_name_for_a_file(tmp_path):
    study, _ = save_results(tmp_path)
    run(study)
    handed = write_reports(study, audience="team", team="Zorg", formats=["html"])
    assert names(handed) == ["rapport-team-zorg.html"]


@pytest.mark.parametrize(("option", "word"), [
    ("--for", "boss"), ("--format", "odt"), ("--language", "fr")])
def test_an_unknown_choice_is_refused_with_the_known_ones(study, option, word):
    done = wbkit("report", "--study", study.file, option, word)
    assert done.exit_code == 2
    assert f"{option}: use" in done.output
