"""A report says what the saved Tables say, for whom it is meant, and where each number stands."""

import io
import re
from dataclasses import replace

import docx
import pytest
from builders.report_studies import (
    REAL,
    numbers_in,
    save_results,
    without_a_table,
    words_of,
)
from pypdf import PdfReader

import wbkit as wb
from wbkit.errors import DataError
from wbkit.labels import words as labels
from wbkit.report.pages.content import Contents, Drawing, Heading, TablePart, Words
from wbkit.report.pages.report import WRITERS, build_report, write_report

AUDIENCES = ("management", "team", "students", "research")
STRUCTURE = re.compile(r"(Tabel|Figuur|Table|Figure)[\s\N{NO-BREAK SPACE}]*\d+\.?")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return save_results(tmp_path_factory.mktemp("report"))


def build(made, audience, **more):
    study, results = made
    return build_report(study, results, audience=audience, **more,
                        **({"team": "zorg"} if audience == "team" else {}))


def text_of(report):
    return "\n".join(word for part in report.parts for word in words_of(part))


@pytest.fixture(scope="module")
def written(made):
    """Every report in every format: (audience, ending) = bytes."""
    reports = {audience: build(made, audience) for audience in AUDIENCES}
    return {(audience, ending): write(report)
            for audience, report in reports.items() for ending, write in WRITERS.items()}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_number_stands_in_a_table_that_is_named_beside_it(made, audience, language):
    report = build(made, audience, language=language)
    assert list(without_a_table(report, made[1], [wb.__version__])) == []


def test_a_number_that_no_table_holds_is_found(made):
    report = build(made, "management")
    parts = [replace(one, text=one.text.replace("17", "18"))
             if isinstance(one, Words) else one for one in report.parts]
    wrong = replace(report, parts=tuple(parts))
    assert list(without_a_table(wrong, made[1], [wb.__version__])) == ["18"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_table_behind_a_report_stands_in_its_list_of_origins(made, audience):
    report = build(made, audience)
    listed = {row[0] for one in report.parts if isinstance(one, TablePart) and one.anchors
              for row in one.grid.rows}
    assert listed == set(report.tables)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_word_pdf_and_html_hold_the_numbers_of_the_report_and_no_others(written, made, audience):
    expected = numbers_in(text_of(build(made, audience)))
    document = docx.Document(io.BytesIO(written[audience, ".docx"]))
    word = "\n".join(node.text or "" for node in document.element.body.iter()
                     if node.tag.endswith("}t"))
    pages = PdfReader(io.BytesIO(written[audience, ".pdf"])).pages
    numbered = {str(place) for place in range(1, len(pages) + 1)}
    pdf = "\n".join(page.extract_text() for page in pages)
    html = re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", " ",
                  written[audience, ".html"].decode(), flags=re.DOTALL)
    for text in (word, html):
        assert numbers_in(STRUCTURE.sub("", text)) <= expected | numbered
    shown = {one for one in numbers_in(STRUCTURE.sub("", pdf)) if len(one) < 5}
    assert shown <= expected | numbered | drawn_numbers(build(made, audience))


def drawn_numbers(report):
    return numbers_in(*(one.svg.decode() for one in report.parts if isinstance(one, Drawing)))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_second_time_the_bytes_are_the_same(written, made, audience):
    report = build(made, audience)
    for ending, write in WRITERS.items():
        assert write(report) == written[audience, ending], ending


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_page_asks_nothing_from_outside(written, audience):
    html = written[audience, ".html"].decode()
    outside = re.findall(r"(?:src|href)=\"(?!#|data:)[^\"]*|url\((?!data:|#)[^)]*|@import", html)
    assert outside == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_link_leads_somewhere(written, audience):
    html = written[audience, ".html"].decode()
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r' id="([^"]+)"', html))
    document = docx.Document(io.BytesIO(written[audience, ".docx"])).element.body
    anchors = document.xpath(".//w:hyperlink/@w:anchor")
    names = document.xpath(".//w:bookmarkStart/@w:name")
    assert set(anchors) <= set(names)
    assert len(names) == len(set(names))


