"""How many respondents are alone with what an outsider can know of them."""

from collections.abc import Sequence

import pandas as pd

from wbkit.data.responses import Responses
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.study.item import Item
from wbkit.study.study import LEAST_SHOWN
from wbkit.table.facts import Count, Subject
from wbkit.table.statements.survey import NOTHING, OutsiderKnows
from wbkit.table.table import Table

KINDS = ("nominal", "ordinal", "numeric")


def anonymity(responses: Responses, items: Sequence[str | Item] | None = None) -> Table:
    """Count the respondents whom few others resemble on what an outsider can know.

    A respondent is counted with all who gave the same answers to the quasi-identifiers: team,
    level, year. Who is alone in such a group can be found by anybody who knows these things, and
    a group of fewer than 5 is small [1]_. The Table is for who decides what may be shared, so
    that its own small counts are shown until `protect` hides them.

    Parameters
    ----------
    responses
        One row for each unit of the source.
    items
        The quasi-identifiers: nominal, ordinal or numeric items. When left out, those with
        ``sensitivity = "quasi"`` in study.toml, without those that are derived from them.

    Returns
    -------
    Table
        One row for all of them together, and one for each of them as if an outsider did not
        know it, which shows what merging or leaving it out would bring.

        - ``without``: id of the item that is not known; ``nothing`` when all are
        - ``alone``: units that nobody else resembles
        - ``few``: units in a group of fewer than 5, those who are alone included
        - ``base``: units that answered all of the items
        - ``share``: few / base, from 0 to 1
        - ``state``: ``shown``, or ``hidden`` by `protect`

    Raises
    ------
    DataError
        If there are no such items, or one is of another kind.

    References
    ----------
    .. [1] Sweeney, L. (2002). k-anonymity: a model for protecting privacy. International Journal
       of Uncertainty, Fuzziness and Knowledge-Based Systems, 10, 557-570.
    """
    need(responses, Responses, "anonymity")
    known = _quasi(responses) if items is None else [responses.item(one) for one in items]
    _check(responses, known)
    names = [item.name for item in known]
    answers = responses.data.loc[responses.domain, names].dropna()
    parts = {NOTHING: names} | ({one: [name for name in names if name != one] for one in names}
                                if len(names) > 1 else {})
    rows = [(without, *_alone_and_few(answers, some)) for without, some in parts.items()]
    data = pd.DataFrame(rows, columns=["without", "alone", "few"]).assign(base=float(len(answers)))
    data = data.assign(share=data["few"] / data["base"].where(data["base"] > 0), state="shown")
    facts = (Subject("anonymity", (), ("without",)),
             OutsiderKnows(tuple(names), Count(len(answers)), LEAST_SHOWN))
    return Table(data, "anonymity", ("without",), facts, (responses.source,))


def _quasi(responses: Responses) -> list[Item]:
    """Return the quasi-identifiers of study.toml; a derived one says nothing more."""
    marked = [item for item in responses.source.items.values()
              if item.sensitivity == "quasi" and item.kind in KINDS]
    names = {item.name for item in marked}
    return [item for item in marked if not (item.derived and names >= set(item.parents))]


def _check(responses: Responses, items: Sequence[Item]) -> None:
    if not items:
        raise DataError(_(
            "{source}: no item is marked as what an outsider can know of a person. Write "
            'sensitivity = "quasi" with team, level or age in study.toml, or name the items.',
            source=responses.source.name))
    wrong = next((item for item in items if item.kind not in KINDS), None)
    if wrong:
        raise DataError(_(
            "{source}: {item} is {kind}. What an outsider can know is one answer to a nominal, "
            "ordinal or numeric item; choose another.",
            source=responses.source.name, item=wrong.name, kind=wrong.kind))


def _alone_and_few(answers: pd.DataFrame, names: Sequence[str]) -> tuple[float, float]:
    """Count who is alone, and who is in a small group."""
    if answers.empty:
        return 0.0, 0.0
    sizes = answers.groupby(list(names), observed=True).size()
    return float(sizes[sizes == 1].sum()), float(sizes[sizes < LEAST_SHOWN].sum())
