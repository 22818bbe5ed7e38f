"""Read the project or codebook of another coding program (REFI-QDA), with proof of its places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wbkit.coding.refi import parts
from wbkit.coding.refi.conventions import OWN, Counting, chosen, counting
from wbkit.coding.refi.model import (
    NOWHERE,
    Counted,
    Given,
    RefiCode,
    RefiSource,
    Selection,
)
from wbkit.coding.refi.offsets import Place, carried, delivered, positions, widened
from wbkit.coding.refi.parts import Register, author, given_codes, plain_guid, refs, values
from wbkit.coding.refi.project import ORIGIN, RefiProject
from wbkit.coding.refi.xml import Container, Element, parsed, read_limited
from wbkit.errors import CodingError
from wbkit.messages import _, counted
from wbkit.text.normalise import frozen

SPACES = ("urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0")
READ_PARTS = ("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets",
              "Description", "NoteRef")
SOURCE_KINDS = ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource")
PASSAGES = ("PlainTextSelection", "TranscriptSelection")
ELSEWHERE = ("PictureSelection", "PDFSelection", "AudioSelection", "VideoSelection")
HAVE_TEXT = ("TextDescription", "Representation", "Transcript")


@dataclass(frozen=True)
class Waiting:
    """A source of which the selections still have to be placed."""

    source: RefiSource
    raw_text: str | None
    passages: tuple[Element, ...]
    places: tuple[tuple[int, int], ...]


def read_refi(path: str | Path, *, convention: str | None = None) -> RefiProject:
    """Read a project (.qdpx) or codebook (.qdc) of another coding program.

    How the program counted positions is found from where its selections begin
    and end, and reported with its score. Nothing is unpacked to disk.

    Parameters
    ----------
    path
        The file.
    convention
        How the program counted, in the words of the message that asks for it.

    Returns
    -------
    RefiProject
        Texts in their frozen form, selections in code points of it, and what was odd:
        ``warnings``. Missing sources, unknown GUIDs and the like are reported and not fatal.

    Raises
    ------
    CodingError
        If the file is damaged or dangerous, or more than one way of counting is possible: the
        message sets quotes by each way beside each other.
    """
    path = Path(path)
    if not path.is_file():
        raise CodingError(_(
            "{file}: there is no such file. Give the path of a .qdpx or .qdc file.",
            file=path.name))
    if path.suffix.lower() == ".qdc":
        return _project(parsed(read_limited(path), path.name), None, path.name, convention)
    with Container(path) as container:
        part = container.project_part()
        root = parsed(container.read(part), f"{path.name}, {part}")
        return _project(root, container, path.name, convention)


def _project(
    root: Element, container: Container | None, where: str, convention: str | None
) -> RefiProject:
    if root.name not in ("Project", "CodeBook"):
        raise CodingError(_(
            "{file}: begins with {element!r}; it should be a Project or CodeBook of REFI-QDA. "
            "Export the project again.",
            file=where, element=root.name[:40]))
    register = parts.Register()
    users = tuple(parts.users(root, register))
    codes = tuple(parts.codes(root, register))
    variables = tuple(parts.variables(root, register))
    cases = tuple(parts.cases(root, register))
    sources, ways = placed(sources_to_place(root, container, register), register, convention,
                           own=root.get("origin") == ORIGIN)
    notes = root.first("Notes")
    project = RefiProject(
        root.get("name"), root.get("origin"), parts.author(root),
        frozen(root.told("Description")), users, codes, variables, cases, tuple(sources),
        tuple(parts.note(one, text_of(one, container, register) or "", register)
              for one in (notes.all("Note") if notes else ())),
        tuple(parts.links(root, register)), tuple(parts.sets(root, register)),
        parts.refs(root, "NoteRef"), tuple(ways))
    _warn_of_the_rest(root, register)
    return _mended(project, register)


def _warn_of_the_rest(root: Element, register: parts.Register) -> None:
    """Say which parts of a project are not kept."""
    for one in root.children:
        if one.name not in READ_PARTS and root.name == "Project":
            register.lose(_("parts of the kind {element}", element=one.name), len(one.children))
            register.warn(_(
                "{element}: not kept ({parts}).",
                element=one.name, parts=counted(len(one.children), "part", "parts")))


def _mended(project: RefiProject, register: parts.Register) -> RefiProject:
    """Give a name to codes that are referred to and not there; report other lost references."""
    known = {code.guid for code in project.codes}
    lost = [one.code for one in _given(project) if one.code not in known]
    extra = tuple(RefiCode(guid, f"unknown code {guid}") for guid in dict.fromkeys(lost) if guid)
    for code in extra:
        register.warn(_(
            "{codings} with a code that is not in the codebook; it is called {name!r}.",
            codings=counted(lost.count(code.guid), "coding", "codings"), name=code.name))
    if "" in lost:
        register.warn(_(
            "{codings} without a code: not used.",
            codings=counted(lost.count(""), "coding", "codings")))
    _report_lost(project, {*known, *(code.guid for code in extra)}, register)
    return replace(project, codes=project.codes + extra, warnings=tuple(register.warnings),
                   unread=tuple(register.lost.items()))


def _given(project: RefiProject) -> Iterable[Given]:
    for source in project.sources:
        yield from source.codings
        for selection in source.selections:
            yield from selection.codings


def _report_lost(project: RefiProject, codes: set[str], register: parts.Register) -> None:
    passages = [one for __, one in project.selections()]
    noted = (*project.codes, *project.sources, *project.sets, *project.links, *_given(project),
             *passages)
    authored = (*project.sources, *project.notes, *_given(project), *passages)
    asked = {
        _("a note"): [ref for one in noted for ref in one.notes] + list(project.note_refs),
        _("a user"): [ref for one in authored
                      for ref in (one.author.creator, one.author.modifier) if ref],
        _("a variable"): [value.variable for one in (*project.cases, *project.sources)
                          for value in one.values],
        _("a source or selection"): [ref for one in project.cases
                                     for ref in (*one.sources, *one.selections)]
        + [ref for one in project.sets for ref in one.sources],
        _("the end of a link"): [ref for one in project.links
                                 for ref in (one.origin, one.target) if ref],
        _("a code"): [ref for one in (*project.cases, *project.sets) for ref in one.codes
                      if ref not in codes],
    }
    for what, references in asked.items():
        lost = [ref for ref in references if not register.knows(ref)]
        if lost:
            register.warn(_(
                "{references} to {what} that is not there, {first} first.",
                references=counted(len(lost), "reference", "references"), what=what,
                first=repr(lost[0]) if lost[0] else _("one without a GUID")))


def text_of(element: Element, container: Container | None, register: Register) -> str | None:
    """Return the text of a source as it was delivered; None where there is none."""
    told, name = element.first("PlainTextContent"), element.get("name")
    path = element.get("plainTextPath")
    if told is not None:
        return told.text
    if not path or container is None:
        return None
    if path.lower().startswith(("relative:", "absolute:")):
        register.warn(_(
            "source {name!r}: its text lies outside the project and is not read.", name=name))
        return None
    if not path.lower().startswith("internal://"):
        register.warn(_(
            "source {name!r}: its path lacks internal://; it was looked for all the same.",
            name=name))
    part = container.find(path)
    if part is None:
        register.warn(_("source {name!r}: its text is not in the project.", name=name))
        return None
    return delivered(container.read(part), _("source {name!r}", name=name))


def sources_to_place(
    root: Element, container: Container | None, register: Register
) -> list[Waiting]:
    """Return the sources of a project, with their texts."""
    every = root.first("Sources")
    found = []
    for one in every.all(*SOURCE_KINDS) if every else ():
        inner = list(one.all(*HAVE_TEXT))
        holder = one if one.name == "TextSource" or not inner else inner[0]
        _warn(one, inner, register)
        found.append(_waiting(one, holder, container, register))
    return found


def _warn(element: Element, inner: Sequence[Element], register: Register) -> None:
    """Say what of a source is not kept."""
    name, lost = element.get("name"), list(element.all(*ELSEWHERE))
    register.lose(_("selections in picture, sound or on a page"), len(lost))
    register.lose(_("further transcripts of a source"), max(0, len(inner) - 1))
    register.lose(_("texts with lay-out"), int(bool(element.get("richTextPath"))))
    register.lose(_("recordings and pictures"), int(element.name != "TextSource"))
    register.lose(_("times in transcripts"), sum(len(list(one.all("SyncPoint"))) for one in inner))
    if lost:
        register.warn(_(
            "source {name!r} ({kind}): {selections} in picture, sound or on a page not kept.",
            name=name, kind=element.name,
            selections=counted(len(lost), "selection", "selections")))
    if len(inner) > 1:
        register.warn(_(
            "source {name!r}: only the first of {n} transcripts is kept.",
            name=name, n=len(inner)))
    if element.get("richTextPath"):
        register.warn(_("source {name!r}: its text with lay-out is not kept.", name=name))
    if element.name != "TextSource":
        register.warn(_(
            "source {name!r} ({kind}): the recording or picture itself is not kept.",
            name=name, kind=element.name))


def _waiting(
    element: Element, holder: Element, container: Container | None, register: Register
) -> Waiting:
    raw = text_of(holder, container, register)
    points = {plain_guid(one.get("guid")): one.get("position") for one in holder.all("SyncPoint")}
    passages = tuple(holder.all(*PASSAGES))
    edges = tuple(_edges(one, points) for one in passages)
    source = RefiSource(
        register.new(element), element.get("name"), None if raw is None else frozen(raw),
        element.name, frozen(element.told("Description")), author(element), (),
        given_codes(element, register), refs(element, "NoteRef"), values(element))
    return Waiting(source, raw, passages, edges)


def _edges(element: Element, points: dict[str, str]) -> tuple[int, int]:
    """Return start and end as the program wrote them."""
    names = ("startPosition", "endPosition")
    written = [element.get(name) for name in names]
    if element.name == "TranscriptSelection":
        written = [points.get(plain_guid(element.get(name)), "")
                   for name in ("fromSyncPoint", "toSyncPoint")]
    try:
        start, end = (int(one) for one in written)
    except ValueError:
        return NOWHERE, NOWHERE
    return (start, end) if max(abs(start), abs(end)) < 2**62 else (NOWHERE, NOWHERE)


def placed(
    every: Sequence[Waiting], register: Register, convention: str | None, *, own: bool
) -> tuple[list[RefiSource], list[Counted]]:
    """Place the selections of all sources; in a project of wbkit itself, as wbkit counts."""
    asked = {one.source.guid: _counting(one) for one in every if one.passages and one.raw_text}
    ways = {guid: (OWN, str(OWN)) for guid in asked} if own else chosen(asked, convention)
    sources = []
    for one in every:
        spots: Sequence[Place] = [None] * len(one.passages)
        if one.source.guid in asked:
            spots = positions(one.raw_text, one.places, ways[one.source.guid][0])
        elif one.passages:
            register.warn(_(
                "source {name!r}: {selections} without a place, because its text is not here; "
                "kept without one.",
                name=one.source.name,
                selections=counted(len(one.passages), "selection", "selections")))
        sources.append(replace(one.source, selections=tuple(_selections(one, spots, register))))
    return sources, [one.report(*ways[guid]) for guid, one in asked.items()]


def _counting(one: Waiting) -> Counting:
    names = [passage.get("name") for passage in one.passages]
    return counting(one.source.name, one.raw_text, one.places, names)


def _selections(one: Waiting, spots: Sequence[Place], register: Register) -> list[Selection]:
    spots = [widened(one.raw_text, *spot) if spot else None for spot in spots]
    new = carried(one.raw_text, (at for spot in spots if spot for at in spot)) if any(spots) else {}
    found = []
    for passage, raw, spot in zip(one.passages, one.places, spots, strict=True):
        start, end = (new[spot[0]], new[spot[1]]) if spot else (NOWHERE, NOWHERE)
        if one.raw_text and not start < end:
            register.warn(_(
                "source {name!r}: a selection at {start}-{end} has no place in the text; it is "
                "kept without one.",
                name=one.source.name, start=raw[0], end=raw[1]))
            start = end = NOWHERE
        found.append(_selection(passage, raw, (start, end), one.source.text, register))
    return found


def _selection(
    element: Element, raw: tuple[int, int], place: tuple[int, int], text: str | None,
    register: Register,
) -> Selection:
    start, end = place
    quote = text[start:end] if text is not None and start != NOWHERE else ""
    return Selection(register.new(element), start, end, quote, element.get("name"),
                     frozen(element.told("Description")), author(element),
                     given_codes(element, register), refs(element, "NoteRef"), raw)
