"""Files that lie beside the project; a test that needs them is skipped where they are not."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared"


def shared(*parts):
    """Give a file or folder of the shared folder: WBKIT_SHARED, or beside the project."""
    path = Path(os.environ.get("WBKIT_SHARED", BESIDE)).joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs {'/'.join(parts)} of the shared folder: set WBKIT_SHARED")
    return path
