"""How often each answer was given, with the base that belongs to it."""

from collections.abc import Sequence
from typing import Literal

from wbkit.data.cells import Cells
from wbkit.data.responses import Responses
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.study.item import Item
from wbkit.survey.counts.cells import counted_by
from wbkit.survey.counts.shares import METHODS
from wbkit.survey.counts.weighted_shares import find_shares, share_frame
from wbkit.survey.design.intervals import require_interval
from wbkit.survey.ranking import ranked
from wbkit.survey.stating import answer_facts, base_facts, counted_base
from wbkit.table.facts import Counted, Subject
from wbkit.table.table import Table

Of = Literal["respondents", "asked", "answers"]
Interval = Literal["wilson", "clopper-pearson", "logit", "beta", "hypergeometric", "t"]
SHARES_OF = ("respondents", "asked", "answers")


def frequency(
    responses: Responses | Cells,
    item: str | Item | Sequence[str | Item],
    *,
    by: str | Item | None = None,
    of: Of = "respondents",
    interval: Interval | None = None,
) -> Table:
    """Count the answers to one item or several, for everyone or for each group.

    Parameters
    ----------
    responses
        One row for each unit of the source, or its Cells (with ``numeric="values"`` where a
        numeric item is counted).
    item
        Id of an item, the item itself, or a list of them. The shares of a multiple item can
        sum to more than 1. A numeric item is counted by value. In a source of people, numbers
        and answers taken from the data that few gave are one row ``other_answers``. A ranking
        stands alone.
    by
        A nominal or ordinal item: one group for each of its values. Units without one are in
        no row; a note counts them.
    of
        ``respondents``: the base is the units that were asked and answered.
        ``asked``: the base is the units that were asked; missing codes and no answer are rows.
        ``answers``: the base is the ticks of a multiple item.
    interval
        Demand an interval, refused where the design does not carry one: ``wilson`` [1]_,
        ``clopper-pearson`` [2]_ or ``hypergeometric`` [3]_ for simple random samples; ``logit``,
        ``beta`` (Korn-Graubard) [4]_ or ``t`` for any design. When left out, where the design
        carries one: Wilson for simple random samples, logit for other designs and weights.

    Returns
    -------
    Table
        One row for each item, group and value, also for a value that nobody chose.

        - ``item``, `by`, ``value``: ids
        - ``n``: units that gave this answer (ticks when ``of="answers"``), unweighted
        - ``base``: units in the group that were asked and answered (see `of`), unweighted
        - ``share``: n / base, from 0 to 1, weighted where the design has weights; absent when
          nobody is in the base
        - ``share_raw``: the unweighted share, beside a weighted one
        - ``low``, ``high``: 95 % interval of the share, absent where the design carries none;
          the method stands in the basis. Where a population is declared it is about these
          units, by a finite population correction.
        - ``low_deff2``, ``high_deff2``: the same for a design effect of 2, under the assumption
          "random within strata"
        - ``state``: ``shown``, ``hidden`` (fewer units than the study shows, or needed to keep
          those from being found by subtraction), or ``absent`` (a group that study.toml names
          in ``missing_units``)

        Of a ranking a Table of kind ``ranking``, one row for each group and option: ``n`` and
        ``share`` (how often it came first), ``top`` and ``share_top`` (among the first three; of
        three or four options the first two; of two absent), ``mean`` (its mean place among the
        ``ranked`` units that gave it one), ``base`` (units that gave some option a place),
        ``low`` and ``high`` (of `share`), ``state``. A small ``ranked`` is absent.

    Raises
    ------
    DataError
        If there is no such item or group, the item is open, named twice or its own group, an
        answer is none of its values, or an interval was demanded that the design does not carry.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Journal of the American Statistical Association, 22, 209-212.
    .. [2] Clopper, C. J. & Pearson, E. S. (1934). Biometrika, 26, 404-413.
    .. [3] Buonaccorsi, J. P. (1987). The American Statistician, 41, 215-218.
    .. [4] Korn, E. L. & Graubard, B. I. (1998). Survey Methodology, 24, 193-201.
    """
    need(responses, (Responses, Cells), "frequency")
    items = _several(responses, item)
    group = responses.grouping(by) if by is not None else None
    if any(one.kind == "ranking" for one in items):
        return ranked(responses, items, group, of=of, interval=interval)
    _check(responses, items, of, interval)
    if group:
        _refuse_itself(responses, items, group)
    counted, _ = counted_by(responses, items, group, numeric="values", moments=False)
    found = find_shares(responses, counted, items, group, of=of, interval=interval)
    counted, data = found.counted, share_frame(found, group)
    by = (group.name,) if group else ()
    base = counted_base(counted, items, of, None if group else data)
    facts = (Subject("asked", tuple(one.name for one in items), by),
             *([Counted("answer")] if of == "answers" else []),
             *base_facts(counted, items, base), *found.facts[0],
             *answer_facts(counted, items, group, of=of), *found.facts[1])
    return Table(data, "frequency", by, facts, (counted.source,))


def _several(
    responses: Responses | Cells, item: str | Item | Sequence[str | Item]
) -> list[Item]:
    if isinstance(item, str | Item):
        return [responses.item(item)]
    items = [responses.item(one) for one in item]
    if not items:
        raise DataError(_(
            "frequency: the list of items is empty. Name an item; when items are asked for by "
            "tag, look in study.toml whether any item carries that question or theme."))
    names = [one.name for one in items]
    double = [name for name in names if names.count(name) > 1]
    if double:
        raise DataError(_(
            "{source}: {item} stands in the list of items {n} times. Name each item once.",
            source=responses.source.name, item=double[0], n=names.count(double[0])))
    return items


def _check(responses: Responses | Cells, items: list[Item], of: str, interval: str | None) -> None:
    source = responses.source.name
    for one in items:
        if one.kind == "open":
            raise DataError(_(
                "{source}: {item} is open; open answers are coded, not counted. Choose a closed "
                "or numeric item.",
                source=source, item=one.name))
        if of == "answers" and one.kind != "multiple":
            raise DataError(_(
                "{source}: of='answers' counts ticks, and {item} is {kind}. Leave of out, or "
                "choose a multiple item.",
                source=source, item=one.name, kind=one.kind))
    if of not in SHARES_OF:
        raise DataError(_(
            "{source}: of={of!r} is unknown. Use one of {known}.",
            source=source, of=of, known=", ".join(SHARES_OF)))
    if interval not in (None, *METHODS):
        raise DataError(_(
            "{source}: interval={interval!r} is unknown. Use one of {methods}, or leave it out.",
            source=source, interval=interval, methods=", ".join(METHODS)))
    if interval and of == "answers":
        raise DataError(_(
            "{source}: ticks of one respondent hang together, so a share of answers has no "
            "interval. Use of='respondents'.",
            source=source))
    if interval:
        require_interval(responses)


def _refuse_itself(
    responses: Responses | Cells, items: list[Item], group: Item
) -> None:
    if group.name in [one.name for one in items]:
        raise DataError(_(
            "{source}: {group} by {group} says nothing: each answer would be a group of its own. "
            "Name another item, or leave by out.",
            source=responses.source.name, group=group.name))
