"""The rules a module of wbkit keeps. Each takes modules and returns the places that break it."""

import ast
import graphlib
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

FLOORS = {
    "": -1,  # wbkit itself: lazy, so it imports nothing, and anyone may ask it for __version__
    "messages": 0,
    "errors": 1, "files": 1,
    "text": 2, "labels": 2,
    "stats": 3,
    "study": 4,
    "data": 5,
    "table": 6,
    "intake": 7, "cleaning": 7, "survey": 7, "coding": 7, "privacy": 7, "findings": 7,
    "report": 8,
    "widgets": 9,
    "workflow": 10,
    "console": 11,
    "cli_pages": 12, "cli_privacy": 12,
    "cli": 13,
    "__main__": 14,
}  # fmt: skip
WORDED = {"table", "report", "findings", "privacy", "widgets", "workflow", "cli",
          "cli_pages", "cli_privacy"}  # may use labels
HEAVY_EXTRAS = frozenset({  # packages that a function may import when it is called
    "dask", "ahocorasick_rs", "pypdf", "pyreadstat", "rapidfuzz", "statsmodels",
    "tomlkit", "typst", "xlsxwriter",
})  # fmt: skip
SETTLES_FIRST = {"wbkit.__main__"}  # the language, in which what it imports words itself
FILE_NAMES = ("read_", "load_", "write_", "plot_", "save")
FILE_FOLDERS = {"labels", "messages", "intake", "report", "workflow", "cli", "cli_pages",
                "cli_privacy"}
FILE_CALLS = {"open", "read_text", "write_text", "read_bytes", "write_bytes", "read_csv",
              "read_excel", "read_parquet", "to_excel", "to_parquet"}  # fmt: skip
LONGEST_MODULE = 400
MOST_MODULES = 15
SMALL_MODULE = 100
MOST_PARAMETERS = 6
FUNCTION_LINES = {"p90": 20, "longest": 40}

WORDED_ERRORS = {"WbkitError", "StudyError", "CodebookError", "DataError", "CodingError",
                 "DisclosureError", "InUse"}
OWN_SCOPE = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One source file: its dotted name, its text and its syntax tree."""

    name: str
    text: str
    is_package: bool = False
    tree: ast.Module = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "tree", ast.parse(self.text))

    @property
    def part(self) -> str:
        """The folder or module directly under wbkit."""
        return part_of(self.name)

    @property
    def folder(self) -> str:
        """The package in which the module stands."""
        return self.name.rpartition(".")[0]

    @property
    def lines(self) -> int:
        return len(self.text_lines)

    @cached_property
    def text_lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree: many rules walk it."""
        return list(ast.walk(self.tree))

    @cached_property
    def functions(self) -> list[Function]:
        return [node for node in self.nodes if isinstance(node, Function)]

    def at(self, node: ast.AST) -> str:
        return f"{self.name}, line {node.lineno}"


