"""Whether texts may come into the store: what is said of them, and under which name."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from wbkit.coding.store.files import file_name, keeps_nothing
from wbkit.coding.store.incoming import set_name
from wbkit.coding.store.reader import Shelf
from wbkit.coding.store.texts import (
    PSEUDONYMISED,
    TEXT,
    TURN,
    Group,
    Stored,
    answers_group,
    contents,
    group_path,
    places_in,
    text_group,
)
from wbkit.errors import CodingError, DisclosureError
from wbkit.messages import _, counted

if TYPE_CHECKING:  # the store itself needs neither pandas nor a study
    from wbkit.data.documents import Documents


def groups_of(documents: "Documents", privacy: str | None) -> Iterator[Group]:
    """Yield texts as the store keeps them; the answers to an open item are one set.

    A source says itself that it is made up or public, and texts that they were pseudonymised.
    """
    source = documents.source
    own = ("synthetic" if source.synthetic else "public" if source.public
           else documents.privacy if documents.privacy == PSEUDONYMISED else privacy)
    rows = [{"document": row["document"], "text": row["text"], "unit": row["unit"],
             "attributes": {name: str(row[name]) for name in documents.attributes}}
            for row in documents.texts.to_dict("records")]
    about = {"privacy": own, "source": source.name}
    if documents.item:
        yield answers_group(set_name(documents), rows, about | {"item": documents.item})
        return
    turns = {name: part[list(TURN)].to_dict("records")
             for name, part in documents.turns.groupby("document", sort=False)}
    for row in rows:
        spoken = turns.get(row["document"], [])
        rest = {"unit": row["unit"], "attributes": row["attributes"]}
        yield text_group(row["document"], row["text"], spoken, about | rest)


def added(shelf: Shelf, group: Group) -> dict[Path, bytes]:
    """Return the files in which new texts are kept, or say why they cannot come in."""
    _check_name(shelf, group)
    if not group_path(shelf.store, group.name).exists():
        return contents(shelf.store, group)
    there = shelf.group(group.name)
    changed = [one.id for one in group.texts.values()
               if there.texts.get(one.id, one).sha256 != one.sha256]
    if changed or there.kind != group.kind:
        raise CodingError(_(
            "{name}: there is another text with the id {id!r}. Give a new version of it to "
            "store.revise, or choose another id.",
            name=group.name, id=(changed or [group.name])[0]))
    was, now = (one.about["privacy"] for one in (there, group))
    if was != now:
        raise CodingError(_(
            "{name}: the store keeps it with privacy = {was!r}, and now it is said to be "
            "{now!r}. If {was!r} is right, say so here too; if not, correct privacy in "
            "documents/{file}.toml first.",
            name=group.name, was=was, now=now, file=file_name(group.name)))
    if group.kind == TEXT:
        return {}
    kept = {**group.texts, **there.texts}
    return contents(shelf.store, Group(there.name, there.about, kept))


def check_privacy(store: Path, group: Group, safe: Collection[str] | None) -> None:
    """Refuse texts of real people where git would keep them, and a claim that does not hold.

    `safe` are words, in small letters, that a person decided to keep; None for texts that wbkit
    itself pseudonymised.
    """
    if safe is not None:
        check_claim(group, group.texts.values(), safe)
    if group.about["privacy"] != "real" or keeps_nothing(store):
        return
    raise DisclosureError(_(
        "{name}: is a text of real people, and git keeps {store}. Give wbkit pseudonymise first "
        "and take the text from read_texts, or put the store in a folder that .gitignore names "
        "whole: codings and memos repeat its words.",
        name=group.name, store=store.name))


def _check_name(shelf: Shelf, group: Group) -> None:
    """Refuse a name that another system would take for another one."""
    own = file_name(group.name)
    taken = {stem.casefold(): stem for stem in shelf.stems()}
    small = own.casefold()
    same = taken.get(small, own)
    turns = small.endswith(".turns") and small.removesuffix(".turns") in taken
    if same != own or turns or f"{small}.turns" in taken:
        raise CodingError(_(
            "{id!r} and {other!r} cannot both be here: some systems make no difference "
            "between their files. Choose another id.",
            id=group.name, other=unquote(same)))


def check_claim(group: Group, texts: Iterable[Stored], safe: Collection[str]) -> None:
    """Refuse texts that are said to be pseudonymised and in which somebody is still named.

    `texts` are those of the group, or new versions of these.
    """
    found = places_in(texts, safe) if group.about["privacy"] == PSEUDONYMISED else {}
    if found:
        raise DisclosureError(_(
            "{name}: is said to be pseudonymised, and {places} in {texts} can still point to a "
            "person ({first}). Decide on these words with wbkit pseudonymise, and take the texts "
            "from read_texts; or say privacy = \"real\".",
            name=group.name, first=", ".join(list(found)[:3]),
            places=counted(sum(found.values()), "place", "places"),
            texts=counted(len(found), "text", "texts")))
