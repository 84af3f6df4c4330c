#!/usr/bin/env python3
"""Independent recomputation of an edition's judgements from its own observations.

usage: reassess.py EDITION [INDICATORS PEERS [STUDY_DIRECTORY]]

INDICATORS and PEERS are what `peerline list STUDY indicators` and `… peers` print; without them the edition
is one of `assess` without options. Shares no code with the program: every column of assessment.csv,
variation.csv, outliers.csv and good_practice.csv is computed anew from observations.csv by the published
rules and compared. Prints TAP lines."""
import csv
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from plainstat import *  # noqa: E402

HERE = sys.argv[1]
FIRST = ("indicator_id,indicator,area_code,area_name,period,numerator,denominator,value,lower95,upper95,"
         "lower99_8,upper99_8,status,comparator_value,rank,rank_lower,rank_upper,areas_ranked,percentile,"
         "peer_group,peers_ranked,peer_rank,peer_median,peer_lower_quartile,peer_upper_quartile,z,phi,tau2,"
         "z_adjusted,p_value,q_value,funnel_lower95,funnel_upper95,funnel_lower99_8,funnel_upper99_8,"
         "adjusted_lower95,adjusted_upper95,adjusted_lower99_8,adjusted_upper99_8,outlier,direction,judgement,"
         "persistent_periods,trend,trend_reason,opportunity,opportunity_lower,opportunity_upper,"
         "opportunity_unit,kind,target,peer_z,peer_q,peer_direction,q_area").split(",")
LIMITS = ("lower95", "upper95", "lower99_8", "upper99_8")
FUNNEL = ["funnel_" + c for c in LIMITS]
ADJUSTED = ["adjusted_" + c for c in LIMITS]
NO_VALUE = {"not_reported", "suppressed", "not_applicable", "rejected", "boundary_change",
            "zero_denominator", "no_denominator"}
count = [0, 0]


def ok(wrong, name):
    count[0] += 1
    count[1] += bool(wrong)
    print(f"{'not ok' if wrong else 'ok'} {count[0]} - {name}" +
          (f": {len(wrong)} differ, such as {'; '.join(map(str, wrong[:4]))}" if wrong else ""))


def table(name):
    """Rows of a published CSV; its form is checked on the way."""
    with open(os.path.join(HERE, "data", name), "rb") as f:
        raw = f.read()
    text = raw.decode("utf-8")
    rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    wrong = [n for n, r in enumerate(rows, 1) if len(r) != len(rows[0])]
    wrong += ["CR, BOM or no last newline"] if b"\r" in raw or raw[:1] == b"\xef" or raw[-1:] != b"\n" else []
    wrong += [n for n, r in enumerate(rows, 1) for c in r if re.fullmatch(r"[-+]?(nan|inf|infinity)", c, re.I)]
    for r in rows:  # shortest numbers that round-trip
        for c in r:
            m = re.fullmatch(r"-?(\d*)\.?(\d+)(e[-+]?\d+)?", c)
            digits = len((m[1] + m[2]).strip("0")) if m else 0
            if digits > 15 and any(float(f"{float(c):.{d}g}") == float(c) for d in range(15, digits)):
                wrong.append(c)
    ok(wrong, f"{name}: RFC 4180, LF, no NaN and no infinity")
    return [dict(zip(rows[0], r)) for r in rows[1:]], rows[0]


# ---- what is declared ----

