"""What a person has to look at: doubles, near misses, odd numbers, people, answers of before."""

from collections.abc import Collection, Iterable, Iterator

import numpy as np
import pandas as pd
import tomlkit

from wbkit.cleaning.set_aside import rows_listed
from wbkit.data.cleaning_log import (
    MADE_UP,
    MASKED,
    MISSING_CODE,
    NEAR_MISS,
    SUSPECTED,
    log_in_words,
    rule_in_words,
)
from wbkit.data.consent import CONSENT, Consent
from wbkit.data.raw import Raw
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.files import write_whole
from wbkit.messages import Told, _, counted, decimal_mark, spoken
from wbkit.study.interpretations import INTERPRETATIONS, load_interpretations
from wbkit.study.item import SPECIAL, Item
from wbkit.study.source import Source
from wbkit.study.source_kinds import MINUTES
from wbkit.study.study import Study
from wbkit.text.identifying import certain_in
from wbkit.text.normalise import listed, tidy
from wbkit.text.person_cells import given, holds_names, is_full_name
from wbkit.workflow.describe.line_headings import ask
from wbkit.workflow.results_folder import saved_results

FENCE = 3.0  # Tukey's outer fences: three interquartile ranges beyond the quartiles
FEWEST = 8  # with fewer numbers a quartile says nothing


def lines_to_look_at(raw: Raw, responses: Responses) -> Iterator[str]:
    """Say on what a person decides."""
    yield from open_questions(responses.source)
    yield from without_basis(responses.source)
    yield from repeated_ids(raw, responses)
    log, name = responses.log, responses.source.name
    for line in log_in_words(log[suspected(log)], spoken()).itertuples():
        yield _("row {row}: {rule}, {outcome}", row=line.row, rule=line.rule, outcome=line.after)
    for item, n in log.loc[log["rule"] == NEAR_MISS, "item"].value_counts(sort=False).items():
        yield _(
            "{item}: {answers} in own words, close to an option. Read {log}, and write corrections "
            "in study.toml where it is that option.",
            item=item, answers=counted(n, "answer", "answers"), log=f"{name}.log.csv")
    yield from codes_beside_marks(responses)
    yield from personal_lines(log)
    yield from strange_numbers(responses)


def codes_beside_marks(responses: Responses) -> Iterator[str]:
    """Say where an option holds a code for no answer, and others of its question are marked."""
    log, items = responses.log, responses.source.items
    found = log[log["rule"] == MISSING_CODE]
    for name, lines in found.groupby("item", sort=False):
        if items[name].columns:
            yield _(
                "{item}: {cells} of its options with a code for no answer, while others of the "
                "row are marked ({rows}). They count as not ticked. Was this option not put to "
                "them? Then its share has another base: make an item of its own of it.",
                item=name, cells=counted(len(lines), "cell", "cells"), rows=_rows(lines))


def open_questions(source: Source) -> Iterator[str]:
    """Repeat each doubt that a draft left to a person."""
    for item in source.items.values():
        if item.doubt:
            yield ask(f"items.{item.name}: {tidy(item.doubt)}")


def without_basis(source: Source) -> Iterator[str]:
    """Say that real people were asked for special categories of data, on no basis that is named."""
    special = [item for item in source.items.values()
               if item.sensitivity in SPECIAL and not item.derived]
    if special and not (source.special_basis or source.synthetic or source.public):
        yield _(
            "{source}: asks real people for special categories of personal data ({items}), and "
            "does not say on which basis. Write special_basis = \"explicit consent, letter 2\" "
            "or the like under the source, correct sensitivity, or remove the items.",
            source=source.name,
            items=listed(f"{item.name}: {item.sensitivity}" for item in special))


def described_people(source: Source, safe: Collection[str] = ()) -> Iterator[str]:
    """Say where study.toml itself holds answers that point to a person.

    `safe` are words, in small letters, of which a person decided that they point to nobody.
    """
    if source.synthetic or source.public:
        return
    for item in source.items.values():
        words = _described(item)
        pointing = item.sensitivity == "identifier" or holds_names(item.categories)
        found = [word for word in words if word.casefold() not in safe and (
            pointing or is_full_name(word) or certain_in(word))]
        if found:
            yield _(
                "{source}, items.{item}: {answers} in values or corrections of study.toml can "
                "point to a person. Remove values and corrections there, and write kind = "
                "\"open\" and sensitivity = \"identifier\": then the answers stay in the raw file.",
                source=source.name, item=item.name,
                answers=counted(len(found), "answer", "answers"))


def too_young(consents: Iterable[Consent]) -> Iterator[str]:
    """Say who agreed before they may do so alone: under 16 a parent decides."""
    lines = [one.line for one in consents if one.lacks_parent]
    if lines:
        yield _(
            "{file}: {people} under 16 agreed without a parent ({lines}). Ask a parent or "
            "guardian, and write yes in the column parent. Does nobody agree? Write a day under "
            "withdrawn.",
            file=CONSENT, people=counted(len(lines), "person", "people"),
            lines=_("lines {lines}", lines=listed(map(str, lines), most=10)))


def _described(item: Item) -> list[str]:
    """Return the answers to an item that stand in study.toml."""
    listed_ones = () if item.values == "any" or item.derived else item.values
    return given(list(dict.fromkeys(
        (*listed_ones, *item.corrections, *item.corrections.values()))))


def suspected(log: pd.DataFrame) -> pd.Series:
    """Return which lines of a log are about a suspected double."""
    return log["rule"].str.startswith(SUSPECTED)


