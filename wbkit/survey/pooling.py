"""Different sources put together: their strata and clusters stay their own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import add

import numpy as np

from wbkit.data.cells import KEYS, Cells, Moments, Rows
from wbkit.data.responses import Responses
from wbkit.data.source_data import Meaning
from wbkit.errors import DataError
from wbkit.messages import _, listing, spoken
from wbkit.study.design import Design
from wbkit.study.item import NO, YES, Item, Recode, Ticked
from wbkit.study.model import Label, Model
from wbkit.study.source import Source
from wbkit.survey.design.base_weights import settle
from wbkit.survey.design.intervals import why_no_interval
from wbkit.survey.design.sampling import APART
from wbkit.survey.scales.instruments import item_names

DRAWN = ("srs", "stratified", "cluster")
ALIKE = ("by", "items", "conditions", "assumption")
Change = tuple[str, object, object]  # what it is, in the one and in the other
SAME = ("kind", "values", "missing", "exclusive", "other", "range", "asked_if", "both")
SCORED = ("instrument", "variant", "answers", "reversed", "minimum_answered", "range")
MADE = ("recode", "any_of", "none_of")


def pool_cells(parts: Mapping[str, Cells]) -> Cells:
    """Put the Cells of different sources together, as strata of one sample.

    Parameters
    ----------
    parts
        A name for each source, and its Cells. ``klas 1`` of one school is not ``klas 1`` of
        another: strata and clusters carry the name of their source.

    Returns
    -------
    Cells
        One sample, of which every source is at least one stratum.

    Raises
    ------
    DataError
        If the sources have other units, items or designs, were counted otherwise, only some
        of them know their population, or one stands there twice.
    """
    if not isinstance(parts, Mapping):
        raise DataError(_(
            "pool_cells: takes a name for each source, and there is a {type}. Write "
            'pool_cells({{"school A": a, …}}).',
            type=type(parts).__name__))
    if not parts:
        raise DataError(_(
            "pool_cells: there are no Cells to put together. Name at least one source."))
    refuse_twice(parts)
    first, *others = parts.items()
    for other in others:
        _refuse_unlike(first, other)
    settled = {name: settle(part) for name, part in parts.items()}
    _refuse_mixed_weights(settled)
    source = _pooled_source(settled)
    named = [_prefixed(name, part, source) for name, part in settled.items()]
    return reduce(add, named)


def refuse_twice(parts: Mapping[str, Responses | Cells]) -> None:
    """Refuse the very same answers under two names: every unit would count twice."""
    names: dict[int, str] = {}
    for name, part in parts.items():
        before = names.setdefault(id(part), name)
        if before != name:
            raise DataError(_(
                "{before} and {name} are the very same answers, so that every unit would count "
                "twice. Name each source once.",
                before=before, name=name))


def _refuse_unlike(first: tuple[str, Cells], other: tuple[str, Cells]) -> None:
    (one, a), (two, b) = first, other
    if a.source.unit != b.source.unit:
        raise DataError(_(
            "pool_cells: one row of {one} is a {unit}, one of {two} a {other_unit}. Different "
            "units are not counted together; show them beside each other.",
            one=one, unit=a.source.told_units(), two=two, other_unit=b.source.told_units()))
    for name in ALIKE:
        if getattr(a, name) != getattr(b, name):
            raise DataError(_(
                "pool_cells: {one} and {two} differ in {what}. Count them alike.",
                one=one, two=two, what=name))
    looked_at = (condition.item for condition in a.conditions)
    for name in (*a.items, *([a.by] if a.by else []), *looked_at):
        changed = [_("{what}: {before} ({one}) and {after} ({two})", what=what, one=one, two=two,
                     before=_words(before), after=_words(after))
                   for what, before, after in changes(a, b, name)]
        if changed:
            raise DataError(_(
                "pool_cells: {item} is not the same item in {one} and {two}. {changes}. Give both "
                "the same values (recode), or leave the item out.",
                item=name, one=one, two=two, changes="; ".join(changed)))
    if (a.source.synthetic, a.source.public) != (b.source.synthetic, b.source.public):
        raise DataError(_(
            "pool_cells: {one} and {two} are not both synthetic, or not both public. Made-up and "
            "real data are not counted together.",
            one=one, two=two))


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        words = [f"{name} = {_words(one)}" for name, one in value.items()]
        return listing(words, spoken()) or _("nothing")
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or _("nothing")
    return _("nothing") if value is None else str(value)


def _refuse_mixed_weights(parts: Mapping[str, Cells]) -> None:
    scaled = {name: bool((part.source.design and part.source.design.weight)
                         or not np.isnan(part.drawn["population_1"]).any())
              for name, part in parts.items()}
    if len(set(scaled.values())) > 1:
        some = next(name for name, known in scaled.items() if not known)
        raise DataError(_(
            "pool_cells: the population of {source} is not known and that of others is, so their "
            "units cannot be given weights that compare. Declare population in every design, or "
            "in none.",
            source=some))


def _pooled_source(parts: Mapping[str, Cells]) -> Source:
    sources = [part.source for part in parts.values()]
    strictest = max(sources, key=lambda source: source.minimum)
    words = ", ".join(parts)
    return strictest.model_copy(update={
        "name": "pooled", "label": Label(nl=words, en=words),
        "design": _pooled_design(parts),
        "missing_units": {f"{name}: {unit}": why for name, part in parts.items()
                          for unit, why in part.source.missing_units.items()},
    })


def _pooled_design(parts: Mapping[str, Cells]) -> Design | None:
    designs = [part.source.design for part in parts.values()]
    kinds = {design.kind if design else None for design in designs}
    shapes = {(len(design.cluster), len(design.fpc)) for design in designs if design}
    methods = {design.calibration and (design.calibration.method, design.calibration.items)
               for design in designs if design}
    if (len(kinds) > 1 and not kinds <= set(DRAWN)) or len(shapes) > 1 or len(methods) > 1:
        raise DataError(_(
            "pool_cells: the designs differ in how units came in, in their stages, or in how they "
            "were weighted ({kinds}). Put together sources with the same kind of design.",
            kinds=", ".join(str(kind) for kind in sorted(map(str, kinds)))))
    weakest = next(filter(why_no_interval, parts.values()), next(iter(parts.values())))
    if weakest.source.design is None:
        return None
    totals = {name: _total([getattr(design, name) for design in designs])
              for name in ("population", "people")}
    invited = _total([_asked(part) for part in parts.values()])
    return weakest.source.design.model_copy(update=totals | {"invited": invited})


def _asked(part: Cells) -> int | None:
    """Return how many were invited; who came on top in one source fills no gap in another."""
    invited = part.source.design.invited
    return None if invited is None else max(invited, part.sample)


def _total(counts: Sequence[int | None]) -> int | None:
    return None if None in counts else sum(counts)


def _prefixed(name: str, part: Cells, source: Source) -> Cells:
    """Give the strata, clusters and margin cells of a source its name."""
    def renamed(rows: Rows) -> dict[str, np.ndarray]:
        columns = {column: [f"{name}: {one}" for one in rows[column]]
                   for column in ("stratum", "psu", "ssu")}
        columns["margin_cell"] = [_cell(name, one) for one in rows["margin_cell"]]
        return {column: np.array(names, dtype=object) for column, names in columns.items()}

    moments: dict[tuple[str, ...], Moments] = {
        names: replace(one, keys=one.keys.assign(**renamed(one.keys)).astype(
            dict.fromkeys(KEYS, object))) for names, one in part.moments.items()}
    rows, drawn = (one.assign(**renamed(one)) for one in (part.rows, part.drawn))
    return replace(part, source=source, rows=rows, drawn=drawn, moments=moments)


def _cell(name: str, margin_cell: str) -> str:
    return APART.join(f"{name}: {value}" for value in margin_cell.split(APART))


def changes(one: Meaning, other: Meaning, name: str | Item) -> list[Change]:
    """List in what an item differs between two sources."""
    a, b = one.item(name), other.item(name)
    return [*_of_item((one, a), (other, b)), *_of_scale(one, other, a.name)]


def _of_item(one: tuple[Meaning, Item], other: tuple[Meaning, Item]) -> list[Change]:
    a, b = one[1], other[1]
    found = _unlike(a, b, SAME) + _of_rules(one, other) + _of_words(one, other)
    if a.values == b.values:
        words = [tuple(item.value_words(part.source.language).values())
                 for part, item in (one, other)]
        found += [(_("the words of the values"), *words)] if words[0] != words[1] else []
    return found


def _unlike(one: Model, other: Model, names: Sequence[str]) -> list[Change]:
    pairs = [(name, getattr(one, name), getattr(other, name)) for name in names]
    return [(name, a, b) for name, a, b in pairs if a != b]


def _of_words(
    one: tuple[Meaning, Item], other: tuple[Meaning, Item], of: str = ""
) -> list[Change]:
    words = [item.words(part.source.language) for part, item in (one, other)]
    what = _("the words of {what}", what=of) if of else _("the words")
    return [(what, *words)] if words[0] != words[1] else []


def _of_rules(one: tuple[Meaning, Item], other: tuple[Meaning, Item]) -> list[Change]:
    """Compare how items are made, and the words of the questions from which they are."""
    (part, a), (beside, b) = one, other
    found = []
    for name in MADE:
        rules = getattr(a, name), getattr(b, name)
        if all(rules):
            found += _of_rule(name, *((where.item(rule.item), rule) for where, rule in
                                      zip((part, beside), rules, strict=True)))
        elif any(rules):
            found.append((name, *rules))
    for above, below in zip(a.parents, b.parents, strict=False):
        found += _of_words((part, part.item(above)), (beside, beside.item(below)), above)
    return found


def _of_rule(
    name: str, one: tuple[Item, Recode | Ticked], other: tuple[Item, Recode | Ticked]
) -> list[Change]:
    (above, before), (below, after) = one, other
    if "any" in (above.values, below.values):
        return [(name, before, after)] if before != after else []
    return [(_("{what} of {item}", what=name, item=value),
             _made(before, value), _made(after, value))
            for value in above.categories if value in below.categories
            and _made(before, value) != _made(after, value)]


def _made(rule: Recode | Ticked, value: str) -> str:
    """Return what becomes of an answer."""
    if isinstance(rule, Recode):
        return rule.map.get(value, _("no answer"))
    return YES if value in rule.values else NO


def _of_scale(one: Meaning, other: Meaning, name: str) -> list[Change]:
    """Compare how scores are made, and the questions of which they are."""
    first, second = (part.source.scales.get(name) for part in (one, other))
    if first is None or second is None:
        return [] if first is second else [("scale", first and first.variant,
                                            second and second.variant)]
    names, others = item_names(first), item_names(second)
    if set(names) != set(others):
        return [("items", tuple(names), tuple(others))]
    return _unlike(first, second, SCORED) + [
        (_("{what} of {item}", what=what, item=item), a, b) for item in names for what, a, b in
        _of_item((one, one.item(names[item])), (other, other.item(others[item])))]
