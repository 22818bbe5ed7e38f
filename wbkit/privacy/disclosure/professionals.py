"""Professional informants: no Table says which of them said something, or names a service apart.

Everybody at a school knows who leads a team and who works in a service. So a passage bears no
name, a service stands with the others of its name unless all agreed, and no leader stands beside
one team.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from hashlib import sha256

from wbkit.privacy.disclosure.joint_answers import is_joint
from wbkit.study.informants import are_informants, told_together
from wbkit.study.source import Source
from wbkit.table.kinds import KINDS
from wbkit.table.statements.coding import Chosen, Listed, Row, Speaking
from wbkit.table.statements.privacy import NotApart
from wbkit.table.table import Table

DOCUMENT, ROW, SOURCE = "document", "row", "source"
PASSAGES = ("quote", "before", "after")
COUNTED = ("source", "question")  # rows of a matrix in which all informants are counted


def without_names(tables: Sequence[Table]) -> list[Table]:
    """Return Tables in which no informant, and no team that did not agree, is named."""
    sources = {one.name: one for table in tables for one in table.data_sets}
    together = told_together(sources.values())
    return [_nameless(table, together) for table in tables]


def _nameless(table: Table, together: AbstractSet[str]) -> Table:
    about = {one.name for one in table.data_sets if are_informants(one)}
    if not about:
        return _without_teams(table)
    hidden = about & together
    if table.kind == "matrix":
        made = _rows_hidden(table, ROW, {one.id for one in table.found(Row) if one.source in hidden
                                         or (one.source in about and one.of not in COUNTED)})
    elif table.kind == "joint" or SOURCE in table.dimensions:
        made = _rows_hidden(table, SOURCE, hidden | _alone(table, about))
    elif hidden or DOCUMENT in table.dimensions or table.found(Chosen):
        made = _emptied(table)
    else:
        made = _without_documents(table)
    if made.data.equals(table.data):
        return table
    return replace(made, facts=(*made.facts, NotApart(tuple(sorted(about)))))


def _alone(table: Table, about: AbstractSet[str]) -> set[str]:
    """Return the columns of a joint display in which one single informant stands."""
    one = table.data[table.data["base"] == 1]
    return {name.partition(":")[0] for name in one[SOURCE]} & about


def _rows_hidden(table: Table, column: str, names: AbstractSet[str]) -> Table:
    """Hide every number of some rows, and the words that count what stands in them."""
    data, form = table.data, KINDS[table.kind]
    gone = data[column].astype(str).map(lambda one: one in names or one.partition(":")[0] in names)
    numbers = [name for name in data if form.is_number(name)]
    data = data.assign(**{name: data[name].astype(float).mask(gone) for name in numbers},
                       state=data["state"].mask(gone, "hidden"))
    facts = (one for one in table.facts if not (isinstance(one, Speaking) and one.id in names))
    return replace(table, data=data, facts=tuple(facts))


def _emptied(table: Table) -> Table:
    """Leave out every row, and how many there were."""
    facts = (one for one in table.facts if not isinstance(one, Listed | Chosen))
    return replace(table, data=table.data.iloc[:0], facts=tuple(facts))


def _without_documents(table: Table) -> Table:
    """Leave out which text a passage is from; the order of the texts would say it too."""
    data = table.data
    named = [one for one in dict.fromkeys((DOCUMENT, *table.dimensions)) if one in data]
    words = [one for one in PASSAGES if one in data]
    if not named or not words:
        return table
    passages = data[words].astype(str).agg("|".join, axis=1)
    order = passages.map(lambda text: sha256(text.encode()).hexdigest()).sort_values().index
    data = data.assign(**dict.fromkeys(named, "")).loc[order].reset_index(drop=True)
    return replace(table, data=data)


def _without_teams(table: Table) -> Table:
    """Leave out which team wrote an answer, where it did not agree to be named."""
    source = next(iter(table.data_sets), None)
    if table.kind != "listing" or source is None or not is_joint(source):
        return table
    agreed = source.design.agreed
    named = [one for one in table.dimensions if one in table.data and _names_a_group(source, one)]
    data = table.data.assign(**{name: table.data[name].where(table.data[name].isin(agreed), "")
                                for name in named})
    return replace(table, data=data)


def _names_a_group(source: Source, name: str) -> bool:
    """Whether an attribute says which group it was: the values of such a one have no order."""
    item = source.items.get(name)
    return item is None or item.kind == "nominal"
