"""How often each answer was given: bases, groups, states, hidden counts."""

import math

import numpy as np
import pandas as pd
import pytest
from builders.responses import LEERWEG, answers, people, source
from hypothesis import given, settings
from hypothesis import strategies as st

import wbkit as wb


def counts(table, column="n"):
    return dict(zip(table.data["value"], table.data[column], strict=True))


def test_each_value_is_counted_also_when_nobody_chose_it():
    table = wb.frequency(people(["eens", "eens", "oneens"]), "gezien")
    assert counts(table) == {"oneens": 1, "neutraal": 0, "eens": 2}
    assert counts(table, "share")["eens"] == pytest.approx(2 / 3)
    assert list(table.data["value"]) == ["oneens", "neutraal", "eens"]


def test_base_leaves_out_missing_codes_and_empty_answers_and_says_so():
    table = wb.frequency(people(["eens", "weet ik niet", None, "oneens"]), "gezien")
    assert set(table.data["base"]) == {2}
    assert table.show().base == (
        "Basis: 2 van de 4 studenten; zij kregen de vraag en gaven antwoord.")
    assert table.show().notes[0].replace("\xa0", " ") == (
        "Niet in de basis: 1 × ‘weet ik niet’, 1 × geen antwoord.")


def test_nobody_answered_gives_no_share():
    table = wb.frequency(people([None, None]), "gezien")
    assert counts(table) == {"oneens": 0, "neutraal": 0, "eens": 0}
    assert table.data["share"].isna().all()


def test_routing_is_in_the_base():
    responses = answers(
        {"stage": ["ja", "ja", "nee"], "p_goed": ["eens", "eens", None]},
        items={"stage": {"kind": "nominal", "values": ["ja", "nee"], "label": "Heb je stage?"},
               "p_goed": {"kind": "ordinal", "values": ["oneens", "eens"],
                          "asked_if": {"stage": ["ja"]}}},
        reasons=[(4, "p_goed", "not_asked")],
    )
    table = wb.frequency(responses, "p_goed")
    assert set(table.data["base"]) == {2}
    assert table.show().base.endswith("Gevraagd aan wie op ‘Heb je stage?’ antwoordde: ‘ja’.")
    assert table.show().notes == ("Niet in de basis: 1\xa0×\xa0niet\xa0gevraagd.",)


def test_multiple_answers_count_respondents_not_ticks():
    # Four students, five ticks; one ticked nothing and is not in the base.
    table = wb.frequency(motives(), "motief")
    assert counts(table) == {"vak": 3, "diploma": 2}
    assert set(table.data["base"]) == {3}
    assert table.data["share"].sum() > 1
    assert "Meer antwoorden mogelijk: samen kunnen ze meer zijn dan de basis." in table.show().notes


def test_ticks_are_counted_only_on_request():
    table = wb.frequency(motives(), "motief", of="answers")
    assert set(table.data["base"]) == {5}
    assert table.show().base == "Basis: 5 gekozen antwoorden; één student kan er meer kiezen."
    assert table.show().units == ("gekozen antwoord", "gekozen antwoorden")
    assert not any("100 %" in note for note in table.show().notes)


def test_of_asked_counts_missing_codes_and_silence_as_rows():
    table = wb.frequency(people(["eens", "weet ik niet", None]), "gezien", of="asked")
    assert counts(table) == {"oneens": 0, "neutraal": 0, "eens": 1, "weet ik niet": 1,
                             "no_answer": 1}
    assert set(table.data["base"]) == {3}
    assert table.show().notes == ()


def test_groups_have_their_own_base_and_an_empty_group_stays():
    responses = people(["eens", "oneens", "eens"], leerweg=["bol", "bol", None])
    table = wb.frequency(responses, "gezien", by="leerweg")
    bases = table.data.drop_duplicates("leerweg").set_index("leerweg")["base"]
    assert dict(bases) == {"bol": 2, "bbl": 0}


