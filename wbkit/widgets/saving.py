"""What the widgets share: they show what is kept, and each edit is saved at once."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from wbkit.widgets.session import REFUSED, EditSession

HERE = Path(__file__).parent
SHARED = ("elements.js", "ledger.js", "opening.js", "frame.js")
KEY_DIGITS = 12


def read_parts(*parts: str) -> str:
    """Return one module for the browser: what all widgets share, then these parts, in order."""
    return "\n".join((HERE / part).read_text(encoding="utf-8") for part in (*SHARED, *parts))


def key_of(*place: object) -> str:
    """Return the name under which a browser tab keeps what was not saved yet."""
    return hashlib.sha256("|".join(map(str, place)).encode()).hexdigest()[:KEY_DIGITS]


class SavingWidget(anywidget.AnyWidget):
    """A widget of which each edit is kept, and of which the notebook file holds counts alone.

    It has a `_session`, and says with `_content` what a browser shows, with `_open` what to do
    when another text is asked for, and with `_html` what the notebook file holds.
    """

    _session: EditSession
    _css = HERE / "text_coder.css"
    content = traitlets.Unicode("").tag(sync=True, echo_update=False)
    name = traitlets.Unicode("").tag(sync=True)

    def __init__(self) -> None:
        super().__init__(content=self._as_json(), name=uuid.uuid4().hex)
        self.on_msg(self._receive)

    def _content(self) -> dict[str, Any]:
        raise NotImplementedError

    def _open(self, document: str) -> None:
        raise NotImplementedError

    def _html(self) -> str:
        raise NotImplementedError

    def _as_json(self) -> str:
        return json.dumps(self._content(), ensure_ascii=False)

    def get_state(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return what a browser asks for: what is there now."""
        state = super().get_state(*args, **kwargs)
        return state | {"content": self._as_json()} if "content" in state else state

    def _receive(self, _widget: object, message: Mapping[str, Any], _buffers: object) -> None:
        """Answer the browser."""
        kind = message.get("kind")
        if kind == "edit":
            answer = self._session.take(message)
            again = {"content": self._as_json()} if answer["kind"] == REFUSED else {}
            self.send(answer | again)
        elif kind == "open":
            self._open(message["document"])
            self.send({"kind": "content", "content": self._as_json()})
        elif kind == "hello":
            self.send({"kind": "hello"})

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        made = super()._repr_mimebundle_(**kwargs)
        if made is None:
            return None
        data, about = made
        return data | {"text/plain": repr(self), "text/html": self._html()}, about
