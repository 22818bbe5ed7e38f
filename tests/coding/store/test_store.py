"""The store keeps texts and codings as they were, and says what is not."""

import csv
import hashlib
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wbkit as wb
from wbkit.coding.store.store import CodingStore

TEXT = "Ik ben moe. De toets was zwaar.\nEn het café 👩‍👩‍👧 was fijn."
WHEN = "2026-01-05T09:00:00Z"


@pytest.fixture
def store(tmp_path):
    with CodingStore(tmp_path / "coding") as made:
        made.add_document("leider1", TEXT, privacy="synthetic", attributes={"team": "groen"})
        yield made


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*") if path.is_file() and ".journal" not in path.parts}


def test_the_store_needs_neither_pandas_nor_scipy():
    script = ("import sys, wbkit.coding.store.store; "
              "print(*{'pandas', 'scipy', 'numpy', 'pydantic'} & set(sys.modules))")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          check=True)
    assert done.stdout.split() == []


def test_a_coding_keeps_what_was_said_about_it(store):
    store.add("leider1", 12, 30, "toets", coder="anna", origin="suggestion", round="training",
              rule="toets*", codebook="2", memo="twijfel", time=WHEN)
    store.close()
    (one,) = CodingStore(store.folder).codings()
    assert (one.quote, one.before, one.after) == (
        "De toets was zwaar", "Ik ben moe. ", ".\nEn het café 👩‍👩‍👧 was fijn.")
    assert (one.origin, one.round, one.rule, one.codebook, one.memo, one.time, one.status) == (
        "suggestion", "training", "toets*", "2", "twijfel", WHEN, "accepted")


def test_the_same_work_gives_the_same_bytes_in_any_order(tmp_path):
    rows = [("a", 0, 3), ("b", 2, 9), ("c", 12, 30)]
    for name, order in (("one", rows), ("two", rows[::-1])):
        with CodingStore(tmp_path / name) as store:
            store.add_document("leider1", TEXT, privacy="synthetic")
            for code, start, end in order:
                store.add("leider1", start, end, code, coder="anna", time=WHEN)
            store.consider("leider1", ["c", "a", "b"], coder="anna")
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_a_withdrawn_coding_stays_as_a_tombstone(store):
    one = store.add("leider1", 0, 11, "moe", coder="anna")
    store.withdraw(one.id, coder="anna")
    assert store.codings() == []
    store.close()
    assert b'"status":"withdrawn"' in files(store.folder)["codings/anna/leider1.jsonl"]
    again = store.add("leider1", 0, 11, "moe", coder="anna")
    assert again.id != one.id


def test_the_same_coding_twice_is_one(store):
    first = store.add("leider1", 0, 11, "moe", coder="anna")
    assert store.add("leider1", 0, 11, "moe", coder="anna") == first
    assert len(store.codings()) == 1


def test_a_coding_that_supersedes_another_takes_its_place(store):
    old = store.add("leider1", 0, 10, "moe", coder="anna")
    new = store.add("leider1", 0, 11, "moe", coder="anna", supersedes=old.id)
    other = store.add("leider1", 0, 11, "moe", coder="eens", origin="consensus", supersedes=new.id)
    assert [one.id for one in store.codings()] == [new.id, other.id]


def test_nobody_withdraws_what_another_coder_did(store):
    one = store.add("leider1", 0, 11, "moe", coder="anna")
    with pytest.raises(wb.CodingError, match="bas has no coding"):
        store.withdraw(one, coder="bas")


@pytest.mark.parametrize(("place", "rest", "words"), [
    ((0, 0), {}, "no passage 0-0"),
    ((0, 999), {}, "in a text of 59 signs"),
    ((-1, 3), {}, "no passage"),
    ((0.5, 3), {}, "no passage"),
    ((0, 3), {"quote": "Jij"}, "another passage"),
    ((0, 3), {"origin": "guess"}, "manual, dictionary, suggestion, import, consensus"),
    ((0, 3), {"status": "withdrawn"}, "cannot be withdrawn"),
    ((0, 3), {"colour": "red"}, "has 'colour'"),
])
def test_a_coding_that_cannot_be_is_refused(store, place, rest, words):
    with pytest.raises(wb.CodingError, match=words):
        store.add("leider1", *place, "moe", coder="anna", **rest)


