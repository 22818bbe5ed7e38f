"""The same person has the same pseudonym; what nobody decided on is never called pseudonymised."""

import pytest
from builders import transcripts
from hypothesis import given, settings
from hypothesis import strategies as st

from wbkit.errors import DisclosureError
from wbkit.privacy.pseudonyms import (
    FAMILY,
    GIVEN,
    Edit,
    Pseudonyms,
    coarse_date,
    edited,
    edits_of,
    masked,
    moved,
    name_parts,
    with_pseudonyms,
)
from wbkit.privacy.review import CAPITAL, KEEP, REPLACE, Decision, Review
from wbkit.text import dutch_words
from wbkit.text.identifying import REPLACED, identifiers_in, pointing
from wbkit.text.name_words import read_lists

KEY = b"k" * 32


def pseudonyms(**rest):
    return Pseudonyms(KEY, **rest)


def test_parts_of_a_name_have_the_same_pseudonym_everywhere():
    names = pseudonyms()
    whole = names.of("Petra van den Berg", "NAAM").strip("[]").split()
    assert names.of("petra", "NAAM") == f"[{whole[0]}]"
    assert names.of("mevrouw Van den Berg", "NAAM") == f"mevrouw [{whole[1]}]"
    assert names.of("Petra's", "NAAM") == f"[{whole[0]}]"


def test_another_study_with_the_same_key_and_list_gives_the_same():
    first = pseudonyms()
    words = ["Fatima", "Kevin", "Daan", "Raalte"]
    made = [first.of(word, "NAAM") for word in words]
    again = pseudonyms(given=dict(first.given))
    assert [again.of(word, "NAAM") for word in reversed(words)] == made[::-1]


def test_another_key_gives_other_pseudonyms():
    names = ["Fatima", "Kevin", "Daan", "Petra"]
    other = Pseudonyms(b"x" * 32)
    assert [pseudonyms().of(one, "NAAM") for one in names] != [
        other.of(one, "NAAM") for one in names]


def test_no_two_names_share_a_pseudonym_also_when_there_are_more_than_in_the_pool():
    names = pseudonyms()
    made = {names.of(f"naam{'x' * n}", "PLAATS") for n in range(len(GIVEN) + 20)}
    assert len(made) == len(GIVEN) + 20


def test_the_list_of_what_was_given_out_holds_no_name():
    names = pseudonyms()
    names.of("Fatima Yilmaz", "NAAM")
    assert "fatima" not in str(names.given).casefold()
    assert "yilmaz" not in str(names.given).casefold()


def test_nobody_gets_the_name_of_somebody_in_the_texts():
    free = pseudonyms().of("Fatima", "NAAM").strip("[]")
    avoided = pseudonyms(avoid={free.casefold()}).of("Fatima", "NAAM")
    assert avoided.strip("[]") != free


@pytest.mark.parametrize(("words", "parts"), [
    ("Petra van den Berg", ("", "petra", "berg")), ("meneer De Vries", ("meneer", "", "vries")),
    ("B. Hofman", ("", "", "hofman")), ("juf els", ("juf", "els", "")),
    ("Van Dijk", ("", "", "dijk")), ("Marieke Visser-Smit", ("", "marieke", "visser-smit")),
])
def test_a_name_has_a_title_a_first_and_a_last_part(words, parts):
    assert name_parts(words) == parts


@pytest.mark.parametrize(("words", "coarse"), [
    ("12 maart 2005", "maart 2005"), ("14 november", "november"), ("3-9-2022", "september 2022"),
    ("2022-09-03", "september 2022"), ("twaalf maart tweeduizend vijf", "maart 2005"),
    ("01/02/2004", "februari 2004"), ("5 mrt. 2021", "maart 2021"), ("3/9/04", "september"),
])
def test_of_a_date_month_and_year_stay(words, coarse):
    assert coarse_date(words) == coarse


@pytest.mark.parametrize(("kind", "mark"), [
    ("TEL", "[telefoonnummer]"), ("EMAIL", "[e-mailadres]"), ("BSN", "[bsn]"),
    ("IBAN", "[rekeningnummer]"), ("ADRES", "[adres]"), ("KENTEKEN", "[kenteken]"),
])
def test_a_number_leaves_only_what_it_was(kind, mark):
    assert pseudonyms().of("wat dan ook", kind) == mark


def test_every_pseudonym_is_known_as_one():
    assert all(REPLACED.fullmatch(f"[{one}]") for one in (*GIVEN, *FAMILY))
    assert len(set(GIVEN)) == len(GIVEN)
    assert not [one for one in GIVEN[:60] if identifiers_in(f"toen zei [{one}] dat het goed was")]


def test_no_pseudonym_is_in_a_list_of_names_of_people_or_places():
    lists, names = read_lists(), dutch_words._read_words()[1]  # the names of OpenTaal
    known = lists.first | lists.surnames | lists.places | names
    assert [one for one in (*GIVEN, *FAMILY) if one.casefold() in known] == []
    assert len(GIVEN) > 380  # enough for a study


@pytest.mark.parametrize("name", ["Salma", "Wilma", "Fenna", "Heemstra", "Fenna Ravekamp"])
def test_a_real_name_that_somebody_put_between_brackets_is_found(name):
    assert pointing(f"Toen zei [{name}] dat de coach er was.")


