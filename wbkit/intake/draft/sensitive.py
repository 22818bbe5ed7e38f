"""Who could be recognised: columns that name a person, special categories, background features.

A heading is evidence, the answers decide: "Hoeveel uur gebruik je je telefoon?" holds no numbers of
telephones, and a column of names under "V1" holds names.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from wbkit.intake.draft.guess import is_other
from wbkit.intake.draft.scales import recognise
from wbkit.text.normalise import tidy
from wbkit.text.person_cells import (
    EMAIL,
    POSTCODE,
    STREET,
    given,
    holds_names,
    is_name,
    is_ordinary,
    is_phone,
    may_be_name,
    personal_form,
    share,
)

JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
MARKS = re.compile(r"[^\w\s#]|_")
ASIDE = re.compile(r"\([^)]*\)")
OPTION = re.compile(
    r".*(?:\[(?P<bracket>[^\]]+)\]|(?: - |: |_|\? )(?P<behind>[^\[\]]+))\s*", re.DOTALL)
TAGS = re.compile(r"<[^>]*>|&nbsp;?")
BARE = re.compile(r"(?:[a-z]{1,3}|item|vraag|question|field|veld|column|kolom|var|variable|unnamed"
                  r"|kop|heading)?(?: ?[a-z]?\d{1,4})*")
COUNTED = re.compile(r"(\D{4,}) \d{1,2}")  # "telephone 1", "email 2": one of several
CODE = re.compile(r"[A-Za-z]{0,8}[-_ ./]?\d+(?:[-_/]?\w+)*")
DIGITS = re.compile(r"\d[\d\s.-]{3,}")
DECIMAL = re.compile(r"-?\d{1,3}[.,]\d{3,}")
SIDE = re.compile(r"(?:\w*(?:lat|lon|lng|latitude|longitude)|breedtegraad|lengtegraad|gps|geo\w*"
                  r"|co[oö]rdina\w+|coordinate\w*|locatie|location|long)")
MONTH = r"(?:jan|feb|maa|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)\w*\.?"
BIRTHDAY = re.compile(
    rf"\d{{1,2}}[-/. ]\d{{1,2}}(?:[-/. ]\d{{2,4}})?|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b.*"
    rf"|\d{{1,2}} {MONTH}(?: \d{{2,4}})?|{MONTH} \d{{1,2}},? \d{{4}}|[12]\d{{4}}(?:\.0)?",
    re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
STAFF_CODE = re.compile(r"[A-Z]{2,5}\d?")
TOKEN = re.compile(r"@?[\w.-]{3,40}|https?://\S+")
YES_NO = frozenset(("ja", "nee", "yes", "no"))
PERSON_NUMBER = re.compile(r"[A-Za-z]{0,3}[-_ ]?\d{5,10}")
HANDLE = re.compile(
    r"@\S+|https?://\S+|(?=\S*[\d_.#])(?=\S*[a-z])[a-z][\w.#-]{2,39}", re.IGNORECASE)
AT_LEAST = 0.3  # share of cells that show it where the heading speaks of it; the rest is blank talk
UNIQUE, CERTAIN = 0.95, 0.8
SHOWING, RUNNING = 4, 10  # answers that can show a choice; rows that can show a running number
LONGEST_OPTION = 3
LONGEST_ANSWER = 6  # words of an answer that names a category
SCALES_OF_PEOPLE = ("niveaus van het mbo", "leerjaren", "laag naar hoog",
                    "hoogst behaalde opleiding")


@cache
def words_of() -> dict[str, Any]:
    """Return the words of sensitive.toml."""
    file = Path(__file__).with_suffix(".toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def identifying(heading: str, question: str, cells: Sequence[str]) -> str:
    """Return why a column points to a person, or ``""``.

    Gives email, phone, name, student_number, staff_number, bsn, iban, postcode, address,
    coordinate, ip, panel_id, record_id, birth_date, birth_place, username or other_person.
    """
    filled = given(cells)
    if not filled and any(tidy(cell).casefold() in YES_NO for cell in cells):
        return ""
    texts = (question, heading, ASIDE.sub(" ", question), ASIDE.sub(" ", heading))
    titles = list(dict.fromkeys(filter(None, map(_plain, texts))))
    titles += [found[1] for title in titles if (found := COUNTED.fullmatch(title))]
    form = _form(titles, cells)
    if form:
        return form
    *topics, name = words_of()["topics"]
    by_topic = (_topic(topic, titles, filled) for topic in topics)
    found = next(filter(None, (_coordinate(titles, filled), *by_topic,
                               _long_numbers(titles, filled))), "")
    if found:
        return found
    named = _named(titles, filled)
    return (_topic(name, titles, filled) if named is None else named) or _running(titles, filled)


def special_category(question: str, answers: Sequence[str]) -> str:
    """Return the special category of personal data that a question asks for, or ``""``.

    Gives religion, ethnicity, orientation, union, criminal, politics or health: articles 9 and 10
    of the GDPR, and what stands for them. Both the question and its answers count.
    """
    plain, given_words = _plain(question), _distinct(answers)
    option = _plain(_option(question))
    for category, words in words_of()["special"].items():
        elsewhere = _holds(plain, words.get("elsewhere", ()))
        if _holds(plain, words.get("certain", ())) or (
                not elsewhere and (_holds(plain, words["asks"]) or _fits(option, words["answers"])
                                   or _answered(given_words, words))):
            return category
    return ""


def quasi(question: str, answers: Sequence[str]) -> bool:
    """Whether answers describe who one is, so that several such could point to one person."""
    words, plain = words_of()["features"], _plain(question)
    filled = _distinct(answers)
    scale = recognise(filled)
    steps = scale is not None and scale.name["nl"] not in SCALES_OF_PEOPLE
    if filled and share(filled, lambda one: _fits(one, words["answers"])) > 1 / 2:
        return True
    if _holds(plain, words["opinion"]) or (steps and not _choice_of_yes(filled, plain)):
        return False
    return _holds(plain, words["words"])


def sensitivity(question: str, answers: Sequence[str], *, describes: bool) -> dict[str, str]:
    """Return the sensitivity that a question and its answers suggest, as study.toml has it."""
    category = special_category(question, answers)
    if category:
        return {"sensitivity": category}
    return {"sensitivity": "quasi"} if describes and quasi(question, answers) else {}


def _form(titles: Sequence[str], cells: Sequence[str]) -> str:
    form = personal_form(cells)
    if form == "postcode" and any(_holds(title, ("klas*", "class*", "groep*")) for title in titles):
        return ""
    return form


def _topic(topic: dict[str, Any], titles: Sequence[str], filled: Sequence[str]) -> str:
    """Return the reason of a topic when a heading asks for it and the answers allow it."""
    reason = topic["reason"]
    asked = any(_asks(title, topic) for title in titles)
    spoken = asked or any(_holds(title, topic["needs"]) for title in titles)
    fits = FITS.get(reason)
    shown = bool(filled) and fits is not None and share(filled, fits) >= AT_LEAST
    if reason == "record_id":
        asked = asked or bool(filled) and any(_ends(title, topic) for title in titles)
        return reason if asked and (not filled or _numbers_rows(topic, titles, filled)) else ""
    if spoken and shown and not _of_things(titles, filled):
        return reason
    return reason if asked and not _vetoed(reason, filled) else ""


def _asks(title: str, topic: dict[str, Any]) -> bool:
    """Whether a heading asks for this and nothing else."""
    if _holds(title, topic.get("phrases", ())):
        return True
    return _within(title, (*topic["words"], *words_of()["filler"])) \
        and _holds(title, topic["needs"])


def _ends(title: str, topic: dict[str, Any]) -> bool:
    """Whether a short heading ends in a word for a number of somebody: "Object ID"."""
    *before, last = title.split()
    return last in topic["ends"] and len(before) <= 2 and not _holds(
        title, (*topic["other"], *words_of()["things"], *words_of()["about"]))


def _vetoed(reason: str, filled: Sequence[str]) -> bool:
    """Whether answers show that the heading meant something else."""
    if not filled:
        return False
    if reason == "birth_date":
        return share(filled, YEAR.fullmatch) > AT_LEAST or _chosen(filled)
    if reason == "birth_place":  # many are born in one town: that is no choice from a list
        return share(filled, lambda cell: re.search(r"\d", cell)) > AT_LEAST
    if reason in ("postcode", "ip"):
        return not share(filled, POSTCODE.search) if reason == "postcode" else _chosen(filled)
    if reason in NUMBERS:
        return share(filled, lambda cell: re.search(r"\d{3}", cell)) < AT_LEAST \
            and (_chosen(filled) or len(filled) >= SHOWING) or _chosen(filled)
    short = share(filled, lambda cell: re.fullmatch(r"\d{1,3}", cell)) > 1 / 2
    if reason == "name":  # names return: several people are called Jan
        scale = recognise(sorted(set(filled))) is not None
        return short or scale or share(filled, is_ordinary) >= 1 / 2
    return short or _chosen(filled)


def _chosen(filled: Sequence[str]) -> bool:
    """Whether answers were chosen from a list: a scale, yes or no, or few that return."""
    different = {cell.casefold() for cell in filled}
    if different <= YES_NO:
        return True
    few = len(filled) >= SHOWING and 2 * len(different) <= len(filled)
    same = len(different) == 1 < len(filled)
    return few or same or recognise(sorted(set(filled))) is not None


def _named(titles: Sequence[str], filled: Sequence[str]) -> str | None:
    """Return name or other_person for names, ``""`` for none, None when the heading decides."""
    words = words_of()
    said = {word for title in titles for word in title.split()}
    named = [cell for cell in filled if not set(_plain(cell).split()) <= said]
    if filled and not named:
        return ""
    filled = named
    people = any(_holds(title, words["people"]) for title in titles)
    who = any(_holds(title, words["who"]) for title in titles)
    only = any(_within(title, (*words["people"], *words["who"], *words["filler"]))
               for title in titles)
    if _of_things(titles, filled):
        return ""
    if people and (who or only):
        return "other_person" if _somebody(titles, filled, only=only, who=who) else ""
    if filled and any(_holds(title, words["asking"]) for title in titles) \
            and not any(_holds(title, ("wie ben", "wie bent", "who are you")) for title in titles):
        by_value = share(filled, is_name) >= AT_LEAST
        return "other_person" if by_value else None
    bare = all(map(BARE.fullmatch, titles))
    if holds_names(filled) or (bare and _look_like_names(filled)):
        return "other_person" if people else "name"
    return None


def _look_like_names(filled: Sequence[str]) -> bool:
    """Whether nearly all cells have two words with capitals, each cell another two."""
    several = share(filled, lambda cell: may_be_name(cell) and " " in cell) > UNIQUE - 0.1
    return several and len(filled) >= SHOWING and len(set(filled)) > (UNIQUE - 0.1) * len(filled)


def _somebody(titles: Sequence[str], filled: Sequence[str], *, only: bool, who: bool) -> bool:
    """Whether somebody else is named under a heading that speaks of a coach or a teacher."""
    if not filled:
        return only and who
    if any(_holds(title, words_of()["about"]) for title in titles):
        return holds_names(filled)
    codes = share(filled, STAFF_CODE.fullmatch) > 1 / 2
    named = share(filled, may_be_name) >= AT_LEAST and recognise(sorted(set(filled))) is None
    return (only and (named or codes)) or share(filled, is_name) >= AT_LEAST


def _of_things(titles: Sequence[str], filled: Sequence[str]) -> bool:
    """Whether a heading asks for the name of a school, a book or an artist."""
    words = words_of()
    famous = any(_holds(title, words["famous"]) for title in titles)
    thing = any(_holds(title, words["things"]) for title in titles)
    person = any(_holds(title, (*words["people"], "wie", "who", "whom")) for title in titles)
    return (famous or (thing and not person)) and share(filled, is_name) < CERTAIN


def _numbers_rows(topic: dict[str, Any], titles: Sequence[str], filled: Sequence[str]) -> bool:
    coded = share(filled, lambda cell: CODE.fullmatch(cell) or TOKEN.fullmatch(cell)
                  and any(map(str.isdigit, cell))) >= 1 - AT_LEAST / 3
    unique = len(set(filled)) >= UNIQUE * len(filled)
    repeats = any(_holds(title, topic["persons"]) for title in titles)
    return coded and (unique or repeats)


def _long_numbers(titles: Sequence[str], filled: Sequence[str]) -> str:
    """Recognise long numbers, each another, under a heading about a number of somebody."""
    words = words_of()
    numbered = any(_holds(title, ("*nummer", "*nr", "number"))
                   and not _holds(title, (*words["about"], *words["things"])) for title in titles)
    long = numbered and len(filled) > 1 and share(filled, PERSON_NUMBER.fullmatch) > UNIQUE
    return "record_id" if long and len(set(filled)) >= UNIQUE * len(filled) else ""


def _running(titles: Sequence[str], filled: Sequence[str]) -> str:
    """Recognise 1, 2, 3 … down the rows under a heading that says nothing."""
    if len(filled) < RUNNING or not all(map(BARE.fullmatch, titles)) \
            or not all(cell.isdecimal() for cell in filled):
        return ""
    numbers = list(map(int, filled))
    return "record_id" if numbers == list(range(numbers[0], numbers[0] + len(numbers))) else ""


def _coordinate(titles: Sequence[str], filled: Sequence[str]) -> str:
    said = any(SIDE.fullmatch(word) for title in titles for word in title.split())
    shown = not filled or share(filled, DECIMAL.fullmatch) >= CERTAIN
    only = all(len(title.split()) <= 4 for title in titles)
    place = filled or any(re.search(r"lat|lon|gps", title) for title in titles)
    return "coordinate" if said and shown and only and place else ""


def _option(question: str) -> str:
    """Return the option of a column with ticks: what stands behind or between marks."""
    bare = TAGS.sub(" ", question)
    found = OPTION.fullmatch(bare)
    option = (found["bracket"] or found["behind"]) if found else bare
    return option if len(option.split()) <= (LONGEST_OPTION if found else 1) else ""


def _choice_of_yes(filled: Sequence[str], plain: str) -> bool:
    scale = recognise(filled)
    return scale is not None and scale.kind == "nominal" and _holds(
        plain, ("kinderen", "children", "thuiswonend", "diploma"))


def _answered(answers: Sequence[str], words: dict[str, Any]) -> bool:
    """Whether half of the different answers name a category."""
    strong = [one for one in answers if _fits(one, words["answers"])]
    weak = [one for one in answers if one not in strong and _fits(one, words.get("weak", ()))]
    return bool(strong) and 2 * (len(strong) + len(weak)) >= len(answers) \
        and (len(answers) < SHOWING or len(strong) > 1)


def _distinct(answers: Iterable[str]) -> list[str]:
    """Return the different answers that say something."""
    parts = (part for cell in answers for part in cell.split(";"))
    found = given(list(dict.fromkeys(map(tidy, parts))))
    return [one for one in found if not is_other(one)]


def _fits(answer: str, words: Sequence[str]) -> bool:
    plain = _plain(answer)
    return len(plain.split()) <= LONGEST_ANSWER and _holds(plain, words)


def _plain(text: str) -> str:
    """Return the words of a heading: tags and marks aside, ``ResponseId`` as two words."""
    bare = MARKS.sub(" ", JOINED.sub(" ", TAGS.sub(" ", text)).replace("'", " "))
    return tidy(bare).casefold()


def _holds(title: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in a title, as whole words."""
    return bool(phrases) and bool(_pattern(tuple(phrases)).search(title))


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    made = (re.escape(phrase).replace(r"\ \*\ ", r"(?: \w+){1,4} ").replace(r"\*", r"\w*")
            for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(made)})(?!\w)")


def _within(title: str, phrases: Iterable[str]) -> bool:
    """Whether a title holds nothing but words of these phrases."""
    known = _pattern(_tokens(tuple(phrases)))
    return all(map(known.fullmatch, title.split()))


@cache
def _tokens(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple({word for phrase in phrases for word in phrase.split()} - {"*"})


NUMBERS = ("phone", "bsn", "iban", "student_number", "staff_number")
FITS: dict[str, Callable[[str], object]] = {
    "email": EMAIL.search,
    "student_number": PERSON_NUMBER.fullmatch,
    "staff_number": PERSON_NUMBER.fullmatch,
    "username": HANDLE.fullmatch,
    "phone": lambda cell: is_phone(cell) or re.fullmatch(r"6\d{8}|\d{10,12}", cell),
    "address": lambda cell: STREET.fullmatch(cell) or POSTCODE.search(cell),
    "birth_date": BIRTHDAY.fullmatch,
    "postcode": POSTCODE.search,
}
