"""One sample in parts, and questions that changed between the sources of a pool."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from builders.responses import people
from oracles.reference_data import responses_of

import wbkit as wb

SCHOOLS = [f"school {letter}" for letter in "ABCDEFGH"]
CLUSTERS = {"kind": "cluster", "cluster": "klas", "invited": 1}  # a pool takes who took part
SAME = ["n", "base", "share", "low", "high"]


def pupils(seed=3, size=240):
    """Eight schools, each with its own klas 1, klas 2 and klas 3."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({
        "school": rng.choice(SCHOOLS, size),
        "klas": rng.choice(["klas 1", "klas 2", "klas 3"], size),
        "v": rng.choice(["ja", "nee"], size), "g": rng.choice(["bol", "bbl"], size),
        "x": rng.normal(7, 1, size), "w": rng.uniform(1, 3, size)})
    frame["x"] += frame["school"].map(SCHOOLS.index) / 4
    return frame.assign(own=frame["school"] + ": " + frame["klas"])


def of(frame, design):
    return responses_of(frame, design, numbers=["x", "w"],
                        closed=["school", "klas", "own", "v", "g"])


def counted(frame, design, name):
    source = of(pupils(), design).source.model_copy(update={"name": name})
    return wb.count_cells(wb.Responses(of(frame, design).data, source), ["v", "x"], by="g")


@pytest.mark.parametrize("extra", [{}, {"weight": "w"}])
def test_a_pool_of_schools_equals_one_sample_with_schools_as_strata(extra):
    frame, design = pupils(), CLUSTERS | extra
    pooled = wb.pool_cells({name: counted(frame[frame["school"] == name], design, f"s{number}")
                      for number, name in enumerate(SCHOOLS)})
    whole = of(frame, design | {"cluster": "own", "strata": "school", "invited": len(frame)})
    for one, other in ((wb.estimate(pooled, "x", by="g"), wb.estimate(whole, "x", by="g")),
                       (wb.frequency(pooled, "v"), wb.frequency(whole, "v"))):
        pd.testing.assert_frame_equal(one.data, other.data, rtol=1e-12)


def test_the_naive_sum_of_schools_gives_another_error():
    frame = pupils()
    design = CLUSTERS | {"invited": len(frame)}
    parts = [counted(frame[frame["school"] == name], design, "s") for name in SCHOOLS]
    naive = parts[0]
    for part in parts[1:]:
        naive = naive + part
    right = wb.assume(wb.pool_cells(dict(zip(SCHOOLS, parts, strict=True))), "allen deden mee")
    errors = [wb.estimate(one, "x").data["se"].iloc[0] for one in (naive, right)]
    assert abs(errors[0] / errors[1] - 1) > 0.1


def test_the_population_of_a_pool_is_that_of_its_schools():
    def school(answered, population, name):
        return wb.count_cells(people(answered, name=name,
                               design={"kind": "srs", "population": population}), ["gezien"])

    pooled = wb.pool_cells({"A": school(["eens", "oneens"] * 3, 12, "a"),
                      "B": school(["eens"] * 3 + ["oneens"], 40, "b")})
    row = wb.frequency(pooled, "gezien").data.set_index("value").loc["eens"]
    assert row["share"] == pytest.approx((12 / 2 + 40 * 3 / 4) / 52)
    assert row["share_raw"] == pytest.approx(6 / 10)


def school(**fields):
    return wb.count_cells(people(["eens", "oneens"], **({"design": {"kind": "srs"}} | fields)),
                    ["gezien"])


OTHER = {"gezien": {"kind": "ordinal", "values": ["oneens", "eens"]},
         "leerweg": {"kind": "nominal", "values": ["bol", "bbl"]}}


@pytest.mark.parametrize(("other", "message"), [
    ({"unit": "team"}, r"one row of A is a student, one of B a team. Different units"),
    ({"items": OTHER}, r"gezien is not the same item in A and B\. values: .* \(A\) and oneens, "
                       r"eens \(B\); missing: weet ik niet \(A\) and nothing \(B\)"),
    ({"synthetic": False}, r"not both synthetic"),
    ({"design": {"kind": "srs", "population": 9}}, r"the population of A is not known"),
    ({"design": {"kind": "convenience"}}, r"the designs differ in how units came in"),
])
def test_sources_that_are_not_alike_are_not_pooled(other, message):
    with pytest.raises(wb.DataError, match=message):
        wb.pool_cells({"A": school(), "B": school(**other)})


def test_a_pool_hides_as_much_as_its_strictest_source():
    parts = {name: school(synthetic=False) for name in "AB"}
    setting = parts["B"].source.setting
    strict = setting.model_copy(update={"display": setting.display.model_copy(
        update={"minimum": 10})})
    parts["B"] = replace(parts["B"], source=parts["B"].source.model_copy(
        update={"setting": strict}))
    assert wb.pool_cells(parts).source.minimum == 10


