"""How far coders agree, code by code: never one figure for all codes together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

from wbkit.coding.agreement.first_round import Universe, universe, with_machines
from wbkit.coding.interview_guide import items_of
from wbkit.coding.presence import older
from wbkit.coding.units import (
    Passages,
    Places,
    Unit,
    check_unit,
    counted_unit,
    cut,
    given,
    passages,
    places,
    tallied,
)
from wbkit.data.codings import MANUAL, Codings, in_training
from wbkit.errors import CodingError
from wbkit.messages import _
from wbkit.stats.agreement import coefficients, moments, prevalence
from wbkit.stats.intervals import percentile_interval, resamples
from wbkit.stats.krippendorff import SetTally
from wbkit.table.count_layouts import GIVEN, HIDDEN, SHOWN
from wbkit.table.facts import Count, Fact, Subject
from wbkit.table.statements.coding import (
    Caution,
    ClustersResampled,
    Coders,
    Considered,
    NoVerdict,
    Origin,
    Pair,
    Resampled,
    Training,
    Undefined,
    Unshared,
    Witness,
)
from wbkit.table.table import Table

TIMES = 1_000
Measure = Literal["alpha", "positive", "agreement", "kappa", "ac1", "pabak"]
MEASURES: dict[str, tuple[str, ...]] = {
    "alpha": ("alpha",), "positive": ("positive",), "agreement": ("agreement",),
    "kappa": ("cohen", "fleiss"), "ac1": ("ac1",), "pabak": ("pabak",)}
USUAL: tuple[Measure, ...] = ("alpha", "positive")
ALL_CODES, WITH_MACHINE = "all_codes", "alpha_machine"
FEW_POSITIVES, FEW_DOCUMENTS = 10, 15
LEAST_DOCUMENTS = 10  # with fewer, drawing them again gives an interval that means nothing
NO_ENDS = (np.nan, np.nan)
SHARES_OF_UNITS = ("prevalence", "precision", "recall")  # measures that are n divided by n
WITH_CARE = ("no_documents", "few_documents", "few_positives", "constant", "no_spread", "unstable")
COLUMNS = ("code", "measure", "estimate", "low", "high", "n", "reason")


def agreement(
    codings: Codings | Sequence[Codings], *, unit: Unit = "turn",
    codes: Sequence[str] | None = None, coders: Sequence[str] | None = None,
    measures: Sequence[Measure] | Literal["all"] | None = None, seed: int = 1,
) -> Table:
    """Compare coders on each code, over what two or more of them considered.

    Counted are codings by hand of the first round, in texts that their coder and a second one
    coded blind; not every coder need code every text. A coder gives a code to a unit if a passage
    with that code touches it. There is no coefficient over all codes as one: only the last row
    takes a unit's codes together, as sets. A machine is no coder: alpha stands there without it,
    and with it as one coder more in the same texts.

    Parameters
    ----------
    codings
        Codings by two or more coders; ``considered`` says with ``blind`` who coded blind. A list
        takes the texts of several sources together, with the same codebook.
    unit
        ``turn`` (what one person said; a text without turns is one unit), ``document``, or
        ``character``: characters beside each other are not independent, so that their number
        says nothing about precision.
    codes
        Ids of codes; all that somebody gave when left out.
    coders
        Whom to compare; all who coded blind when left out.
    measures
        ``alpha``, ``positive``, ``agreement``, ``kappa``, ``ac1``, ``pabak``, or ``all``. When
        left out alpha and positive agreement, and under 10 documents the counts in their place.
    seed
        The same seed gives the same interval.

    Returns
    -------
    Table
        One row for each code and measure; ``code`` is ``all_codes`` in the last row.

        - ``measure``: ``prevalence:`` + coder (share of the units that this coder considered),
          ``agreement`` (share of pairs of coders that agree), ``positive`` (the same among pairs
          with a yes), ``cohen`` [1]_ (two coders) or ``fleiss`` [2]_, ``alpha`` [3]_, ``ac1``
          [4]_, ``pabak`` [5]_, ``alpha_machine``, and over the sets of codes ``alpha_masi`` [6]_;
          or counts: ``given_by_all`` who judged a unit, ``given_by_some`` of them
        - ``estimate``: from 0 to 1 for shares, at most 1 for the others; absent if not defined
          and for counts
        - ``low``, ``high``: 95 % percentile interval from drawing 1,000 times whole documents
          again (all texts of one unit of the source together, or of one ``texts.cluster`` of
          study.toml); absent under 10 documents, and where 1 in 20 resamples has no value, or
          all have the same
        - ``n``: units that two or more coders considered for the code; of a count, those units
        - ``reason``: ids joined by ``+``: why a number is not there, or to be read with care

    Raises
    ------
    CodingError
        If nothing says who coded blind, fewer than two coders are left, they considered no
        text together, or the unit or a measure is unknown.

    References
    ----------
    .. [1] Cohen, J. (1960). Educational and Psychological Measurement, 20, 37-46.
    .. [2] Fleiss, J. L. (1971). Psychological Bulletin, 76, 378-382.
    .. [3] Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.
    .. [4] Gwet, K. L. (2008). British Journal of Mathematical and Statistical Psychology, 61,
       29-48.
    .. [5] Byrt, T., Bishop, J. & Carlin, J. B. (1993). Journal of Clinical Epidemiology, 46,
       423-429.
    .. [6] Passonneau, R. (2006). Measuring agreement on set-valued items (MASI). LREC 2006.
    """
    check_unit(unit)
    wanted = _wanted(USUAL if measures is None else measures)
    ask = Asked(wanted, seed, 1 if measures is not None else LEAST_DOCUMENTS)
    compared = universe(codings, codes, coders)
    rows, found, laid = _each_code(compared, unit, ask)
    joint = with_machines(compared)
    if joint is not None:
        rows += [row | {"measure": WITH_MACHINE} for row
                 in _each_code(joint, unit, replace(ask, measures=("alpha",)))[0]
                 if row["measure"] == "alpha"]
    rows.sort(key=lambda one: compared.codes.index(one["code"]))
    if unit == "character":
        found = cut(found, laid)
    weight = found.sizes.astype(float) if unit == "character" else np.ones(len(found.starts))
    if "alpha" in wanted:
        rows += _sets(compared, (found, weight), laid, ask)
    return agreement_table(compared, unit, rows)


@dataclass(frozen=True)
class Asked:
    """Which coefficients to show, and in how many documents at least; in fewer only counts."""

    measures: tuple[str, ...]
    seed: int
    least: int


def _wanted(measures: Sequence[str] | str) -> tuple[str, ...]:
    """Return the coefficients to show, in the order in which they are asked for."""
    asked = tuple(MEASURES) if measures == "all" else (
        (measures,) if isinstance(measures, str) else tuple(measures))
    strange = [one for one in asked if one not in MEASURES]
    if strange or not asked:
        raise CodingError(_(
            "measures: there is no measure {measure!r} of agreement. Use {known}, or all.",
            measure=strange[0] if strange else "", known=", ".join(MEASURES)))
    return tuple(name for one in asked for name in MEASURES[one])


def _each_code(
    compared: Universe, unit: Unit, ask: Asked
) -> tuple[list[dict[str, object]], Places, Passages]:
    """Return the rows of every code, the units, and the passages that were given."""
    documents = compared.codings.documents
    laid = passages(compared.data, documents, compared.codes, compared.coders)
    found = places(documents, unit)
    found = found.where(compared.counts.any(axis=1)[found.document])
    size = (len(documents.texts), len(compared.codes), len(compared.coders))
    counted = moments(tallied(found, laid, size, unit), compared.looked)
    rows = [one for part in _together(compared, found)
            for one in _rows(compared, counted, part, ask)]
    return rows, found, laid


def _together(compared: Universe, found: Places) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the codes that were looked for in the same texts, and those texts that have units."""
    there = np.isin(np.arange(len(compared.looked)), found.document)
    patterns, which = np.unique(compared.counts, axis=1, return_inverse=True)
    for at in range(patterns.shape[1]):
        yield np.flatnonzero(which == at), np.flatnonzero(patterns[:, at] & there)


