"""Which key of the reference values is which test."""

from functools import cache

import numpy as np
import pandas as pd
from oracles.reference_data import ELSEWHERE, HERE, api, raalte

import wbkit as wb
from wbkit.stats.contingency import cramer, cramer_interval, exact_p, pearson
from wbkit.stats.group_tests import adjusted
from wbkit.stats.ordinal_regression import ordinal_logit
from wbkit.stats.rate_trends import cochran_armitage, poisson_trend
from wbkit.survey.design.base_weights import settle
from wbkit.survey.design.linearisation import sample_of
from wbkit.survey.testing.design_tests import (
    bilder_loughin,
    mean_test,
    rank_test,
    rao_scott,
    ticks_of,
)
from wbkit.survey.testing.distinct_rows import patterns_of
from wbkit.survey.testing.groups import endless_sample, in_groups
from wbkit.survey.testing.regression import by_design, fit_linear

TICKS = [f"hulp_{one}" for one in "abcdef"]


def compared(pairs):
    """Give the largest relative difference."""
    found = [np.abs(np.asarray(a, float) - np.asarray(b, float)) / np.abs(np.asarray(b, float))
             for a, b in pairs]
    return max(float(np.max(one)) for one in found)


def outcome(one):
    return [number for number in (one.statistic, one.df, one.df2, one.p) if not np.isnan(number)]


def grouped(responses, item, by, *, fpc):
    """Give answers in groups; with `fpc` as R's tests do, which wbkit's own never do."""
    counted = wb.count_cells(responses, item, by=by, numeric="values")
    sample = sample_of(settle(counted)) if fpc else endless_sample(counted)
    return in_groups(sample, responses.item(item), responses.item(by))


@cache
def students(*, raked):
    """Give the made-up students, with every help question as yes or no."""
    frame = pd.read_csv(HERE / "raalte_synthetic.csv")
    base = raalte()
    named = {f"{one}_ja": pd.Categorical(np.where(frame[one] == 1, "ja", "nee"),
                                         categories=["ja", "nee"]) for one in TICKS}
    items = {name: wb.Item(name=name, kind="nominal", values=("ja", "nee")) for name in named}
    source = base.source.model_copy(update={"items": base.source.items | items})
    given = wb.Responses(base.data.assign(**named), source)
    return wb.weight(given) if raked else given


def svychisq(match, value):
    found = grouped(api(match[1]), "awards", "stype", fpc=match[1].endswith("_fpc"))
    return compared([(outcome(rao_scott(found)),
                      [value["statistic"], *value["parameter"], value["p"]])])


def svyttest(match, value):
    found = grouped(api(match[1]), "api00", "sch_wide", fpc=match[1].endswith("_fpc"))
    return compared([(outcome(mean_test(found, found.numbers)),
                      [value["t"], value["df"], value["p"]])])


def svyranktest(match, value):
    found = grouped(api(match[1]), "api00", "sch_wide", fpc=match[1].endswith("_fpc"))
    return compared([(outcome(rank_test(found)), [value["t"], value["df"], value["p"]])])


def raalte_chisq(match, value):
    found = grouped(students(raked=match[2] == "raked"), f"{match[1]}_ja", "team", fpc=True)
    return compared([(outcome(rao_scott(found)), [value[one] for one in ("F", "ndf", "ddf", "p")])])


def per_option(match, value):
    frame = pd.read_csv(HERE / "raalte_synthetic.csv")
    tables = [pd.crosstab(frame["team"], frame[one]).to_numpy() for one in value["option"]]
    found = [pearson(table) for table in tables]
    p = np.array([one[2] for one in found])
    return compared([
        ([one[0] for one in found], value["chisq"]), (p, value["p"]),
        ([exact_p(table) for table in tables], value["fisher_p"]),
        (adjusted(p, "holm"), value["holm"]), (adjusted(p, "bh"), value["BH"]),
        (adjusted(p, "bonferroni"), value["bonferroni"]),
        (sum(one[0] for one in found), value["sum_chisq"]),
    ])


def rao_scott2(match, value):
    given = students(raked=False)
    sample = endless_sample(wb.count_cells(given, [TICKS], by="team"))
    found = bilder_loughin(ticks_of(sample, tuple(TICKS), given.values("team")))
    return compared([(outcome(found), [value["X2_RS2"], value["df_RS2"], value["p"]])])


def cramersv(match, value):
    table = np.array(value["table"])
    statistic, df, p = pearson(table)
    return compared([
        (statistic, value["chisq"]), (df, value["df"]), (p, value["p"]),
        (cramer(table), value["V"]), (cramer_interval(table), value["V_ci_ncp_only"]),
        (exact_p(table, most=1e7), value["fisher_p"]),
    ])


def padjust(match, value):
    names = {"holm": "holm", "bh": "BH", "bonferroni": "bonferroni", "by": "BY"}
    return compared((adjusted(value["p"], ours), value[theirs]) for ours, theirs in names.items())


def drawn(item, by):
    return wb.compare(api_srs(), item, by).data.iloc[0]


@cache
def api_srs():
    """Give the schools drawn by lot, without weights, so that every one counts the same."""
    given = api("srs_fpc")
    design = wb.Design(kind="srs", invited=len(given.data))
    ordinal = given.item("api00").model_copy(update={"name": "ranked", "kind": "ordinal",
                                                     "values": values_of(given, "api00")})
    source = given.source.model_copy(update={
        "design": design, "items": given.source.items | {"ranked": ordinal}})
    ranked = pd.Categorical(given.data["api00"].map("{:g}".format), categories=ordinal.values)
    return wb.Responses(given.data.assign(ranked=ranked), source)


