"""wbkit keeps to its own rules, and every rule can be broken."""

import contextlib
import importlib
import inspect
from pathlib import Path

import architecture
import public_names
import pytest
from architecture import Module

import wbkit

PACKAGE = Path(wbkit.__file__).parent
MODULES = architecture.read_package(PACKAGE)
LONG = "def grow(a):\n" + "    a = a + 1\n" * 41

# rule, sources that break it, words of the complaint
BROKEN = [
    (
        architecture.imports_across_floors,
        {"wbkit.survey.a": "from wbkit.cleaning import b"},
        "survey may not import wbkit.cleaning",
    ),
    (
        architecture.imports_across_floors,
        {"wbkit.nouns.a": "from ..report import b"},
        "nouns may not import wbkit.report",
    ),
    (
        architecture.imports_across_floors,
        {"wbkit": "import wbkit.errors"},
        "wbkit may not import wbkit.errors",
    ),
    (architecture.imports_across_floors, {"wbkit.attic.a": ""}, "attic has no floor"),
    (
        architecture.imports_from_the_front_door,
        {"wbkit.report.a": "from wbkit import frequency"},
        "import frequency from the module that defines it",
    ),
    (
        architecture.import_cycles,
        {"wbkit.nouns.a": "from .b import x", "wbkit.nouns.b": "import wbkit.nouns.a"},
        "wbkit.nouns.a imports wbkit.nouns.b imports wbkit.nouns.a",
    ),
    (
        architecture.imports_inside_functions,
        {"wbkit.basis.a": "def f():\n    import scipy"},
        "line 2: import at the top",
    ),
    (architecture.long_modules, {"wbkit.basis.a": "x = 1\n" * 301}, "301 lines"),
    (architecture.long_functions, {"wbkit.basis.a": LONG}, "grow has 41 lines"),
    (architecture.functions_long_on_the_whole, {"wbkit.basis.a": LONG * 2}, "the median"),
    (
        architecture.many_parameters,
        {"wbkit.basis.a": "def f(a, b, c, d, e, f, *, g): ..."},
        "f has 7 parameters",
    ),
    (architecture.asserts, {"wbkit.basis.a": "assert True"}, "assert"),
    (architecture.prints, {"wbkit.basis.a": "print('n')"}, "print"),
    (architecture.changes_in_place, {"wbkit.basis.a": "d.drop(inplace=True)"}, "inplace"),
    (
        architecture.changes_of_arguments,
        {"wbkit.basis.a": "def f(data):\n    data.loc[0] = 1"},
        "f changes its argument data",
    ),
    (architecture.global_state, {"wbkit.basis.a": "def f():\n    global x"}, "global"),
    (
        architecture.hidden_file_access,
        {"wbkit.survey.a": "def count(path):\n    return path.read_text()\n"},
        "read_text() where no name says so",
    ),
    (
        architecture.hidden_file_access,
        {"wbkit.survey.a": "def count(d):\n    d.to_csv('a.csv')"},
        "to_csv()",
    ),
]
RULES = sorted({rule for rule, _, _ in BROKEN}, key=lambda rule: rule.__name__)

ALLOWED = {
    "wbkit": "__version__ = '1'",
    "wbkit.errors": "class WbkitError(ValueError): ...",
    "wbkit.table.table": "from wbkit.errors import WbkitError",
    "wbkit.study.study": "from wbkit.nouns import table\ndef load(p):\n    return table",
    "wbkit.basis.a": "def f(d):\n    d = d.copy()\n    d['x'] = 1",
    "wbkit.survey.a": "def f(d):\n    d.to_csv()\ndef _load_x(path):\n    path.open()",
    "wbkit.workflow.a": "from wbkit import __version__\nfrom wbkit.survey import a",
    "wbkit.cli": "from wbkit.workflow import a\nprint(a)",
}


def package(sources):
    return [Module(name, text, name == "wbkit") for name, text in sources.items()]


