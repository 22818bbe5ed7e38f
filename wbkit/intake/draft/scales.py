"""The order of answers: scales in words, bands of numbers, answers with their codes."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from wbkit.intake.draft.refusals import refusals_in_words
from wbkit.text.bands import in_order, intervals
from wbkit.text.normalise import tidy

MARKS = re.compile(r"[^\w\s]|_")
CODE = re.compile(r"[(\[]?(?P<code>\d{1,2})[)\]]?(?:\s*[-=.:)–—]+\s*|\s+|(?<=[)\]])|\s*(?=[(\[]))"
                  r"(?P<words>\D.*)")
CODE_BEHIND = re.compile(r"(?P<words>.*[^\d\W])_?[\s=:–—-]*[(\[]?(?P<code>\d{1,2})[)\]]?")
IN_BRACKETS = re.compile(r"\s*[(\[](?P<words>[^()\[\]]*)[)\]]\s*")
ENDING = re.compile(r"(?<=\w{3})e\b")
YES_OR_NO = re.compile(r"(?i)^(?:ja|nee|yes|no)\b[,:;-]?\s+(?=\w)")
OR_MORE = re.compile(r"(?i)(?P<words>.*\w)\s*"
                     r"(?:\+|\s(?:of|or|en|and)\s"
                     r"(?:hoger|higher|above|meer|more|up|vaker|later|langer|ouder|older))")
OR_LESS = re.compile(r"(?i)(?P<words>.*\w)\s(?:of|or|en|and)\s(?:lager|lower|below|minder|less)")
BESIDE = 0.1  # "or higher" comes just behind
PARTS = re.compile(r"\s*/\s*|\s*,\s*|\s+(?:of|or|en|and)\s+")
LEAST_OF_SCALE = 3  # answers of a scale that must be there before another answer is set beside it
CACHED = 20_000  # answers: those of one draft are asked for many times
SHORT = 4  # letters under which a word has no ending
LONGEST_CODE = 9  # digits: more is no step, and Python reads no number of 5,000
STEM = 5  # letters that "describes" and "describe" share
NEGATIONS = ("on", "un", "in", "im", "ir", "dis", "non")
LONG, LONGER = 5, 12  # letters from which one and two may be wrong
NUMBERED = {"nl": "genummerd", "en": "numbered"}
BANDS = {"nl": "laag naar hoog", "en": "low to high"}


@dataclass(frozen=True)
class Scale:
    """A scale that the answers follow.

    Parameters
    ----------
    name
        Its words, by language.
    kind
        ``ordinal``, or ``nominal`` for yes and no.
    values
        The answers in order.
    beside
        Answers that are no step of it.
    agree, neutral
        Answers that count as "agree", and the middle one.
    """

    name: dict[str, str]
    kind: str
    values: tuple[str, ...]
    beside: tuple[str, ...] = ()
    agree: tuple[str, ...] = ()
    neutral: str | None = None


@dataclass(frozen=True)
class Family:
    """A scale of scales.toml, with the place of everything that one can answer on it.

    Parameters
    ----------
    name
        Its words, by language.
    entry
        What the file says of it.
    """

    name: dict[str, str]
    entry: Mapping[str, Any]

    @cached_property
    def places(self) -> dict[str, float]:
        """The place of each answer; what the entry says itself goes before what is made."""
        entry, book = self.entry, read_book()
        own = [(float(place), words) for place, *words in entry.get("at", ())]
        own += [(float(place), ways) for place, ways in enumerate(entry.get("steps", ()))]
        places: dict[str, float] = {}
        for words, place in (*((word, place) for place, ways in own for word in ways),
                             *_counted(entry, book), *_degrees(entry, book)):
            places.setdefault(plain_words(words), place)
        return places

    @cached_property
    def hints(self) -> tuple[str, ...]:
        """Words of which one stands in every list that fits; empty where that is not known."""
        poles = (*self.entry.get("low", ()), *self.entry.get("high", ()))
        others = (word for _, *ways in self.entry.get("at", ()) for word in ways)
        known = poles and not self.entry.get("alone")
        return tuple(map(plain_words, (*poles, *others))) if known else ()

    def may_fit(self, words: str) -> bool:
        """Whether all the places are worth making: one word of it, or both of a pair, is there."""
        found = [hint in words for hint in self.hints]
        return all(found) if self.entry.get("is_pair") or not found else any(found)

    def place(self, words: str) -> float | None:
        """Return the place of an answer, also of "havo/vwo" and of "master's or higher"."""
        found = self._known(words)
        if found is not None:
            return found
        for pattern, step in ((OR_MORE, BESIDE), (OR_LESS, -BESIDE)):
            open_end = pattern.fullmatch(words)
            place = self._known(open_end["words"]) if open_end else None
            if place is not None:
                return place + step
        parts = PARTS.split(words)
        head = words.split()[0] if words else ""  # "vmbo basis/kader" is said of vmbo twice
        known = [place for part in parts if (place := self._known(part)) is not None
                 or (place := self._known(f"{head} {part}")) is not None]
        return sum(known) / len(known) if 1 < len(parts) == len(known) else None

    def _known(self, words: str) -> float | None:
        key = self._key(words)
        forms = (plain_words(words), key, ENDING.sub("", key))  # "goede" is said of "sfeer"
        return next((self.places[form] for form in forms if form in self.places), None)

    def resembling(self, words: str) -> float | None:
        """Return the place of the step that was misspelt, when it can be only one."""
        from rapidfuzz import process  # noqa: PLC0415 - few answers are misspelt
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        key = self._key(words)
        wrong = (len(key) >= LONG) + (len(key) >= LONGER)
        near = process.extract(key, [one for one in self.places if len(one) >= LONG],
                               scorer=OSA.distance, score_cutoff=wrong, limit=None) if wrong else []
        places = {self.places[one] for one, distance, _ in near if distance == near[0][1]}
        return places.pop() if len(places) == 1 else None

    def _key(self, words: str) -> str:
        key = plain_words(words)
        for one in self.entry.get("drop", ()):
            key = f" {key} ".replace(f" {one} ", " ").strip()
        return key or plain_words(words)


def recognise(answers: Iterable[str], question: str = "") -> Scale | None:
    """Return the scale that answers follow, None for a list without order.

    The values go from low to high; refusals stand in `beside`.
    """
    answers = list(dict.fromkeys(answers))
    refused = refusals_in_words(answers, question)
    real = [answer for answer in answers if answer not in refused]
    found = [scale for text in _readings(real) for scale in _scales(text)]
    found += [scale for scale in (_by_code(real),) if scale]
    best = max(found, key=lambda scale: len(scale.values), default=None)
    if best is None:
        return None
    beside = tuple(answer for answer in answers if answer not in best.values)
    return replace(best, values=_as_coded(best.values), beside=beside)


def _as_coded(values: tuple[str, ...]) -> tuple[str, ...]:
    """Give values the order of their codes, unless the words follow it, up or down."""
    coded = _codes(values)
    codes = [coded[value][0] for value in values if value in coded]
    if len(codes) < len(values) or codes in (sorted(codes), sorted(codes, reverse=True)):
        return values
    return tuple(sorted(values, key=lambda value: coded[value][0]))


def _readings(answers: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield what of each answer may tell its place, the whole answer first."""
    yield {answer: answer for answer in answers}
    coded = _codes(answers)
    if len(coded) == len(answers):
        yield {answer: words for answer, (_, words) in coded.items()}
    yield _changed(answers, lambda answer: IN_BRACKETS.sub(" ", answer))
    yield _changed(answers, lambda answer: re.split("[,:;] ", answer)[0])
    bare = _changed(answers, lambda answer: YES_OR_NO.sub("", answer))
    yield bare
    if len(set(bare.values())) == len(bare):  # "No, not rude at all": the words behind "no" have
        own = {words: answer for answer, words in bare.items()}  # words in common too
        yield {own[words]: text for words, text in _without_common_words([*own]).items()}
    inner = {answer: found["words"] for answer in answers
             if (found := IN_BRACKETS.search(answer))}
    yield inner if len(inner) == len(answers) else {}
    yield _without_common_words(answers)


