"""Which reader a format has."""

from collections.abc import Mapping

from wbkit.intake.delimited import read_delimited
from wbkit.intake.excel import read_xlsx
from wbkit.intake.platforms import read_limesurvey
from wbkit.intake.qualtrics import read_qualtrics
from wbkit.intake.sheet import Sheet
from wbkit.intake.spss import read_spss
from wbkit.intake.toml_list import read_toml_list
from wbkit.study.item import Item


def read_sheet(content: bytes, kind: str, where: str, items: Mapping[str, Item]) -> Sheet:
    """Read the cells of a raw file.

    Parameters
    ----------
    content
        The bytes of the file.
    kind
        A format of study.toml.
    where
        Words for the file in a message.
    items
        Heading = item, for the items that are known. Options that stand in columns of their own
        are joined in one cell where an item, or else the evidence, asks for it.

    Returns
    -------
    Sheet
        Headings, and text in every cell.

    Raises
    ------
    DataError
        If the file cannot be read.
    """
    if kind == "ms-forms":
        return read_xlsx(content, where, items)
    if kind == "csv":
        return read_delimited(content, where, items)
    return EXPORTS[kind](content, where, items)


EXPORTS = {"spss": read_spss, "limesurvey": read_limesurvey, "qualtrics": read_qualtrics,
           "toml": read_toml_list}
