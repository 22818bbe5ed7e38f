"""A small study with texts to code, in a folder of its own."""

import pandas as pd

from wbkit.coding.store.reader import StoredCodings
from wbkit.coding.store.store import CodingStore
from wbkit.data.documents import Documents
from wbkit.study.study import load_study
from wbkit.text.normalise import frozen

STUDY = """
title = "Gesprekken"
language = "{language}"

[sources.talks]
label = "Gesprekken"
file = "raw/texts"
format = "txt"
unit = "interview"
synthetic = {synthetic}
"""
BOOK = """
# Onze codes, door ons samen gemaakt.

[codes.druk]
label = { nl = "Stress en druk", en = "Stress and pressure" }
definition = "Meer dan iemand aankan."

[codes.steun]
label = { nl = "Steun", en = "Support" }
definition = "Iemand helpt."  # ook buiten school

[codes.mentor]
label = { nl = "Mentor", en = "Mentor" }
definition = "De mentor helpt."
parents = ["steun"]

[codes.geld]
label = { nl = "Geldzorgen", en = "Money" }
definition = "Er is te weinig geld."
"""
TURNS = (
    ("I", "interviewer", "Hoe gaat het op school? 😀"),
    ("S", "student", "Nou, het is best zwaar 👩🏽‍🎓 met werk ernaast. Ik heb veel stress."),
    ("S", "student", "Mijn mentor, mevrouw Bouče\u0301, belt me. 🇳🇱🇧🇪 Dat helpt."),
    ("I", "interviewer", "En\tthuis?"),
    ("S", "student", "👨‍👩‍👧‍👦 Thuis is het druk en er is weinig geld. שלום עולם"),
)


def made_study(folder, *, language="nl", synthetic=True):
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    (data / "study.toml").write_text(
        STUDY.format(language=language, synthetic=str(synthetic).lower()), encoding="utf-8")
    (data / "codebook.toml").write_text(BOOK, encoding="utf-8")
    return load_study(data)


def answers(study, texts):
    """Answers to an open item, with what is known of who wrote them."""
    rows = pd.DataFrame({
        "document": [str(nth + 1) for nth in range(len(texts))], "text": list(texts),
        "team": [("zorg", "media", "groen")[nth % 3] for nth in range(len(texts))],
        "niveau": [str(2 + nth % 2) for nth in range(len(texts))]})
    return Documents.of(rows, study.sources["talks"], item="open_hulp")


def talk(study, turns=TURNS, *, name="gesprek", item=""):
    """Documents of one conversation, with its turns."""
    words = [frozen(said) for _, _, said in turns]
    starts = [sum(len(one) + 1 for one in words[:nth]) for nth in range(len(words))]
    rows = [{"document": name, "turn": nth + 1, "start": start, "end": start + len(said),
             "speaker": speaker, "role": role, "question": "", "time": ""}
            for nth, (start, said, (speaker, role, _)) in enumerate(
                zip(starts, words, turns, strict=True))]
    return Documents.of({name: "\n".join(words)}, study.sources["talks"],
                        turns=pd.DataFrame(rows), item=item)


CODES = ("druk", "geld", "mentor", "steun")
GIVEN = {"anna": (("best zwaar", "druk"), ("Mijn mentor", "mentor"), ("weinig geld", "geld")),
         "bram": (("veel stress", "druk"), ("helpt", "steun"), ("Thuis is het druk", "druk"))}


def coded_by_two(folder, **about):
    """A study of which two coders read the talk blind: they differ on four units and codes."""
    study = made_study(folder, **about)
    real = not study.sources["talks"].synthetic
    with CodingStore(study.folder / "coding") as store:
        store.add_documents(talk(study), privacy="real" if real else None)
        for coder, given in GIVEN.items():
            for words, code in given:
                store.add("gesprek", *store.find("gesprek", words), code, coder=coder)
            store.consider("gesprek", CODES, coder=coder, blind=True)
    return study


def answered_by_two(folder, texts):
    """A study of which two coders read answers: they differ on the first and the last."""
    study = made_study(folder)
    documents = answers(study, texts)
    with CodingStore(study.folder / "coding") as store:
        store.add_documents(documents)
        for coder, at in (("anna", 1), ("bram", len(texts))):
            store.add(f"talks.open_hulp/{at}", 0, len(texts[at - 1]), "steun", coder=coder)
            for nth in range(len(texts)):
                store.consider(f"talks.open_hulp/{nth + 1}", CODES, coder=coder, blind=True)
    return study


def codings(folder, **about):
    """What stands in the store of a study now."""
    found = StoredCodings(folder / "data" / "coding").codings()
    return [one for one in found if all(getattr(one, name) == value
                                        for name, value in about.items())]


def quotes(folder):
    return sorted((one.quote, one.code) for one in codings(folder))
