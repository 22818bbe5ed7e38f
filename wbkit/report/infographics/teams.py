"""The teams of a Table of team answers: their names, their letters, and what each said."""

from collections.abc import Iterable
from dataclasses import dataclass

from wbkit.table.render import Shown

ABSENT = "absent"


@dataclass(frozen=True)
class Team:
    """A team: its id, its name, its letter, how many people answered together, if it did."""

    key: str
    name: str
    letter: str
    people: float = 0
    absent: bool = False


def teams_of(table: Shown) -> list[Team]:
    """Return the teams of a Table, in the order of the study; those that are missing last."""
    group = table.dimensions[0]
    found = []
    for key, rows in table.data.groupby(group, sort=False, observed=True):
        absent = bool((rows["state"] == ABSENT).all())
        people = 0 if absent or "people" not in rows else rows["people"].max()
        found.append((str(key), table.words(group, key), people, absent))
    letters = _letters([name for __, name, __, __ in found])
    made = [Team(key, name, letter, people, absent)
            for (key, name, people, absent), letter in zip(found, letters, strict=True)]
    return sorted(made, key=lambda one: one.absent)


def _letters(names: Iterable[str]) -> list[str]:
    """Give each name its first letter, or its number where two begin alike."""
    names = list(names)
    first = [name[:1].upper() for name in names]
    return first if len(set(first)) == len(names) else [str(at) for at in range(1, len(names) + 1)]


def said(table: Shown, team: Team, item: str | None = None) -> list[str]:
    """Return the answers of a team, to one item or to all."""
    rows = table.data[table.data[table.dimensions[0]].astype(str) == team.key]
    rows = rows[rows["state"] == "shown"]
    rows = rows if item is None else rows[rows["item"] == item]
    return list(rows["value"].astype(str))


def many(table: Shown, item: str, value: str) -> int:
    """Return how many teams gave this answer."""
    rows = table.data[(table.data["item"] == item) & (table.data["value"] == value)]
    return int((rows["state"] == "shown").sum())
