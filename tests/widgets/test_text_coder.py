"""What Python shows of TextCoder, brings in, and keeps out of the notebook."""

import json
import re
import subprocess

import pytest
from builders.coded_texts import answers, codings, made_study, talk

import wbkit as wb
from wbkit.coding.store.store import CodingStore
from wbkit.errors import CodebookError, CodingError, DisclosureError
from wbkit.study.codebook import load_codebook, write_code
from wbkit.widgets.content import alike_order, blocks, widget_words
from wbkit.widgets.text_coder import TextCoder
from wbkit.workflow.checking import check


@pytest.fixture
def study(tmp_path):
    return made_study(tmp_path)


def coded(study, *, coder="anna"):
    with CodingStore(study.folder / "coding") as store:
        store.add_documents(talk(study))
        start, end = store.find("gesprek", "best zwaar")
        store.add("gesprek", start, end, "druk", coder=coder)
    return study


def sent(widget):
    out = []
    widget.send = out.append
    return out


def said_by_browser(key, words, text, **more):
    start = text.index(words)
    return {"kind": "edit", "sender": "tab", "number": 1, "shown": "gesprek", "move": "do",
            "add": [{"key": key, "document": "gesprek", "start": start,
                     "end": start + len(words), "quote": words, "code": "druk"}],
            "entry": {"changes": {key: ["withdrawn", "accepted"]}}, **more}


def test_opening_brings_the_texts_in_and_codes_nothing(study):
    widget = TextCoder(study, talk(study), coder="anna")
    assert list(CodingStore(study.folder / "coding").documents()) == ["gesprek"]
    assert codings(study.folder.parent) == []
    assert repr(widget) == "TextCoder van anna: 1 tekst, 0 coderingen"


def test_opening_twice_writes_nothing(study):
    coded(study)
    before = {path: path.stat().st_mtime_ns for path in study.folder.rglob("*") if path.is_file()}
    TextCoder(study, talk(study), coder="anna")
    after = {path: path.stat().st_mtime_ns for path in study.folder.rglob("*") if path.is_file()}
    assert after == before


def test_what_the_browser_says_is_answered_when_it_is_kept(study):
    widget = TextCoder(study, talk(study), coder="anna")
    out = sent(widget)
    text = json.loads(widget.content)["text"]
    widget._receive(widget, said_by_browser("k", "best zwaar 👩🏽‍🎓", text), [])
    assert out[0]["kind"] == "saved"
    assert [one.quote for one in codings(study.folder.parent)] == ["best zwaar 👩🏽‍🎓"]


def test_a_browser_that_comes_later_sees_what_was_done_since(study):
    widget = TextCoder(study, talk(study), coder="anna")
    sent(widget)
    text = json.loads(widget.content)["text"]
    widget._receive(widget, said_by_browser("k", "best zwaar", text), [])
    now = json.loads(widget.get_state()["content"])
    assert [one["code"] for one in now["codings"]] == ["druk"]
    assert len(now["journal"]["undo"]) == 1


def test_a_refusal_comes_with_what_is_really_there(study):
    widget = TextCoder(study, talk(study), coder="anna")
    out = sent(widget)
    text = json.loads(widget.content)["text"]
    message = said_by_browser("k", "best zwaar", text)
    message["add"][0]["start"] += 1
    widget._receive(widget, message, [])
    assert out[0]["kind"] == "refused"
    assert json.loads(out[0]["content"])["codings"] == []


def test_a_coder_sees_the_work_of_others_only_when_asked(study):
    coded(study, coder="bram")
    alone = TextCoder(study, talk(study), coder="anna")
    beside = TextCoder(study, talk(study), coder="anna", others=["bram"])
    assert json.loads(alone.content)["codings"] == []
    assert [one["coder"] for one in json.loads(beside.content)["codings"]] == ["bram"]
    assert alone._session.blind
    assert not beside._session.blind


