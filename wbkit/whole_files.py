"""Files that are there whole or not at all."""

import os
from pathlib import Path


def write_whole(file: Path, content: bytes) -> Path:
    """Write a file so that nobody ever finds half of it.

    Parameters
    ----------
    file
        Its folder is made when it is not there.
    content
        The bytes.

    Returns
    -------
    Path
        The file.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        return part.replace(file)
    finally:
        part.unlink(missing_ok=True)
