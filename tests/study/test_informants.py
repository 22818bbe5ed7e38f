"""Of a few professionals a word is said and no number; services of one name stand together."""

import pytest
from builders import transcripts

from wbkit.study.informants import are_informants, told_of, told_together


def leaders(**fields):
    design = {"kind": "census", "informants": "teamleiders"}
    return transcripts.source(**{"name": "leaders", "synthetic": False, "design": design} | fields)


def service(name, agreed=(), called="ondersteuning"):
    design = {"kind": "joint", "people": 4, "informants": called, "agreed": agreed}
    return leaders(name=name, unit="group", design=design)


@pytest.mark.parametrize(("n", "word"), [
    (0, "nobody"), (1, "some"), (2, "some"), (3, "most"), (4, "most"), (5, "all")])
def test_of_five_leaders_three_and_four_are_most_and_one_and_two_a_few(n, word):
    assert told_of(n, 5) == word


def test_one_of_two_conversations_is_a_few_and_not_most():
    assert [told_of(n, 2) for n in (0, 1, 2)] == ["nobody", "some", "all"]


@pytest.mark.parametrize("fields", [{"synthetic": True}, {"public": True}, {"design": None},
                                    {"design": {"kind": "census"}}])
def test_made_up_published_and_undeclared_conversations_are_no_informants(fields):
    assert are_informants(leaders())
    assert not are_informants(leaders(**fields))


def test_services_stand_apart_only_when_all_of_one_name_agreed():
    sab, sterc, other = service("sab", ["sab"]), service("sterc"), service("loket", ["loket"], "x")
    assert told_together([sab, sterc, other, leaders()]) == {"sab", "sterc"}
    assert told_together([sab, service("sterc", ["sterc"])]) == frozenset()
