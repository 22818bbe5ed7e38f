"""Count the rooms that one call walks through, and how the package is divided.

    python tools/trace_rooms.py [--root CHECKOUT]

A call is traced when it is made for the second time, on a fresh object, so that imports are not
counted. Only frames of wbkit count; comprehensions and lambdas are part of the function that
holds them.
"""

import argparse
import ast
import io
import os
import shutil
import subprocess
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from types import FrameType
from typing import Any

PACKAGE, INIT = "wbkit", "__init__.py"
HERE = Path(__file__).resolve()
TEXT = "Ik ben moe. De toets was zwaar."
SHORT = 2  # lines of a body
Subject = tuple[Callable[[], Any], Callable[[Any], Any]]
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass
class Trace:
    """Where a call went: counted by `sys.setprofile`."""

    folder: str
    files: set[str] = field(default_factory=set)
    functions: set[tuple[str, int]] = field(default_factory=set)
    calls: int = 0
    changes: int = 0
    last: str = ""

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        """Count one event of a frame of the package."""
        code = frame.f_code
        inside = code.co_filename.startswith(self.folder) and not code.co_name.startswith("<")
        if event != "call" or not inside:
            return
        self.files.add(code.co_filename)
        self.functions.add((code.co_filename, code.co_firstlineno))
        self.calls += 1
        self.changes += bool(self.last) and code.co_filename != self.last
        self.last = code.co_filename

    @property
    def row(self) -> tuple[int, ...]:
        """Modules, functions, calls and changes of file."""
        return len(self.files), len(self.functions), self.calls, self.changes


