"""Guesses about one question: kind, order of answers, missing codes, sensitivity."""

import pytest

from wbkit.intake.draft.draft import item_ids
from wbkit.intake.draft.guess import Column
from wbkit.intake.draft.kinds import guess_kind
from wbkit.intake.draft.neighbours import with_shared_answers
from wbkit.intake.draft.scales import recognise
from wbkit.intake.sheet import Hint

# answers as they come in, and their order
SCALES = [
    (["mee eens", "mee oneens", "neutraal"], ["mee oneens", "neutraal", "mee eens"]),
    (["eens", "helemaal eens", "oneens", "helemaal oneens"],
     ["helemaal oneens", "oneens", "eens", "helemaal eens"]),
    (["Niet mee eens, niet mee oneens", "Helemaal mee eens", "Mee oneens", "Mee eens",
      "Helemaal mee oneens"],
     ["Helemaal mee oneens", "Mee oneens", "Niet mee eens, niet mee oneens", "Mee eens",
      "Helemaal mee eens"]),
    (["helemaal mee eens", "mee eens", "een beetje mee eens", "neutraal", "een beetje mee oneens",
      "mee oneens", "helemaal mee oneens"],
     ["helemaal mee oneens", "mee oneens", "een beetje mee oneens", "neutraal",
      "een beetje mee eens", "mee eens", "helemaal mee eens"]),
    (["altijd", "soms", "nooit", "vaak", "zelden"], ["nooit", "zelden", "soms", "vaak", "altijd"]),
    (["goed", "zeer slecht", "matig", "zeer goed", "slecht"],
     ["zeer slecht", "slecht", "matig", "goed", "zeer goed"]),
    (["tevreden", "zeer tevreden", "ontevreden", "neutraal"],
     ["ontevreden", "neutraal", "tevreden", "zeer tevreden"]),
    (["heel belangrijk", "niet belangrijk", "een beetje belangrijk"],
     ["niet belangrijk", "een beetje belangrijk", "heel belangrijk"]),
    (["Agree", "Strongly agree", "Disagree", "Neither agree nor disagree", "Strongly disagree"],
     ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]),
    (["often", "never", "sometimes"], ["never", "sometimes", "often"]),
    (["elke dag", "een keer per week", "nooit"], ["nooit", "een keer per week", "elke dag"]),
    (["2 - soms", "1 - nooit", "3 - vaak"], ["1 - nooit", "2 - soms", "3 - vaak"]),
    (["niveau 3", "niveau 2", "Entree"], ["Entree", "niveau 2", "niveau 3"]),
]


def guess(question, cells, *, hint=None):
    return guess_kind(Column(question, cells, hint or Hint())).fields


@pytest.mark.parametrize(("answers", "order"), SCALES)
def test_a_usual_scale_is_put_in_order(answers, order):
    assert list(recognise(answers).values) == order


def test_yes_or_no_has_no_order_and_yes_a_little_no_has():
    assert recognise(["nee", "ja"]).kind == "nominal"
    assert recognise(["ja", "nee", "een beetje"]).kind == "ordinal"


@pytest.mark.parametrize("answers", [["rood", "blauw"], ["eens", "rood", "blauw"], []])
def test_other_answers_are_no_scale(answers):
    assert recognise(answers) is None


def test_agree_and_the_middle_come_with_the_scale():
    fields = guess("De les is leuk", ["eens", "oneens", "neutraal", "eens"])
    assert (fields["agree"], fields["neutral"]) == (["eens"], "neutraal")


@pytest.mark.parametrize("code", ["weet ik niet", "n.v.t.", "Geen mening", "niet van toepassing",
                                  "don't know"])
def test_an_answer_that_is_none_is_missing(code):
    fields = guess("De les is leuk", ["eens", "oneens", "neutraal", code])
    assert fields["missing"] == [code]
    assert code not in fields["values"]


def test_to_a_question_of_knowledge_dont_know_is_an_answer():
    fields = guess("Weet je wie de mentor is?", ["ja", "nee", "weet ik niet"])
    assert "weet ik niet" in fields["values"]


def test_an_answer_beside_a_scale_is_shown_as_missing():
    fields = guess("Krijg je hulp?", ["nee", "ja", "een beetje", "ik wil geen hulp"])
    assert (fields["values"], fields["missing"]) == (["nee", "een beetje", "ja"],
                                                     ["ik wil geen hulp"])


