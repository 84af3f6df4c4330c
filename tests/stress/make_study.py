#!/usr/bin/env python3
"""make_study.py DIR AREAS INDICATORS [--long] [--odd] [--periods N]

Writes an invented study of that size into DIR, the same on every run. --long: names of areas and
indicators of 80 characters. --odd: the first indicators have what reports are seldom made for, each
in its title: no figure at all, one area only, all the same, one far from all others, negative
amounts, values from 1e-6 to 1e9, counts of 0, and a period in which everything is missing.
"""
import argparse
import csv
import os

SEED = 20161
PLACES = ["Withering", "Saint Aldhelm", "Ynys Môn", "Lower Marsh", "O'Hara's Bank", "Great Snoring",
          "Upper Dale*", "Kirkby-in-the-Vale", "Stow [North]", "Llanfair Pwll", "Ashby", "Tarn\\Fell"]
LINKS = [" and ", " with ", ", formerly ", " upon ", " under "]
THINGS = ["Emergency admissions", "spending on nursing homes", "days of delayed transfers of care",
          "people who say that they feel safe", "carers’ assessments", "reablement after a stay in hospital",
          "younger adults in long-term residential care", "telecare and equipment"]


class Chance:
    """Park and Miller 1988: the same on every machine."""

    def __init__(self, seed):
        self.seed = seed

    def uniform(self):
        self.seed = self.seed * 16807 % 2147483647
        return self.seed / 2147483647

    def normal(self):
        return sum(self.uniform() for _ in range(12)) - 6

    def count(self, mean):
        return max(0, round(mean + mean ** 0.5 * self.normal()))


