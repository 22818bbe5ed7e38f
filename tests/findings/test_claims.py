"""Sentences of a report held against Tables: own sentences about the made-up example study."""

import csv
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from shared_files import shared

from wbkit.errors import DataError
from wbkit.findings.claims.amounts import amounts
from wbkit.findings.claims.claims import check_claims
from wbkit.findings.claims.report_text import read_report, sentences
from wbkit.findings.claims.verdicts import HOLDS, NOTHING, VERDICTS
from wbkit.labels import words
from wbkit.study.codebook import load_codebook
from wbkit.study.study import load_study
from wbkit.table.kinds import KINDS
from wbkit.table.table import Table

DATA = Path(__file__).resolve().parents[2] / "data"
OWN = Path(__file__).with_name("own_claims.csv")
HELP = "Waarbij heb je nu hulp nodig? (meer antwoorden)"
TITLES = {  # of which part a Table is; the accepted csv files do not say it
    "21_hulpvragen_ja": f"{HELP} – hulp nodig: ja",
    "21_niet_genoeg": f"{HELP} – genoeg hulp op school: nee",
    "21_soort_vraag": "Codes in eigen hulpvraag",
    "00_dekking": "Studentenenquête: wie deed mee, naast de hele groep",
    "20_welbevinden_team": "Welbevinden: gemiddelde",
    "20_welbevinden_hulp": "Welbevinden: gemiddelde",
    "11_dekking": "Teamvragenlijst: wie deed mee, naast de hele groep",
}
HITS = ("trefwoorden", "thema", "ideeen", "verborgen", "gesprekken", "gewogen")


@cache
def example():
    """The accepted Tables of the example, apart from hits of key words."""
    study = load_study(DATA / "study.toml")
    codes = load_codebook(DATA / "codebook.toml")
    index = pd.read_csv(DATA / "expected" / "index.csv", dtype=str)
    kinds = index[index["what"] == "table"].set_index("name")["kind"]
    sources = {one: tuple(study.sources.values()) for one in kinds.index}
    return {name: accepted(name, kind, sources, study, codes) for name, kind in kinds.items()
            if not any(one in name for one in HITS)}


def accepted(name, kind, sources, study, codes):
    file = DATA / "expected" / "tables" / f"{name}.csv"
    data = pd.read_csv(file, dtype=str, keep_default_na=False)
    form = KINDS[kind]
    data = data.assign(**{one: pd.to_numeric(data[one]) for one in data if form.is_number(one)})
    groups = () if kind == "listing" else tuple(
        one for one in data if one not in form.columns or one in form.dimensions)
    used = source_of(data, study, groups)
    coded = (codes,) if {"codes", "code"} & {*data, *data.get("item", ())} else ()
    return Table(data, kind, groups, (), (used, *coded)).show("nl", title=TITLES.get(name))


def source_of(data, study, groups):
    """The source that has the items of a Table."""
    names = {*groups, *data.get("item", pd.Series(dtype=str)),
             *data.get("margin", pd.Series(dtype=str))} - {"total"}
    return max(study.sources.values(), key=lambda one: len(names & set(one.items)))


def verdict_of(sentence, tables=None):
    return check_claims([sentence], tables or example()).data.iloc[0]


def test_own_sentences_get_their_verdict_and_none_is_wrongly_confirmed():
    with OWN.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = check_claims([row["sentence"] for row in rows], example()).data
    missed = [(row["verdict"], got, row["sentence"])
              for row, got in zip(rows, found["verdict"], strict=True) if row["verdict"] != got]
    assert [one for one in missed if one[1] == HOLDS] == []
    assert len(missed) <= .05 * len(rows), missed
    assert set(Counter(row["verdict"] for row in rows)) == set(VERDICTS)


def test_the_shared_sentences_reach_the_measure():
    folder = shared("claims", "open")
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as stream:
        expected = [(row["sentence"], row["verdict"]) for row in csv.DictReader(stream)]
    found = check_claims([sentence for sentence, _ in expected], example()).data["verdict"]
    right = sum(want == got for (_, want), got in zip(expected, found, strict=True))
    wrongly = [sentence for (sentence, want), got in zip(expected, found, strict=True)
               if got == HOLDS and want not in (HOLDS, NOTHING)]
    assert (right >= .95 * len(expected), wrongly) == (True, [])


@pytest.mark.parametrize(("sentence", "verdict", "value"), [
    ("Van de studenten voelt 67 procent zich gezien door de coach.", "wijkt af", "0.7626262626"),
    ("Vijftig procent van de teams zet hulp in de les in.", "basis te klein", "2/4"),
    ("Motivatie is de meest genoemde hulpvraag.", "rangorde klopt niet", "plannen (59)"),
])
def test_a_faulty_sentence_gets_what_the_table_says(sentence, verdict, value):
    row = verdict_of(sentence)
    assert (row["verdict"], row["value"].lower()) == (verdict, value)


