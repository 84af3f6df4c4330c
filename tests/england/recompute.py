#!/usr/bin/env python3
"""Independent recomputation of the England 2016-17 study from the publishers' files.

usage: recompute.py DATA_DIRECTORY EDITION_DIRECTORY

Shares no code and no definitions with the program: it reads the same published files with Python's csv
module, joins them by hand and compares every council's numerator, denominator, value and limits with
the edition's data/observations.csv, and the national figures with the check figures that were
established independently when the data were chosen. Prints TAP lines."""
import csv
import math
import os
import sys

import parts
import unit_costs

DATA, EDITION = sys.argv[1], sys.argv[2]
MONTHS = ["April 2016", "May 2016", "June 2016", "July 2016", "August 2016", "September 2016",
          "October 2016", "November 2016", "December 2016", "January 2017", "February 2017",
          "March 2017"]
SAME_GROUND = {"E06000060": "E10000002", "E06000061": "E10000021", "E06000062": "E10000021"}


def rows(name):
    with open(os.path.join(DATA, name), newline="", encoding="utf-8-sig") as f:
        return list(csv.DictReader(f))


def spending():
    """{council: [(care type, age band, setting, pounds)]} of the expenditure rows."""
    out = {}
    for r in rows("ascfr_2016-17_totals.csv"):
        if r["GEOGRAPHY_CODE"] and r["DataType_KEY"] == "1":
            out.setdefault(r["GEOGRAPHY_CODE"], []).append(
                (r["CareType_KEY"], r["AgeBand_KEY"], r["SupportSetting_KEY"],
                 1000 * float(r["GROSSCURRENTEXPENDITURE"])))
    return out


def population():
    """{council of 2016: [people by age 0..90]} at mid-2016."""
    register = rows("lookup_mysociety_uk_local_authorities.csv")
    letters = {r["local-authority-code"]: r["gss-code"] for r in register}
    county = {r["gss-code"]: letters.get(r["county-la"], "") for r in register if r["county-la"]}
    out = {}
    for r in rows("ons_population_single_year_of_age_by_LA.csv"):
        if r["year"] != "2016" or not r["code"].startswith("E"):
            continue
        code = county.get(r["code"]) or SAME_GROUND.get(r["code"], r["code"])
        ages = [int(r[f"Age {a}"]) for a in range(90)] + [int(r["Aged 90+"])]
        mine = out.setdefault(code, [0] * 91)
        for a, n in enumerate(ages):
            mine[a] += n
    return out


def delayed():
    out = {}
    for r in rows("dtoc_days_by_reason_by_LA_monthly.csv"):
        if r["Period"] in MONTHS and r["Code"] != "-":
            out.setdefault(r["Code"], []).append(float(r["Total Delayed Transfers of Care"]))
    return {code: sum(days) for code, days in out.items() if len(days) == 12}


def published(name, code, value, keep):
    out = {}
    for r in rows(name):
        if keep(r) and r[value] not in ("", "NA"):
            key = {"E06000060": "E10000002"}.get(r[code], r[code])
            out[key] = r
    return out


def expected(councils):
    """{indicator: {council: (numerator or None, denominator or None, value)}}."""
    spend, people, days = spending(), population(), delayed()
    result = {}

    def ratio(name, top, bottom, per):
        result[name] = {c: (top[c], bottom[c], per * top[c] / bottom[c])
                        for c in councils if c in top and c in bottom}

    def total(test):
        return {c: math.fsum(x[3] for x in lines if test(x)) for c, lines in spend.items()}

    def ages(low, high):
        return {c: sum(n[low:high + 1]) for c, n in people.items()}

    ratio("asc_gross_spend_18plus", total(lambda x: True), ages(18, 90), 1)
    ratio("asc_gross_spend_65plus", total(lambda x: x[1] == "2"), ages(65, 90), 1)
    ratio("asc_gross_spend_18_64", total(lambda x: x[1] == "1"), ages(18, 64), 1)
    ratio("care_home_share_65plus",
          total(lambda x: x[0] == "2" and x[1] == "2" and x[2] in ("6", "7")),
          total(lambda x: x[0] == "2" and x[1] == "2" and x[2] in "123456789" and x[2]), 100)
    ratio("delayed_days", days, ages(18, 90), 100000)

    def plain(name, table, column):
        result[name] = {c: (None, None, float(table[c][column])) for c in councils if c in table}

    falls = published("fingertips_22401_falls_admissions_65plus_LTLA_trafford.csv", "area_code",
                      "value", lambda r: r["period"] == "2016/17")
    plain("falls_admissions_65plus", falls, "value")
    for name, column in (("alcohol_admissions", "alc"), ("self_harm_admissions", "self_harm"),
                         ("hip_fractures", "frailty")):
        plain(name, published("ons_health_index_indicators_UTLA_2016.csv", "Area code", column,
                              lambda r: True), column)
    contact = published("fingertips_UTLA_social_isolation_ascof1I.csv", "Area Code", "Value",
                        lambda r: (r["Indicator ID"], r["Sex"], r["Age"], r["Time period"],
                                   r["Category Type"]) ==
                        ("90280", "Persons", "65+ yrs", "2016/17", ""))
    plain("social_contact_users_65plus", contact, "Value")
    for k in range(1, 8):
        plain(f"oflog_asc{k}",
              published("oflog_asc_metrics_2015-16_to_2022-23.csv", "Local authority code", "Value",
                        lambda r: r["Financial year"] == "2016-17" and r["Code"] == f"ASC{k}"),
              "Value")
    result.update(unit_costs.expected(DATA))
    limits = {c: (float(r["Lower CI 95.0 limit"]), float(r["Upper CI 95.0 limit"]))
              for c, r in contact.items()}
    return result, limits


