"""Small scales, made in memory, for tests that a reader can check by hand."""

import pandas as pd
from builders.responses import answers

WORDS = ["nooit", "soms", "vaak"]
ITEM = {"kind": "ordinal", "values": WORDS}
NUMBER = {"kind": "numeric"}
SCALE = {"variant": "v1", "items": ["a", "b", "c"], "range": [1, 3]}


def scaled(data, *, scale=None, items=None, **fields):
    """Make Responses with one scale, `s`, of the items in `data`."""
    items = items or dict.fromkeys(data, ITEM)
    columns = {name: pd.Series(values, dtype=object if items[name]["kind"] != "numeric" else float)
               for name, values in data.items()}
    scale = {"name": "s"} | SCALE | {"items": list(data)} | (scale or {})
    return answers(columns, items=items, scales={"s": scale}, **fields)


def numbers(columns, **fields):
    """Make Responses with numeric items and one scale, `s`, of all of them."""
    return scaled(columns, items=dict.fromkeys(columns, NUMBER),
                  scale={"range": None} | fields.pop("scale", {}), **fields)
