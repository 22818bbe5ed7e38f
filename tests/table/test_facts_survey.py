"""A small count of real people stands in no word of a Table: not printed, drawn or saved."""

import re
from dataclasses import replace

import openpyxl
import pytest
from builders.register import register
from builders.responses import answers

import wbkit as wb
from wbkit.study.source import Display

PLANTED, MINIMUM = 37, 50
TRACK = {"kind": "nominal", "values": ["bol", "bbl"]}
ITEMS = {"cijfer": {"kind": "numeric", "range": [1, 10]}, "leerweg": TRACK}
TEAMS = {
    "team": {"kind": "nominal", "values": ["zorg", "bouw", "groen"]},
    "keuze": {"kind": "ordinal", "values": ["oneens", "eens"]},
    "mensen": {"kind": "numeric"}, "staf": {"kind": "numeric"},
}


def real(data, items, **fields):
    """Make Responses of real people of whom fewer than MINIMUM are not counted."""
    return protected(answers(data, items=items, synthetic=False, **fields))


def protected(responses, minimum=MINIMUM):
    source = responses.source
    setting = source.setting.model_copy(update={"display": Display(minimum=minimum)})
    return replace(responses, source=source.model_copy(update={"setting": setting}))


def students(n, unknown=0, **design):
    tracks = [None] * unknown + ["bol"] * (n - unknown)
    return real({"cijfer": [5.0, 7.0] * (n // 2) + [6.0] * (n % 2), "leerweg": tracks}, ITEMS,
                design={"kind": "srs"} | design)


def teams(n=3, **fields):
    values = [f"team_{'abc'[place % 3]}{'x' * (place // 3)}" for place in range(n)]
    items = TEAMS | {"team": {"kind": "nominal", "values": values}}
    data = {"team": values, "keuze": ["eens"] * n, "mensen": [60.0] * n, "staf": [80.0] * n}
    return real(data, items, name="teams", unit="team", design={"kind": "joint"}, **fields)


def counted():
    return protected(wb.clean(register(synthetic=False)), minimum=MINIMUM)



MADE = {
    "coverage": lambda: wb.coverage(students(PLANTED, population=400)),
    "response": lambda: wb.coverage(students(PLANTED, population=400, invited=560)),
    "margin": lambda: wb.coverage(students(400, PLANTED, population=4000, margins={
        "leerweg": {"bol": 3000, "bbl": 1000}})),
    "estimate": lambda: wb.estimate(students(PLANTED, invited=560), "cijfer"),
    "ungrouped": lambda: wb.estimate(students(400, PLANTED, invited=400), "cijfer", by="leerweg"),
    "nonresponse": lambda: wb.nonresponse(students(PLANTED)),
    "answers": lambda: wb.team_answers(teams(PLANTED), ["keuze"], by="team", people="mensen"),
    "people": lambda: wb.team_coverage(
        replace(teams(), data=teams().data.assign(mensen=float(PLANTED))), "mensen", of="staf",
        by="team"),
    "trend": lambda: wb.trend(counted(), "traag", year="jaar", by="team"),
}
DRAWN = {"coverage": wb.plot_bars, "response": wb.plot_bars, "margin": wb.plot_bars,
         "estimate": wb.plot_estimates, "ungrouped": wb.plot_estimates,
         "nonresponse": wb.plot_bars, "people": wb.plot_bars, "trend": wb.plot_trend}


def printed(table, name, tmp_path, language):
    """Return all that a reader gets of a Table, without the digits of its fingerprint."""
    first = table.sources[0]
    setting = first.setting.model_copy(update={"results": tmp_path})
    table = replace(table, sources=(first.model_copy(update={"setting": setting}),
                                    *table.sources[1:]))
    wb.save(table, name, language=language)
    shown = table.show(language)
    parts = [repr(shown), shown._repr_html_()]
    parts += [(tmp_path / "tables" / f"{name}.{one}").read_text().replace(",", ", ")
              for one in ("csv", "json")]
    sheet = openpyxl.load_workbook(tmp_path / "tables" / f"{name}.xlsx").active
    parts += [str(cell.value) for row in sheet.iter_rows() for cell in row]
    parts += [table.cells.to_csv(index=False).replace(",", ", ")]
    if name in DRAWN:
        parts.append(DRAWN[name](table, language=language).alt)
    return "\n".join(parts).replace(table.fingerprint, "")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", MADE)
def test_a_small_count_stands_nowhere(name, language, tmp_path):
    words = printed(MADE[name](), name, tmp_path, language)
    assert not re.search(rf"(?<![\d.,]){PLANTED}(?!\d)", words)
    assert "6.6%" not in words and "6,6 %" not in words  # 37 of the 560 who were invited


def test_a_count_that_is_large_enough_stands_in_words():
    shown = wb.coverage(students(60, population=400, invited=560)).show("en")
    assert shown.base == ("60 of the 560 students who were invited answered (response 10.7%), out "
                          "of a population of 400.")


def test_the_words_say_that_a_count_is_too_small():
    assert MADE["coverage"]().show("en").base.startswith("fewer than 50 of the 400 students")
    assert MADE["answers"]().show("nl").base.startswith(
        "Gezamenlijke antwoorden van minder dan 50 teams")
    assert MADE["margin"]().show("nl").notes == ("Van enkele studenten is leerweg onbekend.",)
