"""What a study asks of whom, with the findings that each request rests on."""

from collections.abc import Mapping
from datetime import date as Day
from typing import Literal, get_args

import pandas as pd
from pydantic import ValidationError

from wbkit.errors import StudyError
from wbkit.findings.interpretations import Interpretation, interpretation
from wbkit.labels import label
from wbkit.messages import _
from wbkit.study.interpretations import LIMITED, NONE, written_list
from wbkit.study.model import Label, Model, fault_lines
from wbkit.study.source import Source
from wbkit.study.study import Study
from wbkit.study.toml_text import read_fields
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.count_layouts import SHOWN
from wbkit.table.facts import Counted, Overlapping, Subject
from wbkit.table.table import Table

RECOMMENDATIONS = "recommendations.toml"
Level = Literal["micro", "meso", "macro"]
Change = Literal["verbeteren", "veranderen", "innoveren"]
Necessity = Literal["beeld van de student", "rol van de coach", "vorm", "lessen", "programma"]
COLUMNS = ["recommendation", "text", "level", "addressed_to", "findings", "change", "necessity",
           "ask", "cost", "owner", "date", "certainty", "flag"]
NO_FINDING, LOW_CERTAINTY, UNANSWERED = "no_finding", "low_certainty", "unanswered"


class Recommendation(Model):
    """What a study asks of somebody.

    Parameters
    ----------
    text
        The recommendation.
    level
        ``micro`` (teacher and student), ``meso`` (team) or ``macro`` (school).
    addressed_to
        Of whom it is asked.
    findings
        Ids of the questions on whose answers it rests.
    change
        ``verbeteren``, ``veranderen`` or ``innoveren``.
    necessity
        What has to change: ``beeld van de student``, ``rol van de coach``, ``vorm``, ``lessen``
        or ``programma``.
    ask
        The decision that is asked.
    cost
        Hours or money.
    owner
        Who takes it up.
    date
        By when.
    """

    text: Label
    level: Level
    addressed_to: Label
    findings: tuple[str, ...] = ()
    change: Change
    necessity: Necessity | None = None
    ask: Label = Label()
    cost: Label = Label()
    owner: Label = Label()
    date: Day | None = None


def load_recommendations(study: Study) -> dict[str, Recommendation]:
    """Read data/recommendations.toml.

    Parameters
    ----------
    study
        The study; the file stands beside its study.toml.

    Returns
    -------
    dict of str to Recommendation
        By id, in the order of the file; empty when there is no such file.

    Raises
    ------
    StudyError
        If the file is not in order, or rests on a question that the study does not ask.
    """
    file = study.folder / RECOMMENDATIONS
    if not file.is_file():
        return {}
    try:
        fields = read_fields(file.read_bytes(), RECOMMENDATIONS, StudyError)
        found = {name: Recommendation.model_validate(entry) for name, entry in fields.items()}
    except ValidationError as error:
        keys = {"Recommendation": list(Recommendation.model_fields)}
        raise StudyError(fault_lines(error, RECOMMENDATIONS, keys)) from None
    for name, one in found.items():
        strange = [finding for finding in one.findings if finding not in study.questions]
        if strange:
            raise StudyError(_(
                "{file}, {name}: rests on {finding!r}, which the study does not ask. Its questions "
                "are {questions}. Use one or more of these.",
                file=RECOMMENDATIONS, name=name, finding=strange[0],
                questions=", ".join(study.questions)))
    return found


def recommendations(study: Study, tables: Mapping[str, Table] | None = None) -> Table:
    """Show what the study asks of whom, and how certain that on which it rests is.

    Parameters
    ----------
    study
        The study; recommendations stand in data/recommendations.toml.
    tables
        Tables by the name under which they are saved; the accepted ones of data/expected when
        left out.

    Returns
    -------
    Table
        One row for each recommendation.

        - ``recommendation``: id; ``text``, ``addressed_to``, ``ask``, ``cost``, ``owner``: words
        - ``level``: ``micro``, ``meso`` or ``macro``; ``change``: ``verbeteren``, ``veranderen``
          or ``innoveren``; ``necessity``: what has to change
        - ``findings``: ids of questions, joined by +; ``certainty``: of the least certain of them
        - ``date``: by when, as year-month-day
        - ``flag``: ``no_finding``, ``low_certainty`` or ``unanswered``; empty when in order

    Raises
    ------
    StudyError
        If recommendations.toml or interpretations.toml is not in order.
    DataError
        If an answer on which one rests cannot be filled from its Tables.
    """
    found = load_recommendations(study)
    used = dict.fromkeys(finding for one in found.values() for finding in one.findings)
    made = {name: interpretation(study, name, tables) for name in used}
    rows = [_row(name, one, [made[finding] for finding in one.findings], study.language)
            for name, one in found.items()]
    data = pd.DataFrame(rows, columns=COLUMNS).astype(str)
    return Table(data, "recommendations", (),
                 (Subject("recommendations"), Counted("recommendation")),
                 (_source(study), *_levels()))


def _source(study: Study) -> Source:
    return written_list(study, "recommendations", RECOMMENDATIONS, "recommendation",
                        Label(nl="Aanbevelingen", en="Recommendations"))


def _levels() -> tuple[Vocabulary, ...]:
    """Return the words of the three levels, and of the heading above them."""
    return (
        Vocabulary.of("level", lambda language: {
            one: label(f"recommended_{one}", language) for one in get_args(Level)}),
        Vocabulary.of("column", lambda language: {
            "level": label("recommended_level", language)}))


def _row(name: str, one: Recommendation, made: list[Interpretation], language: str) -> tuple:
    levels = [answer.certainty for answer in made if answer.text]
    least = next((level for level in (NONE, LIMITED) if level in levels), "") or \
        next(iter(sorted(filter(None, levels))), "")
    flag = NO_FINDING if not made else UNANSWERED if not all(answer.text for answer in made) else \
        LOW_CERTAINTY if least in (NONE, LIMITED) else ""
    words = {key: getattr(one, key).text(language) or "" for key in (
        "text", "addressed_to", "ask", "cost", "owner")}
    return (name, words["text"], one.level, words["addressed_to"], "+".join(one.findings),
            one.change, one.necessity or "", words["ask"], words["cost"], words["owner"],
            one.date.isoformat() if one.date else "", least, flag)


def recommendation_matrix(study: Study) -> Table:
    """Count the recommendations by level and by kind of change.

    Parameters
    ----------
    study
        The study; recommendations stand in data/recommendations.toml.

    Returns
    -------
    Table
        One row for each level and kind of change, also where there is none.

        - ``level``, ``change``: ids
        - ``n``: recommendations; ``base``: all of them; ``share``: n / base, from 0 to 1
        - ``state``: ``shown``

    Raises
    ------
    StudyError
        If recommendations.toml is not in order.
    """
    found = load_recommendations(study).values()
    pairs = [(level, change) for level in get_args(Level) for change in get_args(Change)]
    counts = [sum((one.level, one.change) == pair for one in found) for pair in pairs]
    base = len(found)
    rows = [(*pair, n, base, n / base if base else float("nan"), SHOWN)
            for pair, n in zip(pairs, counts, strict=True)]
    data = pd.DataFrame(rows, columns=["level", "change", "n", "base", "share", "state"])
    facts = (Subject("recommendation_matrix"), Counted("recommendation"), Overlapping())
    return Table(data, "crosstab", ("level", "change"), facts,
                 (_source(study), *_levels()))
