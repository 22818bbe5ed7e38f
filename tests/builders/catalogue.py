"""The tool that renews the catalogue of messages, as tests use it."""

import importlib.util
from pathlib import Path

_FILE = Path(__file__).resolve().parents[2] / "tools" / "catalogue.py"
_SPEC = importlib.util.spec_from_file_location("catalogue_tool", _FILE)
catalogue = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(catalogue)