def main() -> None:
    """Print one table of traces and one of counts."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--root", type=Path, default=_root())
    parser.add_argument("--traced", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    root = asked.root.resolve()
    if asked.traced:
        _print_traces(root, asked.traced)
        return
    with TemporaryDirectory() as place:
        skipped = shutil.ignore_patterns("processed", "__pycache__")
        shutil.copytree(root / "data", Path(place) / "data", ignore=skipped)
        _in_process(root, ["-m", PACKAGE, "prepare", "--study", place], quiet=True)
        _in_process(root, [str(HERE), "--root", str(root), "--traced", place])
    _print_counts(root / PACKAGE)


def _root() -> Path:
    entries = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    found = (Path(one) for one in entries if one and (Path(one) / PACKAGE).is_dir())
    return next(found, HERE.parents[1])


def _in_process(root: Path, command: list[str], *, quiet: bool = False) -> None:
    own = {"PYTHONPATH": str(root), "MPLBACKEND": "Agg"}
    subprocess.run([sys.executable, *command], env=os.environ | own, check=True,
                   stdout=subprocess.DEVNULL if quiet else None)


def _print_traces(root: Path, place: Path) -> None:
    print_row("one call", ("modules", "functions", "calls", "changes of file"))
    folder = str(root / PACKAGE) + os.sep
    for name, (given, call) in subjects(place).items():
        call(given())
        print_row(name, traced(call, given(), folder).row)


def subjects(place: Path) -> dict[str, Subject]:
    """Return the calls by name, each with what makes the fresh object that it is given."""
    wb = import_module(PACKAGE)
    study = wb.load_study(place)

    def students() -> Any:
        return wb.read_responses(study, "students")

    return {
        "frequency": (students, lambda given: wb.frequency(given, "gezien")),
        "frequency by": (students, lambda given: wb.frequency(given, "gezien", by="leerweg")),
        "crosstab": (students, lambda given: wb.crosstab(given, "gezien", "leerweg")),
        "plot_bars": (lambda: wb.frequency(students(), "gezien"), wb.plot_bars),
        "CodingStore.add": (lambda: _store(wb, Path(mkdtemp(dir=place))), lambda store: store.add(
            "leider", 0, len(TEXT), "toets", coder="anke")),
        "xlsx to png": (lambda: wb, lambda wb: xlsx_to_png(wb, place)),
    }


def _store(wb: Any, folder: Path) -> Any:
    """Make a store with one text; it is not closed, and left to the temporary folder."""
    store = wb.CodingStore(folder).__enter__()
    store.add_document("leider", TEXT, privacy="synthetic")
    return store


def xlsx_to_png(wb: Any, place: Path) -> Any:
    """Go the whole way from a study and its raw file to a saved picture."""
    study = wb.load_study(place)
    students = wb.clean(wb.read_source(study.source("students")))
    return wb.save(wb.plot_bars(wb.frequency(students, "gezien")), "rooms")


def traced(call: Callable[[Any], Any], given: Any, folder: str) -> Trace:
    """Make a call, and count where it goes."""
    trace = Trace(folder)
    sys.setprofile(trace)
    try:
        call(given)
    finally:
        sys.setprofile(None)
    return trace


def _print_counts(package: Path) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py"))}
    trees = {path: ast.parse(text) for path, text in texts.items()}
    modules = [path for path in texts if path.name != INIT]
    folders = Counter(path.parent for path in modules)
    functions = [node for tree in trees.values() for node in ast.walk(tree)
                 if isinstance(node, DEFINITIONS[:2])]
    fullest, most = folders.most_common(1)[0]
    rows = {
        "modules (without __init__)": len(modules),
        "modules with __init__": len(texts),
        "lines": sum(len(text.splitlines()) for text in texts.values()),
        "code lines": sum(code_lines(texts[path], trees[path]) for path in texts),
        "functions": len(functions),
        f"functions of at most {SHORT} lines with one caller": lone(functions, trees.values()),
        "modules that one other imports": serving_one(package, trees),
        "public names in several modules": len(repeated(trees.values())),
        f"most modules in one folder ({fullest.name})": most,
    }
    sys.stdout.write("\n")
    for name, number in rows.items():
        print_row(name, (number,))


def code_lines(text: str, tree: ast.Module) -> int:
    """Count the lines that hold code: no blank line, comment or docstring."""
    left_out = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT,
                tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER}
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    found = {line for token in tokens if token.type not in left_out
             for line in range(token.start[0], token.end[0] + 1)}
    docs = {line for node in ast.walk(tree) if (doc := _docstring(node))
            for line in range(doc.lineno, doc.end_lineno + 1)}
    return len(found - docs)


def _docstring(node: ast.AST) -> ast.stmt | None:
    if not isinstance(node, (*DEFINITIONS, ast.Module)) or not node.body:
        return None
    first = node.body[0]
    text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return first if text and isinstance(first.value.value, str) else None


def lone(functions: Iterable[ast.FunctionDef], trees: Iterable[ast.Module]) -> int:
    """Count the short functions whose name is used in one place."""
    uses = Counter(name for tree in trees for node in ast.walk(tree) if (name := _used(node)))
    return sum(_short(one) and uses[one.name] == 1 for one in functions)


def _used(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else None


def _short(function: ast.FunctionDef) -> bool:
    body = function.body[1:] if _docstring(function) else function.body
    return not body or body[-1].end_lineno - body[0].lineno < SHORT


def serving_one(package: Path, trees: dict[Path, ast.Module]) -> int:
    """Count the modules that exactly one other imports; the public API is one that imports."""
    paths = {_dotted(package, path): path for path in trees}
    users = defaultdict(set)
    for path, tree in trees.items():
        names = {*_imported(tree), *(_strings(tree) if path.name == INIT else ())}
        for name in names & set(paths):
            users[name].add(path)
    return sum(len(found) == 1 and not any(path.name == INIT for path in found)
               for name, found in users.items() if paths[name].name != INIT)


def _strings(tree: ast.Module) -> set[str]:
    """Return the strings of a module: an __init__ names what it loads later."""
    return {node.value for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _dotted(package: Path, path: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def repeated(trees: Iterable[ast.Module]) -> list[str]:
    """List the public names that several modules define at their top level."""
    found = Counter(name for tree in trees for name in {
        node.name for node in tree.body if isinstance(node, DEFINITIONS)
        and not node.name.startswith("_")})
    return sorted(name for name, times in found.items() if times > 1)


def print_row(name: str, cells: Iterable[Any]) -> None:
    """Print one aligned row."""
    numbers = [f"{cell:,}" if isinstance(cell, int) else cell for cell in cells]
    sys.stdout.write(f"{name:<50}" + "".join(f"{one:>17}" for one in numbers) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
