"""Write reports of the last run: `wbkit report`."""

import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from wbkit.errors import DataError, DisclosureError
from wbkit.files import is_outside_git
from wbkit.messages import _, shown
from wbkit.report.pages.report import WRITERS, Audience, build_report
from wbkit.report.saved_results import read_results
from wbkit.study.study import Study
from wbkit.workflow.files import notebooks_folder, read_json, root
from wbkit.workflow.handout.handing import Handed, hand_over
from wbkit.workflow.results_folder import MANIFEST, is_current
from wbkit.workflow.verifying import refuse_edited

FOLDER = "reports"
FORMATS = tuple(ending.lstrip(".") for ending in WRITERS)
NAMES = {"nl": "rapport", "en": "report"}


def write_reports(
    study: Study, *, audience: Audience, team: str | None = None,
    formats: Sequence[str] = FORMATS, out: Path | None = None,
    watch: Callable[[str], None] = lambda _: None,
) -> Handed:
    """Write a report for somebody in each of the formats; a file that was edited stays.

    The results must be those of the present data. Without typst there is no PDF, unless it is the
    only format that is asked for: then that is refused.
    """
    results = _results(study)
    refuse_edited(results)
    made = study.model_copy(update={"language": _language(results, study)})
    if not is_current(results, made, notebooks_folder(study)):
        raise DataError(_(
            "{folder}: holds no results of the present data, notebooks and code. Give wbkit run "
            "first, look at the results, then wbkit report.",
            folder=results.name))
    wanted = [one for one in formats if one != "pdf" or len(formats) == 1 or find_spec("typst")]
    if len(wanted) < len(formats):
        watch(_("no PDF: typst is not installed; pip install \"wbkit[pages]\" adds it"))
    stem = _stem(study, audience, team)
    folder = out or root(study) / FOLDER
    names = [f"{stem}.{one}" for one in wanted]
    _refuse_in_git(study, folder, names)
    report = build_report(study, read_results(study, results), audience=audience, team=team)
    return hand_over(folder, {name: WRITERS[Path(name).suffix](report) for name in names})


def _results(study: Study) -> Path:
    """Return the results in the language of the study, else those in the other one.

    A Table has no language: its words are made when it is shown.
    """
    own = study.results
    other = own.parent if own.name == "en" else own / "en"
    return own if (own / MANIFEST).is_file() or not (other / MANIFEST).is_file() else other


def _language(results: Path, study: Study) -> str:
    """Return the language in which the results were made."""
    file = results / MANIFEST
    return str(read_json(file)["inputs"]["language"]) if file.is_file() else study.language


def _stem(study: Study, audience: str, team: str | None) -> str:
    words = "-".join([NAMES[study.language], audience, *([team] if team else [])])
    return re.sub(r"[^\w-]+", "-", words.lower())


def _refuse_in_git(study: Study, folder: Path, names: Sequence[str]) -> None:
    """Refuse a place where git would keep a report about real people."""
    real = any(not (one.synthetic or one.public) for one in study.sources.values())
    if real and not is_outside_git(folder, names):
        raise DisclosureError(_(
            "{folder}: git would keep reports there, and they tell of real people inside the "
            "school. Add {name}/ to .gitignore, or give a folder outside the project with --out. "
            "What may go out is made by wbkit publish.",
            folder=shown(folder), name=folder.name))
