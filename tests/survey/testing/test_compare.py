"""The right test for a question and a design, as R gives it, with an effect and its interval."""

import numpy as np
import pandas as pd
import pytest
from oracles.reference_comparisons import students
from oracles.reference_data import ELSEWHERE, needs_elsewhere, responses_of

import wbkit as wb
from wbkit.stats.contingency import simulated_p
from wbkit.stats.group_tests import Groups, hedges, hedges_interval


def people(*, public=False, **columns):
    """Make a simple random sample of the given answers, cell by cell."""
    design = wb.Design(kind="srs", invited=len(next(iter(columns.values()))))
    return wb.responses(pd.DataFrame(columns), unit="student", design=design, public=public)


def spread(table):
    """Write a table of counts as units: groups g0, g1 …, answers a0, a1 …."""
    cells = [(f"g{row}", f"a{column}") for row, line in enumerate(table)
             for column, n in enumerate(line) for _ in range(n)]
    group, answer = zip(*cells, strict=True)
    return people(public=True, groep=list(group), antwoord=list(answer))


def ordered(values, categories):
    return pd.Categorical(values, categories=categories, ordered=True)


def first(table):
    return table.data.iloc[0]




@pytest.fixture(scope="module")
def drawn():
    """Give the made-up students as a simple random sample, with a statement in order."""
    given = students(raked=False)
    item = given.item("likert_1").model_copy(update={"kind": "ordinal"})
    source = given.source.model_copy(update={
        "design": wb.Design(kind="srs", invited=len(given.data)),
        "items": given.source.items | {"likert_1": item}})
    return wb.Responses(given.data, source)


# R 4.2.2, options(digits = 15), on tests/reference/raalte_synthetic.csv, who5 = 4 × their sum.
@pytest.mark.parametrize(("item", "by", "test", "expected"), [
    # kruskal.test(likert_1 ~ team), kruskal.test(likert_1 ~ leerweg)
    ("likert_1", "team", "kruskal_wallis", (2.539770715423, 4, 0.637528669813)),
    ("likert_1", "leerweg", "kruskal_wallis", (0.5484007419517, 1, 0.45897188733)),
    # oneway.test(who5 ~ team), t.test(who5 ~ leerweg): R takes bbl less bol
    ("who5", "team", "welch_f", (1.31016769275306, 4, 80.0124269348154, 0.273339765650795)),
    ("who5", "leerweg", "welch_t", (0.888094149538509, 28.9936254533172, 0.381798741566683)),
    # chisq.test(table(team, hulp_c), correct = FALSE)
    ("hulp_c_ja", "team", "chi_square", (10.442938934141, 4, 0.0335921342373826)),
])
def test_a_simple_random_sample_gets_the_test_of_its_kind(drawn, item, by, test, expected):
    row = first(wb.compare(drawn, item, by))
    assert row["test"] == test
    found = [row[name] for name in ("statistic", "df", "df2", "p") if pd.notna(row[name])]
    found[0] = abs(found[0])
    assert found == pytest.approx(expected, rel=1e-9)


# survey 4.1-1, svydesign(id = ~1, weights = 1513/203), and rake() of it to epsilon 1e-12.
@pytest.mark.parametrize(("item", "by", "raked", "expected"), [
    # regTermTest(svyglm(who5 ~ team, design), ~team); svyttest(who5 ~ leerweg, design)
    ("who5", "team", True, (1.3545750270107, 4, 196, 0.251221359752122)),
    ("who5", "leerweg", True, (0.996270796925074, 199, None)),
    # svychisq(~team + hulp_a, design)
    ("hulp_a_ja", "team", True, (0.622449569130792, 3.890883020511878, 785.958370143399,
                                 0.642151415498252)),
])
def test_weights_get_the_test_of_the_design(item, by, raked, expected):
    row = first(wb.compare(students(raked=raked), item, by))
    found = [abs(row["statistic"]), row["df"], row["df2"], row["p"]]
    found = [one for one in found if pd.notna(one)]
    pairs = [(a, b) for a, b in zip(found, expected, strict=True) if b is not None]
    assert [a for a, _ in pairs] == pytest.approx([b for _, b in pairs], rel=1e-9)


def stratified(answers):
    frame = pd.read_csv(ELSEWHERE / "data" / "apistrat.csv")
    frame = frame.rename(columns={"sch.wide": "sch_wide"})
    score = frame["api00"] + np.arange(1, len(frame) + 1) / 1000 * (answers == "unequal")
    frame = frame.assign(score=pd.Series(score).map("{:.3f}".format))
    design = {"kind": "stratified", "strata": "stype", "weight": "pw"}
    order = {"stype": None, "sch_wide": None, "score": sorted(frame["score"].unique(), key=float)}
    given = responses_of(frame, design, numbers=["pw"], closed=order)
    item = given.item("score").model_copy(update={"kind": "ordinal"})
    return wb.Responses(given.data, given.source.model_copy(
        update={"items": given.source.items | {"score": item}}))


