"""Who took part, who stopped, what was skipped."""

import pytest
from builders.responses import LEERWEG, answers, people, renamed

import wbkit as wb

DESIGN = {"kind": "convenience", "population": 20, "margins": {"leerweg": {"bol": 15, "bbl": 5}}}


def test_coverage_sets_counts_beside_the_population():
    table = wb.coverage(people(["eens"] * 4, leerweg=["bol", "bol", "bol", "bbl"], design=DESIGN))
    rows = table.data.set_index("value")
    assert rows.loc["total", ["n", "population"]].tolist() == [4, 20]
    assert rows.loc["bol", "coverage"] == pytest.approx(3 / 15)
    assert rows.loc["bol", "share"] == pytest.approx(3 / 4)
    assert rows.loc["bbl", "ratio"] == pytest.approx((1 / 4) / (5 / 20))
    assert table.show().base == "4 van de 20 studenten deden mee. Dit is dekking, geen respons."


def test_a_group_of_which_too_many_took_part_has_a_ratio_above_1():
    table = wb.coverage(people(["eens"] * 4, leerweg=["bol", "bbl"] * 2, design=DESIGN))
    rows = table.data.set_index("value")
    assert rows.loc[["bol", "bbl"], "ratio"].tolist() == pytest.approx([2 / 3, 2])


def test_coverage_says_for_whom_the_margin_is_unknown():
    table = wb.coverage(people(["eens"] * 2, leerweg=["bol", None], design=DESIGN))
    assert table.show().notes == ("Van 1 student is leerweg onbekend.",)


def test_coverage_of_a_real_source_hides_small_groups():
    table = wb.coverage(people(["eens"] * 9, leerweg=["bol"] * 7 + ["bbl"] * 2, design=DESIGN,
                               synthetic=False))
    rows = table.data.set_index("value")
    assert rows.loc[["bol", "bbl"], "n"].isna().all()
    assert rows.loc["total", "n"] == 9


def test_one_small_group_of_three_is_not_found_by_subtraction():
    margins = {"leerweg": {"bol": 20, "bbl": 20, "derde": 20}}
    table = wb.coverage(people(
        ["eens"] * 20, leerweg=["bol"] * 11 + ["bbl"] * 7 + ["derde"] * 2, synthetic=False,
        items={"leerweg": LEERWEG | {"values": ["bol", "bbl", "derde"]}},
        design=DESIGN | {"population": 60, "margins": margins}))
    rows = table.data.set_index("value")
    assert rows["state"].to_dict() == {"total": "shown", "bol": "shown", "bbl": "hidden",
                                       "derde": "hidden"}


def test_of_few_who_were_invited_there_is_no_percentage():
    base = wb.coverage(people(["eens"] * 4, design={"kind": "srs", "population": 20,
                                                    "invited": 5})).show().base
    assert base == "4 van de 5 uitgenodigde studenten antwoordden, op een populatie van 20."


@pytest.mark.parametrize("kind", ["convenience", "joint"])
def test_whoever_was_there_gives_no_response_rate(kind):
    table = wb.coverage(people(["eens"] * 4, design={"kind": kind, "population": 20,
                                                     "invited": 5}))
    assert "respons 80" not in table.show().base and "geen respons" in table.show().base


@pytest.mark.parametrize("design", [None, {"kind": "census"}])
def test_coverage_without_a_population_is_refused(design):
    with pytest.raises(wb.DataError, match="needs to know the population.*Add population"):
        wb.coverage(people(["eens"], design=design))


ITEMS = {"leerweg": LEERWEG | {"column": "leerweg"}} | {
    name: {"kind": "nominal", "values": ["ja", "nee"], "column": name} for name in "abcd"}


def five():
    """Three complete, one who skipped b, one who stopped after a."""
    yes = "ja"
    return answers({
        "leerweg": ["bol", "bol", "bol", "bbl", "bbl"],
        "a": [yes] * 5, "b": [yes, yes, yes, None, None], "c": [yes, yes, yes, yes, None],
        "d": [yes, yes, yes, yes, None], "minutes": [5.0, 6.0, 7.0, 9.0, 2.0],
    }, items=ITEMS)


def test_breaking_off_is_not_counted_as_skipping():
    row = wb.nonresponse(five()).data.iloc[0]
    assert (row["n"], row["broke_off"], row["skipped"]) == (5, 1, 1)
    assert row["base"] == 5 * 5 - 3  # the last three questions of the one who stopped
    assert row["share"] == pytest.approx(1 / 22)
    assert row["minutes"] == 6.0


def test_nonresponse_by_group_ends_with_the_total():
    data = wb.nonresponse(five(), by="leerweg").data
    assert list(data["leerweg"]) == ["bol", "bbl", "total"]
    assert list(data["broke_off"]) == [0, 1, 1]


