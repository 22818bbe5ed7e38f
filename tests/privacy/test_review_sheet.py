"""The review sheet: what a person reads and chooses comes back as it was meant."""

import pytest
from openpyxl import load_workbook

import wbkit as wb
from wbkit.privacy import review_sheet
from wbkit.privacy.private_folder import NAMES, SHEET, read_names
from wbkit.privacy.review import CAPITAL, KEEP, REPLACE, Decision, Proposal, Review, proposals
from wbkit.privacy.review_sheet import Text, read_review, write_review

FATIMA = Proposal("Fatima", "NAAM", "list", 3, 2, "toen zei »Fatima« iets")


def written(folder, *decisions, language="nl", read=None, found=(FATIMA,)):
    review = Review(decisions, read or {})
    write_review(folder / SHEET, review, [(one, "[Corlin]") for one in found],
                 [Text("gesprek_01", 20, 1, "a" * 64)], language=language)
    return read_review(folder)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("choice", [REPLACE, KEEP, CAPITAL])
def test_a_decision_survives_the_sheet_in_both_languages(tmp_path, language, choice):
    review = written(tmp_path, Decision("Fatima", choice, "NAAM"), language=language)
    assert review.decision("fatima") == Decision("Fatima", choice, "NAAM")


def test_a_word_that_is_no_longer_found_keeps_its_decision(tmp_path):
    review = written(tmp_path, Decision("Kevin", KEEP, "NAAM"))
    assert review.decision("kevin").choice == KEEP
    assert review.safe == {"kevin"}


def test_an_undecided_word_comes_back_undecided(tmp_path):
    review = written(tmp_path)
    assert review.decision("Fatima") is None
    assert [one.word for one in review.decisions] == ["Fatima"]


def test_a_text_counts_as_read_in_the_version_that_was_read(tmp_path):
    review = written(tmp_path, read={"gesprek_01": "a" * 12})
    assert review.is_read("gesprek_01", "a" * 64)
    assert not review.is_read("gesprek_01", "b" * 64)
    assert not review.is_read("gesprek_02", "a" * 64)


def test_a_word_that_begins_like_a_formula_stays_a_word(tmp_path):
    odd = Proposal("=1+1", "NAAM", "capital", 1, 1, "")
    written(tmp_path, found=(odd,))
    assert load_workbook(tmp_path / SHEET).worksheets[0].cell(2, 1).value == "=1+1"
    assert load_workbook(tmp_path / SHEET).worksheets[0].cell(2, 1).data_type == "s"


def test_a_choice_that_there_is_not_says_what_there_may_be(tmp_path):
    written(tmp_path)
    book = load_workbook(tmp_path / SHEET)
    book.worksheets[0].cell(2, 7).value = "misschien"
    book.save(tmp_path / SHEET)
    with pytest.raises(wb.DataError, match=r"row 2.*'misschien'.*vervangen, laten staan"):
        read_review(tmp_path)


@pytest.mark.parametrize(("at", "column", "sheet"), [
    (1, "woord", 0), (2, "soort", 0), (7, "besluit (kies)", 0), (8, "liever dit", 0),
    (1, "tekst", 1), (4, "helemaal gelezen?", 1), (5, "versie", 1)])
def test_a_column_that_somebody_removed_is_missed(tmp_path, at, column, sheet):
    written(tmp_path, Decision("Fatima", REPLACE, "NAAM"))
    book = load_workbook(tmp_path / SHEET)
    book.worksheets[sheet].delete_cols(at)
    book.save(tmp_path / SHEET)
    with pytest.raises(wb.DataError) as fault:
        read_review(tmp_path)
    assert f"sheet {book.sheetnames[sheet]}: the column '{column}' stands there 0 times" \
        in str(fault.value)


def test_columns_may_stand_in_another_order(tmp_path):
    written(tmp_path, Decision("Fatima", REPLACE, "NAAM", "[Kim]"), read={"gesprek_01": "a" * 12})
    book = load_workbook(tmp_path / SHEET)
    for sheet in book.worksheets:
        sheet.insert_cols(1)
    book.worksheets[0].move_range("I1:I2", cols=4)
    book.save(tmp_path / SHEET)
    review = read_review(tmp_path)
    assert review.decision("Fatima") == Decision("Fatima", REPLACE, "NAAM", "[Kim]")
    assert review.is_read("gesprek_01", "a" * 64)


