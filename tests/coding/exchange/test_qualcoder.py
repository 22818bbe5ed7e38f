"""A project of QualCoder gives its texts, codes, codings, memos, cases and attributes."""

import random

import pytest
from builders.qda_databases import DAY, QUALCODER, coded, database, qualcoder

import wbkit as wb

TEXT = "Ik had stress 👍🏽 voor de toets.\nMijn coach hielp mij.\nDat was fijn."
OTHER = "De stage was druk."
OWNED = {"owner": "Anna B.", "date": DAY}


def source(number, name, text, **rest):
    return {"id": number, "name": name, "fulltext": text, "memo": "", **OWNED, **rest}


def rows(**more):
    """Two texts, two categories, three codes, four codings of two coders."""
    return {
        "project": [{"databaseversion": "v17", "date": DAY, "memo": "over de proef"}],
        "source": [source(1, "Gesprek 1", TEXT, memo="een druk gesprek"),
                   source(2, "Gesprek 2", OTHER),
                   source(3, "foto", None, mediapath="/images/foto.jpg")],
        "code_cat": [{"catid": 1, "name": "Welzijn"},
                     {"catid": 2, "name": "School", "supercatid": 1}],
        "code_name": [{"cid": 1, "name": "Druk", "memo": "voelt druk", "catid": 2},
                      {"cid": 2, "name": "Steun", "catid": 1},
                      {"cid": 3, "name": "Stress", "supercid": 1}],
        "code_text": [
            coded(1, 3, 1, TEXT, "stress 👍🏽 voor", "Anna B.", memo="welke toets?"),
            coded(2, 2, 1, TEXT, "coach hielp mij.\nDat was", "Bas"),
            coded(3, 1, 2, OTHER, "druk", "Bas"), coded(4, 2, 1, TEXT, "fijn", "Anna B.")],
        "cases": [{"caseid": 1, "name": "groep groen", "memo": ""}],
        "case_text": [{"id": 1, "caseid": 1, "fid": 1, "pos0": 0, "pos1": len(TEXT)},
                      {"id": 2, "caseid": 1, "fid": 2, "pos0": 3, "pos1": 8}],
        "attribute_type": [{"name": "team", "caseOrFile": "case", "valuetype": "character"},
                           {"name": "jaar", "caseOrFile": "file", "valuetype": "numeric"}],
        "attribute": [{"name": "team", "attr_type": "case", "value": "groen", "id": 1},
                      {"name": "jaar", "attr_type": "file", "value": "2026", "id": 2},
                      {"name": "jaar", "attr_type": "file", "value": "", "id": 1}],
        "annotation": [{"anid": 1, "fid": 1, "pos0": 0, "pos1": 2, "memo": "wie?", **OWNED}],
        "journal": [{"jid": 1, "name": "dag 1", "jentry": "Veel geleerd.", **OWNED}],
    } | more


def test_texts_codes_codings_memos_and_cases_are_equal(tmp_path):
    project = wb.read_qualcoder(qualcoder(tmp_path / "proef.qda", **rows()))
    assert {name: one.text for name, one in project.texts.items()} == {
        "gesprek_1": TEXT, "gesprek_2": OTHER}
    book = project.codebook
    assert {name: (code.words("nl"), code.parents) for name, code in book.codes.items()} == {
        "welzijn": ("Welzijn", ()), "school": ("School", ("welzijn",)),
        "druk": ("Druk", ("school",)), "steun": ("Steun", ("welzijn",)),
        "stress": ("Stress", ("druk",))}
    assert book.code("druk").definition == "voelt druk"
    found = project.codings[["document", "quote", "code", "coder", "memo", "time"]]
    assert sorted(found.itertuples(index=False, name=None)) == [
        ("gesprek_1", "coach hielp mij.\nDat was", "steun", "bas", "", "2026-01-05T09:00:00"),
        ("gesprek_1", "fijn", "steun", "anna_b", "", "2026-01-05T09:00:00"),
        ("gesprek_1", "stress 👍🏽 voor", "stress", "anna_b", "welke toets?",
         "2026-01-05T09:00:00"),
        ("gesprek_2", "druk", "druk", "bas", "", "2026-01-05T09:00:00")]
    assert project.attributes_of(project.texts["gesprek_1"]) == {"team": "groen"}
    assert project.attributes_of(project.texts["gesprek_2"]) == {"jaar": "2026"}
    assert [one.name for one in project.cases] == ["groep groen"]
    assert project.warnings == ()
    assert project.left_out == (
        "sources without text: 1", "parts of texts that belong to a case: 1",
        "places of memos about a passage: 1")


def test_memos_reach_the_store_with_what_they_are_about(tmp_path):
    project = wb.read_qualcoder(qualcoder(tmp_path / "proef.qda", **rows()))
    with wb.CodingStore(tmp_path / "coding") as store:
        done = store.add_refi(project, privacy="synthetic", source="gesprekken")
        memos = {(one.text, one.document, one.kind, one.title) for one in store.memos()}
    assert (done.texts, done.codings, done.memos) == (2, 4, 4)
    assert memos == {("een druk gesprek", "gesprek_1", "theory", ""),
                     ("wie?", "gesprek_1", "theory", "0-2"),
                     ("Veel geleerd.", "", "method", "dag 1"),
                     ("over de proef", "", "method", "proef")}


