"""The numbers of Vectors.swift through scipy and numpy, as JSON, for ScipyTests.swift."""
import json
import math

import numpy as np
from scipy import stats

A = [12.41, 12.38, 12.55, 12.47, 12.40, 12.62, 12.44, 12.51, 12.39, 12.46, 13.90, 12.43]
B = [12.96, 12.88, 13.05, 12.91, 12.99, 13.12, 12.94, 13.01, 12.90, 12.97, 13.04, 14.75]
T1 = [10, 11, 11, 12, 13, 13, 13, 14, 15, 16]
T2 = [11, 12, 13, 13, 14, 14, 15, 16, 17, 19]


def mann_whitney_rank(m, n, tail):
    """The smallest u with P(U <= u) >= tail, from scipy's exact one-sided p of samples built to have each U."""
    for u in range(m * n + 1):
        # n points; place each of the m others above as many of them as needed to make U = u.
        above = [min(n, max(0, u - i * n)) for i in range(m)]
        x = [k + 0.5 + i * 1e-6 for i, k in enumerate(above)]
        y = list(range(1, n + 1))
        result = stats.mannwhitneyu(x, y, alternative="less", method="exact")
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
        result = stats.wilcoxon(signs, alternative="less", method="exact")
        assert result.statistic == w
        if result.pvalue >= tail:
            return w


def unpaired(a, b, level):
    d = np.sort(np.subtract.outer(np.asarray(b), np.asarray(a)).ravel())
    q = mann_whitney_rank(len(a), len(b), (1 - level) / 2)
    return [float(np.median(d)), float(d[q - 1]), float(d[len(d) - q])]


def paired(r, level):
    w = np.sort([(r[i] + r[j]) / 2 for i in range(len(r)) for j in range(i, len(r))])
    q = signed_rank(len(r), (1 - level) / 2)
    return [float(np.median(w)), float(w[q - 1]), float(w[len(w) - q])]


def median_interval(x, level):
    k = max(k for k in range(1, len(x)) if stats.binom.cdf(k - 1, len(x), 0.5) <= (1 - level) / 2)
    x = sorted(x)
    return [x[k - 1], x[len(x) - k], float(1 - 2 * stats.binom.cdf(k - 1, len(x), 0.5))]


log_ratios = list(np.log(B) - np.log(A))
exact = stats.wilcoxon(log_ratios, method="exact")
ties = stats.wilcoxon(np.subtract(T2, T1), method="asymptotic", correction=True)
mixed = [0, 0, 1, -1, 2, -2, 3, 3, 4, -5, 6, 7]
zeros = stats.wilcoxon(mixed, method="asymptotic", correction=True)
probabilities = [0, 0.1, 0.25, 0.5, 0.9, 0.99, 1]
print(
    json.dumps(
        {
            "quantiles": [float(v) for v in np.quantile(A, probabilities)],
            "median95": median_interval(A, 0.95),
            "median99": median_interval(A, 0.99),
            "ratio95": [math.exp(v) for v in unpaired(np.log(A), np.log(B), 0.95)],
            "ratio99": [math.exp(v) for v in unpaired(np.log(A), np.log(B), 0.99)],
            "paired95": [math.exp(v) for v in paired(log_ratios, 0.95)],
            "paired99": [math.exp(v) for v in paired(log_ratios, 0.99)],
            "wilcoxonExact": [float(exact.statistic), float(exact.pvalue)],
            "wilcoxonTies": [float(ties.statistic), float(ties.pvalue)],
            "wilcoxonZeros": [float(zeros.statistic), float(zeros.pvalue)],
            "normal": [float(stats.norm.ppf(p)) for p in (0.975, 0.8, 1e-9)],
        }
    )
)
