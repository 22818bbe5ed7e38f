"""Two coders without an account: from hand-out on the command line to their agreement."""

import pytest
from builders.coded_texts import made_study, talk
from builders.studies import wbkit

import wbkit as wb
from wbkit.coding.store.store import CodingStore
from wbkit.study.study import load_study
from wbkit.widgets.text_coder import TextCoder

CHOSEN = {"sam": {"best zwaar": "druk", "weinig geld": "geld"}, "noor": {"stress": "druk"}}


def code_in_widget(folder, coder, chosen):
    """What the one notebook of a pack does, with the messages that the browser sends."""
    study = load_study(folder / "data")
    texts = wb.read_codings(study, "talks").documents
    widget, said = TextCoder(study, texts, coder=coder), []
    widget.send = said.append
    whole = texts.text("gesprek")
    for number, (words, code) in enumerate(chosen.items(), start=1):
        key, start = f"{coder}{number}", whole.index(words)
        widget._receive(widget, {
            "kind": "edit", "sender": coder, "number": number, "shown": "gesprek", "move": "do",
            "add": [{"key": key, "document": "gesprek", "start": start,
                     "end": start + len(words), "quote": words, "code": code}],
            "entry": {"changes": {key: ["withdrawn", "accepted"]}}}, [])
    assert [one["kind"] for one in said] == ["saved"] * len(chosen)
    with CodingStore(study.folder / "coding") as store:
        store.consider("gesprek", [*wb.load_codebook(study.folder).codes], coder=coder,
                       blind=True)


def test_two_packs_come_back_and_are_compared(tmp_path):
    study = made_study(tmp_path / "school")
    with CodingStore(study.folder / "coding") as store:
        store.add_documents(talk(study))
    for coder, chosen in CHOSEN.items():
        folder = tmp_path / f"map van {coder}"
        done = wbkit("coderen", "uitdelen", "--codeur", coder, "--out", folder, "--study",
                     study.folder)
        assert done.exit_code == 0, done.output
        assert "with 1 text for" in done.output
        code_in_widget(folder, coder, chosen)
    for words in ("2 codings new", "0 codings new"):
        done = wbkit("coderen", "innemen", tmp_path / "map van sam", "--study", study.folder)
        assert done.exit_code == 0, done.output
        assert words in done.output
    assert wbkit("coderen", "innemen", tmp_path / "map van noor", "--study",
                 study.folder).exit_code == 0
    table = wb.agreement(wb.read_codings(study, "talks"), unit="turn", measures="all").data
    same = table[table["measure"] == "agreement"].set_index("code")["estimate"]
    # Of three turns of the student: both find druk in the first; one finds geld in the last.
    assert same.loc[["druk", "geld"]].tolist() == pytest.approx([1, 2 / 3])


def test_the_command_says_why_a_pack_is_refused(tmp_path):
    study = made_study(tmp_path / "school")
    done = wbkit("coderen", "innemen", tmp_path, "--study", study.folder)
    assert done.exit_code == 1
    assert "is no coder pack" in done.output
