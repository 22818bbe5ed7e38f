"""Means, totals, shares, ratios, quantiles, weights, intervals and scales as R gives them, to 1e-9.

R 4.2.2, survey 4.1-1, psych 2.2.9; `reference_keys` says which key is which call.
"""

import numpy as np
import pytest
from oracles.reference_data import api, needs_elsewhere, raalte, reference
from oracles.reference_keys import COVERED, TOLERANCE, difference, left_out

import wbkit as wb

VALUES = reference()
OURS = [key for key in COVERED if key.startswith("raalte") or key == "propci"]
OTHERS = [key for key in COVERED if key not in OURS]


@pytest.mark.parametrize("key", OURS)
def test_our_made_up_students_agree_with_r(key):
    assert difference(key, VALUES[key]) < 1e-9


@needs_elsewhere
@pytest.mark.parametrize("key", OTHERS)
def test_schools_of_california_and_scales_agree_with_r(key):
    assert difference(key, VALUES[key]) < TOLERANCE.get(key, (1e-9, ""))[0]


@needs_elsewhere
def test_every_key_is_covered_or_has_a_reason():
    assert {key for key in VALUES if key not in COVERED and not left_out(key)} == set()


def test_the_error_that_takes_raked_weights_as_fixed_is_not_ours():
    # R: 0.0329582 with calibrated weights; 0.03329 for the same weights taken as fixed.
    raked = wb.weight(raalte())
    se = wb.estimate(raked, "hulp_a").data["se"].iloc[0]
    assert se == pytest.approx(VALUES["raalte.hulp_a.raked_fpc"]["se"], rel=1e-9)
    fixed = raked.source.design.model_copy(update={"calibration": None})
    naive = wb.Responses(raked.data, raked.source.model_copy(update={"design": fixed}))
    assert wb.estimate(naive, "hulp_a").data["se"].iloc[0] == pytest.approx(0.03329, abs=5e-6)
    assert abs(se - 0.03329) > 3e-4


# R 4.2.2, survey 4.1-1, on designs beside those of reference.json: options(digits = 15).
SCHOOL_WIDE = {"sch_wide": {"No": 1072, "Yes": 5122}}
TYPES = {"stype": {"E": 4421, "H": 755, "M": 1018}}
IMPROVED = {"comp_imp": {"No": 1712, "Yes": 4482}}


@needs_elsewhere
@pytest.mark.parametrize(("design", "weights", "call", "expected"), [
    # svymean(~api00, svydesign(id=~dnum+snum, fpc=~fpc1+fpc2, data=apiclus2))
    ("clus2_fpc", None, ("api00",), (670.811808118081, 30.0990273768366)),
    # svytotal(~enroll, …, na.rm=TRUE)
    ("clus2_fpc", None, ("enroll", "total"), (2639272.93, 799637.773648358)),
    # postStratify(svydesign(id=~1, strata=~stype, weights=~pw, fpc=~fpc, data=apistrat), ~sch.wide)
    ("strat_fpc", (SCHOOL_WIDE, "poststratify", "linear"), ("api00",),
     (662.203029450444, 9.2725438999078)),
    # rake(…, list(~sch.wide, ~comp.imp)), epsilon = 1e-12
    ("strat_fpc", (SCHOOL_WIDE | IMPROVED, "rake", "linear"), ("api00",),
     (662.752191565639, 9.35065951026628)),
    # calibrate(…, ~sch.wide + comp.imp), and with calfun = "raking"
    ("strat_fpc", (SCHOOL_WIDE | IMPROVED, "calibrate", "linear"), ("api00",),
     (662.757244626146, 9.34937469097199)),
    ("strat_fpc", (SCHOOL_WIDE | IMPROVED, "calibrate", "raking"), ("api00",),
     (662.752191565618, 9.34100683452462)),
    # rake(svydesign(id=~dnum+snum, fpc=~fpc1+fpc2, data=apiclus2), list(~stype, ~sch.wide))
    ("clus2_fpc", (TYPES | SCHOOL_WIDE, "rake", "linear"), ("api00",),
     (681.702227595397, 31.7275140659843)),
])
def test_other_designs_agree_with_r(design, weights, call, expected):
    given = api(design)
    if weights:
        margins, method, distance = weights
        given = wb.weight(given, margins, method, distance=distance)
    row = wb.estimate(given, *call).data.iloc[0]
    assert tuple(row[["estimate", "se"]]) == pytest.approx(expected, rel=1e-9)


@needs_elsewhere
def test_groups_of_two_stages_agree_with_r():
    # svyby(~api00, ~stype, svydesign(id=~dnum+snum, fpc=~fpc1+fpc2, data=apiclus2), svymean)
    data = wb.estimate(api("clus2_fpc"), "api00", by="stype").data
    assert data["se"].tolist() == pytest.approx(
        [29.9266042374030, 17.6941671260910, 45.0913163003311], rel=1e-9)
    part = wb.estimate(api("clus2_fpc").where(stype="E"), "api00").data.iloc[0]
    assert (part["se"], part["df"]) == (pytest.approx(29.926604237403, rel=1e-9), 34)


@needs_elsewhere
def test_a_part_of_a_raked_sample_keeps_the_whole_design():
    # subset(rake(…), awards == "Yes"); degf 110
    raked = wb.weight(api("strat_fpc"), SCHOOL_WIDE | IMPROVED).where(awards="Yes")
    row = wb.estimate(raked, "api00").data.iloc[0]
    assert row["estimate"] == pytest.approx(678.422405614438, rel=1e-9)
    assert row["se"] == pytest.approx(11.8569752104565, rel=1e-9)
    assert row["df"] == 110


@needs_elsewhere
def test_beta_and_logit_of_two_stages_agree_with_r():
    given = api("clus2_fpc")
    for method, ends in (("beta", (0.499023054795223, 0.765023068821371)),
                         ("logit", (0.504559440167244, 0.756061923809497))):
        row = wb.frequency(given, "awards", interval=method).data.set_index("value").loc["Yes"]
        assert tuple(row[["low", "high"]]) == pytest.approx(ends, rel=1e-9)


def test_a_logit_interval_is_symmetric_in_log_odds():
    low, high = wb.frequency(raalte(weight="hulp_a"), "leerweg", interval="logit").data.loc[
        1, ["low", "high"]]
    assert 0 < low < high < 1 and np.isfinite([low, high]).all()
