"""The words of results, as a reader gets them: of Tables, Figures, sentences and refusals.

Used by record_words.py in a process of its own, with the wbkit that is looked at. It knows
public names only, and takes a renamed one by either name.
"""

import ast
import builtins
import contextlib
import io
import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import openpyxl
from matplotlib import pyplot
from matplotlib.text import Text

RENAMED = {
    "before_after": "compare_paired", "quotes": "coded_segments", "passages": "excerpts",
    "evaluate": "precision_recall", "listing": "list_rows", "cells": "count_cells",
    "pool": "pool_cells", "people_behind": "team_coverage", "joint_answers": "team_answers",
    "plot_matrix": "plot_heatmap", "plot_effects": "plot_forest", "reading": "interpretation",
    "text_attributes": "document_variables", "bands": "score_bands",
    "changes": "cleaning_summary", "who_spoke": "speaking_shares",
    "guide_topics": "guide_coverage", "consensus": "reconcile",
}
DIGITS = "<fingerprint>"
LABELLED = re.compile(r"((?:[Vv]ingerafdruk|[Ff]ingerprint)\W{1,6})[0-9a-f]{12}\b")
PROBE = f"words_probe_{os.getpid()}"  # several processes share one folder of results
CELL = "<cell "  # how the file of a notebook cell is called in its frames


def load() -> Any:
    """Import wbkit, and let every renamed function go by its old and its new name."""
    wb = import_module("wbkit")
    for old, new in RENAMED.items():
        known = next((one for name in (new, old) if callable(one := getattr(wb, name, None))), None)
        for name in (old, new):
            if not callable(getattr(wb, name, None)):
                setattr(wb, name, known)
    wb.Figure.png = lambda self, **_: b""  # pixels hold no words, and cost most of the time
    return wb


class Recorder:
    """Keeps the words of each result once, in the order in which results come by."""

    def __init__(self, wb: Any) -> None:
        self.wb = wb
        self.records: list[dict[str, Any]] = []
        self.save = wb.save
        self._seen: dict[int, Any] = {}  # holds the results, so that no address is used twice

    def note(self, value: Any, where: str, *, also_plain: bool = True) -> None:
        """Record a result, or every result in a list or a dictionary."""
        if isinstance(value, self.wb.Table | self.wb.Figure):
            self._note_result(value, where)
        elif isinstance(value, Mapping):
            for key, one in value.items():
                self.note(one, f"{where}[{key}]", also_plain=also_plain)
        elif isinstance(value, list | tuple):
            for number, one in enumerate(value):
                self.note(one, f"{where}[{number}]", also_plain=also_plain)
        elif also_plain and value is not None:
            self._note_plain(value, where)

    def add(self, what: str, where: str, **words: Any) -> None:
        """Record words; the digits of a fingerprint are left out of them."""
        known = [words.get("fingerprint", ""), words.pop("of_table", "")]
        tidy = {name: text if name == "fingerprint" else without_digits(text, known)
                for name, text in words.items()}
        self.records.append({"what": what, "where": where} | tidy)

    def patch(self) -> None:
        """Record also what a notebook saves, and each sentence it asks a Table for."""
        table = self.wb.Table
        self.wb.save = self._saving
        table.sentence = self._speaking(table.sentence)

    def _note_result(self, result: Any, where: str) -> None:
        if id(result) in self._seen:
            return
        self._seen[id(result)] = result
        if isinstance(result, self.wb.Table):
            self.add("table", where, **words_of_table(result, self.save))
        else:
            self.add("figure", where, **words_of_figure(result))
            self._note_result(result.table, f"table of {where}")

    def _note_plain(self, value: Any, where: str) -> None:
        html = getattr(value, "_repr_html_", None)
        shown = html() if callable(html) else None
        self.add("value", where, text=value if isinstance(value, str) else repr(value),
                 html=shown or "")

    def _saving(self, result: Any, name: str, *args: Any, **options: Any) -> Any:
        self.note(result, f"saved {name}")
        return self.save(result, name, *args, **options)

    def _speaking(self, original: Callable[..., str]) -> Callable[..., str]:
        def sentence(table: Any, *args: Any, **options: Any) -> str:
            words = original(table, *args, **options)
            if sys._getframe(1).f_code.co_filename.startswith(CELL):
                self.add("sentence", f"sentence{args}{options}", text=words,
                         of_table=table.fingerprint)
            return words

        return sentence