@pytest.mark.parametrize("coder", ["Anna", "", "a/b", "nul", "an na", "../x", "é", None])
def test_a_coder_needs_a_name_that_can_be_a_folder(store, coder):
    with pytest.raises(wb.CodingError, match="cannot be the id of a coder"):
        store.add("leider1", 0, 3, "moe", coder=coder)


@pytest.mark.parametrize("name", ["", "a/b", "con", "../x", "x.", " x", "a\nb", "x" * 200,
                                  "\ud800"])
def test_a_document_needs_a_name_that_can_be_a_file(store, name):
    with pytest.raises(wb.CodingError, match="cannot be the id of a document"):
        store.add_document(name, "tekst", privacy="synthetic")


def test_names_that_differ_in_capitals_only_are_refused(store):
    with pytest.raises(wb.CodingError, match="cannot both be here"):
        store.add_document("Leider1", "tekst", privacy="synthetic")
    store.add_document("Mabêl 2ième", "tekst", privacy="synthetic")
    assert "documents/Mab%C3%AAl 2i%C3%A8me.txt" in files(store.folder)
    assert store.text("Mabêl 2ième") == "tekst"


def test_another_text_under_the_same_id_is_refused(store):
    store.add_document("leider1", TEXT.replace("\n", "\r\n"), privacy="synthetic")
    with pytest.raises(wb.CodingError, match=r"store\.revise"):
        store.add_document("leider1", "anders", privacy="synthetic")