def test_who_came_on_top_in_one_school_fills_no_gap_in_another():
    def part(invited, name):
        return wb.count_cells(people(["eens", "oneens"] * 4, name=name,
                               design={"kind": "srs", "invited": invited}), ["gezien"])

    table = wb.frequency(wb.pool_cells({"A": part(4, "a"), "B": part(12, "b")}), "gezien")
    assert table.data["low"].isna().all()
    assert "Geen interval: 16 van de 20 studenten" in table.show().basis


@pytest.mark.parametrize("first", ["srs", "stratified"])
def test_a_stratified_sample_without_its_strata_gets_no_interval_from_its_neighbour(first):
    kinds = [first, *({"srs", "stratified"} - {first})]
    parts = {kind: wb.count_cells(people(["eens", "oneens"] * 4, name=kind,
                                   design={"kind": kind, "invited": 8}), ["gezien"])
             for kind in kinds}
    assert wb.frequency(wb.pool_cells(parts), "gezien").data["low"].isna().all()


def test_an_empty_pool_is_refused():
    with pytest.raises(wb.DataError, match="no Cells to put together"):
        wb.pool_cells({})


@pytest.fixture(scope="module")
def dask():
    return pytest.importorskip("dask.dataframe", reason="the extra [scale] is not installed")


@pytest.mark.parametrize("extra", [{}, {"weight": "w", "strata": "school", "cluster": "own"}])
def test_dask_with_8_partitions_gives_the_same_table(dask, extra):
    whole = of(pupils(), {"kind": "cluster" if "cluster" in extra else "srs"} | extra)
    parts = dask.from_pandas(whole.data, npartitions=8)
    counted = wb.count_cells(parts, ["v", "x"], by="g", source=whole.source)
    pd.testing.assert_frame_equal(wb.frequency(counted, "v", by="g").data,
                                  wb.frequency(whole, "v", by="g").data, rtol=1e-12)
    pd.testing.assert_frame_equal(wb.estimate(counted, "x", by="g").data,
                                  wb.estimate(whole, "x", by="g").data, rtol=1e-12)


ROUTED = {"hulp": {"kind": "nominal", "values": ["ja", "nee"]},
          "welke": {"kind": "multiple", "values": ["geld", "rust"], "asked_if": {"hulp": ["ja"]}},
          "gezien": {"kind": "ordinal", "values": ["oneens", "eens"], "missing": ["weet ik niet"]},
          "uren": {"kind": "numeric", "missing": ["99"]}}


def test_missing_codes_and_routing_of_a_partition_become_reasons(dask):
    source = people([None]).source.model_copy(update={"items": {
        name: wb.Item.model_validate({"name": name} | one) for name, one in ROUTED.items()}})
    frame = pd.DataFrame({"hulp": ["ja", "nee", "ja", "nee"], "welke:geld": [True, True, False,
                          False], "welke:rust": [False] * 4, "uren": [4.0, 99.0, 8.0, np.nan],
                          "gezien": ["eens", "weet ik niet", "oneens", None]})
    for data in (frame, dask.from_pandas(frame, npartitions=2)):
        made = wb.count_cells(data, ["welke", "gezien", "uren"], source=source)
        assert made.state_counts("welke") == {"not_asked": 2, "no_answer": 1}
        assert made.state_counts("gezien") == {"weet ik niet": 1, "no_answer": 1}
        assert made.state_counts("uren") == {"99": 1, "no_answer": 1}
        assert wb.estimate(made, "uren").data["estimate"].tolist() == [6.0]
        assert wb.frequency(made, "welke").data["n"].tolist() == [1, 0]


@pytest.mark.proof
def test_two_worker_processes_give_the_same_table(dask):
    distributed = pytest.importorskip("distributed")
    whole = of(pupils(), {"kind": "srs", "weight": "w"})
    cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True,
                                       dashboard_address=None)
    with cluster, distributed.Client(cluster) as client:
        parts = dask.from_pandas(whole.data, npartitions=8)
        counted = wb.count_cells(parts, ["v", "x"], by="g", source=whole.source)
        assert len(client.scheduler_info()["workers"]) == 2
    pd.testing.assert_frame_equal(wb.frequency(counted, "v", by="g").data,
                                  wb.frequency(whole, "v", by="g").data, rtol=1e-12)


TWO, THREE = ("oneens", "eens"), ("oneens", "neutraal", "eens")