def test_a_part_is_marked_in_the_base_and_drops_nobody():
    responses = people(["eens", "oneens", "eens"], leerweg=["bol", "bbl", "bol"])
    part = responses.where(leerweg="bol")
    assert part.n == 2 and len(part.data) == 3
    table = wb.frequency(part, "gezien")
    assert counts(table)["eens"] == 2
    assert table.show().base == (
        "Basis: 2 van de 2 studenten; zij kregen de vraag en gaven antwoord. "
        "Alleen leerweg: bol.")


def test_numeric_item_is_counted_by_value():
    responses = answers({"cijfer": [7.5, 8.0, 7.5, math.nan]},
                        items={"cijfer": {"kind": "numeric"}})
    table = wb.frequency(responses, "cijfer")
    assert counts(table) == {"7.5": 2, "8": 1}
    assert "7,5" in repr(table) and "7.5" not in repr(table)


def test_several_items_stand_side_by_side():
    responses = answers({"a": ["ja", "nee"], "b": ["ja", "ja"]},
                        items={name: {"kind": "nominal", "values": ["ja", "nee"]}
                               for name in "ab"})
    table = wb.frequency(responses, ["a", "b"])
    assert table.show().title == "2 vragen naast elkaar"
    assert list(table.data["item"]) == ["a", "a", "b", "b"]
    assert list(table.data["n"]) == [1, 1, 2, 0]


def test_small_counts_of_a_real_source_are_hidden_and_not_alone():
    given = ["eens"] * 12 + ["neutraal"] * 6 + ["oneens"] * 2
    table = wb.frequency(people(given, synthetic=False), "gezien")
    states = counts(table, "state")
    assert states == {"oneens": "hidden", "neutraal": "hidden", "eens": "shown"}
    assert table.data.loc[table.data["state"] == "hidden", ["n", "share"]].isna().all(axis=None)


def test_a_small_group_of_a_real_source_is_hidden_whole():
    responses = people(["eens"] * 12 + ["oneens"] * 3, synthetic=False,
                       leerweg=["bol"] * 12 + ["bbl"] * 3)
    table = wb.frequency(responses, "gezien", by="leerweg")
    small = table.data[table.data["leerweg"] == "bbl"]
    assert small["base"].isna().all() and (small["state"] == "hidden").all()


def test_hidden_counts_do_not_show_in_text_html_cells_or_fingerprint():
    one = wb.frequency(people(["eens"] * 12 + ["oneens"] * 2 + ["neutraal"] * 4,
                              synthetic=False), "gezien")
    other = wb.frequency(people(["eens"] * 12 + ["oneens"] * 3 + ["neutraal"] * 3,
                                synthetic=False), "gezien")
    assert one.fingerprint == other.fingerprint
    assert repr(one) == repr(other) and one._repr_html_() == other._repr_html_()
    assert "niet getoond" in repr(one)


def test_small_reasons_beside_the_base_are_added_up_in_a_real_source():
    given = ["eens"] * 12 + ["weet ik niet"] * 2 + [None] * 7
    table = wb.frequency(people(given, synthetic=False), "gezien")
    assert table.show().notes[0] == "Niet in de basis: 9 × geen of geen telbaar antwoord."


def test_public_source_hides_nothing():
    table = wb.frequency(people(["eens", "oneens"], synthetic=False, public=True), "gezien")
    assert (table.data["state"] == "shown").all()


def test_a_joint_answer_counts_teams_and_names_the_people():
    responses = people(["eens", "eens", "oneens", "oneens"], unit="team",
                       design={"kind": "joint", "people": 65},
                       missing_units={"groen": "deed niet mee"})
    table = wb.frequency(responses, "gezien")
    assert set(table.data["base"]) == {4}
    assert "Geteld zijn 4 gezamenlijke antwoorden (teams); daarachter staan 65 personen." in \
        table.show().notes
    assert "groen: deed niet mee" in table.show().notes
    assert "%" not in repr(table).replace("100 %", "")