def part_of(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def read_package(folder: Path) -> list[Module]:
    """Every module under `folder`, packages under their own name."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        words = path.relative_to(folder.parent).with_suffix("").parts
        is_package = words[-1] == "__init__"
        name = ".".join(words[:-1] if is_package else words)
        found.append(Module(name, path.read_text(encoding="utf-8"), is_package))
    return found


# What a module imports


def imports_of(module: Module, names: set[str]) -> Iterator[tuple[ast.stmt, str, str]]:
    """Yield each import of wbkit: where it is, the module it reaches, the name it takes."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            targets = [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            source = absolute(module, node)
            inner = [(f"{source}.{alias.name}", alias.name) for alias in node.names]
            targets = [(full, "") if full in names else (source, name) for full, name in inner]
        else:
            continue
        yield from ((node, target, name) for target, name in targets if is_ours(target))


def is_ours(name: str) -> bool:
    return name == "wbkit" or name.startswith("wbkit.")


def absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    here = module.name.split(".")
    here = here[: len(here) - node.level + module.is_package]
    return ".".join([*here, *([node.module] if node.module else [])])


def imports_across_floors(modules: list[Module]) -> list[str]:
    names = {module.name for module in modules}
    unknown = [f"{m.name}: {m.part} has no floor" for m in modules if m.part not in FLOORS]
    upward = [
        f"{module.at(node)}: {module.part or 'wbkit'} may not import {target}"
        for module in modules
        for node, target, _ in imports_of(module, names)
        if module.part != part_of(target)
        and FLOORS.get(part_of(target), 99) >= FLOORS.get(module.part, 99)
    ]
    return unknown + upward


def imports_from_the_front_door(modules: list[Module]) -> list[str]:
    names = {module.name for module in modules}
    return [
        f"{module.at(node)}: import {name} from the module that defines it, not from wbkit"
        for module in modules
        for node, target, name in imports_of(module, names)
        if target == "wbkit" and name not in ("", "__version__")
    ]


def import_cycles(modules: list[Module]) -> list[str]:
    names = {module.name for module in modules}
    graph = {m.name: {target for _, target, _ in imports_of(m, names)} - {m.name} for m in modules}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return [" imports ".join(reversed(error.args[1]))]
    return []


def words_where_counts_are_made(modules: list[Module]) -> list[str]:
    """Printed words are taken by what shows, writes or talks; all else gives ids and numbers."""
    names = {module.name for module in modules}
    return [
        f"{module.name}: {module.part} imports labels; give ids, words come when a Table is shown"
        for module in modules
        if module.part not in WORDED | {"labels"}
        and any(part_of(target) == "labels" for _, target, _ in imports_of(module, names))
    ]


def names_passed_on(modules: list[Module]) -> list[str]:
    """Only wbkit passes on the names of its modules; folders are empty."""
    names = {module.name for module in modules}
    full = [f"{module.name}: an __init__ is empty; only wbkit passes names on"
            for module in modules
            if module.is_package and module.name != "wbkit" and module.text.strip()]  # fmt: skip
    owned = {module.name: defined_names(module) for module in modules if not module.is_package}
    borrowed = [
        f"{module.at(node)}: {name} is not defined in {target}; import it from where it is"
        for module in modules
        for node, target, name in imports_of(module, names)
        if name and name not in owned.get(target, {name})
    ]
    return full + borrowed


def defined_names(module: Module) -> set[str]:
    """List what a module gives a name itself, and does not import."""
    stored = {node.id for node in module.nodes
              if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}  # fmt: skip
    made = {node.name for node in module.tree.body if isinstance(node, Function | ast.ClassDef)}
    return stored | made


def names_defined_twice(modules: list[Module]) -> list[str]:
    """A public function or class is defined in one module of its room, folders in it included."""
    homes = {}
    for module in modules:
        room = module.part if module.name.count(".") > 1 else ""
        for node in module.tree.body:
            if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault((room, node.name), set()).add(module.name)
    return [f"{name} is defined in {' and in '.join(sorted(found))}"
            for (_, name), found in homes.items() if len(found) > 1]  # fmt: skip


def imports_inside_functions(modules: list[Module]) -> list[str]:
    return [
        f"{module.at(node)}: import at the top of the module"
        for module in modules if module.name not in SETTLES_FIRST
        for function in module.functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and not imported_packages(node) <= HEAVY_EXTRAS
    ]


def imported_packages(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]}
    return {alias.name.split(".")[0] for alias in node.names}


# Size


def long_modules(modules: list[Module]) -> list[str]:
    return [
        f"{module.name} has {module.lines} lines, of at most {LONGEST_MODULE}: it does two things"
        for module in modules
        if module.lines > LONGEST_MODULE
    ]


def full_folders(modules: list[Module]) -> list[str]:
    held = Counter(module.folder for module in modules if not module.is_package)
    return [f"{folder} has {n} modules, of at most {MOST_MODULES}: give a part its own folder"
            for folder, n in held.items() if n > MOST_MODULES]  # fmt: skip


def small_rooms_with_one_door(modules: list[Module]) -> list[str]:
    """Find private modules of few lines that serve one other module, and belong in it."""
    importers = importers_of(modules)
    public = public_modules(modules)
    return [
        f"{module.name} has {module.lines} lines and serves only {importers[module.name].pop()}"
        for module in modules
        if module.lines < SMALL_MODULE and len(importers[module.name]) == 1
        and not module.is_package and module.name not in public
    ]  # fmt: skip


def importers_of(modules: list[Module]) -> dict[str, set[str]]:
    """Say for each module which others import it."""
    found = {module.name: set() for module in modules}
    for module in modules:
        for _, target, _ in imports_of(module, set(found)):
            if target in found and target != module.name:
                found[target].add(module.name)
    return found


def public_modules(modules: list[Module]) -> set[str]:
    """List the modules in which a public name lives, as wbkit itself says in _WHERE."""
    return {
        module
        for root in modules if root.name == "wbkit"
        for node in root.tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_WHERE"
        for module in ast.literal_eval(node.value)
    }  # fmt: skip


