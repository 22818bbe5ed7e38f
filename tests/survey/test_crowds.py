"""People behind joint answers: each number beside the people it is a part of."""

import pytest
from builders.responses import answers

import wbkit as wb

ITEMS = {"team": {"kind": "nominal", "values": ["zorg", "bouw", "groen"]},
         "mensen": {"kind": "numeric"}, "staf": {"kind": "numeric"}}
DATA = {"team": ["zorg", "bouw"], "mensen": [24.0, 13.0], "staf": [31.0, 19.0]}
DESIGN = {"kind": "joint", "people": 37, "people_of": [
    {"label": {"nl": "alle docenten", "en": "all teachers"}, "n": 62}]}
FIELDS = {"name": "teams", "unit": "team", "design": DESIGN,
          "missing_units": {"groen": {"nl": "deed niet mee", "en": "did not join"}}}


def behind(data=DATA, **fields):
    return wb.people_behind(answers(data, items=ITEMS, **FIELDS | fields), "mensen", of="staf",
                            by="team")


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
    few = behind({**DATA, "mensen": [28.0, 13.0]}, synthetic=False).data
    assert few["n"].isna().all()
    assert few["base"].isna().all()


def test_more_people_than_there_are_is_refused():
    with pytest.raises(wb.DataError, match="more people stand behind"):
        behind({**DATA, "mensen": [40.0, 13.0]})


def test_units_that_answered_alone_have_nobody_behind_them():
    with pytest.raises(wb.DataError, match="Use coverage"):
        behind(design={"kind": "census"})
