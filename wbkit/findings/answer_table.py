"""All answers of a study with the evidence that each rests on."""

from collections.abc import Iterator, Mapping

import pandas as pd

from wbkit.errors import DataError
from wbkit.findings.interpretations import Interpretation, interpretation
from wbkit.findings.member_checks import NOT_RECOGNISED
from wbkit.labels import label
from wbkit.messages import _
from wbkit.study.interpretations import (
    INTERPRETATIONS,
    NONE,
    Written,
    load_interpretations,
    written_list,
)
from wbkit.study.model import Label
from wbkit.study.study import Study
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.facts import Counted, Subject
from wbkit.table.table import Table

COLUMNS = ["question", "answer", "certainty", "why", "limit", "evidence", "what", "stands",
           "source", "flag"]
UNANSWERED, NO_EVIDENCE, TOO_FIRM, TOO_STRONG = "unanswered", "no_evidence", "too_firm", \
    "too_strong"
OUTDATED, OTHERS, REFUSED = "outdated", "others", NOT_RECOGNISED.replace(" ", "_")


def answer_table(study: Study, tables: Mapping[str, Table] | None = None) -> Table:
    """Set each question beside its answer, its evidence and how certain it is.

    Parameters
    ----------
    study
        The study; answers stand in data/interpretations.toml.
    tables
        Tables by the name under which they are saved; the accepted ones of data/expected when
        left out.

    Returns
    -------
    Table
        One row for each question and each Table or Figure that its answer rests on.

        - ``question``: id; ``answer``: its words, the slots filled; empty without an answer
        - ``certainty``: ``stevig``, ``redelijk``, ``beperkt`` or ``geen antwoord``, capped by the
          design of the sources; ``why``: the reason of the person who chose
        - ``limit``: what the answer does not say
        - ``evidence``: name of the saved result; ``what``: ``table``, ``figure`` or ``quote``
        - ``stands``: how it stands to the answer, such as ``spreekt tegen``
        - ``source``: its sources, joined by +
        - ``flag``: what is wrong, joined by +: ``unanswered``, ``no_evidence``, ``too_firm`` (the
          certainty is more than the design allows), ``too_strong`` (a literal number, rank,
          change or cause), ``outdated``, ``others`` (a Table of other units than the question is
          about), ``niet_herkend``

    Raises
    ------
    StudyError
        If interpretations.toml or terugleggen.toml is not in order.
    DataError
        If the study has no questions, an answer rests on a Table that is not there, or a slot
        asks for what its Table does not give.
    """
    if not study.questions:
        raise DataError(_(
            "{file}: asks no research questions. Add one under [questions.…].",
            file=study.file.name))
    written = load_interpretations(study)
    made = {one: interpretation(study, one, tables) for one in study.questions}
    rows = [row for question, answer in made.items()
            for row in _rows(question, answer, written.get(question))]
    data = pd.DataFrame(rows, columns=COLUMNS).astype(str)
    facts = (Subject("answer_table"), Counted("evidence"))
    names = dict.fromkeys(name for answer in made.values() for words in answer.sources.values()
                          for name in words.split("+") if name in study.sources)
    used = [study.sources[name] for name in names] or [written_list(
        study, "interpretations", INTERPRETATIONS, "answer", Label(nl="Antwoorden", en="Answers"))]
    return Table(data, "answer_table", (), facts, (*used, *_spoken(study)))


def _spoken(study: Study) -> tuple[Vocabulary, ...]:
    """Return the words of the questions, and of the heading above them."""
    return (
        Vocabulary.of("question", lambda language: {
            name: f"{name}. {one.text.text(language)}" for name, one in study.questions.items()}),
        Vocabulary.of("column", lambda language: {"question": label("asked_question", language)}))


def _rows(question: str, made: Interpretation, written: Written | None) -> Iterator[tuple]:
    if written is None:
        yield question, "", NONE, "", "", "", "", "", "", UNANSWERED
        return
    own = (question, made.text, made.certainty, made.why, made.limit)
    flags = flags_of(made)
    for name in made.tables:
        flag = [*flags, *([OUTDATED] if name in made.outdated else []),
                *([OTHERS] if name in made.others else [])]
        yield (*own, name, "quote" if name in made.quoted else "table",
               written.stands.get(name, ""), made.sources.get(name, ""), "+".join(flag))
    for name in made.figures:
        yield (*own, name, "figure", "", "", "+".join(flags))
    if not (made.tables or made.figures):
        yield (*own, "", "", "", "", "+".join([NO_EVIDENCE, *flags]))


def flags_of(made: Interpretation) -> list[str]:
    """Return what is wrong with an answer as a whole."""
    return [*([TOO_FIRM] if made.certainty != made.chosen else []),
            *([TOO_STRONG] if made.overclaims else []),
            *([REFUSED] if any(one.recognised == NOT_RECOGNISED for one in made.checks) else [])]
