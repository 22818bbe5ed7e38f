"""What a reader can choose: counts that protect left, in words, and no joint answers."""

import json

from builders.responses import answers, people
from builders.team_answers import teams

import wbkit as wb
from wbkit.report.first_page.choices import choices, grouping_items, protected_counts

MARGINS = {"kind": "convenience", "population": 90,
           "margins": {"leerweg": {"bol": 60, "bbl": 30}}}


def real():
    gezien = ["eens"] * 21 + ["neutraal"] * 12 + ["eens"] * 11 + ["oneens"] * 7
    return people(gezien, leerweg=["bol"] * 33 + ["bbl"] * 18, synthetic=False, design=MARGINS)


def test_each_question_can_be_chosen_for_all_and_by_each_declared_margin():
    [source] = choices([real()], ["nl", "en"])
    assert [one["name"] for one in source["groups"]] == ["leerweg"]
    counts = {one["name"]: list(one["counts"]) for one in source["items"]}
    assert counts == {"gezien": ["", "leerweg"], "leerweg": [""]}
    assert list(source["items"][0]["counts"]["leerweg"]) == ["bol", "bbl"]


def test_a_number_is_the_one_that_wbkit_writes_in_each_language():
    [source] = choices([real()], ["nl", "en"])
    eens = source["items"][0]["counts"][""][""]["rows"][2]
    assert eens == {"n": {"nl": "32", "en": "32"}, "share": {"nl": "63 %", "en": "63%"},
                    "width": 62.75}


def test_a_small_count_of_real_people_never_reaches_the_page():
    few = people(["eens"] * 30 + ["oneens"] * 2 + ["neutraal"] * 19,
                 leerweg=["bol"] * 28 + ["bbl"] * 23, synthetic=False, design=MARGINS)
    [source] = choices([few], ["nl"])
    rows = [row for group in source["items"][0]["counts"].values() for part in group.values()
            for row in part["rows"]]
    assert all(int(row["n"]["nl"]) == 0 or int(row["n"]["nl"]) >= 5
               for row in rows if "n" in row)
    assert source["items"][0]["counts"][""][""]["rows"][0] == {"state": "hidden"}
    assert '"2"' not in json.dumps(source["items"][0])


def test_all_tables_of_a_question_are_protected_together():
    responses = real()
    tables = protected_counts(responses, responses.item("gezien"), grouping_items(responses))
    alone = wb.protect([wb.frequency(responses, "gezien", by="leerweg")], profile="intern")[0]
    hidden = (tables["leerweg"].data["state"] == "hidden").sum()
    assert hidden >= (alone.data["state"] == "hidden").sum()
    assert list(tables) == ["", "leerweg"]


def test_joint_answers_and_identifiers_cannot_be_chosen():
    assert choices([teams()], ["nl"]) == []
    items = {"naam": {"kind": "nominal", "values": ["An", "Bo"], "sensitivity": "identifier"},
             "gezien": {"kind": "nominal", "values": ["ja", "nee"]}}
    responses = answers({"naam": ["An", "Bo"], "gezien": ["ja", "nee"]}, items=items)
    [source] = choices([responses], ["nl"])
    assert [one["name"] for one in source["items"]] == ["gezien"]
