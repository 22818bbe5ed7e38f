"""The answers to an open question as texts."""

import hmac
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from wbkit.cleaning.answers import Answers
from wbkit.cleaning.log import MASK, Change
from wbkit.data.cleaning_log import MADE_UP, MASKED
from wbkit.data.documents import PSEUDONYMISED, TEXT_COLUMNS, Documents
from wbkit.data.raw import Raw
from wbkit.data.responses import Responses, asked_items
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.study.item import Item
from wbkit.study.source import Source
from wbkit.text.identifying import certain_in, with_marks
from wbkit.text.identifying_numbers import Hit
from wbkit.text.name_columns import NameParts, common_words, name_parts, small_words
from wbkit.text.person_cells import given

RULE_ORDER = tuple(MASKED.values())
RULE_OF = {"NAAM": "name", "EMAIL": "email", "TEL": "phone", "ADRES": "address",
           "POSTCODE": "address", "STUDNR": "number"}
SHOWN = ("none", "quasi")  # sensitivity of the items that may group texts
CODE_LENGTH = 16  # hexadecimal digits: among a million people two share one with p < 3e-8
NAMED = ("name", "first_name")
NAMES = frozenset((
    "naam", "name", "voornaam", "achternaam", "first name", "last name", "voor- en achternaam"))


def open_answers(responses: Responses, item: str | Item) -> Documents:
    """Make Documents of the answers to an open item, or of what stands behind its free option.

    Parameters
    ----------
    responses
        One row for each unit; only the part that `where` marked is taken.
    item
        An open item, or a nominal or multiple item with a free option.

    Returns
    -------
    Documents
        One document for each unit that wrote something; its id is the row number. The nominal
        and ordinal items are attributes. Who wrote nothing is not in the base.

    Raises
    ------
    DataError
        If there is no such item, or it holds no text.
    """
    item = responses.item(item)
    if item.kind != "open" and not item.other:
        raise DataError(_(
            "{source}: {item} is {kind} without a free option, so it holds no texts. Choose an "
            "open item.",
            source=responses.source.name, item=item.name, kind=item.kind))
    column = item.name if item.kind == "open" else item.text_column
    written = responses.data[column].astype("str").fillna("")
    rows = responses.domain & (written.str.strip() != "")
    ids = responses.data.index[rows].astype("str")
    data = pd.DataFrame({"document": ids, "text": written[rows].to_numpy(),
                         "unit": ids} | _attributes(responses, rows))
    done = item.name in responses.pseudonymised
    return Documents.of(data, responses.source, item=item.name,
                        privacy=PSEUDONYMISED if done else "", unquoted=responses.unquoted)


def _attributes(responses: Responses, rows: pd.Series) -> dict[str, object]:
    items = [item for item in responses.source.items.values()
             if item.kind in ("nominal", "ordinal") and item.sensitivity in SHOWN
             and item.name in responses.data and item.name not in TEXT_COLUMNS]
    return {item.name: responses.data.loc[rows, item.name].astype("str").fillna("").to_numpy()
            for item in items}


def document_variables(documents: Documents) -> Responses:
    """Take what is known of each text as answers, one row for each text.

    Parameters
    ----------
    documents
        Texts of a source that describes its attributes as nominal or ordinal items.

    Returns
    -------
    Responses
        One Categorical for each described attribute, absent where a text has none; the source
        and its design are those of the texts.

    Raises
    ------
    DataError
        If no attribute is described, an item is of another kind or no attribute, two texts are
        of one unit, or a text holds a value that the item does not know.
    """
    source, texts = documents.source, documents.texts
    items = [item for item in source.items.values() if not item.derived]
    wrong = [item.name for item in items
             if item.kind not in ("nominal", "ordinal") or item.name not in documents.attributes]
    known = ", ".join(documents.attributes) or _("none")
    if wrong:
        raise DataError(_(
            "{source}: {item} is no attribute of its texts that is described as nominal or "
            "ordinal. Describe attributes under items in study.toml; the texts have {attributes}.",
            source=source.name, item=wrong[0], attributes=known))
    if not items:
        raise DataError(_(
            "{source}: there is no attribute of its texts that is described as nominal or "
            "ordinal. Describe attributes under items in study.toml; the texts have {attributes}.",
            source=source.name, attributes=known))
    if texts["unit"].duplicated().any():
        raise DataError(_(
            "{source}: several texts are of one {unit}, so a row is no unit. Count attributes "
            "only where each unit has one text.",
            source=source.name, unit=source.unit))
    index = texts["document"].to_numpy()
    data = {item.name: _answers(texts[item.name], item.categories, source.name) for item in items}
    return Responses(pd.DataFrame(data).set_axis(index), source, raw_rows=len(texts))


