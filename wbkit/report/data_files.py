"""Cleaned answers for another program: a file of SPSS, or a workbook with its codebook."""

import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from wbkit.data.responses import Responses
from wbkit.data.source_data import need
from wbkit.errors import DataError, DisclosureError
from wbkit.files import is_outside_git, new_workbook, write_whole
from wbkit.labels import label
from wbkit.messages import _
from wbkit.study.item import NOT_ASKED, Item
from wbkit.study.source import Source

PROCESSED = "processed"
RESERVED = frozenset(("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to",
                      "with"))  # no variable of SPSS has these names
LONGEST_NAME, LONGEST_LABEL, LONGEST_VALUE = 56, 120, 60  # letters; SPSS counts bytes
MISSING_FROM = 900  # codes of missing answers, and of 9 times the next power of ten
MEASURES = {"nominal": "nominal", "ordinal": "ordinal", "numeric": "scale", "multiple": "nominal",
            "ranking": "ordinal"}


@dataclass(frozen=True)
class Variable:
    """One column of the file.

    Parameters
    ----------
    name, words
        Its name, and what was asked.
    item
        The item that it belongs to.
    numbers
        A number for each unit; nan where there is no answer and no reason.
    values, missing
        Number = words: of answers, and of reasons why there is none.
    """

    name: str
    words: str
    item: Item
    numbers: np.ndarray
    values: dict[float, str] = field(default_factory=dict)
    missing: dict[float, str] = field(default_factory=dict)

    @property
    def cells(self) -> list[float | str]:
        """What stands in the workbook: words where a number has them."""
        known = self.values | self.missing
        return [known.get(one, "" if np.isnan(one) else float(one)) for one in self.numbers]


def export_data(responses: Responses, path: str | Path) -> None:
    """Write cleaned answers for another program.

    Open answers, identifiers and keys are left out. A multiple item becomes one variable of 0 and
    1 for each option, a ranking the place of each option. Rows of real people stay where they are:
    in ``data/processed``, which git does not keep and `wbkit publish` does not give out.

    Parameters
    ----------
    responses
        Answers; only the part that `where` marked is written.
    path
        ``.sav``: numbers with the words of questions and answers, and missing codes as
        user-missing values with theirs. ``.xlsx``: a sheet of answers in words, and a codebook.

    Raises
    ------
    DisclosureError
        If the source holds answers of real people, and the file would stand outside
        ``data/processed`` or be kept by git.
    DataError
        If the path ends otherwise.
    """
    need(responses, Responses, "export_data")
    source, file = responses.source, Path(path)
    if not (source.synthetic or source.public or _stays_inside(file, source)):
        raise DisclosureError(_(
            "{source}: holds answers of real {units}. A file with a row for each of them makes "
            "somebody recognisable, so it stays where git keeps nothing: give a path in "
            "{folder}. To share: save Tables and give wbkit publish, or share a twin with made-up "
            "data (wbkit twin).",
            source=source.name, units=source.told_units(2),
            folder=source.setting.folder / PROCESSED))
    writers = {".sav": _sav, ".xlsx": _workbook}
    if file.suffix.lower() not in writers:
        raise DataError(_(
            "export_data: {file!r} ends in {suffix!r}. Give a name that ends in .sav (SPSS) or "
            ".xlsx (Excel).",
            file=file.name, suffix=file.suffix))
    variables = list(_variables(responses))
    write_whole(file, writers[file.suffix.lower()](responses, variables))


def _stays_inside(file: Path, source: Source) -> bool:
    """Whether a file stands beside the cleaned answers, and git does not keep it."""
    folder = (source.setting.folder / PROCESSED).resolve()
    return file.resolve().parent == folder and is_outside_git(folder, [file.name])


def _variables(responses: Responses) -> Iterator[Variable]:
    taken: set[str] = set()
    rows = responses.marked.to_numpy()
    for item in responses.source.items.values():
        if item.kind == "open" or item.sensitivity == "identifier":
            continue
        columns = [item.name] if not item.several else [
            f"{item.name}:{value}" for value in item.categories]
        if set(columns) <= set(responses.data.columns):
            yield from _of_item(responses, item, rows, taken)


def _of_item(
    responses: Responses, item: Item, rows: np.ndarray, taken: set[str]
) -> Iterator[Variable]:
    """Make one variable of an item, or one for each of its options."""
    language = responses.source.language
    question, words = item.words(language), item.value_words(language)
    if not item.several:
        numbers, values = _numbers(responses, item, words)
        yield _with_missing(responses, Variable(
            _name(item.name, taken), question, item, numbers, values), rows)
        return
    ticks = {0.0: label("sheet_no", language), 1.0: label("sheet_yes", language)}
    answered = responses.state_codes(item)[0] == 0
    for place, value in enumerate(item.categories, start=1):
        column = responses.data[f"{item.name}:{value}"].to_numpy(float, na_value=np.nan)
        yield _with_missing(responses, Variable(
            _name(f"{item.name}_{place}", taken), f"{question}: {words.get(value, value)}", item,
            np.where(answered, column, np.nan), ticks if item.kind == "multiple" else {}), rows)


