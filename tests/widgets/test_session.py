"""What a browser says is kept once, in the files of the coder, and can be turned round."""

import random

import pytest

from wbkit.coding.store.reader import StoredCodings
from wbkit.coding.store.store import CodingStore
from wbkit.errors import CodingError
from wbkit.widgets.session import CodingSession

TEXT = "Ik ben moe. De toets was zwaar.\nEn het café 👩‍👩‍👧 was fijn."


@pytest.fixture
def session(tmp_path):
    with CodingStore(tmp_path / "coding", codes=("druk", "steun")) as store:
        store.add_document("leider1", TEXT, privacy="synthetic")
    return CodingSession(CodingStore(tmp_path / "coding", codes=("druk", "steun")), "anna")


def edit(number=1, *, add=(), **rest):
    rows = [{"key": key, "document": "leider1", "start": start, "end": end, "code": code,
             "quote": TEXT[start:end], **more}
            for key, start, end, code, more in ((*one, {})[:5] for one in add)]
    changes = {row["key"]: ["withdrawn", "accepted"] for row in rows}
    changes |= {one: ["accepted", "withdrawn"] for one in rest.get("withdraw", ())}
    return {"sender": "tab", "number": number, "shown": "leider1", "move": "do", "add": rows,
            "entry": {"changes": changes}, **rest}


def standing(session):
    there = StoredCodings(session.store.folder).codings()
    return [(one.quote, one.code, one.memo) for one in there]


def coded_file(session):
    return session.store.folder / "codings" / "anna" / "leider1.jsonl"


def test_a_coding_stands_in_its_file_when_it_is_answered(session):
    answer = session.take(edit(add=[("k1", 15, 20, "druk")]))
    assert answer["kind"] == "saved"
    assert '"quote":"toets"' in coded_file(session).read_text(encoding="utf-8")
    assert answer["ids"]["k1"] in coded_file(session).read_text(encoding="utf-8")


def test_an_edit_that_comes_twice_is_kept_once(session):
    first = session.take(edit(add=[("k1", 15, 20, "druk")]))
    before = coded_file(session).read_bytes()
    assert session.take(edit(add=[("k1", 15, 20, "druk")])) == first
    assert coded_file(session).read_bytes() == before


def test_after_a_kernel_that_stopped_an_edit_is_still_kept_once(session):
    session.take(edit(add=[("k1", 15, 20, "druk")]))
    before = coded_file(session).read_bytes()
    again = CodingSession(CodingStore(session.store.folder), "anna")
    again.take(edit(7, add=[("k1", 15, 20, "druk")]))
    assert coded_file(session).read_bytes() == before


def test_an_edit_that_overtook_another_waits_for_it(session):
    session.take(edit(1, add=[("k1", 15, 20, "druk")]))
    assert session.take(edit(3, add=[("k3", 0, 2, "druk")])) == {
        "sender": "tab", "number": 2, "kind": "expected"}
    assert standing(session) == [("toets", "druk", "")]


def test_two_tabs_count_apart(session):
    session.take(edit(1, add=[("k1", 15, 20, "druk")]))
    session.take(edit(1, add=[("k2", 0, 2, "druk")]) | {"sender": "other"})
    assert len(standing(session)) == 2


def test_a_quote_that_does_not_stand_there_is_refused_and_nothing_is_kept(session):
    message = edit(add=[("k1", 15, 20, "druk"), ("k2", 0, 2, "steun")])
    message["add"][1]["quote"] = "Iets anders"
    answer = session.take(message)
    assert answer["kind"] == "refused"
    assert "another passage than the quote" in answer["words"]
    assert standing(session) == []


def test_a_coding_without_its_quote_is_refused(session):
    message = edit(add=[("k1", 15, 20, "druk")])
    del message["add"][0]["quote"]
    assert "came without its quote" in session.take(message)["words"]


def test_after_a_refusal_the_next_edit_is_taken(session):
    session.take(edit(1, add=[("k1", 15, 20, "nergens")]))
    assert session.take(edit(2, add=[("k2", 15, 20, "druk")]))["kind"] == "saved"


def test_a_key_of_the_browser_names_a_coding_until_it_knows_the_id(session):
    session.take(edit(1, add=[("k1", 15, 20, "druk")]))
    session.take(edit(2, withdraw=["k1"]))
    assert standing(session) == []


