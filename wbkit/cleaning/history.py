"""What cleaning changed, counted."""

from wbkit.data.cleaning_log import RULES, SET_ASIDE, SUSPECTED, rule_id
from wbkit.data.responses import Responses
from wbkit.labels import label, number
from wbkit.table.table import Table

DUPLICATE = "duplicate"


def changes(responses: Responses) -> Table:
    """Count what cleaning changed between the raw file and these answers.

    Parameters
    ----------
    responses
        Answers with their cleaning log.

    Returns
    -------
    Table
        One row for each rule and item.

        - ``rule``: id of the rule, or the reason that a person gave for setting a row aside
        - ``item``: id of the item, empty where a whole row was changed
        - ``n``: how many answers or rows

        The base says how many rows the file held, how many were kept and how many set aside.
    """
    source, language = responses.source, responses.source.language
    kinds = responses.log.assign(rule=responses.log["rule"].map(_rule))
    data = kinds.groupby(["rule", "item"], sort=False).size().rename("n").reset_index()
    kept = len(responses.data)
    rows = kept if responses.raw_rows is None else responses.raw_rows
    return Table(
        data=data.sort_values("item", key=lambda items: items != "", kind="stable",
                              ignore_index=True),
        kind="listing",
        title=label("changes_title", language, source=source.words()),
        units=(source.units(1), source.units(2)),
        base=label("changes_base", language, rows=number(rows, language),
                   kept=number(kept, language), aside=number(rows - kept, language)),
        sources=(source,),
        labels={
            "rule": {rule: label(f"rule_{rule}", language)
                     for rule in (*RULES.values(), DUPLICATE)},
            "item": {"": label("whole_row", language)} | {
                name: item.words(language, short=True) for name, item in source.items.items()},
            "column": {"rule": label("col_rule", language)},
        },
        language=language,
    )


def _rule(words: str) -> str:
    """Return the id of a rule; a reason that a person gave stays as it is."""
    rule = rule_id(words)
    if rule.startswith(SUSPECTED):
        return DUPLICATE
    rule = rule.removeprefix(f"{SET_ASIDE}: ")
    return RULES.get(rule, rule)
