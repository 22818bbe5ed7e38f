"""Whether a function was given the noun it works on."""

from wbkit.errors import DataError


def need(given: object, kind: type, function: str, advice: str) -> None:
    """Refuse anything but one noun, before something inside it is missed.

    Parameters
    ----------
    given
        What somebody gave.
    kind
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
    if not isinstance(given, kind):
        article = "an" if kind.__name__[0] in "AEIOU" else "a"
        raise DataError(f"{function}: takes {article} {kind.__name__}, and there is a "
                        f"{type(given).__name__}. {advice}")
