"""A certificate: everything is run again, and each verdict stands in a folder of CODECHECK 2.0.

The rules are those of the configuration file specification 2.0 that need no network
(codecheckers/register, rules-2.0.yml, 2026-09: CC-CFG, CC-MET-001, CC-BUN-001 to 003).
"""

import re
import shutil
from datetime import date
from pathlib import PurePosixPath

import pandas as pd
import pytest
import yaml
from builders.studies import RAW, REAL, REAL_RAW, STUDY, make_study, wbkit

import wbkit as wb
from wbkit.errors import DataError, DisclosureError
from wbkit.study.paper import Author
from wbkit.workflow.handout.certifying import Check, certificate_lines, certify
from wbkit.workflow.running import run
from wbkit.workflow.verifying import accept

PAPER = '''
[paper]
reference = "https://doi.org/10.5555/example"
authors = [{ name = "Josiah Carberry", orcid = "0000-0002-1825-0097" }]
'''
ORCID = "0000-0001-5109-3700"  # of the documentation of ORCID
CHECK = Check(Author(name="An Nakijker", orcid=ORCID), date(2026, 11, 30), "2026-999",
              "https://doi.org/10.5555/certificate")
PLACEHOLDER = re.compile(r"FIXME|TODO|XXXX|YYYY-|0000-000$|9999-")


@pytest.fixture(scope="module")
def accepted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("accepted")
    study = wb.load_study(make_study(folder, study=STUDY + PAPER))
    run(study)
    accept(study)
    return folder


