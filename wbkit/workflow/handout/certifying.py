"""Run a study again and write what came out: `wbkit certificate`.

The folder follows the CODECHECK configuration file specification 2.0 (Nüst & Eglen, 2021,
F1000Research, 10, 253; codecheck.org.uk).
"""

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

import wbkit
from wbkit.errors import DataError, DisclosureError
from wbkit.files import write_whole
from wbkit.labels import label
from wbkit.messages import _, counted, shown
from wbkit.report.pages.content import Heading, Part, Points, Report, TablePart, Words, in_order
from wbkit.report.pages.html import html_report
from wbkit.report.pages.page_style import page_style
from wbkit.report.pages.pdf import pdf_report
from wbkit.study.paper import Author, checked_orcid
from wbkit.study.study import Study
from wbkit.table.count_layouts import Grid
from wbkit.workflow.files import root
from wbkit.workflow.release.publishing import FOLDER as PUBLISHED
from wbkit.workflow.results_folder import replaced
from wbkit.workflow.running import run
from wbkit.workflow.verifying import SAME, STATES, Comparison, compare, index_faults

FOLDER, CONFIGURATION, CHECK = "certificate", "codecheck.yml", "codecheck"
TABLES, VERDICTS = "tables", "verdicts.csv"
ACCOUNT, PRINTED = "certificate.html", "certificate.pdf"
SPECIFICATION = "https://codecheck.org.uk/spec/config/2.0/"
NUMBER = re.compile(r"\d{4}-\d{3}")
OWN = (CONFIGURATION, CHECK, TABLES)


@dataclass(frozen=True)
class Check:
    """Who checked a study, and where the certificate will be found.

    Parameters
    ----------
    by
        Who ran it again.
    on
        The day.
    number
        The number of the certificate in the register, such as 2026-001.
    report
        Where the certificate is published: a DOI as an address.
    """

    by: Author
    on: date
    number: str | None = None
    report: str | None = None

    def __post_init__(self) -> None:
        """Refuse a number of another form."""
        if self.number is not None and not NUMBER.fullmatch(self.number):
            raise DataError(_(
                "--number {number}: should be a year and three digits, such as 2026-001, as the "
                "register of CODECHECK gave it.",
                number=self.number))


@dataclass(frozen=True)
class Certified:
    """What was written.

    Parameters
    ----------
    folder
        Where it stands.
    verdicts
        How each input, Table and Figure of the new run compares with the accepted one.
    lacking
        What `codecheck.yml` still needs, in words.
    """

    folder: Path
    verdicts: Sequence[Comparison]
    lacking: Sequence[str]

    @property
    def other(self) -> int:
        """How many are not the same."""
        return sum(one.state != SAME for one in self.verdicts)


def reviewer(name: str, orcid: str | None) -> Author:
    """Return who checks a study; refuses what is no ORCID."""
    try:
        return Author(name=name, orcid=checked_orcid(orcid) if orcid else None)
    except ValueError as fault:
        raise DataError(_("--orcid: {fault}", fault=fault.args[0])) from None


def certify(
    study: Study, check: Check, *, out: Path | None = None,
    watch: Callable[[str], None] = lambda _: None,
) -> Certified:
    """Run everything again, compare it with data/expected, and write the certificate.

    Of real people only what `wbkit publish` made goes into the folder.
    """
    faults = index_faults(study)
    if faults:
        raise DataError("\n".join([
            *faults, _("Restore these files, or accept the results again.")]))
    folder, real = out or root(study) / FOLDER, _holds_people(study)
    if real and not (root(study) / PUBLISHED / TABLES).is_dir():
        raise DisclosureError(_(
            "A certificate holds the tables that were checked, and this study is about real "
            "people. Give wbkit publish first: then the tables that may go out are used."))
    with tempfile.TemporaryDirectory() as place:
        again = Path(place) / "results"
        run(study, out=again, watch=watch)
        verdicts = compare(study, again)
        files = _files(root(study) / PUBLISHED if real else again)
    configuration = _configuration(study, check, verdicts, list(files))
    with replaced(folder, OWN) as building:
        for name, content in files.items():
            write_whole(building / TABLES / name, content)
        write_whole(building / CONFIGURATION, _yaml(configuration))
        write_whole(building / CHECK / VERDICTS, _verdicts(verdicts, lines=not real))
        account = _account(study, check, verdicts)
        write_whole(building / CHECK / ACCOUNT, html_report(account))
        if find_spec("typst"):
            write_whole(building / CHECK / PRINTED, pdf_report(account))
    return Certified(folder, verdicts, list(_lacking(configuration)))