def test_a_question_that_was_not_put_is_not_skipped():
    responses = answers(
        {"a": ["ja", "nee"], "b": [None, None], "c": ["ja", "ja"]},
        items={"a": ITEMS["a"], "b": ITEMS["b"] | {"asked_if": {"a": ["ja"]}}, "c": ITEMS["c"]},
        reasons=[(3, "b", "not_asked")],
    )
    row = wb.nonresponse(responses).data.iloc[0]
    assert (row["base"], row["skipped"]) == (5, 1)


def test_nonresponse_by_an_open_item_is_refused():
    responses = answers({"a": ["ja"], "t": ["x"]}, items={"a": ITEMS["a"], "t": {"kind": "open"}})
    with pytest.raises(wb.DataError, match="by needs a nominal or ordinal item; t is open"):
        wb.nonresponse(responses, by="t")


def test_nonresponse_counts_a_question_whose_heading_is_its_id():
    items = {name: {"kind": "nominal", "values": ["ja", "nee"]} for name in "abc"}
    row = wb.nonresponse(answers({"a": ["ja"], "b": [None], "c": ["ja"]}, items=items)).data.iloc[0]
    assert (row["base"], row["skipped"]) == (3, 1)


def test_nonresponse_without_closed_questions_is_refused():
    with pytest.raises(wb.DataError, match="counts closed questions, and there are none. Add"):
        wb.nonresponse(answers({"t": ["x"]}, items={"t": {"kind": "open"}}))


def test_coverage_of_a_part_beside_the_whole_population_is_refused():
    responses = people(["eens"], leerweg=["bol"], design=DESIGN).where(leerweg="bol")
    with pytest.raises(wb.DataError, match="here is only leerweg: bol. Leave where out"):
        wb.coverage(responses)


def test_coverage_counts_who_is_outside_the_declared_margin():
    design = {"kind": "convenience", "population": 15, "margins": {"leerweg": {"bol": 15}}}
    table = wb.coverage(people(["eens"] * 2, leerweg=["bol", "bbl"], design=design))
    assert table.show().notes == ("Van 1 student is leerweg onbekend.",)


def test_stopping_at_a_routing_question_is_breaking_off():
    # The follow-ups were not put because the question before them stayed open.
    routed = {name: ITEMS[name] | {"asked_if": {"a": ["ja"]}} for name in "bc"}
    reasons = [(3, name, "not_asked") for name in "bc"]
    responses = answers({"a": ["ja", None], "b": ["ja", None], "c": ["ja", None]},
                        items={"a": ITEMS["a"]} | routed, reasons=reasons)
    row = wb.nonresponse(responses).data.iloc[0]
    assert (row["n"], row["broke_off"], row["skipped"], row["base"]) == (2, 1, 0, 3)


def test_a_few_who_broke_off_are_hidden_in_a_real_source():
    answered = {"a": ["ja"] * 9 + [None], "b": ["ja"] * 9 + [None], "c": ["ja"] * 9 + [None]}
    real = answers(answered, items={name: ITEMS[name] for name in "abc"}, synthetic=False)
    assert wb.nonresponse(real).data["broke_off"].isna().all()


def test_a_group_may_be_called_group():
    items = {name: ITEMS[name] for name in "abc"} | {
        "group": {"kind": "nominal", "column": "group", "values": ["x"], "label": {"nl": "Klas"}}}
    given = answers({"a": ["ja"], "b": ["ja"], "c": ["ja"], "group": ["x"]}, items=items)
    assert wb.nonresponse(given, by="group").show().heading("group") == "Klas"
    assert wb.nonresponse(given).show().heading("group") == ""
    assert wb.nonresponse(given).show("en").words("group", "total") == "total"


def test_coverage_names_a_value_by_its_own_margin():
    tracks = LEERWEG | {"values": ["a", "b"], "value_labels": {"nl": ["school", "werk"]}}
    levels = {"kind": "nominal", "values": ["a", "b"], "value_labels": {"nl": ["laag", "hoog"]}}
    margins = {"leerweg": {"a": 5, "b": 5}, "niveau": {"a": 5, "b": 5}}
    table = wb.coverage(answers({"leerweg": ["a", "b"], "niveau": ["b", "a"]},
                                items={"leerweg": tracks, "niveau": levels},
                                design=DESIGN | {"margins": margins, "population": 10}))
    for words in (repr(table), wb.plot_bars(table).alt):
        assert all(one in words for one in ("school", "werk", "laag", "hoog"))


@pytest.mark.parametrize("name", ["n", "base", "skipped"])
def test_a_group_called_like_a_column_of_nonresponse_is_refused(name):
    who = renamed(people(["eens", "oneens"] * 3, leerweg=["bol", "bbl"] * 3), leerweg=name)
    with pytest.raises(wb.DataError, match=f"such as {name}_group"):
        wb.nonresponse(who, by=name)


def test_a_group_of_nonresponse_can_be_called_low():
    who = renamed(people(["eens", "oneens"] * 3, leerweg=["bol", "bbl"] * 3), leerweg="low")
    assert "bbl" in repr(wb.nonresponse(who, by="low"))
