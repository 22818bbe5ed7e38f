"""Take the pictures of the widgets that the docs show, in docs/images/screens.

Needs Chromium, as `make browser` does, and data/processed (`wbkit prepare`). The texts are those
of the example and of the tests: all of them are made up.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from builders.lab import idle, open_notebook, saved, served, write_notebook  # noqa: E402
from builders.review_sheets import make_private_study  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

SCREENS = ROOT / "docs" / "images" / "screens"
COLOURS = 64
CODER = """book = wb.load_codebook("example/codebook.toml")
wb.TextCoder(study, wb.read_texts(study, "worldcafe"), coder="anke", codes=book.of("themas12"))"""
REVIEW = """book = wb.load_codebook("example/codebook.toml")
wb.CodingReview(study, wb.read_texts(study, "leaders"), codes=book.of("themas12"))"""
SHOTS = {  # name: study, cell, keys that are pressed
    "text_coder": ("example", CODER, ()),
    "coding_review": ("example", REVIEW, ("n", "j", "n", "x", "n", "2", "n")),
    "pseudonym_desk": ("names/data", "wb.PseudonymDesk(study)",
                       ("n", "v", "n", "v", "n", "l", "n")),
}


def main() -> None:
    """Take each picture."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp())
    shutil.copytree(ROOT / "data", place / "example")
    make_private_study(place / "names")
    for name, (study, cell, _) in SHOTS.items():
        write_notebook(place / f"{name}.ipynb",
                       f'import wbkit as wb\nstudy = wb.load_study("{study}")\n{cell}')
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    with served(place, Path(tempfile.mkdtemp()), PYTHONPATH=path,
                WBKIT_CONFIG=str(place / "config")) as address, sync_playwright() as runner:
        browser = runner.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1500, "height": 980}, locale="nl-NL")
        for name, (*_, keys) in SHOTS.items():
            take(page, address, name, keys)
        browser.close()
    shutil.rmtree(place)


def take(page: Page, address: str, name: str, keys: tuple[str, ...]) -> None:
    """Open a notebook, press keys in its widget, and keep a picture of it."""
    open_notebook(page, address, f"{name}.ipynb")
    page.wait_for_selector(".wbk")
    idle(page)
    widget = page.locator(".wbk")
    widget.evaluate("(one) => one.scrollIntoView()")
    if keys:
        page.locator(".wbk-text").focus()
    for key in keys:
        page.keyboard.press(key)
    saved(page)
    target = SCREENS / f"{name}.png"
    widget.screenshot(path=target)
    with Image.open(target) as picture:
        picture.convert("RGB").quantize(COLOURS).save(target, optimize=True)


if __name__ == "__main__":
    main()
