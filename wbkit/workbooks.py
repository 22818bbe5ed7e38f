"""New Excel workbooks: words stay words, and the same content gives the same bytes."""

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

CREATED = datetime(2020, 1, 1)
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
           "strings_to_numbers": False}


def new_workbook(file: Path | BinaryIO, **properties: str) -> xlsxwriter.Workbook:
    """Open a workbook in which nothing that somebody wrote becomes a formula or a link.

    Parameters
    ----------
    file
        Where it is written when it is closed.
    properties
        Of the document, such as title.

    Returns
    -------
    xlsxwriter.Workbook
        Without sheets; to be closed by a ``with`` statement.
    """
    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties({"created": CREATED, **properties})
    return book
