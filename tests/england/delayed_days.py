#!/usr/bin/env python3
"""Independent recomputation of the study of delayed days from the publishers' files.

usage: delayed_days.py DATA_DIRECTORY EDITION_DIRECTORY

Shares no code and no definitions with the program. Councils before July 2015 are found by the names that
the same file has beside ONS codes later, and counties by another published lookup than the study's.
Every council's figure of every year is compared with the edition's data/observations.csv. Prints TAP
lines."""
import csv
import os
import sys

DATA, EDITION = sys.argv[1], sys.argv[2]
MONTHS = ["April", "May", "June", "July", "August", "September", "October", "November", "December",
          "January", "February", "March"]
YEARS = range(2011, 2019)
# days of the 150 councils in 2016-17 and of the publisher's row, established when the data were chosen
CHECK = {"2016-17": (2244682, 2254821)}
NO_PEOPLE = {"E06000028", "E06000029", "E10000009"}   # Bournemouth, Poole, Dorset: boundaries changed
# the lookup has the councils of 2023 and later: back to those of these years
BEFORE = {"E06000060": "E10000002", "E06000061": "E10000021", "E06000062": "E10000021",
          "E06000063": "E10000006", "E06000064": "E10000006", "E06000065": "E10000023",
          "E06000066": "E10000027", "E08000038": "E08000016", "E08000039": "E08000019"}


def dictionaries(path):
    with open(path, newline="", encoding="utf-8-sig") as f:
        return list(csv.DictReader(f))


def data(name):
    return dictionaries(os.path.join(DATA, name))


def edition(name):
    return dictionaries(os.path.join(EDITION, "data", name))


def label(year):
    return f"{year}-{(year + 1) % 100:02d}"


def month_of(text):
    """("2015-16", 0 for April … 11 for March)."""
    name, year = text.split()
    place = MONTHS.index(name)
    return label(int(year) - (place >= 9)), place


def delays():
    """{(financial year, council or "England"): {month: days}}, and how many rows had no ONS code."""
    rows = data("dtoc_days_by_reason_by_LA_monthly.csv")
    code = {r["Name"]: r["Code"] for r in rows if r["Period"] == "March 2019" and r["Code"] != "-"}
    out, by_name = {}, 0
    for r in rows:
        year, place = month_of(r["Period"])
        if r["Code"] == "-":
            area = "England"
        elif len(r["Code"]) == 9:
            area = r["Code"]
        else:
            area = code[r["Name"]]
            by_name += 1
        months = out.setdefault((year, area), {})
        assert place not in months, r
        months[place] = int(r["Total Delayed Transfers of Care"])
    return out, by_name


def adults():
    """{(calendar year, council): residents of 18 and over}."""
    upper = {r["LADCD"]: r["UTLACD"] for r in data("lookup_la_all_codes_with_successors.csv")}
    out = {}
    for r in data("ons_population_single_year_of_age_by_LA.csv"):
        if r["code"].startswith("E") and int(r["year"]) in YEARS:
            today = upper[r["code"]]
            key = int(r["year"]), BEFORE.get(today, today)
            people = sum(int(r[f"Age {a}"]) for a in range(18, 90)) + int(r["Aged 90+"])
            out[key] = out.get(key, 0) + people
    return out


test = [0, 0]


def ok(good, name, detail=""):
    test[0] += 1
    test[1] += not good
    print(f"{'ok' if good else 'not ok'} {test[0]} - {name}{'' if good else ': ' + detail}")


def close(text, expected):
    return text != "" and abs(float(text) - expected) <= 1e-12 * abs(expected)


def check_year(year, councils, days, people, rows):
    period, wrong = label(year), []
    for c in councils:
        months = days.get((period, c), {})
        total, rate = rows.get(("delayed_days_total", c)), rows.get(("delayed_days_rate", c))
        want = sum(months.values())
        good = total and rate and len(months) == 12 and total["value"] and total["rows"] == "12"
        good = good and float(total["value"]) == float(total["numerator"]) == want
        if good and c in NO_PEOPLE:
            good = rate["status"] == "boundary_change" and not rate["value"] and rate["reason"]
        elif good:
            n = people[(year, c)]
            good = close(rate["value"], 100000 * want / n) and float(rate["denominator"]) == n
        if not good:
            wrong.append(f"{c}: expected {want} of {len(months)} months, found "
                         f"{total and total['value']}, {rate and rate['value']}")
    ok(not wrong, f"{period}: every council agrees", "; ".join(wrong[:3]))


def check_national(year, councils, days, people, comparator):
    period = label(year)
    theirs = sum(days[(period, "England")].values())
    ours = sum(sum(days[(period, c)].values()) for c in councils)
    ok(float(comparator[("delayed_days_total", period)]) == theirs,
       f"{period}: England is the publisher's {theirs:,} days", comparator[("delayed_days_total", period)])
    ok(0 < theirs - ours < 0.006 * theirs, f"{period}: the councils add up to {ours:,}", f"of {theirs}")
    if period in CHECK:
        ok((ours, theirs) == CHECK[period], f"{period}: as in the check figures", f"{ours}, {theirs}")
    counted = [c for c in councils if c not in NO_PEOPLE]
    rate = (100000 * sum(sum(days[(period, c)].values()) for c in counted)
            / sum(people[(year, c)] for c in counted))
    ok(close(comparator[("delayed_days_rate", period)], rate),
       f"{period}: {rate:.0f} days per 100,000 in the councils with both",
       comparator[("delayed_days_rate", period)])


def main():
    days, by_name = delays()
    people = adults()
    councils = sorted({a for y, a in days if y == "2018-19"} - {"England"})
    ok(len(councils) == 150, "150 councils", str(len(councils)))
    ok(by_name == 150 * 51, "51 months have councils by name alone", str(by_name))
    found = {}
    for r in edition("observations.csv"):
        found.setdefault(r["period"], {})[(r["indicator_id"], r["area_code"])] = r
    comparator = {(r["indicator_id"], r["period"]): r["comparator_value"]
                  for r in edition("assessment.csv")}
    ok(sorted(found) == [label(y) for y in YEARS], "eight financial years", str(sorted(found)))
    ok(all(len(rows) == 300 for rows in found.values()), "a row for each council and year",
       str({p: len(rows) for p, rows in found.items()}))
    for year in YEARS:
        check_year(year, councils, days, people, found.get(label(year), {}))
        check_national(year, councils, days, people, comparator)
    ranked = [r for r in edition("assessment.csv") if r["indicator_id"] == "delayed_days_total" and r["rank"]]
    ok(not ranked, "an amount is not ranked", str(ranked[:1]))
    rejected = [r for r in edition("rejects.csv") if r["rule"] != "unknown-area" or
                not ("E06000058" in r["text"] or "E06000059" in r["text"])]
    ok(not rejected, "no row is rejected but those of the councils formed in 2019", str(rejected[:2]))


main()
sys.exit(1 if test[1] else 0)
