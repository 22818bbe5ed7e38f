"""Draw the answers to the closed questions, with the planted counts of the example study."""

from typing import Any

import numpy as np
import pandas as pd
from drawing import Rng, by_quota, lowest, mixed, scaled

SCALES = {
    "E5": ["helemaal oneens", "oneens", "neutraal", "eens", "helemaal eens"],
    "F5": ["nooit", "zelden", "soms", "vaak", "altijd"],
    "had": ["hielp niet", "hielp een beetje", "hielp goed"],
}
UNKNOWN, NOT_HAD = "weet ik niet", "niet gehad"
COMPLETE = {"gezien", "raad_bekend", "vp_bekend"}  # everyone reached and answered these
TAIL = ["h_coach", "h_klas", "h_inhaal", "h_buddy", "corona", "open_hulp", "open_idee"]
LOW_LEVELS = ["Entree", "2"]
SKIP = {True: 0.035, False: 0.008}  # chance of a blank at Entree and niveau 2, and at the others
STOPPED = {True: 6, False: 7}  # students who left the last questions blank
# blank or unknown, neither, willing only, doing only, both: see section 9 of the example study
PAIR = {"no_first": 3, "no_second": 4, "neither": 51, "first": 74, "second": 6, "both": 65}
NEED = {
    "nee": 122,
    "nu niet, eerder wel": 44,
    "ja, sinds kort": 11,
    "ja, al langer dan een half jaar": 26,
}
ENOUGH = {"nee": 14, "een beetje": 13, "ja": 6, "ik wil geen hulp van school": 3}


def draw_closed(rng: Rng, people: pd.DataFrame, questions: pd.DataFrame) -> pd.DataFrame:
    """Draw one column for each closed question that has one answer."""
    stop = _stops(rng, people)
    answers = people[["team", "leerweg", "niveau", "leerjaar", "praktijk"]].copy()
    for question in questions[questions["shares"].ne("")].itertuples():
        asked = _asked(people, question.id) & _reached(stop, question.id)
        draw = _draw_had if question.options == "had" else _draw_rated
        answers[question.id] = draw(rng, people[asked], question).reindex(people.index)
    need = _draw_need(rng, people)
    pair = _draw_pair(rng, people)
    return answers.assign(**pair, steun_nodig=need, steun_genoeg=_draw_enough(rng, people, need))


def low_level(people: pd.DataFrame) -> pd.Series:
    """Tell who is at Entree or niveau 2."""
    return people["niveau"].isin(LOW_LEVELS)


def _stops(rng: Rng, people: pd.DataFrame) -> pd.Series:
    stop = pd.Series(len(TAIL), index=people.index)
    for low, n in STOPPED.items():
        members = people.index[low_level(people).eq(low)]
        stop[rng.choice(members, size=n, replace=False)] = rng.integers(0, len(TAIL) - 1, size=n)
    return stop


def _reached(stop: pd.Series, item: str) -> pd.Series:
    return stop > TAIL.index(item) if item in TAIL else stop >= 0


def _asked(people: pd.DataFrame, item: str) -> pd.Series:
    return people["praktijk"].ne("nog niet") | (not item.startswith("p_"))


def _answered(rng: Rng, people: pd.DataFrame, item: str) -> pd.DataFrame:
    chance = low_level(people).map(SKIP)
    skipped = (rng.random(len(people)) < chance) & (item not in COMPLETE)
    return people[~skipped]


def _draw_rated(rng: Rng, asked: pd.DataFrame, question: Any) -> pd.Series:
    answered = _answered(rng, asked, question.id)
    drawn = pd.Series(UNKNOWN, index=answered.index, dtype=object)
    unsure = rng.choice(answered.index, size=int(question.unknown or 0), replace=False)
    known = answered.drop(index=unsure)
    drawn[known.index] = _by_trait(rng, known, question)
    return drawn


def _by_trait(rng: Rng, people: pd.DataFrame, question: Any) -> np.ndarray:
    values = SCALES.get(question.options) or question.options.split("|")
    counts = scaled([float(share) for share in question.shares.split()], len(people))
    score = mixed(rng, people[question.factor], float(question.loading))
    return np.array(values, dtype=object)[by_quota(score, counts)]


def _draw_had(rng: Rng, reached: pd.DataFrame, question: Any) -> pd.Series:
    """Draw who had this support, more often those who feel worse, and whether it helped them."""
    answered = reached if question.id == "h_coach" else _answered(rng, reached, question.id)
    score = pd.Series(mixed(rng, answered["welbevinden"], 0.35), index=answered.index)
    had = lowest(score, sum(int(n) for n in question.shares.split()))
    drawn = pd.Series(NOT_HAD, index=answered.index, dtype=object)
    drawn[had] = _by_trait(rng, answered.loc[had], question)
    return drawn


def _draw_need(rng: Rng, people: pd.DataFrame) -> pd.Series:
    """Draw who needs extra help now: more often students with a low wellbeing."""
    category = by_quota(mixed(rng, people["welbevinden"], -0.6), list(NEED.values()))
    return pd.Series(np.array(list(NEED), dtype=object)[category], index=people.index)


def _draw_enough(rng: Rng, people: pd.DataFrame, need: pd.Series) -> pd.Series:
    asked = people[need.str.startswith("ja")]
    answered = asked.drop(index=rng.choice(asked.index[low_level(asked)], size=1))
    category = by_quota(mixed(rng, answered["coach"], 0.4), list(ENOUGH.values()))
    return pd.Series(np.array(list(ENOUGH), dtype=object)[category], index=answered.index)


def _draw_pair(rng: Rng, people: pd.DataFrame) -> dict[str, pd.Series]:
    """Draw the will to learn something new and the time put in, cell by cell of their table."""
    kind = np.array(list(PAIR))[by_quota(mixed(rng, people["leren"], 0.6), list(PAIR.values()))]
    score = mixed(rng, people["leren"], 0.5)
    first = _agreement(score, np.isin(kind, ["first", "both"]), [4, 14, 43], [83, 56])
    second = _agreement(score, np.isin(kind, ["second", "both"]), [18, 54, 56], [55, 16])
    return {
        "nieuwsgierig": _withhold(people, first, kind == "no_first"),
        "eigen_tijd": _withhold(people, second, kind == "no_second"),
    }


def _agreement(
    score: np.ndarray, agrees: np.ndarray, below: list[int], above: list[int]
) -> np.ndarray:
    values, drawn = np.array(SCALES["E5"], dtype=object), np.empty(len(score), dtype=object)
    for members, shares, part in [(~agrees, below, values[:3]), (agrees, above, values[3:])]:
        drawn[members] = part[by_quota(score[members], scaled(shares, members.sum()))]
    return drawn


def _withhold(people: pd.DataFrame, drawn: np.ndarray, hidden: np.ndarray) -> pd.Series:
    """Make the first of these answers a blank and the others `weet ik niet`."""
    answer = pd.Series(drawn, index=people.index)
    answer[hidden] = UNKNOWN
    answer[answer.index[hidden][0]] = None
    return answer
