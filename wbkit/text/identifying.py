"""What can point to a person in a text: forms, words around it, lists, and the names of a project.

What stands in its place is written between square brackets, so that a reader sees that it was
replaced [1]_ and nobody takes it for a name again.

References
----------
.. [1] UK Data Service. Anonymising qualitative data: "identify replacements in text clearly, for
   example with [brackets]".
"""

import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from wbkit.text.identifying_names import names_in
from wbkit.text.identifying_numbers import (
    CERTAIN,
    MONTHS,
    Hit,
    numbers_in,
    without_overlap,
)
from wbkit.text.name_columns import NameParts
from wbkit.text.name_words import (
    PARTICLES,
    Token,
    bare_letters,
    misspelt,
    read_lists,
    tokens_of,
)
from wbkit.text.person_names import ORDINARY_WORDS

KINDS = ("NAAM", "PLAATS", "SCHOOL", "ORG", "ADRES", "POSTCODE", "TEL", "EMAIL", "URL", "DATUM",
         "STUDNR", "BSN", "IBAN", "KENTEKEN")
BARE_MARKS = {  # Dutch, as the texts are, in every language
    "NAAM": "naam", "PLAATS": "plaats", "SCHOOL": "school", "ORG": "organisatie",
    "ADRES": "adres", "POSTCODE": "postcode", "TEL": "telefoonnummer", "EMAIL": "e-mailadres",
    "URL": "link", "DATUM": "datum", "STUDNR": "studentnummer", "BSN": "bsn",
    "IBAN": "rekeningnummer", "KENTEKEN": "kenteken"}
# Syllables of pseudonyms: names of nobody we know of, neither of men nor of women.
FIRST = ("Al", "Ber", "Cor", "Dal", "Fen", "Gri", "Hal", "Il", "Jor", "Kal", "Ler", "Mir", "Nor",
         "Or", "Pal", "Quin", "Rin", "Sal", "Tel", "Ul", "Var", "Wil", "Yor", "Zel")
SECOND = ("ba", "da", "do", "fi", "ka", "la", "lin", "ma", "mo", "na", "ra", "rin", "sa", "so",
          "ta", "tan", "va", "vi", "wi", "zo")
LAST = (("Bree", "Dorn", "Elm", "Gaas", "Heem", "Iep", "Kleu", "Laar", "Meid", "Olm", "Rave",
         "Sche", "Til", "Vlin", "Wold", "Zomp"),
        ("berg", "dal", "kamp", "meer", "stra", "veld", "voort", "wold"))
REAL = frozenset((  # pairs of these that people or places are called: no pseudonyms
    "Alba", "Alda", "Aldo", "Alka", "Alla", "Alma", "Almo", "Alta", "Altan", "Alva", "Alvi",
    "Alwi", "Berka", "Berlin", "Berna", "Berta", "Bertan", "Corba", "Corda", "Corla", "Corra",
    "Corrin", "Corsa", "Dalba", "Dalda", "Dalla", "Dalma", "Dalva", "Dalvi", "Fenna", "Grima",
    "Grita", "Halda", "Halla", "Halma", "Ilda", "Ilka", "Illa", "Ilma", "Ilta", "Iltan", "Ilva",
    "Jorda", "Jorma", "Jorna", "Kalla", "Kalma", "Mirka", "Mirla", "Mirna", "Mirra", "Mirta",
    "Mirva", "Norda", "Norma", "Norna", "Norra", "Nortan", "Orla", "Orlin", "Orna", "Orsa",
    "Orso", "Palma", "Quinta", "Rinda", "Rinta", "Salka", "Salla", "Salma", "Salva", "Salvi",
    "Tella", "Telma", "Ulla", "Ulma", "Ulvi", "Varda", "Varma", "Vartan", "Wilda", "Wilka",
    "Willa", "Wilma", "Wilmo", "Wilna", "Yorda", "Zelda", "Zella", "Zelma",
    "Breekamp", "Breeveld", "Breevoort", "Dornberg", "Elmberg", "Heemstra", "Tilstra",
    "Woldberg"))
NO_REAL = rf"(?!(?:{'|'.join(sorted(REAL))})\b)"
GIVEN = rf"{NO_REAL}(?:{'|'.join(FIRST)})(?:{'|'.join(SECOND)})"
FAMILY = rf"{NO_REAL}(?:{'|'.join(LAST[0])})(?:{'|'.join(LAST[1])})"
REPLACED = re.compile(
    rf"\[(?:{'|'.join(BARE_MARKS.values())}|(?:(?:plaats|school|organisatie) )?{GIVEN}(?: \d+)?"
    rf"|(?:{GIVEN}(?: \d+)? )?{FAMILY}(?: \d+)?"
    rf"|(?:{'|'.join(MONTHS)})(?: (?:19|20)\d\d)?|(?:19|20)\d\d)\]")
