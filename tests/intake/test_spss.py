"""Files of SPSS and Stata: labels, codes that are missing, sets of several answers."""

import pandas as pd
import pyreadstat
import pytest
from builders.platform_exports import with_set
from builders.raw import source
from oracles.draft_differences import source_of

import wbkit as wb
from wbkit.intake.spss import read_labelled

MENTIONS = {1.0: "Zorg", 2.0: "Techniek", 3.0: "Sport"}


def saved(tmp_path, columns, *, definition="", **about):
    """Write a .sav file, with a set of several answers when a definition is given."""
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(pd.DataFrame(columns), str(path), **about)
    if definition:
        path.write_bytes(with_set(path.read_bytes(), definition))
    return path


def items(path):
    return source_of(wb.describe(path).toml)["items"]


def cleaned(tmp_path, **fields):
    one = {name: {key: cell for key, cell in item.items() if key != "guessed"}
           for name, item in fields.items()}
    return wb.clean(wb.read_source(source(one, folder=tmp_path, file="a.sav", format="spss")))


def test_a_range_of_missing_values_is_drafted_and_counted(tmp_path):
    path = saved(tmp_path, {"uren": [4.0, 97.0, 12.0, 99.0, 30.0, 18.0]},
                 missing_ranges={"uren": [{"lo": 97.0, "hi": 99.0}]})
    drafted = items(path)
    assert drafted["uren"]["kind"] == "numeric"
    assert sorted(drafted["uren"]["missing"]) == ["97", "99"]
    given = cleaned(tmp_path, uren=drafted["uren"])
    assert given.data["uren"].dropna().tolist() == [4, 12, 30, 18]


def test_one_label_for_a_valid_and_a_missing_code_is_told_apart(tmp_path):
    path = saved(tmp_path, {"q": [1.0, 2, 2, 2, 9, 9]},
                 variable_value_labels={"q": {1: "wel", 2: "geen", 9: "geen"}},
                 missing_ranges={"q": [9]})
    drafted = items(path)["q"]
    assert (sorted(drafted["values"]), drafted["missing"]) == (["geen (2)", "wel"], ["geen (9)"])
    table = wb.frequency(cleaned(tmp_path, q=drafted), "q").data
    assert table["base"].tolist() == [4, 4]
    with pytest.raises(wb.DataError, match=r"'geen \(2\)' 3 times, rows 3, 4, 5. Is it the same as "
                                           r"'geen'\? Two codes of a file can have") as fault:
        cleaned(tmp_path, q={"kind": "nominal", "values": ["wel"], "missing": ["geen"]})
    assert "corrections = {" not in str(fault.value)


def test_missing_codes_of_text_that_look_like_numbers_are_no_numbers(tmp_path):
    path = saved(tmp_path, {"v": ["een", "twee", "99", "98"] * 4},
                 missing_ranges={"v": ["99", "98"]})
    drafted = items(path)["v"]
    assert (drafted["kind"], sorted(drafted["values"])) == ("nominal", ["een", "twee"])
    assert sorted(drafted["missing"]) == ["98", "99"]


def test_a_code_of_text_that_the_file_pads_keeps_its_label(tmp_path):
    path = saved(tmp_path, {"v": ["a", "bb", "a", "a"]},
                 variable_value_labels={"v": {"a": "Zorg", "bb": "Techniek"}})
    assert set(read_labelled(path.read_bytes(), "a.sav", "spss").columns[0]) == {"Zorg",
                                                                                "Techniek"}


def test_a_set_of_ticks_is_one_question(tmp_path):
    path = saved(tmp_path, {"h1": [1.0, 0, 1, 0], "h2": [0.0, 1, 1, 0]},
                 column_labels={"h1": "plannen", "h2": "taal"},
                 definition="$hulp=D1 1 4 Hulp h1 h2\n")
    (drafted,) = items(path).values()
    assert (drafted["kind"], drafted["columns"]) == ("multiple", {"plannen": "h1", "taal": "h2"})
    assert (drafted["ticked"], drafted["unticked"]) == (["1"], ["0"])


def test_a_set_of_mentions_is_one_question_with_the_options_in_its_cells(tmp_path):
    nan = float("nan")
    path = saved(tmp_path, {"m1": [1.0, 2, 3, nan, 9], "m2": [2.0, 3, nan, nan, nan]},
                 column_labels={"m1": "Eerste team", "m2": "Nog een team"},
                 variable_value_labels={name: MENTIONS | {9.0: "geen"} for name in ("m1", "m2")},
                 missing_ranges={"m1": [9.0], "m2": [9.0]}, definition="$teams=C 5 Teams m1 m2\n")
    (drafted,) = items(path).values()
    assert (drafted["kind"], drafted["columns"]) == ("multiple", ["m1", "m2"])
    assert (drafted["values"], drafted["missing"]) == (["Zorg", "Techniek", "Sport"], ["geen"])
    given = cleaned(tmp_path, teams=drafted | {"label": "Teams"})
    table = wb.frequency(given, "teams").data.set_index("value")
    assert table["n"].to_dict() == {"Zorg": 1, "Techniek": 2, "Sport": 2}
    assert table["base"].tolist() == [3, 3, 3]


def test_a_file_of_stata_has_its_labels(tmp_path):
    path = tmp_path / "a.dta"
    pyreadstat.write_dta(pd.DataFrame({"v": [1, 2, 3, 1], "uren": [4.5, 8.0, 2.0, 1.0]}), str(path),
                         column_labels={"v": "Voel je je veilig?", "uren": "Hoeveel uur?"},
                         variable_value_labels={"v": {1: "nooit", 2: "soms", 3: "altijd"}})
    drafted = items(path)
    (safe, hours) = drafted.values()
    assert (safe["label"], safe["values"]) == ("Voel je je veilig?", ["nooit", "soms", "altijd"])
    assert hours["kind"] == "numeric"
    one = source({"v": {"kind": "ordinal", "values": safe["values"]}}, folder=tmp_path,
                 file="a.dta", format="stata")
    assert wb.clean(wb.read_source(one)).data["v"].tolist() == ["nooit", "soms", "altijd", "nooit"]


def test_what_is_no_file_of_stata_is_named(tmp_path):
    (tmp_path / "a.dta").write_bytes(b"id;a\n1;2\n")
    with pytest.raises(wb.DataError, match="is no Stata file. It should be a .dta file"):
        wb.read_source(source({"v": {"kind": "open"}}, folder=tmp_path, file="a.dta",
                              format="stata"))


@pytest.mark.parametrize("form", ["QYR8", "MOYR8", "WKYR10"])
def test_a_quarter_or_month_is_its_first_day_and_no_large_number(tmp_path, form):
    # 2014-10-01 is 13631500800 seconds behind 1582-10-14: the sum of SPSS itself
    path = saved(tmp_path, {"kwartaal": [13631500800.0, None], "cijfer": [7.0, 8.0]},
                 variable_format={"kwartaal": form})
    sheet = read_labelled(path.read_bytes(), "a.sav", "spss")
    assert sheet.columns[0] == ["2014-10-01", ""]
    assert items(path)["kwartaal"]["kind"] == "open"


@pytest.mark.parametrize("label", ["NULL", "NA", "None"])
def test_a_label_that_says_nothing_is_none(tmp_path, label):
    path = saved(tmp_path, {"regio": [1.0, 2.0]}, column_labels={"regio": label})
    assert "label" not in items(path)["regio"]
