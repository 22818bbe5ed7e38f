"""Every mistake in docs/guards.md is refused with the message that stands there."""

import re
from functools import cache
from pathlib import Path

import pytest

import wbkit as wb

PAGE = Path(__file__).parents[2] / "docs" / "guards.md"
EXAMPLE = re.compile(r"^### ([^\n]+)\n+```python\n(.+?)```\n+```text\n(.+?)```", re.M | re.S)
BLOCK = re.compile(r"^```python\n(.+?)```", re.M | re.S)
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = EXAMPLE.findall(TEXT)


@cache
def prelude():
    """Run the first block of the page, of which every example makes use."""
    names = {}
    exec(BLOCK.search(TEXT)[1], names)
    return names


@pytest.mark.parametrize(("code", "message"), [one[1:] for one in EXAMPLES],
                         ids=[one[0] for one in EXAMPLES])
def test_the_mistake_is_refused_with_the_message_of_the_page(code, message):
    with pytest.raises((wb.WbkitError, ValueError)) as error:
        exec(code, dict(prelude()))
    assert " ".join(message.split()) in " ".join(str(error.value).split())


def test_every_example_of_the_page_has_a_message():
    headings = re.findall(r"^### (.+)$", TEXT, re.M)
    assert [one[0] for one in EXAMPLES] == headings
    assert len(BLOCK.findall(TEXT)) == len(headings) + 1
