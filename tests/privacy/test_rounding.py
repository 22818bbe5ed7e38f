"""Counts rounded to five: alike everywhere, said under every Table, and no small one follows."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wbkit as wb
from wbkit.errors import StudyError
from wbkit.privacy import rounding
from wbkit.privacy.disclosure.bounds import InconsistentError
from wbkit.study.source import Display, Setting
from wbkit.study.study import load_study
from wbkit.table.facts import Base, Count, Outside
from wbkit.table.statements.privacy import Rounded

TEAMS, ANSWERS = ("A", "B", "C"), ("nee", "soms", "ja")
ITEMS = {"team": {"kind": "nominal", "values": TEAMS},
         "q": {"kind": "ordinal", "values": ANSWERS},
         "cijfer": {"kind": "numeric", "range": [1, 10]}}
SPREAD = [[42, 39, 32], [38, 44, 41], [40, 37, 43]]


def people(spread=SPREAD, *, rounding=5, answers=ANSWERS, items=ITEMS, **design):
    """Make people of whom a Table shows every count before it is protected."""
    rows = [pair for pair, n in zip(product(TEAMS, answers), np.ravel(spread), strict=True)
            for _ in range(n)]
    data = pd.DataFrame(rows, columns=["team", "q"]).assign(
        cijfer=[float(1 + at % 10) for at in range(len(rows))])
    made = wb.responses(data, unit="student", items=items,
                        design=wb.Design(**({"kind": "census", "invited": 900} | design)))
    setting = Setting(display=Display(rounding=rounding))
    return replace(made, source=made.source.model_copy(
        update={"synthetic": True, "setting": setting}))


def report(responses):
    return [wb.frequency(responses, "team"), wb.frequency(responses, "q"),
            wb.frequency(responses, "q", by="team"), wb.crosstab(responses, "team", "q")]


def counts(table):
    return table.data[[name for name in ("n", "base") if name in table.data]].to_numpy()


def test_every_count_is_the_nearest_multiple_of_five_in_every_table():
    before = report(people())
    after = wb.protect(before, profile="intern")
    for old, new in zip(before, after, strict=True):
        shown = ~np.isnan(counts(new))
        assert (counts(new)[shown] % 5 == 0).all()
        assert (abs(counts(new) - counts(old))[shown] <= 2).all()
    alike = {}
    for old, new in zip(before, after, strict=True):
        for was, now in zip(counts(old).ravel(), counts(new).ravel(), strict=True):
            assert np.isnan(now) or alike.setdefault(was, now) == now


def test_a_total_is_rounded_by_itself_and_not_added_up():
    table = wb.protect([wb.frequency(people([[12, 12, 12]] * 3), "q")], profile="intern")[0]
    assert table.data["n"].tolist() == [35.0, 35.0, 35.0]
    assert table.data["base"].unique().tolist() == [110.0]  # of 108; the parts make 105


def test_a_share_is_made_of_rounded_counts_and_left_out_of_fewer_than_25():
    spread = [[42, 39, 32], [38, 44, 41], [9, 6, 7]]
    data = wb.protect([wb.frequency(people(spread), "q", by="team")], profile="intern")[0].data
    large = data[data["base"] >= 25]
    assert (large["share"] == large["n"] / large["base"]).all()
    assert data.loc[data["base"] < 25, "share"].isna().all()


def test_what_took_part_is_rounded_and_its_shares_are_of_the_rounded_total():
    spread = [[12, 12, 12]] * 3  # 36 of each team: 35, 35 and 35 of 110
    margins = {"team": {"A": 300, "B": 300, "C": 300}}
    made = people(spread, kind="convenience", invited=None, population=900, margins=margins)
    tables = wb.protect([wb.coverage(made), wb.frequency(made, "team")], profile="intern")
    data = tables[0].data.set_index(["margin", "value"])
    assert data.loc[("team", "A"), ["n", "population"]].tolist() == [35, 300]
    assert data.loc[("team", "A"), "share"] == pytest.approx(35 / 110)
    assert data.loc[("team", "A"), "coverage"] == pytest.approx(35 / 300)
    assert set(wb.audit(tables).data["verdict"]) <= {"safe"}


def test_counts_in_the_notes_are_rounded_too():
    items = ITEMS | {"q": ITEMS["q"] | {"missing": ["weet niet"]}}
    made = people([[*row, 11] for row in SPREAD], answers=(*ANSWERS, "weet niet"), items=items)
    (table,) = wb.protect([wb.frequency(made, "q")], profile="intern")
    assert table.found(Outside)[0].n == Count(35.0)
    assert table.found(Base)[0].looked == Count(390.0)


@pytest.mark.parametrize(("language", "words"), [
    ("nl", "Alle aantallen zijn afgerond op een veelvoud van 5. Een totaal is apart afgerond"),
    ("en", "All counts are rounded to a multiple of 5. A total is rounded by itself")])
def test_each_table_says_that_its_numbers_are_rounded(language, words):
    for table in wb.protect(report(people()), profile="publicatie"):
        assert table.found(Rounded) == [Rounded(5)]
        assert words in table.show(language).base


def test_a_mean_has_one_decimal_and_needs_more_than_seven_people():
    spread = [[42, 39, 32], [38, 44, 41], [2, 3, 2]]
    table = wb.protect([wb.estimate(people(spread), "cijfer", by="team")], profile="intern")[0]
    data = table.data.set_index("team")
    assert data["estimate"].dropna().map(lambda one: round(one, 1) == one).all()
    assert data["estimate"].notna().tolist() == [True, True, False]
    assert not {"se", "low", "high"} & set(data.columns[data.notna().any()])


def test_a_test_of_exact_counts_is_left_out():
    made = wb.assume(people(kind="convenience", invited=None), "de groep is een steekproef")
    (table,) = wb.protect([wb.compare(made, "q", "team")], profile="intern")
    assert (table.data["state"] == "hidden").all()
    assert table.data[["statistic", "p", "effect", "n"]].isna().all().all()


def test_without_the_declaration_nothing_is_rounded():
    (table,) = wb.protect([wb.frequency(people(rounding=None), "q")], profile="intern")
    assert table.data["n"].tolist() == [120, 120, 116]
    assert not table.found(Rounded)


def test_what_was_published_before_is_not_rounded():
    made = people()
    public = replace(made, source=made.source.model_copy(update={"public": True}))
    before = [wb.frequency(public, "q")]
    assert wb.protect(before, profile="intern")[0].data.equals(before[0].data)


def test_rounding_twice_changes_nothing_more():
    once = wb.protect(report(people()), profile="intern")
    twice = wb.protect(once, profile="intern")
    assert [one.fingerprint for one in once] == [one.fingerprint for one in twice]


def test_it_hides_until_nothing_is_left_however_many_rounds_that_takes(monkeypatch):
    asked = []

    def one_more(release):
        found = np.flatnonzero(np.isfinite(release.floors))
        asked.append(len(found))
        return np.arange(len(release.floors)) == (found[0] if len(asked) <= 12 else -1)

    monkeypatch.setattr(rounding, "_to_hide", one_more)
    wb.protect(report(people()), profile="intern")
    assert len(asked) == 13
    assert all(now > then for now, then in zip(asked[:12], asked[1:], strict=True))


def test_rounded_numbers_that_no_people_can_have_are_refused_in_words(monkeypatch):
    def no_people(*_):
        raise InconsistentError

    monkeypatch.setattr(rounding, "whole_bounds", no_people)
    with pytest.raises(wb.DataError, match="protect: these Tables cannot be about the same"):
        wb.protect([wb.frequency(people(), "q")], profile="intern")


# What an outsider can know


def test_the_audit_knows_that_a_rounded_number_is_at_most_two_off():
    spread = [[42, 39, 32], [38, 44, 41], [40, 37, 6]]
    (table,) = wb.protect([wb.crosstab(people(spread), "team", "q")], profile="intern")
    found = wb.audit([table]).data
    (row,) = found[found["cell"].str.contains("team=C; q=ja")].to_dict("records")
    # 5 is 3 to 7; in a team of 83 to 87 with 38 to 42 and 33 to 37 others it is 4 at least
    assert (row["lowest"], row["highest"], row["verdict"]) == (4, 7, "safe")
    assert len(found) == 1  # the others cannot be under five


def test_a_small_number_that_follows_from_its_total_is_hidden():
    # 7 + 47 = 54 is shown as 5, 45 and 55: the seven would be six or seven
    two = {"answers": ANSWERS[:2], "items": ITEMS | {"q": {"kind": "ordinal",
                                                           "values": ANSWERS[:2]}}}
    made = people([[7, 47], [0, 0], [0, 0]], **two)
    (table,) = wb.protect([wb.frequency(made, "q")], profile="publicatie")
    assert table.data.loc[0, "state"] == "hidden"
    assert set(wb.audit([table]).data["verdict"]) == {"safe"}
    other = people([[6, 46], [0, 0], [0, 0]], **two)  # 5, 45 and 50
    assert wb.protect([wb.frequency(other, "q")], profile="publicatie")[0].data["n"][0] == 5.0


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=9, max_size=9))
def test_no_small_number_is_left_with_fewer_than_three_possibilities(spread):
    spread = np.array(spread).reshape(3, 3)
    if spread.sum() < 5:
        return
    before = report(people(spread))
    for profile in ("intern", "publicatie"):
        after = wb.protect(before, profile=profile)
        found = wb.audit(after).data
        assert set(found["verdict"]) <= {"safe"}
        truth = {f"data; item=q; team={team}; value={answer}": spread[row, column]
                 for row, team in enumerate(TEAMS) for column, answer in enumerate(ANSWERS)}
        for one in found.to_dict("records"):
            if one["cell"] in truth:
                assert one["lowest"] <= truth[one["cell"]] <= (
                    np.inf if np.isnan(one["highest"]) else one["highest"])


def test_a_rounded_number_that_changed_between_releases_tells_of_no_few_people():
    first = wb.protect([wb.frequency(people(), "q")], profile="publicatie")
    more = [[45, 39, 32], *SPREAD[1:]]
    second = wb.protect([wb.frequency(people(more), "q")], profile="publicatie")
    assert first[0].data["n"].tolist() != second[0].data["n"].tolist()
    assert "released" not in set(wb.audit(second, released=first).data["verdict"])


def test_another_step_than_five_is_refused(tmp_path):
    (tmp_path / "study.toml").write_text(
        'title = "Proef"\ndisplay = { rounding = 10 }\n', encoding="utf-8")
    with pytest.raises(StudyError, match=r"display.rounding: should be 5; there is 10"):
        load_study(tmp_path / "study.toml")
