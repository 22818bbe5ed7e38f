"""An outsider who works out hidden counts from what Tables show; written apart from wbkit.

Knows the questions and their answers, and that people are whole and not fewer than none. Reads
what a reader sees: the rows of the csv, the numbers in the base and the notes. Looks at every
combination of team, track, mark and ticks at once, without the cliques of `protect`.
"""

import io
import re
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import pandas as pd
import scipy.sparse as sp
from scipy.optimize import linprog

SPARE = 1e-6
NARROW = 1  # an interval of two whole numbers
LEFT_OUT = (r"Niet in de basis: (\d+)\s×\s"
            r"(geen of geen telbaar antwoord|‘weet\sniet’|geen\santwoord)")


@dataclass
class Outsider:
    """What is known: equations of people in every combination of answers.

    Parameters
    ----------
    answers
        Of each question what a person can have said, in order.
    missing
        Of each question what is no answer.
    merged
        A question made of another: name = (parent, answer = merged answer).
    options
        Of a question with ticks: option = the combinations in which it is ticked.
    """

    answers: dict[str, tuple[str, ...]]
    missing: dict[str, tuple[str, ...]]
    merged: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    options: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    rows: list[np.ndarray] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)
    hidden: dict[bytes, tuple[np.ndarray, str]] = field(default_factory=dict)

    def __post_init__(self):
        self.people = list(product(*self.answers.values()))
        self.columns = {name: np.array([one[at] for one in self.people], dtype=object)
                        for at, name in enumerate(self.answers)}

    def having(self, **conditions):
        """Mark the combinations with one of these answers to each question."""
        marks = np.ones(len(self.people), dtype=bool)
        for name, values in conditions.items():
            if name in self.merged:
                parent, rule = self.merged[name]
                name, values = parent, [one for one, merged in rule.items() if merged in values]
            marks &= np.isin(self.columns[name], list(values))
        return marks.astype(float)

    def answered(self, name):
        """Return the answers to a question that count as one."""
        parent = self.merged[name][0] if name in self.merged else name
        kept = [one for one in self.answers[parent] if one not in self.missing.get(parent, ())]
        return {self.merged[name][1][one] for one in kept} if name in self.merged else set(kept)

    def learn(self, row, value):
        """Write down what a number says."""
        if row.any():
            self.rows.append(row)
            self.numbers.append(float(value))

    def told(self, row, value, address):
        """Write down a number, or that it is hidden."""
        if pd.isna(value):
            self.hidden.setdefault(row.tobytes(), (row, address))
        else:
            self.learn(row, value)

    def intervals(self):
        """Return between which whole numbers each hidden one lies: address, row, low, high."""
        rows, numbers = sp.csr_array(np.array(self.rows)), np.array(self.numbers)
        found = []
        for row, address in self.hidden.values():
            ends = []
            for sign in (1.0, -1.0):
                best = linprog(sign * row, A_eq=rows, b_eq=numbers, method="highs")
                if best.status == 3:
                    ends.append(np.inf)
                    continue
                assert best.status == 0, best.message  # the Tables agree with each other
                ends.append(best.fun * sign + 0.0)
            found.append((address, row, np.ceil(ends[0] - SPARE), np.floor(ends[1] + SPARE)))
        return found


def read_table(outsider, table, name, *, part=None):
    """Read one Table as it is saved and shown."""
    part = part or {}
    data = pd.read_csv(io.StringIO(table.data.to_csv(index=False)), dtype={
        one: str for one in ("value", *table.dimensions) if one in table.data})
    READERS[table.kind](outsider, data, table, part, name)
    _captions(outsider, table, part, asked="asked" in name)


def _frequency(outsider, data, table, part, name):
    by = [one for one in table.dimensions if one in data]
    for row in data.to_dict("records"):
        item, group = row["item"], {one: [row[one]] for one in by}
        base = {} if "asked" in name else {item: outsider.answered(item)}
        given = outsider.options.get(item, {}).get(row["value"], [row["value"]])
        if given == ["other_answers"]:  # the rest of what can be said
            given = outsider.answered(item) - set(data["value"])
        outsider.told(outsider.having(**part, **group, **{item: given}), row["n"],
                      f"{name}: {item}={row['value']} {group}")
        if not pd.isna(row["base"]):
            outsider.learn(outsider.having(**part, **group, **base), row["base"])


def _crosstab(outsider, data, table, part, name):
    first, second = table.dimensions
    both = {one: outsider.answered(one) for one in (first, second)}
    for row in data.to_dict("records"):
        outsider.told(outsider.having(**part, **{first: [row[first]], second: [row[second]]}),
                      row["n"], f"{name}: {row[first]} x {row[second]}")
        if not pd.isna(row["base"]):
            whole = next(one.of for one in table.facts if one.key == "shareof")
            own = {"rows": {**both, first: [row[first]]},
                   "columns": {**both, second: [row[second]]}, "total": both}[whole]
            outsider.learn(outsider.having(**part, **own), row["base"])


def _estimate(outsider, data, table, part, name):
    by = [one for one in table.dimensions if one in data]
    for row in data.to_dict("records"):
        item, group = row["item"], {one: [row[one]] for one in by}
        inside = outsider.having(**part, **group, **{item: outsider.answered(item)})
        outsider.told(inside, row["n"], f"{name}: n of {group}")
        if not (pd.isna(row["n"]) or pd.isna(row["estimate"])):
            marks = np.array([0.0 if one in outsider.missing.get(item, ()) else float(one)
                              for one in outsider.columns[item]])
            outsider.learn(marks * inside, row["n"] * row["estimate"])


def _nonresponse(outsider, data, table, part, name):
    (by,) = table.dimensions
    for row in data.to_dict("records"):
        group = {} if row[by] == "total" else {by: [row[by]]}
        outsider.told(outsider.having(**part, **group), row["n"], f"{name}: {row[by]}")


def _test(outsider, data, table, part, name):
    """Keep nothing: what a statistic gives away is looked at apart, by enumeration."""


READERS = {"frequency": _frequency, "crosstab": _crosstab, "estimate": _estimate,
           "nonresponse": _nonresponse, "test": _test}


def _captions(outsider, table, part, *, asked):
    """Read the numbers in the base and the notes."""
    shown = table.show("nl")
    items = [one for one in dict.fromkeys(table.data.get("item", [])) if one]
    items = table.dimensions if table.kind == "crosstab" else items
    inside = {} if asked else {one: outsider.answered(one) for one in items}
    if table.kind in ("nonresponse", "test"):
        return
    if match := re.search(r"Basis: (\d+) van de (\d+) ", shown.base):
        outsider.learn(outsider.having(**part), float(match[2]))
        if "kregen de vraag." not in shown.base:
            outsider.learn(outsider.having(**part, **inside), float(match[1]))
    elif match := re.search(r"Basis: (\d+) studenten\.", shown.base):
        outsider.learn(outsider.having(**part, **inside), float(match[1]))
    if match := re.search(r"(\d+)\D+antwoorden van (\d+) gevraagde", shown.basis):
        outsider.learn(outsider.having(), float(match[1]))
    for note in shown.notes:
        if len(items) == 1 and (match := re.search(
                LEFT_OUT, note)):
            reason = match[2].replace("\N{NO-BREAK SPACE}", " ")
            base = outsider.merged.get(items[0], (items[0],))[0]
            lost = {"‘weet niet’": ["weet niet"], "geen antwoord": ["no_answer"]}.get(
                reason, outsider.missing.get(base, ()))
            outsider.learn(outsider.having(**part, **{base: lost}), float(match[1]))
