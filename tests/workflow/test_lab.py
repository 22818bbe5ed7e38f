"""JupyterLab opens in the language of the study, and what its user chose stays."""

import json
import os
from pathlib import Path

import jupyterlab
import pytest
from builders.studies import STUDY, make_study, wbkit
from jupyterlab_server.settings_utils import get_settings

import wbkit as wb
from wbkit.workflow import lab

LANGUAGE = "@jupyterlab/translation-extension:plugin"
NEWS = "@jupyterlab/apputils-extension:notification"
SCHEMAS = Path(jupyterlab.__file__).parent / "schemas"


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Read a setting as JupyterLab does, with a home folder of its own."""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "home"))

    def read(name, language):
        monkeypatch.setenv(lab.CONFIG_PATH, lab.config_path(language, os.environ))
        found, _ = get_settings(str(tmp_path / "app"), str(SCHEMAS), str(tmp_path / "user"), name)
        defaults = {key: about["default"] for key, about in found["schema"]["properties"].items()}
        return {**defaults, **found["settings"]}

    return read


@pytest.mark.parametrize(("language", "locale"), [("nl", "nl_NL"), ("en", "default")])
def test_jupyterlab_starts_in_the_language_of_the_study_and_asks_nothing(
    settings, language, locale,
):
    assert settings(LANGUAGE, language)["locale"] == locale
    news = settings(NEWS, language)
    assert (news["fetchNews"], news["checkForUpdates"]) == ("false", False)


def test_the_language_that_somebody_chose_in_jupyterlab_goes_first(settings, tmp_path):
    own = tmp_path / "user" / "@jupyterlab" / "translation-extension"
    own.mkdir(parents=True)
    (own / "plugin.jupyterlab-settings").write_text(json.dumps({"locale": "en"}))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert settings(LANGUAGE, "nl")["locale"] == "en"
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_folder_of_settings_that_was_asked_for_stays_first():
    first, second = lab.config_path("nl", {lab.CONFIG_PATH: "own"}).split(os.pathsep)
    assert (first, Path(second)) == ("own", lab.DEFAULTS / "nl")


@pytest.fixture
def opened(monkeypatch):
    """Collect what JupyterLab is asked, and do not open it."""
    asked = []
    monkeypatch.setattr(lab.LabApp, "launch_instance", asked.append)
    monkeypatch.setenv(lab.CONFIG_PATH, "")
    return asked


def test_the_command_opens_the_folder_of_the_study(tmp_path, opened):
    folder = tmp_path / "OneDrive (mbo) & één"
    make_study(folder, study=STUDY.replace('language = "nl"', 'language = "en"'))
    (folder / "notebooks").mkdir()
    done = wbkit("lab", "--study", folder, "--no-browser")
    assert (done.exit_code, done.output) == (0, "")
    assert opened == [[f"--ServerApp.root_dir={folder}",
                       "--LabApp.default_url=/lab/tree/notebooks", "--no-browser"]]
    assert Path(os.environ[lab.CONFIG_PATH]) == lab.DEFAULTS / "en"


def test_a_study_without_notebooks_opens_too(tmp_path, opened):
    lab.open_lab(wb.load_study(make_study(tmp_path)))
    assert opened == [[f"--ServerApp.root_dir={tmp_path}"]]


def test_a_folder_without_a_study_is_not_opened(tmp_path, opened):
    done = wbkit("lab", "--study", tmp_path)
    assert (done.exit_code, opened) == (1, [])
    assert "A new study begins with wbkit new" in done.output
