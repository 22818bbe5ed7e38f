"""The texts of the store, frozen, in files that every system reads the same way."""

import csv
import io
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wbkit.coding.store.files import DOCUMENTS, file_name
from wbkit.coding.store.records import DIGITS
from wbkit.errors import CodingError
from wbkit.messages import _, counted
from wbkit.text.identifying import pointing
from wbkit.text.normalise import frozen, sha256_of

TEXT, ANSWERS = "text", "answers"
PSEUDONYMISED = "pseudonymised"
PRIVACIES = ("synthetic", "public", "pseudonymised", "real")
TURN = ("turn", "start", "end", "speaker", "role", "question", "time")
ANSWER = ("document", "unit", "revision", "sha256", "text")
ENDINGS = (".toml", ".txt", ".turns.csv", ".csv")  # of the files of one group of texts
ABOUT = ("kind", "source", "item", "converter", "privacy")
OWN = ("unit", "attributes")
LONGEST_FIELD = 2**31 - 1


@dataclass(frozen=True)
class Stored:
    """One frozen text."""

    id: str
    text: str
    sha256: str  # by which a changed text is recognised
    unit: str = ""  # id of the unit that it belongs to
    attributes: Mapping[str, str] = field(default_factory=dict)
    revision: int = 1  # one more each time the text was revised

    @property
    def digits(self) -> str:
        """The first digits of the hash, by which codings name this text."""
        return self.sha256[:DIGITS]


@dataclass(frozen=True)
class Group:
    """The texts of one file: one transcript, or all answers to one open item."""

    name: str  # id of the text, or source.item
    about: Mapping[str, str]  # kind, source, item, converter, privacy
    texts: Mapping[str, Stored]
    turns: tuple[Mapping[str, Any], ...] = ()

    @property
    def kind(self) -> str:
        """``text`` or ``answers``."""
        return self.about["kind"]


def made(document: str, text: str, **rest: Any) -> Stored:
    """Freeze a text."""
    if not isinstance(text, str):
        raise CodingError(_(
            "{document}: its text is of type {type}; it should be a string. Read the file as "
            "UTF-8 first, or leave out what is empty.",
            document=document, type=type(text).__name__))
    kept = frozen(text)
    attributes = {frozen(str(name)): frozen(str(value)) for name, value
                  in sorted(rest.pop("attributes", {}).items())}
    unit = frozen(str(rest.pop("unit", None) or ""))
    return Stored(document, kept, sha256_of([kept])[0], unit, attributes, **rest)


def described(about: Mapping[str, str], *, kind: str) -> dict[str, str]:
    """Return what is known about texts, checked."""
    strange = about.keys() - set(ABOUT)
    if strange:
        raise CodingError(_(
            "{key!r} is nothing that is kept about a text. It may be {keys} or attributes. "
            "Correct the word.",
            key=min(strange), keys=", ".join(ABOUT)))
    if about.get("privacy") not in PRIVACIES:
        raise CodingError(_(
            "the privacy of a text is {privacy!r}; it may be {privacies}. Say how it stands with "
            "this text.",
            privacy=about.get("privacy"), privacies=", ".join(PRIVACIES)))
    return {name: frozen(str({"kind": kind, **about}.get(name, ""))) for name in ABOUT}


def text_group(
    document: str, text: str, turns: Sequence[Mapping[str, Any]], about: Mapping[str, Any]
) -> Group:
    """Freeze one text."""
    own = {name: about[name] for name in OWN if name in about}
    rest = {name: value for name, value in about.items() if name not in OWN}
    one = made(document, text, **own)
    kept = tuple({name: turn.get(name, "") for name in TURN} for turn in turns)
    _check_turns(one, kept)
    return Group(document, described(rest, kind=TEXT), {document: one}, kept)


def answers_group(
    name: str, answers: Iterable[Mapping[str, Any]], about: Mapping[str, Any]
) -> Group:
    """Freeze the answers to an open item."""
    texts: dict[str, Stored] = {}
    for answer in answers:
        row = str(answer["document"])
        one = made(f"{name}/{row}", answer["text"], unit=str(answer.get("unit", row)),
                   attributes=answer.get("attributes", {}))
        if one.id in texts:
            raise CodingError(_(
                "{name}: the answer {row!r} comes twice. Give each its own row.",
                name=name, row=row))
        texts[one.id] = one
    return Group(name, described(about, kind=ANSWERS), texts)


def _check_turns(text: Stored, turns: Iterable[Mapping[str, Any]]) -> None:
    for turn in turns:
        if not 0 <= turn["start"] <= turn["end"] <= len(text.text):
            raise CodingError(_(
                "{document}: turn {turn} goes from {start} to {end}, outside its text. Read the "
                "text again.",
                document=text.id, turn=turn["turn"], start=turn["start"], end=turn["end"]))


def group_path(store: Path, name: str, ending: str = "toml") -> Path:
    """Return a file of a text."""
    return store / DOCUMENTS / f"{file_name(name)}.{ending}"


def contents(store: Path, group: Group) -> dict[Path, bytes]:
    """Return the files of a group of texts; last the one by which the texts are found."""
    about = {name: value for name, value in group.about.items() if value}
    about |= {"scanned": claim_of(group)} if about["privacy"] == PSEUDONYMISED else {}
    if group.kind == ANSWERS:
        return {group_path(store, group.name, "csv"): _answers(group),
                group_path(store, group.name): _toml({"name": group.name, **about}, {})}
    (one,) = group.texts.values()
    head = {"name": group.name, "revision": one.revision, "sha256": one.sha256, **about,
            **({"unit": one.unit} if one.unit else {})}
    files = {group_path(store, group.name, "txt"): one.text.encode()}
    if group.turns:
        files[group_path(store, group.name, "turns.csv")] = _csv(TURN, group.turns)
    return files | {group_path(store, group.name): _toml(head, one.attributes)}


