"""What scipy and numpy say of the reference vectors and of seeded random samples, as JSON, for ScipyTests.swift.

`inputs` are the numbers of the vectors by name. Every entry of `vectors` and `samples` has the name of an estimator, its inputs x
and y, and the numbers expected."""
import json
import math

import numpy as np
from scipy import special, stats

A = [12.41, 12.38, 12.55, 12.47, 12.40, 12.62, 12.44, 12.51, 12.39, 12.46, 13.90, 12.43]
B = [12.96, 12.88, 13.05, 12.91, 12.99, 13.12, 12.94, 13.01, 12.90, 12.97, 13.04, 14.75]
T1 = [10, 11, 11, 12, 13, 13, 13, 14, 15, 16]
T2 = [11, 12, 13, 13, 14, 14, 15, 16, 17, 19]
P = [0.001, 0.008, 0.039, 0.041, 0.042, 0.060, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34, 0.341, 0.384, 0.569,
     0.594, 0.696, 0.762, 0.94, 0.942, 0.975, 0.986]
SIX = [12.52, 12.45, 12.60, 12.58, 12.49, 12.70]
W = [9.8, 7.9, 6.6, 5.9, 5.41, 5.20, 5.11, 5.05, 5.02, 5.04, 4.99, 5.01, 5.03, 4.98, 5.00, 5.02, 4.97, 5.01, 5.00, 4.99, 5.03, 5.00,
     4.98, 5.02, 5.01, 4.99, 5.00, 5.02, 4.98, 5.01]
SEQUENCE = [0.3, 2.4, 1.5, -0.9, -0.5, 99.7, 98.3, 99.1, 149, 149.7, 149.5, 149.1, 148.8, 150]
STEP = [12.41, 12.38, 12.55, 12.47, 12.40, 12.62, 12.44, 12.51, 12.39, 12.46, 12.43, 12.49, 12.96, 12.88, 13.05, 12.91, 12.99, 13.12,
        12.94, 13.01, 12.90, 12.97, 13.04, 12.95]
inputs = {"A": A, "B": B, "T1": T1, "T2": T2, "P": P, "SIX": SIX, "W": W, "SEQUENCE": SEQUENCE, "STEP": STEP}

rng = np.random.default_rng(20)
vectors = []
samples = []


def add(name, x, y, *expected, to=samples):
    to.append({"name": name, "x": [float(v) for v in x], "y": [float(v) for v in y], "expected": [float(v) for v in expected]})


def vector(name, x, y, *expected):
    add(name, x, y, *expected, to=vectors)


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


def walsh(x):
    return [(x[i] + x[j]) / 2 for i in range(len(x)) for j in range(i, len(x))]


def quantile_interval(x, p):
    """Order statistics with at most 2.5 % of the binomial distribution beyond each."""
    x, n = sorted(x), len(x)
    k = max(k for k in range(1, n + 1) if stats.binom.cdf(k - 1, n, p) <= 0.025)
    last = min(k for k in range(1, n + 1) if stats.binom.sf(k - 1, n, p) <= 0.025)
    return [x[k - 1], x[last - 1], 1 - stats.binom.cdf(k - 1, n, p) - stats.binom.sf(last - 1, n, p)]


def permutation(x, y, center):
    return stats.permutation_test(
        (x, y), lambda x, y, axis: center(y, axis=axis) - center(x, axis=axis), n_resamples=np.inf, vectorized=True
    )


def clopper_pearson(successes, trials):
    """The quantiles of the beta distribution, which binomtest(...).proportion_ci(method="exact") finds to fewer digits."""
    lower = special.betaincinv(successes, trials - successes + 1, 0.025) if successes else 0
    upper = special.betainccinv(successes + 1, trials - successes, 0.025) if successes < trials else 1
    near = stats.binomtest(successes, trials).proportion_ci(0.95, "exact")
    assert abs(near.low - lower) < 1e-9 and abs(near.high - upper) < 1e-9
    return lower, upper


def both(result):
    return result.statistic, result.pvalue


# The reference vectors.

for x, y, method in ((A, B, "exact"), (T1, T2, "asymptotic")):
    vector("mannWhitney", x, y, *both(stats.mannwhitneyu(x, y, method=method)))
vector("mannWhitneyNormal", A, B, stats.mannwhitneyu(A, B, method="asymptotic").pvalue)
vector("mannWhitneyUncorrected", T1, T2, stats.mannwhitneyu(T1, T2, method="asymptotic", use_continuity=False).pvalue)
vector("wilcoxonLogRatio", A, B, *both(stats.wilcoxon(np.log(B) - np.log(A), method="exact")))
vector("wilcoxon", T1, T2, *both(stats.wilcoxon(np.subtract(T2, T1), method="asymptotic", correction=True)))
for x, y in ((A, B), (T1, T2)):
    vector("ks", x, y, *both(stats.ks_2samp(x, y, method="exact")))
    vector("cliff", x, y, 2 * stats.mannwhitneyu(y, x).statistic / (len(x) * len(y)) - 1)
for x in (A, B):
    probabilities = [0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1]
    vector("quantile", x, probabilities, *np.quantile(x, probabilities))
    vector("quantileInterval", x, [0.5], *quantile_interval(x, 0.5))
for n, p in ((6, 0.5), (36, 0.9), (72, 0.95), (368, 0.99)):
    vector("quantileInterval", range(1, n + 1), [p], *quantile_interval(range(1, n + 1), p))

