"""Chromium without a network, in which a page is opened as a reader would."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders.coded_texts import TURNS, made_study
from builders.lab import idle, open_notebook, run_cells, served, without_faults, write_notebook

from wbkit.study.study import RESULTS_VARIABLE

ROOT = Path(__file__).resolve().parents[2]
CELL = """import json
import wbkit as wb
from builders.coded_texts import answers, talk


def said(study):
    with open(study.folder.parent / "turns.json", encoding="utf-8") as file:
        return json.load(file)"""
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


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """Serve a folder by JupyterLab: the folder and its address."""
    folder = tmp_path_factory.mktemp("lab")
    path = os.pathsep.join(filter(None, [str(ROOT), str(ROOT / "tests"),
                                         os.environ.get("PYTHONPATH", "")]))
    with served(folder, tmp_path_factory.mktemp("settings"), PYTHONPATH=path) as address:
        yield folder, address


@pytest.fixture(scope="session")
def notebook(chromium, lab):
    """Open one notebook in JupyterLab, for all tests that put their cells in it."""
    folder, home = lab
    write_notebook(folder / "a.ipynb", CELL)
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.asked, page.faults, page.home = [], [], home
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    open_notebook(page, home, "a.ipynb", run=False)
    yield page
    context.close()


@pytest.fixture
def coder(lab, notebook):
    """Open TextCoder in the notebook; gives the page and the folder of a new study."""
    def open_coder(
        turns=TURNS, *, synthetic=True, after=(), texts="talk(study, said(study))", **about
    ):
        folder = lab[0] / f"study{len(list(lab[0].iterdir()))}"
        made_study(folder, synthetic=synthetic)
        (folder / "turns.json").write_text(json.dumps(turns), encoding="utf-8")
        more = "".join(f", {name}={value!r}" for name, value in about.items())
        run_cells(notebook, [
            f"study = wb.load_study({folder.name + '/data'!r}); texts = {texts}",
            f"coder = wb.TextCoder(study, texts, coder='anna'{more}); coder", *after])
        notebook.wait_for_selector(".wbk")
        if not after:
            idle(notebook)  # JupyterLab moves the focus when the last cell is done
        notebook.locator(".wbk").evaluate("(one) => one.scrollIntoView()")
        return notebook, folder

    with without_faults(notebook):
        yield open_coder
