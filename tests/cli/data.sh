#!/bin/bash
# The open data and what describes them to machines, read by a program of another make.
. "$(dirname "$0")/tap.sh.inc"
if ! command -v python3 >/dev/null; then
    echo "1..1"
    echo "ok 1 # SKIP python3 is not installed"
    exit 0
fi
check() { python3 "$root/tests/cli/check_data.py" "$1" 2>&1; }

run run "$root/indicators/demo/study.yaml" --out "$work/demo" --formats data --quiet
is "$status" 0 "the demo study gives data"
is "$(check "$work/demo/data")" "0 faults" "the data of the demo are as they are described"

# That the check sees what it should.
for edit in 's/,alarm,/,alarming,/' '2s/^\([^,]*\),[^,]*,/\1,X09999999,/' \
    '2s/^\([^,]*,[^,]*,[^,]*,[^,]*,[^,]*\),[^,]*/\1,about 12/' '2{p}' '2s/^[^,]*//'; do
    rm -rf "$work/damaged"
    cp -r "$work/demo/data" "$work/damaged"
    sed -i "$edit" "$work/damaged/outliers.csv"
    check "$work/damaged" | grep -q 'outliers.csv: [0-9]*:'
    ok $? "the check notices an edit: $edit"
done

rm -rf "$work/damaged"
cp -r "$work/demo/data" "$work/damaged"
sed -i '0,/"value": [0-9.]*/s//"value": 1.5/' "$work/damaged/areas/X01000002.json"
check "$work/damaged" | grep -q 'X01000002.json: value'
ok $? "the check notices another figure in a dashboard's file"

{
    echo 'indicator_id,area_code,period,numerator,denominator'
    for area in A B C D E F G H I J K L; do echo "falls,$area,2016,12,1000"; done
} >"$work/tidy.csv"
run assess "$work/tidy.csv" --out "$work/tidy" --formats data --quiet
is "$status" 0 "one file gives data"
is "$(check "$work/tidy/data")" "0 faults" "the data of one file are as they are described"

data=${PEERLINE_SHARED:-$root/../shared}/data
if [ -d "$data" ]; then
    run run "$root/indicators/england-2016-17/study.yaml" --mirror "$data" --out "$work/england" \
        --formats data --quiet
    is "$(check "$work/england/data")" "0 faults" "the data of England are as they are described"
fi
finish
