"""What every piece of study.toml has in common: frozen, strict, and clear about its faults."""

import re
from collections.abc import Iterator
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from wbkit.errors import StudyError
from wbkit.messages import Told, _, listing, mark, spoken
from wbkit.text.normalise import did_you_mean

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
ID_SHAPE = mark("should be an id: small letters, digits and _, a letter first")
# pydantic names the branch of a union in the place of a fault; nobody wrote those words.
UNION_STEPS = frozenset({"tuple[str, ...]", "tuple[str,...]", "literal['any']", "str", "Label"})
# The same fault once more: in what a source takes from its study, or in a union's other branch.
REPEATED = frozenset({"setting", "literal['any']"})
WHOLE_NUMBER = mark("should be a whole number, without quotes")
NUMBER = mark("should be a number, without quotes")
TRUE_OR_FALSE = mark("should be true or false, without quotes")
DATE = mark("should be a date, such as 2026-03-02, without quotes")
TIME = mark("should be a date with a time, such as 2026-03-02T09:00:00, without quotes")
EMPTY = mark("should not be empty")
SHAPES = {
    "tuple_type": mark('should be a list, such as ["a", "b"]'),
    "string_type": mark("should be text between quotes"),
    "bool_type": TRUE_OR_FALSE,
    "bool_parsing": TRUE_OR_FALSE,
    "int_type": WHOLE_NUMBER,
    "int_parsing": WHOLE_NUMBER,
    "int_parsing_size": mark("should be a smaller number"),
    "int_from_float": mark("should be a whole number"),
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": mark("should be a number, not inf or nan"),
    "dict_type": mark("should be a table, such as { a = 1 }"),
    "too_long": mark("holds too many values; two are needed, as in [1, 10]"),
    "too_short": EMPTY,
    "string_too_short": EMPTY,
    "model_type": mark("should be a table, such as {{ {keys} }}"),
    "literal_error": mark("should be {expected}"),
    "greater_than": mark("should be more than {gt}"),
    "greater_than_equal": mark("should be {ge} or more"),
    "less_than": mark("should be less than {lt}"),
    "less_than_equal": mark("should be {le} or less"),
    "string_pattern_mismatch": mark("should have the form {pattern}"),
    "date_type": DATE,
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
    "date_from_datetime_inexact": DATE,
    "datetime_type": TIME,
    "datetime_parsing": TIME,
    "datetime_from_date_parsing": TIME,
    "datetime_object_invalid": TIME,
}


class _Refusing(type(BaseModel)):
    """Tells what is wrong with a record that is made by hand as it tells it of a file."""

    def __call__(cls, *args: Any, **fields: Any) -> Any:
        if args:
            first = next(iter(cls.model_fields))
            raise StudyError(_(
                "{name}: takes its keys by name. Write {name}({key}=…).",
                name=cls.__name__, key=first))
        try:
            return super().__call__(**fields)
        except ValidationError as error:
            known = {cls.__name__: list(cls.model_fields)}
            raise StudyError(fault_lines(error, cls.__name__, known)) from None


class Model(BaseModel, metaclass=_Refusing):
    """A frozen record that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """Show what somebody wrote, and leave out what is as it always is."""
        fields = type(self).model_fields
        return [(name, value) for name, value in super().__repr_args__()
                if name not in fields or value != fields[name].get_default(
                    call_default_factory=True)]


class Label(Model):
    """Words in Dutch, English or both; a plain string in a file is Dutch."""

    nl: str | None = None
    en: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"nl": value} if isinstance(value, str) else value

    def text(self, language: str) -> str | None:
        """Return the words in this language, in the other one when there are none."""
        first, second = (self.nl, self.en) if language == "nl" else (self.en, self.nl)
        return first or second

    def or_else(self, words: str) -> Self:
        """Return this label with `words` where Dutch is missing."""
        return self if self.nl else self.model_copy(update={"nl": words})


def fault_lines(error: ValidationError, file: str, known: dict[str, list[str]]) -> Told:
    """Write the faults of a pydantic model as lines that say where, what and what to do."""
    lines = {f"line_{place}": _fault_line(fault, file, known)
             for place, fault in enumerate(error.errors()) if not REPEATED & set(fault["loc"])}
    return Told("\n".join(f"{{{name}}}" for name in lines), lines)


def _fault_line(fault: Any, file: str, known: dict[str, list[str]]) -> Told:
    steps = ".".join(str(step) for step in fault["loc"] if str(step) not in UNION_STEPS)
    where = f"{file}, {steps}" if steps else file
    if fault["type"] == "extra_forbidden":
        hint = _did_you_mean(str(fault["loc"][-1]), known)
        return _("{where}: unknown key. {hint}", where=where, hint=hint)
    if fault["type"] == "missing":
        return _("{where}: is missing. Add it.", where=where)
    if fault["type"] == "value_error":
        return Told("{where}: {fault}", {"where": where, "fault": _own_words(fault)})
    shape = _shape(fault)
    if isinstance(fault["input"], dict | list | Model):
        return _("{where}: {shape}. Correct it.", where=where, shape=shape)
    return _("{where}: {shape}; there is {found!r}. Correct it.",
             where=where, shape=shape, found=fault["input"])


def _own_words(fault: Any) -> str:
    """Return what a check of ours says."""
    error = fault["ctx"]["error"]
    return error.args[0] if error.args else str(error)


def _shape(fault: Any) -> Told:
    """Say what should stand there."""
    limits = dict(fault.get("ctx", {}))
    if limits.get("pattern") == ID_PATTERN:
        return _(ID_SHAPE)
    if "expected" in limits:  # "'nl' or 'en'"
        words = re.split(r", | or ", str(limits["expected"]))
        limits["expected"] = listing(words, spoken(), last="or")
    if fault["type"] == "model_type":
        limits["keys"] = _keys_of(str(limits["class_name"]), fault["input"])
    shape = SHAPES.get(fault["type"])
    if shape is None:
        return _("does not fit ({words})", words=fault["msg"])
    return _(shape, **{name: limit for name, limit in limits.items() if f"{{{name}}}" in shape})


def _keys_of(name: str, found: object) -> str:
    """Write the keys that a model needs; text that stands in its place goes to the first one."""
    model = next(one for one in _models(Model) if one.__name__ == name)
    needed = [key for key, about in model.model_fields.items() if about.is_required()]
    words = dict.fromkeys(needed or list(model.model_fields)[:2], "…")
    if needed and isinstance(found, str):
        words[needed[0]] = found
    return ", ".join(f'{key} = "{value}"' for key, value in words.items())


def _models(above: type[Model]) -> Iterator[type[Model]]:
    for one in above.__subclasses__():
        yield one
        yield from _models(one)


def _did_you_mean(key: str, known: dict[str, list[str]]) -> str:
    every = sorted({name for names in known.values() for name in names})
    if key in every:
        where = [model.lower() for model, names in known.items() if key in names]
        return _(
            "It is known in another place ({places}), and a line belongs to the [heading] above "
            "it. Move it, or remove it.",
            places=listing(where, spoken(), last="or"))
    return did_you_mean(key, every) or _("Remove it, or correct its name.")
