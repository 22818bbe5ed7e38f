"""A whole study and its twin: same files and headings, and nobody of the original in it."""

import re

import openpyxl
import pandas as pd
import pytest
from builders.real_studies import OWN_WORDS, ROWS, exported, real_study, withdraw
from builders.studies import contents, wbkit

import wbkit as wb
from wbkit.workflow.twin.comparing import is_fair


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("real")
    study = real_study(folder)
    return study, wb.twin(study)


def test_it_stands_beside_the_data_folder_and_says_what_it_is(both):
    study, twin = both
    place = study.folder.resolve().parent / "oefenversie"
    assert twin.folder == place / "data"
    assert "# Oefenversie met verzonnen gegevens" in (place / "README.md").read_text("utf-8")
    assert twin.title.nl == "Hulp op school (oefenversie met verzonnen gegevens)"
    assert twin.title.en == "Help at school (twin with made-up data)"
    assert twin.source("students").synthetic
    assert "verzonnen" in twin.synthetic_note.nl


def test_the_file_has_the_same_name_headings_format_and_number_of_rows(both):
    study, twin = both
    one, other = (wb.read_source(part.source("students")) for part in both)
    assert list(one.data) == list(other.data)
    assert len(one.data) == len(other.data) == ROWS
    first = [(part.folder / "raw" / "enquete.csv").read_text().splitlines()[0] for part in both]
    assert first[0] == first[1]


def test_it_is_as_messy_as_the_original(both):
    study, twin = both
    logs = [wb.clean(wb.read_source(part.source("students"))).log for part in both]
    fixed = [(log["rule"] == "correction").sum() for log in logs]
    assert fixed == [6, 6]


def test_no_identifier_and_no_words_of_anybody_stand_anywhere_in_it(both):
    study, twin = both
    every = b"\n".join(contents(twin.folder.parent).values()).decode("utf-8", errors="replace")
    assert "s0000003" not in every
    assert "Petra" not in every
    assert "gedachte nummer" not in every
    assert "eigen woord" not in every
    assert OWN_WORDS in (study.folder / "codebook.toml").read_text("utf-8")


def test_the_examples_of_the_codebook_become_its_answers(both):
    ideas = wb.read_source(both[1].source("students")).data["idee"]
    assert ideas.str.contains("Ik raak de draad kwijt in mijn rooster").any()


def test_the_report_says_that_it_fits(both):
    table = wb.compare_twin(*both)
    whole = table.data.set_index("original").loc["study"]
    assert 1.0 <= whole["ratio"] <= 1.2
    assert whole["same_rows"] == whole["same_texts"] == 0
    assert is_fair(table)
    assert "the whole study" in repr(table.show("en"))
    assert "het hele onderzoek" in repr(table.show("nl"))


def test_a_copy_of_the_original_is_found_out(both):
    study, _ = both
    table = wb.compare_twin(study, study)
    whole = table.data.set_index("original").loc["study"]
    assert whole["distance"] == 0
    assert whole["same_rows"] + whole["same_short"] == ROWS
    assert whole["same_texts"] == ROWS
    assert not is_fair(table)


def test_one_row_and_one_answer_of_the_original_are_found_in_a_twin(both, tmp_path):
    study, twin = both
    folder = tmp_path / "data" / "raw"
    folder.mkdir(parents=True)
    (tmp_path / "data" / "study.toml").write_bytes(twin.file.read_bytes())
    rows = (twin.folder / "raw" / "enquete.csv").read_text("utf-8").splitlines()
    original = (study.folder / "raw" / "enquete.csv").read_text("utf-8").splitlines()
    (folder / "enquete.csv").write_text("\n".join([*rows[:-1], original[9], ""]), "utf-8")
    table = wb.compare_twin(study, wb.load_study(tmp_path / "data"))
    whole = table.data.set_index("original").loc["study"]
    assert whole["same_rows"] + whole["same_short"] == 1
    assert whole["same_texts"] == 1


def test_the_same_seed_gives_the_same_files(both, tmp_path):
    study, twin = both
    again = wb.twin(study, folder=tmp_path / "again")
    assert contents(again.folder) == contents(twin.folder)
    other = wb.twin(study, folder=tmp_path / "other", seed=7)
    assert contents(other.folder) != contents(twin.folder)


def test_a_folder_that_is_there_is_never_written_over(both):
    with pytest.raises(wb.DataError, match="is there already"):
        wb.twin(both[0])


@pytest.mark.parametrize("kind", ["spss", "limesurvey", "limesurvey_words", "label_row",
                                  "qualtrics"])
