"""Elements of XML as text, the same bytes each time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from wbkit.coding.refi.parts import GUID
from wbkit.text.frozen import frozen

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
COLOR = re.compile(r"#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})")
TIME = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d"
                  r"(\.\d+)?(Z|[+-](0\d|1[0-3]):[0-5]\d)?")
KINDS_OF_VALUE = {
    "Text": re.compile(r"(?s).*"), "Boolean": re.compile("true|false|0|1"),
    "Integer": re.compile(r"[+-]?\d+"), "Float": re.compile(r"[+-]?(\d+\.?\d*|\.\d+)"),
    "Date": re.compile(TIME.pattern.split("T")[0]), "DateTime": TIME,
}
DIRECTIONS = ("Associative", "OneWay", "Bidirectional")


@dataclass
class Losses:
    """What the format cannot hold, counted by kind.

    Parameters
    ----------
    counts
        Words = how often.
    """

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, words: str, n: int = 1) -> None:
        """Count something that is left out."""
        if n:
            self.counts[words] = self.counts.get(words, 0) + n

    def lines(self) -> tuple[str, ...]:
        """Return one line for each kind."""
        return tuple(f"{words}: {n}" for words, n in self.counts.items())


class Maker:
    """Makes elements, and leaves out what the schema forbids.

    Parameters
    ----------
    losses
        Where it says what it left out.
    """

    def __init__(self, losses: Losses) -> None:
        self.losses = losses

    def element(
        self, name: str, attributes: Sequence[tuple[str, str]] = (),
        children: Iterable[str] = (), *, text: str | None = None,
    ) -> str:
        """Return an element; attributes without a value are left out."""
        kept = [(key, self.clean(value)) for key, value in attributes]
        head = "".join(f" {key}={quoteattr(value)}" for key, value in kept if value)
        inside = "".join(children)
        if text is not None:
            return f"<{name}{head}>{escape(self.clean(text))}</{name}>\n"
        return f"<{name}{head}>\n{inside}</{name}>\n" if inside else f"<{name}{head}/>\n"

    def wrapped(self, name: str, children: Iterable[str]) -> list[str]:
        """Return an element around others, or nothing where there are none."""
        inside = list(children)
        return [self.element(name, (), inside)] if inside else []

    def described(self, words: str) -> list[str]:
        """Return a description where there is one."""
        return [self.element("Description", text=words)] if self.clean(words) else []

    def named(self, words: str) -> str:
        """Return a name that must be there."""
        return self.clean(words) or "-"

    def references(self, name: str, guids: Iterable[str], known: set[str]) -> list[str]:
        """Return references; those that lead nowhere are left out."""
        found = []
        for guid in guids:
            if guid in known:
                found.append(self.element(name, [("targetGUID", guid)]))
            else:
                self.losses.add(f"references ({name}) to something that is not in the project")
        return found

    def time(self, written: str) -> str:
        """Return a time, or nothing where the schema takes it for none."""
        return self._fitting(written, TIME, "times that are not written as in XML")

    def color(self, written: str) -> str:
        """Return a colour, or nothing where the schema takes it for none."""
        return self._fitting(written, COLOR, "colours that are not written as #rrggbb")

    def type(self, written: str) -> str:
        """Return the type of a variable."""
        if written not in KINDS_OF_VALUE:
            self.losses.add("unknown types of variables")
        return written if written in KINDS_OF_VALUE else "Text"

    def direction(self, written: str) -> str:
        """Return the direction of a link."""
        if written and written not in DIRECTIONS:
            self.losses.add("unknown directions of links")
        return written if written in DIRECTIONS else ""

    def user(self, guid: str) -> str:
        """Return the GUID of a user."""
        return self._fitting(guid, GUID, "GUIDs of users that are none")

    def clean(self, words: str) -> str:
        """Return words without signs that XML cannot hold."""
        kept = frozen(FORBIDDEN.sub("", words))
        self.losses.add("signs that XML cannot hold", len(FORBIDDEN.findall(words)))
        return kept

    def _fitting(self, written: str, rule: re.Pattern[str], words: str) -> str:
        if written and not rule.fullmatch(written):
            self.losses.add(words)
            return ""
        return written
