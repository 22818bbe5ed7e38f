"""Proposals come after a coder's own first code in a text, and are never counted."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from builders import transcripts

import wbkit as wb
from wbkit.coding.suggest import ngram_weights
from wbkit.data.codings import Codings

TEXTS = ("Ik heb veel stress door al die toetsen.", "Veel stress van al die toetsen en drukte.",
         "De kantine is prima.", "Zoveel druk hier.", "Mijn coach helpt mij met plannen.")
COLUMNS = ["document", "revision", "start", "end", "code", "coder", "origin", "status", "term"]


def coded(*rows, texts=TEXTS, coders=("anke",)):
    """Make codings by hand of whole texts: document, code, coder."""
    made = transcripts.documents(*texts)
    book = transcripts.codebook(druk=["druk*"], hulp=["coach*"], lol=[])
    data = pd.DataFrame([(document, "r", 0, len(texts[int(document) - 1]), code, coder, "manual",
                          "accepted", "") for document, code, coder in rows], columns=COLUMNS)
    looked = pd.DataFrame(
        [(str(at + 1), "r", coder, ("druk", "hulp", "lol"), True)
         for at in range(len(texts)) for coder in coders],
        columns=["document", "revision", "coder", "codes", "blind"])
    return Codings(data.astype({"start": "int64", "end": "int64"}), made, book, looked)


def found(made):
    return made.data[["document", "code", "why", "like"]].values.tolist()


def test_the_dictionary_comes_first_and_then_what_is_like_a_coded_answer():
    made = coded(("1", "druk", "anke"), ("2", "lol", "anke"), ("4", "lol", "anke"))
    proposed = wb.suggest(made, coder="anke", least=0.2)
    assert found(proposed)[:2] == [["2", "druk", "dictionary", ""], ["4", "druk", "dictionary", ""]]
    assert found(proposed)[2:] == [["1", "lol", "like", "2"]]
    assert proposed.data["quote"].tolist() == ["drukte", "druk", TEXTS[0]]
    assert set(proposed.data["origin"]) == {"suggestion"}
    assert set(proposed.data["status"]) == {"review"}


def test_nothing_is_proposed_before_the_first_own_code_in_a_text():
    made = coded(("1", "druk", "anke"), ("2", "druk", "bram"), coders=("anke", "bram"))
    assert set(wb.suggest(made, coder="anke", least=0.01).data["document"]) <= {"1"}
    assert wb.suggest(coded(), coder="anke").data.empty
    waiting = replace(made, data=made.data.assign(status="review"))
    assert wb.suggest(waiting, coder="anke", least=0.01).data.empty


def test_a_text_with_any_code_of_the_coder_is_open_to_the_codes_asked_for():
    made = coded(("2", "lol", "anke"))
    assert found(wb.suggest(made, coder="anke", codes=["druk"])) == [
        ["2", "druk", "dictionary", ""]]


def test_what_the_coder_gave_already_is_not_proposed():
    made = coded(("4", "druk", "anke"), ("5", "hulp", "anke"))
    assert found(wb.suggest(made, coder="anke", least=0.9)) == []


def test_at_most_so_many_are_proposed_for_one_answer_the_most_alike_first():
    made = coded(("1", "lol", "anke"), ("2", "druk", "anke"), ("2", "hulp", "anke"))
    one = wb.suggest(made, coder="anke", least=0.1, most=1).data
    assert (one.loc[one["why"] == "like"].groupby("document").size() == 1).all()


def test_an_accepted_proposal_counts_neither_in_agreement_nor_in_a_share():
    made = coded(*((str(at), "druk", coder) for at in (1, 2) for coder in ("anke", "bram")),
                 ("4", "lol", "anke"), coders=("anke", "bram"))
    proposed = wb.suggest(made, coder="anke").data.assign(status="accepted")[COLUMNS]
    assert len(proposed)
    more = replace(made, data=pd.concat([made.data[COLUMNS], proposed], ignore_index=True))
    for table in (wb.agreement, wb.code_frequency):
        pd.testing.assert_frame_equal(table(more).data, table(made).data)


def test_proposals_go_into_the_store_and_wait_there(tmp_path):
    made = coded(("4", "lol", "anke"))
    with wb.CodingStore(tmp_path / "coding") as store:
        store.add_documents(made.documents)
        assert store.add_codings(wb.suggest(made, coder="anke"), origin="suggestion") == 1
        assert [(one.origin, one.quote) for one in store.waiting()] == [("suggestion", "druk")]


def test_likeness_is_the_cosine_of_four_letters_beside_each_other():
    # "abcd" between edges gives _abc, abcd, bcd_, and "abce" shares _abc. A gram in two of three
    # texts weighs log(3/2) + 1, one in a single text log(3) + 1.
    weights = ngram_weights(["abcd", "ABCE!", ""]).toarray()
    idf = np.array([np.log(3 / 2) + 1, np.log(3) + 1])
    assert weights[0] @ weights[1] == pytest.approx(idf[0]**2 / (idf[0]**2 + 2 * idf[1]**2))
    assert np.allclose(np.linalg.norm(weights, axis=1), [1, 1, 0])


def test_a_wrong_request_gets_a_message():
    made = coded(("1", "druk", "anke"))
    with pytest.raises(wb.CodingError, match="no coder 'carla' here. There is anke"):
        wb.suggest(made, coder="carla")
    with pytest.raises(wb.CodingError, match="least lies between 0 and 1"):
        wb.suggest(made, coder="anke", least=2)
    with pytest.raises(wb.CodebookError, match="no code 'x'"):
        wb.suggest(made, coder="anke", codes=["x"])
    with pytest.raises(wb.DataError, match="suggest: takes Codings, and there are Documents"):
        wb.suggest(made.documents, coder="anke")
