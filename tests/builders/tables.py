"""Tables made by hand for the tests of tables, figures and files."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from wbkit.study.item import Item
from wbkit.study.source import Setting, Source
from wbkit.table.facts import Base, Count, Fact, Subject
from wbkit.table.table import Table

NAN = float("nan")
SCALE = {
    "nl": ("helemaal oneens", "oneens", "neutraal", "eens", "helemaal eens"),
    "en": ("strongly disagree", "disagree", "neutral", "agree", "strongly agree"),
}
IDS = ("v1", "v2", "v3", "v4", "v5")
QUESTIONS = {
    "nl": {"gezien": "Ik voel mij gezien door mijn coach",
           "tijd": "Mijn coach neemt genoeg tijd voor mij"},
    "en": {"gezien": "I feel seen by my coach", "tijd": "My coach takes enough time for me"},
}
GROUPS = {"nl": {"bol": "overdag op school", "bbl": "vooral op het werk"},
          "en": {"bol": "at school by day", "bbl": "mostly at work"}}
BASE = {"nl": "Basis: studenten die de vraag kregen en antwoord gaven.",
        "en": "Base: students who were asked and answered."}
LOOKED = 203


def source(
    language: str = "nl", *, results: Path = Path("results"), items: Iterable[Item] = (),
    **fields: object,
) -> Source:
    """Return a made-up source that writes to `results`; `items` replace those of the same name."""
    known = {one.name: one for one in (question("gezien"), question("tijd"), track(), *items)}
    fields = {"synthetic": True,
              "setting": Setting(language=language, results=results)} | fields
    return Source(name="students", file="students.csv", format="csv", unit="student",
                  label={"nl": "Studentenenquête", "en": "Student survey"}, items=known, **fields)


def question(
    name: str, answers: Mapping[str, str] | None = None, words: str | None = None, **fields: object,
) -> Item:
    """Return a question with its answers; words given by hand are the same in both languages."""
    asked = {key: words or known.get(name, name) for key, known in QUESTIONS.items()}
    labels = dict.fromkeys(SCALE, tuple(answers.values())) if answers else SCALE
    fields = {"kind": "ordinal", "values": tuple(answers or IDS), "value_labels": labels,
              "label": asked} | fields
    return Item(name=name, **fields)


def track(words: Mapping[str, Mapping[str, str]] = GROUPS) -> Item:
    """Return the item by which students are divided: language = id = words."""
    return Item(name="leerweg", kind="nominal", label={"nl": "leerweg", "en": "track"},
                values=tuple(words["nl"]),
                value_labels={key: tuple(known.values()) for key, known in words.items()})


def frequencies(
    counts: Mapping[str | tuple[str, ...], Sequence[int | None]],
    *,
    language: str = "nl",
    dimensions: Sequence[str] = (),
    answers: Mapping[str, str] | None = None,
    items: Iterable[Item] | None = None,
    base: int | None = None,
    interval: float = NAN,
    facts: Sequence[Fact] = (),
    **more: object,
) -> Table:
    """Return a frequency Table; None is a hidden count."""
    names = list(dict.fromkeys(key if isinstance(key, str) else key[0] for key in counts))
    items = [question(name, answers) for name in names] if items is None else items
    fields = {"kind": "frequency", "dimensions": tuple(dimensions),
              "sources": (source(language, items=items),)} | more
    stated = [Subject("asked", tuple(names), tuple(dimensions)), *facts]
    if any(isinstance(one, Source) for one in fields["sources"]):
        stated.append(Base("respondents", Count(LOOKED)))
    return Table(data=_counted(counts, dimensions, list(answers or IDS), base, interval),
                 facts=tuple(stated), **fields)


def _counted(
    counts: Mapping[str | tuple[str, ...], Sequence[int | None]], dimensions: Sequence[str],
    values: Sequence[str], base: int | None, interval: float,
) -> pd.DataFrame:
    rows = []
    for key, numbers in counts.items():
        names = (key,) if isinstance(key, str) else key
        whole = float(sum(filter(None, numbers)) if base is None else base)
        rows += [(*names, value, NAN if n is None else float(n), whole,
                  NAN if n is None or not whole else n / whole,
                  "hidden" if n is None else "shown")
                 for value, n in zip(values, numbers, strict=True)]
    data = pd.DataFrame(rows, columns=["item", *dimensions, "value", "n", "base", "share", "state"])
    data.insert(data.columns.get_loc("share") + 1, "low", (data["share"] - interval).clip(lower=0))
    data.insert(data.columns.get_loc("low") + 1, "high", (data["share"] + interval).clip(upper=1))
    return data
