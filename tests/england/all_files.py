#!/usr/bin/env python3
"""The two studies under all-files against an independent reading of the files with Python's csv module.

usage: all_files.py DATA_DIRECTORY COUNCILS_EDITION REGIONS_EDITION REPOSITORY

Also holds that every table in DATA_DIRECTORY is a source of some study. Prints TAP lines."""
import csv
import glob
import math
import os
import re
import sys

DATA, COUNCILS, REGIONS, REPOSITORY = sys.argv[1:5]
NOT_TABLES = ("boundaries_CTYUA_dec2023_UK_BSC.geojson", "hexmap_upper_tier_las.hexjson.json")
SAME_GROUND = {"E10000002": "E06000060", "E10000023": "E06000065", "E10000027": "E06000066"}
DIVIDED = {"E10000006", "E10000021"}  # Cumbria, Northamptonshire
PARTS = {"E06000061", "E06000062", "E06000063", "E06000064"}
MOVED = {"E06000028", "E06000029", "E10000009"}  # Bournemouth, Poole and the former Dorset
YEARS = (2015, 2017, 2018)

test = [0, 0]


def ok(good, name, detail=""):
    test[0] += 1
    test[1] += not good
    print(f"{'ok' if good else 'not ok'} {test[0]} - {name}{'' if good else ': ' + str(detail)[:300]}")


def rows(*path):
    with open(os.path.join(*path), newline="", encoding="utf-8-sig") as f:
        return list(csv.DictReader(f))


def edition(folder):
    """{(indicator, period): {area: row}}."""
    out = {}
    for r in rows(folder, "data", "observations.csv"):
        out.setdefault((r["indicator_id"], r["period"]), {})[r["area_code"]] = r
    return out


def close(text, value):
    return text != "" and abs(float(text) - value) <= 1e-9 * max(1, abs(value))


def same(found, key, want, areas, columns=("value",)):
    """The rows of an indicator and period are those of {area: tuple of columns}; all other areas are there
    without a value and with a reason."""
    mine, wrong = found.get(key, {}), []
    for area in areas:
        r = mine.get(area)
        if r is None:
            wrong.append(f"{area}: no row")
        elif area in want:
            if r["status"] or not all(close(r[c], v) for c, v in zip(columns, want[area])):
                wrong.append(f"{area}: {[r[c] for c in columns]} {r['status']}, expected {want[area]}")
        elif r["value"] or not r["status"]:
            wrong.append(f"{area}: {r['value']} {r['status']}, expected none")
    ok(not wrong and len(mine) == len(areas), f"{key[0]}, {key[1]}: {len(want)} of {len(areas)}", wrong[:3])


def check_councils():
    found = edition(COUNCILS)
    areas = {r["UTLACD"] for r in rows(DATA, "lookup_utla_all_codes.csv") if r["CTRYCD"] == "E92000001"}
    ok(len(areas) == 153, "153 councils of 2023", len(areas))
    today = {r["LADCD"]: r["UTLACD"] for r in rows(DATA, "lookup_la_all_codes_with_successors.csv")}

    people = {}
    for r in rows(DATA, "ons_population_single_year_of_age_by_LA.csv"):
        if r["year"] == "2020" and r["code"].startswith("E"):
            n = sum(int(v) for k, v in r.items() if k.startswith(("Age ", "Aged ")))
            people[today[r["code"]]] = people.get(today[r["code"]], 0) + n
    same(found, ("population", "2020-21"), {a: (n,) for a, n in people.items()}, areas)
    ok(sum(people.values()) == 56550138, "56,550,138 people in England in mid-2020, as the ONS published",
       sum(people.values()))

    infections = [r for r in rows(DATA, "fingertips_UTLA_campylobacter_2015-2017.csv")
                  if r["Area Type"] == "County & UA" and r["Area Code"] not in DIVIDED | MOVED and r["Value"]]
    for name, age, columns in (
            ("campylobacter_value", "All ages", ("Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit")),
            ("campylobacter_all_ages", "All ages", ("Count", "Denominator")),
            ("campylobacter_0_9", "0-9 yrs", ("Count", "Denominator"))):
        names = ("value", "lower95", "upper95") if len(columns) == 3 else ("numerator", "denominator")
        for year in ("2015", "2016", "2017")[:3 if age == "All ages" else 2]:
            want = {}
            for r in infections:
                code = SAME_GROUND.get(r["Area Code"], r["Area Code"])
                if (r["Age"], r["Time period"]) == (age, year):
                    want[today.get(code, code)] = tuple(float(r[c]) for c in columns)
            same(found, (name, year), want, areas, names)

    for year in YEARS:
        table = {}
        for r in rows(DATA, f"ons_health_index_indicators_UTLA_{year}.csv"):
            code = SAME_GROUND.get(r["Area code"], r["Area code"])
            if code not in DIVIDED:
                table[today.get(code, code)] = r
        for column in ("alc", "self_harm", "frailty"):
            same(found, (f"health_{year}_{column}", str(year)),
                 {a: (float(r[column]),) for a, r in table.items() if r[column]}, areas)
        cells = {a: [v for k, v in r.items() if k not in ("Area code", "Area name")] for a, r in table.items()}
        same(found, (f"health_{year}_all_cells", str(year)),
             {a: (math.fsum(map(float, c)),) for a, c in cells.items() if all(c)}, areas)
    check_rejects()


