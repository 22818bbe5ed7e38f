"""What may not be shown is hidden in all Tables, with what would give it away."""

from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import product

import numpy as np
import pandas as pd
import pytest
from builders.register import register
from scipy.stats import chi2_contingency

import wbkit as wb
from wbkit.messages import MESSAGES_VARIABLE
from wbkit.privacy.disclosure.suppression import suppress
from wbkit.table.facts import Base, Count, Outside, Subject
from wbkit.table.statements.privacy import Protected

TEAMS = ("A", "B", "C")
ANSWERS = ("nee", "soms", "ja")
ITEMS = {"team": {"kind": "nominal", "values": TEAMS},
         "q": {"kind": "ordinal", "values": ANSWERS}}
SPREAD = [[12, 9, 2], [8, 14, 11], [10, 7, 13]]  # teams by answers: two in team A said yes


def people(spread=SPREAD, *, items=ITEMS, kind="census", answers=ANSWERS, public=False, **design):
    rows = [(team, answer) for (team, answer), n in zip(
        product(TEAMS, answers), np.ravel(spread), strict=True) for _ in range(n)]
    data = pd.DataFrame(rows, columns=["team", "q"])
    invited = {"invited": len(data) + 9} if kind != "convenience" else {}
    return wb.responses(data, unit="student", items=items, public=public,
                        design=wb.Design(kind=kind, **invited, **design))


def report(responses):
    """Return the Tables of a small report."""
    return [wb.frequency(responses, "team"), wb.frequency(responses, "q"),
            wb.frequency(responses, "q", by="team"), wb.crosstab(responses, "team", "q")]


def hidden(table):
    return table.data["state"].eq("hidden")


def test_a_hidden_row_holds_no_number_and_the_rest_stands_as_it_was():
    before = report(people())
    after = wb.protect(before, profile="intern")
    assert [one.kind for one in after] == [one.kind for one in before]
    for old, new in zip(before, after, strict=True):
        gone = hidden(new)
        numbers = [name for name in ("n", "share", "low", "high") if name in new.data]
        assert new.data.loc[gone, numbers].isna().all().all()
        assert new.data.loc[~gone, "n"].equals(old.data.loc[~gone, "n"])
        assert list(new.data.index) == list(old.data.index)
    assert hidden(after[2]).any()


def test_what_one_table_hides_no_other_shows():
    frequency, crosstab = wb.protect(report(people()), profile="intern")[2:]
    one = frequency.data.set_index(["team", "value"])["state"]
    other = crosstab.data.set_index(["team", "q"])["state"]
    other.index.names = one.index.names
    assert one.sort_index().equals(other.sort_index())


def test_the_tables_that_were_given_are_not_changed():
    tables = report(people())
    before = [one.fingerprint for one in tables]
    wb.protect(tables, profile="publicatie")
    assert [one.fingerprint for one in tables] == before


def test_protecting_twice_hides_nothing_more():
    once = wb.protect(report(people()), profile="intern")
    twice = wb.protect(once, profile="intern")
    assert [one.fingerprint for one in once] == [one.fingerprint for one in twice]


def test_publication_hides_counts_under_ten():
    for profile, least in (("intern", 5), ("publicatie", 10)):
        tables = wb.protect(report(people()), profile=profile)
        shown = pd.concat([one.data["n"] for one in tables]).dropna()
        assert ((shown == 0) | (shown >= least)).all()


def test_a_small_group_is_hidden_whole_with_another_beside_it():
    tables = wb.protect(report(people([[2, 1, 0], [8, 14, 11], [10, 7, 13]])), profile="intern")
    bases = tables[2].data.groupby("team")["base"].first()
    assert bases.isna().sum() >= 2 and np.isnan(bases["A"])
    assert hidden(tables[0]).sum() >= 2


