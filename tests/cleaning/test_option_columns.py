"""A question in several columns: a tick in the column of each option."""

import pandas as pd

from wbkit.cleaning.option_columns import read_columns
from wbkit.study.item import Item


def test_an_option_that_is_written_with_other_capitals_was_ticked():
    item = Item(name="hulp", kind="multiple", columns={"IPython": "a", "taal": "b"})
    cells = pd.DataFrame({"a": ["ipython", "IPython", ""], "b": ["", "Taal", "taal "]})
    answers = read_columns(item, cells)
    assert answers.values.tolist() == [[True, False], [True, True], [False, True]]
    assert not answers.unknown
