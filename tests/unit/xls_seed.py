#!/usr/bin/python3
"""Writes the workbook that tests/fuzz/seeds/xls/office was made of, where LibreOffice is there:

    tests/unit/xls_seed.py seed.xlsx
    soffice --headless --convert-to xls:"MS Excel 97" seed.xlsx
    (printf f; cat seed.xls) >tests/fuzz/seeds/xls/office

test_intake_xls_seeds.c knows what is in it."""
import datetime
import sys

import openpyxl

book = openpyxl.Workbook()
book.active.title = "Notes"
book.active["A1"] = "Invented figures"
sheet = book.create_sheet("Data 2016-17")
sheet.append(["Table 1"])
sheet.append(["Code", "2016-17", None, "Collected", "Share", "Total", "Remark", "Flag"])
sheet.append([None, "Number", "Rate", None, None, None, None, None])
sheet.merge_cells("B2:C2")
for i in range(1, 41):
    row = i + 3
    sheet.append(["E%08d" % i, i * 3, i / 8, datetime.date(2016, 4, i % 30 + 1), i / 100,
                  "=B%d*2" % row, '="no "&B%d' % row, "=B%d>60" % row])
    sheet.cell(row, 4).number_format = "dd/mm/yyyy"
    sheet.cell(row, 5).number_format = "0.0%"
sheet["F5"] = "=1/0"
sheet["C6"] = "=NA()"
sheet["D7"] = datetime.datetime(2016, 4, 1, 12, 30)
sheet["D7"].number_format = "yyyy-mm-dd hh:mm"
sheet["G8"] = "Ynys Môn"
sheet["A44"] = "Source: invented"
book.save(sys.argv[1])
