"""What a browser needs to show texts with their codings: blocks, codes, answers and words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wbkit.coding.suggest import ngram_weights
from wbkit.data.codings import Codings
from wbkit.data.documents import NOT_CODED, Documents
from wbkit.labels import words

KEYS = "1234567890abcdeghijlptwxyz"  # of codes; f k m n o q r s u v are what a coder does
COLOURS = 8  # text_coder.css has as many, each in two themes
PATTERNS = 4
WORDS = "coder_"  # begins the keys of labels.toml
COLUMNS = ["id", "document", "start", "end", "code", "coder", "status", "origin", "memo"]


@dataclass(frozen=True)
class Shown:
    """Which texts are shown, with whose codings and which codes.

    Parameters
    ----------
    codings
        All codings of the source.
    coder
        Who codes.
    codes
        Ids of the codes that can be given.
    others
        Coders whose work is shown too.
    """

    codings: Codings
    coder: str
    codes: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def documents(self) -> Documents:
        """The texts."""
        return self.codings.documents

    @property
    def language(self) -> str:
        """The language of the study."""
        return self.documents.source.language

    @property
    def group(self) -> str:
        """The name of the answers to an open item in the store; empty for other texts."""
        item = self.documents.item
        return f"{self.documents.source.name}.{item}" if item else ""

    @property
    def rows(self) -> pd.DataFrame:
        """The codings that are shown; the document as the store names it."""
        data = self.codings.data
        rows = data[data["coder"].isin([self.coder, *self.others]).to_numpy()]
        return rows.assign(document=[self.stored(one) for one in rows["document"].astype("str")])

    def stored(self, document: str) -> str:
        """Return the id of a text in the store."""
        return f"{self.group}/{document}" if self.group else document

    def considered(self) -> dict[str, list[str]]:
        """Return which codes the coder looked for, by text."""
        looked = self.codings.considered
        own = looked[(looked["coder"] == self.coder).to_numpy()]
        return {self.stored(document): sorted(codes) for document, codes in zip(
            own["document"].astype("str"), own["codes"], strict=True)}


def content(shown: Shown, document: str) -> dict[str, Any]:
    """Return all that the browser shows of one text, or of the answers to one item."""
    codings = shown.rows
    inside = codings if shown.group else codings[(codings["document"] == document).to_numpy()]
    return view(shown, document) | {
        "coder": shown.coder, "language": shown.language, "document": document or shown.group,
        "documents": _listing(shown, codings), "codes": code_list(shown, codings),
        "codings": inside[COLUMNS].astype({"start": int, "end": int}).to_dict("records"),
        "considered": shown.considered(), "looked": sorted(shown.codes),
        "real": not shown.documents.may_be_shown, "words": widget_words(shown.language),
    }


def widget_words(language: str, *more: str) -> dict[str, str]:
    """Return the words on and around a widget: those of all of them, and more by their begin."""
    return {key.removeprefix(begin): one[language] for begin in (WORDS, *more)
            for key, one in words().items() if key.startswith(begin)}


def view(shown: Shown, document: str) -> dict[str, Any]:
    """Return a text in blocks, or the answers to one item."""
    if shown.group:
        return _answers(shown)
    return {"text": shown.documents.text(document), "blocks": blocks(shown.documents, document)}


def blocks(documents: Documents, document: str) -> list[list[Any]]:
    """Return the parts in which a text is shown, side by side from its begin to its end.

    Each has start and end (code points), of a turn its speaker and the word for the role, and 1
    where there is something to code: not in the words of an interviewer.
    """
    text = documents.text(document)
    turns = documents.turns[(documents.turns["document"] == document).to_numpy()]
    roles = documents.role_words(documents.source.language)
    cuts = [(int(one.start), str(one.speaker or ""), roles.get(one.role, str(one.role or "")),
             int(one.role not in NOT_CODED)) for one in turns.sort_values("start").itertuples()]
    cuts = cuts or [(start, "", "", 1) for start in _line_starts(text)]
    if not cuts or cuts[0][0] > 0:
        cuts = [(0, "", "", 1), *cuts]
    ends = [*(start for start, *__ in cuts[1:]), len(text)]
    return [[start, end, *rest] for (start, *rest), end in zip(cuts, ends, strict=True)
            if start < end]


def _line_starts(text: str) -> list[int]:
    return [0, *(at + 1 for at, sign in enumerate(text[:-1]) if sign == "\n")]


def _answers(shown: Shown) -> dict[str, Any]:
    """Return the answers as rows, with their attributes and an order by likeness."""
    texts = shown.documents.texts
    names = [name for name in shown.documents.attributes if texts[name].astype("str").any()]
    items = shown.documents.source.items
    heads = {name: items[name].words(shown.language, short=True) if name in items else name
             for name in names}
    alike = alike_order(texts["text"].tolist())
    return {"attributes": heads, "answers": [
        {"document": shown.stored(str(row["document"])), "text": row["text"], "alike": at,
         "attributes": [str(row[name]) for name in names]}
        for row, at in zip(texts.to_dict("records"), alike, strict=True)]}


def alike_order(texts: Sequence[str]) -> list[int]:
    """Return the place of each text in an order in which each follows the one it is most like."""
    if not texts:
        return []
    weights = ngram_weights(texts)
    place, left, at = np.zeros(len(texts), int), np.ones(len(texts), bool), 0
    for nth in range(len(texts)):
        place[at], left[at] = nth, False
        near = (weights @ weights[[at]].T).toarray().ravel()
        at = int(np.where(left, near, -1).argmax())
    return place.tolist()


def _listing(shown: Shown, codings: pd.DataFrame) -> list[dict[str, Any]]:
    if shown.group:
        return []
    own = Counter(codings.loc[(codings["coder"] == shown.coder).to_numpy(), "document"])
    names = shown.documents.texts["document"].astype("str")
    return [{"id": name, "n": own[name]} for name in names]


def code_list(shown: Shown, codings: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the codes in the order of the codebook, with those that were given before."""
    book, language = shown.codings.codebook, shown.language
    used = set(codings["code"].astype("str"))
    names = [name for name in book.codes if name in used or name in shown.codes]
    keys = dict(zip([name for name in names if name in shown.codes], KEYS, strict=False))
    schemes: Mapping[str, str] = {name: one.text(language) for name, one in book.schemes.items()}
    return [{
        "id": name, "label": one.words(language), "definition": one.definition,
        "scheme": schemes.get(one.scheme or "", one.scheme or ""),
        "parent": next((above for above in one.parents if above in names), ""),
        "key": keys.get(name, ""), "open": name in shown.codes,
        "colour": at % COLOURS, "pattern": at // COLOURS % PATTERNS,
    } for at, name in enumerate(names) for one in [book.code(name)]]
