"""Draw the answers to the questions where more than one answer may be ticked."""

import numpy as np
import pandas as pd
from drawing import Rng, by_quota, lowest, mixed

LIKES, DIPLOMA, DUTY = (
    "ik vind het vak leuk",
    "ik wil snel een diploma",
    "ik moet van thuis of van de wet",
)
MOTIVES = {"neither": 16, "duty": 67, "both": 77, "interest": 43}
HELPED = 113  # students who tick at least one help question
NOBODY, UNANSWERED = 17, 4  # students who seek support from nobody, or did not answer
NO_HELP = "ik heb nu geen hulp nodig"
WORK, FRIENDS = "ik wil dit werk gaan doen", "mijn vrienden zitten hier"


def draw_multiple(
    rng: Rng,
    people: pd.DataFrame,
    answers: pd.DataFrame,
    options: pd.DataFrame,
    typed: pd.DataFrame,
) -> pd.DataFrame:
    """Draw one column of ticked options, each ended by a semicolon, for each question."""
    ticks = {
        "motivatie": _motives(rng, people),
        "hulpvragen": _help(rng, people, answers, options),
        "steun_van": _support(rng, people, options),
    }
    typed_in = {
        item: _type(rng, frame, typed[typed["item"].eq(item)]) for item, frame in ticks.items()
    }
    return answers.assign(
        **{item: _joined(frame, people.index) for item, frame in typed_in.items()}
    )


def _motives(rng: Rng, people: pd.DataFrame) -> pd.DataFrame:
    kind = np.array(list(MOTIVES))[
        by_quota(mixed(rng, people["leren"], 0.4), list(MOTIVES.values()))
    ]
    which = rng.random(len(people))  # for the 144 with an outside reason: diploma, must, or both
    outside = np.isin(kind, ["duty", "both"])
    likes = np.isin(kind, ["interest", "both"])
    work = (rng.random(len(people)) < np.where(likes, 0.55, 0.25)) | (kind == "neither")
    ticked = {
        LIKES: likes,
        DIPLOMA: outside & (which < 0.88),
        DUTY: outside & (which > 0.74),
        WORK: work,
        FRIENDS: rng.random(len(people)) < 0.13,
    }
    return pd.DataFrame(ticked, index=people.index)


def _help(
    rng: Rng, people: pd.DataFrame, answers: pd.DataFrame, options: pd.DataFrame
) -> pd.DataFrame:
    """Let all who need extra help now, and the next in line, tick what they need help with."""
    unanswered = rng.choice(people.index[answers["steun_nodig"].eq("nee")], size=3, replace=False)
    score = pd.Series(mixed(rng, people["welbevinden"], 0.4), index=people.index)
    score = score.mask(answers["steun_nodig"].str.startswith("ja"), score - 10)
    helped = lowest(score.drop(index=unanswered), HELPED)
    ticked = _tick(rng, people.loc[helped], options[options["item"].eq("hulpvragen")])
    ticked.loc[~ticked.any(axis="columns"), "plannen"] = True
    ticked = ticked.reindex(people.index.drop(unanswered), fill_value=False)
    return ticked.assign(**{NO_HELP: ~ticked.any(axis="columns")})


def _support(rng: Rng, people: pd.DataFrame, options: pd.DataFrame) -> pd.DataFrame:
    answered = people.drop(index=rng.choice(people.index, size=UNANSWERED, replace=False))
    score = pd.Series(mixed(rng, answered["welbevinden"], 0.4), index=answered.index)
    nobody = lowest(score, NOBODY)
    ticked = _tick(rng, answered.drop(index=nobody), options[options["item"].eq("steun_van")])
    ticked.loc[~ticked.any(axis="columns"), "ouder of verzorger"] = True
    ticked = ticked.reindex(answered.index, fill_value=False)
    return ticked.assign(niemand=~ticked.any(axis="columns"))


def _tick(rng: Rng, people: pd.DataFrame, options: pd.DataFrame) -> pd.DataFrame:
    ticked = pd.DataFrame(index=people.index)
    for option in options.itertuples():
        score = mixed(rng, people[option.factor], float(option.loading))
        chosen = by_quota(score, [len(people) - int(option.n), int(option.n)])
        ticked[option.option] = chosen.astype(bool)
    return ticked


def _type(rng: Rng, ticked: pd.DataFrame, typed: pd.DataFrame) -> pd.DataFrame:
    """Let one student type each text, instead of the option that it nearly is."""
    free = ticked.index[
        ~ticked.filter(regex="^(niemand|ik heb nu geen hulp nodig)$").any(axis="columns")
    ]
    chosen = rng.choice(free, size=len(typed), replace=False)
    with_text = ticked.assign(text=pd.Series(typed["text"].to_numpy(), index=chosen))
    for row, near in zip(chosen, typed["near"], strict=True):
        with_text.loc[row, [near] if near else []] = False
    return with_text


def _joined(ticked: pd.DataFrame, index: pd.Index) -> pd.Series:
    """Write the options as Microsoft Forms does: in order, each one ended by a semicolon."""
    options = ticked.columns.drop("text")
    parts = ticked[options].apply(
        lambda row: "".join(f"{o};" for o in options[row.astype(bool)]), axis=1
    )
    texts = ticked["text"].map(lambda text: f"{text};", na_action="ignore").fillna("")
    return (parts + texts).reindex(index)
