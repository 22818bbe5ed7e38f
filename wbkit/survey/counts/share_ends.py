"""Interval ends of shares, by the method that the design carries."""

import numpy as np
import pandas as pd

from wbkit.errors import DataError
from wbkit.stats.intervals import (
    Ends,
    clopper_pearson,
    effective_base,
    finite_base,
    hypergeometric,
    logit,
    student,
    wilson,
)
from wbkit.survey.counts.shares import Shares
from wbkit.survey.design.linearisation import Sample

METHODS = ("wilson", "clopper-pearson", "logit", "beta", "hypergeometric", "t")
SIMPLE = ("wilson", "clopper-pearson", "hypergeometric")


def default_method(sample: Sample) -> str:
    """Return Wilson for a simple random sample, logit for any other design."""
    return "wilson" if sample.simple else "logit"


def require_method(sample: Sample, method: str, *, whole: bool) -> None:
    """Refuse a method that the design does not carry.

    Parameters
    ----------
    sample
        The sample.
    method
        One of `METHODS`.
    whole
        Whether everyone is looked at, not a group or a part.

    Raises
    ------
    DataError
        If the method is for simple random samples and this is none, or it needs a population.
    """
    name = sample.cells.source.name
    if method in SIMPLE and not sample.simple:
        raise DataError(
            f"{name}: interval={method!r} is for a simple random sample, and these units have "
            "strata, clusters or unequal weights. Use 'logit' or 'beta'."
        )
    if method == "hypergeometric" and not (whole and sample.finite):
        raise DataError(
            f"{name}: interval='hypergeometric' needs a known population, and that of a group or "
            "part is not declared. Add population to the design and ask for everyone, or use "
            "'wilson'."
        )


def share_ends(shares: Shares, method: str, *, deff: float = 1.0) -> np.ndarray:
    """Return the interval of each share.

    Parameters
    ----------
    shares
        The shares.
    method
        One of `METHODS`. A share of 0 or 1 has no logit interval and takes the one of
        Korn-Graubard.
    deff
        Design effect by which the information is divided, on top of that of the design.

    Returns
    -------
    numpy.ndarray
        Shape (shares, 2); absent where there is nothing to say.
    """
    frame = shares.frame
    ends = np.full((len(frame), 2), np.nan)
    known = (frame["base"] > 0).to_numpy()
    known = known if method in SIMPLE else known & (frame["df"] > 0).to_numpy()
    if known.any():
        made = _simple(shares.sample, frame[known], method, deff) if method in SIMPLE else \
            _designed(frame[known], shares.se[known], method, deff)
        ends[known] = np.column_stack(made)
    return ends


def at_an_edge(shares: Shares, method: str | None) -> bool:
    """Whether some share of 0 or 1 took another interval than the method says."""
    return method == "logit" and bool(_edge(shares.frame["share"].to_numpy()).any())


def is_alone(shares: Shares, method: str | None, least: int) -> bool:
    """Whether a share of at least so many units has no interval for want of sampling units."""
    frame = shares.frame
    alone = (frame["df"] < 1) & (frame["base"] >= max(1, least))
    return method is not None and method not in SIMPLE and bool(alone.any())


def _edge(share: np.ndarray) -> np.ndarray:
    return np.isin(share.round(12), (0.0, 1.0))


def _simple(sample: Sample, frame: pd.DataFrame, method: str, deff: float) -> Ends:
    drawn, population = float(sample.parts.n.sum()), float(sample.parts.population[0][0])
    n, base = frame["n"].to_numpy(float), frame["base"].to_numpy(float)
    if method == "hypergeometric":
        pairs = [hypergeometric(int(a), int(b), round(population))
                 for a, b in zip(n, base, strict=True)]
        return tuple(np.array(pairs).T)
    if method == "clopper-pearson":
        return clopper_pearson(n / deff, base / deff)
    effective = finite_base(base / deff, drawn, population) if np.isfinite(population) \
        else base / deff
    if np.isinf(effective).any():
        return n / base, n / base
    return wilson(n / base * effective, effective)


def _designed(frame: pd.DataFrame, se: np.ndarray, method: str, deff: float) -> Ends:
    share = np.clip(frame["share"].to_numpy(), 0.0, 1.0)
    base, df = frame["base"].to_numpy(float), frame["df"].to_numpy(float)
    if method == "t":
        return student(share, se * np.sqrt(deff), df)
    edge = _edge(share)
    effective = effective_base(share, np.where(edge, 0.0, se), base, df) / deff
    exact = clopper_pearson(np.where(edge, share.round(), share) * effective, effective)
    if method == "logit":
        inner = np.where(edge, 0.5, share)
        exact = tuple(np.where(edge, one, other) for one, other in
                      zip(exact, logit(inner, se * np.sqrt(deff), df), strict=True))
    sure = ~edge & (se == 0)
    return tuple(np.where(sure, share, one) for one in exact)