def test_a_quote_that_is_not_in_the_text_gets_no_place(tmp_path):
    shifted = coded(1, 1, 1, TEXT, "coach", "Bas") | {"pos0": 40, "pos1": 45}
    invented = coded(2, 1, 1, TEXT, "coach", "Bas") | {"seltext": "docent"}
    good = coded(3, 1, 1, TEXT, "hielp", "Bas")
    project = wb.read_qualcoder(qualcoder(
        tmp_path / "proef.qda", **rows(code_text=[shifted, invented, good])))
    assert project.codings["quote"].tolist() == ["hielp"]
    assert "selections without a place: 2" in project.left_out
    (warning,) = project.warnings
    assert "'Gesprek 1': the quote of 2 codings does not stand where it should: 40-45, " in warning


def test_codings_that_python_counted_are_placed_too(tmp_path):
    every = [coded(at, 1, 1, TEXT, quote, "Bas", unit="points")
             for at, quote in enumerate(("coach", "hielp mij", "fijn"), start=1)]
    project = wb.read_qualcoder(qualcoder(tmp_path / "proef.qda", **rows(code_text=every)))
    assert project.codings["quote"].tolist() == ["coach", "hielp mij", "fijn"]


def test_a_quote_that_two_ways_of_counting_find_follows_the_other_codings(tmp_path):
    text = "👍 aaaaa, dat was fijn"
    double = coded(1, 1, 1, text, "aa", "Bas")  # one place further stands "aa" too
    sure = coded(2, 1, 1, text, "fijn", "Bas")
    for name, every, found in (("a", [double, sure], [(2, "aa"), (17, "fijn")]),
                               ("b", [double], [])):
        project = wb.read_qualcoder(qualcoder(
            tmp_path / name, **rows(source=[source(1, "a", text)], code_text=every)))
        assert [(row.start, row.quote) for row in project.codings.itertuples()] == found
    assert "selections without a place: 1" in project.left_out


def test_what_a_project_cannot_hold_is_counted(tmp_path):
    project = wb.read_qualcoder(qualcoder(tmp_path / "proef.qda", **rows(
        code_image=[{"imid": 1, "id": 3, "cid": 1}], code_av=[{"avid": 1}], graph=[{"grid": 1}],
        stored_sql=[{"title": "x"}], ris=[{"risid": 1}],
        code_text=[coded(1, 1, 1, TEXT, "coach", "Bas", important=1)])))
    for line in ("codes on pictures and pages: 1", "codes on sound and video: 1", "diagrams: 1",
                 "stored queries: 1", "lines of bibliographic references: 1",
                 "marks of importance: 1"):
        assert line in project.left_out


def test_an_older_project_without_some_columns_is_read(tmp_path):
    old = {name: columns for name, columns in QUALCODER.items()
           if name in ("source", "code_name", "code_text", "code_cat")}
    old["code_name"] = "cid integer primary key, name, memo, catid, owner, date, color"
    old["code_text"] = "cid, fid, seltext, pos0, pos1, owner, date, memo"
    coding = coded(1, 1, 1, TEXT, "coach", "Bas")
    del coding["ctid"]
    project = wb.read_qualcoder(qualcoder(
        tmp_path / "oud.qda", schema=old, source=[source(1, "a", TEXT)],
        code_name=[{"cid": 1, "name": "Steun"}], code_text=[coding]))
    assert project.codings["quote"].tolist() == ["coach"]


def test_what_is_no_project_is_refused_by_name(tmp_path):
    with pytest.raises(wb.CodingError, match=r"weg\.qda: there is no such file"):
        wb.read_qualcoder(tmp_path / "weg.qda")
    (tmp_path / "a.qda").write_bytes(b"geen database")
    with pytest.raises(wb.CodingError, match="is no database, and QualCoder keeps"):
        wb.read_qualcoder(tmp_path / "a.qda")
    with pytest.raises(wb.CodingError, match="is no project of QualCoder: it has no table 'code_n"):
        wb.read_qualcoder(database(tmp_path / "b.qda", {"source": "id"}))
    path = database(tmp_path / "c.qda", QUALCODER, **rows())
    content = path.read_bytes()
    path.write_bytes(content[:5000] + b"\xff" * (len(content) - 5000))
    with pytest.raises(wb.CodingError, match="cannot be read. It is damaged, or QualCoder still"):
        wb.read_qualcoder(path)


def test_reading_does_not_change_the_project(tmp_path):
    folder = qualcoder(tmp_path / "proef.qda", **rows())
    before = {path: path.read_bytes() for path in folder.rglob("*")}
    wb.read_qualcoder(folder)
    assert {path: path.read_bytes() for path in folder.rglob("*")} == before


def test_of_1000_planted_quotes_none_is_accepted_where_it_does_not_stand(tmp_path):
    text = " ".join(f"Dit is zin {at} 👍 over les {at * 7 % 11}." for at in range(60))
    seeded, planted = random.Random(4), []
    for at in range(1000):
        start = seeded.randrange(len(text) - 30)
        quote = text[start:start + seeded.randrange(3, 25)]
        row = coded(at + 1, 1, 1, text, quote, "Bas")
        shift = seeded.choice((-3, -2, -1, 1, 2, 3))
        words = {"seltext": quote[::-1] + "x"} if at % 2 else {
            "pos0": row["pos0"] + shift, "pos1": row["pos1"] + shift}
        planted.append(row | words)
    project = wb.read_qualcoder(qualcoder(
        tmp_path / "a.qda", **rows(source=[source(1, "a", text)], code_text=planted)))
    found = [(one, row["seltext"]) for one, row in zip(
        project.sources[0].selections, planted, strict=True) if one.start >= 0]
    assert all(one.quote == text[one.start:one.end] == quote for one, quote in found)
    assert len(found) < 50  # the words stand there, by the other way of counting
