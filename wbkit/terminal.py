"""Lines on the screen: what was done, how far it is, why it stopped."""

import codecs
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

NOT_IN_ORDER = 1
READABLE = "wbkit-readable"  # how an encoder writes what the console cannot show
PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-",
                       "…": "...", "•": "*", "→": "->", "·": "-", "×": "x", "≥": ">=", "≤": "<=",
                       "€": "EUR", "ß": "ss", "ø": "o", "æ": "ae"})


def plain_signs(error: UnicodeError) -> tuple[str, int]:
    """Write é as e and … as ... where a console knows no such sign.

    Parameters
    ----------
    error
        What an encoder could not write.

    Returns
    -------
    str, int
        The same in plain signs, ``?`` for what has none, and where to go on.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = unicodedata.normalize("NFKD", error.object[error.start:error.end].translate(PLAIN))
    bare = "".join(sign for sign in text if not unicodedata.combining(sign))
    return bare.encode("ascii", "replace").decode(), error.end


codecs.register_error(READABLE, plain_signs)


def say(words: str) -> None:
    """Print one line."""
    Console(soft_wrap=True).print(words, markup=False, highlight=False)


def stop(words: str) -> None:
    """Print why this is not in order, and end with exit code 1."""
    Console(stderr=True, soft_wrap=True).print(words, markup=False, highlight=False)
    raise typer.Exit(NOT_IN_ORDER)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show one moving line on a terminal, and plain lines elsewhere."""
    console = Console(soft_wrap=True)
    if not console.is_terminal:
        yield _plain_lines()
        return
    with console.status("") as status:
        yield lambda words: status.update(words)


def _plain_lines() -> Callable[[str], None]:
    """Print a line for each file, not for each cell."""
    seen: set[str] = set()

    def watch(words: str) -> None:
        about = words.partition(": cell ")[0]
        if about not in seen:
            seen.add(about)
            say(about)

    return watch
