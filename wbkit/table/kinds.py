"""Each kind of Table, declared once: its columns, its layout, what draws it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["frequency", "crosstab", "coverage", "nonresponse", "estimate", "test", "model",
               "reliability", "trend", "agreement", "matrix", "saturation", "joint", "answers",
               "listing", "ranking", "prevalence", "anonymity", "twin", "audit", "claims",
               "answer_table", "recommendations", "member_checks"]
Role = Literal["id", "count", "base", "share", "mean", "statistic", "quoted", "state"]
NUMBERS = ("count", "base", "share", "mean", "statistic")


@dataclass(frozen=True)
class Form:
    """What a kind of Table looks like.

    Parameters
    ----------
    columns
        The role of each column that the kind itself has; a group stands in a column of its own
        name, which can be none of these. ``count`` and ``base`` are numbers of units, ``share``
        lies between 0 and 1, ``quoted`` holds words of people.
    layout
        How it is laid out: a key of `LAYOUTS` in table/statistic_layouts.py.
    figures
        The plots that draw it.
    sentence
        Whether a count of it can be written as a sentence.
    hides
        The columns that are absent in a row that is hidden; who counts hides them, with
        stats/suppression.py.
    dimensions
        The groups that every Table of the kind has; others are items, and stand in columns of
        their own names.
    """

    columns: Mapping[str, Role]
    layout: str = "listed"
    figures: tuple[str, ...] = ()
    sentence: bool = False
    hides: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()

    def is_number(self, column: str) -> bool:
        """Whether a column holds numbers that have an address."""
        return self.columns.get(column) in NUMBERS


def _columns(**names: str) -> dict[str, Role]:
    """Give each column its role: role = names, with spaces between."""
    return {name: role for role, words in names.items() for name in words.split()}


SHARES = "share share_raw low high low_deff2 high_deff2"
KINDS: dict[str, Form] = {
    "frequency": Form(
        _columns(id="item value", count="n", base="base", share=SHARES, state="state"),
        layout="values", sentence=True,
        figures=("plot_bars", "plot_likert", "plot_parts", "plot_dumbbell", "plot_pyramid",
                 "plot_heatmap"),
        hides=("n", *SHARES.split())),
    "ranking": Form(
        _columns(id="item value", count="n top ranked", base="base", mean="mean",
                 share=f"{SHARES} share_top", state="state"),
        layout="places", figures=("plot_bars",), sentence=True,
        hides=("n", "mean", *SHARES.split())),
    "crosstab": Form(
        _columns(count="n", base="base", share="share share_raw", state="state"),
        layout="crossed", figures=("plot_bars", "plot_heatmap", "plot_parts"),
        hides=("n", "share", "share_raw")),
    "coverage": Form(
        _columns(id="margin value", count="n", base="population",
                 share="coverage share share_population", statistic="ratio", state="state"),
        figures=("plot_bars",), hides=("n", "coverage", "share", "ratio")),
    "nonresponse": Form(
        _columns(id="group", count="n broke_off skipped", base="base", share="share",
                 mean="minutes", state="state"),
        figures=("plot_bars",), hides=("n", "broke_off", "base", "skipped", "share", "minutes"),
        dimensions=("group",)),
    "anonymity": Form(
        _columns(id="without", count="alone few", base="base", share="share", state="state"),
        figures=("plot_bars",), hides=("few", "alone", "share"), dimensions=("without",)),
    "twin": Form(
        _columns(id="original", statistic="rows tables distance bootstrap ratio", state="state",
                 count="same_rows same_short same_texts"), dimensions=("original",)),
    "estimate": Form(
        _columns(id="item value", mean="estimate estimate_raw low high low_deff2 high_deff2",
                 statistic="se df deff", count="n", state="state"),
        layout="estimates", figures=("plot_estimates",),
        hides=("estimate", "estimate_raw", "se", "low", "high", "low_deff2", "high_deff2", "df",
               "deff")),
    "test": Form(
        _columns(id="item by test effect_name value", count="n",
                 mean="before after", state="state",
                 statistic="statistic df df2 p p_adjusted effect low high"),
        layout="tests", figures=("plot_forest",),
        hides=("before", "after", "statistic", "df", "df2", "p", "p_adjusted", "effect", "low",
               "high", "n")),
    "model": Form(
        _columns(id="item term level", count="n", state="state",
                 statistic="estimate se low high statistic df p odds_ratio odds_low odds_high"),
        layout="model", figures=("plot_forest",),
        hides=("estimate", "se", "low", "high", "statistic", "df", "p", "odds_ratio", "odds_low",
               "odds_high", "n")),
    "reliability": Form(
        _columns(id="item measure reason", statistic="estimate low high", count="n",
                 state="state"),
        layout="reliability", figures=(), hides=("estimate", "low", "high", "n")),
    "trend": Form(
        _columns(id="item break", count="n", base="base", share="share", state="state"),
        layout="beside", figures=("plot_trend",), hides=("n", "base", "share")),
    "agreement": Form(
        _columns(id="code measure reason", statistic="estimate low high", count="n",
                 state="state"),
        layout="by_code", figures=("plot_agreement",), hides=("estimate", "low", "high", "n"),
        dimensions=("code",)),
    "matrix": Form(
        _columns(id="row unit item value", count="n mentions", base="base", share="share low high",
                 state="state"),
        layout="matrix", figures=("plot_heatmap",), hides=("n", "mentions", "share"),
        dimensions=("row",)),
    "prevalence": Form(
        _columns(id="item value reason", count="found n", base="base", share="share low high",
                 statistic="weight more", state="state"),
        layout="prevalence", sentence=True,
        hides=("found", "n", "share", "low", "high", "weight", "more")),
    "saturation": Form(
        _columns(id="step document", statistic="codes new so_far", mean="expected"),
        figures=("plot_saturation",), dimensions=("document",)),
    "joint": Form(
        _columns(id="theme source unit item value", count="n", base="base", state="state"),
        layout="beside", figures=("plot_joint", "plot_heatmap"), hides=("n",),
        dimensions=("theme", "source")),
    "answers": Form(
        _columns(id="item value agreement", count="people", state="state"),
        layout="beside", figures=("plot_heatmap", "plot_units"),
        hides=("value", "agreement", "people")),
    "audit": Form(
        _columns(id="table cell verdict given_by", statistic="lowest highest")),
    "claims": Form(
        _columns(id="verdict table cell value reason", quoted="sentence text")),
    "answer_table": Form(
        _columns(id="question certainty evidence what stands source flag",
                 quoted="answer why limit")),
    "recommendations": Form(
        _columns(id="recommendation level findings change necessity date certainty flag",
                 quoted="text addressed_to ask cost owner")),
    "member_checks": Form(
        _columns(id="finding version date recognised", count="present", quoted="role missing")),
    "listing": Form(
        _columns(count="n mentions asked raised not_reached", base="base", share="share",
                 quoted="quote before after differences title text memo", state="state")),
}  # fmt: skip
GROUPED = ("frequency", "ranking", "crosstab", "estimate")  # groups are items of any name
OWN_COLUMNS = frozenset(name for kind in GROUPED for name in KINDS[kind].columns)


def is_number(column: str) -> bool:
    """Whether a column holds numbers in any kind of Table."""
    return any(form.is_number(column) for form in KINDS.values())