@pytest.mark.parametrize("own", ["Kim Bos", "kim bos", "Kim", "Bos, Kim"])
def test_a_real_name_is_no_pseudonym(tmp_path, own):
    (tmp_path / NAMES).write_text("Kim Bos\n")
    with pytest.raises(wb.DataError, match=r"row 2: under 'liever dit' stands a name") as fault:
        written(tmp_path, Decision("Fatima", REPLACE, "NAAM", f"[{own}]"))
    assert "Kim" not in str(fault.value)


@pytest.mark.parametrize("words", [("gijs", "meijer"), ("Gijs Smit", "Kim Smit"),
                                   ("Gijs Smit", "smit", "kim")])
def test_two_people_do_not_get_one_name(tmp_path, words):
    with pytest.raises(wb.DataError, match=r"rows 3, 4.*: different people get the same name"):
        written(tmp_path, *(Decision(one, REPLACE, "NAAM", "[Nova]") for one in words))


@pytest.mark.parametrize(("own", "kind", "words"), [
    ("Nova", "NAAM", ("petra", "Petra van den Berg", "mevrouw Van den Berg", "P. van den Berg")),
    ("Nova", "NAAM", ("gijs", "meijer")),  # one line of names.csv
    ("docent", "NAAM", ("petra", "kevin")),
    ("Noordstad", "PLAATS", ("Raalte", "Zwolle")),
])
def test_one_person_and_a_word_for_a_role_keep_their_pseudonym(tmp_path, own, kind, words):
    (tmp_path / NAMES).write_text("Gijs Meijer\nKim Bos\n")
    review = written(tmp_path, *(Decision(one, REPLACE, kind, f"[{own}]") for one in words))
    assert {review.decision(one).pseudonym for one in words} == {f"[{own}]"}


def test_another_file_by_that_name_is_refused(tmp_path):
    (tmp_path / SHEET).write_bytes(b"iets anders")
    with pytest.raises(wb.DataError, match="is not the review sheet"):
        read_review(tmp_path)


def test_proposals_are_one_for_each_word_with_an_example():
    texts = [("a", "Fatima zei iets. Toen kwam fatima."), ("b", "ik zag Fatima en Kevin")]
    first, second = proposals(texts, Review())
    assert (first.word, first.n, first.texts) == ("Fatima", 3, 2)
    assert (second.word, second.n) == ("Kevin", 1)
    assert "»Fatima«" in first.example


@pytest.mark.parametrize(("content", "expected"), [
    ("naam;soort\nFatima Yilmaz;persoon\nHouten;plaats\n", {"Fatima Yilmaz": "NAAM",
                                                           "Houten": "PLAATS"}),
    ("Fatima Yilmaz\n# klas 2b\nDe Linde;school", {"Fatima Yilmaz": "NAAM",
                                                  "De Linde": "SCHOOL"}),
    ("", {}),
])
def test_the_list_of_names_is_one_name_a_line(tmp_path, content, expected):
    (tmp_path / NAMES).write_text(content)
    assert read_names(tmp_path).names == expected


def test_the_list_of_names_may_come_from_excel_on_windows(tmp_path):
    (tmp_path / NAMES).write_bytes("Zoë Çelik;persoon\r\n".encode("cp1252"))
    assert read_names(tmp_path).names == {"Zoë Çelik": "NAAM"}


def test_a_kind_of_name_that_there_is_not_says_which_line(tmp_path):
    (tmp_path / NAMES).write_text("Fatima\nHouten;gebouw\n")
    with pytest.raises(wb.DataError, match="line 2: behind the name stands 'gebouw'"):
        read_names(tmp_path)


def test_a_file_that_is_no_csv_is_refused(tmp_path):
    (tmp_path / NAMES).write_text('"' + "x" * 140_000)
    with pytest.raises(wb.DataError, match=r"names.csv: is no csv file"):
        read_names(tmp_path)


def test_a_sheet_that_cannot_be_written_whole_stays_as_it_was(tmp_path, monkeypatch):
    file = tmp_path / "review.xlsx"
    write_review(file, Review(), [], [], language="nl")
    before = file.read_bytes()

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(review_sheet, "_list", stop)
    with pytest.raises(KeyboardInterrupt):
        write_review(file, Review(), [], [], language="nl")
    assert file.read_bytes() == before
