"""What is applied to real answers before they are written down."""

import pandas as pd
import pytest
from builders.review_sheets import make_private_study
from filelock import FileLock

import wbkit as wb
from wbkit.privacy.pseudonyms import Pseudonyms
from wbkit.study.study import load_study
from wbkit.workflow.checking import check
from wbkit.workflow.preparing import prepare
from wbkit.workflow.pseudonymising import applying, reviewing
from wbkit.workflow.pseudonymising.applying import giving_out, read_given, write_given

STUDY = '''title = "Enquête"
language = "nl"

[sources.students]
file = "raw/enquete.csv"
format = "csv"
unit = "student"
synthetic = false

[sources.students.items.begonnen]
kind = "open"

[sources.students.items.zorg]
kind = "nominal"
values = ["ja", "nee"]
sensitivity = "health"

[sources.students.items.tip]
kind = "open"
'''
SURVEY = """begonnen;zorg;tip
2026-01-02 10:11:12;ja;bel mij op 06-12345678 of mail jan(at)school.nl
02-03-2026 09:00;nee;mijn coach heet djenna en ik kom uit Raalte
3-2-2026;ja;gewoon meer rust
"""
BASIS = STUDY.replace("synthetic = false",
                      'synthetic = false\nspecial_basis = "toestemming, brief 2"')


@pytest.fixture(autouse=True)
def own_key(monkeypatch, tmp_path):
    monkeypatch.setenv("WBKIT_CONFIG", str(tmp_path / "config"))


def prepared(folder, study=BASIS, survey=SURVEY):
    file = make_private_study(folder, study=study, talks={}, survey=survey)
    loaded = load_study(file)
    prepare(loaded)
    return wb.read_responses(loaded, "students")


def basis_lines(folder, study):
    file = make_private_study(folder, study=study, talks={}, survey=SURVEY)
    loaded = load_study(file)
    (account,) = prepare(loaded)
    points = [one for one in check(loaded) if "special_basis" in one.words]
    assert [one for one in account.look if "special_basis" in one] == [
        one.words for one in points]
    return points


def test_special_categories_of_real_people_need_a_basis(tmp_path):
    (point,) = basis_lines(tmp_path / "s", STUDY)
    assert not point.ok
    assert "zorg: health" in point.words
    assert basis_lines(tmp_path / "t", BASIS) == []


def test_made_up_answers_need_no_basis(tmp_path):
    assert basis_lines(tmp_path / "s", STUDY.replace("synthetic = false",
                                                     "synthetic = true")) == []


def test_of_a_time_month_and_year_stay(tmp_path):
    assert prepared(tmp_path / "s").data["begonnen"].tolist() == ["2026-01", "2026-03", "2026-02"]


def test_what_points_to_a_person_is_masked_without_a_column_of_names(tmp_path):
    made = prepared(tmp_path / "s")
    assert made.data["tip"].tolist() == [
        "bel mij op [telefoonnummer] of mail [e-mailadres]",
        "mijn coach heet [naam] en ik kom uit [plaats]", "gewoon meer rust"]
    assert set(made.log["item"]) == {"tip"}
    assert "onleesbaar gemaakt" in " ".join(made.log["rule"])
    assert "djenna" not in made.log.to_csv()


def test_answers_that_nobody_went_through_may_not_be_quoted(tmp_path):
    made = prepared(tmp_path / "s")
    with pytest.raises(wb.DisclosureError, match="Give wbkit pseudonymise"):
        wb.excerpts(wb.open_answers(made, "tip"))


def test_closed_answers_are_left_alone(tmp_path):
    assert pd.Series(prepared(tmp_path / "s").data["zorg"]).tolist() == ["ja", "nee", "ja"]


def test_pseudonyms_that_were_given_out_are_kept_beside_the_key(tmp_path):
    assert read_given() == {}
    write_given({"ab12": "Alba"})
    assert read_given() == {"ab12": "Alba"}
    (tmp_path / "config" / "pseudonyms.csv").write_text("a,b,c\nd,e,f\n")
    with pytest.raises(wb.DataError, match=r"pseudonyms.csv.*another pseudonym"):
        read_given()


def test_what_another_study_gives_out_meanwhile_is_kept(tmp_path, monkeypatch):
    file = make_private_study(tmp_path / "s", study=BASIS, talks={}, survey=SURVEY)
    find = reviewing.proposals

    def and_another_study(*given):
        write_given({"ab12": "Corlin"})
        return find(*given)

    monkeypatch.setattr(reviewing, "proposals", and_another_study)
    reviewing.pseudonymise(load_study(file))
    assert read_given()["ab12"] == "Corlin"
    assert len(read_given()) > 1
    assert len(set(read_given().values())) == len(read_given())


def test_two_who_give_out_pseudonyms_at_once_wait_for_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr(applying, "PATIENCE", 0.1)
    (tmp_path / "config").mkdir()
    with FileLock(tmp_path / "config" / "pseudonyms.lock"), \
            pytest.raises(wb.DataError, match=r"pseudonyms.csv: another wbkit pseudonymise"), \
            giving_out(Pseudonyms(b"k")):
        pass
    with giving_out(Pseudonyms(b"k")) as free:
        free.of("Fatima", "NAAM")
    assert read_given() == free.given
