"""Which unit has which code at least once; a code above others counts each unit once."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from wbkit.coding.units import in_turns
from wbkit.data.codings import ACCEPTED, REVIEW, Codings, in_training
from wbkit.errors import CodingError, DataError
from wbkit.messages import _
from wbkit.study.codebook import Codebook
from wbkit.table.facts import Count, Fact
from wbkit.table.statements.coding import (
    Given,
    OlderDefinition,
    Origin,
    Training,
    Unconsidered,
    Witness,
)

ITEM = "codes"
UNKNOWN = "unknown"


def chosen_codes(several: Sequence[Codings], codes: Sequence[str] | None) -> list[str]:
    """Return the codes to show: those asked for, or all that were looked for and those above."""
    book = several[0].codebook
    if any(one.codebook != book for one in several):
        raise CodingError(_(
            "These codings belong to different codebooks. Code them with the same."))
    looked = {code for one in several for code in one.codes}
    if codes is not None:
        codes = [codes] if isinstance(codes, str) else list(codes)
        strange = [code for code in codes if not looked & set(book.descendants(code))]
        if not codes:
            raise CodingError(_("codes is empty. Give at least one code, or leave it out."))
        if strange:
            raise CodingError(_(
                "Nobody looked for {code}. Looked for: {looked}. Choose among these.",
                code=strange[0], looked=", ".join(sorted(looked)) or _("nothing")))
        return codes
    return [code for code in book.codes if looked & set(book.descendants(code))]


def presence(codings: Codings, codes: Sequence[str]) -> pd.DataFrame:
    """Return unit, document, code and mentions: one row for each document and code.

    A code that stands above others has their mentions too. Passages over each other are one
    mention: of several coders, or of several codes under the one that is counted. What people
    coded counts when they accepted it; hits that wait for a reader count too. Suggestions and
    training count nowhere, a dictionary and a machine only where they stand alone.
    """
    book, data = codings.codebook, codings.data
    kept = codings.counting & (codings.from_dictionary | (data["status"] == ACCEPTED).to_numpy())
    data = data[kept]
    places = pd.DataFrame({"document": data["document"].astype("str"),
                           "code": data["code"].astype("str"),
                           "start": data["start"], "end": data["end"]}).drop_duplicates()
    places = rolled_up(places, book, codes).sort_values(["document", "shown", "start"])
    counted = places[_apart(places)].groupby(["document", "shown"], sort=False).size()
    counted = counted.rename("mentions").reset_index().rename(columns={"shown": "code"})
    units = codings.documents.texts.set_index("document")["unit"]
    return counted.assign(unit=counted["document"].map(units))


def rolled_up(data: pd.DataFrame, book: Codebook, codes: Iterable[str]) -> pd.DataFrame:
    """Add ``shown``: one row for each of `codes` that is the code of a row or stands above it."""
    wanted = set(codes)
    above = pd.DataFrame([(code, one) for code in book.codes
                          for one in (code, *book.ancestors(code)) if one in wanted],
                         columns=["code", "shown"], dtype="str")
    return data.astype({"code": "str"}).merge(above, on="code")


def _apart(places: pd.DataFrame) -> np.ndarray:
    """Whether a passage begins where those before it, of the same text and code, have ended."""
    group = places.groupby(["document", "shown"], sort=False)
    reach = group["end"].cummax()
    before = reach.groupby([places["document"], places["shown"]], sort=False).shift()
    return (before.isna() | (places["start"] >= before)).to_numpy()


def counts(
    codings: Codings, found: pd.DataFrame, codes: Sequence[str], texts: pd.DataFrame
) -> list[tuple]:
    """Return code, n (units), base and mentions for each code, in these texts."""
    found = found[found["document"].isin(texts["document"])]
    found = found[_considered(codings, codes, found)]
    n = found.groupby("code")["unit"].nunique()
    mentions = found.groupby("code")["mentions"].sum()
    base = _bases(codings, codes, texts)
    return [(code, int(n.get(code, 0)), base[code], int(mentions.get(code, 0))) for code in codes]


def _bases(codings: Codings, codes: Sequence[str], texts: pd.DataFrame) -> dict[str, int]:
    """Count for each code the units in which somebody looked for it, or for one under it."""
    if codings.considered.empty:
        return dict.fromkeys(codes, texts["unit"].nunique())
    there = _looked_through(codings, codes)
    return {code: texts.loc[texts["document"].isin(there[code]), "unit"].nunique()
            for code in codes}


def _looked_through(codings: Codings, codes: Sequence[str]) -> dict[str, set[str]]:
    """Return for each code the texts in which somebody looked for it, or for one under it."""
    considered = codings.considered[codings.counts(codings.considered)]
    sets = considered["codes"].map(tuple)
    rows = {looked: set(part) for looked, part in considered["document"].groupby(sets)}
    below = {code: set(codings.codebook.descendants(code)) for code in codes}
    return {code: set().union(*(part for looked, part in rows.items()
                                if below[code] & set(looked))) for code in codes}


def _considered(codings: Codings, codes: Sequence[str], found: pd.DataFrame) -> np.ndarray:
    """Whether somebody said to have looked for the code of a row in its text.

    Where nobody said so of any text, all count.
    """
    if codings.considered.empty:
        return np.ones(len(found), dtype=bool)
    there = _looked_through(codings, codes)
    return np.array([document in there[code] for document, code
                     in zip(found["document"], found["code"], strict=True)], dtype=bool)


def counted_origins(codings: Codings) -> list[Fact]:
    """State which codings count and which do not: key words, machines, suggestions, training."""
    data = codings.data
    apart = data["origin"].isin(codings.apart).to_numpy()
    times = data.loc[apart, "origin"].astype("str").value_counts().sort_index()
    facts: list[Fact] = [Origin(origin, Count(int(n)), Count(len(data)))
                         for origin, n in times.items()]
    training = int((in_training(data) & ~apart).sum())
    facts += [Training(Count(training), Count(len(data)))] if training else []
    facts += [Witness(*machine, "machine_counted")
              for machine in codings.witnesses.items() if codings.only_machine]
    return [*facts, *by_keywords(codings)]


def origins(several: Iterable[Codings], codes: Sequence[str]) -> list[Fact]:
    """State which codings count and which do not, also those in texts not considered."""
    facts: list[Fact] = []
    for one in several:
        facts += [fact for fact in counted_origins(one) if not isinstance(fact, Given)]
        found = presence(one, codes)
        out = int(found.loc[~_considered(one, codes, found), "mentions"].sum())
        facts += [Unconsidered(Count(out))] if out else []
        facts += older(one, codes)
    return facts


def older(codings: Codings, codes: Sequence[str]) -> list[OlderDefinition]:
    """State how many codings were made before their code was defined as it is now."""
    data = codings.data[codings.older & codings.data["code"].isin(codes).to_numpy()]
    there = tuple(code for code in codes if (data["code"] == code).any())
    return [OlderDefinition(there, Count(len(data)))] if len(data) else []


def partly_read(several: Iterable[Codings], codes: Sequence[str]) -> bool:
    """Whether nobody looked at some of the texts, or not for every one of these codes."""
    return any(len(one.considered) and set(_bases(
        one, codes, one.documents.texts).values()) - {one.documents.n} for one in several)


def groups(codings: Codings, by: str) -> list[tuple[str, pd.DataFrame]]:
    """Return the texts of each value of an attribute, in the order that study.toml gives."""
    texts = codings.documents.texts
    if by not in codings.documents.attributes:
        known = ", ".join(codings.documents.attributes) or _("none")
        raise DataError(_(
            "{source}: its texts have no attribute {attribute!r}. They have {known}. Use one of "
            "these.",
            source=codings.documents.source.name, attribute=by, known=known))
    there = texts[by].replace("", UNKNOWN)
    item = codings.documents.source.items.get(by)
    declared = list(item.categories) if item else []
    order = [one for one in declared if (there == one).any()]
    order += sorted(set(there) - set(declared) - {UNKNOWN})
    order += [UNKNOWN] if (there == UNKNOWN).any() else []
    return [(value, texts[there == value]) for value in order]


def by_question(codings: Codings) -> tuple[pd.Series, list[tuple[str, pd.DataFrame]]]:
    """Return the guide question of each coding, and the texts in which each was talked about."""
    documents, data = codings.documents, codings.data
    turns = documents.turns[documents.turns["question"] != ""]
    if turns.empty:
        raise DataError(_(
            "{source}: no turn is tied to a question of a guide. Put headings such as L3 in the "
            "texts, or choose other rows.",
            source=documents.source.name))
    asked = list(documents.guide["id"]) or sorted(set(turns["question"]), key=_in_order)
    texts = documents.texts
    parts = [(one, texts[texts["document"].isin(turns.loc[turns["question"] == one, "document"])])
             for one in asked]
    at = in_turns(data[["document", "start"]], documents.turns[["document", "start", "question"]])
    return at["question"].fillna(""), [part for part in parts if len(part[1])]


def _in_order(question: str) -> tuple[str, int, str]:
    """Put L2 before L10."""
    letters = question.rstrip("0123456789abcdefghijklmnopqrstuvwxyz")
    return letters, int("".join(filter(str.isdigit, question)) or 0), question


def coders(several: Iterable[Codings]) -> list[str]:
    """Return the people who coded, when they are more than one."""
    found = {coder for one in several if not one.from_dictionary
             for coder in (*one.considered["coder"], *one.data["coder"])}
    return sorted(map(str, found)) if len(found) > 1 else []


def by_keywords(codings: Codings) -> list[Given]:
    """State of hits of a dictionary that nobody read."""
    return [Given("keywords")] if codings.from_dictionary else []


def waiting(several: Iterable[Codings], codes: Iterable[str]) -> int:
    """Return how many codings with these codes, or codes under them, wait for a reader."""
    n = 0
    for one in several:
        below = {name for code in codes for name in one.codebook.descendants(code)}
        n += int(((one.data["status"] == REVIEW) & one.data["code"].isin(below)).sum())
    return n
