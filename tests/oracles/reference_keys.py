"""Which key of the reference values is which call, and which keys are not ours."""

import re
from functools import cache

import numpy as np
from oracles import reference_comparisons as comparisons
from oracles import scale_keys
from oracles.reference_data import api, raalte

import wbkit as wb

MARGINS = {"stype": {"E": 4421, "H": 755, "M": 1018}, "sch_wide": {"No": 1072, "Yes": 5122}}
ENDS = {"est": "estimate", "se": "se", "lci": "low", "uci": "high", "df": "df"}
DESIGN = r"(srs_fpc|strat_fpc|clus1_fpc|clus1_nofpc)"

NOT_HERE = {
    **comparisons.NOT_HERE,
    **scale_keys.NOT_HERE,
    "kappa": "agreement of coders: belongs to coding",
    "svyciprop[.]awards[.](likelihood|asin)": "an interval that wbkit does not offer; logit and "
        "beta (Korn-Graubard) serve the same purpose",
    "rake_default": "R's rake stops at epsilon = 1; wbkit converges to 1e-10 (key rake)",
    "jk1": "jackknife replicates; wbkit linearises",
    "margins|versions": "no result",
}
TOLERANCE = comparisons.TOLERANCE | scale_keys.TOLERANCE  # key: size, why; 1e-9 for the others


def left_out(key):
    """Give the reason why a key is not covered here, or nothing."""
    return next((why for words, why in NOT_HERE.items() if re.match(words, key)), None)


@cache
def sample(design):
    return api(design)


@cache
def weighted(design, method, *, upper=None):
    given = sample(design)
    margins = {"stype": MARGINS["stype"]} if method == "poststratify" else MARGINS
    distance = method.removeprefix("calibrate_")
    if distance != method:
        return wb.weight(given, margins, "calibrate", distance=distance)
    trim = None if upper is None else (0.0, upper)
    return wb.weight(given, margins, method, trim=trim)


@cache
def students(*, raked):
    return wb.weight(raalte()) if raked else raalte()


def compared(pairs):
    """Give the largest relative difference; a 0 of R is met to 1e-12."""
    found = [np.abs(np.asarray(a, float) - np.asarray(b, float))
             / np.maximum(np.abs(np.asarray(b, float)), 1e-3) for a, b in pairs]
    return max(float(np.max(one)) for one in found)


def estimated(table, value):
    return compared((table.data[ours], value[theirs]) for theirs, ours in ENDS.items()
                    if theirs in value)


def svymean(match, value):
    item, design = match.groups()
    return estimated(wb.estimate(sample(design), item, "mean" if item == "api00" else "share"),
                     value)


def svytotal(match, value):
    return estimated(wb.estimate(sample(match[1]), "enroll", "total"), value)


def svyratio(match, value):
    return estimated(wb.estimate(sample(match[1]), "api_stu", "ratio", per="enroll"), value)


def svyciprop(match, value):
    method, design = match.groups()
    method = {"mean": "t", "xlogit": "logit"}.get(method, method)
    data = wb.frequency(sample(design), "awards", interval=method).data
    row = data.set_index("value").loc["Yes"]
    return compared((row[ours], value[theirs])
                    for theirs, ours in (("est", "share"), ("lci", "low"), ("uci", "high")))


def svyby(match, value):
    item, design = match.groups()
    table = wb.estimate(sample(design), item, "mean" if item == "api00" else "share", by="stype")
    data = table.data
    data = data if item == "api00" else data[data["value"] == "Yes"]
    return compared((data[ours], value[theirs])
                    for theirs, ours in (("est", "estimate"), ("se", "se")))


def svyquantile(match, value):
    table = wb.estimate(sample(match[1]), "api00", "quantile", q=[0.25, 0.5, 0.75])
    return estimated(table, value)


def deff(match, value):
    return compared([(wb.estimate(sample(match[1]), "api00").data["deff"].iloc[0], value)])


def calibrated(match, value):
    method, item, design = match.groups()
    method = {"poststrat": "poststratify"}.get(method, method)
    statistic = {"enroll_total": "total", "awards": "share"}.get(item, "mean")
    return estimated(wb.estimate(weighted(design, method), item.removesuffix("_total"), statistic),
                     value)


def trimmed(match, value):
    weights = weighted(match[1], "rake").data["calibrated_weight"]
    upper = float(np.quantile(weights, 0.95))
    return estimated(wb.estimate(weighted(match[1], "rake", upper=upper), "api00"), value)


