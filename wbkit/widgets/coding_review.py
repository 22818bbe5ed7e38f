"""Coders beside each other in JupyterLab: where they differ, and what they decide together."""

import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from wbkit.coding.agreement.agreement import agreement
from wbkit.coding.agreement.consensus import Compared, Decision, Key, keys_of
from wbkit.coding.agreement.first_round import Universe, universe
from wbkit.coding.agreement.reconcile import KEYS, disagreements
from wbkit.coding.store.exchange import FOLDER, read_codings
from wbkit.coding.store.store import CodingStore
from wbkit.data.codings import CONSENSUS
from wbkit.data.documents import Documents
from wbkit.data.source_data import need
from wbkit.errors import CodingError
from wbkit.labels import label
from wbkit.messages import _, counted
from wbkit.study.codebook import load_codebook
from wbkit.study.study import Study
from wbkit.table.render import caption_lines, laid_out
from wbkit.table.table import Table
from wbkit.widgets.content import Shown, code_list, view, widget_words
from wbkit.widgets.saving import SavingWidget, key_of, read_parts
from wbkit.widgets.session import EditSession

WORDS = "together_"  # begins the keys of labels.toml
CODING = ["id", "document", "start", "end", "code", "coder", "memo"]


class CodingReview(SavingWidget):
    """Set coders beside each other in JupyterLab, go from difference to difference, and decide.

    What is decided is kept at once as codings of ``consensus``, with who decided and why. The
    files of the coders stay as they are, so that their agreement can always be computed again.

    Parameters
    ----------
    study
        The study; codings are kept beside it, in ``data/coding``.
    documents
        The texts or answers that were coded, as `read_texts` or `open_answers` return them.
    coders
        Ids of two or more coders; all who coded blind by hand when left out.
    codes
        Ids of codes; all that coders looked for when left out.
    decided_by
        Who decides; the coders together when left out.
    folder
        The coding store; ``data/coding`` when left out.

    Raises
    ------
    CodingError
        As `disagreements`: also if fewer than two coders looked at the same text.

    Notes
    -----
    Nothing of a text is kept in the notebook file: that has counts. `differences` puts the words
    in it, where they may be seen.
    """

    _esm = read_parts("offsets.js", "turns.js", "deciding.js", "lanes.js", "review.js")

    def __init__(
        self, study: Study, documents: Documents, *, coders: Sequence[str] | None = None,
        codes: Sequence[str] | None = None, decided_by: str = "",
        folder: str | Path | None = None,
    ) -> None:
        need(study, Study, "CodingReview", _("Give load_study() first, then the texts."))
        need(documents, Documents, "CodingReview",
             _("Give what read_texts, read_documents or open_answers returned."))
        self._study, self._documents = study, documents
        self._coders, self._codes = coders, codes
        self._folder = Path(folder or study.folder / FOLDER)
        self._store = CodingStore(self._folder)
        self._session = _Session(self)
        self._agreed: tuple[object, Table] | None = None
        looked = self._read()[1]
        self._by = decided_by or ", ".join(looked.coders)
        self._document = "" if documents.item else _texts(looked)[0]
        super().__init__()

    def differences(self) -> Table:
        """Return the differences with what was decided, as `disagreements` does.

        Returns
        -------
        Table
            One row for each unit and code on which coders differ.

        Raises
        ------
        DisclosureError
            If the texts are of real people and were not pseudonymised.
        """
        compared, looked = self._read()
        decided = [(*key, one.decision, one.decided_by, one.memo)
                   for key, one in compared.decisions(self._store).items()]
        return disagreements(
            compared.codings, codes=looked.codes, coders=looked.coders,
            decisions=pd.DataFrame(decided, columns=[*KEYS, "decision", "decided_by", "memo"]))

    def _read(self) -> tuple[Compared, Universe]:
        """Return the coders as they are compared now."""
        codings = read_codings(self._study, self._name, documents=self._documents,
                               codebook=load_codebook(self._study.folder), folder=self._folder)
        looked = universe(codings, self._codes, self._coders)
        shown = Shown(codings, CONSENSUS, looked.codes, looked.coders)
        return Compared(codings, looked.codes, looked.coders, shown.stored), looked

    @property
    def _name(self) -> str:
        name, item = self._documents.source.name, self._documents.item
        return f"{name}.{item}" if item else name

    def _content(self) -> dict[str, Any]:
        """Return all that the browser shows."""
        compared, looked = self._read()
        texts = _texts(looked)
        item = self._documents.item
        here = texts if item else [self._document]
        shown = Shown(compared.codings, CONSENSUS, looked.codes, looked.coders)
        data = looked.data[looked.data["document"].astype("str").isin(here).to_numpy()]
        data = data.assign(document=[shown.stored(one) for one in data["document"].astype("str")])
        key = key_of(self._folder.resolve(), self._name, CONSENSUS)
        return _only(view(shown, self._document), {shown.stored(one) for one in here}) | {
            "key": key, "journal": self._session.history(""), "language": shown.language,
            "document": self._document or shown.group, "coders": list(looked.coders),
            "documents": [] if item else texts, "decided_by": self._by,
            "codes": code_list(shown, looked.data),
            "codings": data[CODING].astype({"start": int, "end": int}).to_dict("records"),
            "words": widget_words(shown.language, WORDS), **self._now(compared, looked)}

    def _now(self, compared: Compared, looked: Universe) -> dict[str, Any]:
        """Return the differences with what was decided, and the agreement of the coders."""
        rows = compared.differences
        decided = compared.decisions(self._store)
        found = [{**row, "document": compared.stored(str(row["document"])),
                  "given": row["given"].split(", "), "not_given": row["not_given"].split(", "),
                  **vars(decided[key])}
                 for key, row in zip(keys_of(rows), rows.to_dict("records"), strict=True)]
        shown = self._agreement(compared, looked).show(self._documents.source.language)
        grid = laid_out(shown)
        return {"differences": found, "agreement": {
            "title": shown.title, "header": list(grid.header), "rows": [*map(list, grid.rows)],
            "notes": caption_lines(shown)}}

    def _agreement(self, compared: Compared, looked: Universe) -> Table:
        """Return the agreement, made again when a coder changed something."""
        about = (looked.data[["id", "document"]].to_csv(), looked.looked.tobytes(), looked.codes)
        if self._agreed is None or self._agreed[0] != about:
            self._agreed = (about, agreement(
                compared.codings, codes=looked.codes, coders=looked.coders))
        return self._agreed[1]

    def _open(self, document: str) -> None:
        known = _texts(self._read()[1])
        if document not in known and not self._documents.item:
            raise CodingError(_(
                "{source}: two coders looked at {documents}, and {document!r} is none of them. "
                "Choose one of the list.",
                source=self._documents.source.name, document=document,
                documents=counted(len(known), "document", "documents")))
        self._document = "" if self._documents.item else document

    def _counts(self) -> pd.DataFrame:
        """Return of each code how many differences there are, and what was decided."""
        compared, looked = self._read()
        decided = compared.decisions(self._store)
        rows = pd.DataFrame([(key[3], one.decision) for key, one in decided.items()],
                            columns=["code", "decision"])
        found = pd.crosstab(rows["code"], rows["decision"]).reindex(
            index=[code for code in looked.codes if code in set(rows["code"])],
            columns=["yes", "no", ""], fill_value=0)
        return found.assign(n=found.sum(axis=1))

    def _html(self) -> str:
        counts, language = self._counts(), self._documents.source.language
        words, labels = widget_words(language, WORDS), load_codebook(self._study.folder).words(
            language)
        cells = [words[name] for name in ("code", "differences", "yes_column", "no_column",
                                          "open_column")]
        head = "".join(f"<th>{html.escape(one)}</th>" for one in cells)
        lines = "".join(
            f"<tr><td>{html.escape(labels.get(code, code))}</td><td>{row['n']}</td>"
            f"<td>{row['yes']}</td><td>{row['no']}</td><td>{row['']}</td></tr>"
            for code, row in counts.iterrows())
        caption = html.escape(f"{self._documents.source.words()}: {self!r}")
        return (f'<div lang="{language}"><table><caption>{caption}</caption><tr>{head}</tr>{lines}'
                "</table></div>")

    def __repr__(self) -> str:
        counts = self._counts()
        n, opened = (int(counts[name].sum()) for name in ("n", ""))
        return label("codingreview" if n != 1 else "codingreview_one",
                     self._documents.source.language, n=n, open=opened,
                     coders=", ".join(self._read()[1].coders))


