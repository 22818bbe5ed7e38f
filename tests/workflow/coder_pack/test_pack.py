"""What goes out in a coder pack, what comes back, and what is refused."""

import json
import re

import nbformat
import pytest
from builders.coded_texts import made_study, talk

import wbkit as wb
from wbkit.coding.store.files import now
from wbkit.coding.store.records import Coding
from wbkit.coding.store.store import CodingStore
from wbkit.errors import CodebookError, CodingError, DisclosureError
from wbkit.study.codebook import write_code
from wbkit.study.study import load_study
from wbkit.widgets.text_coder import TextCoder
from wbkit.workflow.coder_pack.pack import hand_out, take_in, taken_words


@pytest.fixture
def study(tmp_path):
    """A study with one talk, in which anna coded a passage."""
    made = made_study(tmp_path / "school")
    code(made.folder, "anna", "best zwaar", "druk")
    return made


def code(data, coder, words, name, *, memo=""):
    study = load_study(data)
    with CodingStore(data / "coding") as store:
        store.add_documents(talk(study))
        start, end = store.find("gesprek", words)
        made = store.add("gesprek", start, end, name, coder=coder, memo=memo)
        store.consider("gesprek", [*wb.load_codebook(data).codes], coder=coder, blind=True)
    return made


def pack_for(study, coder="sam", **more):
    made = hand_out(study, coder, **more)
    assert made.texts == 1
    return made.folder


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def stored(study):
    return {name: content for name, content in files(study.folder).items()
            if not re.search(r"\.journal/", name)}


def test_a_pack_has_what_a_coder_needs_and_nothing_of_others(study):
    folder = pack_for(study)
    made = files(folder)
    assert {name for name in made if ".git" not in name} == {
        "begin_hier.md", "geheimhouding.md", "codeerpakket.json", "notebooks/codeer_teksten.ipynb",
        "data/study.toml", "data/codebook.toml", "data/coding/documents/gesprek.toml",
        "data/coding/documents/gesprek.txt", "data/coding/documents/gesprek.turns.csv"}
    assert not [name for name, content in made.items() if b"anna" in content]
    assert b"**sam**" in made["begin_hier.md"]


def test_the_notebook_of_a_pack_opens_the_coder_on_its_texts(study, monkeypatch):
    folder = pack_for(study)
    monkeypatch.chdir(folder / "notebooks")
    notebook = nbformat.read(folder / "notebooks" / "codeer_teksten.ipynb", as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    space = {}
    for cell in cells[:-1]:
        exec(cell, space)
    widget = eval(cells[-1], space)
    assert isinstance(widget, TextCoder)
    assert repr(widget) == "TextCoder van sam: 1 tekst, 0 coderingen"


def test_work_comes_back_once_and_can_be_compared(study):
    folder = pack_for(study)
    code(folder / "data", "sam", "best zwaar", "druk", memo="twijfel")
    code(folder / "data", "sam", "weinig geld", "geld")
    first = take_in(study, folder)
    assert (first.codings, first.withdrawn, first.considered, first.kept) == (2, 0, 1, 0)
    before = stored(study)
    again = take_in(study, folder)
    assert (again.codings, again.considered, again.memos, again.kept) == (0, 0, 0, 0)
    assert stored(study) == before
    table = wb.agreement(wb.read_codings(study, "talks"), unit="turn", measures="all").data
    same = table[table["measure"] == "agreement"].set_index("code")["estimate"]
    assert same["druk"] == 1
    assert same["geld"] == pytest.approx(2 / 3)  # of three turns of the student, geld in one


def test_the_work_of_others_stays_as_it_was(study):
    folder, before = pack_for(study), stored(study)
    code(folder / "data", "sam", "stress", "druk")
    take_in(study, folder)
    after = stored(study)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"coding/codings/sam/gesprek.jsonl"}


def test_two_coders_bring_codes_made_of_words(study):
    for coder in ("sam", "noor"):
        folder = pack_for(study, coder)
        write_code(folder / "data", f"belt_{coder}", f"belt me {coder}")
        code(folder / "data", coder, "belt me", f"belt_{coder}")
    for coder in ("sam", "noor"):
        taken = take_in(study, study.folder.parent / f"codeerpakket_{coder}")
        assert taken.codes == (f"belt_{coder}",)
    assert {"belt_sam", "belt_noor"} <= set(wb.load_codebook(study.folder).codes)


def test_a_coding_that_was_taken_back_is_taken_back_here_too(study):
    folder = pack_for(study)
    made = code(folder / "data", "sam", "stress", "druk")
    take_in(study, folder)
    with CodingStore(folder / "data" / "coding") as store:
        store.withdraw(made, coder="sam")
    assert take_in(study, folder).withdrawn == 1
    assert [one.coder for one in CodingStore(study.folder / "coding").codings()] == ["anna"]


def test_what_differs_here_is_kept_and_told(study):
    folder = pack_for(study)
    made = code(folder / "data", "sam", "stress", "druk")
    take_in(study, folder)
    with CodingStore(study.folder / "coding") as store:
        store.withdraw(made, coder="sam")
    before = stored(study)
    assert take_in(study, folder).kept == 1
    assert stored(study) == before


def test_memos_of_the_coder_come_along_once(study):
    folder = pack_for(study)
    code(folder / "data", "sam", "stress", "druk")
    with CodingStore(folder / "data" / "coding") as store:
        store.add_memo("Wat is druk?", coder="sam", code="druk", time=now())
    assert [take_in(study, folder).memos for _ in range(2)] == [1, 0]


