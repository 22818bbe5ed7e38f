"""wbkit keeps to its own rules, and every rule can be broken."""

import contextlib
import importlib
import inspect
import re
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
        {"wbkit.study.a": "from ..data import b"},
        "study may not import wbkit.data",
    ),
    (
        architecture.imports_across_floors,
        {"wbkit": "import wbkit.errors"},
        "wbkit may not import wbkit.errors",
    ),
    (
        architecture.imports_across_floors,
        {"wbkit.data.a": "from wbkit.table.table import Table"},
        "data may not import wbkit.table.table",
    ),
    (architecture.imports_across_floors, {"wbkit.attic.a": ""}, "attic has no floor"),
    (
        architecture.words_where_counts_are_made,
        {"wbkit.survey.counts.a": "from ...labels import words"},
        "wbkit.survey.counts.a: survey imports labels",
    ),
    (
        architecture.words_where_counts_are_made,
        {"wbkit.stats.a": "from wbkit import labels", "wbkit.labels": ""},
        "wbkit.stats.a: stats imports labels",
    ),
    (
        architecture.names_passed_on,
        {"wbkit.survey": "from .a import b", "wbkit.survey.a": "b = 1"},
        "wbkit.survey: an __init__ is empty",
    ),
    (
        architecture.names_passed_on,
        {"wbkit.data.a": "from .b import c", "wbkit.table.d": "from wbkit.data.a import c"},
        "c is not defined in wbkit.data.a",
    ),
    (
        architecture.names_defined_twice,
        {"wbkit.coding.a": "def passages(): ...", "wbkit.coding.store.b": "class passages: ..."},
        "passages is defined in wbkit.coding.a and in wbkit.coding.store.b",
    ),
    (
        architecture.full_folders,
        {f"wbkit.survey.{letter}": "" for letter in "abcdefghijklmnop"},
        "wbkit.survey has 16 modules",
    ),
    (
        architecture.small_rooms_with_one_door,
        {"wbkit.survey.a": "x = 1\n" * 99, "wbkit.survey.b": "from .a import x"},
        "wbkit.survey.a has 99 lines and serves only wbkit.survey.b",
    ),
    (
        architecture.imports_from_the_front_door,
        {"wbkit.report.a": "from wbkit import frequency"},
        "import frequency from the module that defines it",
    ),
    (
        architecture.import_cycles,
        {"wbkit.study.a": "from .b import x", "wbkit.study.b": "import wbkit.study.a"},
        "wbkit.study.a imports wbkit.study.b imports wbkit.study.a",
    ),
    (
        architecture.imports_inside_functions,
        {"wbkit.stats.a": "def f():\n    import scipy"},
        "line 2: import at the top",
    ),
    (architecture.long_modules, {"wbkit.stats.a": "x = 1\n" * 401}, "401 lines"),
    (architecture.long_functions, {"wbkit.stats.a": LONG}, "grow has 41 lines"),
    (
        architecture.functions_long_on_the_whole,
        {"wbkit.stats.a": "def f(): ...\n" * 8 + LONG * 2},
        "one function in ten has 41 lines",
    ),
    (
        architecture.many_parameters,
        {"wbkit.stats.a": "def f(a, b, c, d, e, f, *, g): ..."},
        "f has 7 parameters",
    ),
    (architecture.asserts, {"wbkit.stats.a": "assert True"}, "assert"),
    (architecture.prints, {"wbkit.stats.a": "print('n')"}, "print"),
    (
        architecture.errors_without_a_catalogue,
        {"wbkit.data.a": "raise DataError(f'{name}: is gone.' + advice)"},
        ": DataError with words of its own",
    ),
    (
        architecture.hidden_gettext,
        {"wbkit.data.a": "def f(_):\n    raise DataError(_('gone'))"},
        "f uses _ for a message and a value",
    ),
    (architecture.changes_in_place, {"wbkit.stats.a": "d.drop(inplace=True)"}, "inplace"),
    (
        architecture.changes_of_arguments,
        {"wbkit.stats.a": "def f(data):\n    data.loc[0] = 1"},
        "f changes its argument data",
    ),
    (architecture.global_state, {"wbkit.stats.a": "def f():\n    global x"}, "global"),
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
    "wbkit": "__version__ = '1'\n_WHERE = {'wbkit.survey.a': ('f',)}",
    "wbkit.errors": "class WbkitError(ValueError): ...",
    "wbkit.labels": "def words(): ...",
    "wbkit.study": "",
    "wbkit.study.study": "from wbkit.text import b\ndef load(p):\n    return b",
    "wbkit.table.table": "from wbkit.errors import WbkitError\nfrom ..labels import words",
    "wbkit.table.render": "from wbkit.table.count_layouts import grid",
    "wbkit.table.count_layouts": "grid = 1\n" * 100,
    "wbkit.stats.a": "def f(d):\n    d = d.copy()\n    d['x'] = 1",
    "wbkit.survey.a": "def f(d):\n    d.to_csv()\ndef _load_x(path):\n    path.open()",
    "wbkit.workflow.a": "from wbkit import __version__\nfrom wbkit.survey import a",
    "wbkit.cli": "from wbkit import errors, labels\nfrom wbkit.workflow.b import a, c\nprint(a)",
    "wbkit.workflow.b": "a, c = 1, 2",
    "wbkit.data.a": "def f(x, lines):\n    y = [1 for _ in x]\n"
                    "    raise DataError(_('{n} gone', n=1) + '\\n'.join(lines))",
    "wbkit.workflow.c": "from wbkit.workflow.b import a",
} | {f"wbkit.coding.{letter}": "" for letter in "abcdefghijklmno"}


def package(sources):
    """Make modules of their texts; what holds other modules is a folder."""
    folders = {"wbkit", *(name.rpartition(".")[0] for name in sources)}
    return [Module(name, text, name in folders) for name, text in sources.items()]


def offenders(rule, modules):
    """Give the complaints of a rule without numbers of lines, which change every day."""
    return {re.sub(r", line \d+| \d+(?= lines)", "", complaint) for complaint in rule(modules)}


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
    assert offenders(rule, MODULES) == set()


def test_an_offender_is_known_wherever_its_line_is():
    sources = {"wbkit.data.a": "\n\nassert 1\nassert 2"}
    (offender,) = offenders(architecture.asserts, package(sources))
    assert offender == "wbkit.data.a: assert; raise an error that says what to do"


@pytest.mark.parametrize(("rule", "sources", "words"), BROKEN)
def test_a_broken_rule_is_found(rule, sources, words):
    assert any(words in complaint for complaint in rule(package(sources)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_kept_rule_gives_no_complaint(rule):
    assert rule(package(ALLOWED)) == []


def test_lines_of_a_function_leave_out_docstring_comments_and_blank_lines():
    text = 'def f():\n    """Say.\n\n    More.\n    """\n    a = 1\n\n    # why\n    return a\n'
    module = Module("wbkit.stats.a", text)
    (function,) = module.functions
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


def test_no_child_of_wbkit_bears_the_name_of_a_public_function():
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
    complaint = ["wbkit.clean bears the name of a public function"]
    modules = ["wbkit.clean", "wbkit.clean.rows", "wbkit.cleaning", "wbkit.cleaning.clean"]
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
