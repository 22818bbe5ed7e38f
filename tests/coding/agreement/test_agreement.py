"""Agreement is per code, over what all coders considered, on the first blind round by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from builders import codings as samples
from builders import transcripts
from builders.codings import coded, pairs, random_passages, value
from hypothesis import given, settings
from hypothesis import strategies as st

from wbkit.coding.agreement.agreement import agreement
from wbkit.coding.agreement.alpha import krippendorff_alpha
from wbkit.errors import CodebookError, CodingError, DataError


def as_rows(table, *columns):
    return table.data[list(columns)].to_numpy().tolist()


def test_cohen_kappa_of_the_textbook_table():
    # 20 both, 5 and 10 by one of them, 15 neither: 0.40.
    table = agreement(pairs(20, 5, 10, 15), unit="document", measures="all")
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
    table = agreement(made, unit="character", measures="all")
    assert round(value(table, "cohen"), 3) == 0.000
    assert value(table, "agreement") == 0.5


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 3))
def test_the_sweep_equals_a_table_of_characters(seed, coders):
    made = random_passages(seed, coders=coders)
    swept = agreement(made, unit="character", codes=list("abc"), measures="all")
    single = {str(at): str(at) for at in range(4 * 60)}
    rows = [(str((int(row.document) - 1) * 60 + at + 1), 0, 1, row.code, row.coder)
            for row in made.data.itertuples() for at in range(row.start, row.end)]
    unit = [str(at // 60) for at in range(len(single))]
    slow = agreement(coded(*rows, lengths=(1,) * 240, codes="abc", unit=unit,
                           coders=sorted(set(made.considered["coder"]))),
                     unit="document", codes=list("abc"), measures="all")
    pd.testing.assert_frame_equal(swept.data, slow.data)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["turn", "document", "character"]))
def test_coders_may_swap_and_documents_may_change_places(seed, unit):
    made = random_passages(seed, coders=2)
    names = {"coder0": "coder1", "coder1": "coder0"}
    swapped = replace(made, data=made.data.assign(coder=made.data["coder"].map(names)),
                      considered=made.considered.assign(coder=made.considered["coder"].map(names)))
    turned = replace(made.documents, texts=made.documents.texts.iloc[::-1].reset_index(drop=True))
    one = agreement(made, unit=unit, codes=list("abc"), measures="all").data
    for other in (swapped, replace(made, documents=turned)):
        two = agreement(other, unit=unit, codes=list("abc"), measures="all").data
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
                      codes=["a"], measures="all")
    row = table.data[table.data["measure"] == "cohen"].iloc[0]
    assert np.isnan(row["estimate"])
    assert table.words("reason", row["reason"]) == "geen verschil tussen eenheden"
    assert value(table, "agreement") == 1


def test_few_documents_and_few_passages_are_marked():
    table = agreement(pairs(4, 1, 1, 4), unit="document")
    (reason,) = set(table.data.loc[table.data["measure"] == "alpha", "reason"])
    assert table.words("reason", reason) == "minder dan 10 keer gegeven; te weinig documenten"
    assert table.data["low"].notna().any()
    table = agreement(pairs(12, 1, 1, 4), unit="document")
    assert set(table.data["reason"]) == {""}


def test_texts_of_one_respondent_are_drawn_together():
    made = pairs(20, 5, 5, 20)
    texts = made.documents.texts.assign(unit=[str(at // 10) for at in range(50)])
    together = replace(made, documents=replace(made.documents, texts=texts))
    table = agreement(together, unit="document", measures="alpha")
    alpha = table.data[table.data["measure"] == "alpha"].iloc[0]
    assert alpha["reason"] == "no_documents"
    assert np.isnan(alpha["low"])
    assert alpha["estimate"] == value(agreement(made, unit="document"), "alpha")
    assert not table.show().basis
    assert any("daarom geen interval" in note for note in table.show().notes)


def test_under_ten_documents_there_are_counts_and_no_coefficient():
    made = pairs(4, 2, 1, 2)  # both, only anke, only bram, nobody
    table = agreement(made, unit="document")
    assert table.data[["measure", "n"]].to_numpy().tolist() == [
        ["prevalence:anke", 9], ["prevalence:bram", 9], ["given_by_all", 4], ["given_by_some", 3]]
    assert table.data["estimate"].iloc[2:].isna().all()
    lines = repr(table).splitlines()
    assert "door allen gegeven  door een deel gegeven  n" in lines[2]
    assert lines[4].split()[3:6] == ["4", "3", "9"]
    assert any("disagreements" in note for note in table.show().notes)
    assert "alpha" in set(agreement(pairs(4, 2, 1, 3), unit="document").data["measure"])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_counts_of_three_coders_are_those_of_a_slow_count(seed):
    rng, names = np.random.default_rng(seed), ["c0", "c1", "c2"]
    there, yes = rng.random((2, 8, 3)) < 0.7
    looked = [(str(at + 1), "r", names[who], ("a",), True)
              for at, who in zip(*np.nonzero(there), strict=True)]
    rows = [(str(at + 1), 0, 5, "a", names[who])
            for at, who in zip(*np.nonzero(there & yes), strict=True)]
    both = [sorted(set(yes[at][there[at]])) for at in range(8) if there[at].sum() > 1]
    try:
        table = agreement(coded(*rows, lengths=(10,) * 8, codes="a", considered=looked),
                          unit="document", codes=["a"]).data.set_index("measure")
    except CodingError:
        return
    assert table.loc[["given_by_all", "given_by_some"], "n"].tolist() == [
        both.count([True]), both.count([False, True])]


def test_sheets_of_one_table_are_drawn_together_where_study_toml_says_so():
    made = pairs(20, 5, 5, 20)
    tables = [str(at // 4) for at in range(50)]
    source = transcripts.source(texts={"cluster": "tafel"})
    documents = replace(made.documents, source=source,
                        texts=made.documents.texts.assign(tafel=tables))
    own = replace(made.documents, texts=made.documents.texts.assign(unit=tables))
    by_table, by_unit, alone = (agreement(replace(made, documents=one), unit="document")
                                for one in (documents, own, made.documents))
    pd.testing.assert_frame_equal(by_table.data, by_unit.data)
    assert not by_table.data["low"].equals(alone.data["low"])
    assert "het kenmerk cluster" in repr(by_table.show())


def test_the_same_seed_gives_the_same_interval():
    made = pairs(10, 4, 5, 11)
    first, again = (agreement(made, unit="document", seed=3) for _ in range(2))
    assert first.fingerprint == again.fingerprint
    assert first.fingerprint != agreement(made, unit="document", seed=4).fingerprint


def test_only_texts_that_all_coders_considered_count():
    looked = [("1", "r", "anke", ("a",), True), ("1", "r", "bram", ("a",), True),
              ("2", "r", "anke", ("a",), True), ("3", "r", "bram", ("b",), True)]
    made = coded(("1", 0, 5, "a", "anke"), ("2", 0, 5, "a", "anke"), considered=looked)
    table = agreement(made, unit="document", measures="alpha")
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
    table = agreement(random_passages(1), unit="turn", measures=["alpha", "positive"])
    rows = table.data[table.data["code"] == "all_codes"]
    assert rows["measure"].tolist() == ["alpha_masi"]
    assert set(table.data.loc[table.data["measure"] == "alpha", "code"]) == {"a", "b", "c"}
    assert not {"substantial", "good", "goed", "redelijk"} & set(repr(table).lower().split())


def test_sets_of_codes_that_are_equal_give_an_alpha_of_one():
    rows = [(str(at), 0, 5, code, coder) for at in (1, 2) for code in "ab"[:at]
            for coder in ("anke", "bram")]
    table = agreement(coded(*rows), unit="document", measures=["alpha"])
    assert value(table, "alpha_masi", "all_codes") == pytest.approx(1)


def test_turns_of_the_interviewer_are_no_units():
    turns = pd.DataFrame({
        "document": "1", "turn": [1, 2, 3], "start": [0, 4, 8], "end": [3, 7, 10],
        "speaker": ["I1", "TL", "TL"], "role": ["interviewer", "teamleider", "teamleider"],
        "question": "", "time": ""})
    made = coded(("1", 0, 7, "a", "anke"), ("1", 5, 10, "a", "bram"), lengths=(10,), codes="a",
                 documents={"turns": turns})
    table = agreement(made, measures="alpha")
    assert set(table.data["n"]) == {2}
    assert value(table, "prevalence:anke") == 0.5
    assert set(agreement(made, unit="character", measures="alpha").data["n"]) == {5}


def test_three_coders_get_the_kappa_of_fleiss():
    made = coded(("1", 0, 5, "a", "anke"), ("1", 0, 5, "a", "carla"), codes="a",
                 coders=("anke", "bram", "carla"))
    measures = set(agreement(made, unit="document", measures="kappa").data["measure"])
    assert "fleiss" in measures
    assert "cohen" not in measures
    two = agreement(made, unit="document", coders=["anke", "bram"], measures=["kappa"])
    assert "cohen" in set(two.data["measure"])


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
    with pytest.raises(CodingError, match="no measure 'cohens' of agreement. Use alpha, positive"):
        agreement(made, measures=["cohens"])
    with pytest.raises(DataError, match="agreement: takes Codings, and there are Documents"):
        agreement(made.documents)
    with pytest.raises(DataError, match="Give what read_codings or code_by_dictionary returned"):
        agreement([made, made.data])
    apart = samples.coded(considered=[("1", "r", "anke", ("a",), True),
                                      ("2", "r", "bram", ("a",), True)])
    with pytest.raises(CodingError, match="looked for none of these codes in the same text"):
        agreement(apart)


def test_a_table_shows_one_row_for_each_code():
    shown = repr(agreement(pairs(20, 5, 10, 15), unit="document", measures="all"))
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
    whole = agreement(pairs(9, 3, 3, 9), unit="document")
    assert value(table, "alpha") == value(whole, "alpha")
    assert [source.name for source in table.data_sets] == ["leiders", "vellen"]
    with pytest.raises(CodingError, match="different codebooks"):
        agreement([one, samples.coded()])


def test_full_agreement_has_no_interval_of_no_width():
    table = agreement(pairs(12, 0, 0, 12), unit="document").data
    row = table[table["measure"] == "alpha"].iloc[0]
    assert (row["estimate"], row["reason"]) == (1, "no_spread")
    assert np.isnan(row["low"])


ROTATING = [("anke", "bram"), ("bram", "carla"), ("anke", "carla")]


def rotating(texts=9):
    """Let three coders each code two in three texts; the code in every other text."""
    looked = [(str(at + 1), "r", coder, ("a",), True)
              for at in range(texts) for coder in ROTATING[at % 3]]
    rows = [(document, 0, 5, "a", coder) for document, __, coder, __, __ in looked
            if int(document) % 2 == 0]
    return coded(*rows, lengths=(10,) * texts, codes="a", coders=("anke", "bram", "carla"),
                 considered=looked)


def test_each_text_by_two_of_three_coders_counts_as_a_whole():
    table = agreement(rotating(), unit="document", measures="alpha")
    assert set(table.data["n"]) == {9}
    assert value(table, "alpha") == 1
    assert value(table, "prevalence:anke") == pytest.approx(2 / 6)  # 4 and 6 of 1 3 4 6 7 9
    shown = table.show().base
    assert "minstens twee van de 3 codeurs" in shown
    assert "anke en bram 3; anke en carla 3; bram en carla 3" in shown


def test_a_third_coder_of_one_text_does_not_shrink_the_rest():
    made = pairs(5, 1, 1, 5)
    extra = made.considered.iloc[:1].assign(coder="carla")
    more = replace(made, considered=pd.concat([made.considered, extra], ignore_index=True))
    assert set(agreement(more, unit="document").data["n"]) == {12}
    assert "anke en bram 12; anke en carla 1; bram en carla 1" in \
        agreement(more, unit="document").show().base


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_alpha_with_absent_coders_is_that_of_ratings_in_rows(seed):
    rng = np.random.default_rng(seed)
    names, texts = ["c0", "c1", "c2", "c3"], 12
    there, yes = rng.random((2, texts, 4)) < 0.6
    looked = [(str(at + 1), "r", names[who], ("a",), True)
              for at, who in zip(*np.nonzero(there), strict=True)]
    rows = [(str(at + 1), 0, 5, "a", names[who])
            for at, who in zip(*np.nonzero(there & yes), strict=True)]
    made = coded(*rows, lengths=(10,) * texts, codes="a", considered=looked)
    ratings = pd.DataFrame([(at, who, int(yes[at, who]))
                            for at, who in zip(*np.nonzero(there), strict=True)],
                           columns=["unit", "coder", "value"])
    try:
        expected = krippendorff_alpha(ratings)
    except CodingError:
        return
    table = agreement(made, unit="document", codes=["a"], measures="alpha")
    assert value(table, "alpha") == pytest.approx(expected)


def test_training_is_told_and_never_counted():
    made = pairs(5, 1, 1, 5)
    trained = made.data.iloc[:3].assign(round="training")
    table = agreement(replace(made, data=pd.concat([made.data.assign(round="main"), trained],
                                                   ignore_index=True)), unit="document")
    assert table.data.equals(agreement(made, unit="document").data)
    assert "Niet meegeteld: 3 van de 15 coderingen zijn van een oefenronde." in table.show().notes


def test_the_usual_table_has_alpha_and_positive_agreement():
    table = agreement(pairs(20, 5, 10, 15), unit="document")
    assert list(dict.fromkeys(table.data["measure"])) == [
        "prevalence:anke", "prevalence:bram", "alpha", "positive"]


def with_machine(hits, *, looked=12):
    """Let a machine code some of the texts of two people; it looked in the first ones."""
    made = pairs(5, 1, 1, 5)
    rows = made.data.iloc[:1].assign(coder="gpt", origin="machine")
    rows = pd.concat([rows.assign(document=one) for one in hits], ignore_index=True)
    seen = made.considered.drop_duplicates("document").head(looked).assign(
        coder="gpt", blind=False, origin="machine", witness="gpt 1, 2026-11-01, prompt 0a1b")
    return replace(made, data=pd.concat([made.data, rows], ignore_index=True),
                   considered=pd.concat([made.considered.assign(origin="", witness=""), seen],
                                        ignore_index=True))


def test_agreement_stands_there_without_and_with_the_machine():
    alone = agreement(pairs(5, 1, 1, 5), unit="document")
    table = agreement(with_machine(["1", "2", "3", "8"]), unit="document")
    people = table.data[table.data["measure"] != "alpha_machine"].reset_index(drop=True)
    pd.testing.assert_frame_equal(people, alone.data)
    ratings = [(text, who, int(text <= 5 or text == 6 + at)) for text in range(1, 13)
               for at, who in enumerate(("anke", "bram"))]
    ratings += [(text, "gpt", int(text in (1, 2, 3, 8))) for text in range(1, 13)]
    assert value(table, "alpha_machine") == pytest.approx(krippendorff_alpha(
        pd.DataFrame(ratings, columns=["unit", "coder", "value"])))
    assert value(table, "alpha_machine") < value(table, "alpha")
    assert any("gpt 1, 2026-11-01, prompt 0a1b" in note for note in table.show().notes)
    assert any("herkomst machine" in note for note in table.show().notes)


def test_a_machine_is_no_second_coder():
    made = with_machine(["1"])
    single = replace(made, considered=made.considered[made.considered["coder"] != "bram"].assign(
        blind=True))
    with pytest.raises(CodingError, match="between 2 to 30 coders"):
        agreement(single)
