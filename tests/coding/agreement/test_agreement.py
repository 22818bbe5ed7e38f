"""Agreement is per code, over what all coders considered, on the first blind round by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from builders import codings as samples
from builders.codings import coded, pairs, random_passages, value
from hypothesis import given, settings
from hypothesis import strategies as st

from wbkit.coding.agreement.agreement import agreement
from wbkit.errors import CodebookError, CodingError


def as_rows(table, *columns):
    return table.data[list(columns)].to_numpy().tolist()


def test_cohen_kappa_of_the_textbook_table():
    # 20 both, 5 and 10 by one of them, 15 neither: 0.40.
    table = agreement(pairs(20, 5, 10, 15), unit="document")
    assert value(table, "cohen") == pytest.approx(0.40)
    assert value(table, "agreement") == pytest.approx(0.70)
    assert value(table, "positive") == pytest.approx(40 / 55)
    assert value(table, "pabak") == pytest.approx(0.40)
    assert value(table, "prevalence:anke") == pytest.approx(0.50)
    assert value(table, "prevalence:bram") == pytest.approx(0.60)
    assert set(table.data["n"]) == {50}


def test_pure_chance_on_characters_gives_a_kappa_of_zero():
    # 10,000 characters, 5,000 by each coder, 2,500 by both.
    made = coded(("1", 0, 5_000, "a", "anke"), ("1", 2_500, 7_500, "a", "bram"),
                 lengths=(10_000,), codes="a")
    table = agreement(made, unit="character")
    assert round(value(table, "cohen"), 3) == 0.000
    assert value(table, "agreement") == 0.5


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 3))
def test_the_sweep_equals_a_table_of_characters(seed, coders):
    made = random_passages(seed, coders=coders)
    swept = agreement(made, unit="character", codes=list("abc"), times=100)
    single = {str(at): str(at) for at in range(4 * 60)}
    rows = [(str((int(row.document) - 1) * 60 + at + 1), 0, 1, row.code, row.coder)
            for row in made.data.itertuples() for at in range(row.start, row.end)]
    unit = [str(at // 60) for at in range(len(single))]
    slow = agreement(coded(*rows, lengths=(1,) * 240, codes="abc", unit=unit,
                           coders=sorted(set(made.considered["coder"]))),
                     unit="document", codes=list("abc"), times=100)
    pd.testing.assert_frame_equal(swept.data, slow.data)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["turn", "document", "character"]))
def test_coders_may_swap_and_documents_may_change_places(seed, unit):
    made = random_passages(seed, coders=2)
    names = {"coder0": "coder1", "coder1": "coder0"}
    swapped = replace(made, data=made.data.assign(coder=made.data["coder"].map(names)),
                      considered=made.considered.assign(coder=made.considered["coder"].map(names)))
    turned = replace(made.documents, texts=made.documents.texts.iloc[::-1].reset_index(drop=True))
    one = agreement(made, unit=unit, codes=list("abc"), times=100).data
    for other in (swapped, replace(made, documents=turned)):
        two = agreement(other, unit=unit, codes=list("abc"), times=100).data
        own = ~one["measure"].str.startswith("prevalence")
        columns = ["code", "measure", "estimate", "n"]
        pd.testing.assert_frame_equal(one.loc[own, columns], two.loc[own, columns])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_full_agreement_is_one_and_an_interval_begins_before_it_ends(seed):
    made = random_passages(seed, documents=20)
    table = agreement(made, unit="turn").data.dropna(subset=["low"])
    assert len(table)
    assert (table["estimate"] <= 1 + 1e-9).all()
    assert (table["low"] <= table["high"]).all()
    same = made.data.assign(coder="coder0").drop_duplicates()
    both = replace(made, data=pd.concat([same, same.assign(coder="coder1")], ignore_index=True))
    full = agreement(both, unit="turn").data
    full = full[~full["measure"].str.startswith("prevalence")]
    assert full["estimate"].notna().any()
    assert np.allclose(full["estimate"].dropna(), 1)


def test_a_constant_code_gives_the_reason():
    table = agreement(coded(("1", 0, 10, "b", "anke"), codes="ab"), unit="document",
                      codes=["a"])
    row = table.data[table.data["measure"] == "cohen"].iloc[0]
    assert np.isnan(row["estimate"])
    assert table.words("reason", row["reason"]) == "geen verschil tussen eenheden"
    assert value(table, "agreement") == 1


def test_few_documents_and_few_passages_are_marked():
    table = agreement(pairs(4, 1, 1, 4), unit="document")
    (reason,) = set(table.data.loc[table.data["measure"] == "alpha", "reason"])
    assert table.words("reason", reason) == "minder dan 10 keer gegeven; te weinig documenten"
    table = agreement(pairs(12, 1, 1, 4), unit="document")
    assert set(table.data["reason"]) == {""}


def test_texts_of_one_respondent_are_drawn_together():
    made = pairs(20, 5, 5, 20)
    texts = made.documents.texts.assign(unit=[str(at // 10) for at in range(50)])
    together = replace(made, documents=replace(made.documents, texts=texts))
    table = agreement(together, unit="document")
    assert "few_documents" in set(table.data.loc[table.data["measure"] == "cohen", "reason"])
    assert value(table, "cohen") == value(agreement(made, unit="document"), "cohen")


def test_the_same_seed_gives_the_same_interval():
    made = pairs(10, 4, 5, 11)
    first, again = (agreement(made, unit="document", seed=3) for _ in range(2))
    assert first.fingerprint == again.fingerprint
    assert first.fingerprint != agreement(made, unit="document", seed=4).fingerprint


def test_only_texts_that_all_coders_considered_count():
    looked = [("1", "r", "anke", ("a",), True), ("1", "r", "bram", ("a",), True),
              ("2", "r", "anke", ("a",), True), ("3", "r", "bram", ("b",), True)]
    made = coded(("1", 0, 5, "a", "anke"), ("2", 0, 5, "a", "anke"), considered=looked)
    table = agreement(made, unit="document")
    assert set(table.data["n"]) == {1}
    assert "1 van de 3 teksten" in table.show().base
    assert any(note.startswith("Niet meegeteld: 1 coderingen") for note in table.show().notes)


def test_what_was_not_coded_blind_does_not_count():
    made = pairs(5, 1, 1, 5)
    seen = made.considered.assign(blind=made.considered["document"] != "1")
    table = agreement(replace(made, considered=seen), unit="document")
    assert set(table.data["n"]) == {11}
    with pytest.raises(CodingError, match="does not say who coded blind"):
        agreement(replace(made, considered=made.considered.drop(columns="blind")))


def test_training_and_other_origins_stay_apart():
    made = pairs(5, 1, 1, 5)
    extra = made.data.iloc[:4].assign(origin=["suggestion", "import", "import", "manual"],
                                      round="main", document="12")
    extra.loc[extra.index[3], "round"] = "training"
    table = agreement(replace(made, data=pd.concat([made.data.assign(round="main"), extra],
                                                   ignore_index=True)), unit="document")
    alone = agreement(made, unit="document")
    assert table.data.equals(alone.data)
    assert "Apart, niet meegeteld: 2 van de 16 coderingen (12,5 %) met herkomst overgenomen uit " \
        "een ander programma." in table.show().notes
    assert "Apart, niet meegeteld: 1 van de 16 coderingen (6,2 %) met herkomst voorstel van de " \
        "computer." in table.show().notes


def test_there_is_no_kappa_over_all_codes_and_no_verdict():
    table = agreement(random_passages(1), unit="turn")
    rows = table.data[table.data["code"] == "all_codes"]
    assert rows["measure"].tolist() == ["alpha_masi"]
    assert set(table.data.loc[table.data["measure"] == "cohen", "code"]) == {"a", "b", "c"}
    assert not {"substantial", "good", "goed", "redelijk"} & set(repr(table).lower().split())


def test_sets_of_codes_that_are_equal_give_an_alpha_of_one():
    rows = [(str(at), 0, 5, code, coder) for at in (1, 2) for code in "ab"[:at]
            for coder in ("anke", "bram")]
    table = agreement(coded(*rows), unit="document")
    assert value(table, "alpha_masi", "all_codes") == pytest.approx(1)


def test_turns_of_the_interviewer_are_no_units():
    turns = pd.DataFrame({
        "document": "1", "turn": [1, 2, 3], "start": [0, 4, 8], "end": [3, 7, 10],
        "speaker": ["I1", "TL", "TL"], "role": ["interviewer", "teamleider", "teamleider"],
        "question": "", "time": ""})
    made = coded(("1", 0, 7, "a", "anke"), ("1", 5, 10, "a", "bram"), lengths=(10,), codes="a",
                 documents={"turns": turns})
    table = agreement(made)
    assert set(table.data["n"]) == {2}
    assert value(table, "prevalence:anke") == 0.5
    assert set(agreement(made, unit="character").data["n"]) == {5}


def test_three_coders_get_the_kappa_of_fleiss():
    made = coded(("1", 0, 5, "a", "anke"), ("1", 0, 5, "a", "carla"), codes="a",
                 coders=("anke", "bram", "carla"))
    measures = set(agreement(made, unit="document").data["measure"])
    assert "fleiss" in measures
    assert "cohen" not in measures
    assert "cohen" in set(agreement(made, unit="document", coders=["anke", "bram"]).data["measure"])


def test_a_wrong_request_gets_a_message():
    made = pairs(5, 1, 1, 5)
    with pytest.raises(CodingError, match="unit='word' is unknown"):
        agreement(made, unit="word")
    with pytest.raises(CodingError, match="there is anke, bram"):
        agreement(made, coders=["anke", "carla"])
    with pytest.raises(CodingError, match="between 2 to 30 coders"):
        agreement(made, coders=["anke"])
    with pytest.raises(CodebookError, match="there is no code 'x'"):
        agreement(made, codes=["x"])
    with pytest.raises(CodingError, match="codes is empty"):
        agreement(made, codes=[])
    with pytest.raises(CodingError, match="at least 100 resamples"):
        agreement(made, times=10)
    apart = samples.coded(considered=[("1", "r", "anke", ("a",), True),
                                      ("2", "r", "bram", ("a",), True)])
    with pytest.raises(CodingError, match="looked for none of these codes in the same text"):
        agreement(apart)


def test_a_table_shows_one_row_for_each_code():
    shown = repr(agreement(pairs(20, 5, 10, 15), unit="document"))
    assert "0,40 (" in shown
    assert "Cohens kappa" in shown
    assert "Basis: 50 teksten in 50 van de 50 teksten" in shown
    assert len([line for line in shown.splitlines() if line.startswith("a ")]) == 1


def test_texts_of_several_sources_are_taken_together():
    one, other = pairs(5, 1, 1, 5), pairs(4, 2, 2, 4)
    names = {str(at): f"b{at}" for at in range(1, 13)}
    documents = other.documents
    source = documents.source.model_copy(update={"name": "vellen"})
    texts = documents.texts.assign(document=documents.texts["document"].map(names),
                                   source="vellen")
    moved = replace(
        other, data=other.data.assign(document=other.data["document"].map(names)),
        considered=other.considered.assign(document=other.considered["document"].map(names)),
        documents=replace(documents, texts=texts, source=source))
    table = agreement([one, moved], unit="document")
    assert value(table, "cohen") == value(agreement(pairs(9, 3, 3, 9), unit="document"), "cohen")
    assert [source.name for source in table.data_sets] == ["leiders", "vellen"]
    with pytest.raises(CodingError, match="different codebooks"):
        agreement([one, samples.coded()])


def test_full_agreement_has_no_interval_of_no_width():
    table = agreement(pairs(12, 0, 0, 12), unit="document").data
    row = table[table["measure"] == "alpha"].iloc[0]
    assert (row["estimate"], row["reason"]) == (1, "no_spread")
    assert np.isnan(row["low"])