def test_numbers_that_were_typed_are_numbers():
    cells = ["7", "8,5", "6", "7.5", "9", "8+", "7 of 8", "10", "4", "5", "6", "7"]
    fields = guess("Welk cijfer geef je de school?", cells)
    assert fields["kind"] == "numeric"
    assert (fields["corrections"], fields["missing"], fields["range"]) == (
        {"8+": "8"}, ["7 of 8"], [1, 10])


def test_what_excel_made_a_date_of_is_corrected():
    drafted = guess_kind(Column("Uren", ["0", "2026-02-01", "2026-05-03 ", "6 of meer", "3-5"]))
    assert drafted.fields["values"] == ["0", "1-2", "3-5", "6 of meer"]
    assert drafted.fields["corrections"] == {"2026-02-01": "1-2", "2026-05-03": "3-5"}
    assert "Excel" in drafted.reasons["corrections"]
    marks = guess("Welk cijfer?", ["6", "7,5", "8", "6", "7", "2026-05-07"])
    assert (marks["kind"], marks["corrections"]) == ("numeric", {"2026-05-07": "7,5"})


def test_a_code_far_from_the_numbers_is_missing():
    fields = guess("Hoeveel uur werk je?", ["4", "8", "12", "8", "99", "99"])
    assert (fields["kind"], fields["missing"]) == ("numeric", ["99"])


def test_a_word_behind_a_number_makes_it_no_text():
    fields = guess("Hoe oud ben je?", ["16", "17 jaar", "18", "16", "19"])
    assert (fields["kind"], fields["unit_words"]) == ("numeric", ["jaar"])
    assert "corrections" not in fields


def test_few_whole_numbers_are_steps_and_counts_are_not():
    assert guess("Item3", ["1", "5", "2", "4"])["values"] == ["1", "2", "3", "4", "5"]
    assert guess("Hoeveel broers heb je?", ["1", "0", "2", "4"])["kind"] == "numeric"
    assert guess("classId", ["1000303", "1000304"])["values"] == "any"


@pytest.mark.parametrize("question", ["E-mailadres", "Wat is je naam?", "Studentnummer",
                                      "Jouw telefoonnummer", "Geboortedatum"])
def test_what_points_to_a_person_is_an_identifier(question):
    assert guess(question, ["a", "b"])["sensitivity"] == "identifier"


def test_addresses_are_found_whatever_the_question_is_called():
    assert guess("Contact", ["a@school.nl", "b@school.nl"])["sensitivity"] == "identifier"


def test_dates_own_words_and_empty_columns_are_open():
    assert guess("Startdatum", ["2022-11-15", "2022-11-16"])["kind"] == "open"
    assert guess("Toelichting", ["goed", "fijn"])["kind"] == "open"
    assert guess("Wat wil je kwijt?", ["", ""])["kind"] == "open"


def test_ticks_of_forms_are_options_in_their_order():
    cells = ["plannen;", "plannen;taal;", "taal;iets anders;", "ik heb geen hulp nodig;"]
    fields = guess("Waarbij hulp? (meer antwoorden)", cells)
    assert fields["kind"] == "multiple"
    assert fields["values"] == ["plannen", "taal", "ik heb geen hulp nodig"]
    assert (fields["other"], fields["exclusive"]) == ("iets anders", ["ik heb geen hulp nodig"])


def test_capitals_and_spaces_make_no_other_answer():
    fields = guess("De les is leuk", ["eens", "eens", "Eens", "een  s", "oneens", "neutraal"])
    assert fields["corrections"]["Eens"] == "eens"
    assert guess("Team", ["Zorg", "Zorg", "zorg"])["values"] == ["Zorg"]


def test_ids_can_be_read_and_stand_once():
    questions = ["Ik voel mij gezien door mijn coach", "De laatste twee weken had ik zin",
                 "De laatste twee weken had ik rust", "De laatste twee weken sliep ik goed",
                 "Ik voel mij gezien door mijn coach!"]
    assert item_ids(questions, questions) == [
        "voel_gezien_coach", "zin", "rust", "sliep_goed", "voel_gezien_coach_2"]
    codes = ["Item1", "minutes", "share", "test", "by"]
    assert item_ids(codes, codes) == ["item1", "minutes_2", "share_2", "test", "by"]


def test_in_a_small_file_questions_of_one_block_share_their_answers():
    block = with_shared_answers([
        Column("Goed rooster", ["eens", "oneens"]), Column("Goed gebouw", ["eens", "weet ik niet"]),
        Column("Goede les", ["neutraal", "eens"]), Column("Locatie", ["Noord", "Zuid"])])
    found = [guess_kind(column).fields for column in block]
    assert [one["values"] for one in found[:3]] == [["oneens", "neutraal", "eens"]] * 3
    assert [one["missing"] for one in found[:3]] == [["weet ik niet"]] * 3
    assert sorted(found[3]["values"]) == ["Noord", "Zuid"]


