"""Reading the text of a TOML file, and saying where it cannot be read and why."""

import re
import tomllib
from typing import Any

from wbkit.errors import WbkitError
from wbkit.messages import Told, _, mark

DEEPEST = 100
DEEP_KEY = re.compile(rf"\s*\[{{0,2}}\s*[\w\"'-]+(?:\s*\.\s*[\w\"'-]+){{{DEEPEST},}}\s*[]=]")
PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
OPEN_QUOTE = mark("Illegal character '\\n'")
# What tomllib says of a text that it cannot read.
FAULTS = (
    mark("Invalid statement"),
    mark("Invalid value"),
    mark("Invalid date or datetime"),
    mark("Invalid hex value"),
    mark("Invalid initial character for a key part"),
    OPEN_QUOTE,
    mark("Illegal character {sign}"),
    mark("Found invalid character {sign}"),
    mark("Escaped character is not a Unicode scalar value"),
    mark("Unescaped '\\' in a string"),
    mark("Unterminated string"),
    mark("Unclosed array"),
    mark("Unclosed inline table"),
    mark("Duplicate inline table key {key}"),
    mark("Cannot declare {key} twice"),
    mark("Cannot overwrite a value"),
    mark("Cannot redefine namespace {key}"),
    mark("Cannot mutate immutable namespace {key}"),
    mark("Expected newline or end of document after a statement"),
    mark("Expected '=' after a key in a key/value pair"),
    mark("Expected ']' at the end of a table declaration"),
    mark("Expected ']]' at the end of an array declaration"),
    mark("Expected {sign}"),
)


class TomlError(ValueError):
    """A text is not valid TOML.

    Parameters
    ----------
    fault
        What is wrong, and at which line.
    advice
        What to look for there.
    """

    def __init__(self, fault: str, advice: str) -> None:
        super().__init__(fault)
        self.fault, self.advice = fault, advice

    def __str__(self) -> str:
        """Word the fault."""
        return self.fault.again() if isinstance(self.fault, Told) else self.fault


def read_fields(content: bytes, file: str, error: type[WbkitError]) -> dict[str, Any]:
    """Return what the bytes of a TOML file hold; `error` says where it cannot be read, and why."""
    try:
        return loaded_toml(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise error(_("{file}: is not UTF-8 text. Save it as UTF-8 (Notepad: Save as, Encoding "
                      "UTF-8).", file=file)) from None
    except TomlError as fault:
        raise error(_("{file}: is not valid TOML: {fault}. Look at that line: {advice}.",
                      file=file, fault=fault.fault, advice=fault.advice)) from None


def loaded_toml(text: str) -> dict[str, Any]:
    """Return what a TOML text holds; TomlError says what is wrong, and at which line."""
    for number, line in enumerate(text.splitlines(), 1):
        if DEEP_KEY.match(line):  # tomllib takes minutes for such a key
            fault = _("a key of more than {most} parts (at line {line})", most=DEEPEST, line=number)
            raise TomlError(fault, _advice(line, ""))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = str(error)
        place = PLACE.search(words)
        line = text.splitlines()[int(place[1]) - 1] if place and place[1] else ""
        raise TomlError(_fault(words, place), _advice(line, words)) from None
    except RecursionError:
        raise TomlError(_("lists or tables stand too deep in each other"),
                        _advice("", "")) from None
    except ValueError:  # Python does not read a number of more than 4,300 digits
        raise TomlError(_("a number or a date in it is too large to be read"),
                        _advice("", "")) from None


def _fault(words: str, place: re.Match[str] | None) -> Told | str:
    """Word what tomllib says, and where."""
    what = _what(PLACE.sub("", words))
    if place is None:
        return what
    if place[1] is None:
        return _("{fault} (at end of document)", fault=what)
    return _("{fault} (at line {line}, column {column})",
             fault=what, line=place[1], column=place[2])


def _what(words: str) -> Told | str:
    for fault in FAULTS:
        found = re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(fault)), words)
        if found:
            return _(fault, **{name: _key(part) for name, part in found.groupdict().items()})
    return words


def _key(words: str) -> str:
    """Write a key as it stands in the file: a.b for ('a', 'b')."""
    return ".".join(re.findall(r"'([^']*)'", words)) if words.startswith("(") else words


def _advice(line: str, words: str) -> Told:
    """Say what to look for in a line."""
    if re.search("[“”„‘’]", line):
        return _("it holds curly quotes (“ ”), as Word types them; write straight ones (\")")
    if words.startswith(OPEN_QUOTE):
        return _("the quote at the end of the line is missing")
    if words.startswith("Cannot"):
        return _("a heading or a key stands there twice; keep one of them")
    if "\\" in line:
        return _("it holds a \\; write / between folders")
    return _("a missing quote, bracket or equals sign")
