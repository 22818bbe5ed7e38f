"""Two plans to choose from: hide as it is, or merge answers and groups first and hide less."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wbkit.data.responses import Responses
from wbkit.errors import WbkitError
from wbkit.intake.processed import read_responses
from wbkit.messages import LANGUAGES, _, counted, listing, spoken
from wbkit.privacy.disclosure.rules import participants_known
from wbkit.privacy.merging import Merge, and_then, next_merge, with_merged
from wbkit.study.item import Item
from wbkit.study.study import Study
from wbkit.survey.crosstab import crosstab
from wbkit.survey.frequency import frequency
from wbkit.table.facts import Base, Part, ShareOf, Subject
from wbkit.table.table import Table
from wbkit.text.normalise import free_id
from wbkit.workflow.release.copies import hidden_rows
from wbkit.workflow.release.rules import Rules

MOST = 6  # times that two answers are merged
NEW = "samen"  # behind the id of an item of which answers were merged


@dataclass(frozen=True)
class Plans:
    """What is hidden as things are, and what would be with some answers merged.

    Parameters
    ----------
    hidden
        How many counts plan A hides: the Tables as they are.
    merges
        Which answers plan B merges; none where that helps nothing.
    left
        How many counts plan B hides in the same Tables.
    recodes
        Plan B as lines for study.toml.
    """

    hidden: int
    merges: tuple[Merge, ...] = ()
    left: int = 0
    recodes: str = ""


def plans(
    study: Study, tables: Mapping[str, Table], rules: Rules, *, profile: str,
    known: Sequence[Table] = (),
) -> Plans:
    """Work out what merging would save; `tables` are protected Tables of real people, by name.

    Tables that cannot be counted again with merged answers, and name one of their questions, are
    left out of both numbers. It takes one more run of `protect`, and none where nothing helps.
    """
    hidden = sum(map(hidden_rows, tables.values()))
    if not hidden:
        return Plans(0)
    answers = _answers(study, tables.values())
    found = _merges(tables.values(), answers, profile)
    if not found:
        return Plans(hidden)
    changed = {name: with_merged(one, found) for name, one in answers.items()}
    pairs = [(before, after) for before in tables.values()
             if (after := _with(before, changed, found)) is not None]
    after = rules.protect([one for _before, one in pairs], profile=profile, known=[
        one for one in known if not _names_any(one, found)])
    left, same = sum(map(hidden_rows, after)), sum(hidden_rows(before) for before, _after in pairs)
    if left >= same:
        return Plans(hidden)
    return Plans(same, tuple(found), left, "\n".join(_recodes(study, found)))


def protected_together(
    study: Study, tables: Mapping[str, Table], rules: Rules, *, profile: str,
    known: Sequence[Table],
) -> dict[str, Table]:
    """Protect Tables, by key, of which the small counts are counted again first.

    So it is chosen over all Tables at once what is hidden beside small counts, where each function
    chose for its own.
    """
    whole = with_small_counts(study, tables)
    made = rules.protect(list(whole.values()), profile=profile, known=known)
    return {name: replace(one, sources=tables[name].sources)
            for name, one in zip(whole, made, strict=True)}


def with_small_counts(study: Study, tables: Mapping[str, Table]) -> dict[str, Table]:
    """Return Tables with the counts that were hidden as small, where these can be counted again.

    By key, as if they were of made-up people. Only of people of whom `protect` hides each small
    count itself, since others can know that they took part, or rounds it. A Table of other people
    stays as it is, and so does one that comes out otherwise.
    """
    answers = _answers(study, tables.values())
    found = {}
    for name, table in tables.items():
        made = _again(table, answers, bare=True) if _hides_each(table) else None
        found[name] = table if made is None or not _agrees(made, table) else made
    return found


def _hides_each(table: Table) -> bool:
    """Whether `protect` hides each small count, or rounds it, and not small groups only."""
    return all(one.setting.display.rounding or participants_known(one)
               for one in table.data_sets)


def _agrees(made: Table, table: Table) -> bool:
    """Whether a Table that was counted again has the numbers that the other one shows."""
    keys = [name for name in ("item", *table.dimensions, "value") if name in table.data]
    shown = table.data[table.data["state"] == "shown"].set_index(keys)["n"]
    again = made.data.set_index(keys)["n"].reindex(shown.index)
    return bool((again == shown).all())


def _merges(
    tables: Iterable[Table], answers: Mapping[str, Responses], profile: str
) -> list[Merge]:
    """Merge two answers at a time, those that help most first."""
    several: list[Merge] = []
    whole = [one for table in tables if (one := _again(table, answers, bare=True)) is not None]
    for _step in range(MOST):
        step = next_merge(whole, profile)
        if step is None:
            break
        several = and_then(several, step)
        changed = {name: with_merged(one, several) for name, one in answers.items()}
        whole = [one for table in whole if (one := _again(table, changed, bare=True)) is not None]
    return several


def _answers(study: Study, tables: Sequence[Table]) -> dict[str, Responses]:
    names = {one.name for table in tables for one in table.data_sets}
    return {name: read_responses(study, name) for name in sorted(names)
            if name in study.sources and not study.sources[name].holds_texts
            and study.sources[name].kind == "survey"}


def _with(
    table: Table, answers: Mapping[str, Responses], found: Sequence[Merge]
) -> Table | None:
    """Return a Table with answers merged; None where that is not known."""
    if _names_any(table, found):
        return _again(table, answers, bare=_hides_each(table))
    return replace(table, sources=tuple(
        answers[one.name].source if one in table.data_sets and one.name in answers else one
        for one in table.sources))


def _names_any(table: Table, found: Sequence[Merge]) -> bool:
    """Whether a Table names an item of which answers are merged."""
    sources = {one.name for one in table.data_sets}
    own = {item for one in found if one.source in sources for item in one.items}
    named = {*table.dimensions, *(one.item for one in table.found(Part))}
    named |= {str(one) for name in ("item", "margin", "by", "term") if name in table.data
              for one in table.data[name].unique()}
    return bool(own & (named | {one for fact in table.found(Subject)
                                for one in (*fact.items, *fact.by)}))


def _again(
    table: Table, answers: Mapping[str, Responses], *, bare: bool = False
) -> Table | None:
    """Count a Table once more; None where it is another kind of count.

    `bare` hides nothing: the people are taken to be made up.
    """
    source = table.data_sets[0] if table.data_sets else None
    forms = {one.form for one in table.found(Subject)}
    if source is None or source.name not in answers or not forms <= {"asked", "crossed"}:
        return None
    responses = answers[source.name]
    if bare:
        responses = replace(responses, source=responses.source.model_copy(
            update={"synthetic": True}))
    try:
        return _counted(table, _part(table, responses))
    except WbkitError:
        return None  # made in a notebook in a way of its own


def _part(table: Table, responses: Responses) -> Responses:
    renamed = responses
    for one in table.found(Part):
        item = responses.item(one.item)
        told = [value for value in item.categories if set(value.split(" + ")) & set(one.values)]
        renamed = renamed.where(**{one.item: told or one.values})
    return renamed


def _counted(table: Table, responses: Responses) -> Table | None:
    if table.kind == "crosstab":
        share = next((one.of for one in table.found(ShareOf)), "total")
        return crosstab(responses, *table.dimensions[:2], share=share)
    if table.kind != "frequency":
        return None
    of = next((one.of for one in table.found(Base)), "respondents")
    by = table.dimensions[0] if table.dimensions else None
    return frequency(responses, list(dict.fromkeys(table.data["item"])), by=by, of=of)


# Plan B, for study.toml


def _recodes(study: Study, found: Sequence[Merge]) -> Iterator[str]:
    """Yield the lines of items with merged answers."""
    for merge in found:
        source = study.sources[merge.source]
        taken = set(source.items)
        for name in merge.items:
            own = free_id(f"{name}_{NEW}", taken)
            taken.add(own)
            yield from (f"[sources.{merge.source}.items.{own}]",
                        *_item_lines(source.items[name], merge), "")


def _item_lines(item: Item, merge: Merge) -> Iterator[str]:
    names = merge.names
    yield f"label = {{ {', '.join(_in_both(lambda language: _quoted(item.words(language))))} }}"
    yield f'kind = "{item.kind}"'
    yield f"values = {_listed(dict.fromkeys(names.values()))}"
    for line in _in_both(lambda language: _listed(_words(item, merge, language))):
        yield f"value_labels.{line}"
    if item.agree:
        yield f"agree = {_listed(dict.fromkeys(names[one] for one in item.agree))}"
    pairs = ", ".join(f"{_quoted(one)} = {_quoted(what)}" for one, what in names.items())
    yield f"recode = {{ item = {_quoted(item.name)}, map = {{ {pairs} }} }}"


def _in_both(words: Callable[[str], str]) -> list[str]:
    return [f"{language} = {words(language)}" for language in LANGUAGES]


def _words(item: Item, merge: Merge, language: str) -> list[str]:
    known = item.value_words(language)
    return [listing([known.get(one, one) for one in part], language) for part in merge.parts]


def _listed(answers: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, answers))}]"


def _quoted(words: str) -> str:
    """Write words as TOML does: JSON writes a plain string the same way."""
    return json.dumps(words, ensure_ascii=False)


def plan_lines(made: Plans) -> Iterator[str]:
    """Say what each plan hides, and what to paste for plan B."""
    if not made.merges:
        return
    yield _("Plan A, as it is now: {counts} hidden.",
            counts=counted(made.hidden, "count is", "counts are"))
    yield _("Plan B: merge answers first, then {counts} hidden:",
            counts=counted(made.left, "count is", "counts are"))
    for merge in made.merges:
        for part in merge.together:
            yield _("- {answers} together, in {items}", items=", ".join(merge.items),
                    answers=listing([f"‘{one}’" for one in part], spoken()))
    yield _("For plan B put these lines in study.toml, use the new questions in your notebooks, "
            "and give wbkit run and wbkit publish again. wbkit merges nothing by itself.")
    yield made.recodes
