"""What stands between the options in one cell."""

import pytest

from wbkit.intake.draft.separators import find_split

TICKED = [["geld", "rust"], ["geld"], ["rust", "tijd"], ["geld", "tijd"], ["tijd"],
          ["geld", "rust", "tijd"]]


def joined(rows, mark):
    return [mark.join(row) for row in rows]


@pytest.mark.parametrize(("mark", "found"), [
    (";", ";"), ("; ", ";"), ("|", "|"), (" | ", "|"), ("\n", "\n"), (" > ", " > "), ("/", "/"),
    (",", ","), (", ", ","), (" + ", " + "), (" - ", " - ")])
def test_every_separator_is_found(mark, found):
    split = find_split(joined(TICKED, mark))
    assert (split.separator, split.rows, split.ranking) == (found, TICKED, False)


def test_forms_ends_each_option_with_a_semicolon():
    split = find_split(["geld;", "geld;rust;", "geld;"])
    assert (split.separator, split.counts) == (";", {"geld": 3, "rust": 1})


def test_an_option_that_holds_the_separator_stays_whole():
    long = "Geld, schulden of toeslagen"
    rows = [[long, "Rust"], [long], ["Rust", "Tijd"], [long, "Tijd"], ["Tijd"], [long, "Rust"]]
    assert set(find_split(joined(rows, ", ")).counts) == {long, "Rust", "Tijd"}


def test_two_parts_that_never_come_apart_are_one_option():
    rows = [["Werk, Inkomen", "Rust"], ["Werk, Inkomen"], ["Rust", "Tijd"], ["Tijd"],
            ["Werk, Inkomen", "Tijd"], ["Werk, Inkomen", "Rust"], ["Rust"]]
    assert set(find_split(joined(rows, ", ")).counts) == {"Werk, Inkomen", "Rust", "Tijd"}


@pytest.mark.parametrize("cells", [
    ["nee, nooit", "ja, soms", "ja, vaak", "nee, nooit", "ja, soms", "ja, vaak"],
    ["eens, maar niet altijd", "oneens", "eens", "eens, maar niet altijd", "oneens", "eens"],
    ["ja, heel goed", "nee", "ja, heel goed", "nee", "ja, heel goed"]])
def test_answers_of_one_scale_with_commas_are_no_ticks(cells):
    assert find_split(cells) is None


def test_open_answers_with_commas_are_no_ticks():
    assert find_split([
        "De lessen, want die duren lang", "Meer tijd, rust en aandacht", "Niets, het gaat goed",
        "De sfeer, soms", "Kortere dagen, en minder toetsen", "Lekkerder eten, graag"]) is None


def test_codes_with_commas_are_ticks_and_decimal_commas_are_numbers():
    assert find_split(["1,3,5", "2,3", "1,2,5", "4", "1,5"]).counts["1"] == 3
    assert find_split(["7,5", "6,8", "7,2", "5,9", "8,1", "7,5"]) is None
    assert find_split(["3,1,2", "1,2", "2,1,3", "1"]) is None


@pytest.mark.parametrize("cell", ["²,³", "9" * 5000 + ",1"])
def test_what_python_does_not_read_as_a_number_is_no_fault(cell):
    assert find_split([cell, cell, cell, "1,2"]) is None


def test_dates_are_no_ticks():
    assert find_split(["1/2/2026", "3/2/2026", "4/5/2026", "1/2/2026"]) is None


def test_all_options_in_orders_of_their_own_are_a_ranking():
    cells = ["geld;rust;tijd", "rust;geld;tijd", "tijd;rust;geld", "rust;tijd;geld"]
    assert find_split(cells).ranking


def test_all_options_in_one_order_are_no_ranking():
    assert not find_split(["geld;rust;tijd;"] * 4).ranking


def test_names_without_spaces_come_apart_at_spaces_where_a_platform_writes_them_so():
    cells = ["geld_zorgen rust", "rust tijd", "geld_zorgen", "tijd geld_zorgen", "rust"]
    assert find_split(cells, slugs=True).counts["geld_zorgen"] == 3
    assert find_split(cells) is None
    assert find_split(["Geld zorgen", "rust", "Geld zorgen", "rust"], slugs=True) is None


@pytest.mark.parametrize("cells", [[], [""], ["geld"], ["geld", "rust", "geld"]])
def test_one_answer_a_cell_does_not_come_apart(cells):
    assert find_split(cells) is None


LISTS = ["lezen / schrijven, gym", "gym", "lezen / schrijven", "gym, kunst", "kunst",
         "lezen / schrijven, gym, kunst"] * 3


def test_the_mark_that_leaves_fewest_options_stands_between_them():
    split = find_split(LISTS)
    assert (split.separator, set(split.counts)) == (",", {"lezen / schrijven", "gym", "kunst"})
    assert split.counts["gym"] == 12


@pytest.mark.parametrize("mark", [";", "|", "/"])
def test_other_marks_are_found_too(mark):
    split = find_split([mark.join(cell.split(", ")) for cell in LISTS if "/" not in cell])
    assert (split.separator, set(split.counts)) == (mark, {"gym", "kunst"})


def test_capitals_make_no_other_option():
    split = find_split(["YouTube; Netflix", "Youtube; Disney", "Netflix; Disney", "YouTube",
                        "youtube; Netflix; Disney"] * 3)
    assert split.counts == {"YouTube": 12, "Netflix": 9, "Disney": 9}


def test_one_order_with_a_few_typing_errors_is_no_ranking():
    same = ["kat;hond;vis"] * 30
    assert not find_split([*same, "kat;honk;vis", "k;h;v"]).ranking
    assert find_split(["kat;hond;vis", "vis;kat;hond", "hond;vis;kat"] * 4).ranking