def test_a_figure_that_others_published_confirms_nothing():
    row = verdict_of("Van de 91 cijfers is bij 30 procent na te gaan of het klopt.")
    assert row["verdict"] != HOLDS
    assert not row["table"].startswith("15_")


def test_made_up_data_confirm_nothing_beside_real_ones():
    tables = {name: example()[name] for name in ("20_coach", "40_vertrouwenspersoon")}
    claim = "Van de studenten voelt 76 procent zich gezien door de coach."
    assert verdict_of(claim, tables)["verdict"] == HOLDS
    real = tables["40_vertrouwenspersoon"].contents
    real = replace(real, sources=tuple(
        one.model_copy(update={"synthetic": False}) for one in real.data_sets))
    assert verdict_of(claim, tables | {"40_vertrouwenspersoon": real})["verdict"] == "geen bron"


def test_a_table_without_a_source_does_not_silence_made_up_data():
    tables = {name: example()[name] for name in ("20_coach", "40_vertrouwenspersoon")}
    claim = "Van de studenten voelt 76 procent zich gezien door de coach."
    advice = replace(tables["40_vertrouwenspersoon"].contents, sources=())
    assert verdict_of(claim, tables | {"50_aanbevelingen": advice})["verdict"] == HOLDS


def test_a_question_between_quotation_marks_is_no_quotation_of_a_person():
    row = verdict_of("Negen procent is het oneens met ‘Ik voel mij gezien door mijn coach’.")
    assert (row["verdict"], row["table"]) == (HOLDS, "20_coach")


def test_without_tables_is_refused():
    with pytest.raises(DataError, match="there are no Tables to hold the report against"):
        check_claims(["Een zin."], {})


def test_every_verdict_and_reason_has_words():
    table = check_claims(["Het welbevinden is gedaald.", "Een zin."], example())
    assert "verandering: er is geen eerdere meting" in repr(table)
    assert [one for one in VERDICTS if f"verdict_{one}" not in words()] == []
    used = {"in_table", "other_number", "no_cell", "not_delivered", "small_base", "elsewhere",
            "vague", "cause", "change", "significance", "rank_holds", "other_first", "other_way",
            "no_majority", "tied", "quote", "quote_changed", "quote_absent", "no_result",
            "no_claim"}
    assert [one for one in used if f"reason_{one}" not in words()] == []


# Numbers


@pytest.mark.parametrize(("text", "kind", "value", "base"), [
    ("Zesendertig procent", "share", .36, None),
    ("13,4% van allen", "share", .134, None),
    ("drie op de tien", "share", .3, None),
    ("Eén op de vijf", "share", .2, None),
    ("twee derde", "share", 2 / 3, None),
    ("tweederde", "share", 2 / 3, None),
    ("Eenvijfde", "share", 1 / 5, None),
    ("een kwart", "share", .25, None),
    ("de helft", "share", .5, None),
    ("203 van de 1.513 studenten", "count", 203, 1513),
    ("Van de 199 studenten weten er 91 op tijd", "count", 91, 199),
    ("alle vier de teams", "count", 4, 4),
    ("geen van de vier teams", "count", 0, 4),
    ("gemiddeld 2,7", "mean", 2.7, None),
    ("tweehonderd studenten", "count", 200, None),
])
def test_numbers_in_words_and_digits_are_read(text, kind, value, base):
    (found,) = amounts(text)
    assert (found.kind, found.value, found.base) == (kind, pytest.approx(value), base)


@pytest.mark.parametrize("text", [
    "in schooljaar 2022-2023", "op 15 maart 2023 om 13.30 uur", "tabel 4 en 12",
    "bel 088 - 000 00 00", "in de derde versie", "van 1 tot 5", "(p < 0,05)",
    "een zes of lager", "stelling W2",
])
def test_digits_that_name_something_are_no_numbers(text):
    assert amounts(text) == []


@pytest.mark.parametrize(("text", "true", "false"), [
    ("76 procent", [.7551, .7649], [.7549, .7651]),
    ("54,8 procent", [.5476, .5484], [.5474, .5486]),
    ("bijna de helft", [.46, .499], [.45, .51]),
    ("ruim de helft", [.501, .54], [.49, .55]),
    ("ongeveer 40 procent", [.38, .42], [.37, .43]),
    ("vier op de tien", [.39, .41], [.38, .42]),
    ("meer dan de helft", [.51, .9], [.49]),
    ("minder dan de helft", [.1, .49], [.51]),
])
def test_a_number_allows_what_its_words_allow(text, true, false):
    (found,) = amounts(text)
    assert [found.holds(one) for one in true] == [True] * len(true)
    assert [found.holds(one) for one in false] == [False] * len(false)


