"""Recognise a register: a row is a group in a year, with counts of people, made by hand."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wbkit.intake.draft.guess import Guess, lexicon, mentions, plain
from wbkit.intake.sheet import Sheet
from wbkit.messages import message
from wbkit.text.normalise import listed, natural, tidy

YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-/–]\s*(?:\d{4}|\d\d))?")
COUNT = re.compile(r"\d{1,7}|\d{1,3}(?:[. ]\d{3})+")
THOUSANDS = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
NOT_GIVEN = re.compile(r"<\s*\d{1,2}|[-–.*x]|n\.?b\.?|onbekend", re.IGNORECASE)
RATE = re.compile(r"-?\d{1,3}(?:[.,]\d+)?\s*%?")
MOST_ROWS, MOST_GROUPS, LONGEST_GROUP = 2_000, 60, 60
MOST_NAMES = 5  # columns that together name a row
CROSSED = 0.6  # share of groups times years that stand in the file
YEAR_WORDS = 3  # words of a heading such as "Schooljaar (1 oktober)"
FEWEST_YEARS = 2


@dataclass(frozen=True)
class Register:
    """What the columns of a register are.

    Parameters
    ----------
    year
        The heading of the years.
    groups
        The headings that name a group beside the year.
    counts
        The headings of counts, the base first.
    beside
        Those of them that are larger than the base in some row.
    definition
        The heading that names a definition; empty when there is none.
    rates
        The headings of percentages.
    totals
        Heading = the word of a row that adds up the others.
    aside
        Rows with a total of which it is not clear over which cells: heading = word.
    marked
        Heading of counts that were written with a mark for thousands = lowest and highest number.
    """

    year: str
    groups: tuple[str, ...]
    counts: tuple[str, ...]
    beside: tuple[str, ...] = ()
    definition: str = ""
    rates: tuple[str, ...] = ()
    totals: Mapping[str, str] = field(default_factory=dict)
    aside: tuple[Mapping[str, str], ...] = ()
    marked: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def cells(self) -> tuple[str, ...]:
        """The headings that together name a row."""
        return (self.year, *self.groups)


def find_register(sheet: Sheet) -> Register | None:
    """Return what the columns are when each row is a group in a year with its counts."""
    if len(sheet.rows) > MOST_ROWS or not any(map(_is_year, sheet.headings)):
        return None
    columns = {name: list(map(tidy, cells))
               for name, cells in zip(sheet.names, sheet.columns, strict=True)
               if any(map(tidy, cells))}
    year = next((name for name, cells in columns.items() if _holds_years(name, cells)), "")
    if not year:
        return None
    counts = [name for name, cells in columns.items() if name != year and _counts(name, cells)]
    if not any(map(_says_count, counts)):
        return None
    rates = [name for name, cells in columns.items() if _is_rate(name, cells)]
    counts = [name for name in counts if name not in rates]
    definition = next((name for name in columns if mentions(name, "definition")), "")
    others = [name for name in columns if name not in (year, definition, *counts, *rates)]
    groups = [name for name in others if _names_groups(columns[name])]
    totals, aside = _totals(columns, (year, *groups))
    rules = [{name: word} for name, word in totals.items()] + aside
    kept = [place for place in range(len(sheet.rows))
            if not any(_has(columns, place, rule) for rule in rules)]
    keys = [tuple(columns[name][place] for name in (year, *groups)) for place in kept]
    if len(kept) < FEWEST_YEARS or not all(map(all, keys)) or not _is_crossed(keys):
        return None
    base, beside = _base(columns, counts, kept)
    ordered = (base, *(name for name in counts if name != base))
    return Register(year, tuple(groups), ordered, tuple(beside), definition, tuple(rates), totals,
                    tuple(aside), _marked({name: columns[name] for name in counts}))


def _is_crossed(keys: Sequence[Sequence[str]]) -> bool:
    """Whether nearly every group is there in nearly every year, once.

    Of one year the first group takes the place of the year. People who answered differ in more
    ways: hardly two of them give the same answers.
    """
    if len(set(keys)) < len(keys) or len(keys[0]) > MOST_NAMES:
        return False
    axis = 0 if len({key[0] for key in keys}) > 1 or len(keys[0]) == 1 else 1
    along = {key[axis] for key in keys}
    others = {(*key[:axis], *key[axis + 1:]) for key in keys}
    return len(keys) >= CROSSED * len(along) * len(others)


def _marked(columns: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, int]]:
    """Return a range of each column in which 1.247 is a whole number.

    It begins at the lowest count where that leaves no other reading of the mark.
    """
    found = {}
    for name, cells in columns.items():
        counts = [cell for cell in cells if COUNT.fullmatch(cell)]
        marked = [int(re.split("[. ]", cell)[0]) for cell in counts if THOUSANDS.fullmatch(cell)]
        if marked:
            numbers = list(map(_number, counts))
            low = min(numbers)
            found[name] = (low if low > max(marked) + 1 else 0, 10 ** len(str(max(numbers))))
    return found


def _is_year(name: str) -> bool:
    return mentions(name, "year") and len(plain(name).split()) <= YEAR_WORDS


def _holds_years(name: str, cells: Sequence[str]) -> bool:
    years = [cell for cell in cells if cell and not _is_total(cell)]
    return _is_year(name) and bool(years) and all(map(YEAR.fullmatch, years))


def _says_count(name: str) -> bool:
    return any(word.startswith(stem) for word in plain(name).split()
               for stem in lexicon()["counted"])


def _counts(name: str, cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    numbers = [cell for cell in filled if COUNT.fullmatch(cell)]
    if not numbers or not all(COUNT.fullmatch(one) or NOT_GIVEN.fullmatch(one) for one in filled):
        return False
    return _says_count(name) or not (mentions(name, "group") or mentions(name, "level"))


def _is_rate(name: str, cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    percent = "%" in name or any(word.startswith(("percentage", "perc"))
                                 for word in plain(name).split())
    return all(map(RATE.fullmatch, filled)) and (percent or all("%" in one for one in filled))


def _names_groups(cells: Sequence[str]) -> bool:
    different = {cell for cell in cells if cell}
    dates = sum(bool(re.fullmatch(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*", one)) for one in different)
    return 1 < len(different) <= MOST_GROUPS and not dates and \
        max(map(len, different)) <= LONGEST_GROUP


def _is_total(cell: str) -> bool:
    words = plain(cell)
    return words in lexicon()["total"] or any(
        f"{words} ".startswith(f"{one} ") for one in (*lexicon()["total"], *lexicon()["every"])
        if len(one) > 1)


def _has(columns: Mapping[str, Sequence[str]], place: int, rule: Mapping[str, str]) -> bool:
    return all(columns[name][place] == word for name, word in rule.items())


def _totals(
    columns: Mapping[str, Sequence[str]], names: Sequence[str]
) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return the words of rows with totals: those over clear cells, and all others."""
    totals: dict[str, str] = {}
    aside: list[dict[str, str]] = []
    for name in names:
        words = Counter(cell for cell in columns[name] if cell and _is_total(cell))
        for word, _ in words.most_common():
            places = [place for place, cell in enumerate(columns[name]) if cell == word]
            whole = all(columns[other][place] for other in names for place in places)
            if whole and name not in totals:
                totals[name] = word
            else:
                aside.append({name: word})
    return totals, aside


