import pytest
from report_tables import frequencies

from wbkit.report.bars import plot_bars


def test_bars_are_as_long_as_the_shares_of_the_table():
    figure = plot_bars(frequencies({"gezien": [4, 12, 31, 101, 50]}))
    lengths = [bar.get_width() for bar in figure.picture.axes[0].patches]
    # 4, 12, 31, 101 and 50 of 198.
    assert lengths == pytest.approx([2.0202, 6.0606, 15.6566, 51.0101, 25.2525], abs=1e-4)
