"""Differences are listed, decisions kept, and the coders' own codings left alone."""

import pandas as pd
import pytest
from builders import transcripts
from builders.codings import coded, pairs

from wbkit.coding.agreement.agreement import agreement
from wbkit.coding.agreement.precision_recall import precision_recall
from wbkit.coding.agreement.reconcile import disagreements, reconcile
from wbkit.errors import CodingError, DisclosureError


def differing():
    return coded(("1", 0, 4, "a", "anke"), ("1", 2, 6, "a", "bram"), ("2", 1, 5, "a", "anke"),
                 ("3", 0, 3, "b", "bram"))


def decided(made, decisions, **columns):
    table = disagreements(made, unit="document").data.assign(
        decision=decisions, decided_by="anke, bram", **columns)
    return reconcile(made, table, unit="document")


def test_differences_are_listed_with_who_gave_what():
    table = disagreements(differing(), unit="document")
    rows = table.data[["document", "code", "given", "not_given", "quote"]].to_numpy().tolist()
    assert rows == [["2", "a", "anke", "bram", "xxxx"], ["3", "b", "bram", "anke", "xxx"]]
    assert table.show().base.startswith("2 van de 6 oordelen")


def test_a_consensus_keeps_who_decided_what_and_leaves_the_codings_alone():
    made = differing()
    before = made.data.copy()
    together = decided(made, ["yes", "no"], memo=["past bij de definitie", ""])
    columns = ["document", "start", "end", "code", "origin", "status", "decided_by", "memo"]
    assert together.data[columns].to_numpy().tolist() == [
        ["1", 0, 6, "a", "consensus", "accepted", "anke, bram", ""],
        ["2", 1, 5, "a", "consensus", "accepted", "anke, bram", "past bij de definitie"]]
    assert made.data.equals(before)
    assert agreement(made, unit="document").data.equals(
        agreement(differing(), unit="document").data)


def test_what_was_not_decided_waits():
    together = decided(differing(), ["", "yes"])
    assert together.data["status"].tolist() == ["accepted", "review", "accepted"]


def test_a_wrong_decision_gets_a_message():
    made = differing()
    table = disagreements(made, unit="document").data.assign(decision="yes", decided_by="anke")
    with pytest.raises(CodingError, match="without who decided"):
        reconcile(made, table.assign(decided_by=""), unit="document")
    with pytest.raises(CodingError, match="lacks decided_by"):
        reconcile(made, table.drop(columns="decided_by"), unit="document")
    with pytest.raises(CodingError, match="coders do not differ"):
        reconcile(made, table.assign(document="1"), unit="document")
    with pytest.raises(CodingError, match="stand twice"):
        reconcile(made, table.iloc[[0, 0]], unit="document")
    with pytest.raises(CodingError, match="nobody talks about single characters"):
        disagreements(made, unit="character")
    with pytest.raises(DisclosureError, match="real people"):
        disagreements(coded(source={"synthetic": False}))


def test_decisions_stand_beside_the_list_of_differences():
    made = pairs(1, 2, 1, 0)
    listed = disagreements(made).data
    decisions = listed.assign(decision=["yes", "", "no"], decided_by=["anke", "", "bram"],
                              memo=["omdat", "", None])
    table = disagreements(made, decisions=decisions)
    assert table.data[["document", "decision", "decided_by", "memo"]].values.tolist() == [
        ["2", "yes", "anke", "omdat"], ["3", "", "", ""], ["4", "no", "bram", ""]]
    assert [table.words("decision", one) for one in ("yes", "no", "")] == [
        "ja", "nee", "nog niet besloten"]
    with pytest.raises(CodingError, match="1 decision about a unit and code on which coders"):
        disagreements(made, decisions=decisions.assign(start=[0, 0, 7]))


def test_a_sheet_is_taken_as_people_fill_it_in(tmp_path):
    made = pairs(1, 2, 1, 0)
    sheet = disagreements(made).data.assign(decision=["Ja", None, " nee "],
                                            decided_by=["anke", None, "bram"])
    sheet.to_excel(tmp_path / "a.xlsx", index=False, engine="xlsxwriter")
    back = pd.read_excel(tmp_path / "a.xlsx", engine="calamine")
    assert back["document"].dtype == "int64"
    assert reconcile(made, back).data[["document", "status"]].astype("str").values.tolist() == [
        ["1", "accepted"], ["2", "accepted"], ["3", "review"]]
    with pytest.raises(CodingError, match="1 decision without yes or no"):
        reconcile(made, back.assign(decision=["misschien", None, None]))


def hits(*rows, like):
    made = coded(*[(*row, "dictionary") for row in rows], lengths=(10,) * len(
        like.documents.texts), codes="ab")
    return type(made)(
        made.data.assign(origin="dictionary"), like.documents, like.codebook,
        made.considered[made.considered["coder"] == "anke"].assign(coder="dictionary"))


