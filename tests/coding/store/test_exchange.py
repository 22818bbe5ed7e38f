"""From the store to the nouns: codings, 6,400 answers, memos."""

import random
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest
from builders.transcripts import codebook, documents, source

import wbkit as wb
from wbkit.coding.store.store import CodingStore
from wbkit.data.documents import Documents
from wbkit.study.study import Study

ODD = ("", " ", "👩‍👩‍👧 ok", "regel een\nregel twee", "=SUM(A1)",
       "+31", "-1", "@x", '"quote";,', "é")


@pytest.fixture
def study(tmp_path):
    (tmp_path / "leider.txt").write_text("x")
    fields = {"file": "leider.txt", "format": "txt", "unit": "interview", "synthetic": True}
    answers = {"file": "a.csv", "format": "csv", "unit": "student", "synthetic": True,
               "items": {"idee": {"kind": "open"},
                         "team": {"kind": "nominal", "values": ["groen", "rood"]}}}
    setting = {"folder": tmp_path, "language": "nl"}
    sources = {name: {"name": name, "setting": setting, **one}
               for name, one in (("leiders", fields), ("studenten", answers))}
    made = Study.model_validate({"title": "x", "file": tmp_path / "study.toml",
                                 "sources": sources})
    (tmp_path / "codebook.toml").write_text(
        "".join(f'[codes.{name}]\nlabel = "{name}"\ndefinition = "x"\n' for name in "abc"))
    return made


def test_codings_come_with_their_texts_and_what_was_considered(study):
    texts = Documents.of({"1": "Ik ben moe.", "2": "Prima."}, study.source("leiders"))
    with CodingStore(study.folder / "coding") as store:
        store.add_documents(texts)
        store.add("1", 0, 10, "a", coder="anna", memo="hm")
        store.add("1", 0, 2, "b", coder="bas", origin="dictionary", rule="ik")
        store.consider("1", ["a", "b"], coder="anna", round="training", blind=True)
    codings = wb.read_codings(study, "leiders")
    assert codings.data[["quote", "code", "coder", "memo", "term"]].to_numpy().tolist() == [
        ["Ik", "b", "bas", "", "ik"], ["Ik ben moe", "a", "anna", "hm", ""]]
    said = codings.considered[["document", "coder", "codes", "round", "blind"]]
    assert said.to_numpy().tolist() == [["1", "anna", ("a", "b"), "training", True]]
    assert codings.documents.texts.equals(texts.texts)
    assert len(wb.read_codings(study, "leiders", coders=["bas"]).data) == 1
    assert len(wb.code_frequency(codings).data) == 2


def test_codings_made_elsewhere_are_kept_with_what_was_considered(study):
    texts = Documents.of({"7": "Veel stress en rust."}, study.source("studenten"), item="idee")
    hits = wb.code_by_dictionary(texts, codebook(a=["stress"], b=["rust"], c=["geld"]))
    hits = replace(hits, data=hits.data.assign(decided_by="anna", memo=[None, "hm"]))
    with CodingStore(study.folder / "coding") as store:
        store.add_documents(texts)
        assert store.add_codings(hits) == 2
        with pytest.raises(wb.CodingError, match="cannot be said about looking"):
            store.consider("studenten.idee", ["a"], coder="anna", blind="yes")
    back = wb.read_codings(study, "studenten.idee")
    columns = ["document", "revision", "start", "end", "quote", "code", "coder", "origin",
               "status", "term", "decided_by"]
    assert back.data[columns].to_numpy().tolist() == hits.data[columns].to_numpy().tolist()
    assert back.data["memo"].tolist() == ["", "hm"]
    assert back.considered["codes"].tolist() == [("a", "b", "c")]
    assert back.considered["blind"].tolist() == [False]
    with CodingStore(study.folder / "coding") as store:
        store.add_codings(hits, origin="suggestion")
    assert wb.read_codings(study, "studenten.idee").data["origin"].tolist() == [
        "dictionary", "suggestion"] * 2


def test_other_texts_than_those_that_were_coded_are_refused(study):
    with CodingStore(study.folder / "coding") as store:
        store.add_documents(Documents.of({"1": "Ik ben moe."}, study.source("leiders")))
    other = Documents.of({"1": "Ik was moe."}, study.source("leiders"))
    with pytest.raises(wb.CodingError, match="1 text other than those that were coded, '1' first"):
        wb.read_codings(study, "leiders", documents=other)
    with pytest.raises(wb.CodingError, match="no such texts. It has leiders"):
        wb.read_codings(study, "studenten.idee")


def answers(rng):
    """Make 6,400 answers, some odd, each with a team; and which codes each gets."""
    rows = [{"document": str(at), "text": rng.choice(ODD) if at % 7 == 0 else f"antwoord {at} é",
             "team": rng.choice(("groen", "rood"))} for at in range(6400)]
    coded = {row["document"]: rng.sample("abc", rng.randrange(4)) if row["text"].strip() else []
             for row in rows}
    return rows, coded


