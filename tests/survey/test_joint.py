"""Joint answers: one for each group, with who agreed, and the missing group in its place."""

import pytest
from builders.joint_answers import DATA, ITEMS, JOINT, teams
from builders.responses import answers, people

import wbkit as wb


def shown(items, **options):
    table = wb.joint_answers(teams(), items, by="team", agreement=["eens_2", "eens_1"], **options)
    return table, table.data.set_index(["item", "team"])


def test_teams_stand_in_the_order_of_the_study_and_the_missing_one_keeps_its_place():
    table, data = shown(["keuze"])
    assert table.data["team"].tolist() == ["zorg", "bouw", "groen"]
    assert data.loc[("keuze", "groen"), "state"] == "absent"
    assert "niet deelgenomen" in repr(table)
    assert "groen: deed niet mee" in table.notes


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


def test_people_behind_the_answers_are_named():
    table, data = shown(["keuze"], people="mensen")
    assert data.loc[("keuze", "zorg"), "people"] == 24
    assert "37 personen" in table.base
    assert "zorg (24\N{NO-BREAK SPACE}personen)" in repr(table)


def test_nothing_is_a_share_or_a_rank():
    assert not {"n", "base", "share", "rank"} & set(shown(["keuze"])[0].data)


def test_a_real_answer_is_shown_only_with_enough_people_behind_it():
    real = teams(synthetic=False)
    unknown = wb.joint_answers(real, ["keuze"], by="team")
    assert unknown.data["state"].tolist() == ["hidden", "hidden", "absent"]
    known = wb.joint_answers(real, ["keuze"], by="team", people="mensen")
    assert known.data["state"].tolist() == ["shown", "shown", "absent"]


def test_answers_of_people_are_refused():
    with pytest.raises(wb.DisclosureError, match="single answers of people are never shown"):
        wb.joint_answers(people(["eens"]), ["gezien"], by="leerweg")


def test_open_answers_and_double_groups_are_refused():
    with pytest.raises(wb.DataError, match="tekst cannot be a row"):
        shown(["tekst"])
    twice = answers(DATA | {"team": ["zorg", "zorg"]}, items=ITEMS, **JOINT)
    with pytest.raises(wb.DataError, match="zorg stands in several rows"):
        wb.joint_answers(twice, ["keuze"], by="team")


def test_a_frequency_by_team_does_not_lose_the_missing_team():
    data = wb.frequency(teams(), "eens_1", by="team").data
    groen = data[data["team"] == "groen"]
    assert groen["state"].tolist() == ["absent", "absent"]
    assert groen[["n", "base", "share"]].isna().all(axis=None)
    assert "niet deelgenomen" in repr(wb.frequency(teams(), "eens_1", by="team"))


def test_the_missing_team_is_named_in_english():
    table = wb.joint_answers(answers(DATA, items=ITEMS, language="en", **JOINT), ["keuze"],
                             by="team")
    assert "groen: did not join" in table.notes
    assert "did not take part" in repr(table)
