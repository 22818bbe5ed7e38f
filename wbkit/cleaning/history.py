"""What cleaning changed, counted."""

from wbkit.cleaning import log
from wbkit.labels import label, number
from wbkit.nouns.response import Responses
from wbkit.nouns.table import Table

RULES = {
    log.NO_ANSWER: "empty",
    log.TOTAL: "total",
    log.CORRECTION: "correction",
    log.SPACES: "spaces",
    log.DECIMAL_COMMA: "decimal_comma",
    log.THOUSANDS: "thousands",
    log.OWN_WORDS: "own_words",
    log.NEAR_MISS: "near_miss",
    log.EXCLUSIVE: "exclusive",
    log.MISSING_CODE: "missing_code",
    log.NOT_ASKED: "not_asked",
    log.OUTSIDE: "outside",
    log.BACKWARDS: "backwards",
}
DUPLICATE = "suspected duplicate"


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
            "rule": {rule: label(f"rule_{rule}", language) for rule in (*RULES.values(),
                                                                       "duplicate")},
            "item": {"": label("whole_row", language)} | {
                name: item.words(language, short=True) for name, item in source.items.items()},
            "column": {"rule": label("col_rule", language)},
        },
        language=language,
    )


def _rule(words: str) -> str:
    """Return the id of a rule; a reason that a person gave stays as it is."""
    if words.startswith(DUPLICATE):
        return "duplicate"
    words = words.removeprefix(f"{log.SET_ASIDE}: ")
    return RULES.get(words, words)
