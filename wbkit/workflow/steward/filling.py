"""The texts of a steward, filled with what study.toml says, as Word documents."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from docx import Document

from wbkit.files import CREATED, word_bytes
from wbkit.messages import listing
from wbkit.study.item import SPECIAL
from wbkit.study.source import Source
from wbkit.study.stewardship import LegalBasis
from wbkit.study.study import Study

TEMPLATE = Path(__file__).parent / "template"
SAID = ("school", "researcher", "contact", "officer", "purpose", "storage", "keep_until")
CONDITION = re.compile(r"^\?(\w+) (.*)$")
BOX = "☐"


@cache
def words() -> dict[str, Any]:
    """Return the words that are put together for these texts."""
    return tomllib.loads((TEMPLATE / "words.toml").read_text(encoding="utf-8"))


def blank(name: str) -> str:
    """Return what stands where study.toml says nothing."""
    return words()["blank"].format(what=words()["blanks"][name])


def filled(name: str, study: Study) -> list[str]:
    """Return the lines of a text: of those with a condition only what holds for the study."""
    values, holds = _values(study), _conditions(study)
    lines = []
    for line in (TEMPLATE / name).read_text(encoding="utf-8").splitlines():
        found = CONDITION.match(line)
        if found and not holds[found[1]]:
            continue
        lines += (found[2] if found else line).format_map(values).split("\n")
    return lines


def _conditions(study: Study) -> dict[str, bool]:
    about = study.steward
    talks = any(source.holds_texts for source in study.sources.values())
    special = bool(_special(study))
    named = any(item.sensitivity == "identifier" for source in study.sources.values()
                for item in source.items.values())
    return {"recording": talks if about.recording is None else about.recording,
            "younger": about.youngest < 18, "adult": about.youngest >= 18,
            "quotes": about.quotes, "unquoted": not about.quotes,
            "code": about.code, "named": named and not about.code,
            "anonymous": not (named or about.code),
            "special": special, "ordinary": not special,
            **{basis: about.legal_basis == basis for basis in get_args(LegalBasis)}}


def _values(study: Study) -> Mapping[str, str]:
    about, until, told = study.steward, study.steward.keep_until, words()
    said = {name: str(getattr(about, name) or blank(name)) for name in SAID}
    if about.purpose:
        said["purpose"] = about.purpose.text("nl") or blank("purpose")
    if until:
        said["keep_until"] = f"{until.day} {told['months'][until.month - 1]} {until.year}"
    special = [told["special"][one] for one in _special(study)]
    made_up = bool(study.sources) and all(one.synthetic for one in study.sources.values())
    return said | {
        "title": study.title.text("nl") or "", "minimum": str(study.display.minimum),
        "youngest": str(about.youngest), "language": study.language,
        "version": blank("version"), "special": listing(special, "nl") or told["not_special"],
        "activities": _activities(study), "sources": _sources(study), "sizes": _sizes(study),
        "questions": "; ".join(one.text.text("nl") or "" for one in study.questions.values())
        or blank("questions"),
        "synthetic": told["all_synthetic"] if made_up else ""}


def _special(study: Study) -> list[str]:
    found = {item.sensitivity for source in study.sources.values()
             for item in source.items.values()}
    return [one for one in SPECIAL if one in found]


def _asked(study: Study) -> list[Source]:
    return [one for one in study.sources.values() if one.kind == "survey" and not one.public]


def _activities(study: Study) -> str:
    lines = [words()["talk" if one.holds_texts else "survey"].format(name=one.words("nl"))
             for one in _asked(study)]
    return "\n".join(lines) or blank("activities")


def _sources(study: Study) -> str:
    lines = [f"- {one.words('nl')} ({one.file}): {', '.join(_about(one))}"
             for one in study.sources.values()]
    return "\n".join(lines) or f"- {blank('sources')}"


def _about(source: Source) -> list[str]:
    """Say of a source what is in it, and what of that needs care."""
    told, kinds = words(), {item.sensitivity for item in source.items.values()}
    unit = told["counts"].format(units=source.units(2, "nl")) if source.counts \
        else told["row"].format(unit=source.units(1, "nl"))
    holds = {"items": bool(source.items), "quasi": "quasi" in kinds,
             "identifier": "identifier" in kinds, "public": source.public,
             "synthetic": source.synthetic}
    return [unit, *(told[key].format(n=len(source.items)) for key, there in holds.items() if there)]


def _sizes(study: Study) -> str:
    known = [(one, one.design.population) for one in study.sources.values()
             if one.design and one.design.population]
    return "; ".join(f"{one.words('nl')}: {n} {one.units(n, 'nl')}" for one, n in known) \
        or blank("sizes")


def as_word(lines: list[str]) -> bytes:
    """Return a Word document of lines: # for a heading, - for a list, [] for a box to tick."""
    word = Document()
    about = word.core_properties
    about.author, about.language, about.created, about.modified = "wbkit", "nl", CREATED, CREATED
    for line in lines:
        mark, _, text = line.partition(" ")
        if mark and set(mark) == {"#"}:
            word.add_heading(text, len(mark) - 1)
        elif mark == "-":
            word.add_paragraph(text, style="List Bullet")
        elif mark == "[]":
            word.add_paragraph(f"{BOX} {text}")
        elif line.strip():
            word.add_paragraph(line)
    return word_bytes(word)
