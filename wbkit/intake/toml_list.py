"""A list that a person keeps as toml: ``[versions.v1]``, ``[versions.v2]`` and so on."""

import tomllib
from collections.abc import Mapping
from typing import Any

from wbkit.errors import DataError
from wbkit.intake.sheet import Sheet
from wbkit.study.item import Item


def read_toml_list(content: bytes, where: str, items: Mapping[str, Item]) -> Sheet:
    """Read the tables under one name as rows.

    Parameters
    ----------
    content
        The bytes of the file.
    where
        Words for the file in a message.
    items
        Not used: the file itself names its columns.

    Returns
    -------
    Sheet
        One row for each table; ``id`` is its own name, the other headings are its keys.

    Raises
    ------
    DataError
        If the file is not valid TOML, or does not hold exactly one list of tables.
    """
    try:
        fields = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DataError(f"{where}: is not valid TOML: {error}. Look at that line.") from None
    lists = [name for name, value in fields.items() if _is_list(value)]
    if len(lists) != 1:
        raise DataError(
            f"{where}: holds {len(lists)} lists of tables ({', '.join(lists) or 'none'}), and one "
            "is read. Write each row as [list.id], all under one name."
        )
    rows = [{"id": name} | row for name, row in fields[lists[0]].items()]
    headings = tuple(dict.fromkeys(key for row in rows for key in row))
    columns = tuple([str(row.get(heading, "")) for row in rows] for heading in headings)
    return Sheet(headings, columns, range(1, len(rows) + 1), (f"list '{lists[0]}'",))


def _is_list(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(
        isinstance(row, dict) for row in value.values())
