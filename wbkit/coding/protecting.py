"""Words of real people, which no Table shows yet."""

from collections.abc import Iterable

from wbkit.errors import DisclosureError
from wbkit.labels import listing
from wbkit.study.source import Source


def refuse_real(sources: Iterable[Source], what: str, instead: str) -> None:
    """Refuse to show what people said or wrote, unless the sources are synthetic.

    Parameters
    ----------
    sources
        Where it comes from.
    what
        What would be shown: ``quotes``.
    instead
        What can be used in its place.

    Raises
    ------
    DisclosureError
        If a source is not synthetic.
    """
    real = [one.name for one in sources if not one.synthetic]
    if real:
        raise DisclosureError(
            f"{listing(real, 'en')}: {what} of real people are not shown until the privacy work "
            f"has pseudonymised them. Use {instead}.")
