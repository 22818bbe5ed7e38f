"""The notebooks give the same on a machine with other settings, and what people accepted.

`make test` compares every printed cell once, by nbval; here all notebooks run again in another time
zone, locale and order of sets, and the Tables and figures that they save are held against
data/expected.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wbkit.study.study import RESULTS_VARIABLE
from wbkit.workflow.files import expected_folder, list_notebooks
from wbkit.workflow.verifying import INDEX, SAME, compare, index_faults

pytestmark = pytest.mark.proof

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = list_notebooks(ROOT / "notebooks")


@pytest.fixture(scope="module")
def elsewhere(processed, tmp_path_factory):
    """Compare all notebooks in another time zone and locale; keep what they save."""
    if not NOTEBOOKS:
        pytest.skip("there are no notebooks yet")
    results = tmp_path_factory.mktemp("elsewhere")
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONHASHSEED"}
    variables |= {"TZ": "Pacific/Auckland", "LC_ALL": "C", RESULTS_VARIABLE: str(results),
                  "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), *filter(None, [
                      os.environ.get("PYTHONPATH")])])}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile",
         "-p", "no:cacheprovider", "-p", "kernel_starts", "notebooks"],
        cwd=ROOT, env=variables, capture_output=True, text=True, check=False,
    )
    return done, results


def test_notebooks_give_the_same_in_another_time_zone_and_locale(elsewhere):
    done, _ = elsewhere
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_tables_and_figures_are_the_accepted_ones(processed, elsewhere):
    if not (expected_folder(processed) / INDEX).is_file():
        pytest.skip("no results were accepted yet")
    assert index_faults(processed) == []
    changed = [one for one in compare(processed, elsewhere[1]) if one.state != SAME]
    words = [f"{one.state} {one.what} {one.name}: {'; '.join(one.lines)}" for one in changed]
    assert not words, "\n".join(words)