def public_objects():
    """Give what the public names stand for, apart from names that lead nowhere."""
    found = {}
    for name in wbkit.__all__:
        with contextlib.suppress(ModuleNotFoundError):
            found[name] = getattr(wbkit, name)
    return found


def public_functions():
    return {name: value for name, value in public_objects().items() if inspect.isfunction(value)}


def public_classes():
    return [value for value in public_objects().values() if inspect.isclass(value)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_wbkit_keeps_the_rule(rule):
    assert rule(MODULES) == []


@pytest.mark.parametrize(("rule", "sources", "words"), BROKEN)
def test_a_broken_rule_is_found(rule, sources, words):
    assert any(words in complaint for complaint in rule(package(sources)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_kept_rule_gives_no_complaint(rule):
    assert rule(package(ALLOWED)) == []


def test_lines_of_a_function_leave_out_docstring_comments_and_blank_lines():
    text = 'def f():\n    """Say.\n\n    More.\n    """\n    a = 1\n\n    # why\n    return a\n'
    module = Module("wbkit.basis.a", text)
    (function,) = architecture.functions_of(module.tree)
    assert architecture.body_lines(module, function) == 2


def test_every_module_can_be_imported():
    for module in MODULES:
        if module.part != "__main__":
            importlib.import_module(module.name)


def test_every_public_name_exists():
    assert sorted(public_objects()) == sorted(wbkit.__all__)


def test_every_public_function_is_documented():
    found = [public_names.undocumented(name, f) for name, f in public_functions().items()]
    assert sum(found, []) == []


def test_every_public_class_and_its_methods_are_documented():
    named = [(cls.__name__, cls.__doc__) for cls in public_classes()]
    for cls in public_classes():
        named += [(name, inspect.getdoc(f)) for name, f in public_names.public_methods(cls).items()]
    assert [name for name, words in named if not words] == []


def test_every_public_name_is_annotated():
    functions = public_functions()
    for cls in public_classes():
        functions |= public_names.public_methods(cls)
    assert sum((public_names.unannotated(*item) for item in functions.items()), []) == []


def test_the_stub_gives_editors_the_public_names():
    stub = (PACKAGE / "__init__.pyi").read_text(encoding="utf-8")
    assert public_names.stub_names(stub) == set(wbkit.__all__)


def test_no_module_bears_the_name_of_a_public_function():
    modules = [module.name for module in MODULES]
    assert public_names.names_shared_with_functions(modules, set(public_functions())) == []


def count(data, by: str, *rest: int) -> int:
    """Count.

    Parameters
    ----------
    data, by
        What to count, and by what.

    Raises
    ------
    ValueError
        Never.
    """


def test_a_gap_in_the_documentation_is_found():
    assert public_names.undocumented("count", count) == [
        "count: Parameters lacks rest",
        "count has no Returns",
    ]
    assert public_names.undocumented("f", lambda: 1) == ["f has no docstring"]


def test_a_parameter_without_annotation_is_found():
    assert public_names.unannotated("count", count) == ["count: data is not annotated"]
    assert public_names.unannotated("f", lambda: 1) == ["f: no return type"]


def test_a_stub_with_other_names_is_found():
    stub = "from .a import b as c, d\nfrom ._x import _hidden\ndef e() -> int: ...\n"
    assert public_names.stub_names(stub) == {"c", "d", "e"}


def test_a_module_that_bears_the_name_of_a_function_is_found():
    complaint = ["wbkit.survey.clean bears the name of a public function"]
    modules = ["wbkit.survey.clean", "wbkit.cleaning"]
    assert public_names.names_shared_with_functions(modules, {"clean"}) == complaint


def test_methods_and_properties_of_a_class_are_found():
    class Basket:
        """Hold."""

        @property
        def n(self) -> int: ...

        @classmethod
        def of(cls, n): ...

        def _hide(self): ...

    assert list(public_names.public_methods(Basket)) == ["Basket.n", "Basket.of"]
