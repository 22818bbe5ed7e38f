"""The page of all results shows words as they were meant."""

from pathlib import Path

from nbformat.v4 import new_markdown_cell, new_notebook

from wbkit.workflow.overview import notebook_section

TEXT = """# Wie doen mee?

**Gegevens** Een *bron* is `a*b*c`, naast *Star98*; 2 * 3 * 4 en **elke *cel* telt**, *ver
kennend*."""


def test_stars_become_emphasis_and_code_stays_as_it_is():
    section = notebook_section(new_notebook(cells=[new_markdown_cell(TEXT)]), "x", Path(), "nl")
    assert section.about == (
        "<p><strong>Gegevens</strong> Een <em>bron</em> is <code>a*b*c</code>, naast "
        "<em>Star98</em>; 2 * 3 * 4 en <strong>elke <em>cel</em> telt</strong>, <em>ver\n"
        "kennend</em>.</p>",)
