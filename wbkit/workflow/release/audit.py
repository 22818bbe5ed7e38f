"""What an audit says: which hidden numbers an outsider could work out, and from which Tables."""

from collections.abc import Sequence

from wbkit.messages import _
from wbkit.table.table import Table

AUDIT = "controle"  # the name by which it is published
FINE = "ok"


def audit_failures(audit: Table, names: Sequence[str]) -> list[str]:
    """Word each hidden number that can be worked out: Table and cell, never the number."""
    return [_("{table}, {cell}: can be worked out from {others}",
              table=row["table"], cell=row["cell"], others=row["by"])
            for row in audit.data.to_dict("records") if row["state"] != FINE]


def derivable(audit: Table) -> list[tuple[str, dict[str, object]]]:
    """Return what the page says of an audit: keys of the label table and their values."""
    if audit.data.empty:
        return [("derivable_none", {})]
    width = int((audit.data["high"] - audit.data["low"]).min())
    return [("derivable", {"n": len(audit.data), "width": width})]
