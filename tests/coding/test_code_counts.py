"""Units are counted: never texts, speakers or mentions in their place."""

import pandas as pd
import pytest
from builders import codings as by_hand
from builders import transcripts

from wbkit.coding.code_counts import code_frequency, code_matrix
from wbkit.coding.code_patterns import cooccurrence
from wbkit.coding.coded_segments import coded_segments
from wbkit.coding.dictionary import code_by_dictionary
from wbkit.data.documents import Documents
from wbkit.errors import CodebookError, CodingError, DataError, DisclosureError
from wbkit.report.plots.bars import plot_bars
from wbkit.report.plots.heatmap import plot_heatmap

BOOK = transcripts.codebook(wel=[], druk={"parents": ["wel"], "terms": ["druk", "stress"]},
                      slaap={"parents": ["wel"], "terms": ["slaap"]}, geld=["geld"])


def coded(*several, book=BOOK, team=None, unit=None, **fields):
    data = pd.DataFrame({"document": [str(at) for at in range(1, len(several) + 1)],
                         "text": list(several)})
    data = data.assign(**({"team": team} if team else {}), **({"unit": unit} if unit else {}))
    return code_by_dictionary(Documents.of(data, transcripts.source(**fields)), book)


def numbers(table, *columns):
    return table.data[list(columns)].values.tolist()


def test_a_unit_with_several_mentions_counts_once():
    table = code_frequency(coded("druk druk stress", "geld", ""))
    assert numbers(table, "value", "n", "base") == [
        ["wel", 1, 3], ["druk", 1, 3], ["slaap", 0, 3], ["geld", 1, 3]]


def test_a_parent_counts_a_unit_once_whatever_stands_under_it():
    table = code_frequency(coded("druk en slaap", "slaap"))
    assert numbers(table, "value", "n")[:3] == [["wel", 2], ["druk", 1], ["slaap", 2]]


def test_two_texts_of_one_unit_count_as_one():
    table = code_frequency(coded("geld", "geld", "niets", unit=["a", "a", "b"]), codes=["geld"])
    assert numbers(table, "n", "base") == [[1, 2]]


def test_groups_have_their_own_base():
    codings = coded("geld", "niets", "geld", "geld", team=["zorg", "zorg", "media", ""])
    table = code_frequency(codings, by="team", codes=["geld"])
    assert numbers(table, "team", "n", "base") == [
        ["media", 1, 1], ["zorg", 1, 2], ["unknown", 1, 1]]
    assert "niet bekend" in repr(table)


def test_hits_are_called_key_words_until_people_have_coded():
    codings = coded("geld", "niets")
    table = code_frequency(codings, codes=["geld"])
    assert table.show().title == "Gevonden met zoekwoorden in leiders"
    assert any("geen aandeel van interviews" in note for note in table.show().notes)
    assert table.sentence("geld") == (
        "Gevonden met zoekwoorden van ‘geld’: 1 van de 2 doorzochte interviews.")
    assert table.show("en").title == "Found with key words in leiders"


def test_hits_are_never_a_share_of_people():
    codings = coded(*["geld"] * 6, *["niets"] * 14, team=["zorg", "media"] * 10)
    for table in (code_frequency(codings), code_frequency(codings, by="team"),
                  code_matrix(codings), cooccurrence(codings, near="document")):
        assert table.data["share"].isna().all()
        assert "%" not in repr(table) + repr(table.show("en"))
        assert "gevonden met zoekwoorden" in repr(table).lower()
        assert "aandeel " not in repr(table).replace("geen aandeel van", "")
    assert "%" not in code_frequency(codings).sentence("geld")
    for figure in (plot_bars(code_frequency(codings)), plot_heatmap(code_matrix(codings)),
                   plot_heatmap(code_frequency(codings, by="team"))):
        assert "%" not in figure.alt


def test_bars_of_hits_count_what_was_found():
    figure = plot_bars(code_frequency(coded(*["geld"] * 6, *["niets"] * 14), codes=["geld"]))
    (axes,) = figure.picture.axes
    assert axes.get_xlabel() == "aantal interviews, gevonden met zoekwoorden"
    assert "gevonden met zoekwoorden" in figure.alt.lower()
    assert figure.alt.endswith("Doorzocht: 20 interviews.")


