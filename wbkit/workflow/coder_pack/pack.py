"""Coder packs: one folder for one coder, out with texts and back with codings, without git."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit

from wbkit.coding.store.exchange import FOLDER
from wbkit.coding.store.files import LOG, check_coder, write_store
from wbkit.coding.store.journal import Desk, group_of
from wbkit.coding.store.memos import memo_file, write_memo
from wbkit.coding.store.reader import StoredCodings
from wbkit.coding.store.records import WITHDRAWN, Coding, Considered
from wbkit.coding.store.texts import Group, contents
from wbkit.data.documents import PSEUDONYMISED
from wbkit.errors import CodebookError, CodingError, DisclosureError
from wbkit.files import write_whole
from wbkit.messages import _, counted, shown
from wbkit.study.codebook import Codebook, load_codebook, write_code
from wbkit.study.model import Label
from wbkit.study.study import Study, load_study
from wbkit.workflow.describe.study_file import notebook_from
from wbkit.workflow.files import read_json, root, write_json
from wbkit.workflow.notebooks import as_text

TEMPLATE = Path(__file__).parent / "template"
PACK = "codeerpakket.json"  # whose pack it is, and with which codebook
NOTEBOOK = "codeer_teksten"
GOES_ALONG = ("synthetic", "public", PSEUDONYMISED)


@dataclass(frozen=True)
class HandedOut:
    """A pack that was made: where it stands, and how many texts it holds."""

    folder: Path
    coder: str
    texts: int


@dataclass(frozen=True)
class TakenIn:
    """What a pack brought.

    Parameters
    ----------
    coder
        Whose pack it is.
    codings, withdrawn
        Codings that are new, and codings that the coder took back since last time.
    considered
        Texts of which is new what the coder looked for.
    memos, codes
        Memos that are new, and ids of codes that the coder made of words.
    kept
        Codings and texts that differ from what stands here; these stay as they are here.
    """

    coder: str
    codings: int
    withdrawn: int
    considered: int
    memos: int
    codes: tuple[str, ...]
    kept: int


def hand_out(
    study: Study, coder: str, *, sources: Sequence[str] = (), folder: Path | None = None
) -> HandedOut:
    """Make a folder with which somebody codes texts, without the codes of others.

    Parameters
    ----------
    study
        The study.
    coder
        Id of the coder: small letters, as ``sam``.
    sources
        Ids of sources of texts, or ``source.item``; all texts of the store when left out.
    folder
        A new folder; ``codeerpakket_<coder>`` beside the data when left out.

    Raises
    ------
    DisclosureError
        If a text is of real people and not pseudonymised.
    CodingError
        If the folder holds files already, the store has no such texts or is damaged, or the
        coder is a machine.
    """
    store = StoredCodings(study.folder / FOLDER)
    if check_coder(coder) in store.witnesses():
        raise CodingError(_(
            "{coder}: is a machine in the coding store. Choose another id for a person.",
            coder=coder))
    groups = _chosen(store, sources)
    place = folder or root(study) / f"codeerpakket_{coder}"
    if place.is_file() or (place.is_dir() and any(place.iterdir())):
        raise CodingError(_(
            "{folder}: is there already, perhaps with the work of a coder. Take it in first "
            "(wbkit coderen innemen), or give another folder with --out.",
            folder=shown(place)))
    _write_data(place / "data", study, groups)
    n = sum(len(group.texts) for group in groups)
    _write_words(place, coder, groups, load_codebook(study.folder).version, n)
    return HandedOut(place, coder, n)


def take_in(study: Study, folder: Path) -> TakenIn:
    """Bring the work of a coder from a pack into the study; nothing that is there is replaced.

    The same pack again changes nothing.

    Parameters
    ----------
    study
        The study.
    folder
        The folder that `hand_out` made, with the work of the coder.

    Raises
    ------
    CodingError
        If the folder is no pack, a text in it is another than in the study, or somebody else
        coded in it.
    CodebookError
        If the codebook is another version than that of the study.
    """
    coder = _coder_of(folder)
    pack, store = (StoredCodings(one / FOLDER) for one in (folder / "data", study.folder))
    work = pack.codings(withdrawn=True)
    looked = pack.considered()
    _check_codebook(study, folder, pack, store)
    _check_alone(coder, [*work, *looked], folder)
    _check_texts(pack, store, folder)
    codes = _new_codes(study, folder, {one.code for one in work})
    desk = Desk(store.folder, coder)
    desk.begin()
    try:
        codings, gone, kept = _new_codings(desk, work)
        considered, other = _new_considered(desk, looked)
        desk.put([*codings, *gone, *considered])
    finally:
        desk.close()
    memos = [one for one in pack.memos()
             if one.coder == coder and not memo_file(store.folder, one)[0].exists()]
    for memo in memos:
        write_memo(store.folder, memo)
    return TakenIn(coder, len(codings), len(gone), len(considered), len(memos), codes,
                   kept + other)


def _chosen(store: StoredCodings, sources: Sequence[str]) -> list[Group]:
    """Return the texts that go along; refuse those of real people."""
    store.codings()  # says what is damaged
    every = store.groups().values()
    known = {_set_of(group) for group in every}
    strange = [one for one in sources if one not in known]
    if strange or not known:
        raise CodingError(_(
            "{name}: the coding store has no such texts. It has {names}. Keep them there with "
            "store.add_documents, or correct the name.",
            name=strange[0] if strange else FOLDER, names=", ".join(sorted(known)) or _("none")))
    chosen = [group for group in every if not sources or _set_of(group) in sources]
    real = [group.name for group in chosen if group.about["privacy"] not in GOES_ALONG]
    if real:
        raise DisclosureError(_(
            "{text}: holds words of real people, and a pack leaves this computer. Give wbkit "
            "pseudonymise first, or choose other texts with --source.",
            text=real[0]))
    return chosen


def _set_of(group: Group) -> str:
    """Return by which name `read_codings` finds a text."""
    return group.name if group.about["item"] else group.about["source"] or group.name


def _write_data(data: Path, study: Study, groups: Sequence[Group]) -> None:
    store = data / FOLDER
    names = {group.about["source"]: "" for group in groups}
    told = {name: _source(study, name, groups) for name in names if name in study.sources}
    head = {"title": _label(study.title), "language": study.language, "sources": told}
    write_whole(data / "study.toml", tomlkit.dumps(head).encode())
    write_whole(data / "codebook.toml", (study.folder / "codebook.toml").read_bytes())
    write_store(store)
    for group in groups:
        for path, content in contents(store, group).items():
            write_whole(path, content)
    log = study.folder / FOLDER / LOG
    if log.is_dir():
        shutil.copytree(log, store / LOG)


def _source(study: Study, name: str, groups: Iterable[Group]) -> dict[str, Any]:
    """Return what a coder needs to know of a source: no names, no rules, no other items."""
    source = study.source(name)
    items = {group.about["item"] for group in groups if group.about["source"] == name} - {""}
    fields = {key: getattr(source, key) for key in ("file", "format", "unit", "synthetic",
                                                    "public")}
    asked = {one: {"column": source.items[one].column or one, "kind": "open",
                   "label": _label(source.items[one].label)} for one in sorted(items)}
    return fields | {"label": _label(source.label)} | ({"items": asked} if asked else {})


def _label(label: Label) -> dict[str, str]:
    """Return words as study.toml has them, by language."""
    return {language: words for language, words in label.model_dump().items() if words}


def _write_words(
    folder: Path, coder: str, groups: Iterable[Group], version: str, texts: int
) -> None:
    """Write what the coder reads, and the one notebook to open."""
    told = {"coder": coder, "version": version or "-", "texts": texts}
    for name in ("begin_hier.md", "geheimhouding.md"):
        words = (TEMPLATE / name).read_text(encoding="utf-8").format(**told)
        write_whole(folder / name, words.encode())
    text = (TEMPLATE / f"{NOTEBOOK}.md").read_text(encoding="utf-8")
    for name in sorted({_set_of(group) for group in groups}):
        text += (f'--- code\nwb.TextCoder(study, wb.read_codings(study, "{name}").documents, '
                 f'coder="{coder}")\n')
    write_whole(folder / "notebooks" / f"{NOTEBOOK}.ipynb", as_text(notebook_from(text)).encode())
    write_json(folder / PACK, {"coder": coder, "codebook": version})


def _coder_of(folder: Path) -> str:
    try:
        return check_coder(read_json(folder / PACK)["coder"])
    except (OSError, ValueError, KeyError, TypeError):
        raise CodingError(_(
            "{folder}: is no coder pack: {file} is not in it, or is damaged. Give the folder that "
            "wbkit coderen uitdelen made.",
            folder=shown(folder), file=PACK)) from None


def _version(data: Path, store: StoredCodings) -> str:
    """Return a hash of the codebook with its changes; codes made of words do not count."""
    book = load_codebook(data)
    codes = {name: one.model_dump(mode="json") for name, one in sorted(book.codes.items())
             if not _is_in_vivo(book, name)}
    changes = sorted(map(repr, store.operations()))
    told = json.dumps([book.version, codes, changes], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def _is_in_vivo(book: Codebook, name: str) -> bool:
    return not book.codes[name].scheme and not book.codes[name].definition


def _check_codebook(
    study: Study, folder: Path, pack: StoredCodings, store: StoredCodings
) -> None:
    if _version(folder / "data", pack) != _version(study.folder, store):
        raise CodebookError(_(
            "{folder}: was coded with another codebook: that of the pack is version {theirs}, "
            "that of the study is version {ours}, or a code differs. Nothing was taken in. Bring "
            "back the codebook of the pack, or hand out a new pack.",
            folder=shown(folder), theirs=load_codebook(folder / "data").version or "-",
            ours=load_codebook(study.folder).version or "-"))


def _check_alone(coder: str, work: Iterable[Coding | Considered], folder: Path) -> None:
    others = sorted({one.coder for one in work} - {coder})
    if others:
        raise CodingError(_(
            "{folder}: is the pack of {coder}, and {other} coded in it too. Nothing was taken in. "
            "Give each coder a pack of their own.",
            folder=shown(folder), coder=coder, other=others[0]))


def _check_texts(pack: StoredCodings, store: StoredCodings, folder: Path) -> None:
    ours = {name: one.sha256 for name, one in store.documents().items()}
    for name, one in pack.documents().items():
        if ours.get(name) != one.sha256:
            raise CodingError(_(
                "{folder}, document {document!r}: is another text than in the study: it was "
                "changed there or here, or taken out. Nothing was taken in. Hand out a new pack.",
                folder=shown(folder), document=name))


def _new_codes(study: Study, folder: Path, used: Iterable[str]) -> tuple[str, ...]:
    """Add the codes that the coder made of words to the codebook, where they were used."""
    theirs, ours = load_codebook(folder / "data"), load_codebook(study.folder)
    made = [one for one in sorted(used) if one in theirs.codes and _is_in_vivo(theirs, one)]
    language = load_study(folder / "data").language
    for name in made:
        write_code(study.folder, name, theirs.codes[name].words(language))
    return tuple(one for one in made if one not in ours.codes)


def _new_codings(desk: Desk, work: Iterable[Coding]) -> tuple[list[Coding], list[Coding], int]:
    """Return the codings that are new, those that were taken back, and how many differ."""
    new, gone, kept = [], [], 0
    for one in work:
        there = desk.coded(group_of(one.document)).codings.get(one.id)
        if there is None:
            new.append(one)
        elif one.status == WITHDRAWN != there.status:
            gone.append(one)
        elif one != there:
            kept += 1
    return new, gone, kept


def _new_considered(
    desk: Desk, looked: Iterable[Considered]
) -> tuple[list[Considered], int]:
    """Return what was looked for beyond what is known, and how often something else is known."""
    new, kept = [], 0
    for one in looked:
        there = desk.coded(group_of(one.document)).considered.get(one.key)
        if there is None or (there != one and set(one.codes) >= set(there.codes)):
            new.append(one)
        elif there != one:
            kept += 1
    return new, kept


def taken_words(taken: TakenIn) -> str:
    """Say what a pack brought."""
    return _(
        "{coder}: {codings} new, {withdrawn} taken back; {texts} read, {memos} new.",
        coder=taken.coder, codings=counted(taken.codings, "coding", "codings"),
        withdrawn=taken.withdrawn, texts=counted(taken.considered, "text", "texts"),
        memos=counted(taken.memos, "memo", "memos"))
