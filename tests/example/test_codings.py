"""The codings of the example: two made-up coders who read differently."""

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

import wbkit as wb

DATA = Path(__file__).parents[2] / "data"
EXAMPLE = DATA.parent / "example"
SOURCES = ("leaders", "sterc", "sab", "worldcafe")
CODERS = ("anke", "bram")


def rows(name):
    with (EXAMPLE / "inputs" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("coder", CODERS)
def test_each_coder_gave_at_least_400_codings(coder):
    made = rows(f"codings_{coder}.csv")
    assert len(made) >= 400
    keys = Counter((row["document"], row["quote"], row["code"]) for row in made)
    assert max(keys.values()) == 1
    assert all(row["quote"] == row["quote"].strip() and "\n" not in row["quote"] for row in made)


def test_half_of_the_documents_were_coded_by_both_blind():
    considered = rows("considered.csv")
    assert {(row["round"], row["blind"]) for row in considered} == {("main", "true")}
    by = {coder: {row["document"] for row in considered if row["coder"] == coder}
          for coder in CODERS}
    assert (len(by["anke"] & by["bram"]), len(by["anke"] | by["bram"])) == (12, 25)
    for coder in CODERS:
        assert {row["document"] for row in rows(f"codings_{coder}.csv")} <= by[coder]


def test_the_coders_are_visibly_different():
    both = {row["document"] for row in rows("considered.csv") if row["coder"] == "anke"}
    both &= {row["document"] for row in rows("considered.csv") if row["coder"] == "bram"}
    parts = {coder: [row for row in rows(f"codings_{coder}.csv") if row["document"] in both]
             for coder in CODERS}
    length = {coder: sum(len(row["quote"]) for row in part) / len(part)
              for coder, part in parts.items()}
    assert length["anke"] > 2 * length["bram"]
    assert len(parts["anke"]) > 1.4 * len(parts["bram"])


def test_the_page_on_agreement_states_the_kappas_of_signaleren():
    study = wb.load_study(DATA)
    codings = [wb.read_codings(study, name, coders=CODERS) for name in SOURCES]
    found = []
    for unit in ("turn", "character"):
        table = wb.agreement(codings, unit=unit, codes=["signaleren"], measures="all").data
        found.append(table.set_index("measure").loc["cohen", "estimate"])
    page = (DATA.parent / "docs" / "agreement.md").read_text("utf-8")
    assert "their\nkappa is {:.2f}, by character {:.2f}.".format(*found) in page


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*")
            if path.is_file() and ".journal" not in path.parts and path.name != "README.md"}


@pytest.fixture(scope="module")
def study():
    return wb.load_study(DATA)


def test_the_script_writes_the_same_store_again(tmp_path):
    subprocess.run([sys.executable, str(EXAMPLE / "make_codings.py"), str(tmp_path)], check=True)
    made, kept = contents(tmp_path), contents(DATA / "coding")
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []


def test_the_store_holds_every_coding_and_its_quote():
    store = wb.CodingStore(DATA / "coding")
    assert store.check() == []
    kept = [one for one in store.codings() if one.coder in CODERS]
    assert Counter((one.coder, one.document, one.quote, one.code) for one in kept) == Counter(
        (coder, row["document"], row["quote"], row["code"])
        for coder in CODERS for row in rows(f"codings_{coder}.csv"))
    assert {(one.origin, one.round, one.codebook) for one in kept} == {("manual", "main", "1")}


def test_all_texts_of_the_store_are_synthetic_and_say_so():
    groups = wb.CodingStore(DATA / "coding").groups().values()
    assert Counter(group.about["kind"] for group in groups) == {"text": 25, "answers": 2}
    assert {group.about["privacy"] for group in groups} == {"synthetic"}
    memos = (DATA / "coding" / "memos").glob("*.md")
    assert all("SYNTHETISCH" in memo.read_text("utf-8") for memo in memos)


def test_one_reader_gave_every_answer_the_kind_that_was_written_with_it(study):
    students = wb.clean(wb.read_source(study.source("students")))
    written = wb.open_answers(students, "open_hulp")
    read = wb.read_codings(study, "students.open_hulp", documents=written)
    gold = {row["text"]: (row["quality"], row["aspect"]) for row in rows("open_hulp.csv")}
    wanted = [(text, code) for text in written.texts["text"] for code in gold[text] if code]
    main = read.data[read.data["round"] == "main"]
    assert Counter(zip(main["quote"], main["code"], strict=True)) == Counter(wanted)
    assert set(read.data["coder"]) == {"dewi"}


@pytest.mark.parametrize(("name", "item", "n"), [("themas_hulp", "open_hulp", 100),
                                                 ("themas_idee", "open_idee", 90)])
def test_the_reader_read_what_was_drawn_and_all_of_it(study, name, item, n):
    students = wb.clean(wb.read_source(study.source("students")))
    written = wb.open_answers(students, item)
    sample = wb.read_sample(study, name)
    assert sample == wb.draw_sample(written, n, name=name, seed=2023)
    drawn = written.texts[written.texts["unit"].isin(sample.drawn)]
    coded = {row["text"] for row in rows("codings_samples.csv") if row["sample"] == name}
    assert coded <= set(drawn["text"])
    book = wb.load_codebook(DATA)
    hits = wb.code_by_dictionary(written, book, codes=book.of("themas12"))
    read = wb.read_codings(study, f"students.{item}", documents=written)
    table = wb.prevalence(hits, sample, by_hand=read)
    assert set(table.data["base"]) == {n}
    assert table.data["share"].notna().sum() >= 3


def test_the_codings_are_read_beside_the_texts_of_the_study(study):
    read = {name: wb.read_codings(study, name) for name in SOURCES}
    assert {name: len(one.data) for name, one in read.items()} == {
        "leaders": 536, "sterc": 212, "sab": 117, "worldcafe": 225 + 50}
    for name, one in read.items():
        texts = wb.read_documents(study.source(name)).texts
        assert texts["sha256"].tolist() == one.documents.texts["sha256"].tolist()


def test_the_consensus_follows_from_the_codings_and_the_decisions(study):
    sheets = wb.read_codings(study, "worldcafe")
    decisions = pd.read_csv(DATA / "coding" / "decisions.csv", keep_default_na=False)
    assert decisions["decision"].value_counts().to_dict() == {"yes": 13, "no": 12, "": 2}
    assert len(wb.disagreements(sheets).data) == len(decisions) == 27
    together = wb.reconcile(sheets, decisions).data
    kept = sheets.data[sheets.data["origin"] == "consensus"]
    columns = ["document", "start", "end", "code", "status", "decided_by", "memo"]
    order = columns[:4]
    assert kept.sort_values(order)[columns].to_numpy().tolist() == (
        together.astype({"status": "str"}).sort_values(order)[columns].to_numpy().tolist())