def test_no_percentage_under_a_base_of_ten_and_no_decimals_under_a_hundred():
    assert "%" not in repr(wb.frequency(people(["eens"] * 9), "gezien"))
    assert "33 %" in repr(wb.frequency(people(["eens"] * 10 + ["oneens"] * 5), "gezien"))
    assert "33,3 %" in repr(wb.frequency(people(["eens"] * 100 + ["oneens"] * 50), "gezien"))


@pytest.mark.parametrize(("call", "message"), [
    (lambda r: wb.frequency(r, "gezein"), r"no item 'gezein'. Did you mean 'gezien'\?"),
    (lambda r: wb.frequency(r, "tekst"), r"tekst is open; open answers are coded, not counted"),
    (lambda r: wb.frequency(r, []), r"the list of items is empty"),
    (lambda r: wb.frequency(r, "gezien", by="tekst"), r"groups and cross tables need a nominal"),
    (lambda r: wb.frequency(r, "gezien", of="answers"), r"of='answers' counts ticks"),
    (lambda r: wb.frequency(r, "gezien", of="people"), r"of='people' is unknown"),
    (lambda r: wb.frequency(r, "gezien", interval="wald"), r"interval='wald' is unknown"),
    (lambda r: wb.frequency(r, "motief", of="answers", interval="wilson"),
     r"ticks of one respondent hang together"),
    (lambda r: r.where(leerweg="bll"), r"'bll' is not one of the values of leerweg \(bol, bbl\)"),
    (lambda r: r.where(tekst="x"), r"where\(tekst=…\) needs a closed item; tekst is open"),
    (lambda r: r.where(leerweg=[]), r"is not one of the values of leerweg"),
])
def test_wrong_requests_are_refused(call, message):
    with pytest.raises(wb.DataError, match=message):
        call(everything())


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["oneens", "neutraal", "eens", "weet ik niet", None]), max_size=40))
def test_parts_add_up_to_the_whole(given):
    table = wb.frequency(people(given), "gezien")
    assert table.data["n"].sum() == sum(one in ("oneens", "neutraal", "eens") for one in given)
    assert set(table.data["base"]) == {table.data["n"].sum()}


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["oneens", "eens"]), st.sampled_from(["bol", "bbl"])),
                min_size=1, max_size=40))
def test_groups_add_up_and_the_order_of_rows_does_not_matter(pairs):
    values, groups = zip(*pairs, strict=True)
    table = wb.frequency(people(list(values), leerweg=list(groups)), "gezien", by="leerweg")
    turned = wb.frequency(people(list(values[::-1]), leerweg=list(groups[::-1])), "gezien",
                          by="leerweg")
    assert table.data["n"].sum() == len(pairs)
    assert table.fingerprint == turned.fingerprint


def motives():
    data = {"motief:vak": [True, True, True, False], "motief:diploma": [True, True, False, False]}
    return answers(data, items={"motief": {"kind": "multiple", "values": ["vak", "diploma"]}})


def everything():
    items = source().items | {}
    data = {"gezien": ["eens"], "leerweg": ["bol"], "motief:vak": [True], "tekst": ["hoi"]}
    return answers(data, items={
        **{name: item.model_dump(exclude_defaults=True) for name, item in items.items()},
        "motief": {"kind": "multiple", "values": ["vak"]}, "tekst": {"kind": "open"},
    })


def test_the_callers_data_stay_as_they_were():
    responses = people(["eens", "oneens"])
    before = responses.data.copy()
    wb.frequency(responses.where(gezien="eens"), "gezien", by="leerweg")
    pd.testing.assert_frame_equal(responses.data, before)


def test_several_items_of_one_theme_bear_its_name(tmp_path):
    (tmp_path / "study.toml").write_text("""
        title = "Klein"
        themes.coaching = { nl = "De coach", en = "The coach" }
        [sources.s]
        file = "s.csv"
        format = "csv"
        unit = "student"
        synthetic = true
        [sources.s.items]
        a = { kind = "nominal", values = ["ja", "nee"], theme = "coaching" }
        b = { kind = "nominal", values = ["ja", "nee"], theme = "coaching" }
    """, encoding="utf-8")
    made = wb.load_study(tmp_path).sources["s"]
    data = pd.DataFrame({name: pd.Categorical(["ja"], ["ja", "nee"]) for name in "ab"})
    assert wb.frequency(wb.Responses(data, made), ["a", "b"]).show().title == \
        "De coach: 2 vragen naast elkaar"


