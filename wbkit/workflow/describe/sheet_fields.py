"""How each key of study.toml is written in a cell of the Excel sheet, and read from it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from wbkit.errors import StudyError
from wbkit.intake.draft.draft import FORMAT_NAMES
from wbkit.intake.draft.toml import DESIGNS
from wbkit.labels import label
from wbkit.messages import LANGUAGES, _
from wbkit.study.item import Kind, Sensitivity
from wbkit.study.source import Long
from wbkit.study.source_kinds import CountRules
from wbkit.text.normalise import did_you_mean, listed, tidy

ARROWS = (" → ", "→", " -> ", "->")
UNUSED = "unused"  # the kind of a column that somebody leaves out
KINDS: tuple[str, ...] = (*Kind.__args__, UNUSED)
SENSITIVITIES: tuple[str, ...] = Sensitivity.__args__
SIGNS = {"\n": "new_line", " ": "space", ",": "comma"}  # separators that a cell cannot show
COUNT_KEYS = ("cells", "base", "parts", "beside", "definition", "totals")
SEVERAL_COUNTS = ("cells", "parts", "beside")


class Field(NamedTuple):
    """One key: its width in the sheet, how it is written and read, and its choices."""

    key: str
    width: int
    write: Callable[[Any, str], str]
    read: Callable[[str], Any]
    choices: tuple[str, ...] = ()


def choice_words(prefix: str, names: Sequence[str], language: str) -> dict[str, str]:
    """Return name = words in this language."""
    return {name: label(f"{prefix}_{name}", language) for name in names}


def chosen(prefix: str, names: Sequence[str], words: str) -> str:
    """Return the id that words stand for, in any language."""
    known = {text.casefold(): name for language in LANGUAGES
             for name, text in choice_words(prefix, names, language).items()}
    known |= {name: name for name in names}
    if tidy(words).casefold() not in known:
        raise StudyError(_(
            "there is {words!r}. It may be {known}. {advice}", words=words,
            known=listed(known, most=20),
            advice=did_you_mean(words, known) or _("Choose one of these.")))
    return known[tidy(words).casefold()]


def _choice(prefix: str) -> Callable[[Any, str], str]:
    return lambda value, language: label(f"{prefix}_{value}", language)


def _text(value: Any, __: str) -> str:
    return value.get("nl", "") if isinstance(value, Mapping) else str(value)


def _lines(value: Sequence[str] | str, language: str) -> str:
    return label("sheet_any", language) if value == "any" else "\n".join(map(str, value))


def _read_lines(text: str) -> list[str] | str:
    lines = [tidy(line) for line in text.split("\n") if tidy(line)]
    every = {label("sheet_any", language) for language in LANGUAGES} | {"any"}
    return "any" if len(lines) == 1 and lines[0] in every else lines


def _pairs(value: Mapping[str, Any], language: str) -> str:
    return "\n".join(f"{before} → {one}" for before, after in value.items()
                     for one in ([after] if isinstance(after, str) else after))


def _read_pairs(text: str, *, first: bool = False) -> list[tuple[str, str]]:
    """Return what stands before and behind the last arrow of each line, or behind the first."""
    pairs = []
    for line in filter(str.strip, text.split("\n")):
        arrow = next((one for one in ARROWS if one in line), None)
        if arrow is None:
            raise StudyError(_("{line!r} has no arrow. Write: before → after.", line=tidy(line)))
        before, after = line.split(arrow, 1) if first else line.rsplit(arrow, 1)
        pairs.append((before.strip(), tidy(after)))
    return pairs


def _read_routing(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for before, after in _read_pairs(text):
        found.setdefault(before, []).append(after)
    return found


def _columns(value: Mapping[str, str] | Sequence[str], language: str) -> str:
    return _pairs(value, language) if isinstance(value, Mapping) else _lines(value, language)


def _read_columns(text: str) -> dict[str, str] | list[str]:
    """Read option → heading, or only the headings of the places, the first one first."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not any(arrow in line for line in lines for arrow in ARROWS):
        return [tidy(line) for line in lines]
    return dict(_read_pairs(text, first=True))


def _ranges(value: Sequence[Sequence[float]], __: str) -> str:
    return "\n".join(f"{low} → {high}" for low, high in value)


def _read_ranges(text: str) -> list[list[float]]:
    try:
        return [[_number(low), _number(high)] for low, high in _read_pairs(text)]
    except ValueError:
        raise StudyError(_("there is {text!r}. Write two numbers: 1 → 10.", text=text)) from None


def _read_range(text: str) -> list[float]:
    ranges = _read_ranges(text)
    if len(ranges) != 1:
        raise StudyError(_("there is {text!r}. Write two numbers: 1 → 10.", text=text))
    return ranges[0]


def _number(text: str) -> float:
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number


