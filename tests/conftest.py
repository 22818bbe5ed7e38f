"""Before the notebooks are compared: data/processed is made once, and results go elsewhere."""

import os
from functools import cache
from pathlib import Path

import kernel_starts
import pytest

from wbkit.messages import MESSAGES_VARIABLE
from wbkit.study.study import RESULTS_VARIABLE, load_study
from wbkit.workflow.preparing import prepare

STUDY = Path(__file__).resolve().parents[1] / "data" / "study.toml"
os.environ[MESSAGES_VARIABLE] = "en"  # tests match English; what is Dutch asks for it by name


def pytest_configure(config):
    config.pluginmanager.register(NotebookResults(config), "notebook-results")
    config.pluginmanager.register(kernel_starts, "kernel-starts")
    if config.getoption("numprocesses", None):
        prepare_once()  # before the processes that share the work begin


class NotebookResults:
    """What the notebooks save during a test is kept apart from results/."""

    def __init__(self, config):
        self.folder = config.rootpath / ".pytest_cache" / "results"

    def pytest_collection_finish(self, session):
        if any(map(is_notebook_cell, session.items)):
            prepare_once()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item):
        if not is_notebook_cell(item):
            return (yield)
        with pytest.MonkeyPatch.context() as patch:  # the kernel of a notebook starts here
            patch.setitem(os.environ, RESULTS_VARIABLE, str(self.folder))
            patch.delenv(MESSAGES_VARIABLE, raising=False)  # a notebook speaks its own language
            return (yield)


def is_notebook_cell(item):
    return type(item).__module__.startswith("nbval")


@cache
def prepare_once():
    """Make data/processed from the raw files as they are now."""
    study = load_study(STUDY)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        prepare(study)
    return study


@pytest.fixture(scope="session")
def processed():
    """Give the study of this project, of which data/processed is up to date."""
    return prepare_once()
