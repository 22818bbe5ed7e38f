"""How many points one answer counts: as a scale says, as its number says, or by its order."""

from collections.abc import Callable, Mapping

from wbkit.data.columns import number_id
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.study.item import Item
from wbkit.study.scale import Scale
from wbkit.survey.scales.instruments import Instrument


def own_points(responses: Responses, scale: Scale, item: Item) -> dict[str, float] | None:
    """Return the points of answers in a scale of one's own."""
    values = _values(responses, scale, item)
    if scale.answers:
        return _by_answers(scale, item, values, lambda answer: _own_number(scale, answer))
    if item.kind == "numeric":
        return None
    numbers = _numerals(values)
    if numbers:
        return numbers
    _refuse_nominal(responses, scale, item)
    low = scale.range[0] if scale.range else 1
    if scale.range and scale.range[1] - low != len(values) - 1:
        raise DataError(
            f"{responses.source.name}, scale {scale.name}: range runs from {low:g} to "
            f"{scale.range[1]:g}, and {item.name} has {len(values)} values "
            f"({', '.join(values)}). Correct range, or write answers = {{ … }} with the points "
            "of each answer."
        )
    return {value: float(low + place) for place, value in enumerate(values)}


def known_points(
    responses: Responses, scale: Scale, known: Instrument, pair: tuple[str, Item]
) -> dict[str, float] | None:
    """Return the points of answers in a published instrument: never by their order alone."""
    name, item = pair
    values = _values(responses, scale, item)
    if scale.answers:
        return _by_answers(scale, item, values, _counted(scale, known, name))
    if not known.codes and item.kind == "numeric":
        return None
    numbers = None if known.codes else _numerals(values)
    if numbers:
        return numbers
    allowed = ", ".join(known.codes) if known.codes else \
        f"points from {known.points[0]:g} to {known.points[1]:g}"
    raise DataError(
        f"{responses.source.name}, scale {scale.name}: the answers to {item.name} "
        f"({', '.join(values) or 'numbers'}) do not say how {known.name} counts them; a form can "
        f"list them from high to low. Write answers = {{ … }}: each answer = {allowed}, before "
        "reversing."
    )


def _values(responses: Responses, scale: Scale, item: Item) -> tuple[str, ...]:
    if item.kind in ("multiple", "open"):
        raise DataError(
            f"{responses.source.name}, scale {scale.name}: {item.name} is {item.kind}, and a score "
            "is made of ordinal or numeric items. Take it out of the scale."
        )
    if item.kind != "numeric":
        return responses.values(item)
    return tuple(dict.fromkeys(map(number_id, responses.data[item.name].dropna())))


def _by_answers(
    scale: Scale, item: Item, values: tuple[str, ...], points: Callable[[str | float], float]
) -> dict[str, float]:
    """Return the points that the scale declares for each answer."""
    silent = [value for value in values if value not in scale.answers]
    if silent:
        raise DataError(
            f"scale {scale.name}: answers says nothing about {silent[0]!r}, an answer to "
            f"{item.name}. It has {', '.join(scale.answers)}. Add it, or declare it as missing in "
            "the item."
        )
    return {value: points(scale.answers[value]) for value in values}


def _own_number(scale: Scale, answer: str | float) -> float:
    if isinstance(answer, str):
        raise DataError(f"scale {scale.name}: answers gives {answer!r}, and points are numbers. "
                        "Write the number of points of each answer.")
    return float(answer)


def _counted(scale: Scale, known: Instrument, name: str) -> Callable[[str | float], float]:
    """Return what an answer to one item of an instrument counts, given how it was declared."""
    if not known.codes:
        return lambda answer: _own_number(scale, answer)

    def counts(answer: str | float) -> float:
        if answer not in known.codes:
            raise DataError(f"scale {scale.name}: answers gives {answer!r}, and {known.name} knows "
                            f"{', '.join(known.codes)}. Use one of these for each answer.")
        return float(answer in known.count[name])

    return counts


def _numerals(values: tuple[str, ...]) -> dict[str, float] | None:
    """Return the numbers that the answers are, None when one of them is not a number."""
    try:
        return {value: float(value) for value in values}
    except ValueError:
        return None


def _refuse_nominal(responses: Responses, scale: Scale, item: Item) -> None:
    if item.kind == "nominal":
        raise DataError(
            f"{responses.source.name}, scale {scale.name}: {item.name} is nominal, so its answers "
            "have no order. Write answers = { … } with the points of each, or make it ordinal."
        )


def common_ends(
    responses: Responses, scale: Scale, items: tuple[Item, ...],
    points: tuple[Mapping[str, float] | None, ...],
) -> tuple[float, float] | None:
    """Return the range that all items share; a scale whose items differ must declare one."""
    found = [item.range if one is None else (min(one.values()), max(one.values()))
             for item, one in zip(items, points, strict=True) if one is None or one]
    different = {ends for ends in found if ends is not None}
    if len(different) > 1 or (not different and scale.reversed):
        ranges = "; ".join(f"{item.name}: {ends[0]:g} to {ends[1]:g}" if ends else
                           f"{item.name}: not declared"
                           for item, ends in zip(items, found, strict=False))
        raise DataError(
            f"{responses.source.name}, scale {scale.name}: nothing says from where to where one "
            f"answer counts ({ranges}). Add range = [lowest, highest] to the scale."
        )
    return next(iter(different), None)