def test_precision_and_recall_of_hits():
    by_hand = coded(*[(str(at), 0, 5, "a", "anke") for at in (1, 2, 3)], lengths=(10,) * 6,
                    coders=("anke",))
    found = hits(*[(str(at), 6, 8, "a") for at in (2, 3, 4, 5)], like=by_hand)
    table = precision_recall(found, against=by_hand, unit="document")
    rows = table.data[table.data["code"] == "a"].set_index("measure")
    assert rows["estimate"].round(4).to_dict() == {
        "precision": 0.5, "recall": 0.6667, "f1": 0.5714}
    assert rows["n"].to_dict() == {"precision": 4, "recall": 3, "f1": 5}
    reason = table.data.loc[table.data["code"] == "b", "reason"].tolist()
    assert [table.words("reason", one) for one in reason] == [
        "geen zoekwoorden", "niet met de hand gegeven", "geen zoekwoorden en niet gegeven"]


def test_who_is_right_has_to_be_clear():
    both = pairs(2, 1, 1, 2)
    with pytest.raises(CodingError, match="whose codings count as right"):
        precision_recall(hits(("1", 0, 1, "a"), like=both), against=both)
    assert value_of(precision_recall(hits(("1", 0, 1, "a"), like=both), against=both, coder="anke"))
    with pytest.raises(CodingError, match="not of the same texts"):
        precision_recall(hits(("1", 0, 1, "a"), like=both), against=pairs(1, 1, 1, 1))


def with_parents(codings, **parents):
    """Put codes under others, and look for the lower ones only."""
    every = {code: {"parents": parents.get(code, [])} for code in "abc"}
    looked = codings.considered.assign(codes=[("a", "b")] * len(codings.considered))
    return type(codings)(codings.data, codings.documents, transcripts.codebook(**every), looked)


def test_a_code_above_others_is_found_where_one_under_it_is():
    by_hand = coded(("1", 0, 5, "a", "anke"), ("2", 0, 5, "b", "anke"), lengths=(10,) * 4,
                    coders=("anke",))
    found = hits(("1", 0, 2, "b"), ("1", 6, 8, "a"), ("3", 0, 2, "b"), like=by_hand)
    table = precision_recall(with_parents(found, a=["c"], b=["c"]), unit="document",
                     against=with_parents(by_hand, a=["c"], b=["c"]))
    rows = table.data.set_index(["code", "measure"])
    # c stands in 1 and 2 by hand, in 1 and 3 by hits; text 1 counts once for both
    assert rows.loc["c", "estimate"].tolist() == [0.5, 0.5, 0.5]
    assert rows.loc["c", "n"].tolist() == [2, 2, 3]
    assert rows.loc[("b", "precision"), "estimate"] == 0


def test_a_code_that_only_one_of_both_looked_for_does_not_count_above():
    by_hand = coded(("1", 0, 5, "a", "anke"), lengths=(10,) * 2, coders=("anke",))
    found = hits(("1", 0, 2, "a"), ("2", 0, 2, "b"), like=by_hand)
    one, other = (with_parents(part, a=["c"], b=["c"]) for part in (found, by_hand))
    other = type(other)(other.data, other.documents, other.codebook,
                        other.considered.assign(codes=[("a",)] * 2))
    table = precision_recall(one, against=other, unit="document")
    assert table.data.set_index(["code", "measure"]).loc[("c", "precision"), "estimate"] == 1
    with pytest.raises(CodingError, match="did not both look for 'b' in the same text. Both"):
        precision_recall(one, against=other, codes=["b"])


def sheets(codings):
    """Give the documents ids of their own."""
    moved = [part.assign(document="vel " + part["document"].astype("str"))
             for part in (codings.data, codings.considered)]
    documents = codings.documents
    texts_of = documents.texts.assign(document="vel " + documents.texts["document"])
    return type(codings)(moved[0], type(documents)(texts_of, documents.source), codings.codebook,
                         moved[1])


def test_texts_of_several_sources_are_taken_together():
    by_hand = coded(("1", 0, 5, "a", "anke"), lengths=(10,) * 2, coders=("anke",))
    found = hits(("1", 0, 2, "a"), ("2", 0, 2, "a"), like=by_hand)
    other = sheets(coded(("2", 0, 5, "a", "anke"), lengths=(10,) * 2, coders=("anke",),
                         source={"name": "vellen"}))
    none = type(other)(other.data[:0], other.documents, other.codebook,
                       other.considered.assign(coder="dictionary"))
    table = precision_recall([found, none], against=[by_hand, other], unit="turn", codes="a")
    assert table.data["estimate"].round(4).tolist() == [0.5, 0.5, 0.5]
    assert table.data["n"].tolist() == [2, 2, 3]
    assert [source.name for source in table.data_sets] == ["leiders", "vellen"]


def test_answers_to_an_open_question_are_named_and_are_whole_texts():
    item = {"idee": {"name": "idee", "kind": "open", "label": {"nl": "Wat zou je veranderen?"},
                     "short": {"nl": "verandering"}}}
    answers = coded(("1", 0, 5, "a", "anke"), lengths=(10,) * 2, coders=("anke",),
                    documents={"item": "idee"}, source={"items": item})
    found = hits(("1", 0, 2, "a"), like=answers)
    table = precision_recall(found, against=answers)
    assert table.show().title == "Zoekwoorden naast codes met de hand: verandering"
    assert table.show().units == ("tekst", "teksten")
    assert table.show().base.startswith("Basis: teksten in 2 van de 2 teksten")


def value_of(table):
    return table.data["estimate"].notna().any()
