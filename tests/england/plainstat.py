"""Distribution functions and small statistics in plain Python, for the independent checks. Written from
the definitions; shares nothing with the program."""
import math
import re
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


def gini_theil(r, w):
    total, amount = math.fsum(w), math.fsum(a * b for a, b in zip(r, w))
    area = p0 = l0 = 0.0
    for a, b in sorted(zip(r, w)):
        p1, l1 = p0 + b / total, l0 + a * b / amount
        area, p0, l0 = area + (p1 - p0) * (l0 + l1), p1, l1
    m = amount / total
    return 1 - area, math.fsum(b / total * a / m * math.log(a / m) for a, b in zip(r, w) if a > 0)


def ratio(a, b):
    return a / b if b > 0 else NAN


def scv(pairs, own):
    m = math.fsum(x for x, _ in pairs) / math.fsum(n for _, n in pairs)
    chance = 1 - m if own else 1
    return math.fsum(((x - m * n) / (m * n)) ** 2 - chance / (m * n) for x, n in pairs) / len(pairs)


def slope(y, w, which):
    sw = math.fsum(w[i] for i in which)
    swt = math.fsum(w[i] * (i + 1) for i in which)
    top = sw * math.fsum(w[i] * y[i] * (i + 1) for i in which) - swt * math.fsum(w[i] * y[i] for i in which)
    return top / (sw * math.fsum(w[i] * (i + 1) ** 2 for i in which) - swt ** 2)


def side(v, low, high):
    return "lower" if v < low else "higher" if v > high else "similar"


def flag(v, low, high, low3, high3):
    return "alarm" if v < low3 or v > high3 else "alert" if v < low or v > high else "none"


def mad_score(y):
    m = median(y)
    return m, 1.4826 * median([abs(v - m) for v in y])


def year_of(period):
    m = re.fullmatch(r"(\d{4})(?:[-/](\d\d))?", period)
    return int(m[1]) if m and (not m[2] or int(m[2]) == (int(m[1]) + 1) % 100) else None


def num(text):
    return float(text) if text else NAN


def differ(found, want, rel, absolute=1e-12):
    """found: the text of a column; want: a number, NAN for empty."""
    if not finite(want):
        return found != ""
    return found == "" or abs(float(found) - want) > absolute + rel * abs(want)


def back(scale, d, y):
    if scale == "sqrt":
        return max(0.0, y) ** 2
    if scale == "asin":
        return math.sin(min(max(y, 0.0), math.pi / 2)) ** 2
    if scale == "log":
        return math.exp(y)
    if scale == "logit":
        return (d["per"] or 100) / (1 + math.exp(-y))
    return y
