"""Real pupil data that nobody here wrote: wbkit counts them as pandas does, or says why not."""

import json
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import wbkit as wb
from wbkit.cli import app

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
FILE = (ROOT / os.environ.get("WBKIT_SHARED", "../shared") / "data" / "SWMDK.csv").resolve()
ITEMS = [f"Item{number}" for number in range(1, 14)]

pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason=f"{FILE.name} is not there; set WBKIT_SHARED to its parent folder"
)


def copied(folder, *, values='["1", "2", "3", "4", "5"]'):
    """Copy the study and its data, the answers declared as `values`."""
    (folder / "data" / "raw").mkdir(parents=True)
    shutil.copy(FILE, folder / "data" / "raw")
    study = (HERE / "study.toml").read_text(encoding="utf-8")
    study = study.replace('["1", "2", "3", "4", "5"]', values)
    (folder / "data" / "study.toml").write_text(study, encoding="utf-8")
    return folder / "data" / "study.toml"


def wbkit(*words):
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Run the whole study once."""
    folder = tmp_path_factory.mktemp("cool")
    study = copied(folder)
    return wbkit("run", "--study", study, "--out", folder / "out"), folder / "out"


@pytest.fixture(scope="module")
def raw():
    return pd.read_csv(FILE)


def table(out, name):
    return pd.read_csv(out / "tables" / f"pupils_{name}.csv", dtype={"value": str})


def test_the_study_runs_and_says_what_it_made(outcome):
    done, _ = outcome
    assert done.exit_code == 0, done.output
    assert "raw/SWMDK.csv: 639 rows = 639 kept + 0 set aside" in done.output
    assert "no coverage, because study.toml declares no population" in done.output


def test_every_item_is_counted_as_in_the_file(outcome, raw):
    _, out = outcome
    for item in ITEMS:
        counts = table(out, item.lower()).set_index("value")["n"]
        assert counts.to_dict() == {
            str(value): (raw[item] == value).sum() for value in range(1, 6)
        }


def test_thirty_classes_of_5_to_29_pupils(outcome, raw):
    _, out = outcome
    sizes = table(out, "class").set_index("value")["n"]
    assert (len(sizes), sizes.min(), sizes.max(), sizes.sum()) == (30, 5, 29, 639)
    expected = raw["classId"].astype(int).astype(str).value_counts()
    assert sizes.sort_index().to_dict() == expected.sort_index().to_dict()


def test_no_interval_without_a_design_that_carries_one(outcome):
    _, out = outcome
    assert table(out, "item1")[["low", "high"]].isna().all(axis=None)


def test_nobody_broke_off_and_nothing_was_skipped(outcome):
    # 639 pupils x 14 closed questions; the file has no empty cell.
    _, out = outcome
    row = table(out, "nonresponse").iloc[0]
    assert (row["n"], row["broke_off"], row["base"], row["skipped"]) == (639, 0, 639 * 14, 0)


@pytest.fixture(scope="module")
def pupils(tmp_path_factory):
    """The pupils, from study.toml alone."""
    study = copied(tmp_path_factory.mktemp("scales"))
    assert wbkit("prepare", "--study", study).exit_code == 0
    return wb.read_responses(wb.load_study(study), "pupils")


@pytest.mark.parametrize(("scale", "alpha", "mean", "icc"), [
    ("docenten", 0.8680942, 3.200537, 0.1772),
    ("klasgenoten", 0.8308976, 3.996348, 0.1680),
])
def test_scales_have_the_alpha_mean_and_icc_that_r_gives(pupils, scale, alpha, mean, icc):
    # psych::alpha; mean of the scores; lme4, REML, of pupils in 30 classes.
    table = wb.reliability(pupils, scale)
    found = table.data.set_index(["item", "measure"])["estimate"]
    assert found["whole_scale", "alpha"] == pytest.approx(alpha, abs=5e-8)
    assert found["whole_scale", "icc"] == pytest.approx(icc, abs=5e-5)
    assert "geschat met REML" in repr(table)
    assert wb.score(pupils, scale).data[scale].mean() == pytest.approx(mean, abs=5e-7)


def test_no_item_of_the_published_scales_runs_against_the_others(pupils):
    for scale in ("docenten", "klasgenoten"):
        assert (wb.reliability(pupils, scale).data["reason"] == "").all()


def test_every_table_has_a_figure_with_words(outcome):
    _, out = outcome
    for name in ("class", *map(str.lower, ITEMS)):
        about = json.loads((out / "figures" / f"pupils_{name}.json").read_text(encoding="utf-8"))
        assert about["alt"]
        assert (out / "figures" / f"pupils_{name}.png").stat().st_size > 1000


def test_the_manifest_names_the_data_by_hash_and_rows(outcome):
    _, out = outcome
    text = (out / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert manifest["inputs"]["rows"] == {"raw/SWMDK.csv": 639}
    assert len(manifest["inputs"]["files"]["raw/SWMDK.csv"]) == 64
    assert len([one for one in manifest["results"] if one["what"] == "table"]) == 15
    assert str(out.parent) not in text


def test_declared_as_in_its_manual_it_is_refused_with_what_was_found(tmp_path):
    # The manual of mokken says that scores run from 0 to 4; the data hold 1 to 5.
    study = copied(tmp_path, values='["0", "1", "2", "3", "4"]')
    done = wbkit("run", "--study", study, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "SWMDK.csv" in done.output
    assert "'5'" in done.output
    assert "0, 1, 2, 3, 4" in done.output.replace("'", "")
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "data" / "processed").exists()