def read_group(path: Path) -> tuple[Group, list[str]]:
    """Read the texts of a toml file, and one line about each that is not what came in.

    A claim that the store did not write itself is scanned, each time until it holds.
    """
    try:
        head = tomllib.loads(path.read_bytes().decode())
        attributes = head.pop("attributes", {})
        about = {name: head.get(name, "") for name in ABOUT}
        if about["kind"] == ANSWERS:
            texts, turns = _read_answers(path.with_suffix(".csv")), ()
        else:
            texts, turns = _read_text(path.with_suffix(".txt"), head, attributes)
        group = Group(head["name"], about, {one.id: one for one in texts}, turns)
    except (OSError, ValueError, KeyError, TypeError, csv.Error) as error:
        raise CodingError(_(
            "{file}: this text cannot be read ({type}). Bring the old text back with git; give a "
            "new text to revise.",
            file=f"{DOCUMENTS}/{path.name}", type=type(error).__name__)) from None
    claim = [] if head.get("scanned") == claim_of(group) else _false_claim(path, group)
    return group, claim + [_(
        "{file}, document {document!r}: is not the text that came in; its hash differs. Bring the "
        "old text back with git; give a new text to revise.",
        file=f"{DOCUMENTS}/{path.stem}", document=one.id)
        for one, sha256 in zip(texts, sha256_of(one.text for one in texts), strict=True)
        if one.sha256 != sha256]


def claim_of(group: Group) -> str:
    """Return the hash of what is said of texts: of another text, it does not hold any more."""
    texts = "".join(sorted(f"{one.id} {one.sha256} " for one in group.texts.values()))
    return sha256_of([f"{group.name} {group.about['privacy']} {texts}"])[0][:DIGITS]


def places_in(texts: Iterable[Stored], safe: Collection[str] = ()) -> dict[str, int]:
    """Return how many places can still point to a person, by the id of the text."""
    found = {one.id: len(pointing(one.text, safe)) for one in texts}
    return {name: n for name, n in found.items() if n}


def _false_claim(path: Path, group: Group) -> list[str]:
    """Say that texts are called pseudonymised, and that somebody is still named in them."""
    found = places_in(group.texts.values()) if group.about["privacy"] == PSEUDONYMISED else {}
    return [_(
        "{file}: somebody wrote privacy = \"pseudonymised\" here, and {places} in {texts} can "
        "still point to a person. Write privacy = \"real\" again, and give wbkit pseudonymise.",
        file=f"{DOCUMENTS}/{path.name}",
        places=counted(sum(found.values()), "place", "places"),
        texts=counted(len(found), "text", "texts"))] if found else []


def _read_text(
    path: Path, head: Mapping[str, Any], attributes: Mapping[str, str]
) -> tuple[list[Stored], tuple[Mapping[str, Any], ...]]:
    text = path.read_bytes().decode()
    one = Stored(head["name"], text, head["sha256"], head.get("unit", ""), attributes,
                 int(head["revision"]))
    file = path.with_suffix(".turns.csv")
    rows = _rows(file.read_bytes()) if file.exists() else []
    turns = tuple({**row, **{name: int(row[name]) for name in TURN[:3]}} for row in rows)
    return [one], turns


def _read_answers(path: Path) -> list[Stored]:
    found = []
    for row in _rows(path.read_bytes()):
        document, unit, revision, sha256, text = (row.pop(name) for name in ANSWER)
        found.append(Stored(document, text, sha256, unit, row, int(revision)))
    return found


def _answers(group: Group) -> bytes:
    names = sorted({name for one in group.texts.values() for name in one.attributes})
    rows = [{**dict.fromkeys(names, ""), **one.attributes, "document": one.id, "unit": one.unit,
             "revision": one.revision, "sha256": one.sha256, "text": one.text}
            for one in group.texts.values()]
    clash = set(names) & set(ANSWER)
    if clash:
        raise CodingError(_(
            "{name}: an attribute is called {attribute!r}, as a column of the store itself. Give "
            "it another name.",
            name=group.name, attribute=min(clash)))
    return _csv((*ANSWER, *names), rows)


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def _rows(content: bytes) -> list[dict[str, str]]:
    before = csv.field_size_limit(LONGEST_FIELD)  # the limit holds for the whole process
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))
    finally:
        csv.field_size_limit(before)
    if any(None in row or None in row.values() for row in rows):
        raise ValueError  # a row is not whole
    return rows


def _toml(head: Mapping[str, Any], attributes: Mapping[str, str]) -> bytes:
    import tomlkit  # noqa: PLC0415 - reading and coding need it never
    from tomlkit.items import KeyType, SingleKey  # noqa: PLC0415

    document = tomlkit.document()
    for name, value in head.items():
        document.add(name, value)
    if attributes:
        table = tomlkit.table()
        for name, value in attributes.items():
            table.append(SingleKey(name, KeyType.Basic), value)  # quoted: any heading
        document.add(tomlkit.nl()).add("attributes", table)
    return tomlkit.dumps(document).encode()


def renewed(group: Group, one: Stored, turns: Iterable[Mapping[str, Any]] | None = None) -> Group:
    """Return the group with one text in its new form."""
    kept = group.turns if turns is None else tuple(turns)
    return replace(group, texts={**group.texts, one.id: one}, turns=kept)
