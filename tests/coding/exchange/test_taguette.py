"""A project of Taguette gives its texts, tags and highlights."""

import html

import pytest
from builders.qda_databases import DAY, highlight, taguette
from hypothesis import given, settings
from hypothesis import strategies as st

import wbkit as wb
from wbkit.coding.exchange.taguette import PageText

PAGE = ("<h1>Gesprek &amp; meer</h1>\n<p>Ik had <b>échte</b> stress 👍🏽\nvoor de toets.</p>\n"
        "<ul><li>Mijn coach</li><li>hielp mij.</li></ul>"
        "<table><tr><td>druk</td><td>ja</td></tr></table><p>Dat was   fijn.</p>")
WORDS = ("Gesprek & meer\nIk had échte stress 👍🏽\nvoor de toets.\nMijn coachhielp mij.drukja"
         "Dat was   fijn.")  # as a browser strings the words together
TAGS = {"druk": "voelt druk", "druk.toets": "", "steun": ""}


def project(path, *more, log=(), **rows):
    snippet = "<p><b>échte</b> stress 👍🏽\nvoor</p>"
    marks = [highlight(1, WORDS, "échte stress 👍🏽\nvoor", snippet),
             highlight(2, WORDS, "coachhielp", "<ul><li>coach</li><li>hielp</li></ul>"), *more]
    given = [{"highlight_id": 1, "tag_id": 1}, {"highlight_id": 1, "tag_id": 2},
             {"highlight_id": 2, "tag_id": 3}]
    rows = {"highlights": marks, "highlight_tags": given} | rows
    return taguette(path, PAGE, tags=TAGS, log=log, **rows)


def added(highlight_id, tags):
    return {"type": "highlight_add", "highlight_id": highlight_id, "tags": tags}


LOG = [("2026-01-05 09:00:00.123", "anna", added(1, [1])),
       ("2026-01-06 09:00:00", "bas", added(1, [1, 2])), (DAY, "bas", added(2, [3])),
       (DAY, "bas", {"type": "tag_add", "tag_id": 1})]


def test_texts_tags_and_highlights_are_equal(tmp_path):
    found = wb.read_taguette(project(tmp_path / "a.sqlite3", log=LOG))
    assert found.texts["gesprek_1"].text == (
        "Gesprek & meer\nIk had échte stress 👍🏽 voor de toets.\nMijn coach\nhielp mij.\n"
        "druk\tja\nDat was fijn.")
    assert {name: (code.words("nl"), code.parents) for name, code in
            found.codebook.codes.items()} == {
        "druk": ("druk", ()), "druk_toets": ("druk.toets", ("druk",)), "steun": ("steun", ())}
    assert found.codebook.code("druk").definition == "voelt druk"
    columns = ["quote", "code", "coder", "time"]
    assert sorted(found.codings[columns].itertuples(index=False, name=None)) == [
        ("coach\nhielp", "steun", "bas", "2026-01-05T09:00:00Z"),
        ("échte stress 👍🏽 voor", "druk", "anna", "2026-01-05T09:00:00Z"),
        ("échte stress 👍🏽 voor", "druk_toets", "bas", "2026-01-06T09:00:00Z")]
    assert (found.warnings, found.left_out) == ((), ("lines of the log: 4",))


def test_a_quote_that_is_not_in_the_text_gets_no_place(tmp_path):
    shifted = highlight(3, WORDS, "fijn", "<p>fijn</p>")
    shifted |= {"start_offset": shifted["start_offset"] + 1}
    invented = highlight(4, WORDS, "druk", "<p>stil</p>")
    inside = highlight(5, WORDS, "👍", "<p>👍</p>")
    inside |= {"start_offset": inside["start_offset"] + 1}  # within a sign of four bytes
    found = wb.read_taguette(project(tmp_path / "a.sqlite3", shifted, invented, inside))
    assert len(found.codings) == 3
    assert "selections without a place: 3" in found.left_out
    assert "the quote of 3 highlights does not stand where it should: " in found.warnings[0]


