"""Slots of an interpretation, filled from Tables or refused in words."""

import pytest
from builders.responses import answers, people

import wbkit as wb
from wbkit.findings.slots import Filler, tables_in

HELP = {"hulp": {"kind": "multiple", "label": "Waarbij heb je hulp nodig?", "exclusive": ["niets"],
                 "values": ["plannen", "toetsen", "motivatie", "niets"], "other": "iets anders"},
        "steun": {"kind": "nominal", "label": "Steun", "values": ["ja", "nee"]}}
TEAM = {"groei": {"kind": "multiple", "values": ["coachen", "signaleren", "onderzoek"]}}


def ticked(counts, *, base, items=HELP, name="hulp", steun=None, **fields):
    """Make units of which the first n ticked each option; the others ticked the last one."""
    options = [*items[name]["values"], *(["other"] if "other" in items[name] else [])]
    data = {f"{name}:{one}": [place < counts.get(one, 0) for place in range(base)]
            for one in options}
    rest = [not any(column[place] for column in data.values()) for place in range(base)]
    last = f"{name}:{items[name]['values'][-1]}"
    data[last] = [one or other for one, other in zip(data[last], rest, strict=True)]
    if "other" in items[name]:
        data[f"{name}:text"] = [None] * base
    if "steun" in items:
        data["steun"] = steun or ["ja"] * base
    return answers(data, items=items, **fields)


def students(counts, base=37, **fields):
    return wb.frequency(ticked(counts, base=base, **fields), "hulp")


def teams(counts, base=4):
    made = ticked(counts, base=base, items=TEAM, name="groei", unit="team",
                  design={"kind": "joint", "population": 5})
    return wb.frequency(made, "groei")


def fill(text, language="nl", **tables):
    return Filler(tables, language, "interpretations.toml, 1b").fill(text)


def refused(text, message, **tables):
    with pytest.raises(wb.DataError, match=message):
        fill(text, **tables)


CLOSE = {"plannen": 21, "toetsen": 20, "motivatie": 17}


@pytest.mark.parametrize(("slot", "words"), [
    ("{t:plannen}", "21 van de 37"), ("{t:plannen.units}", "21 van de 37 studenten"),
    ("{t:plannen.n}", "21"), ("{t:plannen.base}", "37"), ("{t:plannen.share}", "57 %"),
    ("{t:plannen.label}", "plannen"), ("{t:hulp|plannen.n}", "21"),
    ("{t:value=plannen.n}", "21"),
])
def test_a_slot_is_filled_with_the_number_of_its_cell(slot, words):
    assert fill(slot, t=students(CLOSE)) == words


def test_english_slots_have_english_words():
    assert fill("{t:plannen.units}, {vooral(t)}", "en", t=students({"plannen": 30})) == \
        "30 of the 37 students, mostly plannen (30 of the 37)"


# The five planted faults


def test_a_tie_passed_off_as_first_is_refused():
    refused("{vooral(t:plannen)}", "plannen .21 van de 37. shares the first place",
            t=students(CLOSE))


def test_a_rank_that_the_table_does_not_give_is_refused():
    refused("{vooral(t:motivatie)}", "motivatie .17 van de 37. is not first; the Table gives "
            "plannen", t=students(CLOSE))


def test_a_comparison_of_students_with_teams_is_refused():
    refused("{vaker(a:coachen, b:plannen)}", "3 van de 4 teams and 21 van de 37 studenten are of "
            "different units", a=teams({"coachen": 3}), b=students(CLOSE))


def test_a_comparison_on_two_bases_is_refused():
    refused("{vaker(a:plannen, b:plannen)}", "have not the same base", a=students(CLOSE),
            b=students(CLOSE, base=200))


def test_the_same_number_of_people_in_another_part_is_another_base():
    part = ticked(CLOSE, base=40, steun=["ja"] * 37 + ["nee"] * 3).where(steun="ja")
    refused("{vaker(a:plannen, b:plannen)}", "have not the same base", a=students(CLOSE),
            b=wb.frequency(part, "hulp"))


# Ranks


def test_a_lead_of_one_is_said_as_about_equal():
    assert fill("{vooral(t)}", t=students(CLOSE)) == \
        "plannen (21 van de 37) en toetsen (20 van de 37), ongeveer even vaak"


