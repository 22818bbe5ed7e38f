"""Chromium without a network, in which a page is opened as a reader would."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wbkit.study.study import RESULTS_VARIABLE

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage")


@pytest.fixture(scope="session")
def results(request):
    """Give the results of the example study, made apart from results/."""
    folder = request.config.rootpath / ".pytest_cache" / "browser"
    made = subprocess.run(
        [sys.executable, "-m", "wbkit", "run"], cwd=request.config.rootpath, text=True,
        capture_output=True, env={**os.environ, RESULTS_VARIABLE: str(folder)})
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="session")
def chromium():
    """Start the Chromium of this machine; playwright never fetches one of its own."""
    playwright = pytest.importorskip("playwright.sync_api")
    found = os.environ.get("WBKIT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("There is no Chromium here: apt install chromium, or name it in "
                    "WBKIT_CHROMIUM.")
    with playwright.sync_playwright() as runner:
        browser = runner.chromium.launch(
            executable_path=found, headless=True, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Open a file at a width; every other address is refused, and noted in `page.asked`."""
    contexts = []

    def open_at(file, *, width=1280, height=900):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="nl-NL", offline=True)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.faults = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(Path(file).resolve().as_uri())
        return page

    yield open_at
    for context in contexts:
        context.close()