def _separator(value: str, language: str) -> str:
    return label(f"sheet_{SIGNS[value]}", language) if value in SIGNS else value


def _read_separator(text: str) -> str:
    named = {label(f"sheet_{name}", language): sign for sign, name in SIGNS.items()
             for language in LANGUAGES}
    return named.get(tidy(text), text)


FIELDS = (
    Field("doubt", 40, _text, tidy),
    Field("column", 40, _text, tidy),
    Field("label", 40, _text, tidy),
    Field("kind", 24, _choice("kind"), lambda text: chosen("kind", KINDS, text), KINDS),
    Field("values", 34, _lines, _read_lines),
    Field("agree", 18, _lines, _read_lines),
    Field("neutral", 14, _text, tidy),
    Field("missing", 22, _lines, _read_lines),
    Field("other", 16, _text, tidy),
    Field("other_column", 24, _text, tidy),
    Field("exclusive", 20, _lines, _read_lines),
    Field("columns", 40, _columns, _read_columns),
    Field("ticked", 14, _lines, _read_lines),
    Field("unticked", 14, _lines, _read_lines),
    Field("separator", 14, _separator, _read_separator),
    Field("asked_if", 26, _pairs, _read_routing),
    Field("corrections", 26, _pairs, lambda text: dict(_read_pairs(text))),
    Field("range", 10, lambda value, __: _ranges([value], ""), _read_range),
    Field("missing_ranges", 14, _ranges, _read_ranges),
    Field("unit_words", 14, _lines, _read_lines),
    Field("sensitivity", 24, _choice("sensitivity"),
          lambda text: chosen("sensitivity", SENSITIVITIES, text), SENSITIVITIES),
    Field("theme", 16, _text, tidy),
    Field("questions", 16, _lines, _read_lines),
)
KEYS = tuple(field.key for field in FIELDS)


def _read_design(text: str) -> dict[str, str] | None:
    if text in {label("sheet_unknown", language) for language in LANGUAGES}:
        return None
    return {"kind": chosen("draft", DESIGNS, text)}


def _design(value: Mapping[str, str] | None, language: str) -> str:
    return label(f"draft_{value['kind']}" if value else "sheet_unknown", language)


def _read_long(text: str) -> dict[str, str]:
    return _known_keys(dict(_read_pairs(text, first=True)), tuple(Long.model_fields))


def _known_keys(found: dict[str, Any], known: Sequence[str]) -> dict[str, Any]:
    strange = next((key for key in found if key not in known), None)
    if strange is not None:
        raise StudyError(_(
            "there is {strange!r} before an arrow. It may be {known}.",
            strange=strange, known=", ".join(known)))
    return found


def _counts(value: Mapping[str, Any], __: str) -> str:
    lines = []
    for key, said in value.items():
        if isinstance(said, Mapping):
            lines += [f"{key} → {name} = {word}" for name, word in said.items()]
        else:
            lines += [f"{key} → {one}" for one in ([said] if isinstance(said, str) else said)]
    return "\n".join(lines)


def _read_counts(text: str) -> dict[str, Any]:
    """Read the rules of a register: one key and one item a line."""
    found: dict[str, Any] = {}
    for key, said in _read_pairs(text, first=True):
        if key in SEVERAL_COUNTS:
            found.setdefault(key, []).append(said)
        elif key == "totals":
            name, __, word = said.partition("=")
            found.setdefault(key, {})[tidy(name)] = tidy(word)
        else:
            found[key] = said
    return _known_keys(found, tuple(CountRules.model_fields))


def _yes_no(value: bool, language: str) -> str:
    return label("sheet_yes" if value else "sheet_no", language)


def _whole(text: str) -> int:
    if not tidy(text).isdecimal():
        raise StudyError(_(
            "there is {text!r}. Write the number of a row, as Excel shows it.",
            text=text))
    return int(text)


SOURCE_FIELDS = (
    Field("study_title", 0, _text, tidy),
    Field("source_name", 0, _text, tidy),
    Field("source_label", 0, _text, tidy),
    Field("file", 0, _text, tidy),
    Field("format", 0, _text, tidy, FORMAT_NAMES),
    Field("sheet", 0, _text, str),
    Field("heading_row", 0, _text, _whole),
    Field("heading_rows", 0, _text, _whole),
    Field("long", 0, _pairs, _read_long),
    Field("unit", 0, _text, tidy),
    Field("synthetic", 0, _yes_no, lambda text: chosen("sheet", ("yes", "no"), text) == "yes",
          ("no", "yes")),
    Field("design", 0, _design, _read_design, DESIGNS),
    Field("counts", 0, _counts, _read_counts),
    Field("ignore", 0, _lines, _read_lines),
)
NEEDED = ("source_name", "source_label", "file", "format", "unit", "synthetic", "design")
