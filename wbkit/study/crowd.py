"""People of whom those behind joint answers are a part."""

from pydantic import Field

from wbkit.study.model import Label, Model


class Crowd(Model):
    """A population of people, such as all teachers of a school.

    Parameters
    ----------
    label
        What these people are called.
    n
        How many there are.
    """

    label: Label
    n: int = Field(gt=0)
