"""The columns that Tables have themselves, so that no group can be named like them."""

MEASURES = ("n", "base", "share", "low", "high", "estimate", "se", "population", "coverage",
            "ratio", "share_population", "broke_off", "skipped", "minutes", "statistic", "df", "p",
            "p_adjusted", "effect", "mentions", "number", "people", "share_raw", "low_deff2",
            "high_deff2", "deff", "df2", "odds_ratio", "odds_low", "odds_high", "before",
            "after", "estimate_raw")
NOT_A_DIMENSION = frozenset((*MEASURES, "item", "value", "state", "margin", "measure", "unit",
                             "break", "agreement", "by", "test", "effect_name"))