def _numbers(
    responses: Responses, item: Item, words: dict[str, str]
) -> tuple[np.ndarray, dict[float, str]]:
    """Return a number for each unit, and the words of each number of a closed item."""
    if item.kind == "numeric":
        return responses.data[item.name].to_numpy(float, na_value=np.nan), {}
    values = list(responses.values(item))
    places = pd.Index(values, dtype=object).get_indexer(responses.data[item.name].astype(object))
    numbers = np.where(places < 0, np.nan, places + 1.0)
    return numbers, {place + 1.0: words.get(one, one) for place, one in enumerate(values)}


def _with_missing(responses: Responses, made: Variable, rows: np.ndarray) -> Variable:
    """Give each reason why an answer is absent a number of its own, above all answers."""
    item, language = made.item, responses.source.language
    found, states = responses.state_codes(item)
    top = max([*made.values, *made.numbers[~np.isnan(made.numbers)], 0])
    first = MISSING_FROM if top < MISSING_FROM else 9 * 10 ** len(str(int(top)))
    known = item.value_words(language) | {NOT_ASKED: label("not_asked", language)}
    reasons = [*responses.codes(item), *[NOT_ASKED] * (states.index(NOT_ASKED) in found)]
    codes = {one: float(first + place) for place, one in enumerate(reasons)}
    numbers = made.numbers.copy()
    for one, code in codes.items():
        numbers[found == states.index(one)] = code
    missing = {code: known.get(one, one) for one, code in codes.items()}
    return Variable(made.name, made.words, item, numbers[rows], made.values, missing)


def _name(wanted: str, taken: set[str]) -> str:
    """Return a name that SPSS takes and that no variable has yet."""
    name = wanted[:LONGEST_NAME].rstrip("_")
    name = f"{name}_v" if name in RESERVED else name
    tried = (f"{name}_{number}" for number in range(2, len(taken) + 3))
    name = name if name not in taken else next(one for one in tried if one not in taken)
    taken.add(name)
    return name


def _sav(responses: Responses, variables: list[Variable]) -> bytes:
    """Return a file of SPSS."""
    import pyreadstat  # noqa: PLC0415 - only a file of SPSS needs it

    with tempfile.TemporaryDirectory() as folder:  # pyreadstat writes to a path only
        file = Path(folder) / "data.sav"
        pyreadstat.write_sav(
            pd.DataFrame({one.name: one.numbers for one in variables}), str(file),
            file_label=_cut(responses.source.words(), LONGEST_VALUE),
            column_labels={one.name: _cut(one.words, LONGEST_LABEL) for one in variables},
            variable_value_labels={one.name: {
                number: _cut(words, LONGEST_VALUE)
                for number, words in (one.values | one.missing).items()} for one in variables},
            missing_ranges={one.name: [{"lo": min(one.missing), "hi": max(one.missing)}]
                            for one in variables if one.missing},
            variable_measure={one.name: MEASURES[one.item.kind] for one in variables},
        )
        return file.read_bytes()


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[:longest - 1]}…"


def _workbook(responses: Responses, variables: list[Variable]) -> bytes:
    """Return a workbook of two sheets: answers in words, and what every column means."""
    language = responses.source.language
    stream = io.BytesIO()
    with new_workbook(stream, title=responses.source.words()) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        data = book.add_worksheet(label("export_data", language))
        for column, one in enumerate(variables):
            data.write_string(0, column, one.name, head)
            for row, cell in enumerate(one.cells, start=1):
                if cell != "":
                    data.write(row, column, cell)
        about = book.add_worksheet(label("export_codebook", language))
        keys = ("sheet_name", "sheet_label", "sheet_kind", "sheet_values", "sheet_missing")
        for column, key in enumerate(keys):
            about.write_string(0, column, label(key, language), head)
        for row, one in enumerate(variables, start=1):
            for column, words in enumerate(_about(one, language)):
                about.write_string(row, column, words)
    return stream.getvalue()


def _about(variable: Variable, language: str) -> tuple[str, ...]:
    """Return the line of a variable in the codebook."""
    return (variable.name, variable.words, label(f"kind_{variable.item.kind}", language),
            "\n".join(variable.values.values()), "\n".join(variable.missing.values()))
