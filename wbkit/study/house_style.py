"""How the pages of a school look: its name, its colours, its logo and its Word template."""

from typing import Annotated

from pydantic import AfterValidator, Field

from wbkit.messages import _
from wbkit.study.model import Model

PICTURES = (".svg", ".png", ".jpg", ".jpeg")


def _is_logo(file: str) -> str:
    if not file.lower().endswith(PICTURES):
        raise ValueError(_("should end in one of {endings}", endings=", ".join(PICTURES)))
    return file


def _is_template(file: str) -> str:
    if not file.lower().endswith(".docx"):
        raise ValueError(_(
            "should be a Word file that ends in .docx. Save a template (.dotx) as .docx first"))
    return file


Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class HouseStyle(Model):
    """The house style of a school, ``[house]`` in study.toml; all of it can be left out.

    Parameters
    ----------
    school
        The name that stands on pages and reports.
    colour
        The colour of numbers and bars, such as ``#2b6a94``.
    highlight
        The colour of what a title is about; it is printed bold too.
    logo
        A picture (.svg, .png or .jpg), from the folder of study.toml.
    template
        A Word file with the styles of the school, from the folder of study.toml.
    """

    school: str | None = Field(default=None, min_length=1)
    colour: Colour | None = None
    highlight: Colour | None = None
    logo: Annotated[str, AfterValidator(_is_logo)] | None = None
    template: Annotated[str, AfterValidator(_is_template)] | None = None