def test_in_a_large_file_every_question_keeps_its_own_answers():
    block = [Column("A", ["ja", "nee"] * 20), Column("B", ["ja", "nee", "een beetje", "nee"] * 10)]
    assert with_shared_answers(block) == block


@pytest.mark.parametrize("answer", ["Bel me op 0612345678", "mail jan@school.nl",
                                    "studentnummer 1234567"])
def test_an_answer_that_points_to_a_person_never_becomes_one_of_a_list(answer):
    cells = ["niks", "meer rust", answer] * 10
    assert guess("Wat helpt jou?", cells)["kind"] == "open"
    reason = guess_kind(Column("Wat helpt jou?", cells, Hint())).reasons["kind"]
    assert reason.startswith("in een antwoord staat een e-mailadres, telefoonnummer")


def test_a_column_of_telephone_numbers_points_to_persons():
    found = guess("Hoe kunnen we je bereiken?", [f"06123456{n:02d}" for n in range(40)])
    assert found["sensitivity"] == "identifier"


def test_the_address_of_a_school_stays_an_answer():
    found = guess("Waar heb je les?", ["Kerkstraat 12", "Dorpsplein 3"] * 10)
    assert found["values"] == ["Kerkstraat 12", "Dorpsplein 3"]


def test_a_last_word_is_open_also_when_few_say_much():
    cells = ["geen"] * 4 + [f"zin {n}" for n in range(6)] + [""] * 20
    assert guess("Wat wil je nog kwijt?", cells)["kind"] == "open"


def test_the_reason_for_no_answer_says_which():
    given = Column("Ik voel me thuis", ["eens", "oneens", "neutraal", "weet ik niet"] * 3)
    assert guess_kind(given).reasons["missing"].endswith("'weet ik niet'")


def test_a_mark_for_the_course_is_a_number_and_no_group():
    fields = guess("Welk cijfer geef je je opleiding?", ["3", "8", "7", "10", "7"])
    assert (fields["kind"], fields["range"]) == ("numeric", [1, 10])
    assert "sensitivity" not in fields


def test_dates_that_excel_keeps_as_days_are_named_as_dates():
    cells = ["45658", "45689", "45717", "45658"]
    found = guess_kind(Column("Wanneer ben je begonnen?", cells))
    assert found.fields["kind"] == "open"
    assert "45658 is 1 januari 2025" in found.reasons["kind"]
    assert guess("Wat is je inkomen?", [*cells, "41000.5"])["kind"] == "numeric"


def test_classes_stand_in_the_order_in_which_people_count():
    cells = ["k10"] * 9 + ["k2"] * 3 + ["k1"] * 2
    assert guess("In welke klas zit je?", cells)["values"] == ["k1", "k2", "k10"]


def test_names_of_others_stand_nowhere_in_a_draft():
    cells = ["Petra Smit", "Hans Kuipers", "Petra Smit", "weet ik niet"] * 5
    found = guess_kind(Column("Wie is jouw coach?", cells))
    assert found.fields == {"column": "Wie is jouw coach?", "kind": "open",
                            "sensitivity": "identifier"}
    assert not {"Petra", "Hans"} & set(" ".join(found.reasons.values()).split())


@pytest.mark.parametrize(("question", "cells", "sensitive"), [
    ("Wat is je geloof?", ["Islam", "Geen", "Christendom"], "religion"),
    ("V3", ["Hetero", "Homo", "Biseksueel"], "orientation"),
    ("Hoe goed past deze opleiding bij je?", ["Niet", "Een beetje", "Goed"], "none"),
    ("Hoeveel uur per dag gebruik je je telefoon?", ["1", "8", "3"], "none"),
    ("In welke klas zit je?", ["ZK1A", "BT2B", "ZK1A"], "quasi"),
])
def test_a_draft_says_how_sensitive_a_question_is(question, cells, sensitive):
    assert guess(question, cells * 4).get("sensitivity", "none") == sensitive


@pytest.mark.parametrize("answer", ["9" * 5000, "²"])
def test_a_number_that_python_does_not_read_makes_no_scale(answer):
    assert guess_kind(Column("Vraag 1", ["1", answer, "3", "1"])).kind != "ordinal"


def kind_of(cells, heading):
    return guess_kind(Column(heading, cells)).kind


