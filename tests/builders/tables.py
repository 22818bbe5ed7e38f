"""Tables made by hand for the tests of tables, figures and files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from wbkit.study.source import Setting, Source
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
UNITS = {"nl": ("student", "studenten"), "en": ("student", "students")}
BASE = {"nl": "Basis: studenten die antwoord gaven.", "en": "Base: students who answered."}
TITLE = {"nl": "Begeleiding door de coach", "en": "Guidance by the coach"}


def source(language: str = "nl", *, results: Path = Path("results")) -> Source:
    """Return a made-up source that writes to `results`."""
    return Source(name="students", file="students.csv", format="csv", unit="student",
                  synthetic=True, label={"nl": "Studentenenquête", "en": "Student survey"},
                  setting=Setting(language=language, results=results))


def frequencies(
    counts: Mapping[str | tuple[str, ...], Sequence[int | None]],
    *,
    language: str = "nl",
    dimensions: Sequence[str] = (),
    answers: Mapping[str, str] | None = None,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    base: int | None = None,
    interval: float = NAN,
    **more: object,
) -> Table:
    """Return a frequency Table; None is a hidden count."""
    answers = answers or dict(zip(IDS, SCALE[language], strict=True))
    rows = []
    for key, numbers in counts.items():
        names = (key,) if isinstance(key, str) else key
        whole = float(sum(filter(None, numbers)) if base is None else base)
        rows += [(*names, value, NAN if n is None else float(n), whole,
                  NAN if n is None or not whole else n / whole,
                  "hidden" if n is None else "shown")
                 for value, n in zip(answers, numbers, strict=True)]
    data = pd.DataFrame(rows, columns=["item", *dimensions, "value", "n", "base", "share", "state"])
    data.insert(data.columns.get_loc("share") + 1, "low", (data["share"] - interval).clip(lower=0))
    data.insert(data.columns.get_loc("low") + 1, "high", (data["share"] + interval).clip(upper=1))
    facts = {"kind": "frequency", "title": TITLE[language], "units": UNITS[language],
             "base": BASE[language], "sources": (source(language),), "language": language}
    words = {"item": QUESTIONS[language], "value": answers, "leerweg": GROUPS[language]}
    return Table(data=data, labels=words | dict(labels or {}), **facts | more)
