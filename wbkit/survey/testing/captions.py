"""The words above and below a Table of tests: which test, why, and what its numbers mean."""

from collections.abc import Sequence
from dataclasses import replace

from wbkit.data.cells import Cells
from wbkit.data.responses import Responses
from wbkit.labels import label, listing, number, words
from wbkit.study.item import Item
from wbkit.survey.design.intervals import basis_key
from wbkit.survey.testing.choice import Tested
from wbkit.table.table import Table

TESTS = ("chi_square", "fisher", "monte_carlo", "rao_scott", "kruskal_wallis", "rank_design",
         "ordinal_logit",
         "welch_t", "welch_f", "mean_design", "bilder_loughin", "ticks_design", "none", "paired_t",
         "wilcoxon", "mcnemar", "stuart_maxwell", "cochran_armitage", "poisson",
         "quasi_poisson")
EFFECTS = ("cramer_v", "epsilon2", "epsilon2_means", "hedges_g", "change_sd", "rank_biserial",
           "share_difference", "rate_ratio", "share_change", "odds_ratio")


def marked(table: Table, *parts: Responses | Cells) -> Table:
    """Mark a Table of tests when items or groups were chosen after looking at the answers."""
    if not any(part.exploratory for part in parts):
        return table
    language = table.language
    return replace(table, title=label("exploratory_title", language, title=table.title),
                   notes=(*table.notes, label("exploratory_note", language)),
                   about=(*table.about, "exploratory"))


def basis_of_tests(responses: Responses | Cells, items: Sequence[Item]) -> str:
    """Say on what the p-values rest."""
    return label(basis_key(responses, items, "test"), responses.source.language,
                 words=responses.assumption)


def notes_of(counted: Cells, rows: Sequence[Tested], group: Item) -> list[str]:
    """Say which test was taken for which item and why, and what each effect is."""
    language = counted.source.language
    tests = list(dict.fromkeys(row.test for row in rows if not row.reason))
    notes = [_for_items(counted, rows, one, f"why_{one}", several=len(tests) > 1)
             for one in tests]
    notes += [_groups(counted, rows, group)]
    notes += [label(f"about_{one}", language, units=counted.source.units(2),
                    **_first_and_second(counted, rows, group))
              for one in dict.fromkeys(row.effect.name for row in rows) if one]
    notes += [label(f"reason_{one}", language, items=_named(counted, rows, one))
              for one in dict.fromkeys(row.reason for row in rows) if one]
    return list(filter(None, notes))


def _for_items(
    counted: Cells, rows: Sequence[Tested], test: str, key: str, *, several: bool
) -> str:
    language = counted.source.language
    why = label(key, language, units=counted.source.units(2))
    if not several:
        return why[:1].upper() + why[1:]
    names = dict.fromkeys(_name(counted, row) for row in rows if row.test == test)
    return label("test_of_items", language, items="; ".join(names), why=why)


def _name(counted: Cells, row: Tested) -> str:
    language, item = counted.source.language, counted.item(row.item)
    return item.value_words(language).get(row.value, row.value) if row.value \
        else item.words(language, short=True)


def _named(counted: Cells, rows: Sequence[Tested], reason: str) -> str:
    return "; ".join(f"‘{_name(counted, row)}’" for row in rows if row.reason == reason)


def _groups(counted: Cells, rows: Sequence[Tested], group: Item) -> str:
    """Name the groups in which nobody answered."""
    language, known = counted.source.language, counted.values(group)
    met = {one for row in rows for one in row.groups}
    if _written(counted, group):
        return ""
    lost = [group.value_words(language).get(one, one) for one in known if one not in met]
    return label("no_group_note", language, groups=listing(lost, language)) if lost else ""


def _first_and_second(counted: Cells, rows: Sequence[Tested], group: Item) -> dict[str, str]:
    pairs = [row.groups for row in rows if len(row.groups) == 2]
    if not pairs:
        return {}
    language = counted.source.language
    if _written(counted, group):
        return {one: label(f"{one}_group", language) for one in ("first", "second")}
    names = group.value_words(language)
    return {"first": names.get(pairs[0][0], pairs[0][0]),
            "second": names.get(pairs[0][1], pairs[0][1])}


def _written(counted: Cells, group: Item) -> bool:
    """Whether groups are named by answers that people wrote, which small ones would show."""
    return group.values == "any" and counted.source.minimum > 1


def family_note(counted: Cells, items: Sequence[Item], adjust: str) -> str:
    """Say for how many tests the p-values were adjusted."""
    language = counted.source.language
    options = [len(item.categories) for item in items if item.kind == "multiple"]
    key = "family_options" if options else "family"
    if adjust == "none":
        key = "family_none"
    elif len(items) == 1 and not options:
        key = "family_one"
    elif len(items) == 1:
        key = "family_ticks"
    return label(key, language, method=label(f"adjust_{adjust}", language), n=len(items),
                 options=listing([number(one, language) for one in options], language))


def labels_of(language: str) -> dict[str, dict[str, str]]:
    """Return the printed words of tests and effects."""
    return {
        "test": {one: label(f"test_{one}", language) for one in TESTS if f"test_{one}" in words()},
        "effect_name": {one: label(f"effect_{one}", language) for one in EFFECTS
                        if f"effect_{one}" in words()},
    }
