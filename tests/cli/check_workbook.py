"""check_workbook.py FILE.xlsx: the checklist for accessible spreadsheets, point by point.

Reads the file with openpyxl, which is strict about what it accepts, and prints one line per breach.
Exit status 1 if there is any, 77 if openpyxl is not installed.
"""
import re
import sys
import zipfile

try:
    import openpyxl
except ImportError:
    sys.exit(77)

SHORTHAND = {"[b]", "[c]", "[e]", "[p]", "[r]", "[x]", "[z]"}
breaches = []


def breach(where, what):
    breaches.append(f"{where}: {what}")


def check_book(book):
    names = book.sheetnames
    if names[:3] != ["Cover", "Contents", "Notes"]:
        breach("book", f"sheets begin {names[:3]}")
    if len({n.lower() for n in names}) != len(names):
        breach("book", "two sheets have one name")
    if book.active.title != "Cover":
        breach("book", f"opens at {book.active.title}")
    for key in ("title", "creator", "subject", "keywords"):
        if not getattr(book.properties, key):
            breach("book", f"property {key} is not set")
    tables = [t.lower() for sheet in book for t in sheet.tables]
    if len(set(tables)) != len(tables):
        breach("book", "two tables have one name")


def check_sheet(sheet):
    name = sheet.title
    if len(name) > 31 or name != name.strip() or name[0].isdigit():
        breach(name, "is no good sheet name")
    if not sheet["A1"].value or not sheet["A1"].font.b:
        breach(name, "has no title in A1")
    if sheet.merged_cells.ranges:
        breach(name, "has merged cells")
    if sheet.freeze_panes:
        breach(name, "has frozen panes")
    if sheet.auto_filter.ref:
        breach(name, "has a filter")
    if sheet._images:
        breach(name, "has images")
    if len(sheet._charts) != (1 if name == "Chart" else 0):
        breach(name, f"has {len(sheet._charts)} charts")
    for label, dimension in list(sheet.column_dimensions.items()) + list(sheet.row_dimensions.items()):
        if dimension.hidden:
            breach(name, f"{label} is hidden")
    if len(sheet.tables) != (0 if name == "Cover" else 1):
        breach(name, f"has {len(sheet.tables)} tables")
    for cell in (c for row in sheet.iter_rows() for c in row if c.value is not None):
        check_cell(name, cell)


def check_shorthand(book):
    """What is explained is used, and the other way round."""
    told = {m for row in book["Cover"].iter_rows(values_only=True) for v in row
            for m in re.findall(r"^\[\w+\]", str(v))}
    used = {v for sheet in book.worksheets[3:] for row in sheet.iter_rows(values_only=True) for v in row
            if isinstance(v, str) and re.fullmatch(r"\[\w+\]", v)}
    if told != used:
        breach("Cover", f"explains {sorted(told)}, and {sorted(used)} are used")


def check_observations(book):
    """Nothing of a figure that is withheld or not reported is "not applicable": it has the same reason."""
    if "Observations" not in book.sheetnames:
        return
    rows = list(book["Observations"].iter_rows(values_only=True))
    start = next(i for i, row in enumerate(rows) if "Numerator" in row and "Value" in row)
    columns = [rows[start].index(c) for c in ("Numerator", "Denominator", "Lower 95 % limit")]
    value = rows[start].index("Value")
    for i, row in enumerate(rows[start + 1:], start + 2):
        if row[value] in ("[c]", "[x]") and any(row[c] == "[z]" for c in columns):
            breach(f"Observations!{i}", f"{row[value]} is said of the value, and [z] of what belongs to it")


def check_cell(name, cell):
    where = f"{name}!{cell.coordinate}"
    if cell.font.name != "Arial" or cell.font.sz < 12:
        breach(where, f"font {cell.font.name} {cell.font.sz}")
    if cell.font.i:
        breach(where, "is in italics")
    if cell.fill.fill_type:
        breach(where, "has a fill")
    if cell.data_type == "f":
        breach(where, "is a formula")
    if cell.data_type == "e":
        breach(where, "is an error value")
    if isinstance(cell.value, str) and re.match(r"https?://", cell.value):
        breach(where, "shows a bare address")


def check_table(sheet, table, notes):
    name = sheet.title
    first, last = (sheet[ref] for ref in table.ref.split(":"))
    if first.column != 1:
        breach(name, "the table is not at the left edge")
    if (last.row, last.column) != (sheet.max_row, sheet.max_column):
        breach(name, "something lies below or beside the table")
    if last.row == first.row:
        breach(name, "the table has no row")
    if table.autoFilter is not None:
        breach(name, "the table has a filter")
    if table.tableStyleInfo and table.tableStyleInfo.showRowStripes:
        breach(name, "the table has bands")
    headers = [c.value for c in sheet[first.row][: last.column]]
    if headers != [c.name for c in table.tableColumns]:
        breach(name, "headers of cells and table differ")
    if len({str(h).lower() for h in headers}) != len(headers) or not all(headers):
        breach(name, "headers are not unique")
    for header in headers:
        for note in re.findall(r"\[(note \d+)\]", header):
            if note not in notes:
                breach(name, f"{note} is not explained")
    check_body(sheet, first.row + 1, last)


def check_body(sheet, top, last):
    for row in sheet.iter_rows(min_row=top, max_row=last.row, max_col=last.column):
        for cell in row:
            where = f"{sheet.title}!{cell.coordinate}"
            if cell.value is None or cell.value == "":
                breach(where, "is empty")
            elif isinstance(cell.value, str):
                if re.fullmatch(r"\[\w+\]", cell.value) and cell.value not in SHORTHAND:
                    breach(where, f"{cell.value} is no shorthand")
                if re.fullmatch(r"-?[\d,]+\.?\d*", cell.value) and not cell.hyperlink \
                        and sheet.cell(top - 1, cell.column).value in NUMERIC:
                    breach(where, "a number is stored as text")
            if not cell.alignment.wrap_text:
                breach(where, "does not wrap")


NUMERIC = {"Value", "Lower 95 % limit", "Upper 95 % limit", "Median of areas", "Areas ranked"}


def main(path):
    book = openpyxl.load_workbook(path)
    notes = {c.value for c in book["Notes"]["A"]}
    check_book(book)
    check_shorthand(book)
    check_observations(book)
    for sheet in book:
        check_sheet(sheet)
        for table in sheet.tables.values():
            check_table(sheet, table, notes)
    with zipfile.ZipFile(path) as z:
        parts = z.namelist()
        if any("vba" in p or "media" in p for p in parts):
            breach("book", "has macros or images")
        drawings = [z.read(p).decode() for p in parts if re.match(r"xl/drawings/drawing\d+\.xml", p)]
        if len(drawings) != 1 or not all(re.search(r'descr="[^"]{40,}"', d) for d in drawings):
            breach("book", "has a drawing without a text alternative, or more than the chart")
        if any(i.date_time != (1980, 1, 1, 0, 0, 0) for i in z.infolist()):
            breach("book", "holds times of today")
    for line in breaches[:20]:
        print(line)
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
