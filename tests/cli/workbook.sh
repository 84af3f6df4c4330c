#!/bin/bash
# The workbook of a real run, read by another program: the checklist for accessible spreadsheets.
. "$(dirname "$0")/tap.sh.inc"
run run "$root/indicators/demo/study.yaml" --out "$work/demo" --formats xlsx,data --quiet
book=$work/demo/variation.xlsx
[ -s "$book" ]
ok $? "the demo study gives a workbook" "$err"

found=$("$(python_with_openpyxl)" "$root/tests/cli/check_workbook.py" "$book" 2>&1)
case $? in
77) n=$((n + 1)) && echo "ok $n - the workbook keeps to the checklist # SKIP python3-openpyxl is not installed" ;;
0) ok 0 "the workbook keeps to the checklist" ;;
*) ok 1 "the workbook keeps to the checklist" "$found" ;;
esac

malformed=$(cd "$work" && unzip -q -o "$book" -d parts && find parts -name '*.xml' -print0 |
    xargs -0 xmllint --noout 2>&1)
is "$malformed" "" "every part of the workbook is well-formed XML"

# The same figures as the open data.
rows() { tail -n +2 "$work/demo/data/$1" | wc -l; }
table_rows() { # name of the table: rows below its header
    grep -ho "<table [^>]*" "$work"/parts/xl/tables/*.xml | grep " name=\"$1\"" |
        sed 's/.* ref="[A-Z]*\([0-9]*\):[A-Z]*\([0-9]*\)".*/\1 \2/' | awk '{print $2 - $1}'
}
is "$(table_rows outliers)" "$(rows outliers.csv)" "as many outliers in the workbook as in outliers.csv"
is "$(table_rows time_series)" "$(rows observations.csv)" \
    "as many values in the workbook as in observations.csv"
is "$(table_rows who_to_learn_from)" "$(rows good_practice.csv)" \
    "as many peers to learn from in the workbook as in good_practice.csv"
finish
