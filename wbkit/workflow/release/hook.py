"""The hook of git that looks for personal data in what is about to be committed."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath, PurePosixPath

from wbkit.coding.store.exchange import FOLDER as CODING
from wbkit.coding.store.files import HOLD_WORDS
from wbkit.coding.store.reader import StoredCodings
from wbkit.errors import DataError, WbkitError
from wbkit.files import write_whole
from wbkit.intake.linking_key import GIVEN_OUT
from wbkit.intake.linking_key import NAME as KEY
from wbkit.intake.processed import FOLDER as PROCESSED
from wbkit.messages import _, mark, shown
from wbkit.privacy.private_folder import FILES
from wbkit.study.study import Study
from wbkit.workflow.files import root
from wbkit.workflow.release.copies import is_checked
from wbkit.workflow.release.notebook_outputs import real_sources
from wbkit.workflow.release.personal_data import in_notebooks
from wbkit.workflow.release.publishing import FOLDER
from wbkit.workflow.release.rules import Rules
from wbkit.workflow.release.scanning import scan

NAME = "pre-commit"
MARK = "# wbkit hook"
NOT_FOR_GIT = mark("holds answers of real people, and git keeps everything. Take it out with "
                   "git restore --staged {file}, and name its folder in .gitignore")
PRIVATE = mark("tells who took part or who is who, and git keeps everything. Take it out with "
               "git restore --staged {file}, and name its folder in .gitignore")
WORDS = mark("repeats words of real people, and git keeps everything. Take it out with "
             "git restore --staged {file}, and give wbkit pseudonymise first")
SECRET = (KEY, GIVEN_OUT)  # wherever they stand
SCRIPT = """#!/bin/sh
{mark}: looks for personal data in what is about to be committed.
# Made by wbkit hook install; giving that command again renews it.
PYTHON={python}
if [ ! -x "$PYTHON" ]; then
  echo "wbkit: $PYTHON is gone. Give: wbkit hook install" >&2
  exit 1
fi
exec "$PYTHON" -m wbkit check --staged --study {study}
"""


def install_hook(study: Study) -> Path:
    """Write the hook into the git folder of a study; gives its file.

    Raises DataError where there is no git, or a hook that somebody else made.
    """
    home = root(study)
    file = Path(git(home, "rev-parse", "--git-path", f"hooks/{NAME}").decode().strip())
    file = file if file.is_absolute() else home / file
    top = Path(git(home, "rev-parse", "--show-toplevel").decode().strip())
    place = study.file.resolve().relative_to(top.resolve()).as_posix()
    if file.is_file() and MARK not in file.read_text(encoding="utf-8", errors="replace"):
        raise DataError(_(
            "{file}: somebody made this hook, and it stays as it is. Add this line to it: "
            "{command}",
            file=shown(file), command=_command(place)))
    write_whole(file, script(Path(sys.executable), place).encode())
    file.chmod(0o755)
    return file


def script(python: PurePath, place: str) -> str:
    """Return the hook for a Python and a study, the way the sh of Git for Windows reads it too."""
    return SCRIPT.format(mark=MARK, python=_quoted(python.as_posix()), study=_quoted(place))


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "'\\''") + "'"


def _command(place: str) -> str:
    python = _quoted(Path(sys.executable).as_posix())
    return f"{python} -m wbkit check --staged --study {_quoted(place)} || exit 1"


def people_in_commit(study: Study, rules: Rules) -> list[str]:
    """List what of the next commit points to a person, or may never be committed."""
    files, never = list(staged_files(study)), _never(study)
    refused = {name: why for name, __ in files if (why := _refusal(name, never))}
    looked = [(name, content) for name, content in files if name not in refused]
    return [*(_("{file}: {what}.", file=name, what=_(why, file=name))
              for name, why in refused.items()),
            *(one.line for one in scan(looked, rules.names(study), rules.numbers(study))),
            *in_notebooks([one for one in looked if not _is_published(study, *one)], study)]


def _is_published(study: Study, name: str, content: bytes) -> bool:
    """Whether a file is as publish made it: words of people in it were chosen to go out."""
    home = root(study)
    top = Path(git(home, "rev-parse", "--show-toplevel").decode().strip()).resolve()
    folder = home.resolve() / FOLDER
    path = top / name
    return path.is_relative_to(folder) and is_checked(
        folder, path.relative_to(folder).as_posix(), content)


def _refusal(name: str, never: Mapping[str, str]) -> str | None:
    """Return why a file may not be committed, by its place or its name."""
    path = PurePosixPath(name)
    if path.name in SECRET:
        return PRIVATE
    return next((why for place, why in never.items() if path.is_relative_to(place)), None)


def _never(study: Study) -> dict[str, str]:
    """Return files and folders of real people, as git names them, and why they stay out of it."""
    top = Path(git(root(study), "rev-parse", "--show-toplevel").decode().strip()).resolve()
    real = real_sources(study)
    answers = [path for source in real for path in source.raw_files.values()]
    answers += [path for path in (study.folder / PROCESSED).glob("[!.]*") if real]
    words = [study.folder / CODING / part for part in HOLD_WORDS if _holds_words(study)]
    reasons = {NOT_FOR_GIT: answers, PRIVATE: _private(study), WORDS: words}
    return {path.resolve().relative_to(top).as_posix(): why for why, paths in reasons.items()
            for path in paths if path.resolve().is_relative_to(top)}


def _private(study: Study) -> list[Path]:
    """Return the private folder; its own files where it holds the study as well."""
    folder = study.private_folder.resolve()
    holds_all = study.folder.resolve().is_relative_to(folder)
    return [folder / name for name in FILES] if holds_all else [folder]


def _holds_words(study: Study) -> bool:
    """Whether the coding store holds a text that is not pseudonymised; in doubt it does."""
    try:
        groups = StoredCodings(study.folder / CODING).groups()
    except WbkitError:
        return bool(real_sources(study))
    return any(one.about["privacy"] == "real" for one in groups.values())


def staged_files(study: Study) -> Iterator[tuple[str, bytes]]:
    """Yield what the next commit would hold: names from the folder of git, and contents."""
    home = root(study)
    top = Path(git(home, "rev-parse", "--show-toplevel").decode().strip())
    listed = git(top, "diff", "--cached", "--name-only", "-z", "--no-renames",
                 "--diff-filter=ACMT").decode("utf-8", "surrogateescape")
    for name in filter(None, listed.split("\0")):
        yield name, git(top, "show", f":{name}")


def git(folder: Path, *words: str) -> bytes:
    """Run git in a folder, and give what it prints."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False,
                              env=_environment())
    except FileNotFoundError:
        raise DataError(_(
            "git is not on this computer, or not to be found. Install git, and give the command "
            "again.")) from None
    if done.returncode:
        raise DataError(_(
            "{folder}: is not in a folder of git. Give git init there first, or leave this "
            "command out: without git nothing is committed.",
            folder=shown(folder)))
    return done.stdout


def _environment() -> dict[str, str]:
    """Leave out where git itself says that it is: in a hook that is meant for another folder."""
    return {name: value for name, value in os.environ.items()
            if name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX")}
