"""Dictionary terms with wildcards, and every place where they stand in many texts."""

import itertools
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from wbkit.messages import _
from wbkit.text.byte_alphabet import MOST_SIGNS, Alphabet, Coded, folded, is_letter

CHUNK = 500_000  # characters that are searched at once, so that the arrays stay in the cache
THREADS = 2  # the search and most of numpy let another thread work meanwhile
LONGEST, MOST_STARS, MOST_HYPHENS = 100, 6, 3
HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
NEGATING = ("geen", "niet", "nooit", "zonder", "nauwelijks", "amper", "niks", "niets", "noch",
            "nergens", "niemand")
NOT_NEGATING = ("niet alleen", "niet enkel", "niet slechts")
# A clause also ends where one of these begins another one: "niet leuk maar wel stress".
JOINING = ("maar", "want", "omdat", "doordat", "zodat", "waardoor", "terwijl", "dus", "hoewel",
           "als", "toen", "wanneer", "dat")
WORDS = (*NEGATING, *NOT_NEGATING, *JOINING)


@dataclass(frozen=True)
class Term:
    """A term as it is searched: literal parts, with any letters of one word between them.

    Parameters
    ----------
    parts
        Folded; spaces and hyphens as in the term.
    before, after
        Whether any letters of the same word may stand before the first part, after the last.
    """

    parts: tuple[str, ...]
    before: bool = False
    after: bool = False


@dataclass(frozen=True)
class Hits:
    """Every place of every term: four arrays of the same length, in order of text and place.

    Parameters
    ----------
    text, term
        Which text and which term, counted from 0.
    start, end
        Where in the text, half-open, in code points; whole words.
    clause
        Number of the clause in which the hit starts; the same number is the same clause.
    """

    text: np.ndarray
    start: np.ndarray
    end: np.ndarray
    term: np.ndarray
    clause: np.ndarray

    def where(self, mask: np.ndarray) -> "Hits":
        """Return the hits for which `mask` is true."""
        return Hits(*(getattr(self, name)[mask] for name in self.__dataclass_fields__))


def _variants(term: Term) -> list[Term]:
    """Write each hyphen within a word as a hyphen, a space and nothing: burn-out, burnout."""
    pieces = [HYPHEN.split(part) for part in term.parts]
    if sum(map(len, pieces)) - len(pieces) > MOST_HYPHENS:
        return [term]
    written = [[_joined(part, signs) for signs in itertools.product("- ", repeat=len(part) - 1)]
               + ([_joined(part, ("",) * (len(part) - 1))] if len(part) > 1 else [])
               for part in pieces]
    return [Term(parts, term.before, term.after) for parts in itertools.product(*written)]


