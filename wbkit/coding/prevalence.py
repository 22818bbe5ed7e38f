"""How many units have a code: hits in all of them, corrected by a sample read by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from wbkit.coding.hand_sample import HandSample, check_sample
from wbkit.coding.interview_guide import items_of
from wbkit.coding.presence import ITEM, chosen_codes, rolled_up, waiting
from wbkit.coding.units import given, passages, places
from wbkit.data.codings import ACCEPTED, CONSENSUS, DICTIONARY, MACHINE, Codings
from wbkit.data.source_data import need
from wbkit.errors import CodingError
from wbkit.messages import _
from wbkit.stats.prediction_powered import Frame, needed, prediction_powered
from wbkit.stats.suppression import too_small
from wbkit.table.count_layouts import HIDDEN, SHOWN
from wbkit.table.facts import Count, Counted, Fact, Overlapping, Subject
from wbkit.table.statements.coding import (
    AboutTexts,
    CodeAll,
    HandRead,
    MoreByHand,
    Rolled,
    Waiting,
)
from wbkit.table.table import Table

FEWEST = 5  # units with, and units without the code that a person must have seen
REACH = 0.05  # points to either side for which is said how many more to read
ALL_BY_HAND = 300  # with fewer texts, to read all of them is less work than to doubt
TOO_FEW = "too_few"
COLUMNS = ["item", "value", "found", "n", "base", "share", "low", "high", "weight", "more",
           "reason", "state"]
NONE = float("nan")


@dataclass(frozen=True)
class Judged:
    """All units, in order: who was drawn, how much each counts, and what was found in it.

    ``found`` and ``hand`` have a row for each code; ``hand`` holds the drawn units only.
    """

    cluster: np.ndarray
    weight: np.ndarray
    drawn: np.ndarray
    found: np.ndarray
    hand: np.ndarray


def prevalence(
    codings: Codings, sample: HandSample, *, by_hand: Codings,
    codes: Sequence[str] | None = None, unit: Literal["unit", "turn"] = "unit",
    weights: pd.Series | None = None,
) -> Table:
    """Estimate the share of units with a code from hits in all of them and a sample read by hand.

    What a machine finds is no share of people. A person reads the units that `draw_sample` drew,
    without seeing the hits; the difference between hand and hits there corrects the hits
    everywhere [1]_. Where the hits say nothing, the sample alone counts. The interval is about
    how these texts would be coded by this person, not about people who did not write.

    Parameters
    ----------
    codings
        Hits of `code_by_dictionary`, or codings by another program, over all texts.
    sample
        The units to read, as `read_sample` returns them.
    by_hand
        What one person, or a consensus, coded in the sample: considered in the round of the
        sample (``sample.round``), blind, in every text of it and in no other.
    codes
        Ids of codes, with those under them; all that both looked for when left out.
    unit
        ``unit`` (units of the source with text), or ``turn``: what was said, where the sample
        drew whole conversations.
    weights
        A weight for each unit, by its id; the share is then weighted.

    Returns
    -------
    Table
        One row for each code.

        - ``item``, ``value``: ids; ``value`` is the code
        - ``found``: units with a hit, of all
        - ``n``, ``base``: units of the sample with the code by hand; units of the sample
        - ``share``, ``low``, ``high``: from 0 to 1, with the 95 % score interval; absent if fewer
          than 5 units of the sample have, or lack, the code
        - ``weight``: how much the hits count, 0 where they say nothing
        - ``more``: units to read yet for an interval of ± 5 points
        - ``reason``: ``too_few`` or empty; ``state``: ``shown`` or ``hidden``

    Raises
    ------
    CodingError
        If the sample is of other texts or was not drawn by its seed; if it was not coded whole,
        blind, in a round of its own; if `codings` are by people, of several machines, or of a
        part of the texts.

    References
    ----------
    .. [1] Angelopoulos, A. N., Duchi, J. C. & Zrnic, T. (2023). PPI++: Efficient
       prediction-powered inference. arXiv:2311.01453.
    """
    need(codings, Codings, "prevalence", _("Give the hits of code_by_dictionary."))
    need(sample, HandSample, "prevalence", _("Give read_sample(study, …)."))
    need(by_hand, Codings, "prevalence", _("Give read_codings(study, …)."))
    _check_machine(codings)
    read = check_sample(sample, codings.documents)
    hand, looked = _by_hand(codings, by_hand, sample, read)
    shown = _both_looked_for(codings, looked, codes)
    _check_everywhere(codings, shown)
    judged = _judged(codings, hand, shown, (set(read["document"]), unit), weights)
    minimum = codings.documents.source.minimum
    rows = [_row(code, judged, at, minimum) for at, code in enumerate(shown)]
    data = pd.DataFrame(rows, columns=COLUMNS)
    return Table(data, "prevalence", (), tuple(_facts(codings, sample, judged, data, unit)),
                 (codings.documents.source, codings.codebook))


def _check_machine(codings: Codings) -> None:
    people = ~codings.data["origin"].isin([DICTIONARY, MACHINE])
    if people.any():
        raise CodingError(_(
            "{source}: {n} of these codings are by people. Give the hits of code_by_dictionary "
            "first, and what people coded as by_hand=….",
            source=codings.documents.source.name, n=int(people.sum())))
    finders = sorted(codings.data["coder"].astype("str").unique())
    if len(finders) > 1:
        raise CodingError(_(
            "{source}: these are the hits of {finders} together, so that nobody knows what was "
            "found by which. Give those of one, with read_codings(…, coders=[…]).",
            source=codings.documents.source.name, finders=", ".join(finders)))


def _check_everywhere(codings: Codings, shown: Sequence[str]) -> None:
    """Refuse hits in a part of the texts: the rest would count as without the code."""
    texts, looked = codings.documents.texts, codings.considered
    every = set(texts.loc[texts["text"] != "", "document"])
    for code in shown:
        below = set(codings.codebook.descendants(code))
        there = {document for document, codes in zip(looked["document"], looked["codes"],
                                                     strict=True) if below & set(codes)}
        if every - there:
            raise CodingError(_(
                "{source}: nothing says that the machine looked for {code} in {left} of {all} "
                "texts. Where it did not look, no hit means nothing. Let it search all texts, and "
                "say so: store.consider(…), or considered of its Codings.",
                source=codings.documents.source.name, code=code, left=len(every - there),
                all=len(every)))


def _by_hand(
    codings: Codings, by_hand: Codings, sample: HandSample, read: pd.DataFrame
) -> tuple[Codings, list[str]]:
    """Return what was coded in the round of the sample, and which codes were looked for in it."""
    here, there = (one.documents.texts[["document", "sha256"]].reset_index(drop=True)
                   for one in (codings, by_hand))
    if not here.equals(there) or codings.codebook != by_hand.codebook:
        raise CodingError(_(
            "{name}: the hits and the codings by hand are not of the same texts and codebook. "
            "Code the same Documents with the same codebook.",
            name=sample.name))
    looked = by_hand.considered
    looked = looked[looked["round"] == sample.round] if "round" in looked else looked.iloc[:0]
    coder = _one_reader(looked, sample)
    looked = looked[looked["coder"] == coder]
    _check_read(looked, sample, set(read["document"]))
    data = by_hand.data[(by_hand.data["coder"] == coder) & (by_hand.data["status"] == ACCEPTED)]
    data = data[data["round"] == sample.round] if "round" in data else data.iloc[:0]
    sets = [set(codes) for codes in looked["codes"]]
    return replace(by_hand, data=data, considered=looked), sorted(set.intersection(*sets))


def _one_reader(looked: pd.DataFrame, sample: HandSample) -> str:
    known = sorted(set(looked["coder"]))
    if not known:
        raise CodingError(_(
            "{name}: nobody coded this sample. Codings that were there already do not count: "
            "somebody chose those texts, or saw the hits. Read the {n} units that were drawn and "
            "say so in the store: store.consider(…, round={round!r}, blind=True).",
            name=sample.name, round=sample.round, n=len(sample.drawn)))
    chosen = CONSENSUS if CONSENSUS in known else known[0]
    if len(known) > 1 and chosen != CONSENSUS:
        raise CodingError(_(
            "{name}: {known} coded this sample, and it is not clear whose codings count. Read "
            "those of one with read_codings(…, coders=[…]), or make a consensus.",
            name=sample.name, known=", ".join(known)))
    return chosen


def _check_read(looked: pd.DataFrame, sample: HandSample, wanted: set[str]) -> None:
    """Refuse a sample that was read in part, beside others, or with an eye on the hits."""
    there = set(looked["document"])
    if there != wanted:
        raise CodingError(_(
            "{name}: {left} of the {n} texts that were drawn are not coded yet, and {more} coded "
            "texts were not drawn. Code all texts of the sample in this round, and no others: a "
            "choice of texts says nothing about the rest.",
            name=sample.name, left=len(wanted - there), n=len(wanted), more=len(there - wanted)))
    seen = [blind is not True for blind in looked.get("blind", pd.Series(False, looked.index))]
    if any(seen):
        raise CodingError(_(
            "{name}: {n} texts were not coded blind. Who sees the hits follows them. Code the "
            "sample again without them, with blind=True.",
            name=sample.name, n=sum(seen)))


def _both_looked_for(
    codings: Codings, looked: Sequence[str], codes: Sequence[str] | None
) -> list[str]:
    """Return the codes to estimate, and refuse one that hand or machine did not look for."""
    book = codings.codebook
    known = [code for code in chosen_codes([codings], None)
             if set(looked) & set(book.descendants(code))]
    wanted = known if codes is None else [codes] if isinstance(codes, str) else list(codes)
    strange = [code for code in wanted if code not in known]
    if strange or not wanted:
        raise CodingError(_(
            "Hand and machine did not both look for {strange}. Both looked for {known}. Choose "
            "among these.",
            strange=strange[0] if strange else _("any code"),
            known=", ".join(known) or _("nothing")))
    return wanted


def _judged(
    codings: Codings, hand: Codings, shown: Sequence[str], read: tuple[set[str], str],
    weights: pd.Series | None,
) -> Judged:
    """Say of each unit whether machine and person found each code in it."""
    documents, (drawn, unit) = codings.documents, read
    found = places(documents, "turn" if unit == "turn" else "document")
    names, own = np.unique(documents.texts["unit"].to_numpy(str), return_inverse=True)
    cluster = own[found.document]
    there = documents.texts["document"].isin(drawn).to_numpy()[found.document]
    yes = []
    for one in (codings, hand):
        data = rolled_up(one.data, one.codebook, shown)
        laid = passages(data.assign(code=data["shown"], coder="one"), documents, shown, ("one",))
        yes.append(given(found, laid, len(shown), 1)[:, 0])
    if unit != "turn":  # a unit can have several texts
        kept, which = np.unique(cluster, return_inverse=True)
        yes = [_any(one, which, len(kept)) for one in yes]
        there, cluster = np.bincount(which, there) > 0, kept
    return Judged(cluster, _weights(codings, names, weights)[cluster], np.flatnonzero(there),
                  yes[0], yes[1][:, there])


def _any(yes: np.ndarray, which: np.ndarray, units: int) -> np.ndarray:
    return np.stack([np.bincount(which, one, units) > 0 for one in yes])


def _weights(codings: Codings, units: np.ndarray, weights: pd.Series | None) -> np.ndarray:
    """Return the weight of each unit, 1 without weights."""
    if weights is None:
        return np.ones(len(units))
    own = weights.set_axis(weights.index.astype("str")).reindex(units).to_numpy(float)
    wrong = ~(own > 0)
    if wrong.any():
        raise CodingError(_(
            "{source}: {n} of {all} units have no weight above 0. Give weights as a Series with "
            "the ids of the units as its index.",
            source=codings.documents.source.name, n=int(wrong.sum()), all=len(units)))
    return own


def _row(code: str, judged: Judged, at: int, minimum: int) -> tuple:
    """Estimate the share of one code, or say why it cannot be."""
    hand, found = judged.hand[at], judged.found[at]
    n, base, hits = int(hand.sum()), len(hand), int(found.sum())
    hidden = bool(too_small(np.array([n]), base, minimum, partition=False)[0]
                  or too_small(np.array([hits]), len(found), minimum, partition=False)[0])
    if hidden:
        return (ITEM, code, NONE, NONE, float(base), *[NONE] * 5, "", HIDDEN)
    counts = (ITEM, code, float(hits), float(n), float(base))
    if min(n, base - n) < FEWEST:
        return (*counts, *[NONE] * 5, TOO_FEW, SHOWN)
    one = prediction_powered(Frame(found, judged.weight, judged.cluster), judged.drawn, hand)
    enough = one.high - one.low <= 2 * REACH
    more = 0 if enough else max(needed(one.spread, len(found), REACH) - base, 1)
    return (*counts, one.share, one.low, one.high, one.weight, float(more), "", SHOWN)


def _facts(
    codings: Codings, sample: HandSample, judged: Judged, data: pd.DataFrame, unit: str
) -> list[Fact]:
    documents, every = codings.documents, len(judged.weight)
    how = "keywords" if codings.from_dictionary else "machine"
    facts: list[Fact] = [Subject("prevalence", items_of(documents)), Overlapping()]
    facts += [Counted("turn")] if unit == "turn" else []
    facts += [HandRead(how, sample.name, sample.seed, Count(len(judged.drawn)), Count(every)),
              AboutTexts(how)]
    more = data["more"].max()
    facts += [MoreByHand(int(more), round(100 * REACH))] if more > 0 else []
    facts += [CodeAll(Count(every))] if every < ALL_BY_HAND else []
    n = waiting([codings], list(data["value"]))
    facts += [Waiting("hits", Count(n))] if n else []
    book = codings.codebook
    return [*facts, Rolled()] if any(len(book.descendants(code)) > 1 for code in data["value"]) \
        else facts
