"""A machine is a witness: its quotes stand in the texts, and it is never one of the coders."""

import hashlib
import random

import pandas as pd
import pytest
from builders.transcripts import codebook, documents

import wbkit as wb
from wbkit.coding.store.store import CodingStore
from wbkit.data.codings import Codings

WITNESS = {"program": "Voorbeeld LM", "version": "1.2", "date": "2026-11-30",
           "prompt_sha256": hashlib.sha256(b"Codeer dit.").hexdigest()}
WORDS = ["ik", "heb", "veel", "druk", "van", "toetsen", "en", "de", "coach", "helpt", "mij",
         "daarmee", "vaak", "of", "juist", "nooit", "want", "op", "stage", "is", "het", "rustig",
         "thuis", "slaap", "slecht", "door", "alle", "verslagen"]
PLANTED, SEED = 1_000, 20261130


def texts(n=40):
    """Make texts of 60 words in which most sequences of words are unlike."""
    rng = random.Random(SEED)
    return [" ".join(rng.choices(WORDS, k=60)).capitalize() + "." for _ in range(n)]


@pytest.fixture
def store(tmp_path):
    with CodingStore(tmp_path / "coding", codes=("druk", "hulp")) as made:
        made.add_documents(documents(*texts()))
        yield made


def frame(*rows):
    return pd.DataFrame(rows, columns=["document", "quote", "code"])


def planted(rng, several):
    """Make one coding that is not right: invented, changed, or at another place."""
    at = rng.randrange(len(several))
    text = several[at]
    start = rng.randrange(len(text) - 30)
    end = start + rng.randint(8, 30)
    quote, shift = text[start:end], rng.choice([-3, -2, -1, 1, 2, 5])
    row = {"document": str(at + 1), "quote": quote, "code": "druk", "start": start, "end": end}
    kind = rng.choice(["invented", "letter", "case", "elsewhere", "shifted", "longer", "twice"])
    if kind == "shifted":
        start += shift if start + shift >= 0 else 4
        return row | {"start": start, "end": start + len(quote)}
    if kind == "longer":
        return row | {"end": end + 1}
    if kind == "elsewhere":
        return row | {"document": str((at + 1) % len(several) + 1)}
    place = {"start": "", "end": ""} if rng.random() < 0.5 else {}
    if kind == "twice":
        return row | {"quote": "t", "start": "", "end": ""}
    changed = {"invented": " ".join(rng.sample(WORDS, 6)) + " beslist", "case": quote.swapcase(),
               "letter": quote[:4] + "#" + quote[5:]}
    return row | {"quote": changed[kind]} | place


def test_of_a_thousand_planted_quotes_none_is_accepted(store):
    rng, several = random.Random(SEED), texts()
    accepted = 0
    for _ in range(PLANTED):
        row = planted(rng, several)
        try:
            store.add_codings(pd.DataFrame([row]), origin="machine", witness=WITNESS)
            accepted += 1
        except wb.CodingError as error:
            assert "1 of 1 coding with a quote that does not stand in its text" in str(error)
    assert accepted == 0
    assert store.codings() == []


def test_a_thousand_right_quotes_are_all_kept(store):
    rng, several, rows = random.Random(SEED), texts(), {}
    while len(rows) < PLANTED:
        at, start = rng.randrange(len(several)), rng.randrange(300)
        end = min(start + rng.randint(8, 30), len(several[at]))
        if end > start:
            rows[at, start, end] = {"document": str(at + 1), "start": start, "end": end,
                                    "quote": several[at][start:end], "code": "druk"}
    n = store.add_codings(pd.DataFrame(list(rows.values())), origin="machine", witness=WITNESS)
    assert n == PLANTED
    assert {(one.coder, one.origin) for one in store.codings()} == {("voorbeeld-lm", "machine")}


def test_one_wrong_quote_among_many_keeps_all_out_and_is_named(store):
    right = texts()[0][:25]
    with pytest.raises(wb.CodingError, match=r"Voorbeeld LM: 1 of 2 codings .*: row 2\. None"):
        store.add_codings(frame(("1", right, "druk"), ("1", "verzonnen", "druk")),
                          origin="machine", witness=WITNESS)
    assert store.codings() == []
    assert store.add_codings(frame(("1", right, "druk")), origin="machine", witness=WITNESS) == 1
    (one,) = store.codings()
    assert (one.start, one.end, one.quote) == (0, 25, right)


