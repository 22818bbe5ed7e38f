"""Models that explain one item by others: a row for each term."""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.special import ndtr, stdtr, stdtrit
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from wbkit.data.responses import Responses
from wbkit.data.source_data import need, refuse_rankings
from wbkit.errors import DataError
from wbkit.messages import _, counted, mark
from wbkit.stats.ordinal_regression import NotFittedError, ordinal_logit, told_answers
from wbkit.study.item import Item
from wbkit.survey.counts.cells import several
from wbkit.survey.design.inference import require_test
from wbkit.survey.design.intervals import design_facts
from wbkit.survey.design.linearisation import linear_of_counts
from wbkit.survey.stating import base_facts, explored_facts, ground_facts
from wbkit.survey.testing.distinct_rows import Patterns, patterns_of
from wbkit.survey.testing.groups import endless
from wbkit.table.count_layouts import HIDDEN, SHOWN
from wbkit.table.facts import Count, Fact, Subject
from wbkit.table.statements.tests import FewEvents, Fitted, NoCause, Reference, Whole
from wbkit.table.table import Table

FEWEST_EVENTS = 10  # of the rarest answer for each term: Peduzzi et al. (1996)
NUMBERS = ["estimate", "se", "low", "high", "odds_ratio", "odds_low", "odds_high", "statistic",
           "df", "p"]
TAIL = 0.025
MOST_NAMED = 3  # empty cells in one message


@dataclass(frozen=True)
class Model:
    """What a model gives.

    Parameters
    ----------
    kind
        ``linear``, ``logit`` or ``ordinal``; with a design ``linear_design``, ``logit_design``.
    estimate, se
        The constant first, without one for an ordinal model.
    df
        Degrees of freedom of t; infinite where the estimate is normal.
    loglik
        Absent for a design, which has no likelihood.
    """

    kind: str
    estimate: np.ndarray
    se: np.ndarray
    df: float
    loglik: float

    @property
    def statistic(self) -> np.ndarray:
        """Estimate divided by its standard error."""
        return self.estimate / self.se

    @property
    def p(self) -> np.ndarray:
        """Two-sided p-values."""
        far = -np.abs(self.statistic)
        return 2 * (ndtr(far) if np.isinf(self.df) else stdtr(self.df, far))

    @property
    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """The 95 % interval."""
        reach = -stdtrit(min(self.df, 1e12), TAIL) * self.se
        return self.estimate - reach, self.estimate + reach


def fit_linear(found: Patterns) -> Model:
    """Fit a linear model: least squares, standard errors of the design where there is one."""
    return _fit(found, sm.families.Gaussian(), "linear")


def fit_logit(found: Patterns) -> Model:
    """Fit a logit model of the second of two answers."""
    return _fit(found, sm.families.Binomial(), "logit")


def fit_ordinal(found: Patterns) -> Model:
    """Fit a proportional-odds model; for a simple random sample only."""
    _refuse_collinear(found)
    fit = ordinal_logit(found.y, found.x[:, 1:], found.rows["n"].to_numpy(float))
    many = found.x.shape[1] - 1
    return Model("ordinal", fit.estimate[:many], np.sqrt(np.diag(fit.covariance))[:many], np.inf,
                 fit.loglik)


TOLD = mark(
    "{source}: the terms tell some answers to {item} exactly, so that no coefficient fits best. "
    "Leave a term out, or merge values (recode).")
TOLD_HOW = mark(
    "{source}: the terms tell some answers to {item} exactly, so that no coefficient fits best: "
    "{how}. Leave a term out, or merge values (recode).")
ALL = mark("all {units} with {cell} answered {answer!r} to {item}")
ALL_AND_NOBODY = mark(
    "all {units} with {cell} answered {answer!r} to {item} and nobody {other!r}")
FITS: dict[str, Callable[[Patterns], Model]] = {
    "linear": fit_linear, "logit": fit_logit, "ordinal": fit_ordinal}


class CollinearError(NotFittedError):
    """The terms do not tell their influences apart."""


class TooFewError(NotFittedError):
    """The design leaves no degrees of freedom."""

    def __init__(self, df: int) -> None:
        super().__init__(f"{df} degrees of freedom")
        self.df = df


