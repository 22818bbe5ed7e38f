"""Answers that hardly anybody gave and that are a letter or two off a usual one."""

from collections import Counter
from collections.abc import Mapping

from wbkit.intake.draft.scales import NEGATIONS, plain_words, read_families
from wbkit.text.normalise import tidy

MOST_DIFFERENT = 40  # answers of a closed question, own words and typing errors among them
RARE, USUAL = 3, 3  # people who mistype the same, and who gave the answer that was meant
TIMES = 20  # so often the usual answer stands beside each of several that were mistyped
SHORTEST, SHORT = 4, 5  # letters of a word: a shorter one is another word, or has two exchanged
LONG = 12  # characters from which two words may have a letter wrong


def misspelt(counts: Mapping[str, int], elsewhere: Mapping[str, int]) -> dict[str, str]:
    """Return the answers that resemble a usual one, which is given here or elsewhere.

    Parameters
    ----------
    counts
        How often each answer was given.
    elsewhere
        How often, to other questions on the same list.
    """
    if len(counts) > MOST_DIFFERENT:
        return {}
    every = Counter(counts) + Counter(elsewhere)
    usual = [answer for answer, n in every.most_common() if n >= USUAL]
    found = {}
    for answer in counts if usual else ():
        near = [one for one in usual if _is_rare(every[answer], every[one])
                and _resembles(answer, one) and not _differ_in_meaning(answer, one)]
        found |= {answer: near[0]} if len(near) == 1 else {}
    return {answer: meant for answer, meant in found.items() if meant not in found}


def _is_rare(n: int, usual: int) -> bool:
    return n == 1 or n <= RARE and TIMES * n <= usual


def _resembles(answer: str, usual: str) -> bool:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - few answers are rare beside usual ones

    one, other = tidy(answer).casefold(), tidy(usual).casefold()
    if one == other or any(map(str.isdigit, one + other)) or ";" in one:
        return False
    if len(one.split()) != len(other.split()):
        return one.replace(" ", "") == other.replace(" ", "")
    pairs = [pair for pair in zip(one.split(), other.split(), strict=True) if pair[0] != pair[1]]
    if any(long.startswith(short) for pair in pairs for short, long in (pair, pair[::-1])):
        return False  # docent and docente are two words
    return len(pairs) <= 1 + (len(other) >= LONG) and all(
        OSA.distance(*pair) == 1 and _is_one_word(pair) for pair in pairs)


def _is_one_word(pair: tuple[str, str]) -> bool:
    """Whether two words can be one that was mistyped: havo and mavo are two."""
    lengths = [*map(len, pair)]
    exchanged = sorted(pair[0]) == sorted(pair[1])
    if min(lengths) < SHORTEST or max(lengths) < SHORT and not exchanged:
        return False
    return exchanged or pair[0][0] == pair[1][0]


def _differ_in_meaning(answer: str, usual: str) -> bool:
    """Whether both are steps of a scale, or the one denies the other."""
    long, short = sorted((tidy(answer).casefold(), tidy(usual).casefold()), key=len, reverse=True)
    if any(short == long.replace(one, "", 1) for one in NEGATIONS):
        return True
    every = " ".join(map(plain_words, (answer, usual)))
    for family in read_families():
        places = [family.place(one) for one in (answer, usual)] if family.may_fit(every) else []
        if places and None not in places and places[0] != places[1]:
            return True
    return False
