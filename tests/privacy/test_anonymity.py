"""How many respondents are alone on what an outsider can know."""

import pandas as pd
import pytest
from builders.responses import answers

import wbkit as wb

ITEMS = {
    "team": {"kind": "nominal", "values": ["zorg", "bouw"], "sensitivity": "quasi"},
    "niveau": {"kind": "ordinal", "values": ["2", "3"], "sensitivity": "quasi"},
    "hoog": {"kind": "nominal", "values": ["ja", "nee"], "sensitivity": "quasi",
             "recode": {"item": "niveau", "map": {"2": "nee", "3": "ja"}}},
    "idee": {"kind": "open"},
}


def school():
    """Six of zorg 2, two of zorg 3, one of bouw 3, one who did not say the level."""
    rows = [("zorg", "2")] * 6 + [("zorg", "3")] * 2 + [("bouw", "3"), ("bouw", None)]
    return answers({"team": [team for team, _ in rows], "niveau": [level for _, level in rows],
                    "hoog": [{"2": "nee", "3": "ja"}.get(level) for _, level in rows],
                    "idee": ["x"] * 10}, items=ITEMS, synthetic=False)


def test_who_is_alone_and_who_is_in_a_small_group_is_counted_by_hand():
    table = wb.anonymity(school())
    assert table.data.to_dict("records") == [
        {"without": "nothing", "alone": 1.0, "few": 3.0, "base": 9.0, "share": pytest.approx(3 / 9),
         "state": "shown"},
        {"without": "team", "alone": 0.0, "few": 3.0, "base": 9.0, "share": pytest.approx(3 / 9),
         "state": "shown"},
        {"without": "niveau", "alone": 1.0, "few": 1.0, "base": 9.0, "share": pytest.approx(1 / 9),
         "state": "shown"}]


@pytest.mark.parametrize("profile", ["intern", "publicatie"])
def test_no_share_is_left_of_a_count_that_protect_hides(profile):
    table = wb.anonymity(school())
    (after,) = wb.protect([table], profile=profile)
    gone = after.data["few"].isna()
    assert gone.tolist() == [True] * 3  # 3, 3 and 1 of 9: share x 9 would give them back
    assert after.data.loc[gone, ["alone", "share"]].isna().all().all()
    assert (after.data.loc[gone, "state"] == "hidden").all()


def test_who_is_alone_is_hidden_and_a_large_count_stays():
    rows = [("zorg", str(level)) for level in range(6) for _ in range(4)] + [("bouw", "1")] * 1
    items = {"team": ITEMS["team"], "niveau": ITEMS["niveau"] | {"values": list("012345")}}
    made = answers({"team": [team for team, _ in rows], "niveau": [one for _, one in rows]},
                   items=items, synthetic=False)
    (after,) = wb.protect([wb.anonymity(made, ["team", "niveau"])], profile="publicatie")
    first = after.data.iloc[0]
    assert pd.isna(first["alone"])
    assert first[["few", "share", "state"]].tolist() == [25.0, 1.0, "shown"]


def test_a_derived_item_says_nothing_more_and_is_left_out():
    shown = wb.anonymity(school()).show("en")
    assert "hoog" not in shown.base
    assert "team and niveau" in shown.base


def test_items_can_be_named_and_one_item_has_one_row():
    table = wb.anonymity(school(), ["team"])
    assert table.data[["without", "alone", "few"]].to_numpy().tolist() == [["nothing", 0.0, 2.0]]


def test_only_the_part_that_is_looked_at_counts():
    assert wb.anonymity(school().where(team="zorg")).data["base"].tolist() == [8.0] * 3


def test_nobody_at_all_is_nobody_alone():
    none = answers({"team": [], "niveau": [], "hoog": [], "idee": []}, items=ITEMS)
    assert wb.anonymity(none).data[["alone", "few", "base"]].to_numpy().sum() == 0


def test_without_quasi_identifiers_it_says_how_to_mark_them():
    with pytest.raises(wb.DataError, match='sensitivity = "quasi"'):
        wb.anonymity(answers({"vraag": ["ja"]}, items={
            "vraag": {"kind": "nominal", "values": ["ja"]}}))


def test_an_open_answer_is_not_what_an_outsider_can_know():
    with pytest.raises(wb.DataError, match="idee is open"):
        wb.anonymity(school(), ["idee"])


def test_it_speaks_both_languages():
    table = wb.anonymity(school())
    assert "alleen in de groep" in repr(table.show("nl"))
    assert "alone in the group" in repr(table.show("en"))
    assert "all known" in repr(table.show("en"))
    assert "team niet bekend" in repr(table.show("nl"))


def test_the_picture_states_who_is_alone_and_who_is_in_a_small_group():
    figure = wb.plot_bars(wb.anonymity(school()), language="en")
    assert "alone in the group: all known 1" in figure.alt
    assert "in a small group: all known 3" in figure.alt
