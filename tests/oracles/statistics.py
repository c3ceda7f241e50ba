"""Writes statistics.json: statistics of small random data, computed again from their definitions with NumPy and SciPy.

Usage: python statistics.py > statistics.json (NumPy 2, SciPy 1.17)
"""
import json

import numpy as np
from scipy import stats
from scipy.optimize import brentq

random = np.random.default_rng(20261130)
LEVEL = 0.95


def settled(trials, ended, unit):
    """The part of a variance: trials show halves, `part` is a ratio of means; its error trial by trial."""
    won = np.zeros(trials)
    won[random.choice(trials, ended, replace=False)] = 1.0
    halves = random.choice([-1, 0, 1, 2, 4], trials, p=[0.05, 0.6, 0.2, 0.1, 0.05])
    x, p = halves / 2, won.mean()
    variance = p * (1 - p) * trials / (trials - 1)
    part = x.mean() / variance
    v = variance + (1 - 2 * p) * (won - p)
    error = np.sqrt(((x - part * v) ** 2).sum() / (trials * (trials - 1))) / variance
    # Those that show something, as if each showed the same.
    one = (x**4).sum() / (x**2).sum()
    count = (x**2).sum() / one
    z = stats.norm.ppf(0.975)
    unseen = np.log(0.025) ** 2 + 2 * z * (z**2 + 2) / 3 * np.sqrt(count)
    half = np.sqrt((z * error) ** 2 + one * unseen / (trials * variance) ** 2)
    return {"halves": halves.tolist(), "won": won.astype(bool).tolist(), "unit": unit, "part": part,
            "standard_error": error, "low": part - half, "high": part + half}


def between_bins(sizes, means, spread, range_):
    """The variance between bins and its interval, by the noncentral chi-squared distribution."""
    bins = [m + spread * random.standard_normal(n) for n, m in zip(sizes, means)]
    n, m = np.array(sizes, float), np.array([b.mean() for b in bins])
    squares = np.array([((b - b.mean()) ** 2).sum() for b in bins])
    count, within = len(bins), squares.sum() / (n - 1).sum()
    away = (m - m.mean()) ** 2
    value = (away.sum() - (1 - 1 / count) * within * (1 / n).sum()) / count
    # The variance of a bin's mean, a little drawn to that of all.
    own = (squares + 0.5 * within) / (n - 1 + 0.5) / n
    weighted = (own * away).sum()
    known = weighted**2 / ((own * away) ** 2 / np.maximum(n - 1, 0.5)).sum()
    outside = (1 - LEVEL) / 2
    scale = weighted / away.sum() * (stats.t.ppf(outside, known) / stats.norm.ppf(outside)) ** 2
    degrees = max((within / n).sum() * (1 - 1 / count) / scale, 0.5)
    seen = away.sum() / scale

    def noncentrality(seen, share):
        if stats.chi2.cdf(seen, degrees) <= share:
            return 0.0
        return brentq(lambda nc: stats.ncx2.cdf(seen, degrees, nc) - share, 1e-9, 1e5, xtol=1e-12, rtol=1e-14)

    low = scale * noncentrality(seen, 1 - outside) / count
    high = scale * noncentrality(max(seen, degrees), outside) / count
    change = np.abs(m[2:] - m[:-2])
    noise = within / n[2:] + within / n[:-2]
    cliff = max(0.0, (change - 2 * np.sqrt(noise)).max())
    hidden = (max(0.0, (change**2 - noise).sum()) / 24 + cliff**2 / 4) / count
    return {"n": sizes, "mean": m.tolist(), "squares": squares.tolist(), "range": range_, "value": value,
            "low": low, "high": high + hidden, "hidden": hidden}


def sobol(rows):
    """Products of plays less their mean, and an input's own variance from bins with the correlation of its error."""
    x, y, u, v = random.random((4, rows))
    luck = 0.1 * random.standard_normal((5, rows))
    def f(x, y):
        return 3 + 2 * x**2 + x * y + 0.5 * y
    a, again, b = f(x, y) + luck[0], f(x, y) + luck[1], f(u, v) + luck[2]
    ab = [f(u, y) + luck[3], f(x, v) + luck[4]]
    m = np.mean([a, again, b, *ab])
    variance = np.cov(a, again)[0, 1]
    first = [np.cov(b, one)[0, 1] for one in ab]
    total = [np.mean((a - m) * (again - m) - 0.5 * (a + again - 2 * m) * (one - m)) for one in ab]
    # The plays that share the first input: A, A' and the AB of the other group.
    observed = (a + again + ab[1]) / 3 - m
    count = min(max(int(np.sqrt(rows)), 4), 64)
    at = np.minimum((x * count).astype(int), count - 1)
    sizes = np.bincount(at, minlength=count)
    means = np.array([observed[at == k].mean() for k in range(count)])
    within = sum(((observed[at == k] - means[k]) ** 2).sum() for k in range(count)) / (rows - count)
    between = ((means - means.mean()) ** 2).sum()
    own = (between - (1 - 1 / count) * within * (1 / sizes).sum()) / count
    here = 2 * (means[at] - means.mean()) * (observed - means[at])
    whole = (a - m) * (again - m) - variance
    # Both errors are sums over rows; that of the bins has noise beside, of as many degrees as there are bins less one.
    noise = 2 * (between / count - own) ** 2 / (count - 1)
    correlation = (here * whole).sum() / rows**2 / np.sqrt(
        ((here**2).sum() / rows**2 + noise) * (whole**2).sum() / rows**2)
    columns = {"a": a, "again": again, "b": b, "first": ab[0], "second": ab[1], "numbers": x}
    return {"columns": {k: c.tolist() for k, c in columns.items()}, "mean": m, "variance": variance, "firsts": first,
            "totals": total, "own": own, "correlation": correlation}


cubes = [random.gamma(0.5, size=n) * scale + shift for n, scale, shift in [(7, 1, 3), (40, 5, -2), (1, 1, 9), (12, 0.1, 0)]]
joined = np.concatenate(cubes)
pairs = random.multivariate_normal([1, -2], [[2, 0.7], [0.7, 1]], 25)
print(json.dumps({
    "settled": [settled(120, 37, 1), settled(90, 61, 2)],
    "between_bins": [
        between_bins([8, 12, 30, 9, 14, 22, 10, 17], [0.1, 0.3, 0.2, 0.5, 0.9, 0.8, 1.1, 1.0], 0.4, 3.0),
        between_bins([6, 7, 40, 5, 11, 9], [1.0, 1.1, 0.9, 1.0, 1.05, 0.95], 0.5, 4.0),
        between_bins([15, 25, 20, 30, 18], [0.0, 0.0, 5.0, 5.0, 5.0], 0.3, 8.0),
    ],
    "sobol": [sobol(60), sobol(150)],
    "skewed": {"parts": [part.tolist() for part in cubes],
               "cubes": [float(((part - part.mean()) ** 3).sum()) for part in [*cubes, joined]]},
    "correlation": {"pairs": pairs.tolist(), "value": float(np.corrcoef(pairs.T)[0, 1])},
}, indent=None))