def check_rejects():
    """Cumbria and Northamptonshire in each of the six years and ages, and nothing else."""
    found = {}
    for r in rows(COUNCILS, "data", "rejects.csv"):
        key = next((c for c in DIVIDED if c in r["text"]), "another")
        ok(r["rule"] == "unknown-area" and r["expected"] == "true" and key in DIVIDED,
           f"{r['file']}:{r['line']} is rejected with reason", r)
        found[r["file"], key] = found.get((r["file"], key), 0) + 1
    want = {(f"ons_health_index_indicators_UTLA_{y}.csv", c): 1 for y in YEARS for c in DIVIDED}
    want.update({("fingertips_UTLA_campylobacter_2015-2017.csv", c): 5 for c in DIVIDED})
    ok(found == want, "nothing else is rejected", found)


def check_regions():
    found = edition(REGIONS)
    regions = {r["RGN_code"] for r in rows(DATA, "lookup_area_to_region.csv") if r["RGN_code"].startswith("E")}
    # The publisher adds up its own regions.
    for year in ("2015", "2016", "2017"):
        want = {r["Area Code"]: (float(r["Count"]), float(r["Denominator"]))
                for r in rows(DATA, "fingertips_UTLA_campylobacter_2015-2017.csv")
                if r["Area Type"] == "Region" and r["Age"] == "All ages" and r["Time period"] == year}
        same(found, ("campylobacter", year), want, regions, ("numerator", "denominator"))
    of = {r["ecode"]: r["ons_region_code"] for r in rows(DATA, "lookup_ecode_to_ons_2012.csv")}
    spent = {}
    with open(os.path.join(DATA, "mhclg_revenue_outturn_summary_RS_fy2011.csv"), newline="",
              encoding="utf-8-sig") as f:
        for r in csv.reader(f):
            if re.fullmatch(r"E\d{4}", r[0]) and r[3] in ("UA", "SC", "MD", "L"):
                spent[of[r[0]]] = spent.get(of[r[0]], 0) + 1000 * float(r[7].replace(",", ""))
    same(found, ("adult_social_care", "2011-12"), {a: (v,) for a, v in spent.items()}, regions)
    ok(round(sum(spent.values())) == 14725296000, "14,725,296 thousand pounds in England", sum(spent.values()))
    ok(not rows(REGIONS, "data", "rejects.csv"), "nothing is rejected by region")


def check_all_are_read():
    text = ""
    for path in glob.glob(os.path.join(REPOSITORY, "indicators", "*", "*.yaml")) + \
            glob.glob(os.path.join(REPOSITORY, "tests", "england", "all-files", "*", "*.yaml")):
        with open(path, encoding="utf-8") as f:
            text += f.read()
    named = set(re.findall(r"\bfile: *([\w.-]+)", text))
    missing = sorted(set(os.listdir(DATA)) - named - set(NOT_TABLES))
    ok(not missing, "every table of the folder is a source of a study", missing)


check_councils()
check_regions()
check_all_are_read()
sys.exit(1 if test[1] else 0)