def test_a_sample_of_unknown_people_hides_no_small_count_only_small_groups():
    # survey hides small counts of real people already, so that it is made-up people here
    shown = wb.protect(report(_made_up(SPREAD)), profile="intern")
    assert not any(hidden(one).any() for one in shown)
    small = wb.protect(report(_made_up([[2, 1, 0], [8, 14, 11], [10, 7, 13]])), profile="intern")
    assert hidden(small[2]).any()


def test_a_special_category_hides_none_all_and_one_of_unknown_people():
    health = ITEMS | {"q": ITEMS["q"] | {"sensitivity": "health"}}
    table = wb.protect([wb.frequency(_made_up([[12, 9, 1], [8, 14, 11], [10, 7, 13]], health),
                                     "q", by="team")], profile="intern")[0]
    rows = table.data.set_index(["team", "value"])["state"]
    assert rows["A", "ja"] == "hidden"


def _made_up(spread, items=ITEMS):
    made = people(spread, items=items, kind="convenience", participants="unknown")
    return replace(made, source=made.source.model_copy(update={"synthetic": True}))


def test_a_source_that_was_published_before_hides_nothing():
    tables = report(people(public=True))
    assert [one.fingerprint for one in wb.protect(tables, profile="publicatie")] == \
        [one.fingerprint for one in tables]


def test_a_hidden_count_in_a_note_is_said_to_be_hidden_whatever_its_size():
    items = ITEMS | {"q": ITEMS["q"] | {"missing": ["weet niet"]}}
    spread = [[12, 9, 2, 2], [8, 14, 11, 3], [10, 7, 13, 4]]
    responses = people(spread, items=items, answers=(*ANSWERS, "weet niet"))
    tables = wb.protect([wb.frequency(responses, "q"),
                         wb.frequency(responses, "q", of="asked")], profile="publicatie")
    (outside,) = tables[0].found(Outside)
    assert outside.n == Count(None)
    assert tables[0].found(Protected) == [Protected("publicatie")]
    notes = " ".join(tables[0].show("nl").notes)
    assert "een aantal dat niet is getoond" in notes and "minder dan" not in notes


def test_a_base_that_is_hidden_is_hidden_in_the_facts_too():
    responses = people([[2, 1, 0], [8, 14, 11], [10, 7, 13]])
    part = wb.frequency(responses.where(team="A"), "q")
    (base,) = wb.protect([wb.frequency(responses, "team"), part], profile="intern")[1].found(Base)
    assert base.n == Count(None) and base.looked is None


def test_without_time_for_the_programme_more_is_hidden_and_nothing_follows(monkeypatch):
    module = import_module("wbkit.privacy.protect")
    monkeypatch.setattr(module, "suppress", partial(suppress, seconds=0.0))
    hurried = wb.protect(report(people()), profile="intern")
    found = wb.audit(hurried).data
    assert len(found) and set(found["verdict"]) == {"safe"}


def test_a_group_of_a_register_does_not_follow_from_the_total_of_its_year():
    rows = [(year, team, "bol", base, n, "0", "v1") for year, team, base, n in (
        ("2019", "zorg", "100", "30"), ("2019", "groen", "90", "3"),
        ("2020", "zorg", "100", "25"), ("2020", "groen", "80", "12"),
        ("2020", "samen", "180", "37"))]
    counts = wb.clean(register(rows=rows, synthetic=False))
    tables = [wb.trend(counts, "traag", year="jaar"),
              wb.trend(counts, "traag", year="jaar", by="team")]
    assert set(wb.audit(tables).data["verdict"]) == {"exact"}  # 33 - 30
    safe = wb.protect(tables, profile="intern")
    shown = safe[1].data.query("jaar == '2019' and state == 'shown'")
    assert shown.empty and set(wb.audit(safe).data["verdict"]) == {"safe"}


def test_a_cell_that_was_not_delivered_contradicts_no_total():
    counts = wb.clean(register(synthetic=False))
    tables = [wb.trend(counts, "traag", year="jaar"),
              *(wb.trend(counts, "traag", year="jaar", by=by) for by in ("team", "weg"))]
    safe = wb.protect(tables, profile="intern")
    assert set(wb.audit(safe).data["verdict"]) <= {"safe"}
    assert (safe[1].data["state"] == "absent").any()


