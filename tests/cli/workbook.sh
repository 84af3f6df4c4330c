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

run check --workbook "$book"
is "$status $out" "0 rule,sheet,cell,message" "its own checker finds no breach in it"

# The checker names what is wrong in workbooks that another program wrote, and broke in one way each.
mkdir "$work/broken"
"$(python_with_openpyxl)" "$root/tests/cli/break_workbook.py" "$program" "$work/broken" >"$work/found" 2>&1
case $? in
77) n=$((n + 1)) && echo "ok $n - broken workbooks # SKIP python3-openpyxl is not installed" ;;
*) retell "a broken workbook" cat "$work/found" ;;
esac

# Of a single CSV nobody is said to be the publisher.
printf 'indicator_id,area_code,period,numerator,denominator\n' >"$work/tidy.csv"
for area in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "i,A$area,2017,$((30 + area)),1000"; done >>"$work/tidy.csv"
run assess "$work/tidy.csv" --formats xlsx --quiet --out "$work/tidy"
run check --workbook "$work/tidy/variation.xlsx"
is "$status $out" "0 rule,sheet,cell,message" "nor in the workbook of a single CSV"

echo 'no workbook' >"$work/text.xlsx"
head -c 2000 "$book" >"$work/short.xlsx"
for file in text short missing; do
    run check --workbook "$work/$file.xlsx"
    is "$status$out" "1" "a file that is no whole workbook ($file) is told on stderr, with status 1"
    has "$err" "$work/$file.xlsx: " "the message names the file ($file)"
done
run check --workbook "$book" "$root/indicators/demo/study.yaml"
is "$status" "2" "a workbook and a study at once are a wrong call"

unzip -q -o "$book" -d "$work/parts"
ok $? "the workbook is a whole archive"
is "$(find "$work/parts" -name 'sheet*.xml' | grep -c .)" \
    "$(grep -o '<sheet ' "$work/parts/xl/workbook.xml" | grep -c .)" "with every sheet that it lists"
malformed=$(cd "$work" && find parts -name '*.xml' -print0 |
    xargs -0 xmllint --noout 2>&1)
is "$malformed" "" "every part of the workbook is well-formed XML"

# A converter that reads the whole file; too large for every machine that runs the tests.
if command -v soffice >/dev/null; then
    converted=$(cd "$work" && HOME=$work timeout 300 soffice --headless --convert-to ods --outdir "$work/ods" "$book" 2>&1)
    [ -s "$work/ods/variation.ods" ]
    ok $? "LibreOffice reads the workbook" "$converted"
else
    n=$((n + 1)) && echo "ok $n - LibreOffice reads the workbook # SKIP soffice is not installed"
fi

# The same figures as the open data.
rows() { tail -n +2 "$work/demo/data/$1" | wc -l; }
table_rows() { # name of the table: rows below its header
    grep -ho "<table [^>]*" "$work"/parts/xl/tables/*.xml | grep " name=\"$1\"" |
        sed 's/.* ref="[A-Z]*\([0-9]*\):[A-Z]*\([0-9]*\)".*/\1 \2/' | awk '{print $2 - $1}'
}
is "$(table_rows outliers)" "$(rows outliers.csv)" "as many outliers in the workbook as in outliers.csv"
is "$(table_rows observations)" "$(rows observations.csv)" \
    "as many values in the workbook as in observations.csv"
is "$(table_rows who_to_learn_from)" "$(rows good_practice.csv)" \
    "as many peers to learn from in the workbook as in good_practice.csv"
finish
