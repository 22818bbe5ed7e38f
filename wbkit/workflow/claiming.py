"""The sentences of a report held against the saved Tables: `wbkit claims`."""

import re
from collections import Counter
from pathlib import Path

from wbkit.files import write_whole
from wbkit.findings.claims.claims import check_claims
from wbkit.findings.claims.verdicts import ELSE, FIRM, HOLDS, NOTHING, VERDICTS
from wbkit.messages import Told, _, brief_number, counted, spoken
from wbkit.study.study import Study
from wbkit.table.render import Shown
from wbkit.table.table import Table
from wbkit.workflow.results_folder import read_tables

NUMBER = re.compile(r"[\d.]+")
QUIET = (HOLDS, NOTHING, ELSE)  # nothing to mend, or nothing that the Tables can say


def claims_of(report: Path, study: Study, results: Path) -> Table:
    """Hold a report against the Tables of a folder of results."""
    return check_claims(report, read_tables(results, study))


def claim_lines(found: Table) -> list[str]:
    """Word what has to be mended, a sentence at a time, and count the verdicts."""
    shown = found.show()
    lines = [_line(row, shown) for row in found.data.to_dict("records")
             if row["verdict"] not in QUIET]
    counts = Counter(found.data["verdict"])
    return [*lines, *(f"{counts[one]:>5}  {shown.words('verdict', one)}"
                      for one in VERDICTS if counts[one])]


def _line(row: dict[str, str], shown: Shown) -> Told:
    """Say what is wrong with a sentence, and what the Table says where it says something else."""
    words = {name: shown.words(name, row[name]) for name in ("verdict", "reason")}
    value = row["value"]
    if not value or row["verdict"] == FIRM:
        return _("{sentence} – {verdict} ({reason}).", sentence=row["sentence"], **words)
    if row["cell"].endswith(("share", "coverage")) and NUMBER.fullmatch(value):
        value = f"{brief_number(100 * float(value), spoken())} %"
    return _("{sentence} – {verdict} ({reason}). The table {table} says: {value}.",
             sentence=row["sentence"], table=row["table"], value=value, **words)


def write_claims(found: Table, out: Path) -> None:
    """Write every sentence: verdicts as ids, reasons in words."""
    shown = found.show()
    words = found.data.assign(
        reason=[shown.words("reason", one) for one in found.data["reason"]])
    write_whole(out, words.to_csv(index=False, lineterminator="\n").encode("utf-8-sig"))


def fault_of(found: Table, report: Path) -> Told | str:
    """Say why a report is not in order: something to mend, or nothing that was looked up."""
    looked = int((~found.data["verdict"].isin([NOTHING, ELSE])).sum())
    if not looked:
        return _(
            "{file}: no number, rank or quotation was found that the tables can confirm, in "
            "{sentences}. That does not say that the report is right. Look whether this is the "
            "right file.",
            file=report.name, sentences=counted(len(found.data), "sentence", "sentences"))
    wrong = int((~found.data["verdict"].isin(QUIET)).sum())
    return "" if not wrong else _(
        "{file}: {wrong} of {looked} claims do not stand in the tables as they are written; see "
        "above. Mend these sentences.",
        file=report.name, wrong=wrong, looked=looked)