def values_of(given, item):
    return tuple(f"{one:g}" for one in np.unique(given.data[item]))


def kruskal(match, value):
    row = drawn("ranked", "stype")
    return compared([(row["statistic"], value["H"]), (row["df"], value["df"]),
                     (row["p"], value["p"])])


def welch(match, value):
    row = drawn("api00", "sch_wide")  # R takes the first group less the second
    return compared([(-row["statistic"], value["t"]), (row["df"], value["df"]),
                     (row["p"], value["p"])])


def svyglm(match, value):
    given = api(match[1])
    found = patterns_of(given, given.item("api00"), [given.item(one) for one in ("meals", "ell")])
    if match[1] == "clus1_nofpc":
        model = fit_linear(found)
    else:
        estimate = np.linalg.lstsq(*(np.sqrt(found.rows["w"].to_numpy(float))[:, None] * one
                                     for one in (found.x, found.y[:, None])), rcond=None)[0][:, 0]
        model = by_design(found, estimate, (found.x @ estimate, np.ones(len(found.y))), "linear")
    return compared([(model.estimate, value["est"]), (model.se, value["se"]),
                     (model.statistic, value["t"]), (model.p, value["p"])])


def polr(match, value):
    frame = pd.read_csv(ELSEWHERE / "data" / "housing.csv")
    columns = {"Infl": ["Medium", "High"], "Type": ["Apartment", "Atrium", "Terrace"],
               "Cont": ["High"]}
    x = np.column_stack([frame[name] == level for name, levels in columns.items()
                         for level in levels]).astype(float)
    y = pd.Categorical(frame["Sat"], ["Low", "Medium", "High"]).codes.astype(int)
    fit = ordinal_logit(y, x, frame["Freq"].to_numpy())
    return compared([(fit.estimate, value["est"]), (np.sqrt(np.diag(fit.covariance)), value["se"]),
                     (fit.loglik, value["logLik"])])


def prop_trend(match, value):
    n, base = np.array(value["x"], float), np.array(value["n"], float)
    line, rate = (one(n, base, np.arange(5.0)) for one in (cochran_armitage, poisson_trend))
    return compared([
        (line.statistic, value["chisq_trend"]), (line.p, value["p_trend"]),
        ([np.log(rate.change), rate.statistic, rate.p],
         [value["poisson"][place] for place in (0, 2, 3)]),
        (pearson(np.array([n, base - n]))[0::2], [value["chisq_hom"], value["p_hom"]]),
    ])


NOFPC = r"(srs_fpc|strat_fpc|clus1_fpc|clus1_nofpc)"
CALLS = {
    rf"svychisq[.]awards_stype[.]F[.]{NOFPC}": svychisq,
    rf"svyttest[.]api00_schwide[.]{NOFPC}": svyttest,
    r"svyranktest[.]api00_schwide[.](srs_fpc|clus1_fpc|clus1_nofpc)": svyranktest,
    r"raalte[.]svychisq[.](hulp_.)[.](srs|raked)_fpc": raalte_chisq,
    r"raalte[.]mr[.]per_option": per_option,
    r"raalte[.]mr[.]rao_scott2": rao_scott2,
    r"cramersv[.]team5x3": cramersv,
    r"padjust": padjust,
    rf"svyglm[.]api00_meals[.]{NOFPC}": svyglm,
    r"polr[.]housing": polr,
    r"prop_trend[.]2018_2022": prop_trend,
    r"kruskal[.]api00_stype_srs": kruskal,
    r"welch[.]api00_schwide_srs": welch,
}
DESIGNS = ("srs_fpc", "strat_fpc", "clus1_fpc", "clus1_nofpc")
COVERED = (
    *(f"svychisq.awards_stype.F.{one}" for one in DESIGNS),
    *(f"svyttest.api00_schwide.{one}" for one in DESIGNS),
    *(f"svyranktest.api00_schwide.{one}" for one in DESIGNS if one != "strat_fpc"),
    *(f"raalte.svychisq.{one}.{kind}_fpc" for kind in ("srs", "raked") for one in TICKS),
    "raalte.mr.per_option", "raalte.mr.rao_scott2", "cramersv.team5x3", "padjust",
    *(f"svyglm.api00_meals.{one}" for one in DESIGNS), "polr.housing", "prop_trend.2018_2022",
    "kruskal.api00_stype_srs", "welch.api00_schwide_srs",
)
TOLERANCE = {
    "polr.housing": (1e-6, "R stops when the likelihood changes less than 1e-8; ours is as high"),
    "prop_trend.2018_2022": (1e-7, "R's glm stops at 1e-8 before its last standard error"),
}
NOT_HERE = {
    "svychisq[.]awards_stype[.](Chisq|Wald|adjWald)": "another statistic for the same question; "
        "wbkit gives F, the one R's survey package gives by default",
    "svyranktest[.]api00_schwide[.]strat_fpc": "R's answer depends on the order of the rows where "
        "units with different weights have the same rank; wbkit gives such units one mean rank "
        "(tested against R on the same sample without equal ranks)",
    "wilcox": "two groups in order: wbkit gives Kruskal-Wallis, of which it is a case",
    "raalte[.]mr[.]coin_quadratic": "another test over all options; wbkit gives the second-order "
        "one (Bilder & Loughin)",
    "raalte[.]mr[.]permutation": "random numbers of R; the exact p-values stand in "
        "raalte.mr.per_option",
    "clmm|lmer": "a mixed model; wbkit takes fixed effects for fewer than 15 groups",
}
