"""Distribution functions and small statistics in plain Python, for the independent checks. Written from
the definitions; shares nothing with the program."""
import math
from statistics import NormalDist

NAN = math.nan
Z95, Z998 = NormalDist().inv_cdf(0.975), NormalDist().inv_cdf(0.999)


def finite(*v):
    return all(x is not None and math.isfinite(x) for x in v)


def normal_p(z):
    """Two-sided."""
    return math.erfc(abs(z) / math.sqrt(2))


def stirling_error(a):
    """ln Gamma(a + 1) less Stirling's formula."""
    if a < 16:
        return math.lgamma(a + 1) - (a + 0.5) * math.log(a) + a - 0.5 * math.log(2 * math.pi)
    b = a * a
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / b) / b) / b) / b) / a


def deviance(a, x):
    """a ln(a/x) + x - a without cancellation."""
    if abs(a - x) < 0.1 * (a + x):
        v = (a - x) / (a + x)
        s, term, j = (a - x) * v, 2 * a * v, 1
        while True:
            term *= v * v
            s1 = s + term / (2 * j + 1)
            if s1 == s:
                return s
            s, j = s1, j + 1
    return a * math.log(a / x) + x - a


def poisson_term(a, x):
    """x^a exp(-x) / Gamma(a + 1)."""
    if a == 0:
        return math.exp(-x)
    return math.exp(-stirling_error(a) - deviance(a, x)) / math.sqrt(2 * math.pi * a)


def gamma_lower(a, x):
    """Regularised incomplete gamma function P(a, x), and its complement."""
    if x <= 0:
        return 0.0, 1.0
    t = poisson_term(a, x)
    if x < a + 1:
        s = term = 1.0
        k = a
        while term > s * 1e-17:
            k += 1
            term *= x / k
            s += term
        return t * s, 1 - t * s
    b = x + 1 - a  # modified Lentz
    c, d = 1e300, 1 / b
    h, i = d, 1
    while True:
        an = -i * (i - a)
        b += 2
        d = an * d + b
        d = 1 / (d if abs(d) > 1e-300 else 1e-300)
        c = b + an / c
        c = c if abs(c) > 1e-300 else 1e-300
        h *= d * c
        if abs(d * c - 1) < 1e-16 or i > 10000000:
            break
        i += 1
    q = t * a * h
    return 1 - q, q


def chisq_quantile(p, df):
    """Lower-tail; bisection within Newton steps on the smaller tail."""
    if df <= 0 or p <= 0:
        return 0.0
    a = df / 2
    z = NormalDist().inv_cdf(p)
    x = a * max(1e-9, 1 - 1 / (9 * a) + z / (3 * math.sqrt(a))) ** 3
    low, high = 0.0, math.inf
    for _ in range(200):
        P, Q = gamma_lower(a, x)
        f = P - p if p < 0.5 else (1 - p) - Q
        if f < 0:
            low = x
        else:
            high = x
        density = poisson_term(a, x) * a / x
        new = x - f / density if density > 0 else NAN
        if not (low < new < high):
            new = (low + high) / 2 if math.isfinite(high) else 2 * x + 1
        if abs(new - x) <= 4e-16 * x:
            return 2 * new
        x = new
    return 2 * x


def beta_fraction(a, b, x):
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / d
    h = d
    for m in range(1, 100000):
        for num in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                    -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / (1 + num * d)
            c = 1 + num / c
            h *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return h


def beta_lower(a, b, x):
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) +
                     a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * beta_fraction(a, b, x) / a
    return 1 - front * beta_fraction(b, a, 1 - x) / b


def student_p(t, df):
    """Two-sided."""
    return beta_lower(df / 2, 0.5, df / (df + t * t))


def student_quantile(p, df):
    """p > 0.5."""
    low, high = 0.0, 1e8
    for _ in range(300):
        mid = (low + high) / 2
        if student_p(mid, df) / 2 > 1 - p:
            low = mid
        else:
            high = mid
    return (low + high) / 2


def quantile(values, p):
    """Type 7."""
    v = sorted(values)
    h = (len(v) - 1) * p
    k = math.floor(h)
    return v[k] if k + 1 >= len(v) else v[k] + (h - k) * (v[k + 1] - v[k])


def median(values):
    return quantile(values, 0.5)


def bh(p):
    have = [i for i, x in enumerate(p) if finite(x)]
    q, low = [NAN] * len(p), 1.0
    for rank, i in sorted(enumerate(sorted(have, key=lambda i: p[i]), 1), reverse=True):
        low = min(low, p[i] * len(have) / rank)
        q[i] = low
    return q


def count_limits(x):
    """Of a count: exact below 10, Byar from 10 on; lower95, upper95, lower99_8, upper99_8."""
    out = []
    for a, z in ((0.025, Z95), (0.001, Z998)):
        if x < 10:
            out += [chisq_quantile(a, 2 * x) / 2, chisq_quantile(1 - a, 2 * x + 2) / 2]
        else:
            y = x + 1
            out += [x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3,
                    y * (1 - 1 / (9 * y) + z / (3 * math.sqrt(y))) ** 3]
    return out


def poisson_limits(e):
    """Exact, around an expected number."""
    return [f(a) for a in (0.025, 0.001) for f in (lambda a: chisq_quantile(a, 2 * e) / 2,
                                                  lambda a: chisq_quantile(1 - a, 2 * e + 2) / 2)]


def wilson(x, n):
    return [(2 * x + z * z + sign * z * math.sqrt(z * z + 4 * x * (1 - x / n))) / (2 * (n + z * z))
            for z in (Z95, Z998) for sign in (-1, 1)]


def tau_paule_mandel(y, s, target=None):
    """Robust Paule-Mandel: tau2, mean, variance of the mean (0 where the target is given)."""
    k = len(y)

    def mean(t):
        if target is not None:
            return target, 0.0
        w = [1 / (e * e + t) for e in s]
        return math.fsum(a * b for a, b in zip(w, y)) / math.fsum(w), 1 / math.fsum(w)

    def excess(t):
        m = mean(t)[0]
        z = [(a - m) / math.sqrt(e * e + t) for a, e in zip(y, s)]
        low, high = quantile(z, 0.1), quantile(z, 0.9)
        return math.fsum(min(max(v, low), high) ** 2 for v in z) / k / 0.678655 - (k - 1) / k

    tau2, kept = 0.0, ""
    if k > 1 and excess(0.0) > 0:
        low, high = 0.0, 1e-6
        while excess(high) > 0:
            low, high = high, high * 4
        f_low, f_high = excess(low), excess(high)
        for _ in range(300):  # regula falsi, Illinois
            tau2 = (low * f_high - high * f_low) / (f_high - f_low)
            if high - low <= 1e-13 * high or not low < tau2 < high:
                break
            f = excess(tau2)
            if f > 0:
                low, f_low, f_high = tau2, f, f_high / (1 + (kept == "high"))
                kept = "high"
            else:
                high, f_high, f_low = tau2, f, f_low / (1 + (kept == "low"))
                kept = "low"
            if f == 0:
                break
    return (tau2, *mean(tau2))