# Reports


def test_sentences_end_at_a_full_stop_and_never_in_a_quotation():
    assert sentences('Om 13.30 uur, ca. 5 min. Het team: "Zo. Nu niet." Daarna: ‘Ja. Nee.’') == [
        "Om 13.30 uur, ca. 5 min.", 'Het team: "Zo. Nu niet."', "Daarna: ‘Ja. Nee.’"]


def test_markdown_gives_sentences_without_headings_and_marks(tmp_path):
    file = tmp_path / "rapport.md"
    file.write_text("# Kop\n\nDe **helft** zegt\n[ja](#a). Zo.\n\n- Een punt.\n\n| a | 3 |\n"
                    "| Een cel met zin. | 4 |\n", encoding="utf-8")
    assert read_report(file) == ["De helft zegt ja.", "Zo.", "Een punt.", "Een cel met zin."]


def test_word_gives_sentences_whose_runs_are_broken(tmp_path):
    document = Document()
    document.add_heading("Kop", 1)
    paragraph = document.add_paragraph("De hel")
    paragraph.add_run("ft").bold = True
    paragraph.add_run(" zegt ja. Zo.")
    document.add_table(1, 1).cell(0, 0).text = "Een cel met zin."
    document.save(tmp_path / "rapport.docx")
    assert read_report(tmp_path / "rapport.docx") == [
        "De helft zegt ja.", "Zo.", "Een cel met zin."]


@pytest.mark.parametrize(("name", "content", "message"), [
    ("rapport.pdf", b"x", "ends in '.pdf', and claims are read from .docx, .md, .txt"),
    ("niet.md", None, "niet.md: there is no such report"),
    ("stuk.docx", b"no zip", "stuk.docx: is damaged"),
    ("stuk.md", b"\xff\xfe\xff", "stuk.md: is damaged"),
])
def test_a_report_that_cannot_be_read_is_told(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=message):
        read_report(tmp_path / name)


# Vooral, who said it, notes of Word


@pytest.mark.parametrize(("sentence", "verdict"), [
    ("Studenten met hulp nodig noemen vooral plannen als hulpvraag.", "gelijke stand"),
    ("Studenten noemen vooral plannen als hulpvraag.", "klopt"),  # 59 and 46 of 200
    ("Plannen is de meest genoemde hulpvraag.", "klopt"),
])
def test_vooral_asks_a_lead_of_two_units_and_five_points(sentence, verdict):
    part = {name: one for name, one in example().items() if name.startswith("21_hulpvragen_")}
    tables = {"21_hulpvragen_ja": part["21_hulpvragen_ja"]} if "hulp nodig" in sentence else \
        {"21_hulpvragen_allen": part["21_hulpvragen_allen"]}
    assert check_claims([sentence], tables).data["verdict"].item() == verdict


QUOTE = "Geteld hebben we het niet."


@pytest.mark.parametrize(("sentence", "verdict"), [
    (f"Het team Zorg en Kind schrijft: “{QUOTE}”", "klopt"),
    (f"Een van de teams schrijft: “{QUOTE}”", "klopt"),
    (f"Het team Bouw en Techniek schrijft: “{QUOTE}”", "citaat gewijzigd"),
    (f"Een student schrijft: “{QUOTE}”", "citaat gewijzigd"),
    (f"Iemand schrijft: “{QUOTE}”", "klopt"),
])
def test_a_quotation_belongs_to_who_said_it(sentence, verdict):
    teams = load_study(DATA / "study.toml").sources["teams"]
    said = replace(example()["30_gronden"].contents, sources=(teams,))
    table = Table(said.data, "listing", (), (), said.sources)
    found = check_claims([sentence], {"30_gronden": table}).data.iloc[0]
    assert found["verdict"] == verdict
    assert (found["reason"] == "quote_other_speaker") == (verdict != "klopt")


NOTE = ('<?xml version="1.0"?><w:{kind}s xmlns:w="http://schemas.openxmlformats.org/'
        'wordprocessingml/2006/main"><w:{kind} w:id="-1"><w:p/></w:{kind}><w:{kind} w:id="2">'
        "<w:p><w:r><w:t>Dat zijn 9 van de </w:t></w:r><w:r><w:t>37 studenten.</w:t></w:r></w:p>"
        "</w:{kind}></w:{kind}s>")


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_of_word_is_read_as_a_sentence(tmp_path, kind):
    document = Document()
    document.add_paragraph("Zie de noot.")
    name = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(PackURI(f"/word/{kind}s.xml"), name, NOTE.format(kind=kind).encode(),
                document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/"
                                  f"relationships/{kind}s")
    document.save(tmp_path / "rapport.docx")
    assert read_report(tmp_path / "rapport.docx") == [
        "Zie de noot.", "Dat zijn 9 van de 37 studenten."]
