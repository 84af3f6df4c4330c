#!/usr/bin/env python3
"""Independent recomputation of the study of net care spending in real terms from the publishers' files.

usage: spend_real.py DATA_DIRECTORY EDITION_DIRECTORY

Shares no code and no definitions with the program: the same five returns, the deflators and the
populations are read with Python's csv, zipfile and XML modules, and every council's figure of every
year is compared with the edition's data/observations.csv. National sums are compared with check
figures that were established when the data were chosen. Prints TAP lines."""
import csv
import math
import os
import sys
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

DATA, EDITION = sys.argv[1], sys.argv[2]
CLASSES = {"UA", "SC", "MD", "L"}
OUTTURN = "mhclg_revenue_outturn_summary_"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# thousands of pounds, cash, with the number of councils that returned them
CHECK = {"2011-12": (14725296, 152), "2012-13": (14514980, 152), "2013-14": (14555548, 152),
         "2015-16": (14390318, 152), "2016-17": (14904902, 151), "2017-18": (15320788, 152)}
NO_PEOPLE = {"E1201", "E1202", "E1221"}   # Poole, Bournemouth, Dorset: boundaries changed
SAME_GROUND = {"E06000060": "E10000002", "E06000061": "E10000021", "E06000062": "E10000021"}


def records(name):
    with open(os.path.join(DATA, name), newline="", encoding="utf-8-sig") as f:
        return list(csv.reader(f))


def dictionaries(name):
    head, *body = records(name)
    return [dict(zip(head, r)) for r in body]


def sheet_rows(name, sheet):
    """The rows of a sheet as {column letters: text}, from the XML of the workbook."""
    def tag(e):
        return e.tag.rsplit("}", 1)[-1]

    with zipfile.ZipFile(os.path.join(DATA, name)) as z:
        shared = ["".join(t.text or "" for t in s.iter() if tag(t) == "t")
                  for s in ElementTree.parse(z.open("xl/sharedStrings.xml")).getroot()]
        targets = {r.get("Id"): r.get("Target")
                   for r in ElementTree.parse(z.open("xl/_rels/workbook.xml.rels")).getroot()}
        target = next(targets[s.get(RELATION)]
                      for s in ElementTree.parse(z.open("xl/workbook.xml")).getroot().iter()
                      if tag(s) == "sheet" and s.get("name") == sheet)
        for row in ElementTree.parse(z.open("xl/" + target)).getroot().iter():
            if tag(row) != "row":
                continue
            cells = {}
            for c in row:
                value = next((v.text for v in c if tag(v) == "v"), None)
                if value is not None:
                    letters = c.get("r").rstrip("0123456789")
                    cells[letters] = shared[int(value)] if c.get("t") == "s" else value
            yield cells


def number(text):
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


def spending():
    """{financial year: {E-code: thousands of pounds, or None}}."""
    out = {}
    for start in (2011, 2012, 2013):
        mine = out.setdefault(f"{start}-{start - 1999}", {})
        for r in dictionaries(f"{OUTTURN}RS_fy{start}.csv"):
            if r["Class"] in CLASSES:
                mine[r["E-code"]] = number(r["Adult Social Care"])
    for r in dictionaries(f"{OUTTURN}2015-16_2016-17_bbc_compiled.csv"):
        end = int(r["year"])
        mine = out.setdefault(f"{end - 1}-{end - 2000}", {})
        if r["Class"] in CLASSES:
            mine[r["E-code"]] = number(r["360: Adult Social Care"])
    column, mine = {}, out.setdefault("2017-18", {})
    for cells in sheet_rows(f"{OUTTURN}RS_2017-18.xlsx", "RS LA Data 2017-18"):
        if not column and cells.get("A") == "E-code":
            column = {" ".join(text.split()): letters for letters, text in cells.items()}
        elif column and cells.get("A") and cells.get(column["Class"]) in CLASSES:
            mine[cells["A"]] = number(cells[column["Adult Social Care"]])
    return out


