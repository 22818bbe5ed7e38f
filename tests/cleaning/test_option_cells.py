"""Several options in one cell: ticks and rankings, whatever stands between them."""

import numpy as np
import pytest
from builders.raw import raw

import wbkit as wb
from wbkit.data.cleaning_log import SPACES


def clean(cells, **item):
    return wb.clean(raw({"hulp": cells, "vast": ["x"] * len(cells)},
                        {"hulp": {"kind": "multiple"} | item, "vast": {"kind": "open"}}))


def ticks(given, option):
    return given.data[f"hulp:{option}"].tolist()


@pytest.mark.parametrize(("separator", "cell"), [
    (None, "geld;rust"), (",", "geld, rust"), ("|", "geld|rust"), (" > ", "geld > rust"),
    ("/", "geld/rust"), ("\n", "geld\nrust"), (" - ", "geld - rust"), (" ", "geld rust"),
])
def test_every_separator_takes_a_cell_apart(separator, cell):
    given = clean([cell, "rust"], values=["geld", "rust"], separator=separator)
    assert (ticks(given, "geld"), ticks(given, "rust")) == ([True, False], [True, True])
    assert given.log.empty


def test_an_option_that_holds_the_separator_stays_whole_beside_others():
    given = clean(["rust, geld, schulden of toeslagen", "geld, rust"], separator=",",
                  values=["rust", "geld", "geld, schulden of toeslagen"])
    assert ticks(given, "geld, schulden of toeslagen") == [True, False]
    assert ticks(given, "geld") == [False, True]


def test_spaces_inside_an_option_are_logged_and_those_around_it_are_not():
    given = clean(["rust ;  geld\u00a0en zo"], values=["rust", "geld en zo"])
    assert ticks(given, "geld en zo") == [True]
    assert given.log["rule"].tolist() == [SPACES]
    assert clean(["rust ; geld"], values=["rust", "geld"]).log.empty


def test_options_with_another_mark_between_them_are_not_thrown_away():
    # the closest option was proposed as the right answer, which would lose a tick
    with pytest.raises(wb.DataError, match=r'separator = "," reads them\.') as fault:
        clean(["Planning, Toetsen", "Planning"], values=["Planning", "Toetsen"])
    assert "Did you mean" not in str(fault.value)


def test_one_answer_with_two_values_in_it_is_asked_as_ticks():
    with pytest.raises(wb.DataError, match=r'kind = "multiple" with separator = "\|" reads'):
        clean(["bol|bbl", "bol"], kind="nominal", values=["bol", "bbl"])


def test_a_ranking_in_one_cell_gives_each_option_its_place():
    given = clean(["rust > geld", "geld > tijd > rust"], kind="ranking", separator=" > ",
                  values=["geld", "rust", "tijd"])
    names = ["hulp:geld", "hulp:rust", "hulp:tijd"]
    assert np.array_equal(given.data[names].to_numpy(), [[2, 1, np.nan], [1, 3, 2]],
                          equal_nan=True)


def test_a_ranking_with_an_option_twice_is_unknown():
    with pytest.raises(wb.DataError, match=r"'geld;rust;geld' once, row 2"):
        clean(["geld;rust;geld"], kind="ranking", values=["geld", "rust"])


def test_a_code_instead_of_a_ranking_is_a_reason():
    given = clean(["weet niet", "geld;rust"], kind="ranking", values=["geld", "rust"],
                  missing=["weet niet"])
    assert given.state("hulp").tolist() == ["weet niet", "answered"]