def test_sentences_that_return_are_open_answers():
    sentences = [f"Volgens mij moet de school iets doen aan punt {n} van mijn lijst"
                 for n in range(14)]
    assert kind_of(sentences * 3, heading="Uw mening") == "open"


def test_numbers_of_an_age_under_eight_are_bands():
    assert kind_of([*"12345"] * 4, heading="What is your age?") == "ordinal"
    assert kind_of([*"12345"] * 4, heading="Hoe oud is je kind? (leeftijd)") == "numeric"


def test_codes_of_rows_of_an_array_are_ordered():
    row = Hint(group="q02", part="SQ001")
    answers = ["A3", "A1", "A5", "A2", "A4", "A1"]
    guess = guess_kind(Column("q02[SQ001]", answers, row))
    assert (guess.kind, guess.fields["values"]) == ("ordinal", ["A1", "A2", "A3", "A4", "A5"])
    assert guess_kind(Column("q03", answers)).kind == "nominal"


def test_a_statement_that_was_cut_to_an_id_names_no_group():
    steps = [*"12345"] * 4
    assert kind_of(steps, heading="the_school_gives") == "ordinal"
    assert kind_of(steps, heading="Klas") == "nominal"


@pytest.mark.parametrize("unit", ["miles", "mi", "km"])
def test_distances_are_numbers(unit):
    cells = [f"{n} {unit}" for n in range(2, 30, 2)]
    assert kind_of(cells, heading="How far do you live?") == "numeric"


def test_an_answer_that_is_no_step_and_no_refusal_is_asked():
    fields = guess("Krijg je hulp?", ["nee", "ja", "een beetje", "ik wil geen hulp"])
    assert "'ik wil geen hulp'" in fields["doubt"]
    assert "doubt" not in guess("Hoe vaak?", ["nooit", "soms", "vaak", "weet ik niet"])


def test_many_answers_of_one_person_behind_frequent_ones_are_own_words():
    typed = ["om het jaar", "drie keer", "elke zomer", "wisselt", "dit jaar niet"]
    fields = guess("Wanneer geef je dit vak?", ["in de herfst"] * 30 + ["in de lente"] * 30 + typed)
    assert (fields["values"], fields["other"]) == (["in de herfst", "in de lente"], "Anders")
    few = guess("Wanneer geef je dit vak?", ["in de herfst"] * 9 + ["in de lente"] * 9 + typed)
    assert "other" not in few


def test_an_option_with_other_capitals_is_corrected():
    cells = ["YouTube; Netflix", "Youtube; Disney", "Netflix; Disney", "YouTube",
             "youtube; Netflix; Disney"]
    fields = guess("Wat kijk je?", cells * 3)
    assert sorted(fields["values"]) == ["Disney", "Netflix", "YouTube"]
    assert fields["corrections"] == {"Youtube": "YouTube", "youtube": "YouTube"}


def test_steps_between_two_labelled_ends_follow_the_list_of_the_file():
    steps = ("Never", "2", "3", "(Almost) always")
    fields = guess("How often?", [*steps, "2"], hint=Hint(values=steps))
    assert (fields["kind"], tuple(fields["values"])) == ("ordinal", steps)
    assert "missing" not in fields


@pytest.mark.parametrize("question", ["telephone_1", "Q8", "Telefoon 2"])
def test_american_telephone_numbers_are_no_bands(question):
    found = guess(question, ["(415) 555-1212", "(242) 556-2396", "(432) 903-6676"])
    assert found["sensitivity"] == "identifier"
    assert "values" not in found


def test_a_refusal_in_the_list_of_a_file_is_missing_although_nobody_gave_it():
    values = ("Never", "2", "3", "Always", "No Response")
    found = guess("How often?", ["Never", "2", "3", "Always"], hint=Hint(values=values))
    assert (found["kind"], found["values"]) == ("ordinal", ["Never", "2", "3", "Always"])
    assert found["missing"] == ["No Response"]


def test_a_code_among_the_words_of_a_list_is_missing():
    found = guess("Diploma", ["vmbo", "havo", "vwo", "geen"] * 3 + ["98"])
    assert found["missing"] == ["98"]


@pytest.mark.parametrize(("values", "asked"), [
    (("rood", "groen", "blauw", "4"), True), (("0", "rood", "groen"), True),
    (("nooit", "2", "3", "altijd"), False), (("nooit", "2", "3", "4"), False),
    (("rood", "groen", "blauw"), False),
])
def test_a_number_beyond_the_words_of_a_file_is_asked(values, asked):
    found = guess("Welke?", [*values, *values], hint=Hint(values=values))
    assert ("doubt" in found) == asked
    assert set(found["values"]) == set(values)