def deflators():
    """{financial year: index}: the left one of two tables that stand side by side."""
    out = {}
    for r in records("hmt_gdp_deflators_dec2023.csv"):
        if len(r) > 2 and len(r[1]) == 7 and r[1][4] == "-":
            out[r[1]] = float(r[2])
    return out


def e_codes():
    """{ONS code: E-code} of the councils."""
    return {r["ons_code"]: r["ecode"] for r in dictionaries("lookup_ecode_to_ons_2012.csv")
            if r["ecode_class"] in CLASSES}


def adults():
    """{calendar year: {E-code: residents of 18 and over}}."""
    register = dictionaries("lookup_mysociety_uk_local_authorities.csv")
    letters = {r["local-authority-code"]: r["gss-code"] for r in register}
    county = {r["gss-code"]: letters[r["county-la"]] for r in register
              if r["county-la"] in letters and r["gss-code"]}
    code = e_codes()
    out = {}
    for r in dictionaries("ons_population_single_year_of_age_by_LA.csv"):
        if not r["code"].startswith("E") or not 2011 <= int(r["year"]) <= 2017:
            continue
        ons = county.get(r["code"]) or SAME_GROUND.get(r["code"], r["code"])
        people = sum(int(r[f"Age {a}"]) for a in range(18, 90)) + int(r["Aged 90+"])
        if ons in code:
            mine = out.setdefault(int(r["year"]), {})
            mine[code[ons]] = mine.get(code[ons], 0) + people
    return out


test = [0, 0]


def ok(good, name, detail=""):
    test[0] += 1
    test[1] += not good
    print(f"{'ok' if good else 'not ok'} {test[0]} - {name}{'' if good else ': ' + detail}")


def close(text, expected):
    return text != "" and abs(float(text) - expected) <= 1e-12 * abs(expected)


def edition(name):
    with open(os.path.join(EDITION, "data", name), newline="") as f:
        return list(csv.DictReader(f))


def check_register():
    """Our list of councils against those that the returns and the published lookup have."""
    with open(os.path.join(os.path.dirname(__file__), "../../indicators/england-spend-real-terms/areas.csv"),
              newline="") as f:
        ours = {r["ons_code"]: (r["e_code"], r["type"], r["region"]) for r in csv.DictReader(f)}
    words = {"UA": "Unitary authority", "SC": "Shire county", "MD": "Metropolitan district",
             "L": "London borough"}
    theirs = {r["ons_code"]: (r["ecode"], words[r["ecode_class"]], r["ons_region_name"])
              for r in dictionaries("lookup_ecode_to_ons_2012.csv") if r["ecode_class"] in CLASSES}
    ok(ours == theirs, "the register is the publishers' list",
       str(sorted(set(ours.items()) ^ set(theirs.items()))[:3]))


def check_year(period, cash, index, people, rows):
    """Every council of one year, in both indicators."""
    wrong = []
    for e, thousands in sorted(cash.items()):
        total, head = rows[("asc_net_spend_cash", e)], rows[("asc_net_spend_real_per_head_18plus", e)]
        if thousands is None:
            good = total["status"] == head["status"] == "not_reported" and not head["value"]
        elif e in NO_PEOPLE:
            good = close(total["value"], thousands / 1000)
            good = good and head["status"] == "boundary_change" and not head["value"] and head["reason"]
        else:
            pounds = 1000 * thousands * index["2022-23"] / index[period]
            good = close(total["value"], thousands / 1000) and close(head["numerator"], pounds)
            good = good and close(head["denominator"], people[e])
            good = good and close(head["value"], pounds / people[e]) and not head["status"]
        if not good:
            wrong.append(f"{e}: {total['value']}, {head['numerator']}/{head['denominator']}="
                         f"{head['value']} {head['status']}, from {thousands}")
    ok(not wrong, f"{period}: every council agrees", "; ".join(wrong[:3]))
    have = sum(1 for (i, _), r in rows.items() if i == "asc_net_spend_real_per_head_18plus" and r["value"])
    expected = CHECK[period][1] - len(NO_PEOPLE)
    ok(have == expected, f"{period}: {expected} councils have a figure per head", str(have))


