"""What can be asked of a page that stands open in a browser."""

from pathlib import Path

import pytest

AXE = Path(__file__).parents[1] / "browser" / "node_modules" / "axe-core" / "axe.min.js"
OWN = ("file:", "data:", "blob:")


def outside(page):
    """Return the addresses that a page asked for and that are not files of this machine."""
    return [url for url in page.asked if not url.startswith(OWN)]


def serious_violations(page):
    """Return what axe-core finds serious or critical, with the elements it is about."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make browser does that (npm ci).")
    page.add_script_tag(path=AXE)
    return _serious(page.evaluate("() => axe.run(document)"))


def serious_violations_in(page, selector):
    """Return the same of a part of a page, as of a widget in JupyterLab."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make browser does that (npm ci).")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return _serious(page.evaluate("(selector) => axe.run(selector)", selector))


def _serious(found):
    return [(one["id"], [node["html"][:120] for node in one["nodes"][:3]])
            for one in found["violations"] if one["impact"] in ("serious", "critical")]
