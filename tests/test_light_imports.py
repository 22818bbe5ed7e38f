"""What only some analyses need is loaded by them, not by everybody."""

import subprocess
import sys

HEAVY = ("ahocorasick_rs", "pyreadstat", "rapidfuzz", "statsmodels", "dask", "anywidget")
SCRIPT = """
import importlib, sys
for name in sys.argv[1].split():
    importlib.import_module(name)
    for heavy in set(sys.argv[2:]) & set(sys.modules):
        print(f"{name} loads {heavy}")
"""
MODULES = (
    "wbkit", "wbkit.study.study", "wbkit.intake.source_files", "wbkit.intake.processed",
    "wbkit.cleaning.cleaner", "wbkit.survey.frequency", "wbkit.survey.trend",
    "wbkit.coding.dictionary", "wbkit.coding.store.store", "wbkit.report.saving",
)


def test_a_heavy_package_is_not_loaded_before_it_is_needed():
    done = subprocess.run([sys.executable, "-c", SCRIPT, " ".join(MODULES), *HEAVY],
                          capture_output=True, text=True, check=True)
    assert done.stdout == ""