def check_national(period, cash, index, people, rows, comparator):
    total = math.fsum(x for x in cash.values() if x is not None)
    count = sum(1 for x in cash.values() if x is not None)
    ok((round(total), count) == CHECK[period],
       f"{period}: {CHECK[period][0]:,} thousand pounds net in {CHECK[period][1]} councils", f"{total} in {count}")
    ours = math.fsum(float(r["value"]) for (i, _), r in rows.items()
                     if i == "asc_net_spend_cash" and r["value"])
    ok(close(str(ours), total / 1000), f"{period}: the edition adds up to it", f"{ours}")
    counted = [e for e, x in cash.items() if x is not None and e not in NO_PEOPLE]
    national = (math.fsum(cash[e] for e in counted) * 1000 * index["2022-23"] / index[period]
                / sum(people[e] for e in counted))
    ok(abs(float(comparator[period]) / national - 1) < 1e-12,
       f"{period}: England is {national:.2f} pounds per adult", comparator[period])


def check_by_hand(rows):
    """One council in exact arithmetic: Leeds 2011-12, from the line of the return."""
    index = {r[1]: Decimal(r[2]) for r in records("hmt_gdp_deflators_dec2023.csv")
             if len(r) > 2 and r[1] in ("2011-12", "2022-23")}
    line = next(r for r in records(f"{OUTTURN}RS_fy2011.csv") if r[0] == "E4704")
    people = next(r for r in records("ons_population_single_year_of_age_by_LA.csv")
                  if r[1:3] == ["E08000035", "2011"])
    head = records("ons_population_single_year_of_age_by_LA.csv")[0]
    adult = sum(Decimal(people[k]) for k in range(head.index("Age 18"), head.index("Aged 90+") + 1))
    value = Decimal(line[7].replace(",", "")) * 1000 * index["2022-23"] / index["2011-12"] / adult
    found = rows[("asc_net_spend_real_per_head_18plus", "E4704")]["value"]
    ok(close(found, float(value)), f"Leeds 2011-12 is {value:.6f}", found)


def main():
    cash, index, people = spending(), deflators(), adults()
    found = {}
    for r in edition("observations.csv"):
        found.setdefault(r["period"], {})[(r["indicator_id"], r["area_code"])] = r
    comparator = {r["period"]: r["comparator_value"] for r in edition("assessment.csv")
                  if r["indicator_id"] == "asc_net_spend_real_per_head_18plus"}
    check_register()
    ok(index["2022-23"] == 100, "the deflator of 2022-23 is 100", str(index.get("2022-23")))
    ok(sorted(found) == sorted(cash) == sorted(CHECK), "six financial years", str(sorted(found)))
    for period in sorted(CHECK):
        rows = found.get(period, {})
        ok(len(cash[period]) == 152 and len(rows) == 304, f"{period}: a row for each of the 152",
           f"{len(cash[period])}, {len(rows)}")
        check_year(period, cash[period], index, people[int(period[:4])], rows)
        check_national(period, cash[period], index, people[int(period[:4])], rows, comparator)
    check_by_hand(found["2011-12"])
    files = {r["file"] for rows in found.values() for r in rows.values() if r["file"]}
    ok(len(files) == 5, "the figures come from five files", str(sorted(files)))
    rejected = [r for r in edition("rejects.csv") if r["rule"] != "unknown-area" or
                not ("E06000058" in r["text"] or "E06000059" in r["text"])]
    ok(not rejected, "no row is rejected but those of the councils formed in 2019", str(rejected[:2]))


main()
sys.exit(1 if test[1] else 0)
