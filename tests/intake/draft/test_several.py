"""Columns that are one question: the cells decide, not the headings alone."""

import pytest
from oracles.draft_differences import source_of

import wbkit as wb

HEADS = ("Hulp nodig? [plannen]", "Hulp nodig? [taal]", "Hulp nodig? [rust]")
PARTS = ["plannen", "taal", "rust"]


def drafted(tmp_path, heads, *rows):
    """Return the items of a draft; each row is the cells of one person, parted with bars."""
    lines = ["|".join(["Klas", *heads]), *("k|" + row for row in rows)]
    (tmp_path / "enquete.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    items = source_of(wb.describe(tmp_path / "enquete.csv").toml)["items"]
    return [item for item in items.values() if item["column"] != "Klas"]


@pytest.mark.parametrize(("yes", "no"), [
    ("Y", ""), ("x", ""), ("1", ""), ("1", "0"), ("Checked", "Unchecked"), ("Ja", ""),
    ("gekozen", "niet gekozen"), ("TRUE", "FALSE"), ("nodig", "niet nodig"), ("Quoted", ""),
])
def test_one_word_for_a_tick_makes_columns_one_question(tmp_path, yes, no):
    rows = [f"{yes}|{no}|{yes}", f"{no}|{yes}|{no}", f"{yes}|{yes}|{no}", f"{no}|{yes}|{yes}"]
    (item,) = drafted(tmp_path, HEADS, *rows)
    assert (item["column"], item["kind"]) == ("Hulp nodig?", "multiple")
    assert item["columns"] == dict(zip(PARTS, HEADS, strict=True))
    assert (item["ticked"], item.get("unticked")) == ([yes], [no] if no else None)
    assert "doubt" not in item


def test_columns_that_repeat_their_own_option_are_one_question(tmp_path):
    (item,) = drafted(tmp_path, HEADS, "plannen|taal|", "|taal|rust", "plannen||")
    assert item["columns"] == dict(zip(PARTS, HEADS, strict=True))
    assert "ticked" not in item


def test_codes_that_differ_for_each_column_are_ticks(tmp_path):
    (item,) = drafted(tmp_path, HEADS, "1|2|", "|2|3", "1||3")
    assert (item["kind"], sorted(item["ticked"])) == ("multiple", ["1", "2", "3"])


@pytest.mark.parametrize(("blank", "asked"), [("||", False), ("Ja|Nee|Nee", True)])
def test_rows_with_only_no_are_asked_when_nobody_left_the_question_open(tmp_path, blank, asked):
    (item,) = drafted(tmp_path, HEADS, "Ja|Nee|Nee", "Nee|Nee|Nee", "Nee|Ja|Ja", blank)
    assert item["unticked"] == ["Nee"]
    assert ("doubt" in item) == asked
    if asked:
        assert item["doubt"].startswith("Rijen met bij elke optie Nee: 1.")


def test_yes_or_no_about_statements_is_no_question_with_ticks(tmp_path):
    heads = [f"Over school [{one}]" for one in (
        "Ik weet wat ik moet doen", "Ik voel mij thuis op school", "Ik kan mijn docent vinden")]
    items = drafted(tmp_path, heads, "Ja|Nee|Nee", "Nee|Nee|Ja", "Nee|Ja|Ja", "Ja|Ja|Nee")
    assert [item["kind"] for item in items] == ["nominal"] * 3


def test_yes_or_no_that_is_skipped_one_by_one_is_no_question_with_ticks(tmp_path):
    items = drafted(tmp_path, HEADS, "Ja||Nee", "Nee|Nee|Ja", "|Ja|Ja", "Ja|Ja|Nee")
    assert [item["kind"] for item in items] == ["nominal"] * 3


def test_a_table_of_scales_stays_questions_of_their_own(tmp_path):
    items = drafted(tmp_path, HEADS, "eens|oneens|neutraal", "eens|eens|oneens",
                    "oneens|eens|neutraal", "neutraal|eens|eens")
    assert [item["column"] for item in items] == list(HEADS)
    assert {item["kind"] for item in items} == {"ordinal"}


def test_grades_in_a_table_are_no_ranking(tmp_path):
    items = drafted(tmp_path, HEADS, "1|1|2", "3|3|3", "2|1|1", "1|2|2")
    assert [item["kind"] for item in items] == ["ordinal"] * 3


def test_a_place_for_each_option_is_a_ranking(tmp_path):
    (item,) = drafted(tmp_path, HEADS, "1|2|3", "3|1|2", "2|3|1", "1|3|2")
    assert (item["kind"], item["columns"]) == ("ranking", dict(zip(PARTS, HEADS, strict=True)))
    assert "doubt" not in item


def test_an_option_at_each_place_is_a_ranking(tmp_path):
    heads = ("Belangrijkst: 1", "Belangrijkst: 2", "Belangrijkst: 3")
    (item,) = drafted(tmp_path, heads, "geld|rust|tijd", "rust|geld|tijd", "tijd|rust|geld",
                      "rust|tijd|geld")
    assert (item["kind"], item["columns"]) == ("ranking", list(heads))
    assert sorted(item["values"]) == ["geld", "rust", "tijd"]


def test_a_ranking_of_codes_asks_what_they_stand_for(tmp_path):
    heads = ("rang[1]", "rang[2]")
    (item,) = drafted(tmp_path, heads, "A1|A2", "A2|A1", "A1|A2", "A2|A1")
    assert item["kind"] == "ranking"
    assert "A1" in item["doubt"]


def test_own_words_in_the_column_of_the_free_option_are_no_values(tmp_path):
    heads = (*HEADS[:2], "Hulp nodig? [Anders, namelijk]")
    (item,) = drafted(tmp_path, heads, "x||", "|x|iemand die luistert", "x|x|rust", "x||rust")
    assert item["columns"] == {"plannen": HEADS[0], "taal": HEADS[1], "other": heads[2]}
    assert item["other"] == "Anders"
    assert "luistert" not in str(item)


def test_one_text_behind_the_free_option_is_own_words_too(tmp_path):
    heads = (*HEADS[:2], "Hulp nodig? [Other (please specify)]")
    (item,) = drafted(tmp_path, heads, "plannen||", "|taal|a dog", "plannen||a dog")
    assert item["columns"]["other"] == heads[2]


def test_a_tick_and_words_for_the_free_option_stand_in_two_columns(tmp_path):
    # the second heading is the same one again, as a program writes it for the text box
    heads = (*HEADS[:2], "Hulp nodig? [Anders]", "Hulp nodig? [Anders]")
    (item,) = drafted(tmp_path, heads, "plannen||Anders|rijst", "|taal||", "||Anders|kaas")
    assert item["columns"] == {"plannen": HEADS[0], "taal": HEADS[1], "other": heads[2]}
    assert (item["other"], item["other_column"]) == ("Anders", "E")


def test_an_option_that_rules_the_others_out_is_named(tmp_path):
    heads = (*HEADS[:2], "Hulp nodig? [Geen van deze]")
    (item,) = drafted(tmp_path, heads, "x||", "|x|", "||x", "x|x|")
    assert item["exclusive"] == ["Geen van deze"]


def test_a_column_that_nobody_ticked_is_an_option(tmp_path):
    (item,) = drafted(tmp_path, HEADS, "x||", "|x|", "x|x|")
    assert list(item["columns"]) == PARTS


def test_columns_with_a_beginning_in_common_and_other_answers_stay_apart(tmp_path):
    heads = ("School - naam van je team", "School - hoe tevreden ben je?")
    items = drafted(tmp_path, heads, "Zorg|eens", "Techniek|oneens", "Zorg|neutraal", "Zorg|eens")
    assert [item["column"] for item in items] == list(heads)


def qualtrics(*rows):
    heads = [["ResponseId", "Q5_1", "Q5_2"], ["Id", "Wat kreeg je? - coaching", "Wat kreeg je? "
             "- bijles"], ['"{""ImportId"":""a""}"', '"{""ImportId"":""b""}"',
                           '"{""ImportId"":""c""}"']]
    return "\n".join(",".join(row) for row in (*heads, *rows)) + "\n"


@pytest.mark.parametrize(("yes", "no", "kinds"), [
    ("Yes", "No", ["nominal", "nominal"]), ("1", "", ["multiple"]), (None, "", ["multiple"])])
def test_qualtrics_never_writes_no_for_a_box(tmp_path, yes, no, kinds):
    a, b = yes or "coaching", yes or "bijles"
    rows = [("R1", a, no), ("R2", no, b), ("R3", a, b), ("R4", a, no)]
    (tmp_path / "q.csv").write_text(qualtrics(*rows), encoding="utf-8")
    items = source_of(wb.describe(tmp_path / "q.csv").toml)["items"].values()
    assert [item["kind"] for item in items] == kinds


@pytest.mark.parametrize(("parent", "words", "other"), [("q3", "q3[other]", "-oth-")])
def test_words_behind_one_answer_stand_in_a_column_of_their_own(tmp_path, parent, words, other):
    (tmp_path / "a.csv").write_text(
        f"id,submitdate,lastpage,{parent},{words}\n1,2022-11-15,3,rooster,\n2,2022-11-15,3,"
        f"{other},de kantine\n3,2022-11-15,3,stage,\n4,2022-11-15,3,stage,\n", encoding="utf-8")
    (item,) = source_of(wb.describe(tmp_path / "a.csv").toml)["items"].values()
    assert (item["kind"], item["values"]) == ("nominal", ["stage", "rooster"])
    assert (item["other"], item["other_column"]) == (other, words)


def test_a_heading_that_stands_there_twice_keeps_its_words_in_the_draft(tmp_path):
    items = drafted(tmp_path, ("Tevreden?", "Waarom dan?", "Veilig?", "Waarom dan?"),
                    "eens|om de sfeer|oneens|om de rust", "oneens|om de les|eens|om het eten")
    assert [(item["column"], item.get("label")) for item in items][1::2] == [
        ("Waarom dan?", None), ("E", "Waarom dan?")]


@pytest.mark.parametrize(("yes", "no"), [("gekozen", "niet gekozen"), ("TRUE", "FALSE"), ("x", "")])
def test_a_code_where_a_question_was_not_asked_is_no_tick(tmp_path, yes, no):
    rows = [f"{yes}|{no}|{yes}", f"{no}|{yes}|{no}", f"{yes}|{yes}|{no}", "NA|NA|NA"]
    (item,) = drafted(tmp_path, HEADS, *rows)
    assert (item["kind"], item["ticked"], item["missing"]) == ("multiple", [yes], ["NA"])
    assert item.get("unticked") == ([no] if no else None)
    assert "doubt" not in item


@pytest.mark.parametrize("typed", ["cursus EHBO", "taal", "1"])
@pytest.mark.parametrize("other", ["Anders (geef nadere toelichting)", "Anders, namelijk:"])
def test_the_free_option_belongs_to_its_question_whatever_was_typed(tmp_path, typed, other):
    top = ["Respondent ID", "Welke hulp?", "", "", "Klas"]
    rows = [top, ["", "plannen", "taal", other, "Response"]]
    rows += [[str(row), "plannen" * (row % 2), "taal" * (row % 3 > 0), typed * (row % 4 == 0), "k"]
             for row in range(20)]
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    (tmp_path / "monkey.csv").write_text(text + "\n", encoding="utf-8")
    item, __ = source_of(wb.describe(tmp_path / "monkey.csv").toml)["items"].values()
    assert (item["kind"], item["other"]) == ("multiple", "Anders")
    assert [*item["columns"]] == ["plannen", "taal", "other"]
