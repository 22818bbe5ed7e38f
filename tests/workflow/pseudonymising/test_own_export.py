"""An own export with everything that points to a person: none of it comes further than data/raw."""

import csv

import pytest

from wbkit.intake.draft.draft import describe
from wbkit.study.study import load_study
from wbkit.workflow.attention import described_people
from wbkit.workflow.checking import check
from wbkit.workflow.describe.certainty import draft_lines
from wbkit.workflow.describe.study_file import add_source, draft_for
from wbkit.workflow.preparing import prepare

COACHES = ("Petra van den Berg", "Yusuf Kaya", "mevr. Hofstra", "dhr. Kwestro", "Samira el Idrissi")
COMPANIES = ("Bakkerij Jansen", "Garage Kwestro", "Zorggroep Ravels", "Thuiszorg Bolhuis",
             "Kapsalon Femke")
PLACES = ("Paramaribo", "Nador", "Veenendaal", "Ankara", "Raalte")
TIPS = ("meer rust in de les", "ik vraag alles aan petra", "bij Bakkerij Jansen leer ik veel",
        "meer uitleg graag", "mail me op s.kaya@linde.nl", "langere pauze", "niets")
POINTING = ("coach", "bedrijf_loop_stage", "postcode_huisnummer", "iban_vergoeding", "geboren",
            "locatie")


def iban(n):
    bban = f"INGB{n:010d}"
    rest = int("".join(str(int(sign, 36)) for sign in f"{bban}NL00")) % 97
    return f"NL{98 - rest:02d}{bban}"


def rows():
    for n in range(30):
        yield {
            "Start time": f"2026-03-{1 + n % 28:02d} 10:{n:02d}:{n * 7 % 60:02d}",
            "Completion time": f"2026-03-{1 + n % 28:02d} 10:{n + 9:02d}:{n * 11 % 60:02d}",
            "Wie is jouw coach?": COACHES[n % 5],
            "Bij welk bedrijf loop je stage?": COMPANIES[n * 3 % 5],
            "Wat is je postcode en huisnummer?": f"{3500 + n} {'AK'[n % 2]}B {n + 1}",
            "IBAN voor de vergoeding": iban(1_000_003 * n + 17),
            "Waar ben je geboren?": PLACES[n * 2 % 5],
            "Locatie": f"52.{10007 + 31 * n}, 5.{20011 + 17 * n}",
            "Voel je je gezien?": ("ja", "nee", "soms")[n % 3],
            "Wat kan beter?": f"{TIPS[n % 7]} {n}"}


