#!/usr/bin/env python3
"""Independent recomputation of the England ASCOF 2020-21 study from the publishers' files.

usage: ascof.py DATA_DIRECTORY EDITION_DIRECTORY STUDY_DIRECTORY PEERS

Reads the workbook with openpyxl and compares every council's numerator, denominator, value and reason with
the edition's data/observations.csv, every value with the outcome that the publisher printed (rounded half up
to one decimal), the national values with the publisher's England row, the register with the files that name
councils, and the neighbours. PEERS is what `peerline list STUDY peers` prints. Prints TAP lines."""
import csv
import os
import sys
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import openpyxl
from neighbours import differing

DATA, EDITION, STUDY, PEERS = sys.argv[1:5]
MEASURES = {"2A1": 100000, "2A2": 100000, "2B1": 100, "2B2": 100, "2D": 100, "1C1A": 100, "1C1B": 100,
            "1C2A": 100, "1C2B": 100, "1E": 100, "1G": 100}
COUNCILS_WITH_A_VALUE = {"2B1": 147, "1C1B": 147, "1C2B": 147, "1E": 149, "1G": 149}
REASON = {"[x]": "not_reported", "[c]": "suppressed"}
TWIN_CODES = {"E10000002": "E06000060"}  # Buckinghamshire before and after April 2020
NO_NEIGHBOURS = {"E09000001", "E06000053"}


def rows(*path):
    with open(os.path.join(*path), newline="", encoding="utf-8-sig") as f:
        return list(csv.DictReader(f))


def workbook():
    """{measure: {area code: {measure type: cell}}} of the totals of councils and England, and the councils as
    {code: (name, council code)}."""
    book = openpyxl.load_workbook(os.path.join(DATA, "ascof_2020-21_open_data.xlsx"), read_only=True)
    cells, councils = {}, {}
    for record in book["in"].iter_rows(min_row=2, values_only=True):
        number, name, level, code, _, breakdown, kind, cell, measure, _ = record
        if level == "Council":
            councils[code] = (name, str(number))
        if level in ("Council", "England") and breakdown == "Total" and measure in MEASURES:
            mine = cells.setdefault(measure, {}).setdefault(code, {})
            assert kind not in mine, record
            mine[kind] = cell
    return cells, councils


