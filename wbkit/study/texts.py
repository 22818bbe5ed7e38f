"""What a source of texts needs to say besides its files."""

from typing import Literal

from pydantic import Field

from wbkit.study.model import Label, Model

TextFormat = Literal["docx", "odt", "txt", "vtt", "srt"]
TEXT_FORMATS = ("docx", "odt", "txt", "vtt", "srt")


class TextRules(Model):
    """How the files of a source become documents and turns.

    Parameters
    ----------
    guide
        A csv file with the guide: columns id, topic, question, and topic_en or topic_nl for
        results in another language.
    interviewers
        Labels of those who asked the questions; their turns are not coded.
    roles
        Label or name as it stands in the files = role (``TL = "teamleider"``).
    role_labels
        Role = its printed words in each language.
    sheets
        Words with which the first line of each sheet begins, for files that hold several.
    attributes
        Document = its attributes, beside those on ``# key: value`` lines in the file.
    """

    guide: str | None = None
    interviewers: tuple[str, ...] = ()
    roles: dict[str, str] = Field(default_factory=dict)
    role_labels: dict[str, Label] = Field(default_factory=dict)
    sheets: str | None = Field(default=None, min_length=1)
    attributes: dict[str, dict[str, str]] = Field(default_factory=dict)