@pytest.mark.parametrize(("counts", "base", "first"), [
    ({"plannen": 12, "toetsen": 10}, 20, True),  # 2 units, 10 points
    ({"plannen": 12, "toetsen": 10}, 40, True),  # 2 units, exactly 5 points
    ({"plannen": 12, "toetsen": 10}, 41, False),  # 2 units, less than 5 points
    ({"plannen": 11, "toetsen": 10}, 20, False),  # 1 unit, 5 points
])
def test_a_lead_is_two_units_and_five_points_of_the_base(counts, base, first):
    words = fill("{vooral(t)}", t=students(counts, base))
    assert words.startswith("vooral plannen") == first


def test_a_lead_in_a_random_sample_also_needs_an_interval_without_zero():
    counts = {"plannen": 14, "toetsen": 11}  # 10 points on 30: enough, where nothing was drawn
    assert fill("{vooral(t)}", t=students(counts, 30)).startswith("vooral")
    drawn = students(counts, 30, design="srs")
    assert fill("{vooral(t)}", t=drawn).endswith("ongeveer even vaak")
    assert fill("{vooral(t)}", t=students({"plannen": 28, "toetsen": 8}, 30, design="srs")) \
        .startswith("vooral plannen")


def test_a_tie_at_the_last_place_names_all_that_tie():
    assert fill("{top(t):1}", t=students({"plannen": 8, "toetsen": 8, "motivatie": 3}, 14)) == \
        "plannen en toetsen (elk 8 van de 14)"


def test_something_else_and_none_have_no_place():
    table = students({"plannen": 3, "other": 9}, 30)
    assert fill("{top(t):1}", t=table) == "plannen (3 van de 30)"


def test_teams_get_counts_and_never_a_first_place_or_a_percentage():
    table = teams({"coachen": 3, "signaleren": 1})
    assert fill("{t:coachen.units}", t=table) == "3 van de 4 teams"
    assert fill("{top(t):1}", t=table) == "coachen (3 van de 4 teams)"
    refused("{t:coachen.share}", "a percentage of 4 teams says more than there is", t=table)
    refused("{vooral(t)}", "4 teams are too few for a first place", t=table)
    refused("{vaker(t:coachen, t:signaleren)}", "4 teams are too few to compare", t=table)


@pytest.mark.parametrize(("slot", "words"), [
    ("{vaker(t:plannen, t:motivatie)}", "vaker dan"),
    ("{vaker(t:motivatie, t:plannen)}", "minder vaak dan"),
    ("{vaker(t:plannen, t:toetsen)}", "ongeveer even vaak als"),
])
def test_a_comparison_has_the_words_that_the_table_gives(slot, words):
    assert fill(slot, t=students(CLOSE)) == words


def test_groups_have_their_own_addresses_and_answers_that_agree_are_added():
    table = wb.frequency(people(["eens"] * 12 + ["oneens"] * 3, leerweg=["bol"] * 14 + ["bbl"]),
                         "gezien", by="leerweg")
    assert fill("{t:bol|eens+neutraal}", t=table) == "12 van de 14"
    refused("{t:eens}", "2 counts stand there", t=table)
    refused("{vaker(t:bol|eens, t:bbl|eens)}", "have not the same base", t=table)


def test_answers_that_one_student_can_both_give_are_not_added():
    refused("{t:plannen+toetsen}", "cannot be added up", t=students(CLOSE))


@pytest.mark.parametrize(("text", "message"), [
    ("{t:fietsen}", "the Table t has no 'fietsen' there. There is hulp, plannen"),
    ("{x:plannen}", "rests on x, which is not there. There is t"),
    ("{plannen}", "{plannen} is no slot"), ("{vaker(t:plannen)}", "compares 1 counts. Name two"),
    ("{t:plannen.mean}", "shows no mean there"), ("{t:plannen.quote}", "0 quotations stand there"),
])
def test_a_slot_that_cannot_be_filled_says_what_may_stand_there(text, message):
    refused(text, message, t=students(CLOSE))


def test_the_tables_of_a_text_are_those_in_its_slots():
    text = "{vaker(a_1:x, b-2:y)} {top(c:onmisbaar):3} {vooral(d)} {e:x.units} (f: g)"
    assert tables_in(text) == ["a_1", "b-2", "c", "d", "e"]


def test_a_sentence_in_a_notebook_is_filled_and_shown_as_text():
    said = wb.fill("Plannen noemen {needy:plannen.units}.", needy=students(CLOSE))
    assert repr(said) == said._repr_markdown_() == "Plannen noemen 21 van de 37 studenten."
    with pytest.raises(wb.DataError, match="fill, .*rests on nobody, which is not there"):
        wb.fill("{nobody:plannen}", needy=students(CLOSE))
