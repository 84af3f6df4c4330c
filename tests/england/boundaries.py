#!/usr/bin/env python3
"""Works out again, from the publishers' files and by rules written down here, what a study of
England's councils on two maps must show: those of March 2017 and those of April 2023.

usage: boundaries.py DATA_DIRECTORY EDITION_2017 EDITION_2023

The figures: gross current expenditure on adult social care 2016-17 (£ thousand, ASC-FR), per person aged
18 and over in mid-2016. Prints TAP lines."""
import csv
import sys

data, edition_2017, edition_2023 = sys.argv[1:4]
n = 0


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        yield from csv.DictReader(f)


def ok(good, name, *found):
    global n
    n += 1
    print(f"{'ok' if good else 'not ok'} {n} - {name}")
    if not good:
        for line in found:
            print("#", line)


# ---- the publishers' figures, by the codes that they use -------------------------------------------
spend, people = {}, {}
for r in rows(f"{data}/ascfr_2016-17_totals.csv"):
    if r["GEOGRAPHY_CODE"] and r["DataType_KEY"] == "1" and r["GROSSCURRENTEXPENDITURE"]:
        spend[r["GEOGRAPHY_CODE"]] = spend.get(r["GEOGRAPHY_CODE"], 0) + float(r["GROSSCURRENTEXPENDITURE"])
letters = {r["gss-code"]: r["county-la"]
           for r in rows(f"{data}/lookup_mysociety_uk_local_authorities.csv")}
letters["E07000201"] = letters["E07000204"]  # that lookup has Forest Heath in Surrey
county = {r["local-authority-code"]: r["gss-code"]
          for r in rows(f"{data}/lookup_mysociety_uk_local_authorities.csv")}
for r in rows(f"{data}/ons_population_single_year_of_age_by_LA.csv"):
    if r["year"] != "2016" or not r["code"].startswith("E"):
        continue
    adults = sum(int(r[f"Age {age}"]) for age in range(18, 90)) + int(r["Aged 90+"])
    code = county[letters[r["code"]]] if r["code"].startswith("E07") else r["code"]
    people[code] = people.get(code, 0) + adults

# ---- what the two maps make of them ------------------------------------------------------------------
SHARES = {"E06000061": ("E10000021", 0.462833), "E06000062": ("E10000021", 0.537167),
          "E06000063": ("E10000006", 0.549032), "E06000064": ("E10000006", 0.450968)}


def map_of_2017():
    want = {c: ("", x, people.get(c)) for c, x in spend.items()}
    want["E10000002"] = ("restated", spend["E10000002"], people["E06000060"])
    want["E10000021"] = ("restated", spend["E10000021"], people["E06000061"] + people["E06000062"])
    for code in ("E06000028", "E06000029", "E10000009"):
        want[code] = ("boundary_change", spend[code], None)
    want["E06000053"] = ("not_reported", None, people["E06000053"])
    return want


def map_of_2023():
    gone = {"E06000028", "E06000029", "E10000002", "E10000006", "E10000009", "E10000021",
            "E10000023", "E10000027"}
    want = {c: ("", x, people.get(c)) for c, x in spend.items() if c not in gone}
    for new, old in (("E06000065", "E10000023"), ("E06000066", "E10000027")):
        want[new] = ("restated", spend[old], people[old])
    want["E06000060"] = ("restated", spend["E10000002"], people["E06000060"])
    for code, (old, share) in SHARES.items():
        n_people = people[code] if code in people else share * people[old]
        want[code] = ("estimated", share * spend[old], n_people)
    for code in ("E06000058", "E06000059"):
        want[code] = ("boundary_change", None, people[code])
    want["E06000053"] = ("not_reported", None, people["E06000053"])
    return want


def near(text, x):
    return text == "" if x is None else bool(text) and abs(float(text) - x) <= 1e-9 * abs(x)


def compare(name, edition, want):
    found = {r["area_code"]: r for r in rows(f"{edition}/data/observations.csv")}
    ok(set(found) == set(want), f"{name}: {len(want)} councils", set(found) ^ set(want))
    off = []
    for code, (status, x, m) in want.items():
        r = found.get(code, {})
        value = 1000 * x / m if x is not None and m else None
        if not r or r["status"] != status or not near(r["value"], value) or \
                not near(r["numerator"], x) or not near(r["denominator"], m):
            off.append(f"{code}: wanted {status, x, m, value}, found {r}")
    ok(not off, f"{name}: every figure and status", *off)
    have = sum(1 for s, x, m in want.values() if x is not None and m)
    ok(sum(1 for r in found.values() if r["value"]) == have, f"{name}: {have} have a value")
    unranked = {c for c, r in found.items() if r["value"] and not r["rank"]}
    ok(unranked == {c for c, w in want.items() if w[0] == "estimated"},
       f"{name}: estimates alone are not ranked", unranked)


compare("map of 2017", edition_2017, map_of_2017())
compare("map of 2023", edition_2023, map_of_2023())
ok(sum(1 for s, x, m in map_of_2017().values() if x is not None and m) == 148,
   "148 councils as in the study of England")