@needs_elsewhere
def test_ranks_of_a_stratified_sample_agree_with_r_where_no_two_are_equal():
    # api00 + 1:200 / 1000; svyranktest(y ~ sch.wide, svydesign(~1, strata=~stype, weights=~pw))
    row = first(wb.compare(stratified("unequal"), "score", "sch_wide"))
    assert row["test"] == "rank_design"
    assert (row["statistic"], row["df"]) == pytest.approx((3.609416724488636, 196), rel=1e-9)


@needs_elsewhere
def test_the_order_of_the_rows_changes_no_rank():
    given = stratified("equal")
    turned = wb.Responses(given.data.iloc[::-1].reset_index(drop=True), given.source)
    one, other = (wb.compare(part, "score", "sch_wide").data for part in (given, turned))
    assert one["p"].iloc[0] == pytest.approx(other["p"].iloc[0], rel=1e-12)


def test_a_finite_population_never_enters_a_test(drawn):
    small = drawn.source.design.model_copy(update={"population": 210})
    finite = wb.Responses(drawn.data, drawn.source.model_copy(update={"design": small}))
    for item in ("hulp_c_ja", "likert_1", "who5"):
        one, other = (first(wb.compare(part, item, "team")) for part in (drawn, finite))
        assert one["p"] == other["p"]


def test_a_sparse_table_gets_the_exact_test():
    # Fisher (1935), the lady tasting tea: 3 of 4 cups right, p = 0.4857.
    table = wb.compare(spread([[3, 1], [1, 3]]), "antwoord", "groep")
    assert (first(table)["test"], first(table)["p"]) == ("fisher", pytest.approx(17 / 35))
    assert np.isnan(first(table)["statistic"])
    assert any("te weinig studenten" in note for note in table.show().notes)


def test_a_large_sparse_table_gets_random_tables_with_a_seed():
    chance = np.random.default_rng(5)
    table = chance.integers(0, 5, (9, 7))
    row = first(wb.compare(spread(table), "antwoord", "groep"))
    assert row["test"] == "monte_carlo"
    assert row["p"] == simulated_p(table, 1)
    assert row["p"] != simulated_p(table, 2)


def test_random_tables_give_the_exact_p_value_to_within_chance():
    # R: fisher.test of this table gives 0.00698067593527682
    table = np.array([[12, 5, 9], [3, 14, 8], [7, 7, 2], [11, 4, 4], [6, 9, 1]])
    assert simulated_p(table, 1) == pytest.approx(0.00698067593527682, abs=0.0008)


def test_a_standardised_difference_is_that_of_borenstein():
    # Borenstein et al. (2009), Introduction to Meta-Analysis, p. 26: means 103 and 100, standard
    # deviations 5.5 and 4.5, 50 each: g = 0.5924, standard error 0.2028 (so about 0.19 to 0.99).
    groups = Groups(np.array([50.0, 50.0]), np.array([100.0, 103.0]), np.array([20.25, 30.25]))
    assert float(hedges(groups)) == pytest.approx(0.5924, abs=5e-5)
    assert hedges_interval(groups) == pytest.approx((0.195, 0.990), abs=0.01)


def test_the_effect_of_ranks_is_that_of_the_statistic(drawn):
    # Tomczak & Tomczak (2014): epsilon² = H (n + 1) / (n² - 1); H from R, above.
    row = first(wb.compare(drawn, "likert_1", "team"))
    assert row["effect"] == pytest.approx(2.539770715423 * 204 / (203**2 - 1), rel=1e-9)
    assert row["low"] <= row["effect"] <= row["high"]


def test_the_interval_of_v_is_noncentral_for_a_simple_random_sample_only(drawn):
    plain = first(wb.compare(drawn, "hulp_c_ja", "team"))
    weighted = first(wb.compare(students(raked=True), "hulp_c_ja", "team"))
    assert plain["effect"] == pytest.approx(np.sqrt(10.442938934141 / 203), rel=1e-9)
    assert abs(weighted["high"] - plain["high"]) < 0.05
    assert weighted["low"] <= weighted["effect"] <= weighted["high"]
    other = first(wb.compare(students(raked=True), "hulp_c_ja", "team", seed=2))
    assert other["high"] != weighted["high"]
    assert other["p"] == weighted["p"]


