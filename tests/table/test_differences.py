"""Within one Table of real people, no two numbers differ by a few of them."""

import re

import pandas as pd
import pytest
from builders.codings import coded
from builders.help_questions import HELP
from builders.responses import answers

import wbkit as wb
from wbkit.coding.agreement.precision_recall import precision_recall
from wbkit.table.facts import Base, NoInterval, Outside, Ungrouped
from wbkit.table.kinds import KINDS
from wbkit.table.statements.survey import Kish, Merged
from wbkit.table.statements.tests import Effect, LostMean, Untested, Whole

ITEMS = {
    "gezien": {"kind": "nominal", "values": ["eens", "oneens"]},
    "weg": {"kind": "nominal", "values": ["bol", "bbl"]},
    "gewicht": {"kind": "numeric"}, "cijfer": {"kind": "numeric"}, "uren": {"kind": "numeric"},
}
DRAWN = {"kind": "srs", "invited": 560}


def real(*, n=203, silent=0, trackless=0, both=0, design=None, **columns):
    """Make real people: of `silent` without an answer and `trackless` without a track, `both`."""
    seen, tracks = ["eens", "oneens"] * n, ["bol", "bol", "bbl"] * n
    seen[:silent] = [None] * silent
    start = silent - both
    tracks[start:start + trackless] = [None] * trackless
    data = {"gezien": seen[:n], "weg": tracks[:n], "gewicht": [1.0, 2.0, 3.0] * n}
    data["gewicht"] = data["gewicht"][:n]
    data |= {"cijfer": [5.0, 6.0, 7.0, 8.0] * n, "uren": [1.0, 2.0, 4.0] * n}
    data = {name: pd.Series(column[:n]) for name, column in data.items()} | columns
    return answers(data, items=ITEMS, synthetic=False, design=design or DRAWN)


def words(table):
    """Return what a reader gets in both languages, and the addressed numbers."""
    shown = [repr(table.show(language)) for language in ("nl", "en")]
    numbers = [str(int(one)) for one in table.cells["number"].dropna() if one == int(one)]
    return "\n".join([*shown, *numbers]).replace(table.fingerprint, "")


def stands(number, table):
    return re.search(rf"(?<![\d.,]){number}(?![\d,.]\d|\d)", words(table)) is not None


def test_few_in_no_group_are_not_found_by_a_total():
    table = wb.frequency(real(trackless=3), "gezien", by="weg")
    assert not stands(203, table)
    assert table.found(Base)[0].looked is None and table.found(NoInterval)[0].answered is None
    assert "niet alle 560 studenten deden mee" in table.show("nl").basis


def test_many_in_no_group_leave_the_number_who_took_part():
    table = wb.frequency(real(trackless=10), "gezien", by="weg")
    assert stands(203, table) and stands(10, table)


def test_few_outside_a_part_are_not_found_by_who_took_part():
    table = wb.frequency(real(trackless=3).where(weg=["bol", "bbl"]), "gezien")
    assert stands(200, table) and not stands(203, table)


def test_few_without_an_answer_are_not_found_by_a_design_effect():
    design = {"kind": "srs", "invited": 203, "weight": "gewicht"}
    assert wb.frequency(real(silent=3, design=design), "gezien").found(Kish) == []
    assert wb.frequency(real(silent=13, design=design), "gezien").found(Kish)


def test_few_who_lack_one_of_two_answers_are_not_found_by_a_total():
    # 10 without an answer, 6 without a track, 3 of these both: 190 remain, and 203 - 10 - 190 = 3
    for table in (wb.crosstab(real(silent=10, trackless=6, both=3), "gezien", "weg"),
                  wb.compare(real(silent=10, trackless=3, both=0,
                                  design={"kind": "srs", "invited": 203}), "gezien", "weg")):
        assert stands(190, table) and not stands(203, table)
        assert table.found(Outside)[0].n.n == 10


def test_few_outside_a_margin_are_not_found_by_the_row_for_all():
    design = DRAWN | {"population": 1000, "margins": {"weg": {"bol": 700, "bbl": 300}}}
    table = wb.coverage(real(trackless=3, design=design))
    shown = table.data.set_index("value")
    assert shown.loc["total", "n"] == 203 and not table.found(Ungrouped)[0].n.known
    assert shown["state"].to_dict() == {"total": "shown", "bol": "shown", "bbl": "hidden"}
    assert shown.loc[["bol", "bbl"], ["share", "ratio"]].isna().all(axis=None)
    whole = wb.coverage(real(trackless=10, design=design)).data
    assert (whole["state"] == "shown").all() and whole["ratio"].notna().all()


