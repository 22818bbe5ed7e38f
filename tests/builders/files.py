"""Text files, and what a file holds in one word."""

import hashlib


def write_text(path, text, *, encoding="utf-8"):
    """Write a text file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def digest(path):
    """Return the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