def two_scales(**fields):
    """Two items with the same ids, of which 1 means something else."""
    items = {"a": {"kind": "ordinal", "values": ["1", "2"],
                   "value_labels": {"nl": ["oneens", "eens"]}},
             "b": {"kind": "ordinal", "values": ["1", "2"],
                   "value_labels": {"nl": ["nooit", "altijd"]}}}
    data = {"a": ["1"] * 9 + ["2"] * 2, "b": ["1"] * 3 + ["2"] * 8}
    return answers(data, items=items, **fields)


def test_each_item_keeps_its_own_words_for_the_same_ids():
    table = wb.frequency(two_scales(), ["a", "b"])
    shown = repr(table)
    assert table.words("value", "1", item="a") == "oneens"
    assert table.words("value", "1", item="b") == "nooit"
    assert all(word in shown for word in ("oneens", "eens", "nooit", "altijd"))
    assert "‘oneens’" in table.sentence("1", item="a")
    assert "‘nooit’" in table.sentence("1", item="b")
    alt = wb.plot_bars(table).alt
    assert "oneens 9" in alt and "nooit 3" in alt


def test_items_whose_words_differ_are_not_drawn_as_one_scale():
    with pytest.raises(wb.DataError, match="the items have different answers"):
        wb.plot_likert(wb.frequency(two_scales(), ["a", "b"]))


def test_items_whose_words_differ_share_no_columns():
    rows = repr(wb.frequency(two_scales(), ["a", "b"])).splitlines()
    assert rows[2].split() == ["vraag", "antwoord", "aantal", "aandeel"]
    same = answers({"a": ["1"], "b": ["2"]}, items={
        name: {"kind": "ordinal", "values": ["1", "2"]} for name in "ab"})
    assert repr(wb.frequency(same, ["a", "b"])).splitlines()[2].split() == [
        "vraag", "1", "2", "basis"]


def test_long_numbers_are_not_counted_as_one():
    responses = answers({"jaar": [1234567.0, 1234568.0, 0.1 + 0.2, 0.3]},
                        items={"jaar": {"kind": "numeric"}})
    assert counts(wb.frequency(responses, "jaar")) == {"0.3": 2, "1234567": 1, "1234568": 1}


@pytest.mark.parametrize("by", [None, "g"])
def test_an_answer_or_group_that_is_no_value_is_refused(by):
    strange = "a" if by is None else "g"
    made = source(items={name: {"kind": "nominal", "values": ["x"]} for name in "ag"})
    data = pd.DataFrame({name: pd.Categorical(["x", "y" if name == strange else "x"])
                         for name in "ag"})
    with pytest.raises(wb.DataError, match=rf"studenten: {strange}: an answer is not one of its "
                                           r"values \(x\). Correct the answer, or add it"):
        wb.frequency(wb.Responses(data, made), "a", by=by)


def test_a_part_has_rows_for_its_own_numbers_and_for_every_reason():
    items = {"jaar": {"kind": "numeric"}, "leerweg": LEERWEG}
    part = answers({"jaar": [2001.0, 2002.0, np.nan], "leerweg": ["bol", "bbl", "bbl"]},
                   items=items, reasons=[(4, "jaar", "geheim")]).where(leerweg="bol")
    assert counts(wb.frequency(part, "jaar", of="asked")) == {
        "2001": 1, "geheim": 0, "no_answer": 0}


def test_groups_with_the_same_base_do_not_claim_to_be_everyone():
    responses = people(["eens"] * 20, leerweg=["bol", "bbl"] * 10)
    table = wb.frequency(responses, "gezien", by="leerweg")
    assert table.show().base == (
        "Basis: studenten die de vraag kregen en antwoord gaven, per groep apart geteld.")
    assert repr(table).count("10 (100 %)") == 2


