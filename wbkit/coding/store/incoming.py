"""Codings that were made elsewhere: by a dictionary, by consensus, by a machine, its witness."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from wbkit.coding.store.files import CODER, CODINGS, JOURNAL, check_coder
from wbkit.errors import CodingError
from wbkit.files import write_whole
from wbkit.messages import _, counted
from wbkit.text.normalise import frozen

if TYPE_CHECKING:  # the store itself needs neither pandas nor a study
    from pandas import DataFrame

    from wbkit.data.codings import Codings
    from wbkit.data.documents import Documents

MACHINE = "machine"
FILE = "witness.toml"
SHA256 = re.compile(r"[0-9a-f]{64}")
SHOWN = 12  # digits of the hash of a prompt, as of a text
SHA_SHOWN = 80
CARRIED_OVER = ("origin", "round", "rule", "codebook", "memo", "time", "status", "decided_by")
NEEDED = ("document", "quote", "code")
OWN = (*NEEDED, "start", "end", "memo")


class Texts(Protocol):
    """The texts of a store."""

    def text(self, document: str) -> str:
        """Return a text."""

    def find(self, document: str, quote: str) -> tuple[int, int]:
        """Return the place of words that stand in a text once."""


@dataclass(frozen=True)
class Witness:
    """A program that coded: its name, its version, the SHA-256 of its prompt, and the day."""

    program: str
    version: str
    prompt_sha256: str
    date: str

    def __str__(self) -> str:
        return f"{self.program} {self.version}, {self.date}, prompt {self.prompt_sha256[:SHOWN]}"


KEYS = tuple(one.name for one in fields(Witness))


def witness_of(said: Mapping[str, Any]) -> Witness:
    """Check what is said about a machine."""
    lacking = [key for key in KEYS if not str(said.get(key, "") or "").strip()]
    strange = [key for key in said if key not in KEYS]
    if lacking:
        raise CodingError(_(
            "witness: {key} is missing. A machine is named by {keys}. Give all four.",
            key=lacking[0], keys=", ".join(KEYS)))
    if strange:
        raise CodingError(_(
            "witness: {key} is unknown. A machine is named by {keys}. Correct the word.",
            key=strange[0], keys=", ".join(KEYS)))
    made = Witness(**{key: str(said[key]).strip() for key in KEYS})
    if not SHA256.fullmatch(made.prompt_sha256):
        raise CodingError(_(
            "witness: prompt_sha256 is {value!r}; it has 64 digits from 0 to f. Compute it with "
            "hashlib.sha256(prompt.encode()).hexdigest().",
            value=made.prompt_sha256[:SHA_SHOWN]))
    try:
        date.fromisoformat(made.date)
    except ValueError:
        raise CodingError(_(
            "witness: date is {value!r}; write it as 2026-11-30.", value=made.date)) from None
    return made


def read_witness(store: Path, coder: str) -> Witness | None:
    """Return which machine a coder is; None for people."""
    path = store / CODINGS / coder / FILE
    if not path.is_file():
        return None
    try:
        return witness_of(tomllib.loads(path.read_bytes().decode()))
    except (ValueError, CodingError):
        raise CodingError(_(
            "{file}: does not say which machine this is. Bring the file back with git.",
            file=f"{CODINGS}/{coder}/{FILE}")) from None


def write_witness(store: Path, coder: str, witness: Witness, *, coded: bool) -> None:
    """Keep which machine a coder is; refuse a person, or another machine, by the same name."""
    there = read_witness(store, check_coder(coder))
    if there == witness:
        return
    if there is not None or coded:
        raise CodingError(_(
            "{coder} is {other} in this store. A machine with another program, prompt or day is "
            "another witness: give its codings another coder, such as {coder}-2.",
            coder=coder, other=str(there) if there else _("a person")))
    import tomlkit  # noqa: PLC0415 - reading and coding need it never

    content = tomlkit.dumps(asdict(witness)).encode()
    write_whole(store / CODINGS / coder / FILE, content, durable=store / JOURNAL)


def check_hand(store: Path, coder: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Refuse codings of a machine without a witness, and others under the name of a machine."""
    witness = read_witness(store, check_coder(coder))
    for row in rows:
        if (row.get("origin") == MACHINE) != (witness is not None):
            raise CodingError(_(
                "{coder} is a machine in this store ({witness}). Code under a name of your own.",
                coder=coder, witness=witness) if witness else _(
                "codings of a machine need to say which one. Use store.add_codings(…, "
                'origin="machine", witness=…) with program, version, prompt_sha256 and date.'))


