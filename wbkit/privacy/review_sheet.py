"""The review sheet: an Excel file in which a person decides, a word a row and a text a row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from wbkit.data.consent import Consent, withdrawn_names
from wbkit.errors import DataError
from wbkit.files import new_workbook, read_regular, write_whole
from wbkit.labels import label
from wbkit.messages import LANGUAGES, _
from wbkit.privacy.private_folder import SHEET, read_names
from wbkit.privacy.pseudonyms import name_parts
from wbkit.privacy.review import (
    CHOICES,
    KEEP,
    REPLACE,
    Decision,
    Proposal,
    Review,
)
from wbkit.text.identifying import KINDS, KnownNames, key_of

WORD_COLUMNS = ("word", "kind", "n", "texts", "example", "proposed", "decision", "own", "reason")
WIDTHS = (24, 16, 8, 8, 90, 26, 24, 26, 26)
TEXT_COLUMNS = ("text", "words", "undecided", "read", "hash")
TEXT_WIDTHS = (40, 12, 12, 16, 16)
NEEDED = (("word", "kind", "decision", "own"), ("text", "read", "hash"))  # of words, of texts
DIGITS = 12  # of the hash of a text
SPARE = 200  # rows below the last word in which a person can add one


@dataclass(frozen=True)
class Text:
    """A text, or the answers to an open item, on the sheet."""

    name: str
    words: int
    undecided: int
    sha256: str


def read_review(
    folder: Path, *, consents: Iterable[Consent] = (), shown: str = ""
) -> Review:
    """Read the decisions of the review sheet, with the list of names and who withdrew."""
    file = folder / SHEET
    words, texts = _read_rows(file) if file.is_file() else ((), ())
    decisions = {number: _decision(number, row) for number, row in enumerate(words, 2)
                 if row["word"]}
    names, gone = read_names(folder), withdrawn_names(consents)
    _refuse_real_names(decisions, names | KnownNames.of(gone))
    _refuse_shared_names(decisions, names)
    read = {row["text"]: row["hash"] for row in texts if row["text"] and _is_yes(row["read"])}
    return Review(tuple(decisions.values()), read, names, gone, shown or SHEET)


def _refuse_real_names(decisions: Mapping[int, Decision], names: KnownNames) -> None:
    """Refuse a pseudonym of a person's own that is the name of somebody real."""
    for number, one in decisions.items():
        if one.pseudonym and names.hits(one.pseudonym):
            raise DataError(_(
                "{file}, row {number}: under {column!r} stands a name of names.csv or "
                "consent.csv, so a real name would come in the place of a real name. Write "
                "another one, or leave it empty.",
                file=SHEET, number=number, column=label("review_col_own", "nl")))


def _refuse_shared_names(decisions: Mapping[int, Decision], names: KnownNames) -> None:
    """Refuse a pseudonym that two people get; a word in small letters ("docent") is no name."""
    listed = [_words_of(name) for name in names.names]
    given: dict[str, dict[int, frozenset[str]]] = {}
    for number, one in decisions.items():
        is_name = any(sign.isupper() or sign.isdigit() for sign in one.pseudonym)
        if is_name and one.kind in ("", "NAAM") and one.choice != KEEP:
            given.setdefault(key_of(one.pseudonym), {})[number] = _words_of(one.word)
    for rows in given.values():
        every = frozenset().union(*rows.values())
        if not any(every <= whole for whole in (*rows.values(), *listed)):
            raise DataError(_(
                "{file}, rows {rows}: different people get the same name under {column!r}. Give "
                "each another one, or a word in small letters, such as docent. Is it one person? "
                "Write these words together on one line of names.csv.",
                file=SHEET, rows=", ".join(map(str, rows)), column=label("review_col_own", "nl")))


def _words_of(name: str) -> frozenset[str]:
    """Return the words of a name without title, initials and particles."""
    return frozenset(" ".join(name_parts(name)[1:]).split())


