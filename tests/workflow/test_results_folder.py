"""Results take their place whole, or not at all."""

from pathlib import Path

import pytest

from wbkit.errors import DataError
from wbkit.workflow.results_folder import recover, staged


def earlier(folder):
    results = folder / "results"
    (results / "tables").mkdir(parents=True)
    (results / "manifest.json").write_text("earlier")
    (results / "tables" / "old.csv").write_text("earlier")
    return results


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_results_replace_the_earlier_ones(tmp_path):
    results = earlier(tmp_path)
    with staged(results) as building:
        (building / "manifest.json").write_text("new")
    assert names(results) == ["manifest.json"]
    assert (results / "manifest.json").read_text() == "new"
    assert names(tmp_path) == ["results"]


def test_a_folder_with_notebooks_and_other_work_is_not_taken_for_results(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data").mkdir()
    with (pytest.raises(DataError, match="holds files that wbkit did not make .data, notebooks."),
          staged(tmp_path)):
        pass
    assert names(tmp_path) == ["data", "notebooks"]


def test_results_that_cannot_be_replaced_are_noticed_before_the_work(tmp_path, monkeypatch):
    results, began, move = earlier(tmp_path), [], Path.rename

    def held(path, target):  # as Windows does while Excel has a file of the folder open
        if path == results:
            raise PermissionError(13, "Permission denied", str(path))
        return move(path, target)

    monkeypatch.setattr(Path, "rename", held)
    with (pytest.raises(DataError, match=r"results: cannot be replaced \(Permission denied\)\. "
                                         r"Close every file .* another folder with --out"),
          staged(results)):
        began.append("the long work")
    assert began == []
    assert (results / "manifest.json").read_text() == "earlier"
    assert names(tmp_path) == ["results"]


@pytest.mark.parametrize("problem", [ValueError, KeyboardInterrupt])
def test_a_stopped_run_leaves_the_earlier_results(tmp_path, problem):
    results = earlier(tmp_path)
    with pytest.raises(problem), staged(results) as building:
        (building / "half.csv").write_text("half")
        raise problem
    assert names(results) == ["manifest.json", "tables"]
    assert names(tmp_path) == ["results"]


def test_what_a_killed_run_left_is_not_taken_for_a_result(tmp_path):
    building = tmp_path / ".results-building"
    building.mkdir()
    (building / "half.csv").write_text("half")
    with staged(tmp_path / "results") as again:
        assert names(again) == []


def test_a_kill_between_the_two_renames_is_mended(tmp_path):
    results = earlier(tmp_path)
    results.rename(tmp_path / ".results-old")
    recover(results)
    assert (results / "tables" / "old.csv").read_text() == "earlier"


def test_a_kill_after_both_renames_is_mended(tmp_path):
    old, results = tmp_path / ".results-old", tmp_path / "results"
    (old / "en").mkdir(parents=True)
    results.mkdir()
    recover(results)
    assert names(results) == ["en"]
    assert names(tmp_path) == ["results"]


def test_english_results_and_own_files_stay(tmp_path):
    results = earlier(tmp_path)
    (results / "en").mkdir()
    (results / "notes.txt").write_text("mine")
    with staged(results) as building:
        (building / "manifest.json").write_text("new")
    assert names(results) == ["en", "manifest.json", "notes.txt"]


def test_a_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(DataError, match=r"holds files that wbkit did not make \(thesis.docx\)"), \
            staged(tmp_path):
        pass
    assert names(tmp_path) == ["thesis.docx"]


def test_a_file_is_refused_as_results_folder(tmp_path):
    (tmp_path / "results").write_text("x")
    with pytest.raises(DataError, match="is a file"), staged(tmp_path / "results"):
        pass


def test_two_runs_at_once_do_not_take_each_others_place(tmp_path):
    with staged(tmp_path / "results") as building:
        (building / "manifest.json").write_text("{}", encoding="utf-8")
        with pytest.raises(DataError, match="another run of this study is busy"), \
                staged(tmp_path / "results"):
            pass
    assert (tmp_path / "results" / "manifest.json").is_file()
    with staged(tmp_path / "results"):
        pass
