"""How the command line speaks: lines, refusals, progress, and what typer says in Dutch."""

import codecs
import functools
import gettext
import inspect
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from typer._click.exceptions import ClickException  # typer has it, and gives it no public name
from typer.core import TyperCommand, TyperGroup

from wbkit.errors import WbkitError
from wbkit.messages import _, mark
from wbkit.text.normalise import did_you_mean
from wbkit.workflow.files import file_fault, sign_fault
from wbkit.workflow.progress import is_passing

NOT_IN_ORDER, WRONG_USE = 1, 2
READABLE = "wbkit-readable"  # how an encoder writes what the console cannot show
PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-",
                       "…": "...", "•": "*", "→": "->", "·": "-", "×": "x", "≥": ">=", "≤": "<=",
                       "€": "EUR", "ß": "ss", "ø": "o", "æ": "ae"})
# What typer words itself, without a catalogue: its English, and the sentence that we say instead.
WRONG = {
    r"No such option: (?P<option>\S+)": mark("There is no option {option}."),
    r"No such command '(?P<command>[^']*)'": mark("There is no command {command!r}."),
    r"Missing argument '(?P<name>[^']*)'": mark("{name} is missing."),
    r"Missing option '(?P<name>[^']*)'": mark("The option {name} is missing."),
    r"Missing command": mark("A command is missing."),
    r"Option '(?P<option>[^']*)' requires (?:an|\d+) argument": mark(
        "Something has to follow the option {option}."),
    r"Option '(?P<option>[^']*)' does not take a value": mark(
        "Nothing can follow the option {option}."),
    r"Got unexpected extra argument\(?s?\)? \((?P<words>.*)\)": mark(
        "Too much was given: {words}. Put a name that holds spaces between double quotes."),
    r"Invalid value for '?(?P<name>-[^':]*?)'?: .*(?:valid integer|valid int\b).*": mark(
        "{name}: give a whole number."),
    r"Invalid value for '?(?P<name>-[^':]*?)'?: .*greater than or equal to (?P<least>\d+).*": mark(
        "{name}: give a whole number of {least} or more."),
    r"Invalid value for '?(?P<name>-[^':]*?)'?: (?P<words>.*)": mark("{name}: {words}."),
}


