"""Write docs/reference_values.md: each key with its difference, and the keys not covered.

Run from the root: ``python tests/reference/write_table.py`` (WBKIT_REFERENCE as for the tests).
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))


from oracles.reference_data import reference
from oracles.reference_keys import COVERED, TOLERANCE, call_of, difference, left_out

HEAD = """# Reference values

Every number that R gave (R 4.2.2, survey 4.1-1, psych 2.2.9, 16 digits), beside ours: the
largest relative difference of estimate, standard error, interval ends and degrees of freedom. The
tests ask for less than 1e-9, for quantiles too: the estimate is a value in the data, and the
standard error is the distance between two of them, so that both are met exactly or not at all.
`rake.trim95` trims at the 95th percentile of our own raked weights, which agree with R's to 1e-12.
Of scales (`alpha`) n, item-rest, alpha if dropped and the mean score are compared too.

`tests/test_reference_values.py` holds further designs (two stages, varying weights, parts of a
raked sample), `tests/test_reference_others.py` further calls (totals of answers, weights of 0, open
answers, design effects of totals and ratios, ends of quantiles); `docs/estimates.md` says where R's
own answer is not one number. The `raalte_*` data are ours and made up; the other data are under the
GPL and are found through `WBKIT_REFERENCE`. After raking, R takes the margins out of the
linearised values in ten rounds; wbkit does the same. `weight(..., "calibrate", distance="raking")`
is the limit.

Tests with `_fpc` are computed with the finite population correction, as R does, to check the
formulas; `compare` and `regress` leave it out. {tolerances}

| key | largest relative difference |
| --- | --- |
"""


def main():
    values = reference()
    rows = [f"| `{key}` | {difference(key, values[key]):.1e} |" for key in COVERED]
    missed = {}
    for key in values:
        if not call_of(key):
            missed.setdefault(left_out(key), []).append(key)
    rest = [f"- {why}: {', '.join(f'`{key}`' for key in keys)}" for why, keys in missed.items()]
    alike = {}
    for key, known in TOLERANCE.items():
        alike.setdefault(known, []).append(f"`{key}`")
    tolerances = " ".join(f"{', '.join(keys)}: to {size:.0e}, because {why}."
                          for (size, why), keys in alike.items())
    head = HEAD.replace("{tolerances}", tolerances)
    text = head + "\n".join(rows) + "\n\n## Keys not covered here\n" + "\n".join(rest) + "\n"
    target = Path(__file__).parent.parent.parent / "docs" / "reference_values.md"
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
