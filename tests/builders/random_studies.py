"""Random studies of real people, so to speak, and the Tables that a report would show of them."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import product

import numpy as np
import pandas as pd
from builders.outsider import Outsider, read_table

import wbkit as wb

TRACKS = ("bol", "bbl")
UNKNOWN, SILENT = "weet niet", "no_answer"
MARKS = ("1", "2", "3", "4", "5")
HELP = {"plannen": ("p", "ps"), "stress": ("s", "ps")}  # ticks: only planning, only stress, both
SMALLEST, LARGEST = 40, 220


@dataclass(frozen=True, eq=False)
class RandomStudy:
    """People with a team, a track, an answer, and a mark or ticks."""

    people: pd.DataFrame
    teams: tuple[str, ...]
    answers: tuple[str, ...]
    second: str

    @property
    def halves(self):
        """The answers merged in two."""
        middle = len(self.answers) // 2
        return {one: "laag" if at < middle else "hoog" for at, one in enumerate(self.answers)}

    @cached_property
    def responses(self):
        """Responses of real people, of whom a few did not take part."""
        people = self.people
        data = people[["team", "leerweg"]].assign(q=people["q"].replace(SILENT, ""))
        items = {
            "team": {"kind": "nominal", "values": self.teams},
            "leerweg": {"kind": "nominal", "values": TRACKS},
            "q": {"kind": "ordinal", "values": self.answers, "missing": [UNKNOWN]},
            "q2": {"kind": "ordinal", "values": ["laag", "hoog"],
                   "recode": {"item": "q", "map": self.halves}}}
        if self.second == "mark":
            marks = pd.to_numeric(people["mark"].replace(SILENT, None))
            data, items = data.assign(mark=marks), items | {
                "mark": {"kind": "numeric", "range": [1, 5]}}
        else:
            ticks = {f"help:{one}": people["help"].isin(given) for one, given in HELP.items()}
            data, items = data.assign(**ticks), items | {
                "help": {"kind": "multiple", "values": list(HELP)}}
        design = wb.Design(kind="census", invited=len(data) + 10, population=len(data) + 10)
        return wb.responses(data, unit="student", items=items, design=design)

    @cached_property
    def tables(self):
        """The Tables of a report: name = the Table and the part that it is about."""
        made = {}
        for name, make, part in self._calls():
            with suppress(wb.WbkitError):
                made[name] = (make(self.responses.where(**part) if part else self.responses), part)
        return made

    def _calls(self):
        frequency, crosstab = wb.frequency, wb.crosstab
        for item in ("team", "leerweg", "q", "q2", self.second):
            yield f"frequency {item}", partial(frequency, item=item), {}
        yield "frequency q asked", partial(frequency, item="q", of="asked"), {}
        for by, item in product(("team", "leerweg"), ("q", "q2", self.second)):
            yield f"frequency {item} by {by}", partial(frequency, item=item, by=by), {}
        for by, share in product(("team", "leerweg"), ("rows", "total")):
            yield (f"crosstab {by} q {share}",
                   partial(crosstab, rows=by, columns="q", share=share), {})
        yield "crosstab team leerweg", partial(crosstab, rows="team", columns="leerweg"), {}
        yield "nonresponse", partial(wb.nonresponse, by="team"), {}
        for by in (None, "team") if self.second == "mark" else ():
            yield f"mean by {by}", partial(wb.estimate, item="mark", by=by), {}
        for one in TRACKS:
            yield f"q by team of {one}", partial(frequency, item="q", by="team"), {"leerweg": one}
        for one in self.teams:
            yield f"q of {one}", partial(frequency, item="q"), {"team": one}
        yield "q without the last", partial(frequency, item="q"), {"team": list(self.teams[:-1])}

    def published(self, profile):
        """Protect the Tables as `wbkit publish` does: small counts are counted again first."""
        bare = replace(self.responses, source=self.responses.source.model_copy(
            update={"synthetic": True}))
        whole = {name: table for name, (table, _) in self.tables.items()}
        for name, make, part in self._calls():
            if name in whole and make.func in (wb.frequency, wb.crosstab):
                whole[name] = make(bare.where(**part) if part else bare)
        made = wb.protect(list(whole.values()), profile=profile)
        return [replace(one, sources=table.sources)
                for one, (table, _) in zip(made, self.tables.values(), strict=True)]

    def some(self, rng, share):
        """Keep some of the Tables only, as a report may."""
        kept = {name: one for name, one in self.tables.items() if rng.random() < share}
        self.__dict__["tables"] = kept or dict(list(self.tables.items())[:2])
        return self

    def outsider(self, tables):
        """Return an outsider who read these Tables, in the order of `tables`."""
        second = {"mark": (*MARKS, SILENT), "help": ("p", "s", "ps", SILENT)}[self.second]
        reader = Outsider(
            {"team": self.teams, "leerweg": TRACKS, "q": (*self.answers, UNKNOWN, SILENT),
             self.second: second},
            {"q": (UNKNOWN, SILENT), self.second: (SILENT,)}, {"q2": ("q", self.halves)},
            {"help": HELP})
        for (name, (_, part)), table in zip(self.tables.items(), tables, strict=True):
            listed = {one: [given] if isinstance(given, str) else given
                      for one, given in part.items()}
            read_table(reader, table, name, part=listed)
        return reader

    def truth(self, outsider):
        """Count the people in each combination of answers."""
        names = list(outsider.answers)
        found = Counter(self.people[names].itertuples(index=False, name=None))
        return np.array([found.get(one, 0) for one in outsider.people], dtype=float)


def small_groups(study, reader, truth, least):
    """Return what few people of a team or track answered, whether a Table counts it or not."""
    found = {}
    for by, groups in (("team", study.teams), ("leerweg", TRACKS)):
        for item in ("q", study.second):
            options = reader.options.get(item) or {one: [one] for one in reader.answers[item]}
            for group, (answer, given) in product(groups, options.items()):
                row = reader.having(**{by: [group], item: given})
                if 0 < row @ truth < least:
                    found[row.tobytes()] = (row, f"{item}={answer} of {by} {group}")
    return found


def random_study(seed):
    """Make a study: 3 to 6 teams of very different sizes, few in bbl, answers that clump."""
    rng = np.random.default_rng(seed)
    n, teams = int(rng.integers(SMALLEST, LARGEST)), tuple("ABCDEF"[: int(rng.integers(3, 7))])
    answers = tuple("12345"[: int(rng.integers(3, 6))])
    missing = float(rng.choice([0, 0.03, 0.08]))
    many = float(rng.choice([0.6, 0.8, 0.9]))
    given = rng.dirichlet(np.full(len(answers), 0.8)) * (1 - missing)
    people = pd.DataFrame({
        "team": rng.choice(teams, n, p=rng.dirichlet(np.full(len(teams), 1.5))),
        "leerweg": rng.choice(TRACKS, n, p=[many, 1 - many]),
        "q": rng.choice([*answers, UNKNOWN, SILENT], n, p=[*given, missing / 2, missing / 2]),
        "mark": rng.choice([*MARKS, SILENT], n, p=[0.05, 0.1, 0.3, 0.35, 0.15, 0.05]),
        "help": rng.choice(["p", "s", "ps", SILENT], n, p=[0.4, 0.3, 0.2, 0.1])})
    return RandomStudy(people, teams, answers, "mark" if seed % 2 else "help")
