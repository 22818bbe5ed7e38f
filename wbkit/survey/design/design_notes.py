"""What a reader must know of weights, strata and a finite population."""

from collections.abc import Sequence

import pandas as pd

from wbkit.data.cells import Cells
from wbkit.labels import label, listing, number
from wbkit.stats.calibration import kish
from wbkit.study.design import Calibration
from wbkit.survey.design.base_weights import within_strata
from wbkit.survey.design.intervals import why_no_interval
from wbkit.survey.design.linearisation import Sample
from wbkit.survey.design.margins import neighbour
from wbkit.survey.design.sampling import APART, strata_items
from wbkit.survey.design.strata import AND, SPARSE
from wbkit.table.layout import SHOWN


def design_notes(
    sample: Sample, *, strata: str = "strata_note", finite: bool = True
) -> list[str]:
    """Return the lines about weights, strata, clusters and a finite population under a Table."""
    if sample.cells.source.design is None:
        return []
    return [*_left_out(sample.cells), *_strata(sample.cells, strata), *_clusters(sample.cells),
            *_weights(sample), *(_finite(sample) if finite else [])]


def lone_note(cells: Cells, rows: pd.DataFrame) -> list[str]:
    """Say why shown rows that somebody is in lack an end, where the design carries an interval."""
    shown = (rows["n"] > 0) & (rows["state"] == SHOWN)
    known = rows["df"].notna()
    due = {"lone_note": shown & ~known & rows["low"].isna(),
           "quantile_end_note": shown & known & rows[["low", "high"]].isna().any(axis=1)}
    return [label(name, cells.source.language) for name, rows in due.items() if rows.any()]


def weighted(sample: Sample) -> bool:
    """Whether some units count for more than others."""
    deff, _ = kish(*_sums(sample))
    return bool(deff > 1 + 1e-12)


def _sums(sample: Sample) -> tuple[float, float, float]:
    parts = sample.parts
    if not parts.w.sum():
        return 1.0, 1.0, 1.0
    return float(parts.n.sum()), float(parts.w.sum()), float(parts.w2.sum())


def _left_out(cells: Cells) -> list[str]:
    language, n = cells.source.language, cells.left_out
    if n < cells.source.minimum:
        return []
    design = cells.source.design
    key = "left_out_weight" if design.weight and not design.calibration else "left_out"
    return [label(key, language, n=number(n, language), units=cells.source.units(n))]


def _strata(cells: Cells, key: str) -> list[str]:
    design = cells.source.design
    if not within_strata(cells.assumption) or not strata_items(design):
        return []
    language = cells.source.language
    names = [cells.item(name).words(language, short=True) for name in strata_items(design)]
    notes = [label(key, language, units=cells.source.units(2),
                   margins=listing(names, language))]
    merged = [AND.join(_combined(cells, strata_items(design), one) for one in name.split(AND))
              for name in cells.units["stratum"].unique() if AND in name]
    if merged:
        notes.append(label("strata_merged", language, strata="; ".join(merged), least=SPARSE))
    if len(names) > 1:
        notes.append(label("strata_raked", language))
    return notes


def _combined(cells: Cells, items: Sequence[str], values: str) -> str:
    """Return the words of a combination of values, one for each item."""
    pairs = zip(items, values.split(APART), strict=False)
    language = cells.source.language
    return " × ".join(cells.item(name).value_words(language).get(value, value)
                      for name, value in pairs)


def _clusters(cells: Cells) -> list[str]:
    """Say that clusters of one name in several strata are different clusters."""
    design, language = cells.source.design, cells.source.language
    if not (design.cluster and design.strata):
        return []
    strata = cells.units.groupby("psu")["stratum"].nunique()
    many = int((strata > 1).sum())
    item, by = (cells.item(name).words(language, short=True)
                for name in (design.cluster[0], design.strata))
    return [label("clusters_note", language, n=number(many, language), item=item, strata=by)] \
        if many else []


def _weights(sample: Sample) -> list[str]:
    if not weighted(sample):
        return []
    cells, design = sample.cells, sample.cells.source.design
    source, language = cells.source, cells.source.language
    if design.calibration:
        notes = _calibrated(cells, design.calibration)
    elif design.weight:
        item = cells.item(design.weight).words(language, short=True)
        notes = [label("weighted_declared", language, item=item)]
    else:
        notes = [label("weighted_strata", language)]
    n, w, w2 = _sums(sample)
    deff, effective = kish(n, w, w2)
    return [*notes, label("kish_note", language, deff=number(deff, language, decimals=2),
                          n=number(n, language), units=source.units(n),
                          effective=number(effective, language)),
            *([label("kish_clusters", language)] if design.cluster else [])]


def _calibrated(cells: Cells, calibration: Calibration) -> list[str]:
    language = cells.source.language
    margins = [cells.item(name).words(language, short=True) for name in calibration.items]
    notes = [label("weighted_note", language, margins=listing(margins, language),
                   method=label(f"method_{calibration.method}", language))]
    counts = cells.units.groupby("margin_cell")["n"].sum()
    tiny = [_to_merge(cells, calibration.items, name) for name in counts.index[counts < SPARSE]]
    if tiny and calibration.untrimmed is None:
        notes.append(label("tiny_note", language, units=cells.source.units(2),
                           cells="; ".join(tiny)))
    return notes


def _to_merge(cells: Cells, items: Sequence[str], values: str) -> str:
    """Return the words of a combination, with the merge to consider: with the value next to it."""
    *others, last = values.split(APART)
    known, words = cells.item(items[-1]).categories, _combined(cells, items, values)
    if last not in known or len(known) < 2:
        return words
    near = neighbour(known, last)
    return label("tiny_merge", cells.source.language, cell=words,
                 near=_combined(cells, items, APART.join((*others, near))))


def _finite(sample: Sample) -> list[str]:
    cells = sample.cells
    if not sample.finite or why_no_interval(cells):
        return []
    source, population = cells.source, cells.source.design.population
    if population is None or cells.source.design.fpc:
        return [label("finite_note_fpc", source.language)]
    return [label("finite_note", source.language, units=source.units(2),
                  population=number(population, source.language))]
