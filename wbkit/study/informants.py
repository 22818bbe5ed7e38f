"""Professionals who spoke about their work: few, known to everyone, and named together."""

from collections.abc import Iterable

from wbkit.study.source import Source

ALL, MOST, SOME, NAMED, NOBODY = "all", "most", "some", "named", "nobody"
IN_WORDS = (ALL, MOST, SOME, NAMED, NOBODY)  # states of a count that is told in words
FEWEST = 5  # informants from whom on "most" and "a few" stand for two numbers and more


def are_informants(source: Source) -> bool:
    """Whether real professionals spoke, of whom everybody at the school knows who they are."""
    design = source.design
    return design is not None and design.informants is not None and not (
        source.synthetic or source.public)


def are_service(source: Source) -> bool:
    """Whether these professionals spoke together, as a service of the school."""
    return are_informants(source) and source.design.kind == "joint"


def told_of(n: float, base: float) -> str:
    """Return in which word a number of informants is told: of five, 3 and 4 are most of them.

    Of fewer than five such a word would be the number itself, so only whether anybody said it.
    """
    if n == 0 or base == 0:
        return NOBODY
    if base < FEWEST:
        return NAMED
    return ALL if n == base else MOST if 2 * n > base else SOME


def told_together(sources: Iterable[Source]) -> frozenset[str]:
    """Return the services that may not be named apart: of one name not all agreed to that."""
    services = {one.name: one for one in sources if are_service(one)}
    return frozenset(name for name, one in services.items() if any(
        other.design.informants == one.design.informants and other.name not in other.design.agreed
        for other in services.values()))