def _answers(column: pd.Series, values: tuple[str, ...], source: str) -> pd.Series:
    there = column.where(column != "")
    strange = sorted(set(there.dropna()) - set(values))
    if strange:
        raise DataError(_(
            "{source}: {item} holds {value!r}, which is not one of its values ({values}). Correct "
            "the text, or add it to values.",
            source=source, item=column.name, value=strange[0], values=", ".join(values)))
    return pd.Series(pd.Categorical(there, categories=list(values)), index=column.index)


def mask_personal(
    ready: Mapping[str, Answers], raw: Raw, source: Source
) -> dict[str, Answers]:
    """Mask addresses, numbers and names in the own words of a source."""
    if source.public:
        return dict(ready)
    own = {name: _own_words(one) for name, one in ready.items()
           if one.item.sensitivity != "identifier" and _own_words(one) is not None}
    texts = [text for texts in own.values() for text in pd.unique(texts)]
    names = names_in_columns(raw, texts)
    number = re.compile(rf"\b(?:{source.personal_number})\b") if source.personal_number else None
    return {name: _masked(one, own[name], source, lambda text: certain_in(text, names, number))
            if name in own else one for name, one in ready.items()}


def rule_of(kind: str) -> str:
    """Return the rule of the log by which a kind of passage was masked."""
    return MASKED[RULE_OF.get(kind, "other")]


def _own_words(answers: Answers) -> np.ndarray | None:
    if answers.item.kind == "open":
        return answers.values
    return answers.text if answers.item.other else None


def names_in_columns(raw: Raw, texts: Sequence[str]) -> NameParts:
    """Return the names in the columns that point to a person, for the texts of the same people."""
    source = raw.source
    columns = {raw.ids[role] for role in NAMED if role in raw.ids}
    columns |= {one for item in asked_items(source) for one in item.headings
                if item.sensitivity == "identifier"}
    if source.kind == "survey":
        columns |= {heading for heading in raw.data if heading.casefold() in NAMES}
    cells = [cell for heading in columns if heading in raw.data
             for cell in raw.data[heading].unique()]
    parts = name_parts(cells, _ordinary(source, texts)) if cells else frozenset()
    return NameParts(parts, small_words(texts)) if parts else NameParts()


def _ordinary(source: Source, texts: Sequence[str]) -> frozenset[str]:
    """Return the words of answers to choose from, and those that the texts use as words."""
    listed = (value for item in asked_items(source) if item.values != "any"
              and item.sensitivity != "identifier" for value in item.values)
    return small_words(map(str.lower, listed)) | common_words(texts)


def linked(ready: Mapping[str, Answers], raw: Raw, source: Source) -> dict[str, Answers]:
    """Put a code in the place of each number that links a person to another wave.

    The code is the head of HMAC-SHA-256; spaces and capitals make no other code, and a number that
    was not given has none.
    """
    items = [item.name for item in asked_items(source) if item.link]
    if items and not raw.key:
        raise DataError(_(
            '{source}, items.{item}: link = "hash" needs the key of this user. Read the file with '
            "read_source, which finds or makes it.",
            source=source.name, item=items[0]))
    codes = {name: np.array([_code(text, raw.key) for text in ready[name].values], dtype=object)
             for name in items}
    return {name: replace(one, values=codes[name]) if name in codes else one
            for name, one in ready.items()}


def _code(text: str, key: bytes) -> str:
    if not given([text]):
        return ""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    return hmac.new(key, plain.encode(), "sha256").hexdigest()[:CODE_LENGTH]


def _masked(
    answers: Answers, texts: np.ndarray, source: Source, find: Callable[[str], list[Hit]]
) -> Answers:
    codes, different = pd.factorize(texts)
    found = [find(text) for text in different]
    changes = tuple(_changes(answers, codes, found, source))
    if not changes:
        return answers
    if source.synthetic:
        return replace(answers, changes=answers.changes + changes)
    new = np.array([with_marks(text, hits) for text, hits in zip(different, found, strict=True)],
                   dtype=object)[codes]
    field = "values" if answers.item.kind == "open" else "text"
    return replace(answers, changes=answers.changes + changes, **{field: new})


def _changes(
    answers: Answers, codes: np.ndarray, found: list[list[Hit]], source: Source
) -> Iterator[Change]:
    hit = np.array([bool(hits) for hits in found], dtype=bool)[codes]
    for row, code in zip(answers.rows[hit].tolist(), codes[hit].tolist(), strict=True):
        for one in sorted(found[code], key=lambda one: RULE_ORDER.index(rule_of(one.kind))):
            rule = MADE_UP if source.synthetic else rule_of(one.kind)
            yield Change(row, answers.item.name, MASK, MASK, rule)
