"""A draft goes into study.toml beside what stands there, and says it is a draft until confirmed."""

import io

import pytest
from builders.files import write_text
from builders.studies import make_study, wbkit

import wbkit as wb
from wbkit.errors import StudyError
from wbkit.workflow.describe.study_file import ask_design, design_kind

NEW = """nr;Hoe gaat het?;Wat is je e-mailadres?
1;goed;a@school.nl
2;slecht;b@school.nl
3;goed;c@school.nl
"""


@pytest.fixture
def study(tmp_path):
    """Give study.toml of a small study, and beside its raw file a new one."""
    write_text(tmp_path / "data" / "raw" / "nieuw.csv", NEW)
    return make_study(tmp_path)


def describe(study, *words, file="nieuw.csv"):
    return wbkit("describe", study.parent / "raw" / file, "--study", study, *words)


def test_a_draft_is_added_and_all_else_stays(study):
    before = study.read_text(encoding="utf-8")
    done = describe(study)
    assert done.exit_code == 0, done.output
    assert "Made: a draft of 3 items" in done.output
    assert study.read_text(encoding="utf-8").startswith(before)
    source = wb.load_study(study).source("nieuw")
    assert source.file == "raw/nieuw.csv"
    assert source.design is None
    assert {item.column: item.kind for item in source.items.values()} == {
        "nr": "open", "Hoe gaat het?": "ordinal", "Wat is je e-mailadres?": "open"}
    assert all(item.guessed for item in source.items.values())


def test_a_heading_that_tables_use_themselves_gets_another_id(study):
    write_text(study.parent / "raw" / "nieuw.csv", NEW.replace("nr;", "value;"))
    done = describe(study)
    assert done.exit_code == 0, done.output
    assert wb.load_study(study).source("nieuw").items["value_2"].column == "value"


def test_a_second_draft_of_one_name_is_refused(study):
    describe(study)
    before = study.read_bytes()
    done = describe(study)
    assert done.exit_code == 1
    assert "has a source 'nieuw' already" in done.output
    assert study.read_bytes() == before
    assert describe(study, "--name", "tweede").exit_code == 0


@pytest.mark.parametrize(("words", "kind"), [
    ("everyone", "census"), ("loting", "srs"), ("aanwezig", "convenience"), ("joint", "joint"),
    ("", None), (None, None),
])
def test_the_design_is_what_a_person_says(words, kind):
    assert design_kind(words) == kind


def test_another_design_is_refused(study):
    done = describe(study, "--design", "random")
    assert done.exit_code == 1
    assert "It may be everyone (census), lot (srs), present (convenience)" in done.output


class Terminal(io.StringIO):
    """Somebody sits there."""

    def isatty(self):
        return True


@pytest.mark.parametrize(("typed", "kind"), [
    (["1"], "census"), (["x", "3"], "convenience"), ([""], None), (["4"], "joint"),
])
def test_on_a_terminal_the_design_is_asked_in_plain_words(typed, kind):
    asked, answers = [], iter(typed)

    def prompt(words, **_):
        asked.append(words)
        return next(answers)

    assert ask_design(Terminal(), prompt) == kind
    assert "whoever was there took part" in asked[0]
    assert len(asked) == len(typed)


def test_nothing_is_asked_where_nobody_sits():
    assert ask_design(io.StringIO(), lambda *_, **__: "1") is None


def test_a_chosen_design_stands_in_the_draft(study):
    describe(study, "--design", "present")
    assert wb.load_study(study).source("nieuw").design.kind == "convenience"


def test_a_study_that_cannot_be_read_stays_as_it_was(study):
    study.write_text("title = ", encoding="utf-8")
    done = describe(study)
    assert (done.exit_code, "is not valid TOML" in done.output) == (1, True)
    assert study.read_text(encoding="utf-8") == "title = "
    assert not list(study.parent.glob(".*"))


def test_check_counts_what_is_not_confirmed(study):
    describe(study)
    done = wbkit("check", "--study", study)
    assert done.exit_code == 1
    assert "NOT OK  guesses: nieuw: 3 of 3 items not confirmed yet" in done.output
    text = study.read_text(encoding="utf-8").replace("guessed = true\n", "")
    study.write_text(text, encoding="utf-8")
    assert "guesses" not in wbkit("check", "--study", study).output


def test_a_table_says_that_its_item_is_not_confirmed(study):
    text = study.read_text(encoding="utf-8") + "guessed = true\n"
    study.write_text(text, encoding="utf-8")  # the last item is gezien
    assert wbkit("prepare", "--study", study).exit_code == 0
    answers = wb.read_responses(wb.load_study(study), "students")
    note = "Nog niet bevestigd – de computer raadde soort en antwoorden van: ‘Ik voel mij gezien’."
    assert note in repr(wb.frequency(answers, "gezien"))
    assert note in repr(wb.crosstab(answers, "leerweg", "gezien"))
    assert "Nog niet bevestigd" not in repr(wb.frequency(answers, "leerweg"))
    assert "Nog niet bevestigd" in wb.frequency(answers, "leerweg", by="gezien")._repr_html_()


def test_an_unknown_file_is_a_message(study):
    done = describe(study, file="weg.xlsx")
    assert (done.exit_code, "there is no such file" in done.output) == (1, True)
    with pytest.raises(StudyError, match="there is no source 'x'"):
        wb.load_study(study).source("x")