def test_codings_with_a_quote_that_is_not_there_are_no_codings():
    made = documents("veel druk")
    data = pd.DataFrame([("1", "r", 0, 4, "vele", "druk", "gpt", "machine", "accepted", "")],
                        columns=["document", "revision", "start", "end", "quote", "code", "coder",
                                 "origin", "status", "term"])
    with pytest.raises(wb.CodingError, match="does not stand there"):
        Codings(data, made, codebook(druk=[]))


def test_what_a_machine_considered_comes_in_with_its_witness(tmp_path):
    made, book = documents("veel druk", "rust"), codebook(druk=["druk"])
    hits = wb.code_by_dictionary(made, book)
    data = hits.data.assign(coder="gpt").astype({"coder": "str"})
    coded = Codings(data, made, book, hits.considered.assign(coder="gpt"))
    with CodingStore(tmp_path / "coding") as store:
        store.add_documents(made)
        assert store.add_codings(coded, origin="machine", witness=WITNESS) == 1
        assert [one.coder for one in store.considered()] == ["gpt", "gpt"]
        assert str(store.witnesses()["gpt"]).startswith("Voorbeeld LM 1.2, 2026-11-30, prompt ")
        assert store.check(book.codes) == []


@pytest.mark.parametrize(("change", "words"), [
    ({"date": ""}, "witness: date is missing"), ({"model": "x"}, "witness: model is unknown"),
    ({"prompt_sha256": "abc"}, "64 digits from 0 to f"), ({"date": "30-11-2026"}, "2026-11-30"),
])
def test_a_witness_that_says_too_little_is_refused(store, change, words):
    with pytest.raises(wb.CodingError, match=words):
        store.add_codings(frame(("1", "x", "druk")), origin="machine", witness=WITNESS | change)


def test_a_machine_without_a_witness_is_refused(store):
    with pytest.raises(wb.CodingError, match="witness: program is missing"):
        store.add_codings(frame(("1", "x", "druk")), origin="machine")
    with pytest.raises(wb.CodingError, match="need to say which one"):
        store.add("1", 0, 5, "druk", coder="gpt", origin="machine")


def test_a_machine_and_a_person_never_share_a_name(store):
    right = frame(("1", texts()[0][:25], "druk"))
    store.add_codings(right.assign(coder="gpt"), origin="machine", witness=WITNESS)
    with pytest.raises(wb.CodingError, match="gpt is a machine in this store"):
        store.add("1", 0, 5, "druk", coder="gpt")
    store.add("1", 0, 5, "druk", coder="anke")
    with pytest.raises(wb.CodingError, match="anke is a person in this store"):
        store.add_codings(right.assign(coder="anke"), origin="machine", witness=WITNESS)
    with pytest.raises(wb.CodingError, match="another witness: give its codings another coder"):
        store.add_codings(right.assign(coder="gpt"), origin="machine",
                          witness=WITNESS | {"version": "2"})


def test_a_table_of_a_machine_needs_its_columns_and_codings_are_no_documents(store):
    with pytest.raises(wb.CodingError, match="the codings of Voorbeeld LM lack quote"):
        store.add_codings(frame(("1", "x", "druk")).drop(columns="quote"), origin="machine",
                          witness=WITNESS)
    with pytest.raises(wb.CodingError, match="add_codings: takes Codings, and there is Documents"):
        store.add_codings(documents("x"))


def test_a_witness_that_was_damaged_is_named(store):
    store.add_codings(frame(("1", texts()[0][:25], "druk")), origin="machine", witness=WITNESS)
    (store.folder / "codings" / "voorbeeld-lm" / "witness.toml").write_text("program = ")
    with pytest.raises(wb.CodingError, match=r"voorbeeld-lm/witness\.toml: does not say which"):
        store.witnesses()


def test_codes_in_a_text_that_nobody_looked_through_are_named_by_check(store):
    store.add("1", 0, 5, "druk", coder="anke")
    assert store.check() == []  # nobody said of any text what was looked for: all count
    store.consider("2", ["druk"], coder="anke")
    (line,) = store.check()
    assert line.startswith("document '1', coder anke: druk given, and nobody said to have looked")
    store.consider("1", ["druk"], coder="anke")
    assert store.check() == []