def _rows(
    compared: Universe, counted: np.ndarray, part: tuple[np.ndarray, np.ndarray],
    ask: Asked,
) -> list[dict[str, object]]:
    """Return the rows of codes that were looked for in the same texts."""
    codes, texts = part
    names, cluster = np.unique(compared.clusters[texts], return_inverse=True)
    by_cluster = np.zeros((len(names), len(codes), counted.shape[2]))
    np.add.at(by_cluster, cluster, counted[np.ix_(texts, codes)])
    totals = by_cluster.sum(axis=0)
    single, own = coefficients(totals), prevalence(totals)
    shown = [name for name in ask.measures if name in single and len(names) >= ask.least]
    low, high = _interval(by_cluster, shown, ask.seed)
    rows = []
    for at, code in enumerate(codes):
        name, n = compared.codes[code], int(single["n"][at])
        absent, care = "constant" if n else "no_units", too_few(single["any"][at], len(names))
        rows += [measured((name, f"prevalence:{coder}"), own[at, who], n, absent=absent)
                 for who, coder in enumerate(compared.coders)]
        every = int(single["every"][at])
        rows += _counts(name, (every, int(single["any"][at]) - every)) if not shown else []
        rows += [measured((name, measure), single[measure][at], n, absent=absent, care=care,
                          ends=(low[measure][at], high[measure][at]))
                 for measure in shown]
    return rows


