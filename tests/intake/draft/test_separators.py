"""What stands between options in one cell."""

import pytest

from wbkit.intake.draft.separators import find_split

LISTS = ["lezen / schrijven, gym", "gym", "lezen / schrijven", "gym, kunst", "kunst",
         "lezen / schrijven, gym, kunst"] * 3


def test_the_mark_that_leaves_fewest_options_stands_between_them():
    split = find_split(LISTS)
    assert (split.separator, set(split.counts)) == (",", {"lezen / schrijven", "gym", "kunst"})
    assert split.counts["gym"] == 12


@pytest.mark.parametrize("mark", [";", "|", "/"])
def test_other_marks_are_found_too(mark):
    split = find_split([mark.join(cell.split(", ")) for cell in LISTS if "/" not in cell])
    assert (split.separator, set(split.counts)) == (mark, {"gym", "kunst"})


def test_capitals_make_no_other_option():
    split = find_split(["YouTube; Netflix", "Youtube; Disney", "Netflix; Disney", "YouTube",
                        "youtube; Netflix; Disney"] * 3)
    assert split.counts == {"YouTube": 12, "Netflix": 9, "Disney": 9}
