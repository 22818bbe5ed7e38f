"""One house style for every page: as a typst preamble and as CSS, with contrast checked."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from wbkit.errors import StudyError
from wbkit.messages import _, number
from wbkit.report.style import (
    COUNT,
    FONT,
    GOOD,
    HALF,
    INK,
    LEGIBLE,
    MARK,
    NONE,
    PAPER,
    REST,
    RULE,
    SOFT,
    TRACK,
    contrast,
    font_faces,
)
from wbkit.study.house_style import HouseStyle
from wbkit.study.study import Study

VISIBLE = 3.0  # WCAG 2.2, 1.4.11: contrast of a shape
APART = 90  # of the 765 steps between black and white
FALLBACK = "DejaVu Sans"  # comes with matplotlib; has the letters and signs that FONT lacks
SCALE = {"kicker": 9, "title": 21, "sub": 10.5, "heading": 11.5, "body": 9.5, "small": 8.25}
PAGE = Path(__file__).with_name("template") / "page.typ"
CSS = PAGE.with_name("page.css")


@dataclass(frozen=True)
class PageStyle:
    """Colours, name and logo of one school, as pages use them.

    Parameters
    ----------
    school
        The name that stands on a page, empty where there is none.
    language
        ``nl`` or ``en``.
    colours
        Meaning = colour. ``count`` and ``mark`` are those of the school; letters in them are
        ``count_ink`` and ``mark_ink``, which are always legible on white.
    logo, logo_type
        The bytes of the logo and its ending, such as ``.svg``; empty without one.
    template
        The Word file with the styles of the school.
    """

    school: str
    language: str
    colours: Mapping[str, str]
    logo: bytes = b""
    logo_type: str = ""
    template: Path | None = None

    @property
    def logo_file(self) -> str:
        """The name of the logo among the files of a typst page, empty without one."""
        return f"logo{self.logo_type}" if self.logo else ""

    def typst(self) -> str:
        """Return the preamble of a typst page.

        Gives a name to each colour (``count-ink``), ``scale(k)`` with the sizes of letters,
        ``logo-file``, ``school``, and ``house(body)``, which sets font, language and paragraphs.
        """
        tokens = [f'#let {name.replace("_", "-")} = rgb("{colour}")'
                  for name, colour in self.colours.items()]
        sizes = ", ".join(f"{name}: {size}pt * k" for name, size in SCALE.items())
        region = {"nl": "nl", "en": "gb"}[self.language]
        return "\n".join([
            *tokens, f"#let scale(k) = ({sizes})",
            f'#let house-fonts = ("{FONT}", "{FALLBACK}")',
            f"#let school = {_quoted(self.school)}", f"#let logo-file = {_quoted(self.logo_file)}",
            f'#let house-language = "{self.language}"', f'#let house-region = "{region}"',
            PAGE.read_text(encoding="utf-8")])

    def css(self) -> str:
        """Return the style of an HTML page, with its font inside; nothing is asked from outside."""
        tokens = "".join(f"--{name.replace('_', '-')}:{colour};"
                         for name, colour in self.colours.items())
        return f"{font_faces()}\n:root{{{tokens}}}\n{CSS.read_text(encoding='utf-8')}"


def page_style(study: Study) -> PageStyle:
    """Take the house style out of study.toml, and refuse colours that cannot be seen.

    Parameters
    ----------
    study
        The study; its ``[house]`` may be empty.

    Returns
    -------
    PageStyle
        The colours of the school where it gives them, and those of wbkit.

    Raises
    ------
    StudyError
        If a colour has a contrast under 3 on white paper, if the two are nearly the same, or if
        the logo or the template is not there.
    """
    house = study.house
    own = {"colour": house.colour or COUNT, "highlight": house.highlight or MARK}
    for key, colour in own.items():
        _require_visible(study, key, colour.lower())
    _require_apart(study, own)
    count, mark = own["colour"].lower(), own["highlight"].lower()
    colours = {
        "paper": PAPER, "ink": INK, "soft": SOFT, "rule": RULE, "wash": TRACK, "rest": REST,
        "count": count, "count_ink": _legible(count), "mark": mark, "mark_ink": _legible(mark),
        "good": GOOD, "half": HALF, "none_at_all": NONE}
    logo = _file(study, house, "logo")
    return PageStyle(
        house.school or "", study.language, colours, logo.read_bytes() if logo else b"",
        logo.suffix.lower() if logo else "", _file(study, house, "template"))


def _legible(colour: str) -> str:
    """Return the colour for letters: itself, or ink where it is too light to be read."""
    return colour if contrast(colour, PAPER) >= LEGIBLE else INK


def _require_visible(study: Study, key: str, colour: str) -> None:
    found = contrast(colour, PAPER)
    if found < VISIBLE:
        raise StudyError(_(
            "{file}, house.{key}: {colour} has a contrast of {found} with white paper, and a bar "
            "is seen well from {least} on. Give a darker colour of the school, or leave {key} out.",
            file=study.file.name, key=key, colour=colour,
            found=number(found, study.language, decimals=1),
            least=number(VISIBLE, study.language, decimals=0)))


def _require_apart(study: Study, own: Mapping[str, str]) -> None:
    parts = [[int(colour[place:place + 2], 16) for place in (1, 3, 5)] for colour in own.values()]
    if sum(abs(one - other) for one, other in zip(*parts, strict=True)) < APART:
        raise StudyError(_(
            "{file}, house: colour {colour} and highlight {highlight} look the same, so nobody "
            "sees what stands out. Give another highlight, or leave it out.",
            file=study.file.name, **own))


def _file(study: Study, house: HouseStyle, key: str) -> Path | None:
    name = getattr(house, key)
    if name is None:
        return None
    file = study.folder / name
    if not file.is_file():
        raise StudyError(_(
            "{file}, house.{key}: there is no file {name} in {folder}. Put it there, or leave "
            "{key} out.",
            file=study.file.name, key=key, name=name, folder=study.folder))
    return file


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def logo_html(style: PageStyle) -> str:
    """Return the logo as an HTML picture that needs no file, empty without one."""
    return f'<img class="logo" src="{data_address(style.logo, style.logo_type)}" alt="' \
           f'{escape(style.school)}">' if style.logo else ""


def data_address(content: bytes, ending: str) -> str:
    """Return a picture as an address that holds the picture itself."""
    kind = {".svg": "svg+xml", ".jpg": "jpeg"}.get(ending, ending.removeprefix("."))
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
