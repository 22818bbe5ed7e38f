"""A list, shown as it was written down."""

from collections.abc import Sequence

from wbkit.data.responses import Responses
from wbkit.errors import DataError, DisclosureError
from wbkit.labels import label, number
from wbkit.study.item import Item
from wbkit.survey.counts.captions import dimension_labels
from wbkit.table.table import Table


def listing(responses: Responses, items: Sequence[str | Item]) -> Table:
    """Show the rows of a list that holds no people.

    Parameters
    ----------
    responses
        Rows of a source with ``kind = "list"`` that is public or synthetic.
    items
        The columns, in order; not a multiple item.

    Returns
    -------
    Table
        One row for each row of the list, one column for each item.

    Raises
    ------
    DisclosureError
        If the rows are people's answers, or the list is neither public nor synthetic.
    DataError
        If an item is a multiple item.
    """
    source, language = responses.source, responses.source.language
    if source.kind != "list" or not (source.public or source.synthetic):
        raise DisclosureError(
            f"{source.name}: one row is one {source.unit}, and rows of people are never shown. "
            'A list without people says kind = "list" and public = true in study.toml; '
            "otherwise use frequency."
        )
    columns = [responses.item(item) for item in items]
    _check(columns, source.name)
    data = responses.data.loc[responses.domain, [item.name for item in columns]]
    labels = [dimension_labels(item, language) for item in columns]
    part = responses.base_words()
    base = label("listing_base", language, n=number(len(data), language),
                 units=source.units(len(data)))
    return Table(
        data=data.astype({item.name: str for item in columns if item.kind != "numeric"})
        .reset_index(drop=True),
        kind="listing",
        title=source.words(),
        units=(source.units(1), source.units(2)),
        base=f"{base} {label('base_part', language, part=part)}" if part else base,
        sources=(source,),
        labels={item.name: words[item.name] for item, words in zip(columns, labels, strict=True)}
        | {"column": {name: word for words in labels for name, word in words["column"].items()}},
        language=language,
        part=part,
    )


def _check(columns: Sequence[Item], name: str) -> None:
    several = [item.name for item in columns if item.kind == "multiple"]
    if several or not columns:
        raise DataError(
            f"{name}: {several[0] if several else 'no item'} cannot be a column of a list. "
            "Name nominal, ordinal, numeric or open items."
        )
