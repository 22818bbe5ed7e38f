"""Options of one question that an export puts in columns of their own, joined in one cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wbkit.errors import DataError
from wbkit.intake.sheet import Hint
from wbkit.study.item import Item
from wbkit.text.normalise import cut, listed

SEPARATOR = ";"  # as Microsoft Forms joins them
TICKED = {"y", "yes", "ja", "1", "true", "x", "checked", "selected", "gekozen"}
NOT_TICKED = {"", "n", "no", "nee", "0", "false", "n/a", "unchecked", "not selected",
              "niet gekozen"}
OTHER_CODE = "-oth-"  # LimeSurvey, in the column of the question itself


@dataclass(frozen=True)
class Part:
    """One column of an export in which a question can have several.

    Parameters
    ----------
    heading
        Its name when it stands alone.
    question
        The name of the question that it is a part of.
    cells
        Text.
    label, question_label
        Words of the column and of the question; empty when the export has none.
    option
        The option that this column is about; empty for the question itself.
    own_words
        Whether it holds what was typed behind that option.
    several
        Whether each cell holds several options already.
    """

    heading: str
    question: str
    cells: Sequence[str]
    label: str = ""
    question_label: str = ""
    option: str = ""
    own_words: bool = False
    several: bool = False


@dataclass(frozen=True)
class Merged:
    """Columns after joining: heading, cells, and what the file says about them."""

    heading: str
    cells: Sequence[str]
    hint: Hint


def merge(parts: Iterable[Part], items: Mapping[str, Item], where: str) -> list[Merged]:
    """Join the ticked options of each question, and put own words behind their option.

    Parameters
    ----------
    parts
        The columns of the file.
    items
        Heading = item, for the items that the study has.
    where
        Words for the file in a message.

    Returns
    -------
    list of Merged
        In the order of the file.

    Raises
    ------
    DataError
        If a column of a multiple question holds something else than a tick.
    """
    groups: dict[str, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.question, []).append(part)
    return [column for group in groups.values() for column in _columns(group, items, where)]


def is_tick(cell: str, option: str) -> bool:
    """Whether a cell says that this option was ticked.

    Parameters
    ----------
    cell
        Text of the cell.
    option
        Words of the option.

    Returns
    -------
    bool
        True for Y, Ja, 1 and the like, and for the option itself.
    """
    return cell.strip().casefold() in TICKED or (bool(cell.strip()) and cell.strip() == option)


def _columns(group: list[Part], items: Mapping[str, Item], where: str) -> list[Merged]:
    options = [part for part in group if part.option and not part.own_words]
    texts = [part for part in group if part.own_words]
    selves = [part for part in group if not part.option and not part.own_words]
    apart = any(part.heading in items for part in (*options, *texts))
    if not selves and _are_ticks(options, items, apart=apart):
        return [_ticks(options, texts, where)]
    if len(selves) == 1 and len(texts) == 1 and not options and not apart:
        return [_with_own_words(selves[0], texts[0])]
    return [Merged(part.heading, part.cells, Hint(part.label, multiple=part.several))
            for part in group]


def _are_ticks(options: list[Part], items: Mapping[str, Item], *, apart: bool) -> bool:
    """Say whether columns are options: as the study says, else by what stands in them."""
    if not options or apart:
        return False
    known = items.get(options[0].question)
    if known is not None:
        return known.kind == "multiple"
    found = [{cell.strip() for cell in part.cells} for part in options]
    plain = all(is_tick(cell, part.option) or cell.casefold() in NOT_TICKED
                for part, cells in zip(options, found, strict=True) for cell in cells)
    return plain and len(options) > 1 and any(cells - {""} for cells in found)


def _ticks(options: list[Part], texts: list[Part], where: str) -> Merged:
    """Join the ticked options of one question."""
    _check_ticks(options, where)
    names = [_clean(part.option) for part in options]
    written = {_clean(part.option): part.cells for part in texts}
    rows = range(len(options[0].cells))
    cells = [SEPARATOR.join(_row(names, options, written, row)) for row in rows]
    closed = tuple(name for name in names if name not in written)
    hint = Hint(options[0].question_label, closed, other=next(iter(written), ""), multiple=True)
    return Merged(options[0].question, cells, hint)


def _row(
    names: list[str], options: list[Part], written: Mapping[str, Sequence[str]], row: int
) -> list[str]:
    ticked = [name for name, part in zip(names, options, strict=True)
              if is_tick(part.cells[row], part.option)]
    own = {name: _clean(cells[row]) for name, cells in written.items() if cells[row].strip()}
    return [*(name for name in ticked if name not in own),
            *(f"{_bare(name)}: {text}" for name, text in own.items())]


def _check_ticks(options: list[Part], where: str) -> None:
    strange = [f"{cut(part.heading)!r} ({count} cells)" for part in options
               if (count := sum(not is_tick(cell, part.option)
                                and cell.strip().casefold() not in NOT_TICKED
                                for cell in part.cells))]
    if strange:
        raise DataError(
            f"{where}: {listed(strange)} should say for each row whether the option was ticked "
            "(Y, Ja, 1, the option itself, or nothing), and hold something else. Give each of "
            "these columns an item of its own in study.toml, or export the file again."
        )


def _with_own_words(question: Part, text: Part) -> Merged:
    """Put what was typed behind an option in the cell of the question."""
    name = _clean(text.option)
    cells = [_own(cell, typed.strip(), name)
             for cell, typed in zip(question.cells, text.cells, strict=True)]
    return Merged(question.heading, cells, Hint(question.label, other=name))


def _own(cell: str, typed: str, name: str) -> str:
    if typed:
        return f"{_bare(name)}: {typed}"
    return name if cell.strip() == OTHER_CODE else cell


def _bare(name: str) -> str:
    return name.rstrip(" :.…_")


def _clean(text: str) -> str:
    """Write an option without the mark that stands between options."""
    return text.replace(SEPARATOR, ",").strip()