def _changed(answers: Sequence[str], change: Callable[[str], str]) -> dict[str, str]:
    text = {answer: tidy(change(answer)) for answer in answers}
    return text if any(answer != words for answer, words in text.items()) else {}


def _without_common_words(answers: Sequence[str]) -> dict[str, str]:
    """Leave out the words that all answers have: "past goed bij mij" becomes "goed"."""
    words = {answer: MARKS.sub(" ", tidy(answer).casefold()).split() for answer in answers}
    neutral = {answer for answer in answers if plain_words(answer) in read_book()["neutral"]}
    stems = [{_stem(word) for word in own} for answer, own in words.items()
             if answer not in neutral]
    common = set.intersection(*stems) if len(stems) >= LEAST_OF_SCALE else set()
    left = {answer: [word for word in own if _stem(word) not in common]
            for answer, own in words.items()}
    text = {answer: " ".join(own) if {*own} - _silent() else "{}" for answer, own in left.items()}
    text |= {answer: answer for answer in neutral}
    return text if common else {}


def _stem(word: str) -> str:
    """Return a word without the ending of a verb: helps, helpt, fits."""
    stem = word[:STEM].removesuffix("s") if len(word) <= STEM else word[:STEM]
    return stem.removesuffix("t") if len(word) == STEM else stem if len(word) >= SHORT else word