def plain_signs(error: UnicodeError) -> tuple[str, int]:
    """Write é as e and … as ... where a console knows no such sign.

    Parameters
    ----------
    error
        What an encoder could not write.

    Returns
    -------
    str, int
        The same in plain signs, ``?`` for what has none, and where to go on.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = unicodedata.normalize("NFKD", error.object[error.start:error.end].translate(PLAIN))
    bare = "".join(sign for sign in text if not unicodedata.combining(sign))
    return bare.encode("ascii", "replace").decode(), error.end


codecs.register_error(READABLE, plain_signs)


def say(words: str) -> None:
    """Print one line."""
    print(words)


def stop(words: str, code: int = NOT_IN_ORDER) -> None:
    """Print why this is not in order, and end with an exit code."""
    Console(stderr=True, soft_wrap=True).print(words, markup=False, highlight=False)
    raise typer.Exit(code)


def agreed(question: str) -> bool:
    """Ask for yes or no; only ja, j, yes or y is yes."""
    answer = typer.prompt(f"{question} [{_('y/N')}]", default="", show_default=False)
    return answer.strip().casefold() in {"j", "ja", "y", "yes"}


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Turn what can go wrong in a user's files into a message and exit code 1."""

    @functools.wraps(command)
    def safe(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
            sys.stdout.flush()
        except BrokenPipeError:
            raise  # nobody reads on, as in wbkit … | head: typer stops without a word
        except WbkitError as fault:
            stop(str(fault))
        except OSError as fault:
            stop(file_fault(fault))
        except UnicodeEncodeError as fault:
            stop(sign_fault(fault))
        except KeyboardInterrupt:
            stop(_("Stopped. Earlier results are as they were; the next run starts clean."))

    return safe


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show one moving line on a terminal, and plain lines elsewhere."""
    console = Console(soft_wrap=True)
    if not console.is_terminal:
        yield _plain_lines
        return
    with console.status("") as status:
        yield lambda words: (status.update(escape(words)) if is_passing(words) else
                             console.print(words, markup=False, highlight=False))


def _plain_lines(words: str) -> None:
    """Print what began or ended, not each cell or table."""
    if not is_passing(words):
        say(words)


class Command(TyperCommand):
    """A command that explains itself in the language that is spoken."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return ``--help``, with its words."""
        return _worded_help(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        """Return the line that shows how the command is written."""
        return _worded_usage(super().get_usage(ctx))


class Commands(TyperGroup):
    """Commands whose wrong use is answered in the language that is spoken."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return ``--help``, with its words."""
        return _worded_help(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        """Return the line that shows how the command is written."""
        return _worded_usage(super().get_usage(ctx))

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run the command line; say what is wrong with what was typed, and end with 2."""
        try:
            done = super().main(*args, standalone_mode=False, **extra)
        except ClickException as fault:
            if not standalone_mode:
                raise
            _show_wrong_use(fault)
            sys.exit(fault.exit_code)
        except typer.Abort:
            if not standalone_mode:
                raise
            print(_("Stopped."), file=sys.stderr)
            sys.exit(NOT_IN_ORDER)
        if standalone_mode:
            sys.exit(done if isinstance(done, int) else 0)
        return done


def _worded_help(option: Any) -> Any:
    if option is not None:
        option.help, option.metavar = _("Show this help and stop."), ""
    return option


def _worded_usage(line: str) -> str:
    pieces = {"Usage:": _("Usage:"), "[OPTIONS]": _("[OPTIONS]"),
              "COMMAND [ARGS]...": _("COMMAND [ARGS]...")}
    for piece, words in pieces.items():
        line = line.replace(piece, words)
    return line


def _show_wrong_use(fault: ClickException) -> None:
    """Print how the command is written, what is wrong, and where its help is."""
    context = getattr(fault, "ctx", None)
    if type(fault).__name__ == "NoArgsIsHelpError":  # the help itself was shown
        return
    lines = [context.get_usage()] if context else []
    lines += [wrong_use(fault.format_message(), _known(context))]
    lines += [_("For help: {command} --help", command=context.command_path)] if context else []
    Console(stderr=True, soft_wrap=True).print("\n".join(lines), markup=False, highlight=False)


def wrong_use(english: str, known: list[str]) -> str:
    """Return what typer says of a typing error in the language that is spoken."""
    for pattern, sentence in WRONG.items():
        found = re.match(pattern, english)
        if found:
            typed = found.groupdict().get("option") or found.groupdict().get("command")
            hint = did_you_mean(typed, known) if typed else ""
            return f"{_(sentence, **found.groupdict())} {hint}".rstrip()
    return english


def _known(context: Any) -> list[str]:
    """Return what could have been typed: commands and options."""
    if context is None:
        return []
    command = context.command
    return [*getattr(command, "commands", {}),
            *(name for option in command.params for name in option.opts)]


def help_of(command: Callable[..., None]) -> str:
    """Return the help of a command: its docstring, in the language that is spoken."""
    words = inspect.getdoc(command)
    return _(words) if words else ""


def option(name: str, metavar: str, words: str, **settings: Any) -> Any:
    """Declare an option; what stands behind it, if anything, and its help are worded."""
    return typer.Option(name, metavar=metavar, help=words, **settings)


def command(
    group: typer.Typer, name: str | None = None, **settings: Any
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a command of a function: its docstring is the help, its faults are messages."""

    def made(function: Callable[..., None]) -> Callable[..., None]:
        return group.command(name, cls=Command, help=help_of(function), **settings)(
            guarded(function))

    return made


def word_typer(language: str, folder: Path, domain: str) -> None:
    """Let typer take the headings of its help from our catalogue: it reads them once."""
    gettext.bindtextdomain(domain, folder)
    gettext.textdomain(domain)
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = language
    import_module("typer.rich_utils")  # its words are settled when it is imported

    if before is None:
        del os.environ["LANGUAGE"]
    else:
        os.environ["LANGUAGE"] = before


# The headings that typer takes from there.
HEADINGS = (mark("Arguments"), mark("Options"), mark("Commands"), mark("[default: {}]"),
            mark("[required]"))