def test_a_cluster_sample_is_drawn_again_by_cluster():
    # In each class all students answer alike: drawing students would make the interval too narrow.
    rows = [(f"klas{k}", "ja" if k % 4 else "nee", "bol" if k % 2 else "bbl")
            for k in range(12) for _ in range(20)]
    frame = pd.DataFrame(rows, columns=["klas", "antwoord", "weg"])
    alone = people(**frame.to_dict("list"))
    design = wb.Design(kind="cluster", cluster="klas", invited=240)
    together = wb.responses(frame, unit="student", design=design)
    one, other = (first(wb.compare(given, "antwoord", "weg")) for given in (alone, together))
    assert other["test"] == "rao_scott"
    assert other["df2"] <= 11
    assert other["high"] - other["low"] > 2 * (one["high"] - one["low"])


def test_the_list_of_items_is_the_family(drawn):
    items = ["hulp_a_ja", "hulp_c_ja", "who5"]
    table = wb.compare(drawn, items, "team")
    p = table.data["p"].to_numpy()
    # Holm (1979) by hand: the least p times 3, the next times 2, never falling.
    order = np.sort(p)
    expected = np.maximum.accumulate(np.minimum(order * [3, 2, 1], 1))
    assert sorted(table.data["p_adjusted"]) == pytest.approx(expected)
    assert any("Holm" in note and "3 toetsen" in note for note in table.show().notes)
    alone = first(wb.compare(drawn, "hulp_c_ja", "team"))
    assert alone["p"] == alone["p_adjusted"] < table.data["p_adjusted"].iloc[1]


def test_unadjusted_p_values_say_what_that_costs(drawn):
    table = wb.compare(drawn, ["hulp_a_ja", "hulp_c_ja"], "team", adjust="none")
    assert (table.data["p"] == table.data["p_adjusted"]).all()
    assert any("toevallig verschil" in note for note in table.show().notes)


def ticks(*units):
    """Make units from their group and what they ticked: "zorg ab"."""
    frame = pd.DataFrame({"team": [one.split()[0] for one in units]} | {
        f"hulp:{option}": [option in one.split()[1] for one in units] for option in "abc"})
    item = wb.Item(name="hulp", kind="multiple", values=("a", "b", "c"))
    return wb.responses(frame, unit="student", items=[item],
                        design=wb.Design(kind="srs", invited=len(units)))


TICKED = ["zorg a", "zorg ab", "zorg abc", "zorg b"] * 12 + ["ict c", "ict ac", "ict b"] * 14


def test_each_option_is_a_family_beside_one_test_of_all():
    table = wb.compare(ticks(*TICKED), "hulp", "team")
    assert table.data["value"].tolist() == ["", "a", "b", "c"]
    assert table.data["test"].tolist() == ["bilder_loughin", *["chi_square"] * 3]
    assert first(table)["p"] == first(table)["p_adjusted"]
    options = table.data.iloc[1:]
    assert (options["p_adjusted"] >= options["p"]).all()
    assert any("3 keuzes" in note for note in table.show().notes)


def test_every_unit_counts_once_however_much_it_ticks():
    data = wb.compare(ticks(*TICKED), "hulp", "team").data
    assert (data["n"] == 90).all()
    # The chi-square of option a by hand: 36 of 48 against 14 of 42.
    assert data["statistic"].iloc[1] == pytest.approx(15.75, abs=1e-9)


def test_several_sources_are_compared_as_groups():
    early, late = people(tevreden=["ja", "nee"] * 30), people(tevreden=["ja", "ja", "nee"] * 20)
    table = wb.compare({"2024": early, "2025": late}, "tevreden")
    assert first(table)["n"] == 120
    assert first(table)["by"] == "measurement"
    assert first(table)["test"] == "rao_scott"
    assert first(table)["effect"] == pytest.approx(1 / np.sqrt(35), abs=1e-9)  # 20/60 against 30/60


def test_two_groups_in_order_get_an_odds_ratio_and_no_second_test(drawn):
    # polr(ordered(likert_1) ~ leerweg), R 4.2.2, MASS 7.3-58.2; bbl comes first here.
    table = wb.compare(drawn, ["likert_1", "who5"], "leerweg")
    row = table.data.iloc[1]
    assert (row["test"], row["effect_name"]) == ("ordinal_logit", "odds_ratio")
    assert row["effect"] == pytest.approx(0.765412164773, rel=1e-7)
    assert row[["statistic", "p", "p_adjusted"]].isna().all()
    assert any("2 toetsen" in note for note in table.show().notes)
    assert "ordinal_logit" not in wb.compare(drawn, "likert_1", "team").data["test"].tolist()


def test_a_group_of_few_real_students_is_not_shown():
    rows = {"cijfer": [float(k % 5) for k in range(23)], "team": ["zorg"] * 20 + ["ict"] * 3}
    data = wb.compare(people(**rows), "cijfer", "team").data
    assert data["state"].tolist() == ["hidden"]
    assert data[["p", "effect", "n"]].isna().all(axis=None)


