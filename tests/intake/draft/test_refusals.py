"""Answers that are no answer: refusals in words, and codes that lie far from the rest."""

import pytest

from wbkit.intake.draft.refusals import no_answer, refusals

WORDS = [
    ("zeg ik liever niet", "refusal"), ("Zeg ik liever niet.", "refusal"),
    ("Dat zeg ik liever niet", "refusal"), ("wil ik niet zeggen", "refusal"),
    ("Dat wil ik niet zeggen", "refusal"), ("Ik geef liever geen antwoord", "refusal"),
    ("dat houd ik voor mezelf", "refusal"), ("Ik wil deze vraag niet beantwoorden", "refusal"),
    ("Prefer not to say", "refusal"), ("I prefer not to answer", "refusal"),
    ("Rather not say", "refusal"), ("I'd rather not say", "refusal"),
    ("Prefer not to disclose", "refusal"), ("No answer", "refusal"), ("Geen antwoord", "refusal"),
    ("weigert", "refusal"), ("Refused", "refusal"), ("zeg_ik_liever_niet", "refusal"),
    ("I do not wish to answer this question", "refusal"), ("Vertel ik liever niet", "refusal"),
    ("N.v.t.", "not_applicable"), ("nvt", "not_applicable"), ("N/A", "not_applicable"),
    ("Niet van toepassing", "not_applicable"), ("Not applicable", "not_applicable"),
    ("Does not apply to me", "not_applicable"), ("n.v.t. / weet niet", "not_applicable"),
    ("weet ik niet", "dont_know"), ("Weet niet", "dont_know"), ("Ik weet het niet", "dont_know"),
    ("Dat weet ik niet meer", "dont_know"), ("Don’t know", "dont_know"),
    ("I don't know", "dont_know"), ("geen mening", "dont_know"), ("Onbekend", "dont_know"),
    ("Weet niet / geen mening", "dont_know"), ("Can't say", "dont_know"),
    ("Weet ik niet (99)", "dont_know"), ("9 = weet niet", "dont_know"),
    ("-8 - Don't know", "dont_know"), ("Kan ik niet beoordelen", "dont_know"),
    ("Missing", "code"), ("#N/B", "code"), ("-", "code"), ("?", "code"),
]
ANSWERS = [
    "Nee", "Niet", "Ik zeg niets", "Niemand", "Geen", "Anders", "Neutraal", "Nooit", "Ik wil leren",
    "Wil ik graag", "Ik weet het", "Weet ik wel", "na de stage", "Ik geef les", "Answer", "Known",
    "Dat zeg ik vaak", "Niet zeker", "No", "Not important", "Voor mezelf",
    "Ik wil niet naar school",
    "Missing my friends", "Privacy", "Geen zin", "Weet ik pas later",
]


@pytest.mark.parametrize(("answer", "reason"), WORDS)
def test_a_refusal_in_words_is_found_with_its_reason(answer, reason):
    assert refusals({"ja": 5, "nee": 4, answer: 2}) == {answer: reason}


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_no_refusal(answer):
    assert no_answer(answer) == ""


@pytest.mark.parametrize("question", ["Weet je wie je coach is?", "Do you know who to ask?"])
def test_to_a_question_of_knowledge_dont_know_is_an_answer_and_a_refusal_is_not(question):
    counts = {"ja": 5, "weet ik niet": 4, "Don't know": 3, "zeg ik liever niet": 2}
    assert refusals(counts, question) == {"zeg ik liever niet": "refusal"}


def test_unknown_beside_known_is_a_step():
    assert refusals({"Bekend": 3, "Onbekend": 4}) == {}
    assert refusals({"Turks": 3, "Onbekend": 4}) == {"Onbekend": "dont_know"}


def test_what_the_file_calls_missing_is_missing():
    assert refusals({"1": 3, "2": 4, "0": 2, "weet niet": 1}, "", ["0", "weet niet", "7"]) == {
        "0": "code", "weet niet": "dont_know"}


def numbers(*values):
    return dict.fromkeys(map(str, values), 4)


