"""Krippendorff's alpha on a table of ratings."""

import numpy as np
import pandas as pd

from wbkit.data.source_data import need
from wbkit.errors import CodingError
from wbkit.messages import _, counted
from wbkit.stats.krippendorff import ABSENT, LEVELS, Level, alpha

RATING_COLUMNS = ("unit", "coder", "value")
WIDE = 8  # times as many places as ratings: from there on a table of coders wastes memory


def krippendorff_alpha(ratings: pd.DataFrame, level: Level = "nominal") -> float:
    """Return Krippendorff's alpha [1]_.

    Parameters
    ----------
    ratings
        One row for each rating: unit, coder, value. Leave a missing rating out, or its value
        empty: no value, or "". Ordinal values are numbers, or a Categorical with the values in
        order.
    level
        ``nominal``, ``ordinal``, ``interval`` or ``ratio``.

    Returns
    -------
    float
        1 is full agreement, 0 what chance gives; below 0 coders disagree more than by chance.

    Raises
    ------
    CodingError
        If the ratings lack a column, a coder rated a unit twice, the values do not fit the
        level, or alpha is not defined: the message says why.

    References
    ----------
    .. [1] Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of
       Pennsylvania, Departmental Papers (ASC) 43.
    """
    need(ratings, pd.DataFrame, "krippendorff_alpha", _(
        "Give a table with the columns unit, coder and value. Codings go into agreement(…)."))
    _check_request(ratings, level)
    there = _rated(ratings["value"])
    if not there.all():
        ratings = ratings[there]
    rated, values = _values(ratings["value"], level)
    placed = _placed(ratings, rated)
    if not ((placed != ABSENT).sum(axis=1) > 1).any():
        raise CodingError(_(
            "ratings: no unit was rated by two coders, so alpha is not defined. Let a second "
            "coder rate part of the units."))
    found = alpha(placed, values, level)
    if np.isnan(found):
        raise CodingError(_(
            "ratings: every unit that two coders rated has one and the same value, so alpha is "
            "not defined: without variation nothing shows that coders see a difference. Report "
            "the percent agreement and this reason."))
    return found


def _rated(column: pd.Series) -> pd.Series:
    """Whether there is a rating: a csv file with an empty cell gives "" or no value."""
    there = column.notna()
    if pd.api.types.is_numeric_dtype(column.dtype):
        return there
    empty = [one for one in column.unique() if isinstance(one, str) and not one.strip()]
    return there & ~column.isin(empty)


def _check_request(ratings: pd.DataFrame, level: str) -> None:
    missing = set(RATING_COLUMNS) - set(ratings.columns)
    if missing:
        raise CodingError(_(
            "ratings lacks {missing}. Give one row for each rating with unit, coder and value.",
            missing=", ".join(sorted(missing))))
    if level not in LEVELS:
        raise CodingError(_(
            "level={level!r} is unknown. Use {levels}.",
            level=level, levels=", ".join(LEVELS)))


def _values(column: pd.Series, level: Level) -> tuple[np.ndarray, np.ndarray]:
    """Return which value each rating is, and the values in order as numbers."""
    if isinstance(column.dtype, pd.CategoricalDtype) and level in ("nominal", "ordinal"):
        rank = np.arange(len(column.cat.categories), dtype=float)
        return column.cat.codes.to_numpy(np.int64), rank
    if level == "nominal":
        rated, kinds = pd.factorize(column)
        return rated, np.arange(len(kinds), dtype=float)
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(float)
    if not np.isfinite(numbers).all():
        raise CodingError(_(
            "ratings.value: {ratings} without a number, and level={level!r} needs numbers. Use "
            "numbers, a Categorical with its order for ordinal values, or level='nominal'.",
            ratings=counted(int((~np.isfinite(numbers)).sum()), "rating", "ratings"),
            level=level))
    if level == "ratio" and (numbers < 0).any():
        raise CodingError(_(
            "ratings.value: there are numbers below 0, and a ratio has a true zero. Use "
            "level='interval'."))
    return pd.factorize(numbers, sort=True)


def _placed(ratings: pd.DataFrame, rated: np.ndarray) -> np.ndarray:
    """Put the ratings of a unit beside each other; refuse two by one coder."""
    unit, units = pd.factorize(ratings["unit"], use_na_sentinel=False)
    coder, coders = pd.factorize(ratings["coder"], use_na_sentinel=False)
    place = unit * len(coders) + coder
    size = len(units) * len(coders)
    if size > WIDE * max(len(rated), 1):
        _refuse_twice(pd.Series(place).duplicated().to_numpy())
        nth = pd.Series(unit).groupby(unit).cumcount().to_numpy()
        place, size = unit * (nth.max() + 1) + nth, len(units) * (nth.max() + 1)
    placed = np.full(size, ABSENT, dtype=np.int64)
    placed[place] = rated
    if (placed != ABSENT).sum() != len(rated):
        _refuse_twice(pd.Series(place).duplicated().to_numpy())
    return placed.reshape(len(units), -1) if len(units) else placed.reshape(0, 2)


def _refuse_twice(twice: np.ndarray) -> None:
    if twice.any():
        raise CodingError(_(
            "ratings: {times} a coder rated a unit that this coder had rated already. Keep one "
            "rating for each unit and coder.",
            times=counted(int(twice.sum()), "time", "times")))
