"""The page of a notebook shows words as they were meant."""

from nbformat.v4 import new_markdown_cell, new_notebook

from wbkit.workflow.overview.notebook_pages import first_cell

TEXT = """# Wie doen mee?

**Gegevens** Een *bron* is `a*b*c`, naast *Star98*; 2 * 3 * 4 en **elke *cel* telt**, *ver
kennend*."""


def test_stars_become_emphasis_and_code_stays_as_it_is():
    title, paragraphs = first_cell(new_notebook(cells=[new_markdown_cell(TEXT)]), "nl")
    assert title == "Wie doen mee?"
    assert paragraphs == (
        "<p><strong>Gegevens</strong> Een <em>bron</em> is <code>a*b*c</code>, naast "
        "<em>Star98</em>; 2 * 3 * 4 en <strong>elke <em>cel</em> telt</strong>, <em>ver\n"
        "kennend</em>.</p>",)
