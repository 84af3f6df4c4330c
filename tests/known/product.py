#!/usr/bin/env python3
"""Recomputes the product's own rules (docs/METHODS.md) from their text, with plain bisection and 40
digits, and prints tests/known/product.h. Shares no code with the program. Needs mpmath."""
import mpmath as mp

mp.mp.dps = 40
F = mp.mpf
Z95, Z998 = mp.sqrt(2) * mp.erfinv(F("0.95")), mp.sqrt(2) * mp.erfinv(F("0.998"))


def quantile(v, p):
    v = sorted(v)
    h = (len(v) - 1) * F(p)
    k = int(mp.floor(h))
    return v[k] if k + 1 >= len(v) else v[k] + (h - k) * (v[k + 1] - v[k])


def winsor_mean_square(z):
    lo, hi = quantile(z, "0.1"), quantile(z, "0.9")
    return sum(min(max(x, lo), hi) ** 2 for x in z) / len(z)


def mean_at(y, s, tau2):
    w = [1 / (a * a + tau2) for a in s]
    return sum(a * b for a, b in zip(w, y)) / sum(w), 1 / sum(w)


def excess(y, s, tau2, target):
    t = mean_at(y, s, tau2)[0] if target is None else target
    z = [(a - t) / mp.sqrt(b * b + tau2) for a, b in zip(y, s)]
    return winsor_mean_square(z) / F("0.678655") - F(len(y) - 1) / len(y)


def tau2_of(y, s, target=None):
    if excess(y, s, F(0), target) <= 0:
        return F(0)
    lo, hi = F(0), F(1)
    while excess(y, s, hi, target) > 0:
        hi *= 2
    for _ in range(100):
        mid = (lo + hi) / 2
        if excess(y, s, mid, target) > 0:
            lo = mid
        else:
            hi = mid
    return (lo + hi) / 2


def gamma_quantile(p, a, upper):
    """x with lower tail p (or upper tail p)."""
    def miss(x):
        tail = mp.gammainc(a, x, mp.inf, regularized=True) if upper else mp.gammainc(a, 0, x, regularized=True)
        return tail - F(p)
    lo, hi = F(0), a + 20 * mp.sqrt(a) + 20
    for _ in range(110):
        mid = (lo + hi) / 2
        if (miss(mid) > 0) == upper:
            lo = mid
        else:
            hi = mid
    return (lo + hi) / 2


def p_of(z):
    return mp.erfc(abs(z) / mp.sqrt(2))


def t_p(t, df):
    x = F(df) / (df + t * t)
    return mp.betainc(F(df) / 2, F("0.5"), 0, x, regularized=True)


def counts(x, n):
    t0 = F(sum(x)) / sum(n)
    e = [F(b) * t0 for b in n]
    y, s = [mp.sqrt(a / b) for a, b in zip(x, e)], [1 / (2 * mp.sqrt(b)) for b in e]
    tau2 = tau2_of(y, s, F(1))
    z = [(a - 1) / b for a, b in zip(y, s)]
    rows = []
    for i in range(len(x)):
        za = (y[i] - 1) / mp.sqrt(s[i] ** 2 + tau2)
        plain = [gamma_quantile("0.025", e[i], False) / n[i], gamma_quantile("0.025", e[i] + 1, True) / n[i],
                 gamma_quantile("0.001", e[i], False) / n[i], gamma_quantile("0.001", e[i] + 1, True) / n[i]]
        half = [q * mp.sqrt(1 / (4 * e[i]) + tau2) for q in (Z95, Z998)]
        adjusted = [t0 * max(0, 1 - half[0]) ** 2, t0 * (1 + half[0]) ** 2, t0 * max(0, 1 - half[1]) ** 2, t0 * (1 + half[1]) ** 2]
        rows.append([x[i], n[i], z[i], za, p_of(za)] + plain + (adjusted if tau2 > 0 else plain))
    return t0, winsor_mean_square(z), tau2, rows


def proportions(x, n):
    t0 = F(sum(x)) / sum(n)
    t = mp.asin(mp.sqrt(t0))
    y, s = [mp.asin(mp.sqrt(F(a) / b)) for a, b in zip(x, n)], [1 / (2 * mp.sqrt(F(b))) for b in n]
    tau2 = tau2_of(y, s, t)
    z = [(a - t) / b for a, b in zip(y, s)]
    back = lambda a: mp.sin(min(max(a, F(0)), mp.pi / 2)) ** 2
    rows = []
    for i in range(len(x)):
        se = mp.sqrt(s[i] ** 2 + tau2)
        za = (y[i] - t) / se
        lim = lambda e: [back(t - Z95 * e), back(t + Z95 * e), back(t - Z998 * e), back(t + Z998 * e)]
        rows.append([x[i], n[i], z[i], za, p_of(za)] + lim(s[i]) + lim(se))
    return t0, winsor_mean_square(z), tau2, rows


