"""Put the codings of the example in the coding store: `python example/make_codings.py [folder]`.

Anke, Bram and Dewi do not exist. What they coded stands in example/inputs/; a run with the same
inputs writes the same bytes, and a store that is there already keeps what others coded in it.
"""

import csv
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

import wbkit as wb
from wbkit.coding.hand_sample import HandSample

ROOT = Path(__file__).resolve().parents[1]
DATA, INPUTS = ROOT / "data", ROOT / "example" / "inputs"
SOURCES = ("leaders", "sterc", "sab", "worldcafe")
CODERS = ("anke", "bram")
ASPECTS = ("leerontwikkeling", "sociale_ontwikkeling", "welbevinden", "praktijkonderwijs")
READER, ANSWERS = "dewi", "open_hulp"  # who read every answer to an open question, and which
SAMPLES = {"themas_hulp": ANSWERS, "themas_idee": "open_idee"}  # data/samples: drawn by wbkit
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
        for name, item in SAMPLES.items():
            read_drawn(store, wb.read_sample(study, name), item, book)
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
    """Keep open questions with the codes a reader gave: what is asked, and which aspect.

    The aspect was looked for in answers that ask something.
    """
    students = wb.clean(wb.read_source(study.source("students")))
    for item in SAMPLES.values():
        texts = wb.open_answers(students, item).texts
        bare = texts[["document", "text", "unit"]]  # not the closed answers of the student
        store.add_documents(wb.Documents.of(bare, students.source, item=item))
    given = {row["text"]: [row["quality"], row["aspect"]] for row in listed(ANSWERS)}
    asked = book.of("hulpvraag"), [*ASPECTS, "rest"]
    for name, text in answers_in(store, ANSWERS).items():
        codes = list(filter(None, given[text]))
        store.add_all(whole(name, text, codes, book), coder=READER)
        looked = [code for part in asked[:len(codes)] for code in part]
        store.consider(name, looked, coder=READER, codebook=book.version)


def read_drawn(
    store: wb.CodingStore, sample: HandSample, item: str, book: wb.Codebook
) -> None:
    """Keep the themes that the reader gave to the answers of a sample, without seeing hits."""
    given = {row["text"]: row["codes"].split() for row in listed("codings_samples")
             if row["sample"] == sample.name}
    for name, text in answers_in(store, item).items():
        if name.rpartition("/")[2] not in sample.drawn:
            continue
        rows = whole(name, text, given.get(text, []), book)
        store.add_all(({**row, "round": sample.round} for row in rows), coder=READER)
        store.consider(name, book.of("themas12"), coder=READER, codebook=book.version,
                       round=sample.round, blind=True)


def answers_in(store: wb.CodingStore, item: str) -> dict[str, str]:
    """Return the answers to an open question by their id in the store."""
    return {name: one.text for name, one in store.documents().items()
            if name.startswith(f"students.{item}/")}


def whole(
    name: str, text: str, codes: Sequence[str], book: wb.Codebook
) -> list[dict[str, object]]:
    """Give codes to a whole answer."""
    return [{"document": name, "start": 0, "end": len(text), "code": code, "quote": text,
             "codebook": book.version, "time": CODED} for code in codes]


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
