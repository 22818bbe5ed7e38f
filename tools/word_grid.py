"""A grid of calls that notebooks do not make: designs, groups, weights, few units, real people.

Used by record_words.py in a process of its own. The example's sources are counted as they are
and as if their people were real; beside them stands a made-up study of real people, of which
counts below 5 are hidden. Functions go by their old or their new name.
"""

import csv
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from word_recorder import Recorder, load

SIZES = (240, 40, 7, 3)
DESIGNS: dict[str, Callable[[int], dict[str, Any]]] = {
    "none": lambda n: {},
    "convenience": lambda n: {"kind": "convenience", "population": 9 * n},
    "census": lambda n: {"kind": "census", "invited": n + 5, "population": n + 5},
    "census whole": lambda n: {"kind": "census", "invited": n, "population": n},
    "srs": lambda n: {"kind": "srs", "invited": n, "population": 20 * n},
    "srs, not all": lambda n: {"kind": "srs", "invited": 2 * n},
    "stratified": lambda n: {"kind": "stratified", "invited": n, "strata": "team"},
    "strata, fpc": lambda n: {"kind": "stratified", "invited": n, "strata": "team",
                              "fpc": "aantal", "lonely": "adjust"},
    "cluster": lambda n: {"kind": "cluster", "invited": n, "cluster": "klas"},
    "weights": lambda n: {"kind": "srs", "invited": n, "weight": "gewicht"},
}
MARGINS = {"leerweg": {"bol": 700, "bbl": 300}}
REASON = "aselect binnen strata"
OWN_REASON = "wie antwoordde, verschilt niet van wie dat niet deed"
STUDENT_ITEMS = ("gezien", "coach_cijfer", "hulpvragen", "steun_ja", "motivatie", "h_coach")
SCALE_ITEMS = ["w1", "w2", "w3"]
STUDY = """
title = { nl = "Proef met echte mensen", en = "Trial with real people" }
language = "LANGUAGE"
display = { minimum = 5 }
"""
SOURCE = """
[sources.NAME]
label = { nl = "Proef NAME", en = "Trial NAME" }
file = "raw/NAME.csv"
format = "csv"
unit = "student"
synthetic = false
public = false
[sources.NAME.items]
sleutel = { kind = "nominal", values = "any" }
klas = { kind = "nominal", values = "any", label = { nl = "klas", en = "class" } }
gewicht = { kind = "numeric" }
aantal = { kind = "numeric" }
open = { kind = "open", label = { nl = "Wat wil je kwijt?", en = "What else?" } }
cijfer = { kind = "numeric", range = [1, 10], label = { nl = "Rapportcijfer", en = "Mark" } }
uren = { kind = "numeric", label = { nl = "Uren huiswerk", en = "Hours of homework" } }
[sources.NAME.items.gezien]
kind = "ordinal"
label = { nl = "Ik voel mij gezien", en = "I feel seen" }
short = { nl = "gezien", en = "seen" }
values = ["oneens", "neutraal", "eens"]
value_labels = { en = ["disagree", "neutral", "agree"] }
agree = ["eens"]
neutral = "neutraal"
missing = ["weet ik niet"]
missing_labels = { en = ["don't know"] }
[sources.NAME.items.leerweg]
kind = "nominal"
label = { nl = "Volg je bol of bbl?", en = "School-based or work-based?" }
short = { nl = "leerweg", en = "route" }
values = ["bol", "bbl"]
[sources.NAME.items.team]
kind = "nominal"
label = { nl = "team", en = "team" }
values = ["zorg", "bouw", "groen"]
value_labels = { en = ["care", "construction", "green"] }
[sources.NAME.items.sector]
kind = "nominal"
label = { nl = "sector", en = "sector" }
values = ["binnen", "buiten"]
value_labels = { en = ["indoors", "outdoors"] }
recode = { item = "team", map = { zorg = "binnen", bouw = "buiten", groen = "buiten" } }
[sources.NAME.items.tevreden]
kind = "nominal"
label = { nl = "Tevreden over je leerbaan?", en = "Content with your apprenticeship?" }
values = ["ja", "nee"]
value_labels = { en = ["yes", "no"] }
asked_if = { leerweg = ["bbl"] }
[sources.NAME.items.wensen]
kind = "multiple"
label = { nl = "Waarbij wil je hulp?", en = "What do you want help with?" }
values = ["taal", "rekenen", "plannen", "niets"]
value_labels = { en = ["language", "arithmetic", "planning", "nothing"] }
exclusive = ["niets"]
"""
SCALE_ITEM = """
[sources.NAME.items.ITEM]
kind = "ordinal"
label = { nl = "Vraag ITEM", en = "Question ITEM" }
values = ["nooit", "soms", "vaak"]
value_labels = { en = ["never", "sometimes", "often"] }
"""
SCALE = """
[sources.NAME.scales.welzijn]
label = { nl = "Welzijn", en = "Wellbeing" }
variant = "v1"
items = ["w1", "w2", "w3"]
minimum_answered = 2
range = [1, 3]
validated = true
source = "Made for this grid."
bands = [{ name = "low", label = { nl = "laag", en = "low" }, below = 2 },
         { name = "high", label = { nl = "hoog", en = "high" } }]
"""


