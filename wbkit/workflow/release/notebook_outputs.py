"""What the outputs of a notebook show of real people: rows, words, counts of a few."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from typing import Any

from nbformat import NotebookNode

from wbkit.coding.store.exchange import FOLDER
from wbkit.coding.store.reader import StoredCodings
from wbkit.errors import WbkitError
from wbkit.intake.processed import read_responses, read_texts
from wbkit.labels import label, words
from wbkit.messages import mark
from wbkit.study.source import Source
from wbkit.study.study import Study
from wbkit.table.kinds import KINDS
from wbkit.table.render import STYLE
from wbkit.workflow.release.file_texts import output_pieces, without_tags

STATE = "application/vnd.jupyter.widget-state+json"
ROWS, QUOTES, SMALL, WIDGET = (
    mark("rows of data"), mark("words of people"), mark("a count of a few people"),
    mark("what a widget held"))
ADVICE = {
    ROWS: mark("Show a Table of wbkit (frequency, crosstab …), no DataFrame."),
    QUOTES: mark("Do not show words of people in a notebook: save the Table with wb.save, and let "
                 "wbkit publish give it out."),
    SMALL: mark("Run the notebook again (wbkit notebooks): wbkit hides these counts."),
    WIDGET: mark("Save the notebook without the state of its widgets."),
}
RUN = 6  # words in a row that make a quotation
SHORT, FEW = 20, 3  # letters and words of an answer that is found whole
WORD = re.compile(r"\w+")
PANDAS = re.compile(
    r"^\[\d+ rows x \d+ columns\]|^(?:Name: .+, )?(?:Length: \d+, )?dtype: \w+|^Empty DataFrame",
    re.MULTILINE)
NUMBERED = re.compile(r"(?:^\d+ {2,}\S.*\n?){2,}", re.MULTILINE)  # the index of a DataFrame
RULE = re.compile(r"^-{2,}(?: {2}-{2,})*\s*$", re.MULTILINE)  # under the heads of a Table of ours
OUR_TABLE = f'<table style="{STYLE}">'
TABLE = re.compile(r"<table\b[^>]*>.*?</table>", re.DOTALL)
HEAD, ROW = re.compile(r'<th scope="col"[^>]*>(.*?)</th>'), re.compile(r"<tr>(.*?)</tr>")
CELL = re.compile(r"<t([dh])\b[^>]*>(.*?)</t[dh]>")
COUNT = re.compile(r"(\d{1,3})(?:$| (?:van|of|uit) \d| \(\d)")


def real_sources(study: Study) -> list[Source]:
    """Return the sources with answers of real people that were not published before."""
    return [one for one in study.sources.values() if not (one.synthetic or one.public)]


def shows_people(notebook: NotebookNode, study: Study) -> Iterator[tuple[int | None, str]]:
    """Yield the code cell and what of real people its output shows; None for the whole notebook.

    Gives keys of `ADVICE`, never the content.
    """
    real = real_sources(study)
    if not real:
        return
    if STATE in notebook.metadata.get("widgets", {}):
        yield None, WIDGET
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    quoted = _quoting(cells, study)
    for number, cell in enumerate(cells, 1):
        for kind in (ROWS, SMALL):
            found = _shows_rows if kind == ROWS else _shows_few
            if any(found(output, real) for output in cell.outputs):
                yield number, kind
        if number in quoted:
            yield number, QUOTES


def _shows_rows(output: Any, real: list[Source]) -> bool:
    """Whether an output is a DataFrame, or another table that is not ours."""
    data = output.get("data", {})
    html, text = data.get("text/html", ""), data.get("text/plain", "") + output.get("text", "")
    if html:
        return "<table" in html and OUR_TABLE not in html
    return bool(PANDAS.search(text)) or (not RULE.search(text) and bool(NUMBERED.search(text)))


def _shows_few(output: Any, real: list[Source]) -> bool:
    """Whether a Table of ours about real people holds a count that would be hidden now."""
    html = output.get("data", {}).get("text/html", "")
    about = [one for one in real if any(
        one.words(language) in without_tags(html) for language in ("nl", "en"))]
    least = max((one.minimum for one in about), default=1)
    return any(0 < n < least for table in TABLE.findall(html) for n in _counts(table))


def _counts(table: str) -> Iterator[int]:
    """Yield the numbers of units in a Table: those under such a heading, or "3 van 40"."""
    heads = [without_tags(one) for one in HEAD.findall(table)]
    if heads and heads[0] in words()["col_rule"].values():
        return  # rows of a file, no people
    for row in ROW.findall(table):
        for place, (__, cell) in enumerate(CELL.findall(row)):
            found = COUNT.match(without_tags(cell))
            counted = place < len(heads) and heads[place] in _count_heads()
            if found and (counted or found[0] != found[1]):
                yield int(found[1])


def _count_heads() -> set[str]:
    """Return the headings of numbers of units, in both languages."""
    names = {name for form in KINDS.values() for name, role in form.columns.items()
             if role in ("count", "base")}
    return {label(f"col_{name}", language) for name in names for language in ("nl", "en")
            if f"col_{name}" in words()}


def _quoting(cells: list[NotebookNode], study: Study) -> set[int]:
    """Return the numbers of the code cells whose output holds words of real people."""
    shown: dict[str, set[int]] = {}
    for number, cell in enumerate(cells, 1):
        texts = [piece.text for output in cell.outputs for piece in output_pieces(output, "")]
        for run in chain.from_iterable(map(_runs, texts)):
            shown.setdefault(run, set()).add(number)
    own = _words_of_study(study)
    for run in set(shown) & own:
        del shown[run]
    if not shown:
        return set()
    return set().union(*(shown[run] for text in people_texts(study)
                         for run in _to_find(text) if run in shown))


def _runs(text: str) -> Iterator[str]:
    """Yield every run of a few words, and of `RUN` words."""
    found = [word.casefold() for word in WORD.findall(text)]
    for length in range(FEW, RUN + 1):
        for start in range(len(found) - length + 1):
            yield " ".join(found[start:start + length])


def _to_find(text: str) -> Iterator[str]:
    """Yield what of an own text makes a quotation: runs of words, or a short answer as a whole."""
    found = [word.casefold() for word in WORD.findall(text)]
    if len(found) < RUN:
        whole = " ".join(found)
        if len(found) >= FEW and len(whole) >= SHORT:
            yield whole
        return
    for start in range(len(found) - RUN + 1):
        yield " ".join(found[start:start + RUN])


def _words_of_study(study: Study) -> set[str]:
    """Return the runs of words of study.toml and of guides: questions are no answers."""
    texts = [study.file.read_text(encoding="utf-8-sig")]
    for source in study.sources.values():
        guide = source.texts.guide if source.texts else None
        with suppress(OSError, UnicodeDecodeError):
            texts += [(study.folder / guide).read_text(encoding="utf-8-sig")] if guide else []
    book = study.folder / "codebook.toml"
    texts += [book.read_text(encoding="utf-8-sig")] if book.is_file() else []
    return set(chain.from_iterable(map(_runs, chain.from_iterable(
        text.splitlines() for text in texts))))


def people_texts(study: Study) -> Iterator[str]:
    """Yield what real people wrote and said, as far as it was prepared or coded."""
    for source in real_sources(study):
        with suppress(WbkitError, OSError):
            yield from _texts_of(study, source)
    store = StoredCodings(study.folder / FOLDER)
    if store.folder.is_dir():
        with suppress(WbkitError, OSError):
            for group in store.groups().values():
                if group.about["privacy"] not in ("synthetic", "public"):
                    yield from (one.text for one in group.texts.values())


def _texts_of(study: Study, source: Source) -> Iterable[str]:
    if source.holds_texts:
        return read_texts(study, source.name).texts["text"]
    found = read_responses(study, source.name)
    columns = [item.name if item.kind == "open" else item.text_column
               for item in found.source.items.values() if item.kind == "open" or item.other]
    return chain.from_iterable(
        found.data[name].dropna().astype(str) for name in columns if name in found.data)
