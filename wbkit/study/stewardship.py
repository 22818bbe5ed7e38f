"""What a data steward has to know of a study: who is responsible, on which basis, until when."""

from datetime import date
from typing import Literal

from pydantic import Field

from wbkit.study.model import Label, Model

LegalBasis = Literal["consent", "public_task", "legitimate_interest"]


class Stewardship(Model):
    """Who is responsible for the data, on which basis they are kept, and until when.

    Parameters
    ----------
    school
        The organisation that decides about the data (the controller).
    researcher, contact
        Who does the study, and where people can ask questions.
    officer
        Where the data protection officer of the school can be reached.
    purpose
        What the study is for, in a sentence.
    legal_basis
        ``consent``, ``public_task`` or ``legitimate_interest`` (article 6 of the GDPR).
    youngest
        Age from which people take part: 16 or 18.
    quotes, recording, code
        Whether words are quoted, conversations recorded, and whether respondents write a code of
        their own by which their answers can be found back.
    storage
        Where the data stand, and who can reach them.
    keep_until
        The day on which the raw data are erased.
    """

    school: str | None = Field(default=None, min_length=1)
    researcher: str | None = Field(default=None, min_length=1)
    contact: str | None = Field(default=None, min_length=1)
    officer: str | None = Field(default=None, min_length=1)
    purpose: Label | None = None
    legal_basis: LegalBasis = "consent"
    youngest: Literal[16, 18] = 16
    quotes: bool = True
    recording: bool | None = None
    code: bool = False
    storage: str | None = Field(default=None, min_length=1)
    keep_until: date | None = None
