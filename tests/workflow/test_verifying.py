"""Verify finds every change and names the cell; accept keeps what a person looked at."""

import contextlib
import itertools
import os
import shutil
import signal
from pathlib import Path

import pandas as pd
import pytest
from builders.studies import RAW, contents, make_notebook, make_study, wbkit

from wbkit.errors import DataError
from wbkit.study.study import load_study
from wbkit.workflow.checking import check
from wbkit.workflow.results_folder import recover, staged
from wbkit.workflow.running import run
from wbkit.workflow.verifying import accept, table_changes, verify


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A study without notebooks whose results were accepted, made once."""
    folder = tmp_path_factory.mktemp("accepted")
    study = load_study(make_study(folder))
    run(study)
    accept(study)
    return folder


@pytest.fixture
def accepted(whole, tmp_path):
    """A copy of it: results hold no path, so they can be moved."""
    folder = tmp_path / "copy"
    shutil.copytree(whole, folder)
    return folder, load_study(folder / "data")


def states(found):
    return {(one.what, one.name): one.state for one in found}


def changed(found):
    return {(one.what, one.name): one.lines for one in found if one.state != "same"}


def test_accepted_results_are_the_same(accepted):
    _, study = accepted
    found = states(verify(study))
    assert set(found.values()) == {"same"}
    assert ("input", "raw/enquete.csv") in found
    assert ("table", "students_gezien") in found
    assert ("figure", "students_gezien") in found


def test_expected_holds_a_csv_for_each_table_and_a_list(accepted):
    folder, _ = accepted
    expected = folder / "data" / "expected"
    index = pd.read_csv(expected / "index.csv", dtype=str)
    assert list(index.columns) == ["name", "what", "kind", "fingerprint", "sha256", "sources",
                                   "facts"]
    assert set(index.loc[index["name"] == "students_gezien", "sources"].dropna()) == {"students"}
    assert len(list((expected / "tables").glob("*.csv"))) == (index["what"] == "table").sum() == 4
    inputs = pd.read_csv(expected / "inputs.csv")
    assert inputs[["file", "rows"]].to_numpy().tolist() == [["raw/enquete.csv", 12]]


def test_one_changed_answer_is_found_without_a_new_run(accepted):
    folder, study = accepted
    results = contents(folder / "results")
    make_study(folder, raw=RAW.replace("1;bol;eens\n", "1;bol;oneens\n", 1))
    found = changed(verify(study))
    assert found[("input", "raw/enquete.csv")] == ()
    assert "item=gezien; value=eens, n: 6 -> 5" in found[("table", "students_gezien")]
    assert "item=gezien; value=oneens, n: 2 -> 3" in found[("table", "students_gezien")]
    (line,) = found[("figure", "students_gezien")]
    assert line.startswith("draws other data: ")
    assert ("table", "students_leerweg") not in found
    assert contents(folder / "results") == results
    make_study(folder)
    assert changed(verify(study)) == {}


def test_the_command_is_red_and_names_table_and_cell(accepted):
    folder, _ = accepted
    study = make_study(folder, raw=RAW.replace("1;bol;eens\n", "1;bol;oneens\n", 1))
    done = wbkit("verify", "--study", study)
    assert done.exit_code == 1
    assert "changed  table students_gezien\n         item=gezien; value=oneens" in done.output
    make_study(folder)
    done = wbkit("verify", "--study", study)
    assert (done.exit_code, "Everything is the same" in done.output) == (0, True)


def test_a_changed_file_that_no_table_shows_is_still_a_change(accepted):
    folder, study = accepted
    make_study(folder, raw=RAW + "\n")
    assert changed(verify(study)) == {("input", "raw/enquete.csv"): ()}


@pytest.mark.parametrize(("name", "content", "words"), [
    ("tables/students_gezien.csv", b"value,n\neens,7\n", "was changed after its run wrote it"),
    ("figures/students_gezien.png", b"broken", "was changed after its run wrote it"),
    ("index.html", b"<p>7</p>", "was changed after its run wrote it"),
    ("tables/students_gezien.xlsx", None, "is gone"),
    ("tables/students_more.csv", b"value,n\neens,7\n", "was not written by its run"),
])
def test_results_that_are_not_as_their_run_wrote_them_are_named(accepted, name, content, words):
    folder, study = accepted
    file = folder / "results" / name
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    done = wbkit("verify", "--study", study.file)
    assert done.exit_code == 1
    assert done.output.splitlines()[0] == f"results/{name}: {words}."
    assert "1 file of results cannot be believed. Give wbkit run, which makes" in done.output
    with pytest.raises(DataError, match=f"results/{name}: {words}"):
        accept(study)
    run(study, earlier=study.results)
    assert changed(verify(study)) == {}


def test_a_manifest_that_lists_no_files_is_named(accepted):
    folder, study = accepted
    (folder / "results" / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(DataError, match="results/manifest.json: is damaged: it does not list"):
        verify(study)


@pytest.mark.parametrize(("name", "change", "words"), [
    ("index.csv", lambda text: f"<<<<<<< HEAD\n{text}", "expected/index.csv, line 1: .* merge"),
    ("index.csv", lambda text: text.replace("\n", "\n=======\n", 2),
     "expected/index.csv, line 2: .* merge conflict"),
    ("index.csv", lambda text: f"{text}half,table\n",
     "expected/index.csv, line 8: holds 2 cells, and there are 7 headings"),
    ("index.csv", lambda text: text + text.splitlines()[1] + "\n",
     "expected/index.csv, line 8: students_coverage stands there twice"),
    ("index.csv", lambda text: text.replace(",table,", ",tafel,", 1),
     "expected/index.csv, line 2: students_coverage is 'tafel': no table or figure"),
    ("index.csv", lambda text: text.replace("fingerprint", "print", 1),
     "expected/index.csv, line 1: lacks the column fingerprint"),
    ("index.csv", lambda text: "", "expected/index.csv, line 1: lacks the column name"),
    ("index.csv", lambda text: text + "\"half\n", "expected/index.csv, line 8: its quotes are not"),
    ("inputs.csv", lambda text: text + ">>>>>>> branch\n", "expected/inputs.csv, line 3: .* merge"),
    ("inputs.csv", lambda text: text + "a\n", "expected/inputs.csv, line 3: holds 1 cell, and"),
    ("tables/students_gezien.csv", lambda text: text + "<<<<<<< HEAD\n",
     r"expected/tables/students_gezien.csv, line \d+: holds the marks of a merge conflict"),
])
def test_damage_in_the_accepted_results_is_named_with_its_line(accepted, name, change, words):
    folder, study = accepted
    file = folder / "data" / "expected" / name
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DataError, match=words):
        verify(study)
    assert wbkit("verify", "--study", study.file).exit_code == 1


def test_accepted_results_that_are_no_text_are_named(accepted):
    folder, study = accepted
    (folder / "data" / "expected" / "index.csv").write_bytes(b"name,what\n\xff\xfe\n")
    with pytest.raises(DataError, match=r"expected/index.csv: is damaged: it is no UTF-8 text"):
        verify(study)


def killed(call, at):
    """Call in a child that is killed just before its rename number `at`; say whether it was."""
    child = os.fork()
    if not child:
        move, count = Path.rename, itertools.count(1)

        def rename(path, target):
            if next(count) == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return move(path, target)

        Path.rename = rename
        with contextlib.suppress(BaseException):
            call()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_accepting_is_whole_or_not_at_all_wherever_it_is_killed(accepted):
    folder, study = accepted
    expected = folder / "data" / "expected"
    (expected / "README.md").write_text("ours", encoding="utf-8")
    before = contents(expected)
    make_notebook(folder)
    run(study)
    found = []
    for at in itertools.count(1):
        if not killed(lambda: accept(study), at):
            break
        verify(study)  # what a person does next
        found.append(contents(expected))
    after = contents(expected)
    assert before in found and len(found) >= 3
    assert all(state in (before, after) for state in found)
    assert set(after) == {"README.md", "index.csv", "inputs.csv", "tables/10_gezien.csv"}
    assert [path.name for path in (folder / "data").glob(".expected*")] == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_results_move_whole_or_not_at_all_wherever_the_run_is_killed(accepted):
    folder, study = accepted
    results = folder / "results"
    before, kills = contents(results), 0

    def move():
        with staged(results) as building:
            (building / "manifest.json").write_text("{}", encoding="utf-8")

    for at in itertools.count(1):
        if not killed(move, at):
            break
        kills += 1
        recover(results)
        assert contents(results) == before
    assert kills >= 2
    assert set(contents(results)) == {"manifest.json"}


def test_an_edited_accepted_table_is_named(accepted):
    folder, study = accepted
    table = folder / "data" / "expected" / "tables" / "students_gezien.csv"
    table.write_text(table.read_text().replace("6", "7"))
    words = "students_gezien.csv: was changed after it was accepted"
    with pytest.raises(DataError, match=words):
        verify(study)
    assert words in wbkit("check", "--study", study.file).output


def test_a_table_of_which_only_the_statements_differ_says_so(accepted):
    folder, study = accepted
    index = folder / "data" / "expected" / "index.csv"
    accepted_ones = pd.read_csv(index, dtype=str)
    here = (accepted_ones["what"] == "table") & (accepted_ones["name"] == "students_gezien")
    other = accepted_ones["fingerprint"].mask(here, "0" * 12)
    accepted_ones.assign(fingerprint=other).to_csv(index, index=False, lineterminator="\n")
    lines = changed(verify(study))["table", "students_gezien"]
    assert lines == ("what is stated of it: its title, base, part, who is outside, "
                     "or what it rests on",)


def test_a_missing_accepted_table_is_named(accepted):
    folder, study = accepted
    (folder / "data" / "expected" / "tables" / "students_gezien.csv").unlink()
    with pytest.raises(DataError, match="students_gezien.csv: is missing"):
        verify(study)


def test_other_line_ends_are_no_change(accepted):
    folder, study = accepted
    for table in (folder / "data" / "expected" / "tables").glob("*.csv"):
        table.write_bytes(table.read_bytes().replace(b"\n", b"\r\n"))
    assert changed(verify(study)) == {}


def test_a_run_for_verify_says_that_it_makes_the_processed_data_anew(accepted):
    folder, study = accepted
    make_study(folder, raw=RAW.replace("1;bol;eens", "1;bol;oneens", 1))
    said = []
    verify(study, watch=said.append)
    assert any("data/processed is made anew, results stay as they are" in one for one in said)


def test_check_says_that_the_raw_file_is_not_the_accepted_one(accepted):
    folder, study = accepted
    assert [point for point in check(study) if point.name == "accepted"] == []
    make_study(folder, raw=RAW.replace("1;bol;eens", "1;bol;oneens", 1))
    (point,) = [point for point in check(study) if point.name == "accepted"]
    assert not point.ok
    assert ("raw/enquete.csv: the raw file is not the one for which results were accepted. "
            "Put that file back, or give wbkit run") in point.words


def test_nothing_accepted_yet_says_what_to_do(tmp_path):
    study = load_study(make_study(tmp_path))
    with pytest.raises(DataError, match="nobody has accepted results.*then give wbkit accept"):
        verify(study)


def test_results_of_other_data_are_not_accepted(accepted):
    folder, study = accepted
    make_study(folder, raw=RAW.replace("1;bol;eens\n", "1;bol;oneens\n", 1))
    with pytest.raises(DataError, match="Give wbkit run first, look at the results"):
        accept(study)


def test_accept_asks_first_and_removes_what_is_gone(accepted):
    folder, study = accepted
    make_notebook(folder)
    run(study)
    found = states(verify(study))
    assert found[("table", "students_gezien")] == "missing"
    assert found[("table", "10_gezien")] == "new"
    before = contents(folder / "data" / "expected")
    refused = wbkit("accept", "--study", study.file)
    assert refused.exit_code == 1
    assert "missing  table students_gezien" in refused.output
    assert contents(folder / "data" / "expected") == before
    done = wbkit("accept", "--study", study.file, "--yes")
    assert done.exit_code == 0
    assert set(contents(folder / "data" / "expected")) == {
        "index.csv", "inputs.csv", "tables/10_gezien.csv"}
    assert set(states(verify(study)).values()) == {"same"}


BEFORE = "item,team,value,n,base,share,state\ngezien,zorg,eens,12,20,0.6,shown\n"


def changes(folder, before, after):
    (folder / "before.csv").write_text(before, encoding="utf-8")
    (folder / "after.csv").write_text(after, encoding="utf-8")
    return table_changes(folder / "before.csv", folder / "after.csv")


def test_the_same_table_has_no_changes(tmp_path):
    assert changes(tmp_path, BEFORE, BEFORE) == []


def test_a_changed_number_is_named_with_its_address(tmp_path):
    assert changes(tmp_path, BEFORE, BEFORE.replace(",12,", ",13,")) == [
        "item=gezien; team=zorg; value=eens, n: 12 -> 13"
    ]


@pytest.mark.parametrize(("after", "same"), [("0.6000000001", True), ("0.600001", False)])
def test_numbers_are_compared_to_six_decimals(tmp_path, after, same):
    assert (changes(tmp_path, BEFORE, BEFORE.replace("0.6", after)) == []) is same


def test_a_number_that_became_hidden_is_named(tmp_path):
    found = changes(tmp_path, BEFORE, BEFORE.replace("12,20,0.6,shown", ",20,,hidden"))
    assert found == [
        "item=gezien; team=zorg; value=eens, n: 12 -> empty",
        "item=gezien; team=zorg; value=eens, share: 0.6 -> empty",
        "item=gezien; team=zorg; value=eens, state: shown -> hidden",
    ]


def test_rows_and_columns_that_are_gone_or_new_are_named(tmp_path):
    found = changes(tmp_path, "value,n,share\na,1,1\n", "value,n,low\nb,2,0\n")
    assert found == ["column share: is gone", "column low: is new",
                     "value=a: is gone (n 1, share 1)", "value=b: is new (n 2, low 0)"]


def test_rows_with_the_same_address_are_compared_in_order(tmp_path):
    found = changes(tmp_path, "value,n\na,1\na,2\n", "value,n\na,1\na,3\n")
    assert found == ["value=a #2, n: 2 -> 3"]


def test_a_table_without_ids_is_compared_by_row(tmp_path):
    assert changes(tmp_path, "n,base\n1,2\n", "n,base\n2,2\n") == ["row 1, n: 1 -> 2"]
