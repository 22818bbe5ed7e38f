"""The overview of all results, opened as a reader opens it: from a folder, without a network."""

import pytest
from builders.opened_pages import outside

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 400])
def test_the_overview_asks_for_nothing_and_fits_its_width(results, open_page, width):
    page = open_page(results / "00_overzicht.html", width=width)
    assert outside(page) == []
    assert page.faults == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