class _Session(EditSession):
    """What a browser says that people decided, kept in the store once."""

    def __init__(self, review: CodingReview) -> None:
        super().__init__()
        self._review = review
        self._read: tuple[Compared, Universe] | None = None  # when the latest edit was kept

    def keep(self, message: Mapping[str, Any]) -> None:
        """Keep decisions: ``decide`` holds pairs of a difference and decision, memo and who."""
        self._read = self._review._read()
        compared = self._read[0]
        names = {compared.stored(one): one
                 for one in compared.codings.documents.texts["document"].astype("str")}
        changes: dict[Key, Decision] = {}
        for key, said in message["decide"]:
            document, start, end, code = json.loads(key)
            changes[names[document], start, end, code] = Decision(*said)
        with self._review._store as store:
            compared.keep(store, changes)
        self.note(message, dict(message.get("entry") or {}))

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Return the differences and the agreement as they are now."""
        return {"now": self._review._now(*(self._read or self._review._read()))}


def _texts(looked: Universe) -> list[str]:
    """Return the texts in which two or more coders looked for a code."""
    texts = looked.codings.documents.texts["document"].astype("str")
    return texts[looked.counts.any(axis=1)].tolist()


def _only(view: dict[str, Any], documents: set[str]) -> dict[str, Any]:
    """Keep the answers that two or more coders read."""
    if "answers" not in view:
        return view
    return view | {"answers": [one for one in view["answers"] if one["document"] in documents]}
