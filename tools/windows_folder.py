"""Make the folder with which Windows users start wbkit: `make windows`.

It holds the wheel of wbkit, requirements.lock, start.cmd and wbkit.cmd; with --download also the
wheels of all packages, so that the laptop needs no internet. Nobody ran it on Windows yet: a test
reads the scripts for the mistakes that cmd.exe does not forgive.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = Path(__file__).resolve().parent / "windows"
FOLDER = ROOT / "dist" / "wbkit-windows"
LOCK = "requirements.lock"
VERSIONS = ("3.12", "3.11", "3.13")  # in the order in which start.cmd looks for them
PACKAGE = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+))? \\")
LAPTOP = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows",
          "platform_machine": "AMD64", "implementation_name": "cpython",
          "platform_python_implementation": "CPython"}
OFFLINE = {
    True: "Alle onderdelen zitten in de map wheels. Het installeren gaat zonder internet.",
    False: "De onderdelen komen de eerste keer van internet. Een collega die wbkit heeft, kan\n"
           "een map maken waarin ze al zitten, met deze opdracht in de map van wbkit:\n"
           "python tools/windows_folder.py --download",
}


def main(words: Sequence[str] | None = None) -> None:
    """Make the folder that the command line asks for, and say what is in it."""
    asked = _asked(words)
    versions = asked.python or (VERSIONS[:1] if asked.download else VERSIONS)
    folder = make_folder(asked.out, versions, download=asked.download)
    made = shutil.make_archive(str(folder), "zip", folder.parent, folder.name) if asked.zip else ""
    wheels = len(list(folder.glob("wheels/*.whl")))
    sys.stdout.write(f"Made: {folder.name}{' and ' + Path(made).name if made else ''}, for Python "
                     f"{', '.join(versions)}, with {wheels} wheels of other packages. Next: give "
                     "it to somebody with Windows, who unpacks it and opens start.cmd.\n")


def make_folder(folder: Path, versions: Sequence[str], *, download: bool = False) -> Path:
    """Write the folder anew; what stood there is removed when wbkit made it."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "start.cmd").is_file():
        raise SystemExit(f"{folder}: holds files that this command did not make. Give another "
                         "folder with --out.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    wheel = build_wheel(folder)
    shutil.copy(ROOT / LOCK, folder)
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE.txt")
    lock = (ROOT / LOCK).read_text(encoding="utf-8")
    if download:
        for version in versions:
            download_wheels(lock, version, folder / "wheels")
    filled = fill(wheel.name, lock, versions, mark=mark_of(wheel, lock), offline=download)
    for name, text in filled.items():
        (folder / name).write_bytes(text.replace("\n", "\r\n").encode("ascii"))
    return folder


def build_wheel(folder: Path) -> Path:
    """Build the wheel of wbkit with the build backend of the lock."""
    _pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder),
         str(ROOT))
    return next(folder.glob("wbkit-*.whl"))


def download_wheels(lock: str, version: str, folder: Path) -> None:
    """Fetch the wheels that a Windows laptop with this Python needs, checked by hash."""
    folder.mkdir(exist_ok=True)
    wanted = folder / "wanted.txt"
    wanted.write_text("\n".join(locked_for(lock, version)) + "\n", encoding="utf-8")
    _pip("download", "--no-deps", "--require-hashes", "--only-binary=:all:",
         "--platform", "win_amd64", "--python-version", version, "--dest", str(folder),
         "--requirement", str(wanted))
    wanted.unlink()


def locked_for(lock: str, version: str) -> Iterator[str]:
    """Yield the lines of the lock that hold on Windows; pip would look at this machine instead."""
    laptop = LAPTOP | {"python_version": version, "python_full_version": f"{version}.0"}
    wanted = False
    for line in lock.splitlines():
        package = PACKAGE.fullmatch(line)
        if package:
            marker = package["marker"]
            wanted = not marker or Marker(marker.strip()).evaluate(laptop)
            line = f"{package['name']}=={package['version']} \\"
        if wanted:
            yield line


def mark_of(wheel: Path, lock: str) -> str:
    """Return a mark that changes with wbkit and with the lock, so that start.cmd installs again."""
    digits = hashlib.sha256(wheel.read_bytes() + lock.encode()).hexdigest()[:12]
    return f"{wheel.name.split('-')[1]}-{digits}"


def fill(
    wheel: str, lock: str, versions: Sequence[str], *, mark: str, offline: bool
) -> dict[str, str]:
    """Return each file with the facts of this folder in it."""
    facts = {
        "MARK": mark, "WHEEL": wheel, "FIRST": versions[0],
        "VERSIONS": " ".join(versions),
        "FOLDERS": " ".join(f"Python{version.replace('.', '')}" for version in versions),
        "TUPLES": ", ".join(f"({version.replace('.', ', ')})" for version in versions),
        "SPOKEN": " of ".join(versions),
        "COUNT": str(sum("==" in line for line in locked_for(lock, versions[0]))),
        "OFFLINE": OFFLINE[offline],
    }
    texts = {path.name: path.read_text(encoding="ascii") for path in sorted(TEMPLATES.iterdir())}
    return {name: re.sub("@([A-Z]+)@", lambda found: facts[found[1]], text)
            for name, text in texts.items()}


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="windows_folder.py", description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER, help="the folder to make")
    parser.add_argument("--download", action="store_true", help="add the wheels of all packages")
    parser.add_argument("--python", action="append", metavar="3.12", choices=VERSIONS,
                        help="a Python of the laptop; may be given more than once")
    parser.add_argument("--zip", action="store_true", help="make a zip of the folder as well")
    return parser.parse_args(words)


def _pip(*words: str) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", words[0], "--quiet", *words[1:]],
                          check=False)
    if done.returncode:
        raise SystemExit(f"pip {words[0]} did not end well; the lines above say why. "
                         "--download needs the internet.")


if __name__ == "__main__":
    main()
