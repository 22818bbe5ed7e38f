"""A study of one's own, from raw export to a folder that may be handed over, by the docs only."""

import io
import random
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from builders.studies import wbkit

import wbkit as wb
from wbkit.errors import DisclosureError
from wbkit.study.study import load_study
from wbkit.workflow.release.ledger import read_releases
from wbkit.workflow.release.publishing import publish
from wbkit.workflow.running import run

pytestmark = pytest.mark.proof
PAGE = Path(__file__).resolve().parents[2] / "docs" / "nl" / "resultaten-delen.md"
BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SIZES = {"Zorg": 61, "Techniek": 34, "Groen": 17, "Media": 8}
SCALE = ["helemaal oneens", "oneens", "neutraal", "eens", "helemaal eens"]
LEAST = 10


def export(*, without=None):
    """Make up an export of everybody in four teams; the answers are random, and not of people."""
    draw = random.Random(12)
    rows = [{"Team": team, "Leerweg": draw.choices(["bol", "bbl"], [8, 2])[0],
             "Ik voel mij gezien door mijn coach": draw.choices(SCALE, [1, 2, 4, 8, 4])[0],
             "Welke hulp wil je?": ";".join(draw.sample(["plannen", "taal", "stress"], 2)) + ";",
             "Cijfer voor school": draw.choice([5, 6, 6, 7, 7, 7, 8, 8, 9])}
            for team, size in SIZES.items() for __ in range(size)]
    draw.shuffle(rows)
    frame = pd.DataFrame(rows)
    frame.insert(0, "ID", range(1, len(frame) + 1))
    return frame.drop(index=[] if without is None else [without])


def commands():
    """Give the commands of the page, in order."""
    return [line.split()[1:] for block in BLOCK.findall(PAGE.read_text(encoding="utf-8"))
            for line in block.splitlines() if line.startswith("wbkit")]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Follow the pages for beginners and on sharing."""
    folder = tmp_path_factory.mktemp("school") / "onderzoek"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WBKIT_MESSAGES", "nl")
        wbkit("new", folder)
        patch.chdir(folder)
        export().to_csv("data/raw/enquete.csv", sep=";", index=False)
        wbkit("describe", "data/raw/enquete.csv", "--design", "iedereen")
        file = folder / "data/study.toml"
        text = re.sub(r"^guessed = true\n", "", file.read_text(encoding="utf-8"), flags=re.M)
        file.write_text(text.replace('unit = "unit"', 'unit = "student"'), encoding="utf-8")
        done = [wbkit("prepare"), *(wbkit(*words) for words in commands() if words[0] != "hook")]
    assert [one.exit_code for one in done] == [0] * 3, done[-1].output
    return folder


def test_the_page_leads_to_a_published_folder(published):
    assert commands() == [["run"], ["publish"], ["hook", "install"]]
    assert 'synthetic = false' in (published / "data/study.toml").read_text(encoding="utf-8")
    assert len(list((published / "publish/tables").glob("*.csv"))) >= 8
    assert (published / "publish/controle.csv").is_file()


def test_no_number_in_the_folder_is_below_the_threshold(published):
    for file in (published / "publish/tables").glob("*.csv"):
        data = pd.read_csv(file)
        for column in {"n", "base"} & set(data):
            counts = data[column].dropna()
            assert not ((counts > 0) & (counts < LEAST)).any(), (file.name, column)


def test_a_reader_who_knows_the_team_sizes_derives_nothing_else(published):
    study = load_study(published / "data")
    tables = [table for one in read_releases(study) for table in one.tables.values()]
    verdicts = wb.audit(tables, known=[team_sizes(study)]).data
    found = verdicts[verdicts["verdict"] != "safe"]
    assert len(verdicts) > 20
    known = r"enquete; item=team; value=(Groen|Media)|enquete; item=\w+; team=(Groen|Media); base"
    assert [cell for cell in found["cell"] if not re.fullmatch(known, cell)] == []
    assert set(found["given_by"].str.contains(str(len(tables) + 1))) == {True}  # what was known


def team_sizes(study):
    """Return what everybody at the school knows: how many students each team has."""
    responses = wb.read_responses(study, "enquete")
    shown = wb.frequency(responses, "team")
    data = shown.data.assign(state="shown", base=float(sum(SIZES.values())))
    data["n"] = data["value"].map(SIZES).astype(float)
    data["share"] = data["n"] / data["base"]
    return wb.table.table.Table(data, shown.kind, shown.dimensions, shown.facts, shown.sources)


def test_the_audit_in_the_folder_names_no_number_that_can_be_worked_out(published):
    audit = pd.read_csv(published / "publish/controle.csv")
    assert set(audit["verdict"]) == {"safe"}
    assert ((audit["highest"] - audit["lowest"]).dropna() >= 4).all()


def test_notebooks_show_what_was_published_and_nothing_else(published):
    tables = {pd.read_csv(file).to_csv() for file in (published / "publish/tables").glob("*.csv")}
    assert tables
    for path in (published / "publish/notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            for output in cell.get("outputs", ()):
                for table in pd.read_html(io.StringIO(output.data["text/html"])) \
                        if "text/html" in output.data else ():
                    assert not table.isin(range(1, LEAST)).any().any(), path.name


def test_a_second_release_with_one_student_less_is_refused_and_its_cells_named(published):
    before = (published / "publish/controle.csv").read_bytes()
    export(without=3).to_csv(published / "data/raw/enquete.csv", sep=";", index=False)
    study = load_study(published / "data")
    run(study)
    with pytest.raises(DisclosureError) as refusal:
        publish(study)
    for cell in (r"10_enquete_leerweg, \S.*bbl", r"10_enquete_team, \S.*Zorg",
                 r"00_invullen_enquete, \S"):
        assert re.search(rf"^{cell}.*: a few people more or less than in ", str(refusal.value),
                         re.MULTILINE)
    assert "so nothing was published" in str(refusal.value)
    assert (published / "publish/controle.csv").read_bytes() == before
    assert len(read_releases(study)) == 1