def long_text(parts, links, number, length=80):
    """Exactly `length` characters, different for each number."""
    text = parts[number % len(parts)]
    k = number
    while len(text) < length:
        k = k * 7 + 3
        text += links[k % len(links)] + parts[k // 3 % len(parts)]
    end = f" {number}"
    return text[:length - len(end)].rstrip(" ,") .ljust(length - len(end), "x") + end


# ---- what is unusual -----------------------------------------------------------------------------
# (title, measure, role, value for area a of n, in period p)

def outlier(chance, a, n):
    return 5e6 if a == n - 1 else 40 + chance.normal()


ODD = [
    ("No figure at all", "published", "outcome", lambda c, a, n, p: ""),
    ("A figure for one area only", "published", "outcome", lambda c, a, n, p: 12.5 if a == 2 else ""),
    ("The same everywhere", "published", "outcome", lambda c, a, n, p: 7.25),
    ("One far from all others", "published", "outcome", lambda c, a, n, p: outlier(c, a, n)),
    ("Payments that are negative", "ratio", "spend", lambda c, a, n, p: round(-4e6 * (1 + 0.2 * c.normal()))),
    ("Payments of either sign", "ratio", "spend", lambda c, a, n, p: round(1e6 * c.normal())),
    ("From a millionth to a thousand million", "published", "process",
     lambda c, a, n, p: 10 ** (-6 + 15 * a / max(1, n - 1))),
    ("Counts of none", "rate", "outcome", lambda c, a, n, p: 0),
    ("Missing in the latest period", "published", "outcome", lambda c, a, n, p: "" if p == 0 else 50 + c.normal()),
    ("All of everyone", "proportion", "experience", lambda c, a, n, p: None),
    ("Tiny shares", "proportion", "experience", lambda c, a, n, p: 1 if a % 2 else 0),
    ("A total that is huge", "total", "spend", lambda c, a, n, p: round(1e9 * (a + 1))),
]
USUAL = [("rate", "outcome"), ("ratio", "spend"), ("proportion", "outcome"), ("published", "experience"),
         ("rate", "activity"), ("rate", "need")]


def indicators(args):
    for i in range(args.indicators):
        if args.odd and i < len(ODD):
            title, measure, role, value = ODD[i]
            yield i, title, measure, role, value
        else:
            measure, role = USUAL[i % len(USUAL)]
            title = f"Indicator {i + 1}"
            if args.long:
                title = long_text(THINGS, [", ", " and ", " or "], i + 1)
            yield i, title, measure, role, None


def usual(measure, chance, own, people, clients):
    if measure == "rate":
        return chance.count(people * 0.006 * own)
    if measure == "ratio":
        return round(people * 400 * own)
    if measure == "proportion":
        return min(clients, chance.count(clients * 0.3 * own))
    return round(60 * own + chance.normal(), 1)


def write_data(args, wanted):
    chance = Chance(SEED)
    people = [round(20000 + 80000 * 2.7 ** (0.7 * chance.normal())) for _ in range(args.areas)]
    with open(f"{args.dir}/data/areas.csv", "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f)
        out.writerow(["code", "name", "region", "score"])
        for a in range(args.areas):
            name = long_text(PLACES, LINKS, a + 1) if args.long else f"{PLACES[a % len(PLACES)]} {a + 1}"
            out.writerow([f"S{a + 1:08d}", name, f"Region {a % 9 + 1}", round(20 + 6 * chance.normal(), 1)])
    with open(f"{args.dir}/data/figures.csv", "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f)
        out.writerow(["code", "year", "people", "clients"] + [f"x{i + 1:03d}" for i, *_ in wanted])
        own = {(a, i): 2.7 ** (0.15 * chance.normal()) for a in range(args.areas) for i, *_ in wanted}
        for a in range(args.areas):
            for p in reversed(range(args.periods)):
                clients = people[a] // 25
                row = [f"S{a + 1:08d}", f"{2019 - p}-{(2020 - p) % 100:02d}", people[a], clients]
                for i, _, measure, _, value in wanted:
                    if value is None:
                        row.append(usual(measure, chance, own[a, i], people[a], clients))
                    else:
                        x = value(chance, a, args.areas, p)
                        row.append(clients if x is None else x)
                out.writerow(row)


QUANTITIES = {
    "rate": ("per: 100000", "people", "per 100,000 people"),
    "ratio": ("per: 1", "people", "£ per person"),
    "proportion": ("per: 100", "clients", "per cent of clients"),
    "published": ("kind: published", None, "points"),
    "total": ("per: 1", None, "£"),
}


def write_study(args, wanted):
    lines = [f"""id: stress
title: {'"' + long_text(THINGS, [", ", " and "], 3) + '"' if args.long else 'A study that strains the reports'}
subtitle: {args.areas} areas, {args.indicators} indicators, {args.periods} periods
publisher: tests/stress
status: Invented data
contact: nobody@example.org
next_release: never
edition: 2020-10-24
notice: All data in this report are invented. No real place, person or publication is described.
areas:
  source: areas
  code: code
  name: name
  singular: council
  plural: councils
  nation: {"The United Kingdom of Great Marsh and Northern Withering" if args.long else "All councils"}
  classes:
    - {{id: region, title: region}}
sources:
  - {{id: areas, title: Areas, publisher: tests/stress, path: data/areas.csv, shape: wide_by_measure,
     area: {{column: code}}, period: {{constant: 2019-20}}}}
  - {{id: figures, title: Figures, publisher: tests/stress, path: data/figures.csv,
     shape: wide_by_measure, area: {{column: code}}, period: {{column: year}}}}
peers:
  - id: neighbours
    title: 15 nearest neighbours
    method: neighbours
    variables:
      - {{id: score, title: score, value: {{source: areas, columns: score}}}}
      - {{id: people, title: people, value: {{source: figures, columns: people}}}}
  - {{id: region, title: same region, method: class, class: region}}
indicators:"""]
    for i, title, measure, role, _ in wanted:
        per, below, unit = QUANTITIES[measure]
        column = f"x{i + 1:03d}"
        lines.append(f"""  - id: {column}
    title: "{title}"
    measure: {measure}
    unit: {unit}
    polarity: {["low", "high", "neither"][i % 3]}
    role: {role}
    domain: {"Health, care and wellbeing of people in later life" if args.long else "Domain"} {i // 10 + 1}""")
        if measure == "published":
            lines.append(f"    value: {{source: figures, columns: {column}}}")
        else:
            if measure != "total":
                lines.append(f"    {per}")
            lines.append(f"    numerator: {{source: figures, columns: {column}}}")
        if below:
            lines.append(f"    denominator: {{source: figures, columns: {below}}}")
        if i % 2 == 0:
            lines.append("    why: It is here so that the layout of the reports can be proved.\n"
                         "    questions: [Does this agree with our own records, and if not, why not?]")
    with open(f"{args.dir}/study.yaml", "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dir")
    parser.add_argument("areas", type=int)
    parser.add_argument("indicators", type=int)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--odd", action="store_true")
    parser.add_argument("--periods", type=int, default=5)
    args = parser.parse_args()
    os.makedirs(f"{args.dir}/data", exist_ok=True)
    wanted = list(indicators(args))
    write_data(args, wanted)
    write_study(args, wanted)


if __name__ == "__main__":
    main()
