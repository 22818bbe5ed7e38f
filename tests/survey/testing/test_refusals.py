"""What a test may not be made of, each with the words of the refusal."""

import pandas as pd
import pytest

import wbkit as wb

ANSWERS = {"tevreden": ["ja", "nee"] * 20, "team": ["zorg", "zorg", "ict", "ict"] * 10}
TWICE = {"sleutel": [f"s{k}" for k in range(40)], "cijfer": [6.0, 7.0, 8.0, 7.0, 5.0] * 8}


def made(design, unit="student", **columns):
    return wb.responses(pd.DataFrame(ANSWERS | columns), unit=unit, design=design)


def srs(unit="student", **columns):
    return made(wb.Design(kind="srs", invited=40), unit, **columns)


def english(given):
    """Give the same answers, of a study in English."""
    setting = given.source.setting.model_copy(update={"language": "en"})
    return wb.Responses(given.data, given.source.model_copy(update={"setting": setting}))


@pytest.mark.parametrize(("design", "words"), [
    (None, "no p-value: how the units came in was not declared. Add a design"),
    ("convenience", "no p-value: whoever was there took part.*assume"),
    (wb.Design(kind="srs"), "no p-value: how many students were drawn or invited was not declared"),
    (wb.Design(kind="srs", invited=90), "no p-value: 40 of 90 students answered.*assume"),
    (wb.Design(kind="census", population=90), "no p-value: 40 of 90 students answered.*assume"),
    (wb.Design(kind="census", population=40), "no p-value: everyone took part, there is no sample. "
                                              "Leave the test out"),
])
def test_a_p_value_needs_units_that_came_in_by_lot_or_an_assumption(design, words):
    with pytest.raises(wb.DataError, match=words):
        wb.compare(english(made(design)), "tevreden", "team")


@pytest.mark.parametrize(("design", "words"), [
    (None, "geen p-waarde: van deze bron is niet vastgelegd.*Zet in study.toml bij de bron hoe"),
    ("convenience", "geen p-waarde: wie toevallig aanwezig was.*assume"),
    (wb.Design(kind="srs", invited=90), "geen p-waarde: 40 van de 90 studenten deden mee"),
    (wb.Design(kind="census", population=40), "iedereen deed mee, .* Laat de toets weg"),
])
def test_the_refusal_of_a_test_is_in_the_language_of_the_study(design, words):
    with pytest.raises(wb.DataError, match=words):
        wb.compare(made(design), "tevreden", "team")


def test_an_assumption_is_printed_under_the_test():
    table = wb.compare(wb.assume(made("convenience"), "wie er was, was er toevallig"), "tevreden",
                       "team")
    assert "‘wie er was, was er toevallig’" in table.show().basis
    assert "niet te controleren" in repr(table)


def test_teams_that_answered_together_are_not_their_people():
    four = wb.responses(pd.DataFrame({"tevreden": ["ja", "nee", "ja", "ja"],
                                      "sector": ["a", "a", "b", "b"]}), unit="team",
                        design=wb.Design(kind="joint", population=5, people=65))
    words = "een gezamenlijk antwoord van een team, dus n is 4 teams, en niet de 65 mensen"
    with pytest.raises(wb.DataError, match=words):
        wb.compare(four, "tevreden", "sector")
    words = "one row is a joint answer of a team, so that n is 4 teams, not the 65 people"
    with pytest.raises(wb.DataError, match=words):
        wb.compare(english(four), "tevreden", "sector")


def test_different_units_are_not_tested_against_each_other():
    with pytest.raises(wb.DataError, match="a is a student, one of b a teacher: their units"):
        wb.compare({"a": srs(), "b": srs("teacher")}, "tevreden")


def ticked(of):
    frame = pd.DataFrame({"team": ["zorg", "ict"] * 20, "hulp:a": [True, False] * 20,
                          "hulp:b": [True, True] * 20})
    item = wb.Item(name="hulp", kind="multiple", values=("a", "b"))
    given = wb.responses(frame, unit="student", items=[item],
                         design=wb.Design(kind="srs", invited=40))
    return given if of is None else wb.frequency(given, "hulp", by="team", of=of)


@pytest.mark.parametrize("of", ["answers", "respondents"])
def test_a_chi_square_on_stacked_ticks_is_refused(of):
    with pytest.raises(wb.DataError, match="a chi-square on stacked ticks .* is not computed"):
        wb.compare(ticked(of), "hulp", "team")


def test_ticks_as_rows_are_refused():
    with pytest.raises(wb.DataError, match="stacked ticks"):
        wb.compare(srs("answer"), "tevreden", "team")


def test_ticks_make_no_groups():
    with pytest.raises(wb.DataError, match="one student would be in several groups"):
        wb.compare(ticked(None), "team", "hulp")


