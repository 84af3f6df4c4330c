#!/usr/bin/env python3
"""attack.py make DIR hidden|shown | attack DIR EDITION SECRETS

make   writes a study with one suppressed council into DIR, and what was suppressed into secrets.json;
       `shown` writes the same figures without suppressing them.
attack tries to work the suppressed figures out of the published files and what everybody knows (how
       many people live where), and prints what it finds: "channel: what = figure". With `--blank`
       it first forgets the row of the council itself, as if nothing but that row had been hidden: a
       publisher without guard rails. That shows that the attacks work.
"""
import csv, json, math, re, subprocess, sys, zipfile
from itertools import permutations
from pathlib import Path

N, HIDDEN = 30, 17  # councils; the one that is suppressed
SECRET = f"K{HIDDEN:02d}"
CODES = [f"K{a:02d}" for a in range(1, N + 1)]


def figures(a):
    """Everything about council a, in numbers that do not meet by chance."""
    f = {"people": 100003 + 7919 * a, "young": 0, "men": 1201 + 37 * a * a % 997,
         "women": 1409 + 53 * a * a % 1013, "clients": 20011 + 131 * a, "alone": 3001 + 71 * a}
    f["young"] = round(f["people"] * (0.7 + 0.004 * (a * 13 % 17)))
    f["old"] = f["people"] - f["young"]
    f["all"] = f["men"] + f["women"]
    f["deaths_young"] = 211 + 17 * a % 101
    f["deaths_old"] = 903 + 29 * a % 211
    f["month"] = 97 + 3 * a
    return f


def byar(x, n, z=1.959963984540054):
    low = x * (1 - 1 / (9 * x) - z / 3 / math.sqrt(x)) ** 3
    up = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / 3 / math.sqrt(x + 1)) ** 3
    return 1e5 * low / n, 1e5 * up / n


STUDY = """id: guarded
title: Guarded
publisher: P
areas: {source: areas, code: code, name: name, singular: council, plural: councils, nation: England}
sources:
  - {id: areas, title: Areas, publisher: P, path: areas.csv}
  - {id: s, title: Counts, publisher: P, path: counts.csv, area: {column: code, national: ENG},
     period: {constant: '2016'}, missing: {'*': suppressed}}
  - {id: ages, title: Ages, publisher: P, path: ages.csv, area: {column: code, national: ENG},
     period: {constant: '2016'}, missing: {'*': suppressed}}
  - {id: months, title: Months, publisher: P, path: months.csv, area: {column: code},
     period: {column: month}, missing: {'*': suppressed}}
indicators:
"""
ITEM = """  - id: {0}
    title: Indicator {0}
    domain: D
    role: outcome
    measure: {1}
{2}"""
SOURCE = "    {0}: {{source: s, columns: {1}}}\n"
PLAIN = "    polarity: low\n    unit: per 100,000 people\n"


