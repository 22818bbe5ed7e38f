"""What users are told, in their language, and how words and numbers are written in it.

English stands in the code, Dutch in one catalogue of gettext (locale/nl).
"""

import gettext
import locale
import math
import os
import string
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Self

LANGUAGES = ("nl", "en")
LANGUAGE_VARIABLE = "WBKIT_LANGUAGE"  # the language of everything: results and messages
MESSAGES_VARIABLE = "WBKIT_MESSAGES"  # that of messages alone: a reviewer of a Dutch study
DOMAIN = "wbkit"
LOCALE = Path(__file__).with_name("locale")
MARKS = str.maketrans(",.", ".,")  # of thousands and decimals: English to Dutch
_last = [""]  # the language of the study that was loaded last: the one state that is kept


def speak(language: str) -> None:
    """Word what follows in the language of this study."""
    _last[0] = language


def spoken() -> str:
    """Return the language of messages.

    What ``WBKIT_MESSAGES`` says, else what ``WBKIT_LANGUAGE`` says of everything, else that of
    the study loaded last, else that of the system.
    """
    asked = (os.environ.get(MESSAGES_VARIABLE), os.environ.get(LANGUAGE_VARIABLE), _last[0])
    return next((one for one in asked if one in LANGUAGES), None) or _system_language()


def _system_language() -> str:
    """Return nl where the system is Dutch or names no language, and en where it names another.

    Dutch is "nl_NL", on Windows "Dutch_Netherlands"; "C" and "POSIX" name no language, and studies
    are Dutch unless they say otherwise.
    """
    names = [*(os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")),
             locale.getlocale()[0] or ""]
    name = next(filter(None, names), "").lower()
    nameless = name.partition(".")[0] in ("", "c", "posix")
    return "nl" if nameless or name.startswith(("nl", "dutch")) else "en"


class Told(str):
    """Words for a user that remember the English sentence and the values they were made of.

    Parameters
    ----------
    msgid
        The sentence as it stands in the code, with the names of values between braces.
    values
        What stands there. Told among them are worded in the same language; a path is shown from
        the folder where the command is given.
    plural
        The sentence for other numbers than one; `values` holds n.
    """

    __slots__ = ("msgid", "plural", "values")

    def __new__(cls, msgid: str, values: dict[str, Any], plural: str = "",  # noqa: D102
                language: str | None = None) -> Self:
        made = super().__new__(cls, _worded(msgid, values, plural, language or spoken()))
        made.msgid, made.values, made.plural = msgid, values, plural
        return made

    def again(self, language: str | None = None) -> str:
        """Return the words in another language, or in the one that is spoken now."""
        return str(Told(self.msgid, self.values, self.plural, language))

    def __reduce__(self) -> tuple[Any, ...]:
        return Told, (self.msgid, self.values, self.plural)


def _(msgid: str, /, **values: object) -> Told:
    """Word one sentence for a user; a test finds what the catalogue lacks."""
    return Told(msgid, values)


def mark(msgid: str) -> str:
    """Let the catalogue have a sentence that a constant holds; ``_`` words it where it is used."""
    return msgid


def shown(path: Path) -> str:
    """Write a path the way the user sees it: from the folder where the command is given."""
    full, here = (Path(os.path.realpath(one)) for one in (path, "."))  # also of a link to itself
    return str(full.relative_to(here)) if full.is_relative_to(here) else str(path)


def counted(n: int, one: str, several: str) -> Told:
    """Return how many there are of something: ``1 row``, ``2 rows``."""
    return Told(one, {"n": n}, several)


class _Filler(string.Formatter):
    """Fills values in, with the marks of the language in numbers that are written out."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write one value."""
        if isinstance(value, Told):
            value = value.again(self.language)
        elif isinstance(value, Path):
            value = shown(value)
        text = format(value, format_spec)
        written_out = format_spec and not isinstance(value, str) and self.language == "nl"
        return text.translate(MARKS) if written_out else text


def _worded(msgid: str, values: dict[str, Any], plural: str, language: str) -> str:
    catalogue = _catalogue(language)
    if plural:
        words = catalogue.ngettext(msgid, plural, int(values["n"]))
        return f"{values['n']} {words}"
    words = catalogue.gettext(msgid) if msgid else ""
    return _Filler(language).vformat(words, (), values) if values else words


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE, [language])


@cache
def told() -> dict[str, dict[str, str]]:
    """Return the table of messages: key, language, words."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def message(key: str, language: str, **values: object) -> str:
    """Return the words of one key, with the values filled in."""
    single = f"{key}_one"  # of one answer, where that needs other words
    words = told()[single if values.get("n") == 1 and single in told() else key]
    return words[language].format(**values)


def unit_words(unit: str, language: str) -> tuple[str, str] | None:
    """Return singular and plural of a known unit, or None."""
    entry = told().get(f"unit_{unit}")
    return tuple(entry[language].split("|")) if entry else None


def counted_words(unit: str, n: float, language: str) -> str:
    """Return the word for one of a known unit, or for several."""
    one, several = unit_words(unit, language)
    return one if n == 1 else several


def number(value: float, language: str, *, decimals: int = 0) -> str:
    """Write a number with the decimal mark of the language; nothing for a missing one."""
    if value is None or math.isnan(value):
        return ""
    text = f"{value:,.{decimals}f}"
    if language == "nl":
        return text.translate(str.maketrans(",.", ".,"))
    return text


def brief_number(value: float, language: str) -> str:
    """Write a number with as few decimals as it has, two at most."""
    places = next(places for places in (0, 1, 2) if places == 2 or round(value, places) == value)
    return number(value, language, decimals=places)


def decimal_mark(language: str) -> str:
    """Return the mark between a number and its decimals."""
    return "," if language == "nl" else "."


def listing(parts: list[str], language: str, *, last: str = "and") -> str:
    """Join words as a sentence does: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {message(last, language)} {parts[-1]}"
