"""What of TextCoder stands in a notebook that is exported, and in one that is compared."""

from pathlib import Path

import nbformat
from builders.coded_texts import made_study, talk
from nbconvert import HTMLExporter

from wbkit.coding.store.store import CodingStore
from wbkit.widgets.text_coder import TextCoder

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "91_codeer_teksten.ipynb"


def shown(study):
    widget = TextCoder(study, talk(study), coder="anna")
    data, _ = widget._repr_mimebundle_()
    return data["text/html"], data["text/plain"], widget.highlights()._repr_html_()


def test_an_exported_notebook_has_marks_and_neither_scripts_nor_widget_state():
    # The template "basic" has the cells alone: other templates of nbconvert bring scripts.
    page, _ = HTMLExporter(template_name="basic").from_notebook_node(nbformat.read(NOTEBOOK, 4))
    assert "<mark" in page
    assert [one for one in ("<script", "widget-state", "<iframe", "src=\"http")
            if one in page] == []


def test_a_changed_coding_changes_every_output_that_is_compared(tmp_path):
    study = made_study(tmp_path)
    before = shown(study)
    with CodingStore(study.folder / "coding") as store:
        start, end = store.find("gesprek", "best zwaar")
        store.add("gesprek", start, end, "druk", coder="anna")
    after = shown(study)
    assert [one != other for one, other in zip(before, after, strict=True)] == [True] * 3
    assert shown(study) == after