def test_only_the_codes_that_were_asked_for_can_be_given(study):
    coded(study)
    content = json.loads(TextCoder(study, talk(study), coder="anna", codes=["geld"]).content)
    assert [(one["id"], one["open"], one["key"]) for one in content["codes"]] == [
        ("druk", False, ""), ("geld", True, "1")]


def test_no_key_of_a_code_is_a_key_of_an_action(study):
    many = "".join(f'\n[codes.c{nth}]\nlabel = "c{nth}"\ndefinition = "x"\n' for nth in range(60))
    book = study.folder / "codebook.toml"
    book.write_text(book.read_text(encoding="utf-8") + many, encoding="utf-8")
    content = json.loads(TextCoder(study, talk(study), coder="anna").content)
    keys = [one["key"] for one in content["codes"] if one["key"]]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & set("fkmnoqrsuv+-?}")


def test_the_blocks_of_a_text_lie_side_by_side_from_begin_to_end(study):
    documents = talk(study)
    parts = blocks(documents, "gesprek")
    text = documents.text("gesprek")
    assert "".join(text[start:end] for start, end, *_ in parts) == text
    assert [(speaker, coded) for *_, speaker, _, coded in parts] == [
        ("I", 0), ("S", 1), ("S", 1), ("I", 0), ("S", 1)]


def test_answers_that_are_alike_follow_each_other():
    order = alike_order(["meer geld", "mijn mentor", "minder stress", "geld erbij", "de mentor"])
    assert abs(order[0] - order[3]) == 1
    assert abs(order[1] - order[4]) == 1
    assert sorted(order) == list(range(5))
    assert alike_order([]) == []


def test_answers_come_with_what_is_known_of_who_wrote_them(study):
    content = json.loads(TextCoder(study, answers(study, ["a", "b"]), coder="anna").content)
    assert content["attributes"] == {"team": "team", "niveau": "niveau"}
    assert [(one["document"], one["attributes"]) for one in content["answers"]] == [
        ("talks.open_hulp/1", ["zorg", "2"]), ("talks.open_hulp/2", ["media", "3"])]


def test_the_notebook_gets_counts_and_no_words(study):
    coded(study)
    data, _ = TextCoder(study, talk(study), coder="anna")._repr_mimebundle_()
    assert "<td>Stress en druk</td><td>1</td>" in data["text/html"]
    assert "zwaar" not in str(data)


def test_the_words_come_with_a_mark_around_each_passage(study):
    coded(study)
    html = TextCoder(study, talk(study), coder="anna").highlights()._repr_html_()
    assert ">best zwaar<sup> Stress en druk</sup></mark>" in html
    assert "verzonnen" in html
    assert "<script" not in html


def test_another_coding_shows_in_what_the_notebook_keeps(study):
    coded(study)
    widget = TextCoder(study, talk(study), coder="anna")
    before = widget._repr_mimebundle_()[0]["text/html"], widget.highlights()._repr_html_()
    with CodingStore(study.folder / "coding") as store:
        store.add("gesprek", *store.find("gesprek", "weinig geld"), "geld", coder="anna")
    again = TextCoder(study, talk(study), coder="anna")
    after = again._repr_mimebundle_()[0]["text/html"], again.highlights()._repr_html_()
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_a_code_without_a_definition_is_named_by_check_until_it_has_one(study):
    coded(study)
    write_code(study.folder, "zwaar", "zwaar")
    found = [one for one in check(study) if "without a definition (zwaar)" in one.words]
    assert [one.ok for one in found] == [False]
    file = study.folder / "codebook.toml"
    text = file.read_text(encoding="utf-8").replace('definition = ""', 'definition = "Te veel."')
    file.write_text(text, encoding="utf-8")
    assert not [one for one in check(study) if "definition" in one.words]


