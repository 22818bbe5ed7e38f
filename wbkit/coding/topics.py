"""Who spoke in conversations, and how the topics of their guide came up."""

from collections.abc import Iterable, Sequence

import pandas as pd

from wbkit.data.documents import INTERVIEWER, NOTE, Documents
from wbkit.errors import DataError
from wbkit.labels import label, listing, number, unit_words
from wbkit.study.source import Source
from wbkit.table.layout import HIDDEN, SHOWN
from wbkit.table.table import Table

NOT_REACHED, ASKED, RAISED = "not_reached", "asked", "raised"
WAYS = (NOT_REACHED, ASKED, RAISED)
WORDS = "words"
NONE = float("nan")


def who_spoke(documents: Documents | Sequence[Documents]) -> Table:
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
    several = _several(documents)
    language = several[0].source.language
    data = pd.concat([_words_by_role(one) for one in several], ignore_index=True)
    share = data["n"] / data["base"]
    return Table(
        data=data.assign(item=WORDS, share=share, low=NONE, high=NONE, state=SHOWN)[
            ["item", "source", "value", "n", "base", "share", "low", "high", "state"]],
        kind="frequency",
        title=label("spoke_title", language),
        units=unit_words("word", language),
        base=label("spoke_base", language),
        notes=(label("spoke_note", language),),
        sources=tuple(one.source for one in several),
        labels={"item": {WORDS: label("spoke_title", language)},
                "source": {one.source.name: _speakers_words(one) for one in several},
                "value": {role: words for one in several
                          for role, words in one.role_words().items()},
                "column": {"source": label("col_source", language),
                           "value": label("col_role", language)},
                "sentence": {"key": "sentence_spoke"}},
        language=language,
    )


def guide_topics(documents: Documents | Sequence[Documents]) -> Table:
    """Say of each topic of the guide how it came up in each text.

    Parameters
    ----------
    documents
        Texts with turns that are tied to a guide; several sources with the same guide.

    Returns
    -------
    Table
        One row for each topic and text, in the order of the guide.

        - ``item``, ``document``: ids; ``item`` is the topic
        - ``value``: ``asked``; ``raised`` when who was asked spoke of it before an interviewer
          did; ``not_reached`` when no turn is tied to it
        - ``agreement``, ``people``: empty
        - ``state``: ``shown``, or ``hidden`` outside synthetic and public sources

    Raises
    ------
    DataError
        If nobody speaks in a source, there is no guide, or the guides differ.
    """
    several = _several(documents)
    guide, language = _guide(several), several[0].source.language
    rows = [row for one in several for row in _ways(one, guide)]
    data = pd.DataFrame(rows, columns=["item", "document", "value", "agreement", "people",
                                       "state"]).astype({"people": float})
    sources = tuple(one.source for one in several)
    topics = {one: f"{one} {words}" for one, words in several[0].topics.items()}
    return Table(
        data=data,
        kind="answers",
        title=label("topics_title", language),
        units=(sources[0].units(1), sources[0].units(2)),
        base=label("topics_base", language),
        notes=(label("topics_note", language),),
        sources=sources,
        labels={"item": topics, "document": conversation_words(several),
                "scale": dict.fromkeys(WAYS, ""),
                "value": {way: label(f"topic_{way}", language) for way in WAYS},
                "column": {"item": label("col_topic", language)}},
        language=language,
        adds_up=False,
    )


def conversation_words(several: Sequence[Documents]) -> dict[str, str]:
    """Number the conversations of a source: the name of a file can say who was interviewed."""
    return {document: words for one in several
            for document, words in _numbered(one.source, list(one.texts["document"])).items()}


def document_words(documents: Documents, sources: Iterable[Source]) -> dict[str, str]:
    """Number the conversations among texts of one source or more; others keep their id."""
    spoken = set(documents.turns["document"])
    return {document: words for source in sources
            for document, words in _numbered(source, documents.texts.loc[
                documents.texts["source"] == source.name, "document"].tolist()).items()
            if document in spoken}


def _numbered(source: Source, documents: Sequence[str]) -> dict[str, str]:
    if len(documents) == 1:
        return {documents[0]: source.words()}
    return {one: f"{source.units(1)} {place}" for place, one in enumerate(documents, start=1)}


def texts_words(documents: Documents, sources: Sequence[Source]) -> str:
    """Return the printed name of texts: of the open item, or of the sources."""
    if documents.item in sources[0].items:
        return sources[0].items[documents.item].words(sources[0].language, short=True)
    return listing([source.words() for source in sources], sources[0].language)


def _several(documents: Documents | Sequence[Documents]) -> list[Documents]:
    several = [documents] if isinstance(documents, Documents) else list(documents)
    silent = [one.source.name for one in several if one.turns.empty]
    if silent or not several:
        raise DataError(f"{silent[0] if silent else 'documents'}: nobody speaks in these texts. "
                        "Choose texts with turns: interviews, group interviews.")
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


def _speakers_words(documents: Documents) -> str:
    """Name a source with its conversations and the people who were asked."""
    source, turns = documents.source, documents.turns
    asked = turns[~turns["role"].isin((INTERVIEWER, NOTE))]
    n = len(asked[["document", "speaker"]].drop_duplicates())
    return label("spoke_source", source.language, source=source.words(),
                 texts=number(documents.n, source.language), units=source.units(documents.n),
                 n=number(n, source.language))


def _guide(several: Sequence[Documents]) -> pd.DataFrame:
    guide = several[0].guide
    if guide.empty or any(not one.guide.equals(guide) for one in several):
        raise DataError(f"{several[0].source.name}: its texts have no guide, or another one than "
                        "the other sources. Name the guide in study.toml; show sources with "
                        "different guides apart.")
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
