"""Who decides on what may go out: the functions of wbkit, each loaded when it is asked."""

from collections.abc import Sequence

import wbkit
from wbkit.privacy.private_folder import read_names
from wbkit.study.study import Study
from wbkit.table.table import Table
from wbkit.text.identifying import KnownNames


class Rules:
    """What decides on what may go out; a test puts others in their place."""

    def protect(
        self, tables: Sequence[Table], *, profile: str, known: Sequence[Table] = ()
    ) -> list[Table]:
        """Hide what may not be seen in all Tables together, beside what readers know already."""
        return wbkit.protect(tables, profile=profile, known=known)

    def audit(
        self, tables: Sequence[Table], *, known: Sequence[Table] = (), released: Sequence[Table]
    ) -> Table:
        """Work out what an outsider can derive, with what is known and with earlier releases."""
        return wbkit.audit(tables, known=known, released=released)

    def names(self, study: Study) -> KnownNames:
        """Return the names of the project's list."""
        return read_names(study.private_folder)

    def numbers(self, study: Study) -> list[str]:
        """Return the patterns of student numbers that study.toml declares."""
        return [one.personal_number for one in study.sources.values() if one.personal_number]