@pytest.mark.parametrize(("fields", "words"), [
    ({"values": ("ja", "nee", "weet niet")}, r"values \(ja, nee\) became \(ja, nee, weet niet\)"),
    ({"values": ("nee", "ja")}, r"values \(ja, nee\) became \(nee, ja\)"),
    ({"missing": ("weet niet",)}, r"missing \(\) became \(weet niet\)"),
    ({"label": {"nl": "Ben je blij?"}}, "the words ‘tevreden’ became ‘Ben je blij\\?’"),
])
def test_waves_whose_items_changed_are_refused_with_the_difference(fields, words):
    before = {"name": "tevreden", "kind": "nominal", "values": ("ja", "nee")}
    parts = [wb.responses(pd.DataFrame(ANSWERS), unit="student",
                          items=[wb.Item.model_validate(one)],
                          design=wb.Design(kind="srs", invited=40))
             for one in (before, before | fields)]
    with pytest.raises(wb.DataError, match=f"tevreden changed between 2024 and 2025: .*{words}"):
        wb.compare(dict(zip(("2024", "2025"), parts, strict=True)), "tevreden")


@pytest.mark.parametrize("test", [
    lambda given: wb.compare(given, "tevreden", "team"),
    lambda given: wb.compare(wb.count_cells(given, "tevreden", by="team"), "tevreden", "team"),
    lambda given: wb.compare({"2024": srs(), "2025": given}, "tevreden"),
    lambda given: wb.compare_paired(
        srs(**TWICE | {"cijfer": [7.0, 8.0] * 20}), given, "cijfer", key="sleutel"),
    lambda given: wb.regress(given, "cijfer", "team"),
])
def test_a_test_after_looking_is_marked_as_exploratory(test):
    table, plain = test(srs(**TWICE).explored()), test(srs(**TWICE))
    assert table.show().title == f"{plain.show().title} (verkennend)"
    assert any("geen bewijs" in note for note in table.show().notes)
    assert table.fingerprint != plain.fingerprint


@pytest.mark.parametrize(("items", "options", "words"), [
    ("tevreden", {}, "compare needs by"),
    ("team", {"by": "team"}, "team makes the groups and is compared as well"),
    ("tevreden", {"by": "team", "adjust": "fdr"}, "adjust='fdr' is unknown. Use one of holm"),
    ([], {"by": "team"}, "the list of items is empty"),
    ("zin", {"by": "team"}, "zin is open"),
])
def test_what_cannot_be_asked_is_refused(items, options, words):
    given = wb.responses(pd.DataFrame(ANSWERS | {"zin": ["veel woorden"] * 40}), unit="student",
                         items=[wb.Item(name="zin", kind="open")],
                         design=wb.Design(kind="srs", invited=40))
    with pytest.raises(wb.DataError, match=words):
        wb.compare(given, items, **options)


def test_a_wave_is_not_compared_with_itself():
    wave = srs()
    with pytest.raises(wb.DataError, match="are the very same answers, so that every"):
        wb.compare({"2024": wave, "2025": wave}, "tevreden")


def test_several_sources_and_groups_are_not_compared_at_once():
    with pytest.raises(wb.DataError, match="two or more of them and no by; there are 1"):
        wb.compare({"a": srs()}, "tevreden")
    with pytest.raises(wb.DataError, match="Compare groups within one source"):
        wb.compare({"a": srs(), "b": srs()}, "tevreden", "team")


@pytest.mark.parametrize(("columns", "words"), [
    ({"tevreden": ["ja"] * 40}, "iedereen gaf hetzelfde antwoord: ‘tevreden’"),
    ({"team": ["zorg"] * 40}, "maar één groep met antwoorden: ‘tevreden’"),
    ({"tevreden": [1.0, 1.0, 2.0, 2.0] * 10}, "geen spreiding of zijn te weinig antwoorden"),
])
def test_no_number_is_absent_without_a_reason(columns, words):
    table = wb.compare(srs(**columns), "tevreden", "team")
    assert table.data["p"].isna().all()
    assert any(words in note for note in table.show().notes)
    assert repr(table)


def test_a_comparison_of_few_real_students_is_hidden():
    few = wb.responses(pd.DataFrame({"tevreden": ["ja", "nee", "ja", "nee"],
                                     "team": ["zorg", "zorg", "ict", "ict"]}), unit="student",
                       design=wb.Design(kind="srs", invited=4))
    data = wb.compare(few, "tevreden", "team").data
    assert data["state"].tolist() == ["hidden"]
    assert data[["p", "effect", "n"]].isna().all(axis=None)


def test_random_numbers_need_a_whole_number_to_start_from():
    with pytest.raises(wb.DataError, match="seed=-1 is no whole number from 0 on. Give one"):
        wb.compare(srs(tevreden=[1.0, 2.0, 3.0, 5.0, 4.0] * 8, team=["a", "b", "c", "a"] * 10),
                   "tevreden", "team", seed=-1)


def test_the_very_same_answers_do_not_count_twice():
    given = srs()
    counted = wb.count_cells(given, "tevreden")
    for twice in (lambda: wb.compare({"a": given, "b": given}, "tevreden"),
                  lambda: wb.pool_cells({"a": counted, "b": counted})):
        with pytest.raises(wb.DataError, match="a and b are the very same answers, so that every"):
            twice()