# Statistics


def compared(spread):
    responses = wb.assume(people(spread, kind="convenience"), "de groep is een steekproef")
    return (wb.compare(responses, "q", "team"), wb.crosstab(responses, "team", "q"),
            wb.frequency(responses, "q"), wb.frequency(responses, "team"))


def test_a_test_goes_with_the_counts_that_it_is_made_of():
    tables = wb.protect(compared(SPREAD), profile="intern")
    assert hidden(tables[1]).any() and hidden(tables[0]).all()
    assert tables[0].data[["statistic", "p", "effect", "n"]].isna().all().all()


def test_a_test_stands_where_all_its_counts_do():
    tables = wb.protect(compared([[12, 9, 22], [8, 14, 11], [10, 7, 13]]), profile="intern")
    assert not hidden(tables[0]).any() and not hidden(tables[1]).any()


def test_a_test_is_hidden_where_its_counts_are_not_among_the_tables():
    alone = compared([[12, 9, 22], [8, 14, 11], [10, 7, 13]])
    tables = wb.protect([alone[0], alone[2], alone[3]], profile="intern")
    assert hidden(tables[0]).all()


def test_the_statistic_of_hidden_counts_does_not_single_out_one_filling():
    test, crosstab, q, team = wb.protect(compared(SPREAD), profile="intern")
    assert test.data["statistic"].isna().all()
    found = wb.audit([test, crosstab, q, team]).data
    assert (found["verdict"] == "safe").all()
    assert ((found["highest"] - found["lowest"]).fillna(99) >= 2).all()


def rows_that_fit(shown, base):
    """List the ways to fill the hidden counts of one row, so that they add up to its base."""
    gone = np.flatnonzero(np.isnan(shown))
    rest = int(base - np.nansum(shown))
    some = [one for one in product(range(rest + 1), repeat=max(len(gone) - 1, 0))
            if sum(one) <= rest]
    filled = np.repeat(shown[None], len(some) if len(gone) else 1, axis=0)
    for at, one in enumerate(some if len(gone) else []):
        filled[at, gone] = [*one, rest - sum(one)]
    return filled


def tables_that_fit(crosstab, rows, columns):
    """List the cross tables that agree with what is shown and with the margins."""
    found = np.zeros((1, 0, len(columns)))
    for shown, base in zip(crosstab.data["n"].to_numpy().reshape(3, 3), rows, strict=True):
        more = rows_that_fit(shown, base)
        found = np.concatenate([np.repeat(found, len(more), axis=0),
                                np.tile(more[:, None], (len(found), 1, 1))], axis=1)
        found = found[(found.sum(axis=1) <= columns).all(axis=1)]
    return found[(found.sum(axis=1) == columns).all(axis=1)]


@pytest.mark.parametrize(("profile", "possible"), [("intern", 3), ("publicatie", 5)])
def test_a_chi_square_would_single_out_the_hidden_counts_and_is_not_shown(profile, possible):
    nominal = ITEMS | {"q": ITEMS["q"] | {"kind": "nominal"}}
    responses = wb.assume(people(items=nominal, kind="convenience"), "de groep is een steekproef")
    test = wb.compare(responses, "q", "team")
    assert test.data["test"].tolist() == ["chi_square"]
    tables = [test, wb.crosstab(responses, "team", "q"), wb.frequency(responses, "q"),
              wb.frequency(responses, "team")]
    after, crosstab, *_ = wb.protect(tables, profile=profile)
    told = after.data[["statistic", "p", "effect", "low", "high"]]
    assert told.isna().all().all()
    fillings = tables_that_fit(crosstab, np.sum(SPREAD, axis=1), np.sum(SPREAD, axis=0))
    gone = hidden(crosstab).to_numpy().reshape(3, 3)
    assert min(len(set(fillings[:, row, column])) for row, column in
               np.argwhere(gone)) >= possible
    statistics = np.array([chi2_contingency(one, correction=False)[0] for one in fillings])
    same = np.abs(statistics - test.data["statistic"].iloc[0]) < 1e-6
    assert 1 <= same.sum() < possible  # had it been shown


