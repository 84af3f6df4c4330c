"""What long-term spending on people aged 65 and over is made of in England, from the publisher's file.

Settings exist in long-term care alone, which the publisher calls care type 2; amounts are gross current
expenditure in thousands of pounds (data type 1)."""
import csv
import json
import math
import os

SETTINGS = ["7", "6", "2", "1", "4", "3", "9"]  # in the order of the study's parts


def raw(data):
    with open(os.path.join(data, "ascfr_2016-17_totals.csv"), newline="", encoding="utf-8-sig") as f:
        return [r for r in csv.DictReader(f) if r["DataType_KEY"] == "1" and r["AgeBand_KEY"] == "2"
                and r["CareType_KEY"] == "2" and r["SupportSetting_KEY"] in SETTINGS]


def table(edition, name):
    with open(os.path.join(edition, "data", name), newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def close(a, b):
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-9)


def check(ok, data, edition, people):
    """`people`: {council: people aged 65 and over}."""
    rows = raw(data)
    mine, published = {}, {}
    for r in rows:
        thousands = float(r["GROSSCURRENTEXPENDITURE"])
        into = mine.setdefault(r["GEOGRAPHY_CODE"], {}) if r["GEOGRAPHY_CODE"] else published
        into.setdefault(r["SupportSetting_KEY"], []).append(thousands)
    pounds = {c: [1000 * math.fsum(t.get(s, [0])) for s in SETTINGS] for c, t in mine.items()}
    found = {}
    for r in table(edition, "compositions.csv"):
        found.setdefault(r["area_code"], []).append(r)
    ok(sorted(found) == sorted(pounds), "parts of spending: the 151 councils", str(len(found)))
    wrong, negative, none = [], set(), set()
    for c, parts in found.items():
        whole = math.fsum(pounds[c])
        for k, r in enumerate(parts):
            amount = pounds[c][k]
            negative |= {c} if amount < 0 else set()
            if c not in people:
                none.add(c)
                good = not r["value"] and not r["share"] and r["status"] == r["share_status"] == "boundary_change"
            else:
                good = (close(float(r["value"]), amount / people[c]) and not r["status"] and
                        close(float(r["share"]), 100 * amount / whole) and
                        close(float(r["total"]), whole / people[c]))
            if not good or not close(float(r["amount"]), amount) or int(r["part"]) != k + 1:
                wrong.append(f"{c} {r['part_title']}: {r['amount']}, expected {amount}")
            if r["file"] != "ascfr_2016-17_totals.csv" or int(r["line"]) < 2:
                wrong.append(f"{c}: {r['file']}:{r['line']}")
    ok(not wrong, "parts of spending: every council's amounts, values and shares", "; ".join(wrong[:3]))
    ok(len(none) == 3, "parts of spending: three councils have no population", str(none))
    ok(len(negative) == 3, "parts of spending: three councils have a part below zero", str(negative))
    check_nation(ok, edition, pounds, people, published)
    check_peers(ok, edition, pounds, people)


def check_nation(ok, edition, pounds, people, published):
    nation = [r for r in table(edition, "composition_groups.csv") if r["class"] == "nation"]
    sums = [math.fsum(p[k] for c, p in pounds.items() if c in people) for k in range(len(SETTINGS))]
    heads = sum(people[c] for c in pounds if c in people)
    wrong = [r["part_title"] for r, s in zip(nation, sums)
             if not (close(float(r["amount"]), s) and close(float(r["value"]), s / heads) and
                     close(float(r["share"]), 100 * s / math.fsum(sums)))]
    ok(len(nation) == len(SETTINGS) and not wrong and nation[0]["areas_counted"] == "148",
       "parts of spending: the 148 councils with people together", str(wrong))
    # The publisher's own rows without a council's code are the regions and England: twice the whole.
    whole = [math.fsum(p[k] for p in pounds.values()) for k in range(len(SETTINGS))]
    both = [abs(1000 * math.fsum(published[s]) / (2 * whole[k]) - 1) for k, s in enumerate(SETTINGS)]
    ok(max(both) < 1e-6, "parts of spending: councils add up to the publisher's regions and England",
       str(both))
    care_homes = (sums[0] + sums[1]) / math.fsum(sums)
    ok(abs(100 * care_homes - 64.18) < 0.01, "parts of spending: 64.18 % goes to care homes",
       str(care_homes))


def check_peers(ok, edition, pounds, people):
    wrong = []
    rows = {(r["area_code"], int(r["part"])): r for r in table(edition, "compositions.csv")}
    for c in pounds:
        with open(os.path.join(edition, "data", "areas", c + ".json"), encoding="utf-8") as f:
            peers = [p for p in json.load(f).get("peers", []) if p in people]
        sums = [math.fsum(pounds[p][k] for p in peers) for k in range(len(SETTINGS))]
        for k, s in enumerate(sums):
            r = rows[c, k + 1]
            if int(r["peers_counted"]) != len(peers) or (peers and not (
                    close(float(r["peer_share"]), 100 * s / math.fsum(sums)) and
                    close(float(r["peer_value"]), s / sum(people[p] for p in peers)))):
                wrong.append(f"{c} part {k + 1}")
    ok(not wrong, "parts of spending: the peers of every council together", "; ".join(wrong[:3]))
