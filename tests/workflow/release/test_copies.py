from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from builders import codings as by_hand
from builders.release_rules import SmallRules, audit_table
from builders.studies import CELLS, REAL, REAL_RAW, make_notebook, make_study
from oracles.reference_data import raalte

import wbkit as wb
from wbkit.errors import DisclosureError
from wbkit.report.saved_results import SavedResult
from wbkit.study.source import Display, Setting
from wbkit.study.study import load_study
from wbkit.workflow.release.copies import refuse_few, without_people, write_figure
from wbkit.workflow.release.ledger import read_releases
from wbkit.workflow.release.publishing import publish
from wbkit.workflow.running import run

DAY = date(2026, 3, 1)
ALL = REAL.replace(
    '{ kind = "convenience", population = 40, margins = { leerweg = { bol = 30, bbl = 10 } } }',
    '{ kind = "census", population = 90 }')
MORE = REAL_RAW + "".join(f"{n};bbl;oneens\n" for n in range(60, 70))  # 17 disagree


def made(folder, *, items="['gezien']", raw=MORE, **more):
    """Give a study of which the notebook wrote Cells."""
    study = load_study(make_study(folder, study=ALL, raw=raw))
    write = (f"cells = wb.count_cells(students, {items})\n"
             "wb.write_cells(cells, study.results / 'cells' / 'wave_2026.npz')")
    make_notebook(folder, CELLS[0], "wb.save(wb.frequency(students, 'gezien'), '10_gezien')", write)
    run(study)
    return study


def test_cells_without_small_counts_go_out_and_count_as_they_did(tmp_path):
    study = made(tmp_path)
    done = publish(study, on=DAY, rules=SmallRules())
    assert done.publication.cells == 1
    read = wb.read_cells(done.folder / "cells/wave_2026.npz")
    before = wb.read_cells(study.results / "cells/wave_2026.npz")
    assert wb.frequency(read, "gezien").data.equals(wb.frequency(before, "gezien").data)
    assert read.source.set_aside == ()
    assert before.source.set_aside != ()
    assert "een andere school" in (done.folder / "LEESMIJ.html").read_text(encoding="utf-8").lower()


def test_what_cells_count_is_audited_and_noted(tmp_path):
    study, seen = made(tmp_path, items="['gezien', 'leerweg']"), []

    def audit(tables, *, released=(), known=()):
        seen.extend(table.found(wb.table.facts.Subject)[0].items for table in tables)
        return audit_table([])

    publish(study, on=DAY, rules=SmallRules(audit=audit))
    assert seen == [("gezien",), ("leerweg",)]
    assert list(read_releases(study)[0].tables) == [
        "10_gezien", "cells/wave_2026.npz, leerweg"]  # the other shows what the Table shows


def test_cells_with_a_small_count_do_not_go_out(tmp_path):
    study = made(tmp_path, raw=REAL_RAW)
    with pytest.raises(DisclosureError, match=(
            r"cells/wave_2026.npz: counts of fewer than 10 students stand in it")):
        publish(study, on=DAY, rules=SmallRules())
    assert publish(study, on=DAY, without=["wave_2026"], rules=SmallRules()).publication.cells == 0


@pytest.mark.parametrize(("profile", "display", "least"), [
    ("publicatie", {}, 10), ("intern", {}, 5), ("publicatie", {"publication": 20}, 20),
    ("intern", {"publication": 20}, 5), ("intern", {"minimum": 8}, 8)])
def test_the_smallest_count_in_cells_is_the_one_that_study_toml_says(profile, display, least):
    def people(n):
        items = {"team": {"kind": "nominal", "values": ["a"]}}
        made = wb.responses(pd.DataFrame({"team": ["a"] * n}), unit="student", items=items,
                            design=wb.Design(kind="census", population=90))
        setting = Setting(display=Display(**display))
        return replace(made, source=made.source.model_copy(update={"setting": setting}))

    refuse_few({"w": wb.count_cells(people(least), ["team"])}, profile)
    with pytest.raises(DisclosureError, match=f"counts of fewer than {least} students stand"):
        refuse_few({"w": wb.count_cells(people(least - 1), ["team"])}, profile)


def test_cells_in_which_something_would_be_hidden_do_not_go_out(tmp_path):
    def protect(tables, *, profile, known=()):
        return SmallRules().protect(tables, profile=profile)[:1] + [
            wb.frequency(wb.read_responses(study, "students"), "gezien")
            for table in tables[1:]]

    study = made(tmp_path, items="['leerweg']")
    with pytest.raises(DisclosureError, match=(
            "cells/wave_2026.npz, leerweg: beside everything else that goes out")):
        publish(study, on=DAY, rules=SmallRules(protect=protect))


def test_sums_of_products_of_two_items_are_counts_too_and_stay_behind():
    cells = wb.count_cells(raalte(), ["who5", "hulp_a"])
    assert ("who5", "hulp_a") in cells.moments
    assert all(len(names) == 1 for names in without_people(cells).moments)
    mean, before = (wb.estimate(one, "who5") for one in (without_people(cells), cells))
    assert mean.data.equals(before.data)


def test_a_figure_of_a_table_without_rows_is_left_out_and_said(tmp_path):
    table = wb.saturation(by_hand.coded(("1", 0, 5, "a", "anke"), lengths=(10,) * 3))
    empty = wb.Table(table.data.iloc[:0], table.kind, table.dimensions, table.facts,
                     table.sources)
    saved = SavedResult("14_codes", table, "", "nl", plot="plot_saturation")
    assert isinstance(write_figure(tmp_path, saved, empty), str)
    assert list(tmp_path.iterdir()) == []
