"""One run at a time: a lock of the operating system, gone when the program ends in any way."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wbkit.errors import DataError
from wbkit.files import hold


@contextmanager
def only_one(file: Path) -> Iterator[None]:
    """Hold a lock while the block runs.

    Parameters
    ----------
    file
        The lock file; made here, and gone when the block ends.

    Yields
    ------
    None
        While no other program holds the lock.

    Raises
    ------
    DataError
        If another program holds it.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as stream:
        try:
            hold(stream)
        except OSError:
            raise DataError(
                f"{file.name}: another run of this study is busy. Wait until it has ended, or "
                "give this one its own folder with --out."
            ) from None
        try:
            yield
        finally:
            stream.close()
            file.unlink(missing_ok=True)
