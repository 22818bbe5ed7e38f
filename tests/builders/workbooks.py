"""Workbooks as Microsoft Forms writes them."""

from datetime import datetime, timedelta

import xlsxwriter

START = datetime(2022, 11, 15, 9, 0)
FORMS = ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam")


def write_forms(path, headings, rows, *, meta=FORMS, starts=None):
    """Write an xlsx file as Forms does, with its own five columns before the answers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Form1")
        sheet.write_row(0, 0, [*meta, *headings])
        stamp = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate([*_own(number, meta, starts), *row]):
                sheet.write(number, place, cell, *([stamp] if isinstance(cell, datetime) else []))
    return path


def _own(number, meta, starts):
    start = starts[number - 1] if starts else START + timedelta(minutes=number)
    end = start + timedelta(minutes=6) if isinstance(start, datetime) else start
    return [number, start, end, "anonymous", ""][: len(meta)]
