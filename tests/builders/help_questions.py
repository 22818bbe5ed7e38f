"""Help questions of three sources, each with its own unit, to stand side by side."""

import pandas as pd
from builders.responses import answers

import wbkit as wb
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.facts import Subject
from wbkit.table.table import Table

HELP = {"kind": "multiple", "values": ["geld", "plannen"], "other": "anders"}
JOINT = {"name": "teams", "unit": "team", "design": {"kind": "joint", "people": 37},
         "label": "Teams", "missing_units": {"groen": "deed niet mee"}}


def ticked(geld, plannen, **fields):
    data = {"hulp:geld": geld, "hulp:plannen": plannen, "hulp:other": [False] * len(geld),
            "hulp:other_text": [""] * len(geld)}
    return wb.frequency(answers(data, items={"hulp": HELP}, **fields), "hulp")


def students(**fields):
    return ticked([True] * 3 + [False] * 9, [False] * 3 + [True] * 9, **fields)


def teams(**fields):
    return ticked([True, True], [False, True], **JOINT | fields)


def service(n=1, state="shown", name="sterc"):
    source = students(name=name, unit="group", design={"kind": "joint"}).sources[0]
    data = pd.DataFrame({"row": [name], "unit": ["group"], "item": ["code"], "value": ["basis"],
                         "n": [n], "base": [1.0], "share": [1.0], "mentions": [4.0],
                         "state": [state]})
    return Table(data, "matrix", ("row",), (Subject("codes_in"),),
                 (source, Vocabulary.of("row", lambda _: {name: name.upper()})))