def _holds_people(study: Study) -> bool:
    return any(not (one.synthetic or one.public) for one in study.sources.values())


def _files(results: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((results / TABLES).glob("*.csv"))}


def _configuration(
    study: Study, check: Check, verdicts: Sequence[Comparison], names: Sequence[str]
) -> dict[str, Any]:
    """Return what codecheck.yml says, in the order of the specification."""
    states = {one.name: one.state for one in verdicts if one.what == "table"}
    paper, language = study.paper, study.language
    about = {
        "version": SPECIFICATION,
        "manifest": [{"file": f"{TABLES}/{name}",
                      "comment": str(_(STATES[states.get(Path(name).stem, SAME)]))}
                     for name in names],
        "paper": {
            "title": (paper.title or study.title).text(language),
            "authors": [_person(one) for one in paper.authors],
            "reference": paper.reference},
        "codechecker": [_person(check.by)],
        "report": check.report, "summary": str(_summary(verdicts, check)),
        "check_time": check.on.isoformat(), "certificate": check.number}
    return _known(about)


def _person(one: Author) -> dict[str, str]:
    return {"name": one.name} | ({"ORCID": one.orcid} if one.orcid else {})


def _known(about: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what nobody said: a place that is filled with nothing is worse than none."""
    return {key: _known(one) if isinstance(one, dict) else one for key, one in about.items()
            if one not in (None, [], "")}


def _lacking(about: Mapping[str, Any]) -> Iterator[str]:
    """Say what the specification asks for and nobody gave."""
    paper = about["paper"]
    if not paper.get("authors"):
        yield _("the authors: authors under [paper] in study.toml")
    for one in paper.get("authors", ()):
        if "ORCID" not in one:
            yield _("the ORCID of {name}: orcid under [paper] in study.toml", name=one["name"])
    if "reference" not in paper:
        yield _("where the paper or report is: reference under [paper] in study.toml")
    if "report" not in about:
        yield _("where the certificate is published: --report")
    if "certificate" not in about:
        yield _("the number that the register of CODECHECK gives: --number")


def _yaml(about: Mapping[str, Any]) -> bytes:
    return yaml.safe_dump(about, allow_unicode=True, sort_keys=False, explicit_start=True,
                          width=1000).encode()


def _summary(verdicts: Sequence[Comparison], check: Check) -> str:
    counts = Counter(one.state for one in verdicts)
    results = counted(len(verdicts), "input, table or figure", "inputs, tables and figures")
    if counts[SAME] == len(verdicts):
        return _("{by} ran the study again on {on}: {results}, all the same as accepted.",
                 by=check.by.name, on=check.on.isoformat(), results=results)
    return _("{by} ran the study again on {on}: {results}, of which {other} not the same as "
             "accepted.",
             by=check.by.name, on=check.on.isoformat(), results=results,
             other=len(verdicts) - counts[SAME])


def _verdicts(verdicts: Sequence[Comparison], *, lines: bool) -> bytes:
    """Return the verdicts as csv; what changed stands in it where nobody is in the data."""
    rows = [{"what": one.what, "name": one.name, "verdict": one.state}
            | ({"changes": "\n".join(one.lines)} if lines else {}) for one in verdicts]
    return pd.DataFrame(rows).to_csv(index=False, lineterminator="\n").encode()


def _account(study: Study, check: Check, verdicts: Sequence[Comparison]) -> Report:
    """Return the certificate for people."""
    language = study.language
    title = label("certificate_title", language, title=study.title.text(language) or "")
    columns = tuple(label("certificate_columns", language).split("|"))
    ordered = sorted(verdicts, key=lambda one: one.state == SAME)
    rows = tuple((one.name, label(f"certificate_{one.what}", language),
                  label(f"certificate_{one.state}", language)) for one in ordered)
    parts: list[Part] = [
        Words(label("certificate_kicker", language), "kicker"), Heading(title, 1),
        Words(_summary(verdicts, check), "answer"),
        Heading(label("certificate_how", language)),
        Points(tuple(label("certificate_steps", language, version=wbkit.__version__).split("|"))),
        Heading(label("certificate_each", language)),
        TablePart(label("certificate_each", language), Grid(columns, rows, 1, len(columns)))]
    return Report(title, "", check.by.name, title, language, page_style(study), in_order(parts))


def certificate_lines(made: Certified) -> list[str]:
    """Word what is left to fill in."""
    if not made.lacking:
        return []
    return [_("{file} follows CODECHECK 2.0 except for what it still needs:",
              file=shown(made.folder / CONFIGURATION)), *(f"- {one}" for one in made.lacking)]
