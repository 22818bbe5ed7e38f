"""Codings follow the words that were replaced, and of a forgotten text nothing is left."""

from hypothesis import given, settings
from hypothesis import strategies as st

import wbkit as wb
from wbkit.coding.store.revisions import Replaced
from wbkit.privacy.pseudonyms import Pseudonyms, edited, edits_of
from wbkit.privacy.review import REPLACE, Decision, Review
from wbkit.workflow.pseudonymising.coded_texts import edits_between, place_between

NAMES = ("Fatima", "Petra van den Berg", "Kevin", "meneer De Vries", "Raalte", "06-12345678")
WORDS = ("ik", "zat", "bij", "de", "les", "en", "toen", "zei", "dat", "[lacht]", "goed", "niet.",
         "Daarna", "ging", "het", "beter,", "echt")
TALK = st.lists(st.sampled_from(NAMES + WORDS), min_size=3, max_size=40).map(" ".join)
BARE = Review()
DECIDED = Review(tuple(Decision(name, REPLACE) for name in (
    *NAMES, "Petra", "De Vries", "Berg")))
PSEUDONYMS = Pseudonyms(b"k" * 32)


@given(TALK, st.data())
@settings(max_examples=60, deadline=None)
def test_every_coding_follows_its_words_from_masked_to_pseudonymised(tmp_path_factory, raw, data):
    store = wb.CodingStore(tmp_path_factory.mktemp("store") / "coding")
    old = edits_of(raw, BARE, PSEUDONYMS, undecided=True)
    new = edits_of(raw, DECIDED, PSEUDONYMS, undecided=True)
    stored, text = edited(raw, old), edited(raw, new)
    store.add_document("t", stored, privacy="real", source="s")
    for n in range(3):
        start = data.draw(st.integers(0, len(stored) - 1))
        end = data.draw(st.integers(start + 1, len(stored)))
        store.add("t", start, end, f"c{n}", coder="anna")
    store.close()
    before = {one.id: one for one in store.codings()}
    place = place_between(stored, raw, new)
    assert place is not None
    store.replace_words(as_replaced(text, place))
    after = {one.id: one for one in store.codings()}
    assert after.keys() == before.keys()
    for key, one in after.items():
        assert text[one.start:one.end] == one.quote
        assert one.status == "accepted"
        literal = before[key].quote
        if "[" not in literal and "]" not in literal and not any(
                literal in mark.new for mark in old):
            assert one.quote == literal
    assert store.faults() == []


def as_replaced(text, place):
    return Replaced("t", {"t": (text, place)}, lambda words: words, "pseudonymised")


@given(TALK)
@settings(deadline=None)
def test_what_was_replaced_is_found_again_between_brackets(raw):
    made = edits_of(raw, DECIDED, PSEUDONYMS, undecided=True)
    found = edits_between(raw, edited(raw, made))
    assert found is not None
    assert edited(raw, found) == edited(raw, made)


def test_a_text_that_was_not_made_of_the_raw_one_is_not_guessed():
    assert edits_between("ik sprak Fatima toen", "ik zag [naam] toen") is None
    assert edits_between("ik sprak Fatima toen", "ik sprak [naam] daarna") is None
    assert edits_between("ik sprak toen", "ik sprak later") is None


def test_a_forgotten_text_leaves_nothing_behind(tmp_path):
    store = wb.CodingStore(tmp_path / "coding")
    for name in ("weg", "blijft"):
        store.add_document(name, f"geheim van {name} zelf", privacy="real", source="s")
        store.add(name, 0, 6, "code", coder="anna", memo=f"over {name}")
        store.consider(name, ["code"], coder="anna")
        store.add_memo(f"memo over {name}", coder="anna", document=name)
    store.close()
    store.revise("weg", "geheim van weg zelf, eerder", keep=True)
    store.forget("weg")
    left = b" ".join(path.name.encode() + path.read_bytes()
                     for path in (tmp_path / "coding").rglob("*") if path.is_file())
    assert b"weg" not in left
    assert left.count(b"blijft") > 2
    assert [one.document for one in store.codings()] == ["blijft"]


def test_one_answer_is_forgotten_and_the_others_stay(tmp_path):
    store = wb.CodingStore(tmp_path / "coding")
    store.add_answers("s.tip", [{"document": "2", "text": "zeldzaam woord"},
                                {"document": "3", "text": "meer rust"}], privacy="real",
                      source="s", item="tip")
    store.add("s.tip/2", 0, 8, "code", coder="anna")
    store.add("s.tip/3", 0, 4, "code", coder="anna")
    store.close()
    store.forget("s.tip/2")
    left = b" ".join(path.read_bytes() for path in (tmp_path / "coding").rglob("*")
                     if path.is_file())
    assert b"zeldzaam" not in left
    assert [one.document for one in store.codings()] == ["s.tip/3"]