def test_a_text_of_real_people_comes_in_only_where_git_does_not_keep_it(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    with CodingStore(tmp_path / "coding") as store:
        with pytest.raises(wb.DisclosureError, match="Give wbkit pseudonymise first"):
            store.add_document("a", "Jan zei", privacy="real")
        store.add_document("b", "[P1] zei", privacy="pseudonymised")
        (tmp_path / ".gitignore").write_text("coding/documents/\n")
        with pytest.raises(wb.DisclosureError, match="codings and memos repeat its words"):
            store.add_document("a", "Jan zei", privacy="real")
        (tmp_path / ".gitignore").write_text("coding/\n")
        store.add_document("a", "Jan zei", privacy="real")
        with pytest.raises(wb.CodingError, match="may be synthetic, public"):
            store.add_document("c", "x", privacy="fine")


@pytest.mark.parametrize(("first", "then"), [("synthetic", "real"), ("real", "synthetic")])
def test_a_text_does_not_come_in_twice_under_another_privacy(tmp_path, first, then):
    with CodingStore(tmp_path / "coding") as store:
        store.add_document("a b", "Jan zei", privacy=first)
        store.add_answers("s.q", [{"document": 1, "text": "Jan"}], privacy=first)
        message = rf"the store keeps it with privacy = '{first}', and now it is said to be '{then}'"
        with pytest.raises(wb.CodingError, match=rf"{message}.*documents/a b.toml first"):
            store.add_document("a b", "Jan zei", privacy=then)
        with pytest.raises(wb.CodingError, match=message):
            store.add_answers("s.q", [{"document": 2, "text": "Piet"}], privacy=then)


def test_a_changed_quote_names_document_coder_and_line(store):
    store.add("leider1", 0, 11, "moe", coder="anna")
    store.close()
    path = store.folder / "codings" / "anna" / "leider1.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"Ik ben moe."', b'"Ik ben mee."'))
    fault = r"codings/anna/leider1\.jsonl, line 2: document 'leider1', coder anna: .*quote differs"
    (found,) = store.check()
    with pytest.raises(wb.CodingError, match=fault) as caught:
        store.codings()
    assert str(caught.value) == found
    assert "Ik ben" not in found


def test_a_long_answer_is_read_and_no_limit_of_others_changes(store):
    before = csv.field_size_limit()
    store.add_answers("s.q", [{"document": 1, "text": "a" * 200_000}], privacy="synthetic")
    assert len(CodingStore(store.folder).text("s.q/1")) == 200_000
    assert csv.field_size_limit() == before


def test_a_changed_text_is_found(store):
    path = store.folder / "documents" / "leider1.txt"
    path.write_bytes(path.read_bytes().replace(b"moe", b"mee"))
    assert "is not the text that came in" in store.check()[0]


@pytest.mark.parametrize("line", [b"<<<<<<< HEAD", b"{}", b'{"id":"a"}', b"[]", b'{"considered":3}',
                                  b"\xff", b'{"considered":[{"codes":1}]}', b"[" * 100_000,
                                  b'{"considered":' + b"9" * 5000 + b"}"])
def test_a_damaged_line_is_named(store, line):
    store.add("leider1", 0, 11, "moe", coder="anna")
    store.close()
    path = store.folder / "codings" / "anna" / "leider1.jsonl"
    path.write_bytes(path.read_bytes() + line + b"\n")
    (fault,) = store.check()
    assert fault.startswith("codings/anna/leider1.jsonl, line 3: ")


@pytest.mark.parametrize(("damage", "words"), [
    (lambda content: b"", r"is empty\. A file of codings never is, so what anna coded here got"),
    (lambda content: b"\n \n", "is empty"),
    (lambda content: content[:content.index(b"\n") + 1],
     r", line 1: says that 2 codings follow, and 0 do\. Bring the file back with git"),
    (lambda content: b"".join(content.splitlines(keepends=True)[:-1]),
     ", line 1: says that 2 codings follow, and 1 do"),
])
def test_an_emptied_or_shortened_file_of_codings_is_damage(store, damage, words):
    store.add("leider1", 0, 11, "moe", coder="anna")
    store.add("leider1", 12, 18, "moe", coder="anna")
    store.close()
    path = store.folder / "codings" / "anna" / "leider1.jsonl"
    path.write_bytes(damage(path.read_bytes()))
    (fault,) = store.check()
    assert re.match(f"codings/anna/leider1.jsonl(: )?{words}", fault)
    with pytest.raises(wb.CodingError, match=words):
        store.codings()
    with pytest.raises(wb.CodingError, match=words):
        store.add("leider1", 0, 3, "moe", coder="anna")


def test_a_file_of_before_the_number_was_told_is_read(store):
    store.add("leider1", 0, 11, "moe", coder="anna")
    store.close()
    path = store.folder / "codings" / "anna" / "leider1.jsonl"
    path.write_bytes(path.read_bytes().replace(b',"codings":1}', b"}"))
    assert (store.check(), len(store.codings())) == ([], 1)


def test_a_store_opened_twice_says_so(store):
    store.add("leider1", 0, 11, "moe", coder="anna")
    other = CodingStore(store.folder)
    assert len(other.codings()) == 1
    with pytest.raises(wb.CodingError, match=r"already has the store open for anna.*store\.close"):
        other.add("leider1", 0, 3, "moe", coder="anna")


def test_older_and_newer_work_is_carried_after_a_merge(store):
    """One coder still had the old text when another revised it."""
    store.add("leider1", 0, 11, "moe", coder="anna")
    store.close()
    old = files(store.folder)["codings/anna/leider1.jsonl"]
    store.revise("leider1", "Nou. " + TEXT)
    (store.folder / "codings" / "bas").mkdir()
    (store.folder / "codings" / "bas" / "leider1.jsonl").write_bytes(old)
    assert "let revise carry the codings" in store.check()[0]
    assert len(store.revise("leider1", store.text("leider1")).kept) == 1
    assert [(one.coder, one.start) for one in store.codings()] == [("anna", 5), ("bas", 5)]


def test_erasing_leaves_no_word_of_the_old_text(store):
    store.add("leider1", 0, 11, "moe", coder="anna", memo="zei Jan")
    gone = store.add("leider1", 12, 30, "toets", coder="anna")
    store.add("leider1", 35, 54, "sfeer", coder="bas")
    store.withdraw(gone, coder="anna")
    store.add_memo("Jan vond de toets zwaar", coder="anna", coding=gone.id)
    store.add_memo("over iets anders", coder="anna")
    store.consider("leider1", ["moe", "sfeer"], coder="anna")
    store.revise("leider1", "Jan. " + TEXT)
    store.revise("leider1", "[P1]. " + TEXT.replace("toets", "[proef]"), keep=False)
    every = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    for words in (b"toets was", b"Jan", b"De toets"):
        assert words not in every
    assert len(store.memos()) == 1
    assert store.check() == []
    result = store.revise("leider1", "", keep=False)
    assert len(result.orphan) == 2
    every = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    for words in (b"moe.", b"fijn", b"groen"):
        assert words not in every
    assert store.check() == []


def test_turns_move_with_their_text(tmp_path):
    asked, said = "I: hoe was deze week", "A: het ging heel goed"
    longer = "I: hoe was nou deze week"
    turns = [{"turn": 1, "start": 0, "end": len(asked), "speaker": "I", "role": "interviewer"},
             {"turn": 2, "start": len(asked) + 1, "end": len(asked) + 1 + len(said)}]
    with CodingStore(tmp_path / "coding") as store:
        store.add_document("a", f"{asked}\n{said}", privacy="synthetic", turns=turns)
        store.revise("a", f"Begin\n{longer}\n{said}")
        (group,) = store.groups().values()
    text = store.text("a")
    assert [text[one["start"]:one["end"]] for one in group.turns] == [longer, said]


def test_a_review_can_be_accepted_and_an_orphan_cannot(store):
    one = store.add("leider1", 12, 30, "toets", coder="anna")
    two = store.add("leider1", 0, 11, "moe", coder="anna")
    store.revise("leider1", "De toets was heel zwaar.")
    assert {one.status for one in store.waiting()} == {"review", "orphan"}
    store.accept(one.id, coder="anna")
    with pytest.raises(wb.CodingError, match="has no place"):
        store.accept(two.id, coder="anna")
    assert [(one.quote, one.status) for one in store.codings()] == [
        ("De toets was heel zwaar", "accepted")]


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.text(max_size=60), st.data())
def test_any_text_and_any_place_come_back_as_they_were(tmp_path_factory, text, data):
    folder = tmp_path_factory.mktemp("store") / "coding"
    with CodingStore(folder) as store:
        store.add_document("a", text, privacy="synthetic")
        store.add_answers("s.q", [{"document": 1, "text": text}], privacy="synthetic")
        kept = store.text("a")
        if kept:
            start = data.draw(st.integers(0, len(kept) - 1))
            end = data.draw(st.integers(start + 1, len(kept)))
            store.add("a", start, end, "c", coder="anna", memo=text)
            store.add("s.q/1", start, end, "c", coder="anna")
    again = CodingStore(folder)
    assert again.check() == []
    assert again.text("s.q/1") == kept
    assert [one.quote for one in again.codings()] == [kept[start:end]] * 2 if kept else True