def test_a_single_group_still_has_its_base():
    items = {"a": {"kind": "nominal", "values": ["ja"]}, "b": {"kind": "nominal", "values": ["x"]}}
    table = wb.frequency(answers({"a": ["ja"] * 3, "b": ["x"] * 3}, items=items), "a", by="b")
    assert repr(table).splitlines()[2].split() == ["antwoord", "aantal", "basis", "aandeel"]


@pytest.mark.parametrize(("fields", "words"), [
    ({}, "Van 3 studenten is leerweg onbekend."),
    ({"synthetic": False}, "Van enkele studenten is leerweg onbekend."),
    ({"language": "en"}, "For 3 students, track is not known."),
])
def test_units_without_a_group_are_counted_in_a_note(fields, words):
    responses = people(["eens"] * 15, leerweg=["bol", "bbl"] * 6 + [None] * 3, **fields)
    assert words in wb.frequency(responses, "gezien", by="leerweg").show().notes
    ungrouped = wb.frequency(responses, "gezien").show().notes
    assert not any("onbekend" in note for note in ungrouped)


def test_a_reason_that_is_not_declared_is_counted_too():
    responses = answers({"a": ["ja", None, None]}, items={"a": {"kind": "nominal",
                                                                "values": ["ja"]}},
                        reasons=[(3, "a", "weigert")])
    assert counts(wb.frequency(responses, "a", of="asked")) == {
        "ja": 1, "weigert": 1, "no_answer": 1}
    assert wb.frequency(responses, "a").show().notes == (
        "Niet in de basis: 1\xa0×\xa0‘weigert’, 1\xa0×\xa0geen\xa0antwoord.",)


def test_the_same_item_twice_is_refused():
    with pytest.raises(wb.DataError, match="gezien stands in the list of items 2 times"):
        wb.frequency(people(["eens"]), ["gezien", "gezien"])


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["oneens", "neutraal", "eens", "weet ik niet", None]), max_size=60))
def test_what_is_hidden_of_those_who_answered_is_hidden_of_those_who_were_asked(given):
    responses = people(given, synthetic=False)
    one = counts(wb.frequency(responses, "gezien"), "state")
    two = counts(wb.frequency(responses, "gezien", of="asked"), "state")
    assert {value: two[value] for value in one} == one


def test_what_is_hidden_of_respondents_is_hidden_of_ticks_and_the_other_way_round():
    # 12 students; "sport" is ticked by 3 and could be found from the ticks: 21 = 12 + 6 + 3
    data = {"m:vak": [True] * 12, "m:diploma": [True] * 6 + [False] * 6,
            "m:sport": [False] * 9 + [True] * 3}
    responses = answers(data, synthetic=False, items={
        "m": {"kind": "multiple", "values": ["vak", "diploma", "sport"]}})
    expected = {"vak": "shown", "diploma": "hidden", "sport": "hidden"}
    for of in ("respondents", "answers", "asked"):
        found = counts(wb.frequency(responses, "m", of=of), "state")
        assert {value: found[value] for value in expected} == expected


def test_a_hidden_group_cannot_be_found_from_the_table_of_all():
    # oneens: 3 in bbl; all 18 oneens minus the 8 and 7 of the others would give them
    given = ["eens"] * 20 + ["oneens"] * 8 + ["eens"] * 20 + ["oneens"] * 7 + ["eens"] * 20 + [
        "oneens"] * 3
    items = {"g": {"kind": "nominal", "values": ["eens", "oneens"]},
             "t": {"kind": "nominal", "values": ["p", "q", "r"]}}
    responses = answers({"g": given, "t": ["p"] * 28 + ["q"] * 27 + ["r"] * 23}, items=items,
                        synthetic=False)
    table = wb.frequency(responses, "g", by="t")
    hidden = table.data[table.data["state"] == "hidden"]
    assert set(hidden["t"]) == {"q", "r"}
    assert (hidden.groupby("value").size() == 2).all()