def _counts(code: str, n: tuple[int, int]) -> list[dict[str, object]]:
    """Return the units to which all who judged gave a code, and those to which some did."""
    return [dict(zip(COLUMNS, (code, measure, np.nan, *NO_ENDS, one, "no_documents"), strict=True))
            for measure, one in zip(GIVEN, n, strict=True)]


def _interval(
    counted: np.ndarray, names: Sequence[str], seed: int
) -> tuple[Mapping[str, np.ndarray], Mapping[str, np.ndarray]]:
    """Return the ends of the interval of each coefficient of each code; none of few documents."""
    clusters, codes, wide = counted.shape
    if clusters < LEAST_DOCUMENTS or not names:
        absent = dict.fromkeys(names, np.full(codes, np.nan))
        return absent, absent
    flat = counted.reshape(clusters, codes * wide)
    drawn = np.concatenate([block @ flat for block in resamples(clusters, TIMES, seed)])
    made = coefficients(drawn.reshape(-1, codes, wide))
    low, high = percentile_interval(np.stack([made[name] for name in names], axis=2))
    return ({name: low[:, at] for at, name in enumerate(names)},
            {name: high[:, at] for at, name in enumerate(names)})


def _sets(
    compared: Universe, units: tuple[Places, np.ndarray], laid: Passages, ask: Asked
) -> list[dict[str, object]]:
    """Return the row on the codes of a unit taken together, by coders who looked for all."""
    whole = compared.looked.all(axis=1)
    inside = (whole.sum(axis=1) > 1)[units[0].document]
    if len(compared.codes) < 2 or not inside.any():
        return []
    found, weight = units[0].where(inside), units[1][inside]
    yes = given(found, laid, len(compared.codes), len(compared.coders))
    names, cluster = np.unique(compared.clusters[found.document], return_inverse=True)
    if len(names) < ask.least:
        return []
    counted = SetTally(yes, weight, cluster, len(names), whole[found.document].T)
    estimate = counted.alpha(np.ones((1, len(names))))[0]
    ends = NO_ENDS
    if len(names) >= LEAST_DOCUMENTS:
        drawn = [counted.alpha(block) for block in resamples(len(names), TIMES, ask.seed)]
        (low,), (high,) = percentile_interval(np.concatenate(drawn)[:, None])
        ends = (low, high)
    positives = weight[yes.any(axis=(0, 1))].sum()
    return [measured((ALL_CODES, "alpha_masi"), estimate, int(weight.sum()), absent="constant",
                     care=too_few(positives, len(names)), ends=ends)]


def too_few(positives: float, documents: int) -> list[str]:
    """Return the reasons to read a number with care: it rests on little."""
    few = "no_documents" if documents < LEAST_DOCUMENTS else "few_documents"
    return [name for name, there in (("few_positives", positives < FEW_POSITIVES),
                                     (few, documents < FEW_DOCUMENTS)) if there]


def measured(
    about: tuple[str, str], estimate: float, n: int, *, absent: str,
    care: Sequence[str] = (), ends: tuple[float, float] | None = None,
) -> dict[str, object]:
    """Return one row, with the reason why its number is absent or needs care.

    `about` are code and measure; `absent` is the reason when there is no number; `ends` are those
    of the interval, when one was asked for.
    """
    low, high = ends or NO_ENDS
    if np.isnan(estimate):
        care, low, high = [absent], *NO_ENDS
    elif low == high:
        care, low, high = [*care, "no_spread"], *NO_ENDS
    elif ends and np.isnan(low) and "no_documents" not in care:
        care = [*care, "unstable"]
    return dict(zip(COLUMNS, (*about, float(estimate), float(low), float(high), n,
                              "+".join(care)), strict=True))


