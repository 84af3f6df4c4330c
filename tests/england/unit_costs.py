"""The unit costs of 2014-15 read from the publisher's file: one column per council, named by the council
codes of NHS Digital's returns, which the expenditure return of 2016-17 gives together with the ONS codes."""
import csv
import math
import os

REASONS = ("Physical support", "Sensory support", "Support with memory and cognition",
           "Learning disability support", "Mental health support")
BOTH = "Residential and nursing care"
# indicator: support type, age, primary support reasons, service
LINES = {
    "unit_cost_care_homes_18plus": ("Long term", "Age 18 and over", ("",), BOTH),
    "unit_cost_care_homes_65plus": ("Long term", "Age 65 and over", REASONS, BOTH),
    "unit_cost_residential_65plus_physical": ("Long term", "Age 65 and over", REASONS[:1], "Residential"),
    "unit_cost_nursing_65plus_physical": ("Long term", "Age 65 and over", REASONS[:1], "Nursing"),
    "unit_cost_residential_18_64_learning": ("Long term", "Age 18 to 64", REASONS[3:4], "Residential"),
    "unit_cost_short_term_65plus_physical": ("Short term", "Age 65 and over", REASONS[:1],
                                             "To maximise independence"),
}


def read(data):
    """{(support type, age, reason, service, what): {column: text}} of the rows about all provision."""
    with open(os.path.join(data, "pssex1_2014-15_unit_costs_by_council_wide.csv"), newline="",
              encoding="cp1252") as f:
        table = list(csv.reader(f))
    header, out = table[1], {}
    for record in table[2:table.index([""] * len(header))]:
        if record[5] == "All":
            out[tuple(record[:5])] = dict(zip(header[6:], record[6:]))
    return out


def codes(data):
    """{column: ONS code}: '102 - Cumbria' is E10000006. The regions' columns have none."""
    with open(os.path.join(data, "ascfr_2016-17_totals.csv"), newline="", encoding="utf-8-sig") as f:
        known = {r["CASSR_CODE"]: r["GEOGRAPHY_CODE"] for r in csv.DictReader(f) if r["GEOGRAPHY_CODE"]}
    columns = next(iter(read(data).values()))
    return {c: known[c[:3]] for c in columns if c[:3] in known}


def amounts(table, line, what, column):
    kind, age, reasons, service = line
    return math.fsum(float(table[kind, age, reason, service, what][column]) for reason in reasons)


def expected(data):
    """{indicator: {council: (pounds, weeks, pounds a week)}} where there are weeks."""
    table, columns, out = read(data), codes(data), {}
    for name, line in LINES.items():
        mine = out.setdefault(name, {})
        for column, council in columns.items():
            pounds = 1000 * amounts(table, line, "Numerator", column)
            weeks = amounts(table, line, "Denominator", column)
            if weeks > 0:
                mine[council] = (pounds, weeks, pounds / weeks)
    return out


def differs_from_published(data):
    """Councils' lines where money over weeks is not the unit cost that the publisher printed, given that all
    three are rounded to two decimals; '.' stands for a line without weeks."""
    table, wrong = read(data), []
    for name, line in LINES.items():
        if len(line[2]) > 1:
            continue
        for column in codes(data):
            printed = table[line[0], line[1], line[2][0], line[3], "Unit costs"][column]
            pounds = amounts(table, line, "Numerator", column)
            weeks = amounts(table, line, "Denominator", column)
            if printed == "." or weeks == 0:
                good = printed == "." and weeks == 0
            else:
                slack = 0.00501 + 1000 * (0.005 / weeks + pounds * 0.005 / weeks ** 2)
                good = abs(1000 * pounds / weeks - float(printed)) <= slack
            if not good:
                wrong.append(f"{name} {column}: {pounds}/{weeks}, printed {printed}")
    return wrong