def words_of_table(table: Any, save: Callable[..., Any]) -> dict[str, Any]:
    """Return everything that is printed of a Table."""
    html = getattr(table, "_repr_html_", str)
    return {
        "kind": str(getattr(table, "kind", type(table).__name__)),
        "text": repr(table), "html": html(), **_files(table, save),
        "data": table.data.to_csv(index=False, lineterminator="\n", float_format="%.10g"),
        "fingerprint": table.fingerprint,
    }


def words_of_figure(figure: Any) -> dict[str, Any]:
    """Return the alternative text of a Figure, and the words in its picture."""
    figure.picture.draw_without_rendering()
    drawn = [text.get_text() for text in figure.picture.findobj(Text)
             if text.get_visible() and text.get_text().strip()]
    pyplot.close("all")
    return {"kind": figure.table.kind, "alt": figure.alt, "drawn": "\n".join(drawn),
            "fingerprint": figure.fingerprint, "of_table": figure.table.fingerprint}


def without_digits(words: Any, known: list[str]) -> Any:
    """Put one mark in the place of fingerprints."""
    if not isinstance(words, str):
        return words
    for digits in filter(None, known):
        words = words.replace(digits, DIGITS)
    return LABELLED.sub(rf"\1{DIGITS}", words)


def run_notebook(path: Path) -> list[dict[str, Any]]:
    """Run the code cells of a notebook in order; return what they show, save and leave."""
    recorder = Recorder(load())
    recorder.patch()
    names: dict[str, Any] = {"__name__": "__main__"}
    names["display"] = lambda *values: [recorder.note(one, "display") for one in values]
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    for number, source in enumerate(sources, start=1):
        if not _run_cell(source, f"{CELL}{number}>", names, recorder):
            break
    for name, value in names.items():
        if not name.startswith("_"):
            recorder.note(value, name, also_plain=False)
    return recorder.records


def _run_cell(source: str, name: str, names: dict[str, Any], recorder: Recorder) -> bool:
    """Run one cell; note the value of its last line and what it prints."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            shown = _value(ast.parse(source), name, names)
    except Exception as fault:  # whatever goes wrong is what is recorded
        recorder.add("error", name, text=f"{type(fault).__name__}: {fault}")
        return False
    if printed.getvalue():
        recorder.add("printed", name, text=printed.getvalue())
    recorder.note(shown, source.strip().splitlines()[-1][:60])
    return True


def _value(tree: ast.Module, name: str, names: dict[str, Any]) -> Any:
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    builtins.exec(compile(tree, name, "exec"), names)
    if last is None:
        return None
    return builtins.eval(compile(ast.Expression(last.value), name, "eval"), names)


def _files(table: Any, save: Callable[..., Any]) -> dict[str, str]:
    """Return the cells of the Excel sheet and the facts that are saved beside it."""
    try:
        saved = save(table, PROBE)
    except ValueError as refusal:
        return {"sheet": str(refusal), "about": ""}
    files = _load_saved(table, saved)
    sheets = openpyxl.load_workbook(files[".xlsx"])
    rows = [[sheet.title] for sheet in sheets]
    rows += [row for sheet in sheets for row in sheet.iter_rows(values_only=True)]
    lines = [" | ".join(str(cell) for cell in row if cell is not None) for row in rows]
    return {"sheet": "\n".join(lines), "about": files[".json"].read_text(encoding="utf-8")}


def _load_saved(table: Any, saved: Any) -> dict[str, Path]:
    """Return the files of the probe: named by what save gave, or in the results folder."""
    if hasattr(saved, "files"):  # before save gave back the result itself
        return {Path(name).suffix: saved.folder / name for name in saved.files}
    folder = table.data_sets[0].setting.results / "tables"
    return {file.suffix: file for file in folder.glob(f"{PROBE}.*")}