GLUED = 6  # letters of a name without its spaces that is no other word
MOST_SIGNS = 200  # of a line of the list of names


@dataclass(frozen=True)
class KnownNames:
    """The names of a project: of its class lists, teachers, places and schools.

    Parameters
    ----------
    names
        Name = kind, as in `KINDS`. They are found in any case, in the genitive, in part ("Petra"
        of "Petra van den Berg") and, from six letters on, with one letter wrong.
    exact
        Names among them that are found only as they are written.
    columns
        Parts of names that stand in columns of the data. These count where they are written as
        names: not "wil" of "Wil de Jong" in small letters.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    exact: frozenset[str] = frozenset()
    columns: NameParts = NameParts()

    @classmethod
    def of(cls, names: Iterable[str] | Mapping[str, str]) -> "KnownNames":
        """Take names as people, where no kind is given."""
        if not isinstance(names, Mapping):
            names = dict.fromkeys(names, "NAAM")
        return cls({name.strip(): kind for name, kind in names.items() if name.strip()})

    def __or__(self, other: "KnownNames") -> "KnownNames":
        """Return the names of both; the kind of a name in both is that of `other`."""
        return KnownNames({**self.names, **other.names}, self.exact | other.exact,
                          self.columns | other.columns)

    @cached_property
    def phrases(self) -> dict[tuple[str, ...], str]:
        """Words in small letters = kind: whole names, and the parts of the names of people."""
        found: dict[tuple[str, ...], str] = {}
        for name, kind in self.names.items():
            words = tuple(bare_letters(one.plain) for one in tokens_of(name))
            if words:
                found.setdefault(words, kind)
            if kind == "NAAM":
                for form in _forms_of(words):
                    found.setdefault(form, kind)
        return found

    @cached_property
    def whole(self) -> frozenset[str]:
        """Names of one word, and first names: these count in any case, whatever else they mean."""
        return frozenset(bare_letters(tokens_of(name)[0].plain) for name in self.names
                         if tokens_of(name))

    @cached_property
    def longest(self) -> int:
        """The number of words of the longest name."""
        return max(map(len, self.phrases), default=0)

    @cached_property
    def single(self) -> dict[str, str]:
        """Words that are known again with one letter wrong = kind."""
        found = KnownNames({name: kind for name, kind in self.names.items()
                            if name not in self.exact}) if self.exact else self
        return {words[0]: kind for words, kind in found.phrases.items() if len(words) == 1}

    def hits(self, text: str) -> list[Hit]:
        """Return where the names stand in a text, also with signs in them: **K**im, K i m."""
        if not self.phrases:
            return self.columns.hits(text)
        found = self._hits(text)
        if not any(form.search(text) for form in (ENTITY, UNSEEN, EMPHASIS, SPACED)):
            return found
        signs = _bare_signs(text)
        inside = self._hits("".join(sign for sign, _, _ in signs))
        return _joined([*found, *(
            Hit(signs[one.start][1], signs[one.end - 1][2], one.kind, one.reason)
            for one in inside)])

    def _hits(self, text: str) -> list[Hit]:
        """Return where the names stand as they are written."""
        tokens, found, at = tokens_of(text), [], 0
        words = {bare_letters(one.plain) for one in tokens}
        like = misspelt({one for one in words if (one,) not in self.phrases}, self.single)
        near = {word: self.single[name] for word, name in like.items()}
        while at < len(tokens):
            hit, following = self._at(tokens, at, near)
            found += [hit] if hit else []
            at = following
        return _joined([*found, *self.columns.hits(text)])

    def _at(
        self, tokens: list[Token], at: int, near: Mapping[str, str]
    ) -> tuple[Hit | None, int]:
        for length in range(min(self.longest, len(tokens) - at), 0, -1):
            part = tokens[at:at + length]
            words, end = tuple(bare_letters(one.plain) for one in part), part[-1].last
            kind = self.phrases.get(words)
            if kind is None and len(words[-1]) > 3 and words[-1].endswith("s"):
                kind, end = self.phrases.get((*words[:-1], words[-1][:-1])), end - 1
            titled = at > 0 and tokens[at - 1].plain in read_lists().titles
            if kind and (length > 1 or titled or self._counts(part[0])):
                return Hit(part[0].start, end, kind, "project"), at + length
        one = tokens[at]
        if bare_letters(one.plain) in near:
            return Hit(one.start, one.last, near[bare_letters(one.plain)], "near"), at + 1
        return None, at + 1

    def _counts(self, one: Token) -> bool:
        """Whether a surname that is a word too ("lange") is written here as a name."""
        known = read_lists()
        word = bare_letters(one.plain)
        plain = word.removesuffix("s") if word.removesuffix("s") in self.whole else word
        ordinary = plain in known.common | known.words_too | ORDINARY_WORDS
        return one.capital or plain in self.whole or not ordinary


def _forms_of(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield how else a person's name is written: in part, k. bos, jan willem, kimbos, kim-bos."""
    if len(words) > 1:
        yield from ((word,) for word in words if len(word) > 2 and word not in PARTICLES)
        yield (words[0][0], *words[1:])
        for sign in ("", "-"):
            if len("".join(words)) >= GLUED:
                yield (sign.join(words),)
    if "-" in words[0]:
        yield (*words[0].split("-"), *words[1:])
        yield tuple(words[0].split("-"))