def test_a_mark_among_whole_numbers_is_asked_and_three_noughts_are_not():
    found = guess("Stappen", ["8000", "22.500", "10.000", "9000", "7000"])
    assert found["corrections"] == {"22.500": "22500"}
    assert found["doubt"].startswith("'22.500': staat de punt")
    assert "doubt" not in guess("Stappen", ["8000", "10.000", "9000"])
    assert "doubt" not in guess("Uren", ["8", "2.500", "1.5", "9"])


def test_a_column_of_nothing_but_a_code_has_no_answers():
    found = guess("Waarom niet?", ["NA"] * 30)
    assert (found["kind"], found["missing"]) == ("open", ["NA"])
    assert "values" not in found


def test_a_code_is_no_answer_in_a_list_too_long_to_write_down_either():
    towns = [f"plaats {chr(97 + n)}" for n in range(26)] * 6
    found = guess("Waar woon je?", [*towns, "n.v.t.", "n.v.t.", "n.v.t."])
    assert (found["values"], found["missing"]) == ("any", ["n.v.t."])


def test_a_letter_or_mark_of_several_people_is_asked():
    found = guess("Geslacht", ["m", "v", "x"] * 7)
    assert (sorted(found["values"]), "missing" in found, "doubt" in found) == (
        ["m", "v", "x"], False, False)
    found = guess("Wil je mee?", ["ja", "nee", "x"] * 7)
    assert found["values"] == ["ja", "nee", "x"]
    assert found["doubt"].startswith("Staat 'x' voor een antwoord? Nu telt het mee.")
    found = guess("Kleur", ["rood", "blauw", "-"] * 7)
    assert found["missing"] == ["-"]
    assert found["doubt"].startswith("Staat '-' voor een antwoord? Nu telt het niet mee.")
    assert "doubt" not in guess("Kleur", ["rood", "blauw"] * 7 + ["-"])


def test_what_does_not_count_is_told_in_words_too():
    made = guess_kind(Column("Kleur", ["rood", "blauw", "weet niet"] * 7))
    assert made.reasons["missing"] == "telt niet als antwoord: 'weet niet'"


@pytest.mark.parametrize(("usual", "wrong", "right"), [
    (["Noord", "Zuid"], "Noort", "Noord"),
    (["Helemaal eens", "Eens", "Oneens"], "Hellemaal eens", "Helemaal eens"),
    (["Helemaal eens", "Eens", "Oneens"], "Eesn", "Eens"),
    (["Zeer tevreden", "Tevreden", "Neutraal"], "Zeertevreden", "Zeer tevreden"),
])
def test_an_answer_of_one_person_that_resembles_a_usual_one_is_corrected_and_asked(
        usual, wrong, right):
    found = guess("Vraag", [*usual * 5, wrong])
    assert found["corrections"] == {wrong: right}
    assert sorted(found["values"]) == sorted(usual)
    assert f"'{wrong}' = '{right}'" in found["doubt"]
    assert found["kind"] == guess("Vraag", usual * 5)["kind"]


@pytest.mark.parametrize(("usual", "other"), [
    (["havo", "vwo"], "mavo"), (["Helemaal eens", "Eens"], "Helemaal oneens"),
    (["Team A", "Team C"], "Team B"), (["BW3B", "BW3C"], "BW3D"), (["Noord", "Zuid"], "Oost"),
    (["Tevreden", "Neutraal"], "Ontevreden"), (["vrouw", "man"], "vrouwen en mannen"),
])
def test_a_rare_answer_of_its_own_is_kept(usual, other):
    found = guess("Vraag", [*usual * 5, other])
    assert other in found["values"]
    assert "corrections" not in found


def test_a_remark_is_open_however_often_the_same_was_written():
    assert guess("Opmerkingen", ["Leuk", "Goed", "Geen"] * 9)["kind"] == "open"
    assert guess("Tips of trucs?", ["Leuk", "Goed", "Geen"] * 9)["kind"] == "nominal"


def test_one_answer_is_told_in_the_singular():
    made = guess_kind(Column("Kleur", ["rood"] * 9))
    assert made.reasons["kind"] == "1 antwoord, van iedereen hetzelfde"
    made = guess_kind(Column("Cijfer", ["6", "7", "8", "9", "5", "4", "7+"] * 3))
    assert made.reasons["kind"] == "getallen; 1 antwoord is anders getypt"
