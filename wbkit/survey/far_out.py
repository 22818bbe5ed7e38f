"""Answers so far from the others that they may be typing errors: named under what they move."""

from collections.abc import Sequence

import numpy as np

from wbkit.data.responses import Responses, number_id
from wbkit.study.item import Item
from wbkit.table.facts import Count
from wbkit.table.statements.survey import FarOut

MOST_CLASSES = 10  # beside an answer that is far out, the others would share one of so many
FENCE = 3.0  # interquartile ranges beyond which Tukey (1977) calls an answer far out
MOST_NAMED = 3  # answers far out in one note


def far_out(responses: Responses, items: Sequence[Item]) -> list[FarOut]:
    """State which answers lie far out; those of real people are not named."""
    return [fact for item in items for fact in _far_out(responses, item)]


def _far_out(responses: Responses, item: Item) -> list[FarOut]:
    answers = responses.data[item.name].astype(float)
    known = answers[np.isfinite(answers)]
    if known.empty:
        return []
    near = not_far(known.to_numpy(), item)
    looked = known[responses.domain[known.index]]
    far = looked[(looked < near.min()) | (looked > near.max())]
    if far.empty:
        return []
    named = () if responses.source.minimum > 1 else tuple(
        number_id(one) for one in sorted(set(far), key=abs, reverse=True)[:MOST_NAMED])
    return [FarOut(item.name, named, Count(len(far)))]


def not_far(known: np.ndarray, item: Item) -> np.ndarray:
    """Return the answers that are not far out, with the ends that were declared."""
    declared = np.array(item.range or (), dtype=float)
    first = -np.quantile(-known, 0.75, method="inverted_cdf")
    third = np.quantile(known, 0.75, method="inverted_cdf")
    with np.errstate(over="ignore"):
        reach = FENCE * (third - first)
        inside = np.append(known[(known >= first - reach) & (known <= third + reach)], declared)
        low, high = inside.min(), inside.max()
        scale = high - low if high > low else max(abs(low), 1.0)
        swallowed = np.maximum(known, high) - np.minimum(known, low) > MOST_CLASSES * scale
    return np.append(known[~swallowed], declared)
