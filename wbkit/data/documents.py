"""Texts that know their source: frozen when they come in, with turns where people speak."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import pandas as pd

from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import LANGUAGES, _, counted, counted_words, message, number
from wbkit.study.source import Source
from wbkit.text.normalise import frozen, sha256_of

TEXT_COLUMNS = ("document", "text", "sha256", "source", "unit")
TURN_COLUMNS = ("document", "turn", "start", "end", "speaker", "role", "question", "time")
GUIDE_COLUMNS = ("id", "topic", "question")
READING_COLUMNS = ("document", "part", "what", "words", "pieces", "score")
TOPICS = tuple(f"topic_{language}" for language in LANGUAGES)
INTERVIEWER, PARTICIPANT, NOTE = "interviewer", "participant", "note"
PSEUDONYMISED = "pseudonymised"
UNQUOTED = "[geen toestemming om te citeren]"  # Dutch, as other marks in a text, in every language
NOT_CODED = (INTERVIEWER, NOTE)  # a note was written down, not said: a title, a date


def no_rows(columns: Iterable[str]) -> pd.DataFrame:
    """Return a table without rows."""
    numbers = ("turn", "start", "end", "words", "pieces")
    kinds = dict.fromkeys(numbers, "int64") | {"score": "float64"}
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in columns})


@dataclass(frozen=True, repr=False)
class Documents:
    """The texts of one source, and who says what where.

    Parameters
    ----------
    texts
        One row for each text: document (id), text, sha256, source, unit (id of the unit that
        it belongs to), and one column for each attribute.
    turns
        One row for each turn: document, turn (from 1), start and end in the text (code points,
        half-open), speaker (a label, never a name), role, question (id in the guide), time.
        Empty where nobody speaks.
    source
        How the texts came in.
    item
        The open question that was answered; empty for other texts.
    guide
        The guide: id, topic, question; ``topic_en`` where the file has it.
    found
        What was found out about the files.
    names
        Speaker as in a file = label in `turns`. Never printed, never written.
    reading
        Where the words of each file went, by document: part (file, turns, notes, left_out,
        repaired), what (of the file its layout, of turns the speaker), words, pieces, and of the
        file score: the share of its words in turns and notes that has a speaker. The words of
        turns, notes and left_out add up to those of the file. Only after `read_documents`.
    privacy
        How the coding store says it stands with texts of real people: ``pseudonymised`` or
        ``real``; empty where nobody said so.
    unquoted
        Texts of people who did not agree to be quoted.
    """

    texts: pd.DataFrame
    source: Source
    turns: pd.DataFrame = field(default_factory=lambda: no_rows(TURN_COLUMNS))
    item: str = ""
    guide: pd.DataFrame = field(default_factory=lambda: no_rows(GUIDE_COLUMNS))
    found: tuple[str, ...] = ()
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    reading: pd.DataFrame = field(default_factory=lambda: no_rows(READING_COLUMNS))
    privacy: str = ""
    unquoted: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        missing = set(TEXT_COLUMNS) - set(self.texts.columns)
        if missing:
            raise DataError(_(
                "{source}: texts lacks {missing}. Use read_documents, open_answers or "
                "Documents.of.",
                source=self.source.name, missing=", ".join(sorted(missing))))
        _check_ids(self)
        _check_turns(self)

    @classmethod
    def of(
        cls, texts: Mapping[str, str] | pd.DataFrame, source: Source, **rest: object
    ) -> Self:
        """Freeze texts and make Documents of them.

        Parameters
        ----------
        texts
            Document = text; or a DataFrame with document, text and further columns.
        source
            The source of the texts.
        rest
            Other parts of Documents.

        Returns
        -------
        Documents
            The texts in NFC with their hash; without a column ``unit`` each is a unit.

        Raises
        ------
        DataError
            If two documents have the same id, or a turn lies outside its text.
        """
        if not isinstance(texts, pd.DataFrame):
            texts = pd.DataFrame({"document": list(texts), "text": list(texts.values())},
                                 dtype="str")
        kept = [frozen(text) for text in texts["text"]]
        extra = {name: texts[name] for name in texts.columns if name not in TEXT_COLUMNS}
        frame = pd.DataFrame({
            "document": texts["document"].astype("str"), "text": kept, "sha256": sha256_of(kept),
            "source": source.name, "unit": texts.get("unit", texts["document"]).astype("str"),
        } | extra)
        return cls(frame, source, **rest)

    @property
    def may_be_shown(self) -> bool:
        """Whether the words may stand in a result: made up, public, or pseudonymised."""
        return self.source.synthetic or self.source.public or self.privacy == PSEUDONYMISED

    def with_consent(
        self, rows: pd.DataFrame, columns: Sequence[str] = ("quote",)
    ) -> pd.DataFrame:
        """Return rows about texts without the words of people who did not agree to be quoted."""
        silent = rows["document"].isin(self.unquoted)
        return rows.assign(**{name: rows[name].mask(silent, UNQUOTED) for name in columns}) \
            if silent.any() else rows

    @property
    def n(self) -> int:
        """How many units there are."""
        return int(self.texts["unit"].nunique())

    @property
    def attributes(self) -> tuple[str, ...]:
        """The columns that describe a document."""
        return tuple(name for name in self.texts.columns if name not in TEXT_COLUMNS)

    @property
    def topics(self) -> dict[str, str]:
        """The topics of the guide by id, in the language of the study where the guide has it."""
        return self.topics_in(self.source.language)

    def topics_in(self, language: str) -> dict[str, str]:
        """Return the topics of the guide by id, in this language where the guide has it."""
        guide, other = self.guide, f"topic_{language}"
        words = guide[other].where(guide[other] != "", guide["topic"]) if other in guide \
            else guide["topic"]
        return dict(zip(guide["id"], words, strict=True))

    def role_words(self, language: str) -> dict[str, str]:
        """Return the printed words of the roles, as study.toml has them where it names them."""
        own = self.source.texts.role_labels if self.source.texts else {}
        return {role: message(f"role_{role}", language) for role in (INTERVIEWER, PARTICIPANT)} | {
            role: words.text(language) for role, words in own.items()}

    def text(self, document: str) -> str:
        """Return the text of a document.

        Parameters
        ----------
        document
            Its id.

        Returns
        -------
        str
            The frozen text.

        Raises
        ------
        DataError
            If there is no such document.
        """
        found = self.texts.loc[self.texts["document"] == document, "text"]
        if found.empty:
            raise DataError(_(
                "{source}: there is no document {document!r} among {documents}. Look at "
                "documents.texts['document'].",
                source=self.source.name, document=document,
                documents=counted(len(self.texts), "document", "documents")))
        return found.iloc[0]

    def __repr__(self) -> str:
        language, source = self.source.language, self.source
        texts = message("documents_repr", language, source=source.words(),
                      n=number(self.n, language), units=source.units(self.n),
                      texts=number(len(self.texts), language),
                      text=counted_words("text", len(self.texts), language))
        turns = message("turns_repr", language, n=number(len(self.turns), language),
                      turns=counted_words("turn", len(self.turns), language))
        return f"{texts}, {turns}" if len(self.turns) else texts


def need_documents(given: Documents | Sequence[Documents], function: str) -> list[Documents]:
    """Return Documents of one source or of several as a list; refuse anything else in words."""
    several = list(given) if isinstance(given, list | tuple) else [given]
    for one in several:
        need(one, Documents, function,
             _("Give what read_texts, read_documents or open_answers returned."))
    return several


def _check_ids(documents: Documents) -> None:
    ids = documents.texts["document"]
    if ids.duplicated().any():
        raise DataError(_(
            "{source}: {documents} with the id of another one ({first!r} first). Give each file "
            "its own name.",
            source=documents.source.name, first=ids[ids.duplicated()].iloc[0],
            documents=counted(int(ids.duplicated().sum()), "document", "documents")))


def _check_turns(documents: Documents) -> None:
    turns = documents.turns
    if turns.empty:
        return
    lengths = documents.texts.set_index("document")["text"].str.len()
    length = turns["document"].map(lengths)
    wrong = length.isna() | (turns["start"] < 0) | (turns["end"] < turns["start"])
    wrong |= turns["end"] > length
    if wrong.any():
        first = turns[wrong].iloc[0]
        raise DataError(_(
            "{source}: turn {turn} of {document!r} goes from {start} to {end}, outside its "
            "text. Read the documents again.",
            source=documents.source.name,
            **first[["turn", "document", "start", "end"]].to_dict()))
