"""What a reviewer has to know of the paper or report that a study belongs to."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from wbkit.messages import _
from wbkit.study.model import Label, Model

ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


def checked_orcid(text: str) -> str:
    """Return an ORCID of which the last digit is right; refuse another one.

    The check digit is that of ISO 7064, MOD 11-2, as ORCID describes it.
    """
    digits = text.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2 if digit.isdigit() else -1
    check = (12 - total % 11) % 11
    if not ORCID.fullmatch(text) or digits[-1] != ("X" if check == 10 else str(check)):
        raise ValueError(_(
            "{text!r} is no ORCID. Write its 16 digits in four groups, such as "
            "0000-0002-1825-0097, without https://orcid.org/", text=text))
    return text


class Author(Model):
    """Somebody who made a study, or who checks one.

    Parameters
    ----------
    name
        The name in full.
    orcid
        The number by which researchers are known, such as 0000-0002-1825-0097.
    """

    name: str = Field(min_length=1)
    orcid: Annotated[str, AfterValidator(checked_orcid)] | None = None


class Paper(Model):
    """The paper or report that a study belongs to, ``[paper]`` in study.toml.

    Parameters
    ----------
    title
        Its title; that of the study when left out.
    authors
        Who made it; the first one answers questions.
    reference
        Where it is: a DOI as an address, or words such as "Te verschijnen".
    """

    title: Label | None = None
    authors: tuple[Author, ...] = ()
    reference: str | None = Field(default=None, min_length=1)