def one_decimal(value):
    """The exact fraction rounded half up to one decimal."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def close(text, value):
    return text != "" and abs(float(text) - float(value)) <= 1e-12 * max(1, abs(float(value)))


def fault_of(row, types, per):
    """What is wrong with a published row, or None: figures where the workbook has both counts and people to
    count, else a reason and no figure."""
    x, n = types["Numerator"], types["Denominator"]
    if isinstance(x, str) or isinstance(n, str):
        want = REASON[x if isinstance(x, str) else n]
    elif n == 0:
        want = "zero_denominator"
    else:
        value = Fraction(per) * Fraction(x) / Fraction(n)
        good = (row["status"] == "" and close(row["numerator"], x) and close(row["denominator"], n) and
                close(row["value"], value) and one_decimal(value) == Decimal(str(types["Outcome"])))
        return None if good else f"{row}, expected {x}/{n}, printed {types['Outcome']}"
    good = row["value"] == "" and row["status"] == want
    return None if good else f"{row}, expected the reason {want}"


test = [0, 0]


def ok(good, name, detail=""):
    test[0] += 1
    test[1] += not good
    print(f"{'ok' if good else 'not ok'} {test[0]} - {name}{'' if good else ': ' + str(detail)}")


def check_figures(cells, councils):
    found = {}
    for r in rows(EDITION, "data", "observations.csv"):
        found.setdefault(r["indicator_id"], {})[r["area_code"]] = r
    ok(sorted(found) == sorted(f"ascof_{m.lower()}" for m in MEASURES), "eleven measures", sorted(found))
    for measure, per in MEASURES.items():
        mine, types = found.get(f"ascof_{measure.lower()}", {}), cells[measure]
        ok(set(mine) == set(councils), f"{measure}: a row for each council", set(mine) ^ set(councils))
        ok({r["period"] for r in mine.values()} == {"2020-21"}, f"{measure}: one period")
        wrong = [f for f in (fault_of(mine[c], types[c], per) for c in councils if c in mine) if f]
        ok(not wrong, f"{measure}: every council agrees with its counts and the printed outcome", wrong[:3])
        have = sum(r["value"] != "" for r in mine.values())
        ok(have == COUNCILS_WITH_A_VALUE.get(measure, 150), f"{measure}: how many councils have a value", have)


def check_national(cells):
    found = {r["indicator_id"]: r for r in rows(EDITION, "data", "assessment.csv")}
    wrong = []
    for measure, per in MEASURES.items():
        types = cells[measure]["E92000001"]
        value = Fraction(per) * types["Numerator"] / types["Denominator"]
        shown = found[f"ascof_{measure.lower()}"]["comparator_value"]
        if not close(shown, value) or one_decimal(value) != Decimal(str(types["Outcome"])):
            wrong.append((measure, shown, float(value), types["Outcome"]))
    ok(not wrong, "the national values are those of the publisher's England row", wrong)


def people():
    """{council: [people by age 0..90]} at mid-2020: districts added up to their county."""
    register = rows(DATA, "lookup_mysociety_uk_local_authorities.csv")
    letters = {r["local-authority-code"]: r["gss-code"] for r in register}
    county = {r["gss-code"]: letters[r["county-la"]] for r in register if r["county-la"] in letters}
    county.update({"E06000061": "E10000021", "E06000062": "E10000021"})  # Northamptonshire until 2021
    out = {}
    for r in rows(DATA, "ons_population_single_year_of_age_by_LA.csv"):
        if r["year"] == "2020" and r["code"].startswith("E"):
            mine = out.setdefault(county.get(r["code"], r["code"]), [0] * 91)
            for age in range(91):
                mine[age] += int(r[f"Age {age}" if age < 90 else "Aged 90+"])
    return out


def check_areas(cells, councils):
    register = {r["area_code"]: r for r in rows(STUDY, "areas.csv")}
    ok({c: r["area_name"] for c, r in register.items()} == {c: n for c, (n, _) in councils.items()},
       "the register has the councils of the workbook with their names")
    regions = {r["Area_code"]: r["RGN_name"] for r in rows(DATA, "lookup_area_to_region.csv")}
    regions["E10000021"] = "East Midlands"  # of which the file knows the two councils of 2021
    wrong = [c for c, r in register.items() if r["region"] != regions[c]]
    ok(not wrong, "the register has the regions of the lookup", wrong)
    kinds = {"E06": "Unitary authority", "E08": "Metropolitan district", "E09": "London borough", "E10": "Shire county"}
    wrong = [c for c, r in register.items() if r["type"] != kinds[c[:3]]]
    ok(not wrong, "the register has the types that the codes say", wrong)
    spent = {r["CASSR_CODE"]: r["GEOGRAPHY_CODE"] for r in rows(DATA, "ascfr_2016-17_totals.csv")
             if r["GEOGRAPHY_CODE"]}
    wrong = [(n, c, spent[n]) for c, (_, n) in councils.items()
             if n in spent and TWIN_CODES.get(spent[n], spent[n]) != c]
    ok(wrong == [("809", "E06000059", "E10000009")],  # Dorset is another area since 2019
       "the council codes of the expenditure return of 2016-17 mean the same councils", wrong)
    population = people()
    wrong = []
    for measure, ages in (("2A1", range(18, 65)), ("2A2", range(65, 91))):
        for code in councils:
            n = cells[measure][code]["Denominator"]
            if not isinstance(n, str) and n != sum(population[code][a] for a in ages):
                wrong.append((measure, code, n))
    ok(not wrong, "the populations of 2A are the sums of the mid-year estimates", wrong[:3])
    return population


def check_neighbours(population):
    book = openpyxl.load_workbook(os.path.join(DATA, "iod2019_file11_upper_tier_summaries.xlsx"), read_only=True)
    records = book["IMD"].iter_rows(values_only=True)
    column = [str(name).strip() for name in next(records)].index("IMD - Average score")
    score = {TWIN_CODES.get(r[0], r[0]): r[column] for r in records if r[0]}
    table = {c: [score[c], sum(p[65:]) / sum(p), sum(p[85:]) / sum(p), sum(p)]
             for c, p in population.items() if c not in NO_NEIGHBOURS}
    wrong = differing(table, [1, 1, 1, 1], rows(PEERS))
    ok(len(table) == 149 and not wrong, "the neighbours of 149 councils and their distances", wrong[:5])


def main():
    cells, councils = workbook()
    ok(len(councils) == 151, "151 councils", len(councils))
    check_figures(cells, councils)
    check_national(cells)
    check_neighbours(check_areas(cells, councils))


main()
sys.exit(1 if test[1] else 0)
