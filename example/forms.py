"""Write a workbook as a Dutch Microsoft Forms export."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

META = ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam"]
SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Form:
    """A form: its title, when it was exported, which headings were pasted, what is said of it."""

    title: str
    created: dt.datetime  # fixed, so that the same answers give the same bytes
    pasted: frozenset[str]  # headings pasted from a text, with hard spaces
    about: tuple[str, ...]


STUDENTS = Form(
    title="Studentenenquête MBO De Linde (SYNTHETISCH)",
    created=dt.datetime(2022, 11, 22, 9, 0, 0),
    pasted=frozenset({"gezien", "nieuwsgierig", "wb3", "steun_nodig", "h_inhaal"}),
    about=(  # names the script where it stood when the raw file was made
        "SYNTHETISCH: deze antwoorden zijn verzonnen met data/make_example.py.",
        "MBO De Linde bestaat niet. Geen enkele rij en geen enkele tekst is van een echte student.",
        "De cijfers zeggen niets over het mbo en mogen nergens als uitkomst worden aangehaald.",
    ),
)


def write_forms(
    answers: pd.DataFrame, headings: dict[str, str], path: Path, *, form: Form = STUDENTS
) -> None:
    """Write answers, one column for each item, with start and end times."""
    with xlsxwriter.Workbook(path) as book:
        _mark(book, form)
        sheet = book.add_worksheet("Form1")
        moment = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        sheet.write_row(0, 0, META + export_headings(headings, form.pasted))
        for row, answer in enumerate(answers.itertuples(index=False), start=1):
            _write_row(sheet, row, answer._asdict(), list(headings), moment)
        book.add_worksheet("Over dit bestand").write_column(0, 0, form.about)


def export_headings(headings: dict[str, str], pasted: frozenset[str]) -> list[str]:
    """Number a repeated heading and keep the hard spaces, as Forms does."""
    seen: dict[str, int] = {}
    exported = []
    for item, heading in headings.items():
        seen[heading] = seen.get(heading, 0) + 1
        numbered = heading if seen[heading] == 1 else f"{heading}{seen[heading]}"
        exported.append(numbered.replace(" ", SPACE, 2) + SPACE if item in pasted else numbered)
    return exported


def _mark(book: xlsxwriter.Workbook, form: Form) -> None:
    book.set_properties(
        {
            "title": form.title,
            "subject": "Synthetische voorbeelddata",
            "keywords": "synthetisch, synthetic",
            "comments": " ".join(form.about),
            "created": form.created,
        }
    )


def _write_row(sheet: Worksheet, row: int, answer: dict, items: list[str], moment: Format) -> None:
    sheet.write_number(row, 0, row)
    sheet.write_datetime(row, 1, answer["start"].to_pydatetime(), moment)
    sheet.write_datetime(row, 2, answer["end"].to_pydatetime(), moment)
    sheet.write_string(row, 3, "anonymous")
    for column, item in enumerate(items, start=len(META)):
        if pd.notna(answer[item]):
            sheet.write_string(row, column, answer[item])
