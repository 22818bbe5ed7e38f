"""The notebooks as they are kept: run from first to last, and the same on every machine."""

from pathlib import Path

import kernel_starts
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from wbkit.workflow.files import list_notebooks
from wbkit.workflow.notebooks import WIDGET_VIEW, as_text, faults, normalised, run_faults

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = list_notebooks(ROOT / "notebooks")
FIRST = ("# Titel\n\n**Vraag** Welke?\n\n**Gegevens** Deze.\n\n**Antwoord** Zo.\n\n"
         "**English abstract** Thus.")


def stream(text, name="stdout"):
    return new_output("stream", name=name, text=text)


def shown(**data):
    return new_output("display_data", data=data)


def cell(source="print(1)", outputs=None, count=1, **metadata):
    outputs = [stream("1\n")] if outputs is None else outputs
    return new_code_cell(source, outputs=outputs, execution_count=count, metadata=metadata)


def notebook(*cells, first=FIRST):
    return new_notebook(cells=[new_markdown_cell(first), *(cells or (cell(),))])


def kept(folder, book, name="20_topic.ipynb"):
    path = folder / name
    path.write_text(as_text(book), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebook_is_kept_as_it_should_be(path):
    assert faults(path) == []


def test_a_good_notebook_has_no_faults(tmp_path):
    assert faults(kept(tmp_path, notebook())) == []


OFFENDING = {
    "stripped outputs": (notebook(cell(outputs=[])), "has no outputs"),
    "stripped counts": (notebook(cell(count=None)), "not run once in order"),
    "run twice": (notebook(cell(count=2)), "not run once in order"),
    "error": (notebook(cell(outputs=[
        new_output("error", ename="KeyError", evalue="'x'", traceback=[])])), "KeyError"),
    "warning": (notebook(cell(outputs=[stream("careful", "stderr")])), "gave a warning"),
    "semicolon": (notebook(cell("plot();\n")), "ends in a semicolon"),
    "tag": (notebook(cell(tags=["nbval-ignore-output"])), "kept out of the comparison"),
    "comment": (notebook(cell("# NBVAL_SKIP\n1")), "kept out of the comparison"),
    "long cell": (notebook(cell("1\n" * 13)), "13 lines"),
    "function": (notebook(cell("def f():\n    pass")), "defines a function or class"),
    "class": (notebook(cell("class A:\n    pass")), "defines a function or class"),
    "many cells": (notebook(*(cell(count=n) for n in range(1, 32))), "31 code cells"),
    "widget": (notebook(cell("import ipywidgets")), "uses widgets"),
    "home folder": (notebook(cell(outputs=[stream("/" + "home/anna/x.csv")])), "an absolute path"),
    "windows path": (notebook(cell(outputs=[stream("C:" + r"\Users\anna")])), "an absolute path"),
    "path in html": (
        notebook(cell(outputs=[shown(**{"text/html": "<i>/" + "tmp/a</i>"})])), "absolute path"),
    "address": (notebook(cell(outputs=[stream("<object at 0x7f3a5c1d2e80>")])), "memory address"),
    "time": (notebook(cell(outputs=[stream("at 12:30:05")])), "a time"),
    "no text first": (new_notebook(cells=[cell()]), "does not begin with a text"),
    "no abstract": (notebook(first=FIRST.split("**English")[0]), "lacks **English abstract**"),
    "no question": (notebook(first=FIRST.replace("**Vraag**", "Vraag")), "lacks **Vraag**"),
    "empty": (new_notebook(), "has no outputs"),
}


@pytest.mark.parametrize("case", OFFENDING)
def test_an_offending_notebook_is_found(case, tmp_path):
    book, words = OFFENDING[case]
    assert any(words in fault for fault in faults(kept(tmp_path, book)))


def test_widgets_are_allowed_in_the_nineties(tmp_path):
    assert faults(kept(tmp_path, notebook(cell("import ipywidgets")), "90_explore.ipynb")) == []


def test_functions_are_allowed_outside_the_analyses(tmp_path):
    path = kept(tmp_path, notebook(cell("def f():\n    pass")), "00_overzicht.ipynb")
    assert faults(path) == []


def test_another_form_of_the_same_notebook_is_found(tmp_path):
    path = tmp_path / "20_topic.ipynb"
    nbformat.write(notebook(), path)
    assert [fault for fault in faults(path) if "one form" in fault]


def test_stripped_outputs_are_found_without_the_other_rules(tmp_path):
    path = kept(tmp_path, new_notebook(cells=[cell("x = 1", outputs=[], count=None)]))
    assert len(run_faults(path)) == 2


def test_normalising_takes_out_what_differs_between_runs():
    book = notebook(cell(outputs=[shown(**{WIDGET_VIEW: {}, "text/plain": "1"})],
                         execution={"iopub.status.busy": "2024-01-01"}))
    book.metadata = nbformat.from_dict({
        "language_info": {"name": "python", "version": "3.12.1"}, "widgets": {"state": {}},
        "kernelspec": {"name": "my-own", "display_name": "Mine"}})
    tidy = normalised(book)
    assert "version" not in tidy.metadata.language_info
    assert tidy.metadata.kernelspec.name == "python3"
    assert "widgets" not in tidy.metadata
    assert tidy.cells[1].metadata == {}
    assert tidy.cells[1].outputs[0].data == {"text/plain": "1"}
    assert book.metadata.kernelspec.name == "my-own"


def test_normalising_twice_changes_nothing():
    text = as_text(notebook())
    assert as_text(nbformat.reads(text, as_version=4)) == text
    assert text.endswith("}\n")


def test_cells_without_an_id_get_the_same_one_every_time():
    first, second = notebook(), notebook()
    for book in (first, second):
        for one in book.cells:
            del one["id"]
    assert as_text(first) == as_text(second)


def test_cells_keep_their_own_id():
    book = notebook()
    assert [one.id for one in normalised(book).cells] == [one.id for one in book.cells]


@pytest.mark.parametrize("faults", [0, 1, 2])
def test_a_kernel_that_dies_at_its_start_is_started_once_more(monkeypatch, faults):
    died = iter([RuntimeError("Kernel died before replying to kernel_info")] * faults)

    def start(name):
        for fault in died:
            raise fault
        return name

    monkeypatch.setattr(kernel_starts, "START", start)
    if faults < 2:
        assert kernel_starts.start_once_more("python") == "python"
    else:
        with pytest.raises(RuntimeError, match="Kernel died"):
            kernel_starts.start_once_more("python")