def write(path, header, rows):
    with open(path, "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([header] + rows)


def indicators():
    rate = lambda column: PLAIN + SOURCE.format("numerator", column) + SOURCE.format("denominator", "people")
    part = lambda column: "    polarity: low\n" + SOURCE.format("numerator", column) + SOURCE.format("denominator", "all")
    published = lambda v: (PLAIN + SOURCE.format("value", v) + "    lower95: {columns: %s_lo}\n" % v
                           + "    upper95: {columns: %s_up}\n" % v)
    by_age = "".join("    %s: {source: ages, columns: %s, age: {column: age}}\n" % pair
                     for pair in (("numerator", "deaths"), ("denominator", "people")))
    return [
        ("alone", "rate", rate("alone")),
        ("alone_total", "total", "    unit: people\n" + SOURCE.format("numerator", "alone")),
        ("alone_published", "published",
         published("v") + SOURCE.format("numerator", "alone") + SOURCE.format("denominator", "people")),
        ("clients_published", "published", published("w") + SOURCE.format("numerator", "clients")
         + SOURCE.format("denominator", "hidden_people")),
        ("all", "rate", rate("all")), ("men", "rate", rate("men")), ("women", "rate", rate("women")),
        ("men_share", "proportion", part("men")), ("women_share", "proportion", part("women")),
        ("deaths", "isr", "    polarity: low\n    unit: per 100 expected\n" + by_age),
        ("delays", "total", "    unit: days\n    numerator: {source: months, columns: days, sum: true,"
         " gather: calendar_year}\n"),
    ]


def make(folder, hide):
    folder.mkdir(parents=True, exist_ok=True)
    star = lambda a, x: "*" if hide and a == HIDDEN else x
    every = {a: figures(a) for a in range(1, N + 1)}
    total = {k: sum(f[k] for f in every.values()) for k in every[1]}
    rows, ages, months = [], [], []
    for a in [*every, "ENG"]:
        f, code = (total, "ENG") if a == "ENG" else (every[a], f"K{a:02d}")
        v, w = 1e5 * f["alone"] / f["people"], 1e5 * f["clients"] / f["people"]
        rows.append([code, f["people"], star(a, f["people"]), star(a, f["alone"]), star(a, f["clients"]),
                     v, *byar(f["alone"], f["people"]), w, *byar(f["clients"], f["people"]),
                     f["all"], f["men"], star(a, f["women"])])
        ages += [[code, "0-64", star(a, f["deaths_young"]), f["young"]],
                 [code, "65+", f["deaths_old"], f["old"]]]
        if a != "ENG":
            months += [[code, f"2016-{m:02d}", star(a, f["month"]) if m == 5 else f["month"]]
                       for m in range(1, 13)]
    write(folder / "areas.csv", ["code", "name"], [[c, "Council " + c] for c in CODES])
    write(folder / "counts.csv", "code people hidden_people alone clients v v_lo v_up w w_lo w_up all men women"
          .split(), rows)
    write(folder / "ages.csv", ["code", "age", "deaths", "people"], ages)
    write(folder / "months.csv", ["code", "month", "days"], months)
    (folder / "study.yaml").write_text(STUDY + "".join(ITEM.format(*i) for i in indicators()))
    f = every[HIDDEN]
    (folder / "secrets.json").write_text(json.dumps({k: f[k] for k in
                                                     ("alone", "clients", "women", "deaths_young", "month")}))


# ---- the attacker -------------------------------------------------------------------------------

def number(text):
    return float(text) if text else None


class Edition:
    def __init__(self, folder, blank):
        self.folder = Path(folder)
        self.rows = {}
        for row in csv.DictReader(open(self.folder / "data/assessment.csv")):
            if blank and row["area_code"] == SECRET:
                keep = ("indicator_id", "area_code", "comparator_value", "target")
                if row["indicator_id"].endswith("_published"):
                    keep += ("value", "lower95", "upper95")
                if row["indicator_id"] in ("all", "men", "men_share"):
                    keep += ("numerator", "denominator")
                row = {k: v if k in keep else "" for k, v in row.items()}
                if row["indicator_id"] == "women_share":
                    row["denominator"] = str(figures(HIDDEN)["all"])
            self.rows.setdefault(row["indicator_id"], {})[row["area_code"]] = row
        self.variation = {r["indicator_id"]: r for r in csv.DictReader(open(self.folder / "data/variation.csv"))}

    def get(self, i, code, column):
        return number(self.rows[i][code][column])

    def texts(self):
        for pdf in [self.folder / "national.pdf", self.folder / f"areas/{SECRET}.pdf"]:
            if pdf.exists():
                yield subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True).stdout
        for name in self.folder.glob("data/*.csv"):
            yield name.read_text()
        for book in self.folder.glob("*.xlsx"):
            with zipfile.ZipFile(book) as z:
                yield " ".join(re.sub(r"<[^>]*>", " ", z.read(n).decode()) for n in z.namelist() if n.endswith(".xml"))


def others(e, i, column):
    found = [e.get(i, c, column) for c in CODES if c != SECRET]
    return None if None in found else sum(found)


def nation_less_others(e):
    """Any published rate of the whole, times everybody, less what is known."""
    people = sum(figures(a)["people"] for a in range(1, N + 1))
    for i in e.rows:
        x = others(e, i, "numerator")
        if x is None or i == "deaths" or i.endswith("_share"):
            continue
        for column in ("comparator_value", "target"):
            whole = e.get(i, SECRET, column)
            if whole is not None:
                yield f"{i} {column}", whole - x if i.endswith("total") else whole * people / 1e5 - x
        rate = number(e.variation[i]["overall_rate"])
        if rate is not None:
            yield f"{i} overall rate", rate * people - x


