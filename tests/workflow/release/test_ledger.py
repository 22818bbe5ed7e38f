import json
from dataclasses import replace
from datetime import date

import pytest
from builders.studies import REAL, REAL_RAW, make_study

import wbkit as wb
from wbkit.errors import DataError
from wbkit.study.study import load_study
from wbkit.workflow.preparing import prepare
from wbkit.workflow.release.ledger import read_releases, write_release

DAY = date(2026, 3, 1)


@pytest.fixture
def study(tmp_path):
    study = load_study(make_study(tmp_path, study=REAL, raw=REAL_RAW))
    prepare(study)
    return study


@pytest.fixture
def table(study):
    return wb.frequency(wb.read_responses(study, "students"), "gezien")


def test_a_release_is_read_back_as_it_was(study, table):
    write_release(study, {"10_gezien": table}, profile="intern", on=DAY)
    one, = read_releases(study)
    assert (one.name, one.profile) == ("2026-03-01", "intern")
    assert repr(one.tables["10_gezien"]) == repr(table)


def test_only_what_is_new_is_noted(study, table):
    other = wb.frequency(wb.read_responses(study, "students"), "leerweg")
    write_release(study, {"10_gezien": table}, profile="intern", on=DAY)
    assert write_release(study, {"10_gezien": table}, profile="intern", on=DAY) is None
    file = write_release(study, {"10_gezien": table, "10_leerweg": other}, profile="intern", on=DAY)
    assert file.name == "2026-03-01-2.json"
    assert [list(one.tables) for one in read_releases(study)] == [["10_gezien"], ["10_leerweg"]]


def test_made_up_data_need_no_ledger(study, table):
    made_up = [one.model_copy(update={"synthetic": True}) for one in table.data_sets]
    shown = wb.frequency(wb.read_responses(study, "students"), "leerweg")
    assert write_release(study, {"a": replace(shown, sources=tuple(made_up))}, profile="intern",
                         on=DAY) is None
    assert read_releases(study) == []


def test_the_tenth_release_of_a_day_is_the_last(study, table):
    responses = wb.read_responses(study, "students")
    for item in ("gezien", "leerweg"):
        write_release(study, {item: wb.frequency(responses, item)}, profile="intern", on=DAY)
    folder = study.folder / "releases"
    (folder / "2026-03-01-2.json").rename(folder / "2026-03-01-10.json")
    assert [one.name for one in read_releases(study)] == ["2026-03-01", "2026-03-01-10"]


def test_a_release_in_another_layout_of_lines_is_the_same_release(study, table):
    file = write_release(study, {"10_gezien": table}, profile="intern", on=DAY)
    about = json.loads(file.read_text(encoding="utf-8"))
    file.write_bytes(json.dumps(about, indent=4).replace("\n", "\r\n").encode())
    assert [list(one.tables) for one in read_releases(study)] == [["10_gezien"]]


@pytest.mark.parametrize("spoil", [
    lambda about: about["tables"]["10_gezien"]["rows"][2].__setitem__(2, 33),
    lambda about: about.pop("sources"),
    lambda about: about["tables"].__setitem__("10_gezien", 3),
    lambda about: about.update(tables={}, sources=[]),
    lambda about: about.update(profile="publicatie"),
    lambda about: about.pop("sha256"),
])
def test_a_release_that_was_changed_stops_everything(study, table, spoil):
    file = write_release(study, {"10_gezien": table}, profile="intern", on=DAY)
    about = json.loads(file.read_text(encoding="utf-8"))
    spoil(about)
    file.write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(DataError, match=r"releases/2026-03-01.json: is damaged.*with git"):
        read_releases(study)