def test_hits_of_which_a_part_was_searched_say_so():
    codings = coded("geld", "niets", "geld")
    part = type(codings)(codings.data, codings.documents, codings.codebook,
                         codings.considered.iloc[:2])
    assert code_frequency(part, codes=["geld"]).show().base.startswith(
        "Doorzocht: 2 van de 3 interviews met tekst.")


def test_codes_given_by_people_are_called_codes():
    codings = coded("geld")
    by_hand = type(codings)(codings.data.assign(origin="manual", coder="anne"), codings.documents,
                            codings.codebook, codings.considered.assign(coder="anne"))
    table = code_frequency(by_hand, codes=["geld"])
    assert table.show().title == "Codes in leiders"
    assert "zoekwoord" not in repr(table)


def test_passages_of_two_coders_over_each_other_are_one_mention():
    rows = [("1", 0, 5, "a", "anke"), ("1", 3, 8, "a", "bram"), ("1", 4, 6, "a", "anke"),
            ("1", 8, 9, "a", "bram"), ("2", 0, 2, "a", "bram")]
    table = code_matrix(by_hand.coded(*rows), codes=["a"])
    assert numbers(table, "n", "base", "mentions") == [[2, 3, 3]]
    assert "Een code telt als een van de codeurs (anke en bram) hem gaf." in table.show().notes


def test_a_coding_on_which_nothing_was_decided_is_named_and_not_counted():
    made = by_hand.coded(("1", 0, 5, "a", "anke"), ("2", 3, 8, "a", "anke"), coders=("anke",))
    made = type(made)(made.data.assign(status=["accepted", "review"]), made.documents,
                      made.codebook, made.considered)
    table = code_matrix(made, codes=["a"])
    assert numbers(table, "n", "mentions") == [[1, 1]]
    assert "Coderingen waarover nog niet besloten is, niet meegeteld: 1." in table.show().notes


def test_one_coder_needs_no_words_about_several():
    table = code_matrix(by_hand.coded(("1", 0, 5, "a", "anke"), coders=("anke",)))
    assert not any("codeurs" in note for note in table.show().notes)


def test_hits_that_wait_for_a_reader_are_named():
    book = transcripts.codebook(druk=[{"term": "druk", "negation": "review"}])
    table = code_frequency(coded("geen druk", "druk", book=book))
    assert any(note.startswith("Zoekwoorden met een ontkenning erbij: 1.")
               for note in table.show().notes)


def test_sources_stand_beside_each_other_with_their_own_unit_and_base():
    leaders = coded("geld", "niets", "geld geld")
    sheets = coded("geld", name="vellen", unit=["1"], format="docx")
    table = code_matrix([leaders, sheets], codes=["geld"])
    assert numbers(table, "row", "unit", "n", "base", "mentions") == [
        ["leiders", "interview", 2, 3, 3], ["vellen", "interview", 1, 1, 1]]
    assert "leiders (n = 3 interviews)" in repr(table)
    assert "niet opgeteld" in repr(table)
    assert "total" not in set(table.data["row"])


def test_each_text_shows_its_mentions():
    table = code_matrix(coded("geld geld", "niets"), rows="document", codes=["geld"])
    assert numbers(table, "row", "n", "base", "mentions") == [["1", 1, 1, 2], ["2", 0, 1, 0]]


def test_guide_questions_count_the_conversations_in_which_they_were_talked_about():
    turns = pd.DataFrame({
        "document": ["1", "1", "2"], "turn": [1, 2, 1], "start": [0, 5, 0], "end": [4, 11, 4],
        "speaker": "TL", "role": "teamleider", "question": ["L2", "L10", "L2"], "time": ""})
    documents = Documents.of({"1": "geld niets", "2": "geld"}, transcripts.source(),
                             turns=turns.assign(end=[4, 10, 4]))
    table = code_matrix(code_by_dictionary(documents, BOOK), rows="question", codes=["geld"])
    assert numbers(table, "row", "n", "base") == [["L2", 2, 2], ["L10", 0, 1]]


def test_what_was_coded_before_anybody_spoke_belongs_to_no_question():
    turns = pd.DataFrame({"document": "1", "turn": 1, "start": [4], "end": [10], "speaker": "TL",
                          "role": "teamleider", "question": "L1", "time": ""})
    made = by_hand.coded(("1", 0, 3, "a", "anke"), ("1", 5, 7, "b", "anke"), lengths=(10,),
                         documents={"turns": turns})
    table = code_matrix(made, rows="question")
    assert numbers(table, "row", "value", "n") == [["L1", "a", 0], ["L1", "b", 1]]


