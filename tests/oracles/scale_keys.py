"""Which reference value of a scale is which call, and how near it has to be."""

import numpy as np
import pandas as pd
from builders.scales import numbers
from oracles.reference_data import ELSEWHERE, HERE, reference

import wbkit as wb
from wbkit.stats.reliability import Grouped, reml_icc, searle_interval

LETTERS = ("A", "C", "N")
TOLERANCE = {
    f"omega_total_1f{kind}.{letter}": (1e-6, "R stops fitting one factor before the optimum, at "
                                             "1e-8 of its criterion (minres at 1e-5)")
    for letter in LETTERS for kind in ("", "_ml_cov")
} | {"icc.A": (1e-7, "psych takes the mean squares from lme4, which stops at 1e-8")}
COVERED = ("raalte.who5.alpha", "icc.A", *(f"{name}.{letter}" for letter in LETTERS for name in (
    "alpha", "omega_total_1f", "omega_total_1f_ml_cov")))
NOT_HERE = {
    "bfi.keys": "no result",
    "alpha_pairwise": "pairwise covariances; wbkit takes the units that answered every item",
    "omega_psych": "three group factors (Schmid-Leiman); wbkit fits one factor",
    "splithalf": "all halves; wbkit gives alpha, their mean",
    "polych|ordinal_alpha": "correlations of normal variables supposed behind the answers",
    "kmo_bartlett": "a test before factor analysis, which wbkit does not do",
}


def bfi(letter):
    """2,800 adults on one scale of the Big Five (R's psych), numbered 1 to 6."""
    keys = reference()["bfi.keys"]
    turned = keys["reversed"][letter]
    frame = pd.read_csv(ELSEWHERE / "data" / "bfi.csv")[keys["scales"][letter]]
    rules = {"reversed": [one.lower() for one in np.atleast_1d(turned)] if turned else [],
             "range": [1, 6]}
    return numbers({name.lower(): frame[name] for name in frame}, scale=rules, design="srs")


def who5():
    """203 made-up students on the WHO-5."""
    frame = pd.read_csv(HERE / "raalte_synthetic.csv")
    data = {f"who5_{n}": frame[f"who5_{n}"] for n in range(1, 6)}
    rules = {"instrument": "who5", "variant": "percentage", "range": None}
    return numbers(data, scale=rules, design="srs")


def alpha(match, value):
    """Compare alpha, its interval, item-rest, alpha if dropped, n and the score with psych."""
    who = bfi(match[1])
    data = wb.reliability(who, "s").data.set_index(["measure", "item"])
    whole = data.loc[("alpha", "whole_scale")]
    scores = wb.score(who, "s").data["s"]
    pairs = [(whole["estimate"], value["raw_alpha"]), (whole["n"], value["n_complete"]),
             (whole["low"], value["feldt"]["lower"]), (whole["high"], value["feldt"]["upper"]),
             (data.loc["alpha_standardised", "estimate"], value["std_alpha"]),
             (scores.mean(), value["mean"]), (scores.std(), value["sd"])]
    for ours, theirs in (("item_rest", "item_r_drop"), ("alpha_if_dropped", "alpha_if_dropped")):
        pairs.append((data.loc[ours, "estimate"], list(value[theirs].values())))
    return pairs


def omega(match, value):
    """Compare omega of one factor, fitted to correlations or covariances."""
    found = wb.reliability(bfi(match[2]), "s").data.set_index("measure")["estimate"]
    if match[1]:
        return [(found["omega"], value["omega"])]
    return [(found["omega_standardised"], value["omega_total"])]


def icc(match, value):
    """Compare the ICC of 99 adults with five answers each: balanced, so REML is ANOVA."""
    frame = bfi("A").data.head(100).dropna()
    values = frame.assign(a1=7 - frame["a1"]).to_numpy()
    grouped = Grouped.of(values.ravel(), np.repeat(np.arange(len(values)), 5))
    low, high = searle_interval(grouped)
    return [(len(values), value["n"]), (reml_icc(grouped), value["icc"][0]),
            (low, value["lower"][0]), (high, value["upper"][0])]


def made_up(match, value):
    """Compare our made-up students with psych."""
    data = wb.reliability(who5(), "s").data.set_index("measure")
    whole, scores = data.loc["alpha"], wb.score(who5(), "s").data["s"]
    return [(whole["n"], value["n"]), (whole["estimate"], value["raw_alpha"]),
            (whole[["low", "high"]], value["feldt"]),
            (data.loc["alpha_standardised", "estimate"], value["std_alpha"]),
            (scores.mean(), value["score100_mean"]), (scores.std(), value["score100_sd"])]


CALLS = {
    r"alpha[.]([ACN])": alpha,
    r"omega_total_1f(_ml_cov)?[.]([ACN])": omega,
    r"icc[.]A": icc,
    r"raalte[.]who5[.]alpha": made_up,
}
