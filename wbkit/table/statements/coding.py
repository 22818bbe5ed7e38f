"""What is known of Tables about texts and codes: who looked, who agreed, what is listed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from wbkit.table.facts import Count, Fact, Naming

# What the title names beside the texts


@dataclass(frozen=True)
class Nearness(Fact):
    """How near two codes are to stand together: ``overlap``, ``turn`` …, and within how much."""

    place: ClassVar[str] = "title"
    near: str
    within: int


@dataclass(frozen=True)
class Cases(Fact):
    """The code that the listed texts have, and the one that they lack."""

    place: ClassVar[str] = "title"
    code: str
    other: str = ""


@dataclass(frozen=True)
class Coders(Fact):
    """Who is compared, code by code, and on all codes of a unit together."""

    place: ClassVar[str] = "title"
    coders: tuple[str, ...]

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """The codes of a unit together are no code."""
        return {"code": {"all_codes": "all_codes"}}


@dataclass(frozen=True)
class Asked(Fact):
    """The question of the guide on which something was said."""

    place: ClassVar[str] = "title"
    question: str


@dataclass(frozen=True)
class Chosen(Fact):
    """Only texts with this value of an attribute are shown."""

    place: ClassVar[str] = "title"
    item: str
    value: str


# What ids stand for


@dataclass(frozen=True)
class UnknownGroup(Fact):
    """Texts without a value of this attribute are a group of their own."""

    place: ClassVar[str] = "ids"
    item: str

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """Nothing is known of them."""
        return {self.item: {"unknown": "unknown_group"}}


@dataclass(frozen=True)
class Ways(Fact):
    """In these ways a topic can come up, from the least to the most."""

    place: ClassVar[str] = "ids"
    ways: tuple[str, ...]

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """Values are ways, and items are topics."""
        return {"value": {one: f"topic_{one}" for one in self.ways},
                "scale": dict.fromkeys(self.ways, ""), "column": {"item": "col_topic"}}


@dataclass(frozen=True)
class Decided(Fact):
    """What can be decided on a disagreement; nothing yet."""

    place: ClassVar[str] = "ids"

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """An empty decision is open."""
        return {"decision": {"yes": "decision_yes", "no": "decision_no", "": "decision_open"}}


@dataclass(frozen=True)
class Row(Naming):
    """What a row of a matrix is: a source or its open item, a text, a question, a group.

    `apart` says that codes by hand and key words of the same texts stand beside each other.
    """

    column: ClassVar[str] = "row"
    id: str
    source: str
    of: str
    part: str
    items: tuple[str, ...] = ()
    apart: str = ""


@dataclass(frozen=True)
class Speaking(Naming):
    """How many conversations a source has, and how many people were asked in them."""

    column: ClassVar[str] = "source"
    id: str
    texts: Count
    asked: Count

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """Values are roles, and what is counted are words."""
        return {"item": {"words": "spoke_title"},
                "column": {"source": "col_source", "value": "col_role"}}


@dataclass(frozen=True)
class Group(Naming):
    """Several ids in one cell."""

    column: str
    id: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Differing(Naming):
    """What differs between a quotation and the text; of real people only at how many places."""

    column: ClassVar[str] = "differences"
    id: str
    changes: tuple[tuple[str, str], ...] = ()
    places: int = 0


# The base, and on what intervals rest


@dataclass(frozen=True)
class Considered(Fact):
    """In how many units or texts somebody looked for codes, out of how many."""

    place: ClassVar[str] = "base"
    form: str
    n: Count | None = None
    every: Count | None = None
    texts: Count | None = None
    codes: int = 0
    coders: int = 0


@dataclass(frozen=True)
class Listed(Fact):
    """How much is listed, out of how much; a plain number counts no people."""

    place: ClassVar[str] = "base"
    form: str
    n: Count | int | None = None
    every: Count | int | None = None
    texts: Count | None = None
    documents: Count | None = None


@dataclass(frozen=True)
class Checked(Fact):
    """How many quotations stand in the texts, and how many were too short to be looked up."""

    place: ClassVar[str] = "base"
    n: int
    every: int
    short: int
    words: int

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """How a quotation stands in a text."""
        return {"state_of_quote": {one: f"quote_{one}" for one in
                                   ("exact", "marked", "moved", "changed", "absent")}}


@dataclass(frozen=True)
class Memos(Fact):
    """How many memos of which kinds are listed."""

    place: ClassVar[str] = "base"
    n: int
    kinds: tuple[str, ...]

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """The kinds of memos."""
        return {"kind": {one: f"memo_{one}" for one in self.kinds}}


@dataclass(frozen=True)
class HandRead(Fact):
    """How many units were drawn by lot and read by hand, out of how many that were searched.

    `how` is ``keywords`` or ``machine``: what searched all of them.
    """

    place: ClassVar[str] = "base"
    how: str
    sample: str
    seed: int
    n: Count
    every: Count

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """Values are codes; what was found is no share of people."""
        return {"item": {"codes": "prevalence_item"},
                "column": {"value": "col_code", "found": f"col_found_{self.how}",
                           "share": "col_share_estimated", "n": "col_by_hand"}}


@dataclass(frozen=True)
class AboutTexts(Fact):
    """The interval comes from a sample of the texts, and is about the coding of these texts."""

    place: ClassVar[str] = "basis"
    how: str


@dataclass(frozen=True)
class Resampled(Fact):
    """The intervals come from drawing whole documents again."""

    place: ClassVar[str] = "basis"


@dataclass(frozen=True)
class ClustersResampled(Fact):
    """The intervals come from drawing again whole documents that study.toml puts together."""

    place: ClassVar[str] = "basis"


@dataclass(frozen=True)
class Pair(Fact):
    """How many units two coders both considered, where not all coders considered all."""

    place: ClassVar[str] = "base"
    coder: str
    other: str
    n: Count


# Notes


@dataclass(frozen=True)
class Given(Fact):
    """How codes came about: ``codes`` of people, ``keywords`` of a dictionary, or ``both``."""

    how: str

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """Values are codes; all of them together are one item. Hits are called what they are."""
        found = {"n": "col_found_keywords"} if self.how == "keywords" else {}
        return {"item": {"codes": f"{self.how}_item"},
                "column": {"value": "col_code"} | found}


@dataclass(frozen=True)
class MoreByHand(Fact):
    """How many more units to read so that no interval reaches farther than so many points."""

    n: int
    points: int


@dataclass(frozen=True)
class CodeAll(Fact):
    """There are so few texts that it is better to read all of them."""

    every: Count


@dataclass(frozen=True)
class AnyCoder(Fact):
    """A code counts when one of these coders gave it."""

    coders: tuple[str, ...]


@dataclass(frozen=True)
class PartlyRead(Fact):
    """Not every text was considered for every code."""


@dataclass(frozen=True)
class Waiting(Fact):
    """How many hits or codings wait for a reader; `of` says which, and whether they count."""

    of: str
    n: Count


@dataclass(frozen=True)
class Rolled(Fact):
    """A code above others counts each unit once."""


@dataclass(frozen=True)
class OnceEach(Fact):
    """A conversation counts once, whatever is said in it."""


@dataclass(frozen=True)
class Caution(Fact):
    """How a result of this form is to be read."""

    form: str


@dataclass(frozen=True)
class Pooled(Fact):
    """The codes of these coders were taken together."""

    coders: tuple[str, ...]


@dataclass(frozen=True)
class Undefined(Fact):
    """Why some numbers are absent, or to be read with care."""

    reason: str


@dataclass(frozen=True)
class Unshared(Fact):
    """How many codings are in texts that not all compared coders considered blind."""

    n: Count


@dataclass(frozen=True)
class Origin(Fact):
    """How many of all codings came about in another way, and are not counted."""

    origin: str
    n: Count
    every: Count


@dataclass(frozen=True)
class Training(Fact):
    """How many of all codings are of a training round, and are not counted."""

    n: Count
    every: Count


@dataclass(frozen=True)
class Witness(Fact):
    """Which program a machine is, with which prompt, on which day."""

    coder: str
    words: str
    form: str = "witness"


@dataclass(frozen=True)
class Unconsidered(Fact):
    """How many codings are in texts that nobody said to have looked through for that code."""

    n: Count


@dataclass(frozen=True)
class OlderDefinition(Fact):
    """How many codings were made before their code was defined as it is now."""

    codes: tuple[str, ...]
    n: Count


@dataclass(frozen=True)
class NoVerdict(Fact):
    """No number is called sufficient."""
