"""The tables that every survey gets, also without a notebook."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.intake.processed import read_responses
from wbkit.report.plots.bars import plot_bars
from wbkit.report.saving import save
from wbkit.study.item import Item
from wbkit.study.moments import MINUTES
from wbkit.study.study import Study
from wbkit.survey.frequency import frequency
from wbkit.survey.participation import coverage, nonresponse
from wbkit.table.figure import Figure
from wbkit.table.table import Table


@dataclass(frozen=True)
class Result:
    """A Table under the name by which it is saved, and its Figure where there is one."""

    name: str
    table: Table
    figure: Figure | None = None


def standard_results(
    study: Study, *, watch: Callable[[str], None] = lambda _: None
) -> dict[str, list[Result]]:
    """Save the standard tables and figures of every source.

    Parameters
    ----------
    study
        A study whose processed data are up to date.
    watch
        Called with one line about each Table, and about each that cannot be made.

    Returns
    -------
    dict of list of Result
        By the printed name of the source: coverage where the population is declared, break-off
        and skipped questions, and one frequency for each closed or numeric item.
    """
    made = {}
    for name, source in study.sources.items():
        if source.holds_texts or source.kind == "counts":
            watch(f"{name}: no standard tables, because it holds no answers to count")
            continue
        responses = _into(study, read_responses(study, name))
        made[source.words()] = [_saved(result, watch) for result in _results(responses, watch)]
    return made


def _into(study: Study, responses: Responses) -> Responses:
    """Let the results of these responses go where those of the study go."""
    setting = responses.source.setting.model_copy(update={"results": study.results})
    return replace(responses, source=responses.source.model_copy(update={"setting": setting}))


def _results(responses: Responses, watch: Callable[[str], None]) -> Iterator[Result]:
    name = responses.source.name
    design = responses.source.design
    if design is not None and design.population is not None:
        yield Result(f"{name}_coverage", coverage(responses))
    else:
        watch(f"{name}: no coverage, because study.toml declares no population")
    closed = [item for item in responses.source.items.values() if _counted(item, responses)]
    if closed and responses.source.kind == "survey":
        yield Result(f"{name}_nonresponse", nonresponse(responses))
    for item in closed:
        table = frequency(responses, item)
        yield Result(f"{name}_{item.name}", table, _figure(table))


def _counted(item: Item, responses: Responses) -> bool:
    if item.kind == "numeric":
        return item.name != MINUTES
    return item.closed and item.sensitivity != "identifier" and bool(responses.values(item))


def _figure(table: Table) -> Figure | None:
    """Draw a Table; nothing when there is nothing to draw."""
    try:
        return plot_bars(table)
    except DataError:
        return None


def _saved(result: Result, watch: Callable[[str], None]) -> Result:
    watch(f"table {result.name}")
    save(result.table, result.name)
    if result.figure is not None:
        save(result.figure, result.name)
    return result
