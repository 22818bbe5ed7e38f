"""Several options in one cell."""

import pytest
from builders.raw import raw

import wbkit as wb
from wbkit.cleaning.log import MASK
from wbkit.data.cleaning_log import EXCLUSIVE, MISSING_CODE, NEAR_MISS, OWN_WORDS, SPACES

HULP = {"kind": "multiple", "values": ["plannen", "stress en druk", "geen hulp nodig"],
        "other": "Anders", "exclusive": ["geen hulp nodig"], "missing": ["weet ik niet"]}


def clean(*cells, **changed):
    """Clean the answers to one multiple item."""
    given = raw({"hulp": list(cells), "vast": ["x"] * len(cells)},
                {"hulp": HULP | changed, "vast": {"kind": "open"}})
    return wb.clean(given)


def ticks(responses):
    names = [name for name in responses.data if responses.data[name].dtype == bool]
    return [[name.partition(":")[2] for name in names if row[name]]
            for _, row in responses.data.iterrows()]


def rules(responses):
    return list(responses.log["rule"])


def test_each_option_becomes_one_boolean_column():
    given = clean("plannen;stress en druk;", "", "stress en druk")
    assert list(given.data)[:5] == ["hulp:plannen", "hulp:stress en druk", "hulp:geen hulp nodig",
                                    "hulp:other", "hulp:other_text"]
    assert ticks(given) == [["plannen", "stress en druk"], [], ["stress en druk"]]
    assert given.state("hulp").tolist() == ["answered", "no_answer", "answered"]
    assert given.log.empty


@pytest.mark.parametrize(("cell", "text"), [
    ("plannen;ik mis mijn oude klas;", "ik mis mijn oude klas"),
    ("Anders, namelijk: mijn hond;plannen", "mijn hond"),
    ("plannen;anders: mijn hond;", "mijn hond"),
    ("plannen;ANDERS namelijk mijn hond", "mijn hond"),
    ("plannen;Anders:mijn hond", "mijn hond"),
    ("plannen;anders dan eerst", "anders dan eerst"),
    ("plannen;een;twee;", "een; twee"),
])
def test_words_behind_anders_are_an_open_answer(cell, text):
    given = clean(cell)
    assert ticks(given) == [["plannen", "other"]]
    assert given.data["hulp:other_text"].tolist() == [text]
    assert set(rules(given)) == {OWN_WORDS}
    assert set(given.log["before"]) == {MASK}


@pytest.mark.parametrize("cell", ["Anders;plannen;", "plannen;anders, namelijk:",
                                  "plannen;Anders:"])
def test_anders_without_words_is_a_tick_without_text(cell):
    given = clean(cell)
    assert ticks(given) == [["plannen", "other"]]
    assert given.data["hulp:other_text"].tolist() == [""]
    assert given.log.empty


def test_the_option_may_itself_be_called_anders_namelijk():
    given = clean("Anders, namelijk: mijn hond", other="Anders, namelijk:")
    assert given.data["hulp:other_text"].tolist() == ["mijn hond"]


def test_a_near_miss_of_an_option_stays_other_and_goes_to_a_person():
    given = clean("stres en druk;", "Plannen")
    assert ticks(given) == [["other"], ["other"]]
    assert rules(given) == [NEAR_MISS, NEAR_MISS]
    assert given.log["before"].tolist() == [MASK, MASK]
    assert given.log["after"].tolist() == ["other, resembles 'stress en druk'",
                                           "other, resembles 'plannen'"]


def test_a_declared_correction_holds_for_one_option_and_for_the_whole_cell():
    given = clean("stres en druk;plannen", "van alles",
                  corrections={"stres en druk": "stress en druk", "van alles": "plannen;weinig"})
    assert ticks(given) == [["plannen", "stress en druk"], ["plannen", "other"]]
    assert rules(given) == ["correction", "correction", OWN_WORDS]


def test_an_exclusive_option_beside_others_is_removed_and_logged():
    given = clean("plannen;geen hulp nodig;", "geen hulp nodig")
    assert ticks(given) == [["plannen"], ["geen hulp nodig"]]
    assert [tuple(row) for row in given.log.itertuples(index=False)] == [
        (2, "hulp", "geen hulp nodig", "", EXCLUSIVE)]


def test_a_missing_code_alone_is_a_reason_and_beside_others_is_removed():
    given = clean("weet ik niet", "weet ik niet;plannen")
    assert given.state("hulp").tolist() == ["weet ik niet", "answered"]
    assert rules(given) == [MISSING_CODE]


def test_spaces_around_an_option_are_logged_for_that_option():
    given = clean("plannen; stress\u00a0en druk ;")
    assert ticks(given) == [["plannen", "stress en druk"]]
    assert rules(given) == [SPACES]


def test_without_anders_an_unknown_part_stops_and_is_named_alone():
    with pytest.raises(wb.DataError, match=r"\n    'hond' once, row 2\.\n"):
        clean("plannen;hond", other=None)


def test_an_option_that_holds_the_separator_is_refused():
    with pytest.raises(wb.DataError, match=r"the option 'a;b' holds a ';'"):
        clean("a;b", values=["a;b"], exclusive=[])


def test_one_answer_with_anders_is_read_like_one_option():
    item = {"kind": "nominal", "values": ["bol", "bbl"], "other": "Anders"}
    given = wb.clean(raw({"leerweg": ["bol", "Anders", "avond", "Anders: thuis", "bol  "]},
                         {"leerweg": item}))
    assert given.data["leerweg"].tolist() == ["bol", "other", "other", "other", "bol"]
    assert given.data["leerweg:other_text"].tolist() == ["", "", "avond", "thuis", ""]
    assert rules(given) == [OWN_WORDS, OWN_WORDS, SPACES]
