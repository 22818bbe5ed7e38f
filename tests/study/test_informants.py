"""Of a few professionals a word is said and no number; services of one name stand together."""

from collections import Counter

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


@pytest.mark.parametrize("base", [2, 3, 4])
def test_of_fewer_than_five_only_whether_anybody_named_it(base):
    assert [told_of(n, base) for n in range(base + 1)] == ["nobody"] + ["named"] * base


@pytest.mark.parametrize("base", range(2, 40))
def test_every_word_but_all_and_nobody_stands_for_two_numbers_or_more(base):
    words = Counter(told_of(n, base) for n in range(base + 1))
    assert min(n for word, n in words.items() if word not in ("all", "nobody")) >= 2


@pytest.mark.parametrize("fields", [{"synthetic": True}, {"public": True}, {"design": None},
                                    {"design": {"kind": "census"}}])
def test_made_up_published_and_undeclared_conversations_are_no_informants(fields):
    assert are_informants(leaders())
    assert not are_informants(leaders(**fields))


def test_services_stand_apart_only_when_all_of_one_name_agreed():
    sab, sterc, other = service("sab", ["sab"]), service("sterc"), service("loket", ["loket"], "x")
    assert told_together([sab, sterc, other, leaders()]) == {"sab", "sterc"}
    assert told_together([sab, service("sterc", ["sterc"])]) == frozenset()
