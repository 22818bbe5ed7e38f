import json
from dataclasses import replace

import pandas as pd
import pytest
from builders.responses import people
from builders.tables import frequencies, source

import wbkit as wb
from wbkit.errors import DataError
from wbkit.study.source import Setting
from wbkit.table.facts import Bases, Count, Outside
from wbkit.table.stored import restored, stored

SETTING = Setting()
COUNTS = [None, 12, 31, 101, 50]


def there_and_back(table):
    text = json.dumps(stored(table), sort_keys=True)  # as save writes it
    return restored(json.loads(text), SETTING, name="20_gezien")


@pytest.mark.parametrize("synthetic", [True, False])
def test_a_table_comes_back_with_its_facts_and_its_words(synthetic):
    table = frequencies({"gezien": COUNTS}, base=198, sources=(source(synthetic=synthetic),))
    again = there_and_back(table)
    assert (again.facts, again.dimensions, again.fingerprint) == (
        table.facts, table.dimensions, table.fingerprint)
    assert repr(again) == repr(table)
    pd.testing.assert_frame_equal(again.data, table.data)


def test_a_counted_table_by_groups_comes_back():
    responses = people(["eens"] * 12 + ["oneens"] * 8, leerweg=["bol"] * 11 + ["bbl"] * 9)
    table = wb.frequency(responses, "gezien", by="leerweg")
    assert repr(there_and_back(table)) == repr(table)


def test_statements_within_statements_come_back():
    inner = Outside("gezien", "weet ik niet", Count(7))
    table = replace(frequencies({"gezien": COUNTS}), facts=(
        Bases(("students",), "frequency", (inner, Outside("gezien", "leeg", Count(None)))),))
    assert there_and_back(table).facts == table.facts


def test_what_is_hidden_is_not_in_what_is_stored():
    table = frequencies({"gezien": COUNTS}, sources=(source(synthetic=False),))
    about = stored(replace(table, facts=(*table.facts, Outside("gezien", "leeg", Count(3)))))
    assert {"fact": "Outside", "item": "gezien", "reason": "no_valid",
            "n": {"count": None}} in about["facts"]
    assert about["rows"][0][2] is None


def test_who_is_named_in_study_toml_is_not_stored():
    named = source(set_aside=({"where": {"id": "Fatima"}, "reason": "test van Fatima"},))
    assert "Fatima" not in json.dumps(stored(frequencies({"gezien": COUNTS}, sources=(named,))))


@pytest.mark.parametrize("spoil", [
    lambda about: about["rows"][1].__setitem__(2, 13),
    lambda about: about.pop("facts"),
    lambda about: about["facts"].append({"fact": "Unheard"}),
    lambda about: about["columns"].__setitem__(2, ["n", "int64"]),
])
def test_a_stored_table_that_was_changed_is_refused(spoil):
    about = stored(frequencies({"gezien": COUNTS}))
    spoil(about)
    with pytest.raises(DataError, match="20_gezien: is damaged: it does not hold the Table"):
        restored(about, SETTING, name="20_gezien")
