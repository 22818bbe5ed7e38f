"""A codebook says where it is wrong, and knows what stands under what."""

import pytest
from builders import transcripts
from builders.codebooks import GOOD

from wbkit.errors import CodebookError
from wbkit.study.codebook import load_codebook

# what is written in place of what, words of the message
WRONG = [
    ('label = "Druk"', 'labl = "Druk"', r"codebook.toml, codes.druk.labl: unknown key. Did you me"),
    ('definition = "Stress."\n', "", r"codes.druk.definition: is missing. Add it."),
    ('"school"]', '"scool"]', r"refers to the code 'scool', which is not here. Did you mean 'sch"),
    ('"block"', '"blok"', r"codes.druk.terms.1.negation: should be 'keep', 'block' or 'rev"),
    ('"stress*"', '"*"', r"codes.druk.terms.0: the term '\*' holds no letter"),
    ('"stress*"', '"veel *"', r"a \* that stands alone"),
    ('term = "druk"', 'term = "geen druk"', r"holds 'geen' itself"),
    ('"stress*"', '"DRUK"', r"with negation 'keep' and 'block'. Keep one"),
    ('"Wat school vraagt."', '"Wat."\nparents = ["druk"]', r"its parents lead back to \w+ itself"),
    ("[codes.druk]", "[codes.Druk]", r"should be an id: small letters"),
    ('label = "Druk"', "label = ", r"is not valid TOML"),
    ('definition = "Stress."', 'definition = "Stress."\nreplaced_by = "x"', r"refers to the code"),
]


def written(folder, text):
    file = folder / "codebook.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_codebook_is_read_with_its_terms(tmp_path):
    book = load_codebook(written(tmp_path, GOOD))
    assert [(term.term, term.negation) for term in book.code("druk").terms] == [
        ("stress*", "keep"), ("druk", "block")]
    assert book.words("en") == {"welbevinden": "Wellbeing", "druk": "Druk", "school": "School"}


@pytest.mark.parametrize("head", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_codebook_that_notepad_saved_is_the_same_codebook(tmp_path, head, end):
    plain = load_codebook(written(tmp_path, GOOD)).model_dump()
    (tmp_path / "codebook.toml").write_bytes(f"{head}{GOOD}".replace("\n", end).encode())
    assert load_codebook(tmp_path / "codebook.toml").model_dump() == plain


def test_a_code_with_two_parents_stands_under_both(tmp_path):
    book = load_codebook(written(tmp_path, GOOD))
    assert book.parents("druk") == ["welbevinden", "school"]
    assert book.descendants("school") == ["school", "druk"]
    assert book.ancestors("druk") == ["welbevinden", "school"]


def test_a_code_under_two_branches_of_one_parent_is_under_it_once():
    code = {"parents": ["b", "c"]}
    book = transcripts.codebook(a=[], b={"parents": ["a"]}, c={"parents": ["a"]}, d=code)
    assert book.descendants("a") == ["a", "b", "c", "d"]


@pytest.mark.parametrize(("old", "new", "words"), WRONG)
def test_a_fault_says_where_and_what(tmp_path, old, new, words):
    assert old in GOOD
    with pytest.raises(CodebookError, match=words):
        load_codebook(written(tmp_path, GOOD.replace(old, new)))


def test_without_a_path_the_codebook_stands_beside_study_toml(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "study.toml").write_text("", encoding="utf-8")
    written(tmp_path / "data", GOOD)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WBKIT_STUDY", raising=False)
    assert list(load_codebook().codes) == ["welbevinden", "druk", "school"]


def test_a_codebook_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CodebookError, match=r"codebook.toml: there is no such file"):
        load_codebook(tmp_path)


def test_codes_of_a_scheme_come_in_the_order_of_the_file():
    book = transcripts.codebook(a={"scheme": "x"}, b={"scheme": "y"}, c={"scheme": "x"})
    assert book.of("x") == ["a", "c"]
    with pytest.raises(CodebookError, match="The schemes are x, y"):
        book.of("z")


def test_an_unknown_code_gets_a_suggestion():
    with pytest.raises(CodebookError, match="Did you mean 'druk'"):
        transcripts.codebook(druk=["druk"]).code("durk")
