"""Lines on the screen: what was done, how far it is, why it stopped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

NOT_IN_ORDER = 1


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