@dataclass(frozen=True)
class TermIndex:
    """Terms, ready to be searched.

    Parameters
    ----------
    terms
        As `parse_term` returns them; a hyphen in one also stands for a space or for nothing.
    """

    terms: tuple[Term, ...]
    _searches: tuple["_Search", ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        variants = [(at, one) for at, term in enumerate(self.terms) for one in _variants(term)]
        object.__setattr__(self, "_searches", tuple(map(_Search, _divided(variants))))

    def find(self, texts: Sequence[str]) -> Hits:
        """Find every term in every text."""
        parts = [self._find(texts, search) for search in self._searches]
        if len(parts) == 1:
            return parts[0]
        names = Hits.__dataclass_fields__
        both = Hits(*(np.concatenate([getattr(one, name) for one in parts]) for name in names))
        return both.where(np.lexsort((both.term, both.start, both.text)))

    @staticmethod
    def _find(texts: Sequence[str], search: "_Search") -> Hits:
        found, clauses = [], 0
        chunks = list(_chunks(texts))
        with ThreadPoolExecutor(THREADS) as pool:
            searched = pool.map(search.chunk, [chunk for _, chunk in chunks])
            for (first, _), (hits, more) in zip(chunks, searched, strict=True):
                found.append(Hits(hits.text + np.int32(first), hits.start, hits.end, hits.term,
                                  hits.clause + clauses))
                clauses += more
        names = Hits.__dataclass_fields__
        empty = np.zeros(0, dtype=np.int32)
        return Hits(*(np.concatenate([empty, *(getattr(one, name) for one in found)])
                      for name in names))


def _divided(variants: Sequence[tuple[int, Term]]) -> list[list[tuple[int, Term]]]:
    """Divide terms over searches, so that each has a byte for all of its characters."""
    parts: list[list[tuple[int, Term]]] = [[]]
    signs: set[str] = set()
    for one in variants:
        own = set("".join(one[1].parts)) - {" "}
        if len(signs | own) > MOST_SIGNS:
            parts, signs = [*parts, []], set()
        parts[-1].append(one)
        signs |= own
    return parts


class _Search:
    """What a chunk of texts is searched with."""

    def __init__(self, variants: Sequence[tuple[int, Term]]) -> None:
        from ahocorasick_rs import (  # noqa: PLC0415 - only a search
            BytesAhoCorasick,
            Implementation,
            MatchKind,
        )

        alphabet = Alphabet(part for _, term in variants for part in term.parts)
        self.alphabet = alphabet
        self.before = np.array([term.before for _, term in variants], dtype=bool)
        self.after = np.array([term.after for _, term in variants], dtype=bool)
        self.whole = np.array([len(term.parts) == 1 for _, term in variants], dtype=bool)
        self.term = np.array([at for at, _ in variants], dtype=np.int32)
        cores = [alphabet.bytes_of(max(term.parts, key=len)) for _, term in variants]
        self.cores = list(dict.fromkeys(cores))
        place = {core: at for at, core in enumerate(self.cores)}
        order = np.array([place[core] for core in cores], dtype=np.int32)
        self.by_core = np.argsort(order, kind="stable").astype(np.int32)
        self.count = np.bincount(order, minlength=len(self.cores))
        self.first = np.cumsum(self.count) - self.count
        self.automaton = BytesAhoCorasick(
            self.cores, matchkind=MatchKind.Standard, implementation=Implementation.DFA)
        self.patterns = {at: _pattern(term, alphabet) for at, (_, term) in enumerate(variants)
                         if len(term.parts) > 1}

    def chunk(self, texts: Sequence[str]) -> tuple[Hits, int]:
        """Return the hits in some texts and the number of clauses."""
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
        starts = np.cumsum(lengths) - lengths + 1
        coded = self.alphabet.encode("\0" + "\0".join(texts) + "\0")
        start, end, variant = self._candidates(coded)
        start, end, variant = self._on_edges(coded, start, end, variant)
        term = self.term[variant]
        _, once = np.unique(start * np.int64(len(self.term)) + term, return_index=True)
        start, end = (coded.places(one[once]) for one in (start, end))
        text = np.searchsorted(starts, start, side="right") - 1
        clause = np.searchsorted(coded.clauses, start)
        shift = starts[text]
        return Hits(*(one.astype(np.int32) for one in (text, start - shift, end - shift)),
                    term[once], clause), len(coded.clauses) + 1

    def _candidates(self, coded: Coded) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return start, end and variant wherever the longest part of a term stands."""
        found = self.automaton.find_matches_as_indexes(coded.codes.tobytes(), overlapping=True)
        flat = np.fromiter(itertools.chain.from_iterable(found), dtype=np.int64,
                           count=3 * len(found))
        core, start, end = flat[0::3], flat[1::3], flat[2::3]
        times = self.count[core]
        row = np.repeat(np.arange(len(core)), times)
        nth = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
        return start[row], end[row], self.by_core[self.first[core[row]] + nth]

    def _on_edges(
        self, coded: Coded, start: np.ndarray, end: np.ndarray, variant: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Keep what begins and ends at the edge of a word, as far as the term asks for it."""
        letters = np.frombuffer(
            coded.codes.tobytes().translate(self.alphabet.letters.tobytes()), dtype=bool)
        whole = self.whole[variant]
        fits = whole & (self.before[variant] | ~letters[start - 1])
        fits &= self.after[variant] | ~letters[end]
        pieces = [_widened(~letters, start[fits], end[fits], self.before[variant[fits]],
                           self.after[variant[fits]]) + (variant[fits],)]
        pieces += [self._by_pattern(coded, at, start[variant == at])
                   for at in np.unique(variant[~whole]).tolist()]
        return tuple(np.concatenate(column) for column in zip(*pieces, strict=True))

    def _by_pattern(
        self, coded: Coded, variant: int, places: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Look for a term of several parts in the texts that hold the longest one."""
        separators = np.flatnonzero(coded.codes == 0)
        content = coded.codes.tobytes()
        found = [match.span(1)
                 for at in np.unique(np.searchsorted(separators, places)).tolist()
                 for match in self.patterns[variant].finditer(
                     content, int(separators[at - 1]), int(separators[at]) + 1)]
        spans = np.array(found, dtype=np.int64).reshape(-1, 2)
        return spans[:, 0], spans[:, 1], np.full(len(spans), variant, dtype=np.int32)


def parse_term(text: str) -> Term:
    """Read a term such as ``stress*``, ``*stage*`` or ``veel toets*``."""
    words = re.sub(r"\*+", "*", folded(text)).split()
    if not words or not any(map(is_letter, folded(text))):
        raise ValueError(_(
            "the term {term!r} holds no letter. Write a word, as in stress*.",
            term=text[:40]))
    if "*" in words:
        raise ValueError(_(
            "the term {term!r} has a * that stands alone. Join it to the letters of a word, as in "
            "veel toets*.",
            term=text[:40]))
    plain = " ".join(words)
    if len(plain) > LONGEST or plain.count("*") > MOST_STARS:
        raise ValueError(_(
            "the term {term!r}… has {n} characters and {stars} times *; at most {longest} and "
            "{most}. Make it shorter.",
            term=text[:40], n=len(plain), stars=plain.count("*"), longest=LONGEST,
            most=MOST_STARS))
    parts = tuple(part for part in plain.split("*") if part)
    return Term(parts, plain.startswith("*"), plain.endswith("*"))


def _joined(pieces: Sequence[str], signs: Sequence[str]) -> str:
    return "".join(map("".join, zip(pieces, (*signs, ""), strict=True)))


def _chunks(texts: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Divide the texts into parts of about as many characters."""
    size = np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1)
    part = size // CHUNK
    edges = [*np.flatnonzero(np.diff(part, prepend=-1)).tolist(), len(texts)]
    for first, last in itertools.pairwise(edges):
        yield first, texts[first:last]


def _pattern(term: Term, alphabet: Alphabet) -> re.Pattern[bytes]:
    """Return the term as a pattern over bytes; each part is taken at its first place."""
    signs = (re.escape(bytes([at])) for at in np.flatnonzero(alphabet.letters).tolist())
    letters = b"[" + b"".join(signs) + b"]"
    parts = [re.escape(alphabet.bytes_of(part)) for part in term.parts]
    body = (b"(?>" + letters + b"*?" + parts[0] + b")") if term.before else parts[0]
    body += b"".join(b"(?>" + letters + b"*?" + part + b")" for part in parts[1:-1])
    body += letters + b"*" + parts[-1] + (letters + b"*" if term.after else b"")
    return re.compile(b"(?<!" + letters + b")(?=(" + body + b")(?!" + letters + b"))")


def _widened(
    edges: np.ndarray, start: np.ndarray, end: np.ndarray, before: np.ndarray, after: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Carry the hits of a term with ``*`` to the edges of their words."""
    places = np.flatnonzero(edges)
    start, end = start.copy(), end.copy()
    start[before] = places[np.searchsorted(places, start[before]) - 1] + 1
    end[after] = places[np.searchsorted(places, end[after])]
    return start, end


def negated(hits: Hits, words: Hits) -> np.ndarray:
    """Say for each hit whether a negating word stands in its clause, before or after it."""
    kinds = np.repeat([0, 1, 2], [len(NEGATING), len(NOT_NEGATING), len(JOINING)])[words.term]
    joints = np.sort(_places(words)[kinds == 2])
    only = np.isin(_places(words), _places(words)[kinds == 1])
    negating = words.where((kinds == 0) & ~only)
    return np.isin(_clauses(hits, joints), _clauses(negating, joints))


def _places(hits: Hits) -> np.ndarray:
    return hits.text.astype(np.int64) << 32 | hits.start


def _clauses(hits: Hits, joints: np.ndarray) -> np.ndarray:
    """Return the number of the clause, counted on at every joining word."""
    return hits.clause.astype(np.int64) + np.searchsorted(joints, _places(hits), side="right")
