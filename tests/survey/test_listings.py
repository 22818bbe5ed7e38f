"""Lists that hold no people; joint answers, and the people behind them."""

import pytest
from builders import team_answers
from builders.responses import answers, people, renamed
from builders.team_answers import teams

import wbkit as wb

ITEMS = {"naam": {"kind": "open", "label": {"nl": "Naam", "en": "Name"}},
         "soort": {"kind": "nominal", "values": ["a", "b"], "value_labels": {"nl": ["A!", "B!"]}}}
DATA = {"naam": ["een", "twee"], "soort": ["a", "b"]}


def made(**fields):
    fields = {"kind": "list", "public": True, "synthetic": False, "design": None} | fields
    return answers(DATA, items=ITEMS, **fields)


def test_a_list_is_shown_as_it_stands_with_its_words():
    table = wb.list_rows(made(), ["naam", "soort"])
    assert list(table.data["naam"]) == ["een", "twee"]
    assert "B!" in repr(table) and table.show().base == "2 studenten."


def test_a_part_of_a_list_says_which_part_it_is():
    table = wb.list_rows(made().where(soort="b"), ["naam"])
    assert list(table.data["naam"]) == ["twee"]
    assert table.show().base == "1 student. Alleen soort: B!."


def test_counts_of_a_list_do_not_speak_of_asking():
    table = wb.frequency(made(), "soort")
    assert table.show().base == "Basis: 2 van de 2 studenten." and table.show().basis == ""
    assert table.sentence("a") == "Bij 1 van de 2 studenten staat bij ‘soort’: ‘A!’."


@pytest.mark.parametrize("fields", [{"kind": "survey"}, {"public": False}])
def test_rows_of_people_are_never_shown(fields):
    with pytest.raises(wb.DisclosureError, match="rows of people are never shown"):
        wb.list_rows(made(**fields), ["naam"])


def test_a_list_without_columns_is_refused():
    with pytest.raises(wb.DataError, match="no item cannot be a column of a list"):
        wb.list_rows(made(), [])


def shown(items, **options):
    table = wb.team_answers(teams(), items, by="team", agreement=["eens_2", "eens_1"], **options)
    return table, table.data.set_index(["item", "team"])


def test_teams_stand_in_the_order_of_the_study_and_the_missing_one_keeps_its_place():
    table, data = shown(["keuze"])
    assert table.data["team"].tolist() == ["zorg", "bouw", "groen"]
    assert data.loc[("keuze", "groen"), "state"] == "absent"
    assert "niet deelgenomen" in repr(table)
    assert "groen: deed niet mee" in table.show().notes


def test_agreement_is_that_of_the_block_in_which_the_question_stands():
    _, data = shown(["keuze", "cijfer"])
    assert data.loc[("keuze", "bouw"), "agreement"] == "verdeeld"
    assert data.loc[("cijfer", "bouw"), "agreement"] == "iedereen"
    assert data.loc[("cijfer", "zorg"), "agreement"] == ""


def test_every_tick_is_a_row_and_no_answer_is_said():
    table, data = shown(["inzet"])
    assert data.loc[("inzet", "bouw"), "value"].tolist() == ["coach", "buddy"]
    assert data.loc[[("inzet", "zorg")], "value"].tolist() == [""]
    assert "coach en buddy (verdeeld)" in repr(table)
    assert "geen antwoord" in repr(table)


def test_a_missing_code_is_shown_as_what_was_said():
    assert shown(["keuze"])[1].loc[("keuze", "zorg"), "value"] == "weet niet"


def test_team_coverage_the_answers_are_named():
    table, data = shown(["keuze"], people="mensen")
    assert data.loc[("keuze", "zorg"), "people"] == 24
    assert "37 personen" in table.show().base
    assert "zorg (24\N{NO-BREAK SPACE}personen)" in repr(table)


def test_nothing_is_a_share_or_a_rank():
    assert not {"n", "base", "share", "rank"} & set(shown(["keuze"])[0].data)


def test_a_real_answer_is_shown_only_with_enough_team_coverage_it():
    real = teams(synthetic=False)
    unknown = wb.team_answers(real, ["keuze"], by="team")
    assert unknown.data["state"].tolist() == ["hidden", "hidden", "absent"]
    known = wb.team_answers(real, ["keuze"], by="team", people="mensen")
    assert known.data["state"].tolist() == ["shown", "shown", "absent"]


def test_answers_of_people_are_refused():
    with pytest.raises(wb.DisclosureError, match="single answers of people are never shown"):
        wb.team_answers(people(["eens"]), ["gezien"], by="leerweg")


def test_open_answers_and_double_groups_are_refused():
    with pytest.raises(wb.DataError, match="tekst cannot be a row"):
        shown(["tekst"])
    twice = answers(team_answers.DATA | {"team": ["zorg", "zorg"]}, items=team_answers.ITEMS,
                    **team_answers.JOINT)
    with pytest.raises(wb.DataError, match="zorg stands in several rows"):
        wb.team_answers(twice, ["keuze"], by="team")


