"""What every piece of study.toml has in common: frozen, strict, and clear about its faults."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from wbkit.errors import StudyError
from wbkit.messages import _
from wbkit.text.normalise import did_you_mean

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
ID_SHAPE = "should be an id: small letters, digits and _, a letter first"
# pydantic names the branch of a union in the place of a fault; nobody wrote those words.
UNION_STEPS = frozenset({"tuple[str, ...]", "tuple[str,...]", "literal['any']", "str", "Label"})
# The same fault once more: in what a source takes from its study, or in a union's other branch.
REPEATED = frozenset({"setting", "literal['any']"})
SHAPES = {
    "tuple_type": 'should be a list, such as ["a", "b"]',
    "string_type": "should be text between quotes",
    "bool_type": "should be true or false, without quotes",
    "int_type": "should be a whole number, without quotes",
    "int_parsing": "should be a whole number, without quotes",
    "int_from_float": "should be a whole number",
    "float_type": "should be a number, without quotes",
    "float_parsing": "should be a number, without quotes",
    "dict_type": "should be a table, such as { a = 1 }",
    "too_long": "holds too many values; two are needed, as in [1, 10]",
    "model_type": "should be a table, such as { nl = \"…\", en = \"…\" }",
}


class _Told(type(BaseModel)):
    """Tells what is wrong with a record that is made by hand as it tells it of a file."""

    def __call__(cls, *args: Any, **fields: Any) -> Any:
        if args:
            first = next(iter(cls.model_fields))
            raise StudyError(_(
                "{cls}: takes its keys by name. Write {cls}({first}=…).",
                cls=cls.__name__, first=first))
        try:
            return super().__call__(**fields)
        except ValidationError as error:
            known = {cls.__name__: list(cls.model_fields)}
            raise StudyError(fault_lines(error, cls.__name__, known)) from None


class Model(BaseModel, metaclass=_Told):
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


def fault_lines(error: ValidationError, file: str, known: dict[str, list[str]]) -> str:
    """Write the faults of a pydantic model as lines that say where, what and what to do."""
    return "\n".join(_fault_line(fault, file, known) for fault in error.errors()
                     if not REPEATED & set(fault["loc"]))


def _fault_line(fault: Any, file: str, known: dict[str, list[str]]) -> str:
    steps = ".".join(str(step) for step in fault["loc"] if str(step) not in UNION_STEPS)
    where = f"{file}, {steps}" if steps else file
    if fault["type"] == "extra_forbidden":
        return f"{where}: unknown key. {_did_you_mean(str(fault['loc'][-1]), known)}"
    if fault["type"] == "missing":
        return f"{where}: is missing. Add it."
    message = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "value_error":
        return f"{where}: {message}"
    shape = ID_SHAPE if fault.get("ctx", {}).get("pattern") == ID_PATTERN else \
        SHAPES.get(fault["type"], message)
    return f"{where}: {shape}{_written(fault)}. Correct it."


def _written(fault: Any) -> str:
    if isinstance(fault["input"], dict | list | Model):
        return ""
    return f"; there is {fault['input']!r}"


def _did_you_mean(key: str, known: dict[str, list[str]]) -> str:
    every = sorted({name for names in known.values() for name in names})
    if key in every:
        where = " or ".join(model.lower() for model, names in known.items() if key in names)
        return (f"It is known in another place ({where}), and a line belongs to the [heading] "
                "above it. Move it, or remove it.")
    return did_you_mean(key, every) or "Remove it, or correct its name."