def structure(node, found):
    """Collect kinds and alternative texts of a tagged PDF."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            structure(one, found)
    elif isinstance(node, dict):
        found.append((str(node.get("/S", "")), str(node.get("/Alt", ""))))
        structure(node.get("/K", []), found)
    return found


def test_a_pdf_has_headings_tables_and_the_alternative_text_of_each_figure(written, made):
    reader = PdfReader(io.BytesIO(written["research", ".pdf"]))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == ("nl-NL", True)
    assert reader.metadata.title == "Wie wordt er gezien?"
    found = structure(root["/StructTreeRoot"]["/K"], [])
    kinds = [kind for kind, _ in found]
    report = build(made, "research")
    tables = [one for one in report.parts if isinstance(one, TablePart)]
    assert kinds.count("/Table") == len(tables)
    assert kinds.count("/TH") == sum(len(one.grid.header) for one in tables)
    assert {"/H1", "/H2", "/Caption"} <= set(kinds)
    alts = {alt for _, alt in found}
    assert {one.figure.alt for one in report.parts if isinstance(one, Drawing)} <= alts


def test_those_who_decide_see_each_answer_with_a_figure_or_table_and_its_tables(made):
    report = build(made, "management")
    texts = [one.text for one in report.parts if isinstance(one, Words) and one.role == "answer"]
    assert texts == ["Op deze vraag heeft nog niemand een antwoord geschreven.",
                     "17 van de 43 studenten voelen zich gezien.", "Elk team wil iets anders."]
    assert [one.tables for one in report.parts if isinstance(one, Drawing)] \
        == [("10_gezien", "00_dekking")]
    assert [one.tables for one in report.parts if isinstance(one, TablePart) and one.number] \
        == [("40_wens",)]
    (origin, _) = [one for one in report.parts if isinstance(one, Words) and one.role == "origin"]
    assert origin.links == (("10_gezien", "origin-10_gezien"),)


def test_researchers_see_every_table_and_figure_once(made):
    report = build(made, "research")
    assert [one.tables[0] for one in report.parts if isinstance(one, TablePart) and one.number] \
        == ["00_dekking", "10_gezien", "11_gezien_team", "40_wens"]
    assert [one.tables[0] for one in report.parts if isinstance(one, Drawing)] == ["10_gezien"]


def test_students_see_the_questions_about_students(made):
    texts = [one.text for one in build(made, "students").parts
             if isinstance(one, Words) and one.role == "answer"]
    assert texts == ["17 van de 43 studenten voelen zich gezien."]


def test_a_team_sees_its_own_answers_and_those_of_its_students_only(made):
    report = build(made, "team")
    rows = [row for one in report.parts if isinstance(one, TablePart) and one.number
            for row in one.grid.rows]
    assert rows == [("Wat willen jullie leren?", "gesprekken (iedereen)"),
                    ("oneens", "3", "20", "15 %"), ("neutraal", "5", "20", "25 %"),
                    ("eens", "12", "20", "60 %")]
    text = text_of(report)
    assert "uit jullie team deden 20 van de 60 studenten mee" in text
    assert "bouw" not in text


def test_a_team_that_did_not_take_part_is_told_so(made):
    study, results = made
    text = text_of(build_report(study, results, audience="team", team="Groen"))
    assert "Jullie team deed niet mee" in text
    assert "uit jullie team deden 6 van de 60 studenten mee" in text


def test_a_team_in_another_language_may_be_named_in_it(made):
    study, results = made
    report = build_report(study, results, audience="team", team="building", language="en")
    assert "For team building" in report.subtitle
    assert "noticing" in text_of(report)


def test_who_is_hardly_heard_is_said_with_its_numbers(made):
    text = text_of(build(made, "management"))
    assert "Enquête: van de groep groen deden er 6 van de 60 mee." in text
    assert "Teamvragenlijst: groen ontbreekt (deed niet mee)." in text


def test_a_figure_says_who_is_hardly_in_it_as_it_may_go_round_alone(made):
    (figure,) = [one for one in build(made, "management").parts if isinstance(one, Drawing)]
    assert figure.notes[-1] == "Nauwelijks bereikt: groen (6 van de 60)."


def test_made_up_data_are_called_so_at_the_top_and_below_each_page(made):
    report = build(made, "management")
    assert report.foot == "Verzonnen gegevens. De school bestaat niet."
    (banner,) = [one.text for one in report.parts
                 if isinstance(one, Words) and one.role == "banner"]
    assert banner == "Let op: alle gegevens zijn verzonnen. De school bestaat niet."


def test_an_answer_to_other_tables_says_that_they_changed(tmp_path):
    study, results = save_results(tmp_path)
    file = study.folder / "interpretations.toml"
    digits = results.tables["10_gezien"].table.fingerprint
    file.write_text(file.read_text("utf-8").replace(digits, "000000000000"), encoding="utf-8")
    text = text_of(build_report(study, results, audience="management"))
    assert "geschreven bij andere uitkomsten. Kijk opnieuw naar 10_gezien" in text


def test_certainty_and_limit_stand_below_an_answer(made):
    report = build(made, "management")
    texts = [one.text for one in report.parts if isinstance(one, Words)]
    at = texts.index("17 van de 43 studenten voelen zich gezien.")
    assert texts[at + 1] == "Zekerheid: beperkt. Wie er was, deed mee."
    assert texts[at + 2].startswith("Gekozen was: stevig.")
    assert texts[at + 3] == "Wat dit niet zegt: Wie er niet was."


def test_those_who_decide_see_what_is_asked_of_whom(made):
    (part,) = [one for one in build(made, "management").parts
               if isinstance(one, TablePart) and one.title == "Wat wij u vragen"]
    assert part.grid.rows == (
        ("de directie", "Geef coaches tijd. Besluit over uren.", "40 uur", "1 februari 2027",
         "beperkt"),)
    assert "Wat wij u vragen" not in text_of(build(made, "students"))


def test_an_answer_of_which_a_table_is_gone_is_not_shown(made):
    study, results = made
    tables = {name: one for name, one in results.tables.items() if name != "10_gezien"}
    report = build_report(study, replace(results, tables=tables), audience="management")
    assert "Een tabel waarop dit antwoord rust, is er niet meer." in text_of(report)
    assert "voelen zich gezien." not in text_of(report)


def test_a_report_of_real_people_hides_what_a_reader_could_work_out(tmp_path):
    study, results = save_results(tmp_path, study=REAL)
    report = build_report(study, results, audience="research")
    (part,) = [one for one in report.parts if isinstance(one, TablePart)
               and one.tables == ("11_gezien_team",)]
    assert "–" in {word for row in part.grid.rows for word in row}
    assert "Aantallen onder 5 staan er niet" in text_of(report)
    assert "andere uitkomsten" not in text_of(report)  # hiding is no other result


def test_what_publish_says_of_privacy_stands_in_the_report(tmp_path):
    study, results = save_results(tmp_path)
    (tmp_path / "publish").mkdir()
    (tmp_path / "publish" / "LEESMIJ.html").write_text(
        "<h1>x</h1><p>Aantallen &lt; 5 zijn weg.</p><ul><li>Tabel a</li></ul>", encoding="utf-8")
    text = text_of(build_report(study, results, audience="management"))
    assert "Hoe is privacy beschermd?" in text
    assert "Aantallen < 5 zijn weg.\nTabel a" in text


def test_the_fixed_sentences_for_students_are_short(made):
    fixed = [labels()[f"report_{key}"]["nl"] for key in
             ("students_lead", "students_next", "unheard", "few_reached", "no_answer")]
    sentences = [one for text in fixed for one in re.split(r"[.?!|]\s*", text) if one]
    lengths = [len(one.split()) for one in sentences]
    assert sum(lengths) / len(lengths) <= 10
    assert max(lengths) <= 15


def test_headings_stand_in_the_contents_in_order(made):
    report = build(made, "management")
    assert [one.text for one in report.headings][:3] == [
        "Wat hebben studenten nodig?", "Wie voelt zich gezien?", "Wat willen teams?"]
    assert len({one.anchor for one in report.parts if isinstance(one, Heading) and one.anchor}) \
        == len(report.headings)


@pytest.mark.parametrize("above", [20, 22, 24, 26, 28])
def test_a_figure_stays_on_one_page_with_its_title_and_its_origin(made, above):
    report = build(made, "management")
    place = next(at for at, one in enumerate(report.parts) if isinstance(one, Drawing))
    assert report.parts[place].followed and report.parts[place + 1].role == "origin"
    lines = [Words(f"regel {number}") for number in range(above)]
    short = replace(report, parts=(*lines, *report.parts[place:place + 2], *report.parts[-2:]))
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(WRITERS[".pdf"](short))).pages]
    (page,) = [one for one in pages if "Figuur 1" in one]
    assert "Deze getallen komen uit" in page and report.parts[place].notes[0][:20] in page


def test_a_page_for_a_team_or_students_has_no_contents(made):
    found = {audience: any(isinstance(one, Contents) for one in build(made, audience).parts)
             for audience in AUDIENCES}
    assert found == {"management": True, "research": True, "team": False, "students": False}


@pytest.mark.parametrize(("asked", "words"), [
    ({"audience": "boss"}, r"'boss' is no audience. Use one of management, team, students"),
    ({"audience": "team", "team": "zrog"}, r"'zrog' is no team of this study. The teams are zorg, "
                                           r"bouw, groen. .*zorg"),
    ({"audience": "team"}, r"'' is no team of this study"),
])
def test_an_unknown_audience_or_team_is_refused(made, asked, words):
    study, results = made
    with pytest.raises(DataError, match=words):
        build_report(study, results, **asked)


def test_a_report_has_one_of_three_endings(made, tmp_path):
    with pytest.raises(DataError, match=r"ends in '.odt'. Give a name that ends in .docx, .pdf"):
        write_report(build(made, "students"), tmp_path / "rapport.odt")


def test_the_template_of_the_school_keeps_its_styles_and_loses_its_words(tmp_path):
    template = docx.Document()
    template.styles["Heading 2"].font.name = "Comic Sans MS"
    template.add_paragraph("Vul hier in")
    study, results = save_results(tmp_path)
    template.save(study.folder / "sjabloon.docx")
    house = study.house.model_copy(update={"template": "sjabloon.docx"})
    report = build_report(study.model_copy(update={"house": house}), results,
                          audience="management")
    document = docx.Document(write_report(report, tmp_path / "rapport.docx"))
    assert document.styles["Heading 2"].font.name == "Comic Sans MS"
    assert "Vul hier in" not in [one.text for one in document.paragraphs]
    assert "Wie voelt zich gezien?" in [one.text for one in document.paragraphs]
