"""Prepare accounts for every row, and leaves raw files alone."""

import pytest
from builders.studies import RAW, STUDY, contents, make_study, wbkit

from wbkit.errors import DataError, WbkitError
from wbkit.intake.processed import read_responses
from wbkit.study.study import load_study
from wbkit.workflow.preparing import prepare


def test_every_row_is_kept_or_set_aside(tmp_path):
    (account,) = prepare(load_study(make_study(tmp_path)))
    assert (account.raw, account.kept, account.set_aside) == (12, 11, 1)
    assert account.file == "raw/enquete.csv"
    assert account.warnings == ()


def test_raw_files_are_not_changed(tmp_path):
    study = load_study(make_study(tmp_path))
    before = contents(tmp_path / "data" / "raw")
    prepare(study)
    assert contents(tmp_path / "data" / "raw") == before


def test_a_second_time_gives_the_same_files(tmp_path):
    study = load_study(make_study(tmp_path))
    prepare(study)
    before = contents(tmp_path / "data" / "processed")
    (account,) = prepare(study)
    assert account.warnings == ()
    assert contents(tmp_path / "data" / "processed") == before
    assert len(before) == 5


def test_a_changed_raw_file_is_reported(tmp_path):
    study = load_study(make_study(tmp_path))
    prepare(study)
    make_study(tmp_path, raw=RAW.replace("1;bol;eens\n", "1;bol;oneens\n", 1))
    (account,) = prepare(study)
    assert account.warnings == ("the raw file has changed since it was last prepared",)


def test_the_faults_of_all_sources_come_at_once_and_nothing_is_written(tmp_path):
    second = STUDY.split("\n\n", 1)[1].replace("sources.students", "sources.again").replace(
        "enquete.csv", "nowhere.csv")
    study = make_study(tmp_path, study=f"{STUDY}\n{second}", raw=RAW.replace("neutraal", "wel"))
    with pytest.raises(WbkitError, match=r"(?s)enquete.csv.*'wel'.*nowhere.csv") as fault:
        prepare(load_study(study))
    assert isinstance(fault.value, DataError)
    assert not (tmp_path / "data" / "processed").exists()


def test_files_of_a_source_that_is_gone_are_removed_and_own_files_stay(tmp_path):
    prepare(load_study(make_study(tmp_path)))
    folder = tmp_path / "data" / "processed"
    (folder / "notes.json").write_text('{"mine": 1}')
    (folder / "notes.csv").write_text("mine")
    prepare(load_study(make_study(tmp_path, study=STUDY.replace(".students", ".pupils"))))
    assert {name.split(".")[0] for name in contents(folder)} == {"pupils", "notes"}


def test_a_study_without_sources_is_refused(tmp_path):
    study = load_study(make_study(tmp_path, study='title = "Leeg"\n'))
    with pytest.raises(DataError, match="study.toml: names no sources. Add one"):
        prepare(study)


def test_the_command_says_rows_and_where(tmp_path):
    done = wbkit("prepare", "--study", make_study(tmp_path))
    assert done.exit_code == 0
    assert "raw/enquete.csv: 12 rows = 11 kept + 1 set aside" in done.output
    assert "Made: 1 cleaned source in" in done.output
    assert "Next:" in done.output


def test_two_waves_are_linked_without_the_number_and_the_key_stays_outside(tmp_path, monkeypatch):
    monkeypatch.setenv("WBKIT_CONFIG", str(tmp_path / "config"))
    link = ('[sources.w.items.nr]\ncolumn = "Studentnummer"\nkind = "open"\n'
            'sensitivity = "identifier"\nlink = "hash"\n')
    head = ('title = "Proef"\n[sources.w]\nfile = "raw/enquete.csv"\nformat = "csv"\n'
            'unit = "student"\nsynthetic = false\n')
    item = '[sources.w.items.gezien]\nkind = "nominal"\nvalues = "any"\n'
    read = []
    for wave, numbers in (("a", "0961234 x"), ("b", "0961235 0961234")):
        rows = "\n".join(f"{number};ja" for number in numbers.split())
        file = make_study(tmp_path / wave, study=head + link + item,
                          raw=f"Studentnummer;gezien\n{rows}\n")
        (account,) = prepare(load_study(file))
        read.append(read_responses(load_study(file), "w").data["nr"].tolist())
        assert "0961234" not in "".join(
            str(text) for text in contents(tmp_path / wave / "data" / "processed").values())
    assert read[0][0] == read[1][1] and len(set(read[0] + read[1])) == 3
    assert str(tmp_path / "config" / "link.key") in account.found[-1]
    assert not list((tmp_path / "b").rglob("*.key"))


def test_the_half_written_files_of_a_killed_run_are_removed(tmp_path):
    study = load_study(make_study(tmp_path))
    left = tmp_path / "data" / "processed" / f".students.csv.{2**22 + 7}-0.part"
    left.parent.mkdir()
    left.write_bytes(b"half")
    prepare(study)
    assert not left.exists()


def test_a_file_of_which_no_row_is_kept_is_refused_with_the_reasons(tmp_path):
    study = make_study(tmp_path, raw=RAW.splitlines()[0] + "\n12;bol;eens\n13;;\n")
    done = wbkit("prepare", "--study", study)
    assert done.exit_code == 1
    assert "none of its 2 rows is kept (1 x set aside: testrij; 1 x no answer at all: set aside)" \
        in done.output
    assert not (tmp_path / "data" / "processed").exists() or not list(
        (tmp_path / "data" / "processed").glob("*.csv"))
    assert "none of its 2 rows is kept" in wbkit("check", "--study", study).output


def test_rows_without_any_answer_are_said_and_are_no_fault(tmp_path):
    done = wbkit("prepare", "--study", make_study(tmp_path, raw=RAW + "13;;\n14;;\n"))
    assert done.exit_code == 0
    assert "14 rows = 11 kept + 3 set aside" in done.output
    assert "set aside, since no question was answered: rows 14, 15 (2)" in done.output


def test_fewer_rows_than_the_last_time_are_said(tmp_path):
    study = load_study(make_study(tmp_path))
    assert prepare(study)[0].warnings == ()
    make_study(tmp_path, raw=RAW.replace("1;bol;eens\n2;bol;eens\n", ""))
    warnings = prepare(study)[0].warnings
    assert "9 rows were kept, and 11 the last time. Read processed/students.log.csv" \
        in warnings[-1]
    assert not any("last time" in line for line in prepare(study)[0].warnings)


def test_what_a_draft_asked_is_repeated_until_it_is_answered(tmp_path):
    study = make_study(tmp_path, study=STUDY + 'doubt = "Hoort hier een 0 bij?"\n')
    done = wbkit("prepare", "--study", study)
    assert (done.exit_code, "ASK  items.gezien: Hoort hier een 0 bij?" in done.output) == (0, True)
    study.write_text(STUDY, encoding="utf-8")
    assert "ASK" not in wbkit("prepare", "--study", study).output
