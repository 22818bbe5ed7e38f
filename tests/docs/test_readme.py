"""What the README says that a command prints is what it prints."""

from pathlib import Path

import pandas as pd

from wbkit.messages import Told, counted

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MADE = ("Made: {tables} and {figures} from {notebooks} in {where}. Next: open {page}, then wbkit "
        "verify.")


def test_the_last_line_of_a_run_is_the_one_of_the_readme():
    kinds = pd.read_csv(ROOT / "data" / "expected" / "index.csv")["what"].value_counts()
    notebooks = len([*(ROOT / "notebooks").glob("*.ipynb")])
    last = Told(MADE, {
        "tables": counted(kinds["table"], "table", "tables"),
        "figures": counted(kinds["figure"], "figure", "figures"),
        "notebooks": counted(notebooks, "notebook", "notebooks"),
        "where": "results", "page": "results/index.html"})
    assert f"`{last.again('nl')}`" in README