def personal_lines(log: pd.DataFrame) -> Iterator[str]:
    """Say where own words point to a person, without showing them, and what to do."""
    masked = log[log["rule"].isin(MASKED.values())]
    for item, lines in masked.groupby("item", sort=False):
        kinds = rules_counted(lines["rule"], ", ")
        yield _(
            "{item}: {kinds} ({rows}). The raw file still holds it. Read these rows before you "
            "quote anybody: a nickname or a story about one person is not seen. Give wbkit "
            "pseudonymise to decide on each word.",
            item=item, kinds=kinds, rows=_rows(lines))
    for item, lines in log[log["rule"] == MADE_UP].groupby("item", sort=False):
        yield _(
            "{item}: {n} x something that points to a person ({rows}). It stays, because "
            "study.toml says synthetic = true. Are these real answers? Write synthetic = false; "
            "then it is masked.",
            item=item, n=len(lines), rows=_rows(lines))


def rules_counted(rules: pd.Series, between: str) -> str:
    """Say how often each rule of a log was applied."""
    return between.join(f"{n} x {rule_in_words(rule, spoken())}"
                        for rule, n in rules.value_counts(sort=False).items())


def repeated_ids(raw: Raw, responses: Responses) -> Iterator[str]:
    """Say that rows which are kept have the same number in the column that tells rows apart."""
    if "id" not in raw.ids:
        return
    ids = raw.data.loc[responses.data.index, raw.ids["id"]]
    again = ids[ids.duplicated() & (ids != "")]
    if len(again):
        yield _(
            "{column}: {found} ({rows}). Were rows pasted twice? They all count. In study.toml: "
            "set rows aside with set_aside, or declare duplicates.",
            column=raw.ids["id"], rows=rows_listed(again.index.tolist()),
            found=counted(len(again), "row has the number of an earlier row",
                          "rows have the number of an earlier row"))


def _rows(lines: pd.DataFrame) -> str:
    return rows_listed(lines["row"].unique().tolist())


def strange_numbers(responses: Responses) -> Iterator[str]:
    """Name numbers far from all others, of items for which study.toml gives no range."""
    if responses.source.kind == "counts":
        return
    for item in responses.source.items.values():
        if item.kind != "numeric" or item.range or item.name == MINUTES:
            continue
        numbers = responses.data[item.name].dropna()
        odd = numbers[far_away(numbers.to_numpy())]
        if len(odd):
            usual = numbers.drop(odd.index)
            yield _(
                "{item}: {numbers} ({rows}) lies far from the others ({others}). It is counted as "
                "it stands. Write range = [lowest, highest] under the item, so that a typing error "
                "stops, or corrections.",
                item=item.name, rows=rows_listed(odd.index.tolist()),
                numbers=listed(map(_written, odd.unique())),
                others=_span(usual.min(), usual.max()))


def _written(number: float) -> str:
    return f"{number:g}".replace(".", decimal_mark(spoken()))


def _span(lowest: float, highest: float) -> str:
    low, high = _written(lowest), _written(highest)
    return low if lowest == highest else _("{low} to {high}", low=low, high=high)


def far_away(numbers: np.ndarray) -> np.ndarray:
    """Mark the numbers beyond Tukey's outer fences [1]_.

    References
    ----------
    .. [1] Tukey, J. W. (1977). Exploratory Data Analysis. Addison-Wesley, 43-44.
    """
    if len(numbers) < FEWEST:
        return np.zeros(len(numbers), dtype=bool)
    low, high = np.quantile(numbers, [0.25, 0.75])
    reach = FENCE * max(high - low, 1.0)
    return (numbers < low - reach) | (numbers > high + reach)


# Answers to read again


def outdated_answers(study: Study) -> dict[str, list[str]]:
    """List the answers that were written for other results than those of the last run."""
    present = _fingerprints(study)
    lines = {
        question: [_other_result(name, present.get(name), digits)
                   for name, digits in answer.tables.items() if present.get(name) != digits]
        for question, answer in load_interpretations(study).items()
    }
    return {question: differs for question, differs in lines.items() if differs}


def _other_result(name: str, present: str | None, written_for: str) -> str:
    if present is None:
        return _("{table}: is not in results", table=name)
    return _("{table}: {present} instead of {before}",
             table=name, present=present, before=written_for)


def reread(study: Study, question: str) -> list[str]:
    """Write in interpretations.toml that an answer was read beside the results of the last run.

    Gives names of the Tables whose fingerprint was renewed; the words stay as they are.
    """
    answers, present = load_interpretations(study), _fingerprints(study)
    if question not in answers:
        raise DataError(_no_answer(question, list(answers)))
    gone = [name for name in answers[question].tables if name not in present]
    if gone:
        raise DataError(_(
            "{file}, {question}: {table} is not in results. Give wbkit run first, or correct the "
            "name.",
            file=INTERPRETATIONS, question=question, table=gone[0]) if len(gone) == 1 else _(
            "{file}, {question}: {tables} are not in results. Give wbkit run first, or correct the "
            "names.",
            file=INTERPRETATIONS, question=question, tables=", ".join(gone)))
    file = study.folder / INTERPRETATIONS
    document = tomlkit.parse(file.read_text(encoding="utf-8-sig"))
    renewed = [name for name, digits in answers[question].tables.items()
               if digits != present[name]]
    for name in renewed:
        document[question]["tables"][name] = present[name]
    write_whole(file, tomlkit.dumps(document).encode())
    return renewed


def _no_answer(question: str, answers: list[str]) -> Told:
    if not answers:
        return _("{file}: holds no answers yet. Write one to {question!r} first.",
                 file=INTERPRETATIONS, question=question)
    return _("{file}: holds no answer to {question!r}. There are answers to {answers}. Write one "
             "first.", file=INTERPRETATIONS, question=question, answers=", ".join(answers))


def _fingerprints(study: Study) -> dict[str, str]:
    return {one["name"]: one["fingerprint"] for one in saved_results(study.results)
            if one["what"] == "table"}
