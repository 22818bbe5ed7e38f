"""Rankings in memory: what students need most, in their own order."""

import numpy as np
from builders.responses import LEERWEG, answers

NEEDS = ("tijd", "geld", "rust", "hulp", "ruimte")
WORDS = {"nl": "Wat heb je het meest nodig?", "en": "What do you need most?"}


def need(options):
    """Make the item; English words are those of the ids with a capital."""
    return {"kind": "ranking", "values": list(options), "label": WORDS,
            "value_labels": {"en": [one.title() for one in options]}}


def ranked(*rows, options=NEEDS[:3], leerweg=None, times=1, items=None, more=None, **fields):
    """Make Responses of places, one row for each student: (1, 2, None); `times` as many."""
    places = np.array([[np.nan if one is None else one for one in row] for row in rows] * times,
                      dtype=float).reshape(-1, len(options))
    data = {f"nodig:{one}": places[:, at] for at, one in enumerate(options)}
    data |= {"leerweg": list(leerweg or [None] * len(rows)) * times} | (more or {})
    items = {"nodig": need(options), "leerweg": LEERWEG} | (items or {})
    return answers(data, items=items, **fields)
