"""What was planted in the texts is found where it was said, by whom, and beside what others say.

Each quotation was written into the texts by hand (example/inputs/texts); it is looked up in what
the public functions give of the raw file, on the question of the guide on which it was said.
"""

from pathlib import Path

import pytest

import wbkit as wb

STUDY = wb.load_study(Path(__file__).resolve().parents[2] / "data")
DISAGREE = {"oneens", "helemaal oneens"}


@pytest.fixture(scope="module")
def texts():
    return {name: wb.read_documents(STUDY.source(name))
            for name in ("leaders", "sterc", "sab", "worldcafe")}


@pytest.fixture(scope="module")
def choice():
    """Give team = its joint answer on who chose the support; a team without answer is absent."""
    teams = wb.clean(wb.read_source(STUDY.source("teams")))
    answers = wb.team_answers(teams, ["t_keuze"], by="t_team", people="t_aanwezig").data
    return answers.set_index("t_team")["value"].where(answers.set_index("t_team")["state"].eq(
        "shown")).to_dict()


def said_on(documents, question):
    """Return document = everything that those who were asked said on a question."""
    table = wb.excerpts(documents, question=question).data
    return table.groupby("document")["quote"].agg("\n".join).to_dict()


def speaker(documents, quote):
    """Return who says a quotation that stands in one place."""
    (found,) = [(row["document"], row["text"].index(quote))
                for row in documents.texts.to_dict("records") if quote in row["text"]]
    turns = documents.turns
    place = turns[(turns["document"] == found[0]) & (turns["start"] <= found[1])]
    return place.sort_values("start")["speaker"].iloc[-1]


def sheet(documents, statement, table):
    """Return what one table wrote on one statement."""
    rows = wb.excerpts(documents, where={"stelling": statement}, beside=["tafel"]).data
    return rows.set_index("tafel")["quote"][table]


def leaders_with(texts, question, quotes):
    spoken = said_on(texts["leaders"], question)
    return {team for team, quote in quotes.items() if quote in spoken[f"interview_{team}"]}


def test_two_of_five_leaders_do_not_want_every_teacher_to_coach(texts):
    everyone = {"zorg": "Bij ons coacht iedereen. Punt.",
                "handel": "Elke docent is coach. Dat is bij ons gewoon staand beleid.",
                "media": "Wij doen het allemaal."}
    dissent = {"techniek": "Ik vind coachen overschat.",
               "groen": "Ik vind coachen een specialisme."}
    assert leaders_with(texts, "L5", everyone) == {"zorg", "handel", "media"}
    assert leaders_with(texts, "L5", dissent) == {"techniek", "groen"}


def test_those_who_are_sure_about_coaching_waver_too(texts):
    waver = {"zorg": "ik geef toe dat ik het nu op de goodwill", "techniek": "Als je het zo stelt.",
             "groen": "Ik zeg dat het nu overal een beetje lekt."}
    assert leaders_with(texts, "L5", waver) == set(waver)


def test_one_leader_contradicts_the_own_team_on_who_chose(texts, choice):
    free = {"handel": "Wij hadden daar de vrije hand in",
            "media": "Wij hebben wel kunnen kiezen, min of meer."}
    given = {"zorg": "wij mochten de namen invullen",
             "techniek": "Ik kreeg een formulier en daar stond het al op."}
    names = {"zorg": "Zorg en Kind", "techniek": "Bouw en Techniek", "handel": "Handel en Kantoor",
             "media": "Media en Podium"}
    assert leaders_with(texts, "L6", free | given) == set(names)
    against = {team for team in free if choice[names[team]] in DISAGREE}
    against |= {team for team in given if choice[names[team]] not in DISAGREE}
    assert against == {"handel"}


def test_that_leader_is_sure_what_the_team_would_say(texts):
    quotes = {"handel": "Dan zeggen ze ja. Daar ga ik van uit."}
    assert leaders_with(texts, "L6", quotes) == {"handel"}


def test_teachers_saw_that_choice_in_another_way(texts):
    assert "stickers plakken op twee dingen" in sheet(texts["worldcafe"], "W5", "C")


def test_two_leaders_do_not_know_whether_the_support_worked(texts):
    quotes = {"handel": "dat kan ik je niet hard maken", "media": "Ik heb maar één Jelle"}
    assert leaders_with(texts, "L6", quotes) == {"handel", "media"}


def test_the_team_without_answers_has_a_leader_who_says_why(texts, choice):
    assert str(choice["Groen en Dier"]) == "nan"
    quote = {"groen": "Van de twaalf waren er op dat moment vier ziek"}
    limit = {"groen": "Reken mij niet voor twaalf."}
    assert leaders_with(texts, "L8", quote) == leaders_with(texts, "L8", limit) == {"groen"}


def test_one_topic_was_never_reached_and_two_were_raised(texts):
    topics = wb.guide_coverage(texts["leaders"]).data
    found = {way: set(topics[topics["value"] == way][["document", "item"]].itertuples(
        index=False, name=None)) for way in ("not_reached", "raised")}
    assert found == {"not_reached": {("interview_techniek", "L12")},
                     "raised": {("interview_zorg", "L10"), ("interview_groen", "L11")}}


