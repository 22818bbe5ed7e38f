"""Read the project or codebook of another coding program (REFI-QDA), with proof of its places."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from wbkit.coding.refi import parts
from wbkit.coding.refi.model import Given, RefiCode, RefiProject
from wbkit.coding.refi.refi_sources import placed, text_of, waiting
from wbkit.coding.refi.refi_xml import Element, parsed
from wbkit.coding.refi.xml import Container, read_limited
from wbkit.errors import CodingError
from wbkit.text.frozen import frozen

SPACES = ("urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0")
KEPT = ("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets",
        "Description", "NoteRef")


def read_refi(path: str | Path, *, convention: str | None = None) -> RefiProject:
    """Read a project (.qdpx) or codebook (.qdc) of another coding program.

    How the program counted positions is found in each source from where its selections begin
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
        If the file is damaged or dangerous, or two ways of counting fit about as well.
    """
    path = Path(path)
    if not path.is_file():
        raise CodingError(f"{path.name}: there is no such file. Give the path of a .qdpx or .qdc "
                          "file.")
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
        raise CodingError(f"{where}: begins with {root.name[:40]!r}; it should be a Project or "
                          "CodeBook of REFI-QDA. Export the project again.")
    register = parts.Register()
    users = tuple(parts.users(root, register))
    codes = tuple(parts.codes(root, register))
    variables = tuple(parts.variables(root, register))
    cases = tuple(parts.cases(root, register))
    sources, counted = placed(waiting(root, container, register), register, convention)
    notes = root.first("Notes")
    project = RefiProject(
        root.get("name"), root.get("origin"), parts.author(root),
        frozen(root.told("Description")), users, codes, variables, cases, tuple(sources),
        tuple(parts.note(one, text_of(one, container, register) or "", register)
              for one in (notes.all("Note") if notes else ())),
        tuple(parts.links(root, register)), tuple(parts.sets(root, register)),
        parts.refs(root, "NoteRef"), tuple(counted))
    _warn_of_the_rest(root, register)
    return _mended(project, register)


def _warn_of_the_rest(root: Element, register: parts.Register) -> None:
    """Say which parts of a project are not kept."""
    for one in root.children:
        if one.name not in KEPT and root.name == "Project":
            register.warn(f"{one.name}: {len(one.children)} are not kept.")


def _mended(project: RefiProject, register: parts.Register) -> RefiProject:
    """Give a name to codes that are referred to and not there; report other lost references."""
    known = {code.guid for code in project.codes}
    lost = [one.code for one in _given(project) if one.code not in known]
    extra = tuple(RefiCode(guid, f"unknown code {guid}") for guid in dict.fromkeys(lost) if guid)
    for code in extra:
        register.warn(f"{lost.count(code.guid)} codings have a code that is not in the codebook; "
                      f"it is called {code.name!r}.")
    if "" in lost:
        register.warn(f"{lost.count('')} codings name no code; they are not used.")
    _report_lost(project, {*known, *(code.guid for code in extra)}, register)
    return replace(project, codes=project.codes + extra, warnings=tuple(register.warnings))


def _given(project: RefiProject) -> Iterable[Given]:
    for source in project.sources:
        yield from source.codings
        for selection in source.selections:
            yield from selection.codings


def _report_lost(project: RefiProject, codes: set[str], register: parts.Register) -> None:
    asked = {
        "note": [ref for one in (*project.codes, *project.sources, *project.sets, *project.links,
                                 *_given(project), *(s for _, s in project.selections()))
                 for ref in one.notes] + list(project.note_refs),
        "user": [ref for one in (*project.sources, *project.notes, *_given(project),
                                 *(s for _, s in project.selections()))
                 for ref in (one.author.creator, one.author.modifier) if ref],
        "variable": [value.variable for one in (*project.cases, *project.sources)
                     for value in one.values],
        "source or selection": [ref for one in project.cases
                                for ref in (*one.sources, *one.selections)]
        + [ref for one in project.sets for ref in one.sources],
        "end of a link": [ref for one in project.links for ref in (one.origin, one.target) if ref],
        "code": [ref for one in (*project.cases, *project.sets) for ref in one.codes
                 if ref not in codes],
    }
    for what, references in asked.items():
        lost = [ref for ref in references if not register.knows(ref)]
        if lost:
            register.warn(f"{len(lost)} references of the kind {what!r} lead nowhere, "
                          f"{lost[0] or 'without a GUID'!r} first.")
