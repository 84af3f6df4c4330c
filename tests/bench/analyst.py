"""What an analyst would write with pandas, XlsxWriter and matplotlib for the study of tests/bench.

    analyst.py STUDY_DIRECTORY OUT_DIRECTORY

One workbook of all figures, a national PDF with a page per indicator, a PDF of two pages per area.
Plain and not slow on purpose: whole columns at a time, one figure reused where that is easy.
"""
import os
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.backends.backend_pdf import PdfPages

PEERS = 15


def measure(i):
    return "ratio" if i % 6 == 4 else "proportion" if i % 3 == 2 else "rate"


def read(folder):
    areas = pd.read_csv(f"{folder}/data/areas.csv")
    wide = pd.read_csv(f"{folder}/data/figures.csv")
    tidy = wide.melt(["code", "year", "people", "clients"], var_name="indicator", value_name="x")
    kind = tidy.indicator.str[1:].astype(int).map(measure)
    tidy["kind"] = kind
    tidy["per"] = kind.map({"rate": 100000, "proportion": 100, "ratio": 1})
    tidy["n"] = np.where(kind == "proportion", tidy.clients, tidy.people)
    return areas, tidy.merge(areas[["code", "name", "region"]], on="code")


def limits(t):
    """Byar for counts, Wilson for proportions."""
    z, x, n = 1.96, t.x.astype(float), t.n.astype(float)
    low = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3 / n
    high = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3 / n
    p, share = x / n, t.kind == "proportion"
    centre, width = p + z * z / (2 * n), z * np.sqrt((p * (1 - p) / n + z * z / (4 * n * n)).clip(0))
    low = np.where(share, (centre - width) / (1 + z * z / n), low)
    high = np.where(share, (centre + width) / (1 + z * z / n), high)
    none = t.kind == "ratio"
    t["value"] = t.per * p
    t["lower95"] = np.where(none, np.nan, t.per * low)
    t["upper95"] = np.where(none, np.nan, t.per * high)


def judge(t, areas):
    groups = t.groupby(["indicator", "year"])
    t["national"] = t.per * groups.x.transform("sum") / groups.n.transform("sum")
    t["rank"] = groups.value.rank(method="min").astype(int)
    t["median"] = groups.value.transform("median")
    t["z"] = (t.value - t.national) / ((t.upper95 - t.lower95) / 3.92)
    t["flag"] = np.where(t.z > 3.09, "higher", np.where(t.z < -3.09, "lower", ""))
    features = areas[["score", "density"]]
    scaled = ((features - features.mean()) / features.std()).to_numpy()
    distance = ((scaled[:, None] - scaled[None]) ** 2).sum(axis=2)
    return {code: areas.code.to_numpy()[np.argsort(d)[1 : PEERS + 1]]
            for code, d in zip(areas.code, distance)}


def workbook(t, path):
    with pd.ExcelWriter(path, engine="xlsxwriter") as book:
        columns = ["indicator", "code", "name", "region", "year", "x", "n", "value", "lower95",
                   "upper95", "national", "rank", "median", "z", "flag"]
        t[columns].to_excel(book, sheet_name="Figures", index=False)


def national(t, path):
    latest = t[t.year == t.year.max()]
    with PdfPages(path) as pdf:
        for name, d in latest.groupby("indicator"):
            figure, (bars, funnel) = plt.subplots(2, 1, figsize=(8.3, 11.7))
            d = d.sort_values("value")
            error = None if d.lower95.isna().all() else [d.value - d.lower95, d.upper95 - d.value]
            bars.bar(range(len(d)), d.value, yerr=error, color="#bfbfbf", width=0.8)
            bars.axhline(d.national.iloc[0], color="#12436d")
            bars.set_title(name)
            funnel.scatter(d.n, d.value, s=8, color="#12436d")
            n = np.linspace(d.n.min(), d.n.max(), 100)
            p, per = d.national.iloc[0], d.per.iloc[0]
            for z in (1.96, 3.09):
                se = per * np.sqrt(np.maximum(p / per, 1e-12) / n)
                funnel.plot(n, p + z * se, color="#3d3d3d", lw=0.8)
                funnel.plot(n, p - z * se, color="#3d3d3d", lw=0.8)
            pdf.savefig(figure)
            plt.close(figure)


def area_report(code, t, own, peers, path):
    with PdfPages(path) as pdf:
        latest = own[own.year == own.year.max()].set_index("indicator")
        others = t[(t.year == t.year.max()) & t.code.isin(peers)].groupby("indicator").value
        middle = others.median()
        low, high = others.quantile(0.25) / middle, others.quantile(0.75) / middle
        rows = np.arange(len(latest))
        figure, axes = plt.subplots(figsize=(8.3, 11.7))
        axes.barh(rows, high - low, left=low, color="#d9d9d9")
        axes.scatter(latest.value / middle, rows, color="#12436d", s=14)
        axes.set_yticks(rows, latest.index, fontsize=6)
        axes.set_title(f"{latest.name.iloc[0]} against its peers")
        pdf.savefig(figure)
        plt.close(figure)
        figure, grid = plt.subplots(4, 3, figsize=(8.3, 11.7))
        for axes, (name, d) in zip(grid.flat, own.groupby("indicator")):
            axes.plot(range(len(d)), d.value, color="#12436d")
            axes.plot(range(len(d)), d.national, color="#bfbfbf")
            axes.set_title(name, fontsize=8)
        pdf.savefig(figure)
        plt.close(figure)


def main(folder, out):
    os.makedirs(f"{out}/areas", exist_ok=True)
    areas, t = read(folder)
    limits(t)
    peers = judge(t, areas)
    t = t.sort_values(["indicator", "year", "code"])
    workbook(t, f"{out}/variation.xlsx")
    national(t, f"{out}/national.pdf")
    for code, own in t.groupby("code"):
        area_report(code, t, own, peers[code], f"{out}/areas/{code}.pdf")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
