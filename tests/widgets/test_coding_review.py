"""What Python shows of CodingReview, keeps of it, and keeps out of the notebook."""

import json
import re

import pytest
from builders.coded_texts import answered_by_two, answers, coded_by_two, codings, made_study, talk

import wbkit as wb
from wbkit.coding.store.store import CodingStore
from wbkit.errors import CodingError, DisclosureError
from wbkit.widgets.coding_review import WORDS, CodingReview
from wbkit.widgets.content import widget_words


@pytest.fixture
def study(tmp_path):
    return coded_by_two(tmp_path)


def opened(study, **about):
    widget = CodingReview(study, talk(study), **about)
    widget.said = []
    widget.send = widget.said.append
    return widget


def key_of(widget, code):
    (row,) = [one for one in json.loads(widget._as_json())["differences"] if one["code"] == code]
    return json.dumps([row["document"], row["start"], row["end"], row["code"]])


def decide(widget, code, *said, number=1):
    key = key_of(widget, code)
    widget._receive(widget, {
        "kind": "edit", "sender": "tab", "number": number, "shown": "", "move": "do",
        "decide": [[key, list(said)]],
        "entry": {"decide": [[key, ["", "", ""], list(said)]]}}, [])
    return widget.said[-1]


def test_the_differences_are_those_that_disagreements_counts(study):
    content = json.loads(opened(study).content)
    table = wb.disagreements(wb.read_codings(study, "talks", documents=talk(study))).data
    assert [(one["document"], one["start"], one["end"], one["code"], ", ".join(one["given"]),
             ", ".join(one["not_given"])) for one in content["differences"]] == list(
        table[["document", "start", "end", "code", "given", "not_given"]].itertuples(
            index=False, name=None))
    assert len(table) == 4


def test_opening_writes_nothing(study):
    before = {path: path.stat().st_mtime_ns for path in study.folder.rglob("*") if path.is_file()}
    opened(study)
    assert before == {path: path.stat().st_mtime_ns for path in study.folder.rglob("*")
                      if path.is_file()}


def test_a_decision_is_kept_when_it_is_answered_and_comes_with_what_is_there_now(study):
    widget = opened(study)
    answer = decide(widget, "mentor", "yes", "staat er", "anna, bram")
    assert answer["kind"] == "saved"
    (kept,) = codings(study.folder.parent, coder="consensus", code="mentor")
    assert (kept.quote, kept.status, kept.memo, kept.decided_by, kept.origin) == (
        "Mijn mentor", "accepted", "staat er", "anna, bram", "consensus")
    (now,) = [one for one in answer["now"]["differences"] if one["code"] == "mentor"]
    assert (now["decision"], now["memo"]) == ("yes", "staat er")


def test_the_same_message_twice_is_kept_once_also_by_a_new_kernel(study):
    widget = opened(study)
    decide(widget, "steun", "no", "", "anna")
    file = study.folder / "coding" / "codings" / "consensus" / "gesprek.jsonl"
    before = file.read_bytes()
    decide(widget, "steun", "no", "", "anna")
    decide(opened(study), "steun", "no", "", "anna", number=7)
    assert file.read_bytes() == before


def test_a_difference_that_is_gone_is_refused_with_what_is_there(study):
    widget = opened(study)
    key = key_of(widget, "steun")
    with CodingStore(study.folder / "coding") as store:
        (coding,) = [one for one in store.codings() if one.code == "steun"]
        store.withdraw(coding, coder="bram")
    widget._receive(widget, {"kind": "edit", "sender": "tab", "number": 1, "shown": "",
                             "decide": [[key, ["yes", "", "anna"]]]}, [])
    assert widget.said[-1]["kind"] == "refused"
    assert "do not differ" in widget.said[-1]["words"]
    assert len(json.loads(widget.said[-1]["content"])["differences"]) == 3


def test_the_agreement_is_made_again_when_a_coder_went_on(study):
    widget = opened(study)
    before = json.loads(widget.content)["agreement"]["rows"]
    with CodingStore(study.folder / "coding") as store:
        store.add("gesprek", *store.find("gesprek", "belt me"), "mentor", coder="bram")
    assert json.loads(widget._as_json())["agreement"]["rows"] != before
    assert len(json.loads(widget._as_json())["differences"]) == 3