class Grid:
    """Makes calls, and records what each returns or why it is refused."""

    def __init__(self, wb: Any) -> None:
        self.wb = wb
        self.recorder = Recorder(wb)

    def call(self, where: str, function: str, *args: Any, **options: Any) -> Any:
        """Call a function of wbkit by its name; return its result, None after a refusal."""
        shown = [_words(one) for one in args] + [f"{k}={_words(v)}" for k, v in options.items()]
        name = f"{where}: {function}({', '.join(filter(None, shown))})"
        try:
            result = getattr(self.wb, function)(*args, **options)
        except self.wb.WbkitError as refusal:
            self.recorder.add("refusal", name, text=f"{type(refusal).__name__}: {refusal}")
        except Exception as fault:  # whatever goes wrong is what is recorded
            self.recorder.add("error", name, text=f"{type(fault).__name__}: {fault}")
        else:
            if isinstance(result, self.wb.Table | self.wb.Figure):
                self.recorder.note(result, name)
            return result
        return None

    def sentence(self, where: str, table: Any, *args: Any, **group: str) -> None:
        """Record one sentence of a Table."""
        try:
            words = table.sentence(*args, **group)
        except (AttributeError, self.wb.WbkitError) as refusal:
            words = f"{type(refusal).__name__}: {refusal}"
        self.recorder.add("sentence", f"{where}: sentence({args}, {group})", text=words)


