"""Texts on their way into the store: frozen, and never of people whom nobody protected."""

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from wbkit.coding.store.cache import Shelf
from wbkit.coding.store.files import file_name
from wbkit.coding.store.texts import (
    ANSWERS,
    TEXT,
    TURN,
    Group,
    Stored,
    contents,
    described,
    group_path,
    made,
)
from wbkit.errors import CodingError, DisclosureError

OWN = ("unit", "attributes")
HOLD_WORDS = ("documents", "codings", "memos", "revisions")  # a coding keeps its quote
IGNORED, NO_REPOSITORY = 0, 128  # what `git check-ignore` ends with


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
            raise CodingError(f"{name}: the answer {row!r} comes twice. Give each its own row.")
        texts[one.id] = one
    return Group(name, described(about, kind=ANSWERS), texts)


def add_group(shelf: Shelf, group: Group) -> dict[Path, bytes]:
    """Return the files in which new texts are kept, or say why they cannot come in."""
    _check_name(shelf, group)
    if not group_path(shelf.store, group.name).exists():
        return contents(shelf.store, group)
    there = shelf.group(group.name)
    changed = [one.id for one in group.texts.values()
               if there.texts.get(one.id, one).sha256 != one.sha256]
    if changed or there.kind != group.kind:
        raise CodingError(f"{group.name}: there is another text with the id "
                          f"{(changed or [group.name])[0]!r}. Give a new version of it to "
                          "store.revise, or choose another id.")
    _check_same_privacy(group, there)
    if group.kind == TEXT:
        return {}
    kept = {**group.texts, **there.texts}
    return contents(shelf.store, Group(there.name, there.about, kept))


def _check_same_privacy(group: Group, there: Group) -> None:
    """Refuse a text that is kept as one thing and comes again as another."""
    was, now = (one.about["privacy"] for one in (there, group))
    if was != now:
        raise CodingError(
            f"{group.name}: the store keeps it with privacy = {was!r}, and now it is said to be "
            f"{now!r}. If {was!r} is right, say so here too; if not, correct privacy in "
            f"documents/{file_name(group.name)}.toml first."
        )


def check_privacy(store: Path, group: Group) -> None:
    """Refuse texts of real people where git would keep them."""
    if group.about["privacy"] != "real" or _is_outside_git(store):
        return
    raise DisclosureError(
        f"{group.name}: is a text of real people, and git keeps {store.name}. Pseudonymise it "
        'first and say privacy = "pseudonymised", or put the store in a folder that .gitignore '
        "names whole: codings and memos repeat its words.")


def _is_outside_git(store: Path) -> bool:
    there = store.resolve()
    while not there.is_dir():
        there = there.parent
    if not any((folder / ".git").exists() for folder in (there, *there.parents)):
        return True
    try:
        asked = subprocess.run(
            ["git", "check-ignore", *(str(store.resolve() / part / "a") for part in HOLD_WORDS)],
            cwd=there, capture_output=True, check=False)
    except OSError:  # without git nobody can say, so it is kept
        return False
    every = len(asked.stdout.splitlines()) == len(HOLD_WORDS)
    return asked.returncode == NO_REPOSITORY or (asked.returncode == IGNORED and every)


def _check_turns(text: Stored, turns: Iterable[Mapping[str, Any]]) -> None:
    for turn in turns:
        if not 0 <= turn["start"] <= turn["end"] <= len(text.text):
            raise CodingError(f"{text.id}: turn {turn['turn']} goes from {turn['start']} to "
                              f"{turn['end']}, outside its text. Read the text again.")


def _check_name(shelf: Shelf, group: Group) -> None:
    """Refuse a name that another system would take for another one."""
    own = file_name(group.name)
    taken = {stem.casefold(): stem for stem in shelf.stems()}
    small = own.casefold()
    same = taken.get(small, own)
    turns = small.endswith(".turns") and small.removesuffix(".turns") in taken
    if same != own or turns or f"{small}.turns" in taken:
        raise CodingError(f"{group.name!r} and {unquote(same)!r} cannot both be here: some systems "
                          "make no difference between their files. Choose another id.")