def test_small_counts_of_real_people_are_hidden():
    codings = coded(*["geld"] * 3, *["niets"] * 20, synthetic=False)
    table = code_frequency(codings, codes=["geld"])
    assert table.data["state"].tolist() == ["hidden"]
    assert table.data["n"].isna().all()
    one_by_one = code_matrix(codings, rows="document", codes=["geld"]).data
    assert one_by_one[["n", "base", "mentions"]].isna().all(axis=None)


def test_a_wrong_request_gets_a_message():
    codings = coded("geld")
    with pytest.raises(DataError, match="no attribute 'team'"):
        code_frequency(codings, by="team")
    with pytest.raises(CodebookError, match="there is no code 'x'"):
        code_frequency(codings, codes=["x"])
    with pytest.raises(CodingError, match="The list of codings is empty"):
        code_matrix([])
    with pytest.raises(CodingError, match="different codebooks"):
        code_matrix([codings, coded("geld", book=transcripts.codebook(geld=["geld"]))])
    with pytest.raises(DataError, match="no turn is tied to a question"):
        code_matrix(codings, rows="question")


def test_a_quote_stands_in_its_context():
    table = coded_segments(coded("er is weinig geld voor de bus"), "geld", context=7)
    assert numbers(table, "before", "quote", "after") == [["weinig", "geld", "voor d"]]


def test_every_text_gives_a_quote_before_one_gives_two():
    table = coded_segments(coded("geld geld geld", "geld"), "geld", most=2)
    assert table.data["document"].tolist() == ["1", "2"]
    assert "2 van de 4 fragmenten" in table.show().base


def test_quotes_of_a_parent_are_those_under_it():
    assert coded_segments(coded("druk", "slaap"), "wel").data["quote"].tolist() == ["druk", "slaap"]


def test_quotes_can_be_asked_by_role():
    turns = pd.DataFrame({
        "document": "1", "turn": [1, 2], "start": [0, 5], "end": [4, 9], "speaker": ["A1", "B1"],
        "role": ["coach", "student"], "question": "", "time": ""})
    documents = Documents.of({"1": "geld geld"}, transcripts.source(), turns=turns)
    codings = code_by_dictionary(documents, BOOK)
    table = coded_segments(codings, "geld", role="student")
    assert numbers(table, "role", "before", "quote") == [["student", "", "geld"]]
    with pytest.raises(CodingError, match="The roles are coach, student"):
        coded_segments(codings, "geld", role="ouder")


def test_quotes_of_real_people_are_refused():
    with pytest.raises(DisclosureError, match="Give wbkit pseudonymise"):
        coded_segments(coded("geld", synthetic=False), "geld")


def test_one_conversation_is_headed_by_the_word_for_one():
    several = [coded("geld"), coded("geld", "niets", name="diensten")]
    printed = repr(code_matrix(several, codes=["geld"]))
    assert "n = 1 interview)" in printed
    assert "n = 2 interviews)" in printed


@pytest.mark.parametrize("name", ["n", "base", "value", "item"])
def test_texts_divided_by_an_attribute_called_like_a_column_are_refused(name):
    with pytest.raises(DataError, match=f"such as {name}_group"):
        code_frequency(_divided(name), by=name)


def test_texts_can_be_divided_by_an_attribute_called_mentions():
    assert code_frequency(_divided("mentions"), by="mentions").dimensions == ("mentions",)


def _divided(name):
    texts = pd.DataFrame({"document": ["1", "2"], "text": ["geld", "niets"], name: ["x", "y"]})
    return code_by_dictionary(Documents.of(texts, transcripts.source()),
                              transcripts.codebook(geld=["geld"]))


def test_conversations_beside_each_other_are_numbered_since_a_file_may_bear_a_name():
    turns = pd.DataFrame([("jan_smit", 1, 0, 4), ("els_kok", 1, 0, 4)],
                         columns=["document", "turn", "start", "end"]).assign(
        speaker="R", role="participant", question="", time="")
    texts = Documents.of({"jan_smit": "geld", "els_kok": "niks"}, transcripts.source(), turns=turns)
    shown = repr(code_matrix(code_by_dictionary(texts, transcripts.codebook(geld=["geld"])),
                             rows="document"))
    assert "interview 1" in shown
    assert "jan_smit" not in shown
