"""The words of Dutch, by which a name in small letters is told from a word.

From the dictionary of OpenTaal (BSD-3-Clause, see dutch_words.LICENSE), made by
``tools/dutch_words.py``: 135,000 words that are no compound of two others, with their inflections,
and 55,000 names of people, places and makes.
"""

import gzip
from collections.abc import Set
from functools import cache, lru_cache
from pathlib import Path

WORDS = Path(__file__).with_name("dutch_words.gz")
SHORTEST = 3  # letters of a part of a compound
SHORT_PARTS = frozenset(("af", "op", "in", "om", "na", "be", "ge", "on"))  # parts of two letters
STRESSED = str.maketrans("áéíóúàèìòù", "aeiouaeiou")
TYPING = 5  # letters from which on a word with one letter wrong is taken for that word


def is_word(word: str) -> bool:
    """Whether something in small letters is a word of Dutch, or a compound of two."""
    words, __ = _read_words()
    plain = word.translate(STRESSED)
    return word in words or plain in words or bool(parts(plain, words))


def is_listed(word: str) -> bool:
    """Whether something in small letters is a word of the dictionary itself, and no compound."""
    return word in _read_words()[0]


def is_proper(word: str) -> bool:
    """Whether something in small letters is known as a name only: of a person, place or make."""
    words, names = _read_words()
    adjective = word.endswith(("s", "se")) and f"{word.removesuffix('e')}e" in names
    return word in names and word not in words and not adjective


def parts(word: str, words: Set[str]) -> tuple[str, str] | None:
    """Split a compound into a word and what is a word or a compound, with or without an s."""
    for at in range(2, len(word) - SHORTEST + 1):
        first, second = word[:at], word[at:]
        begins = first in SHORT_PARTS if at < SHORTEST else (
            first in words or f"{first}-" in words or first[-1] == "s" and first[:-1] in words)
        if begins and (second in words or parts(second, words)):
            return first, second
    return None


@lru_cache(maxsize=65_536)
def is_mistyped(word: str) -> bool:
    """Whether one letter added, left out, exchanged or changed makes a word of this."""
    if len(word) < TYPING:
        return False
    letters = "abcdefghijklmnopqrstuvwxyz"
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {first + second[1:] for first, second in splits if second}
    near |= {first + second[1] + second[0] + second[2:] for first, second in splits
             if len(second) > 1}
    near |= {first + letter + second[1:] for first, second in splits for letter in letters}
    near |= {first + letter + second for first, second in splits for letter in letters}
    return not near.isdisjoint(_read_words()[0])


@cache
def _read_words() -> tuple[frozenset[str], frozenset[str]]:
    words, __, names = gzip.decompress(WORDS.read_bytes()).decode().partition("\n\n")
    return frozenset(words.split("\n")), frozenset(names.split("\n"))