def test_words_that_stand_in_a_text_once_are_found(tmp_path):
    with CodingStore(tmp_path / "coding") as store:
        store.add_document("a", "Café, stress. Stress!\r\nEn rust.", privacy="synthetic")
        assert store.find("a", "Cafe\u0301, stress") == (0, 12)
        assert store.text("a")[slice(*store.find("a", "!\r\nEn"))] == "!\nEn"
        for words, times in (("tress", "more than once"), ("druk", "nowhere"), ("", "nowhere")):
            with pytest.raises(wb.CodingError, match=f"there {times}"):
                store.find("a", words)


@pytest.mark.parametrize("sign", ["\x7f", "\ud83d", "\x00", "\r\n"])
def test_a_stray_sign_in_what_is_known_about_a_text_leaves_it_readable(tmp_path, sign):
    # TOML refuses DEL unescaped and UTF-8 half an emoji: the text could not be opened again.
    with CodingStore(tmp_path / "coding") as store:
        store.add_document("a", "tekst", privacy="synthetic", unit=f"u{sign}1",
                           attributes={f"rol{sign}": f"x{sign}"})
        store.change_code("rename", "oud", "nieuw", coder="anna", reason=f"om{sign}dat")
    again = CodingStore(tmp_path / "coding")
    assert again.check() == []
    assert again.documents()["a"].unit.startswith("u")
    assert again.operations()[0].reason.startswith("om")