def agreement_table(compared: Universe, unit: Unit, rows: Sequence[Mapping[str, object]]) -> Table:
    """Make the Table of what was found."""
    documents = compared.codings.documents
    n = max((row["n"] for row in rows), default=0)
    facts = (Subject("agreement", items_of(documents)), Coders(compared.coders),
             counted_unit(unit, documents),
             Considered("agreement_base" if compared.complete else "agreement_base_pairs",
                        Count(n), Count(len(documents.texts)), Count(compared.documents),
                        coders=len(compared.coders)),
             *_pairs(compared, unit), *_basis(compared, rows), *_notes(compared, unit, rows))
    data = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"n": "int64"})
    data = without_few(data, max(source.minimum for source in compared.sources))
    return Table(data, "agreement", ("code",), facts,
                 (*compared.sources, compared.codings.codebook))


def without_few(data: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Take out the codes that few units have: n and a share of it give how many.

    The coefficients of a code go together, as some of them give the others.
    """
    if minimum <= 1:
        return data
    share = data["measure"].str.startswith(SHARES_OF_UNITS)
    units = (data["estimate"] * data["n"]).where(share).round()
    few = data["n"].between(1, minimum - 1) | units.between(1, minimum - 1) \
        | (data["n"] - units).between(1, minimum - 1)
    hidden = few.groupby(data["code"]).transform("any")
    numbers = data[["estimate", "low", "high", "n"]].astype(float).mask(hidden, axis=0)
    return data.assign(**numbers, reason=data["reason"].mask(hidden, ""),
                       state=np.where(hidden, HIDDEN, SHOWN))


def undefined(rows: Iterable[Mapping[str, object]]) -> list[Undefined]:
    """State why some numbers are absent, or to be read with care."""
    reasons = {part for row in rows for part in str(row["reason"]).split("+")}
    return [Undefined(one) for one in WITH_CARE if one in reasons]


def _notes(
    compared: Universe, unit: Unit, rows: Iterable[Mapping[str, object]]
) -> list[Fact]:
    """State what stayed outside, and how the numbers are to be read."""
    facts: list[Fact] = [Caution("characters")] if unit == "character" else []
    facts += [Caution("whole_texts")] if unit == "turn" and _whole(compared) else []
    facts += undefined(rows)
    facts += _witnesses(compared, rows)
    facts += older(compared.codings, compared.codes)
    facts += [Unshared(Count(compared.outside))] if compared.outside else []
    return [*facts, *_other_origins(compared), NoVerdict()]


def _basis(compared: Universe, rows: Iterable[Mapping[str, object]]) -> list[Fact]:
    """State on what the intervals rest, where there are any."""
    together = any(source.texts and source.texts.cluster for source in compared.sources)
    basis = ClustersResampled() if together else Resampled()
    return [basis] if any(not np.isnan(row["low"]) for row in rows) else []


def _pairs(compared: Universe, unit: Unit) -> list[Pair]:
    """Count the units that each pair of coders shares, where not all coders looked everywhere."""
    if compared.complete:
        return []
    found = places(compared.codings.documents, unit)
    sizes = found.sizes if unit == "character" else np.ones(len(found.starts))
    units = np.bincount(found.document, sizes, len(compared.looked))
    shared = {pair: int(units @ compared.looked[:, :, list(pair)].all(axis=2).any(axis=1))
              for pair in combinations(range(len(compared.coders)), 2)}
    return [Pair(compared.coders[one], compared.coders[other], Count(n))
            for (one, other), n in shared.items() if n]


def _witnesses(compared: Universe, rows: Iterable[Mapping[str, object]]) -> list[Witness]:
    """Name the machines that stand in a number."""
    if not any(row["measure"] == WITH_MACHINE for row in rows):
        return []
    return [Witness(name, words) for name, words in compared.codings.witnesses.items()]


def _whole(compared: Universe) -> bool:
    """Whether a text that counts has no turns, while others have."""
    documents = compared.codings.documents
    there = documents.texts.loc[compared.counts.any(axis=1), "document"]
    return bool((~there.isin(documents.turns["document"])).any())


def _other_origins(compared: Universe) -> list[Fact]:
    """Count the codings of another origin apart, and those of training."""
    data = compared.codings.data
    counts = data.loc[data["origin"] != MANUAL, "origin"].astype("str").value_counts()
    training = int(((data["origin"] == MANUAL).to_numpy() & in_training(data)).sum())
    facts: list[Fact] = [Origin(origin, Count(int(n)), Count(len(data)))
                         for origin, n in counts.sort_index().items()]
    return facts + ([Training(Count(training), Count(len(data)))] if training else [])