def printed_sums(e):
    """Any number in any report, less what is known."""
    numbers = set()
    for text in e.texts():
        numbers |= {float(t.replace(",", "")) for t in re.findall(r"\d{1,3}(?:,\d{3})+|\d{4,}", text)}
    for i in e.rows:
        x = others(e, i, "numerator")
        if x:
            for n in numbers:
                yield f"{i} printed", n - x


def within_cell(e):
    for i, rows in e.rows.items():
        row = rows[SECRET]
        value, n = number(row["value"]), figures(HIDDEN)["people"]
        if value is not None and not row["numerator"] and row["denominator"]:
            yield f"{i} value x denominator", value * n / 1e5
        low, up = number(row["lower95"]), number(row["upper95"])
        if low is None or up is None or row["numerator"]:
            continue
        if value is None:
            yield f"{i} middle of limits", (low + up) / 2 * n / 1e5
        if value and i.endswith("published"):
            best = min(range(1000, 40000), key=lambda x: abs(byar(x, 1)[1] / byar(x, 1)[0] - up / low))
            yield f"{i} width of limits", best


def complements(e):
    for whole, part, rest in permutations(e.rows, 3):
        for column in ("numerator", "denominator"):
            known = [(e.get(whole, c, column), e.get(part, c, "numerator"), e.get(rest, c, "numerator"))
                     for c in CODES if c != SECRET]
            if any(None in k or k[0] != k[1] + k[2] for k in known):
                continue
            a, b = e.get(whole, SECRET, column), e.get(part, SECRET, "numerator")
            if a is not None and b is not None:
                yield f"{whole} {column} less {part}", a - b
            national = [e.get(k, SECRET, "comparator_value") for k in (whole, part)]
            if column == "numerator" and None not in national and not rest.endswith("share"):
                people = sum(figures(x)["people"] for x in range(1, N + 1))
                yield (f"national {whole} less {part}",
                       (national[0] - national[1]) * people / 1e5 - others(e, rest, "numerator"))


def expected_events(e):
    """The nation's rates by age from the expected events of two councils, then its deaths."""
    expected = {c: e.get("deaths", c, "denominator") for c in CODES}
    p, q = figures(1), figures(2)
    if expected["K01"] is None or expected["K02"] is None:
        return
    d = p["young"] * q["old"] - p["old"] * q["young"]
    young = (expected["K01"] * q["old"] - p["old"] * expected["K02"]) / d
    old = (p["young"] * expected["K02"] - q["young"] * expected["K01"]) / d
    all_of = lambda k: sum(figures(a)[k] for a in range(1, N + 1))
    deaths = young * all_of("young") + old * all_of("old")
    yield "expected events", deaths - others(e, "deaths", "numerator") - figures(HIDDEN)["deaths_old"]


def attack(edition, secrets, blank):
    e, found = Edition(edition, blank), set()
    for channel in (nation_less_others, printed_sums, within_cell, complements, expected_events):
        for what, x in channel(e):
            for name, secret in secrets.items():
                if abs(x - secret) < 0.6:
                    found.add(f"{channel.__name__}: {what} = {name} {secret}")
    empty = ("rank percentile z z_adjusted p_value q_value funnel_lower95 funnel_upper95 adjusted_lower95 "
             "adjusted_upper95 peer_rank peer_z opportunity").split()
    for i, rows in e.rows.items():
        row = rows[SECRET]
        if not blank and row["status"] == "suppressed":
            found |= {f"verdict: {i} {k} = {row[k]}" for k in empty if row[k]}
            found |= {f"verdict: {i} {k} = {row[k]}" for k in ("value", "lower95", "upper95") if row[k]}
    for name, secret in secrets.items():
        for row in csv.reader(open(e.folder / "data/observations.csv")) if not blank else ():
            if SECRET in row and any(re.fullmatch(rf"{secret}(\.0+)?", cell) for cell in row[3:8]):
                found.add(f"observations: {row[0]} = {name} {secret}")
    return sorted(found)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), sys.argv[3] == "hidden")
    else:
        secrets = json.loads(Path(sys.argv[3]).read_text())
        print("\n".join(attack(sys.argv[2], secrets, "--blank" in sys.argv)))