def _scales(text: Mapping[str, str]) -> Iterator[Scale]:
    """Yield the scales that these words of the answers fit."""
    every = " ".join(map(plain_words, text.values()))
    for family in (*read_families(), *_opposites_in(every)) if text else ():
        scale = _fits(family, text) if family.may_fit(every) else None
        if scale:
            yield scale
    found = intervals(list(dict.fromkeys(text.values())))
    known = {answer: found[words] for answer, words in text.items() if words in found}
    order = in_order(known) if known and _enough(len(known), len(text)) else None
    if order:
        yield Scale(BANDS, "ordinal", tuple(order))


def _opposites_in(words: str) -> Iterator[Family]:
    """Yield a scale for each word that stands there with its opposite: ongezellig, gezellig."""
    every = {*words.split()}
    for word in sorted(every):
        whole = word.removeprefix(next(filter(word.startswith, NEGATIONS), ""))
        if whole != word and whole in every:
            yield _pair(word, whole)


@lru_cache(maxsize=CACHED)
def _pair(low: str, high: str) -> Family:
    name = {"nl": f"{low} tot {high}", "en": f"{low} to {high}"}
    return Family(name, {"low": [low], "high": [high], "is_pair": True})


def _enough(known: int, every: int) -> bool:
    return known == every >= 2 or (known == every - 1 and known >= LEAST_OF_SCALE)


def _fits(family: Family, text: Mapping[str, str]) -> Scale | None:
    known = {answer: place for answer, words in text.items()
             if (place := family.place(words)) is not None}
    if 2 <= len(known) < len(text) <= 2 * len(known):
        known |= {answer: place for answer, words in text.items() if answer not in known
                  if (place := family.resembling(words)) is not None}
    if not _enough(len(known), len(text)) or len(set(known.values())) < len(known):
        return None
    if not family.entry.get("numbers", True) and all(text[answer].isdigit() for answer in known):
        return None
    return _placed(family, known)


def _placed(family: Family, known: Mapping[str, float]) -> Scale:
    values = tuple(sorted(known, key=known.__getitem__))
    middle = [value for value in values if known[value] == family.entry.get("middle")]
    centred = bool(middle) and len(values) == 2 * values.index(middle[0]) + 1
    agrees = family.entry.get("agrees", False)
    pair = len(values) == 2 and family.entry.get("pair")
    return Scale(family.name, pair or family.entry.get("kind", "ordinal"), values,
                 agree=tuple(value for value in values if agrees and known[value] > 0),
                 neutral=middle[0] if centred else None)


