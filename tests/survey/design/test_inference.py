"""Numbers that lost their source are refused by name, with what to do."""

import pandas as pd
import pytest

import wbkit as wb

FRAME = pd.DataFrame({"x": [1.0, 2.0], "v": ["ja", "nee"], "w": ["a", "b"], "y": [2.0, 1.0]})
CALLS = {
    "frequency": lambda r: wb.frequency(r, "v"), "crosstab": lambda r: wb.crosstab(r, "v", "w"),
    "estimate": lambda r: wb.estimate(r, "x"), "compare": lambda r: wb.compare(r, "v", "w"),
    "regress": lambda r: wb.regress(r, "x", "y"), "score": lambda r: wb.score(r, "s"),
    "reliability": lambda r: wb.reliability(r, ["x", "y"]), "weight": lambda r: wb.weight(r),
    "compare_paired": lambda r: wb.compare_paired(r, r, "x", key="v"),
    "distribution": lambda r: wb.distribution(r, "x"), "bands": lambda r: wb.score_bands(r, "s"),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_frame_is_no_answers(name):
    with pytest.raises(wb.DataError, match=rf"{name}: takes Responses.*DataFrame\. Say first what "
                                           r"its columns mean.*responses\(data, unit=…\)"):
        CALLS[name](FRAME)


@pytest.mark.parametrize("name", [name for name in CALLS
                                  if name not in ("frequency", "estimate", "compare")])
def test_counts_are_no_answers_where_each_unit_is_needed(name):
    counts = wb.count_cells(wb.responses(FRAME, unit="student"), "v")
    with pytest.raises(wb.DataError, match=f"{name}: takes Responses, and there are Cells. Cells "
                                           "hold counts only; give the answers"):
        CALLS[name](counts)


def test_a_list_of_sources_is_no_answers():
    given = wb.responses(FRAME, unit="student")
    with pytest.raises(wb.DataError, match="compare: takes Responses or Cells, and there is a list"
                                           ". Give what read_responses, clean or responses"):
        wb.compare([given, given], "v", "w")
