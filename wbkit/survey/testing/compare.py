"""Whether groups differ: a test that fits the question and the design, and how large it is."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from wbkit.data.cells import Cells
from wbkit.data.responses import Responses
from wbkit.data.source_data import need, refuse_rankings
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.stats.group_tests import METHODS, adjusted
from wbkit.study.item import Item
from wbkit.study.source_kinds import WAVE
from wbkit.survey.counts.cells import counted_by, several
from wbkit.survey.design.inference import refuse_stacked, require_test
from wbkit.survey.design.intervals import design_facts
from wbkit.survey.design.linearisation import Sample
from wbkit.survey.stating import (
    answer_facts,
    base_facts,
    counted_base,
    explored_facts,
    family_facts,
    ground_facts,
    tested_facts,
)
from wbkit.survey.testing.choice import Tested, tested_item
from wbkit.survey.testing.groups import endless_sample
from wbkit.survey.testing.moments import waves
from wbkit.table.count_layouts import HIDDEN, SHOWN
from wbkit.table.facts import Subject
from wbkit.table.statements.tests import NoCause, Waves
from wbkit.table.table import Table

Answers = Responses | Cells
MOST_VALUES = 200  # of a closed item that is compared
NUMBERS = ["statistic", "df", "df2", "p", "p_adjusted", "effect", "low", "high"]


def compare(
    responses: Answers | Mapping[str, Answers],
    items: str | Item | Sequence[str | Item],
    by: str | Item | None = None,
    *,
    adjust: str = "holm",
    seed: int = 1,
) -> Table:
    """Test whether groups differ in one item or several; the list of items is the family.

    The test follows from the kind of the item and from the design; the notes say which one was
    taken and why. A finite population never enters a test.

    Parameters
    ----------
    responses
        One row for each unit of the source, or its Cells (made with ``by`` and
        ``numeric="values"``). Several sources that asked different units the same: a name for
        each, ``{"2024": a, "2025": b}``, and no `by`.
    items
        A nominal, ordinal, numeric or multiple item, or a list of them.
    by
        A nominal or ordinal item: the groups.
    adjust
        ``holm`` [1]_, ``bonferroni``, ``bh``, ``by`` or ``none``: how p-values are adjusted for
        the number of items, and for the number of options of a multiple item.
    seed
        Of random tables and of resamples; the same seed gives the same Table.

    Returns
    -------
    Table
        One row for each item, and one more for each option of a multiple item.

        - ``item``, ``by``, ``value`` (an option; empty for all together): ids
        - ``test``: ``chi_square``, ``fisher`` or ``monte_carlo`` (shares, simple random sample),
          ``rao_scott`` (shares, any other design), ``kruskal_wallis`` (ordinal; of two groups
          ``ordinal_logit`` below it gives the odds ratio, without a test of its own) and
          ``rank_design``, ``welch_t``, ``welch_f`` and ``mean_design`` (numeric),
          ``bilder_loughin`` and ``ticks_design`` (all options together), ``none`` (see the notes)
        - ``statistic``, ``df``, ``df2``: absent for an exact test; ``df2`` for an F
        - ``p``, ``p_adjusted``; of ``kruskal_wallis`` with a group of fewer than ten units p is
          exact, or from 50,000 random orders where there are too many orders: the notes say so
        - ``effect_name``, ``effect``, ``low``, ``high``: ``cramer_v``, ``epsilon2`` (of ranks),
          ``epsilon2_means``, ``hedges_g`` (second group less the first) or ``odds_ratio``
          (second group to the first), with 95 % interval:
          noncentral for V and g of a simple random sample, otherwise resampled
        - ``n``: units that are compared, unweighted
        - ``state``: ``shown``, or ``hidden`` when a group has fewer units than the study shows

    Raises
    ------
    DataError
        If the design carries no p-value, one row is a joint answer or a tick, items or units
        of several sources differ, an item is open, or `by` is one of the items.

    References
    ----------
    .. [1] Holm, S. (1979). Scandinavian Journal of Statistics, 6, 65-70.
    """
    refuse_stacked(responses)
    for part in responses.values() if isinstance(responses, Mapping) else [responses]:
        need(part, (Responses, Cells), "compare")
    if isinstance(responses, Mapping):
        responses, by = waves(responses, items, by), WAVE
    asked = _asked(responses, items, by, adjust)
    require_test(responses)
    counted, group = counted_by(responses, asked, by, numeric="values")
    _refuse_many(counted, [*asked, group])
    sample = endless_sample(counted)
    rows = [row for item in asked for row in tested_item(sample, item, group, seed)]
    return _table(sample, asked, group, rows, adjust)


def _asked(
    responses: Answers, items: str | Item | Sequence[str | Item], by: str | Item | None, adjust: str
) -> list[Item]:
    """Return the items, each once; refuse what cannot be compared."""
    name = responses.source.name
    if by is None:
        raise DataError(_(
            "{source}: compare needs by: the item that makes the groups, as in compare(responses, "
            '"gezien", "team").',
            source=name))
    if adjust not in METHODS:
        raise DataError(_(
            "{source}: adjust={adjust!r} is unknown. Use one of {methods}.",
            source=name, adjust=adjust, methods=", ".join(METHODS)))
    group = responses.item(by)
    refuse_rankings(name, [group], _("groups are made of answers"))
    if group.kind == "multiple":
        raise DataError(_(
            "{source}: {group} is a multiple item, so that one {unit} would be in several groups, "
            "and no test fits that. Make a group of one option with any_of.",
            source=name, group=group.name, unit=responses.source.told_units()))
    asked = list(dict.fromkeys(responses.item(one).name for one in several(items)))
    if group.name in asked:
        raise DataError(_(
            "{source}: {group} makes the groups and is compared as well. Leave it out of the "
            "items, or name another group.",
            source=name, group=group.name))
    refuse_rankings(name, (responses.item(one) for one in asked), _("compare tests answers"))
    return [responses.item(one) for one in asked]


def _refuse_many(counted: Cells, items: list[Item]) -> None:
    """Refuse items with so many answers that hardly two units share one."""
    many = [item for item in items if item.closed and len(counted.values(item)) > MOST_VALUES]
    if many:
        raise DataError(_(
            "{source}: {item} has {n} different answers, and a test compares at most {most}. "
            "Merge answers (recode), or code them as open answers.",
            source=counted.source.name, item=many[0].name, n=len(counted.values(many[0])),
            most=MOST_VALUES))


def _table(
    sample: Sample, items: list[Item], group: Item, rows: list[Tested], adjust: str
) -> Table:
    counted = sample.cells
    data = _data(rows, group, adjust, counted.source.minimum)
    base = counted_base(counted, items, "respondents",
                        data.assign(base=data["n"]) if len(items) == 1 else None)
    facts = (Subject("compared", tuple(item.name for item in items), (group.name,)),
             *base_facts(counted, items, base), *ground_facts(counted, items),
             *tested_facts(counted, rows, group),
             *family_facts(items, rows, adjust, counted.source.minimum), NoCause("groups"),
             *([Waves()] if group.name == WAVE else []),
             *answer_facts(counted, items, group),
             *design_facts(sample, about="test"), *explored_facts(counted))
    return Table(data, "test", (), facts, (counted.source,))


def _data(rows: list[Tested], group: Item, adjust: str, minimum: int) -> pd.DataFrame:
    data = pd.DataFrame([{
        "item": row.item, "by": group.name, "value": row.value, "test": row.test,
        "statistic": row.outcome.statistic, "df": row.outcome.df, "df2": row.outcome.df2,
        "p": row.outcome.p, "p_adjusted": np.nan, "effect_name": row.effect.name,
        "effect": row.effect.size, "low": row.effect.low, "high": row.effect.high,
        "n": row.n, "least": row.least} for row in rows])
    data = data.astype(dict.fromkeys([*NUMBERS, "n"], float))
    data = data.assign(p_adjusted=_adjusted(data, adjust))
    hidden = data.pop("least") < minimum
    data = data.assign(**data[[*NUMBERS, "n"]].mask(hidden, axis=0),
                       state=np.where(hidden, HIDDEN, SHOWN))
    return data if (data["value"] != "").any() else data.drop(columns="value")


def _adjusted(data: pd.DataFrame, adjust: str) -> np.ndarray:
    """Adjust the items as one family, and the options of each multiple item as one."""
    found = np.full(len(data), np.nan)
    whole = (data["value"] == "").to_numpy()
    found[whole] = adjusted(data["p"].to_numpy()[whole], adjust)
    for name in data.loc[~whole, "item"].unique():
        options = ~whole & (data["item"] == name).to_numpy()
        found[options] = adjusted(data["p"].to_numpy()[options], adjust)
    return found
