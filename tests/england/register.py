#!/usr/bin/python3
"""Holds indicators/registers/ against itself and, where ../shared/data is there, against three lookups
and the population file that others made.   register.py [SHARED_DATA]

Prints what does not agree and ends with the number of things compared; exit status 1 if anything does
not agree."""
import csv
import datetime
import os
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
REGISTERS = os.path.join(ROOT, "indicators", "registers")
checked = faults = 0


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def check(good, *what):
    global checked, faults
    checked += 1
    if not good:
        faults += 1
        print("register.py:", *what)


def day_before(date):
    return (datetime.date.fromisoformat(date) - datetime.timedelta(days=1)).isoformat()


areas = {}
for row in rows(os.path.join(REGISTERS, "england-areas.csv")):
    check(row["code"] not in areas, "code twice", row["code"])
    areas[row["code"]] = row
changes = rows(os.path.join(REGISTERS, "england-area-changes.csv"))


def in_force(area, day):
    return (not area["valid_from"] or area["valid_from"] <= day) and \
        (not area["valid_to"] or day <= area["valid_to"])


def check_itself():
    prefix = {"E06": "unitary", "E07": "district", "E08": "metropolitan", "E09": "london",
              "E10": "county", "E12": "region"}
    tier = {"unitary": "both", "metropolitan": "both", "london": "both", "district": "lower",
            "county": "upper", "region": "region"}
    for code, a in areas.items():
        check(prefix[code[:3]] == a["type"], "type of", code)
        check(a["tier"] == tier[a["type"]] or code == "E07000025", "tier of", code)
        check(areas[a["region_code"]]["name"] == a["region_name"], "region of", code)
        county = a["county_code"]
        needs = a["type"] == "district" and code != "E07000025"  # Scilly never was in a county
        check(bool(county) == needs, "county of", code)
        check(not county or areas[county]["type"] == "county", "county of", code)
        check(not county or areas[county]["region_code"] == a["region_code"], "county's region", code)
    for t, wanted in {"upper": ("upper", "both"), "lower": ("lower", "both")}.items():
        check_tier(t, [c for c in changes if c["tier"] in wanted])
    # how many councils there were on each day, as the whole country knows
    upper = {"2009-03-31": 149 + 1, "2009-04-01": 152, "2019-04-01": 151, "2020-04-01": 151,
             "2021-04-01": 152, "2023-04-01": 153}
    lower = {"2009-03-31": 354, "2009-04-01": 326, "2019-04-01": 317, "2020-04-01": 314,
             "2021-04-01": 309, "2023-04-01": 296}
    for name, counts in (("upper", upper), ("lower", lower)):
        for day, n in counts.items():
            found = sum(a["tier"] in (name, "both") and in_force(a, day) for a in areas.values())
            check(found == n, name, day, found, "areas, not", n)


def check_tier(name, own):
    for c in own:
        f, t = areas[c["from_code"]], areas[c["to_code"]]
        check(f["valid_to"] == day_before(c["date"]), "end of", f["code"])
        check(t["valid_from"] == c["date"], "start of", t["code"])
        check(f["region_code"] == t["region_code"], "region", f["code"], t["code"])
        check(f["tier"] in (name, "both"), name, "tier of", f["code"])
    for code, a in areas.items():
        if a["tier"] not in (name, "both"):
            continue
        out = [c for c in own if c["from_code"] == code]
        shares = [c["share"] for c in out]
        kinds = {c["kind"] for c in out}
        check(bool(out) == bool(a["valid_to"]), name, "successors of", code)
        check(not a["valid_from"] or any(c["to_code"] == code for c in own), "predecessors of", code)
        check(len(out) <= 1 or kinds == {"split"}, "kind of", code)
        check(len(out) != 1 or kinds <= {"code", "merger"}, "kind of", code)
        stated = [float(s) for s in shares if s]
        check(len(stated) in (0, len(shares)), "some shares of", code)
        check(not stated or abs(sum(stated) - 1) < 1e-9, "shares of", code, stated)
        check(stated or not shares or code == "E10000009", "no shares of", code)


def ends(code, tiers):
    """Where today one gets to from a code."""
    nexts = [c["to_code"] for c in changes if c["from_code"] == code and c["tier"] in tiers]
    return set().union(*(ends(n, tiers) for n in nexts)) if nexts else {code}


