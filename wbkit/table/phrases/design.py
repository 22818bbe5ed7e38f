"""Where statements about design and weights become sentences."""

from collections.abc import Mapping, Sequence

from wbkit.messages import listing
from wbkit.table.facts import Fact
from wbkit.table.phrases.common import Words, just
from wbkit.table.statements.design import (
    Clusters,
    Edge,
    Finite,
    Kish,
    LeftOut,
    Lone,
    Merged,
    QuantileEnd,
    Raked,
    Strata,
    Tiny,
    WeightedBy,
    WeightedTo,
)
from wbkit.table.words import Names


def _left_out(facts: Sequence[LeftOut], names: Names) -> list[str]:
    return [names.label("left_out_weight" if one.weight else "left_out", n=names.count(one.n),
                        units=names.units(one.n)) for one in facts]


def _strata(facts: Sequence[Strata], names: Names) -> list[str]:
    keys = {"interval": "strata_note"}
    return [names.label(keys.get(one.about, f"strata_note_{one.about}"), units=names.units(2),
                        margins=_margins(one.items, names)) for one in facts]


def _margins(items: Sequence[str], names: Names) -> str:
    return listing([names.title_of(one, short=True) for one in items], names.language)


def _merged(facts: Sequence[Merged], names: Names) -> list[str]:
    and_ = " + "
    return [names.label("strata_merged", least=one.least, strata="; ".join(
        and_.join(names.combined(one.items, values) for values in stratum)
        for stratum in one.strata)) for one in facts]


def _clusters(facts: Sequence[Clusters], names: Names) -> list[str]:
    return [names.label("clusters_note", n=names.number(one.n),
                        item=names.title_of(one.item, short=True),
                        strata=names.title_of(one.strata, short=True)) for one in facts]


def _weighted_to(facts: Sequence[WeightedTo], names: Names) -> list[str]:
    return [names.label("weighted_note", margins=_margins(one.items, names),
                        method=names.label(f"method_{one.method}")) for one in facts]


def _weighted_by(facts: Sequence[WeightedBy], names: Names) -> list[str]:
    return [names.label("weighted_declared", item=names.title_of(one.item, short=True))
            if one.item else names.label("weighted_strata") for one in facts]


def _tiny(facts: Sequence[Tiny], names: Names) -> list[str]:
    cells = []
    for one in facts:
        cell = names.combined(one.items, one.values)
        cells.append(names.label("tiny_merge", cell=cell, near=names.combined(one.items, one.near))
                     if one.near else cell)
    return [names.label("tiny_note", units=names.units(2), cells="; ".join(cells))]


def _kish(facts: Sequence[Kish], names: Names) -> list[str]:
    one = facts[0]
    lines = [names.label("kish_note", deff=names.number(one.deff, decimals=2),
                         n=names.count(one.n), units=names.units(one.n),
                         effective=names.number(one.effective))]
    return [*lines, names.label("kish_clusters")] if one.clusters else lines


def _finite(facts: Sequence[Finite], names: Names) -> list[str]:
    population = facts[0].population
    if population is None:
        return [names.label("finite_note_fpc")]
    return [names.label("finite_note", units=names.units(2), population=names.number(population))]


WORDS: Mapping[type[Fact], Words] = {
    LeftOut: _left_out, Strata: _strata, Merged: _merged, Raked: just("strata_raked"),
    Clusters: _clusters, WeightedTo: _weighted_to, WeightedBy: _weighted_by, Tiny: _tiny,
    Kish: _kish, Finite: _finite, Edge: just("edge_note"), Lone: just("lone_note"),
    QuantileEnd: just("quantile_end_note"),
}  # fmt: skip
