"""study.toml: what it may hold, and what it says when something is not in order."""

import unicodedata

import pytest

import wbkit as wb
from wbkit.data.responses import after_cleaning

GOOD = """
title = "Een kleine studie"
language = "nl"

[questions.1b]
line = 1
text = { nl = "Waar lopen studenten tegenaan?", en = "What do students run into?" }

[sources.students]
label = { nl = "Enquête", en = "Survey" }
file = "raw/enquete.csv"
format = "csv"
unit = "student"
synthetic = true
design = { kind = "convenience", population = 20, margins = { leerweg = { bol = 15, bbl = 5 } } }

[sources.students.items.leerweg]
kind = "nominal"
values = ["bol", "bbl"]

[sources.students.items.gezien]
column = "Ik voel mij gezien"
kind = "ordinal"
theme = "coaching"
questions = ["1b"]
values = ["oneens", "eens"]
value_labels.en = ["disagree", "agree"]
missing = ["weet ik niet"]
asked_if = { leerweg = ["bol"] }
"""


@pytest.fixture
def write(tmp_path):
    def _write(text=GOOD, *, old="", new=""):
        if old and old not in text:
            raise AssertionError(f"{old!r} is not in the text")
        file = tmp_path / "study.toml"
        file.write_text(text.replace(old, new) if old else text, encoding="utf-8")
        return file
    return _write


def test_a_study_knows_its_sources_items_and_tags(write):
    study = wb.load_study(write())
    item = study.sources["students"].items["gezien"]
    assert study.items(question="1b") == [item] == study.items(theme="coaching", source="students")
    assert study.items(kind="nominal") == [study.sources["students"].items["leerweg"]]
    assert item.words("nl") == "Ik voel mij gezien"
    assert item.value_words("en") == {"oneens": "disagree", "eens": "agree",
                                      "weet ik niet": "weet ik niet"}


def test_the_language_can_be_chosen_and_english_results_stand_apart(write):
    study = wb.load_study(write(), language="en")
    assert study.sources["students"].words() == "Survey"
    assert study.sources["students"].setting.results.parts[-2:] == ("results", "en")