def close(a, b):
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-12)


def number(text):
    return float(text) if text else None


test = [0, 0]


def ok(good, name, detail=""):
    test[0] += 1
    test[1] += not good
    print(f"{'ok' if good else 'not ok'} {test[0]} - {name}{'' if good else ': ' + detail}")


def main():
    with open(os.path.join(EDITION, "data", "observations.csv"), newline="") as f:
        found = list(csv.DictReader(f))
    by = {}
    for r in found:
        by.setdefault(r["indicator_id"], {})[r["area_code"]] = r
    councils = sorted({r["GEOGRAPHY_CODE"] for r in rows("ascfr_2016-17_totals.csv")} - {""})
    ok(len(councils) == 151, "151 councils", str(len(councils)))
    want, limits = expected(councils)
    counts = {"asc_gross_spend_18plus": 148, "asc_gross_spend_65plus": 148,
              "asc_gross_spend_18_64": 148, "care_home_share_65plus": 151, "delayed_days": 147,
              "falls_admissions_65plus": 122, "alcohol_admissions": 145, "self_harm_admissions": 145,
              "hip_fractures": 145, "social_contact_users_65plus": 148, "oflog_asc7": 110}
    counts.update({f"oflog_asc{k}": 151 for k in range(1, 7)})
    counts.update({name: 151 for name in unit_costs.LINES})
    counts.update({"unit_cost_nursing_65plus_physical": 150, "unit_cost_short_term_65plus_physical": 148})
    ok(sorted(by) == sorted(want), "every indicator is there", f"{sorted(by)}")
    for name, table in sorted(want.items()):
        mine = by.get(name, {})
        wrong = []
        for c in councils:
            r = mine.get(c)
            if r is None:
                wrong.append(f"{c}: no row")
            elif c in table:
                x, n, v = table[c]
                good = r["value"] and close(number(r["value"]), v) and not r["status"]
                if good and x is not None:
                    good = close(number(r["numerator"]), x) and close(number(r["denominator"]), n)
                if not good:
                    wrong.append(f"{c}: {r['numerator']}/{r['denominator']}={r['value']} "
                                 f"{r['status']}, expected {table[c]}")
            elif r["value"] or not r["status"]:
                wrong.append(f"{c}: value {r['value']!r}, status {r['status']!r}, expected a reason")
        ok(not wrong, f"{name}: every council agrees", "; ".join(wrong[:3]))
        have = sum(1 for r in mine.values() if r["value"])
        ok(have == counts[name], f"{name}: {counts[name]} councils have a value", str(have))
        ok(len(mine) == 151, f"{name}: a row for each of the 151", str(len(mine)))
    contact = by.get("social_contact_users_65plus", {})
    wrong = [c for c in limits if c in contact and contact[c]["value"] and not (
        close(number(contact[c]["lower95"]), limits[c][0]) and
        close(number(contact[c]["upper95"]), limits[c][1]))]
    ok(not wrong, "the survey's limits are the publisher's", str(wrong[:3]))
    wrong = unit_costs.differs_from_published(DATA)
    ok(not wrong, "money over weeks is the unit cost that the publisher printed", "; ".join(wrong[:3]))
    gross = math.fsum(1e-3 * sum(x[3] for x in lines) for lines in spending().values())
    ok(round(gross) == 17526378, "gross current expenditure is 17,526,378 thousand", str(gross))
    parts.check(ok, DATA, EDITION, {c: sum(n[65:]) for c, n in population().items() if c in councils})
    with open(os.path.join(EDITION, "data", "assessment.csv"), newline="") as f:
        national = {r["indicator_id"]: r["comparator_value"] for r in csv.DictReader(f)}
    ok(abs(float(national["care_home_share_65plus"]) - 64.17447720514988) < 1e-6,
       "care-home share is 64.17 % nationally, as in the England row of the source", national["care_home_share_65plus"])
    ok(round(float(national["delayed_days"])) == 5137,
       "delayed days are 5,137 per 100,000 in the councils with both", national["delayed_days"])
    ok(round(float(national["unit_cost_care_homes_18plus"]), 2) == 666.37,
       "a week in a care home costs 666.37 pounds nationally, as the publisher printed",
       national["unit_cost_care_homes_18plus"])


main()
sys.exit(1 if test[1] else 0)