def body_lines(module: Module, function: Function) -> int:
    """Count the lines of a function's body, without docstring, comments and blank lines."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    lines = module.text_lines[body[0].lineno - 1 : body[-1].end_lineno]
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in lines)


def long_functions(modules: list[Module]) -> list[str]:
    return [
        f"{module.at(function)}: {function.name} has {body_lines(module, function)} lines"
        for module in modules
        for function in module.functions
        if body_lines(module, function) > FUNCTION_LINES["longest"]
    ]


def functions_long_on_the_whole(modules: list[Module]) -> list[str]:
    lengths = [body_lines(m, function) for m in modules for function in m.functions]
    if len(lengths) < 2:
        return []
    p90 = statistics.quantiles(lengths, n=10)[-1]
    if p90 <= FUNCTION_LINES["p90"]:
        return []
    return [f"one function in ten has {p90:.0f} lines or more, over {FUNCTION_LINES['p90']}"]


def parameters_of(function: Function) -> list[str]:
    arguments = function.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls")]


def many_parameters(modules: list[Module]) -> list[str]:
    return [
        f"{module.at(function)}: {function.name} has {len(parameters_of(function))} parameters"
        for module in modules
        for function in module.functions
        if len(parameters_of(function)) > MOST_PARAMETERS
    ]


# What code does


def asserts(modules: list[Module]) -> list[str]:
    return [f"{m.at(node)}: assert; raise an error that says what to do"
            for m in modules for node in m.nodes
            if isinstance(node, ast.Assert)]  # fmt: skip


def called_name(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def prints(modules: list[Module]) -> list[str]:
    return [f"{m.at(node)}: print; only the command line speaks"
            for m in modules if m.part not in ("console", "cli", "cli_pages", "cli_privacy")
            for node in m.nodes
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"]  # fmt: skip


def is_worded(node: ast.expr) -> bool:
    """Whether what an error is raised with can stand in a catalogue, or holds no words."""
    if isinstance(node, ast.JoinedStr):
        return not any(isinstance(part, ast.Constant) and re.search("[a-z]{2}", part.value)
                       for part in node.values)
    if isinstance(node, ast.Constant):
        return not re.search("[a-z]{2}", str(node.value))
    if isinstance(node, ast.BinOp):
        return is_worded(node.left) and is_worded(node.right)
    return True


def errors_without_a_catalogue(modules: list[Module]) -> list[str]:
    return [f"{m.at(node)}: {called_name(node.exc)} with words of its own; put them in _()"
            for m in modules for node in m.nodes
            if isinstance(node, ast.Raise) and called_name(node.exc) in WORDED_ERRORS
            and not all(map(is_worded, node.exc.args))]  # fmt: skip


def hidden_gettext(modules: list[Module]) -> list[str]:
    """Where _ words a message it is no variable; a comprehension has its own."""
    found = []
    for module in modules:
        for function in module.functions:
            inner = {id(node) for part in ast.walk(function) if isinstance(part, OWN_SCOPE)
                     for node in ast.walk(part)}
            names = [node for node in ast.walk(function) if id(node) not in inner
                     and (getattr(node, "id", "") == "_" or getattr(node, "arg", "") == "_")]
            if any(isinstance(getattr(node, "ctx", None), ast.Load) for node in names) and any(
                    not isinstance(getattr(node, "ctx", None), ast.Load) for node in names):
                found.append(f"{module.name}: {function.name} uses _ for a message and a value")
    return found


def changes_in_place(modules: list[Module]) -> list[str]:
    return [f"{m.at(node.value)}: inplace=True; return a new object"
            for m in modules for node in m.nodes
            if isinstance(node, ast.keyword) and node.arg == "inplace"
            and getattr(node.value, "value", None) is True]  # fmt: skip


def global_state(modules: list[Module]) -> list[str]:
    return [f"{m.at(node)}: global; pass it as an argument"
            for m in modules for node in m.nodes
            if isinstance(node, ast.Global)]  # fmt: skip


def root_of(node: ast.AST) -> str:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return getattr(node, "id", "")


def changed_arguments(function: Function) -> Iterator[ast.Subscript]:
    """Yield each `argument[...] = ...`, unless the function gave that name a value of its own."""
    written = ast.Store | ast.Del
    stored = [n for n in ast.walk(function) if isinstance(getattr(n, "ctx", None), written)]
    own = {node.id for node in stored if isinstance(node, ast.Name)}
    given = set(parameters_of(function)) - own
    yield from (n for n in stored if isinstance(n, ast.Subscript) and root_of(n) in given)


def changes_of_arguments(modules: list[Module]) -> list[str]:
    return [f"{m.at(node)}: {function.name} changes its argument {root_of(node)}"
            for m in modules for function in m.functions
            for node in changed_arguments(function)]  # fmt: skip


def opens_a_file(node: ast.AST) -> bool:
    if called_name(node) == "to_csv":  # without a path it only makes a text
        return bool(node.args) or any(word.arg == "path_or_buf" for word in node.keywords)
    return called_name(node) in FILE_CALLS


def hidden_file_access(modules: list[Module]) -> list[str]:
    """Files are opened by what is called read_, load_, write_, plot_ or save, private or not."""
    found = []
    for module in modules:
        if module.part in FILE_FOLDERS:
            continue
        told = {id(node) for function in module.functions
                if function.name.lstrip("_").startswith(FILE_NAMES)
                for node in ast.walk(function)}  # fmt: skip
        opening = [node for node in module.nodes if opens_a_file(node)]
        found += [f"{module.at(node)}: {called_name(node)}() where no name says so"
                  for node in opening if id(node) not in told]  # fmt: skip
    return found

