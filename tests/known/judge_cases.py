#!/usr/bin/python3
"""Independent computation of what the judge says, from the published rules alone (Python, no
package, no line of the program). Prints tests/unit/judge_cases.h:

    tests/known/judge_cases.py > tests/unit/judge_cases.h

Distribution functions by their own routes: incomplete gamma by series and continued fraction with
bisection for quantiles, Student t by numerical integration (Simpson), the normal from
statistics.NormalDist. Between-area variance by plain bisection.
"""
import math
from statistics import NormalDist

N = NormalDist()
Z95, Z998 = N.inv_cdf(0.975), N.inv_cdf(0.999)
NAN = float('nan')


# ---- distributions ----------------------------------------------------------------------------
def phi(z):
    """Normal distribution function, exact in the lower tail too."""
    return math.erfc(-z / math.sqrt(2)) / 2


def gamma_p(a, x):
    """Regularised lower incomplete gamma."""
    if x <= 0:
        return 0.0
    front = math.exp(-x + a * math.log(x) - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        k = a
        while abs(term) > abs(total) * 1e-17:
            k += 1
            term *= x / k
            total += term
        return total * front
    tiny = 1e-300
    b = x + 1 - a
    c = 1 / tiny
    d = 1 / b
    h = d
    for i in range(1, 100000):
        an = -i * (i - a)
        b += 2
        d = an * d + b
        d = tiny if abs(d) < tiny else d
        c = b + an / c
        c = tiny if abs(c) < tiny else c
        d = 1 / d
        h *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return 1 - front * h


def gamma_quantile(p, a):
    low, high = 0.0, a + 50 * math.sqrt(a) + 50
    for _ in range(200):
        mid = (low + high) / 2
        if gamma_p(a, mid) < p:
            low = mid
        else:
            high = mid
    return (low + high) / 2


def t_two_sided(t, df):
    """2 P(T > |t|), by Simpson over the angle: T = sqrt(df) tan(u), density ~ cos(u)^(df-1)."""
    u = math.atan(abs(t) / math.sqrt(df))
    c = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(math.pi)
    n = 20000
    h = (math.pi / 2 - u) / n
    f = lambda v: max(math.cos(v), 0.0) ** (df - 1)
    s = f(u) + f(math.pi / 2)
    for i in range(1, n):
        s += f(u + i * h) * (4 if i % 2 else 2)
    return 2 * c * s * h / 3


def poisson_exact(e):
    return [gamma_quantile(0.025, e), gamma_quantile(0.975, e + 1),
            gamma_quantile(0.001, e), gamma_quantile(0.999, e + 1)]


# ---- small things -----------------------------------------------------------------------------
def q7(v, p):
    v = sorted(v)
    h = (len(v) - 1) * p
    k = math.floor(h)
    return v[k] + (h - k) * (v[min(k + 1, len(v) - 1)] - v[k])


def bh(p):
    have = sorted((x, i) for i, x in enumerate(p) if not math.isnan(x))
    out = [NAN] * len(p)
    low = 1.0
    for r in range(len(have), 0, -1):
        x, i = have[r - 1]
        low = min(low, x * len(have) / r)
        out[i] = low
    return out


def clip(x, a, b):
    return min(max(x, a), b)


def tau_robust(ys, ss, target=None):
    k = len(ys)

    def excess(t2):
        t = target
        if t is None:
            w = [1 / (s * s + t2) for s in ss]
            t = sum(a * b for a, b in zip(w, ys)) / sum(w)
        z = [(y - t) / math.sqrt(s * s + t2) for y, s in zip(ys, ss)]
        a, b = q7(z, 0.1), q7(z, 0.9)
        return sum(clip(x, a, b) ** 2 for x in z) / k / 0.678655 - (k - 1) / k

    t2 = 0.0
    if k > 1 and excess(0) > 0:
        low, high = 0.0, max(s * s for s in ss)
        while excess(high) > 0:
            high *= 2
        for _ in range(300):
            mid = (low + high) / 2
            if excess(mid) > 0:
                low = mid
            else:
                high = mid
        t2 = (low + high) / 2
    w = [1 / (s * s + t2) for s in ss]
    mu = sum(a * b for a, b in zip(w, ys)) / sum(w) if target is None else target
    return t2, mu, 1 / sum(w)


def value_limits(case, x, n):
    per = case['per']
    out = []
    for c in (0.95, 0.998):
        z = N.inv_cdf(c + (1 - c) / 2)
        if case['measure'] == 'MEASURE_PROPORTION':
            root = z * math.sqrt(z * z + 4 * x * (1 - x / n))
            out += [per * (2 * x + z * z - root) / (2 * (n + z * z)),
                    per * (2 * x + z * z + root) / (2 * (n + z * z))]
        elif x < 10:
            a = (1 - c) / 2
            out += [per * (gamma_quantile(a, x) if x > 0 else 0) / n,
                    per * gamma_quantile(1 - a, x + 1) / n]
        else:
            y = x + 1
            out += [per * x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3 / n,
                    per * y * (1 - 1 / (9 * y) + z / (3 * math.sqrt(y))) ** 3 / n]
    return out


# ---- one indicator in one period -----------------------------------------------------------------
FIELDS = ['lower95', 'upper95', 'lower99_8', 'upper99_8', 'rank', 'rank_lower', 'rank_upper',
          'percentile', 'peers_ranked', 'peer_rank', 'peer_median', 'peer_lower_quartile',
          'peer_upper_quartile', 'z', 'z_adjusted', 'p_value', 'q_value',
          'funnel0', 'funnel1', 'funnel2', 'funnel3',
          'adjusted0', 'adjusted1', 'adjusted2', 'adjusted3', 'outlier', 'direction', 'judgement',
          'opportunity', 'opportunity_lower', 'opportunity_upper', 'peer_z', 'peer_q',
          'peer_direction']
ZERO_WHEN_NONE = {'rank', 'rank_lower', 'rank_upper', 'peers_ranked', 'peer_rank', 'direction',
                  'judgement', 'peer_direction'}


def scales(case, areas):
    """Y and s of each area on the scale of comparison, and the way back to value."""
    kind, measure, per = case['kind'], case['measure'], case['per']
    for a in areas:
        a['Y'] = a['s'] = NAN
        if math.isnan(a['value']):
            continue
        x, n, v, lo, hi = a['x'], a['n'], a['value'], a['limits'][0], a['limits'][1]
        if kind == 'KIND_COUNTS':
            r = x / n
            a['Y'] = math.asin(math.sqrt(r)) if measure == 'MEASURE_PROPORTION' else math.sqrt(r)
            a['s'] = 1 / (2 * math.sqrt(n))
        elif kind == 'KIND_PUBLISHED':
            if case['percent']:
                p = v / 100
                if 0 < p < 1:
                    a['Y'] = math.log(p / (1 - p))
                    a['s'] = (hi - lo) / 3.92 / 100 / (p * (1 - p))
            elif v > 0:
                a['Y'] = math.log(v)
                a['s'] = (math.log(hi) - math.log(lo)) / 3.92 if lo > 0 else (hi - lo) / 3.92 / v
        else:
            positive = all(b['value'] > 0 for b in areas if not math.isnan(b['value']))
            a['Y'] = math.log(v) if positive else v
    if kind == 'KIND_COUNTS' and measure == 'MEASURE_PROPORTION':
        return lambda y: per * math.sin(clip(y, 0, math.pi / 2)) ** 2
    if kind == 'KIND_PUBLISHED':
        return (lambda y: 100 / (1 + math.exp(-y))) if case['percent'] else math.exp
    if kind == 'KIND_COUNTS':
        return lambda y: per * max(y, 0) ** 2
    return math.exp if all(b['value'] > 0 for b in areas if not math.isnan(b['value'])) \
        else (lambda y: y)


def put_flags(case, a):
    v, adj = a['value'], a['adjusted']
    outside = v < adj[0] or v > adj[1]
    far = v < adj[2] or v > adj[3]
    a['outlier'] = 2 if far else 1 if outside else 0
    put_side(case, a, (-1 if v < adj[0] else 1) if outside else 0)


def put_side(case, a, side):
    a['direction'] = side + 2
    table = {'POLARITY_NEITHER': {-1: 3, 0: 5, 1: 4}, 'POLARITY_LOW': {-1: 1, 0: 5, 1: 2},
             'POLARITY_HIGH': {-1: 2, 0: 5, 1: 1}}
    a['judgement'] = table[case['polarity']][side]


def position(case, areas, back, out):
    kind, per = case['kind'], case['per']
    part = [a for a in areas if not math.isnan(a['Y'])
            and (kind in ('KIND_NONE', 'KIND_CLUSTERED') or not math.isnan(a['s']))]
    for a in areas:
        a['outlier'] = 3
    if kind == 'KIND_COUNTS':
        t0 = sum(a['x'] for a in part) / sum(a['n'] for a in part)
        out['target'] = per * t0
    elif kind == 'KIND_PUBLISHED':
        if part:
            out['target'] = back(tau_robust([a['Y'] for a in part], [a['s'] for a in part])[1])
    else:
        out['target'] = back(q7([a['Y'] for a in part], 0.5))
    if len(part) < 10 or len({a['value'] for a in part}) == 1:
        return
    if kind in ('KIND_NONE', 'KIND_CLUSTERED'):
        med = q7([a['Y'] for a in part], 0.5)
        mad = 1.4826 * q7([abs(a['Y'] - med) for a in part], 0.5)
        for a in part:
            z = a['z_adjusted'] = (a['Y'] - med) / mad
            a['p_value'] = 2 * phi(-abs(z))
            a['outlier'] = 2 if abs(z) > Z998 else 1 if abs(z) > Z95 else 0
            put_side(case, a, (1 if z > 0 else -1) if abs(z) > Z95 else 0)
    else:
        if kind == 'KIND_COUNTS' and case['measure'] != 'MEASURE_PROPORTION':
            ys = [math.sqrt(a['x'] / (a['n'] * t0)) for a in part]
            ss = [1 / (2 * math.sqrt(a['n'] * t0)) for a in part]
            t2, t, _ = tau_robust(ys, ss, 1.0)
        elif kind == 'KIND_COUNTS':
            ys, ss = [a['Y'] for a in part], [a['s'] for a in part]
            t2, t, _ = tau_robust(ys, ss, math.asin(math.sqrt(t0)))
        else:
            ys, ss = [a['Y'] for a in part], [a['s'] for a in part]
            t2, t, _ = tau_robust(ys, ss)
        z = [(y - t) / s for y, s in zip(ys, ss)]
        a10, a90 = q7(z, 0.1), q7(z, 0.9)
        out['phi'] = sum(clip(v, a10, a90) ** 2 for v in z) / len(z)
        out['tau2'] = t2
        for a, y, s in zip(part, ys, ss):
            a['z'] = (y - t) / s
            a['z_adjusted'] = (y - t) / math.sqrt(s * s + t2)
            a['p_value'] = 2 * phi(-abs(a['z_adjusted']))
            wide = math.sqrt(s * s + t2)
            if kind == 'KIND_COUNTS' and case['measure'] != 'MEASURE_PROPORTION':
                e = a['n'] * t0
                a['funnel'] = [per * v / a['n'] for v in poisson_exact(e)]
                a['adjusted'] = [per * t0 * max(0, 1 + k * wide) ** 2
                                 for k in (-Z95, Z95, -Z998, Z998)] if t2 > 0 else a['funnel']
            else:
                a['funnel'] = [back(t + k * s) for k in (-Z95, Z95, -Z998, Z998)]
                a['adjusted'] = [back(t + k * wide) for k in (-Z95, Z95, -Z998, Z998)]
            put_flags(case, a)
    for a, q in zip(areas, bh([a.get('p_value', NAN) for a in areas])):
        a['q_value'] = q


def ranks(areas):
    have = [a for a in areas if not math.isnan(a['value'])]
    sure = [a for a in have if not math.isnan(a['Y']) and not math.isnan(a['s'])]
    for a in have:
        less = sum(b['value'] < a['value'] for b in have)
        same = sum(b['value'] == a['value'] for b in have)
        a['rank'] = less + 1
        a['percentile'] = 100 * (less + (same + 1) / 2 - 0.5) / len(have)
    if sure:
        each = 1 - 0.95 ** (1 / len(sure))
        z = -N.inv_cdf(each / 2)
        for a in sure:
            lo, hi = a['Y'] - z * a['s'], a['Y'] + z * a['s']
            a['rank_lower'] = 1 + sum(b['Y'] + z * b['s'] < lo for b in sure)
            a['rank_upper'] = len(have) - sum(b['Y'] - z * b['s'] > hi for b in sure)


def peers(case, areas, out):
    p = []
    for i, a in enumerate(areas):
        a['members'] = [areas[j] for j in case['peers'](i, len(areas))]
        p.append(NAN)
        if math.isnan(a['value']):
            continue
        have = [b for b in a['members'] if not math.isnan(b['value'])]
        vs = [b['value'] for b in have]
        a['peers_ranked'] = len(have) + 1
        a['peer_rank'] = 1 + sum(v < a['value'] for v in vs)
        a['peer_lower_quartile'], a['peer_median'], a['peer_upper_quartile'] = \
            (q7(vs, q) for q in (0.25, 0.5, 0.75))
        if case['kind'] in ('KIND_NONE', 'KIND_CLUSTERED'):
            ys = [b['Y'] for b in have]
            med = q7(ys, 0.5)
            mad = 1.4826 * q7([abs(y - med) for y in ys], 0.5)
            if len(ys) >= 8 and mad > 0:
                a['peer_z'] = (a['Y'] - med) / mad
                k = len(ys)
                p[-1] = t_two_sided(a['peer_z'] / (k / (k - 0.8)) / math.sqrt(1 + math.pi / 2 / k),
                                    0.37 * (k - 1))
        else:
            sure = [b for b in have if not math.isnan(b['Y']) and not math.isnan(b['s'])]
            if len(sure) >= 5 and not math.isnan(a['Y']) and not math.isnan(a['s']):
                t2, mu, var = tau_robust([b['Y'] for b in sure], [b['s'] for b in sure])
                a['peer_z'] = (a['Y'] - mu) / math.sqrt(a['s'] ** 2 + t2 + var)
                p[-1] = t_two_sided(a['peer_z'], len(sure) - 1)
        if not math.isnan(p[-1]):
            a['peer_direction'] = 2 if p[-1] >= 0.05 else 1 if a['peer_z'] < 0 else 3
    for a, q in zip(areas, bh(p)):
        a['peer_q'] = q


def opportunity(case, areas):
    good = {'POLARITY_HIGH': 1, 'POLARITY_LOW': -1, 'POLARITY_NEITHER': 0}[case['polarity']]
    for a in areas:
        if not good or math.isnan(a['value']) or math.isnan(a['n']):
            continue
        have = [b for b in a['members'] if not math.isnan(b['value'])]
        if len(have) < 5:
            continue
        scale = a['n'] / case['per']
        gap = -good * (a['value'] - q7([b['value'] for b in have], 0.5))
        a['opportunity'] = max(0, gap) * scale
        se = lambda b: (b['lim'][1] - b['lim'][0]) / 3.92
        sure = [b for b in have if not math.isnan(se(b))]
        if len(sure) < 5 or math.isnan(se(a)):
            continue
        t2 = tau_robust([b['value'] for b in sure], [se(b) for b in sure])[0]
        var = se(a) ** 2 + math.pi / 2 * (sum(se(b) ** 2 for b in sure) / len(sure) + t2) / len(sure)
        half = 1.96 * math.sqrt(var)
        a['opportunity_lower'] = max(0, gap - half) * scale
        a['opportunity_upper'] = max(0, gap + half) * scale


def learn(case, areas):
    good = {'POLARITY_HIGH': 1, 'POLARITY_LOW': -1, 'POLARITY_NEITHER': 0}[case['polarity']]
    found = []
    for i, a in enumerate(areas):
        if not good or math.isnan(a['Y']) or math.isnan(a['s']):
            continue
        p, who = [], case['peers'](i, len(areas))
        for j in who:
            b = areas[j]
            z = (b['Y'] - a['Y']) / math.sqrt(a['s'] ** 2 + b['s'] ** 2)
            p.append(phi(-z * good) if not math.isnan(z) else NAN)
        found += [(i, j, q) for j, q in zip(who, bh(p)) if q < 0.05]
    return sorted(found, key=lambda f: (f[0], f[2], f[1]))


def judge(case):
    areas = [dict(zip(('x', 'n', 'published', 'lo', 'hi'), row)) for row in case['rows']]
    for a in areas:
        counts = case['kind'] != 'KIND_PUBLISHED'
        a['value'] = case['per'] * a['x'] / a['n'] if counts else a['published']
        if case['kind'] == 'KIND_COUNTS' and not math.isnan(a['value']):
            a['lim'] = value_limits(case, a['x'], a['n'])
        elif case['kind'] == 'KIND_PUBLISHED' and not math.isnan(a['value']):
            a['lim'] = [a['lo'], a['hi'], NAN, NAN]
        else:
            a['lim'] = [NAN] * 4
        a['limits'] = a['lim']
        a['lower95'], a['upper95'], a['lower99_8'], a['upper99_8'] = a['lim']
    out = {'target': NAN, 'phi': NAN, 'tau2': NAN, 'comparator': NAN}
    back = scales(case, areas)
    position(case, areas, back, out)
    ranks(areas)
    peers(case, areas, out)
    opportunity(case, areas)
    have = [a for a in areas if not math.isnan(a['value']) and not math.isnan(a['x'])]
    if have and case['kind'] != 'KIND_PUBLISHED':
        out['comparator'] = case['per'] * sum(a['x'] for a in have) / sum(a['n'] for a in have)
    for a in areas:
        for i in range(4):
            a['funnel%d' % i] = a.get('funnel', [NAN] * 4)[i]
            a['adjusted%d' % i] = a.get('adjusted', [NAN] * 4)[i]
    return areas, out, learn(case, areas)


# ---- the cases --------------------------------------------------------------------------------------
def ring(width):
    return lambda i, n: [(i + d) % n for d in range(1, width + 1)]


def everyone(i, n):
    return [j for j in range(n) if j != i]


def stream(seed):
    """Marsaglia's xorshift, so that the inputs are plain and the same everywhere."""
    s = seed
    while True:
        s ^= (s << 13) & 0xffffffff
        s ^= s >> 17
        s ^= (s << 5) & 0xffffffff
        yield s / 2 ** 32


def noise(u):
    return N.inv_cdf(min(max(next(u), 1e-9), 1 - 1e-9))


def rate_rows(seed, count, level, spread, size):
    u = stream(seed)
    rows = []
    for _ in range(count):
        n = round(size * (0.3 + 2 * next(u)))
        e = n * level * math.exp(spread * noise(u))
        rows.append((max(0, round(e + math.sqrt(e) * noise(u))), n, NAN, NAN, NAN))
    return rows


def cases():
    missing = (NAN, NAN, NAN, NAN, NAN)
    rates = rate_rows(11, 18, 0.002, 0.2, 60000)
    rates[3] = (0, 4000, NAN, NAN, NAN)      # none at all, and few
    rates[7] = (7, 5000, NAN, NAN, NAN)      # below ten: exact limits
    rates[9] = (14, 10000, NAN, NAN, NAN)    # the same value as area 7: a tie
    rates[12] = missing
    rates[15] = (380, 60000, NAN, NAN, NAN)  # far out
    yield dict(name='rates', kind='KIND_COUNTS', measure='MEASURE_RATE', per=100000,
               polarity='POLARITY_LOW', percent=False, peers=ring(7), rows=rates)
    quiet = [(round(n * 0.01) + d, n, NAN, NAN, NAN) for n, d in
             [(5000, 1), (8000, -2), (12000, 3), (20000, -4), (9000, 2), (15000, 1), (7000, -1),
              (30000, 5), (11000, -3), (25000, 0), (6000, 30)]]
    yield dict(name='quiet', kind='KIND_COUNTS', measure='MEASURE_RATE', per=1000,
               polarity='POLARITY_HIGH', percent=False, peers=everyone, rows=quiet)
    u = stream(5)
    parts = []
    for _ in range(16):
        n = round(80 + 400 * next(u))
        parts.append((min(n, round(n * clip(0.8 + 0.1 * noise(u), 0, 1))), n, NAN, NAN, NAN))
    parts[2] = (0, 45, NAN, NAN, NAN)
    parts[6] = (120, 120, NAN, NAN, NAN)
    yield dict(name='proportions', kind='KIND_COUNTS', measure='MEASURE_PROPORTION', per=100,
               polarity='POLARITY_HIGH', percent=True, peers=ring(6), rows=parts)
    u = stream(77)
    dsr = []
    for i in range(17):
        v = round(500 * math.exp(0.25 * noise(u)), 1)
        w = round(v * (0.05 + 0.2 * next(u)), 1)
        dsr.append((NAN, round(20000 + 90000 * next(u)), v, round(v - w, 1), round(v + 1.1 * w, 1)))
    dsr[1] = (NAN, 30000, 40.0, 0.0, 120.0)          # lower limit 0: se/value
    dsr[4] = (NAN, 30000, 512.5, NAN, NAN)           # no limits: a rank, no interval
    dsr[8] = missing
    yield dict(name='published_rates', kind='KIND_PUBLISHED', measure='MEASURE_PUBLISHED',
               per=100000, polarity='POLARITY_LOW', percent=False, peers=ring(7), rows=dsr)
    u = stream(99)
    survey = []
    for i in range(15):
        v = round(45 + 6 * noise(u), 1)
        w = round(2 + 3 * next(u), 1)
        survey.append((NAN, NAN, v, round(v - w, 1), round(v + w, 1)))
    survey[5] = (NAN, NAN, 100.0, 90.0, 100.0)       # no logit
    yield dict(name='survey', kind='KIND_PUBLISHED', measure='MEASURE_PUBLISHED', per=100,
               polarity='POLARITY_NEITHER', percent=True, peers=everyone, rows=survey)
    u = stream(1234)
    beds = []
    for i in range(16):
        n = round(30000 + 90000 * next(u))
        beds.append((round(n * 0.05 * math.exp(0.3 * noise(u))), n, NAN, NAN, NAN))
    beds[10] = (round(beds[10][1] * 0.3), beds[10][1], NAN, NAN, NAN)
    yield dict(name='bed_days', kind='KIND_CLUSTERED', measure='MEASURE_RATE', per=100000,
               polarity='POLARITY_LOW', percent=False, peers=ring(9), rows=beds)
    money = [(round(1000 * x), 1000, NAN, NAN, NAN) for x in
             (3, -4, 8, 12, 5, 0, 7, 6, 9, 4, 41, 6, 5)]
    yield dict(name='money', kind='KIND_NONE', measure='MEASURE_RATIO', per=1,
               polarity='POLARITY_NEITHER', percent=False, peers=everyone, rows=money)
    yield dict(name='nine_areas', kind='KIND_COUNTS', measure='MEASURE_RATE', per=100000,
               polarity='POLARITY_LOW', percent=False, peers=everyone,
               rows=rate_rows(8, 9, 0.003, 0.3, 50000))
    yield dict(name='all_equal', kind='KIND_COUNTS', measure='MEASURE_RATE', per=100000,
               polarity='POLARITY_LOW', percent=False, peers=everyone,
               rows=[(k, 1000 * k, NAN, NAN, NAN) for k in (8, 16, 32, 64, 128, 256, 512, 1024,
                                                            2048, 4096, 8192, 16384)])


def c(v):
    return 'NAN' if math.isnan(v) else repr(v)


def main():
    print('''#ifndef JUDGE_CASES_H
#define JUDGE_CASES_H

/* Written by tests/known/judge_cases.py: an independent computation in Python from the published
 * rules (METHODS 11), sharing no line with the program. Do not edit. */
/* clang-format off */

#include <math.h>
#include "peerline/judge/assessment.h"
''')
    print('enum {\n    ' + ',\n    '.join('EXPECT_' + f.upper() for f in FIELDS)
          + ',\n    N_EXPECTED\n};\n')
    print('static const char *const expected_names[N_EXPECTED] = {\n    '
          + ',\n    '.join('"%s"' % f for f in FIELDS) + ',\n};\n')
    print('''typedef struct {
    double x, n, value, lower95, upper95;
} CaseRow;

typedef struct {
    guint area, peer;
    double q;
} CaseLearn;

typedef struct {
    const char *name;
    UncertaintyKind kind;
    Measure measure;
    double per;
    Polarity polarity;
    gboolean percent;
    guint n_areas, ring; /* peers: the next `ring` areas, or all others where 0 */
    const CaseRow *rows;
    double target, phi, tau2, comparator;
    const double (*expected)[N_EXPECTED];
    const CaseLearn *learn;
    guint n_learn;
} JudgeCase;
''')
    table = []
    for case in cases():
        areas, out, found = judge(case)
        name = case['name']
        print('static const CaseRow %s_rows[] = {' % name)
        for a in areas:
            print('    {%s, %s, %s, %s, %s},' % (c(a['x']), c(a['n']), c(a['value']),
                                               c(a['lo']), c(a['hi'])))
        print('};\n\nstatic const double %s_expected[][N_EXPECTED] = {' % name)
        for a in areas:
            cells = [c(a.get(f, 0 if f in ZERO_WHEN_NONE else NAN)) for f in FIELDS]
            lines = [', '.join(cells[i:i + 4]) for i in range(0, len(cells), 4)]
            print('    {' + ',\n     '.join(lines) + '},')
        print('};\n\nstatic const CaseLearn %s_learn[] = {' % name)
        for i, j, q in found or [(0, 0, NAN)]:
            print('    {%d, %d, %s},' % (i, j, c(q)))
        print('};\n')
        width = 0 if case['peers'] is everyone else len(case['peers'](0, len(areas)))
        table.append('    {"%s", %s, %s, %s, %s,\n     %s, %d, %d, %s_rows,\n     %s, %s, %s, %s,\n'
                     '     %s_expected, %s_learn, %d},' % (
                         name, case['kind'], case['measure'], case['per'], case['polarity'],
                         'TRUE' if case['percent'] else 'FALSE', len(areas), width, name,
                         c(out['target']), c(out['phi']), c(out['tau2']), c(out['comparator']),
                         name, name, len(found)))
    print('static const JudgeCase judge_cases[] = {\n' + '\n'.join(table) + '\n};\n\n#endif')


main()
