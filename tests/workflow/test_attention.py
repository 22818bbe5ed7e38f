"""What a person has to look at stands in prepare and check, and shows nobody."""

import numpy as np
import openpyxl
import pytest
from builders.studies import RAW, STUDY, make_study, wbkit
from builders.workbooks import write_forms

from wbkit.study.study import load_study
from wbkit.workflow.attention import far_away
from wbkit.workflow.preparing import prepare

OPEN = '\n[sources.students.items.idee]\nkind = "open"\n'
MARK = '\n[sources.students.items.cijfer]\nkind = "numeric"\n'


def with_column(heading, cells):
    first, *rows = RAW.splitlines()
    cells = [*cells, *[cells[-1]] * len(rows)]
    return "\n".join([f"{first};{heading}", *(f"{row};{cell}" for row, cell in
                                              zip(rows, cells, strict=False))]) + "\n"


@pytest.fixture
def real(tmp_path):
    study = (STUDY + OPEN).replace("synthetic = true", "synthetic = false")
    return make_study(tmp_path, study=study,
                      raw=with_column("idee", ["Bel 06-12345678", "mail a@b.nl", "meer groen"]))


def test_prepare_and_check_count_what_points_to_a_person_and_never_show_it(real):
    for command, start in (("prepare", "  idee: "), ("check", "personal data: students, idee: ")):
        done = wbkit(command, "--study", real)
        assert (f"{start}1 x phone number in an open answer masked, 1 x e-mail address in an open "
                "answer masked (rows 2, 3). The raw file still holds it. Read these rows before "
                "you quote") in done.output
        assert "06-1234" not in done.output
        assert "a@b.nl" not in done.output
    written = (real.parent / "processed/students.csv").read_text(encoding="utf-8")
    assert "Bel [telefoonnummer]" in written
    assert "06-12345678" not in written
    assert "telefoonnummer in een open antwoord onleesbaar gemaakt" in (
        real.parent / "processed/students.log.csv").read_text(encoding="utf-8")


def test_made_up_data_are_told_that_they_would_be_masked(tmp_path):
    study = make_study(tmp_path, study=STUDY + OPEN, raw=with_column("idee", ["a@b.nl", "goed"]))
    (account,) = prepare(load_study(study))
    assert any("idee: 1 x something that points to a person (row 2)" in line
               and "Write synthetic = false" in line for line in account.look)


def test_a_mark_of_77_without_a_range_is_named_and_not_changed(tmp_path):
    cells = ["7", "8", "6", "77", "7", "9", "5", "7"]
    study = make_study(tmp_path, study=STUDY + MARK, raw=with_column("cijfer", cells))
    done = wbkit("check", "--study", study)
    assert ("numbers: students, cijfer: 77 (row 5) lies far from the others (5 to 9). It is "
            "counted as it stands. Write range = [lowest, highest]") in done.output
    (account,) = prepare(load_study(study))
    assert any("77 (row 5)" in line for line in account.look)
    assert "77.0" in (study.parent / "processed/students.csv").read_text(encoding="utf-8")


def test_numbers_of_rows_that_stand_there_twice_are_named(tmp_path):
    write_forms(tmp_path / "raw/students.xlsx", ["gezien"], [["eens"], ["oneens"], ["eens"]])
    book = openpyxl.load_workbook(tmp_path / "raw/students.xlsx")
    book.worksheets[0]["A4"] = 1
    book.save(tmp_path / "raw/students.xlsx")
    (tmp_path / "study.toml").write_text(STUDY.replace("raw/enquete.csv", "raw/students.xlsx")
        .replace('"csv"', '"ms-forms"').replace("Ik voel mij gezien", "gezien")
        .replace('set_aside', '# ').replace("ignore", "# ").replace("design", "# ")
        .replace('[sources.students.items.leerweg]\nlabel = { en = "Track" }\nkind = "nominal"\n'
                 'values = ["bol", "bbl"]\n', ""), encoding="utf-8")
    for command in ("prepare", "check"):
        done = wbkit(command, "--study", tmp_path)
        assert ("ID: 1 row has the number of an earlier row (row 4). Were rows pasted "
                "twice? They all count. In study.toml: set rows aside") in done.output


def test_a_number_outside_a_declared_range_is_refused(tmp_path):
    cells = ["7", "8", "6", "77", "7", "9", "5", "7"]
    study = make_study(tmp_path, study=STUDY + MARK + "range = [1, 10]\n",
                       raw=with_column("cijfer", cells))
    done = wbkit("prepare", "--study", study)
    assert "'77' once, row 5" in done.output


@pytest.mark.parametrize(("numbers", "odd"), [
    ([5, 6, 7, 7, 8, 8, 9, 77], [77]),
    ([7] * 9 + [8], []),
    ([7] * 9 + [77], [77]),
    ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], []),
    ([-300, 18, 19, 20, 21, 22, 23, 24, 25], [-300]),
    ([7, 77], []),
    ([], []),
])
def test_a_typing_error_is_marked_and_a_spread_is_not(numbers, odd):
    numbers = np.array(numbers, dtype=float)
    assert numbers[far_away(numbers)].tolist() == odd


def test_the_fences_are_those_of_r():
    # R: x <- c(1,2,3,4,5,6,7,8,20,21); quantile(x, c(.25,.75)) 3.25 7.75; 7.75 + 3 * 4.5 = 21.25
    numbers = np.array([1, 2, 3, 4, 5, 6, 7, 8, 20, 21.3])
    assert numbers[far_away(numbers)].tolist() == [21.3]
