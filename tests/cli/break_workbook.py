"""break_workbook.py PEERLINE FOLDER: breaks a sound workbook in one way at a time.

Each workbook is written by openpyxl into FOLDER and given to `peerline check --workbook`, which must
name the rule, the worksheet and the cell, and no other rule. Prints TAP. Exit status 77 if openpyxl is
not installed.
"""
import csv
import io
import os
import re
import subprocess
import sys
import zipfile

try:
    import openpyxl
except ImportError:
    sys.exit(77)
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

TEXT = Font(name="Arial", size=12)
BOLD = Font(name="Arial", size=12, bold=True)
TITLE = Font(name="Arial", size=16, bold=True)
WRAP = Alignment(wrap_text=True, horizontal="left", vertical="top")
program, folder = sys.argv[1:3]
CASES = []


def put(sheet, cell, value, font=TEXT):
    sheet[cell].value = value
    sheet[cell].font = font


def table(sheet, name, ref):
    t = Table(displayName=name, ref=ref)
    t.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(t)
    t._initialise_columns()
    t.autoFilter = None
    first, last = ref.split(":")
    for column, cell in zip(t.tableColumns, sheet[first:last][0]):
        column.name = str(cell.value)
    return t


def sheet_with_table(book, title, name, rows):
    sheet = book.create_sheet(title)
    put(sheet, "A1", f"{title} of an example", TITLE)
    put(sheet, "A2", "This worksheet contains one table.")
    for r, row in enumerate(rows, start=3):
        for c, value in enumerate(row, start=1):
            cell = sheet.cell(r, c, value)
            cell.font = BOLD if r == 3 else TEXT
            cell.alignment = WRAP
    for c in range(1, len(rows[0]) + 1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(c)].width = 40
    table(sheet, name, f"A3:{openpyxl.utils.get_column_letter(len(rows[0]))}{len(rows) + 2}")
    return sheet


def sound():
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "Cover"
    put(cover, "A1", "An example", TITLE)
    put(cover, "A2", "[c] confidential: suppressed by the publisher")
    put(cover, "A3", "Language: en-GB")
    sheet_with_table(book, "Notes", "notes", [["Note", "Text"], ["note 1", "A note."]])
    sheet_with_table(book, "Data", "figures", [["Area", "Value [note 1]", "Share"],
                                               ["North", 1.5, "[c]"], ["South", 2, 0.25],
                                               ["West", 3, 0.5]])
    p = book.properties
    p.title, p.creator, p.subject, p.keywords = "An example", "A publisher", "Tables", "example"
    return book


def case(rule, sheet, cell):
    """The function breaks a sound workbook; the rule, sheet and cell must be named."""
    def keep(function):
        CASES.append((function, rule, sheet, cell))
        return function
    return keep


def check(path):
    done = subprocess.run([program, "check", "--quiet", "--workbook", path], capture_output=True, text=True)
    return done.returncode, list(csv.DictReader(io.StringIO(done.stdout))), done.stderr


