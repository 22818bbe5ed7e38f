"""Three coders in three clones: git merges their work, and it is as if they shared one tree."""

import os
import subprocess

import pytest
from builders.transcripts import codebook

import wbkit as wb
from wbkit.coding.store.codebook_difference import with_operations
from wbkit.coding.store.store import CodingStore

CODERS = ("anna", "bas", "cem")
COMMIT = ("-c", "user.name=x", "-c", "user.email=x@x", "-c", "core.autocrlf=true")
TEXTS = {f"d{at:02}": f"Tekst {at} over stress.\nEn over de sfeer in klas {at}.\n"
         for at in range(50)}


def git(folder, *words):
    return subprocess.run(["git", *COMMIT, *words], cwd=folder, check=True, capture_output=True,
                          text=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}).stdout


def bring_in(folder):
    with CodingStore(folder) as store:
        for name, text in TEXTS.items():
            store.add_document(name, text, privacy="synthetic")


def work(folder, coder):
    """Code all texts as one coder; one of them renames a code on the way."""
    nth = CODERS.index(coder)
    with CodingStore(folder) as store:
        for at, name in enumerate(TEXTS):
            when = f"2026-01-0{nth + 1}T10:{at:02}:00Z"
            code = "druk" if coder == "bas" and at > 25 else "stress"
            if coder == "bas" and at == 26:
                store.change_code("rename", "stress", "druk", coder=coder, time=when)
            start = store.text(name).index("stress")
            store.add(name, start, start + 6, code, coder=coder, time=when)
            store.add(name, 0, 5 + nth, "sfeer", coder=coder, time=when)
            store.consider(name, ["stress", "sfeer"], coder=coder)
        store.add_memo(f"# Gedachte van {coder}", coder=coder, time="2026-01-05T10:00:00Z")


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*") if path.is_file() and ".journal" not in path.parts}


def test_three_clones_merge_without_conflict_into_what_one_tree_gives(tmp_path):
    first = tmp_path / "first"
    bring_in(first / "coding")
    git(first, "init", "-q", "-b", "main")
    git(first, "add", "-A")
    git(first, "commit", "-qm", "texts")
    for coder in CODERS:
        git(tmp_path, "clone", "-q", str(first), coder)
        work(tmp_path / coder / "coding", coder)
        git(tmp_path / coder, "add", "-A")
        git(tmp_path / coder, "commit", "-qm", coder)
    for coder in CODERS:
        git(first, "pull", "-q", "--no-rebase", "--no-edit", str(tmp_path / coder), "main")
    bring_in(tmp_path / "tree")
    for coder in ("anna", "cem", "bas"):  # who renames comes last: cem did not know of it
        work(tmp_path / "tree", coder)
    assert files(first / "coding") == files(tmp_path / "tree")
    merged = CodingStore(first / "coding")
    assert merged.check() == []
    assert {one.code for one in merged.codings()} == {"druk", "sfeer"}
    assert len(merged.codings()) == 300
    assert {one.codes for one in merged.considered()} == {("druk", "sfeer")}


# Changes of the codebook

def store_with(tmp_path, *codes):
    store = CodingStore(tmp_path / "coding")
    store.add_document("a", "Een tekst over van alles.", privacy="synthetic")
    for at, code in enumerate(codes):
        store.add("a", at, at + 3, code, coder="anna", time="2026-01-01T09:00:00Z")
    return store


def test_old_ids_stay_resolvable(tmp_path):
    store = store_with(tmp_path, "a", "b", "c", "d")
    for kind, codes, into in (("rename", "a", "x"), ("merge", ("x", "b"), "y"),
                              ("split", "c", ("c1", "c2")), ("deprecate", "d", ())):
        store.change_code(kind, codes, into, coder="bas", time="2026-01-02T09:00:00Z")
    assert [(one.code, one.status) for one in store.codings()] == [
        ("y", "accepted"), ("y", "accepted"), ("c", "review"), ("d", "accepted")]
    for code, words in (("a", "Use y"), ("b", "Use y"), ("c", "Use c1 or c2"),
                        ("d", "Use another")):
        with pytest.raises(wb.CodingError, match=f"no longer in use. {words}"):
            store.add("a", 9, 12, code, coder="anna")
    assert [one.time[-4:-1] for one in store.operations()] == [":00", ":01", ":02", ":03"]
    assert len(list((store.folder / "codebook-log").glob("*-bas.jsonl"))) == 4