def test_the_words_of_a_real_text_are_not_put_in_the_notebook(tmp_path):
    study = made_study(tmp_path, synthetic=False)
    widget = TextCoder(study, talk(study), coder="anna")
    with pytest.raises(DisclosureError, match="wbkit pseudonymise"):
        widget.highlights()
    assert "zwaar" not in str(widget._repr_mimebundle_())


def test_a_real_text_is_refused_where_git_keeps_the_store(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    study = made_study(tmp_path, synthetic=False)
    with pytest.raises(DisclosureError):
        TextCoder(study, talk(study), coder="anna")


def test_words_of_a_real_text_do_not_become_a_code(tmp_path):
    study = made_study(tmp_path, synthetic=False)
    widget = TextCoder(study, talk(study), coder="anna")
    out = sent(widget)
    text = json.loads(widget.content)["text"]
    widget._receive(widget, said_by_browser(
        "k", "best zwaar", text, new_code={"id": "best_zwaar", "label": "best zwaar"}), [])
    assert "git keeps the codebook" in out[0]["words"]
    assert "best_zwaar" not in (study.folder / "codebook.toml").read_text(encoding="utf-8")


def test_a_code_in_vivo_is_added_below_and_the_rest_of_the_codebook_stays(study):
    file = study.folder / "codebook.toml"
    before = file.read_text(encoding="utf-8")
    write_code(study.folder, "zwaar", 'het is "zwaar" 👩🏽‍🎓')
    write_code(study.folder, "zwaar", 'het is "zwaar" 👩🏽‍🎓')
    after = file.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n"))
    assert after.count("[codes.zwaar]") == 1
    assert load_codebook(file).code("zwaar").words("nl") == 'het is "zwaar" 👩🏽‍🎓'
    with pytest.raises(CodebookError, match="already, with another label"):
        write_code(study.folder, "zwaar", "iets anders")


def test_a_name_that_cannot_be_a_folder_is_refused_before_anything_is_coded(study):
    with pytest.raises(CodingError, match="'Anna B.' cannot be the id of a coder"):
        TextCoder(study, talk(study), coder="Anna B.")
    assert not (study.folder / "coding").exists()


def test_a_code_that_is_not_in_the_codebook_is_refused(study):
    with pytest.raises(CodebookError, match="there is no code 'drukte'"):
        TextCoder(study, talk(study), coder="anna", codes=["drukte"])


def test_another_document_is_opened_by_its_id(study):
    widget = TextCoder(study, talk(study), coder="anna")
    with pytest.raises(CodingError, match="there is no document 'x'"):
        widget.highlights("x")


def test_another_language_gives_other_words(tmp_path):
    study = made_study(tmp_path, language="en")
    content = json.loads(wb.TextCoder(study, talk(study), coder="anna").content)
    assert content["words"]["do_considered"] == "Considered, nothing here"
    assert content["codes"][0]["label"] == "Stress and pressure"


OF_JAVASCRIPT = {"containing", "dataset", "length", "normalize", "replace", "replaceChildren",
                 "slice", "style", "trim", "trimStart"}  # asked of words, and no words themselves


def test_every_word_that_the_browser_uses_is_there_and_no_other():
    code, words = TextCoder._esm, set(widget_words("nl"))
    used = set(re.findall(r"words\.([a-z_]+)\b", code)) - OF_JAVASCRIPT
    used |= set(re.findall(r'words\[[\w.]+ \? "(\w+)"', code))
    used |= set(re.findall(r'words\[[^\]]*: "(\w+)"\]', code))
    used |= {f"do_{name}" for name in re.findall(r"^ {6}([a-z_]+): \(\) =>", code, re.MULTILINE)
             if not name.startswith("on")}
    used |= {f"{kind}_{move}" for kind in ("did", "nothing") for move in ("undo", "redo")}
    used |= {f"state_{state}" for state in ("saved", "waiting", "gone")}
    used |= {"do_considered_all", "do_considered_row"}
    of_python = {"made_up", "given_by", "code", "times"}
    assert used - words == set()
    assert words - used - of_python == set()
