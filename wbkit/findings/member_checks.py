"""What people said when a finding was given back to them."""

from datetime import date as Day
from typing import Literal

import pandas as pd
from pydantic import Field, ValidationError

from wbkit.errors import StudyError
from wbkit.labels import label
from wbkit.messages import _
from wbkit.study.interpretations import written_list
from wbkit.study.model import Label, Model, fault_lines
from wbkit.study.study import Study
from wbkit.study.toml_text import read_fields
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.facts import Counted, Subject
from wbkit.table.table import Table

MEMBER_CHECKS = "terugleggen.toml"
RECOGNISED, PARTLY, NOT_RECOGNISED = "herkend", "deels", "niet herkend"
SOURCE = Label(nl="Terugleggen", en="Member check")
COLUMNS = ["finding", "version", "date", "role", "present", "recognised", "missing"]


class MemberCheck(Model):
    """A finding that was given back to a group of people, and whether they recognised it.

    Parameters
    ----------
    finding
        The question whose answer was given back.
    version
        Of the answer, as `interpretation` prints it.
    date
        When.
    present
        How many people were there.
    role
        Who they were: a role, and no names.
    recognised
        ``herkend``, ``deels`` or ``niet herkend``.
    missing
        What they missed in it.
    """

    finding: str
    version: str
    date: Day
    present: int = Field(ge=1)
    role: str
    recognised: Literal["herkend", "deels", "niet herkend"]
    missing: Label = Label()


class _File(Model):
    check: tuple[MemberCheck, ...] = ()


def load_member_checks(study: Study) -> tuple[MemberCheck, ...]:
    """Read data/terugleggen.toml.

    Parameters
    ----------
    study
        The study; the file stands beside its study.toml.

    Returns
    -------
    tuple of MemberCheck
        In the order of the file; empty when there is no such file.

    Raises
    ------
    StudyError
        If the file is not in order, or is about a question that the study does not ask.
    """
    file = study.folder / MEMBER_CHECKS
    if not file.is_file():
        return ()
    try:
        checks = _File.model_validate(
            read_fields(file.read_bytes(), MEMBER_CHECKS, StudyError)).check
    except ValidationError as error:
        keys = {model.__name__: list(model.model_fields) for model in (_File, MemberCheck)}
        raise StudyError(fault_lines(error, MEMBER_CHECKS, keys)) from None
    strange = next((one for one in checks if one.finding not in study.questions), None)
    if strange is not None:
        raise StudyError(_(
            "{file}: {finding!r} is no question of the study. Its questions are {questions}. Use "
            "one of these.",
            file=MEMBER_CHECKS, finding=strange.finding, questions=", ".join(study.questions)))
    return checks


def member_checks(study: Study) -> Table:
    """Show what people said when the answers were given back to them.

    It is a source of its own: it changes no number, and makes no answer more certain.

    Parameters
    ----------
    study
        The study; the file is data/terugleggen.toml.

    Returns
    -------
    Table
        One row for each time an answer was given back.

        - ``finding``: the question; ``version``: of its answer
        - ``date``, ``role``: when, and to whom
        - ``present``: people who were there; absent under the study's minimum, outside
          synthetic studies
        - ``recognised``: ``herkend``, ``deels`` or ``niet herkend``
        - ``missing``: what they missed, in words

    Raises
    ------
    StudyError
        If the file is not in order.
    """
    least = max((one.minimum for one in study.sources.values()), default=1)
    rows = [(one.finding, one.version, one.date.isoformat(), one.role,
             one.present if one.present >= least else float("nan"), one.recognised,
             one.missing.text(study.language) or "") for one in load_member_checks(study)]
    data = pd.DataFrame(rows, columns=COLUMNS).astype({"present": float})
    return Table(data, "member_checks", (), (Subject("member_checks"), Counted("session")),
                 (written_list(study, "terugleggen", MEMBER_CHECKS, "session", SOURCE),
                  Vocabulary.of("column", lambda language: {
                      "missing": label("missed_in_it", language)})))
