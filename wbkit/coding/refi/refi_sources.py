"""The sources of a project: texts, and passages at the place where they were meant to be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wbkit.coding.refi.model import NOWHERE, Counted, RefiSource, Selection
from wbkit.coding.refi.offsets import Verdict, check, weigh
from wbkit.coding.refi.parts import Register, author, given, plain_guid, refs, values
from wbkit.coding.refi.refi_frozen import carried, delivered, widened
from wbkit.coding.refi.refi_xml import Element
from wbkit.coding.refi.xml import Container
from wbkit.errors import CodingError
from wbkit.text.frozen import frozen

KINDS = ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource")
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


def text_of(element: Element, container: Container | None, register: Register) -> str | None:
    """Return the text of a source as it was delivered; None where there is none."""
    told, name = element.first("PlainTextContent"), element.get("name")
    path = element.get("plainTextPath")
    if told is not None:
        return told.text
    if not path or container is None:
        return None
    if path.lower().startswith(("relative:", "absolute:")):
        register.warn(f"source {name!r}: its text lies outside the project and is not read.")
        return None
    if not path.lower().startswith("internal://"):
        register.warn(f"source {name!r}: its path lacks internal://; it was looked for all the "
                      "same.")
    part = container.find(path)
    if part is None:
        register.warn(f"source {name!r}: its text is not in the project.")
        return None
    return delivered(container.read(part), f"source {name!r}")


def waiting(
    root: Element, container: Container | None, register: Register
) -> list[Waiting]:
    """Return the sources of a project, with their texts."""
    every = root.first("Sources")
    found = []
    for one in every.all(*KINDS) if every else ():
        inner = list(one.all(*HAVE_TEXT))
        holder = one if one.name == "TextSource" or not inner else inner[0]
        _warn(one, inner, register)
        found.append(_waiting(one, holder, container, register))
    return found


def _warn(element: Element, inner: Sequence[Element], register: Register) -> None:
    """Say what of a source is not kept."""
    name = element.get("name")
    lost = sum(1 for _ in element.all(*ELSEWHERE))
    if lost:
        register.warn(f"source {name!r} ({element.name}): {lost} selections in picture, sound or "
                      "on a page are not kept.")
    if len(inner) > 1:
        register.warn(f"source {name!r}: only the first of {len(inner)} transcripts is kept.")
    if element.get("richTextPath"):
        register.warn(f"source {name!r}: its text with lay-out is not kept.")
    if element.name != "TextSource":
        register.warn(f"source {name!r} ({element.name}): the recording or picture itself is not "
                      "kept.")


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
        given(element, register), refs(element, "NoteRef"), values(element))
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
    every: Iterable[Waiting], register: Register, convention: str | None
) -> tuple[list[RefiSource], list[Counted]]:
    """Place the selections of all sources, each by its own way of counting."""
    verdicts = {one.source.guid: _weighed(one) for one in every if _can_be_placed(one)}
    sure = {str(one.best) for one in verdicts.values() if _is_sure(one)}
    known = convention or (sure.pop() if len(sure) == 1 else None)
    sources, counted = [], []
    for one in every:
        verdict = verdicts.get(one.source.guid)
        if verdict is not None:
            verdict, why = _decided(verdict, known, given_by_hand=convention is not None)
            counted.append(verdict.counted(why=why))
        elif one.passages:
            register.warn(f"source {one.source.name!r}: {len(one.passages)} selections have no "
                          "place, because its text is not here; they are kept without one.")
        sources.append(replace(one.source, selections=tuple(_selections(one, verdict, register))))
    return sources, counted


def _can_be_placed(one: Waiting) -> bool:
    return bool(one.passages) and bool(one.raw_text)


def _weighed(one: Waiting) -> Verdict:
    names = [passage.get("name") for passage in one.passages]
    return weigh(one.source.name, one.raw_text, one.places, names)


def _is_sure(verdict: Verdict) -> bool:
    try:
        check(verdict)
    except CodingError:
        return False
    return True


def _decided(
    verdict: Verdict, known: str | None, *, given_by_hand: bool
) -> tuple[Verdict, str]:
    """Return the verdict; in doubt, that of the other sources when it fits as well."""
    if _is_sure(verdict):
        return verdict, ""
    other = verdict.chosen(known) if known else None
    if other is not None and other.fits == verdict.fits and verdict.fits:
        return other, ", as was said" if given_by_hand else ", as in the other sources"
    check(verdict)
    return verdict, ""


def _selections(one: Waiting, verdict: Verdict | None, register: Register) -> list[Selection]:
    spots = verdict.places if verdict else [None] * len(one.passages)
    spots = [widened(one.raw_text, *spot) if spot else None for spot in spots]
    new = carried(one.raw_text, (at for spot in spots if spot for at in spot)) if verdict else {}
    found = []
    for passage, raw, spot in zip(one.passages, one.places, spots, strict=True):
        start, end = (new[spot[0]], new[spot[1]]) if spot else (NOWHERE, NOWHERE)
        if verdict and not start < end:
            register.warn(f"source {one.source.name!r}: a selection at {raw[0]}-{raw[1]} has no "
                          "place in the text; it is kept without one.")
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
                     given(element, register), refs(element, "NoteRef"), raw)
