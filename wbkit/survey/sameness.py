"""Whether a question is the same in two sources: all that gives its answers their meaning."""

from collections.abc import Sequence

from wbkit.data.source_data import Meaning
from wbkit.study.item import NO, YES, Item, Recode, Ticked
from wbkit.study.model import Model
from wbkit.survey.scales.instruments import item_names

Change = tuple[str, object, object]  # what it is, in the one and in the other
SAME = ("kind", "values", "missing", "exclusive", "other", "range", "asked_if", "both")
SCORED = ("instrument", "variant", "answers", "reversed", "minimum_answered", "range")
MADE = ("recode", "any_of", "none_of")


def changes(one: Meaning, other: Meaning, name: str | Item) -> list[Change]:
    """List in what an item differs between two sources.

    Parameters
    ----------
    one, other
        Responses or Cells.
    name
        Id of the item, in both.

    Returns
    -------
    list
        Properties of the question, its words, and of an item that is made of others also what
        these were asked: a recode may map other answers, but the same answers to the same value.
    """
    a, b = one.item(name), other.item(name)
    return [*_of_item((one, a), (other, b)), *_of_scale(one, other, a.name)]


def _of_item(one: tuple[Meaning, Item], other: tuple[Meaning, Item]) -> list[Change]:
    (_, a), (_, b) = one, other
    found = _unlike(a, b, SAME) + _of_rules(one, other) + _of_words(one, other)
    if a.values == b.values:
        words = [tuple(item.value_words(part.source.language).values())
                 for part, item in (one, other)]
        found += [("the words of the values", *words)] if words[0] != words[1] else []
    return found


def _unlike(one: Model, other: Model, names: Sequence[str]) -> list[Change]:
    pairs = [(name, getattr(one, name), getattr(other, name)) for name in names]
    return [(name, a, b) for name, a, b in pairs if a != b]


def _of_words(
    one: tuple[Meaning, Item], other: tuple[Meaning, Item], what: str = "the words"
) -> list[Change]:
    words = [item.words(part.source.language) for part, item in (one, other)]
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
        found += _of_words((part, part.item(above)), (beside, beside.item(below)),
                           f"the words of {above}")
    return found


def _of_rule(
    name: str, one: tuple[Item, Recode | Ticked], other: tuple[Item, Recode | Ticked]
) -> list[Change]:
    (above, before), (below, after) = one, other
    if "any" in (above.values, below.values):
        return [(name, before, after)] if before != after else []
    return [(f"{name} of {value}", _made(before, value), _made(after, value))
            for value in above.categories if value in below.categories
            and _made(before, value) != _made(after, value)]


def _made(rule: Recode | Ticked, value: str) -> str:
    """Return what becomes of an answer."""
    if isinstance(rule, Recode):
        return rule.map.get(value, "no answer")
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
        (f"{what} of {item}", a, b) for item in names for what, a, b in
        _of_item((one, one.item(names[item])), (other, other.item(others[item])))]
