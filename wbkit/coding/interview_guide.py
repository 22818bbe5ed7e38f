"""What the guide asked: reached, raised by itself, or never talked about; and its codes."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from wbkit.coding.presence import by_keywords, chosen_codes, rolled_up
from wbkit.coding.units import in_turns
from wbkit.data.codings import ACCEPTED, ONE_SOURCE, Codings
from wbkit.data.documents import INTERVIEWER, NOTE, Documents, need_documents
from wbkit.data.source_data import need
from wbkit.errors import DataError, DisclosureError
from wbkit.messages import _
from wbkit.study.source import Source
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.count_layouts import HIDDEN, SHOWN
from wbkit.table.facts import Count, Counted, Overlapping, Subject
from wbkit.table.statements.coding import Caution, Listed, Speaking, Ways
from wbkit.table.table import Table

NOT_REACHED, ASKED, RAISED = "not_reached", "asked", "raised"
WAYS = (NOT_REACHED, ASKED, RAISED)
WORDS = "words"
NONE = float("nan")


def _questions_reached(documents: Documents | Sequence[Documents]) -> Table:
    """Count the conversations that reached each question, and name those that did not."""
    if not isinstance(documents, Documents):
        raise DataError(_(
            "guide_coverage counts the conversations of one source. Give one at a time, or leave "
            "out per."))
    segments, source = _segments(documents), documents.source
    everyone = list(documents.texts["document"])
    topics = dict(zip(documents.guide["id"], documents.guide["topic"], strict=True))
    rows = []
    for one, topic in topics.items():
        states = segments[segments["question"] == one].drop_duplicates("document")
        counts = states["how"].value_counts()
        missing = [name for name in everyone if name not in set(states["document"])]
        rows.append((one, topic, int(counts.get(ASKED, 0)), int(counts.get(RAISED, 0)),
                     len(missing), ", ".join(missing), len(everyone)))
    columns = ["question", "topic", ASKED, RAISED, NOT_REACHED, "missing", "base"]
    facts = (Subject("guide"), Listed("guide", Count(len(everyone))), Caution("guide"))
    words = Vocabulary.of("topic", lambda language: {
        topics[one]: topic for one, topic in documents.topics_in(language).items()})
    return Table(pd.DataFrame(rows, columns=columns), "listing", (), facts, (source, words))


def codes_by_question(codings: Codings, *, codes: Sequence[str] | None = None) -> Table:
    """Count in how many conversations a code was given while a question was talked about.

    Parameters
    ----------
    codings
        Codings of conversations that are tied to a guide.
    codes
        Ids of codes, with those under them; all that were looked for when left out.

    Returns
    -------
    Table
        One row for each question and code that occur together.

        - ``question``, ``code``: ids
        - ``n``: conversations; of these ``asked``: given in a part that an interviewer opened,
          ``raised``: given only where the other brought the question up
        - ``base``: conversations that reached the question

    Raises
    ------
    DataError
        If no turn is tied to a question, or there is no guide.
    DisclosureError
        If counts under a minimum are not shown: conversations are few.
    CodingError
        If nobody looked for one of the codes.
    """
    need(codings, Codings, "codes_by_question", _(ONE_SOURCE))
    segments, shown = _segments(codings.documents), chosen_codes([codings], codes)
    book, source = codings.codebook, codings.documents.source
    data = codings.data[codings.data["status"] == ACCEPTED]
    placed = in_turns(data[["document", "start", "code"]], segments).dropna(subset="question")
    found = rolled_up(placed, book, shown).drop_duplicates(
        ["document", "question", "shown", "how"])
    reached = segments.groupby("question")["document"].nunique()
    rows = []
    for question in codings.documents.guide["id"]:
        here = found[found["question"] == question]
        for code in shown:
            own = here[here["shown"] == code]
            n, asked = own["document"].nunique(), own.loc[own["how"] == ASKED, "document"].nunique()
            if n:
                rows.append((question, code, n, asked, n - asked, int(reached[question])))
    facts = (Subject("codes_by_question"), Overlapping(), Listed("codes_by_question"),
             *by_keywords(codings),
             Caution("guide"))
    data = pd.DataFrame(rows, columns=["question", "code", "n", ASKED, RAISED, "base"])
    return Table(data, "listing", (), facts,
                 (source, book, _topic_words("question", codings.documents)))


def _topic_words(column: str, documents: Documents) -> Vocabulary:
    """Name each question of the guide by its id and its topic."""
    return Vocabulary.of(column, lambda language: {
        one: f"{one} {topic}" for one, topic in documents.topics_in(language).items()})


def _segments(documents: Documents) -> pd.DataFrame:
    """Return where each question begins: document, start, question, how (asked or raised)."""
    turns, name = documents.turns, documents.source.name
    if documents.source.minimum > 1:
        raise DisclosureError(_(
            "{source}: conversations are few, and single ones of real people are not shown. Use "
            'guide_coverage for each document, or code_matrix with rows="question", which hide '
            "small counts.",
            source=name))
    tied = turns[turns["question"] != ""]
    if tied.empty or documents.guide.empty:
        raise DataError(_(
            "{source}: no turn is tied to a question of a guide. Put headings such as L3 in the "
            "texts, and name the guide in study.toml.",
            source=name))
    turns = turns.sort_values(["document", "start"], kind="stable")
    before = turns.groupby("document")["question"].shift()
    opened = turns[(turns["question"] != "") & (turns["question"] != before)]
    how = np.where(opened["role"] == INTERVIEWER, ASKED, RAISED)
    first = opened.assign(how=how)[["document", "start", "question", "how"]]
    return first.reset_index(drop=True)


def speaking_shares(documents: Documents | Sequence[Documents]) -> Table:
    """Count the words that people in each role said, for each source of conversations.

    Parameters
    ----------
    documents
        Texts with turns, of one source or of several.

    Returns
    -------
    Table
        One row for each source and role; lines that nobody spoke are left out.

        - ``item``, ``source``, ``value``: ids; ``value`` is the role
        - ``n``: words said in this role; ``base``: words said in the source
        - ``share``: n / base, from 0 to 1; ``low``, ``high``: absent
        - ``state``: ``shown``: how much somebody speaks says nothing of who it is

    Raises
    ------
    DataError
        If nobody speaks in a source.
    """
    several = _several(documents, "speaking_shares")
    data = pd.concat([_words_by_role(one) for one in several], ignore_index=True)
    share = data["n"] / data["base"]
    data = data.assign(item=WORDS, share=share, low=NONE, high=NONE, state=SHOWN)[
        ["item", "source", "value", "n", "base", "share", "low", "high", "state"]]
    facts = (Subject("spoke"), Counted("word"), Listed("spoke"), Caution("spoke"),
             *(_speaking(one) for one in several))
    return Table(data, "frequency", ("source",), facts,
                 (*(one.source for one in several), role_words("value", several)))


def guide_coverage(
    documents: Documents | Sequence[Documents], *, per: Literal["document", "question"] = "document"
) -> Table:
    """Say how each topic of the guide came up: in each text, or in how many of them.

    Parameters
    ----------
    documents
        Texts with turns that are tied to a guide; per document also several sources with the
        same guide.
    per
        ``document``: how each topic came up in each text; ``question``: in how many texts.

    Returns
    -------
    Table
        Per document one row for each topic and text, in the order of the guide.

        - ``item``, ``document``: ids; ``item`` is the topic
        - ``value``: ``asked``; ``raised`` when who was asked spoke of it before an interviewer
          did; ``not_reached`` when no turn is tied to it
        - ``agreement``, ``people``: empty
        - ``state``: ``shown``, or ``hidden`` outside synthetic and public sources

        Per question one row for each question of the guide.

        - ``question``, ``topic``
        - ``asked``, ``raised``: conversations in which an interviewer, or the other, turned to
          it first; ``not_reached``: in which nobody did; ``missing``: which ones
        - ``base``: conversations

    Raises
    ------
    DataError
        If nobody speaks in a source, there is no guide, no turn is tied to it, or the guides
        differ; per question also for more than one source.
    DisclosureError
        Per question, if counts under a minimum are not shown: conversations are few.
    """
    if per == "question":
        return _questions_reached(documents)
    if per != "document":
        raise DataError(_(
            "guide_coverage: per={per!r} is unknown. Use document or question.",
            per=per))
    several = _several(documents, "guide_coverage")
    guide = _guide(several)
    rows = [row for one in several for row in _ways(one, guide)]
    data = pd.DataFrame(rows, columns=["item", "document", "value", "agreement", "people",
                                       "state"]).astype({"people": float})
    facts = (Subject("topics"), Overlapping(), Listed("topics"), Caution("topics"), Ways(WAYS))
    return Table(data, "answers", ("document",), facts,
                 (*(one.source for one in several), _topic_words("item", several[0]),
                  conversation_words(several)))


def conversation_words(several: Sequence[Documents]) -> Vocabulary:
    """Number the conversations of a source: the name of a file can say who was interviewed."""
    return Vocabulary.of("document", lambda language: {
        document: words for one in several for document, words in _numbered(
            one.source, list(one.texts["document"]), language).items()})


def document_words(documents: Documents, sources: Sequence[Source]) -> Vocabulary:
    """Number the conversations among texts of one source or more; others keep their id."""
    spoken = set(documents.turns["document"])
    own = {source.name: documents.texts.loc[documents.texts["source"] == source.name,
                                            "document"].tolist() for source in sources}
    return Vocabulary.of("document", lambda language: {
        document: words for source in sources
        for document, words in _numbered(source, own[source.name], language).items()
        if document in spoken})


def _numbered(source: Source, documents: Sequence[str], language: str) -> dict[str, str]:
    if len(documents) == 1:
        return {documents[0]: source.words(language)}
    unit = source.units(1, language)
    return {one: f"{unit} {place}" for place, one in enumerate(documents, start=1)}


def role_words(column: str, several: Sequence[Documents]) -> Vocabulary:
    """Return the words of the roles in these texts."""
    return Vocabulary.of(column, lambda language: {
        role: words for one in several for role, words in one.role_words(language).items()})


def items_of(documents: Documents) -> tuple[str, ...]:
    """Return the open item that was answered, none for other texts."""
    return (documents.item,) if documents.item in documents.source.items else ()


def _several(documents: Documents | Sequence[Documents], function: str) -> list[Documents]:
    several = need_documents(documents, function)
    silent = [one.source.name for one in several if one.turns.empty]
    if silent or not several:
        raise DataError(_(
            "{source}: nobody speaks in these texts. Choose texts with turns: interviews, group "
            "interviews.",
            source=silent[0] if silent else "documents"))
    return several


def _words_by_role(documents: Documents) -> pd.DataFrame:
    texts = documents.texts.set_index("document")["text"]
    turns = documents.turns[documents.turns["role"] != NOTE]
    spoken = [len(texts[turn.document][turn.start:turn.end].split())
              for turn in turns.itertuples()]
    n = pd.Series(spoken, index=turns["role"]).groupby(level=0).sum()
    n = n.sort_index(key=lambda roles: roles == INTERVIEWER, kind="stable")
    return pd.DataFrame({"source": documents.source.name, "value": n.index.astype("str"),
                         "n": n.to_numpy(float), "base": float(n.sum())})


def _speaking(documents: Documents) -> Speaking:
    """State how many conversations a source has, and how many people were asked."""
    turns = documents.turns
    asked = turns[~turns["role"].isin((INTERVIEWER, NOTE))]
    n = len(asked[["document", "speaker"]].drop_duplicates())
    return Speaking(documents.source.name, Count(documents.n), Count(n))


def _guide(several: Sequence[Documents]) -> pd.DataFrame:
    guide = several[0].guide
    if guide.empty or any(not one.guide.equals(guide) for one in several):
        raise DataError(_(
            "{source}: its texts have no guide, or another one than the other sources. Name the "
            "guide in study.toml; show sources with different guides apart.",
            source=several[0].source.name))
    return guide


def _ways(documents: Documents, guide: pd.DataFrame) -> list[tuple]:
    state = SHOWN if documents.source.minimum <= 1 else HIDDEN
    first = documents.turns.drop_duplicates(["document", "question"]).set_index(
        ["document", "question"])["role"]
    found = []
    for topic in guide["id"]:
        for document in documents.texts["document"]:
            way = _way(first.get((document, topic))) if state == SHOWN else ""
            found.append((topic, document, way, "", None, state))
    return found


def _way(role: str | None) -> str:
    """Say how a topic came up from the role of who spoke of it first."""
    if role is None:
        return NOT_REACHED
    return ASKED if role == INTERVIEWER else RAISED
