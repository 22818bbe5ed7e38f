"""A way of counting is accepted when no other can have been meant; else a person is asked."""

import itertools
import unicodedata

import pytest
from builders import refi_projects as rf
from builders.random_projects import projects, right_or_asked
from hypothesis import HealthCheck, given, settings

import wbkit as wb

LINES = ("Hoe gaat het op school?", "Het is druk, ik heb veel toetsen 👍🏽 zeg.",
         "En thuis dan?", "Daar gaat het écht goed, ook met 👩‍👩‍👧‍👦 erbij.", "Wie helpt je nu?",
         "Mijn coach en het cafe\u0301 helpen.", "Goed zo, tot later.")


def whole_lines(text, ending):
    edges = [0, *(at + len(ending) for at in range(len(text)) if text.startswith(ending, at))]
    return [text[start:end] for start, end in itertools.pairwise(edges)]


def words(text, *, tail):
    """Give the first two words of each line, with or without the space behind them."""
    return [" ".join(line.split(" ")[:2]) + tail for line in text.splitlines()]


KINDS = {
    "whole lines": (LINES, whole_lines),
    "bullets": (tuple(f"- {line}" for line in LINES), whole_lines),
    "trailing spaces": (LINES, lambda text, ending: words(text, tail=" ")),
    "emoji": (tuple(f"👍 {line}" for line in LINES), lambda text, ending: words(text, tail="")),
    "spaces now and then": (LINES, lambda text, ending: [
        *words(text, tail=" ")[:4], *words(text, tail="")[4:]]),
}
TWELVE = list(itertools.product(("points", "utf16", "utf8"), ("as is", "other"), (False, True)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("unit", "breaks", "inclusive"), TWELVE)
def test_the_quotes_are_identical_or_a_person_is_asked(tmp_path, kind, unit, breaks, inclusive):
    lines, select = KINDS[kind]
    ending = "\r\n" if unit == "utf16" else "\n"
    text = ending.join(lines) + ending
    breaks = breaks if breaks == "as is" else "one" if ending == "\r\n" else "two"
    quotes = select(text, ending)
    places = rf.selections(text, quotes, unit, breaks=breaks, inclusive=inclusive)
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(rf.source(places)),
                   {"Sources/gesprek.txt": text.encode()})
    try:
        found = [one.quote for __, one in wb.read_refi(path).selections()]
    except wb.CodingError as error:
        assert "it is not certain how the program counted" in str(error)
        return
    frozen = [unicodedata.normalize("NFC", quote.replace("\r\n", "\n")) for quote in quotes]
    assert [one.strip() for one in found] == [one.strip() for one in frozen]
    if not inclusive or kind in ("emoji", "spaces now and then"):
        assert found == frozen  # the same places less white space are the same data else


def accepted(tmp_path, text, quotes, *, names=None, inclusive=False, convention=None):
    places = rf.selections(text, quotes, "points", inclusive=inclusive)
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(rf.source(places, names=names)),
                   {"Sources/gesprek.txt": text.encode()})
    return wb.read_refi(path, convention=convention)


def test_ordinary_projects_are_not_asked(tmp_path):
    text = " ".join(f"Dit is zin {at}, over de les van vandaag." for at in range(12))
    quotes = [f"zin {at}, over de les" for at in range(12)] + ["vandaag"]
    assert accepted(tmp_path, text, quotes).codings["quote"].tolist() == quotes
    quotes = [f"Dit is zin {at}, over de les van vandaag." for at in range(12)]
    assert accepted(tmp_path, text, quotes).codings["quote"].tolist() == quotes


def test_a_project_in_which_words_seldom_have_a_space_behind_them_is_asked(tmp_path):
    text = " ".join(f"Dit is zin {at}, over de les van vandaag." for at in range(12))
    quotes = [f"zin {at}, over de les" for at in range(4)] + ["vandaag"]
    with pytest.raises(wb.CodingError, match="it is not certain"):
        accepted(tmp_path, text, quotes)


@pytest.mark.parametrize("behind", ["- ", "I: ", "1. ", "👍 ", "• ", "A "])
def test_the_mark_at_the_head_of_the_next_line_belongs_to_nobody(tmp_path, behind):
    lines = [f"{behind}{line}" for line in LINES]
    text = "\n".join(lines) + "\n"
    found = accepted(tmp_path, text, [f"{line}\n" for line in lines])
    assert [one.strip() for one in found.codings["quote"]] == [
        unicodedata.normalize("NFC", line) for line in lines]


def test_the_question_shows_three_quotes_by_each_way_and_of_a_long_one_only_the_ends(tmp_path):
    long = "Dit is een heel lang verhaal met geheime woorden erin over een les op school"
    with pytest.raises(wb.CodingError) as caught:
        accepted(tmp_path, f"Ja. {long}. Nee. Goed.", [long, "Nee", "Goed", "Ja"])
    assert str(caught.value).splitlines()[1:] == [
        "'code points, end exclusive': [Dit is een heel …en les op school] | [Nee] | [Goed]",
        "'code points, end inclusive': [Dit is een heel …n les op school.] | [Nee.] | [Goed.]"]


def test_the_words_of_the_question_are_taken_as_answer_and_others_are_refused(tmp_path):
    text = "Ja. Nee."
    assert accepted(tmp_path, text, ["Ja", "Nee"], convention="code points, end inclusive").codings[
        "quote"].tolist() == ["Ja.", "Nee."]
    with pytest.raises(wb.CodingError, match="convention='tekens' is no way of counting. It may"):
        accepted(tmp_path, text, ["Ja"], convention="tekens")
    with pytest.raises(wb.CodingError, match="no way of counting fits; with UTF-8 bytes, end"):
        accepted(tmp_path, "ééé lange woorden hier", ["woorden"],
                 convention="UTF-8 bytes, end inclusive")


def test_a_selection_that_has_no_place_by_any_way_does_not_spoil_the_others(tmp_path):
    text = "Ik had stress, mijn coach hielp me"
    places = [*rf.selections(text, ["stress", "coach hielp", "me"], "points"), (900, 950)]
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(rf.source(places)),
                   {"Sources/gesprek.txt": text.encode()})
    project = wb.read_refi(path)
    assert project.codings["quote"].tolist() == ["stress", "coach hielp", "me"]
    assert "a selection at 900-950 has no place" in project.warnings[0]


@settings(derandomize=True, max_examples=40, deadline=None,
          suppress_health_check=list(HealthCheck))
@given(projects())
def test_no_random_project_is_accepted_wrongly(tmp_path_factory, made):
    assert right_or_asked(made, tmp_path_factory.mktemp("a"))
