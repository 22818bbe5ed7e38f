"""What is printed of a draft, how sure each question is, and which answers are shown of it."""

import pytest
from builders.files import write_text
from builders.platform_exports import QUALTRICS
from builders.studies import make_study, wbkit

from wbkit.intake.draft.draft import describe
from wbkit.workflow.describe.certainty import certainty, draft_lines, examples, unsure_first

SURE = ["goed", "matig", "slecht", "goed", "matig", "goed"]


def drafted(tmp_path, columns):
    """Draft a file of these columns."""
    rows = zip(*columns.values(), strict=True)
    text = "\n".join(";".join(row) for row in (tuple(columns), *rows))
    return describe(write_text(tmp_path / "a.csv", text + "\n"))


def level(tmp_path, heading, cells, **others):
    draft = drafted(tmp_path, {**others, heading: cells})
    return certainty(draft.items[-1])


def test_a_plain_scale_is_sure(tmp_path):
    assert level(tmp_path, "Hoe gaat het met het rooster?", SURE) == "sure"


@pytest.mark.parametrize(("heading", "cells"), [
    ("Ik voel mij gezien", ["eens", "oneens", "neutraal", "eens", "per docent anders", "eens"]),
    ("Heb je een ziekte?", ["ja", "nee", "nee", "nee", "ja", "nee"]),
    ("Hoeveel uur werk je?", ["8", "12 uur", "16", "8 uur", "9", "4"]),
    ("Wat is je geloof?", ["christen", "geen", "moslim", "geen", "moslim", "christen"]),
])
def test_what_was_guessed_has_to_be_looked_at(tmp_path, heading, cells):
    draft = drafted(tmp_path, {heading: cells})
    assert certainty(draft.items[0]) in ("look", "asked")


def test_a_guessed_routing_has_to_be_looked_at(tmp_path):
    work = ["ja"] * 6 + ["nee"] * 6
    draft = drafted(tmp_path, {"Heb je werk?": work,
                               "Hoe is je werk?": ["goed", "slecht", "matig"] * 2 + [""] * 6})
    assert "asked_if" in draft.items[1].fields
    assert [certainty(one) for one in draft.items] == ["sure", "look"]


def test_a_question_with_a_doubt_is_asked_and_stands_first(tmp_path):
    draft = drafted(tmp_path, {"Hoe is het rooster?": SURE, "Hoe is de pauze?": SURE,
                               "Hoe is de les?": SURE, "": SURE[::-1]})
    assert [place for place, _ in unsure_first(draft.items)] == [4, 1, 2, 3]
    assert [certainty(one) for one in draft.items] == ["sure", "sure", "sure", "asked"]


def test_examples_are_the_most_frequent_answers_of_a_closed_question(tmp_path):
    draft = drafted(tmp_path, {"Hoe is het rooster?": SURE})
    assert examples(draft.items[0]) == ["goed", "matig"]  # slecht was said by one person


@pytest.mark.parametrize(("heading", "cells"), [
    ("Wat is je e-mailadres?", ["a@x.nl", "b@x.nl", "c@x.nl", "a@x.nl"]),
    ("Wat wil je nog kwijt?", ["de kantine is te duur voor mij", "niets bijzonders te melden nu",
                               "het is wel prima zo hoor", "meer rust in de ochtend graag"]),
    ("Heb je een ziekte?", ["ja", "nee", "nee", "ja"]),
    ("Hoeveel uur werk je?", ["8", "12", "16", "20"]),
])
def test_no_answer_is_shown_that_could_point_to_somebody(tmp_path, heading, cells):
    assert examples(drafted(tmp_path, {heading: cells}).items[0]) == []


def test_own_words_behind_an_option_are_no_example(tmp_path):
    cells = ["taal;plannen", "taal;taal van mijn oma Truus", "plannen;taal", "plannen;", "taal;",
             "taal;plannen;"] * 2
    cells[7] = "plannen;mijn stage"
    draft = drafted(tmp_path, {"nr": [str(n) for n in range(12)], "hulp": cells})
    write = write_text(tmp_path / "b.csv", "nr\thulp\n" + "".join(
        f"{n}\t{cell}\n" for n, cell in enumerate(cells)))
    draft = describe(write)
    shown = examples(draft.items[1])
    assert draft.items[1].kind == "multiple"
    assert shown and not any("Truus" in one or "stage" in one for one in shown)


def test_the_command_says_what_the_file_was_taken_for_and_what_it_asks(tmp_path):
    study = make_study(tmp_path)
    file = write_text(study.parent / "raw" / "qual.csv", QUALTRICS)
    done = wbkit("describe", file, "--study", study)
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert lines[0] == "raw/qual.csv: taken for an export of Qualtrics"
    assert "set aside: Status = 'Survey Preview' (proefrij (Survey Preview))" in lines
    assert any(line.startswith("Geen vragen, want het programma voegt ze zelf toe: ")
               and "'RecipientEmail'" in line for line in lines)
    assert any(line.endswith("asked") and "sure" in line for line in lines)


def test_where_the_headings_were_found_is_said_and_what_is_asked(tmp_path):
    rows = "".join(f"{n};{cell};{cell};{cell}\n" for n, cell in enumerate(SURE))
    file = write_text(tmp_path / "a.csv", f"Enquête;;;\n;;;\nnr;Hoe is het rooster?;Pauze;\n{rows}")
    draft = describe(file)
    lines = draft_lines(draft)
    assert "headings: 1 row, from row 3" in lines
    (asked,) = [line for line in lines if line.startswith("ASK")]
    assert asked.startswith(f"ASK  {draft.items[-1].name}: D heeft geen kop")


def test_no_line_shows_a_value_of_an_identifier(tmp_path):
    rows = "".join(f"a{n}@school.nl;{cell};3;4\n" for n, cell in enumerate(SURE))
    file = write_text(tmp_path / "a.csv", f"E-mailadres;Rooster;a;b\n{rows}Totaal jan@x.nl;;3;4\n")
    lines = draft_lines(describe(file))
    assert any(line.startswith("set aside: E-mailadres = •••") for line in lines)
    assert "@" not in "\n".join(lines)