def kish_of(given, value):
    w = given.data["calibrated_weight"].to_numpy()
    found = {"sum": w.sum(), "min": w.min(), "max": w.max(),
             "deff_kish": len(w) * (w**2).sum() / w.sum() ** 2, "neff": w.sum() ** 2 / (w**2).sum()}
    return compared((found[name], one) for name, one in value.items())


def kish(match, value):
    return kish_of(weighted(match[1], "rake"), value)


def raalte_weights(match, value):
    return kish_of(students(raked=True), value)


def raalte_estimate(match, value):
    item, kind = match.groups()
    name = {"who5sum": "who5"}.get(item, item)
    statistic = "share" if item == "likert_1" else "mean"
    return estimated(wb.estimate(students(raked=kind == "raked"), name, statistic), value)


def raalte_by_team(match, value):
    data = wb.estimate(students(raked=match[1] == "raked"), "hulp_a", by="team").data
    data = data.set_index("team").loc[value["team"]]
    return compared([(data["estimate"], value["est"]), (data["se"], value["se"])])


def propci(match, value):
    pairs = []
    for one in value:
        x, n, population = one["x"], one["n"], one["N"]
        pairs += [(wb.share_interval(x, n), one["wilson"]),
                  (wb.share_interval(x, n, "clopper-pearson"), one["clopper_pearson"]),
                  (wb.share_interval(x, n, population=population), one["wilson_fpc_neff"]),
                  (wb.share_interval(x, n, "hypergeometric", population=population),
                   one["hypergeometric_exact"])]
    return compared(pairs)


CALLS = {
    rf"svymean[.](api00|stype|awards)[.]{DESIGN}": svymean,
    rf"svytotal[.]enroll[.]{DESIGN}": svytotal,
    rf"svyratio[.]apistu_enroll[.]{DESIGN}": svyratio,
    rf"svyciprop[.]awards[.](logit|beta|mean|xlogit)[.]{DESIGN}": svyciprop,
    rf"svyby[.](api00|awards)_by_stype[.]{DESIGN}": svyby,
    rf"svyquantile[.]api00[.]{DESIGN}": svyquantile,
    rf"deff[.]api00[.]{DESIGN}": deff,
    rf"(rake|poststrat|calibrate_raking|calibrate_linear)[.](api00|enroll_total|awards)[.]{DESIGN}":
        calibrated,
    rf"rake[.]trim95[.]{DESIGN}": trimmed,
    rf"rake[.]kish[.]{DESIGN}": kish,
    r"raalte[.]weights": raalte_weights,
    r"raalte[.](hulp_a|who5sum|likert_1)[.](srs|raked)_fpc": raalte_estimate,
    r"raalte[.]hulp_a_by_team[.](srs|raked)_fpc": raalte_by_team,
    r"propci": propci,
    **comparisons.CALLS,
    **{words: lambda match, value, call=call: compared(call(match, value))
       for words, call in scale_keys.CALLS.items()},
}


def call_of(key):
    """Give the function that computes a key, with its match; nothing where none does."""
    found = ((re.fullmatch(words, key), call) for words, call in CALLS.items())
    return next(((match, call) for match, call in found if match), None)


def difference(key, value):
    """Give the largest relative difference of a key from what R gives."""
    match, call = call_of(key)
    return call(match, value)


def _covered():
    designs = ["srs_fpc", "strat_fpc", "clus1_fpc", "clus1_nofpc"]
    keys = [f"svymean.{item}.{one}" for item in ("api00", "stype", "awards") for one in designs]
    keys += [f"{name}.{one}" for name in (
        "svytotal.enroll", "svyratio.apistu_enroll", "svyby.api00_by_stype", "deff.api00",
        "svyby.awards_by_stype", "svyquantile.api00", "svyciprop.awards.logit",
        "svyciprop.awards.beta", "svyciprop.awards.mean", "svyciprop.awards.xlogit")
        for one in designs]
    keys += [f"{name}.{one}" for name in (
        "poststrat.api00", "poststrat.enroll_total", "rake.api00", "rake.enroll_total",
        "rake.awards", "rake.kish", "rake.trim95", "calibrate_raking.api00",
        "calibrate_linear.api00") for one in designs[2:]]
    keys += ["raalte.weights", "propci"]
    keys += [f"raalte.{item}.{kind}_fpc" for kind in ("srs", "raked")
             for item in ("hulp_a", "who5sum", "likert_1", "hulp_a_by_team")]
    return (*keys, *comparisons.COVERED, *scale_keys.COVERED)


COVERED = _covered()
