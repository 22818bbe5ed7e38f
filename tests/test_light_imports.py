"""What only some analyses need is loaded by them, not by everybody."""

import subprocess
import sys

import pytest

HEAVY = ("ahocorasick_rs", "pyreadstat", "rapidfuzz", "statsmodels", "dask")
SCRIPT = """
import importlib, sys
importlib.import_module(sys.argv[1])
print(*set(sys.argv[2:]) & set(sys.modules))
"""


@pytest.mark.parametrize("module", [
    "wbkit", "wbkit.study.study", "wbkit.intake.source_files", "wbkit.intake.processed",
    "wbkit.cleaning.cleaner", "wbkit.survey.frequency", "wbkit.survey.trend",
    "wbkit.coding.dictionary", "wbkit.coding.store.store", "wbkit.report.saving",
])
def test_a_heavy_package_is_not_loaded_before_it_is_needed(module):
    done = subprocess.run([sys.executable, "-c", SCRIPT, module, *HEAVY],
                          capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
