"""A project that is imported again says what is new, changed and gone."""

from dataclasses import replace

import pytest
from builders import refi_projects as rf

import wbkit as wb
from wbkit.coding.refi.model import Author

TEXT = "Ik had stress. Mijn coach hielp me. Dat was fijn. Nu gaat het."
CODES = "".join(f'<Code guid="{rf.guid(name)}" name="{name}" isCodable="true">{{{name}}}</Code>'
                for name in ("steun", "druk"))


def project(tmp_path, codings, *, text=TEXT, notes=(), about="", code_refs=""):
    """Write a project: codings are quote = code, or = code and the words of its memo."""
    parts, words = [], {}
    for quote, code in codings.items():
        code, memo = code if isinstance(code, tuple) else (code, "")
        start = text.index(quote)
        ref = f'<NoteRef targetGUID="{rf.guid("m" + quote)}"/>' if memo else ""
        words |= {"m" + quote: memo} if memo else {}
        parts.append(
            f'<PlainTextSelection guid="{rf.guid(quote)}" startPosition="{start}" '
            f'endPosition="{start + len(quote)}"><Coding guid="{rf.guid("c" + quote)}" '
            f'creatingUser="{rf.guid("u")}" creationDateTime="2026-01-05T09:00:00Z">'
            f'<CodeRef targetGUID="{rf.guid(code)}"/>{ref}</Coding></PlainTextSelection>')
    told = "".join(f'<Note guid="{rf.guid(name)}" name=""><PlainTextContent>{memo}'
                   "</PlainTextContent></Note>" for name, memo in {**words, **dict(notes)}.items())
    source = (f'<TextSource guid="{rf.guid("t")}" name="gesprek" plainTextPath="internal://t.txt">'
              f'{"".join(parts)}{about}</TextSource>')
    xml = rf.project(source, codes=CODES.format(steun=code_refs, druk=""),
                     more=f"<Notes>{told}</Notes>")
    return wb.read_refi(rf.qdpx(tmp_path / "a.qdpx", xml, {"Sources/t.txt": text.encode()}),
                        convention="code points, end exclusive")


@pytest.fixture
def store(tmp_path):
    with wb.CodingStore(tmp_path / "coding") as made:
        yield made


def test_a_second_import_says_what_is_new_changed_and_gone(tmp_path, store):
    store.add_refi(project(tmp_path, {"stress": "druk", "coach": "steun", "fijn": "steun"}),
                   privacy="synthetic")
    ids = {one.quote: one.id for one in store.codings()}
    store.withdraw(ids["fijn"], coder="anna_b")
    again = project(tmp_path, {"stress": ("druk", "welke toets?"), "fijn": "steun",
                               "gaat": "druk", "Nu": "druk"})
    done = store.add_refi(again, privacy="synthetic")
    assert (done.texts, done.codings, done.same, done.withdrawn) == (0, 2, 0, 1)
    assert (done.changed, done.gone) == ((ids["stress"],), (ids["coach"],))
    assert repr(done).splitlines() == [
        "new: 0 texts, 2 codings, 0 memos",
        f"changed in the project (another memo); the store keeps its own: 1 ({ids['stress']})",
        f"gone from the project; still in the store: 1 ({ids['coach']})",
        "withdrawn in the store; not brought back: 1"]
    assert {(one.quote, one.memo) for one in store.codings()} == {
        ("stress", ""), ("coach", ""), ("gaat", ""), ("Nu", "")}


def test_the_same_project_again_changes_nothing(tmp_path, store):
    once = project(tmp_path, {"stress": ("druk", "welke?")}, notes=[("n", "bij de tekst")],
                   about=f'<NoteRef targetGUID="{rf.guid("n")}"/>')
    assert store.add_refi(once, privacy="synthetic").memos == 1
    done = store.add_refi(once, privacy="synthetic")
    assert (done.texts, done.codings, done.memos, done.same) == (0, 0, 0, 1)
    assert repr(done) == "new: 0 texts, 0 codings, 0 memos\nthere already, the same: 1"


def test_codings_of_others_are_not_called_gone(tmp_path, store):
    store.add_refi(project(tmp_path, {"stress": "druk"}), privacy="synthetic")
    store.add("gesprek", 0, 2, "druk", coder="anna_b")  # by hand, here
    store.add_document("ander", TEXT, privacy="synthetic")
    store.add("ander", 0, 2, "druk", coder="anna_b", origin="import")
    assert store.add_refi(project(tmp_path, {"stress": "druk"}), privacy="synthetic").gone == ()


def test_a_code_that_was_renamed_here_is_the_same_coding(tmp_path, store):
    store.add_refi(project(tmp_path, {"stress": "druk"}), privacy="synthetic")
    store.change_code("rename", "druk", "werkdruk", coder="anna_b")
    done = store.add_refi(project(tmp_path, {"stress": "druk"}), privacy="synthetic")
    assert (done.codings, done.same, done.gone) == (0, 1, ())


def test_another_text_by_the_same_name_is_refused_and_nothing_comes_in(tmp_path, store):
    store.add_refi(project(tmp_path, {"stress": "druk"}), privacy="synthetic")
    other = project(tmp_path, {"stress": "druk", "erg": "druk"}, text=TEXT + " Heel erg.")
    (text,) = other.sources
    new = replace(text, guid=rf.guid("nieuw"), name="een nieuw gesprek", selections=())
    other = replace(other, sources=(new, text))
    with pytest.raises(wb.CodingError, match="there is another text with the id 'gesprek'"):
        store.add_refi(other, privacy="synthetic")
    assert [one.quote for one in store.codings()] == ["stress"]
    assert list(store.documents()) == ["gesprek"]


def test_notes_become_memos_about_what_they_are_linked_to(tmp_path, store):
    found = project(
        tmp_path, {"stress": ("druk", "welke?")},
        notes=[("n", "bij de tekst"), ("k", "bij de code"), ("los", "zomaar")],
        about=f'<NoteRef targetGUID="{rf.guid("n")}"/>',
        code_refs=f'<NoteRef targetGUID="{rf.guid("k")}"/>')
    store.add_refi(found, privacy="synthetic")
    assert {(one.text, one.kind, one.document, one.code) for one in store.memos()} == {
        ("bij de tekst", "theory", "gesprek", ""), ("bij de code", "code", "", "steun"),
        ("zomaar", "method", "", "")}
    assert [one.memo for one in store.codings()] == ["welke?"]


def test_a_time_that_is_none_names_no_file(tmp_path, store):
    found = project(tmp_path, {"stress": "druk"}, notes=[("n", "zomaar")])
    odd = tuple(replace(one, author=Author(created="../../../weg")) for one in found.notes)
    store.add_refi(replace(found, notes=odd), privacy="synthetic")
    assert [one.text for one in store.memos()] == ["zomaar"]
    assert {path.parent.name for path in tmp_path.rglob("*.md")} == {"memos"}
