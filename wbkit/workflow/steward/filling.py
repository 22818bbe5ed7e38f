"""The texts of a steward, filled with what study.toml says, as Word documents."""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from docx import Document

from wbkit.coding.exchange.segments_document import CREATED, LONG_AGO
from wbkit.messages import listing
from wbkit.study.item import SPECIAL
from wbkit.study.source import Source
from wbkit.study.stewardship import LegalBasis
from wbkit.study.study import Study

TEMPLATE = Path(__file__).parent / "template"
BLANK = "[vul in: {what}]"
WHAT = {"school": "naam van de school", "researcher": "naam en functie",
        "contact": "e-mail of telefoon", "officer": "hoe de functionaris te bereiken is",
        "purpose": "waar het onderzoek voor is, in één zin",
        "storage": "waar de gegevens staan en wie erbij kan", "keep_until": "datum"}
SPECIAL_WORDS = {"health": "gezondheid", "religion": "geloof", "ethnicity": "afkomst",
                 "orientation": "seksuele gerichtheid", "union": "vakbond",
                 "criminal": "strafrecht", "politics": "politiek"}
MONTHS = [
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
]
CONDITION = re.compile(r"^\?(\w+) (.*)$")
BOX = "☐"


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
    return {"recording": talks if about.recording is None else about.recording,
            "younger": about.youngest < 18, "adult": about.youngest >= 18,
            "quotes": about.quotes, "unquoted": not about.quotes,
            "code": about.code, "anonymous": not about.code,
            "special": special, "ordinary": not special,
            **{basis: about.legal_basis == basis for basis in get_args(LegalBasis)}}


def _values(study: Study) -> Mapping[str, str]:
    about, until = study.steward, study.steward.keep_until
    said = {name: str(getattr(about, name) or BLANK.format(what=what))
            for name, what in WHAT.items()}
    if about.purpose:
        said["purpose"] = about.purpose.text("nl") or BLANK.format(what=WHAT["purpose"])
    if until:
        said["keep_until"] = f"{until.day} {MONTHS[until.month - 1]} {until.year}"
    special = [SPECIAL_WORDS[one] for one in _special(study)]
    made_up = bool(study.sources) and all(one.synthetic for one in study.sources.values())
    return said | {
        "title": study.title.text("nl") or "", "minimum": str(study.display.minimum),
        "youngest": str(about.youngest), "language": study.language,
        "version": BLANK.format(what="nummer of datum van de tekst"),
        "special": listing(special, "nl") or "geen gemarkeerd in study.toml",
        "activities": _activities(study), "sources": _sources(study), "sizes": _sizes(study),
        "questions": "; ".join(one.text.text("nl") or "" for one in study.questions.values())
        or BLANK.format(what="onderzoeksvragen"),
        "synthetic": "Deze gegevens zijn verzonnen (synthetisch)." if made_up else ""}


def _special(study: Study) -> list[str]:
    found = {item.sensitivity for source in study.sources.values()
             for item in source.items.values()}
    return [one for one in SPECIAL if one in found]


def _asked(study: Study) -> list[Source]:
    return [one for one in study.sources.values() if one.kind == "survey" and not one.public]


def _activities(study: Study) -> str:
    lines = [f"- {'Een gesprek' if one.holds_texts else 'Een vragenlijst'}: {one.words('nl')}."
             for one in _asked(study)]
    return "\n".join(lines) or BLANK.format(what="vragenlijst of gesprek, en hoe lang het duurt")


def _sources(study: Study) -> str:
    lines = []
    for one in study.sources.values():
        kinds = {item.sensitivity for item in one.items.values()}
        about = [f"één rij is één {one.units(1, 'nl')}"]
        about += [f"{len(one.items)} vragen of kenmerken"] if one.items else []
        about += ["herkenbare achtergrond (team, niveau, leeftijd …)"] if "quasi" in kinds else []
        about += ["namen of nummers, die niet verder komen dan data/raw"] \
            if "identifier" in kinds else []
        about += ["al gepubliceerd"] if one.public else []
        about += ["verzonnen"] if one.synthetic else []
        lines.append(f"- {one.words('nl')} ({one.file}): {', '.join(about)}")
    return "\n".join(lines) or f"- {BLANK.format(what='nog geen bron in study.toml')}"


def _sizes(study: Study) -> str:
    known = [f"{one.words('nl')}: {one.design.population} {one.units(2, 'nl')}"
             for one in study.sources.values() if one.design and one.design.population]
    return "; ".join(known) or BLANK.format(what="om hoeveel mensen het gaat")


def as_word(lines: list[str]) -> bytes:
    """Return a Word document of lines: # for a heading, - for a list, [] for a box to tick."""
    word = Document()
    about = word.core_properties
    about.author, about.language, about.created, about.modified = "wbkit", "nl", CREATED, CREATED
    for line in lines:
        mark, _, words = line.partition(" ")
        if mark and set(mark) == {"#"}:
            word.add_heading(words, len(mark) - 1)
        elif mark == "-":
            word.add_paragraph(words, style="List Bullet")
        elif mark == "[]":
            word.add_paragraph(f"{BOX} {words}")
        elif line.strip():
            word.add_paragraph(line)
    return _packed(word)


def _packed(word: object) -> bytes:
    """Return the bytes of a document, the same for the same words."""
    stream, packed = io.BytesIO(), io.BytesIO()
    word.save(stream)
    with zipfile.ZipFile(stream) as made, zipfile.ZipFile(packed, "w") as archive:
        for name in made.namelist():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), made.read(name),
                             zipfile.ZIP_DEFLATED)
    return packed.getvalue()
