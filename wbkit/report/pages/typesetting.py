"""Pages set by typst: tagged PDF that a screen reader follows, the same bytes on every machine."""

import re
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import matplotlib
from matplotlib.ft2font import FT2Font

from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.report.style import FONTS

MAIN = "main.typ"
STANDARD = "ua-1"  # ISO 14289-1: a PDF that everybody can read
FALLBACK_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
USED = ("PublicSans_400Regular.ttf", "DejaVuSans.ttf")
UNKNOWN = "\N{WHITE SQUARE}"  # where no font has a sign
KEPT = frozenset("\n\t")
APOSTROPHE = re.compile(r"(?<!\w)['‘’]([stnmk])(?=\s)\s", re.IGNORECASE)  # 's avonds, 't, 'n


def typeset(
    text: str, files: Mapping[str, bytes] | None = None, *,
    form: Literal["pdf", "png", "svg"] = "pdf", ppi: int = 144,
) -> list[bytes]:
    """Set a page in typst.

    No font of the machine, no package and no clock is used, so the same text gives the same
    bytes everywhere. A PDF follows PDF/UA-1: a picture without alternative text is refused.

    Parameters
    ----------
    text
        The page in typst, with its preamble (`PageStyle.typst`).
    files
        Name = content, of what the page reads: pictures, json.
    form
        ``pdf``, ``png`` or ``svg``.
    ppi
        Dots per inch of a png.

    Returns
    -------
    list of bytes
        One file for a PDF; one for each page of a png or svg.

    Raises
    ------
    DataError
        If typst is not installed, or the page cannot be set; each warning counts as a fault.
    """
    typst = load_typst()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in {MAIN: text.encode(), **(files or {})}.items():
            (Path(folder) / name).write_bytes(content)
        standard = {"pdf_standards": STANDARD} if form == "pdf" else {"ppi": ppi}
        try:
            made, warnings = typst.compile_with_warnings(
                Path(folder) / MAIN, root=folder, font_paths=[FONTS, FALLBACK_FONTS],
                ignore_system_fonts=True, format=form, timestamp=0, **standard)
        except typst.TypstError as fault:
            raise DataError(_unset(fault.message, fault.hints)) from None
    if warnings:
        raise DataError(_unset(warnings[0].message, warnings[0].hints))
    return made if isinstance(made, list) else [made]


def load_typst() -> Any:
    """Return the typst package; refuses in words where it is not installed."""
    try:
        import typst  # noqa: PLC0415 - an extra of 84 MB
    except ImportError:
        raise DataError(_(
            "A PDF is made by typst, which is not installed here. Give pip install "
            "\"wbkit[pages]\", or ask for docx or html instead.")) from None
    return typst


def _unset(message: str, hints: list[str]) -> str:
    return _(
        "A page could not be set: {message}. Look at the labels and pictures of this page; where "
        "they are in order, this is a fault of wbkit.",
        message="; ".join([message, *hints]))


def printable(words: str) -> str:
    """Return words of which the fonts of a page have every sign.

    An emoji or Chinese sign becomes □. A short word with an apostrophe stays with what follows
    it: no line ends after 's.
    """
    known = _signs()
    kept = "".join(sign if ord(sign) in known or sign in KEPT else UNKNOWN for sign in words)
    return APOSTROPHE.sub("’\\1\N{NO-BREAK SPACE}", kept)


@cache
def _signs() -> frozenset[int]:
    """Return the signs of the two fonts."""
    files = (FONTS / USED[0], FALLBACK_FONTS / USED[1])
    return frozenset(code for file in files for code in FT2Font(str(file)).get_charmap())