# Joint answers


def joint(agreed=()):
    items = {"team": {"kind": "nominal", "values": ["A", "B", "C", "D"]},
             "inzet": {"kind": "ordinal", "values": ["nee", "ja"]},
             "wie": {"kind": "numeric"}}
    data = pd.DataFrame({"team": ["A", "B", "C", "D"], "inzet": ["ja", "ja", "ja", "nee"],
                         "wie": [8, 9, 7, 6]})
    return wb.responses(data, unit="team", items=items,
                        design=wb.Design(kind="joint", people=30, agreed=agreed))


def test_a_team_is_named_with_its_answer_only_when_it_agreed():
    responses = joint(agreed=("A", "C"))
    table = wb.team_answers(responses, ["inzet"], by="team", people="wie")
    data = wb.protect([table], profile="publicatie")[0].data.set_index("team")
    assert data.loc[["A", "C"], "value"].tolist() == ["ja", "ja"]
    assert data.loc[["B", "D"], "value"].tolist() == ["", ""]
    assert data["people"].isna().all()


# Refusals


@pytest.mark.parametrize(("language", "words"), [
    ("en", "there is no profile 'open'. Use one of publicatie, intern"),
    ("nl", "het profiel 'open' bestaat niet. Kies een van deze: publicatie, intern")])
def test_an_unknown_profile_is_refused(monkeypatch, language, words):
    monkeypatch.setenv(MESSAGES_VARIABLE, language)
    with pytest.raises(wb.DataError, match=words):
        wb.protect(report(people()), profile="open")


def test_tables_of_different_data_are_refused():
    tables = [wb.frequency(people(), "q"),
              wb.frequency(people([[22, 9, 12], [8, 14, 11], [10, 7, 13]]), "q")]
    with pytest.raises(wb.DataError, match="count the same people, and not the same number"):
        wb.protect(tables, profile="intern")


def test_tables_that_no_people_can_have_are_refused():
    tables = [wb.frequency(people(), "q", by="team"),
              wb.frequency(people([[2, 9, 12], [8, 14, 11], [10, 7, 13]]), "q")]
    tables = [replace(one, facts=one.found(Subject)) for one in tables]
    with pytest.raises(wb.DataError, match="cannot be about the same people"):
        wb.protect(tables, profile="intern")


@pytest.mark.parametrize(("language", "words"), [
    ("en", r"q – naar team: \d numbers that may not be shown follow from the Tables in known"),
    ("nl", r"q – naar team: \d getallen die je niet mag tonen, volgen uit de tabellen in known")])
def test_what_is_known_already_cannot_be_protected(monkeypatch, language, words):
    monkeypatch.setenv(MESSAGES_VARIABLE, language)
    all_less_two_teams = [wb.frequency(people(), "q"),
                          wb.frequency(people().where(team=["B", "C"]), "q")]
    tables = [wb.frequency(people(), "q", by="team")]
    assert hidden(wb.protect(tables, profile="intern", known=all_less_two_teams[:1])[0]).any()
    with pytest.raises(wb.DisclosureError, match=words):
        wb.protect(tables, profile="intern", known=all_less_two_teams)


def test_a_known_table_of_one_team_does_not_stop_the_others_from_being_protected():
    known = [wb.frequency(people(public=False, spread=[[12, 9, 22], [8, 14, 11], [10, 7, 13]])
                          .where(team="A"), "q")]
    tables = [wb.frequency(people([[12, 9, 22], [8, 14, 11], [10, 7, 13]]), "q", by="team")]
    protected = wb.protect(tables, profile="publicatie", known=known)
    assert hidden(protected[0]).any()
