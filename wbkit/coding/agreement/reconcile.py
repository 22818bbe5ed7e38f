"""Where coders differ, as a list to talk about, and what they then decide."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from wbkit.coding.agreement.first_round import Universe, universe
from wbkit.coding.coded_segments import refuse_real
from wbkit.coding.interview_guide import document_words, items_of
from wbkit.coding.units import Places, Unit, check_unit, counted_unit, given, passages, places
from wbkit.data.codings import (
    ACCEPTED,
    CODING_COLUMNS,
    CONSENSUS,
    ONE_SOURCE,
    REVIEW,
    Codings,
    need_codings,
)
from wbkit.data.source_data import need
from wbkit.errors import CodingError
from wbkit.messages import _, counted
from wbkit.table.facts import Count, Subject
from wbkit.table.statements.coding import Caution, Coders, Decided, Group, Listed
from wbkit.table.table import Table

KEYS = ("document", "start", "end", "code")
YES, NO = "yes", "no"
SAID = {"yes": YES, "ja": YES, "no": NO, "nee": NO}  # as people fill in a sheet
AND = ", "  # between coders


def disagreements(
    codings: Codings | Sequence[Codings], *, unit: Unit = "turn",
    codes: Sequence[str] | None = None, coders: Sequence[str] | None = None,
    decisions: pd.DataFrame | None = None,
) -> Table:
    """List the units that not all who considered them gave the same code, to talk about.

    Parameters
    ----------
    codings
        Codings as for `agreement`.
    unit
        ``turn`` or ``document``.
    codes, coders
        As for `agreement`.
    decisions
        What was decided about them, as for `reconcile`: shown beside each.

    Returns
    -------
    Table
        One row for each unit and code on which coders differ, in the order of the texts:
        document, start and end of the unit, code, ``given`` and ``not_given`` (coders), quote
        (what was coded); with `decisions` also decision, decided_by and memo. Its data, with a
        column ``decision`` added, go into `reconcile`.

    Raises
    ------
    CodingError
        As `agreement`; also for characters, of which nobody can talk, and for decisions that
        `reconcile` would refuse.
    DisclosureError
        If words of real people were not pseudonymised.
    """
    several = need_codings(codings, "disagreements")
    refuse_real([one.documents for one in several], _("quotes"), "agreement")
    compared = universe(several, codes, coders)
    rows, units = _differences(compared, unit)
    texts = compared.codings.documents
    rows = rows.assign(quote=[texts.text(row.document)[row.first:row.last]
                              for row in rows.itertuples()])
    data = texts.with_consent(rows.drop(columns=["first", "last"]))
    data = data if decisions is None else _with_decisions(compared, data, decisions)
    sources = compared.sources
    facts = (Subject("disagreements", items_of(texts)), Coders(compared.coders),
             counted_unit(unit, texts),
             Listed("disagreements", Count(len(rows)), Count(units)),
             Caution("disagreements"), *_several(data), Decided())
    return Table(data, "listing", (), facts, (*sources, compared.codings.codebook,
                                              document_words(texts, sources)))


def differences(compared: Universe, unit: Unit = "turn") -> pd.DataFrame:
    """Return the rows of `disagreements` without words: where coders differ, and on which code.

    Beside document, start, end and code of the unit stand ``first`` and ``last`` (the passage
    that somebody coded in it), ``given`` and ``not_given`` (coders).
    """
    return _differences(compared, unit)[0]


def _differences(compared: Universe, unit: Unit) -> tuple[pd.DataFrame, int]:
    """Return the differences, and how many units were judged."""
    found, yes, judged = _judged(compared, unit)
    times = yes.sum(axis=1)
    split = (times > 0) & (times < judged.sum(axis=1))
    rows = [_row(compared, found, (yes, judged), (code, place))
            for place, code in zip(*np.nonzero(split.T), strict=True)]
    data = pd.DataFrame(rows, columns=[*KEYS, "given", "not_given", "first", "last"])
    return data, int(judged.any(axis=1).sum())


def _several(data: pd.DataFrame) -> list[Group]:
    """State which cells name several coders."""
    return [Group(column, one, tuple(one.split(AND))) for column in ("given", "not_given")
            for one in data[column].unique() if AND in one]


def _with_decisions(
    compared: Universe, data: pd.DataFrame, decisions: pd.DataFrame
) -> pd.DataFrame:
    """Set beside each disagreement what was decided, by whom and why."""
    decided = _decided(compared, decisions)
    keys = list(data[list(KEYS)].itertuples(index=False, name=None))
    _check_about(compared, decided, set(keys))
    rows = [decided.get(key) for key in keys]
    return data.assign(**{name: ["" if row is None or pd.isna(row.get(name)) else row[name]
                                 for row in rows] for name in ("decision", "decided_by", "memo")})


def _check_about(
    compared: Universe, decided: Mapping[tuple, pd.Series], differ: set[tuple]
) -> None:
    strange = set(decided) - differ
    if strange:
        raise CodingError(_(
            "{source}: {decisions} about a unit and code on which coders do not differ, "
            "{first} first. Take document, start, end and code from disagreements(...) with the "
            "same unit, codes and coders.",
            source=compared.codings.documents.source.name,
            decisions=counted(len(strange), "decision", "decisions"),
            first=", ".join(map(str, sorted(strange)[0]))))


def reconcile(
    codings: Codings, decisions: pd.DataFrame, *, unit: Unit = "turn",
    codes: Sequence[str] | None = None, coders: Sequence[str] | None = None,
) -> Codings:
    """Bring codings together: what coders agree on, and what they decided after talking.

    The codings of the coders stay as they are: agreement is always about these.

    Parameters
    ----------
    codings
        Codings as for `agreement`.
    decisions
        One row for each unit and code that was talked about: document, start, end and code as in
        `disagreements`, decision (``yes`` or ``no``, also ``ja`` or ``nee``), decided_by (who),
        and if wanted memo (why).
    unit, codes, coders
        As for `disagreements`.

    Returns
    -------
    Codings
        One row for each unit and code, of origin ``consensus``: the passage from the first to
        the last character that somebody coded in it, ``decided_by`` (all coders, or who decided),
        memo, status ``accepted``; ``review`` where nothing was decided yet.

    Raises
    ------
    CodingError
        If a decision is about something that is no disagreement, is given twice, is not yes or
        no, or does not say by whom.
    """
    need(codings, Codings, "reconcile", _(ONE_SOURCE))
    compared = universe(codings, codes, coders)
    found, yes, judged = _judged(compared, unit)
    decided = _decided(compared, decisions)
    rows, used = [], set()
    for place, code in zip(*np.nonzero(yes.any(axis=1).T), strict=True):
        key = _key(compared, found, code, place)
        who = judged[code, :, place]
        agreed = bool(yes[code, who, place].all())
        row = decided.get(key) if not agreed else None
        used |= {key} if row is not None else set()
        if row is None or row["decision"] == YES:
            names = [name for name, one in zip(compared.coders, who, strict=True) if one]
            rows.append(_brought(compared, found, (code, place), row, names if agreed else ()))
    _check_about(compared, decided, used)
    return _as_codings(compared, rows)


def _judged(compared: Universe, unit: Unit) -> tuple[Places, np.ndarray, np.ndarray]:
    """Return the units, who gave which code to each, and who looked: (codes, coders, units)."""
    check_unit(unit)
    if unit == "character":
        raise CodingError(_("unit='character': nobody talks about single characters. Use turn."))
    documents = compared.codings.documents
    laid = passages(compared.data, documents, compared.codes, compared.coders)
    found = places(documents, unit)
    found = found.where(compared.counts.any(axis=1)[found.document])
    yes = given(found, laid, len(compared.codes), len(compared.coders))
    judged = compared.looked[found.document].transpose(1, 2, 0)
    return found, yes & judged, judged


def _key(compared: Universe, found: Places, code: int, place: int) -> tuple[str, int, int, str]:
    """Return document, start, end and code of a unit."""
    row = found.document[place]
    shift = found.shift[row]
    return (compared.codings.documents.texts["document"].iloc[row],
            int(found.starts[place] - shift), int(found.ends[place] - shift), compared.codes[code])


def _row(
    compared: Universe, found: Places, said: tuple[np.ndarray, np.ndarray], where: tuple[int, int]
) -> tuple[object, ...]:
    yes, judged = (part[where[0], :, where[1]].tolist() for part in said)
    gave = [coder for coder, one in zip(compared.coders, yes, strict=True) if one]
    rest = [coder for coder, one, looked in zip(compared.coders, yes, judged, strict=True)
            if looked and not one]
    key = _key(compared, found, *where)
    return (*key, AND.join(gave), AND.join(rest), *_hull(compared, key))


def _hull(compared: Universe, key: tuple[str, int, int, str]) -> tuple[int, int]:
    """Return the first and last character of a unit that somebody gave the code."""
    document, first, last, code = key
    spans = compared.spans[str(document), code]
    own = spans[(spans[:, 0] < last) & (spans[:, 1] > first)]
    return max(first, int(own[:, 0].min())), min(last, int(own[:, 1].max()))


def _decided(compared: Universe, decisions: pd.DataFrame) -> dict[tuple, pd.Series]:
    name = compared.codings.documents.source.name
    missing = {*KEYS, "decision", "decided_by"} - set(decisions.columns)
    if missing:
        raise CodingError(_(
            "{source}: decisions lacks {missing}. Add these columns to the data of "
            "disagreements(...).",
            source=name, missing=", ".join(sorted(missing))))
    rows = _as_written(decisions)
    wrong = ~rows["decision"].isin([YES, NO]) | (rows["decided_by"] == "")
    if wrong.any():
        raise CodingError(_(
            "{source}: {decisions} without yes or no, or without who decided. Write yes or no in "
            "decision, and who in decided_by; leave decision empty where nothing was decided yet.",
            source=name, decisions=counted(int(wrong.sum()), "decision", "decisions")))
    keys = list(rows[list(KEYS)].itertuples(index=False, name=None))
    if len(set(keys)) < len(keys):
        raise CodingError(_(
            "{source}: a unit and code stand twice among the decisions. Keep one.",
            source=name))
    return dict(zip(keys, (row for _, row in rows.iterrows()), strict=True))


def _as_written(decisions: pd.DataFrame) -> pd.DataFrame:
    """Take a sheet as people fill it in: ja and nee, capitals, numbers as ids, empty rows."""
    said = decisions["decision"].astype("str").str.strip().str.lower()
    rows = decisions.assign(decision=said.map(SAID).fillna(decisions["decision"]),
                            document=decisions["document"].astype("str"),
                            decided_by=decisions["decided_by"].fillna(""))
    return rows[decisions["decision"].notna() & (said != "")]


def _brought(
    compared: Universe, found: Places, where: tuple[int, int], row: pd.Series | None,
    agreed: Sequence[str],
) -> dict[str, object]:
    """Return one coding of the consensus, with who decided it: those who agreed, if they did."""
    key = _key(compared, found, *where)
    start, end = _hull(compared, key)
    by = ", ".join(agreed) if agreed else "" if row is None else row["decided_by"]
    return {"document": key[0], "start": start, "end": end, "code": key[3], "coder": CONSENSUS,
            "origin": CONSENSUS, "term": "", "decided_by": by,
            "status": ACCEPTED if agreed or row is not None else REVIEW,
            "memo": "" if row is None or pd.isna(row.get("memo")) else row["memo"]}


def _as_codings(compared: Universe, rows: Sequence[dict[str, object]]) -> Codings:
    documents = compared.codings.documents
    revisions = dict(zip(documents.texts["document"], documents.texts["sha256"], strict=True))
    columns = [name for name in CODING_COLUMNS if name not in ("quote", "revision")]
    data = pd.DataFrame(rows, columns=[*columns, "decided_by", "memo"])
    data = data.astype({"start": "int64", "end": "int64"})
    looked = [(document, revisions[document], CONSENSUS,
               tuple(np.array(compared.codes)[mask].tolist()), False)
              for document, mask in zip(documents.texts["document"], compared.counts, strict=True)
              if mask.any()]
    considered = pd.DataFrame(looked, columns=["document", "revision", "coder", "codes", "blind"])
    data = data.assign(revision=data["document"].map(revisions))
    return Codings(data, documents, compared.codings.codebook, considered)
