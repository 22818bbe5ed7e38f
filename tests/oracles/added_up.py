"""What a figure of parts adds up, counted again from the cells of its Table."""

from wbkit.messages import number

AGREE = {"eens", "helemaal eens"}


def added_up(figure):
    """Give the counts and whole percentages that answers taken together have in the Table."""
    data = figure.table.data
    if figure.plot != "plot_parts":
        return set()
    sums = _quarters(data) if figure.table.kind == "crosstab" else _together(
        data, [values for _, values in figure.choices.get("together", ())])
    return {words for n, base in sums for words in (
        number(n, "nl"), number(100 * n / base, "nl", decimals=0))}


def _quarters(data):
    """Count who agrees with both questions, with one of them, with neither."""
    down, across = data.columns[:2]
    for first in (True, False):
        for last in (True, False):
            some = data[(data[down].isin(AGREE) == first) & (data[across].isin(AGREE) == last)]
            yield some["n"].sum(), data["base"].iloc[0]


def _together(data, answers):
    """Count who gave one of the answers, in each row of the figure."""
    keys = [name for name in data.columns[:list(data.columns).index("n")] if name != "value"]
    for _, part in data.groupby(keys, dropna=False):
        for values in answers:
            yield part.loc[part["value"].isin(values), "n"].sum(), part["base"].iloc[0]