def _base(
    columns: Mapping[str, Sequence[str]], names: Sequence[str], kept: Sequence[int]
) -> tuple[str, list[str]]:
    """Return the count of all, and the counts that cannot be a part of it."""
    numbers = {name: {place: _number(columns[name][place]) for place in kept
                      if COUNT.fullmatch(columns[name][place])} for name in names}
    larger = {name: [one for one in names if one != name and any(
        number > numbers[name].get(place, number) for place, number in numbers[one].items())]
        for name in names}
    best = min(names, key=lambda name: (len(larger[name]), not mentions(name, "everyone"),
                                        -sum(numbers[name].values())))
    return best, larger[best]


def _number(cell: str) -> int:
    return int(re.sub(r"[. ]", "", cell))


def with_counts(
    register: Register, guesses: Sequence[Guess], language: str
) -> tuple[tuple[Guess, ...], dict[str, Any]]:
    """Return the items of a register, and its rules as study.toml has them."""
    names = {guess.column.heading: guess.name for guess in guesses}
    made = tuple(_as_part(guess, register, language) for guess in guesses
                 if guess.column.heading not in register.rates)
    base, *others = register.counts
    rules: dict[str, Any] = {"cells": [names[one] for one in register.cells], "base": names[base]}
    parts = [names[one] for one in others if one not in register.beside]
    rules |= {"parts": parts} if parts else {}
    rules |= {"beside": [names[one] for one in register.beside]} if register.beside else {}
    rules |= {"definition": names[register.definition]} if register.definition else {}
    totals = {names[one]: word for one, word in register.totals.items()}
    return made, rules | ({"totals": totals} if totals else {})


