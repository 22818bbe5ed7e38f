"""Look whether everything of a study is in order, without making anything."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wbkit.coding.store.exchange import FOLDER
from wbkit.coding.store.reader import StoredCodings
from wbkit.data.consent import Consent
from wbkit.data.raw import Raw
from wbkit.data.responses import Responses
from wbkit.errors import WbkitError
from wbkit.findings.interpretations import interpretation
from wbkit.findings.overclaims import SORTS
from wbkit.intake.processed import read_responses, read_texts
from wbkit.messages import _, counted, mark
from wbkit.study.codebook import load_codebook
from wbkit.study.interpretations import load_interpretations
from wbkit.study.study import Study
from wbkit.text.normalise import listed
from wbkit.workflow.attention import (
    described_people,
    open_questions,
    outdated_answers,
    personal_lines,
    repeated_ids,
    strange_numbers,
    too_young,
    without_basis,
)
from wbkit.workflow.files import (
    expected_folder,
    in_command,
    list_notebooks,
    notebooks_folder,
)
from wbkit.workflow.notebooks import never_run, run_faults
from wbkit.workflow.preparing import (
    Cleaned,
    clean_sources,
    is_not_accepted,
    report,
    units_counted,
)
from wbkit.workflow.pseudonymising.applying import Private, read_private
from wbkit.workflow.pseudonymising.people import unclear_people
from wbkit.workflow.release.personal_data import people_in_files
from wbkit.workflow.release.rules import Rules
from wbkit.workflow.results_folder import MANIFEST, is_current, saved_results
from wbkit.workflow.verifying import INDEX, SAME, compare, index_faults

NAMES = {  # of points, as they are printed
    "study": mark("study"), "guesses": mark("guesses"), "asked": mark("asked"),
    "raw data": mark("raw data"), "accepted": mark("accepted"), "ids": mark("ids"),
    "personal data": mark("personal data"), "numbers": mark("numbers"),
    "processed": mark("processed"), "coding": mark("coding"), "notebooks": mark("notebooks"),
    "expected": mark("expected"), "answers": mark("answers"),
    "retention": mark("retention"),
}

NEAR = 60  # days before raw data are erased on which a reminder comes


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


def check(study: Study, *, notebooks: Path | None = None, strict: bool = False) -> list[Point]:
    """Look at study.toml, the raw files, what is made of them, codings, notebooks and answers.

    With `strict` an answer that says more than its Tables is not in order.
    """
    points = [_counts(study), *_guesses(study), *_doubts(study), *_raw(study)]
    if all(point.ok for point in points if point.name == "raw data"):
        points += _processed(study)
    points += [*_codings(study), *_notebooks(notebooks_folder(study, notebooks)), *_expected(study)]
    return [*points, *_answers(study), *_worded(study, strict=strict), *retention(study),
            *_people(study, notebooks_folder(study, notebooks))]


def point_line(point: Point) -> str:
    """Word one point as a line: whether it is in order, what was looked at, what was found."""
    fine, wrong = _("ok"), _("NOT OK")
    width = max(len(fine), len(wrong)) + 1
    return f"{fine if point.ok else wrong:{width}} {_(NAMES[point.name])}: {point.words}"


def _counts(study: Study) -> Point:
    """Say how much study.toml describes."""
    questions = counted(len(study.questions), "research question", "research questions")
    if not study.sources:
        return Point("study", _("{file}: no sources, {questions}. Add a source under [sources.…].",
                                file=study.file.name, questions=questions), ok=False)
    return Point("study", _(
        "{file}: {sources}, {questions}", file=study.file.name, questions=questions,
        sources=counted(len(study.sources), "source", "sources")))


def _guesses(study: Study) -> Iterator[Point]:
    """Count the items that a computer drafted and nobody confirmed."""
    for source in study.sources.values():
        names = [item.name for item in source.items.values() if item.guessed]
        if names:
            yield Point("guesses", _(
                "{source}: {n} of {items} not confirmed yet ({names}). Look at each in {file}, "
                "correct it, and remove guessed = true.",
                source=source.name, n=len(names), names=listed(names), file=study.file.name,
                items=counted(len(source.items), "item", "items")), ok=False)


def _doubts(study: Study) -> Iterator[Point]:
    """Repeat what a draft asked and nobody answered."""
    for source in study.sources.values():
        for line in open_questions(source):
            yield Point("asked", _(
                "{source}, {question} Answer it in {file}, and remove doubt there.",
                source=source.name, question=line, file=study.file.name), ok=False)


def _raw(study: Study) -> Iterator[Point]:
    for source in study.sources.values():
        one = study.model_copy(update={"sources": {source.name: source}})
        try:
            cleaned, = clean_sources(one)
        except WbkitError as fault:
            yield Point("raw data", str(fault), ok=False)
            continue
        account = report(cleaned, study)
        yield Point("raw data", _(
            "{file}: {rows}, {kept} kept", file=source.file, rows=units_counted(account),
            kept=account.kept))
        yield from _another_file(cleaned, study)
        if cleaned.responses is not None:
            yield from _attention(cleaned.raw, cleaned.responses)


def _another_file(cleaned: Cleaned, study: Study) -> Iterator[Point]:
    """Say that the accepted results were made of another raw file."""
    if is_not_accepted(cleaned.hashes, study):
        yield Point("accepted", _(
            "{file}: the raw file is not the one for which results were accepted. Put that file "
            "back, or give wbkit run, look at what wbkit verify says, and give wbkit accept.",
            file=cleaned.source.file), ok=False)


def _attention(raw: Raw, responses: Responses) -> Iterator[Point]:
    """Name what is in order for a computer, and on which a person decides."""
    name = responses.source.name
    for line in repeated_ids(raw, responses):
        yield Point("ids", f"{name}, {line}")
    for line in without_basis(responses.source):
        yield Point("personal data", line, ok=False)
    for line in personal_lines(responses.log):
        yield Point("personal data", f"{name}, {line}")
    for line in strange_numbers(responses):
        yield Point("numbers", f"{name}, {line}")


def _processed(study: Study) -> Iterator[Point]:
    for name, source in study.sources.items():
        read = read_texts if source.holds_texts else read_responses
        yield from _tried("processed", _("{source}: up to date", source=name),
                          lambda name=name, read=read: read(study, name))


def _codings(study: Study) -> Iterator[Point]:
    """Compare every quote with its text."""
    store = StoredCodings(study.folder / FOLDER)
    if not store.folder.is_dir():
        return
    book = study.folder / "codebook.toml"
    try:
        faults = store.check(load_codebook(book).codes if book.is_file() else None)
        faults += [_(
            "edits of {coder} are not in {folder} yet: close the store (store.close()) before you "
            "commit", coder=coder, folder=f"{FOLDER}/codings") for coder in store.unfinished()]
        words = _("{texts}, every quote stands where it should",
                  texts=counted(len(store.documents()), "text", "texts"))
    except WbkitError as fault:
        faults = [str(fault)]
    for fault in faults:
        yield Point("coding", fault, ok=False)
    if not faults:
        yield Point("coding", words)
        yield from _undefined(book)


def _undefined(book: Path) -> Iterator[Point]:
    """Name the codes that were made while coding, and still need a definition."""
    codes = load_codebook(book).codes if book.is_file() else {}
    lacking = [name for name, code in codes.items() if not code.definition.strip()]
    if lacking:
        yield Point("coding", _(
            "{file}: {codes} without a definition ({names}). Write when each one fits.",
            file=book.name, codes=counted(len(lacking), "code", "codes"),
            names=listed(lacking)), ok=False)


def _people(study: Study, notebooks: Path) -> Iterator[Point]:
    """Name the places that point to a person."""
    lines = [*_described(study, notebooks), *people_in_files(study, notebooks, Rules())]
    for line in lines:
        yield Point("personal data", line, ok=False)
    if not lines:
        yield Point("personal data", _("nothing was found that points to a person"))


def _described(study: Study, notebooks: Path) -> Iterator[str]:
    """Name items of which study.toml holds who somebody is, and who may not decide alone."""
    try:
        private = read_private(study)
    except WbkitError as fault:
        yield str(fault)
        private = Private()
    safe = private.review.safe
    yield from too_young(private.consents)
    yield from unclear_people(study, private.consents)
    yield from _of_before(study, notebooks, private.consents)
    for source in study.sources.values():
        yield from described_people(source, safe)


def _of_before(study: Study, notebooks: Path, consents: Iterable[Consent]) -> Iterator[str]:
    """Name the results in which somebody who withdrew can still stand."""
    if not any(one.withdrawn for one in consents):
        return
    made, accepted = study.results / MANIFEST, expected_folder(study) / INDEX
    if made.is_file() and not is_current(study.results, study, notebooks):
        yield _(
            "somebody withdrew, and the results are of other data than those of now, so that "
            "words of that person can stand in them and in data/expected. Give wbkit "
            "pseudonymise, wbkit run and wbkit accept.")
    elif accepted.is_file():
        old = [one.name for one in compare(study, study.results) if one.state != SAME]
        if old or not made.is_file():
            yield _(
                "somebody withdrew, and data/expected holds other results than those of now "
                "({names}), so that words of that person can stand in them. Give wbkit run and "
                "wbkit accept.", names=listed(old, most=10) or accepted.name)


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
        yield Point("notebooks", _("none; wbkit run makes the standard tables"))
    elif all(map(never_run, paths)):
        yield Point("notebooks", _("{n}, not run yet; wbkit run runs them", n=len(paths)))
        return
    for path in paths:
        faults = run_faults(path)
        advice = _("Run wbkit notebooks, look at them, and keep the new files.")
        yield Point("notebooks", " ".join([*faults, advice]) if faults else
                    _("{notebook}: run from first to last", notebook=path.name), ok=not faults)


def _expected(study: Study) -> Iterator[Point]:
    folder = expected_folder(study)
    if not (folder / INDEX).is_file() and not list(folder.glob("tables/*.csv")):
        yield Point("expected", _("no results were accepted yet; after wbkit run: wbkit accept"))
        return
    try:
        faults = index_faults(study)
    except WbkitError as fault:
        faults = [str(fault)]
    advice = _("Restore these files, or give wbkit run and wbkit accept.")
    yield Point("expected", " ".join([*faults, advice]) if faults else
                _("the accepted results agree with their list"), ok=not faults)


def _answers(study: Study) -> Iterator[Point]:
    """Name the answers that were written for other results."""
    try:
        answers = load_interpretations(study)
        if answers and not saved_results(study.results):
            yield Point("answers", _(
                "{answers}; wbkit run makes the results to compare with",
                answers=counted(len(answers), "answer", "answers")))
            return
        old = outdated_answers(study)
    except WbkitError as fault:
        yield Point("answers", str(fault), ok=False)
        return
    for question, lines in old.items():
        yield Point("answers", _(
            "{question}: was written for other results ({tables}). Read the results again, then "
            "give wbkit reread {command}.",
            question=question, tables="; ".join(lines), command=in_command(question)), ok=False)
    if answers and not old:
        yield Point("answers", _(
            "{answers} written for the results of the last run",
            answers=counted(len(answers), "answer", "answers")))


def _worded(study: Study, *, strict: bool) -> Iterator[Point]:
    """Name what an answer says and no Table supports, and slots that cannot be filled."""
    try:
        questions = list(load_interpretations(study))
    except WbkitError:  # told already
        return
    for question in questions:
        try:
            made = interpretation(study, question)
        except WbkitError as fault:
            yield Point("answers", str(fault), ok=False)
            continue
        for one in made.overclaims:
            yield Point("answers", _(
                "{question}: “{words}” is {sort}. Write it as a slot, or leave it out: {sentence}",
                question=question, words=one.words, sort=_(SORTS[one.sort]),
                sentence=one.sentence), ok=not strict)
        if made.others:
            yield Point("answers", _(
                "{question}: {tables} counts other units than the question is about. Rest on a "
                "Table of those, or name it under beside.",
                question=question, tables=listed(made.others)), ok=not strict)
        if made.certainty != made.chosen:
            yield Point("answers", _(
                "{question}: {chosen} was chosen, and the design of its sources allows {level}. "
                "Choose {level}, or rest on other sources.",
                question=question, chosen=made.chosen, level=made.certainty), ok=not strict)


def retention(study: Study, *, today: date | None = None) -> list[Point]:
    """Remind of the day on which the raw data of real people are erased."""
    real = [one for one in study.sources.values() if not (one.synthetic or one.public)]
    until, today = study.steward.keep_until, today or date.today()
    if not real:
        return []
    if until is None:
        return [Point("retention", _(
            "nobody says until when the raw data are kept. Write keep_until = 2033-07-31, the "
            "day that was agreed on, under [steward] in {file}.",
            file=study.file.name), ok=True)]
    left = (until - today).days
    if left < 0:
        return [Point("retention", _(
            "the raw data were kept until {until}, and that day is past. Erase what stands in "
            "{folder}, or correct keep_until in {file} when another day was agreed on.",
            until=f"{until}", folder=study.folder / "raw", file=study.file.name), ok=False)]
    if left <= NEAR:
        return [Point("retention", _(
            "the raw data are kept until {until}: {days} days from now. Agree now on who erases "
            "them.",
            until=f"{until}", days=left), ok=True)]
    return [Point("retention", _("the raw data are kept until {until}", until=f"{until}"), ok=True)]
