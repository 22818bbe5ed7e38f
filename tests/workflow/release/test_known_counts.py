"""Counts of elsewhere are read from data/known, and protect and audit take them along."""

from datetime import date

import pytest
from builders.release_rules import SmallRules, audit_table
from builders.studies import REAL, REAL_RAW, make_notebook, make_study

import wbkit as wb
from wbkit.errors import DataError
from wbkit.messages import MESSAGES_VARIABLE
from wbkit.study.study import load_study
from wbkit.workflow.release.known_counts import known_counts
from wbkit.workflow.release.publishing import publish
from wbkit.workflow.running import run

DAY = date(2026, 3, 1)
WAY = "item;value;n\nleerweg;bol;32\n"


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bekend")
    made = load_study(make_study(folder, study=REAL, raw=REAL_RAW))
    make_notebook(folder)
    run(made)
    return made


@pytest.fixture
def known(study):
    """Give a function that puts a file in data/known, and takes it away afterwards."""
    folder = study.folder / "known"
    folder.mkdir(exist_ok=True)

    def write(text, name="website.csv"):
        (folder / name).write_text(text, encoding="utf-8")
        return known_counts(study)

    yield write
    for file in folder.glob("*.csv"):
        file.unlink()


def test_a_study_without_the_folder_knows_nothing(study):
    assert known_counts(study) == {}


def test_a_row_becomes_a_count_without_a_base(known):
    (name, table), = known(WAY).items()
    assert name == "known/website.csv, 2"
    assert table.data[["item", "value", "n"]].values.tolist() == [["leerweg", "bol", 32.0]]
    assert table.data["base"].isna().all()
    assert "bol" in repr(table)


def test_a_row_of_two_items_becomes_a_cell_of_their_cross_table(known):
    table, = known("leerweg,gezien,n\nbol,eens,20\n").values()
    assert (table.kind, table.dimensions) == ("crosstab", ("leerweg", "gezien"))
    assert table.data["n"].tolist() == [20.0]


def test_a_saved_table_of_counts_can_be_put_there(study, known):
    saved = (study.results / "tables/10_gezien.csv").read_text(encoding="utf-8")
    shown = [table.data["value"][0] for table in known(saved).values()]
    assert shown == ["oneens", "neutraal", "eens"]


def test_what_is_known_can_give_a_hidden_number_away(study, known):
    answers = wb.read_responses(study, "students")
    table = wb.protect([wb.frequency(answers, "gezien", by="leerweg")], profile="publicatie")
    assert set(wb.audit(table).data["verdict"]) == {"safe"}
    told = list(known("item;value;n\ngezien;oneens;7\n").values())
    found = wb.audit(table, known=told).data
    assert set(found["verdict"]) == {"exact"}
    assert set(found["given_by"]) == {"1, 2"}
    again = wb.protect(table, profile="publicatie", known=told)
    assert again[0].data["n"].isna().sum() > table[0].data["n"].isna().sum()
    assert "exact" not in set(wb.audit(again, known=told).data["verdict"])


def test_publish_gives_what_is_known_to_protect_and_audit_and_says_so(study, known):
    known(WAY)
    seen = {}

    def protect(tables, *, profile, known=()):
        seen["protect"] = [one.data["n"].tolist() for one in known]
        return list(tables)

    def audit(tables, *, known=(), released=()):
        seen["audit"] = [one.data["n"].tolist() for one in known]
        return audit_table([])

    made = publish(study, on=DAY, rules=SmallRules(protect=protect, audit=audit))
    assert seen == {"protect": [[32.0]], "audit": [[32.0]]}
    page = (made.folder / "LEESMIJ.html").read_text(encoding="utf-8")
    assert "Wat mensen al ergens anders kunnen lezen, telde daarbij mee: 1 aantallen." in page


@pytest.mark.parametrize(("text", "words"), [
    ("item;value;n\nleerweg;bol;30\n",
     r"known/website.csv, row 2: n is 30, and the data of students hold another number of "
     r"students there"),
    ("item;value;n\nleerweg;bol;veel\n", r"row 2: n is 'veel'. Write a whole number"),
    ("item;value;n\nklas;A;12\n", r"row 2: no source has klas. Name one or two items"),
    ("item;value;aantal\nleerweg;bol;32\n", r"its headings are item, value, aantal. Write item"),
    ("item;value;n\nleerweg;vavo;32\n", r"'vavo' is not one of the values of leerweg"),
])
def test_a_count_that_cannot_be_of_these_people_is_refused(known, text, words):
    with pytest.raises(DataError, match=words):
        known(text)


def test_a_refusal_is_worded_in_dutch(monkeypatch, known):
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")
    with pytest.raises(DataError, match="n is 30, maar in de gegevens van students staat"):
        known("item;value;n\nleerweg;bol;30\n")


def test_an_item_of_two_sources_asks_for_the_source(tmp_path):
    two = REAL + "\n" + REAL[REAL.index("[sources.students]"):].replace(
        "students", "teachers").replace("enquete.csv", "docenten.csv")
    study = load_study(make_study(tmp_path, study=two, raw=REAL_RAW))
    (study.folder / "known").mkdir()
    (study.folder / "known/site.csv").write_text(WAY, encoding="utf-8")
    with pytest.raises(DataError, match=r"students, teachers all have the item leerweg. Add"):
        known_counts(study)