def published(v, lo, hi):
    y = [mp.log(F(a)) for a in v]
    s = [(mp.log(F(b)) - mp.log(F(a))) / F("3.92") for a, b in zip(lo, hi)]
    tau2 = tau2_of(y, s)
    t = mean_at(y, s, tau2)[0]
    z = [(a - t) / b for a, b in zip(y, s)]
    rows = []
    for i in range(len(v)):
        se = mp.sqrt(s[i] ** 2 + tau2)
        za = (y[i] - t) / se
        lim = lambda e: [mp.exp(t - Z95 * e), mp.exp(t + Z95 * e), mp.exp(t - Z998 * e), mp.exp(t + Z998 * e)]
        rows.append([v[i], lo[i], hi[i], z[i], za, p_of(za)] + lim(s[i]) + lim(se))
    return mp.exp(t), winsor_mean_square(z), tau2, rows


def peers(x, n):
    y, s = [mp.sqrt(F(a) / b) for a, b in zip(x, n)], [1 / (2 * mp.sqrt(F(b))) for b in n]
    tau2 = tau2_of(y[1:], s[1:])
    mu, var = mean_at(y[1:], s[1:], tau2)
    z = (y[0] - mu) / mp.sqrt(s[0] ** 2 + tau2 + var)
    return [mu, tau2, var, z, t_p(z, len(x) - 2)]


def opportunity(v, s, den, per):
    """Low is good; area first."""
    gap = F(v[0]) - quantile([F(a) for a in v[1:]], "0.5")
    k = len(v) - 1
    pv, ps = [F(a) for a in v[1:]], [F(a) for a in s[1:]]
    var = F(s[0]) ** 2 + mp.pi / 2 * (sum(a * a for a in ps) / k + tau2_of(pv, ps)) / k
    half, scale = F("1.96") * mp.sqrt(var), F(den) / per
    return [gap, max(0, gap) * scale, max(0, gap - half) * scale, max(0, gap + half) * scale]


def num(v):
    return mp.nstr(F(v), 17, min_fixed=-6, max_fixed=17)


def table(name, result):
    t0, phi, tau2, rows = result
    print("/** Target, phi, tau2. */")
    print("static const double product_%s_all[] = {%s, %s, %s};" % (name, num(t0), num(phi), num(tau2)))
    print("static const double product_%s[][%d] = {" % (name, len(rows[0])))
    for r in rows:
        print("    {" + ", ".join(num(a) for a in r) + "},")
    print("};\n")


X = [212, 187, 95, 310, 44, 505, 133, 61, 78, 251, 160, 402, 29, 9]
N = [20100, 21050, 8800, 24700, 5100, 47300, 15100, 5300, 9900, 20700, 17900, 31900, 4100, 400]
XN = [103, 98, 51, 148, 27, 251, 77, 30, 52, 106, 92, 161, 20, 2]  # chance alone
P = [12, 40, 33, 71, 5, 90, 18, 27, 55, 61, 8, 3]
Q = [120, 310, 290, 480, 77, 820, 205, 180, 360, 455, 12, 3]
V = ["101.2", "96.4", "88.1", "120.5", "99.9", "104.4", "110.3", "93.2", "97.7", "131.0", "102.2"]
VL = ["95.1", "88.9", "80.3", "112.0", "92.4", "99.7", "100.1", "85.0", "92.8", "118.9", "91.0"]
VU = ["107.7", "104.5", "96.7", "129.6", "108.0", "109.3", "121.5", "102.2", "102.9", "144.3", "114.8"]
S = ["3.2", "3.9", "4.1", "4.4", "3.9", "2.4", "5.4", "4.3", "2.5", "6.4", "6.0"]

print("#ifndef TESTS_KNOWN_PRODUCT_H\n#define TESTS_KNOWN_PRODUCT_H\n")
print("/* The product's own rules recomputed from their text by tests/known/product.py (plain bisection, 40\n * digits); inputs invented. Made by it: do not edit. */\n\n/* clang-format off */\n")
print("/** x, n, z, z adjusted, p, unadjusted and adjusted limits (95 % lower and upper, 99.8 %). */")
table("counts", counts(X, N))
table("chance", counts(XN, N))
table("proportions", proportions(P, Q))
print("/** Value, lower95, upper95, then as above. */")
table("published", published(V, VL, VU))
print("/** Of the first area of product_counts against the others on sqrt(x/n): mu, tau2, var mu, z, p. */")
print("static const double product_peers[] = {%s};" % ", ".join(num(a) for a in peers(X, N)))
print("/** Values and their errors, the first being the area; denominator 5,000 per 1,000, low is good:\n *  gap, opportunity, lower, upper. */")
print("static const double product_values[] = {%s};" % ", ".join(V))
print("static const double product_errors[] = {%s};" % ", ".join(S))
print("static const double product_opportunity[] = {%s};" % ", ".join(num(a) for a in opportunity(V, S, 5000, 1000)))
print("\n#endif")