def coding_parts(
    store: Texts, codings: "Codings | DataFrame", origin: str | None,
    witness: Mapping[str, str] | None,
) -> tuple[dict[str, list[dict[str, Any]]], Witness | None]:
    """Return the rows of each coder as the store takes them, and the machine that they are of."""
    told = None if witness is None and origin != MACHINE else witness_of(witness or {})
    if told and hasattr(codings, "columns"):
        return _machine_rows(store, codings, told), told
    if not hasattr(codings, "considered"):
        raise CodingError(_(
            "add_codings: takes Codings, and there is {found}. Give what read_codings or "
            "code_by_dictionary returned; of a machine also a DataFrame.",
            found=type(codings).__name__))
    parts = {str(coder): _coding_rows(codings, part, MACHINE if told else origin)
             for coder, part in codings.data.groupby("coder", sort=True, observed=True)}
    silent = set(codings.considered["coder"].astype(str)) - parts.keys() if told else ()
    return parts | {coder: [] for coder in silent}, told


def considered_parts(codings: "Codings | DataFrame") -> Iterator[dict[str, Any]]:
    """Yield what was considered, as the store takes it; a DataFrame does not say."""
    if hasattr(codings, "columns"):
        return
    for one in codings.considered.to_dict("records"):
        said = {name: one[name] for name in ("round", "codebook", "status")
                if isinstance(one.get(name), str) and one[name]}
        yield {"document": stored_id(codings.documents, one["document"]), "codes": one["codes"],
               "coder": str(one["coder"]), "blind": bool(one.get("blind") is True), **said}


def _coding_rows(
    codings: "Codings", part: "DataFrame", origin: str | None
) -> list[dict[str, Any]]:
    made = []
    for row in part.astype(object).where(part.notna(), "").to_dict("records"):
        said = {name: str(row[name]) for name in CARRIED_OVER if row.get(name, "") != ""}
        if row["term"]:
            said.setdefault("rule", str(row["term"]))
        made.append({"document": stored_id(codings.documents, row["document"]),
                     "start": row["start"], "end": row["end"], "code": row["code"],
                     "quote": row["quote"], **said, **({"origin": origin} if origin else {})})
    return made


def set_name(documents: "Documents") -> str:
    """Return the name under which the answers to an open item stand in the store."""
    return f"{documents.source.name}.{documents.item}"


def stored_id(documents: "Documents", document: str) -> str:
    """Return the id of a text in the store."""
    return f"{set_name(documents)}/{document}" if documents.item else document


def _machine_rows(
    store: Texts, frame: "DataFrame", witness: Witness
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a table that a program wrote, by coder, each quote where it stands."""
    lacking = [name for name in NEEDED if name not in frame.columns]
    if lacking:
        raise CodingError(_(
            "the codings of {program} lack {column}. Each row has document, quote and code; it "
            "may have start and end, coder and memo. Add the column.",
            program=witness.program, column=lacking[0]))
    found: dict[str, list[dict[str, Any]]] = {}
    wrong: list[int] = []
    for number, row in enumerate(_rows(frame), start=1):
        coder, placed = row.pop("coder", "") or _default_coder(witness), _placed(store, row)
        if placed is None:
            wrong.append(number)
        else:
            found.setdefault(str(coder), []).append(placed)
    _refuse(wrong, len(frame), witness)
    return found


def _rows(frame: "DataFrame") -> Iterator[dict[str, Any]]:
    """Yield the rows without empty cells."""
    known = [name for name in (*OWN, "coder") if name in frame.columns]
    kept = frame[known].astype(object)
    for row in kept.where(kept.notna(), "").to_dict("records"):
        yield {name: value for name, value in row.items() if value != "" or name in NEEDED}


def _placed(store: Texts, row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a row with its place; a place that the program gave is checked, never mended."""
    document, quote = str(row["document"]), frozen(str(row["quote"]))
    try:
        text = store.text(document)
        start, end = (int(row["start"]), int(row["end"])) if "start" in row or "end" in row \
            else store.find(document, quote)
    except (CodingError, KeyError, ValueError):
        return None
    if not 0 <= start < end <= len(text) or text[start:end] != quote:
        return None
    return {**row, "document": document, "code": str(row["code"]), "start": start, "end": end,
            "origin": MACHINE}


def _refuse(wrong: Sequence[int], every: int, witness: Witness) -> None:
    if wrong:
        raise CodingError(_(
            "{program}: {n} of {codings} with a quote that does not stand in its text, or stands "
            "there more than once without a place: row {rows}. None of them is kept. Leave these "
            "rows out and count them as errors of the machine, or give start and end.",
            program=witness.program, n=len(wrong), codings=counted(every, "coding", "codings"),
            rows=", ".join(str(one) for one in wrong[:5])
            + (" …" if len(wrong) > 5 else "")))


def _default_coder(witness: Witness) -> str:
    """Return the id of a machine that got none: the name of its program."""
    name = re.sub(r"[^a-z0-9_-]+", "-", witness.program.lower()).strip("-")
    return name if CODER.fullmatch(name) else MACHINE