def run_grid(folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Make all calls in the language of a copy of the example; return the words by call."""
    grid = Grid(load())
    study = grid.wb.load_study(folder / "data")
    for real in (False, True):
        _students(grid, study, real)
        _others(grid, study, real)
        _texts(grid, study, real)
    _made_up(grid, folder / "real", study.language)
    return {"grid": _by_name(grid.recorder.records)}


def _by_name(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for record in records:
        name, number = record["where"], 2
        while name in found:
            name, number = f"{record['where']} #{number}", number + 1
        found[name] = record
    return found


def _words(value: Any) -> str:
    """Return the words of an argument for the name of a call; data have none."""
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "+".join(filter(None, map(_words, value)))
    if isinstance(value, Mapping):
        return "+".join(str(key) for key in value)
    return getattr(value, "name", "")


def _as_real(responses: Any, real: bool) -> Any:
    """Treat made-up people as real ones, so that small counts are hidden."""
    source = responses.source.model_copy(update={"synthetic": not real})
    return replace(responses, source=source)


def _students(grid: Grid, study: Any, real: bool) -> None:
    """Count the student survey: whole, in parts, assumed and weighted."""
    wb, name = grid.wb, f"students{' real' * real}"
    students = _as_real(wb.read_responses(study, "students"), real)
    parts = {name: students, f"{name} bbl": students.where(leerweg="bbl"),
             f"{name} entree": students.where(niveau="Entree"),
             f"{name} explored": students.explored()}
    parts[f"{name} assumed"] = wb.assume(students, OWN_REASON)
    tracks = students.source.design.margins
    weighted = grid.call(name, "weight", students, {"leerweg": tracks["leerweg"]})
    parts |= {f"{name} raked": weighted, f"{name} raked assumed": wb.assume(weighted, REASON)}
    for where, part in parts.items():
        for item in STUDENT_ITEMS:
            grid.call(where, "frequency", part, item)
            grid.call(where, "frequency", part, item, by="leerweg")
        grid.call(where, "frequency", part, "hulpvragen", of="answers")
        grid.call(where, "frequency", part, "h_coach", of="asked", by="niveau")
        grid.call(where, "crosstab", part, "team", "gezien", share="columns")
        grid.call(where, "estimate", part, "coach_cijfer", by="team")
        grid.call(where, "nonresponse", part)
        grid.call(where, "distribution", part, "coach_cijfer", by="leerweg")
    _student_tests(grid, name, parts)
    _student_figures(grid, name, students)


def _student_tests(grid: Grid, name: str, parts: dict[str, Any]) -> None:
    students, assumed = parts[name], parts[f"{name} assumed"]
    for where, part in ((name, students), (f"{name} assumed", assumed)):
        grid.call(where, "compare", part, ["gezien", "steun_ja"], "leerweg")
        grid.call(where, "regress", part, "coach_cijfer", ["leerweg", "niveau_3"])
        grid.call(where, "reliability", part, "linde_wb")
        grid.call(where, "bands", part, "linde_wb")
    for by in ("niveau_3", "team", "moment"):
        grid.call(name, "nonresponse", students, by=by)
        grid.call(name, "frequency", students, ["gezien", "tijd"], by=by)
        grid.call(name, "crosstab", students, "steun_ja", by, share="total")
    grid.call(name, "coverage", students)
    grid.call(name, "changes", students)
    grid.call(name, "frequency", students, "gezein")
    grid.call(name, "frequency", students, "open_hulp")
    grid.call(name, "frequency", students, "gezien", interval="wilson")
    counted = grid.call(name, "cells", students, ["gezien", "steun_ja"], by="leerweg")
    grid.call(f"{name} cells", "frequency", counted, "gezien")
    grid.call(f"{name} cells", "frequency", counted, "gezien", by="leerweg")


def _student_figures(grid: Grid, name: str, students: Any) -> None:
    """Draw what can be drawn of a few Tables, and write sentences about them."""
    one = grid.call(f"{name} drawn", "frequency", students, "steun_genoeg")
    groups = grid.call(f"{name} drawn", "frequency", students, "steun_genoeg", by="niveau")
    scale = grid.call(f"{name} drawn", "frequency", students, ["gezien", "tijd"])
    means = grid.call(f"{name} drawn", "estimate", students, "coach_cijfer", by="niveau")
    for table, where in ((one, "one"), (groups, "groups")):
        grid.call(f"{name} {where}", "plot_bars", table)
        grid.call(f"{name} {where}", "plot_bars", table, measure="n")
        grid.call(f"{name} {where}", "plot_matrix", table)
    grid.call(name, "plot_likert", scale)
    grid.call(name, "plot_likert", scale, style="stacked")
    grid.call(name, "plot_estimates", means)
    for value in (None, "ja", "nee", ["ja", "een beetje"], "misschien"):
        grid.sentence(name, one, value)
        for level in ("Entree", "2", "4"):
            grid.sentence(f"{name} groups", groups, value, niveau=level)


def _others(grid: Grid, study: Any, real: bool) -> None:
    """Count the teams, the register, the lists and the check of the term."""
    wb, more = grid.wb, " real" * real
    read = {name: _as_real(wb.read_responses(study, name), real)
            for name in ("teams", "register", "begripscheck", "practices", "activities")}
    _teams(grid, f"teams{more}", study, read["teams"])
    _register(grid, f"register{more}", read["register"])
    staff, practices = read["begripscheck"], read["practices"]
    for by in (None, "versie", "rolgroep"):
        grid.call(f"staff{more}", "frequency", staff, "herkenning", by=by)
    grid.call(f"staff{more}", "crosstab", staff, "herkenning", "rolgroep")
    grid.call(f"practices{more}", "listing", practices, ["omschrijving", "grond"])
    grid.call(f"practices{more}", "frequency", practices, "herkomst", by="doelgroep")
    grid.call(f"activities{more}", "frequency", read["activities"], "pijler", by="piramide")
    helped = grid.call(f"beside{more}", "frequency", read["teams"], "t_hulp")
    asked = grid.call(f"beside{more}", "frequency",
                      _as_real(wb.read_responses(study, "students"), real), "hulpvragen")
    joint = grid.call(f"beside{more}", "joint_display", [asked, helped], theme="hulpvragen")
    grid.call(f"beside{more}", "plot_joint", joint)


def _teams(grid: Grid, name: str, study: Any, teams: Any) -> None:
    agreed = study.items(theme="eensgezindheid", source="teams")
    for item in ("t_hulp", "t_keuze", "z_signaal", "o_contact", "e_prof"):
        grid.call(name, "frequency", teams, item)
        grid.call(name, "frequency", teams, item, by="t_team")
        grid.call(name, "joint_answers", teams, [item], by="t_team")
        grid.call(name, "joint_answers", teams, [item], by="t_team", agreement=agreed,
                  people="t_aanwezig")
    grid.call(name, "people_behind", teams, "t_aanwezig", of="t_staf", by="t_team")
    grid.call(name, "coverage", teams)
    grid.call(name, "nonresponse", teams)
    grid.call(name, "estimate", teams, "t_aanwezig")
    grid.call(name, "compare", teams, "t_keuze", "t_team")


def _register(grid: Grid, name: str, register: Any) -> None:
    for item in ("ingeschreven", "vertragers", "extraneus"):
        for by in (None, "team", "leerweg"):
            grid.call(name, "trend", register, item, year="schooljaar", by=by)
    for by in (None, "team"):
        grid.call(name, "trend_test", register, "vertragers", year="schooljaar", by=by)
    grid.call(name, "trend", register, "vertragers", year="schooljaar", interrupted="2020-2021")
    grid.call(name, "trend", register, "vertragers", year="schooljaar",
              population="ingeschreven", by="team")
    grid.call(name, "frequency", register, "team")


def _texts(grid: Grid, study: Any, real: bool) -> None:
    """Count the codings of conversations and sheets."""
    wb, more = grid.wb, " real" * real
    book = wb.load_codebook(study.folder)
    texts = {name: _as_real(wb.read_texts(study, name), real)
             for name in ("leaders", "sterc", "worldcafe")}
    coded = {name: wb.read_codings(study, name, documents=one, coders=["anke", "bram"])
             for name, one in texts.items()}
    hits = {name: wb.code_by_dictionary(one, book) for name, one in texts.items()}
    codes = ["coachrol", "grens", "ouders", "werkdruk_team"]
    for name, codings in coded.items():
        _codings(grid, f"{name}{more}", codings, codes)
        grid.call(f"{name}{more} hits", "code_frequency", hits[name], codes=book.of("themas12"))
        grid.call(f"{name}{more}", "evaluate", hits[name], against=codings, coder="anke",
                  codes=book.of("themas12"))
        grid.call(f"{name}{more}", "passages", texts[name], most=2)
        grid.call(f"{name}{more}", "who_spoke", texts[name])
        grid.call(f"{name}{more}", "guide_topics", texts[name])
    both = list(coded.values())
    grid.call(f"all texts{more}", "code_matrix", both, codes=codes)
    grid.call(f"all texts{more}", "agreement", both, codes=codes)
    grid.call(f"all texts{more}", "check_quotes", "> De coach is geen hulpverlener hier", both[0]
              .documents)
    statements = grid.call(f"worldcafe{more}", "text_attributes", texts["worldcafe"])
    grid.call(f"worldcafe{more}", "frequency", statements, "herkend", by="stelling")


def _codings(grid: Grid, name: str, codings: Any, codes: list[str]) -> None:
    grid.call(name, "code_frequency", codings, codes=codes)
    grid.call(name, "code_frequency", codings)
    grid.call(name, "code_matrix", codings, codes=codes, rows="document")
    grid.call(name, "agreement", codings, codes=codes)
    grid.call(name, "agreement", codings, codes=codes, unit="document")
    grid.call(name, "disagreements", codings, codes=codes)
    for near in ("overlap", "turn", "document"):
        grid.call(name, "cooccurrence", codings, codes=codes, near=near)
    grid.call(name, "saturation", codings, codes=codes)
    grid.call(name, "unique_cases", codings)
    grid.call(name, "negative_cases", codings, "grens", other="coachrol")
    grid.call(name, "quotes", codings, "grens", most=2)
    grid.call(name, "codes_by_question", codings, codes=codes)


def _made_up(grid: Grid, folder: Path, language: str) -> None:
    """Count a made-up study of real people, by size and design."""
    wb = grid.wb
    study = wb.load_study(_write_study(folder, language))
    read = {n: wb.clean(wb.read_source(study.source(f"n{n}"))) for n in SIZES}
    for n, responses in read.items():
        for design, fields in DESIGNS.items():
            given = wb.Design(**found) if (found := fields(n)) else None
            source = responses.source.model_copy(update={"design": given})
            _counts(grid, f"{n} {design}", replace(responses, source=source))
        _few(grid, f"{n}", responses)
        _weighted(grid, f"{n} weighted", responses)
    _together(grid, read)


def _counts(grid: Grid, name: str, answers: Any) -> None:
    grid.call(name, "frequency", answers, "gezien")
    grid.call(name, "frequency", answers, "gezien", by="team")
    grid.call(name, "frequency", answers, "wensen", by="leerweg")
    grid.call(name, "frequency", answers, "tevreden", of="asked")
    grid.call(f"{name} groen", "frequency", answers.where(team="groen"), "gezien")
    grid.call(name, "crosstab", answers, "gezien", "leerweg")
    grid.call(name, "estimate", answers, ["cijfer", "uren"])
    grid.call(name, "estimate", answers, "gezien", "share", by="leerweg")
    if assumed := grid.call(name, "assume", answers, OWN_REASON):
        grid.call(f"{name} assumed", "frequency", assumed, "gezien")
        grid.call(f"{name} assumed", "estimate", assumed, "cijfer", by="leerweg")
    if "cluster" not in name or name.startswith("40"):
        grid.call(name, "compare", answers, ["gezien", "cijfer"], "leerweg")


def _few(grid: Grid, name: str, answers: Any) -> None:
    """Make the calls of which the design matters less."""
    design = grid.wb.Design(kind="srs", invited=len(answers.data))
    drawn = replace(answers, source=answers.source.model_copy(update={"design": design}))
    for interval in ("wilson", "clopper-pearson", "hypergeometric", "logit", "beta", "t"):
        grid.call(name, "frequency", drawn, "gezien", interval=interval)
    for of in ("respondents", "asked", "answers"):
        grid.call(name, "frequency", drawn, "wensen", of=of)
    for statistic in ("total", "quantile", "mean"):
        grid.call(name, "estimate", drawn, "cijfer", statistic)
    grid.call(name, "estimate", drawn, "cijfer", "ratio", per="uren")
    grid.call(name, "frequency", drawn, "cijfer")
    grid.call(name, "frequency", drawn, ["gezien", "sector", "klas"])
    for by in (None, "leerweg", "team"):
        grid.call(name, "distribution", drawn, "cijfer", by=by)
        grid.call(name, "bands", drawn, "welzijn", by=by)
        grid.call(name, "nonresponse", drawn, by=by)
    for share in ("rows", "columns", "total"):
        grid.call(name, "crosstab", drawn, "team", "sector", share=share)
    grid.call(name, "reliability", drawn, "welzijn")
    grid.call(name, "reliability", drawn, SCALE_ITEMS, groups="leerweg")
    grid.call(name, "regress", drawn, "cijfer", ["uren", "leerweg"])
    grid.call(name, "regress", drawn, "leerweg", ["uren"])
    grid.call(name, "coverage", drawn)
    grid.call(name, "changes", drawn)
    grid.call(name, "listing", drawn, ["gezien"])
    scored = grid.call(name, "score", drawn, "welzijn")
    grid.call(f"{name} scored", "estimate", scored, "welzijn", by="leerweg")


def _weighted(grid: Grid, name: str, answers: Any) -> None:
    design = grid.wb.Design(kind="convenience", population=1000, margins=MARGINS)
    answers = replace(answers, source=answers.source.model_copy(update={"design": design}))
    for method in ("rake", "poststratify", "calibrate"):
        weighted = grid.call(name, "weight", answers, MARGINS, method)
        if weighted is None:
            continue
        assumed = grid.wb.assume(weighted, REASON)
        for where, one in ((f"{name} {method}", weighted), (f"{name} {method} assumed", assumed)):
            grid.call(where, "frequency", one, "gezien", by="leerweg")
            grid.call(where, "estimate", one, "cijfer")
            grid.call(where, "coverage", one)


def _together(grid: Grid, read: dict[int, Any]) -> None:
    """Set two sources beside each other: paired, as waves, pooled."""
    design = grid.wb.Design(kind="srs", invited=240)
    drawn = {n: grid.wb.assume(replace(one, source=one.source.model_copy(
        update={"design": design})), OWN_REASON) for n, one in read.items()}
    for n in SIZES[1:]:
        grid.call(f"240 and {n}", "before_after", drawn[240], drawn[n],
                  ["gezien", "cijfer", "wensen"], key="sleutel")
        grid.call(f"240 and {n}", "compare", {"eerst": drawn[240], "later": drawn[n]}, "gezien")
        parts = {str(one): grid.call(f"{one}", "cells", drawn[one], "gezien", by="leerweg")
                 for one in (240, n)}
        pooled = grid.call(f"240 and {n}", "pool", parts)
        grid.call(f"240 and {n} pooled", "frequency", pooled, "gezien")
        grid.call(f"240 and {n} pooled", "frequency", pooled, "gezien", by="leerweg")


def _write_study(folder: Path, language: str) -> Path:
    """Write study.toml and the raw files of the made-up study."""
    (folder / "raw").mkdir(parents=True)
    words = STUDY.replace("LANGUAGE", language)
    for n in SIZES:
        items = "".join(SCALE_ITEM.replace("ITEM", item) for item in SCALE_ITEMS)
        words += (SOURCE + items + SCALE).replace("NAME", f"n{n}")
        rows = _people(n)
        with (folder / "raw" / f"n{n}.csv").open("w", encoding="utf-8", newline="") as file:
            lines = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\n")
            lines.writeheader()
            lines.writerows(rows)
    (folder / "study.toml").write_text(words, encoding="utf-8")
    return folder / "study.toml"


def _people(n: int) -> list[dict[str, str]]:
    """Draw people; the same ones on every machine."""
    draw = random.Random(n)
    return [_person(draw, number) for number in range(n)]


def _person(draw: random.Random, number: int) -> dict[str, str]:
    track = draw.choices(["bol", "bbl"], [7, 3])[0]
    team = draw.choices(["zorg", "bouw", "groen"], [60, 37, 3])[0]
    wishes = [wish for wish in ("taal", "rekenen", "plannen") if draw.random() < 0.3]
    mood = draw.random()
    own = {item: draw.choices(["nooit", "soms", "vaak", ""], [mood, 1, 1.2 - mood, 0.05])[0]
           for item in SCALE_ITEMS}
    return {
        "sleutel": f"s{number}", "klas": f"{team}{number % 6}", "gewicht": f"{1 + number % 3}",
        "aantal": {"zorg": "600", "bouw": "400", "groen": "40"}[team], "open": "",
        "gezien": draw.choices(["oneens", "neutraal", "eens", "weet ik niet", ""],
                               [20, 30, 45, 3, 2])[0],
        "leerweg": track, "team": team,
        "tevreden": draw.choices(["ja", "nee"], [8, 2])[0] if track == "bbl" else "",
        "wensen": ";".join(wishes) or "niets",
        "cijfer": str(draw.randint(4, 9)) if draw.random() < 0.96 else "",
        "uren": str(draw.randint(0, 20)),
    } | own
