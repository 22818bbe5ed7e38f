"""Who answered: school, placement, moment, times and latent traits of the 203 students."""

import numpy as np
import pandas as pd
from drawing import Rng, by_quota

MOMENTS = {  # start of the collection and its length in minutes; then how many bol and bbl students
    "m1": (pd.Timestamp("2022-11-15 09:05"), 195, 87, 1),
    "m2": (pd.Timestamp("2022-11-17 10:10"), 230, 69, 2),
    "m3": (pd.Timestamp("2022-11-21 18:05"), 165, 33, 11),
}
YEARS = {"Entree": [1], "2": [0.55, 0.45], "3": [0.4, 0.33, 0.27], "4": [0.32, 0.28, 0.24, 0.16]}
TRAITS = ["coach", "leren", "sociaal", "welbevinden", "werkplek"]
MEDIAN_MINUTES = 6.4


def draw_people(rng: Rng, frame: pd.DataFrame) -> pd.DataFrame:
    """Draw one row for each student of the frame."""
    rows = np.repeat(frame.index.to_numpy(), frame["n"])
    people = frame.drop(columns="n").loc[rng.permutation(rows)].reset_index(drop=True)
    people = people.assign(leerjaar=[_year(rng, level) for level in people["niveau"]])
    people = people.assign(praktijk=_placement(rng, people), moment=_moments(rng, people))
    return pd.concat([people, _traits(rng, people), _times(rng, people)], axis="columns")


def _year(rng: Rng, level: str) -> str:
    return str(1 + rng.choice(len(YEARS[level]), p=YEARS[level]))


def _placement(rng: Rng, people: pd.DataFrame) -> np.ndarray:
    first = people["leerjaar"].eq("1").to_numpy()
    drawn = rng.random(len(people)) + np.where(first, 0.25, -0.1)
    school = np.select([drawn < 0.42, drawn < 0.72], ["ja", "al gehad"], "nog niet")
    return np.where(people["leerweg"].eq("bbl"), "ja", school)


def _moments(rng: Rng, people: pd.DataFrame) -> pd.Series:
    drawn = pd.Series("", index=people.index)
    for place, leerweg in enumerate(["bol", "bbl"], start=2):
        members = people.index[people["leerweg"].eq(leerweg)]
        counts = [moment[place] for moment in MOMENTS.values()]
        category = by_quota(rng.standard_normal(len(members)), counts)
        drawn[members] = np.array(list(MOMENTS))[category]
    return drawn


def _traits(rng: Rng, people: pd.DataFrame) -> pd.DataFrame:
    general = rng.standard_normal(len(people))
    drawn = {trait: 0.6 * general + 0.8 * rng.standard_normal(len(people)) for trait in TRAITS}
    bbl = people["leerweg"].eq("bbl").to_numpy()
    drawn["coach"] -= 1.5 * bbl  # at school one day a week, so the coach is far away
    drawn["leren"] += 0.2 * bbl
    zoekt = people["praktijk"].eq("nog niet").astype(float)
    return pd.DataFrame(drawn, index=people.index).assign(zoekt=zoekt)


def _times(rng: Rng, people: pd.DataFrame) -> pd.DataFrame:
    opening = people["moment"].map({name: moment[0] for name, moment in MOMENTS.items()})
    length = people["moment"].map({name: moment[1] for name, moment in MOMENTS.items()})
    minutes = MEDIAN_MINUTES * np.exp(0.3 * rng.standard_normal(len(people)))
    stragglers = rng.choice(len(people), size=5, replace=False)
    minutes[stragglers] = rng.uniform(28, 140, size=5)
    start = opening + _seconds(60 * length * rng.random(len(people)))
    return pd.DataFrame({"start": start, "end": start + _seconds(60 * minutes)})


def _seconds(seconds: np.ndarray | pd.Series) -> pd.Series:
    return pd.Series(pd.to_timedelta(np.round(np.asarray(seconds)), unit="s"))
