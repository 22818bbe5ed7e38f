"""Memos: Markdown files with a few lines at their head."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from wbkit.coding.store.files import JOURNAL, MEMOS, now, remove, write_folder
from wbkit.errors import CodingError
from wbkit.files import write_whole
from wbkit.messages import _
from wbkit.text.normalise import frozen

MEMO_KINDS = ("code", "theory", "method")
FENCE = "---"


@dataclass(frozen=True)
class Memo:
    """What a coder wrote down, in Markdown, and the ids that it is about."""

    text: str
    coder: str
    kind: str = "code"
    title: str = ""
    document: str = ""
    coding: str = ""
    code: str = ""
    time: str = field(default_factory=now)  # in UTC

    def __post_init__(self) -> None:
        if self.kind not in MEMO_KINDS:
            raise CodingError(_(
                "the kind of a memo is {kind!r}; it may be {kinds}. Use one of these.",
                kind=self.kind, kinds=", ".join(MEMO_KINDS)))


HEAD = tuple(one.name for one in fields(Memo) if one.name != "text")


def write_memo(store: Path, memo: Memo) -> Path:
    """Keep a memo in a file of its own; the same memo again gives the same file."""
    path, content = memo_file(store, memo)
    write_whole(path, content, durable=store / JOURNAL)
    write_folder(path.parent)
    return path


def remove_memo(store: Path, memo: Memo) -> None:
    """Take a memo away that was just written; one that is not there makes no difference."""
    remove(memo_file(store, memo)[0])


def memo_file(store: Path, memo: Memo) -> tuple[Path, bytes]:
    """Return the file of a memo and what it holds."""
    lines = [f"{name}: {json.dumps(frozen(getattr(memo, name)), ensure_ascii=False)}"
             for name in HEAD if getattr(memo, name)]
    content = "\n".join([FENCE, *lines, FENCE, "", frozen(memo.text).rstrip("\n"), ""]).encode()
    digits = hashlib.sha256(content).hexdigest()[:6]
    return store / MEMOS / f"{memo.time.replace(':', '')}-{memo.coder}-{digits}.md", content


def read_memo_files(store: Path) -> list[tuple[Path, Memo]]:
    """Return each memo with its file, by time."""
    return [(path, _read_memo(path)) for path in sorted((store / MEMOS).glob("*.md"))]


def _read_memo(path: Path) -> Memo:
    try:
        empty, head, text = path.read_bytes().decode("utf-8-sig").replace(
            "\r\n", "\n").split(f"{FENCE}\n", 2)
        if empty.strip():
            raise ValueError
        pairs = (line.split(":", 1) for line in head.splitlines() if line.strip())
        about = {name.strip(): _value(value.strip()) for name, value in pairs}
        return Memo(text=text.strip("\n"), **about)
    except CodingError as error:
        raise CodingError(_(
            "{file}: {reason} Correct its first lines.",
            file=f"{MEMOS}/{path.name}", reason=error.args[0])) from None
    except (ValueError, TypeError):
        raise CodingError(_(
            "{file}: does not begin with {fence}, lines such as kind: theory, and {fence}. "
            "Correct its first lines.",
            file=f"{MEMOS}/{path.name}", fence=FENCE)) from None


def _value(written: str) -> str:
    """Return the words behind the colon, with or without quotation marks."""
    return json.loads(written) if written.startswith('"') else written


def memos_about(store: Path, document: str, codings: Iterable[str]) -> list[Path]:
    """Return the files of memos about a document or about one of its codings."""
    every = set(codings)
    return [path for path, memo in read_memo_files(store)
            if memo.document == document or memo.coding in every]


def rewritten(store: Path, words: Callable[[str], str]) -> dict[Path, bytes | None]:
    """Return the files that change when words of memos are replaced; None for one that goes."""
    files: dict[Path, bytes | None] = {}
    for path, memo in read_memo_files(store):
        new = replace(memo, text=words(memo.text), title=words(memo.title))
        if new != memo:
            place, content = memo_file(store, new)
            files |= {path: None, place: content}
    return files