def test_a_claim_of_pseudonyms_is_refused_while_somebody_is_named(tmp_path):
    store = CodingStore(tmp_path / "coding")
    with pytest.raises(wb.DisclosureError, match=r"1 place in 1 text can still point.*\(i1\)"):
        store.add_document("i1", "toen zei Fatima iets", privacy="pseudonymised")
    store.add_document("i1", "toen zei [Corlin] iets", privacy="pseudonymised")
    safe = CodingStore(tmp_path / "coding", safe=["Fatima"])
    safe.add_document("i2", "toen zei Fatima iets", privacy="pseudonymised")
    assert set(store.documents()) == {"i1", "i2"}


def test_a_pseudonym_of_ones_own_is_given_once_and_a_real_name_beside_it_is_refused(tmp_path):
    store = CodingStore(tmp_path / "coding", safe=["[Sanne]"])
    store.add_document("i1", "toen zei [Sanne] iets", privacy="pseudonymised")
    with pytest.raises(wb.DisclosureError, match="1 place in 1 text"):
        store.add_document("i2", "toen zei [Sanne] iets over Sanne", privacy="pseudonymised")
    again = CodingStore(tmp_path / "coding")
    assert again.check() == []
    assert again.text("i1") == "toen zei [Sanne] iets"


def claimed(folder, text="toen zei Fatima iets", **rest):
    """Keep a real text in a folder outside git, and write by hand that it has pseudonyms."""
    store = CodingStore(folder / "coding", **rest)
    (folder / "coding").mkdir()
    (folder / "coding" / ".gitignore").write_text("*\n")
    store.add_document("i1", text, privacy="real")
    file = folder / "coding" / "documents" / "i1.toml"
    file.write_text(file.read_text().replace('privacy = "real"', 'privacy = "pseudonymised"'))
    return CodingStore(folder / "coding")


def test_a_claim_that_was_written_by_hand_is_scanned_when_the_store_is_read(tmp_path):
    store = claimed(tmp_path)
    (fault,) = store.check()
    assert fault.startswith("documents/i1.toml: somebody wrote privacy = \"pseudonymised\" here")
    assert "1 place in 1 text" in fault and "wbkit pseudonymise" in fault
    assert "Fatima" not in fault
    for read in (store.codings, lambda: store.text("i1")):
        with pytest.raises(wb.CodingError, match="somebody wrote privacy"):
            read()


def test_a_claim_by_hand_that_holds_is_believed(tmp_path):
    store = claimed(tmp_path, "toen zei [Corlin] iets")
    assert store.check() == []
    assert store.text("i1") == "toen zei [Corlin] iets"


def test_a_claim_counts_for_the_text_that_was_scanned_and_for_no_other(tmp_path):
    with CodingStore(tmp_path / "coding", safe=["Fatima"]) as store:
        store.add_document("i1", "dag Fatima", privacy="pseudonymised")
        assert store.check() == []
    folder = tmp_path / "coding" / "documents"
    toml = (folder / "i1.toml").read_text()
    other = "dag Fatima en Kevin"
    (folder / "i1.txt").write_text(other)
    (folder / "i1.toml").write_text(re.sub(
        'sha256 = "[0-9a-f]+"', f'sha256 = "{hashlib.sha256(other.encode()).hexdigest()}"', toml))
    assert "somebody wrote privacy" in CodingStore(tmp_path / "coding").check()[0]


def test_a_new_version_with_a_name_is_refused_where_pseudonyms_are_claimed(tmp_path):
    store = CodingStore(tmp_path / "coding")
    store.add_document("i1", "toen zei [Corlin] iets", privacy="pseudonymised")
    with pytest.raises(wb.DisclosureError, match="is said to be pseudonymised"):
        store.revise("i1", "toen zei Fatima iets")
    store.revise("i1", "toen zei [Corlin] iets anders")
    assert store.check() == []


def test_answers_of_which_the_claim_was_written_by_hand_are_scanned(tmp_path):
    with CodingStore(tmp_path / "coding") as store:
        store.add_answers("s.tip", [{"document": "2", "text": "meer rust"}],
                          privacy="pseudonymised")
        file = tmp_path / "coding" / "documents" / "s.tip.csv"
        text = "vraag Fatima maar"
        rows = list(csv.DictReader(file.read_text().splitlines()))
        rows[0] |= {"text": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}
        with file.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    assert "1 place in 1 text" in CodingStore(tmp_path / "coding").check()[0]