def test_a_code_can_be_renamed_back(tmp_path):
    store = store_with(tmp_path, "a")
    store.change_code("rename", "a", "b", coder="bas", time="2026-01-02T09:00:00Z")
    store.change_code("rename", "b", "a", coder="bas", time="2026-01-03T09:00:00Z")
    assert [one.code for one in store.codings()] == ["a"]
    store.add("a", 9, 12, "a", coder="anna")


@pytest.mark.parametrize(("kind", "codes", "into"), [
    ("rename", ("a", "b"), "c"), ("merge", "a", "a"), ("split", "a", "b"),
    ("split", "a", ("a", "b")), ("deprecate", "a", "b"), ("rename", "a", ()),
    ("remove", "a", ()), ("move", (), "a"),
])
def test_a_change_that_cannot_be_is_refused(tmp_path, kind, codes, into):
    with pytest.raises(wb.CodingError, match=r"into .* cannot be\.|is no change of a codebook"):
        CodingStore(tmp_path).change_code(kind, codes, into, coder="bas")


@pytest.mark.parametrize("codes", ["b", ("a", "b"), ("b", "a")])
def test_a_code_goes_into_one_that_is_there(tmp_path, codes):
    store = store_with(tmp_path, "a", "b")
    store.change_code("merge", codes, "a", coder="bas", time="2026-01-02T09:00:00Z")
    assert [one.code for one in store.codings()] == ["a", "a"]
    assert store.operations()[0].codes == ("b",)
    store.add("a", 9, 12, "a", coder="anna")
    with pytest.raises(wb.CodingError, match="no longer in use. Use a"):
        store.add("a", 9, 12, "b", coder="anna")


def logged(tmp_path, *changes):
    store = CodingStore(tmp_path / "coding")
    for at, change in enumerate(changes):
        store.change_code(*change, coder="bas", time=f"2026-01-01T09:00:0{at}Z")
    return store.operations()


def test_the_difference_between_versions_reads_like_sentences(tmp_path):
    parts = {name: {"label": {"nl": words, "en": other}, "definition": "x"}
             for name, words, other in (
                 ("druk", "druk", "pressure"), ("stress", "stress", "stress"),
                 ("sfeer", "sfeer", "mood"), ("klas", "klas", "class"),
                 ("school", "school", "school"))}
    before = codebook(**parts)
    changes = logged(tmp_path, ("merge", ("druk", "stress"), "spanning"),
                     ("move", "klas", "school"), ("rename", "sfeer", "klimaat"),
                     ("split", "school", ("les", "stage")), ("deprecate", "klas"))
    after = codebook(**parts, les={"label": "les", "definition": "x"},
                     stage={"label": "stage", "definition": "x"},
                     spanning={"label": {"nl": "spanning", "en": "tension"}, "definition": "x"})
    told = wb.codebook_difference(before, with_operations(after, changes), operations=changes)
    assert told == (
        "De code ‘school’ is gesplitst in ‘les’ en ‘stage’. "
        "De code ‘klas’ wordt niet meer gebruikt. "
        "Opgegaan in ‘spanning’: ‘druk’ en ‘stress’. De code ‘sfeer’ heet nu ‘klimaat’. "
        "Nieuw: ‘les’ en ‘stage’. "
        "De code ‘klas’ is verplaatst van het hoogste niveau naar ‘school’.")
    english = wb.codebook_difference(before, with_operations(after, changes), language="en")
    assert "Merged into ‘tension’: ‘pressure’ and ‘stress’." in english
    assert wb.codebook_difference(before, before) == "Er is niets veranderd."


def test_a_codebook_that_shows_the_change_already_stays_as_it_is(tmp_path):
    changes = logged(tmp_path, ("rename", "a", "b"))
    once = with_operations(codebook(a=["x"], c=["y"]), changes)
    assert list(once.codes) == ["b", "a", "c"]
    assert once.code("a").replaced_by == "b"
    assert with_operations(once, changes) == once
    assert with_operations(codebook(b=["x"]), changes) == codebook(b=["x"])


def test_a_split_into_codes_that_nobody_described_is_named(tmp_path):
    changes = logged(tmp_path, ("split", "a", ("b", "c")))
    with pytest.raises(wb.CodebookError, match="'b' is not here. Write down what it means"):
        with_operations(codebook(a=["x"]), changes)
