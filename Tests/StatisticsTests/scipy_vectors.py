"""Seeded random samples through scipy and numpy, as JSON, for ScipyTests.swift: what each test was given and what it said.

Every entry has the name of an estimator, its inputs x and y, and the numbers expected."""
import json
import math

import numpy as np
from scipy import special, stats

rng = np.random.default_rng(20)
cases = []


def add(name, x, y, *expected):
    cases.append(
        {"name": name, "x": [float(v) for v in x], "y": [float(v) for v in y], "expected": [float(v) for v in expected]}
    )


def mann_whitney_rank(m, n, tail):
    """The smallest u with P(U <= u) >= tail, from scipy's exact one-sided p of samples built to have each U."""
    for u in range(m * n + 1):
        # n points; place each of the m others above as many of them as needed to make U = u.
        above = [min(n, max(0, u - i * n)) for i in range(m)]
        x = [k + 0.5 + i * 1e-6 for i, k in enumerate(above)]
        result = stats.mannwhitneyu(x, list(range(1, n + 1)), alternative="less", method="exact")
        assert result.statistic == u
        if result.pvalue >= tail:
            return u


def signed_rank(n, tail):
    """The smallest w with P(W <= w) >= tail, from scipy's exact one-sided p of signs built to have each W."""
    for w in range(n * (n + 1) // 2 + 1):
        left, signs = w, []
        for rank in range(n, 0, -1):
            take = rank <= left
            left -= rank if take else 0
            signs.append(rank if take else -rank)
        if stats.wilcoxon(signs, alternative="less", method="exact").pvalue >= tail:
            return w


def hodges_lehmann(d, rank):
    d = np.sort(d)
    return [float(np.median(d)), float(d[rank - 1]), float(d[len(d) - rank])]


def median_interval(x):
    k = max(k for k in range(1, len(x)) if stats.binom.cdf(k - 1, len(x), 0.5) <= 0.025)
    x = sorted(x)
    return [x[k - 1], x[len(x) - k], 1 - 2 * stats.binom.cdf(k - 1, len(x), 0.5)]


for round in range(12):
    m, n = int(rng.integers(6, 26)), int(rng.integers(6, 26))
    x, y = rng.lognormal(0, 0.2, m), rng.lognormal(0.15, 0.25, n)
    z = rng.lognormal(0.1, 0.2, m)
    tied_x, tied_y, tied_z = rng.integers(1, 9, m), rng.integers(2, 10, n), rng.integers(2, 10, m)
    probabilities = [0, 0.1, 0.25, 0.5, 0.9, 0.99, 1]
    add("quantile", x, probabilities, *np.quantile(x, probabilities))
    add("medianInterval", x, [], *median_interval(x))
    exact = stats.mannwhitneyu(x, y, method="exact")
    add("mannWhitney", x, y, exact.statistic, exact.pvalue)
    tied = stats.mannwhitneyu(tied_x, tied_y, method="asymptotic")
    add("mannWhitney", tied_x, tied_y, tied.statistic, tied.pvalue)
    exact = stats.wilcoxon(z - x, method="exact")
    add("wilcoxon", x, z, exact.statistic, exact.pvalue)
    tied = stats.wilcoxon(tied_z - tied_x, method="asymptotic", correction=True)
    add("wilcoxon", tied_x, tied_z, tied.statistic, tied.pvalue)
    ks = stats.ks_2samp(x, y, method="exact")
    add("ks", x, y, ks.statistic, ks.pvalue)
    delta = 2 * stats.mannwhitneyu(y, x).statistic / (m * n) - 1
    add("cliff", x, y, delta)
    t = stats.ttest_ind(x, y)
    add("student", x, y, t.statistic, t.pvalue)
    p = rng.uniform(0, 1, n) ** 3
    add("bh", p, [], *stats.false_discovery_control(p, method="bh"))
    add("by", p, [], *stats.false_discovery_control(p, method="by"))
    d = np.subtract.outer(np.log(y), np.log(x)).ravel()
    add("ratio", x, y, *[math.exp(v) for v in hodges_lehmann(d, mann_whitney_rank(m, n, 0.025))])
    r = np.log(z) - np.log(x)
    w = [(r[i] + r[j]) / 2 for i in range(m) for j in range(i, m)]
    add("pairedRatio", x, z, *[math.exp(v) for v in hodges_lehmann(w, signed_rank(m, 0.025))])

for x, y in ((rng.normal(0, 1, 5), rng.normal(1, 1, 5)), (rng.normal(0, 1, 4), rng.normal(0.5, 1, 8))):
    for name, f in (("permutationMean", np.mean), ("permutationMedian", np.median)):
        result = stats.permutation_test(
            (x, y), lambda x, y, axis: f(y, axis=axis) - f(x, axis=axis), n_resamples=np.inf, vectorized=True
        )
        add(name, x, y, result.statistic, result.pvalue)

for trials, successes in ((200, 4), (200, 10), (50, 0), (50, 50), (1000, 67), (7, 3)):
    # The quantiles of the beta distribution, which binomtest(...).proportion_ci(method="exact") finds to fewer digits.
    tail = 0.025
    lower = special.betaincinv(successes, trials - successes + 1, tail) if successes else 0
    upper = special.betainccinv(successes + 1, trials - successes, tail) if successes < trials else 1
    near = stats.binomtest(successes, trials).proportion_ci(0.95, "exact")
    assert abs(near.low - lower) < 1e-9 and abs(near.high - upper) < 1e-9
    add("clopperPearson", [successes], [trials], lower, upper)

for t, freedom in ((0.3, 1), (2, 3), (5, 22), (1e-3, 400), (12, 50), (40, 700), (1.96, 1e4)):
    add("studentTwoSided", [t], [freedom], 2 * stats.t.sf(t, freedom))
for a, b, x in ((0.5, 0.5, 0.3), (3, 200, 0.01), (200, 3, 0.97), (40, 40, 0.5), (1e3, 2e3, 0.3), (0.5, 1e3, 1e-5)):
    add("beta", [x], [a, b], special.betainc(a, b, x))
for z in (-30, -8, -3, -0.1, 0, 1.5, 5):
    add("normal", [z], [], stats.norm.cdf(z))
for p in (1e-100, 1e-9, 0.025, 0.3, 0.8, 0.975):
    add("normalQuantile", [p], [], stats.norm.ppf(p))
for lam in (0.3, 0.7, 1.1, 1.3, 2.5):
    add("kolmogorov", [lam], [], special.kolmogorov(lam))

A = [12.41, 12.38, 12.55, 12.47, 12.40, 12.62, 12.44, 12.51, 12.39, 12.46, 13.90, 12.43]
B = [12.96, 12.88, 13.05, 12.91, 12.99, 13.12, 12.94, 13.01, 12.90, 12.97, 13.04, 14.75]
for name, method in (("bootstrapPercentile", "percentile"), ("bootstrapBCa", "BCa")):
    result = stats.bootstrap(
        (A, B), lambda a, b, axis: np.median(b, axis=axis) / np.median(a, axis=axis), vectorized=True, method=method, rng=1
    ).confidence_interval
    add(name, A, B, result.low, result.high)

print(json.dumps(cases))