def test_a_pack_of_real_people_is_not_made(tmp_path):
    study = made_study(tmp_path, synthetic=False)
    (tmp_path / ".git").mkdir(exist_ok=True)
    store = study.folder / "coding"
    with CodingStore(store) as opened:
        opened.add_documents(talk(study), privacy="real")
    with pytest.raises(DisclosureError, match="gesprek: holds words of real people"):
        hand_out(study, "sam")
    assert not (tmp_path / "codeerpakket_sam").exists()


def test_a_folder_with_work_is_not_written_over(study):
    folder = pack_for(study)
    before = files(folder)
    with pytest.raises(CodingError, match="is there already, perhaps with the work of a coder"):
        hand_out(study, "sam")
    assert files(folder) == before


def test_texts_that_the_store_has_not_cannot_go_out(study):
    with pytest.raises(CodingError, match="the coding store has no such texts. It has talks"):
        hand_out(study, "sam", sources=["gesprekken"])


def test_a_machine_gets_no_pack(study):
    with CodingStore(study.folder / "coding") as store:
        frame = wb.read_codings(study, "talks").data.iloc[:1][["document", "quote", "code"]]
        witness = {"program": "llm", "version": "1", "prompt_sha256": "0" * 64,
                   "date": "2026-01-01"}
        store.add_codings(frame.assign(coder="robot"), origin="machine", witness=witness)
    with pytest.raises(CodingError, match="is a machine in the coding store"):
        hand_out(study, "robot")


@pytest.mark.parametrize("where", ["data", "codeerpakket_sam/data"])
def test_another_codebook_is_refused_wherever_it_changed(study, where):
    folder = pack_for(study)
    code(folder / "data", "sam", "stress", "druk")
    file = study.folder.parent / where / "codebook.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("Iemand helpt.", "Hulp."),
                    encoding="utf-8")
    before = stored(study)
    with pytest.raises(CodebookError, match="was coded with another codebook"):
        take_in(study, folder)
    assert stored(study) == before


def test_a_text_that_was_changed_in_the_pack_is_refused(study):
    folder = pack_for(study)
    file = folder / "data" / "coding" / "documents" / "gesprek.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("weinig", "veel"), encoding="utf-8")
    with pytest.raises(CodingError, match="is not the text that came in"):
        take_in(study, folder)


def test_a_text_that_was_revised_meanwhile_is_refused(study):
    folder = pack_for(study)
    code(folder / "data", "sam", "stress", "druk")
    with CodingStore(study.folder / "coding") as store:
        store.revise("gesprek", store.text("gesprek") + " Tot ziens.")
    before = stored(study)
    with pytest.raises(CodingError, match="'gesprek': is another text than in the study"):
        take_in(study, folder)
    assert stored(study) == before


def test_a_pack_in_which_somebody_else_coded_is_refused(study):
    folder = pack_for(study)
    code(folder / "data", "noor", "stress", "druk")
    with pytest.raises(CodingError, match="is the pack of sam, and noor coded in it too"):
        take_in(study, folder)


@pytest.mark.parametrize("content", [None, "{", "[]", '{"coder": "../x"}', "{}"])
def test_another_folder_is_no_pack(study, tmp_path, content):
    folder = tmp_path / "map"
    folder.mkdir()
    if content is not None:
        (folder / "codeerpakket.json").write_text(content, encoding="utf-8")
    with pytest.raises(CodingError, match="map: is no coder pack"):
        take_in(study, folder)


def test_answers_go_along_without_other_items(tmp_path):
    study = made_study(tmp_path / "school")
    file = study.file
    file.write_text(file.read_text(encoding="utf-8") + """
[sources.people]
file = "raw/people.csv"
format = "csv"
unit = "student"
synthetic = true

[sources.people.items.hulp]
column = "Welke hulp wil je?"
kind = "open"

[sources.people.items.naam]
column = "Hoe heet je mentor?"
kind = "open"
""", encoding="utf-8")
    study = load_study(study.folder)
    with CodingStore(study.folder / "coding") as store:
        store.add_answers("people.hulp", [{"document": "1", "text": "Rust."}],
                          privacy="synthetic", source="people", item="hulp")
    folder = hand_out(study, "sam", sources=["people.hulp"]).folder
    there = load_study(folder / "data")
    assert list(there.source("people").items) == ["hulp"]
    assert there.source("people").items["hulp"].words("nl") == "Welke hulp wil je?"
    texts = wb.read_codings(there, "people.hulp").documents
    assert repr(TextCoder(there, texts, coder="sam")) == "TextCoder van sam: 1 tekst, 0 coderingen"


def test_what_a_pack_brought_is_said_in_words(study):
    folder = pack_for(study)
    code(folder / "data", "sam", "stress", "druk")
    assert taken_words(take_in(study, folder)) == (
        "sam: 1 coding new, 0 taken back; 1 text read, 0 memos new.")


def test_a_coding_in_a_pack_keeps_its_id(study):
    folder = pack_for(study)
    made = code(folder / "data", "sam", "stress", "druk")
    take_in(study, folder)
    found = [one for one in CodingStore(study.folder / "coding").codings() if one.coder == "sam"]
    assert found == [made] and isinstance(made, Coding)
    assert json.loads((folder / "codeerpakket.json").read_text())["coder"] == "sam"