def test_a_frequency_by_team_does_not_lose_the_missing_team():
    data = wb.frequency(teams(), "eens_1", by="team").data
    groen = data[data["team"] == "groen"]
    assert groen["state"].tolist() == ["absent", "absent"]
    assert groen[["n", "base", "share"]].isna().all(axis=None)
    assert "niet deelgenomen" in repr(wb.frequency(teams(), "eens_1", by="team"))


def test_the_missing_team_is_named_in_english():
    english = answers(team_answers.DATA, items=team_answers.ITEMS, language="en",
                      **team_answers.JOINT)
    table = wb.team_answers(english, ["keuze"], by="team")
    assert "groen: did not join" in table.show().notes
    assert "did not take part" in repr(table)


PEOPLE_ITEMS = {"team": {"kind": "nominal", "values": ["zorg", "bouw", "groen"]},
         "mensen": {"kind": "numeric"}, "staf": {"kind": "numeric"}}
PEOPLE = {"team": ["zorg", "bouw"], "mensen": [24.0, 13.0], "staf": [31.0, 19.0]}
DESIGN = {"kind": "joint", "people": 37, "people_of": [
    {"label": {"nl": "alle docenten", "en": "all teachers"}, "n": 62}]}
FIELDS = {"name": "teams", "unit": "team", "design": DESIGN,
          "missing_units": {"groen": {"nl": "deed niet mee", "en": "did not join"}}}


def behind(data=PEOPLE, **fields):
    given = answers(data, items=PEOPLE_ITEMS, **FIELDS | fields)
    return wb.team_coverage(given, "mensen", of="staf", by="team")


def test_each_group_and_population_has_its_own_base():
    data = behind().data.set_index("team")
    assert data.loc[["zorg", "people_1"], ["n", "base"]].to_numpy().tolist() == [[24, 31], [37, 62]]


def test_a_group_that_did_not_take_part_keeps_its_place():
    assert behind().data["team"].tolist() == ["zorg", "bouw", "groen", "people_1"]
    assert "niet deelgenomen" in repr(behind())


def test_a_sentence_names_the_population():
    assert behind().sentence(team="people_1") == (
        "alle docenten: 37 van de 62 personen (60 %) vulden de vragenlijst mee in.")


def test_one_small_group_of_real_people_hides_the_groups_and_the_totals():
    shown = behind(synthetic=False).data
    assert set(shown["state"]) == {"shown", "absent"}
    few = behind({**PEOPLE, "mensen": [28.0, 13.0]}, synthetic=False).data
    assert few["n"].isna().all()
    assert few["base"].isna().all()


def test_more_people_than_there_are_is_refused():
    with pytest.raises(wb.DataError, match="more people stand behind"):
        behind({**PEOPLE, "mensen": [40.0, 13.0]})


def test_units_that_answered_alone_have_nobody_behind_them():
    with pytest.raises(wb.DataError, match="Use coverage"):
        behind(design={"kind": "census"})


def test_a_table_of_team_answers_has_words_in_both_languages():
    table, _ = shown(["keuze"], people="mensen")
    assert table.show("nl").base == ("Gezamenlijke antwoorden van 2 teams, in vaste volgorde: geen "
                                     "rangorde. Achter deze antwoorden staan 37 personen.")
    assert table.show("en").base == ("Joint answers of 2 teams, in a fixed order: no ranking. 37 "
                                     "people stand behind these answers.")
    assert "groen: did not join" in table.show("en").notes


def test_a_part_of_the_teams_says_which_part_it_is():
    table = wb.team_answers(teams().where(keuze="oneens"), ["keuze"], by="team").show()
    assert table.base.endswith("Alleen keuze: oneens.")
    assert table.title.endswith(" – oneens")


def test_team_coverage_answers_have_words_in_both_languages():
    english = behind().show("en")
    assert english.words("team", "people_1") == "all teachers"
    assert english.words("value", "behind") == "filled in together"
    assert behind().sentence(team="people_1", language="en") == (
        "all teachers: 37 of the 62 people (60%) helped to fill in the questionnaire.")


@pytest.mark.parametrize("name", ["text", "memo", "n", "quote", "before"])
def test_a_column_of_a_list_may_be_called_like_one_of_another_list(name):
    table = wb.list_rows(renamed(made(), naam=name), [name, "soort"])
    assert "Naam" in repr(table) and "B!" in repr(table)
    assert "Name" in repr(table.show("en")) and "2 students." in repr(table.show("en"))


def test_a_team_that_said_no_to_every_option_answered():
    none = teams()
    frame = none.data.assign(**{"inzet.answered": [True, True]})
    table = wb.team_answers(wb.Responses(frame, none.source), ["inzet"], by="team")
    assert "geen van deze" in repr(table)
    assert "geen van deze" not in repr(wb.team_answers(none, ["inzet"], by="team"))
    assert "none of these" in str(table.show("en"))
