"""Whether a function was given the nouns it works on."""

from wbkit.errors import DataError


def need(given: object, kinds: type | tuple[type, ...], function: str, advice: str) -> None:
    """Refuse anything but these nouns, before something inside it is missed.

    Parameters
    ----------
    given
        What somebody gave.
    kinds
        What the function takes.
    function
        Its name, for the message.
    advice
        What to do.

    Raises
    ------
    DataError
        If it is something else.
    """
    if not isinstance(given, kinds):
        names = [one.__name__ for one in (kinds if isinstance(kinds, tuple) else (kinds,))]
        found = type(given).__name__
        raise DataError(f"{function}: takes {' or '.join(map(_one, names))}, and there "
                        f"{'are' if _many(found) else 'is'} {_one(found)}. {advice}")


def _one(name: str) -> str:
    """Put an article before the name of a class, unless it names several things."""
    return name if _many(name) else f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _many(name: str) -> bool:
    return name.endswith("s")
