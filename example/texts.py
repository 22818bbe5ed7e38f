"""Give the hand-written open answers to students whom they fit."""

from typing import Any

import numpy as np
import pandas as pd
from drawing import Rng, lowest

TRAIT = {
    "leerontwikkeling": "leren",
    "sociale_ontwikkeling": "sociaal",
    "welbevinden": "welbevinden",
    "praktijkonderwijs": "werkplek",
}
GRADES = {"7,5": ("7", 6), "7.5": ("8", 3), "8+": ("8", 2), "7 of 8": ("8", 1)}  # typed, for, times


def draw_texts(
    rng: Rng,
    people: pd.DataFrame,
    answers: pd.DataFrame,
    texts: dict[str, pd.DataFrame],
    typed: pd.DataFrame,
) -> pd.DataFrame:
    """Fill the open questions and type some grades in another way."""
    reached = answers["corona"].notna()
    filled = {item: _give(rng, people, answers, reached, rows) for item, rows in texts.items()}
    comments = typed[typed["item"].str.endswith("_toelichting")]
    for item, rows in comments.groupby("item"):
        asked = (
            answers["coach_cijfer" if item.startswith("coach") else "steun_genoeg"].dropna().index
        )
        filled[item] = pd.Series(
            rows["text"].to_numpy(), index=rng.choice(asked, len(rows), replace=False)
        )
    return answers.assign(**filled, coach_cijfer=_retype(rng, answers["coach_cijfer"]))


def _give(
    rng: Rng, people: pd.DataFrame, answers: pd.DataFrame, reached: pd.Series, texts: pd.DataFrame
) -> pd.Series:
    """Hand out the texts, those that fit few students first."""
    rows = texts.loc[np.repeat(texts.index.to_numpy(), texts["times"].astype(int))]
    free, given = people[reached], {}
    for text in _hardest_first(people, answers, rows).itertuples():
        fitting = free[fits(people, answers, text.fits).reindex(free.index)]
        (chosen,) = lowest(_distance(rng, fitting, answers, text), 1)
        given[chosen] = text.text
        free = free.drop(index=chosen)
    return pd.Series(given)


def _hardest_first(people: pd.DataFrame, answers: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    room = {name: fits(people, answers, name).sum() for name in rows["fits"].unique()}
    return rows.assign(room=rows["fits"].map(room)).sort_values("room", kind="stable")


def fits(people: pd.DataFrame, answers: pd.DataFrame, name: str) -> pd.Series:
    """Tell which students a text of this kind could be from."""
    known = {
        "": people["niveau"].notna(),
        "stage": people["praktijk"].ne("nog niet"),
        "zoekt": people["praktijk"].eq("nog niet"),
        "zoekt1": people["praktijk"].eq("nog niet") & people["leerjaar"].eq("1"),
        "bbl": people["leerweg"].eq("bbl"),
        "later": people["leerjaar"].ne("1"),
        "hulp": answers["steun_nodig"].str.startswith("ja"),
        "techniek": people["team"].eq("Bouw en Techniek"),
        "media": people["team"].eq("Media en Podium"),
        "groen": people["team"].eq("Groen en Dier"),
    }
    return known[name]


def _distance(rng: Rng, people: pd.DataFrame, answers: pd.DataFrame, text: Any) -> pd.Series:
    """Score how badly a text fits: complaints go to low scores, `niks` to those without need."""
    noise = pd.Series(rng.standard_normal(len(people)), index=people.index)
    if getattr(text, "quality", "") == "vraag_geen":
        return (
            noise - answers.loc[people.index, "steun_nodig"].eq("nee") * 2 - people["welbevinden"]
        )
    trait = TRAIT.get(getattr(text, "aspect", ""))
    return noise + people[trait] if trait else noise


def _retype(rng: Rng, grades: pd.Series) -> pd.Series:
    typed = grades.copy()
    for text, (grade, times) in GRADES.items():
        typed[rng.choice(typed.index[typed.eq(grade)], size=times, replace=False)] = text
    return typed