def rewrite(path, part, change):
    """Changes the text of one part of the file, for what openpyxl does not write."""
    with zipfile.ZipFile(path) as z:
        parts = {i.filename: z.read(i) for i in z.infolist()}
    parts[part] = change(parts.get(part, b"").decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts.items():
            z.writestr(name, data)


# ---- tables ----

@case("T1", "Extra", "")
def cells_without_a_table(book):
    sheet = book.create_sheet("Extra")
    put(sheet, "A1", "More", TITLE)
    put(sheet, "B2", 1)


@case("T1", "Data", "A3")
def a_table_without_rows(book):
    sheet = book["Data"]
    sheet.delete_rows(4, 3)
    sheet.tables["figures"].ref = "A3:C3"


@case("T2", "Data", "A3")
def a_table_called_table_1(book):
    book["Data"].tables["figures"].displayName = "Table1"


@case("T2", "Data", "A3")
def a_table_called_like_a_cell(book):
    book["Data"].tables["figures"].displayName = "AB12"


@case("T2", "Data", "A3")
def two_tables_of_one_name(book):
    book["Data"].tables["figures"].displayName = "Notes"


@case("T3", "Data", "B5:C5")
def merged_cells(book):
    book["Data"].merge_cells("B5:C5")
    return {"T3", "T8"}


@case("T4", "Data", "A5")
def a_blank_row(book):
    for cell in book["Data"][5]:
        cell.value = None


@case("T4", "Data", "C3")
def a_blank_column(book):
    for row in (4, 5, 6):
        book["Data"].cell(row, 3).value = None
    return {"T4", "T8"}


@case("T5", "Data", "C3")
def a_header_twice(book):
    sheet = book["Data"]
    sheet["C3"].value = sheet.tables["figures"].tableColumns[2].name = "AREA"


@case("T5", "Data", "A3")
def two_header_rows(book):
    book["Data"].tables["figures"].headerRowCount = 2
    return {"T5"}


@case("T6", "Data", "A4")
def text_that_does_not_wrap(book):
    book["Data"]["A4"].alignment = Alignment(wrap_text=False)


@case("T7", "Data", "B4")
def frozen_panes(book):
    book["Data"].freeze_panes = "B4"


@case("T7", "Data", "A3:C6")
def a_filter_of_the_sheet(book):
    book["Data"].auto_filter.ref = "A3:C6"


@case("T7", "Data", "A3")
def a_filter_of_the_table(book):
    book["Data"].tables["figures"].autoFilter = openpyxl.worksheet.filters.AutoFilter(ref="A3:C6")


@case("T8", "Data", "B5")
def an_empty_cell(book):
    book["Data"]["B5"].value = None


@case("T8", "Data", "B5")
def not_available_in_letters(book):
    book["Data"]["B5"].value = "n/a"


@case("T8", "Data", "B5")
def shorthand_that_is_nowhere_explained(book):
    book["Data"]["B5"].value = "[x]"


@case("T8", "Data", "B5")
def shorthand_of_its_own(book):
    book["Data"]["B5"].value = "[qq]"
    put(book["Cover"], "A4", "[qq] made up")


@case("T9", "Data", "A5")
def a_hidden_row(book):
    book["Data"].row_dimensions[5].hidden = True


@case("T9", "Data", "B1")
def a_hidden_column(book):
    book["Data"].column_dimensions["B"].hidden = True


@case("T9", "Data", "")
def a_hidden_sheet(book):
    book["Data"].sheet_state = "hidden"


@case("T10", "Data", "A3")
def a_narrow_column(book):
    book["Data"]["A4"].value = "Nottinghamshire"
    book["Data"].column_dimensions["A"].width = 4


# ---- notes ----

@case("N1", "Data", "A5")
def a_superscript_cell(book):
    book["Data"]["A5"].font = Font(name="Arial", size=12, vertAlign="superscript")


@case("N1", "Data", "A5")
def a_star(book):
    book["Data"]["A5"].value = "South*"


@case("N1", "Data", "A5")
def a_raised_digit(book):
    book["Data"]["A5"].value = "South\u00b9"


@case("N2", "Data", "A2")
def a_note_without_the_word(book):
    book["Data"]["A2"].value = "This worksheet contains one table [1]."


@case("N3", "Data", "A5")
def a_note_in_a_cell_of_data(book):
    book["Data"]["A5"].value = "South [note 1]"


@case("N4", "Data", "A2")
def a_note_that_is_not_explained(book):
    book["Data"]["A2"].value = "This worksheet contains one table [note 2]."


# ---- form ----

@case("F2", "Cover", "A4")
def a_bare_address(book):
    put(book["Cover"], "A4", "https://example.org/data")


@case("F2", "Cover", "A4")
def click_here(book):
    put(book["Cover"], "A4", "Click here")
    book["Cover"]["A4"].hyperlink = "https://example.org/data"
    book["Cover"]["A4"].font = TEXT


@case("F3", "Data", "A4")
def small_letters(book):
    book["Data"]["A4"].font = Font(name="Arial", size=8)


@case("F3", "Data", "A4")
def italics(book):
    book["Data"]["A4"].font = Font(name="Arial", size=12, italic=True)


@case("F3", "Data", "A4")
def letters_with_serifs(book):
    book["Data"]["A4"].font = Font(name="Times New Roman", size=12, family=1)


@case("F3", "Data", "A4")
def turned_text(book):
    book["Data"]["A4"].alignment = Alignment(wrap_text=True, text_rotation=90)


@case("F3", "Data", "A3")
def centred_text(book):
    book["Data"]["A3"].alignment = Alignment(wrap_text=True, horizontal="center")


@case("F4", "Data", "A1")
def no_title(book):
    book["Data"]["A1"].value = None


@case("F4", "Data", "A1")
def a_title_like_any_text(book):
    book["Data"]["A1"].font = TEXT


@case("F4", "Chart", "")
def a_chart_sheet(book):
    chart = BarChart()
    chart.add_data(Reference(book["Data"], range_string="Data!$B$4:$B$6"))
    book.create_chartsheet("Chart").add_chart(chart)


@case("F5", "Data", "B5")
def a_symbol_for_a_figure(book):
    book["Data"]["B5"].value = ".."


@case("F6", "Data", "")
def a_footer(book):
    book["Data"].oddFooter.center.text = "Page 1"


@case("F6", "Data", "")
def a_comment(book):
    book["Data"]["A4"].comment = Comment("Look", "me")


@case("F8", "Data", "A4")
def a_fill(book):
    book["Data"]["A4"].fill = PatternFill("solid", fgColor="FFFF00")


@case("F8", "Data", "A3")
def bands(book):
    book["Data"].tables["figures"].tableStyleInfo.showRowStripes = True


@case("F9", "Data", "B4:B6")
def colour_by_figure(book):
    book["Data"].conditional_formatting.add("B4:B6", CellIsRule(operator="lessThan", formula=["2"],
                                                                font=Font(color="FF0000")))


@case("F10", "Data", "A4")
def pale_letters(book):
    book["Data"]["A4"].font = Font(name="Arial", size=12, color="FFBBBBBB")


# ---- sheets ----

@case("S1", "Sheet4", "")
def a_sheet_without_a_name(book):
    sheet_with_table(book, "Sheet4", "more", [["Area"], ["North"]])


@case("S1", "2017", "")
def a_sheet_called_like_a_number(book):
    sheet_with_table(book, "2017", "more", [["Area"], ["North"]])


@case("S2", "Empty", "")
def a_blank_sheet(book):
    book.create_sheet("Empty")


@case("S3", "Data", "")
def nothing_said_of_the_table(book):
    book["Data"]["A2"].value = None


@case("S3", "Data", "C2")
def text_beside_column_a(book):
    put(book["Data"], "C2", "Source: us")


@case("S4", "Away", "B3")
def a_table_away_from_the_edge(book):
    sheet = book.create_sheet("Away")
    put(sheet, "A1", "Away", TITLE)
    put(sheet, "A2", "This worksheet contains one table.")
    for ref, value in (("B3", "Area"), ("B4", "North")):
        put(sheet, ref, value)
        sheet[ref].alignment = WRAP
    table(sheet, "away", "B3:B4")


@case("S5", "Data", "A8")
def a_source_below_the_table(book):
    put(book["Data"], "A8", "Source: us")


@case("S6", "Data", "A9")
def two_tables(book):
    sheet = book["Data"]
    for ref, value in (("A9", "Region"), ("A10", "East")):
        put(sheet, ref, value)
        sheet[ref].alignment = WRAP
    table(sheet, "regions", "A9:A10")


@case("S6", "Data", "E4")
def something_beside_the_table(book):
    put(book["Data"], "E4", 7)


# ---- the workbook ----

@case("P3", "", "")
def no_author(book):
    book.properties.creator = None


@case("P3", "", "")
def no_language(book):
    book["Cover"]["A3"].value = None


@case("P4", "Data", "C5")
def the_cursor_elsewhere(book):
    book["Data"].sheet_view.selection[0].activeCell = "C5"
    book["Data"].sheet_view.selection[0].sqref = "C5"


@case("P4", "", "")
def open_at_another_sheet(book):
    book.active = 2


@case("X1", "Data", "B5")
def text_of_a_number_that_is_none(book):
    book["Data"]["B5"].value = "NaN"


@case("X1", "Data", "B5")
def an_error(book):
    book["Data"]["B5"].value = "#N/A"


@case("X1", "Data", "B3")
def a_header_that_the_table_does_not_know(book):
    book["Data"].tables["figures"].tableColumns[1].name = "Other"


@case("X2", "Data", "E3")
def a_chart_without_words(book):
    chart = BarChart()
    chart.add_data(Reference(book["Data"], min_col=2, min_row=4, max_row=6))
    book["Data"].add_chart(chart, "E3")


def macros(path):
    rewrite(path, "xl/vbaProject.bin", lambda text: "macros")


def a_number_that_is_none(path):
    rewrite(path, "xl/worksheets/sheet3.xml", lambda text: re.sub(r'(<c r="B5"[^>]*>)<v>2</v>', r"\1<v>-NAN</v>", text))


def runs(properties):
    return ('<r><t>North</t></r><r><rPr><sz val="12"/>' + properties + '</rPr><t>1</t></r>')


def within_the_cell(path, properties):
    rewrite(path, "xl/worksheets/sheet3.xml",
            lambda text: text.replace("<is><t>North</t></is>", f"<is>{runs(properties)}</is>"))


def among_shared_strings(path, properties):
    rewrite(path, "xl/worksheets/sheet3.xml",
            lambda text: text.replace('t="inlineStr"><is><t>North</t></is>', 't="s"><v>0</v>'))
    rewrite(path, "xl/sharedStrings.xml",
            lambda text: f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si>'
                         f'{runs(properties)}</si></sst>')
    rewrite(path, "xl/_rels/workbook.xml.rels", lambda text: text.replace(
        "</Relationships>", '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'))


def a_part_in_superscript(path):
    among_shared_strings(path, '<vertAlign val="superscript"/>')


def a_part_in_italics(path):
    among_shared_strings(path, "<i/>")


def a_part_within_the_cell_in_superscript(path):
    within_the_cell(path, '<vertAlign val="superscript"/>')


def drawing(path, what):
    rewrite(path, "xl/drawings/drawing1.xml", lambda text: (
        '<xdr:wsDr xmlns:xdr="d"><xdr:twoCellAnchor><xdr:from><xdr:col>4</xdr:col><xdr:row>6</xdr:row></xdr:from>' +
        what + '</xdr:twoCellAnchor></xdr:wsDr>'))
    rewrite(path, "xl/worksheets/_rels/sheet3.xml.rels", lambda text: text.replace(
        "</Relationships>", '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/drawing" Target="/xl/drawings/drawing1.xml"/></Relationships>'))


def a_text_box(path):
    drawing(path, '<xdr:sp txBox="1"><xdr:nvSpPr><xdr:cNvPr id="2" name="TextBox 1"/></xdr:nvSpPr></xdr:sp>')


def an_image(path):
    drawing(path, '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Logo" descr="A logo"/></xdr:nvPicPr></xdr:pic>')


BYTES = [(a_part_in_superscript, "N1", "Data", "A4"), (a_part_in_italics, "F3", "Data", "A4"),
         (a_part_within_the_cell_in_superscript, "N1", "Data", "A4"), (a_text_box, "F6", "Data", "E7"),
         (an_image, "F11", "Data", "E7"),
         (macros, "F12", "", ""), (a_number_that_is_none, "X1", "Data", "B5")]


def main():
    n = failed = 0

    def result(good, name, found=""):
        nonlocal n, failed
        n += 1
        failed += not good
        print(f"{'ok' if good else 'not ok'} {n} - {name}")
        if not good:
            print(f"# {found}")

    def judge(path, name, rules, want):
        status, rows, err = check(path)
        found = {(r["rule"], r["sheet"], r["cell"]) for r in rows}
        good = status == 1 and want in found and {r["rule"] for r in rows} == rules
        result(good, f"{want[0]}: {name}", f"wanted {want}, {rules}; status {status}; {rows} {err}")

    path = os.path.join(folder, "sound.xlsx")
    book = sound()
    put(book["Data"], "A4", "%")
    put(book["Data"], "A5", "£")
    for ref in ("A4", "A5"):
        book["Data"][ref].alignment = WRAP
    book.save(path)
    status, rows, err = check(path)
    result(status == 0 and not rows, "a sound workbook has no breach", f"{rows} {err}")
    for function, *want in CASES:
        book = sound()
        rules = function(book) or {want[0]}
        path = os.path.join(folder, function.__name__ + ".xlsx")
        book.save(path)
        judge(path, function.__name__.replace("_", " "), rules, tuple(want))
    for function, *want in BYTES:
        path = os.path.join(folder, function.__name__ + ".xlsx")
        sound().save(path)
        function(path)
        judge(path, function.__name__.replace("_", " "), {want[0]}, tuple(want))
    print(f"1..{n}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
