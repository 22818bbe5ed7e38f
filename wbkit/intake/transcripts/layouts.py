"""Where turns begin: each layout is tried, and the one with the most evidence is taken.

Which labels are speakers is decided over the whole file: by study.toml, by how often they stand
there, by what they look like, and by the other labels.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wbkit.intake.transcripts.heads import LAYOUTS, SURE, TIMED, Head
from wbkit.intake.transcripts.labels import declared, key_of, shape_of
from wbkit.intake.transcripts.lines import Line
from wbkit.study.source_kinds import TextRules
from wbkit.text.person_names import FIRST_NAMES

QUESTIONS = 0.5  # share of the bold paragraphs that end in a question mark
SURER = 1.25  # a head with a time, or a column, is worth more than a colon
ENOUGH_LINES, ALTERNATES, FEWEST_HEADS = 0.3, 0.5, 4
# What stands above a conversation, with a colon behind it.
ABOVE_WORDS = """
datum date plaats place locatie location tijd time tijdstip duur duration onderwerp topic titel
title project bestand file opname recording versie version school opleiding afdeling team functie
aanwezig aanwezigen afwezig deelnemers participants interviewers respondenten
"""
ABOVE = frozenset(ABOVE_WORDS.split())
FEW = 0.1  # share of the heads under which a word with a capital is no speaker


@dataclass(frozen=True)
class TurnLayout:
    """How a file says who speaks.

    Parameters
    ----------
    name
        One of the names in LAYOUTS, or "none".
    heads
        Where turns begin.
    once
        Labels that stand there once, as written.
    doubts
        What looks like a label and was left in the text = how often.
    """

    name: str = "none"
    heads: tuple[Head, ...] = ()
    once: tuple[str, ...] = ()
    doubts: Mapping[str, int] | None = None


def find_turn_layout(lines: Sequence[Line], rules: TextRules) -> TurnLayout:
    """Find how a file says who speaks."""
    tried = [_accepted(name, finder(lines, rules), lines, rules)
             for name, finder in LAYOUTS.items()]
    best = max(tried, key=lambda one: len(one.heads) * (
        SURER if one.name in (*SURE, *TIMED) else 1))  # of equals the first
    if best.heads:
        return best
    asked = _questions(lines)
    doubts = {label: n for one in tried for label, n in (one.doubts or {}).items()}
    return TurnLayout("questions in bold", asked) if asked else TurnLayout(doubts=doubts)


def _accepted(
    name: str, found: Iterator[Head], lines: Sequence[Line], rules: TextRules
) -> TurnLayout:
    """Keep the heads whose label is a speaker, when there is enough evidence for this layout."""
    heads = list(found)
    counts = Counter(key_of(head.label) for head in heads)
    if name in SURE:
        return TurnLayout(name, tuple(heads), _once(heads, counts))
    known = declared(rules)
    speakers = _speakers(name, heads, lines, rules)
    kept = [head for head in heads if key_of(head.label) in speakers]
    enough = _is_enough(name, kept, lines, known)
    first = kept[0].at if enough else 0
    doubts = {head.label: counts[key_of(head.label)] for head in heads
              if not (enough and key_of(head.label) in speakers)
              and not (head.at < first and key_of(head.label) in ABOVE)
              and _is_doubt(head.label, counts)}
    if not enough:
        return TurnLayout(name, (), doubts=doubts)
    return TurnLayout(name, tuple(kept), _once(kept, counts), doubts)


def _once(heads: Sequence[Head], counts: Counter[str]) -> tuple[str, ...]:
    return tuple(head.label for head in heads if head.label and counts[key_of(head.label)] == 1)


def _is_doubt(label: str, counts: Counter[str]) -> bool:
    return shape_of(label) != "phrase" or counts[key_of(label)] > 1


def _speakers(
    name: str, heads: Sequence[Head], lines: Sequence[Line], rules: TextRules
) -> set[str]:
    """Return the labels that are speakers, in the form in which they are compared."""
    counts = Counter(key_of(head.label) for head in heads)
    shapes = {key_of(head.label): shape_of(head.label) for head in reversed(heads)}
    known = declared(rules)
    certain = {key for key in counts if key in known}
    again = {key for key, n in counts.items() if n > 1}
    if name in TIMED:
        people = {key for key in counts if shapes[key] != "phrase"} if certain | again else set()
        return certain | again | people
    strong = certain | {key for key in again if shapes[key] in ("code", "role", "name")}
    if name == "label on a line of its own":
        return strong | {key for key in again if shapes[key] == "single"}
    singles = {key for key in counts if shapes[key] == "single"} - certain
    closed = any(key not in map(key_of, rules.interviewers) for key in certain)
    few = FEW * sum(counts[key] for key in strong | singles)
    ordinary = _small_words(lines)
    for key in singles:
        named = key in FIRST_NAMES
        often = key in again and key not in ordinary and (
            not strong - certain and not certain or counts[key] > 2 and counts[key] >= few)
        if named and (strong or key in again) or often and not closed and not _codes(
                strong, shapes):
            strong = strong | {key}
    if len(strong) > 1 or certain or len(counts) == 1:
        strong = strong | {key for key in counts if shapes[key] in ("code", "role", "name")}
    return strong


def _codes(strong: set[str], shapes: Mapping[str, str]) -> bool:
    """Say whether the speakers are written as codes, so that a word is none of them."""
    kinds = [shapes[key] for key in strong]
    return bool(kinds) and kinds.count("code") == len(kinds)


def _small_words(lines: Sequence[Line]) -> set[str]:
    """Return the words that the file writes with a small letter."""
    return {word for line in lines for word in re.findall(r"[^\W\d_]+", line.text)
            if word[0].islower()}


def _is_enough(
    name: str, heads: Sequence[Head], lines: Sequence[Line], known: Mapping[str, str]
) -> bool:
    """Say whether heads are evidence of a conversation, and not of a list or a note."""
    keys = [key_of(head.label) for head in heads]
    if name == "label on a line of its own":
        return _covers_blocks(heads, lines, known)
    if any(key in known for key in keys):
        return True
    several = [key for key, n in Counter(keys).items() if n > 1]
    if len(set(keys)) == 1:  # only who asks has a label, or one person speaks
        asks = sum(head.words.rstrip().endswith("?") for head in heads) * 2 >= len(heads) > 2
        first = heads[0].at == next(at for at, line in enumerate(lines) if not line.blank)
        return asks or shape_of(heads[0].label) == "role" and (bool(several) or first)
    if len(set(keys)) < 2 or not several:
        return False
    filled = sum(not line.blank for line in lines)
    turns = sum(before != after for before, after in zip(keys, keys[1:], strict=False))
    alternates = len(keys) >= FEWEST_HEADS and len(several) > 1 and (
        turns >= ALTERNATES * (len(keys) - 1))
    return alternates or len(heads) >= ENOUGH_LINES * filled


def _covers_blocks(
    heads: Sequence[Head], lines: Sequence[Line], known: Mapping[str, str]
) -> bool:
    """Say whether nearly every block of a file begins with a label on its own line."""
    keys = {key_of(head.label) for head in heads}
    if not heads or len(keys) < 2 and not keys & set(known):
        return False
    places, after = {head.at for head in heads}, lines[heads[0].at:]
    if any(line.blank for line in after):
        begins = [at for at, line in enumerate(lines) if at >= heads[0].at and not line.blank
                  and (at == 0 or lines[at - 1].blank)]
        return len(heads) > 1 and sum(at in places for at in begins) >= 0.6 * len(begins)
    return len(heads) >= max(2, 0.25 * sum(not line.blank for line in after))


def _questions(lines: Sequence[Line]) -> tuple[Head, ...]:
    """Return a head for each paragraph that looks unlike the others and asks something."""
    filled = [(at, line) for at, line in enumerate(lines) if not line.blank and not line.aside]
    whole = {at: line.marked >= len(line.text.strip()) for at, line in filled}
    asks = {at: line.text.rstrip().endswith("?") for at, line in filled}
    for look in (True, False):
        mine = [at for at in whole if whole[at] == look]
        rest = [at for at in whole if whole[at] != look]
        if len(mine) > 1 and len(rest) > 1 and sum(asks[at] for at in mine) >= QUESTIONS * len(
                mine) and sum(asks[at] for at in mine) * len(rest) > 2 * len(mine) * sum(
                asks[at] for at in rest):
            return tuple(Head(at, at + 1, "vraag", "", lines[at].text) for at in mine)
    return ()


def renamed(heads: Sequence[Head], rules: TextRules) -> tuple[Head, ...]:
    """Give each speaker one label: as study.toml writes it, else as it stands most often."""
    known, forms = declared(rules), {}
    for head in heads:
        forms.setdefault(key_of(head.label), Counter())[head.label.rstrip(" .:")] += 1
    chosen = {key: known.get(key) or count.most_common(1)[0][0] for key, count in forms.items()}
    return tuple(replace(head, label=chosen[key_of(head.label)] if head.label else "")
                 for head in heads)
