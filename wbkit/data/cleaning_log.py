"""The rules of the cleaning log: ids while cleaning works, words in the file that people read."""

import re
from collections.abc import Mapping
from functools import cache

import pandas as pd

from wbkit.messages import LANGUAGES, message

SET_ASIDE, KEPT = "set aside", "kept"
SUSPECTED = "suspected duplicate"
RESEMBLES = "other, resembles"
NO_ANSWER = "no answer at all"
TOTAL = "total of other rows"
CORRECTION = "correction"
GUESSED = "correction that is not confirmed"
SPACES = "spaces"
DECIMAL_COMMA = "decimal comma"
THOUSANDS = "thousands mark"
UNIT_WORD = "unit behind the number left out"
OWN_WORDS = "own words behind the list"
NEAR_MISS = "near miss of an option: a person decides"
EXCLUSIVE = "exclusive option beside others"
MISSING_CODE = "missing code beside answers"
NOT_ASKED = "not asked"
OUTSIDE_MOMENTS = "outside all moments"
BACKWARDS = "completed before started"
MASKED = {
    "email": "e-mail address masked",
    "address": "address masked",
    "phone": "phone number masked",
    "number": "student number masked",
    "name": "name masked",
    "other": "what points to a person masked",
}
MADE_UP = "points to a person, not masked in made-up data"
RULES: Mapping[str, str] = {  # rule = where its words stand in messages.toml, behind rule_
    NO_ANSWER: "empty",
    TOTAL: "total",
    CORRECTION: "correction",
    GUESSED: "guessed",
    SPACES: "spaces",
    DECIMAL_COMMA: "decimal_comma",
    THOUSANDS: "thousands",
    UNIT_WORD: "unit_word",
    OWN_WORDS: "own_words",
    NEAR_MISS: "near_miss",
    EXCLUSIVE: "exclusive",
    MISSING_CODE: "missing_code",
    NOT_ASKED: "not_asked",
    OUTSIDE_MOMENTS: "outside",
    BACKWARDS: "backwards",
    **{rule: f"masked_{kind}" for kind, rule in MASKED.items()},
    MADE_UP: "made_up",
}
BEGINNINGS = {  # a rule or an outcome that ends in a reason, a row or an option
    f"{SET_ASIDE}: ": "log_set_aside_for",
    f"{SUSPECTED} of row ": "log_duplicate_of",
    f"{RESEMBLES} ": "log_resembles",
}
OUTCOMES = {SET_ASIDE: "log_set_aside", KEPT: "log_kept"}


def log_in_words(log: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return a log as people read it.

    Gives the same rows; `rule` in words, and so is `after` where a whole row was set aside or
    own words resemble an option. Answers stay as they were written.
    """
    rules = {rule: rule_in_words(rule, language) for rule in log["rule"].unique()}
    return log.assign(after=[_after(*line, language) for line in
                             zip(log["item"], log["after"], log["rule"], strict=True)],
                      rule=log["rule"].map(rules)).astype({"after": "str", "rule": "str"})


def rule_in_words(rule: str, language: str) -> str:
    """Return the words of one rule; a reason that a person gave stays as it is."""
    keys = {name: f"rule_{key}" for name, key in RULES.items()}
    return _begun(_said(rule, keys, language), language)


def rule_id(words: str) -> str:
    """Return the rule as cleaning writes it."""
    for name, key in RULES.items():
        if words in (name, *_words(f"rule_{key}")):
            return name
    for beginning in BEGINNINGS:
        if words.startswith(_beginnings(beginning)):
            return beginning + _rest(words, beginning)
    return words


def _after(item: str, after: str, rule: str, language: str) -> str:
    if not item:
        return _said(after, OUTCOMES, language)
    if after.startswith(_beginnings(f"{RESEMBLES} ")) and rule_id(rule) == NEAR_MISS:
        return _begun(after, language)
    return after


def _said(text: str, keys: Mapping[str, str], language: str) -> str:
    found = (key for name, key in keys.items() if text in (name, *_words(key)))
    key = next(found, None)
    return message(key, language) if key else text


def _begun(text: str, language: str) -> str:
    """Write the beginning of a rule in this language and keep its end."""
    for beginning, key in BEGINNINGS.items():
        if text.startswith(_beginnings(beginning)):
            return message(key, language) + _rest(text, beginning)
    return text


@cache
def _beginnings(beginning: str) -> tuple[str, ...]:
    return (beginning, *_words(BEGINNINGS[beginning]))


def _rest(text: str, beginning: str) -> str:
    either = "|".join(map(re.escape, _beginnings(beginning)))
    return re.sub(rf"^(?:{either})", "", text)


@cache
def _words(key: str) -> list[str]:
    return [message(key, language) for language in LANGUAGES]
