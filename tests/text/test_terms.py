"""Terms are found where a slow search by hand finds them."""

import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles.term_hits import naive_hits

from wbkit.text.byte_alphabet import folded
from wbkit.text.terms import CHUNK, TermIndex, parse_term

SHARED = Path(os.environ.get("WBKIT_SHARED", Path(__file__).parents[3] / "shared"))


def found(term, text):
    hits = TermIndex((parse_term(term),)).find([text])
    return [text[a:b] for a, b in zip(hits.start, hits.end, strict=True)]


@pytest.mark.parametrize(("term", "text", "words"), [
    ("stress*", "Stressvol, en geen restress", ["Stressvol"]),
    ("*stage*", "de stageplek en mijn eindstage", ["stageplek", "eindstage"]),
    ("druk", "druk, drukte en werkdruk", ["druk"]),
    ("veel toets*", "te veel  \n toetsen", ["veel  \n toetsen"]),
    ("geisoleerd", "ik voel me geïsoleerd.", ["geïsoleerd"]),
    ("één op één", "EEN OP EEN les", ["EEN OP EEN"]),
    ("burn-out*", "burn-out, burn‑outs, burnout en burn out", ["burn-out", "burn‑outs", "burnout",
                                                              "burn out"]),
    ("slb'er", "mijn slb’er", ["slb’er"]),
    ("leerba*n*", "leerbaan en leerbanen", ["leerbaan", "leerbanen"]),
    ("*verve*l*", "ik verveelde me, vervelend", ["verveelde", "vervelend"]),
    ("wijs*", "jij bent ĳdel en wĳs", ["wĳs"]),
    ("straße", "in de Strasse, straße", ["Strasse", "straße"]),
    ("over*", "over\u00adbelast 😀 overal", ["over\u00adbelast", "overal"]),
    ("zin", "zinloos zin_ zin2 zin", ["zin", "zin"]),
    ("geen* zin", "geen zin", ["geen zin"]),
    ("heel heel", "heel heel heel", ["heel heel", "heel heel"]),
    ("een*", "e\u0301e\u0301n", ["e\u0301e\u0301n"]),
])
def test_a_term_is_found_as_whole_words(term, text, words):
    assert found(term, text) == words


@pytest.mark.parametrize(("term", "words"), [
    ("", "holds no letter"), ("*", "holds no letter"), ("--", "holds no letter"),
    ("veel *", "a * that stands alone"), ("x" * 101, "Make it shorter"),
    ("a*b*c*d*e*f*g*h", "Make it shorter"),
])
def test_a_term_that_would_find_everything_is_refused(term, words):
    with pytest.raises(ValueError, match=words.replace("*", r"\*")):
        parse_term(term)


def random_answer(rng, pieces):
    signs = [" ", " ", " ", "  ", ", ", ". ", "-", "\n", "’", "", " ï", " ß ", "\u00ad", " 😀 "]
    return "".join(rng.choice(pieces) + rng.choice(signs) for _ in range(rng.randint(0, 12)))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared Dutch texts are not beside this folder")
def test_ten_thousand_random_answers_give_the_hits_of_a_slow_search():
    words = json.loads((SHARED / "dutchtext" / "wildcard_terms.json").read_text("utf-8"))["terms"]
    terms = [term for several in words.values() for term in several]
    terms += ["leerba*n*", "*verve*l*", "veel *t* toets*", "één op één", "slb'er", "e-mail*"]
    rng = random.Random(7)
    pieces = [part for term in terms for part in term.replace("*", "e").split()]
    pieces += ["Veel", "TE", "geen", "één", "slb'er", "vervelend", "leerbaan", "s", "x"]
    answers = [random_answer(rng, pieces) for _ in range(10_000)]
    hits = TermIndex(tuple(map(parse_term, terms))).find(answers)
    fast = set(zip(hits.text.tolist(), hits.start.tolist(), hits.end.tolist(),
                   hits.term.tolist(), strict=True))
    sample = rng.sample(range(len(terms)), 40) + list(range(len(terms) - 6, len(terms)))
    slow = {(at, *span, which) for which in set(sample) for at, answer in enumerate(answers)
            for span in naive_hits(answer, terms[which])}
    assert slow
    assert {hit for hit in fast if hit[3] in set(sample)} == slow


@given(st.lists(st.text(alphabet="ab -ßéĳ\n'’.*😀\u0301", max_size=12), max_size=5),
       st.sampled_from(["a", "a*", "*a", "*b*", "a b", "a-b", "e*", "a*b", "ss", "*ij*", "a'b"]))
def test_any_text_gives_the_hits_of_a_slow_search(several, term):
    hits = TermIndex((parse_term(term),)).find(several)
    fast = set(zip(hits.text.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True))
    assert fast == {(at, *span) for at, text in enumerate(several)
                    for span in naive_hits(text, term)}


def test_texts_beyond_one_part_keep_their_number():
    several = ["x" * (CHUNK // 2), "druk", "y" * CHUNK, "niet druk", "druk"]
    hits = TermIndex((parse_term("druk"),)).find(several)
    assert (hits.text.tolist(), hits.start.tolist()) == ([1, 3, 4], [0, 5, 0])


def test_terms_in_order_of_text_and_place():
    hits = TermIndex((parse_term("b"), parse_term("a"))).find(["a b a", "b"])
    assert (hits.text.tolist(), hits.start.tolist()) == ([0, 0, 0, 1], [0, 2, 4, 0])


def test_folding_keeps_letters_of_other_scripts():
    assert folded("Ünïted ÇAĞ æøŁ") == "united cag aeol"