def _bare_signs(text: str) -> list[tuple[str, int, int]]:
    """Return a text without what hides a name: each sign, and the passage it stands for.

    Signs that nobody sees and emphasis go, s p a c e s between letters too; K&#105;m is Kim.
    """
    new = {one.span(): html.unescape(one[0]) for one in ENTITY.finditer(text)}
    new |= {one.span(): "" for form in (UNSEEN, EMPHASIS) for one in form.finditer(text)}
    new |= {(at, at + 1): "" for one in SPACED.finditer(text)
            for at in range(one.start() + 1, one.end(), 2)}
    signs, at = [], 0
    for start, end in sorted(new):
        signs += [(text[place], place, place + 1) for place in range(at, start)]
        signs += [(sign, start, end) for sign in new[start, end]]
        at = max(at, end)
    return signs + [(text[place], place, place + 1) for place in range(at, len(text))]


NOBODY, NO_PARTS = KnownNames(), NameParts()
UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
EMPHASIS = re.compile(r"(?<=\w)[*_~]{1,3}(?=\w)|[*_~]{2,3}")
SPACED = re.compile(r"(?<!\w)(?:\w ){2,}\w(?!\w)")  # K i m
ENTITY = re.compile(r"&(?:#\d{1,6}|#x[\da-f]{1,5}|[a-z]{2,8});", re.IGNORECASE)


def identifiers_in(text: str, known: KnownNames = NOBODY) -> list[Hit]:
    """Return what can point to a person in a text, by place; nothing overlaps.

    Gives passages of `KINDS`, each with the reason. Pseudonyms of wbkit between brackets are none;
    another name between brackets is a passage with its brackets.
    """
    bare = REPLACED.sub(lambda one: " " * len(one[0]), text)
    numbers = numbers_in(bare)
    named = [one for one in (*known.hits(bare), *names_in(bare))
             if all(one.end <= other.start or one.start >= other.end for other in numbers)]
    return [_with_brackets(one, text) for one in sorted([*numbers, *_joined(named)])]


def _with_brackets(hit: Hit, text: str) -> Hit:
    """Take the brackets along: "[Sanne]" is another word than Sanne, perhaps a pseudonym."""
    inside = text[max(hit.start - 1, 0):hit.start] == "[" and text[hit.end:hit.end + 1] == "]"
    return Hit(hit.start - 1, hit.end + 1, hit.kind, hit.reason) if inside else hit


def key_of(words: str) -> str:
    """Return the form in which a word is one word, whatever its case and spaces."""
    return " ".join(words.replace("’", "'").casefold().split())


def pointing(text: str, safe: Collection[str] = ()) -> list[Hit]:
    """Return what can point to a person in a text, but for words that a person decided to keep.

    `safe` are words as `key_of` returns them; with their brackets ("[sanne]") these are
    pseudonyms, and safe between brackets only.
    """
    found = []
    for hit in identifiers_in(text):
        key = key_of(text[hit.start:hit.end])
        if key not in safe and key.strip("[]") not in safe:
            found.append(hit)
    return found


def certain_in(
    text: str, names: NameParts = NO_PARTS, own: re.Pattern[str] | None = None
) -> list[Hit]:
    """Return what points to a person whatever a person decides, by place; nothing overlaps.

    Numbers and addresses by their form, `names` of the columns as they are written, and `own`
    numbers of the school.
    """
    bare = REPLACED.sub(lambda one: " " * len(one[0]), text)
    found = numbers_in(bare, CERTAIN)
    declared = [Hit(*one.span(), "STUDNR", "form") for one in own.finditer(bare)] if own else []
    for hits in (declared, names.exact(bare)):
        found += [hit for hit in hits if all(
            hit.end <= one.start or hit.start >= one.end for one in found)]
    return sorted(found)


def with_marks(text: str, hits: Iterable[Hit]) -> str:
    """Return a text with a mark in the place of each passage."""
    for one in sorted(hits, reverse=True):
        text = f"{text[:one.start]}[{BARE_MARKS[one.kind]}]{text[one.end:]}"
    return text


def _joined(hits: Iterable[Hit]) -> list[Hit]:
    """Return names without overlap: the longest of those that do, of equal ones the project's."""
    first = ("project", "near")
    chosen: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start - one.end, one.reason not in first,
                                             one.start)):
        if all(hit.end <= one.start or hit.start >= one.end for one in chosen):
            chosen.append(hit)
    return without_overlap(chosen)
