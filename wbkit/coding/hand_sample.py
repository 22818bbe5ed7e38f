"""Which texts a person reads by lot, so that what a machine found can be corrected."""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import tomlkit

from wbkit.coding.store.records import DRAWN
from wbkit.data.documents import Documents
from wbkit.data.source_data import need
from wbkit.errors import CodingError
from wbkit.files import is_reserved, write_whole
from wbkit.messages import _
from wbkit.study.study import Study
from wbkit.text.normalise import did_you_mean

FOLDER = "samples"
FEWEST = 10  # units in a sample
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
FIELD_END, ROW_END = "\x1f", "\x1e"  # ASCII separators: no id holds them
PLAIN = ("name", "source", "item", "seed", "drawn")  # as they stand in the file
HEAD = """Drawn by lot by wbkit: do not change it. A person reads all of these, and only these,
without seeing what a computer found: store.consider(…, round="sample_<name>", blind=True).
"""


@dataclass(frozen=True)
class HandSample:
    """Units drawn by lot, to be read by a person.

    Parameters
    ----------
    name
        What it is called.
    source, item
        Where the texts come from; `item` is empty for texts that answer no open question.
    seed
        The same seed draws the same units, and more of them first the same.
    units, sha256
        The frame: how many units there were to draw from, and the hash of their texts.
    drawn
        Ids of the units, in the order of the draw.
    """

    name: str
    source: str
    item: str
    seed: int
    units: int
    sha256: str
    drawn: tuple[str, ...]

    @property
    def round(self) -> str:
        """The round in which a person codes these units, and no others."""
        return f"{DRAWN}{self.name}"


def draw_sample(documents: Documents, n: int, *, name: str, seed: int) -> HandSample:
    """Draw by lot which units a person reads, whatever a machine finds in them.

    Each unit gets a number that depends on the seed, the name and its id alone, and the lowest
    are drawn [1]_. So a larger sample with the same seed begins with the smaller one: who coded
    80 goes on with the next 40.

    Parameters
    ----------
    documents
        The texts; units without text are not drawn.
    n
        How many units, from 10 on and fewer than all.
    name
        Its file, and the round ``sample_<name>`` in which it is coded: small letters, digits,
        ``_`` and ``-``.
    seed
        A whole number.

    Returns
    -------
    HandSample
        The units, with seed and frame; `write_sample` keeps it.

    Raises
    ------
    CodingError
        If there are not so many units, or the name cannot be one.

    References
    ----------
    .. [1] Ohlsson, E. (1995). Coordination of samples using permanent random numbers. In: Business
       Survey Methods, 153-169. Wiley.
    """
    need(documents, Documents, "draw_sample", _("Give the texts, as open_answers returns them."))
    texts = _with_text(documents)
    units, source = sorted(set(texts["unit"])), documents.source
    if not NAME.fullmatch(name) or is_reserved(name):
        raise CodingError(_(
            "{name!r} cannot be the name of a sample: a file bears it. Use small letters without "
            "accents, digits, _ and -, as in themas_hulp.",
            name=name))
    if len(units) <= FEWEST:
        raise CodingError(_(
            "{source}: has {units} units with text, and a sample has {fewest} or more of them. "
            "Read them all: then no sample is needed.",
            source=source.name, units=len(units), fewest=FEWEST))
    if not FEWEST <= n < len(units):
        raise CodingError(_(
            "{source}: a sample of {n} cannot be drawn from {units} units with text. Draw from "
            "{fewest} to {most}; to read all of them needs no sample.",
            source=source.name, n=n, units=len(units), fewest=FEWEST, most=len(units) - 1))
    drawn = sorted(units, key=lambda unit: _number(seed, name, unit))[:n]
    return HandSample(name, source.name, documents.item, seed, len(units),
                      _hash_of(texts), tuple(drawn))


