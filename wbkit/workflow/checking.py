"""Look whether everything of a study is in order, without making anything."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import tomlkit

from wbkit.coding.store.exchange import FOLDER
from wbkit.coding.store.reader import StoredCodings
from wbkit.data.raw import Raw
from wbkit.data.responses import Responses
from wbkit.errors import DataError, WbkitError
from wbkit.files import write_whole
from wbkit.findings.interpretations import INTERPRETATIONS, load_interpretations
from wbkit.intake.processed import read_responses, read_texts
from wbkit.messages import _, counted
from wbkit.study.codebook import load_codebook
from wbkit.study.source import Source
from wbkit.study.study import Study
from wbkit.text.normalise import listed
from wbkit.workflow.attention import (
    open_questions,
    personal_lines,
    repeated_ids,
    strange_numbers,
)
from wbkit.workflow.files import expected_folder, list_notebooks, notebooks_folder
from wbkit.workflow.notebooks import never_run, run_faults
from wbkit.workflow.preparing import NOT_ACCEPTED, clean_sources, report
from wbkit.workflow.results_folder import saved_results
from wbkit.workflow.verifying import INDEX, index_faults


@dataclass(frozen=True)
class Point:
    """One thing that was looked at.

    Parameters
    ----------
    name
        What was looked at.
    words
        What was found; what to do when it is not in order.
    ok
        Whether it is in order.
    """

    name: str
    words: str
    ok: bool = True


def check(study: Study, *, notebooks: Path | None = None) -> list[Point]:
    """Look at study.toml, the raw files, what is made of them, codings and notebooks."""
    words = f"{counted(len(study.sources), 'source', 'sources')}, " \
            f"{counted(len(study.questions), 'research question', 'research questions')}"
    advice = "" if study.sources else ". Add a source under [sources.…]."
    points = [Point("study", f"{study.file.name}: {words}{advice}", ok=bool(study.sources)),
              *_guesses(study), *_doubts(study), *_raw(study)]
    if all(point.ok for point in points if point.name == "raw data"):
        points += _processed(study)
    points += [*_codings(study), *_notebooks(notebooks_folder(study, notebooks)), *_expected(study)]
    return [*points, *_answers(study)]


def _guesses(study: Study) -> Iterator[Point]:
    """Count the items that a computer drafted and nobody confirmed."""
    for source in study.sources.values():
        names = [item.name for item in source.items.values() if item.guessed]
        if names:
            yield Point(
                "guesses", f"{source.name}: {len(names)} of {len(source.items)} items are not "
                f"confirmed ({listed(names)}). Look at each in {study.file.name}, correct it, and "
                "remove guessed = true.", ok=False)


def _doubts(study: Study) -> Iterator[Point]:
    """Repeat what a draft asked and nobody answered."""
    for source in study.sources.values():
        for line in open_questions(source):
            yield Point("asked", f"{source.name}, {line} Answer it in {study.file.name}, and "
                        "remove doubt there.", ok=False)


def _raw(study: Study) -> Iterator[Point]:
    for source in study.sources.values():
        one = study.model_copy(update={"sources": {source.name: source}})
        try:
            cleaned, = clean_sources(one)
        except WbkitError as fault:
            yield Point("raw data", str(fault), ok=False)
            continue
        account = report(cleaned, study)
        yield Point("raw data", f"{source.file}: {account.raw} {account.unit}, {account.kept} kept")
        yield from _another_file(source, account.warnings)
        if cleaned.responses is not None:
            yield from _attention(cleaned.raw, cleaned.responses)


def _another_file(source: Source, warnings: tuple[str, ...]) -> Iterator[Point]:
    """Say that the accepted results were made of another raw file."""
    if NOT_ACCEPTED in warnings:
        yield Point("accepted", f"{source.file}: {NOT_ACCEPTED}. Put that file back, or give "
                    "wbkit run, look at what wbkit verify says, and give wbkit accept.", ok=False)


def _attention(raw: Raw, responses: Responses) -> Iterator[Point]:
    """Name what is in order for a computer, and on which a person decides."""
    name = responses.source.name
    for line in repeated_ids(raw, responses):
        yield Point("ids", f"{name}, {line}")
    for line in personal_lines(responses.log):
        yield Point("personal data", f"{name}, {line}")
    for line in strange_numbers(responses):
        yield Point("numbers", f"{name}, {line}")


def _processed(study: Study) -> Iterator[Point]:
    for name, source in study.sources.items():
        read = read_texts if source.holds_texts else read_responses
        yield from _tried("processed", f"{name}: up to date",
                          lambda name=name, read=read: read(study, name))


def _codings(study: Study) -> Iterator[Point]:
    """Compare every quote with its text."""
    store = StoredCodings(study.folder / FOLDER)
    if not store.folder.is_dir():
        return
    try:
        book = study.folder / "codebook.toml"
        faults = store.check(load_codebook(book).codes if book.is_file() else None)
        faults += [f"edits of {coder} are not in {FOLDER}/codings yet: close the store (store."
                   "close()) before you commit" for coder in store.unfinished()]
        words = f"{len(store.documents())} texts, every quote stands where it should"
    except WbkitError as fault:
        faults = [str(fault)]
    for fault in faults:
        yield Point("coding", fault, ok=False)
    if not faults:
        yield Point("coding", words)


def _tried(name: str, words: str, look: Callable[[], object]) -> Iterator[Point]:
    try:
        look()
    except WbkitError as fault:
        yield Point(name, str(fault), ok=False)
    else:
        yield Point(name, words)


def _notebooks(folder: Path) -> Iterator[Point]:
    paths = list_notebooks(folder)
    if not paths:
        yield Point("notebooks", "none; wbkit run makes the standard tables")
    elif all(map(never_run, paths)):
        yield Point("notebooks", f"{len(paths)}, not run yet; wbkit run runs them")
        return
    for path in paths:
        faults = run_faults(path)
        advice = "Run wbkit notebooks, look at them, and keep the new files."
        yield Point("notebooks", " ".join([*faults, advice]) if faults else
                    f"{path.name}: run from first to last", ok=not faults)


def _expected(study: Study) -> Iterator[Point]:
    folder = expected_folder(study)
    if not (folder / INDEX).is_file() and not list(folder.glob("tables/*.csv")):
        yield Point("expected", "no results were accepted yet; after wbkit run: wbkit accept")
        return
    try:
        faults = index_faults(study)
    except WbkitError as fault:
        faults = [str(fault)]
    advice = "Restore these files, or run wbkit run and wbkit accept."
    yield Point("expected", " ".join([*faults, advice]) if faults else
                "the accepted results agree with their list", ok=not faults)


def _answers(study: Study) -> Iterator[Point]:
    """Name the answers that were written for other results."""
    try:
        answers = load_interpretations(study)
        if answers and not saved_results(study.results):
            yield Point("answers", f"{counted(len(answers), 'answer', 'answers')}; wbkit run makes the "
                        "results to compare with")
            return
        old = outdated_answers(study)
    except WbkitError as fault:
        yield Point("answers", str(fault), ok=False)
        return
    for question, lines in old.items():
        yield Point("answers", f"{question}: was written for other results ({'; '.join(lines)}). "
                    f"Read the results again, then give wbkit reread {question}.", ok=False)
    if answers and not old:
        yield Point("answers", f"{counted(len(answers), 'answer', 'answers')} written for the results of the "
                    "last run")


def outdated_answers(study: Study) -> dict[str, list[str]]:
    """List the answers that were written for other results than those of the last run."""
    present = _fingerprints(study)
    lines = {
        question: [f"{name}: {present.get(name, 'is not in results')} instead of {digits}"
                   for name, digits in answer.tables.items() if present.get(name) != digits]
        for question, answer in load_interpretations(study).items()
    }
    return {question: differs for question, differs in lines.items() if differs}


def reread(study: Study, question: str) -> list[str]:
    """Write in interpretations.toml that an answer was read beside the results of the last run.

    Gives names of the Tables whose fingerprint was renewed; the words stay as they are.
    """
    answers, present = load_interpretations(study), _fingerprints(study)
    if question not in answers:
        raise DataError(_(
            "{interpretations}: holds no answer to {question!r}. There are answers to {answers}. "
            "Write one first.",
            interpretations=INTERPRETATIONS, question=question,
            answers=", ".join(answers) or _("none")))
    gone = [name for name in answers[question].tables if name not in present]
    if gone:
        raise DataError(_(
            "{interpretations}, {question}: {gone} is not in results. Give wbkit run first, or "
            "correct the name.",
            interpretations=INTERPRETATIONS, question=question, gone=", ".join(gone)))
    file = study.folder / INTERPRETATIONS
    document = tomlkit.parse(file.read_text(encoding="utf-8-sig"))
    renewed = [name for name, digits in answers[question].tables.items()
               if digits != present[name]]
    for name in renewed:
        document[question]["tables"][name] = present[name]
    write_whole(file, tomlkit.dumps(document).encode())
    return renewed


def _fingerprints(study: Study) -> dict[str, str]:
    return {one["name"]: one["fingerprint"] for one in saved_results(study.results)
            if one["what"] == "table"}
