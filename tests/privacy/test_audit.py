"""What can be worked out of hidden numbers: against every way to spread whole people."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wbkit as wb
from wbkit.messages import MESSAGES_VARIABLE
from wbkit.table.facts import Subject

GROUPS, ANSWERS = ("a", "b"), ("nee", "soms", "ja")
ITEMS = {"groep": {"kind": "nominal", "values": GROUPS},
         "q": {"kind": "ordinal", "values": ANSWERS}}
FEW, PEOPLE = 2, 7


def responses(counts, groups=GROUPS, items=ITEMS):
    rows = [(group, answer) for (group, answer), n in zip(
        product(groups, ANSWERS), np.ravel(counts), strict=True) for _ in range(n)]
    data = pd.DataFrame(rows, columns=["groep", "q"])
    made = wb.responses(data, unit="student", items=items,
                        design=wb.Design(kind="census", invited=len(rows) + 3))
    return replace(made, source=made.source.model_copy(update={"synthetic": True}))


def without(table, rows):
    """Hide rows of a made-up Table."""
    gone = table.data.index.isin(rows)
    return replace(table, data=table.data.assign(
        n=table.data["n"].mask(gone), share=table.data["share"].mask(gone),
        state=table.data["state"].mask(gone, "hidden")))


def fillings(total, shape=(2, 3)):
    """List every way to spread so many people over the cells of a table."""
    places = np.prod(shape) - 1
    bars = np.array(list(combinations(range(total + places), places)), dtype=int)
    ends = np.column_stack([np.full(len(bars), -1), bars, np.full(len(bars), total + places)])
    return (np.diff(ends, axis=1) - 1).reshape(-1, *shape)


def as_shown(ways, counts, hidden):
    """Mark the ways in which what is shown of some counts is what it is; `hidden` by place."""
    ways = ways.reshape(len(ways), -1)
    shown = [at for at in range(ways.shape[1]) if at not in hidden]
    return (ways[:, shown] == np.ravel(counts)[shown]).all(axis=1)


def ends(ways, hidden):
    """Return the least and the greatest number of each hidden count, by place."""
    ways = ways.reshape(len(ways), -1)
    return {at: (ways[:, at].min(), ways[:, at].max()) for at in hidden}


@settings(max_examples=25, deadline=None)
@given(counts=st.lists(st.integers(0, FEW), min_size=6, max_size=6),
       cells=st.sets(st.integers(0, 5), min_size=1), answers=st.sets(st.integers(0, 2), max_size=2))
def test_the_intervals_are_those_of_all_ways_to_spread_people(counts, cells, answers):
    counts = np.array(counts).reshape(2, 3)
    if not counts.sum() or counts.sum() > PEOPLE:
        return
    made = responses(counts)
    crossed = without(wb.frequency(made, "q", by="groep"), cells)
    alone = without(wb.frequency(made, "q"), answers)
    found = wb.audit([crossed, alone]).data.set_index("cell")
    ways = fillings(int(counts.sum()))
    fits = (ways.sum(axis=2) == counts.sum(axis=1)).all(axis=1)
    for at in range(6):
        if at not in cells:
            fits &= ways[:, at // 3, at % 3] == counts[at // 3, at % 3]
    for at in range(3):
        if at not in answers:
            fits &= ways[:, :, at].sum(axis=1) == counts[:, at].sum()
    for at in cells:
        name = f"data; item=q; groep={GROUPS[at // 3]}; value={ANSWERS[at % 3]}"
        seen = ways[fits][:, at // 3, at % 3]
        assert tuple(found.loc[name, ["lowest", "highest"]]) == (seen.min(), seen.max())
    for at in answers:
        seen = ways[fits][:, :, at].sum(axis=1)
        name = f"data; item=q; value={ANSWERS[at]}"
        assert tuple(found.loc[name, ["lowest", "highest"]]) == (seen.min(), seen.max())


CROSSED = [f"data; groep={group}; q={answer}" for group, answer in product(GROUPS, ANSWERS)]


def found_of(audited, names, hidden):
    rows = audited.data.set_index("cell")
    return {at: tuple(rows.loc[names[at], ["lowest", "highest"]]) for at in hidden}


@settings(max_examples=15, deadline=None)
@given(counts=st.lists(st.integers(0, FEW), min_size=6, max_size=6),
       cells=st.sets(st.integers(0, 5), min_size=1), answers=st.sets(st.integers(0, 2)),
       groups=st.sets(st.integers(0, 1)), share=st.sampled_from(["total", "rows", "columns"]))
def test_the_intervals_of_a_crosstab_with_its_margins_are_those_of_all_ways(
        counts, cells, answers, groups, share):
    counts = np.array(counts).reshape(2, 3)
    if not counts.sum():
        return
    made = responses(counts)
    found = wb.audit([without(wb.crosstab(made, "groep", "q", share=share), cells),
                      without(wb.frequency(made, "q"), answers),
                      without(wb.frequency(made, "groep"), groups)])
    ways = fillings(int(counts.sum()))
    fits = as_shown(ways, counts, cells)  # the bases of rows or columns are shown too
    fits &= as_shown(ways.sum(axis=1), counts.sum(axis=0), () if share == "columns" else answers)
    fits &= as_shown(ways.sum(axis=2), counts.sum(axis=1), () if share == "rows" else groups)
    assert found_of(found, CROSSED, cells) == ends(ways[fits], cells)


TRACKS = ("bbl", "bol")
BY = {name: [f"data; item=q; {name}={group}; value={answer}"
             for group, answer in product(groups, ANSWERS)]
      for name, groups in (("groep", GROUPS), ("leerweg", TRACKS))}


@settings(max_examples=15, deadline=None)
@given(people=st.lists(st.tuples(*(st.sampled_from(some) for some in (GROUPS, TRACKS, ANSWERS))),
                       min_size=1, max_size=5),
       groups=st.sets(st.integers(0, 5), min_size=1), tracks=st.sets(st.integers(0, 5)),
       answers=st.sets(st.integers(0, 2)))
def test_the_intervals_of_two_tables_that_share_an_item_are_those_of_all_ways(
        people, groups, tracks, answers):
    data = pd.DataFrame(people, columns=["groep", "leerweg", "q"])
    made = wb.responses(data, unit="student",
                        items=ITEMS | {"leerweg": {"kind": "nominal", "values": TRACKS}},
                        design=wb.Design(kind="census", invited=len(data) + 3))
    made = replace(made, source=made.source.model_copy(update={"synthetic": True}))
    counts = np.zeros((2, 2, 3), dtype=int)
    np.add.at(counts, tuple(np.array([(GROUPS.index(one), TRACKS.index(two), ANSWERS.index(three))
                                      for one, two, three in people]).T), 1)
    found = wb.audit([without(wb.frequency(made, "q", by="groep"), groups),
                      without(wb.frequency(made, "q", by="leerweg"), tracks),
                      without(wb.frequency(made, "q"), answers)])
    ways = fillings(len(people), (2, 2, 3))
    fits = as_shown(ways.sum(axis=2), counts.sum(axis=1), groups)
    fits &= as_shown(ways.sum(axis=1), counts.sum(axis=0), tracks)
    fits &= as_shown(ways.sum(axis=(1, 2)), counts.sum(axis=(0, 1)), answers)
    fits &= as_shown(ways.sum(axis=(2, 3)), counts.sum(axis=(1, 2)), ())  # bases
    fits &= as_shown(ways.sum(axis=(1, 3)), counts.sum(axis=(0, 2)), ())
    assert found_of(found, BY["groep"], groups) == ends(ways.sum(axis=2)[fits], groups)
    assert found_of(found, BY["leerweg"], tracks) == ends(ways.sum(axis=1)[fits], tracks)


COUNTS = np.array([[12, 9, 2], [8, 14, 11]])


def test_a_hidden_count_that_the_total_gives_away_is_named_with_its_tables():
    made = responses(COUNTS)
    crossed = without(wb.frequency(made, "q", by="groep"), [2])
    found = wb.audit([wb.frequency(made, "groep"), crossed, wb.frequency(made, "q")]).data.iloc[0]
    assert (found["lowest"], found["highest"], found["verdict"]) == (2, 2, "exact")
    assert found["cell"] == "data; item=q; groep=a; value=ja"
    assert found["table"] == "2" and found["given_by"] == "2"


def test_the_table_that_gives_a_count_away_is_named_and_no_other():
    made = responses(COUNTS)
    crossed = without(wb.frequency(made, "q", by="groep"), [1, 2, 4, 5])
    part = wb.frequency(made.where(groep="a"), "q")
    found = wb.audit([crossed, wb.frequency(made, "q"), part]).data
    row = found.set_index("cell").loc["data; item=q; groep=a; value=ja"]
    assert row["verdict"] == "exact" and row["given_by"] == "3"


def test_a_reason_that_no_note_counts_is_a_reason_of_nobody():
    items = ITEMS | {"q": ITEMS["q"] | {"missing": ["weet niet"]}}
    data = responses(COUNTS).data.assign(q=["weet niet"] * 6 + ["ja"] * (COUNTS.sum() - 6))
    made = wb.responses(data, unit="student", items=items,
                        design=wb.Design(kind="census", invited=len(data) + 3))
    everyone = without(wb.nonresponse(made, by="groep"), range(3))
    found = wb.audit([wb.frequency(made, "q"), everyone]).data
    total = found.set_index("cell").loc["data; groep=total"]
    assert (total["lowest"], total["verdict"], total["given_by"]) == (len(data), "exact", "1")


def test_an_interval_of_two_numbers_is_too_narrow_and_one_of_three_is_safe():
    for total, verdict in ((1, "narrow"), (2, "safe")):
        counts = [[12, total, 0], [8, 14, 11]]
        found = wb.audit([without(wb.frequency(responses(counts), "q", by="groep"), [1, 2])]).data
        assert set(found["verdict"]) == {verdict}


def test_what_nothing_bounds_has_no_highest_number():
    table = without(wb.frequency(responses(COUNTS), "q", by="groep"), range(6))
    data = table.data.assign(base=np.nan)
    found = wb.audit([replace(table, data=data, facts=tuple(table.found(Subject)))]).data
    assert found["lowest"].dropna().eq(0).all() and found["highest"].isna().all()


def test_two_releases_that_differ_by_one_respondent_fail_and_name_the_counts():
    then = responses([[12, 9, 12], [8, 14, 11]])
    now = responses([[12, 9, 12], [8, 14, 12]])
    tables = [[wb.frequency(one, "q"), wb.frequency(one, "q", by="groep")] for one in (now, then)]
    found = wb.audit(tables[0], released=tables[1]).data
    failed = found[found["verdict"] == "released"]
    assert "data; item=q; groep=b; value=ja" in set(failed["cell"])
    assert failed.set_index("cell").loc["data; item=q; groep=b; value=ja", "given_by"] == "2, 4"


def test_the_same_release_once_more_is_no_failure():
    table = wb.frequency(responses(COUNTS), "q")
    assert wb.audit([table], released=[table]).data.empty


def test_a_release_of_many_more_people_is_no_failure():
    then = wb.frequency(responses([[12, 9, 12], [8, 14, 11]]), "q")
    now = wb.frequency(responses([[22, 19, 32], [18, 34, 31]]), "q")
    assert wb.audit([now], released=[then]).data.empty


def test_what_is_known_from_elsewhere_counts():
    made = responses(COUNTS)
    table = without(wb.frequency(made, "q", by="groep"), [1, 2])
    assert set(wb.audit([table]).data["verdict"]) == {"safe"}
    known = wb.frequency(made.where(groep="a"), "q")
    assert set(wb.audit([table], known=[known]).data["verdict"]) == {"exact"}


def test_a_mean_gives_a_hidden_count_away():
    items = ITEMS | {"q": {"kind": "numeric", "range": [1, 3]}}
    data = pd.DataFrame({"groep": ["a"] * 20 + ["b"] * 20, "q": [1] * 9 + [2] * 9 + [3] * 2
                         + [1] * 6 + [2] * 7 + [3] * 7})
    made = wb.responses(data, unit="student", items=items,
                        design=wb.Design(kind="census", invited=50))
    made = replace(made, source=made.source.model_copy(update={"synthetic": True}))
    table = without(wb.frequency(made, "q", by="groep"), [1, 2])
    assert set(wb.audit([table]).data["verdict"]) == {"safe"}
    mean = wb.estimate(made, "q", by="groep")
    assert set(wb.audit([table, mean]).data["verdict"]) == {"exact"}


def test_a_merged_answer_gives_a_hidden_count_away():
    items = ITEMS | {"kort": {"kind": "ordinal", "values": ["nee", "wel"],
                              "recode": {"item": "q", "map": {"soms": "wel", "ja": "wel"}}}}
    made = responses(COUNTS, items=items)
    table = without(wb.frequency(made, "q", by="groep"), [0, 2])
    assert set(wb.audit([table]).data["verdict"]) == {"safe"}
    found = wb.audit([table, wb.frequency(made, "kort", by="groep")]).data
    assert set(found["verdict"]) == {"exact"}


def test_it_is_shown_in_dutch_with_the_titles_of_the_tables():
    made = responses(COUNTS)
    shown = wb.audit([without(wb.frequency(made, "q", by="groep"), [2])]).show("nl")
    assert shown.title == "Wat een buitenstaander kan terugrekenen"
    assert "Bekeken: 1 getallen die niet getoond zijn. Precies terug te rekenen: 1" in shown.base
    assert "precies terug te rekenen" in repr(shown) and "1. q – naar groep" in repr(shown)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "none of the Tables has a source"), ("nl", "geen van de tabellen heeft een bron")])
def test_tables_without_people_are_refused(monkeypatch, language, words):
    monkeypatch.setenv(MESSAGES_VARIABLE, language)
    table = replace(wb.frequency(responses(COUNTS), "q"), sources=())
    with pytest.raises(wb.DataError, match=words):
        wb.audit([table])


def test_tables_that_no_people_can_have_are_refused():
    tables = [wb.frequency(responses(COUNTS), "q", by="groep"),
              wb.frequency(responses([[1, 9, 2], [1, 14, 11]]), "q")]
    with pytest.raises(wb.DataError, match="cannot be about the same people"):
        wb.audit([without(replace(tables[0], facts=tuple(tables[0].found(Subject))), [1, 4]),
                  replace(tables[1], facts=tuple(tables[1].found(Subject)))])
