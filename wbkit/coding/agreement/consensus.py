"""What coders decide together, kept in the store as codings of ``consensus``.

A decision that a code stays is a coding; that it does not stay, a coding that was withdrawn with
the names of who decided. The files of the coders themselves are never written.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from wbkit.coding.agreement.first_round import universe
from wbkit.coding.agreement.reconcile import KEYS, NO, YES, differences, reconcile
from wbkit.coding.store.reader import StoredCodings
from wbkit.coding.store.records import PLACED, Coding
from wbkit.coding.store.store import CodingStore
from wbkit.data.codings import ACCEPTED, CONSENSUS, REVIEW, Codings

Key = tuple[str, int, int, str]
OPEN = ""
AGREED = "agreed"  # the rule of what nobody had to talk about: it is open when one takes it back
SAID = ("start", "end", "code", "status", "memo", "decided_by")


@dataclass(frozen=True)
class Decision:
    """What was decided about a unit and a code.

    Parameters
    ----------
    decision
        ``yes``, ``no`` or empty: not yet.
    memo
        Why.
    decided_by
        Who.
    """

    decision: str = OPEN
    memo: str = ""
    decided_by: str = ""


@dataclass(frozen=True)
class Compared:
    """Coders beside each other, unit by unit, with what they decided until now.

    Parameters
    ----------
    codings
        The codings of a source, as `read_codings` returns them.
    codes, coders
        As for `disagreements`.
    stored
        Gives the id of a text in the store.
    """

    codings: Codings
    codes: tuple[str, ...] | None = None
    coders: tuple[str, ...] | None = None
    stored: Callable[[str], str] = str

    @cached_property
    def differences(self) -> pd.DataFrame:
        """The differences, as `differences` gives them."""
        return differences(universe(self.codings, self.codes, self.coders))

    def decisions(self, store: StoredCodings) -> dict[Key, Decision]:
        """Return what was decided about each difference; `Decision()` where nothing was."""
        own: dict[tuple[str, str], list[Coding]] = {}
        for one in store.codings(withdrawn=True):
            if one.coder == CONSENSUS:
                own.setdefault((one.document, one.code), []).append(one)
        return {key: _decision(own.get((self.stored(key[0]), key[3]), ()), key)
                for key in keys_of(self.differences)}

    def keep(self, store: CodingStore, changes: Mapping[Key, Decision]) -> None:
        """Keep decisions, and what coders agree on in the same texts.

        Then the codings of ``consensus`` in these texts are those of `reconcile`.
        """
        before = self.decisions(store)
        decided = before | changes
        places = {tuple(row[:4]): row[4:] for row in self.differences[
            [*KEYS, "first", "last"]].itertuples(index=False, name=None)}
        together = reconcile(self.codings, _as_frame(decided), codes=self.codes,
                             coders=self.coders)
        looked = dict(zip(together.considered["document"], together.considered["codes"],
                          strict=True))
        for document in dict.fromkeys(key[0] for key in changes):
            name = self.stored(document)
            talked = {(*places[key], key[3]) for key, one in decided.items()
                      if key[0] == document and one.decision == YES}
            rows = together.data[(together.data["document"] == document).to_numpy()]
            rows = rows.assign(rule=[
                "" if (row.start, row.end, row.code) in talked or row.status == REVIEW else AGREED
                for row in rows.itertuples()])
            gone = [(*places[key], key[3], one) for key, one in decided.items()
                    if key[0] == document and one.decision == NO and one != before.get(key)]
            _write(store, name, rows.to_dict("records"), gone)
            store.consider(name, looked[document], coder=CONSENSUS, blind=False)


def keys_of(rows: pd.DataFrame) -> list[Key]:
    """Return document, start, end and code of each row."""
    return list(rows[list(KEYS)].itertuples(index=False, name=None))


def _decision(own: Iterable[Coding], key: Key) -> Decision:
    """Return what the latest coding of ``consensus`` in a unit says."""
    inside = [one for one in own if key[1] <= one.start < key[2]]
    last = _latest(inside)
    if last is None or last.status == REVIEW or last.rule == AGREED:
        return Decision()
    said = YES if last.status == ACCEPTED else NO
    return Decision(said, last.memo, last.decided_by) if last.decided_by else Decision()


def _latest(codings: Iterable[Coding]) -> Coding | None:
    """Return the coding that no other one replaced; one that stands before one that does not."""
    found = list(codings)
    replaced = {one.supersedes for one in found}
    return max((one for one in found if one.id not in replaced),
               key=lambda one: (one.status in PLACED, one.time), default=None)


def _as_frame(decided: Mapping[Key, Decision]) -> pd.DataFrame:
    rows = [(*key, one.decision, one.decided_by, one.memo) for key, one in decided.items()]
    return pd.DataFrame(rows, columns=[*KEYS, "decision", "decided_by", "memo"])


def _write(
    store: CodingStore, document: str, rows: Iterable[Mapping[str, Any]],
    gone: Iterable[tuple[int, int, str, Decision]],
) -> None:
    """Make the codings of ``consensus`` in one text these, and no others."""
    own = [one for one in store.codings(withdrawn=True)
           if (one.coder, one.document) == (CONSENSUS, document)]
    wanted = [_row(document, own, rule=row["rule"], **{name: row[name] for name in SAID})
              for row in rows]
    same = {_what(row) for row in wanted}
    off = {one.id: one for one in own if one.status in PLACED and _what(asdict(one)) not in same}
    there = {_what(asdict(one)) for one in own if one.status in PLACED}
    add = [row for row in wanted if _what(row) not in there]
    left = [_row(document, own, start=start, end=end, code=code, status=REVIEW, memo=one.memo,
                 decided_by=one.decided_by) for start, end, code, one in gone]
    if not (add or left or off):
        return
    made = store.edit(document, coder=CONSENSUS, add=[*add, *left], withdraw=[*off])
    for one in made[len(add):]:
        store.withdraw(one, coder=CONSENSUS)


def _row(document: str, own: Iterable[Coding], **said: Any) -> dict[str, Any]:
    """Return a coding to add, in the place of the last one about the same words."""
    last = _latest(one for one in own if one.code == said["code"]
                   and one.start < said["end"] and said["start"] < one.end)
    replaced = {"supersedes": last.id} if last else {}
    return {"document": document, "origin": CONSENSUS, **said, **replaced}


def _what(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in SAID)