def test_few_in_no_group_are_not_found_by_the_row_for_all():
    table = wb.nonresponse(real(trackless=3), by="weg")
    assert table.data["state"].tolist() == ["shown", "hidden", "shown"]
    many = wb.nonresponse(real(trackless=10), by="weg")
    assert (many.data["state"] == "shown").all()


def test_few_who_broke_off_in_one_group_are_not_found_by_the_row_for_all():
    names = [f"v{at}" for at in range(4)]
    items = {name: {"kind": "nominal", "values": ["ja"]} for name in names} | {
        "weg": ITEMS["weg"]}
    stopped = [True] * 3 + [False] * 47 + [True] * 20 + [False] * 30
    data = {name: ["ja" if at == 0 or not gone else None for gone in stopped]
            for at, name in enumerate(names)}
    tracks = pd.Series(["bol"] * 50 + ["bbl"] * 50)
    who = answers({"weg": tracks, **data}, items={"weg": items["weg"], **items},
                  synthetic=False)
    assert wb.nonresponse(who, by="weg").data["broke_off"].isna().tolist() == [True, True, False]


def test_few_who_answered_both_items_of_a_ratio_have_none():
    gap = float("nan")
    data = {"cijfer": [5.0] * 100 + [gap] * 103, "uren": [gap] * 97 + [2.0] * 106}
    row = wb.estimate(real(**data), "cijfer", "ratio", per="uren").data.iloc[0]
    assert row["state"] == "hidden" and row[["n", "estimate"]].isna().all()


def test_a_group_of_few_is_not_named_beside_a_test():
    few = pd.Series(["bbl"] * 3 + ["bol"] * 200)
    design = {"kind": "srs", "invited": 203}
    table = wb.compare(real(weg=few, design=design), ["gezien", "cijfer"], "weg")
    assert {one.values for one in table.found(Effect)} == {()}
    assert "bbl" not in words(table)


def test_few_who_all_gave_one_answer_are_not_told_about():
    one = pd.Series(["eens"] * 3 + [None] * 200, dtype=object)
    design = {"kind": "srs", "invited": 203}
    table = wb.compare(real(gezien=one, design=design), ["gezien", "cijfer"], "weg")
    assert table.found(Untested) == []
    assert table.data.loc[0, "state"] == "hidden"


def test_a_hidden_test_has_its_mark_where_no_statistic_is_written():
    few = pd.Series(["bbl"] * 3 + ["bol"] * 200)
    design = {"kind": "srs", "invited": 203}
    table = wb.compare(real(weg=few, design=design), "cijfer", "weg")
    assert "–" in repr(table).split("\n")[4]


def paired(before, after):
    def asked(values, name):
        items = [wb.Item(name="hulp", kind="nominal", values=("nee", "ja"))]
        frame = pd.DataFrame({"hulp": pd.Series(values, dtype=object),
                              "sleutel": [f"s{at}" for at in range(len(values))],
                              "cijfer": [float(at % 5) for at in range(len(values))]})
        design = wb.Design(kind="srs", invited=len(values))
        return wb.responses(frame, name=name, unit="student", items=items, design=design)

    return asked(before, "een"), asked(after, "twee")


def test_a_share_of_few_who_were_asked_twice_is_hidden():
    first, second = paired(["ja"] * 3 + ["nee"] * 97, ["ja"] * 20 + ["nee"] * 80)
    row = wb.compare_paired(first, second, "hulp", key="sleutel").data.iloc[0]
    assert row["state"] == "hidden" and row[["before", "after", "p", "effect"]].isna().all()
    first, second = paired(["ja"] * 30 + ["nee"] * 70, ["ja"] * 97 + ["nee"] * 3)
    row = wb.compare_paired(first, second, "hulp", key="sleutel").data.iloc[0]
    assert row["state"] == "hidden"


