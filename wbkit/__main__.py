"""``python -m wbkit`` is ``wbkit``: settles in which language it speaks, then runs it."""

import os
import sys

from wbkit.messages import DOMAIN, LANGUAGE_VARIABLE, LANGUAGES, LOCALE, speak, spoken
from wbkit.study.study import speak_of


def main() -> None:
    """Run the command line."""
    speak_as_the_study(sys.argv[1:])
    # The help of commands is worded when it is imported: the language has to be settled first.
    from wbkit.console import READABLE, word_typer  # noqa: PLC0415

    word_typer(spoken(), LOCALE, DOMAIN)
    from wbkit.cli import app  # noqa: PLC0415

    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors=READABLE)  # a console that cannot show é must not stop a run
    app(prog_name="wbkit")


def speak_as_the_study(words: list[str]) -> None:
    """Speak the language of the study that a command is about; a new study is Dutch."""
    if words[:1] == ["new"]:
        speak("nl")
        return
    words = [part for word in words for part in word.split("=", 1)]
    given = dict(zip(words, words[1:], strict=False))
    speak_of(given.get("--study"))
    if given.get("--language") in LANGUAGES:
        os.environ[LANGUAGE_VARIABLE] = given["--language"]  # what was asked now counts
        speak(given["--language"])


if __name__ == "__main__":
    main()