@pytest.fixture
def export(tmp_path, monkeypatch):
    monkeypatch.setenv("WBKIT_CONFIG", str(tmp_path / "config"))
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    with (raw / "enquete.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(next(rows())), delimiter=";")
        writer.writeheader()
        writer.writerows(rows())
    study = tmp_path / "data" / "study.toml"
    study.write_text('title = "Proef"\nlanguage = "nl"\n', encoding="utf-8")
    return raw / "enquete.csv"


def described(export):
    study = export.parents[1] / "study.toml"
    add_source(draft_for(export, study=study, design="present"), study)
    return study


def secrets(*, companies):
    kept = ("Voel je je gezien?", "Wat kan beter?",
            *(() if companies else ("Bij welk bedrijf loop je stage?",)))
    return {cell for row in rows() for heading, cell in row.items() if heading not in kept}


def marked(study, item, was):
    """Let the person who looks at the draft say that an item points to people."""
    text = study.read_text(encoding="utf-8")
    head, tail = text.split(f"[sources.enquete.items.{item}]\n")
    assert was in tail.split("[sources.")[0]
    study.write_text(f"{head}[sources.enquete.items.{item}]\nsensitivity = \"identifier\"\n{tail}",
                     encoding="utf-8")


def test_the_draft_writes_no_answer_that_points_to_a_person(export):
    text = described(export).read_text(encoding="utf-8")
    assert [one for one in secrets(companies=False) if one in text] == []


def test_describe_names_what_points_to_a_person_and_where_it_stays(export):
    (line,) = [line for line in draft_lines(describe(export)) if "points to a person" in line]
    assert line == ("points to a person: coach, postcode_huisnummer, iban_vergoeding, geboren, "
                    "locatie. The answers stay in the raw file: none of them stands in study.toml "
                    "or comes in data/processed. Add no values and no corrections there.")


def test_prepared_answers_hold_nothing_that_points_to_a_person(export):
    study = described(export)
    marked(study, "bedrijf_loop_stage", "values = [")
    prepare(load_study(study))
    made = {path.name: path.read_text(encoding="utf-8")
            for path in (export.parents[1] / "processed").iterdir()}
    words = {*secrets(companies=True), "petra", "Jansen", "s.kaya@linde.nl"}
    assert [(name, one) for one in words for name, text in made.items() if one in text] == []
    assert "bij [naam] leer ik veel" in made["enquete.csv"]
    minutes = [line["minutes"] for line in csv.DictReader(made["enquete.csv"].splitlines())]
    assert len(set(minutes)) > 1
    assert all(float(one).is_integer() for one in minutes)


def test_check_says_that_values_of_an_identifier_stand_in_the_study(export):
    study = described(export)
    assert list(described_people(load_study(study).sources["enquete"])) == []
    marked(study, "bedrijf_loop_stage", "values = [")
    (point,) = [one for one in check(load_study(study)) if "values or corrections" in one.words]
    assert (point.name, point.ok) == ("personal data", False)
    assert point.words.startswith("enquete, items.bedrijf_loop_stage: 5 answers in values or ")
    assert "Jansen" not in point.words


CORRECTED = '''title = "Proef"
language = "nl"
[sources.s]
file = "raw/enquete.csv"
format = "csv"
unit = "student"
synthetic = {synthetic}
[sources.s.items.coach]
column = "Wie is jouw coach?"
{fields}
'''


def lines_of(folder, fields, *, synthetic="false", safe=()):
    (folder / "study.toml").write_text(CORRECTED.format(fields=fields, synthetic=synthetic))
    return list(described_people(load_study(folder).sources["s"], safe))


@pytest.mark.parametrize(("fields", "n"), [
    ('kind = "nominal"\nvalues = ["Petra van den Berg", "Yusuf Kaya", "geen"]', "2 answers"),
    ('kind = "nominal"\nvalues = ["Petra", "Samira", "Yusuf", "Femke"]', "4 answers"),
    ('kind = "open"\nsensitivity = "identifier"\ncorrections = { "petr" = "Petra" }', "2 answers"),
    ('kind = "nominal"\nvalues = ["ja"]\ncorrections = { "bel 06-12345678" = "ja" }', "1 answer "),
])
def test_names_and_numbers_in_values_and_corrections_are_counted_not_shown(tmp_path, fields, n):
    (line,) = lines_of(tmp_path, fields)
    assert f"items.coach: {n}" in line
    assert not any(word in line for word in ("Petra", "Yusuf", "12345678"))


@pytest.mark.parametrize("fields", [
    'kind = "nominal"\nvalues = ["zorg", "techniek", "Roos", "De Linde"]',
    'kind = "ordinal"\nvalues = ["oneens", "eens"]\ncorrections = { "eeens" = "eens" }',
    'kind = "nominal"\nvalues = "any"',
])
def test_ordinary_values_are_left_alone(tmp_path, fields):
    assert lines_of(tmp_path, fields) == []


def test_what_a_person_keeps_and_what_is_made_up_is_left_alone(tmp_path):
    fields = 'kind = "nominal"\nvalues = ["Petra van den Berg", "geen", "ander", "team"]'
    assert len(lines_of(tmp_path, fields)) == 1
    assert lines_of(tmp_path, fields, safe={"petra van den berg"}) == []
    assert lines_of(tmp_path, fields, synthetic="true") == []
