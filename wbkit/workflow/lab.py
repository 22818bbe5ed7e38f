"""Open JupyterLab at a study, in its language, and leave the settings of its user alone."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from jupyterlab.labapp import LabApp

from wbkit.study.study import Study
from wbkit.workflow.files import root

CONFIG_PATH = "JUPYTER_CONFIG_PATH"
DEFAULTS = Path(__file__).parent / "jupyter"  # what somebody chose in JupyterLab goes before it


def open_lab(study: Study, options: Sequence[str] = ()) -> None:
    """Open JupyterLab in the folder of a study until somebody closes it."""
    os.environ[CONFIG_PATH] = config_path(study.language, os.environ)
    LabApp.launch_instance([*lab_options(study), *options])


def config_path(language: str, environment: Mapping[str, str]) -> str:
    """Return the folders with defaults: those that were asked for, then the one of the language."""
    asked = environment.get(CONFIG_PATH, "")
    return os.pathsep.join(filter(None, [asked, str(DEFAULTS / language)]))


def lab_options(study: Study) -> list[str]:
    """Return the options with which JupyterLab shows the whole study, notebooks first."""
    folder = root(study)
    first = ["--LabApp.default_url=/lab/tree/notebooks"] if (folder / "notebooks").is_dir() else []
    return [f"--ServerApp.root_dir={folder}", *first]
