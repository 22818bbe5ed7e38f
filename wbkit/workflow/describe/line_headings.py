"""The words in capitals before a line: what kind of line it is."""

from wbkit.messages import _, mark

ASK = mark("ASK")
BOTH, CHANGED, GONE, NEW = mark("BOTH"), mark("CHANGED"), mark("GONE"), mark("NEW")
ANSWER, ORDER, LAYOUT, ROWS = mark("ANSWER"), mark("ORDER"), mark("LAYOUT"), mark("ROWS")
ALL = (BOTH, CHANGED, GONE, NEW, ANSWER, ORDER, LAYOUT, ROWS)


def ask(words: str) -> str:
    """Write a question that a person has to answer."""
    return f"{_(ASK)}  {words}"


def with_heading(kind: str, words: str) -> str:
    """Write a line behind its kind, so that lines of all kinds begin in the same column."""
    width = max(len(_(one)) for one in ALL)
    return f"{_(kind):{width}} {words}"
