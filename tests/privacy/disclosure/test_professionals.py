"""No Table says which informant said something, or which team where it did not agree."""

import pandas as pd
import pytest
from builders import codings as by_hand
from builders import transcripts
from builders.responses import answers

import wbkit as wb
from wbkit.data.documents import Documents
from wbkit.table.statements.privacy import NotApart

TEAMS = ["zorg", "bouw", "handel", "media", "groen"]
LEADERS = {"name": "leaders", "unit": "interview", "synthetic": False,
           "design": {"kind": "census", "informants": {"nl": "teamleiders", "en": "leaders"}}}


def services(*agreed):
    """Make two services of one name: of each one conversation that was coded."""
    found = []
    for name, people, row in (("sab", 5, [("1", 0, 5, "a", "anke")]), ("sterc", 3, [])):
        design = {"kind": "joint", "people": people, "informants": "ondersteuning",
                  "agreed": [name] if name in agreed else []}
        found.append(by_hand.coded(*row, lengths=(10,), source={
            "name": name, "unit": "group", "synthetic": False, "design": design,
            "label": name.upper()}))
    return found


def leaders(*coded):
    """Make five interviews; in each of those named by place somebody gave code a."""
    return by_hand.coded(*((str(at), 0, 5, "a", "anke") for at in coded), lengths=(10,) * 5,
                         source=LEADERS, documents={"privacy": "pseudonymised"})


def said(**fields):
    """Make what five leaders said, each named by a team."""
    made = pd.DataFrame({"document": [f"interview_{one}" for one in TEAMS], "team": TEAMS,
                         "text": [f"Wij deden het zo, nummer {at}." for at in range(5)]})
    return Documents.of(made, transcripts.source(**LEADERS | fields), privacy="pseudonymised")


def joint(**fields):
    """Make what four teams chose, and why."""
    return answers({"team": TEAMS[:4], "keuze": ["eens", "oneens", "eens", "eens"],
                    "waarom": ["een", "twee", "drie", "vier"], "wie": [8.0, 9.0, 7.0, 6.0]},
                   items={"team": {"kind": "nominal", "values": TEAMS},
                          "keuze": {"kind": "ordinal", "values": ["oneens", "eens"]},
                          "waarom": {"kind": "open"}, "wie": {"kind": "numeric"}},
                   name="teams", unit="team", synthetic=fields.pop("synthetic", False),
                   design={"kind": "joint", "people": 30} | fields)


def protected(*tables, profile="intern"):
    return wb.protect(list(tables), profile=profile)


# Five leaders


@pytest.mark.parametrize(("coded", "words"), [
    ((1, 2), "enkele"), ((1, 2, 3), "de meesten"), ((1, 2, 3, 4, 5), "alle"), ((), "geen")])
def test_of_five_leaders_a_word_is_printed_and_no_number(coded, words):
    table = wb.code_matrix(leaders(*coded), codes=["a"])
    assert table.data["n"].isna().all() and table.data["mentions"].isna().all()
    line = next(line for line in repr(table).splitlines() if line.split()[:1] == ["a"])
    assert line.split(maxsplit=1)[1].strip() == words


def test_a_figure_of_leaders_says_the_word_too():
    assert "a de meesten." in wb.plot_bars(wb.code_frequency(leaders(1, 2, 3), codes=["a"])).alt


def test_a_passage_of_a_leader_bears_no_name_and_its_place_tells_none():
    (table,) = protected(wb.excerpts(said()))
    assert set(table.data["document"]) == {""}
    assert sorted(table.data["quote"]) == [f"Wij deden het zo, nummer {at}." for at in range(5)]
    assert table.data["quote"].tolist() != sorted(table.data["quote"])
    assert not any(team in table.data.to_csv() for team in TEAMS)
    assert table.found(NotApart) == [NotApart(("leaders",))]
    assert "Van teamleiders staat er niet bij wie wat zei" in repr(table)


def test_a_passage_beside_its_team_loses_the_team():
    (table,) = protected(wb.excerpts(said(), beside=["team"]))
    assert set(table.data["team"]) == {""}


def test_the_passages_of_one_leader_alone_are_left_out():
    (table,) = protected(wb.excerpts(said(), where={"team": "handel"}))
    assert table.data.empty
    assert "handel" not in repr(table)


