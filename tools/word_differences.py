"""Compare two recordings of words: what differs, and how often the same thing differs."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher, unified_diff
from pathlib import Path
from typing import Any

LEFT_OUT = ("fingerprint", "where")
RESULTS = ("table", "figure")
SHOWN_LINES, SHOWN_PLACES = 8, 3
TAG, NUMBER = re.compile(r"<[^>]*>"), re.compile(r"\d+")
Record = dict[str, Any]


@dataclass
class Difference:
    """One kind of difference: the lines where it was seen first, and all places."""

    before: list[str]
    after: list[str]
    places: dict[str, None] = field(default_factory=dict)
    fields: dict[str, None] = field(default_factory=dict)
    times: int = 0


def compare(before: Path, after: Path, *, full: bool = False) -> int:
    """Print the differences between two folders of recordings; return 1 when there are any."""
    kinds: dict[Any, Difference] = {}
    counts = Counter()
    for place, one, other in _pairs(before, after):
        what = (one or other)["what"] if (one or other)["what"] in RESULTS else "other"
        changed = _changed(one, other)
        counts[what] += 1
        counts["differ", what] += bool(changed)
        counts["digits"] += bool(one and other) and (
            one.get("fingerprint") != other.get("fingerprint"))
        for name in changed:
            _sort(kinds, place, name, (_lines(one, name), _lines(other, name)))
            if full:
                _print_unified(place, name, _lines(one, name), _lines(other, name))
    if not full:
        _print_kinds(kinds)
    _print_counts(counts)
    return int(bool(kinds) or not counts)


def _pairs(before: Path, after: Path) -> Iterator[tuple[str, Record, Record]]:
    """Return the records that belong together, over all files and notebooks."""
    for name in sorted({path.name for folder in (before, after) for path in folder.glob("*.json")}):
        one, other = _read(before / name), _read(after / name)
        for book in dict.fromkeys([*one, *other]):
            place = f"{name.removesuffix('.json')}/{book}"
            for key, first, second in _aligned(one.get(book, {}), other.get(book, {})):
                where = (first or second).get("where", "")
                yield f"{place}/{key} ({where})" if where != key else f"{place}/{key}", \
                    first, second


def _read(path: Path) -> dict[str, dict[str, Record]]:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _aligned(one: dict[str, Record], other: dict[str, Record],
             ) -> Iterator[tuple[str, Record, Record]]:
    """Pair records by key, or by what and where they are when their numbers shifted."""
    names, others = ([_name(record) for record in records.values()] for records in (one, other))
    if names == others or not all(map(str.isdigit, [*one, *other])):
        for key in dict.fromkeys([*one, *other]):
            yield key, one.get(key, {}), other.get(key, {})
        return
    keys, other_keys = list(one), list(other)
    for _, start, end, low, high in SequenceMatcher(None, names, others, False).get_opcodes():
        for at in range(max(end - start, high - low)):
            first = keys[start + at] if start + at < end else None
            second = other_keys[low + at] if low + at < high else None
            yield first or f"+{second}", one.get(first, {}), other.get(second, {})


def _name(record: Record) -> tuple[str, str]:
    return record["what"], record["where"]


def _changed(one: Record, other: Record) -> list[str]:
    """Return the fields that differ; a record of one side alone differs as a whole."""
    if not one or not other:
        return [f"only in {'BEFORE' if one else 'AFTER'}"]
    names = dict.fromkeys([*one, *other])
    return [name for name in names if name not in LEFT_OUT and one.get(name) != other.get(name)]


def _lines(record: Record, name: str) -> list[str]:
    words = str(record.get(name, ""))
    return words.replace("><", ">\n<").splitlines() if name == "html" else words.splitlines()


def _sort(kinds: dict[Any, Difference], place: str, name: str,
          texts: tuple[list[str], list[str]]) -> None:
    """Count each block of changed lines with those in which the same words changed."""
    before, after = texts
    if name.startswith("only in"):
        before, after = ([name], []) if name.endswith("BEFORE") else ([], [name])
    for tag, start, end, low, high in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "equal":
            continue
        left, right = before[start:end], after[low:high]
        one = kinds.setdefault(_kind(left, right), Difference(left, right))
        one.times += 1
        one.places[place] = None
        one.fields[name] = None


def _kind(before: list[str], after: list[str]) -> tuple[tuple[str, str], ...]:
    """Return the words that changed, whatever their numbers and marks of HTML."""
    one, other = (_tokens(lines) for lines in (before, after))
    blocks = SequenceMatcher(None, one, other, False).get_opcodes()
    return tuple((" ".join(one[start:end]), " ".join(other[low:high]))
                 for tag, start, end, low, high in blocks if tag != "equal")


def _tokens(lines: list[str]) -> list[str]:
    plain = [TAG.sub(" ", line) for line in lines] if any("<" in line for line in lines) else lines
    return NUMBER.sub("#", " ".join(plain)).split()


def _print_kinds(kinds: dict[Any, Difference]) -> None:
    for one in sorted(kinds.values(), key=lambda one: -one.times):
        places = list(one.places)
        more = f" and {len(places) - SHOWN_PLACES} more" if len(places) > SHOWN_PLACES else ""
        sys.stdout.write(f"=== {one.times} × in {len(places)} ({', '.join(one.fields)}): "
                         f"{'; '.join(places[:SHOWN_PLACES])}{more}\n")
        for sign, lines in (("-", one.before), ("+", one.after)):
            sys.stdout.writelines(f"{sign}{line}\n" for line in lines[:SHOWN_LINES])
            if len(lines) > SHOWN_LINES:
                sys.stdout.write(f"{sign}… {len(lines) - SHOWN_LINES} more lines\n")


def _print_unified(place: str, name: str, before: list[str], after: list[str]) -> None:
    sys.stdout.write(f"=== {place}: {name}\n")
    lines = unified_diff(before, after, lineterm="", n=1)
    sys.stdout.writelines(f"{line}\n" for line in list(lines)[2:])


def _print_counts(counts: Counter) -> None:
    compared = sum(counts[what] for what in RESULTS)
    differ = sum(counts["differ", what] for what in RESULTS)
    sys.stdout.write(
        f"{counts['digits']} fingerprints differ (no difference of words)\n"
        f"{counts['other']} sentences, refusals and other printed values compared, "
        f"{counts['differ', 'other']} differ\n"
        f"{compared} Tables and figures compared, {differ} differ\n")