def test_the_support_services_talked_about_all_of_the_guide(texts):
    topics = wb.guide_coverage([texts["sterc"], texts["sab"]]).data
    assert topics["item"].nunique() == 10
    assert "not_reached" not in set(topics["value"])


def test_the_confidant_is_known_to_one_team_and_unknown_to_another(texts):
    assert leaders_with(texts, "L12", {"zorg": "dat het de conciërge was"}) == {"zorg"}
    assert leaders_with(texts, "L10", {"media": "Iedereen kent haar gezicht."}) == {"media"}


@pytest.mark.parametrize(("source", "question", "first", "second"), [
    ("sterc", "S4", "Een docent moet ook kunnen uithouden dat hij het niet oplost.",
     "Ik vind juist minder. Laat ze lesgeven!"),
    ("sab", "S4", "Geef die een extra klas, en geef een ander de gesprekken.",
     "krijg je weer een loket erbij"),
])
def test_within_a_service_people_disagree(texts, source, question, first, second):
    (spoken,) = said_on(texts[source], question).values()
    assert first in spoken
    assert second in spoken
    assert speaker(texts[source], first) != speaker(texts[source], second)


@pytest.mark.parametrize(("question", "quote"), [
    ("S3", "Dat herken ik totaal niet."), ("S9", "Daar ben ik het echt mee oneens.")])
def test_colleagues_of_one_service_contradict_each_other(texts, question, quote):
    (spoken,) = said_on(texts["sab"], question).values()
    assert quote in spoken


def test_the_service_sees_other_help_questions_than_students_tick(texts):
    (spoken,) = said_on(texts["sterc"], "S1").values()
    assert "Thuis en geld. En somber of alleen." in spoken
    assert "eigenlijk bedoelen ze somberheid" in spoken
    students = wb.clean(wb.read_source(STUDY.source("students")))
    ticked = wb.frequency(students, "hulpvragen").data.set_index("value")["n"]
    assert ticked["plannen"] > ticked["thuis en geld"] + ticked["somber of alleen"]


def test_a_leader_misses_the_feedback_that_a_service_says_it_writes(texts):
    assert leaders_with(texts, "L12", {"handel": "alleen horen we daarna niks terug"}) == {"handel"}
    (spoken,) = said_on(texts["sab"], "S6").values()
    assert "Ik schrijf na elk gesprek een terugkoppeling." in spoken
    assert "Waar zij niet in kunnen." in spoken


def test_a_leader_and_a_service_look_at_one_car_park_from_two_sides(texts):
    assert leaders_with(texts, "L9", {"techniek": "dat is hier het buitenland"}) == {"techniek"}
    (spoken,) = said_on(texts["sterc"], "S3").values()
    assert "met m'n eigen mok" in spoken


def test_willing_against_doing_is_heard_in_an_interview_too(texts):
    quote = {"media": "Er zit een gat tussen willen en doen."}
    assert leaders_with(texts, "L4", quote) == {"media"}


def test_a_leader_says_when_work_based_students_are_at_school(texts):
    assert leaders_with(texts, "L11", {"techniek": "Mijn bbl'ers zijn er op dinsdag"}) == {
        "techniek"}


def test_a_service_names_a_help_question_that_fits_no_aspect(texts):
    (spoken,) = said_on(texts["sab"], "S1").values()
    assert "Ik mis op die lijst: verkeerd gekozen." in spoken


@pytest.mark.parametrize(("statement", "tables"), [
    ("W1", ["deels", "nee", "ja"]), ("W2", ["ja", "deels", "deels"]),
    ("W3", ["deels", "ja", "nee"]), ("W4", ["deels", "nee", "ja"]),
    ("W5", ["ja", "deels", "deels"]), ("W6", ["nee", "deels", "ja"])])
def test_tables_of_the_world_cafe_differ(texts, statement, tables):
    found = wb.excerpts(texts["worldcafe"], where={"stelling": statement},
                        beside=["tafel", "herkend"]).data
    assert found.set_index("tafel")["herkend"].sort_index().tolist() == tables
    counts = wb.frequency(wb.document_variables(texts["worldcafe"]), "herkend", by="stelling").data
    rows = counts[counts["stelling"] == statement].set_index("value")["n"]
    assert {value: int(n) for value, n in rows.items() if n} == {
        value: tables.count(value) for value in tables}


@pytest.mark.parametrize(("statement", "table", "quote"), [
    ("W4", "B", "we romantiseren dat"), ("W6", "A", "geen consensus, 3 tegen 1")])
def test_a_sheet_says_where_a_table_stood(texts, statement, table, quote):
    assert quote in sheet(texts["worldcafe"], statement, table)


def test_words_of_an_interviewer_are_not_taken_for_those_of_a_leader(texts):
    quote = "Is dat dezelfde vrijheid als bij die stickers?"
    assert speaker(texts["leaders"], quote) in ("I1", "I2")
    assert all(quote not in spoken for spoken in said_on(texts["leaders"], "L9").values())
