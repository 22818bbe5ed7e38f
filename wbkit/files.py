"""A lock of the operating system: gone when the process ends, however it ends."""

from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

FAR = 1 << 30  # Windows locks bytes for readers too, so a byte behind the words is locked


def hold(stream: BinaryIO) -> None:
    """Lock an open file until it is closed.

    Parameters
    ----------
    stream
        The file, open for writing.

    Raises
    ------
    OSError
        If another process holds it.
    """
    if fcntl is not None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    stream.seek(FAR)
    msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
