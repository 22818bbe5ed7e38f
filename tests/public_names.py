"""What a public name of wbkit keeps to. Each function returns what is lacking."""

import ast
import inspect
import re

Function = ast.FunctionDef | ast.AsyncFunctionDef


def names_shared_with_functions(modules: list[str], functions: set[str]) -> list[str]:
    """Find direct children of wbkit that hide a function of that name: wbkit.clean is one."""
    return [f"{name} bears the name of a public function"
            for name in modules if name.partition(".")[2] in functions]  # fmt: skip


def stub_names(text: str) -> set[str]:
    """List the public names that a .pyi file gives."""
    names = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, Function | ast.ClassDef):
            names.add(node.name)
    return {name for name in names if not name.startswith("_")}


def section(docstring: str, title: str) -> str | None:
    """Give the text of one numpydoc section."""
    found = re.search(
        rf"^{title}\n-{{3,}}\n(.*?)(?=^\w[\w ]*\n-{{3,}}$|\Z)", docstring, re.DOTALL | re.MULTILINE
    )
    return found and found[1]


def documented_parameters(docstring: str) -> set[str]:
    entries = re.findall(r"^(\S[^\n:]*)", section(docstring, "Parameters") or "", re.MULTILINE)
    return {name.strip(" *") for entry in entries for name in entry.split(",")}


def undocumented(name: str, function: object) -> list[str]:
    """Say what the numpydoc docstring of a function lacks."""
    docstring = inspect.getdoc(function)
    if not docstring:
        return [f"{name} has no docstring"]
    signature = inspect.signature(function)
    missing = set(signature.parameters) - {"self", "cls"} - documented_parameters(docstring)
    found = [f"{name}: Parameters lacks {word}" for word in sorted(missing)]
    returns = signature.return_annotation not in (None, "None", inspect.Signature.empty)
    if returns and not (section(docstring, "Returns") or section(docstring, "Yields")):
        found.append(f"{name} has no Returns")
    return found


def unannotated(name: str, function: object) -> list[str]:
    signature = inspect.signature(function)
    empty = inspect.Signature.empty
    bare = [p.name for p in signature.parameters.values() if p.annotation is empty]
    found = [f"{name}: {word} is not annotated" for word in bare if word not in ("self", "cls")]
    return found + ([f"{name}: no return type"] if signature.return_annotation is empty else [])


def public_methods(cls: type) -> dict[str, object]:
    """Give the public functions and properties that a class defines itself."""
    plain = {name: getattr(value, "__func__", value) for name, value in vars(cls).items()}
    plain = {name: getattr(value, "fget", value) for name, value in plain.items()}
    return {f"{cls.__name__}.{name}": value for name, value in plain.items()
            if inspect.isfunction(value) and not name.startswith("_")}  # fmt: skip
