"""Prepare, run, verify and accept a whole study.

Modules are loaded when they are asked for, so that a command waits only for what it needs.
"""

from importlib import import_module
from types import ModuleType

CELL_SECONDS = 300  # time limit of one notebook cell


def __getattr__(name: str) -> ModuleType:
    try:
        return import_module(f"wbkit.workflow.{name}")
    except ModuleNotFoundError as fault:
        if fault.name != f"wbkit.workflow.{name}":
            raise
        raise AttributeError(f"module 'wbkit.workflow' has no attribute {name!r}") from None
