"""Mistakes that users make, each really made, and the whole Dutch sentence that answers it."""

import pandas as pd
import pytest
from builders.files import write_text
from builders.responses import answers, people
from builders.studies import RAW, STUDY, make_study, wbkit

import wbkit as wb
from wbkit.messages import MESSAGES_VARIABLE

NUMBER = {"cijfer": {"kind": "numeric", "range": [1, 10]}, "reden": {"kind": "open"}}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give the folder of a small study, in which somebody works in Dutch."""
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")
    monkeypatch.chdir(tmp_path)
    make_study(tmp_path)
    return tmp_path


def told(act, *given, **named):
    """Return what an error says."""
    with pytest.raises((wb.WbkitError, AttributeError)) as error:
        act(*given, **named)
    return str(error.value)


def typed(*words):
    """Return what a command prints that does not end well."""
    done = wbkit(*words)
    assert done.exit_code > 0
    return done.output


def spoiled(before, after):
    """Make one mistake in study.toml, and load it."""
    def act(folder):
        assert before in STUDY
        make_study(folder, study=STUDY.replace(before, after, 1))
        return told(wb.load_study)
    return act


def read(before="", after="", *, raw=RAW):
    """Make one mistake in study.toml or in the raw file, and read the file."""
    def act(folder):
        make_study(folder, study=STUDY.replace(before, after, 1), raw=raw)
        return told(lambda: wb.clean(wb.read_source(wb.load_study().source("students"))))
    return act


def command(*words):
    """Type a command in the folder of the study."""
    return lambda folder: typed(*words)


def asked(act, *given, **named):
    """Ask something of four students, two of whom follow bol."""
    def ask(folder):
        who = people(["eens", "oneens", "weet ik niet", "eens"],
                     leerweg=["bol", "bol", "bbl", "bbl"])
        return told(act, who, *given, **named)
    return ask


def numbers():
    """Make three answers that are numbers."""
    return answers({"cijfer": [6.0, 7.0, 8.0], "reden": ["a", "b", "c"]}, items=NUMBER)


def changed_after_cleaning(folder):
    wbkit("prepare")
    write_text(folder / "data/raw/enquete.csv", RAW + "13;bol;eens\n")
    return told(wb.read_responses, wb.load_study(), "students")


def hidden_ending(folder):
    (folder / "data/study.toml").rename(folder / "data/study.toml.txt")
    return typed("check", "--study", "data")


def workbook_that_is_none(folder):
    write_text(folder / "vragen.xlsx", "dit is geen Excel")
    return typed("items", "read", "vragen.xlsx")


def export_of_a_mac(folder):
    write_text(folder / "enquete.numbers", "tabel")
    return typed("describe", "enquete.numbers")


def later_export(folder):
    write_text(folder / "data/raw/later.csv", RAW.replace("leerweg", "leerroute"))
    return typed("describe", "data/raw/later.csv", "--update")


CASES = {
    "a command that is not there": (
        command("prepair"), "De opdracht 'prepair' bestaat niet. Bedoel je 'prepare'?"),
    "an option that is not there": (
        command("run", "--langauge", "en"),
        "De optie --langauge bestaat niet. Bedoel je '--language'?"),
    "a language that is not there": (
        command("run", "--language", "fr"), "--language: kies nl of en."),
    "words where a number belongs": (
        command("run", "--seconds", "veel"), "--seconds: geef een heel getal."),
    "a name with a space": (
        command("describe", "mijn", "enquete.csv"),
        "Dit is te veel: enquete.csv. Zet een naam met spaties tussen dubbele aanhalingstekens."),
    "a study that is not there": (
        command("check", "--study", "stdy.toml"),
        "stdy.toml: dit bestand is er niet. Ga naar de map van je onderzoek, waarin "
        "data/study.toml staat. Of noem je study.toml, in de opdrachtprompt met --study."),
    "a study with a hidden ending": (
        hidden_ending,
        "data: hier staat study.toml.txt, en geen study.toml. Haal weg wat in de naam achter "
        ".toml staat (Windows: Beeld of Weergeven > Bestandsnaamextensies)."),
    "results in the folder of the data": (
        command("run", "--out", "data"),
        "data: dit is, of bevat, de map data van dit onderzoek, en die zou verloren gaan. "
        "Resultaten komen in een eigen map. Geef een andere map met --out."),
    "a folder of notebooks that is not there": (
        command("run", "--notebooks", "nb"),
        "nb: deze map met notebooks is er niet. Verbeter --notebooks."),
    "to compare before anything was accepted": (
        command("verify"),
        "expected/index.csv: dit bestand is er niet: nog niemand heeft resultaten van dit "
        "onderzoek goedgekeurd. Bekijk de resultaten van wbkit run en typ dan wbkit accept."),
    "to accept before anything was run": (
        command("accept"),
        "results: hier staan geen resultaten van deze gegevens, notebooks en code. Typ eerst "
        "wbkit run, bekijk de resultaten en keur ze dan goed."),
    "an answer that nobody wrote yet": (
        command("reread", "1b"),
        "interpretations.toml: er staan nog geen antwoorden in. Schrijf eerst een antwoord op "
        "'1b'."),
    "a new study over an old one": (
        command("new", "data"),
        "data: in deze map staan al bestanden, en die kunnen verloren gaan. Geef de naam van "
        "een nieuwe of lege map."),
    "a source that is there already": (
        command("describe", "data/raw/enquete.csv", "--name", "students"),
        "study.toml: de bron 'students' is er al. Vergelijk de koppen met --update, of geef de "
        "nieuwe bron een andere naam met --name."),
    "an export of a kind that is none": (
        export_of_a_mac,
        "enquete.numbers: wbkit kent geen export die eindigt op .numbers. Geef een .xlsx-bestand "
        "(Forms, Excel), een .sav-bestand (SPSS), een .dta-bestand (Stata) of een .csv-bestand (elk"
        " ander programma)."),
    "an export that is not there": (
        command("describe", "raw/enquete.csv"),
        "raw/enquete.csv: dit bestand of deze map is er niet. Zet het bestand daar, of verbeter "
        "het pad."),
    "a design in other words": (
        command("describe", "data/raw/enquete.csv", "--name", "b", "--design", "toevallig"),
        "--design: er staat 'toevallig'. Kies iedereen (census), loting (srs), aanwezig "
        "(convenience) of samen (joint). Laat het weg als je het niet weet."),
    "a sheet of items that is not there": (
        command("items", "read", "vragn.xlsx"),
        "vragn.xlsx: dit bestand is er niet. Geef het Excel-bestand dat wbkit describe --sheet "
        "heeft gemaakt."),
    "a sheet of items that is none": (
        workbook_that_is_none,
        "vragen.xlsx: dit Excel-bestand is niet te lezen. Geef het .xlsx-bestand dat wbkit "
        "describe --sheet heeft gemaakt."),
    "a later export with another heading": (
        later_export,
        "items.leerweg: 'leerweg' staat niet in het bestand. Bedoel je 'leerroute'? Schrijf dat "
        "dan bij column."),
    "a quote that has no end": (
        spoiled('file = "raw/enquete.csv"', 'file = "raw/enquete.csv'),
        "study.toml: dit bestand is geen geldige TOML: de tekst in deze regel eindigt niet (regel "
        "6, kolom 24). Kijk naar die regel: het aanhalingsteken aan het eind van de regel "
        "ontbreekt."),
    "quotes as Word types them": (
        spoiled('language = "nl"', "language = “nl”"),
        "study.toml: dit bestand is geen geldige TOML: deze waarde klopt niet (regel 2, kolom "
        "12). Kijk naar die regel: er staan krullende aanhalingstekens (“ ”) in, zoals Word ze "
        'maakt; schrijf rechte (").'),
    "a typing error in a key": (
        spoiled('language = "nl"', 'langauge = "nl"'),
        "study.toml, langauge: deze naam kent wbkit niet. Bedoel je 'language'?"),
    "a Dutch word for a kind": (
        spoiled('kind = "nominal"', 'kind = "nominaal"'),
        "study.toml, sources.students.items.leerweg.kind: moet 'nominal', 'ordinal', 'numeric', "
        "'multiple', 'ranking' of 'open' zijn; er staat 'nominaal'. Verbeter het."),
    "no answers at a question": (
        spoiled('values = ["bol", "bbl"]\n', ""),
        "study.toml, sources.students.items.leerweg: values ontbreekt. Noem de antwoorden in "
        'volgorde. Of schrijf values = "any" bij een vraag die nominal is en waarvan de '
        "antwoorden uit de gegevens komen."),
    "an answer that stands there twice": (
        spoiled('values = ["bol", "bbl"]', 'values = ["bol", "bol"]'),
        "study.toml, sources.students.items.leerweg: 'bol' staat twee keer in values. Noem elke "
        "waarde één keer."),
    "margins that do not add up": (
        spoiled("bbl = 10", "bbl = 5"),
        "study.toml, sources.students.design: margins.leerweg telt op tot 35, en population is "
        "40. Maak ze gelijk."),
    "a heading that is not in the file": (
        read("Ik voel mij gezien", "Ik voel me gezien"),
        "students (raw/enquete.csv): 1 kop uit study.toml staat niet in het bestand; het bestand "
        "heeft 3 koppen.\n"
        "  items.gezien: 'Ik voel me gezien' staat er niet. Bedoel je 'Ik voel mij gezien'?\n"
        "Verbeter column van deze vragen in study.toml, of file van de bron."),
    "a row that is set aside and not there": (
        read('nr = "12"', 'nr = "99"'),
        "students, set_aside: in raw/enquete.csv is geen rij met nr = 99. Een regel moet bij "
        "minstens één rij passen. Verbeter hem, of haal hem weg uit study.toml."),
    "an answer with a typing error": (
        read(raw=RAW.replace("3;bol;eens", "3;bol;eensch")),
        "  items.gezien: hier mag staan: 'oneens', 'neutraal', 'eens', of 'weet ik niet'.\n"
        "    'eensch' 1 keer, rij 4. Is het een typefout? Schrijf dan: corrections = { "
        '"eensch" = "eens" }.\n'
        "Zet bij de vraag in study.toml het goede antwoord in corrections. Of voeg dit antwoord "
        "toe aan values, of aan missing als het geen antwoord is."),
    "a file that changed after it was cleaned": (
        changed_after_cleaning,
        "students: raw/enquete.csv is veranderd nadat de antwoorden zijn opgeschoond. Typ `wbkit "
        "prepare`."),
    "a source that the study lacks": (
        lambda folder: told(wb.load_study().source, "student"),
        "study.toml: er is geen bron 'student'. Dit zijn de bronnen: students. Kies een van "
        "deze."),
    "a function that is not there": (
        lambda folder: told(lambda: wb.freqency),
        "wbkit heeft niets met de naam 'freqency'. Bedoel je 'frequency'?"),
    "a question that is not there": (
        asked(wb.frequency, "gezen"),
        "studenten: er is geen vraag 'gezen'. Bedoel je 'gezien'?"),
    "a group of itself": (
        asked(wb.frequency, "gezien", by="gezien"),
        "studenten: gezien in groepen van gezien zegt niets: elk antwoord is dan een eigen "
        "groep. Noem een andere vraag, of laat by weg."),
    "a part that is not there": (
        asked(lambda who: who.where(leerweg="bul")),
        "studenten: 'bul' is geen waarde van leerweg (bol, bbl). Kies er een of meer."),
    "a table of pandas": (
        lambda folder: told(wb.frequency, pd.DataFrame({"a": [1]}), "a"),
        "frequency: hier hoort Responses of Cells, en er staat een DataFrame. Geef eerst aan wat "
        "de kolommen betekenen en hoe de eenheden erin kwamen: responses(data, unit=…)."),
    "a test of who happened to be there": (
        asked(wb.compare, "gezien", "leerweg"),
        "studenten: geen p-waarde: wie toevallig aanwezig was, deed mee; dit is geen aselecte "
        'steekproef. Schrijf eerst op wat je aanneemt: assume(responses, "…").'),
    "an assumption without words": (
        asked(wb.assume, ""),
        "studenten: bij assume hoort de aanname in woorden, en er staat ''. Schrijf op waarom je "
        "deze eenheden als een aselecte steekproef mag behandelen."),
    "a mean of words": (
        asked(wb.estimate, "gezien"),
        "studenten: mean heeft een vraag nodig die numeric is; gezien is ordinal. Gebruik "
        "statistic='share', of maak een score."),
    "open answers to count": (
        lambda folder: told(wb.frequency, numbers(), "reden"),
        "studenten: reden is open. Open antwoorden worden gecodeerd, niet geteld. Kies een "
        "gesloten vraag, of een vraag die numeric is."),
    "weights to an answer that nobody gave": (
        lambda folder: told(wb.weight, people(["eens"] * 2, leerweg=["bol"] * 2),
                            {"leerweg": {"bol": 10, "bbl": 5}}),
        "studenten: niemand met leerweg = bbl gaf antwoord, dus geen enkel gewicht kan voor hen "
        "tellen. Voeg leerweg 'bbl' samen met 'bol' (recode, en tel hun aantallen op). Kan deze "
        "combinatie niet bestaan? Zet haar dan in structural_zeros in design."),
    "weights to percentages": (
        lambda folder: told(
            wb.weight, people(["eens"] * 2, leerweg=["bol", "bbl"],
                              design={"kind": "convenience", "population": 1247}),
            {"leerweg": {"bol": 80, "bbl": 20}}),
        "studenten: de marges tellen op tot 100, en de populatie is 1.247. Een marge telt alle "
        "eenheden van de populatie, ook wie geen antwoord gaf. Schrijf aantallen, geen procenten."),
    "a row of one person": (
        asked(wb.team_answers, ["gezien"], by="leerweg"),
        "studenten: één rij is één student, en losse antwoorden van mensen worden nooit getoond. "
        'Gezamenlijke antwoorden komen uit een bron met design = { kind = "joint" }. Gebruik '
        "frequency."),
    "real answers to a file": (
        lambda folder: told(wb.export_data, people(["eens"], synthetic=False), "x.xlsx"),
        "studenten: hierin staan antwoorden van echte studenten. In een bestand met een rij voor "
        "elk van hen is iemand te herkennen. Het mag daarom alleen staan waar git niets bewaart: "
        "geef een pad in processed. Wil je iets delen? Bewaar tabellen en typ wbkit publish, of "
        "deel een oefenversie met verzonnen gegevens (wbkit twin)."),
    "a name of a file with a space": (
        asked(lambda who: wb.save(wb.frequency(who, "gezien"), "Mijn tabel")),
        "save: 'Mijn tabel' kan geen naam van een bestand zijn. Gebruik kleine letters, cijfers, "
        "_ en -, zoals 20_gezien."),
    "answers where a table belongs": (
        asked(wb.save, "10_gezien"),
        "save: Responses kun je niet bewaren. Geef een tabel of een figuur, zoals "
        "frequency(...) en plot_bars(...) die maken."),
    "a codebook that is not there": (
        lambda folder: told(wb.load_codebook, "codes.toml"),
        "codes.toml: dit bestand is er niet. Maak een codebook.toml naast study.toml, of geef het "
        "pad van je eigen codeboek."),
}


@pytest.mark.parametrize(("act", "sentence"), CASES.values(), ids=CASES)
def test_a_mistake_is_answered_in_whole_dutch_sentences(act, sentence, folder):
    assert sentence in act(folder)
