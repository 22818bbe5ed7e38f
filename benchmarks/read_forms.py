"""How long reading a Forms export of 50,000 rows takes, beside openpyxl.

Run `python benchmarks/read_forms.py [rows] [rounds]`. The two take turns in one process.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import openpyxl
import xlsxwriter

import wbkit as wb
from wbkit.study.source import Source

QUESTIONS = 47
ANSWERS = ["helemaal oneens", "oneens", "neutraal", "eens", "helemaal eens", "weet ik niet"]
OPEN = {20, 46}
META = ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam"]


def make(path, rows):
    """Write a Forms export: shared strings, as Forms and Excel write them."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Form1")
        sheet.write_row(0, 0, [*META, *(f"Vraag {place}" for place in range(QUESTIONS))])
        stamp = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        for row in range(1, rows + 1):
            sheet.write_number(row, 0, row)
            for column in (1, 2):
                sheet.write_number(row, column, 44880 + row / 1440 + column / 200, stamp)
            sheet.write_string(row, 3, "anonymous")
            for place in range(QUESTIONS):
                text = (f"antwoord {row} op {place}" if place in OPEN
                        else ANSWERS[(row * 7 + place * 5 + row // 3) % len(ANSWERS)])
                sheet.write_string(row, len(META) + place, text)


def source(path):
    """Describe that export."""
    closed = {"kind": "ordinal", "values": ANSWERS[:5], "missing": ANSWERS[5:]}
    items = {f"v{place}": ({"kind": "open"} if place in OPEN else closed)
             | {"column": f"Vraag {place}"} for place in range(QUESTIONS)}
    return Source.model_validate({
        "name": "students", "file": path.name, "format": "ms-forms", "unit": "student",
        "synthetic": True, "items": items, "setting": {"folder": path.parent}})


def read_openpyxl(path):
    """Read all values, as openpyxl's own documentation advises for large files."""
    book = openpyxl.load_workbook(path, read_only=True)
    return len([list(row) for row in book.active.iter_rows(values_only=True)]) - 1


def seconds(call, *arguments):
    """Return processor time, which other programs on the machine disturb less, and the result."""
    start = time.process_time()
    result = call(*arguments)
    return time.process_time() - start, result


def main(rows=50_000, rounds=3):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.xlsx"
        make(path, rows)
        described = source(path)
        ours, theirs, cleaning = [], [], []
        for _ in range(rounds):
            took, raw = seconds(wb.read_source, described)
            ours.append(took)
            took, count = seconds(read_openpyxl, path)
            theirs.append(took)
            took, cleaned = seconds(wb.clean, raw)
            cleaning.append(took)
            if not len(raw.data) == count == len(cleaned.data) == rows:
                raise SystemExit("the two do not read the same rows")
    for words, times in (("wbkit read_source", ours), ("openpyxl read_only", theirs),
                         ("wbkit clean", cleaning)):
        print(f"{words:20} " + "  ".join(f"{one:6.2f}" for one in times) + " s")
    ratios = [their / our for their, our in zip(theirs, ours, strict=True)]
    print(f"{rows} rows, {len(META) + QUESTIONS} columns: openpyxl / wbkit = "
          f"{statistics.median(ratios):.1f} (from {min(ratios):.1f} to {max(ratios):.1f})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
