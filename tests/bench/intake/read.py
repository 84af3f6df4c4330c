# read.py FILE all|study|openpyxl: the same as read.c with pandas (or openpyxl).
import sys
import time

COLUMNS = ["Indicator ID", "Area Code", "Area Type", "Sex", "Time period", "Value",
           "Lower CI 95.0 limit", "Upper CI 95.0 limit", "Count", "Denominator"]
path, what = sys.argv[1:]
if what == "openpyxl":
    import openpyxl
    begin = time.perf_counter()
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    seconds = time.perf_counter() - begin
    at = rows[0].index("Value") if "Value" in rows[0] else None
    total = 0 if at is None else sum(r[at] for r in rows[1:] if isinstance(r[at], (int, float)))
    print(f"{seconds:.3f} {len(rows) - 1} {total:.0f}")
    sys.exit(0)

import pandas  # noqa: E402

begin = time.perf_counter()
if path.endswith(".xlsx"):
    frame = pandas.read_excel(path)
else:
    frame = pandas.read_csv(path, usecols=COLUMNS if what == "study" else None, low_memory=False)
if what == "study":
    frame = frame[(frame["Sex"] == "Persons") &
                  frame["Area Type"].str.fullmatch("England|Counties.*")]
seconds = time.perf_counter() - begin
total = pandas.to_numeric(frame["Value"], errors="coerce").sum() if "Value" in frame else 0
print(f"{seconds:.3f} {len(frame)} {total:.0f}")