d = np.subtract.outer(B, A).ravel()
vector("shift", A, B, *hodges_lehmann(d, mann_whitney_rank(12, 12, 0.025)))
d = np.subtract.outer(np.log(B), np.log(A)).ravel()
vector("ratio", A, B, *[math.exp(v) for v in hodges_lehmann(d, mann_whitney_rank(12, 12, 0.025))])
vector("ratio99", A, B, *[math.exp(v) for v in hodges_lehmann(d, mann_whitney_rank(12, 12, 0.005))[1:]])
w = walsh(np.log(B) - np.log(A))
vector("pairedRatio", A, B, *[math.exp(v) for v in hodges_lehmann(w, signed_rank(12, 0.025))])
vector("pairedRatio99", A, B, *[math.exp(v) for v in hodges_lehmann(w, signed_rank(12, 0.005))[1:]])

# Other random numbers than ours.
for name, method in (("bootstrapPercentile", "percentile"), ("bootstrapBCa", "BCa")):
    result = stats.bootstrap(
        (A, B), lambda a, b, axis: np.median(b, axis=axis) / np.median(a, axis=axis), vectorized=True, method=method, rng=1
    ).confidence_interval
    vector(name, A, B, result.low, result.high)
for name, center in (("permutationMean", np.mean), ("permutationMedian", np.median)):
    vector(name, A[:6], SIX, *both(permutation(A[:6], SIX, center)))
for method in ("bh", "by"):
    vector(method, P, [], *stats.false_discovery_control(P, method=method))
for successes in (4, 10, 17):
    vector("clopperPearson", [successes], [200], *clopper_pearson(successes, 200))
    near = stats.binomtest(successes, 200).proportion_ci(0.95, "exact")
    vector("clopperPearsonNear", [successes], [200], near.low, near.high)
for trials in (200, 400, 1000):
    vector("mostExpected", [trials], [0.05, 0.01], stats.binom.ppf(0.99, trials, 0.05))

# White's rule; (1/n) of the rest's population variance is its squared standard error.
errors = [np.var(W[d:]) / len(W[d:]) for d in range(len(W) // 2 + 1)]
vector("warmUp", W, [], np.argmin(errors), np.min(errors))
for d in (0, 8, 12):
    vector("warmUpError", W, [d], errors[d])
q1, q3 = np.quantile(A, [0.25, 0.75])
z = np.abs(np.subtract(A, np.median(A))) / (1.4826 * stats.median_abs_deviation(A))
vector("fences", A, [13.90], q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1), q1 - 3 * (q3 - q1), q3 + 3 * (q3 - q1), z[10])
for x, y in ((STEP[:12], STEP[12:]), (SEQUENCE[:5], SEQUENCE[5:8]), (SEQUENCE[5:8], SEQUENCE[8:])):
    vector("student", x, y, *both(stats.ttest_ind(x, y)))
    t = stats.ttest_ind_from_stats(np.mean(x), np.std(x), len(x), np.mean(y), np.std(y), len(y))
    vector("studentPopulation", x, y, *both(t))
mad = stats.median_abs_deviation(np.log(B) - np.log(A))
z = stats.norm.ppf(0.975) + stats.norm.ppf(0.8)
vector("detectableEffect", A, B, math.expm1(z * 1.4826 * mad / math.sqrt(0.955 * 12)))

# Random samples.

for round in range(12):
    m, n = int(rng.integers(6, 26)), int(rng.integers(6, 26))
    x, y = rng.lognormal(0, 0.2, m), rng.lognormal(0.15, 0.25, n)
    z = rng.lognormal(0.1, 0.2, m)
    tied_x, tied_y, tied_z = rng.integers(1, 9, m), rng.integers(2, 10, n), rng.integers(2, 10, m)
    probabilities = [0, 0.1, 0.25, 0.5, 0.9, 0.99, 1]
    add("quantile", x, probabilities, *np.quantile(x, probabilities))
    add("quantileInterval", x, [0.5], *quantile_interval(x, 0.5))
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
    p = rng.uniform(0, 1, 5 + round) ** 3
    add("bh", p, [], *stats.false_discovery_control(p, method="bh"))
    add("by", p, [], *stats.false_discovery_control(p, method="by"))
    d = np.subtract.outer(np.log(y), np.log(x)).ravel()
    add("ratio", x, y, *[math.exp(v) for v in hodges_lehmann(d, mann_whitney_rank(m, n, 0.025))])
    r = np.log(z) - np.log(x)
    add("pairedRatio", x, z, *[math.exp(v) for v in hodges_lehmann(walsh(r), signed_rank(m, 0.025))])

# So many that the normal approximation is taken, without ties.
for m, n in ((51, 60), (80, 40)):
    x, y, z = rng.lognormal(0, 0.2, m), rng.lognormal(0.1, 0.2, n), rng.lognormal(0.05, 0.2, m)
    add("mannWhitney", x, y, *both(stats.mannwhitneyu(x, y, method="asymptotic")))
    add("wilcoxon", x, z, *both(stats.wilcoxon(z - x, method="asymptotic", correction=True)))

for x, y in ((rng.normal(0, 1, 5), rng.normal(1, 1, 5)), (rng.normal(0, 1, 4), rng.normal(0.5, 1, 8))):
    for name, center in (("permutationMean", np.mean), ("permutationMedian", np.median)):
        add(name, x, y, *both(permutation(x, y, center)))

for trials, successes in ((200, 4), (200, 10), (50, 0), (50, 50), (1000, 67), (7, 3)):
    add("clopperPearson", [successes], [trials], *clopper_pearson(successes, trials))

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

print(json.dumps({"inputs": inputs, "vectors": vectors, "samples": samples}))
