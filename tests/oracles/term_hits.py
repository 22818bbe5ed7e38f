"""Find a term in a text slowly, without the index of wbkit."""

import re
import unicodedata
from functools import cache


def naive_hits(text, term):
    """Find a term slowly: fold sign by sign, one expression, every word anew."""
    folded, origin = _folded(text)
    return {(origin[match.start(1)], origin[match.end(1)])
            for match in _expression(term).finditer(folded)}


@cache
def _folded(text):
    signs = [(at, piece) for at, sign in enumerate(text) for piece in _plain(sign)]
    return "".join(piece for _, piece in signs), [at for at, _ in signs] + [len(text)]


@cache
def _expression(term):
    word = r"[^\W_]"
    body = "".join({"*": f"{word}*", " ": r"\s+", "-": r"(?:-|\s+|)"}.get(sign, re.escape(sign))
                   for sign in "".join(map(_plain, term)))
    return re.compile(rf"(?<!{word})(?=({body})(?!{word}))")


def _plain(sign):
    sign = {"’": "'", "‘": "'", "´": "'", "‑": "-", "–": "-", "ø": "o"}.get(sign, sign)
    kept = unicodedata.normalize("NFKD", sign).casefold()
    return "".join(one for one in unicodedata.normalize("NFKD", kept)
                   if unicodedata.category(one) not in ("Mn", "Me", "Cf"))
