"""Names of speakers where they are no label: in notes, in lists of people, in what is said."""

import re
from collections.abc import Mapping, Sequence

from wbkit.intake.transcripts.labels import PARTICLES, TITLES, key_of, shape_of

SHORTEST = 3  # letters of a name that is looked for
URL = re.compile(r"https?://|www\.", re.IGNORECASE)
# What programs write above or under a transcript themselves.
NOTICE = re.compile(
    r"(?:started|stopped) transcription|transcri\w* (?:gestart|gestopt|begonnen)|"
    r"(?:begonnen|gestopt) met transcri|transcri(?:bed|pt(?:ion)?) (?:by|ended)|"
    r"computer[- ]generated|door (?:een )?computer gegenereerd|"
    r"(?:meeting|recording|vergadering|opname) (?:ended|stopped|beëindigd|gestopt)|"
    r"^\W*(?:einde?|end of|begin|start of) (?:van )?(?:(?:de|het|the) )?(?:opname|interview|"
    r"gesprek|transcript|transcriptie|bandopname|recording|conversation)\W*$", re.IGNORECASE)


def is_notice(text: str) -> bool:
    """Say whether a line is the word of a program: an address, the end of the recording."""
    return bool(URL.search(text) or NOTICE.search(text))


def is_of_program(text: str, speakers: Sequence[str]) -> bool:
    """Say whether a program wrote a line outside every turn: "Anna Smit started transcription"."""
    return is_notice(text) or any(shape_of(one) == "name" and text.strip().startswith(f"{one} ")
                                  for one in speakers)


def name_parts(speaker: str) -> list[str]:
    """Return the words of a name by which somebody may be recognised."""
    words = re.findall(r"[^\W\d_][\w'’-]*", speaker)
    return [word for word in words if len(word) >= SHORTEST and word[0].isupper()
            and word.casefold() not in PARTICLES and word.casefold() not in TITLES]


def masked(text: str, names: Mapping[str, str]) -> str:
    """Put the label of a speaker in place of the name, whole or in part."""
    for name in sorted(names, key=len, reverse=True):
        parts = sorted(name_parts(name), key=len, reverse=True)
        for one in dict.fromkeys([name, *parts]):
            text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", names[name], text)
    return text


def names_list(text: str, speakers: Sequence[str]) -> bool:
    """Say whether a line lists the people who were there."""
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    known = {key_of(one) for one in speakers if shape_of(one) in ("name", "single")}
    return len(parts) > 1 and sum(key_of(part) in known for part in parts) >= 1 and all(
        shape_of(part) in ("name", "single") for part in parts)


def said_names(texts: Sequence[str], names: Mapping[str, str]) -> int:
    """Count the places where the name of a speaker is said."""
    parts = {part for name in names for part in name_parts(name)}
    if not parts:
        return 0
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(parts)))})(?!\w)")
    return sum(len(pattern.findall(text)) for text in texts)
