"""A report of the saved results, for whom it is meant, as Word, PDF or HTML."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Literal, get_args

from wbkit.errors import DataError
from wbkit.files import write_whole
from wbkit.labels import day
from wbkit.messages import _
from wbkit.report.first_page.answers import Answer, asks
from wbkit.report.pages.backing import (
    limits,
    methods,
    origin_line,
    origins,
    privacy,
    unheard,
    with_the_unheard,
)
from wbkit.report.pages.content import (
    Contents,
    Heading,
    Part,
    Points,
    Report,
    TablePart,
    Words,
    in_order,
)
from wbkit.report.pages.html import html_report
from wbkit.report.pages.material import Material, protected, remarks, told
from wbkit.report.pages.page_style import page_style
from wbkit.report.pages.pdf import pdf_report
from wbkit.report.pages.team_page import team_of, team_parts
from wbkit.report.pages.word import word_report
from wbkit.report.saved_results import SavedResults, read_results
from wbkit.study.study import Study
from wbkit.table.count_layouts import Grid

Audience = Literal["management", "team", "students", "research"]
WRITERS: Mapping[str, Callable[[Report], bytes]] = {
    ".docx": word_report, ".pdf": pdf_report, ".html": html_report}
SHORT = ("students", "team")  # reports of a few pages, without contents
STUDENT = "student"  # the unit of a source
MOST_SHOWN = 15  # rows of a table between the answers; longer ones are in the research report


def build_report(
    study: Study, results: SavedResults | Path | None = None, *, audience: Audience,
    team: str | None = None, language: str | None = None,
) -> Report:
    """Put together a report of the results of the last run; nothing is counted again.

    Every number comes from a saved Table, and the report says from which. Tables of real people
    are protected together first, as one reader sees all of them.

    Parameters
    ----------
    study
        The study, with its house style.
    results
        The saved results, or the folder in which they stand; those of the study when left out.
    audience
        ``management``: each answer with one figure. ``team``: the page of one team. ``students``:
        short, in plain words. ``research``: all Tables and Figures, with methods.
    team
        The team, for ``audience="team"``.
    language
        ``nl`` or ``en``; that of the study when left out.

    Returns
    -------
    Report
        Its parts, in words; `write_report` makes a file of it.

    Raises
    ------
    DataError
        If the audience or the team is unknown, or there are no saved results.
    StudyError
        If the house style or interpretations.toml is not in order.
    """
    if audience not in get_args(Audience):
        raise DataError(_(
            "build_report: {audience!r} is no audience. Use one of {known}.",
            audience=audience, known=", ".join(get_args(Audience))))
    language = language or study.language
    study = study.model_copy(update={"language": language})
    saved = results if isinstance(results, SavedResults) else read_results(study, results)
    material = Material(study, protected(saved), language)
    named = team_of(study, team)[1] if audience == "team" else ""
    body = list(team_parts(material, team) if audience == "team" else
                BODIES[audience](material, told(material, saved)))
    names = list(dict.fromkeys(name for one in body for name in getattr(one, "tables", ())))
    return _whole(material, audience, named, [*body, *_ending(material, audience, names)])


def write_report(report: Report, path: str | Path) -> Path:
    """Write a report as Word, PDF or HTML.

    Parameters
    ----------
    report
        What `build_report` returned.
    path
        The file: ``.docx`` (real tables, captions, contents; in the template of the school),
        ``.pdf`` (tagged, PDF/UA-1) or ``.html`` (one file).

    Returns
    -------
    Path
        The file.

    Raises
    ------
    DataError
        If the path ends otherwise, or a PDF is asked for and typst is not installed.
    """
    file = Path(path)
    if file.suffix.lower() not in WRITERS:
        raise DataError(_(
            "write_report: {file!r} ends in {suffix!r}. Give a name that ends in {known}.",
            file=file.name, suffix=file.suffix, known=", ".join(WRITERS)))
    return write_whole(file, WRITERS[file.suffix.lower()](report))


def _whole(material: Material, audience: str, team: str, parts: Sequence[Part]) -> Report:
    """Give the parts a title, contents and what stands below each page."""
    study, language = material.study, material.language
    title = study.title.text(language) or study.file.name
    subtitle = material.say(f"for_{audience}", team=team)
    school = study.house.school or study.steward.school or ""
    head = [Words(" – ".join(filter(None, (school, subtitle))), "kicker"), Heading(title, 1)]
    contents = [] if audience in SHORT else [Contents(material.say("contents"))]
    return Report(
        title, subtitle, school or "wbkit", _foot(material), language, page_style(study),
        in_order([*head, *_synthetic(material), *contents, *parts]))


def _note(material: Material) -> str:
    note = material.study.synthetic_note
    return (note.text(material.language) or "") if note else ""


def _foot(material: Material) -> str:
    made_up = any(one.synthetic for one in material.study.sources.values())
    title = material.study.title.text(material.language) or ""
    return material.say("foot_synthetic", note=_note(material)).strip() if made_up else title


def _synthetic(material: Material) -> Iterator[Part]:
    """Say which data were made up: by name, or which were not where those are fewer."""
    sources = material.study.sources.values()
    made_up, real = ([one.words(material.language) for one in sources if one.synthetic is kind]
                     for kind in (True, False))
    if made_up:
        key = "synthetic_all" if not real else (
            "synthetic_but" if len(real) < len(made_up) else "synthetic")
        names = real if key == "synthetic_but" else made_up
        yield Words(material.say(key, names=", ".join(names), note=_note(material)).strip(),
                    "banner")


def _management(material: Material, every: Sequence[Answer]) -> Iterator[Part]:
    for answer in every:
        yield from _answered(material, answer)
        yield from _backed(material, answer)
    yield from _asked(material)


def _students(material: Material, every: Sequence[Answer]) -> Iterator[Part]:
    yield Words(material.say("students_lead"), "lead")
    for answer in [one for one in every if _counts_students(material, one)] or every:
        yield from _answered(material, answer)
        yield from _first_figure(material, answer)
    yield Heading(material.say("students_what"), anchor="what")
    yield Points(material.lines("students_next"))
    if material.study.steward.contact:
        yield Words(material.say("students_contact", contact=material.study.steward.contact))


def _counts_students(material: Material, answer: Answer) -> bool:
    return any(one.unit == STUDENT for one in material.sources(_tables(answer)))


def _research(material: Material, every: Sequence[Answer]) -> Iterator[Part]:
    for answer in every:
        yield from _answered(material, answer)
        yield from [origin_line(material, _tables(answer))] if _tables(answer) else []
    yield from _asked(material)
    results = material.results
    notebooks = {name: one.notebook for name, one in
                 {**results.figures, **results.tables}.items()}
    names = sorted(notebooks, key=lambda name: (notebooks[name], name))
    for notebook, found in groupby(names, key=notebooks.__getitem__):
        yield Heading(_chapter(material, notebook), anchor=f"notebook-{notebook or 'standard'}")
        for name in found:
            yield from filter(None, [material.figure(name)])
            yield from [material.table(name)] if name in results.tables else []


BODIES = {"management": _management, "students": _students, "research": _research}


def _chapter(material: Material, notebook: str) -> str:
    if not notebook:
        return material.say("standard")
    title = material.results.notebooks.get(notebook, notebook)
    return material.say("notebook", title=title, name=notebook)


def _tables(answer: Answer) -> tuple[str, ...]:
    return answer.reading.tables if answer.reading else ()


def _answered(material: Material, answer: Answer) -> Iterator[Part]:
    """Show a question, its answer, how certain it is and what it does not say."""
    yield Heading(answer.asked, anchor=f"question-{answer.question}")
    missing = material.say("answer_gone" if answer.gone else "no_answer")
    yield Words(answer.text or missing, "answer", _tables(answer))
    yield from (Words(line, tables=_tables(answer)) for line in remarks(answer))


def _backed(material: Material, answer: Answer) -> Iterator[Part]:
    """Show one Figure of an answer, else its first short Table, and where its numbers stand."""
    short = [name for name in _tables(answer)
             if len(material.results.tables[name].table.data) <= MOST_SHOWN]
    yield from list(_first_figure(material, answer)) or map(material.table, short[:1])
    if _tables(answer):
        yield origin_line(material, _tables(answer))


def _first_figure(material: Material, answer: Answer) -> Iterator[Part]:
    named = answer.reading.figures if answer.reading else ()
    drawn = filter(None, map(material.figure, [*named, *_tables(answer)]))
    yield from (with_the_unheard(material, one) for one in islice(drawn, 1))


def _asked(material: Material) -> Iterator[Part]:
    """Show what is asked of whom, as somebody wrote it in recommendations.toml."""
    found = asks(material.study, material.tables)
    if found:
        header = material.lines("asks_columns")
        rows = tuple((one.addressed_to, " ".join(filter(None, (one.text, one.ask))), one.cost,
                      ", ".join(filter(None, (one.owner, day(one.date, material.language)))),
                      material.certainty(one.certainty)) for one in found)
        yield Heading(material.say("asks"), anchor="asks")
        yield TablePart(material.say("asks"), Grid(header, rows, 1, len(header)))


def _ending(material: Material, audience: str, names: Sequence[str]) -> Iterator[Part]:
    """Say who is not heard, what figures do not say, how it was studied and where numbers are."""
    if audience != "team":  # a team sees no numbers of other teams
        yield from unheard(material, names)
    if audience != "students":
        yield from limits(material, names)
        yield from methods(material, names)
    yield from privacy(material)
    found = [material.coverage(source) for source in material.sources(names)]
    yield from origins(material, list(dict.fromkeys([*names, *filter(None, found)])))