def test_a_real_name_that_was_given_out_as_a_pseudonym_is_replaced():
    names = pseudonyms()
    before = names.of("Kevin", "NAAM")
    (digest,) = names.given
    again = pseudonyms(given={digest: "Wilma"})
    assert again.of("Kevin", "NAAM") == before
    assert again.given == names.given


def decided(*words, choice=REPLACE):
    return tuple(Decision(word, choice) for word in words)


def test_a_decision_to_keep_or_to_look_at_the_capital_is_followed():
    review = Review((*decided("Roos", choice=CAPITAL), *decided("Fatima", choice=KEEP)))
    text = "ik gaf Roos een roos en Fatima ook"
    new = edited(text, edits_of(text, review, pseudonyms()))
    assert new.startswith("ik gaf [")
    assert new.endswith("] een roos en Fatima ook")


def test_a_pseudonym_of_ones_own_is_used():
    review = Review((Decision("Fatima", REPLACE, "NAAM", "[student A]"),))
    assert edited("dag Fatima", edits_of("dag Fatima", review, pseudonyms())) == "dag [student A]"


def test_a_word_that_a_person_added_is_found_everywhere():
    review = Review((Decision("de Lange", REPLACE), Decision("snorretje", REPLACE)))
    text = "ze noemen hem snorretje en Snorretje"
    assert len(edits_of(text, review, pseudonyms())) == 2


def test_a_name_between_brackets_is_decided_on_apart_and_once():
    text = "dag [Sanne], zei [Sanne] tegen Sanne"
    assert [text[one.start:one.end] for one in Review().undecided(text)] == [
        "[Sanne]", "[Sanne]", "Sanne"]
    kept = Review(decided("[Sanne]", choice=KEEP))
    assert [text[one.start:one.end] for one in kept.undecided(text)] == ["Sanne"]
    assert kept.safe == {"[sanne]"}


def test_a_word_that_points_to_nobody_does_so_between_brackets_too():
    assert Review(decided("Sanne", choice=KEEP)).undecided("dag [Sanne] en Sanne") == []


def test_a_name_between_brackets_is_not_the_person_of_that_name():
    review = Review(decided("Sanne"))
    text = "dag [Sanne] en Sanne"
    assert [text[one.start:one.end] for one in review.undecided(text)] == ["[Sanne]"]
    new = edited(text, edits_of(text, review, pseudonyms(), undecided=True))
    assert new.startswith("dag [naam] en [") and "[[" not in new


def test_ones_own_pseudonym_is_safe_between_its_brackets_only():
    review = Review((Decision("Fatima", REPLACE, "NAAM", "[Sanne]"),))
    new = edited("dag Fatima", edits_of("dag Fatima", review, pseudonyms()))
    assert new == "dag [Sanne]"
    assert pointing(new, review.safe) == []
    assert len(pointing("dag Sanne", review.safe)) == 1


def test_only_with_a_capital_counts_between_brackets():
    review = Review(decided("[Roos]", choice=CAPITAL))
    assert edited("[Roos]", edits_of("[Roos]", review, pseudonyms())) != "[Roos]"


def test_an_undecided_word_is_refused_with_the_next_step():
    documents = transcripts.documents("ik sprak Fatima", synthetic=False)
    with pytest.raises(DisclosureError, match=r"nobody decided on 1 word.*wbkit pseudonymise"):
        with_pseudonyms(documents, Review(), pseudonyms=pseudonyms())


def test_a_text_that_nobody_read_is_refused_with_the_next_step():
    documents = transcripts.documents("ik sprak Fatima", synthetic=False)
    with pytest.raises(DisclosureError, match=r"nobody read 1 text.*write yes"):
        with_pseudonyms(documents, Review(decided("Fatima")), pseudonyms=pseudonyms())


def test_a_text_that_changed_has_to_be_read_again():
    documents = transcripts.documents("ik sprak Fatima", synthetic=False)
    name = documents.texts["document"].iloc[0]
    review = Review(decided("Fatima"), read={name: "0" * 12})
    with pytest.raises(DisclosureError, match="nobody read"):
        with_pseudonyms(documents, review, pseudonyms=pseudonyms())


def test_masked_texts_are_as_real_as_before():
    documents = transcripts.documents("ik sprak Fatima", synthetic=False)
    made = masked(documents, Review(), pseudonyms=pseudonyms())
    assert "[naam]" in made.texts["text"].iloc[0]
    assert not made.may_be_shown


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5), st.text("xyz[]", max_size=6)),
                max_size=6), st.data())
@settings(deadline=None)
def test_a_place_outside_what_was_replaced_keeps_its_words(parts, data):
    text, edits = "", []
    for gap, length, new in parts:
        text += "a" * gap
        edits.append(Edit(len(text), len(text) + length, new))
        text += "b" * length
    text += "aaa"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    place, now = moved(edits), edited(text, edits)
    inside = "".join(one.new for one in edits if start < one.end and end > one.start)
    found = now[place(start, False):place(end, True)]
    kept = "".join(sign for at, sign in enumerate(text) if start <= at < end
                   and not any(one.start <= at < one.end for one in edits))
    assert len(found) == len(kept) + len(inside)
