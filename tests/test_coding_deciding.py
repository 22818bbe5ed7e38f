"""Differences are listed, decisions kept, and the coders' own codings left alone."""

import pytest
from codings import coded, pairs

from wbkit.coding.agreeing import agreement
from wbkit.coding.deciding import consensus, disagreements
from wbkit.coding.evaluating import evaluate
from wbkit.errors import CodingError, DisclosureError


def differing():
    return coded(("1", 0, 4, "a", "anke"), ("1", 2, 6, "a", "bram"), ("2", 1, 5, "a", "anke"),
                 ("3", 0, 3, "b", "bram"))


def decided(made, decisions, **columns):
    table = disagreements(made, unit="document").data.assign(
        decision=decisions, decided_by="anke, bram", **columns)
    return consensus(made, table, unit="document")


def test_differences_are_listed_with_who_gave_what():
    table = disagreements(differing(), unit="document")
    rows = table.data[["document", "code", "given", "not_given", "quote"]].to_numpy().tolist()
    assert rows == [["2", "a", "anke", "bram", "xxxx"], ["3", "b", "bram", "anke", "xxx"]]
    assert table.base.startswith("2 van de 6 oordelen")


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
    with pytest.raises(CodingError, match="do not say by whom"):
        consensus(made, table.assign(decided_by=""), unit="document")
    with pytest.raises(CodingError, match="lacks decided_by"):
        consensus(made, table.drop(columns="decided_by"), unit="document")
    with pytest.raises(CodingError, match="coders do not differ"):
        consensus(made, table.assign(document="1"), unit="document")
    with pytest.raises(CodingError, match="stand twice"):
        consensus(made, table.iloc[[0, 0]], unit="document")
    with pytest.raises(CodingError, match="nobody talks about single characters"):
        disagreements(made, unit="character")
    with pytest.raises(DisclosureError, match="real people"):
        disagreements(coded(source={"synthetic": False}))


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
    table = evaluate(found, against=by_hand, unit="document")
    rows = table.data[table.data["code"] == "a"].set_index("measure")
    assert rows["estimate"].round(4).to_dict() == {
        "precision": 0.5, "recall": 0.6667, "f1": 0.5714}
    assert rows["n"].to_dict() == {"precision": 4, "recall": 3, "f1": 5}
    reason = table.data.loc[table.data["code"] == "b", "reason"].tolist()
    assert [table.words("reason", one) for one in reason] == [
        "geen trefwoorden", "niet met de hand gegeven", "geen trefwoorden en niet gegeven"]


def test_who_is_right_has_to_be_clear():
    both = pairs(2, 1, 1, 2)
    with pytest.raises(CodingError, match="whose codings count as right"):
        evaluate(hits(("1", 0, 1, "a"), like=both), against=both)
    assert value_of(evaluate(hits(("1", 0, 1, "a"), like=both), against=both, coder="anke"))
    with pytest.raises(CodingError, match="not of the same texts"):
        evaluate(hits(("1", 0, 1, "a"), like=both), against=pairs(1, 1, 1, 1))


def value_of(table):
    return table.data["estimate"].notna().any()
