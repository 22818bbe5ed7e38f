"""Arithmetic between published figures, recomputed with the rounding that each was written with."""

import ast
import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from wbkit.errors import DataError
from wbkit.findings.claims.verdicts import DIFFERS, ELSE, HOLDS
from wbkit.messages import _
from wbkit.table.table import Table

FIGURE, VALUE, UNIT, REASON, FORMULA = (
    "figure_id", "figure_value", "figure_unit", "reason", "formula")
SUM_HOLDS, SUM_DIFFERS = "sum_holds", "sum_differs"
NAMED = re.compile(r"\[([^\]]+)\]")
WRITTEN = re.compile(r"(>?)(\d+(?:[.,]\d+)?)(?:-(\d+(?:[.,]\d+)?))?")
PERCENT, HALF = "%", .5
Range = tuple[float, float]
STEPS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv}


def is_list_of_figures(table: object) -> bool:
    """Whether a Table lists figures that others published."""
    return isinstance(table, Table) and {FIGURE, VALUE} <= set(table.data)


def recomputed(figures: Table, tables: Mapping[str, Table]) -> list[tuple[str, ...]]:
    """Give each published figure a verdict: by the sum that gives it, or why there is none.

    `figures` lists ``figure_id``, ``figure_value``, ``figure_unit`` and ``reason``; one of
    `tables` lists ``figure_id`` and ``formula``: figures between square brackets, numbers and
    + - * /. A percentage stands for all that rounds to it. Nothing is compared with own data.
    """
    rows = figures.data.astype(str)
    known = dict(zip(rows[FIGURE], map(_range, rows.to_dict("records")), strict=True))
    formulas = dict(_formulas(tables))
    strange = next((one for one in formulas if one not in known), None)
    if strange is not None:
        raise DataError(_(
            "check_claims: {table} gives a sum for {figure}, which is not in the list of figures. "
            "Correct the number.", table=formulas[strange][0], figure=strange))
    return [_verdict(row, known, formulas.get(row[FIGURE])) for row in rows.to_dict("records")]


def _formulas(tables: Mapping[str, Table]) -> Iterator[tuple[str, tuple[str, str]]]:
    for name, table in tables.items():
        if {FIGURE, FORMULA} <= set(table.data):
            yield from ((row[FIGURE], (name, row[FORMULA]))
                        for row in table.data.astype(str).to_dict("records"))


def _verdict(row: dict[str, str], known: Mapping[str, Range | None],
             formula: tuple[str, str] | None) -> tuple[str, ...]:
    told = f"{row[FIGURE]}: {row.get('figure_measure', '')}: {row[VALUE]} {row.get(UNIT, '')}"
    if formula is None:
        return told.strip(), row[VALUE], ELSE, "", "", "", row.get(REASON, "")
    low, high = computed(formula[1], known)
    own = known[row[FIGURE]] or (math.nan, math.nan)
    holds = low <= own[1] and high >= own[0]
    value = f"{low:.4g}" if low == high else f"{low:.4g} – {high:.4g}"
    return (told.strip(), row[VALUE], HOLDS if holds else DIFFERS, formula[0], formula[1], value,
            SUM_HOLDS if holds else SUM_DIFFERS)


def _range(row: dict[str, str]) -> Range | None:
    """Return between which numbers a figure lies as it is written; None where it is no number."""
    match = WRITTEN.fullmatch(row[VALUE].strip())
    if match is None:
        return None
    low, decimals = _number(match[2])
    high = _number(match[3])[0] if match[3] else math.inf if match[1] else low
    own = HALF * 10.0 ** -decimals if row.get(UNIT) == PERCENT or decimals else 0.0
    return low - own, high + own


def _number(text: str) -> tuple[float, int]:
    plain = text.replace(",", ".")
    return float(plain), len(plain.partition(".")[2])


def computed(formula: str, known: Mapping[str, Range | None]) -> Range:
    """Return between which numbers the outcome of a formula lies."""
    names = list(dict.fromkeys(NAMED.findall(formula)))
    lacking = [one for one in names if known.get(one) is None]
    if lacking:
        raise DataError(_(
            "check_claims: the sum {formula} names {figure}, which is no number of the list. Name "
            "figures that are numbers.", formula=formula, figure=lacking[0]))
    text = NAMED.sub(lambda match: f"v{names.index(match[1])}", formula)
    try:
        return _of(ast.parse(text, mode="eval").body, [known[one] for one in names])
    except (SyntaxError, KeyError, ZeroDivisionError):
        raise DataError(_(
            "check_claims: {formula} is no sum. Write figures between square brackets with "
            "+ - * / between, such as [F1] + [F2].", formula=formula)) from None


def _of(node: ast.expr, values: list[Range]) -> Range:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value), float(node.value)
    if isinstance(node, ast.Name):
        return values[int(node.id[1:])]
    if not isinstance(node, ast.BinOp):
        raise KeyError(type(node))
    left, right = _of(node.left, values), _of(node.right, values)
    step = STEPS[type(node.op)]
    ends = [step(one, other) for one in left for other in right]
    return min(ends), max(ends)


def words_of_reasons(figures: Table, language: str) -> dict[str, str]:
    """Return the words that the list has for its reasons."""
    shown = figures.show(language)
    known = pd.unique(figures.data[REASON].astype(str)) if REASON in figures.data else []
    return {one: shown.words(REASON, one, item=REASON) for one in known}