def test_answers_that_two_coders_read_stand_in_rows(tmp_path):
    study = answered_by_two(tmp_path, ["help", "niets", "steun"])
    content = json.loads(CodingReview(study, answers(study, ["help", "niets", "steun"])).content)
    assert [one["document"] for one in content["answers"]] == [
        "talks.open_hulp/1", "talks.open_hulp/2", "talks.open_hulp/3"]
    assert [one["document"] for one in content["differences"]] == [
        "talks.open_hulp/1", "talks.open_hulp/3"]


def test_a_decision_about_an_answer_is_kept(tmp_path):
    study = answered_by_two(tmp_path, ["help", "niets", "steun"])
    widget = CodingReview(study, answers(study, ["help", "niets", "steun"]))
    (first, _) = json.loads(widget.content)["differences"]
    key = json.dumps([first["document"], first["start"], first["end"], first["code"]])
    widget._session.take({"sender": "t", "number": 1, "shown": "",
                          "decide": [[key, ["yes", "", "anna"]]]})
    assert [(one.document, one.code) for one in codings(tmp_path, coder="consensus",
                                                        status="accepted")] == [
        ("talks.open_hulp/1", "steun")]


def test_the_notebook_gets_counts_and_no_words(study):
    widget = opened(study)
    decide(widget, "mentor", "yes", "letterlijk", "anna")
    data, _ = widget._repr_mimebundle_()
    assert data["text/plain"] == "CodingReview van anna, bram: 4 verschillen, 3 nog open"
    assert "<td>Mentor</td><td>1</td><td>1</td><td>0</td><td>0</td>" in data["text/html"]
    assert "letterlijk" not in str(data)
    assert "belt me" not in str(data)


def test_the_differences_below_hold_what_was_decided(study):
    widget = opened(study)
    decide(widget, "mentor", "yes", "letterlijk", "anna")
    data = widget.differences().data.set_index("code")
    assert tuple(data.loc["mentor", ["decision", "decided_by", "memo"]]) == (
        "yes", "anna", "letterlijk")
    assert data.loc["geld", "decision"] == ""


def test_the_words_of_real_texts_are_decided_about_and_not_put_in_the_notebook(tmp_path):
    study = coded_by_two(tmp_path, synthetic=False)
    widget = opened(study)
    assert decide(widget, "mentor", "yes", "", "anna")["kind"] == "saved"
    with pytest.raises(DisclosureError):
        widget.differences()
    assert "zwaar" not in str(widget._repr_mimebundle_())


def test_one_coder_is_refused(tmp_path):
    study = made_study(tmp_path)
    with CodingStore(study.folder / "coding") as store:
        store.add_documents(talk(study))
        store.consider("gesprek", ["druk"], coder="anna", blind=True)
    with pytest.raises(CodingError, match="between 2 to"):
        CodingReview(study, talk(study))


def test_another_text_is_opened_by_its_id(study):
    with pytest.raises(CodingError, match="two coders looked at 1 document"):
        opened(study)._open("x")


def test_an_english_study_gives_english_words(tmp_path):
    widget = opened(coded_by_two(tmp_path, language="en"))
    assert repr(widget) == "CodingReview of anna, bram: 4 differences, 4 still open"
    assert json.loads(widget.content)["words"]["do_yes"] == "Code stays"


OF_JAVASCRIPT = {"containing", "dataset", "length", "replace", "replaceChildren", "style", "trim",
                 "trimStart"}  # asked of words, and no words themselves


def test_every_word_that_the_browser_uses_is_there_and_no_other():
    code, words = CodingReview._esm, set(widget_words("nl", WORDS))
    used = set(re.findall(r"words\.([a-z_]+)\b", code)) - OF_JAVASCRIPT
    used |= {f"do_{name}" for name in re.findall(r"^ {6}([a-z_]+): \(\) =>", code, re.MULTILINE)}
    used |= {f"is_{one}" for one in ("yes", "no", "open")}
    of_python = {"yes_column", "no_column", "open_column"}
    assert used - words == set()
    assert words - set(widget_words("nl")) - used - of_python == set()