def _codes(answers: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Return the code and the words of each answer such as "1 = nooit" and "Agree (4)"."""
    for pattern in (CODE, CODE_BEHIND):
        found = {answer: (int(match["code"]), match["words"]) for answer in answers
                 if (match := pattern.fullmatch(tidy(answer)))}
        if found and len({code for code, _ in found.values()}) == len(found):
            return found
    return {}


def _by_code(answers: Sequence[str]) -> Scale | None:
    """Order answers by their codes: some words belong to a scale, or only its ends have words."""
    coded = _codes(answers)
    bare = {answer: int(answer) for answer in answers
            if answer.strip().isdecimal() and len(answer) <= LONGEST_CODE}
    place = {answer: code for answer, (code, _) in coded.items()} | bare
    if len(place) < len(answers) or len(set(place.values())) < max(len(place), LEAST_OF_SCALE):
        return None
    ends = bool(bare) and bool(coded) and {*coded} <= {min(place, key=place.__getitem__),
                                                     max(place, key=place.__getitem__)}
    words = [words for _, words in coded.values()]
    degrees = sum(one.split()[0] in _first_words() for one in {*map(plain_words, words)})
    every = " ".join(map(plain_words, words))
    of_scale = any(sum(family.place(one) is not None for one in words) >= 2
                   for family in read_families() if family.may_fit(every))
    if not ends and not of_scale and degrees < LEAST_OF_SCALE:
        return None
    return Scale(NUMBERED, "ordinal", tuple(sorted(place, key=place.__getitem__)))


@lru_cache(maxsize=CACHED)
def plain_words(text: str) -> str:
    """Return words in small letters, without marks and without words that tell no place."""
    small = tidy(text).casefold().replace("'", "").replace("’", "")
    words = MARKS.sub(" ", small).split() if "{" not in text else text.split()
    return " ".join([word for word in words if word not in _silent()] or words)


@cache
def _first_words() -> frozenset[str]:
    """Return the words with which a degree or the middle begins, such as "slightly"."""
    middle = {words.split()[0] for words in read_book()["neutral"]}
    return frozenset(middle | {form.split()[0] for forms in read_book()["degrees"].values()
                               for form in forms if not form.startswith("{}")})


@cache
def _silent() -> frozenset[str]:
    return frozenset(read_book()["silent"])


@cache
def read_book() -> dict[str, Any]:
    """Return what scales.toml holds."""
    text = Path(__file__).with_name("scales.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def read_families() -> tuple[Family, ...]:
    """Return the scales of scales.toml, and one for each pair of opposites."""
    book = read_book()
    named = [Family(entry["name"], entry) for entry in book["scales"]]
    return (*named, *(_pair(low, high) for low, high in book["pairs"]))


def _counted(entry: Mapping[str, Any], book: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    for number, words in book["ranks"].items():
        yield from ((form.format(number), float(number)) for form in entry.get("counted", ()))
        yield from ((form.format(word), float(number)) for form in entry.get("ranked", ())
                    for word in words)


def _degrees(entry: Mapping[str, Any], book: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Yield each degree of each pole, and the middle between two of them."""
    low, high = entry.get("low", ()), entry.get("high", ())
    poles = [(pole, 1) for pole in high] + [(pole, -1) for pole in low]
    for degree, written in book["degrees"].items():
        forms = [*written, *(f"{{}} {form[:-3]}" for form in written if form.endswith(" {}"))]
        for form, (pole, side) in product(forms, poles):
            yield form.format(pole), side * float(degree)
        if entry.get("alone"):
            yield from ((form.format("").strip() or "{}", float(degree)) for form in forms)
    for one, other in (*product(high, low), *product(low, high)):
        yield from ((form.format(one, other), 0.0) for form in book["both"])
        side = 1 if one in high else -1
        yield from ((form.format(one, other), 1.15 * side) for form in book["toward"])
    if poles and not entry.get("alone"):
        yield from ((words, 0.0) for words in book["neutral"])
