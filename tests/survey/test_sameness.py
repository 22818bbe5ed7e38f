"""Questions that changed between two sources are found, also behind a recode or a score."""

import pandas as pd
import pytest

import wbkit as wb

TWO, THREE = ("oneens", "eens"), ("oneens", "neutraal", "eens")


def wave(values=TWO, label=None, high=("eens",), rule="recode", **columns):
    """Forty students: one question, and one that is made of it."""
    made = {"recode": {"item": "gezien", "map": {one: "hoog" if one in high else "laag"
                                                 for one in values}}} \
        if rule == "recode" else {rule: {"item": "gezien", "values": list(high)}}
    names = ["laag", "hoog"] if rule == "recode" else ["ja", "nee"]
    items = {"gezien": {"kind": "ordinal", "values": list(values), "label": label or "Gezien?"},
             "samen": {"kind": "nominal", "values": names, "label": "Samen"} | made}
    answers = [values[place % len(values)] for place in range(40)]
    yes = ["hoog", "laag"] if rule == "recode" else ["ja", "nee"]
    frame = pd.DataFrame({"gezien": answers,
                          "samen": [yes[answer not in high] for answer in answers]} | columns)
    return wb.responses(frame, unit="student", items=items,
                        design=wb.Design(kind="srs", invited=40))


def together(parts, item):
    return [lambda: wb.compare(parts, item),
            lambda: wb.pool({name: wb.cells(one, item) for name, one in parts.items()})]


def refused(words, item, **fields):
    for one in together({"2025": wave(), "2026": wave(**fields)}, item):
        with pytest.raises(wb.DataError, match=words):
            one()


@pytest.mark.parametrize("rule", ["recode", "any_of"])
def test_a_changed_question_recoded_to_the_same_values_is_compared(rule):
    parts = {"2025": wave(rule=rule), "2026": wave(THREE, rule=rule)}
    for one in together(parts, "samen"):
        one()


def test_the_words_of_a_question_are_the_question():
    refused("the words.*Gezien.*Gehoord", "gezien", label="Gehoord?")


def test_a_recode_does_not_hide_another_question():
    refused("the words of gezien.*Gezien.*Gehoord", "samen", label="Gehoord?")


def test_the_same_answer_is_recoded_to_the_same_value():
    refused("recode of oneens.*laag.*hoog", "samen", high=("oneens", "eens"))


@pytest.mark.parametrize("rule", ["any_of", "none_of"])
def test_another_way_of_making_an_item_is_another_item(rule):
    for one in together({"2025": wave(rule="any_of"), "2026": wave(
            rule=rule, high=("oneens",) if rule == "any_of" else ("eens",))}, "samen"):
        with pytest.raises(wb.DataError, match="any_of"):
            one()


@pytest.mark.parametrize("rule", ["any_of", "none_of"])
def test_the_same_answer_counts_in_both(rule):
    parts = {"2025": wave(rule=rule), "2026": wave(rule=rule, high=("oneens",))}
    with pytest.raises(wb.DataError, match=f"samen changed .*{rule} of oneens ‘nee’ became ‘ja’"):
        wb.compare(parts, "samen")


def test_the_part_that_is_looked_at_is_the_same_question():
    parts = {"2025": wave().where(gezien="eens"), "2026": wave(THREE).where(gezien="eens")}
    with pytest.raises(wb.DataError, match="gezien is not the same item in 2025 and 2026. values"):
        wb.compare(parts, "samen")


def scored(*, label="wb1", given=None, **scale):
    columns = {f"wb{k}": [float(1 + (place * k) % 5) for place in range(40)] for k in (1, 2, 3)}
    items = {name: {"kind": "numeric", "range": [1, 5], "label": name} for name in columns}
    items["wb1"]["label"] = label
    asked = wb.responses(pd.DataFrame(columns), unit="student", items=items,
                         design=wb.Design(kind="srs", invited=40))
    return wb.score(asked, wb.Scale(**{"name": "wb", "variant": "v1", "items": list(columns),
                                       "reversed": ["wb3"]} | scale))


@pytest.mark.filterwarnings("ignore:data, scale wb")
@pytest.mark.parametrize(("changed", "words"), [
    ({"variant": "v2"}, "variant ‘v1’ became ‘v2’"),
    ({"reversed": []}, "reversed .wb3. became .."),
    ({"minimum_answered": 2}, "minimum_answered None became 2"),
    ({"items": ["wb1", "wb3"]}, "items .wb1, wb2, wb3. became .wb1, wb3."),
    ({"label": "anders gevraagd"}, "the words of wb1 ‘wb1’ became ‘anders gevraagd’"),
])
def test_scores_that_were_made_otherwise_are_not_compared(changed, words):
    wb.compare({"2025": scored(), "2026": scored()}, "wb")
    with pytest.raises(wb.DataError, match=f"wb changed between 2025 and 2026: .*{words}"):
        wb.compare({"2025": scored(), "2026": scored(**changed)}, "wb")


def test_a_number_of_the_same_name_is_no_score():
    number = wb.responses(pd.DataFrame({"wb": [1.0, 2.0] * 20}), unit="student",
                          items={"wb": {"kind": "numeric", "range": [1, 5], "label": "wb"}},
                          design=wb.Design(kind="srs", invited=40))
    with pytest.raises(wb.DataError, match="scale ‘v1’ became None"), \
            pytest.warns(UserWarning, match="scale wb"):
        wb.compare({"2025": scored(), "2026": number}, "wb")
