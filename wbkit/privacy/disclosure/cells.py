"""What a number in a Table counts, in terms of the answers that people gave.

A number is a sum over parts of a population, and a part is a set of conditions: the answer to
`leerweg` is bol, that to `gezien` is one of three. A derived item is written as answers to the
items that it is made from, so that a merged answer is the sum of its parts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wbkit.study.item import ANSWERED, NO_ANSWER, NOT_ASKED, YES, Item
from wbkit.study.source import Source

Where = frozenset[tuple[str, frozenset[str]]]  # variable and the answers that it may have
Terms = Mapping[Where, float]  # a sum of parts, each times a number
EVERYONE: Where = frozenset()
IN, OUT = "in", "out"  # of an option: ticked or not, and whether the question was answered
REST, LEAST, MOST = "~other", "~least", "~most"  # answers that no Table names
NO_VALID = "no_valid"
MOST_MARKS = 20  # numbers that are told apart one by one


@dataclass(frozen=True)
class Cell:
    """What a number counts: parts of one population, added up."""

    population: str
    terms: frozenset[tuple[Where, float]]

    @property
    def variables(self) -> frozenset[str]:
        """What must be known of a person to say whether this number counts them."""
        return frozenset(name for where, _ in self.terms for name, _ in where)


@dataclass
class Population:
    """The people of one source, and what the Tables can say of each of them.

    Parameters
    ----------
    name
        The source, or what else is counted.
    items
        Its items by id.
    seen
        The answers that Tables name of items whose answers are taken from the data.
    domains
        What each variable can be; filled while Tables are read.
    impossible
        Combinations of two variables that nobody can have.
    complete
        Whether everybody has an answer to every item, as who is in a cell of a register has.
    """

    name: str
    items: Mapping[str, Item]
    seen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    domains: dict[str, tuple[str, ...]] = field(default_factory=dict)
    impossible: set[Where] = field(default_factory=set)
    complete: bool = False

    def cell(self, *parts: Terms) -> Cell:
        """Return the cell of people in all of these parts."""
        terms: dict[Where, float] = {EVERYONE: 1.0}
        for part in parts:
            terms = meeting(terms, part)
        return Cell(self.name, frozenset(self._told(terms).items()))

    def _told(self, terms: Terms) -> dict[Where, float]:
        """Leave out a condition that everybody meets."""
        told: dict[Where, float] = {}
        for where, times in terms.items():
            kept = frozenset((name, few) for name, few in where
                             if len(few) < len(self.domains[name]))
            told[kept] = told.get(kept, 0.0) + times
        return {where: times for where, times in told.items() if times}

    # Answers

    def answer(self, name: str, values: Iterable[str]) -> dict[Where, float]:
        """Return the people with one of these answers to an item."""
        item, values = self.items.get(name), tuple(values)
        if item is None:
            return self._own(name, values, (*values, REST))
        if item.parents and all(one in self.items for one in item.parents):
            return self._derived(item, values)
        if item.kind in ("multiple", "ranking"):
            return self._ticked(item, values)
        return self._own(name, values, self._domain(item))

    def answered(self, name: str) -> dict[Where, float]:
        """Return the people who gave any answer to an item."""
        item = self.items.get(name)
        if item is None:
            return {EVERYONE: 1.0}
        if item.both and all(one in self.items for one in item.parents):
            return meeting(*map(self.answered, item.parents))
        if item.kind in ("multiple", "ranking"):
            return self._base(item, (ANSWERED,))
        if _is_own(item, self.items):
            return self._own(name, self.values_of(item), self._domain(item))
        return self.answer(name, self.values_of(item))

    def absent(self, name: str, reason: str) -> dict[Where, float]:
        """Return the people without an answer to an item, for this reason."""
        item = self.items.get(name)
        if item is None:
            return self._own(name, (reason,), (reason, REST))
        if item.kind in ("multiple", "ranking"):
            return self._base(item, self._reasons(item) if reason == NO_VALID else (reason,))
        if _is_own(item, self.items):
            reasons = self._reasons(item) if reason == NO_VALID else (reason,)
            return self._own(name, reasons, self._domain(item))
        return self._absent_derived(item, reason)

    def _absent_derived(self, item: Item, reason: str) -> dict[Where, float]:
        """Return who has no answer to an item that is made of others, as these have none."""
        if item.both:
            return self._own(f"{item.name}~reason", (reason,), (reason, REST))
        (parent,) = (self.items[one] for one in item.parents)
        if reason not in (NO_VALID, NO_ANSWER):
            return self.absent(parent.name, reason)
        others = (NOT_ASKED, *(parent.missing if reason == NO_ANSWER else ()))
        return less(self.ungrouped(item.name),
                    added(*(self.absent(parent.name, one) for one in others)))

    def ungrouped(self, name: str) -> dict[Where, float]:
        """Return the people with no answer to an item, for any reason."""
        return less({EVERYONE: 1.0}, self.answered(name))

    def asked(self, name: str) -> dict[Where, float]:
        """Return the people to whom a question was put."""
        return less({EVERYONE: 1.0}, self.absent(name, NOT_ASKED))

    def option(self, name: str, states: Iterable[str], every: Iterable[str]) -> dict[Where, float]:
        """Return the people of whom an option of an item is in one of these states."""
        item = name.partition(":")[0]
        if item in self.items:
            self._base(self.items[item], (ANSWERED,))
            self.impossible |= {
                frozenset({(item, frozenset({ANSWERED})), (name, frozenset({OUT}))}),
                frozenset({(item, frozenset(self.domains[item]) - {ANSWERED}),
                           (name, frozenset(every) - {OUT})})}
        return self._own(name, tuple(states), tuple(every))

    def _own(
        self, name: str, values: Iterable[str], domain: Iterable[str]
    ) -> dict[Where, float]:
        known = dict.fromkeys((*self.domains.get(name, ()), *domain, *values))
        self.domains[name] = tuple(known)
        chosen = frozenset(values)
        return {frozenset({(name, chosen)}): 1.0} if chosen else {}

    def _ticked(self, item: Item, values: tuple[str, ...]) -> dict[Where, float]:
        if len(values) == 1:
            return self.option(f"{item.name}:{values[0]}", (IN,), (IN, "not", OUT))
        some = f"{item.name}:" + "|".join(sorted(values))
        found = self.option(some, (IN,), (IN, "not", OUT))
        for one in values:
            self._ticked(item, (one,))
            self.impossible.add(frozenset({(f"{item.name}:{one}", frozenset({IN})),
                                           (some, frozenset({"not"}))}))
        return found

    def _base(self, item: Item, states: Iterable[str]) -> dict[Where, float]:
        return self._own(item.name, states, (ANSWERED, *self._reasons(item), NOT_ASKED))

    def _derived(self, item: Item, values: tuple[str, ...]) -> dict[Where, float]:
        if item.both:
            yes = meeting(*(self.answer(one, (YES,)) for one in item.parents))
            found = [yes if one == YES else less(self.answered(item.name), yes) for one in values]
            return added(*found)
        (parent,) = (self.items[one] for one in item.parents)
        rule = item.any_of or item.none_of
        if parent.kind == "multiple":
            some = self._ticked(parent, rule.values)
            rest = less(self.answered(parent.name), some)
            yes = [(one == YES) == (item.none_of is None) for one in values]
            return added(*(some if one else rest for one in yes))
        return self.answer(parent.name, [
            one for one in self.values_of(parent) if merged(item, one) in values])

    # Domains

    def values_of(self, item: Item) -> tuple[str, ...]:
        """Return the answers of an item that count as one."""
        if not _is_own(item, self.items):
            return item.categories
        seen = tuple(one for one in self.seen.get(item.name, ()) if one not in item.categories)
        if item.kind == "numeric":
            return _marks(item, seen) or (*seen, LEAST, MOST)
        return (*item.categories, *seen, *((REST,) if item.values == "any" else ()))

    def reasons(self, name: str) -> tuple[str, ...]:
        """Return why an answer to an item can be absent; none of one that is made of others."""
        item = self.items.get(name)
        return self._reasons(item) if item is not None and _is_own(item, self.items) else ()

    def _reasons(self, item: Item) -> tuple[str, ...]:
        return () if self.complete else tuple(dict.fromkeys((*item.missing, NO_ANSWER)))

    def _domain(self, item: Item) -> tuple[str, ...]:
        none = () if self.complete else (*self._reasons(item), NOT_ASKED)
        return (*self.values_of(item), *none)


def _marks(item: Item, seen: tuple[str, ...]) -> tuple[str, ...]:
    """Return every whole number of a short range, where Tables name no other: none is a measure."""
    if not item.range or item.range[1] - item.range[0] > MOST_MARKS:
        return ()
    whole = tuple(str(one) for one in range(int(item.range[0]), int(item.range[1]) + 1))
    return whole if seen and set(seen) <= set(whole) else ()


def _is_own(item: Item, items: Mapping[str, Item]) -> bool:
    return not (item.parents and all(one in items for one in item.parents))


def merged(item: Item, answer: str) -> str | None:
    """Return what a derived item makes of an answer to its parent."""
    if item.recode:
        return item.recode.map.get(answer, answer if answer in item.categories else None)
    rule = item.any_of or item.none_of
    yes, no = item.categories[0], item.categories[-1]
    return yes if (answer in rule.values) == (item.none_of is None) else no


def meeting(terms: Terms, others: Terms) -> dict[Where, float]:
    """Return the people who are in both parts."""
    found: dict[Where, float] = {}
    for one, times in terms.items():
        for other, times_other in others.items():
            where = _together(one, other)
            if where is not None:
                found[where] = found.get(where, 0.0) + times * times_other
    return found


def _together(one: Where, other: Where) -> Where | None:
    known = dict(one)
    for name, few in other:
        known[name] = known.get(name, few) & few
        if not known[name]:
            return None
    return frozenset(known.items())


def added(*parts: Terms) -> dict[Where, float]:
    """Add parts up."""
    found: dict[Where, float] = {}
    for part in parts:
        for where, times in part.items():
            found[where] = found.get(where, 0.0) + times
    return found


def less(whole: Terms, part: Terms) -> dict[Where, float]:
    """Take a part from the whole that holds it."""
    return added(whole, {where: -times for where, times in part.items()})


def population_of(source: Source, seen: Mapping[str, tuple[str, ...]]) -> Population:
    """Return the people of a source; who was routed past a question was not asked."""
    return Population(source.name, source.items, seen)


def routing(population: Population) -> set[Where]:
    """Return what the routing of the questions rules out, of those that Tables speak of."""
    ruled: set[Where] = set()
    for name, item in population.items.items():
        domain = frozenset(population.domains.get(name, ()))
        if not item.asked_if or not domain:
            continue
        for parent, values in item.asked_if.items():
            told = population.answer(parent, values)
            asked = [next(iter(where)) for where in told if len(where) == 1]
            for variable, few in asked:
                others = frozenset(population.domains[variable]) - few
                ruled.add(frozenset({(name, domain - {NOT_ASKED}), (variable, others)}))
                if len(item.asked_if) == 1 and len(asked) == 1:
                    ruled.add(frozenset({(name, frozenset({NOT_ASKED})), (variable, few)}))
    return ruled
