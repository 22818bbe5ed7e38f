"""What is known of texts, as answers that can be counted."""

import pandas as pd

from wbkit.data.documents import Documents
from wbkit.data.responses import Responses
from wbkit.errors import DataError


def text_attributes(documents: Documents) -> Responses:
    """Take what is known of each text as answers, one row for each text.

    Parameters
    ----------
    documents
        Texts of a source that describes its attributes as nominal or ordinal items.

    Returns
    -------
    Responses
        One Categorical for each described attribute, absent where a text has none; the source
        and its design are those of the texts.

    Raises
    ------
    DataError
        If no attribute is described, an item is of another kind or no attribute, two texts are
        of one unit, or a text holds a value that the item does not know.
    """
    source, texts = documents.source, documents.texts
    items = [item for item in source.items.values() if not item.derived]
    wrong = [item.name for item in items
             if item.kind not in ("nominal", "ordinal") or item.name not in documents.attributes]
    if wrong or not items:
        what = f"{wrong[0]} is no" if wrong else "there is no"
        raise DataError(
            f"{source.name}: {what} attribute of its texts that is described as nominal or "
            "ordinal. Describe attributes under items in study.toml; the texts have "
            f"{', '.join(documents.attributes) or 'none'}."
        )
    if texts["unit"].duplicated().any():
        raise DataError(f"{source.name}: several texts are of one {source.unit}, so a row is no "
                        "unit. Count attributes only where each unit has one text.")
    index = texts["document"].to_numpy()
    data = {item.name: _answers(texts[item.name], item.categories, f"{source.name}: {item.name}")
            for item in items}
    return Responses(pd.DataFrame(data).set_axis(index), source, raw_rows=len(texts))


def _answers(column: pd.Series, values: tuple[str, ...], where: str) -> pd.Series:
    there = column.where(column != "")
    strange = sorted(set(there.dropna()) - set(values))
    if strange:
        raise DataError(f"{where} holds {strange[0]!r}, which is not one of its values "
                        f"({', '.join(values)}). Correct the text, or add it to values.")
    return pd.Series(pd.Categorical(there, categories=list(values)), index=column.index)
