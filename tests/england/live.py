#!/usr/bin/env python3
"""live.py make STUDY DIR [DATA]   files in the publishers' layouts, below DIR as <host>/<path>?<query>
live.py check DIR OUT           an edition of the study against those files, figure by figure

The figures are made up, but for social contact, which is the real download where DATA holds it (its years
moved on by five). Nothing here comes from the program that is tested."""
import csv
import glob
import io
import os
import re
import sys
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
REGISTER = os.path.join(HERE, "..", "..", "indicators", "registers", "england-areas.csv")
FORMER = {"E10000002": ("E06000060", 2019), "E10000023": ("E06000065", 2022), "E10000027": ("E06000066", 2022)}
YEARS = range(2019, 2025)
HEADER = ("Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,"
          "Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,"
          "Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,Compared to England value or percentiles,"
          "Compared to Region value or percentiles,Time period Sortable,New data,Compared to goal").split(",")
AGES = {"22401": "65+ yrs", "41401": "65+ yrs"}
failures = 0


def councils():
    with open(REGISTER, newline="") as f:
        return [(r["code"], r["name"]) for r in csv.DictReader(f)
                if r["type"] in ("unitary", "metropolitan", "london", "county") and not r["valid_to"]]


def some(text, modulus):
    """A number that depends on a text alone, the same on every machine."""
    n = 2166136261
    for c in text.encode():
        n = (n ^ c) * 16777619 % 2 ** 32
    return n % modulus


# ---- Fingertips ------------------------------------------------------------------------------------
def fingertips_row(indicator, area, sex, age, category, year):
    code, name = area
    key = "%s/%s/%s/%s/%d" % (indicator, code, sex, category, year)
    people = 20000 + some(code, 300000)
    count = 40 + people * (50 + some(key, 60)) // 10000
    value = 1000 + some(key, 90000) / 100 if indicator not in ("41101", "93553") else 8 + some(key, 900) / 100
    nation = code == "E92000001"
    return [indicator, "Indicator %s, as its publisher calls it" % indicator, "" if nation else "E92000001",
            "" if nation else "England", code, name, "England" if nation else "Counties & UAs (from Apr 2023)", sex, age,
            "County & UA deprivation deciles in England (IMD2019, 4/23 geography)" if category else "", category,
            "2019" if indicator == "93553" else "%d/%02d" % (year, (year + 1) % 100), repr(value), repr(value * 0.93),
            repr(value * 1.08), repr(value * 0.89), repr(value * 1.13), count, people, "", "Cannot be calculated",
            "Similar", "Not compared", "%d0000" % year, "", ""]


def fingertips(indicator):
    yield HEADER
    age = AGES.get(indicator, "All ages")
    for year in (2019,) if indicator == "93553" else range(2016, 2024):
        for area in [("E92000001", "England")] + councils():
            if indicator == "22401" and area[0] == "E06000053":
                continue                                         # too few to be published
            for sex in ("Persons",) if indicator == "93553" else ("Persons", "Male", "Female"):
                yield fingertips_row(indicator, area, sex, age, "", year)
        for decile in ("Most deprived decile (IMD2019)", "Least deprived decile (IMD2019)"):
            yield fingertips_row(indicator, ("E92000001", "England"), "Persons", age, decile, year)


def moved_on(period):
    year = int(period[:4]) + 5
    return "%d/%02d" % (year, (year + 1) % 100)


def social_contact(data):
    real = data and os.path.join(data, "fingertips_UTLA_social_isolation_ascof1I.csv")
    yield HEADER
    if not real or not os.path.exists(real):
        for indicator in ("90280", "90638"):
            for year in (2019, 2021, 2022):
                for area in [("E92000001", "England")] + councils():
                    for age in ("18+ yrs", "65+ yrs"):
                        yield fingertips_row(indicator, area, "Persons", age, "", year)
        return
    known = {code for code, _ in councils()}
    with open(real, newline="", encoding="utf-8-sig") as f:
        for row in csv.reader(f):
            if row[4] in known or row[4].startswith(("E92", "E12")):
                row[11] = moved_on(row[11])
                yield row


# ---- the others ------------------------------------------------------------------------------------
def adults(code, age, year):
    return 150 + some("%s/%s" % (code, age), 4000) + (year - 2019) * 3


