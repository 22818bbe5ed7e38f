"""Standard tables and figures of every source, for a study without notebooks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape

from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.intake.processed import read_responses
from wbkit.messages import _
from wbkit.report.plots.bars import plot_bars
from wbkit.report.saving import save
from wbkit.study.item import Item
from wbkit.study.source_kinds import MINUTES
from wbkit.study.study import Study
from wbkit.survey.frequency import frequency
from wbkit.survey.participation import coverage, nonresponse
from wbkit.table.table import Figure, Table
from wbkit.workflow.overview.notebook_pages import Section
from wbkit.workflow.progress import TABLE

NOT_DRAWN = ("coverage", "nonresponse")  # kinds of Tables about who took part
Making = Callable[[], Table]


def standard_results(
    study: Study, *, watch: Callable[[str], None] = lambda _: None
) -> dict[str, list[str]]:
    """Save the standard tables and figures of every source; gives their names by source."""
    made: dict[str, list[str]] = {}
    for number, (name, source) in enumerate(study.sources.items(), 1):
        if source.holds_texts or source.kind == "counts":
            watch(_(
                "{source}: no standard tables, because it holds no answers to count",
                source=name))
            continue
        responses = _into(study, read_responses(study, name))
        planned = _planned(responses, watch)
        results = made.setdefault(source.words(), [])
        for place, (result, make) in enumerate(planned.items(), 1):
            watch(_(TABLE, name=result, number=place, tables=len(planned), source=number,
                    sources=len(study.sources)))
            _save(result, make())
            results.append(result)
    return made


def _into(study: Study, responses: Responses) -> Responses:
    """Let the results of these responses go where those of the study go."""
    setting = responses.source.setting.model_copy(update={"results": study.results})
    return replace(responses, source=responses.source.model_copy(update={"setting": setting}))


def _planned(responses: Responses, watch: Callable[[str], None]) -> dict[str, Making]:
    """Return how each standard Table is made, by the name under which it is saved."""
    name, design = responses.source.name, responses.source.design
    found: dict[str, Making] = {}
    if design is not None and design.population is not None:
        found[f"{name}_coverage"] = partial(coverage, responses)
    else:
        watch(_("{source}: no coverage, because study.toml declares no population", source=name))
    closed = [item for item in responses.source.items.values() if _counted(item, responses)]
    if closed and responses.source.kind == "survey":
        found[f"{name}_nonresponse"] = partial(nonresponse, responses)
    return found | {f"{name}_{item.name}": partial(frequency, responses, item) for item in closed}


def _counted(item: Item, responses: Responses) -> bool:
    if item.kind == "numeric":
        return item.name != MINUTES
    counted = item.closed or item.several
    return counted and item.sensitivity != "identifier" and bool(responses.values(item))


def _figure(table: Table) -> Figure | None:
    """Draw a Table; nothing when there is nothing to draw."""
    try:
        return plot_bars(table)
    except DataError:
        return None


def _save(name: str, table: Table) -> None:
    """Save a Table, and its Figure when it counts answers."""
    figure = _figure(table) if table.kind not in NOT_DRAWN else None
    save(table, name)
    if figure is not None:
        save(figure, name)


def standard_sections(made: Mapping[str, Sequence[str]]) -> list[Section]:
    """Return the standard results of each source under its name."""
    return [Section(escape(source), tuple(names)) for source, names in made.items()]
