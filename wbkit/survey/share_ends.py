"""Interval ends of the shares of one group, by the method that the design carries."""

from collections.abc import Callable

import numpy as np

from wbkit.basis.shares import (
    Ends,
    clopper_pearson,
    effective_base,
    finite_base,
    hypergeometric,
    korn_graubard,
    logit,
    student,
    wilson,
)
from wbkit.errors import DataError
from wbkit.survey.linearising import Sample
from wbkit.survey.statistics import Found

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


def share_ends(
    sample: Sample, found: Found, method: str, *, deff: float = 1.0
) -> tuple[np.ndarray, bool]:
    """Return the interval of each share, and whether an edge of 0 or 1 asked for another method.

    Parameters
    ----------
    sample
        The sample.
    found
        The shares of one group.
    method
        One of `METHODS`.
    deff
        Design effect by which the information is divided, on top of that of the design.

    Returns
    -------
    numpy.ndarray
        Shape (shares, 2); absent where there is nothing to say.
    bool
        Whether a share of 0 or 1 took the Korn-Graubard interval instead.
    """
    empty = found.base == 0 or (method not in SIMPLE and found.df < 1)
    if empty:
        return np.full((len(found.values), 2), np.nan), False
    one = _simple(sample, found, method, deff) if method in SIMPLE else \
        _designed(found, method, deff)
    se = np.zeros(len(found.values)) if method in SIMPLE else found.se
    pairs = zip(np.clip(found.estimate, 0.0, 1.0), se, strict=True)
    edge = method == "logit" and bool(np.isin(found.estimate.round(12), (0.0, 1.0)).any())
    return np.array([one(share, se) for share, se in pairs]).reshape(-1, 2), edge


def _simple(
    sample: Sample, found: Found, method: str, deff: float
) -> Callable[[float, float], Ends]:
    drawn, population = float(sample.parts.n.sum()), float(sample.parts.population[0][0])
    base = found.base / deff
    if method == "hypergeometric":
        return lambda share, _: hypergeometric(round(share * found.base), found.base,
                                               round(population))
    if method == "clopper-pearson":
        return lambda share, _: clopper_pearson(share * base, base)
    if np.isfinite(population):
        base = finite_base(base, drawn, population)
    if np.isinf(base):
        return lambda share, _: (share, share)
    return lambda share, _: wilson(share * base, base)


def _designed(found: Found, method: str, deff: float) -> Callable[[float, float], Ends]:
    def beta(share: float, se: float) -> Ends:
        if se == 0 and 0 < share < 1:
            return share, share
        base = effective_base(share, se, found.base, found.df) / deff
        return korn_graubard(share, base)

    def by_logit(share: float, se: float) -> Ends:
        edge = round(share, 12) in (0.0, 1.0)
        return beta(round(share), 0.0) if edge else logit(share, se * np.sqrt(deff), found.df)

    def by_t(share: float, se: float) -> Ends:
        return student(share, se * np.sqrt(deff), found.df)

    return {"beta": beta, "logit": by_logit, "t": by_t}[method]
