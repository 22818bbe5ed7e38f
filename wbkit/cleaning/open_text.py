"""The answers to an open question as texts."""

import pandas as pd

from wbkit.data.documents import TEXT_COLUMNS, Documents
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.study.item import Item

SHOWN = ("none", "quasi")  # sensitivity of the items that may group texts


def open_answers(responses: Responses, item: str | Item) -> Documents:
    """Make Documents of the answers to an open item, or of what stands behind its free option.

    Parameters
    ----------
    responses
        One row for each unit; only the part that `where` marked is taken.
    item
        An open item, or a nominal or multiple item with a free option.

    Returns
    -------
    Documents
        One document for each unit that wrote something; its id is the row number. The nominal
        and ordinal items are attributes. Who wrote nothing is not in the base.

    Raises
    ------
    DataError
        If there is no such item, or it holds no text.
    """
    item = responses.item(item)
    if item.kind != "open" and not item.other:
        raise DataError(f"{responses.source.name}: {item.name} is {item.kind} without a free "
                        "option, so it holds no texts. Choose an open item.")
    column = item.name if item.kind == "open" else item.text_column
    written = responses.data[column].astype("str").fillna("")
    rows = responses.domain & (written.str.strip() != "")
    ids = responses.data.index[rows].astype("str")
    data = pd.DataFrame({"document": ids, "text": written[rows].to_numpy(),
                         "unit": ids} | _attributes(responses, rows))
    return Documents.of(data, responses.source, item=item.name)


def _attributes(responses: Responses, rows: pd.Series) -> dict[str, object]:
    items = [item for item in responses.source.items.values()
             if item.kind in ("nominal", "ordinal") and item.sensitivity in SHOWN
             and item.name in responses.data and item.name not in TEXT_COLUMNS]
    return {item.name: responses.data.loc[rows, item.name].astype("str").fillna("").to_numpy()
            for item in items}