def nomis(url):
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlparse(url).query))
    assert query["geography"] == "TYPE423" and query["gender"] == "0" and query["measures"] == "20100"
    assert query["select"] == "date_name,geography_code,geography_name,c_age_name,obs_value"
    if query["c_age"] == "119...191":
        year = int(query["date"])
        ages = ["Age %d" % age for age in range(18, 90)] + ["Aged 90+"]
    else:
        assert query["c_age"] == "200,209,210" and query["date"] == "latest"
        year, ages = 2024, ["All Ages", "Aged 65+", "Aged 85+"]
    lines = ['"DATE_NAME","GEOGRAPHY_CODE","GEOGRAPHY_NAME","C_AGE_NAME","OBS_VALUE"']
    for code, name in councils() + [("W06000001", "Isle of Anglesey")]:
        for age in ages:
            people = {"All Ages": 90000 + some(code, 500000), "Aged 65+": 9000 + some(code + "65", 60000),
                      "Aged 85+": 1500 + some(code + "85", 9000)}.get(age) or adults(code, age, year)
            lines.append('"%d","%s","%s","%s",%d' % (year, code, name, age, people))
    return "\n".join(lines) + "\n"


def spent(code, year):
    return 20000 + some("asc/" + code, 200000) + year - 2000


def outturn():
    yield ["year_ending", "status", "ONS_code", "LA_name", "LA_class", "RS_edu_net_exp", "RS_asc_net_exp", "RS_csc_net_exp"]
    for year in range(2017, 2026):
        ending = "%d03" % (year + 1)
        everyone = [(c, n) for c, n in councils() if not (c in dict(FORMER.values()) and year <= dict(FORMER.values())[c])]
        everyone += [(c, "former " + c) for c, (_, last) in FORMER.items() if year <= last]
        if year <= 2022:
            everyone = [(c, n) for c, n in everyone if c not in ("E06000063", "E06000064")] + [("E10000006", "Cumbria")]
        for code, name in everyone:
            if code == "E08000025" and year >= 2023:
                yield [ending, "not submitted", code, name, "MD", "", "", ""]
            else:
                yield [ending, "submitted", code, name, "UA", 1, spent(code, year), 3]
        yield [ending, "submitted", "E07000008", "Cambridge", "SD", 1, -12, 3]
        yield [ending, "submitted", "E23000001", "Police", "O", 1, "", ""]
        yield [ending, "total", "E09", "London Boroughs", "LB", 1, 9999999, 3]
        yield [ending, "total", "E92000001", "England", "Eng", 1, 99999999, 3]


def deflator(year):
    return 100 * 1.03 ** (year - 2024)


def deflators():
    import openpyxl
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B1"] = "GDP DEFLATORS AT MARKET PRICES, AND MONEY GDP"
    sheet["B5"], sheet["H5"] = "Financial year", "Calendar year"
    sheet["C6"] = "GDP deflator at market prices"
    titles = ["Financial year", "2024-25 = 100", "per cent change on previous year", "Cash £ million\nNon-Seasonally Adjusted",
              "Cash £ million\nSeasonally Adjusted", None, "Calendar year", "2024 = 100", "per cent change on previous year"]
    for i, title in enumerate(titles):
        sheet.cell(7, 2 + i, title)
    for i, year in enumerate(range(1955, 2030)):
        sheet.cell(8 + i, 2, "%d-%02d" % (year, (year + 1) % 100))
        sheet.cell(8 + i, 3, deflator(year))
        sheet.cell(8 + i, 8, year)
        sheet.cell(8 + i, 9, deflator(year))
    sheet.cell(84, 2, "Source: made up")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def content(url, data):
    ids = re.search(r"indicator_ids=([\d,]+)&child_area_type_id=502&parent_area_type_id=15$", url)
    if ids and ids.group(1) == "90280,90638":
        return as_csv(social_contact(data))
    if ids:
        return as_csv(fingertips(ids.group(1)))
    if "nomisweb" in url:
        return nomis(url)
    return as_csv(outturn()) if url.endswith(".csv") else deflators()