def test_6400_answers_give_the_tables_of_a_pivot_made_by_hand(study, tmp_path):
    rows, coded = answers(random.Random(1))
    texts = Documents.of(wb_frame(rows), study.source("studenten"), item="idee")
    with CodingStore(study.folder / "coding") as store:
        store.add_documents(texts)
        store.add_all([{"document": f"studenten.idee/{row}", "start": 0, "end": 1, "code": code}
                       for row, codes in coded.items() for code in codes], coder="anna")
        store.consider("studenten.idee", ["a", "b", "c"], coder="anna")
    assert len(list((study.folder / "coding" / "documents").iterdir())) == 2
    codings = wb.read_codings(study, "studenten.idee")
    assert codings.documents.texts["text"].tolist() == [row["text"] for row in rows]
    team = {row["document"]: row["team"] for row in rows}
    pivot = Counter((team[row], code) for row, codes in coded.items() for code in codes)
    table = wb.code_frequency(codings, by="team").data.set_index(["team", "value"])
    assert table["n"].to_dict() == dict(pivot)
    assert table["base"].to_dict() == {(one, code): Counter(team.values())[one]
                                       for one in ("groen", "rood") for code in "abc"}
    matrix = pd.read_csv(wb.export_codings(codings, tmp_path / "m.csv", shape="matrix"),
                         dtype={"document": "str"})
    assert matrix.set_index("document").to_numpy().tolist() == [
        [int(code in coded[row["document"]]) for code in "abc"] for row in rows]


def wb_frame(rows):
    return documents(*[row["text"] for row in rows]).texts[["text"]].assign(
        document=[row["document"] for row in rows], team=[row["team"] for row in rows])


def test_memos_are_listed(study):
    with CodingStore(study.folder / "coding") as store:
        store.add_memo("# Denk\nOver a", coder="anna", kind="theory", code="a", title="Denk: a",
                       time="2026-01-01T09:00:00Z")
        store.add_memo("Hoe", coder="bas", kind="method", time="2026-01-02T09:00:00Z")
    table = wb.read_memos(study)
    assert table.data[["title", "kind", "about", "coder", "text"]].to_numpy().tolist() == [
        ["Denk: a", "theory", "a", "anna", "# Denk\nOver a"], ["", "method", "", "bas", "Hoe"]]
    assert len(wb.read_memos(study, kind="method").data) == 1
    assert "theorie" in table._repr_html_()
    with pytest.raises(wb.CodingError, match="code, theory, method"):
        wb.read_memos(study, kind="odd")


def test_memos_of_real_texts_are_not_shown(study):
    with CodingStore(study.folder / "coding") as store:
        store.add_document("x", "tekst", privacy="pseudonymised")
    assert len(wb.read_memos(study).data) == 0
    (study.folder / "coding" / "documents" / "x.toml").write_text(
        (study.folder / "coding" / "documents" / "x.toml").read_text().replace(
            "pseudonymised", "real"))
    with pytest.raises(wb.DisclosureError, match="memo can repeat them"):
        wb.read_memos(study)


@pytest.mark.parametrize("content", ["geen kop", "---\nkind: odd\n---\nx", "---\ncolour: x\n---\n"])
def test_a_memo_that_cannot_be_read_is_named(study, content):
    memos = study.folder / "coding" / "memos"
    memos.mkdir(parents=True)
    (memos / "eigen.md").write_text(content)
    with pytest.raises(wb.CodingError, match=r"memos/eigen\.md"):
        wb.read_memos(study)


def test_a_synthetic_source_needs_no_word_about_privacy_and_a_real_one_does(tmp_path):
    with CodingStore(tmp_path / "coding") as store:
        store.add_documents(documents("Prima."))
        real = Documents.of({"2": "Prima."}, source(synthetic=False))
        with pytest.raises(wb.CodingError, match="privacy of a text is None"):
            store.add_documents(real)
        store.add_documents(real, privacy="pseudonymised")
    assert codebook(a=["x"]).codes


def test_a_sample_has_a_round_of_its_own_and_a_slip_of_the_pen_has_none(tmp_path):
    with CodingStore(tmp_path / "coding") as store:
        store.add_document("1", "de druk is hoog", privacy="synthetic")
        store.consider("1", ["druk"], coder="anna", round="sample_proef", blind=True)
        one = store.add("1", 3, 7, "druk", coder="anna", round="sample_proef")
        again = store.add("1", 3, 7, "druk", coder="anna")
        assert (one.round, again.round, one.id == again.id) == ("sample_proef", "main", False)
        for said in ({"round": "smaple_proef"}, {"round": 3}):
            with pytest.raises(wb.CodingError, match="cannot be said about looking"):
                store.consider("1", ["druk"], coder="anna", **said)
        with pytest.raises(wb.CodingError, match=r"'mian'; it may be training, main, sample_…"):
            store.add("1", 3, 7, "druk", coder="anna", round="mian")
    reread = CodingStore(tmp_path / "coding")
    assert [one.round for one in reread.considered()] == ["sample_proef"]