def regress(
    responses: Responses, item: str | Item, on: str | Item | Sequence[str | Item]
) -> Table:
    """Explain one item by others: a linear model of numbers, a logit model of answers.

    Groups are fixed effects, for fewer than 15 of them. A finite population never enters.

    Parameters
    ----------
    responses
        One row for each unit; it is fitted on distinct rows with counts.
    item
        A numeric item (linear model), an item with two answers (logit of the
        second, or of yes), or an
        ordinal item (proportional odds [1]_; for a simple random sample).
    on
        Numeric, nominal or ordinal items. Of a nominal or ordinal item the first value that
        occurs is the reference.

    Returns
    -------
    Table
        One row for each term.

        - ``item``; ``term``: the item, empty for the constant; ``level``: its value
        - ``estimate``, ``se``, ``low``, ``high``: the coefficient, with 95 % interval; of an
          answer in log odds
        - ``odds_ratio``, ``odds_low``, ``odds_high``: of an answer
        - ``statistic``, ``df``, ``p``: t, or z where ``df`` is absent
        - ``n``: units without a missing answer
        - ``state``: ``shown`` or ``hidden``

    Raises
    ------
    DataError
        If the design carries no p-value, an item does not fit, a term has 15 groups or more, or
        the terms tell an answer exactly: an empty cell, which the message names.

    References
    ----------
    .. [1] McCullagh, P. (1980). Journal of the Royal Statistical Society B, 42, 109-142.
    """
    need(responses, Responses, "regress")
    explained, terms = responses.item(item), [responses.item(one) for one in several(on)]
    require_test(responses)
    _check(responses, explained, terms)
    found = patterns_of(responses, explained, terms)
    found = replace(found, sample=endless(found.sample))
    kind = _kind(responses, explained, found)
    try:
        model = FITS[kind](found)
    except TooFewError as fault:
        raise DataError(_(
            "{source}: the model of {item} has {n} coefficients, and the design leaves {df} "
            "degrees of freedom for their intervals (sampling units less strata and terms). Leave "
            "terms out.",
            source=responses.source.name, item=explained.name, n=found.x.shape[1],
            df=fault.df)) from None
    except CollinearError:
        raise DataError(_(
            "{source}: a term of the model of {item} follows from the others, or there are no "
            "more units than coefficients. Leave a term out.",
            source=responses.source.name, item=explained.name)) from None
    except NotFittedError:
        told = _told_words(responses, (explained, terms), found)
        raise DataError(_(
            TOLD_HOW if told else TOLD, source=responses.source.name, item=explained.name,
            how=told)) from None
    return _table(responses, (explained, terms), found, model)


def _check(responses: Responses, item: Item, terms: list[Item]) -> None:
    name = responses.source.name
    names = [one.name for one in (item, *terms)]
    if len(set(names)) < len(names):
        raise DataError(_(
            "{source}: an item stands twice in the model ({names}). Name each once.",
            source=name, names=", ".join(names)))
    refuse_rankings(name, (item, *terms), _("a model takes numbers and single answers"))
    wrong = [one.name for one in (item, *terms) if one.kind in ("multiple", "open")]
    if wrong:
        raise DataError(_(
            "{source}: {item} is no number and no single answer. Make a derived item of it with "
            "any_of, or leave it out.",
            source=name, item=wrong[0]))


def _kind(responses: Responses, item: Item, found: Patterns) -> str:
    """Choose the model."""
    name, design = responses.source.name, not found.sample.simple
    if len(found.y) and not np.ptp(found.y) > 0:
        raise DataError(_(
            "{source}: everyone gave the same answer to {item}, so that there is nothing to "
            "explain. Leave the model out.",
            source=name, item=item.name))
    if item.kind == "numeric":
        return "linear"
    if len(found.values) == 2:
        return "logit"
    if item.kind == "nominal" or len(found.values) < 2:
        raise DataError(_(
            "{source}: {item} has {answers} without order. A model needs a number, two answers, "
            "or answers in order: make a derived item with any_of.",
            source=name, item=item.name,
            answers=counted(len(found.values), "answer", "answers")))
    if design:
        raise DataError(_(
            "{source}: an ordinal model does not know weights, strata or clusters. Make two "
            "answers of it (recode) for a logit model that does, or use compare.",
            source=name))
    return "ordinal"


def _told_words(
    responses: Responses, asked: tuple[Item, list[Item]], found: Patterns
) -> str:
    """Name the empty cells behind it, or the terms that tell an answer together."""
    item, terms = asked
    if not found.values:
        return ""
    told = told_answers(found.y, found.x[:, 1:])
    closed = [term for term in terms if term.closed]
    levels = pd.DataFrame({term.name: _levels(found, term) for term in closed})
    cells = [cell for one in closed for cell in _one_sided(found, levels[[one.name]], told)] \
        or _one_sided(found, levels, told, responses.source.minimum)
    if not cells:
        names = ", ".join(term.name for term in terms)
        return _("beyond some value of {names} everyone gave the same answer", names=names)
    units, two = responses.source.told_units(2), len(found.values) == 2
    words = [_(ALL_AND_NOBODY if two else ALL, units=units, cell=cell, answer=answer,
               item=item.name, other=found.values[1 - place] if two else "")
             for cell, answer, place in cells[:MOST_NAMED]]
    return _("{cells} (an empty cell)", cells="; ".join(words))


def _levels(found: Patterns, term: Item) -> np.ndarray:
    """Return the value of a closed term in each row."""
    at = [place for place, (name, _) in enumerate(found.names) if name == term.name]
    values = np.array([found.reference[term.name], *(found.names[place][1] for place in at)])
    return values[(found.x[:, at] * np.arange(1, len(at) + 1)).sum(axis=1).astype(int)]


