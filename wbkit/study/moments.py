"""When answers were collected."""

from datetime import datetime
from typing import Any, Self

from pydantic import model_validator

from wbkit.labels import label
from wbkit.study.model import Label, Model

MOMENT = "moment"
MINUTES = "minutes"


class Moment(Model):
    """A time at which answers were collected, from `start` until just before `end`."""

    start: datetime
    end: datetime
    label: Label = Label()

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"end ({self.end}) is not after start ({self.start}). Correct one.")
        return self


def moment_item(moments: Any) -> dict[str, Any]:
    """Make the item that says at which moment a unit answered."""
    if not isinstance(moments, dict) or not moments:
        return {}
    words = [Label.model_validate((entry or {}).get("label", name)) if isinstance(entry, dict)
             else Label(nl=name) for name, entry in moments.items()]
    return {MOMENT: {
        "name": MOMENT, "kind": "nominal", "values": tuple(moments),
        "label": {language: label(MOMENT, language) for language in ("nl", "en")},
        "value_labels": {language: tuple(word.text(language) or name
                                         for word, name in zip(words, moments, strict=True))
                         for language in ("nl", "en")},
    }}