def test_an_export_of_a_platform_gives_the_same_columns_and_can_be_cleaned(kind, tmp_path):
    file = exported(tmp_path, kind)
    study = tmp_path / "data" / "study.toml"
    assert wbkit("describe", file, "--study", study, "--design", "everyone").exit_code == 0
    study = wb.load_study(study)
    name = next(iter(study.sources))
    twin = wb.twin(study)
    one, other = (wb.read_source(part.source(name)) for part in (study, twin))
    assert list(one.data) == list(other.data)
    assert len(one.data) == len(other.data)
    assert wb.clean(other).n > 0
    assert not other.data.apply(lambda column: column.str.contains("school.nl")).any(axis=None)


def test_a_workbook_keeps_its_kinds_of_cells_and_its_title(tmp_path):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    book = openpyxl.Workbook()
    book.active.append(["Uitslag van groep 3b"])
    book.active.append(["Team", "Cijfer"])
    for at in range(12):
        book.active.append([("zorg", "bouw")[at % 2], 5 + at % 4])
    book.save(tmp_path / "data" / "raw" / "cijfers.xlsx")
    (tmp_path / "data" / "study.toml").write_text('''title = "Cijfers"
[sources.cijfers]
file = "raw/cijfers.xlsx"
format = "excel"
heading_row = 2
unit = "student"
synthetic = false
items.team = { column = "Team", kind = "nominal", values = ["zorg", "bouw"] }
items.cijfer = { column = "Cijfer", kind = "numeric", range = [1, 10] }
''', encoding="utf-8")
    twin = wb.twin(wb.load_study(tmp_path / "data"))
    sheet = openpyxl.load_workbook(twin.folder / "raw" / "cijfers.xlsx").active
    assert sheet["A1"].value == "oefenversie met verzonnen gegevens"
    assert [cell.value for cell in sheet[2]] == ["Team", "Cijfer"]
    assert isinstance(sheet["B3"].value, int)
    assert sheet.max_row == 14


def test_the_command_writes_it_compares_it_and_says_what_to_do_next(tmp_path):
    study = real_study(tmp_path)
    done = wbkit("twin", "--study", study.file)
    assert done.exit_code == 0, done.output
    assert re.search(r"het hele onderzoek +120 +39", done.output)
    assert "Made: a twin with made-up data in" in done.output
    report = (tmp_path / "oefenversie" / "vergelijking.md").read_text("utf-8")
    assert "verhouding" in report


def test_the_command_refuses_a_twin_that_is_a_copy(tmp_path):
    study = real_study(tmp_path)
    done = wbkit("twin", "--study", study.file, "--compare", study.folder)
    assert done.exit_code == 1
    assert "does not fit: the ratio should lie between 1.0 and 1.2" in done.output


REGISTER = '''title = "Register"
[sources.register]
file = "raw/register.csv"
format = "csv"
kind = "counts"
unit = "student"
synthetic = false
design = { kind = "census" }
[sources.register.counts]
cells = ["jaar", "team"]
base = "aantal"
parts = ["traag"]
totals = { team = "alle" }
[sources.register.items]
jaar = { kind = "ordinal", values = ["2021", "2022"] }
team = { kind = "nominal", values = ["zorg", "bouw"] }
aantal = { kind = "numeric" }
traag = { kind = "numeric" }
'''


def test_a_register_keeps_its_cells_gaps_and_totals(tmp_path):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "data" / "study.toml").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "data" / "raw" / "register.csv").write_text(
        "jaar;team;aantal;traag\n2021;zorg;700;70\n2021;bouw;;\n2022;zorg;800;90\n"
        "2022;bouw;300;31\n2022;alle;1100;121\n", encoding="utf-8")
    twin = wb.twin(wb.load_study(tmp_path / "data"))
    raw = wb.read_source(twin.source("register")).data
    assert raw["team"].tolist() == ["zorg", "bouw", "zorg", "bouw", "alle"]
    assert raw["aantal"].tolist()[1] == ""
    numbers = pd.to_numeric(raw["aantal"])
    assert numbers.iloc[4] == numbers.iloc[2] + numbers.iloc[3]
    assert 550 < numbers.iloc[0] < 850
    assert numbers.iloc[0] != 700
    assert wb.clean(wb.read_source(twin.source("register"))).data["traag"].notna().sum() == 3


def test_who_withdrew_is_not_in_the_twin_nor_are_their_words(tmp_path):
    study = real_study(tmp_path)
    withdraw(study, "s0000003", "s0000004")  # the first wrote an example of the codebook
    made = wb.twin(study)
    assert len(wb.read_source(made.source("students")).data) == ROWS - 2
    every = b"\n".join(contents(made.folder.parent).values()).decode("utf-8", errors="replace")
    assert "Petra" not in every