def test_made_up_leaders_are_named_as_they_were():
    table = wb.excerpts(said(synthetic=True))
    (after,) = protected(table)
    assert after.data.equals(table.data) and not after.found(NotApart)


def test_a_joint_display_never_sets_one_leader_beside_one_team():
    one = {"row": ["leaders"], "unit": ["interview"], "item": ["code"], "value": ["eens"],
           "n": [1.0], "base": [1.0], "share": [1.0], "mentions": [2.0], "state": ["shown"]}
    matrix = wb.Table(pd.DataFrame(one), "matrix", ("row",), (),
                      (transcripts.source(**LEADERS),))
    team = wb.frequency(joint(agreed=["handel"]).where(team="handel"), "keuze")
    beside = wb.joint_display([team, matrix], theme={"zelf kiezen": "eens"})
    before = beside.data.set_index("source")["n"]
    after = protected(beside)[0].data.set_index("source")
    assert before["leaders"] == 1
    assert pd.isna(after.loc["leaders", "n"]) and after.loc["leaders", "state"] == "hidden"


def test_a_table_that_lists_leaders_one_by_one_is_left_empty_and_can_still_be_printed():
    (table,) = protected(wb.saturation(leaders(1, 2)))
    assert table.data.empty
    assert "Van teamleiders staat er niet bij" in repr(table)


# Two services


def test_two_services_stand_in_one_column_with_their_conversations_and_people():
    table = wb.code_matrix(services(), codes=["a", "b"])
    assert table.data["row"].unique().tolist() == ["sab+sterc"]
    assert table.data["state"].tolist() == ["named", "nobody"]
    assert "ondersteuning (2 gesprekken, 8 mensen)" in repr(table)
    assert "SAB (" not in repr(table) and "STERC (" not in repr(table)


def test_two_services_that_both_agreed_stand_apart():
    table = wb.code_matrix(services("sab", "sterc"), codes=["a"])
    assert table.data["row"].tolist() == ["sab", "sterc"]


def test_in_a_joint_display_services_stay_together_and_leaders_in_words():
    both = wb.code_matrix(services(), codes=["a"])
    five = wb.code_matrix(leaders(1, 2, 4), codes=["a"])
    beside = wb.joint_display([five, both], theme={"rust": "a"})
    (made,) = protected(beside)
    assert made.data.set_index("source")["state"].to_dict() == {
        "leaders": "most", "sab+sterc": "named"}
    assert "ondersteuning (2 gesprekken, 8 mensen)" in repr(made)
    assert "de meesten" in repr(made) and "genoemd" in repr(made)
    assert "3 van 5" not in repr(made)
    assert "de meesten" in wb.plot_joint(made).alt


def test_a_table_of_one_service_is_left_out_while_the_other_did_not_agree():
    sab, sterc = services("sab")
    beside = wb.code_matrix([sab, sterc], codes=["a"])
    alone = wb.coded_segments(by_hand.coded(
        ("1", 0, 5, "a", "anke"), lengths=(10,), source=sab.documents.source.model_dump(),
        documents={"privacy": "pseudonymised"}), "a")
    kept, left_out = protected(beside, alone)
    assert kept.data["state"].tolist() == ["named"]
    assert left_out.data.empty


# A team's answer


@pytest.mark.parametrize("profile", ["intern", "publicatie"])
def test_a_team_is_not_named_inside_the_school_either_unless_it_agreed(profile):
    table = wb.team_answers(joint(agreed=["zorg"]), ["keuze"], by="team", people="wie")
    (made,) = protected(table, profile=profile)
    rows = made.data.set_index("team")
    assert rows.loc["zorg", "value"] == "eens"
    assert set(rows.loc[["bouw", "handel", "media"], "value"]) == {""}
    assert rows["people"].isna().all()  # who was present stays with the team


def test_words_of_a_team_stand_without_its_name_unless_it_agreed():
    made = joint(agreed=["zorg"], synthetic=True)
    own = wb.excerpts(wb.open_answers(made, "waarom"), beside=["team"])
    (table,) = protected(own)
    assert dict(zip(table.data["quote"], table.data["team"], strict=True)) == {
        "een": "zorg", "twee": "", "drie": "", "vier": ""}
