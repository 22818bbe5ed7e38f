"""The columns of the Excel sheet of items: how each key of study.toml is written in a cell."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from wbkit.errors import StudyError
from wbkit.labels import LANGUAGES, label
from wbkit.study.item import Kind, Sensitivity
from wbkit.text.normalise import did_you_mean, listed, tidy

ARROWS = (" → ", "→", " -> ", "->")
KINDS: tuple[str, ...] = Kind.__args__
SENSITIVITIES: tuple[str, ...] = Sensitivity.__args__
Words = dict[str, Any]


class Field(NamedTuple):
    """One key of an item: its width in the sheet, how it is written and read, and its choices."""

    key: str
    width: int
    write: Callable[[Any, str], str]
    read: Callable[[str], Any]
    choices: tuple[str, ...] = ()


def choice_words(prefix: str, names: Sequence[str], language: str) -> dict[str, str]:
    """Return name = words in this language.

    Parameters
    ----------
    prefix
        Beginning of the keys in labels.toml.
    names
        Ids.
    language
        ``nl`` or ``en``.

    Returns
    -------
    dict of str to str
        In the same order.
    """
    return {name: label(f"{prefix}_{name}", language) for name in names}


def chosen(prefix: str, names: Sequence[str], words: str) -> str:
    """Return the id that words stand for, in any language.

    Parameters
    ----------
    prefix
        Beginning of the keys in labels.toml.
    names
        Ids.
    words
        What the cell holds.

    Returns
    -------
    str
        The id.

    Raises
    ------
    StudyError
        If the words are none of the choices.
    """
    known = {text.casefold(): name for language in LANGUAGES
             for name, text in choice_words(prefix, names, language).items()}
    known |= {name: name for name in names}
    if tidy(words).casefold() not in known:
        raise StudyError(f"there is {words!r}. It may be {listed(known, most=20)}. "
                         f"{did_you_mean(words, known)}".rstrip())
    return known[tidy(words).casefold()]


def _lines(value: Sequence[str] | str, language: str) -> str:
    return label("sheet_any", language) if value == "any" else "\n".join(map(str, value))


def _read_lines(text: str) -> list[str] | str:
    lines = [tidy(line) for line in text.split("\n") if tidy(line)]
    every = {label("sheet_any", language) for language in LANGUAGES} | {"any"}
    return "any" if len(lines) == 1 and lines[0] in every else lines


def _pairs(value: Mapping[str, Any], language: str) -> str:
    return "\n".join(f"{before} → {one}" for before, after in value.items()
                     for one in ([after] if isinstance(after, str) else after))


def _read_pairs(text: str) -> list[tuple[str, str]]:
    pairs = []
    for line in filter(str.strip, text.split("\n")):
        arrow = next((one for one in ARROWS if one in line), None)
        if arrow is None:
            raise StudyError(f"{tidy(line)!r} has no arrow. Write: before → after.")
        before, after = line.rsplit(arrow, 1)
        pairs.append((before.strip(), tidy(after)))
    return pairs


def _read_routing(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for before, after in _read_pairs(text):
        found.setdefault(before, []).append(after)
    return found


def _read_range(text: str) -> list[float]:
    try:
        (low, high), = _read_pairs(text)
        return [_number(low), _number(high)]
    except ValueError:
        raise StudyError(f"there is {text!r}. Write two numbers: 1 → 10.") from None


def _number(text: str) -> float:
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number


def _text(value: Any, _: str) -> str:
    return value.get("nl", "") if isinstance(value, Mapping) else str(value)


def _choice(prefix: str) -> Callable[[Any, str], str]:
    return lambda value, language: label(f"{prefix}_{value}", language)


FIELDS = (
    Field("column", 40, _text, tidy),
    Field("label", 40, _text, tidy),
    Field("kind", 24, _choice("kind"), lambda text: chosen("kind", KINDS, text), KINDS),
    Field("values", 34, _lines, _read_lines),
    Field("agree", 18, _lines, _read_lines),
    Field("neutral", 14, _text, tidy),
    Field("missing", 22, _lines, _read_lines),
    Field("other", 16, _text, tidy),
    Field("exclusive", 20, _lines, _read_lines),
    Field("asked_if", 26, _pairs, _read_routing),
    Field("corrections", 26, _pairs, lambda text: dict(_read_pairs(text))),
    Field("range", 10, lambda value, _: f"{value[0]} → {value[1]}", _read_range),
    Field("sensitivity", 24, _choice("sensitivity"),
          lambda text: chosen("sensitivity", SENSITIVITIES, text), SENSITIVITIES),
    Field("theme", 16, _text, tidy),
    Field("questions", 16, _lines, _read_lines),
)
