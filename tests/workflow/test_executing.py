"""A notebook runs in this Python, and says which cell went wrong."""

import sys

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from wbkit.errors import DataError, WbkitError
from wbkit.study.study import load_study
from wbkit.workflow.executing import execute, place_for
from wbkit.workflow.notebooks import as_text


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "study.toml").write_text('title = "Proef"\nlanguage = "en"\n', encoding="utf-8")
    return load_study(folder)


def ran(study, *sources, seconds=60):
    path = written(study, *sources)
    before = path.read_bytes()
    try:
        with place_for(study, study.results, path.parent) as place:
            return execute([path], place, seconds=seconds)[0]
    finally:
        assert path.read_bytes() == before


def written(study, *sources):
    folder = study.folder.parent / "notebooks"
    folder.mkdir(exist_ok=True)
    path = folder / "10_topic.ipynb"
    cells = [new_markdown_cell("# Titel"), *map(new_code_cell, sources)]
    path.write_text(as_text(new_notebook(cells=cells)), encoding="utf-8")
    return path


def printed(notebook):
    return "".join(output.text for cell in notebook.cells for output in cell.get("outputs", ()))


def test_a_notebook_knows_its_study_results_language_and_folder(study):
    book = ran(study, "import os, sys", "print(os.environ['WBKIT_STUDY'])",
               "print(os.environ['WBKIT_RESULTS'], os.environ['WBKIT_LANGUAGE'], sep='\\n')",
               "print(os.getcwd(), sys.executable, sep='\\n')")
    root = study.folder.parent
    assert printed(book).splitlines() == [
        str(study.file), str(root / "results" / "en"), "en", str(root / "notebooks"),
        sys.executable,
    ]
    assert [cell.execution_count for cell in book.cells[1:]] == [1, 2, 3, 4]


def test_two_runs_give_the_same_bytes(study):
    path = written(study, "x = {'b', 'a'}", "print(sorted(x))\nprint(len(x))", "sorted(x)")
    with place_for(study, study.results, path.parent) as place:
        first, second = execute([path, path], place)
    assert as_text(first) == as_text(second)


def test_a_failing_cell_is_named_with_its_error(study):
    with pytest.raises(WbkitError, match=(
        r"10_topic.ipynb, code cell 2 \('y = 1 / 0'\): ZeroDivisionError: division by zero\n"
        "Open the notebook in JupyterLab"
    )):
        ran(study, "x = 1", "y = 1 / 0", "z = 2")


def test_a_cell_that_takes_too_long_is_stopped(study):
    with pytest.raises(WbkitError, match="code cell 1 .*did not finish within 1 second"):
        ran(study, "import time; time.sleep(60)", seconds=1)


def test_a_kernel_that_dies_is_named(study):
    with pytest.raises(WbkitError, match="code cell 1 .*its Python stopped"):
        ran(study, "import os; os._exit(1)")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": 1}', "\x00\xff", "[" * 100_000])
def test_a_file_that_is_no_notebook_is_named(study, tmp_path, content):
    path = tmp_path / "20_broken.ipynb"
    path.write_text(content, encoding="latin-1")
    with place_for(study, study.results, tmp_path) as place, \
            pytest.raises(DataError, match="20_broken.ipynb: is no readable notebook"):
        execute([path], place)
