#!/bin/bash
# A study whose figures are in an old Excel workbook: the one of tests/unit/xls_seed.py, which
# LibreOffice saved as XLS.
cd "$(dirname "$0")" && . ./tap.sh.inc
mkdir "$work/mine"
tail -c +2 "$root/tests/fuzz/seeds/xls/office" >"$work/mine/figures.xls"
{
    echo code,name
    for i in $(seq 1 40); do printf 'E%08d,Area %02d\n' "$i" "$i"; done
} >"$work/mine/areas.csv"
cat >"$work/mine/study.yaml" <<'YAML'
id: xls
title: An old workbook
publisher: Test
licence: none
areas: {source: areas, code: code, name: name, singular: area, plural: areas, nation: All}
sources:
  - {id: areas, title: Areas, publisher: Test, path: areas.csv}
  - id: figures
    title: Figures
    publisher: Test
    path: figures.xls
    sheet: Data 2016-17
    header_row: 2
    header_rows: 2
    end: 'Source:.*'
    missing: {"#DIV/0!": not_reported}
    area: {column: Code}
    period: {constant: 2016-17}
indicators:
  - id: total
    title: Total
    domain: Falls
    role: outcome
    measure: published
    polarity: low
    unit: things
    uncertainty: none
    value: {source: figures, columns: Total}
YAML
run check "$work/mine/study.yaml"
is "$status" 0 "check: exit status 0"
run run "$work/mine/study.yaml" --out "$work/out" --formats data --quiet
is "$status$err" 0 "run: exit status 0"
# Total is a formula: twice Number, which is three times the area's number.
has "$(cat "$work/out/data/observations.csv")" "total,E00000040,2016-17,,,240," "a formula's value is published"
has "$(cat "$work/out/data/observations.csv")" ",not_reported,figures,figures.xls!Data 2016-17,5," "… and an error that was declared is missing, with its row"
has "$(cat "$work/out/provenance.json")" "$(sha256sum <"$work/mine/figures.xls" | cut -d' ' -f1)" "provenance names the workbook's SHA-256"
mv "$work/mine/figures.xls" "$work/whole.xls"
head -c 9000 "$work/whole.xls" >"$work/mine/figures.xls"
run check "$work/mine/study.yaml"
is "$status" 1 "a workbook that was cut short: exit status 1"
has "$err" "figures.xls: the workbook is damaged or cut short" "a workbook that was cut short: said"
printf '<html><table><tr><td>1</td></tr></table></html>' >"$work/mine/figures.xls"
run check "$work/mine/study.yaml"
has "$err" "figures.xls: the file is not an XLS workbook: found an HTML page" "a web page that is called .xls: said"
finish
