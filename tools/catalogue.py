"""Renews the Dutch catalogue of messages: adds what is new, drops what is gone, writes the .mo.

``python tools/catalogue.py`` lists what still needs Dutch, and ends with 1 when there is any.
"""

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "wbkit" / "locale" / "nl" / "LC_MESSAGES" / "wbkit.po"
SINGLE, COUNTED = {"_", "mark"}, "counted"
WIDTH = 96
DATE = datetime(2026, 1, 1, tzinfo=UTC)  # babel dates a catalogue: the same each time


def extracted() -> Catalog:
    """Return every sentence of the code, with the modules in which it stands."""
    found = Catalog(locale="nl", project="wbkit", charset="utf-8")
    for path in sorted((ROOT / "wbkit").rglob("*.py")):
        if "template" in path.parts:
            continue
        place = path.relative_to(ROOT).as_posix()
        for msgid in sentences(path.read_text(encoding="utf-8")):
            found.add(msgid, locations=[(place, None)])
    return found


def sentences(text: str) -> Iterator[str | tuple[str, str]]:
    """Give what a module hands to gettext, also inside f-strings, and the help of its commands."""
    nodes = [node for node in ast.walk(ast.parse(text)) if hasattr(node, "lineno")]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            words = [one.value for one in node.args if isinstance(one, ast.Constant)
                     and isinstance(one.value, str)]
            if called in SINGLE and words:
                yield words[0]
            elif called == COUNTED and len(words) >= 2:
                yield tuple(words[-2:])
        elif isinstance(node, ast.FunctionDef) and any(
                ast.unparse(one).startswith("command(") for one in node.decorator_list):
            yield ast.get_docstring(node)


def read_catalogue(path: Path = PO) -> Catalog:
    """Return a catalogue as it stands in its file, or an empty one."""
    if not path.exists():
        return Catalog(locale="nl")
    with path.open("rb") as stream:
        known = read_po(stream, locale="nl", charset="utf-8")
    known.creation_date = DATE
    return known


def renewed(known: Catalog) -> Catalog:
    """Return the sentences of the code with the Dutch that is known."""
    catalogue = extracted()
    for entry in entries(catalogue):
        there = known.get(entry.id)
        if there is not None and isinstance(there.id, str) == isinstance(entry.id, str):
            entry.string = there.string
    return catalogue


def entries(catalogue: Catalog) -> list[Message]:
    """Return the messages without the head of the file."""
    return [entry for entry in catalogue if entry.id]


def untranslated(catalogue: Catalog) -> list[Message]:
    """Return the messages that have no Dutch yet, or not for each number."""
    return [entry for entry in entries(catalogue)
            if not all(entry.string if isinstance(entry.string, tuple) else (entry.string,))]


def as_po(catalogue: Catalog) -> bytes:
    """Return the text of the catalogue, in order of its modules, without dates."""
    stream = BytesIO()
    write_po(stream, catalogue, width=WIDTH, omit_header=True, sort_by_file=True)
    head = ('msgid ""\nmsgstr ""\n"Language: nl\\n"\n"MIME-Version: 1.0\\n"\n'
            '"Content-Type: text/plain; charset=utf-8\\n"\n'
            '"Content-Transfer-Encoding: 8bit\\n"\n'
            '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n')
    return head.encode() + stream.getvalue().strip() + b"\n"


def as_mo(catalogue: Catalog) -> bytes:
    """Return the catalogue as gettext reads it."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def main() -> int:
    """Renew both files, and list what has no Dutch."""
    catalogue = renewed(read_catalogue())
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(as_po(catalogue))
    PO.with_suffix(".mo").write_bytes(as_mo(read_catalogue()))
    lacking = untranslated(catalogue)
    for entry in lacking:
        print(f"{entry.locations[0][0]}: {entry.id!r}")
    print(f"{len(entries(catalogue))} messages, {len(lacking)} without Dutch")
    return min(len(lacking), 1)


if __name__ == "__main__":
    sys.exit(main())
