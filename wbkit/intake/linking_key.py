"""The key with which numbers of persons become codes, so that two waves can be linked.

It stands in the folder of the user, never in a project: whoever has the project has no key, and
cannot find out whose code is whose by trying all numbers.
"""

import hashlib
import os
import secrets
import sys
from pathlib import Path

from wbkit.errors import DataError
from wbkit.messages import _

NAME = "link.key"
GIVEN_OUT = "pseudonyms.csv"  # beside the key: digest and pseudonym, no name
LENGTH = 32  # bytes
OWNER_ONLY = 0o600


def key_file() -> Path:
    """Return where the key of this user stands: WBKIT_CONFIG, or the folder of the system."""
    chosen = os.environ.get("WBKIT_CONFIG")
    if chosen:
        return Path(chosen) / NAME
    if sys.platform == "win32":
        roaming = os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming"
        return Path(roaming) / "wbkit" / NAME
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "wbkit" / NAME


def read_key() -> bytes:
    """Read the key of this user; it is made the first time, not when it was lost."""
    file = key_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _refuse_lost(file)
        _make(file)
        key = file.read_bytes()
    except OSError as error:
        raise DataError(_(
            "{file}: the key that makes codes of numbers cannot be made or read. Let yourself "
            "write in that folder, or name another one in the environment variable WBKIT_CONFIG "
            "({reason}).",
            file=file, reason=error.strerror)) from None
    if len(key) != LENGTH:
        raise DataError(_(
            "{file}: holds {n} bytes, and a key has {length}. Put back the key with which the "
            "earlier wave was prepared. Without an earlier wave: remove this file, and a new key "
            "is made.",
            file=file, n=len(key), length=LENGTH))
    return key


def key_mark(key: bytes) -> str:
    """Return eight digits by which two people see whether they have the same key."""
    return hashlib.sha256(b"wbkit key " + key).hexdigest()[:8]


def _refuse_lost(file: Path) -> None:
    """Refuse to make a key where pseudonyms of an earlier one were given out."""
    if file.with_name(GIVEN_OUT).is_file() and not file.is_file():
        raise DataError(_(
            "{file}: the key is gone, and {given} holds the pseudonyms that were made with it. "
            "With a new key the same person gets another name. Put back a copy of the key. Is "
            "there none? Remove {given} too; then everybody gets a new name.",
            file=file, given=GIVEN_OUT))


def _make(file: Path) -> None:
    try:
        place = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0),
                        OWNER_ONLY)
    except FileExistsError:
        return
    with os.fdopen(place, "wb") as stream:
        stream.write(secrets.token_bytes(LENGTH))