CODES = [  # the question, the numbers that were given, the codes and how many gave them
    ("Hoeveel uur werk je?", [0, 4, 8, 12, 16, 24], {"99": 3}),
    ("Hoeveel uur werk je?", [0, 4, 8, 12, 16, 24], {"999": 1}),
    ("Leeftijd", [16, 17, 18, 19, 24], {"99": 2}),
    ("Cijfer", [5, 6, 7, 8, 9, 10], {"99": 2}),
    ("q1", [1, 2, 3, 4, 5], {"9": 3}), ("q1", [1, 2, 3, 4, 5], {"8": 2, "9": 4}),
    ("q1", [1, 2, 3, 4, 5], {"99": 1}), ("q1", [1, 2, 3, 4, 5], {"-99": 1}),
    ("q1", [1, 2, 3, 4, 5], {"-1": 2}), ("q1", [1, 2, 3, 4], {"88": 2, "99": 2}),
    ("q1", [0, 1], {"-9": 2}), ("q1", [1, 2], {"-1": 3}),
    ("q1", [1, 2, 3, 4, 5], {"77": 1, "99": 1}),
    ("Hoeveel vrienden", [0, 3, 5, 10], {"-1": 4, "-2": 2}),
    ("Hoeveel vrienden", [0, 3, 5, 10], {"998": 1, "999": 2}),
    ("Inkomen", [0, 100, 250, 900, 1200], {"9999": 3}), ("q", [1.5, 2, 7.5], {"-99": 1}),
    ("Geboortejaar", [1999, 2003, 2006], {"9999": 2}),
]
NO_CODES = [
    ("Leeftijd", [16, 23, 45, 64, 77, 88, 99]), ("Leeftijd", [23, 34, 45, 67, 77]),
    ("Cijfer", [1, 4, 6, 7, 8, 9]), ("Geef een cijfer van 1 tot 10", [1, 2, 3, 4, 5, 9]),
    ("Schuif (0-100)", [0, 20, 50, 80, 97, 99, 100]), ("Percentage", [5, 10, 20, 99]),
    ("q1", [1, 2, 3, 4, 5, 6, 7, 8, 9]), ("q1", [1, 2, 3, 4, 5, 6, 7]), ("q1", [-1, 0, 1]),
    ("q1", [-2, -1, 0, 1, 2]), ("Geboortejaar", [1998, 1999, 2001]), ("q1", [0, 1]),
    ("Hoeveel uur", [1, 2, 3, 4, 9]), ("q1", [88, 99]), ("q1", [99]), ("Punten", [60, 70, 80, 99]),
    ("Verschil", [-9, -4, 0, 3, 5]), ("Huisnummer", [12, 45, 77, 98, 110]), ("q", [5, 50, 88, 99]),
]


@pytest.mark.parametrize(("question", "values", "codes"), CODES)
def test_a_number_far_from_the_rest_is_a_code(question, values, codes):
    assert refusals(numbers(*values) | codes, question) == dict.fromkeys(codes, "code")


@pytest.mark.parametrize(("question", "values"), NO_CODES)
def test_a_number_that_can_be_an_answer_is_none(question, values):
    assert refusals(numbers(*values), question) == {}


def test_a_code_that_is_not_well_known_counts_when_several_gave_it():
    assert refusals(numbers(1, 2, 3, 4) | {"77": 1}) == {}
    assert refusals(numbers(1, 2, 3, 4) | {"77": 2}) == {"77": "code"}


def test_a_code_among_words_is_no_answer_and_another_number_can_be():
    assert refusals({"nooit": 3, "soms": 4, "-99": 1}) == {"-99": "code"}
    assert refusals({"nooit": 3, "soms": 4, "12": 1}) == {}


@pytest.mark.parametrize("answer", ["Geen opgave", "Ik wens hierop niet te antwoorden",
                                    "Dat wil ik niet opgeven"])
def test_a_formal_refusal_is_one(answer):
    assert no_answer(answer) == "refusal"


@pytest.mark.parametrize(("answer", "reason"), [
    ("NoAnswer", "refusal"), ("noanswer", "refusal"), ("NotApplicable", "not_applicable"),
    ("geenmening", "dont_know"), ("Maandag", ""), ("JupyterHub", ""),
])
def test_a_refusal_written_as_one_word_is_found(answer, reason):
    assert no_answer(answer) == reason


@pytest.mark.parametrize("others", [["m", "v"], ["man", "vrouw"], ["ja", "nee", "soms wel"]])
def test_an_x_among_short_answers_is_one_of_them(others):
    assert refusals(dict.fromkeys([*others, "x"], 9)) == {}


def test_an_x_among_numbers_or_sentences_is_no_answer():
    assert refusals(numbers(1, 2, 3) | {"x": 2}) == {"x": "code"}
    assert refusals({"dat was een goede les": 3, "x": 2, "ik was er niet bij": 1}) == {"x": "code"}


def test_a_word_beside_its_opposite_is_an_answer():
    assert refusals({"+": 4, "-": 4, "+/-": 3}) == {}
    assert refusals({"voor": 4, "na": 4}) == refusals({"openbaar": 4, "prive": 2}) == {}
    assert refusals({"rood": 4, "-": 4, "na": 1}) == {"-": "code", "na": "not_applicable"}