def test_few_who_answered_once_are_not_found_by_who_took_part_twice():
    first, second = paired(["ja"] * 30 + ["nee"] * 67 + [None] * 3, ["ja"] * 50 + ["nee"] * 50)
    table = wb.compare_paired(first, second, "hulp", key="sleutel")
    assert table.found(Whole)[0].n is None and not stands(100, table)
    assert table.show().base == "Basis: studenten die beide keren meededen."
    assert table.found(LostMean) == []


def test_strata_of_few_are_not_named():
    design = {"kind": "convenience", "population": 1000,
              "margins": {"weg": {"bol": 900, "bbl": 100}}}
    who = real(weg=pd.Series(["bbl"] * 3 + ["bol"] * 200), design=design)
    table = wb.frequency(wb.assume(who, "aselect binnen strata"), "gezien")
    assert table.found(Merged)[0].strata == ()
    assert "Waarden waarvan er minder dan 5 waren, zijn samengevoegd." in table.show("nl").notes
    assert "bbl" not in words(table)


def coded_twice(**source):
    given = {("a", "anke"): 3, ("a", "bram"): 20, ("b", "anke"): 12, ("b", "bram"): 12}
    rows = [(str(at + 1), 0, 5, code, coder) for (code, coder), n in given.items()
            for at in range(n)]
    return coded(*rows, lengths=(10,) * 40, source=source)


def test_codes_of_few_units_have_no_agreement():
    table = wb.agreement(coded_twice(synthetic=False), unit="document")
    states = table.data.groupby("code")["state"].unique().map(list).to_dict()
    assert states == {"a": ["hidden"], "b": ["shown"], "all_codes": ["shown"]}
    assert table.data.loc[table.data["code"] == "a", ["estimate", "n"]].isna().all(axis=None)
    assert "state" not in wb.agreement(coded_twice(), unit="document").data


def test_codes_of_few_hits_have_no_precision():
    made = coded_twice(synthetic=False)
    table = precision_recall(made, against=made, unit="document", coder="anke", codes=["a", "b"])
    assert table.data.loc[table.data["code"] == "a", "state"].unique().tolist() == ["hidden"]


def test_a_model_that_gives_how_many_of_a_group_gave_an_answer_is_refused():
    seen = pd.Series(["eens"] * 3 + ["oneens"] * 97 + ["eens", "oneens"] * 50)
    tracks = pd.Series(["bol"] * 100 + ["bbl"] * 100)
    who = answers({"gezien": seen, "weg": tracks}, synthetic=False,
                  items={name: ITEMS[name] for name in ("gezien", "weg")},
                  design={"kind": "srs", "invited": 200})
    with pytest.raises(wb.DataError, match="would give how many"):
        wb.regress(who, "gezien", "weg")


def test_a_figure_says_of_a_hidden_number_that_it_is_not_shown():
    agreed = wb.plot_agreement(wb.agreement(coded_twice(synthetic=False), unit="document"),
                               language="en")
    assert "a: not shown" in agreed.alt
    bars = wb.plot_bars(wb.nonresponse(real(trackless=3), by="weg"), language="en")
    assert "broke off: bol 0 of 134 (0.0%), bbl not shown, total 0 of 203 (0.0%)." in bars.alt
    assert "every count is too small to show: skipped" in bars.alt


@pytest.mark.parametrize("n", [7, 60])
def test_ticks_of_real_people_keep_their_base(n):
    data = {"hulp:geld": [True] * n, "hulp:plannen": [True] * n, "hulp:other": [False] * n,
            "hulp:other_text": [""] * n}
    table = wb.frequency(answers(data, items={"hulp": HELP}, synthetic=False), "hulp",
                         of="answers")
    assert table.show("en").base == f"Base: {2 * n} ticked answers; one student can tick several."


def test_a_hidden_row_lacks_what_its_kind_says():
    design = {"kind": "srs", "invited": 203}
    few = pd.Series(["bbl"] * 3 + ["bol"] * 200)
    made = [wb.compare(real(weg=few, design=design), "cijfer", "weg"),
            wb.agreement(coded_twice(synthetic=False), unit="document"),
            wb.nonresponse(real(trackless=3), by="weg")]
    for table in made:
        hidden = table.data[table.data["state"] == "hidden"]
        lacking = [name for name in KINDS[table.kind].hides if name in hidden]
        assert len(hidden) and hidden[lacking].isna().all(axis=None)
