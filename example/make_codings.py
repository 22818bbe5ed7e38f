"""Put the codings of the example in the coding store: `python example/make_codings.py [folder]`.

Anke, Bram and Dewi do not exist. What they coded stands in example/inputs/; a run with the same
inputs writes the same bytes, and a store that is there already keeps what others coded in it.
"""

import csv
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

import wbkit as wb

ROOT = Path(__file__).resolve().parents[1]
DATA, INPUTS = ROOT / "data", ROOT / "example" / "inputs"
SOURCES = ("leaders", "sterc", "sab", "worldcafe")
CODERS = ("anke", "bram")
ASPECTS = ("leerontwikkeling", "sociale_ontwikkeling", "welbevinden", "praktijkonderwijs")
READER, ANSWERS = "dewi", "open_hulp"  # who read every answer to an open question, and which
CODED, DECIDED = "2023-06-12T09:00:00Z", "2023-06-14T09:00:00Z"  # made up, as the coders are
Row = dict[str, str]


def main(folder: Path) -> None:
    """Write texts, codings, what was considered, and memos into a store."""
    study, book = wb.load_study(DATA), wb.load_codebook(DATA)
    with wb.CodingStore(folder) as store:
        for name in SOURCES:
            store.add_documents(wb.read_documents(study.source(name)))
        texts = {name: one.text for name, one in store.documents().items()}
        for coder in CODERS:
            rows = [placed(row, texts, book) for row in listed(f"codings_{coder}")]
            store.add_all(rows, coder=coder)
        for row in listed("considered"):
            store.consider(row["document"], codes_of(row["schemes"], book), coder=row["coder"],
                           round=row["round"], blind=row["blind"] == "true",
                           codebook=book.version)
        read_answers(study, store, book)
        decide(study, folder, store)
        for memo in tomllib.loads((INPUTS / "coding_memos.toml").read_text("utf-8"))["memos"]:
            store.add_memo(**memo)


def decide(study: wb.Study, folder: Path, store: wb.CodingStore) -> None:
    """Keep what the coders decided on the sheets, and the list in which they did."""
    store.close()
    sheets = wb.read_codings(study, "worldcafe", folder=folder)
    differ = wb.disagreements(sheets).data
    talked = pd.read_csv(INPUTS / "decisions.csv", dtype=str, keep_default_na=False)
    decisions = differ.merge(talked, on=["document", "code"], validate="one_to_one")
    together = wb.reconcile(sheets, decisions)
    store.add_codings(replace(together, data=together.data.assign(time=DECIDED)))
    decisions.to_csv(folder / "decisions.csv", index=False, lineterminator="\n")


def read_answers(study: wb.Study, store: wb.CodingStore, book: wb.Codebook) -> None:
    """Keep an open question with the codes a reader gave: what is asked, and which aspect.

    The aspect was looked for in answers that ask something.
    """
    students = wb.clean(wb.read_source(study.source("students")))
    written = wb.open_answers(students, ANSWERS)
    bare = written.texts[["document", "text", "unit"]]  # not the closed answers of the student
    store.add_documents(wb.Documents.of(bare, written.source, item=ANSWERS))
    given = {row["text"]: [row["quality"], row["aspect"]] for row in listed(ANSWERS)}
    asked = book.of("hulpvraag"), [*ASPECTS, "rest"]
    for document, text in bare[["document", "text"]].itertuples(index=False):
        name, codes = f"{written.source.name}.{ANSWERS}/{document}", list(filter(None, given[text]))
        store.add_all(({"document": name, "start": 0, "end": len(text), "code": code, "quote": text,
                        "codebook": book.version, "time": CODED} for code in codes), coder=READER)
        looked = [code for part in asked[:len(codes)] for code in part]
        store.consider(name, looked, coder=READER, codebook=book.version)


def placed(row: Row, texts: Mapping[str, str], book: wb.Codebook) -> dict[str, object]:
    """Find the one place of a quote in its text."""
    text, quote = texts[row["document"]], row["quote"]
    if text.count(quote) != 1:
        raise SystemExit(f"{row['document']}: {quote[:40]!r} stands there {text.count(quote)} "
                         "times; a quote of the example stands there once.")
    start = text.index(quote)
    memo = {"memo": row["memo"]} if row["memo"] else {}
    return {"document": row["document"], "start": start, "end": start + len(quote),
            "code": row["code"], "quote": quote, "codebook": book.version, "time": CODED, **memo}


def codes_of(schemes: str, book: wb.Codebook) -> list[str]:
    """Return the codes of the schemes that a coder looked for."""
    return [code for scheme in schemes.split() for code in book.of(scheme)]


def listed(name: str) -> list[Row]:
    """Read a file of the example."""
    with (INPUTS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "coding")
