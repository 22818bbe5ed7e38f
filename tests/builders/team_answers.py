"""Answers that teams gave together, one for each team."""

from builders.responses import answers

ITEMS = {
    "team": {"kind": "nominal", "values": ["zorg", "bouw", "groen"]},
    "mensen": {"kind": "numeric"},
    "keuze": {"kind": "ordinal", "values": ["oneens", "eens"], "missing": ["weet niet"]},
    "inzet": {"kind": "multiple", "values": ["coach", "buddy"]},
    "eens_1": {"kind": "ordinal", "values": ["iedereen", "verdeeld"]},
    "cijfer": {"kind": "numeric"},
    "eens_2": {"kind": "ordinal", "values": ["iedereen", "verdeeld"]},
    "tekst": {"kind": "open"},
}
DATA = {"team": ["bouw", "zorg"], "mensen": [13.0, 24.0], "keuze": ["oneens", None],
        "inzet:coach": [True, False], "inzet:buddy": [True, False],
        "eens_1": ["verdeeld", "iedereen"], "cijfer": [7.0, float("nan")],
        "eens_2": ["iedereen", None], "tekst": ["", ""]}
JOINT = {"name": "teams", "unit": "team", "design": {"kind": "joint", "people": 37},
         "missing_units": {"groen": {"nl": "deed niet mee", "en": "did not join"}}}


def teams(**fields):
    return answers(DATA, items=ITEMS, reasons=[(3, "keuze", "weet niet")], **JOINT | fields)
