"""Sentences with slots, filled from Tables: numbers, ranks and comparisons.

A slot stands between braces. ``{table:address.field}`` is a number: ``of`` (21 of the 37, also
when no field is given), ``units`` (with what is counted), ``n``, ``base``, ``share``, ``mean``,
``label`` or ``quote``. ``{top(table:address):3}`` names the first three with their counts,
``{vooral(table:address)}`` what is named most, ``{vaker(table:address, table:address)}`` which of
two is named more often.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from wbkit.errors import DataError
from wbkit.findings.leads import Counted, comparable, counts_of, first_of, leads, ranked
from wbkit.labels import label
from wbkit.messages import _, listing, number
from wbkit.table.table import Table

SLOT = re.compile(r"\{([^{}]*)\}")
CALL = re.compile(r"(top|vooral|vaker)\((.+)\)(?::(\d+))?")
NUMBER = re.compile(r"([a-z0-9_-]+):(.+?)(?:\.(of|units|n|base|share|mean|label|quote))?")
TABLE = re.compile(r"(?:^|[({,]\s*)([a-z0-9_-]+)(?=[:)])")
BETWEEN = re.compile(r", (?=[a-z0-9_-]+:)")
FORMS = ("{table:answer.of}, {top(table):3}, {vooral(table)}, {vaker(table:answer, table:answer)}")
DECIMALS = 2


@dataclass(frozen=True)
class Filler:
    """Fills the slots of one text; `place` is where the text stands, for messages."""

    tables: Mapping[str, Table]
    language: str
    place: str

    def fill(self, text: str) -> str:
        """Return a text with each slot in words and numbers of the Tables."""
        return SLOT.sub(lambda match: self._slot(match[1].strip()), text)

    def _slot(self, slot: str) -> str:
        call = CALL.fullmatch(slot)
        if call is not None:
            fill = {"top": self._top, "vooral": self._mostly, "vaker": self._more_often}[call[1]]
            return fill(call[2], int(call[3] or 1), f"{self.place}, {{{slot}}}")
        match = NUMBER.fullmatch(slot)
        if match is None:
            raise DataError(_(
                "{place}: {slot} is no slot. Slots are written like {forms}. Correct it, or write "
                "the braces as round ones.",
                place=self.place, slot=f"{{{slot}}}", forms=FORMS))
        return self._number(match[1], match[2], match[3] or "of", f"{self.place}, {{{slot}}}")

    def _counts(self, address: str, place: str) -> list[Counted]:
        name, __, rest = address.partition(":")
        return counts_of(name, self._table(name, place), rest, language=self.language, place=place)

    def _table(self, name: str, place: str) -> Table:
        if name not in self.tables:
            raise DataError(_(
                "{place}: rests on {table}, which is not there. There is {known}. Name it under "
                "tables, or correct it.",
                place=place, table=name, known=", ".join(self.tables) or _("nothing")))
        return self.tables[name]

    def _one(self, address: str, place: str) -> Counted:
        found = self._counts(address, place)
        if len(found) > 1:
            raise DataError(_(
                "{place}: {n} counts stand there ({words}). Name one: item, group and answer, with "
                "| between.",
                place=place, n=len(found),
                words="; ".join("|".join(id_ for __, id_ in one.ids if id_)
                                for one in found[:6])))
        return found[0]

    # Numbers

    def _number(self, name: str, address: str, field: str, place: str) -> str:
        if field == "quote":
            return self._quote(name, address, place)
        one = self._one(f"{name}:{address}", place)
        words = {
            "of": lambda: one.of_base(self.language),
            "units": lambda: one.of_base(self.language, units=True),
            "n": lambda: number(one.n, self.language),
            "base": lambda: number(one.base, self.language),
            "share": lambda: one.percent(self.language),
            "mean": lambda: number(one.mean, self.language, decimals=DECIMALS),
            "label": lambda: one.words}[field]
        value = {"mean": one.mean, "base": one.base, "share": one.share}.get(field, one.n)
        if value != value:  # NaN: hidden, or no such number in this kind of Table
            raise DataError(_(
                "{place}: the Table shows no {field} there: it is hidden, or no number of this "
                "kind. Choose another field or another Table.", place=place, field=field))
        if not words():
            raise DataError(_(
                "{place}: a percentage of {base} {units} says more than there is. Write .of: "
                "{said}.",
                place=place, base=f"{one.base:.0f}", units=one.units[one.base != 1],
                said=one.of_base(self.language, units=True)))
        return words()

    def _quote(self, name: str, address: str, place: str) -> str:
        """Return the words of people in one row of a list."""
        table = self._table(name, place)
        frame = table.data.astype(str)
        for part in address.split("|"):
            frame = frame[(frame == part).any(axis=1)]
        if "quote" not in frame or len(frame) != 1:
            raise DataError(_(
                "{place}: {n} quotations stand there. Name one row of a Table with quotations.",
                place=place, n=len(frame) if "quote" in frame else 0))
        return f"“{frame['quote'].iloc[0]}”"

    # Ranks

    def _ranked(self, address: str, place: str) -> list[Counted]:
        found = ranked(self._counts(address, place))
        if not found:
            raise DataError(_(
                "{place}: nothing there has a place in an order. Name answers, items or groups "
                "that were counted.", place=place))
        wrong = next((one for one in found if not comparable(found[0], one)), None)
        if wrong is not None:
            self._refuse(found[0], wrong, place)
        return found

    def _refuse(self, one: Counted, other: Counted, place: str) -> None:
        """Say why two counts cannot be compared."""
        said = {"first": one.of_base(self.language, units=True),
                "second": other.of_base(self.language, units=True), "place": place}
        if one.unit != other.unit:
            raise DataError(_(
                "{place}: {first} and {second} are of different units, and cannot be compared. "
                "Write both counts, without a word that compares.", **said))
        raise DataError(_(
            "{place}: {first} and {second} have not the same base, and cannot be compared. Write "
            "both counts, without a word that compares.", **said))

    def _top(self, address: str, most: int, place: str) -> str:
        """Name the first few with their counts; those that tie are named together."""
        order = self._ranked(address, place)
        if most < len(order):
            order = [one for one in order if one.n >= order[most - 1].n]
        groups = [list(same) for __, same in groupby(order, key=lambda one: one.n)]
        return listing([self._tied(same) for same in groups], self.language) \
            if all(len(same) == 1 for same in groups) else "; ".join(map(self._tied, groups))

    def _tied(self, same: Sequence[Counted]) -> str:
        words = listing([one.words for one in same], self.language)
        key = "slot_each" if len(same) > 1 else "slot_counted"
        return label(key, self.language, words=words,
                     count=same[0].of_base(self.language, units=same[0].few))

    def _mostly(self, address: str, __: int, place: str) -> str:
        """Name what is said most; where nothing leads, those that are about equal."""
        name, __, rest = address.partition(":")
        wanted, order = self._wanted(name, rest, place)
        if order[0].few:
            raise DataError(_(
                "{place}: {base} {units} are too few for a first place. Write their counts: "
                "{said}.",
                place=place, base=f"{order[0].base:.0f}", units=order[0].units[1],
                said=self._tied([one for one in order if one.n == order[0].n])))
        first = first_of(order)
        if wanted is not None:
            self._check_first(wanted, first, place)
        words = [label("slot_counted", self.language, words=one.words,
                       count=one.of_base(self.language)) for one in first]
        key = "slot_mostly" if len(first) == 1 else \
            "slot_equal" if first[0].n == first[-1].n else "slot_about_equal"
        return label(key, self.language, words=listing(words, self.language))

    def _wanted(self, name: str, rest: str, place: str) -> tuple[Counted | None, list[Counted]]:
        """Return what a sentence says is first, if it does, and the counts among which it is."""
        found = self._counts(f"{name}:{rest}", place)
        if len(found) > 1:
            return None, self._ranked(f"{name}:{rest}", place)
        one = found[0]
        parent = "|".join(rest.split("|")[:-1])
        return one, self._ranked(f"{name}:{parent}", place)

    def _check_first(self, wanted: Counted, first: Sequence[Counted], place: str) -> None:
        said = {"place": place, "words": wanted.words, "count": wanted.of_base(self.language),
                "first": "; ".join(self._tied([one]) for one in first)}
        if wanted not in first:
            raise DataError(_(
                "{place}: {words} ({count}) is not first; the Table gives {first}. Name that one, "
                "or leave the rank out.", **said))
        if len(first) > 1:
            raise DataError(_(
                "{place}: {words} ({count}) shares the first place: {first} differ by less than 2 "
                "units or 5 points. Write {{vooral(…)}} without an answer, which names them all.",
                **said))

    def _more_often(self, address: str, __: int, place: str) -> str:
        """Say which of two is named more often, in the words that a sentence needs."""
        parts = BETWEEN.split(address)
        if len(parts) != 2:
            raise DataError(_(
                "{place}: compares {n} counts. Name two: {{vaker(table:answer, table:answer)}}.",
                place=place, n=len(parts)))
        one, other = (self._one(part, place) for part in parts)
        if not comparable(one, other):
            self._refuse(one, other, place)
        if one.few:
            raise DataError(_(
                "{place}: {base} {units} are too few to compare. Write both counts: {first} and "
                "{second}.",
                place=place, base=f"{one.base:.0f}", units=one.units[1],
                first=one.of_base(self.language), second=other.of_base(self.language)))
        key = "slot_more" if leads(one, other) else "slot_less" if leads(other, one) else \
            "slot_as_often"
        return label(key, self.language)


class Sentence(str):
    """A sentence that a notebook shows as text, without quotation marks."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return str(self)


def fill(text: str, **tables: Table) -> Sentence:
    """Fill the slots of a sentence from Tables.

    Parameters
    ----------
    text
        Words with slots, such as ``"Plannen noemen {needy:plannen.units}."``; see
        `interpretation`.
    tables
        Tables by the name that the slots use.

    Returns
    -------
    Sentence
        The text with numbers and words of the Tables, in the language of the study.

    Raises
    ------
    DataError
        If a slot asks for what its Table does not give: another answer, a rank, a comparison of
        other units or bases, a percentage of a few.
    """
    language = next((one.language for one in tables.values()), "nl")
    return Sentence(Filler(tables, language, "fill").fill(text))


def tables_in(text: str) -> list[str]:
    """Return the names of the Tables that the slots of a text name."""
    found = [name for slot in SLOT.findall(text)
             for inside in BETWEEN.split(slot) for name in TABLE.findall(inside)]
    return list(dict.fromkeys(found))