def _as_part(guess: Guess, register: Register, language: str) -> Guess:
    """Give a column of a register the kind that its rules need."""
    heading, column = guess.column.heading, guess.column
    if heading in register.counts:
        return _count_item(guess, register, language)
    if heading == register.year:
        years = sorted({tidy(cell) for cell in column.filled})
        return _item(guess, {"kind": "ordinal", "values": years}, message("draft_year", language))
    if heading in (*register.groups, register.definition) and (
            guess.kind not in ("nominal", "ordinal") or "missing" in guess.fields
            or "other" in guess.fields):
        values = sorted({tidy(cell) for cell in column.filled}, key=natural)
        return _item(guess, {"kind": "nominal", "values": values},
                     message("draft_nominal", language, n=len(values)))
    return replace(guess, fields={key: value for key, value in guess.fields.items()
                                  if key != "asked_if"})


def _count_item(guess: Guess, register: Register, language: str) -> Guess:
    cells = [tidy(cell) for cell in guess.column.filled]
    fields: dict[str, Any] = {"kind": "numeric"}
    absent = sorted({cell for cell in cells if not COUNT.fullmatch(cell)})
    fields |= {"missing": absent} if absent else {}
    if guess.column.heading in register.marked:
        fields["range"] = list(register.marked[guess.column.heading])
    base, *others = register.counts
    if guess.column.heading == base and others:
        fields["doubt"] = message("ask_base", language, base=base,
                                  parts=listed(map(repr, others), most=10))
    return _item(guess, fields, message("draft_count", language))


def _item(guess: Guess, fields: Mapping[str, Any], reason: str) -> Guess:
    kept = {key: guess.fields[key] for key in ("column", "label") if key in guess.fields}
    return Guess(guess.name, guess.column, kept | dict(fields), {"kind": reason})


def years_beside(sheet: Sheet) -> list[str]:
    """Return the headings that are years, when counts of several years stand beside each other."""
    years = [name for name, cells in zip(sheet.names, sheet.columns, strict=True)
             if YEAR.fullmatch(tidy(name)) and any(map(tidy, cells))
             and all(COUNT.fullmatch(tidy(cell)) or NOT_GIVEN.fullmatch(tidy(cell))
                     for cell in cells if tidy(cell))]
    return years if len(years) >= FEWEST_YEARS and len(years) < len(sheet.names) else []


def asked_to_turn(
    guesses: Sequence[Guess], years: Sequence[str], language: str
) -> tuple[Guess, ...]:
    """Ask to put the years below each other, since a row is then one group in one year."""
    others = [one.column.heading for one in guesses if one.column.heading not in years]
    doubt = message("ask_years_beside", language, years=listed(map(repr, years), most=10),
                    others=listed(map(repr, others), most=5))
    return tuple(replace(guess, fields={**guess.fields, "doubt": doubt})
                 if guess.column.heading == years[0] else guess for guess in guesses)
