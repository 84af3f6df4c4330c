#!/usr/bin/env python3
"""Independent recomputation of nearest neighbours from the raw variables.

usage: neighbours.py demo STUDY_DIRECTORY PEERS | england DATA_DIRECTORY STUDY_DIRECTORY PEERS

PEERS is what `peerline list STUDY peers` prints. Standardise each variable (sd with k - 1), weighted
Euclidean distance, the 15 nearest, distances rebased to the farthest pair. Prints TAP lines."""
import csv
import math
import os
import sys
import zipfile
from xml.etree import ElementTree

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def rows(*path):
    with open(os.path.join(*path), newline="", encoding="utf-8-sig") as f:
        return list(csv.DictReader(f))


def workbook(path, sheet, column):
    """{text of the first column: text of this one}, read from the XML of the workbook without a library for
    workbooks. Column names are compared without blanks at their ends."""
    def tag(element):
        return element.tag.rsplit("}", 1)[-1]

    with zipfile.ZipFile(path) as z:
        shared = ["".join(t.text or "" for t in s.iter() if tag(t) == "t")
                  for s in ElementTree.parse(z.open("xl/sharedStrings.xml")).getroot()]
        targets = {r.get("Id"): r.get("Target") for r in
                   ElementTree.parse(z.open("xl/_rels/workbook.xml.rels")).getroot()}
        target = next(targets[s.get(f"{{{RELATION}}}id")] for s in
                      ElementTree.parse(z.open("xl/workbook.xml")).getroot().iter()
                      if tag(s) == "sheet" and s.get("name") == sheet)
        records = []
        for row in ElementTree.parse(z.open("xl/" + target)).getroot().iter():
            if tag(row) == "row":
                record = {}
                for cell in row:
                    value = next((v.text for v in cell if tag(v) == "v"), None)
                    if value is not None:
                        letters = cell.get("r").rstrip("0123456789")
                        record[letters] = shared[int(value)] if cell.get("t") == "s" else value
                records.append(record)
    wanted = next(k for k, name in records[0].items() if name.strip() == column)
    return {r["A"]: r.get(wanted, "") for r in records[1:] if "A" in r}


def demo(study):
    """{area: variables}, weights."""
    people = {}
    for r in rows(study, "data", "population.csv"):
        if r["mid_year"] == "2023":
            people.setdefault(r["area_code"], {})[r["age_band"]] = float(r["people"])
    table = {}
    for r in rows(study, "data", "areas.csv"):
        p = people.get(r["area_code"])
        if p and r["area_code"] != "X01000059" and r["deprivation_score"] and r["people_per_sq_km"]:
            old = p["85 and over"]
            table[r["area_code"]] = [float(r["deprivation_score"]), (p["65 to 84"] + old) / sum(p.values()),
                                     old / sum(p.values()), float(r["people_per_sq_km"])]
    return table, [1, 1, 0.5, 0.5]


def england(data, study):
    register = rows(data, "lookup_mysociety_uk_local_authorities.csv")
    letters = {r["local-authority-code"]: r["gss-code"] for r in register}
    county = {r["gss-code"]: letters.get(r["county-la"], "") for r in register if r["county-la"]}
    same = {"E06000060": "E10000002", "E06000061": "E10000021", "E06000062": "E10000021"}
    people = {}
    for r in rows(data, "ons_population_single_year_of_age_by_LA.csv"):
        if r["year"] == "2016" and r["code"].startswith("E"):
            mine = people.setdefault(county.get(r["code"]) or same.get(r["code"], r["code"]), [0] * 91)
            for a in range(91):
                mine[a] += int(r[f"Age {a}" if a < 90 else "Aged 90+"])
    score = workbook(os.path.join(data, "iod2019_file11_upper_tier_summaries.xlsx"), "IMD",
                     "IMD - Average score")
    split = {"E06000028", "E06000029", "E10000009"}
    table = {}
    for r in rows(study, "areas.csv"):
        code = r["area_code"]
        p = people.get(code)
        if p and code not in split and score.get(code):
            table[code] = [float(score[code]), sum(p[65:]) / sum(p), sum(p[85:]) / sum(p), sum(p)]
    return table, [1, 1, 1, 1]


def differing(table, weights, published):
    """The areas of {area: variables} whose neighbours or distances are others in the rows of PEERS."""
    codes = sorted(table)
    columns = list(zip(*(table[c] for c in codes)))
    scores = []
    for column in columns:
        mean = math.fsum(column) / len(column)
        sd = math.sqrt(math.fsum((v - mean) ** 2 for v in column) / (len(column) - 1))
        scores.append([(v - mean) / sd for v in column])
    n = len(codes)
    d = [[math.sqrt(math.fsum(w * (s[i] - s[j]) ** 2 for w, s in zip(weights, scores))) for j in range(n)]
         for i in range(n)]
    far = max(map(max, d))
    listed = {}
    for r in published:
        if r["grouping"] == "neighbours" and r["peer_group"] == "neighbours":
            listed.setdefault(r["area_code"], []).append((r["peer_code"], float(r["distance"])))
    wrong = sorted(set(codes) ^ set(listed))
    for i, code in enumerate(codes):
        want = sorted((j for j in range(n) if j != i), key=lambda j: d[i][j])[:15]
        found = listed.get(code, [])
        if [c for c, _ in found] != [codes[j] for j in want] or \
                any(abs(x - d[i][j] / far) > 1e-9 for (_, x), j in zip(found, want)):
            wrong.append(code)
    return wrong


def main():
    table, weights = demo(sys.argv[2]) if sys.argv[1] == "demo" else england(*sys.argv[2:4])
    wrong = differing(table, weights, rows(sys.argv[-1]))
    print(f"{'not ok' if wrong else 'ok'} 1 - the neighbours of {len(table)} areas and their distances" +
          (f": {len(wrong)} differ, such as {wrong[:5]}" if wrong else ""))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