def check_districts(data):
    lookup = [r for r in rows(os.path.join(data, "lookup_la_all_codes_with_successors.csv"))
              if r["LADCD"].startswith("E")]
    for r in lookup:
        a = areas.get(r["LADCD"])
        check(a, "not in the register:", r["LADCD"])
        check(a["name"] == r["LADNM"], "name of", a["code"], r["LADNM"])
        check(a["region_code"] == r["RGNCD"], "region of", a["code"])
        check(ends(a["code"], ("lower", "both")) == {r["LADCD_ACTIVE"]}, "successor of", a["code"])
        check((r["Current"] == "TRUE") == (not a["valid_to"]), "current:", a["code"])
        if a["type"] == "district" and r["UTLACD"].startswith("E10"):
            check(a["county_code"] == r["UTLACD"], "county of", a["code"])
    known = {r["LADCD"] for r in lookup}
    for code, a in areas.items():
        ended_2009 = a["valid_to"] == "2009-03-31"
        check(a["tier"] not in ("lower", "both") or code in known or ended_2009, "extra:", code)


def check_upper(data):
    lookup = [r for r in rows(os.path.join(data, "lookup_utla_all_codes.csv"))
              if r["UTLACD"].startswith("E")]
    check({r["UTLACD"] for r in lookup} ==
          {c for c, a in areas.items() if a["tier"] in ("upper", "both") and not a["valid_to"]},
          "today's upper-tier councils")
    for r in lookup:
        check(areas[r["UTLACD"]]["name"] == r["UTLANM"], "name of", r["UTLACD"])
        check(areas[r["UTLACD"]]["region_code"] == r["RGNCD"], "region of", r["UTLACD"])


def check_mysociety(data):
    lookup = {r["local-authority-code"]: r
              for r in rows(os.path.join(data, "lookup_mysociety_uk_local_authorities.csv"))
              if r["nation"] == "England" and r["gss-code"][:3] in ("E06", "E07", "E08", "E09", "E10")}
    for r in lookup.values():
        code, a = r["gss-code"], areas.get(r["gss-code"])
        check(a, "not in the register:", code)
        tiers = ("upper", "both") if a["tier"] == "upper" else ("lower", "both")
        direct = {c["to_code"] for c in changes if c["from_code"] == code and c["tier"] in tiers}
        if code in ("E08000016", "E08000019"):  # that file is older than 2025
            direct = set()
        theirs = {lookup[k]["gss-code"] for k in r["replaced-by"].split(",") if k}
        if code == "E10000009":  # names Dorset alone: where the county's last council went
            theirs.add("E06000058")
        check(direct == theirs, "successors of", code, direct, theirs)
        if r["end-date"]:  # the last day, or the day after it
            check(a["valid_to"] in (r["end-date"], day_before(r["end-date"])), "end of", code)
        else:
            check(not a["valid_to"] or not direct, "end of", code)
        if r["start-date"] >= "2009":
            former = r["former-gss-codes"] or code
            check(areas[former]["valid_from"] == r["start-date"], "start of", code)
        for former in filter(None, r["former-gss-codes"].split(",")):
            check(any(c["from_code"] == former and c["to_code"] == code and c["kind"] == "code"
                      for c in changes), "former code of", code)
        if a["county_code"] and code != "E07000201":  # has Forest Heath in Surrey
            check(lookup[r["county-la"]]["gss-code"] == a["county_code"], "county of", code)
    for c in changes:
        if c["kind"] == "code" and c["date"] in ("2012-04-01", "2013-04-01"):
            check(any(c["from_code"] in r["former-gss-codes"] for r in lookup.values()),
                  "no former code", c["from_code"])


def check_population(data):
    people = {}
    for r in rows(os.path.join(data, "ons_population_single_year_of_age_by_LA.csv")):
        ages = [v for k, v in r.items() if k.startswith(("Age ", "Aged "))]
        people[r["code"], r["year"]] = sum(int(v) for v in ages if v != "-")

    def ground(code, year):
        if (code, year) in people:
            return people[code, year]
        return sum(ground(c["from_code"], year) for c in changes
                   if c["to_code"] == code and c["tier"] == "lower")

    for c in changes:
        if c["kind"] != "split" or not c["share"]:
            continue
        year = c["basis"].split("mid-")[1][:4]
        parts = {k["to_code"]: ground(k["to_code"], year) for k in changes
                 if k["from_code"] == c["from_code"] and k["kind"] == "split"}
        whole = sum(parts.values())
        check(abs(parts[c["to_code"]] / whole - float(c["share"])) < 1e-6, "share of", c["to_code"])
        check(c["basis"].endswith(f": {parts[c['to_code']]} of {whole}"), "basis of", c["to_code"])


check_itself()
data = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "..", "shared", "data")
if os.path.isdir(data):
    check_districts(data)
    check_upper(data)
    check_mysociety(data)
    check_population(data)
print(f"{checked} compared, {faults} differ")
sys.exit(1 if faults else 0)