@pytest.fixture
def folder(accepted, tmp_path):
    shutil.copytree(accepted, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture(scope="module")
def certified(accepted):
    return certify(wb.load_study(accepted / "data"), CHECK)


@pytest.fixture(scope="module")
def bundle(certified):
    return certified.folder


@pytest.fixture(scope="module")
def about(bundle):
    return yaml.safe_load((bundle / "codecheck.yml").read_text(encoding="utf-8"))


def has_right_digit(orcid):
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == orcid[-1]


def values_of(node):
    if isinstance(node, dict):
        return [one for value in node.values() for one in values_of(value)]
    if isinstance(node, list):
        return [one for value in node for one in values_of(value)]
    return [str(node)]


def is_url(text):
    return bool(re.fullmatch(r"https://\S+", text))


RULES = {
    "CC-CFG-004": lambda a, b: isinstance(a["manifest"], list) and a["manifest"],
    "CC-CFG-005": lambda a, b: all("file" in one for one in a["manifest"]),
    "CC-CFG-006": lambda a, b: not any(PurePosixPath(one["file"]).is_absolute()
                                       or ".." in one["file"] for one in a["manifest"]),
    "CC-CFG-007": lambda a, b: all(one["comment"] for one in a["manifest"]),
    "CC-CFG-008": lambda a, b: isinstance(a["codechecker"], list) and a["codechecker"],
    "CC-CFG-009": lambda a, b: all(one["name"] for one in a["codechecker"]),
    "CC-CFG-010": lambda a, b: all(one["ORCID"] for one in a["codechecker"]),
    "CC-CFG-011": lambda a, b: bool(a["report"]),
    "CC-CFG-012": lambda a, b: is_url(a["report"]),
    "CC-CFG-013": lambda a, b: "FIXME" not in a["report"],
    "CC-CFG-014": lambda a, b: bool(a["version"]),
    "CC-CFG-015": lambda a, b: a["version"] == "https://codecheck.org.uk/spec/config/2.0/",
    "CC-CFG-016": lambda a, b: isinstance(a["paper"], dict),
    "CC-CFG-017": lambda a, b: bool(a["paper"]["title"]),
    "CC-CFG-018": lambda a, b: isinstance(a["paper"]["authors"], list) and a["paper"]["authors"],
    "CC-CFG-019": lambda a, b: all(one["name"] for one in a["paper"]["authors"]),
    "CC-CFG-020": lambda a, b: all(re.fullmatch(r"(\d{4}-){3}\d{3}[\dX]", one["ORCID"])
                                   for one in a["paper"]["authors"]),
    "CC-CFG-021": lambda a, b: bool(a["paper"]["reference"]),
    "CC-CFG-022": lambda a, b: not a["paper"]["reference"].endswith(".pdf"),
    "CC-CFG-023": lambda a, b: not any(map(PLACEHOLDER.search, values_of(a))),
    "CC-CFG-024": lambda a, b: isinstance(a["summary"], str) and a["summary"],
    "CC-CFG-025": lambda a, b: bool(a["certificate"]),
    "CC-CFG-026": lambda a, b: re.fullmatch(r"\d{4}-\d{3}", a["certificate"]),
    "CC-CFG-027": lambda a, b: is_url(a["paper"]["reference"]),
    "CC-CFG-028": lambda a, b: "doi.org/" in a["paper"]["reference"],
    "CC-CFG-029": lambda a, b: isinstance(a["paper"].get("reference-other", []), list),
    "CC-CFG-030": lambda a, b: all(map(is_url, a["paper"].get("reference-other", []))),
    "CC-CFG-031": lambda a, b: not a["paper"]["reference"].endswith(".pdf"),
    "CC-MET-001": lambda a, b: all(has_right_digit(one["ORCID"])
                                   for one in [*a["paper"]["authors"], *a["codechecker"]]),
    "CC-BUN-001": lambda a, b: all((b / one["file"]).is_file() for one in a["manifest"]),
    "CC-BUN-002": lambda a, b: (b / "codecheck").is_dir(),
    "CC-BUN-003": lambda a, b: (b / "codecheck" / "certificate.pdf").is_file(),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_folder_keeps_the_rule_of_codecheck(about, bundle, rule):
    assert RULES[rule](about, bundle)


def test_the_file_is_yaml_in_utf_8_that_begins_with_its_mark(bundle):
    # CC-CFG-001 to 003
    text = (bundle / "codecheck.yml").read_bytes().decode("utf-8")
    assert text.startswith("---\n")
    assert yaml.safe_load(text)


def test_what_the_specification_asks_is_asked_of_an_orcid_with_a_wrong_digit_too():
    assert has_right_digit("0000-0002-1825-0097")
    assert has_right_digit("0000-0002-1694-233X")
    assert not has_right_digit("0000-0002-1825-0098")


def test_every_table_of_the_new_run_is_in_the_manifest_with_its_verdict(about):
    assert {one["file"]: one["comment"] for one in about["manifest"]} == {
        f"tables/students_{name}.csv": "same"
        for name in ("coverage", "gezien", "leerweg", "nonresponse")}


def test_the_account_says_who_checked_when_and_that_all_is_the_same(bundle, about):
    html = (bundle / "codecheck" / "certificate.html").read_text(encoding="utf-8")
    said = "An Nakijker ran the study again on 2026-11-30: 7 inputs, tables and figures, all the " \
           "same as accepted."
    assert said in html
    assert about["summary"] == said


def test_a_changed_answer_gives_another_verdict_for_exactly_what_it_changes(folder):
    make_study(folder, study=STUDY + PAPER, raw=RAW.replace("1;bol;eens\n", "1;bol;oneens\n", 1))
    done = wbkit("certificate", "--by", "An", "--study", folder / "data")
    assert done.exit_code == 1
    assert "3 of 7 results are not the same as accepted" in done.output
    found = pd.read_csv(folder / "certificate" / "codecheck" / "verdicts.csv",
                        keep_default_na=False)
    other = found[found["verdict"] != "same"]
    assert set(zip(other["what"], other["name"], strict=True)) == {
        ("input", "raw/enquete.csv"), ("table", "students_gezien"), ("figure", "students_gezien")}
    assert "n: 6 -> 5" in other.set_index("what").loc["table", "changes"]


def test_what_nobody_gave_is_not_made_up_and_is_asked_for(folder):
    make_study(folder)  # without [paper]
    done = wbkit("certificate", "--by", "An", "--study", folder / "data")
    assert done.exit_code == 0, done.output
    for words in ("the authors: authors under [paper]", "reference under [paper]", "--report",
                  "--number", "all the same"):
        assert words in done.output
    about = yaml.safe_load((folder / "certificate" / "codecheck.yml").read_text(encoding="utf-8"))
    assert set(about) == {"version", "manifest", "paper", "codechecker", "summary", "check_time"}


def test_nothing_is_asked_where_everything_was_given(certified):
    assert certificate_lines(certified) == []


@pytest.mark.parametrize(("options", "words"), [
    (["--orcid", "0000-0002-1825-0098"], "'0000-0002-1825-0098' is no ORCID"),
    (["--orcid", "https://orcid.org/0000-0002-1825-0097"], "is no ORCID"),
    (["--number", "12"], "--number 12: should be a year and three digits"),
])
def test_a_number_of_another_form_is_refused(folder, options, words):
    done = wbkit("certificate", "--by", "An", *options, "--study", folder / "data")
    assert done.exit_code == 1
    assert words in done.output


def test_tables_of_real_people_come_from_what_was_published(tmp_path):
    study = wb.load_study(make_study(tmp_path, study=REAL, raw=REAL_RAW))
    run(study)
    accept(study)
    with pytest.raises(DisclosureError, match="Give wbkit publish first"):
        certify(study, CHECK)
    out = tmp_path / "publish" / "tables"
    out.mkdir(parents=True)
    (out / "students_gezien.csv").write_text("item,value,n\n", encoding="utf-8")
    made = certify(study, CHECK)
    assert [file.name for file in (made.folder / "tables").iterdir()] == ["students_gezien.csv"]
    assert (made.folder / "tables" / "students_gezien.csv").read_text("utf-8") == "item,value,n\n"
    found = pd.read_csv(made.folder / "codecheck" / "verdicts.csv")
    assert list(found.columns) == ["what", "name", "verdict"]


def test_accepted_results_that_contradict_their_list_cannot_be_checked(folder):
    (folder / "data" / "expected" / "tables" / "students_gezien.csv").unlink()
    with pytest.raises(DataError, match="is missing"):
        certify(wb.load_study(folder / "data"), CHECK)