def write_sample(study: Study, sample: HandSample) -> Path:
    """Keep a sample in ``data/samples/``, so that nobody can draw again until it suits.

    Parameters
    ----------
    study
        The study.
    sample
        As `draw_sample` returns it.

    Returns
    -------
    Path
        The file; the same bytes for the same sample.

    Raises
    ------
    CodingError
        If another sample of this name is there, unless the new one only goes on with it.
    """
    need(study, Study, "write_sample", _("Give load_study() first, then the sample."))
    file = study.folder / FOLDER / f"{sample.name}.toml"
    if file.is_file():
        there = read_sample(study, sample.name)
        if sample.drawn[:len(there.drawn)] != there.drawn or sample.sha256 != there.sha256:
            raise CodingError(_(
                "{name}: data/{folder} has another sample of this name. Draw with its seed "
                "({seed}) to make it larger, or give the new one another name.",
                name=sample.name, folder=FOLDER, seed=there.seed))
    content = tomlkit.document()
    for line in HEAD.splitlines():
        content.add(tomlkit.comment(line))
    for key in PLAIN[:-1]:
        content[key] = getattr(sample, key)
    frame = tomlkit.inline_table()
    frame.update({"units": sample.units, "sha256": sample.sha256})
    content["frame"] = frame
    content["drawn"] = tomlkit.item(list(sample.drawn)).multiline(multiline=True)
    return write_whole(file, tomlkit.dumps(content).encode())


def read_sample(study: Study, name: str) -> HandSample:
    """Read a sample that `write_sample` kept.

    Parameters
    ----------
    study
        The study.
    name
        Its name.

    Returns
    -------
    HandSample
        The sample; `prevalence` compares it with the texts.

    Raises
    ------
    CodingError
        If there is none of that name, or the file is not as wbkit wrote it.
    """
    need(study, Study, "read_sample", _("Give load_study() first, then the name of the sample."))
    file = study.folder / FOLDER / f"{name}.toml"
    known = sorted(one.stem for one in file.parent.glob("*.toml"))
    if name not in known:
        raise CodingError(_(
            "{name}: there is no such sample in data/{folder}. There is {known}. {hint}",
            name=name, folder=FOLDER, known=", ".join(known) or _("none"),
            hint=did_you_mean(name, known) or _("Draw one with draw_sample and write_sample.")))
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        frame = content["frame"]
        return HandSample(**{key: content[key] for key in PLAIN[:-1]}, units=frame["units"],
                          sha256=frame["sha256"], drawn=tuple(content["drawn"]))
    except (ValueError, KeyError, TypeError):
        raise CodingError(_(
            "data/{folder}/{name}.toml is not as wbkit wrote it. Bring it back with git, or draw "
            "it again with draw_sample and the same seed.",
            folder=FOLDER, name=name)) from None


def check_sample(sample: HandSample, documents: Documents) -> pd.DataFrame:
    """Refuse a sample of other texts, or one in which somebody chose; return all texts to read."""
    source, texts = documents.source, _with_text(documents)
    if (sample.source, sample.item, sample.sha256) != (
            source.name, documents.item, _hash_of(texts)):
        raise CodingError(_(
            "{name}: this sample was drawn from {units} units of {there}, and these are other "
            "texts ({here}). Use the texts it was drawn from, or draw a new sample.",
            name=sample.name, units=sample.units, there=_of(sample.source, sample.item),
            here=_of(source.name, documents.item)))
    order = sorted(set(texts["unit"]), key=lambda unit: _number(sample.seed, sample.name, unit))
    if tuple(order[:len(sample.drawn)]) != sample.drawn or len(sample.drawn) < FEWEST:
        raise CodingError(_(
            "{name}: these are not the units that seed {seed} draws, so somebody chose them. Bring "
            "data/{folder}/{name}.toml back with git, or draw a new sample.",
            name=sample.name, seed=sample.seed, folder=FOLDER))
    return texts[texts["unit"].isin(sample.drawn)]


def _of(source: str, item: str) -> str:
    return f"{source}.{item}".rstrip(".")


def _with_text(documents: Documents) -> pd.DataFrame:
    texts = documents.texts
    return texts[texts["text"] != ""]


def _number(seed: int, name: str, unit: str) -> bytes:
    """Return the permanent random number of a unit: the same on every machine."""
    return hashlib.sha256(FIELD_END.join([str(seed), name, unit]).encode()).digest()


def _hash_of(texts: pd.DataFrame) -> str:
    """Return the hash of what there was to draw from, in no order."""
    rows = texts[["unit", "document", "sha256"]].astype("str").agg(FIELD_END.join, axis=1)
    return hashlib.sha256(ROW_END.join(np.sort(rows.to_numpy(str))).encode()).hexdigest()
