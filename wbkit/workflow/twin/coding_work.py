"""Made-up coding work on made-up texts: who looked where is as it was, what they found is not."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from wbkit.cleaning.open_text import open_answers
from wbkit.coding.agreement.reconcile import disagreements, reconcile
from wbkit.coding.hand_sample import FEWEST, HandSample, draw_sample, read_sample, write_sample
from wbkit.coding.hand_sample import FOLDER as SAMPLES
from wbkit.coding.store.exchange import FOLDER as CODING
from wbkit.coding.store.exchange import read_codings
from wbkit.coding.store.memos import read_memo_files
from wbkit.coding.store.reader import StoredCodings
from wbkit.coding.store.records import DRAWN, Considered
from wbkit.coding.store.store import CodingStore
from wbkit.data.codings import CONSENSUS
from wbkit.data.documents import Documents
from wbkit.data.responses import Responses
from wbkit.privacy.twin.sentences import Sentence, Sentences
from wbkit.study.codebook import Codebook
from wbkit.study.study import Study

SEEN = 0.85  # chance that a coder gives the code of which a sentence is the example
MEMO = "Verzonnen notitie: niemand schreef dit. Deze notitie hoort bij de oefenversie."
TIME = "2000-01-01T09:00:00Z"
DECISIONS = "decisions.csv"


def write_coding_work(
    study: Study, twin: Study, texts: Mapping[str, Documents | Responses], sentences: Sentences,
    codebook: Codebook, rng: np.random.Generator,
) -> None:
    """Write samples, coding store, decisions and memos of the twin.

    `texts` are the cleaned sources of the twin, by name.
    """
    samples = _draw_again(study, twin, texts)
    folder = study.folder / CODING
    if not folder.is_dir():
        return
    original = StoredCodings(folder)
    made = _documents(original.groups(), texts)
    looked = original.considered()
    coders = [one for one in looked if one.coder != CONSENSUS]
    with CodingStore(twin.folder / CODING, codes=codebook.codes) as store:
        for documents in made.values():
            store.add_documents(documents)
        for one in _considered(coders, made, samples):
            _code(store, one, sentences, rng)
        for __, memo in read_memo_files(folder):
            store.add_memo(MEMO, coder=memo.coder, kind=memo.kind, title="Verzonnen notitie",
                           time=TIME, **({"code": memo.code} if memo.code else {}))
    if (folder / DECISIONS).is_file():
        _decide(folder / DECISIONS, twin, made, rng)


def _documents(
    groups: Mapping[str, object], texts: Mapping[str, Documents | Responses]
) -> dict[str, Documents]:
    """Return the texts that were coded, by source or ``source.item``, as the twin has them."""
    made = {}
    for group in groups.values():
        source, item = group.about.get("source", ""), group.about.get("item", "")
        if source in texts and item:
            answers = open_answers(texts[source], item)
            bare = answers.texts[["document", "text", "unit"]]
            made[f"{source}.{item}"] = Documents.of(bare, answers.source, item=item)
        elif source in texts:
            made[source] = texts[source]
    return made


def _draw_again(
    study: Study, twin: Study, texts: Mapping[str, Documents | Responses]
) -> list[HandSample]:
    """Draw the samples of the study again, from the made-up texts."""
    drawn = []
    for file in sorted((study.folder / SAMPLES).glob("*.toml")):
        sample = read_sample(study, file.stem)
        if sample.source not in texts:
            continue
        there = texts[sample.source]
        documents = open_answers(there, sample.item) if sample.item else there
        units = documents.texts.loc[documents.texts["text"].str.strip() != "", "unit"].nunique()
        n = min(len(sample.drawn), units - 1)
        if n >= FEWEST:
            drawn.append(draw_sample(documents, n, name=sample.name, seed=sample.seed))
            write_sample(twin, drawn[-1])
    return drawn


def _considered(
    looked: Iterable[Considered], made: Mapping[str, Documents], samples: Iterable[HandSample]
) -> list[tuple[Considered, str]]:
    """Say which made-up text each coder looked at, for which codes: as in the original.

    Answers to an open question have other numbers than those of the original: the first of them
    are taken, and of a sample those that were drawn.
    """
    rounds = {sample.round: sample for sample in samples}
    answers: dict[tuple, list[Considered]] = {}
    found = []
    for one in looked:
        name = one.document.partition("/")[0]
        if "/" in one.document:
            answers.setdefault((name, one.coder, one.round), []).append(one)
            continue
        text = next((dict(zip(documents.texts["document"], documents.texts["text"], strict=True))
                     .get(one.document) for documents in made.values()
                     if one.document in set(documents.texts["document"])), None)
        if text is not None:
            found.append((one, text))
    for (name, _coder, round_), ones in answers.items():
        if name not in made or (round_.startswith(DRAWN) and round_ not in rounds):
            continue
        there = made[name].texts
        if round_ in rounds:
            there = there[there["unit"].isin(rounds[round_].drawn)]
        found += [(replace(one, document=row["document"] if "/" in row["document"]
                           else f"{name}/{row['document']}"), row["text"])
                  for one, row in zip(ones, there.to_dict("records"), strict=False)]
    return found


def _code(
    store: CodingStore, one: tuple[Considered, str], sentences: Sentences,
    rng: np.random.Generator,
) -> None:
    """Let a coder give the codes of the sentences in a text, and now and then miss one."""
    considered, text = one
    codes = list(considered.codes)
    rows = [(start, start + len(sentence.text), code)
            for sentence in sentences.all for start in _places(text, sentence)
            if (code := _given(sentence, codes, rng))]
    if not rows and "/" in considered.document and codes:
        rows = [(0, len(text), codes[rng.integers(len(codes))])]
    store.add_all(({"document": considered.document, "start": start, "end": end, "code": code,
                    "quote": text[start:end], "round": considered.round, "time": TIME,
                    "codebook": considered.codebook} for start, end, code in rows),
                  coder=considered.coder)
    store.consider(considered.document, codes, coder=considered.coder, round=considered.round,
                   blind=considered.blind, codebook=considered.codebook)


def _places(text: str, sentence: Sentence) -> list[int]:
    start = text.find(sentence.text) if sentence.code else -1
    return [start] if start >= 0 else []


def _given(sentence: Sentence, codes: list[str], rng: np.random.Generator) -> str:
    """Return the code of a sentence, at times another one, at times none."""
    if sentence.code in codes:
        return sentence.code if rng.random() < SEEN else ""
    return codes[rng.integers(len(codes))] if codes and rng.random() < 1 - SEEN else ""


def _decide(
    file: Path, twin: Study, made: Mapping[str, Documents], rng: np.random.Generator
) -> None:
    """Let the coders talk about the texts that they talked about in the original."""
    talked = pd.read_csv(file, dtype=str, keep_default_na=False)
    names = set(talked.get("document", ()))
    source = next((name for name, documents in made.items()
                   if names & set(documents.texts["document"])), None)
    if source is None:
        return
    coded = read_codings(twin, source)
    differ = disagreements(coded).data
    decisions = differ.assign(decision=rng.choice(["yes", "no"], size=len(differ)),
                              decided_by=", ".join(sorted(set(coded.data["coder"]))),
                              memo="verzonnen")
    decisions.to_csv(twin.folder / CODING / DECISIONS, index=False, lineterminator="\n")
    if len(decisions):
        with CodingStore(twin.folder / CODING) as store:
            store.add_codings(reconcile(coded, decisions))
