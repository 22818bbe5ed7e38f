"""Small sources and Responses, made in memory, for tests that a reader can check by hand."""

import pandas as pd

from wbkit.data.responses import REASON_COLUMNS, Responses
from wbkit.study.source import Source

GEZIEN = {
    "kind": "ordinal", "label": "Ik voel mij gezien", "values": ["oneens", "neutraal", "eens"],
    "value_labels": {"en": ["disagree", "neutral", "agree"]}, "missing": ["weet ik niet"],
    "missing_labels": {"en": ["don't know"]},
}
LEERWEG = {"kind": "nominal", "values": ["bol", "bbl"], "label": {"nl": "leerweg", "en": "track"}}


def source(*, items=None, language="nl", **fields):
    """Make a source of students that were at hand."""
    fields = {"name": "studenten", "file": "raw/studenten.csv", "format": "csv", "unit": "student",
              "synthetic": True, "design": {"kind": "convenience"}} | fields
    items = items or {"gezien": GEZIEN, "leerweg": LEERWEG}
    setting = {"language": language} | fields.pop("setting", {})
    return Source.model_validate(fields | {"items": items, "setting": setting})


def answers(data, *, items=None, reasons=(), **fields):
    """Make Responses from columns; row numbers start at 2, as in Excel.

    A design given as one word ("srs") is one in which everybody who was drawn took part.
    """
    frame = pd.DataFrame(data)
    if isinstance(fields.get("design"), str):
        fields |= {"design": {"kind": fields["design"], "invited": len(frame)}}
    made = source(items=items, **fields)
    frame.index = pd.RangeIndex(2, 2 + len(frame))
    for item in made.items.values():
        if item.kind in ("nominal", "ordinal"):
            kept = frame[item.name].astype(object).where(frame[item.name].isin(item.categories))
            frame[item.name] = pd.Categorical(kept, categories=item.categories,
                                              ordered=item.kind == "ordinal")
    why = pd.DataFrame(list(reasons), columns=list(REASON_COLUMNS))
    return Responses(frame, made, reasons=why, raw_rows=len(frame))


def people(gezien, *, leerweg=None, **fields):
    """Make students with an answer to `gezien`, None for no answer, and a track."""
    reasons = [(row, "gezien", one) for row, one in enumerate(gezien, start=2)
               if one == "weet ik niet"]
    data = {"gezien": pd.Series(gezien, dtype=object),
            "leerweg": pd.Series(leerweg or [None] * len(gezien), dtype=object)}
    return answers(data, reasons=reasons, **fields)


def renamed(responses, **names):
    """Call items by other ids; study.toml refuses ids that were once kept for Tables."""
    known = responses.source.items
    items = {names.get(one, one): item.model_copy(update={"name": names.get(one, one)})
             for one, item in known.items()}
    source = responses.source.model_copy(update={"items": items})
    return Responses(responses.data.rename(columns=names), source)