def test_the_study_is_found_in_a_folder_above(write, tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    write().rename(tmp_path / "data" / "study.toml")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    monkeypatch.delenv("WBKIT_STUDY", raising=False)
    assert wb.load_study().title.text("nl") == "Een kleine studie"


@pytest.mark.parametrize(("old", "new", "message"), [
    ('kind = "ordinal"', 'kidn = "ordinal"',
     r"study.toml, sources.students.items.gezien.kidn: unknown key. Did you mean 'kind'\?"),
    ('kind = "ordinal"', 'kind = "likert"',
     r"items.gezien.kind: .*'nominal', 'ordinal', .*; there is 'likert'. Correct it."),
    ("synthetic = true", "", r"sources.students.synthetic: is missing. Add it."),
    ('values = ["oneens", "eens"]', "", r"items.gezien: values is missing. List the answers"),
    ('["oneens", "eens"]', '["eens", "eens"]', r"values holds 'eens' twice"),
    ('["disagree", "agree"]', '["agree"]', r"value_labels.en has 1 word for 2 values"),
    ('missing = ["weet ik niet"]', 'missing = ["eens"]', r"'eens' stands in values and in missing"),
    ('leerweg = ["bol"]', 'leerweg = ["bol", "extraneus"]',
     r"items.gezien refers to 'extraneus', which is not one of the values of leerweg \(bol, bbl\)"),
    ("asked_if = { leerweg", "asked_if = { leerwg", r"refers to 'leerwg', which is no item"),
    ("bbl = 5", "bbl = 6", r"margins.leerweg adds up to 21, population is 20"),
    ("margins = { leerweg = { bol = 15, bbl = 5 }", "margins = { niveau = { bol = 20 }",
     r"design refers to 'niveau', which is no item"),
    ("bol = 15, bbl = 5", "bol = 15, bbx = 5", r"design.margins.leerweg names 'bbx'"),
    ('questions = ["1b"]', 'questions = ["9z"]', r"items.gezien: refers to question '9z'"),
    ('kind = "nominal"', 'kind = "nominal"\ncolumn = "Ik voel mij gezien"',
     r"have the same column 'Ik voel mij gezien'.*a heading that stands there twice is named"),
    ("[sources.students.items.gezien]", "[sources.students.items.Gezien]", r"items.Gezien"),
    ('kind = "nominal"', 'kind = "nominal"\nexclusive = ["bol"]', r"exclusive is for multiple"),
    ('values = ["bol", "bbl"]', 'values = ["bol", "bbl", "other"]\nother = "Anders"',
     r"values holds 'other', a name that wbkit itself gives to a column"),
    ('kind = "nominal"', 'kind = "nominal"\nrange = [1, 5]', r"range is for numeric"),
    ('kind = "ordinal"', 'kind = "ordinal"\nagree = ["ja"]', r"agree names 'ja', which is not one"),
    ('kind = "nominal"', 'kind = "nominal"\nany_of = { item = "gezien", values = ["ja"] }',
     r"items.leerweg refers to 'ja', which is not one of the values of gezien"),
    ('kind = "nominal"', 'kind = "nominal"\nrecode = { item = "gezien", map = { eens = "x" } }',
     r"recode makes 'x', which is not one of its values"),
    ('title = "Een', 'title = Een', r"study.toml: is not valid TOML: .*Look at that line"),
    ('language = "nl"', 'language = "fy"', r"language: .*'nl' or 'en'; there is 'fy'"),
    ('language = "nl"', 'results = "x"', r"study.toml, results: unknown key"),
])
def test_a_fault_says_where_it_is_and_what_to_do(write, old, new, message):
    with pytest.raises(wb.StudyError, match=message):
        wb.load_study(write(old=old, new=new))


def test_all_faults_are_listed_at_once(write):
    text = GOOD.replace('kind = "nominal"', 'kind = "x"').replace("synthetic = true", "")
    with pytest.raises(wb.StudyError) as caught:
        wb.load_study(write(text))
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize("name", ["people", "after", "test", "value", "item", "share", "n"])
def test_a_closed_item_may_be_called_like_a_column_of_tables(write, name):
    item = f'[sources.students.items.{name}]\nkind = "nominal"\nvalues = ["a", "b"]\n'
    assert name in wb.load_study(write(f"{GOOD}\n{item}")).source("students").items


def test_the_folder_above_the_data_folder_will_do(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "study.toml").write_text('title = "Proef"', encoding="utf-8")
    assert wb.load_study(tmp_path).file == tmp_path / "data" / "study.toml"


@pytest.mark.parametrize(("line", "message"), [
    ("range = [10, 1]", r"range = \[10, 1\] starts with the highest number\. Write the lowest"),
    ("range = [1, 10,5]", r"cijfer\.range: holds too many values; two are needed, as in \[1, 10\]"),
    ('duplicates = { rule = "same answers" }', r"cijfer\.duplicates: unknown key\. It is known in "
     r"another place \(source\), and a line belongs to the \[heading\] above it\. Move it"),
    ('kind = "open"', r"a heading or a key stands there twice; keep one of them"),
])
def test_a_line_that_does_not_fit_says_what_to_do(write, line, message):
    item = f'[sources.students.items.cijfer]\nkind = "numeric"\n{line}\n'
    with pytest.raises(wb.StudyError, match=message):
        wb.load_study(write(f"{GOOD}\n{item}"))


def test_an_unknown_format_is_refused_in_one_line(write):
    with pytest.raises(wb.StudyError, match="format: should be 'ms-forms', .* 'xlsx'") as it:
        wb.load_study(write(GOOD.replace('format = "ms-forms"', 'format = "xlsx"')
                            .replace('format = "csv"', 'format = "xlsx"')))
    assert len(str(it.value).splitlines()) == 1


def test_a_file_of_notepad_with_txt_behind_it_is_named(tmp_path):
    (tmp_path / "study.toml.txt").write_text('title = "Proef"')
    with pytest.raises(wb.StudyError, match=r"holds study\.toml\.txt and no study\.toml\. Take"):
        wb.load_study(tmp_path)


@pytest.mark.parametrize(("line", "advice"), [
    ("title = “Proef”", r"at line 1.* it holds curly quotes .* write straight ones"),
    ('title = "raw\\enquete.xlsx"', r"at line 1.* it holds a \\; write / between folders"),
    ("title = Proef", r"a missing quote, bracket or equals sign\."),
])
def test_what_word_and_windows_put_in_a_file_is_named(tmp_path, line, advice):
    (tmp_path / "study.toml").write_text(line, encoding="utf-8")
    with pytest.raises(wb.StudyError, match=advice):
        wb.load_study(tmp_path)


def test_a_folder_without_a_study_is_refused_as_a_folder(tmp_path):
    with pytest.raises(wb.StudyError, match=r"is a folder without study\.toml, and without data/"
                                            r"study\.toml\. Give .* begins with wbkit new"):
        wb.load_study(tmp_path)


def test_a_file_that_is_not_there_or_not_utf8_is_refused(tmp_path):
    with pytest.raises(wb.StudyError, match="there is no such file. Give the study.toml"):
        wb.load_study(tmp_path / "nothing.toml")
    (tmp_path / "study.toml").write_bytes("title = 'é'".encode("cp1252"))
    with pytest.raises(wb.StudyError, match="is not UTF-8 text. Save it as UTF-8"):
        wb.load_study(tmp_path)


@pytest.mark.parametrize(("call", "message"), [
    (lambda study: study.source("teams"), r"no source 'teams'. The sources are students"),
    (lambda study: study.items(question="3a"), r"no question '3a'. The questions are 1b"),
])
def test_what_a_study_does_not_have_is_refused(write, call, message):
    with pytest.raises(wb.StudyError, match=message):
        call(wb.load_study(write()))


def test_derived_yes_no_items_and_scales(write):
    extra = """
[sources.students.items.bol_ja]
any_of = { item = "leerweg", values = ["bol"] }

[sources.students.scales.kort]
variant = "v1"
items = ["gezien"]
reversed = ["leerweg"]
"""
    with pytest.raises(wb.StudyError, match="reversed names 'leerweg', which the scale does not"):
        wb.load_study(write(GOOD + extra))
    study = wb.load_study(write(GOOD + extra.replace('reversed = ["leerweg"]', "")))
    derived = study.sources["students"].items["bol_ja"]
    assert derived.derived and derived.value_words("en") == {"ja": "yes", "nee": "no"}


def test_a_moment_makes_an_item(write):
    extra = """
[sources.students.moments.m1]
label = { nl = "dinsdag", en = "Tuesday" }
start = 2022-11-15T08:00:00
end = 2022-11-15T17:00:00
"""
    moment = wb.load_study(write(GOOD + extra)).sources["students"].items["moment"]
    assert moment.value_words("nl") == {"m1": "dinsdag"}
    backward = extra.replace("T17", "T07")
    with pytest.raises(wb.StudyError, match="end .* is not after start"):
        wb.load_study(write(GOOD + backward))


@pytest.mark.parametrize("code", ["answered", "no_answer", "not_asked"])
def test_a_missing_code_with_the_name_of_a_state_is_refused(write, code):
    file = write(old='missing = ["weet ik niet"]', new=f'missing = ["{code}"]')
    with pytest.raises(wb.StudyError, match=f"'{code}' stands in values or missing, and wbkit"):
        wb.load_study(file)


DERIVED = """
[sources.students.items.gezien2]
kind = "nominal"
values = ["ja", "nee", "weet ik niet"]
recode = { item = "gezien", map = { oneens = "nee", eens = "ja" } }
"""


def test_a_value_named_like_no_answer_of_the_item_above_is_refused(write):
    with pytest.raises(wb.StudyError, match=r"items.gezien2 has the value 'weet ik niet', and for "
                                            r"gezien, from which it is made, that is no answer"):
        wb.load_study(write(GOOD + DERIVED))


def test_a_derived_item_with_missing_codes_keeps_those_of_the_item_above(write):
    text = GOOD + DERIVED.replace(', "weet ik niet"]', ']\nmissing = ["geen mening"]')
    cleaned = after_cleaning(wb.load_study(write(text)).sources["students"], times=False)
    assert cleaned.items["gezien2"].missing == ("geen mening", "weet ik niet")


def test_a_design_that_would_not_be_used_is_refused(write):
    file = write(old='kind = "convenience", ', new='kind = "srs", cluster = "leerweg", ')
    with pytest.raises(wb.StudyError, match=r'cluster is declared, and kind = "srs"'):
        wb.load_study(file)


@pytest.mark.parametrize(("line", "message"), [
    ("x = " + "9" * 5000, "is not valid TOML: a number or a date in it is too large to be read"),
    ("[x" + ".a" * 200 + "]", r"a key of more than 100 parts \(at line 1\)"),
    ("x" + " . 'a'" * 200 + " = 1", r"a key of more than 100 parts \(at line 1\)"),
    ("x = " + "[" * 100_000, "is not valid TOML: "),
])
def test_what_python_cannot_read_is_refused_in_words(write, line, message):
    with pytest.raises(wb.StudyError, match=message):
        wb.load_study(write(f"{line}\n{GOOD}"))


@pytest.mark.parametrize("file", ["/etc/*", "C:/*.csv", "~/*.csv", "//server/share/*.csv"])
def test_a_pattern_of_whole_paths_is_refused(write, file):
    with pytest.raises(wb.StudyError, match="file: is a pattern of whole paths. Write it from the"):
        wb.load_study(write(old='file = "raw/enquete.csv"', new=f'file = "{file}"'))





def test_a_study_says_which_word_this_school_uses(write):
    terms = 'terms = { coach = "mentor", college = { nl = "school", en = "college" } }'
    file = write(old='language = "nl"', new=f'language = "nl"\n{terms}')
    study = wb.load_study(file)
    words = [study.term(name) for name in ("coach", "college", "team")]
    assert words == ["mentor", "school", "team"]
    assert wb.load_study(file, language="en").term("college") == "college"


def test_a_term_that_is_no_word_is_refused(write):
    file = write(old='language = "nl"', new='language = "nl"\nterms = { coach = 5 }')
    with pytest.raises(wb.StudyError, match=r"study.toml, terms.coach: should be"):
        wb.load_study(file)


@pytest.mark.parametrize(("real", "minimum", "refused"), [
    ("synthetic = false", 4, True), ("synthetic = false", 1, True), ("synthetic = false", 5, False),
    ("synthetic = true", 1, False), ("synthetic = false\npublic = true", 1, False),
])
def test_counts_under_five_of_real_people_cannot_be_asked_for(tmp_path, real, minimum, refused):
    file = tmp_path / "study.toml"
    file.write_text(GOOD.replace("synthetic = true", real) + f"\n[display]\nminimum = {minimum}\n",
                    encoding="utf-8")
    if not refused:
        assert wb.load_study(file).display.minimum == minimum
        return
    words = rf"display.minimum is {minimum}, and students holds real answers.*Write 5 or more"
    with pytest.raises(wb.StudyError, match=words):
        wb.load_study(file)


FILE = 'file = "raw/enquete.csv"'


@pytest.mark.parametrize("file", [r"raw/\u0000.csv", r"raw\nieuw.csv", r"raw\teams.csv"])
def test_a_name_that_no_file_has_is_refused(write, file):
    with pytest.raises(wb.StudyError, match="file: holds a sign that no name of a file has: .* one "
                                            "sign. Write / between folders, as in raw/enquete"):
        wb.load_study(write(old=FILE, new=f'file = "{file}"'))


@pytest.mark.parametrize("file", [r'"raw\\mijn map\\enquete.csv"', r"'raw\mijn map\enquete.csv'"])
def test_a_backslash_between_folders_is_refused_with_the_line_to_write(write, file):
    with pytest.raises(wb.StudyError, match=r"students\.file: holds a \\\. Write / between fol"
                                            r"ders, on every machine: raw/mijn map/enquete\.csv$"):
        wb.load_study(write(old=FILE, new=f"file = {file}"))


def test_a_backslash_that_toml_does_not_know_is_named(write):
    with pytest.raises(wb.StudyError, match=r"not valid TOML: .* it holds a \\; write / between"):
        wb.load_study(write(old=FILE, new=r'file = "raw\studenten.csv"'))


@pytest.mark.parametrize("file", ["raw/con.csv", "aux/a.csv", "raw/NUL", "raw/com1.x.csv"])
def test_a_file_that_windows_cannot_hold_is_refused(write, file):
    with pytest.raises(wb.StudyError, match=r"file: bears a name that Windows keeps .* Give the "):
        wb.load_study(write(old=FILE, new=f'file = "{file}"'))


def test_a_source_with_a_name_that_windows_keeps_is_refused(write):
    with pytest.raises(wb.StudyError, match=r"sources\.con\.name: 'con' is a name that Windows "
                                            r"keeps .* Give the source another one"):
        wb.load_study(write(GOOD.replace("sources.students", "sources.con")))


@pytest.mark.parametrize("head", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_study_that_notepad_saved_is_the_same_study(tmp_path, head, end):
    plain, saved = tmp_path / "study.toml", tmp_path / "map (1) & één" / "study.toml"
    saved.parent.mkdir()
    plain.write_text(GOOD, encoding="utf-8")
    saved.write_bytes(f"{head}{GOOD}".replace("\n", end).encode())
    one, other = (wb.load_study(file).model_dump() for file in (plain, saved))
    assert one == other


def test_a_raw_file_is_found_whichever_way_its_accents_are_stored(write, tmp_path):
    on_disk = tmp_path / "raw" / unicodedata.normalize("NFD", "enquête.csv")
    on_disk.parent.mkdir()
    on_disk.write_bytes(b"x")
    source = wb.load_study(write(old=FILE, new='file = "raw/enquête.csv"')).source("students")
    assert source.path.read_bytes() == b"x"
    assert {name: file.read_bytes() for name, file in source.raw_files.items()} == {
        "raw/enquête.csv": b"x"}


@pytest.mark.parametrize(("old", "new", "words"), [
    ('format = "csv"', 'format = "exel"', r"format: moet 'ms-forms', .* of 'pdf' zijn; er staat"),
    ("population = 20", "population = 0", r"population: moet meer dan 0 zijn; er staat 0"),
    ("population = 20", 'population = "veel"', "population: moet een heel getal zijn, zonder"),
    ("{ kind = \"convenience\", population = 20, margins = { leerweg = { bol = 15, bbl = 5 } } }",
     '"convenience"', r'design: moet zo geschreven zijn: \{ kind = "convenience" \}; er staat'),
    ("bol = 15, bbl = 5", "bol = 15, bbl = 6", "leerweg telt op tot 21, en population is 20"),
    ('unit = "student"', 'unit = "student"\neenheid = "x"', "eenheid: deze naam kent wbkit niet"),
    ('unit = "student"\n', "", "students.unit: dit ontbreekt. Voeg het toe"),
    ('["disagree", "agree"]', '["agree"]', "value_labels.en heeft 1 woord, en values heeft er 2"),
])
def test_a_fault_is_told_in_dutch(monkeypatch, write, old, new, words):
    monkeypatch.setenv("WBKIT_MESSAGES", "nl")
    with pytest.raises(wb.StudyError, match=words):
        wb.load_study(write(old=old, new=new))