def test_the_base_of_a_small_group_cannot_be_found_from_the_other_bases():
    items = {"g": {"kind": "nominal", "values": ["eens", "oneens"]},
             "t": {"kind": "nominal", "values": ["p", "q", "r"]}}
    responses = answers({"g": ["eens", "oneens"] * 26, "t": ["p"] * 28 + ["q"] * 21 + ["r"] * 3},
                        items=items, synthetic=False)
    bases = wb.frequency(responses, "g", by="t").data.drop_duplicates("t").set_index("t")["base"]
    assert bases["p"] == 28 and bases[["q", "r"]].isna().all()
    sizes = wb.frequency(responses, "t").data.set_index("value")["state"]
    assert dict(sizes) == {"p": "shown", "q": "hidden", "r": "hidden"}


def test_small_counts_beside_the_base_are_not_printed_in_a_real_source():
    responses = answers(
        {"a": ["ja"] * 12 + [None] * 3, "stage": ["ja"] * 13 + ["nee"] * 2}, synthetic=False,
        items={"a": {"kind": "nominal", "values": ["ja"], "asked_if": {"stage": ["ja"]}},
               "stage": {"kind": "nominal", "values": ["ja", "nee"]}},
        reasons=[(15, "a", "not_asked"), (16, "a", "not_asked")])
    assert wb.frequency(responses, "a").show().notes[0] == (
        "Niet in de basis: minder dan 5 × niet gevraagd, "
        "minder dan 5 × geen of geen telbaar antwoord.")


def test_the_base_that_is_hidden_does_not_stand_in_the_note():
    table = wb.frequency(people(["eens"] * 3 + [None] * 17, synthetic=False), "gezien")
    assert table.data["base"].isna().all()
    assert not any("17" in note for note in (table.show().base, *table.show().notes))


RARE = {"leeftijd": {"kind": "numeric"}, "plaats": {"kind": "nominal", "values": "any"}}


def towns(**fields):
    made = source(items=RARE, **fields)
    data = pd.DataFrame({"leeftijd": [17.0] * 9 + [18.0] * 7 + [67.0],
                         "plaats": pd.Categorical(["Goes"] * 9 + ["Tiel"] * 7 + ["Ons Dorp"])})
    return wb.Responses(data, made)


@pytest.mark.parametrize(("item", "rare", "kept"), [
    ("leeftijd", ["67", "18"], {"17": "shown", "other_answers": "hidden"}),
    ("plaats", ["Ons Dorp", "Tiel"], {"Goes": "shown", "other_answers": "hidden"}),
])
def test_a_rare_answer_is_no_row_in_a_real_source(item, rare, kept):
    table = wb.frequency(towns(synthetic=False), item)
    assert counts(table, "state") == kept
    assert "andere antwoorden" in repr(table)
    assert not any(word in repr(table).split("Basis")[0] for word in rare)
    assert set(rare) < set(wb.frequency(towns(), item).data["value"])


def test_a_rare_group_is_no_row_in_a_real_source():
    tables = [wb.frequency(towns(synthetic=False), "leeftijd", by="plaats")]
    tables += [wb.frequency(towns(synthetic=False).where(plaats="Goes"), "plaats")]
    for table in tables:
        assert "Ons Dorp" not in repr(table) and "Ons Dorp" not in str(table.facts)
        assert "Ons Dorp" not in table.data.to_csv() + table.cells.to_csv()


def test_the_free_option_has_its_words_in_the_base_of_a_part():
    responses = answers({"a": ["other", "ja"], "a:other_text": ["x", ""]}, items={
        "a": {"kind": "nominal", "values": ["ja"], "other": "Anders"}})
    assert wb.frequency(responses.where(a="other"), "a").show().base.endswith(
        "Alleen a: iets anders.")
def test_groups_of_the_same_size_are_not_written_as_the_base_of_all():
    responses = answers(
        {"vel": ["W1", "W2"], "herkend": ["ja", "nee"]},
        items={"vel": {"kind": "nominal", "values": ["W1", "W2"]},
               "herkend": {"kind": "nominal", "values": ["nee", "ja"]}})
    table = wb.frequency(responses, "herkend", by="vel")
    assert table.show().base.endswith("per groep apart geteld.")
