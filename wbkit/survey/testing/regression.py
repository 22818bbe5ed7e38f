"""Models that explain one item by others: a row for each term."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.labels import label, number
from wbkit.stats.ordinal_regression import NotFittedError
from wbkit.study.item import Item
from wbkit.survey.counts.captions import at_least, base_line, item_labels
from wbkit.survey.counts.cells import several
from wbkit.survey.design.design_notes import design_notes
from wbkit.survey.design.given import require
from wbkit.survey.design.testable import require_test
from wbkit.survey.testing.captions import basis_of_tests, marked
from wbkit.survey.testing.distinct_rows import Patterns, patterns_of
from wbkit.survey.testing.fitting import FITS, CollinearError, Model, TooFewError
from wbkit.survey.testing.groups import endless
from wbkit.table.layout import HIDDEN, SHOWN
from wbkit.table.table import Table

FEWEST_EVENTS = 10  # of the rarest answer for each term: Peduzzi et al. (1996)
NUMBERS = ["estimate", "se", "low", "high", "odds_ratio", "odds_low", "odds_high", "statistic",
           "df", "p"]


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
        the terms tell an answer exactly.

    References
    ----------
    .. [1] McCullagh, P. (1980). Journal of the Royal Statistical Society B, 42, 109-142.
    """
    require(responses, "regress", Responses)
    explained, terms = responses.item(item), [responses.item(one) for one in several(on)]
    require_test(responses)
    _check(responses, explained, terms)
    found = patterns_of(responses, explained, terms)
    found = replace(found, sample=endless(found.sample))
    kind = _kind(responses, explained, found)
    try:
        model = FITS[kind](found)
    except TooFewError as fault:
        raise DataError(
            f"{responses.source.name}: the model of {explained.name} has {found.x.shape[1]} "
            f"coefficients, and the design leaves {fault.df} degrees of freedom for their "
            "intervals (sampling units less strata and terms). Leave terms out."
        ) from None
    except CollinearError:
        raise DataError(
            f"{responses.source.name}: a term of the model of {explained.name} follows from the "
            "others, or there are no more units than coefficients. Leave a term out."
        ) from None
    except NotFittedError:
        raise DataError(
            f"{responses.source.name}: the terms tell some answers to {explained.name} exactly, so "
            "that no coefficient fits best. Leave a term out, or merge values (recode)."
        ) from None
    return _table(responses, (explained, terms), found, model)


def _check(responses: Responses, item: Item, terms: list[Item]) -> None:
    name = responses.source.name
    names = [one.name for one in (item, *terms)]
    if len(set(names)) < len(names):
        raise DataError(f"{name}: an item stands twice in the model ({', '.join(names)}). "
                        "Name each once.")
    wrong = [one.name for one in (item, *terms) if one.kind in ("multiple", "open")]
    if wrong:
        raise DataError(f"{name}: {wrong[0]} is no number and no single answer. Make a derived "
                        "item of it with any_of, or leave it out.")


def _kind(responses: Responses, item: Item, found: Patterns) -> str:
    """Choose the model."""
    name, design = responses.source.name, not found.sample.simple
    if len(found.y) and not np.ptp(found.y) > 0:
        raise DataError(f"{name}: everyone gave the same answer to {item.name}, so that there is "
                        "nothing to explain. Leave the model out.")
    if item.kind == "numeric":
        return "linear"
    if len(found.values) == 2:
        return "logit"
    if item.kind == "nominal" or len(found.values) < 2:
        raise DataError(
            f"{name}: {item.name} has {len(found.values)} answers without order. A model needs a "
            "number, two answers, or answers in order: make a derived item with any_of."
        )
    if design:
        raise DataError(
            f"{name}: an ordinal model does not know weights, strata or clusters. Make two answers "
            "of it (recode) for a logit model that does, or use compare."
        )
    return "ordinal"


def _table(
    responses: Responses, items: tuple[Item, list[Item]], found: Patterns, model: Model
) -> Table:
    item, terms = items
    source, language = responses.source, responses.source.language
    labels = item_labels([item, *terms], language)
    table = Table(
        data=_data(item, found, model, source.minimum),
        kind="model",
        title=label("model_title", language, item=item.words(language)),
        units=(source.units(1), source.units(2)),
        base=base_line(responses, [item], "model", n=number(found.n, language)),
        basis=basis_of_tests(responses, [item, *terms]),
        notes=(*_notes(responses, items, found, model),
               *design_notes(found.sample, strata="strata_note_test")),
        sources=(source,),
        labels=labels | {
            "column": {"term": label("col_model_term", language)},
            "term": {"": label("constant", language)} | labels["item_short"],
            "level": {f"{one.name}={value}": one.value_words(language).get(value, value)
                      for one in terms for value in one.categories}},
        language=language,
        part=responses.base_words(),
        adds_up=False,
        about=(*responses.about, model.kind, *found.reference.values()),
    )
    return marked(table, responses)


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


def _notes(
    responses: Responses, items: tuple[Item, list[Item]], found: Patterns, model: Model
) -> list[str]:
    item, terms = items
    language = responses.source.language
    words = item.value_words(language)
    second = words.get(found.values[-1], found.values[-1]) if found.values else ""
    notes = [label(f"model_{model.kind}", language, value=second,
                   units=responses.source.units(2))]
    notes += [label("model_reference", language, item=one.words(language, short=True),
                    value=one.value_words(language).get(found.reference[one.name],
                                                        found.reference[one.name]))
              for one in terms if one.name in found.reference]
    notes += [_few_events(found, responses)]
    return [*filter(None, notes), label("model_note", language)]


def _few_events(found: Patterns, responses: Responses) -> str:
    """Say when there are few answers for as many terms."""
    if not found.values:
        return ""
    rarest = int(np.bincount(found.y, found.rows["n"]).min())
    terms = found.x.shape[1] - 1
    return label("model_few", responses.source.language, n=at_least(rarest, responses),
                 terms=terms) if rarest < FEWEST_EVENTS * terms else ""
