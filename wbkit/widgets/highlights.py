"""What is left of a coded text outside the widget: counts, or its words with their codes."""

import html
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wbkit.errors import DisclosureError
from wbkit.messages import _
from wbkit.widgets.content import Shown, blocks, widget_words

MARK = "background:#e3ecf7;color:#1a1a1a;border-bottom:2px solid #24599d"


@dataclass(frozen=True, repr=False)
class Highlights:
    """A text with its codes in view; a notebook shows it, as a page and on paper too.

    Parameters
    ----------
    shown
        The texts and codings.
    document
        Id of the text, as in `shown`; of all answers when empty.
    """

    shown: Shown
    document: str = ""

    def __post_init__(self) -> None:
        documents = self.shown.documents
        if not documents.may_be_shown:
            raise DisclosureError(_(
                "{source}: these texts are of real people, and what a notebook shows stands in "
                "its file. Code them in the widget, which keeps nothing there, or give wbkit "
                "pseudonymise first.",
                source=documents.source.name))

    def __repr__(self) -> str:
        rows = self._rows()
        return f"{self.document or self.shown.group}: {len(rows)}"

    def _repr_html_(self) -> str:
        language, words = self.shown.language, widget_words(self.shown.language)
        labels = self.shown.codings.codebook.words(language)
        rows = self._rows()
        parts = [_block(head, text, start, rows, labels)
                 for head, text, start, rows in self._parts(rows)]
        caption = html.escape(self.document or self.shown.group)
        note = html.escape(words["made_up"]) if self.shown.documents.source.synthetic else ""
        return (f'<div lang="{language}" style="max-width:50em"><p><b>{caption}</b> {note}</p>'
                f'{"".join(parts)}</div>')

    def _rows(self) -> list[dict[str, Any]]:
        rows = self.shown.rows
        if self.document:
            rows = rows[(rows["document"] == self.document).to_numpy()]
        return rows.sort_values(["document", "start", "end", "code"]).to_dict("records")

    def _parts(
        self, rows: Sequence[dict[str, Any]]
    ) -> list[tuple[str, str, int, Sequence[dict[str, Any]]]]:
        """Return each turn or answer: its head, its words, where it begins, its codings."""
        documents = self.shown.documents
        if not self.document:
            return [("", row["text"], 0, [one for one in rows if one["document"] == name])
                    for row in documents.texts.to_dict("records")
                    for name in [self.shown.stored(str(row["document"]))]]
        text = documents.text(self.document)
        return [(speaker, text[start:end], start,
                 [one for one in rows if one["start"] < end and one["end"] > start])
                for start, end, speaker, *__ in blocks(documents, self.document)]


def _block(
    head: str, text: str, start: int, rows: Sequence[dict[str, Any]], labels: dict[str, str]
) -> str:
    """Return one turn or answer; each stretch with the same codes is one mark."""
    places = [(max(0, one["start"] - start), min(len(text), one["end"] - start), one["code"])
              for one in rows]
    cuts = sorted({0, len(text), *(at for place in places for at in place[:2])})
    said = f"<b>{html.escape(head)}</b> " if head else ""
    return f'<p style="white-space:pre-wrap;margin:.3em 0">{said}' + "".join(
        _stretch(text[first:last], [code for a, b, code in places if a <= first and b >= last],
                 labels) for first, last in zip(cuts, cuts[1:], strict=False)) + "</p>"


def _stretch(text: str, codes: Sequence[str], labels: dict[str, str]) -> str:
    if not codes:
        return html.escape(text)
    names = ", ".join(dict.fromkeys(labels.get(code, code) for code in codes))
    return (f'<mark style="{MARK}" title="{html.escape(names)}">{html.escape(text)}'
            f'<sup> {html.escape(names)}</sup></mark>')


def counts_html(shown: Shown) -> str:
    """Return how often the coder gave each code, without a word of the texts."""
    words, labels = widget_words(shown.language), shown.codings.codebook.words(shown.language)
    rows = shown.rows
    counts = Counter(rows.loc[(rows["coder"] == shown.coder).to_numpy(), "code"].astype("str"))
    lines = "".join(f"<tr><td>{html.escape(labels.get(code, code))}</td><td>{counts[code]}</td>"
                    "</tr>" for code in shown.codings.codebook.codes if counts[code])
    caption = html.escape(f"{shown.documents.source.words()}: {words['given_by']} {shown.coder}")
    head = f"<tr><th>{html.escape(words['code'])}</th><th>{html.escape(words['times'])}</th></tr>"
    return (f'<div lang="{shown.language}"><table><caption>{caption}</caption>'
            f"{head}{lines}</table></div>")