def make(study, into, data):
    with open(os.path.join(os.path.dirname(study), "sources.yaml"), encoding="utf-8") as f:
        urls = re.findall(r"^ *url: (\S+)", f.read(), re.M)
    for url in urls:
        path = os.path.join(into, url.split("//", 1)[1])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        made = content(url, data)
        with open(path, "wb") as f:
            f.write(made if isinstance(made, bytes) else made.encode())
    print(len(urls))


# ---- checking --------------------------------------------------------------------------------------
def ok(good, what):
    global failures
    failures += not good
    print(("ok - " if good else "not ok - ") + what)


def same(found, expected):
    if expected is None or found == "":
        return expected is None and found == ""
    return abs(float(found) - expected) <= 1e-9 * abs(expected)


def compare(observed, indicator, expected, what):
    """expected: (area, period) -> tuple for value, lower95, upper95, or None where there is nothing."""
    wrong = []
    for key, figures in expected.items():
        row = observed.get((indicator,) + key)
        found = (row["value"], row["lower95"], row["upper95"]) if row else None
        if not row or not all(same(a, b) for a, b in zip(found, figures)):
            wrong.append("%s %s: %s, not %s" % (key + (found, figures)))
    ok(not wrong, "%s: %d figures%s" % (what, len(expected), "" if not wrong else ", wrong: " + "; ".join(wrong[:3])))


def check_fingertips(made, observed, indicator, ids, age):
    path = glob.glob(os.path.join(made, "fingertips*", "api", "all_data", "csv", "*indicator_ids=%s&*" % ids))[0]
    wanted = {code for code, _ in councils()}
    expected = {}
    with open(path, newline="") as f:
        for r in csv.DictReader(f):
            year = int(r["Time period"][:4])
            if (r["Indicator ID"], r["Sex"], r["Age"], r["Category Type"]) != (indicator[1], "Persons", age, ""):
                continue
            if r["Area Code"] in wanted and year >= 2019:
                expected[r["Area Code"], "%d-%02d" % (year, (year + 1) % 100)] = tuple(
                    float(r[k]) if r[k] else None for k in ("Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit"))
    compare(observed, indicator[0], expected, indicator[0])


def check(made, out):
    with open(os.path.join(out, "data", "observations.csv"), newline="") as f:
        observed = {(r["indicator_id"], r["area_code"], r["period"]): r for r in csv.DictReader(f)}
    for name, number, age in (("falls_admissions_65plus", "22401", "65+ yrs"), ("hip_fractures", "41401", "65+ yrs"),
                              ("readmissions_30_days", "41101", "All ages"), ("chronic_acs_admissions", "2521", "All ages"),
                              ("alcohol_admissions", "91414", "All ages"), ("self_harm_admissions", "21001", "All ages")):
        check_fingertips(made, observed, (name, number), number, age)
    check_fingertips(made, observed, ("social_contact_users", "90280"), "90280,90638", "18+ yrs")
    check_fingertips(made, observed, ("social_contact_carers", "90638"), "90280,90638", "18+ yrs")
    real, cash = {}, {}
    back = {now: (was, last) for was, (now, last) in FORMER.items()}
    for year in YEARS:
        for code, _ in councils():
            was, last = back.get(code, (code, 0))
            amount = 1000 * spent(was if year <= last else code, year)
            if (code in ("E06000063", "E06000064") and year <= 2022) or (code == "E08000025" and year >= 2023):
                amount = None
            people = sum(adults(code, a, year) for a in ["Age %d" % n for n in range(18, 90)] + ["Aged 90+"])
            key = code, "%d-%02d" % (year, (year + 1) % 100)
            cash[key] = amount, None, None
            real[key] = None if amount is None else amount * 100 / deflator(year) / people, None, None
    compare(observed, "asc_net_spend", cash, "asc_net_spend")
    compare(observed, "asc_net_spend_real_per_adult", real, "asc_net_spend_real_per_adult")
    ok(len({a for _, a, _ in observed if a.startswith("E0") or a.startswith("E1")}) == 153, "153 councils")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], sys.argv[3], sys.argv[4] if len(sys.argv) > 4 else None)
    else:
        check(sys.argv[2], sys.argv[3])
    sys.exit(failures > 0)