def wave(values=TWO, label=None, high=("eens",), rule="recode", **columns):
    """Forty students: one question, and one that is made of it."""
    made = {"recode": {"item": "gezien", "map": {one: "hoog" if one in high else "laag"
                                                 for one in values}}} \
        if rule == "recode" else {rule: {"item": "gezien", "values": list(high)}}
    names = ["laag", "hoog"] if rule == "recode" else ["ja", "nee"]
    items = {"gezien": {"kind": "ordinal", "values": list(values), "label": label or "Gezien?"},
             "samen": {"kind": "nominal", "values": names, "label": "Samen"} | made}
    answers = [values[place % len(values)] for place in range(40)]
    yes = ["hoog", "laag"] if rule == "recode" else ["ja", "nee"]
    frame = pd.DataFrame({"gezien": answers,
                          "samen": [yes[answer not in high] for answer in answers]} | columns)
    return wb.responses(frame, unit="student", items=items,
                        design=wb.Design(kind="srs", invited=40))


def together(parts, item):
    return [lambda: wb.compare(parts, item),
            lambda: wb.pool_cells({name: wb.count_cells(one, item) for name, one in parts.items()})]


def refused(words, item, **fields):
    for one in together({"2025": wave(), "2026": wave(**fields)}, item):
        with pytest.raises(wb.DataError, match=words):
            one()


@pytest.mark.parametrize("rule", ["recode", "any_of"])
def test_a_changed_question_recoded_to_the_same_values_is_compared(rule):
    parts = {"2025": wave(rule=rule), "2026": wave(THREE, rule=rule)}
    for one in together(parts, "samen"):
        one()


def test_the_words_of_a_question_are_the_question():
    refused("the words.*Gezien.*Gehoord", "gezien", label="Gehoord?")


def test_a_recode_does_not_hide_another_question():
    refused("the words of gezien.*Gezien.*Gehoord", "samen", label="Gehoord?")


def test_the_same_answer_is_recoded_to_the_same_value():
    refused("recode of oneens.*laag.*hoog", "samen", high=("oneens", "eens"))


@pytest.mark.parametrize("rule", ["any_of", "none_of"])
def test_another_way_of_making_an_item_is_another_item(rule):
    for one in together({"2025": wave(rule="any_of"), "2026": wave(
            rule=rule, high=("oneens",) if rule == "any_of" else ("eens",))}, "samen"):
        with pytest.raises(wb.DataError, match="any_of"):
            one()


@pytest.mark.parametrize("rule", ["any_of", "none_of"])
def test_the_same_answer_counts_in_both(rule):
    parts = {"2025": wave(rule=rule), "2026": wave(rule=rule, high=("oneens",))}
    with pytest.raises(wb.DataError, match=f"samen changed .*{rule} of oneens ‘nee’ became ‘ja’"):
        wb.compare(parts, "samen")


def test_the_part_that_is_looked_at_is_the_same_question():
    parts = {"2025": wave().where(gezien="eens"), "2026": wave(THREE).where(gezien="eens")}
    with pytest.raises(wb.DataError, match="gezien is not the same item in 2025 and 2026. values"):
        wb.compare(parts, "samen")


def scored(*, label="wb1", given=None, **scale):
    columns = {f"wb{k}": [float(1 + (place * k) % 5) for place in range(40)] for k in (1, 2, 3)}
    items = {name: {"kind": "numeric", "range": [1, 5], "label": name} for name in columns}
    items["wb1"]["label"] = label
    asked = wb.responses(pd.DataFrame(columns), unit="student", items=items,
                         design=wb.Design(kind="srs", invited=40))
    return wb.score(asked, wb.Scale(**{"name": "wb", "variant": "v1", "items": list(columns),
                                       "reversed": ["wb3"]} | scale))


@pytest.mark.filterwarnings("ignore:data, scale wb")
@pytest.mark.parametrize(("changed", "words"), [
    ({"variant": "v2"}, "variant ‘v1’ became ‘v2’"),
    ({"reversed": []}, "reversed .wb3. became .."),
    ({"minimum_answered": 2}, "minimum_answered nothing became 2"),
    ({"items": ["wb1", "wb3"]}, "items .wb1, wb2, wb3. became .wb1, wb3."),
    ({"label": "anders gevraagd"}, "the words of wb1 ‘wb1’ became ‘anders gevraagd’"),
])
def test_scores_that_were_made_otherwise_are_not_compared(changed, words):
    wb.compare({"2025": scored(), "2026": scored()}, "wb")
    with pytest.raises(wb.DataError, match=f"wb changed between 2025 and 2026: .*{words}"):
        wb.compare({"2025": scored(), "2026": scored(**changed)}, "wb")


def test_a_number_of_the_same_name_is_no_score():
    number = wb.responses(pd.DataFrame({"wb": [1.0, 2.0] * 20}), unit="student",
                          items={"wb": {"kind": "numeric", "range": [1, 5], "label": "wb"}},
                          design=wb.Design(kind="srs", invited=40))
    with pytest.raises(wb.DataError, match="scale ‘v1’ became nothing"), \
            pytest.warns(UserWarning, match="scale wb"):
        wb.compare({"2025": scored(), "2026": number}, "wb")
