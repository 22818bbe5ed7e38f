"""What the guide asked: reached, raised by itself, or never talked about; and its codes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from wbkit.coding.presence import chosen_codes, rolled_up
from wbkit.coding.topics import ASKED, NOT_REACHED, RAISED
from wbkit.coding.units import in_turns
from wbkit.data.codings import ACCEPTED, Codings
from wbkit.data.documents import INTERVIEWER, Documents
from wbkit.errors import DataError, DisclosureError
from wbkit.labels import label, number
from wbkit.table.table import Table


def guide_questions(documents: Documents) -> Table:
    """Say for each question of the guide in which conversations it was asked.

    Parameters
    ----------
    documents
        Conversations of which the turns are tied to a guide.

    Returns
    -------
    Table
        One row for each question of the guide.

        - ``question``, ``topic``
        - ``asked``: conversations in which an interviewer turned to it first
        - ``raised``: conversations in which the other did so
        - ``not_reached``: conversations in which nobody did; ``missing``: which ones
        - ``base``: conversations

    Raises
    ------
    DataError
        If no turn is tied to a question, or there is no guide.
    DisclosureError
        If counts under a minimum are not shown: conversations are few.
    """
    segments, source = _segments(documents), documents.source
    language, everyone = source.language, list(documents.texts["document"])
    rows = []
    for one, topic in documents.topics.items():
        states = segments[segments["question"] == one].drop_duplicates("document")
        counts = states["how"].value_counts()
        missing = [name for name in everyone if name not in set(states["document"])]
        rows.append((one, topic, int(counts.get(ASKED, 0)), int(counts.get(RAISED, 0)),
                     len(missing), ", ".join(missing), len(everyone)))
    columns = ["question", "topic", ASKED, RAISED, NOT_REACHED, "missing", "base"]
    return Table(
        data=pd.DataFrame(rows, columns=columns), kind="listing",
        title=label("guide_title", language, source=source.words()),
        units=(source.units(1), source.units(2)),
        base=label("guide_base", language, n=number(len(everyone), language),
                   units=source.units(2)),
        notes=(label("guide_note", language),), sources=(source,), language=language,
    )


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
    language = source.language
    return Table(
        data=pd.DataFrame(rows, columns=["question", "code", "n", ASKED, RAISED, "base"]),
        kind="listing", title=label("codes_by_question_title", language, source=source.words()),
        units=(source.units(1), source.units(2)),
        base=label("codes_by_question_base", language, units=source.units(2)),
        notes=(label("guide_note", language),), sources=(source,),
        labels={"code": book.words(language), "question": {
            one: f"{one} {topic}" for one, topic in codings.documents.topics.items()}},
        language=language, adds_up=False,
    )


def _segments(documents: Documents) -> pd.DataFrame:
    """Return where each question begins: document, start, question, how (asked or raised)."""
    turns, name = documents.turns, documents.source.name
    if documents.source.minimum > 1:
        raise DisclosureError(f"{name}: conversations are few, and single ones of real people are "
                              "not shown. Use guide_topics or code_matrix with rows=\"question\", "
                              "which hide small counts.")
    tied = turns[turns["question"] != ""]
    if tied.empty or documents.guide.empty:
        raise DataError(f"{name}: no turn is tied to a question of a guide. Put headings such as "
                        "L3 in the texts, and name the guide in study.toml.")
    turns = turns.sort_values(["document", "start"], kind="stable")
    before = turns.groupby("document")["question"].shift()
    opened = turns[(turns["question"] != "") & (turns["question"] != before)]
    how = np.where(opened["role"] == INTERVIEWER, ASKED, RAISED)
    first = opened.assign(how=how)[["document", "start", "question", "how"]]
    return first.reset_index(drop=True)