def test_without_a_log_nobody_is_named_and_a_highlight_without_tags_is_counted(tmp_path):
    found = wb.read_taguette(project(
        tmp_path / "a.sqlite3", highlight(3, WORDS, "fijn", "<p>fijn</p>")))
    assert set(found.codings["coder"]) == {"import"}
    assert found.left_out == ("selections without a code: 1",)


def test_of_several_projects_one_must_be_named(tmp_path):
    other = {"id": 2, "name": "ander", "description": "", "created": DAY}
    path = project(tmp_path / "a.sqlite3", more=[other])
    with pytest.raises(wb.CodingError, match="holds 2 projects: 'proef', 'ander'. Give the name"):
        wb.read_taguette(path)
    assert len(wb.read_taguette(path, project="proef").codings) == 3
    assert wb.read_taguette(path, project="ander").texts == {}
    with pytest.raises(wb.CodingError, match="holds 2 projects"):
        wb.read_taguette(path, project="weg")


def test_what_somebody_wrote_about_a_text_is_a_memo_about_it(tmp_path):
    told = {"id": 1, "name": "Gesprek", "description": "rumoerig", "created": DAY, "project_id": 1,
            "contents": PAGE}
    found = wb.read_taguette(project(tmp_path / "a.sqlite3", documents=[told]))
    with wb.CodingStore(tmp_path / "coding") as store:
        assert store.add_refi(found, privacy="synthetic").memos == 1
        assert [(one.text, one.document) for one in store.memos()] == [("rumoerig", "gesprek")]


def test_a_project_of_another_program_is_refused(tmp_path):
    with pytest.raises(wb.CodingError, match="is no database, and Taguette keeps"):
        (tmp_path / "a.sqlite3").write_text("niets")
        wb.read_taguette(tmp_path / "a.sqlite3")


PIECES = st.lists(st.text("ab é👍🏽&<\n .", min_size=1, max_size=12).filter(str.strip),
                  min_size=1, max_size=6)
TAGGED = st.sampled_from(["<p>{}</p>", "<p><b>{}</b></p>", "<ul><li>{}</li></ul>", "<h2>{}</h2>",
                          "<blockquote><p>{}</p></blockquote>"])


@st.composite
def pages(draw):
    """Make a page of Taguette, its words without lay-out, and passages marked in it."""
    pieces = draw(PIECES)
    page = "\n".join(draw(TAGGED).format(html.escape(one)) for one in pieces)
    words = "\n".join(pieces)
    marks = draw(st.lists(st.tuples(st.integers(0, len(words)), st.integers(1, len(words)),
                                    st.integers(-3, 3), st.booleans()), min_size=1, max_size=5))
    return page, words, [(start, min(start + size, len(words)), by, invented)
                         for start, size, by, invented in marks]


@settings(max_examples=80, deadline=None)
@given(pages())
def test_a_highlight_has_a_place_only_where_its_quote_stands(tmp_path_factory, made):
    page, words, marks = made
    rows, right = [], 0
    for number, (start, end, by, invented) in enumerate(marks, start=1):
        quote = "verzonnen" if invented else words[start:end]
        first, last = (len(words[:edge].encode()) + by for edge in (start, end))
        rows.append({"id": number, "document_id": 1, "start_offset": first, "end_offset": last,
                     "snippet": f"<p>{html.escape(quote)}</p>"})
        right += bool(quote.strip()) and not by and not invented
    path = tmp_path_factory.mktemp("taguette") / "a.sqlite3"
    found = wb.read_taguette(taguette(
        path, page, tags={"druk": ""}, highlights=rows,
        highlight_tags=[{"highlight_id": one["id"], "tag_id": 1} for one in rows]))
    said = {row["id"]: PageText(row["snippet"]).text.split() for row in rows}
    text = next(iter(found.texts.values())).text
    assert "verzonnen" not in "".join(found.codings["quote"])
    for row in found.codings.itertuples():
        assert text[row.start:row.end] == row.quote
        assert row.quote.split() in said.values()
    assert len(found.codings) >= right
