"""A small register, made in memory, for tests that a reader can check by hand."""

from builders.raw import raw

ITEMS = {
    "jaar": {"kind": "ordinal", "values": ["2019", "2020", "2021", "2022"],
             "label": {"nl": "jaar", "en": "year"}},
    "team": {"kind": "nominal", "values": ["zorg", "groen"], "label": {"nl": "team", "en": "team"},
             "value_labels": {"en": ["care", "green"]}},
    "weg": {"kind": "nominal", "column": "weg", "values": ["bol", "bbl"]},
    "alle": {"kind": "numeric", "range": [5, 5000],
             "label": {"nl": "ingeschreven", "en": "enrolled"}},
    "traag": {"kind": "numeric", "label": {"nl": "vertragers", "en": "delayed"}},
    "naast": {"kind": "numeric"},
    "soort": {"kind": "nominal", "values": ["v1", "v2"]},
}
RULES = {"cells": ["jaar", "team", "weg"], "base": "alle", "parts": ["traag"], "beside": ["naast"],
         "definition": "soort", "totals": {"team": "samen"}}
ROWS = [
    ("2019", "zorg", "bol", "100", "10", "1", "v1"),
    ("2019", "zorg", "bbl", "20", "2", "0", "v1"),
    ("2019", "groen", "bol", "8", "3", "0", "v1"),
    ("2020", "zorg", "bol", "100", "20", "1", "v1"),
    ("2020", "zorg", "bbl", "20", "4", "0", "v1"),
    ("2020", "groen", "bol", "", "", "", "v1"),
    ("2021", "zorg", "bol", "1.000", "300", "1", "v2"),
    ("2021", "zorg", "bbl", "20", "6", "0", "v2"),
    ("2021", "groen", "bol", "12", "6", "0", "v2"),
    ("2021", "samen", "bol", "1.012", "306", "1", "v2"),
]


def register(*, rows=None, **fields):
    """Make the raw register: four declared years, of which the last has no row at all."""
    columns = dict(zip(ITEMS, zip(*(rows or ROWS), strict=True), strict=True))
    given = {"name": "register", "kind": "counts", "counts": RULES, "format": "csv",
             "design": {"kind": "census"}} | fields
    return raw({name: list(cells) for name, cells in columns.items()}, ITEMS, **given)


def changed(row, **cells):
    """Return the rows with other cells in one of them, counted from 0."""
    rows = [list(one) for one in ROWS]
    for name, cell in cells.items():
        rows[row][list(ITEMS).index(name)] = cell
    return rows
