"""An infographic: one page about one subject, as PDF that everybody can read and as picture."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wbkit.errors import DataError
from wbkit.labels import label
from wbkit.messages import _
from wbkit.report.infographics import blocks, grids
from wbkit.report.infographics.blocks import Content, Made
from wbkit.report.infographics.sheets import INFOGRAPHICS, Block, Sheet, load_sheets
from wbkit.report.pages.page_style import PageStyle, page_style
from wbkit.report.pages.typesetting import printable, typeset
from wbkit.study.source import Source
from wbkit.study.study import Study
from wbkit.table.table import Table

PAGE = Path(__file__).with_name("template") / "infographic.typ"
SMALLEST, STEP = 1.0, 0.04  # of letters; smaller ones are not read on paper
ROUGH, SHARP = 18, 144  # dots per inch: to count pages, and to look at
WHOLE = 1.001  # of the width; three times a third is a little more or less than one
MOST_NAMED = 3  # Tables in the foot
BUILD: Mapping[str, Callable[[Block, Made], Content]] = {
    "compare": grids.compare, "teams": grids.teams, "team_columns": grids.team_columns,
    "spread": grids.spread, "pair": grids.pair, "voices": grids.voices, "stacks": blocks.stacks,
    "people": blocks.people, "quotes": blocks.quotes, "text": blocks.text, "ask": blocks.ask,
    "boxes": blocks.ask,
}


@dataclass(frozen=True, repr=False)
class Infographic:
    """A page that can be handed round.

    Parameters
    ----------
    name, title
        Its name in infographics.toml, and what it says.
    tables
        Names of the Tables on which it rests.
    code
        Six digits that stand on the page and beside the names of its Tables.
    pdf
        The page as tagged PDF.
    png
        The page as picture; more than one where it did not fit on one sheet.
    """

    name: str
    title: str
    tables: tuple[str, ...]
    code: str
    pdf: bytes
    png: tuple[bytes, ...]

    @property
    def files(self) -> dict[str, bytes]:
        """The content of each file, by its name."""
        pictures = {f"{self.name}{f'-{at}' if at > 1 else ''}.png": content
                    for at, content in enumerate(self.png, 1)}
        return {f"{self.name}.pdf": self.pdf, **pictures}

    def _repr_png_(self) -> bytes:
        return self.png[0]

    def __repr__(self) -> str:
        return f"{self.title} ({self.code}: {', '.join(self.tables)})"


def infographic(
    name: str, tables: Mapping[str, Table], *, study: Study, team: str | None = None,
) -> Infographic:
    """Make one page of Tables, as data/infographics.toml describes it.

    Parameters
    ----------
    name
        A name in data/infographics.toml.
    tables
        Tables by the name under which they are saved.
    study
        The study: its words, its language and its house style.
    team
        For a page of one team: its id.

    Returns
    -------
    Infographic
        The page as PDF (PDF/UA-1) and as picture. Every number on it stands in one of `tables`,
        or is the number of teams that gave an answer in one of them.

    Raises
    ------
    DataError
        If there is no such page, a Table that it needs was not saved, a slot asks for what its
        Table does not give, the team did not take part, or typst is not installed.
    StudyError
        If infographics.toml is not in order.
    """
    sheets = load_sheets(study)
    if name not in sheets:
        raise DataError(_(
            "{file}: there is no page {name!r}. The pages are {names}. Use one of these.",
            file=INFOGRAPHICS, name=name, names=", ".join(sheets) or _("none")))
    sheet = sheets[name]
    made = Made(name, tables, study.language, team or "")
    _require_team(sheet, made)
    style = page_style(study)
    content = page_content(sheet, made, _sources(sheet, tables))
    pdf, png = _fitted(content, style, sheet.size)
    shown = f"{name}_{_file_name(team)}" if team else name
    return Infographic(shown, content["title"], sheet.tables, content["own"], pdf, png)


def _file_name(words: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in words.lower())


def _require_team(sheet: Sheet, made: Made) -> None:
    """Refuse a page of a team without a team, or of one that did not answer."""
    names = next((grids.roster(shown) for name in sheet.tables
                  if (shown := made.table(name)).kind == "answers"), [])
    if sheet.team and made.team not in names:
        raise DataError(_(
            "{place}: {team!r} is no team that answered. The teams are {teams}. Use one of these.",
            place=made.place, team=made.team, teams=", ".join(names)))


def page_content(sheet: Sheet, made: Made, sources: list[Source]) -> Content:
    """Return all words and numbers of a page, as its template reads them."""
    own = _code(sheet, made)
    kicker = made.words(sheet.kicker)
    return _printable({
        "k": sheet.size, "paper": sheet.paper, "flipped": sheet.paper == "a3",
        "kicker": f"{sheet.number}   {kicker}" if sheet.number else kicker,
        "made_up": made.say("made_up") if _made_up(sources) else "",
        "title": made.words(sheet.title), "sub": made.words(sheet.sub),
        "author": ", ".join(dict.fromkeys(one.words(made.language) for one in sources)),
        "foot": _foot(sheet, made, sources), "code": _named(sheet, made, own), "own": own,
        "parts": _parts(sheet, made)})


def _parts(sheet: Sheet, made: Made) -> list[list[Content]]:
    """Return the parts by row: those that name a part of the width share one."""
    rows: list[list[Content]] = []
    used = 1.0
    for block in sheet.blocks:
        content = BUILD[block.form](block, made)
        if used + block.part > WHOLE:
            rows.append([])
            used = 0
        rows[-1].append(content)
        used += block.part
        legend = grids.key(block, made)
        if legend:
            rows.append([legend])
            used = 1.0
    return rows


def _code(sheet: Sheet, made: Made) -> str:
    """Return six digits that change with the Tables of a page."""
    prints = [made.tables[name].fingerprint for name in sheet.tables if name in made.tables]
    return hashlib.sha256("\n".join([*prints, made.team]).encode()).hexdigest()[:6]


def _named(sheet: Sheet, made: Made, code: str) -> str:
    names = list(sheet.tables)
    more = [f"+{len(names) - MOST_NAMED}"] if len(names) > MOST_NAMED else []
    return label("graphic_code", made.language, code=code,
                 names=" · ".join([*names[:MOST_NAMED], *more]))


def _sources(sheet: Sheet, tables: Mapping[str, Table]) -> list[Source]:
    found = {one.name: one for name in sheet.tables if name in tables
             for one in tables[name].data_sets}
    return list(found.values())


def _made_up(sources: list[Source]) -> bool:
    return bool(sources) and all(one.synthetic for one in sources)


def _foot(sheet: Sheet, made: Made, sources: list[Source]) -> str:
    """Return where the numbers come from and what they do not tell, in one paragraph."""
    language = made.language
    names = "; ".join(one.words(language) for one in sources)
    kinds = {one.design.kind for one in sources if one.design}
    lines = [label("source", language, names=names)]
    lines += [made.say("no_sample")] if "convenience" in kinds else []
    lines += [made.words(sheet.limit)]
    lines += [label("overview_all_synthetic", language)] \
        if _made_up(sources) else []
    return " ".join(filter(None, lines))


def _printable(value: Any) -> Any:
    """Return content with only signs that the font has."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(part) for key, part in value.items()}
    return [_printable(part) for part in value] if isinstance(value, list) else value


# Fit on one sheet


def _fitted(content: Content, style: PageStyle, size: float) -> tuple[bytes, tuple[bytes, ...]]:
    """Set the page with the largest letters with which it fits on one sheet."""
    sizes = [size - STEP * at for at in range(round((size - SMALLEST) / STEP) + 1)]
    low, high = 0, len(sizes) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(content, style, sizes[middle]) else (middle + 1, high)
    files = _files({**content, "k": sizes[low]}, style)
    text = _text(style)
    return typeset(text, files)[0], tuple(typeset(text, files, form="png", ppi=SHARP))


def fits(content: Content, style: PageStyle, size: float) -> bool:
    """Whether a page is one sheet with letters of this size."""
    pages = typeset(_text(style), _files({**content, "k": size}, style), form="png", ppi=ROUGH)
    return len(pages) == 1


def _text(style: PageStyle) -> str:
    return f"{style.typst()}\n{PAGE.read_text(encoding='utf-8')}"


def _files(content: Content, style: PageStyle) -> dict[str, bytes]:
    logo = {style.logo_file: style.logo} if style.logo else {}
    return {"content.json": json.dumps(content, ensure_ascii=False).encode(), **logo}
