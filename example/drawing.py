"""Draw answers that follow a latent trait and still have exact counts."""

import numpy as np
import pandas as pd

Rng = np.random.Generator


def by_quota(score: np.ndarray, counts: list[int]) -> np.ndarray:
    """Give each row the number of a category: the lowest scores get category 0, and so on."""
    categories = np.empty(len(score), dtype=int)
    categories[np.argsort(score, kind="stable")] = np.repeat(np.arange(len(counts)), counts)
    return categories


def scaled(shares: list[float], n: int) -> list[int]:
    """Turn shares into counts that add up to n (largest remainder)."""
    exact = np.array(shares) / sum(shares) * n
    counts = np.floor(exact).astype(int)
    counts[np.argsort(counts - exact, kind="stable")[: n - counts.sum()]] += 1
    return counts.tolist()


def mixed(rng: Rng, factor: pd.Series, loading: float) -> np.ndarray:
    """Add noise to a latent trait, so that it explains loading squared of the variance."""
    noise = np.sqrt(max(1 - loading**2, 0)) * rng.standard_normal(len(factor))
    return loading * factor.to_numpy() + noise


def lowest(score: pd.Series, n: int) -> pd.Index:
    """Return the labels of the n lowest scores."""
    return score.sort_values(kind="stable").index[:n]