def _read_rows(file: Path) -> list[list[dict[str, str]]]:
    """Return the rows of words and those of texts, each with the id of its column = cell."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(read_regular(file)))
        sheets = [book.get_sheet_by_index(at).to_python(skip_empty_area=False) for at in (0, 1)]
    except (CalamineError, IndexError, OSError, ValueError):
        raise DataError(_(
            "{file}: is not the review sheet that wbkit wrote: it has a sheet of words and one of "
            "texts. Put back a copy, or remove it and give wbkit pseudonymise.",
            file=file.name)) from None
    rows = []
    for at, (cells, columns) in enumerate(zip(sheets, NEEDED, strict=True)):
        places = _places(cells[0] if cells else (), book.sheet_names[at], columns)
        rows.append([{one: str(row[place]).strip() for one, place in places.items()}
                     for row in cells[1:]])
    return rows


def _places(heading: Sequence[object], sheet: str, columns: Iterable[str]) -> dict[str, int]:
    """Return where each column stands, by its heading in either language."""
    there = [str(cell).strip().casefold() for cell in heading]
    places = {}
    for one in columns:
        known = [label(f"review_col_{one}", language).casefold() for language in LANGUAGES]
        found = [at for at, words in enumerate(there) if words in known]
        if len(found) != 1:
            raise DataError(_(
                "{file}, sheet {sheet}: the column {column!r} stands there {n} times, and it must "
                "stand there once. Undo the change in Excel, or put back a copy: wbkit reads this "
                "sheet by the words in its first row.",
                file=SHEET, sheet=sheet, column=label(f"review_col_{one}", "nl"), n=len(found)))
        places[one] = found[0]
    return places


def _decision(number: int, row: Mapping[str, str]) -> Decision:
    """Return what stands in a row of the sheet."""
    choice = _id_of(row["decision"], CHOICES, "choice")
    kind = _id_of(row["kind"], KINDS, "identifier")
    if row["decision"] and not choice:
        raise DataError(_(
            "{file}, row {number}: the decision on {word!r} is {choice!r}. It may be {choices}. "
            "Choose one of the list.",
            file=SHEET, number=number, word=row["word"], choice=row["decision"],
            choices=", ".join(label(f"choice_{one}", "nl") for one in CHOICES)))
    own = row["own"].strip("[] ")
    return Decision(row["word"], choice or (REPLACE if own else ""), kind,
                    f"[{own}]" if own else "")


def _id_of(words: str, ids: Iterable[str], group: str) -> str:
    plain = words.casefold()
    return next((one for one in ids for language in LANGUAGES
                 if plain in (label(f"{group}_{one.lower()}", language).casefold(),
                              one.casefold())), "")


def _is_yes(words: str) -> bool:
    return words.casefold() in {"ja", "yes", "j", "y", "x"}


def write_review(
    file: Path, review: Review, proposals: Sequence[tuple[Proposal, str]], texts: Sequence[Text],
    *, language: str,
) -> None:
    """Write the sheet: earlier decisions stay, also on words that are no longer there.

    `proposals` come with the pseudonym that wbkit would give.
    """
    there = {key_of(one.word) for one, _ in proposals}
    rows = [_row(one, proposed, review.decision(one.word), language)
            for one, proposed in proposals]
    rows += [_kept_row(one, language) for one in review.decisions
             if key_of(one.word) not in there and one.choice]
    stream = BytesIO()
    with new_workbook(stream) as book:
        _write_sheet(book, "words", WORD_COLUMNS, WIDTHS, rows, language)
        sheet = _write_sheet(book, "texts", TEXT_COLUMNS, TEXT_WIDTHS, [
            (one.name, one.words, one.undecided,
             label("yes", language) if review.is_read(one.name, one.sha256) else "",
             one.sha256[:DIGITS]) for one in texts], language)
        _list(sheet, 3, len(texts), [label("yes", language)])
        words = book.get_worksheet_by_name(label("review_words", language))
        _list(words, 6, len(rows) + SPARE, [label(f"choice_{one}", language) for one in CHOICES])
        _list(words, 1, len(rows) + SPARE,
              [label(f"identifier_{one.lower()}", language) for one in KINDS])
    write_whole(file, stream.getvalue())  # never half: it holds all decisions


def _row(
    one: Proposal, proposed: str, decision: Decision | None, language: str
) -> tuple[str | int, ...]:
    kind = decision.kind if decision and decision.kind else one.kind
    return (one.word, label(f"identifier_{kind.lower()}", language), one.n, one.texts, one.example,
            proposed, label(f"choice_{decision.choice}", language) if decision else "",
            decision.pseudonym if decision else "",
            label(f"identifier_by_{one.reason}", language))


def _kept_row(one: Decision, language: str) -> tuple[str | int, ...]:
    kind = label(f"identifier_{one.kind.lower()}", language) if one.kind else ""
    return one.word, kind, 0, 0, "", "", label(f"choice_{one.choice}", language), one.pseudonym, ""


def _write_sheet(
    book: Workbook, name: str, columns: Sequence[str], widths: Sequence[int],
    rows: Iterable[Sequence[str | int]], language: str,
) -> Worksheet:
    sheet = book.add_worksheet(label(f"review_{name}", language))
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    for at, (column, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(at, at, width, wrapped if column == "example" else None)
        sheet.write(0, at, label(f"review_col_{column}", language), bold)
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            sheet.write(number, at, value)
    sheet.freeze_panes(1, 1)
    return sheet


def _list(sheet: Worksheet, column: int, rows: int, words: Sequence[str]) -> None:
    """Let a person choose from a list, and write something else where it has to be."""
    sheet.data_validation(1, column, max(rows, 1), column, {
        "validate": "list", "source": list(words), "error_type": "warning"})
