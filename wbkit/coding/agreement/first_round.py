"""What counts for agreement: the first round, coded blind by hand, where two coders looked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from wbkit.data.codings import ACCEPTED, MACHINE, MANUAL, Codings, in_main, need_codings
from wbkit.data.documents import Documents
from wbkit.errors import CodingError
from wbkit.messages import _
from wbkit.study.source import Source

MOST_CODERS = 30


@dataclass(frozen=True)
class Universe:
    """Who is compared, on which codes, and in which texts.

    ``looked``: which coders looked for a code in a text, where two or more of them did, shape
    (texts, codes, coders). ``data``: the codings that count. ``outside``: codings of these coders
    and codes, by hand in the first round, where their coder or a second one did not look blind.
    """

    codings: Codings
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    looked: np.ndarray
    data: pd.DataFrame
    outside: int
    sources: tuple[Source, ...] = ()

    @property
    def counts(self) -> np.ndarray:
        """Whether a text counts for a code, shape (texts, codes)."""
        return self.looked.any(axis=2)

    @property
    def documents(self) -> int:
        """How many texts count for at least one code."""
        return int(self.counts.any(axis=1).sum())

    @property
    def complete(self) -> bool:
        """Whether all coders looked wherever two of them did."""
        return bool((self.looked.all(axis=2) == self.counts).all())

    @cached_property
    def spans(self) -> dict[tuple[str, str], np.ndarray]:
        """Start and end of the codings that count, by document and code, shape (codings, 2)."""
        names = zip(self.data["document"].astype("str"), self.data["code"].astype("str"),
                    strict=True)
        found: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for name, place in zip(names, self.data[["start", "end"]].itertuples(
                index=False, name=None), strict=True):
            found.setdefault(name, []).append(place)
        return {name: np.array(places) for name, places in found.items()}

    @property
    def clusters(self) -> np.ndarray:
        """Which texts hang together, as a number for each."""
        return clusters(self.codings.documents, self.sources)


def clusters(documents: Documents, sources: Sequence[Source]) -> np.ndarray:
    """Return which texts hang together, as numbers: those of one unit, or of one cluster.

    A text without a value of the attribute that ``texts.cluster`` names stays with its unit.
    """
    texts, names = documents.texts, documents.texts["unit"]
    for source in sources:
        own = source.texts.cluster if source.texts else None
        if own in texts:
            here = (texts["source"] == source.name) & texts[own].fillna("").ne("")
            names = names.where(~here, f"{source.name}, {own}: " + texts[own].astype(str))
    return pd.factorize(names)[0]


def universe(
    codings: Codings | Sequence[Codings], codes: Sequence[str] | None = None,
    coders: Sequence[str] | None = None,
) -> Universe:
    """Find what two or more coders considered, in the texts of one source or of several."""
    several = need_codings(codings, "agreement")
    codings = joined(several)
    considered = _blind(codings)
    chosen = _coders(codings, considered, coders)
    considered = considered[considered["coder"].isin(chosen)]
    wanted = _codes(codings, considered, codes)
    looked = _looked(codings, considered, wanted, chosen)
    if not looked.any():
        raise CodingError(_(
            "{source}: {coders} looked for none of these codes in the same text. Choose coders "
            "who did, or let them code the same texts.",
            source=codings.documents.source.name, coders=", ".join(chosen)))
    data = codings.data[_counts(codings.data) & codings.data["coder"].isin(chosen)
                        & codings.data["code"].isin(wanted)]
    inside = _inside(codings, data, wanted, chosen, looked)
    kept, data = _used(codes, wanted, data[inside]), data[inside]
    here = [wanted.index(code) for code in kept]
    return Universe(codings, tuple(chosen), tuple(kept), looked[:, here], data,
                    int((~inside).sum()), _sources(several, codings, looked))


def _inside(
    codings: Codings, data: pd.DataFrame, codes: Sequence[str], coders: Sequence[str],
    looked: np.ndarray,
) -> np.ndarray:
    """Whether the coder of each coding looked for its code there, and another one too."""
    row = pd.Index(codings.documents.texts["document"]).get_indexer(data["document"])
    code, coder = (pd.Index(names).get_indexer(data[column].astype("str"))
                   for names, column in ((codes, "code"), (coders, "coder")))
    return looked[row, code, coder]


def with_machines(compared: Universe) -> Universe | None:
    """Set the machines beside the people, in the texts that count for these; None without any."""
    codings, machines = compared.codings, compared.codings.machines
    considered = codings.considered[codings.considered["coder"].isin(machines)]
    own = _judged(codings, considered, compared.codes, machines)
    looked = np.concatenate([compared.looked, own & compared.counts[:, :, None]], axis=2)
    if not looked[:, :, len(compared.coders):].any():
        return None
    every = (*compared.coders, *machines)
    data = codings.data[(codings.data["origin"] == MACHINE).to_numpy()
                        & (codings.data["status"] == ACCEPTED).to_numpy()
                        & codings.data["code"].isin(compared.codes).to_numpy()]
    data = data[_inside(codings, data, compared.codes, every, looked)]
    return replace(compared, coders=every, looked=looked,
                   data=pd.concat([compared.data, data], ignore_index=True))


def joined(several: Sequence[Codings]) -> Codings:
    """Bring the codings of several sources together; their texts keep their own id."""
    if len(several) == 1:
        return several[0]
    if not several or any(one.codebook != several[0].codebook for one in several):
        raise CodingError(_(
            "These codings belong to different codebooks, or the list is empty. Code them with "
            "the same codebook."))
    documents = [one.documents for one in several]
    texts = [one.texts.assign(unit=one.source.name + ": " + one.texts["unit"])
             for one in documents]
    turns = [one.turns for one in documents if len(one.turns)] or [documents[0].turns]
    both = Documents(pd.concat(texts, ignore_index=True), documents[0].source,
                     pd.concat(turns, ignore_index=True))
    data = pd.concat([one.data for one in several], ignore_index=True)
    considered = pd.concat([one.considered for one in several], ignore_index=True)
    return Codings(data, both, several[0].codebook, considered)


def _sources(
    several: Sequence[Codings], codings: Codings, looked: np.ndarray
) -> tuple[Source, ...]:
    """Return the sources of the texts that count."""
    there = set(codings.documents.texts.loc[looked.any(axis=(1, 2)), "source"])
    return tuple({one.documents.source.name: one.documents.source for one in several
                  if one.documents.source.name in there}.values())


def _blind(codings: Codings) -> pd.DataFrame:
    considered = codings.considered
    if "blind" not in considered:
        raise CodingError(_(
            "{source}: considered does not say who coded blind, and agreement with what one has "
            "seen is none. Add a column blind (true or false).",
            source=codings.documents.source.name))
    return considered[considered["blind"].eq(True).to_numpy() & in_main(considered)
                      & ~considered["coder"].isin(codings.machines).to_numpy()]


def _counts(data: pd.DataFrame) -> np.ndarray:
    """Whether a coding is of the first round, by hand, and still stands."""
    own = (data["origin"] == MANUAL) & (data["status"] == ACCEPTED)
    return own.to_numpy() & in_main(data)


def _coders(
    codings: Codings, considered: pd.DataFrame, coders: Sequence[str] | None
) -> list[str]:
    known = sorted(set(considered["coder"]))
    chosen = known if coders is None else list(dict.fromkeys(coders))
    strange = [one for one in chosen if one not in known]
    if strange or not 2 <= len(chosen) <= MOST_CODERS:
        raise CodingError(_(
            "{source}: agreement is between 2 to {most} coders who coded blind by hand; asked for "
            "{coders}, there is {known}. Use coders=[…].",
            source=codings.documents.source.name, most=MOST_CODERS,
            coders=", ".join(chosen) or _("none"), known=", ".join(known) or _("nobody")))
    return chosen


def _codes(
    codings: Codings, considered: pd.DataFrame, codes: Sequence[str] | None
) -> list[str]:
    if codes is None:
        looked = set().union(*considered["codes"])
        return [code for code in codings.codebook.codes if code in looked]
    wanted = [codes] if isinstance(codes, str) else list(dict.fromkeys(codes))
    for code in wanted:
        codings.codebook.code(code)
    if not wanted:
        raise CodingError(_("codes is empty. Give at least one code, or leave it out."))
    return wanted


def _looked(
    codings: Codings, considered: pd.DataFrame, codes: Sequence[str], coders: Sequence[str]
) -> np.ndarray:
    """Return in which texts each coder looked for each code, where two or more of them did."""
    found = _judged(codings, considered, codes, coders)
    return found & (found.sum(axis=2, keepdims=True) > 1)


def _judged(
    codings: Codings, considered: pd.DataFrame, codes: Sequence[str], coders: Sequence[str]
) -> np.ndarray:
    """Return in which texts each coder looked for each code."""
    texts, place = codings.documents.texts, {code: at for at, code in enumerate(codes)}
    found = np.zeros((len(texts), len(codes), len(coders)), dtype=bool)
    rows = pd.Index(texts["document"]).get_indexer(considered["document"])
    who = pd.Index(coders).get_indexer(considered["coder"])
    masks: dict[object, np.ndarray] = {}
    for row, coder, looked in zip(rows.tolist(), who.tolist(), considered["codes"], strict=True):
        if looked not in masks:
            masks[looked] = np.array([place[one] for one in looked if one in place], dtype=np.intp)
        if row >= 0:
            found[row, masks[looked], coder] = True
    return found


def _used(
    asked: Sequence[str] | None, wanted: Sequence[str], data: pd.DataFrame
) -> list[str]:
    """Leave out codes that nobody gave, unless they were asked for."""
    there = set(data["code"].unique())
    return [code for code in wanted if asked is not None or code in there] or list(wanted)
