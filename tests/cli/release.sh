#!/bin/bash
# Releasing an edition: the embargo, corrections, and what a study says of both.
. "$(dirname "$0")/tap.sh.inc"
study=$root/indicators/demo/study.yaml
command -v pdftotext >/dev/null || {
    echo "1..0 # SKIP pdftotext is not installed"
    exit 0
}
text() { pdftotext -layout "$1" - | tr -s ' \n' ' '; }
strings() { unzip -p "$1" xl/sharedStrings.xml; }
publish() { # folder, further options
    local folder=$1
    shift
    run run "$study" --out "$work/$folder" --area X01000001 --area X01000002 --area X01000003 \
        --formats pdf,xlsx,html,data "$@"
}

# ---- the embargo ----
publish stamped --embargo-until 2099-03-04T09:30
is "$status" "0" "a run with an embargo publishes as ever"
said="Not for release before 09:30 on 4 March 2099."
pages=$(pdfinfo "$work/stamped/national.pdf" | sed -n 's/^Pages: *//p')
is "$(text "$work/stamped/national.pdf" | grep -o "$said" | wc -l)" "$pages" "every page of the national report says so"
pages=$(pdfinfo "$work/stamped/areas/X01000002.pdf" | sed -n 's/^Pages: *//p')
is "$(text "$work/stamped/areas/X01000002.pdf" | grep -o "$said" | wc -l)" "$pages" "every page of an area's report says so"
is "$(find "$work/stamped" -name '*.html' -exec grep -L "$said" {} +)" "" "every web page says so"
has "$(strings "$work/stamped/variation.xlsx")" ">$said<" "the cover of the workbook says so"
has "$(strings "$work/stamped/variation.xlsx")" ">$said All data" "and so does every worksheet"
has "$(cat "$work/stamped/provenance.json")" '"embargo_until": "2099-03-04T09:30"' "provenance.json says so"
run check --workbook "$work/stamped/variation.xlsx"
is "$status" "0" "the workbook has no breach"

publish free
is "$(text "$work/free/national.pdf" | grep -c "Not for release")" "0" "without the option nothing is said"
is "$(grep -c embargo "$work/free/provenance.json")" "0" "nor in provenance.json"
cmp -s "$work/stamped/data/assessment.csv" "$work/free/data/assessment.csv"
ok $? "the figures are the same"

publish day --embargo-until 2099-03-04
has "$(text "$work/day/national.pdf")" "Not for release before 4 March 2099." "a day alone will do"
SOURCE_DATE_EPOCH=4102444800 publish later --embargo-until 2099-03-04
has "$err" "a day that is over: 2099-03-04" "a stamp that comes too late is told on stderr"
has "$(text "$work/later/national.pdf")" "Not for release before 4 March 2099." "and stamped all the same"
for wrong in 2099-02-30 2099-3-4 tomorrow 2099-03-04T24:00 '2099-03-04 09:30'; do
    publish never --embargo-until "$wrong"
    is "$status" "2" "refused: $wrong"
    has "$err" "--embargo-until: '$wrong' (2017-10-25 or 2017-10-25T09:30)" "and named: $wrong"
done

# ---- corrections ----
cmp -s "$root/indicators/demo/corrections.csv" "$work/free/data/corrections.csv"
ok $? "data/corrections.csv is the register itself, the latest first"
national=$(text "$work/free/national.pdf")
has "$national" "Revisions and corrections Revisions. Figures of earlier years are as first published." \
    "the national report says what is revised"
has "$national" "15 February 2024" "and lists the corrections"
has "$(cat "$work/free/corrections.html")" "15 February 2024" "as does its web page"
has "$(text "$work/free/areas/X01000001.pdf")" "Corrected on 30 November 2023" "an area's report has its own"
is "$(text "$work/free/areas/X01000001.pdf" | grep -c "15 February 2024")" "0" "and none of others"
for area in X01000002 X01000003; do
    has "$(text "$work/free/areas/$area.pdf")" "Corrected on 15 February 2024" "one of two areas is in both: $area"
done
has "$(strings "$work/free/variation.xlsx")" ">They are counted once.<" "the workbook has them"

cp -r "$root/indicators/demo" "$work/study"
sed -i 's/X01000003/X09999999/' "$work/study/corrections.csv"
run check "$work/study/study.yaml"
is "$status" "1" "a correction of an unknown area is a fault"
has "$err" "corrections.csv:2:1: correction names an area that is not in the register: X09999999" "named with its line"
rm "$work/study/corrections.csv"
run run "$work/study/study.yaml" --out "$work/none" --area X01000001 --formats pdf,data --quiet
has "$(text "$work/none/national.pdf")" "No figure of an earlier edition is known to have been wrong." \
    "without corrections the national report says that there are none"
is "$(wc -l <"$work/none/data/corrections.csv")" "1" "and data/corrections.csv has its header alone"
finish
