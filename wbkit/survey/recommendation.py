"""The question from 0 to 10 whether somebody would recommend it, as a net share.

Reichheld, F. F. (2003). The one number you need to grow. Harvard Business Review, 81(12), 46-54:
the share of 9 and 10 less the share of 0 to 6.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from wbkit.data.cells import COUNT_KEYS, SUMS, VALUE, Cells, together
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.messages import _, mark
from wbkit.study.item import Item
from wbkit.survey.counts.tallies import count, rows_of
from wbkit.survey.design.linearisation import Sample, linear_of_counts
from wbkit.survey.statistics import Computed, degrees_in, in_group, one_unit

CLASSES = ("detractors", "passives", "promoters")
STARTS = (7.0, 9.0)  # from where the second and the third begin
NET = "nps"
LEAST = 30  # under this base one person moves the score by more than three points
IN_NO_GROUP = mark(
    "{source}: a score of {item} needs {least} answers, and no group has so many. Use frequency.")
NOT_SO_MANY = mark(
    "{source}: a score of {item} needs {least} answers, and there are not so many. Use frequency.")
NO_PEOPLE = frozenset({  # units that recommend nothing: groups of people, and papers
    "team", "group", "class", "school", "department", "organisation", "company", "sheet", "form",
    "file", "text", "interview", "document", "answer", "lesson", "course", "row", "unit", "groep",
    "klas", "afdeling", "opleiding", "bedrijf", "organisatie", "vel", "formulier", "tekst",
    "eenheid", "rij", "les", "vak", "college",
})


def require_net(responses: Responses | Cells, items: Sequence[Item]) -> None:
    """Refuse a net share that nobody declared, and one of units that are no persons."""
    source = responses.source
    for item in items:
        if item.score != NET:
            raise DataError(_(
                "{source}: {item} is not declared as the question from 0 to 10 whether somebody "
                'would recommend it. Write score = "nps" and range = [0, 10] at the item in '
                "study.toml, or use frequency and the mean.",
                source=source.name, item=item.name))
    refuse_joint(responses, items)
    if source.kind != "survey" or source.unit.casefold() in NO_PEOPLE:
        raise DataError(_(
            "{source}: one row is a {unit}, and only a person recommends something. Use "
            "frequency; or, when a row is one person, correct unit in study.toml.",
            source=source.name, unit=source.told_units()))


def refuse_joint(responses: Responses | Cells, items: Sequence[Item]) -> None:
    """Refuse to average what groups of people answered together."""
    source, design = responses.source, responses.source.design
    scored = [item.name for item in items if item.score]
    if scored and design and design.kind == "joint":
        raise DataError(_(
            "{source}: each answer to {item} is one that a {unit} gave together, and joint "
            'answers are not averaged. List them: team_answers(responses, ["{item}"], by=…).',
            source=source.name, item=scored[0], unit=source.told_units()))


def in_classes(counted: Cells, items: Sequence[Item]) -> tuple[Cells, list[Item]]:
    """Return Cells in which the numbers 0 to 10 are three answers in order."""
    made = [item.model_copy(update={"kind": "ordinal", "values": CLASSES, "range": None})
            for item in items]
    names = {item.name for item in items}
    rows = counted.rows
    values = [_class_of(value) if role == VALUE and name in names else value for name, role, value
              in zip(rows["item"], rows["role"], rows["value"], strict=True)]
    rows = together(rows.assign(value=np.array(values, dtype=object)), COUNT_KEYS, SUMS)
    known = counted.source.items | {item.name: item for item in made}
    source = counted.source.model_copy(update={"items": known})
    found = {name: one for name, one in counted.found.items() if name not in names}
    return replace(counted, source=source, rows=rows, found=found), made


def _class_of(value: str) -> str:
    return CLASSES[int(np.searchsorted(STARTS, float(value), side="right"))]


def net_share(sample: Sample, item: Item, group: str | None) -> Computed:
    """Estimate the shares of the three classes, and the last less the first.

    The variance of the difference follows from the covariances; for a simple random sample it is
    (p3 + p1 - (p3 - p1)²) / (n - 1).
    """
    rows = in_group(sample.cells.of(item), group)
    rows = rows[(rows["role"] == VALUE).to_numpy()]
    weight, base = rows["w"].sum(), int(rows["n"].sum())
    df, values = degrees_in(sample, item, group), (*CLASSES, NET)
    if weight == 0:
        absent = np.full(len(values), np.nan)
        return Computed(values, absent, lambda: np.diag(absent), np.zeros(len(values), int), 0, df)
    marks = np.eye(len(CLASSES))[pd.Index(CLASSES).get_indexer(rows["value"])]
    each = np.column_stack([marks, marks[:, -1] - marks[:, 0]])
    estimate = rows["w"].to_numpy(float) @ each / weight
    linear = linear_of_counts(sample, rows, (each - estimate) / weight)
    squares = rows["w"].to_numpy(float) @ each**2 / weight
    return Computed(values, estimate, lambda: sample.variance(linear),
                    np.full(len(values), base), base, df,
                    (squares - estimate**2) * one_unit(weight, base),
                    raw=rows["n"].to_numpy(float) @ each / base)


def net_marks(counted: Cells, items: Sequence[Item], group: Item | None) -> pd.DataFrame:
    """Say what may not be shown; the score not either where one of the shares is hidden.

    Gives one row for each item, group and value: whole, hidden, small. Refuses Tables of which
    every base is too small for a score; those of some groups are hidden.
    """
    marks = pd.DataFrame(rows_of(count(counted, items, group), "respondents")).drop(columns="n")
    net = marks.groupby(["item", "group"], sort=False, as_index=False).agg(
        hidden=("hidden", "any"), whole=("whole", "first"), small=("small", "any"))
    every = pd.concat([marks, net.assign(value=NET)], ignore_index=True)
    few = every["whole"] < LEAST
    if few.all():
        refusal = IN_NO_GROUP if group else NOT_SO_MANY
        raise DataError(_(
            refusal, source=counted.source.name, item=items[0].name, least=LEAST))
    places = every.groupby(["item", "group"], sort=False).ngroup()
    return every.assign(hidden=every["hidden"] | few).iloc[np.argsort(places, kind="stable")]