def _one_sided(
    found: Patterns, levels: pd.DataFrame, told: np.ndarray, minimum: int = 1
) -> list[tuple[str, str, int]]:
    """List the combinations whose answer is told, and is the lowest or the highest of all."""
    if not levels.shape[1]:
        return []
    cells, last = [], len(found.values) - 1
    for values, part in levels.groupby(list(levels), sort=False):
        rows = part.index.to_numpy()
        met, n = set(found.y[rows]), found.rows["n"].to_numpy()[rows].sum()
        if told[rows].all() and len(met) == 1 and met <= {0, last} and n >= minimum:
            words = ", ".join(f"{name} = {value}"
                              for name, value in zip(levels, values, strict=True))
            cells.append((words, found.values[min(met)], min(met)))
    return cells


def _table(
    responses: Responses, items: tuple[Item, list[Item]], found: Patterns, model: Model
) -> Table:
    item, terms = items
    base = Whole("model", Count(responses.n), Count(found.n))
    facts = (Subject("model", (item.name,)), *base_facts(responses, [item], base),
             *ground_facts(responses, [item, *terms]), *_model_facts(items, found, model),
             *design_facts(found.sample, about="test"), *explored_facts(responses))
    data = _data(item, found, model, responses.source.minimum)
    return Table(data, "model", (), facts, (responses.source,))


def _data(item: Item, found: Patterns, model: Model, minimum: int) -> pd.DataFrame:
    names = found.names[len(found.names) - len(model.estimate):]
    low, high = model.ends
    odds = np.exp([model.estimate, low, high]) if "linear" not in model.kind \
        else np.full((3, len(names)), np.nan)
    df = np.nan if np.isinf(model.df) else model.df
    data = pd.DataFrame({
        "item": item.name, "term": [term for term, _ in names], "level": [one for _, one in names],
        "estimate": model.estimate, "se": model.se, "low": low, "high": high,
        "odds_ratio": odds[0], "odds_low": odds[1], "odds_high": odds[2],
        "statistic": model.statistic, "df": df, "p": model.p, "n": float(found.n)})
    hidden = data["n"] < minimum
    return data.assign(**data[[*NUMBERS, "n"]].mask(hidden, axis=0),
                       state=np.where(hidden, HIDDEN, SHOWN))


def _model_facts(
    items: tuple[Item, list[Item]], found: Patterns, model: Model
) -> list[Fact]:
    """State which model it is, with what each term is compared, and what it cannot say."""
    item, terms = items
    return [Fitted(model.kind, item.name, found.values[-1] if found.values else ""),
            *(Reference(one.name, found.reference[one.name]) for one in terms
              if one.name in found.reference), *_few_events(found), NoCause("model")]


def _few_events(found: Patterns) -> list[Fact]:
    """State that there are few answers for as many terms."""
    if not found.values:
        return []
    rarest = int(np.bincount(found.y, found.rows["n"]).min())
    terms = found.x.shape[1] - 1
    return [FewEvents(Count(rarest), terms)] if rarest < FEWEST_EVENTS * terms else []


def _fit(found: Patterns, family: sm.families.Family, kind: str) -> Model:
    """Fit a generalised linear model with its canonical link."""
    fit = _maximum(found, family)
    estimate = np.asarray(fit.params)
    if not found.sample.simple:
        return by_design(found, estimate, (fit.mu, family.variance(fit.mu)), kind)
    df = float(fit.df_resid) if kind == "linear" else np.inf
    return Model(kind, estimate, np.asarray(fit.bse), df, float(fit.llf))


def _maximum(found: Patterns, family: sm.families.Family) -> sm.GLM:
    weight = found.rows["n" if found.sample.simple else "w"].to_numpy(float)
    weight = weight * found.n / weight.sum()
    model = sm.GLM(found.y, found.x, family=family, freq_weights=weight)
    _refuse_collinear(found)
    if isinstance(family, sm.families.Binomial) and told_answers(found.y, found.x[:, 1:]).any():
        raise NotFittedError
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.simplefilter("error", PerfectSeparationWarning)
        try:
            fit = model.fit(tol=1e-12, maxiter=100)
        except PerfectSeparationWarning:
            raise NotFittedError from None
    return fit


def _refuse_collinear(found: Patterns) -> None:
    if found.n <= found.x.shape[1] or np.linalg.matrix_rank(found.x) < found.x.shape[1]:
        raise CollinearError


def by_design(
    found: Patterns, estimate: np.ndarray, mean: tuple[np.ndarray, np.ndarray], kind: str
) -> Model:
    """Give standard errors that know the design: linearised, as R's ``svyglm``."""
    mu, variance = (np.asarray(one) for one in mean)
    w = found.rows["w"].to_numpy(float)
    bread = np.linalg.inv((found.x * (w * variance)[:, None]).T @ found.x)
    z = (found.x * (found.y - mu)[:, None]) @ bread
    covariance = found.sample.variance(linear_of_counts(found.sample, found.rows, z))
    present = np.bincount(found.rows["part"], found.rows["n"], len(found.sample.parts.n))
    df = int(found.sample.df(present[:, None])[0]) + 1 - len(estimate)
    if df < 1:
        raise TooFewError(df)
    return Model(f"{kind}_design", estimate, np.sqrt(np.diag(covariance)), float(df), np.nan)