def read_csv(path):
    with open(path, newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def blocks(path):
    """{id: text of its block} of a YAML list."""
    with open(path, encoding="utf-8") as f:
        parts = re.split(r"(?m)^- id: *", f.read())[1:]
    return {p.split("\n", 1)[0].strip(): p for p in parts}


def declared():
    """{indicator: dict(measure, kind, polarity, per, percent, money, smallest)} and pairs, practice."""
    out, pairs, practice = {}, [], {}
    if len(sys.argv) < 3:
        return out, pairs, practice
    for r in read_csv(sys.argv[2]):
        out[r["indicator_id"]] = dict(r, percent=r["unit"].startswith("%"), per=None, smallest=0, money=False)
    if len(sys.argv) > 4:
        study = sys.argv[4]
        for name, text in blocks(os.path.join(study, "indicators.yaml")).items():
            for key, field, kind in (("per", "per", float), ("min_denominator", "smallest", float)):
                m = re.search(rf"(?m)^  {key}: *(\S+)", text)
                out[name][field] = kind(m[1]) if m else out[name][field]
            out[name]["money"] = bool(re.search(r"(?m)^  prefix: *\"?£", text))
        with open(os.path.join(study, "study.yaml"), encoding="utf-8") as f:
            pairs = re.findall(r"(?m)^  - spend: (\S+)\n    outcome: (\S+)", f.read())
        for text in blocks(os.path.join(study, "practice.yaml")).values():
            case = re.search(r"(?m)^  title: *(.*)", text)[1]
            area = re.search(r"(?m)^  area: *(\S+)", text)[1]
            for i in re.search(r"(?m)^  indicators: *\[(.*?)\]", text)[1].split(","):
                practice.setdefault((i.strip(), area), case)
    return out, pairs, practice


DEFINED, PAIRS, PRACTICE = declared()


def infer(rows):
    """Of an indicator of `assess` without options."""
    kind = rows[0]["kind"]
    ratios = [num(r["value"]) * num(r["denominator"]) / num(r["numerator"]) for r in rows
              if num(r["numerator"]) > 0 and num(r["value"]) > 0 and num(r["denominator"]) > 0]
    per = 10.0 ** round(math.log10(median(ratios))) if ratios else 100.0
    percent = per == 100 and all(not num(r["numerator"]) > num(r["denominator"]) for r in rows)
    return {"measure": "proportion" if percent else "rate", "uncertainty": kind, "polarity": "neither",
            "percent": percent, "per": per, "smallest": 0, "money": False}


# ---- one indicator and period ----

def scale_of(d, kind, rows):
    values = [num(r["value"]) for r in rows]
    if kind == "counts":
        return "asin" if d["measure"] == "proportion" else "sqrt"
    if kind == "published":
        if d["measure"] == "proportion" or d["percent"]:
            return "logit"
        return "plain" if min(values) < 0 else "log"
    return "log" if values and min(values) > 0 else "plain"


def point(scale, kind, d, r):
    """Y and s."""
    v, x, n = num(r["value"]), num(r["numerator"]), num(r["denominator"])
    low, high = num(r["lower95"]), num(r["upper95"])
    if kind == "counts":
        if not finite(x, n):
            return NAN, NAN
        y = math.sqrt(x / n) if scale == "sqrt" else math.asin(math.sqrt(x / n))
        return y, 1 / (2 * math.sqrt(n))
    se = (high - low) / 3.92
    if scale == "log":
        if v <= 0:
            return NAN, NAN
        s = NAN if kind != "published" else (math.log(high) - math.log(low)) / 3.92 if low > 0 else se / v
        return math.log(v), s
    if scale == "logit":
        p = v / (d["per"] or 100)
        if not 0 < p < 1:
            return NAN, NAN
        return math.log(p / (1 - p)), se / (d["per"] or 100) / (p * (1 - p))
    return v, se if kind == "published" else NAN


def against_all(d, kind, scale, rows):
    """Fills want for z .. adjusted limits, outlier, direction of ranked rows; returns target."""
    part = [r for r in rows if finite(r["Y"]) and (kind in ("clustered", "none") or finite(r["S"]) and r["S"] > 0)]
    per = d["per"] or 1
    enough = len(part) >= 10 and len({r["Y"] for r in part}) > 1
    for r in rows:
        r["want"].update(outlier="not_estimable", direction="")
    if not part:
        return NAN
    if kind in ("clustered", "none"):
        m, spread = mad_score([r["Y"] for r in part])
        if enough and spread > 0:
            for r in part:
                z = (r["Y"] - m) / spread
                r["want"].update(z_adjusted=z, p_value=normal_p(z), direction=side(z, -Z95, Z95),
                                 outlier=flag(z, -Z95, Z95, -Z998, Z998))
        return back(scale, d, m)
    if kind == "counts":
        x, n = [num(r["numerator"]) for r in part], [num(r["denominator"]) for r in part]
        ratio = math.fsum(x) / math.fsum(n)
        target = per * ratio
        if scale == "sqrt":
            y, t = [math.sqrt(a / (b * ratio)) for a, b in zip(x, n)] if ratio else [], 1.0
            s = [1 / (2 * math.sqrt(b * ratio)) for b in n] if ratio else []
            to = lambda v: target * max(0.0, v) ** 2
        else:
            y, s, t = [r["Y"] for r in part], [r["S"] for r in part], math.asin(math.sqrt(ratio))
            to = lambda v: per * back("asin", d, v)
        if not enough:
            return target
        tau2 = tau_paule_mandel(y, s, t)[0]
    else:
        y, s = [r["Y"] for r in part], [r["S"] for r in part]
        tau2, t, _ = tau_paule_mandel(y, s)
        target, to = back(scale, d, t), lambda v: back(scale, d, v)
        if not enough:
            return target
    z = [(a - t) / e for a, e in zip(y, s)]
    low, high = quantile(z, 0.1), quantile(z, 0.9)
    phi = math.fsum(min(max(v, low), high) ** 2 for v in z) / len(z)
    for r, a, e in zip(part, y, s):
        wide = math.sqrt(e * e + tau2)
        plain = [to(t - Z95 * e), to(t + Z95 * e), to(t - Z998 * e), to(t + Z998 * e)]
        if scale == "sqrt":
            size = num(r["denominator"])
            plain = [per / size * v for v in poisson_limits(size * ratio)]
        adjusted = [to(t - Z95 * wide), to(t + Z95 * wide), to(t - Z998 * wide), to(t + Z998 * wide)]
        adjusted = adjusted if tau2 > 0 else plain
        v, za = num(r["value"]), (a - t) / wide
        r["want"].update(z=(a - t) / e, z_adjusted=za, p_value=normal_p(za), direction=side(v, *adjusted[:2]),
                         outlier=flag(v, *adjusted), **dict(zip(FUNNEL, plain)), **dict(zip(ADJUSTED, adjusted)))
    d["spread"] = {"phi": phi, "tau2": tau2}
    return target


def ranks(rows):
    values = [num(r["value"]) for r in rows]
    n = len(values)
    errors = [r for r in rows if finite(r["Y"]) and finite(r["S"]) and r["S"] > 0]
    crit = NormalDist().inv_cdf(0.5 + 0.5 * 0.95 ** (1 / len(errors))) if errors else NAN
    for r in rows:
        v = num(r["value"])
        below, same = sum(a < v for a in values), sum(a == v for a in values)
        r["want"].update(rank=below + 1, areas_ranked=n, percentile=100 * (below + (same + 1) / 2 - 0.5) / n)
    for r in errors:
        low, high = r["Y"] - crit * r["S"], r["Y"] + crit * r["S"]
        r["want"].update(rank_lower=1 + sum(e["Y"] + crit * e["S"] < low for e in errors),
                         rank_upper=n - sum(e["Y"] - crit * e["S"] > high for e in errors))


def among_peers(d, kind, r, peers):
    """peers: rows of ranked peers."""
    want = r["want"]
    if not peers:
        return
    values = [num(p["value"]) for p in peers]
    want.update(peer_median=median(values), peer_lower_quartile=quantile(values, 0.25),
                peer_upper_quartile=quantile(values, 0.75))
    if not r["ranked"]:
        return
    v = num(r["value"])
    want.update(peers_ranked=len(peers) + 1, peer_rank=1 + sum(a < v for a in values))
    z = p = NAN
    if kind in ("clustered", "none"):
        y = [q["Y"] for q in peers if finite(q["Y"])]
        m, spread = mad_score(y) if y else (NAN, 0)
        if len(y) >= 8 and spread > 0 and finite(r["Y"]):
            z, k = (r["Y"] - m) / spread, len(y)
            p = student_p(z / (k / (k - 0.8)) / math.sqrt(1 + math.pi / 2 / k), 0.37 * (k - 1))
    else:
        with_s = [q for q in peers if finite(q["Y"], q["S"]) and q["S"] > 0]
        if len(with_s) >= 5 and finite(r["Y"], r["S"]) and r["S"] > 0:
            tau2, mu, var = tau_paule_mandel([q["Y"] for q in with_s], [q["S"] for q in with_s])
            z = (r["Y"] - mu) / math.sqrt(r["S"] ** 2 + tau2 + var)
            p = student_p(z, len(with_s) - 1)
    r["peer_p"] = p
    want["peer_z"] = z
    want["peer_direction"] = "" if not finite(p) else "similar" if p >= 0.05 else "lower" if z < 0 else "higher"
    opportunity(d, r, values, peers)


def opportunity(d, r, values, peers):
    size, v, good = num(r["denominator"]), num(r["value"]), d["polarity"]
    if good == "neither" or not size > 0 or len(values) < 5:
        return
    gap = (v - median(values)) * (1 if good == "low" else -1)
    scale = size / (d["per"] or 1)
    r["want"]["opportunity"] = max(0, gap) * scale
    se = (num(r["upper95"]) - num(r["lower95"])) / 3.92
    both = [(num(p["value"]), (num(p["upper95"]) - num(p["lower95"])) / 3.92) for p in peers]
    both = [b for b in both if finite(b[1]) and b[1] > 0]
    if len(both) >= 5 and finite(se) and se > 0:
        tau2 = tau_paule_mandel([b[0] for b in both], [b[1] for b in both])[0]
        mean = math.fsum(b[1] ** 2 for b in both) / len(both)
        half = 1.96 * math.sqrt(se * se + math.pi / 2 * (mean + tau2) / len(both))
        r["want"].update(opportunity_lower=max(0, gap - half) * scale, opportunity_upper=max(0, gap + half) * scale)


def trend(d, kind, r, by_year):
    """marker; the reason is the program's own wording and only has to be there."""
    year = year_of(r["period"])
    if not finite(num(r["value"])) or year is None or kind in ("clustered", "none") or d["measure"] == "total":
        return "not_calculable"
    five = [by_year.get(year - 4 + t) for t in range(5)]
    if any(f is None or not finite(num(f["value"])) for f in five):
        return "not_calculable"
    x, n, v = ([num(f[c]) for f in five] for c in ("numerator", "denominator", "value"))
    if kind == "counts" and d["measure"] == "proportion" and all(map(finite, x)) and all(map(finite, n)):
        if any(a <= 0 or a >= b for a, b in zip(x, n)):
            return "not_calculable"
        t = range(1, 6)
        N, X = math.fsum(n), math.fsum(x)
        nt = math.fsum(a * b for a, b in zip(n, t))
        xt = math.fsum(a * b for a, b in zip(x, t))
        ntt = math.fsum(a * b * b for a, b in zip(n, t))
        chi = N * (N * xt - X * nt) ** 2 / (X * (N - X) * (N * ntt - nt * nt))
        y, w = [math.log(a / (b - a)) for a, b in zip(x, n)], [1.0] * 5
    else:
        s = [(num(f["upper95"]) - num(f["lower95"])) / 3.92 for f in five]
        if not all(finite(a) and a > 0 for a in s):
            return "not_calculable"
        y, w = v, [1 / (a * a) for a in s]
        sw, swt = math.fsum(w), math.fsum(a * t for a, t in zip(w, range(1, 6)))
        chi = slope(y, w, range(5)) ** 2 / (sw / (sw * math.fsum(a * t * t for a, t in zip(w, range(1, 6))) - swt ** 2))
    slopes = [slope(y, w, [t for t in range(5) if t != out]) for out in (-1, 0, 1, 2, 3, 4)]
    same = all(b >= 0 for b in slopes) or all(b < 0 for b in slopes)
    return "none" if chi <= 9.54953570608324 or not same else "increasing" if slopes[0] >= 0 else "decreasing"


def figure_limits(d, kind, r):
    x, n = num(r["numerator"]), num(r["denominator"])
    if not finite(num(r["value"])) or kind in ("clustered", "none"):
        return [NAN] * 4
    if kind == "counts" and finite(x, n):
        per = d["per"]
        if d["measure"] == "proportion":
            return [per * v for v in wilson(x, n)]
        return [per * v / n for v in count_limits(x)]
    o = OBSERVED[r["indicator_id"], r["area_code"], r["period"]]
    return [num(o[c]) for c in LIMITS]


JUDGEMENT = {"low": {"lower": "better", "higher": "worse"}, "high": {"lower": "worse", "higher": "better"},
             "neither": {"lower": "lower", "higher": "higher"}}
NUMBERS = {"rank": 0, "rank_lower": 0, "rank_upper": 0, "areas_ranked": 0, "percentile": 1e-12, "peers_ranked": 0,
           "peer_rank": 0, "peer_median": 1e-12, "peer_lower_quartile": 1e-12, "peer_upper_quartile": 1e-12,
           "z": 1e-8, "phi": 1e-9, "tau2": 1e-8, "z_adjusted": 1e-8, "p_value": 1e-7, "q_value": 1e-7,
           "target": 1e-9, "opportunity": 1e-9, "opportunity_lower": 1e-8, "opportunity_upper": 1e-8,
           "peer_z": 1e-8, "peer_q": 1e-7, "q_area": 1e-7, "persistent_periods": 0,
           **{c: 1e-9 for c in (*LIMITS, *FUNNEL)}, **{c: 1e-8 for c in ADJUSTED}}
TEXTS = ("outlier", "direction", "judgement", "peer_direction", "trend")


def define(name, rows):
    d = DEFINED.get(name)
    if not d:
        return infer(rows)
    if d["measure"] == "proportion" and not d["per"]:
        d["per"] = 100.0
    if d["measure"] == "rate" and not d["per"]:
        d["per"] = 100000.0
    return d


def do_period(d, kind, rows, peers_of):
    for r in rows:
        r["want"] = {c: NAN for c in NUMBERS}
        r["want"].update(outlier="not_estimable", direction="", peer_direction="", persistent_periods=0)
        r["want"].update(zip(LIMITS, figure_limits(d, kind, r)))
        r["peer_p"] = NAN
        r["ranked"] = finite(num(r["value"])) and d["measure"] != "total" and not \
            (d["smallest"] and num(r["denominator"]) < d["smallest"])
    ranked = [r for r in rows if r["ranked"]]
    scale = scale_of(d, kind, ranked)
    for r in rows:
        r["Y"], r["S"] = point(scale, kind, d, r) if r["ranked"] else (NAN, NAN)
    d["spread"] = {}
    target = against_all(d, kind, scale, ranked)
    ranks(ranked)
    for r in rows:
        r["want"].update(d["spread"], target=target, areas_ranked=len(ranked))
    by_area = {r["area_code"]: r for r in ranked}
    for r in rows:
        if finite(num(r["value"])) and d["measure"] != "total":
            among_peers(d, kind, r, [by_area[p] for p in peers_of(r["area_code"], by_area) if p in by_area])
    for to, of in (("q_value", lambda r: r["want"]["p_value"]), ("peer_q", lambda r: r["peer_p"])):
        for r, q in zip(rows, bh([of(r) for r in rows])):
            r["want"][to] = q
    for r in rows:
        side = r["want"]["direction"]
        r["want"]["judgement"] = JUDGEMENT[d["polarity"]].get(side, side)


RECOMPUTED = {"rate", "proportion", "ratio", "published", "total"}


def take_as_found(rows):
    """Standardised figures need their age bands, which no published file has; only q_area uses them."""
    for r in rows:
        r["want"] = {**{c: num(r[c]) for c in NUMBERS}, **{c: r[c] for c in TEXTS}}
        r["ranked"] = r["rank"] != ""


def peers_reader():
    if len(sys.argv) < 4:
        return lambda area, ranked: [p for p in ranked if p != area]
    of, first = {}, None
    for r in read_csv(sys.argv[3]):
        first = first or r["grouping"]
        if r["grouping"] == first:
            of.setdefault(r["area_code"], []).append(r["peer_code"])
    return lambda area, ranked: of.get(area, [])


# ---- the other files ----

def variation(d, kind, rows):
    """The columns of one row without a prefix; scv may be negative."""
    counts = kind == "counts"
    plain = counts or kind != "published" and d["measure"] != "published" and \
        all(num(r["denominator"]) > 0 and num(r["numerator"]) >= 0 for r in rows)
    part = [r for r in rows if not counts or finite(num(r["numerator"])) and num(r["denominator"]) > 0]
    v = [num(r["value"]) for r in part]
    w = [num(r["denominator"]) for r in part]
    if plain:
        x = [num(r["numerator"]) for r in part]
        v = [a / b for a, b in zip(x, w)]
    elif not all(b > 0 for b in w):
        w = [1.0] * len(v)
    k = len(v)
    out = {"k": k}
    if not k:
        return out
    m = math.fsum(a * b for a, b in zip(v, w)) / math.fsum(w)
    out["overall_rate"] = m
    out["eq"] = ratio(max(v), min(v))
    out["p90_p10"] = ratio(quantile(v, 0.9), quantile(v, 0.1))
    out["iq_ratio"] = ratio(quantile(v, 0.75), quantile(v, 0.25))
    mean = math.fsum(v) / k
    out["cv"] = math.sqrt(math.fsum((a - mean) ** 2 for a in v) / (k - 1)) / mean if k > 1 and mean > 0 else NAN
    if m > 0:
        out["cv_pop_weighted"] = math.sqrt(math.fsum(b * (a - m) ** 2 for a, b in zip(v, w)) / math.fsum(w)) / m
    if m > 0 and min(v) >= 0:
        out["gini_pop_weighted"], out["theil_pop_weighted"] = gini_theil(v, w)
    if counts and m > 0:
        e = [m * b for b in w]
        own = 1 - m if d["measure"] == "proportion" else 1
        out["scv_diehr"] = math.fsum(((a - b) / b) ** 2 - own / b for a, b in zip(x, e)) / k
        out["chisq"], out["df"] = math.fsum((a - b) ** 2 / b for a, b in zip(x, e)), k - 1
        out["p"] = gamma_lower((k - 1) / 2, out["chisq"] / 2)[1] if k > 1 else NAN
    return out


def change(d, kind, first, last):
    """Ratio of SCV with a jackknife over the areas of both periods on its logarithm."""
    earlier = {r["area_code"]: r for r in first if r["ranked"]}
    both = [(earlier[r["area_code"]], r) for r in last if r["ranked"] and r["area_code"] in earlier]
    pair = [[(num(r[t]["numerator"]), num(r[t]["denominator"])) for r in both] for t in (0, 1)]
    keep = [i for i in range(len(both)) if all(finite(*pair[t][i]) for t in (0, 1))]
    pair = [[p[i] for i in keep] for p in pair]
    k, own = len(keep), d["measure"] == "proportion"
    if kind != "counts" or k < 3 or first is last:
        return {}

    def log_ratio(out):
        a, b = (scv([p for i, p in enumerate(pair[t]) if i != out], own) for t in (0, 1))
        return math.log(b / a) if a > 0 and b > 0 else NAN

    whole, without = log_ratio(-1), [log_ratio(i) for i in range(k)]
    if not finite(whole, *without):
        return {}
    mean = math.fsum(without) / k
    se = math.sqrt((k - 1) / k * math.fsum((v - mean) ** 2 for v in without))
    t = student_quantile(0.975, k - 1)
    return {"change": math.exp(whole), "change_lower95": math.exp(whole - t * se),
            "change_upper95": math.exp(whole + t * se), "change_p": student_p(whole / se, k - 1)}


def check_variation(tables):
    found, _ = table("variation.csv")
    wrong = {}
    for r in found:
        rows = [a for a in tables[r["indicator_id"]][r["period"]] if a["ranked"]]
        d = define(r["indicator_id"], [a for p in tables[r["indicator_id"]].values() for a in p])
        if d["measure"] not in RECOMPUTED:
            continue
        kind = tables[r["indicator_id"]][r["period"]][0]["kind"]
        values = [num(a["value"]) for a in rows]
        inner = [a for a in rows if quantile(values, 0.05) <= num(a["value"]) <= quantile(values, 0.95)]
        all_periods = tables[r["indicator_id"]]
        ranked = [p for p in sorted(all_periods) if any(a["ranked"] for a in all_periods[p])]
        since = change(d, kind, all_periods[ranked[0]], all_periods[r["period"]]) if ranked else {}
        for c in ("change", "change_lower95", "change_upper95", "change_p"):
            if differ(r[c], since.get(c, NAN), 1e-7, 1e-10):
                wrong.setdefault(c, []).append((r["indicator_id"], r["period"], r[c], since.get(c)))
        for prefix, these in (("", rows), ("trimmed_", inner)):
            want = variation(d, kind, these)
            if want.get("scv_diehr", 0) < 0:
                want["scv_diehr"] = 0.0
                if not prefix and "no systematic variation" not in r["status"]:
                    wrong.setdefault("status", []).append((r["indicator_id"], r["period"]))
            for c in ("k", "overall_rate", "eq", "p90_p10", "iq_ratio", "cv", "cv_pop_weighted", "scv_diehr",
                      "chisq", "df", "p", "gini_pop_weighted", "theil_pop_weighted"):
                if differ(r[prefix + c], want.get(c, NAN), 1e-9, 1e-12):
                    wrong.setdefault(prefix + c, []).append((r["indicator_id"], r["period"], r[prefix + c], want.get(c)))
    ok([k for k in tables if {r["period"] for r in found if r["indicator_id"] == k} != set(tables[k])],
       "variation.csv: a row for every indicator and period")
    ok([(c, w[:2]) for c, w in wrong.items()], "variation.csv: its measures")
    keys = [(r["indicator_id"].encode(), r["period"].encode()) for r in found]
    ok([k for k, l in zip(keys[1:], keys) if k <= l], "variation.csv: sorted")


def check_outliers(tables, latest):
    found, header = table("outliers.csv")
    keys = [tuple(r[c] for c in ("indicator_id", "period", "area_code")) for r in found]
    want = sorted(tuple(r[c] for c in ("indicator_id", "period", "area_code")) for i, p in latest.items()
                  for r in tables[i].get(p, []) if r["want"]["outlier"] in ("alert", "alarm"))
    ok([] if keys == want else list(set(keys) ^ set(want)) or ["order"], "outliers.csv: who is flagged in the latest period")
    ok([] if header[:3] == ["indicator_id", "area_code", "period"] else [header], "outliers.csv: its first columns")


def learn_from(d, name, rows, latest, tables, peers_of):
    by_area = {r["area_code"]: r for r in rows if finite(r["Y"], r["S"]) and r["S"] > 0}
    sign = {"high": 1, "low": -1}[d["polarity"]]
    spends = [{r["area_code"]: num(r["value"]) for r in tables[s].get(rows[0]["period"], [])}
              for s, o in PAIRS if o == name]
    for r in by_area.values():
        peers = [by_area[p] for p in peers_of(r["area_code"], by_area) if p in by_area]
        z = [sign * (p["Y"] - r["Y"]) / math.hypot(p["S"], r["S"]) for p in peers]
        found = []
        for p, q in zip(peers, bh([math.erfc(a / math.sqrt(2)) / 2 for a in z])):
            more = [s.get(p["area_code"], NAN) - s.get(r["area_code"], NAN) for s in spends]
            if q < 0.05 and all(m <= 0 for m in more):
                found.append((q, p["area_code"], more[0] if more else NAN))
        for q, code, more in sorted(found, key=lambda f: f[0]):
            yield (name, rows[0]["period"], r["area_code"], code), q, more, r, by_area[code]


def check_learning(tables, latest, peers_of):
    found, header = table("good_practice.csv")
    ok([] if header[:11] == "indicator_id,area_code,period,learn_from,learn_from_name,value,peer_value,difference,q,"
       "spend_difference,practice".split(",") else [header], "good_practice.csv: its columns")
    mine = {(r["indicator_id"], r["period"], r["area_code"], r["learn_from"]): r for r in found
            if define(r["indicator_id"], [{"kind": ""}])["measure"] in RECOMPUTED}
    want, wrong = {}, []
    for name, p in latest.items():
        d = define(name, [r for rows in tables[name].values() for r in rows])
        if p and d["polarity"] != "neither" and d["measure"] in RECOMPUTED:
            want.update((k, rest) for k, *rest in learn_from(d, name, tables[name][p], latest, tables, peers_of))
    ok(list(set(mine) ^ set(want)), "good_practice.csv: who can be learnt from")
    for k in set(mine) & set(want):
        r, (q, more, own, peer) = mine[k], want[k]
        if differ(r["q"], q, 1e-7, 1e-12) or differ(r["spend_difference"], more, 1e-12, 1e-9) or \
                differ(r["difference"], num(peer["value"]) - num(own["value"]), 1e-12, 1e-12) or \
                (r["value"], r["peer_value"]) != (own["value"], peer["value"]) or \
                r["practice"] != PRACTICE.get((k[0], k[3]), ""):
            wrong.append((k, r, q, more))
    ok(wrong, "good_practice.csv: its figures")
    order = [(r["indicator_id"], r["period"], r["area_code"], num(r["q"])) for r in found]
    ok([] if order == sorted(order) else ["order"], "good_practice.csv: sorted")


def main():
    global OBSERVED
    observations, header = table("observations.csv")
    ok([] if header[:13] == "indicator_id,area_code,period,numerator,denominator,value,lower95,upper95,status,source,"
       "file,line,rows".split(",") else [header], "observations.csv: its columns")
    found, header = table("assessment.csv")
    ok([] if header[:len(FIRST)] == FIRST else [header], "assessment.csv: its first columns in order")
    for name, rows in (("observations", observations), ("assessment", found)):
        keys = [tuple(r[c].encode() for c in ("indicator_id", "period", "area_code")) for r in rows]
        ok([k for k, l in zip(keys[1:], keys) if k <= l], f"{name}.csv: sorted, nothing twice")
    OBSERVED = {(o["indicator_id"], o["area_code"], o["period"]): o for o in observations}
    ok([k for k in OBSERVED if k not in {(r["indicator_id"], r["area_code"], r["period"]) for r in found}],
       "every observation is assessed")
    wrong = [r["area_code"] for r in found for c in ("numerator", "denominator", "value", "status")
             if r[c] != OBSERVED[r["indicator_id"], r["area_code"], r["period"]][c]]
    ok(wrong, "both files have the same figures")
    ok([(r["indicator_id"], r["area_code"], r["status"]) for r in found
        if (r["value"] == "") != (r["status"] in NO_VALUE)], "a missing value has a reason, a value none")
    peers_of, tables = peers_reader(), {}
    for r in found:
        tables.setdefault(r["indicator_id"], {}).setdefault(r["period"], []).append(r)
    every_trend, latest = [], {}
    for name, periods in tables.items():
        rows = [r for p in periods.values() for r in p]
        d = define(name, rows)
        kind = rows[0]["kind"]
        if d["measure"] not in RECOMPUTED:
            take_as_found(rows)
            have = [p for p in periods if any(finite(num(r["value"])) for r in periods[p])]
            latest[name] = max(have) if have else None
            continue
        for p in sorted(periods):
            do_period(d, kind, periods[p], peers_of)
        before = {}
        for p in sorted(periods):
            for r in periods[p]:
                w = r["want"]
                n, s = before.get(r["area_code"], (0, ""))
                on = w["outlier"] in ("alert", "alarm")
                w["persistent_periods"] = (n + 1 if s == w["direction"] else 1) if on else 0
                before[r["area_code"]] = (w["persistent_periods"], w["direction"]) if on else (0, "")
        by_year = {}
        for r in rows:
            by_year.setdefault(r["area_code"], {})[year_of(r["period"])] = r
        for r in rows:
            r["want"]["trend"] = trend(d, kind, r, by_year[r["area_code"]])
            if (r["trend"] == "not_calculable") != (r["trend_reason"] != ""):
                every_trend.append((name, r["area_code"]))
        have = [p for p in periods if any(finite(num(r["value"])) for r in periods[p])]
        latest[name] = max(have) if have else None
    ok(every_trend, "a trend that is not calculable has a reason, another none")
    areas = {}
    for name, p in latest.items():
        for r in tables[name].get(p, []):
            areas.setdefault(r["area_code"], []).append(r)
    for rows in areas.values():
        for r, q in zip(rows, bh([r["want"]["p_value"] for r in rows])):
            r["want"]["q_area"] = q
    for c, rel in NUMBERS.items():
        ok([(r["indicator_id"], r["area_code"], r["period"], r[c], r["want"][c]) for r in found
            if differ(r[c], r["want"][c], rel, 1e-10 if rel else 0)], f"assessment.csv: {c}")
    for c in TEXTS:
        ok([(r["indicator_id"], r["area_code"], r["period"], r[c], r["want"][c]) for r in found
            if r[c] != r["want"][c]], f"assessment.csv: {c}")
    check_variation(tables)
    check_outliers(tables, latest)
    check_learning(tables, latest, peers_of)


main()
sys.exit(1 if count[1] else 0)