def test_the_names_of_answers_change_nothing():
    one = wb.compare(ticks(*TICKED), "hulp", "team").data
    other = wb.compare(ticks(*(unit.replace("zorg", "x").replace("ict", "a") for unit in TICKED)),
                       "hulp", "team").data
    assert one["p"].tolist() == pytest.approx(other["p"].tolist(), rel=1e-12)


RANKS = ["oneens", "neutraal", "eens"]


def ranked(*groups):
    """Make groups of units with answers in order, by place."""
    answers = [RANKS[place] for group in groups for place in group]
    names = [f"g{number}" for number, group in enumerate(groups) for _ in group]
    return people(public=True, groep=names, mening=ordered(answers, RANKS))


@pytest.mark.parametrize(("groups", "p", "words"), [
    # 2 of the 70 ways to give three, two and three answers to two groups of four are as far out
    # on each side: 3 oneens + 1 neutraal, or the other way around.
    (([0, 0, 0, 1], [1, 2, 2, 2]), 4 / 70, "p is exact"),
    # scipy.stats.kruskal; each group has ten units
    (([0] * 7 + [1] * 3, [1] * 4 + [2] * 6), 0.00042, "p komt uit de chi-kwadraatverdeling"),
])
def test_ranks_of_few_units_are_exact_and_the_table_says_so(groups, p, words):
    table = wb.compare(ranked(*groups), "mening", "groep")
    assert first(table)["test"] == "kruskal_wallis"
    assert first(table)["p"] == pytest.approx(p, abs=5e-5)
    assert any(words in note for note in table.show().notes)


def test_ranks_of_a_few_units_beside_many_come_from_drawn_orders():
    groups = ([0, 0, 0, 1, 1, 2], [0, 1, 2] * 40, [0, 1, 2] * 30)
    table = wb.compare(ranked(*groups), "mening", "groep")
    again = wb.compare(ranked(*groups), "mening", "groep")
    other = wb.compare(ranked(*groups), "mening", "groep", seed=2)
    assert first(table)["p"] == first(again)["p"]
    assert first(table)["p"] != first(other)["p"]
    assert any("50.000 getrokken rangordes" in note for note in table.show().notes)
    assert any("50,000 random orders" in note for note in table.show("en").notes)


def test_where_a_p_comes_from_is_said_for_each_question():
    given = ranked([0, 0, 0, 1, 2, 1, 1, 0, 2, 2], [1, 2, 2, 2, 0, 1, 1, 0, 0, 2])
    asked = [True] * 5 + [False] * 5 + [True] * 10
    frame = given.data.assign(later=given.data["mening"].where(asked))
    both = people(public=True, **{name: frame[name] for name in frame})
    notes = wb.compare(both, ["mening", "later"], "groep").show().notes
    assert any(note.startswith("later: p is exact") for note in notes)
    assert any(note.startswith("mening: p komt uit de chi-kwadraat") for note in notes)


def test_ranks_that_share_no_answer_have_no_interval_and_say_why():
    groups = ([0] * 12, [1] * 12, [2] * 12)
    table = wb.compare(ranked(*groups), "mening", "groep")
    assert first(table)["effect"] == pytest.approx(1)
    assert first(table)[["low", "high"]].isna().all()
    assert any(note.startswith("ε² zonder interval: hij staat aan het uiterste")
               for note in table.show().notes)


def test_ranks_that_differ_almost_wholly_keep_their_interval():
    table = wb.compare(ranked([0] * 11 + [1], [1] + [2] * 11), "mening", "groep")
    assert first(table)["low"] < first(table)["effect"] < 1
    assert not any("zonder interval" in note for note in table.show().notes)


def test_a_v_of_one_by_design_has_no_interval():
    frame = pd.DataFrame({"q": ["ja", "nee", "nee"] * 8, "groep": ["x", "y", "z"] * 8,
                          "w": [1.0, 2.0, 1.5, 1.0] * 6})
    given = wb.responses(frame, unit="student", public=True,
                         design=wb.Design(kind="srs", invited=24, weight="w"))
    row = first(wb.compare(given, "q", "groep"))
    assert row["effect"] == pytest.approx(1)
    assert row[["low", "high"]].isna().all()


def test_groups_that_answer_alike_have_a_v_without_interval():
    table = wb.compare(spread([[10, 10], [20, 20]]), "antwoord", "groep")
    assert first(table)["effect"] == 0
    assert first(table)[["low", "high"]].isna().all()
    assert any("nog minder dan toeval meestal geeft" in note for note in table.show().notes)