def test_an_edit_that_takes_back_and_adds_does_both_or_neither(session):
    session.take(edit(1, add=[("k1", 15, 20, "druk")]))
    session.take(edit(2, add=[("k2", 15, 30, "nergens")], withdraw=["k1"]))
    assert standing(session) == [("toets", "druk", "")]
    session.take(edit(3, add=[("k3", 15, 20, "druk", {"memo": "welke?", "supersedes": "k1"})],
                      withdraw=["k1"]))
    assert standing(session) == [("toets", "druk", "welke?")]


def test_the_store_is_open_for_others_between_two_edits(session):
    session.take(edit(add=[("k1", 15, 20, "druk")]))
    with CodingStore(session.store.folder) as other:
        other.add("leider1", 0, 2, "steun", coder="anna")
    assert session.take(edit(2, add=[("k2", 21, 24, "druk")]))["kind"] == "saved"
    assert len(standing(session)) == 3


def test_what_was_looked_for_is_kept_and_taken_back(session):
    session.take(edit(1, considered={"leider1": ["druk"]}))
    (looked,) = StoredCodings(session.store.folder).considered()
    assert (looked.codes, looked.blind) == (("druk",), True)
    session.take(edit(2, considered={"leider1": []}, move="undo"))
    assert StoredCodings(session.store.folder).considered() == []


def test_who_sees_the_work_of_others_is_not_blind(session):
    seen = CodingSession(session.store, "anna", blind=False)
    seen.take(edit(considered={"leider1": ["druk"]}))
    assert not StoredCodings(session.store.folder).considered()[0].blind


def test_a_memo_is_kept_once_and_taken_back(session):
    memo = {"text": "Een of twee dingen?", "time": "2026-01-05T09:00:00Z", "code": "druk"}
    session.take(edit(1, memo=memo))
    CodingSession(session.store, "anna").take(edit(1, memo=memo))
    assert [one.text for one in StoredCodings(session.store.folder).memos()] == [memo["text"]]
    session.take(edit(2, memo=memo, move="undo"))
    assert StoredCodings(session.store.folder).memos() == []


def turned(session, number, move):
    """What the browser says when it undoes or redoes the latest edit."""
    journal = session.journal("leider1")
    entry = journal[move][-1]
    states = {one: change[0 if move == "undo" else 1] for one, change in entry["changes"].items()}
    return {"sender": "tab", "number": number, "shown": "leider1", "move": move, "entry": entry,
            "withdraw": [one for one, status in states.items() if status == "withdrawn"],
            "restore": {one: status for one, status in states.items() if status != "withdrawn"}}


def test_thirty_edits_thirty_undos_and_thirty_redos_end_where_they_were(session):
    chance = random.Random(1)
    session.take(edit(add=[("first", 0, 2, "steun")]))
    start = standing(session)
    for nth in range(30):
        there = [one.id for one in StoredCodings(session.store.folder).codings()]
        begin = chance.randrange(len(TEXT) - 9)
        session.take(edit(2 + nth, add=[(f"k{nth}", begin, begin + 5 + nth % 4, "druk")],
                          withdraw=chance.sample(there, chance.random() < 0.4)))
    end, bytes_at_end = standing(session), coded_file(session).read_bytes()
    for nth in range(30):
        session.take(turned(session, 32 + nth, "undo"))
    assert standing(session) == start
    for nth in range(30):
        session.take(turned(session, 62 + nth, "redo"))
    assert standing(session) == end
    assert coded_file(session).read_bytes() == bytes_at_end


def test_a_coding_gets_its_place_back_only_in_the_text_it_was_made_in(session):
    store = session.store
    with store:
        coding = store.add("leider1", 15, 20, "druk", coder="anna")
        store.withdraw(coding, coder="anna")
    with store:
        store.revise("leider1", TEXT.replace("De toets", "De grote toets"))
    with store, pytest.raises(CodingError, match="is for revision"):
        store.edit("leider1", coder="anna", restore={coding.id: "accepted"})


def test_the_journal_holds_the_codings_that_can_come_back(session):
    session.take(edit(1, add=[("k1", 15, 20, "druk")]))
    journal = session.journal("leider1")
    (entry,) = journal["undo"]
    (coding,) = journal["codings"]
    assert list(entry["changes"]) == [coding["id"]]
    assert (coding["start"], coding["end"], coding["code"]) == (15, 20, "druk")
