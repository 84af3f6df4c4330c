#!/bin/bash
# Guard rails from the files to the edition: an attacker who has everything that is published cannot
# work out what was suppressed; sums that differ and slips of unit are told.
. "$(dirname "$0")/tap.sh.inc"
attack=$root/tests/cli/attack.py
cd "$work" || exit 2

# ---- suppression --------------------------------------------------------------------------------
python3 "$attack" make hidden hidden
python3 "$attack" make shown shown
run run hidden/study.yaml --out hidden.out
is "$status" 0 'a study with suppressed figures is published'
has "$err" '[suppression-withheld]' 'what is withheld is told'
is "$(python3 "$attack" attack hidden.out hidden/secrets.json)" '' \
    'no suppressed figure can be worked out from the edition'

# The same attacks on an edition of which only the row itself was taken away.
run run shown/study.yaml --out shown.out
control=$(python3 "$attack" attack shown.out hidden/secrets.json --blank)
for channel in 'nation_less_others: alone comparator' 'nation_less_others: alone overall rate' \
    'nation_less_others: alone target' 'nation_less_others: alone_total comparator' \
    'nation_less_others: alone_published comparator' \
    'printed_sums: alone printed' 'within_cell: alone_published width of limits' \
    'complements: all numerator less men = women' 'complements: men_share denominator less men' \
    'complements: national all less men' 'expected_events: expected events = deaths_young'; do
    has "$control" "$channel" "the attack works without guard rails: $channel"
done

value() { # file, indicator, column
    python3 -c 'import csv, sys
for r in csv.DictReader(open(sys.argv[1])):
    if r["indicator_id"] == sys.argv[2] and r.get("area_code", "K17") == "K17": print(r[sys.argv[3]])' "$@"
}
has "$(value hidden.out/data/variation.csv alone status)" "publisher's figure for England is not used" \
    'variation.csv says why the national row is not used'
has "$(pdftotext -layout hidden.out/national.pdf - | tr -s ' \n' ' ')" 'figure for England is not used' \
    'and so does the report'
has "$(value hidden.out/data/observations.csv men reason)" 'Indicator women' \
    'a withheld figure names the one that it protects'
is "$(value hidden.out/data/observations.csv all numerator)" 3455 'the whole is still shown'
is "$(value hidden.out/data/assessment.csv delays status)" suppressed \
    'a year of which a month is suppressed is suppressed'
run explain hidden/study.yaml K17 alone
has "$out" 'is not used' 'explain says it too'

# ---- sums and slips -----------------------------------------------------------------------------
mkdir slips
awk 'BEGIN {
    print "code,name" >"slips/areas.csv"
    print "code,year,x,n" >"slips/s.csv"
    for (a = 1; a <= 20; a++) printf "K%02d,Council %d\n", a, a >"slips/areas.csv"
    for (y = 2014; y <= 2017; y++) {
        for (a = 1; a <= 20; a++)
            printf "K%02d,%d,%d,%s\n", a, y, 500 + 10 * a + y - 2014, a == 9 && y == 2017 ? "10" : "10000" >"slips/s.csv"
        printf "ENG,%d,%d,200000\n", y, 12100 + 20 * (y - 2014) + (y == 2016 ? 500 : 0) >"slips/s.csv"
    }
}'
cat >slips/study.yaml <<'END'
id: slips
title: Slips
publisher: P
areas: {source: areas, code: code, name: name, singular: council, plural: councils, nation: England}
sources:
  - {id: areas, title: Areas, publisher: P, path: areas.csv}
  - {id: s, title: S, publisher: P, path: s.csv, area: {column: code, national: ENG}, period: {column: year}}
indicators:
  - id: falls
    title: Falls
    domain: D
    role: outcome
    measure: rate
    polarity: low
    unit: per 100,000 people
    numerator: {source: s, columns: x}
    denominator: {source: s, columns: n}
END
run check slips/study.yaml
is "$status" 0 'notes do not change the exit status of check'
has "$err" 's.csv:64: indicator falls, 2016: the row for England gives 12,640, its 20 councils with a figure add up to 12,140 (s.csv: line 64; lines 44 to 63) [sum-differs]' \
    'a sum that differs is told with lines and numbers'
has "$err" 's.csv:73: indicator falls, 2017, K09: value is about 1000 times the median of its other periods: 5930000, where 5910 is usual' \
    'a slip is told with its line, its value and what is usual'
has "$err" 's.csv:73: indicator falls, 2017, K09: denominator is about 1/1000 times the median of its other periods: 10, where 10000 is usual' \
    'and so is the count that slipped'
run run slips/study.yaml --out slips.out
is "$status" 0 'a slip is published as it is'
has "$err" '[unit-slip]' 'run tells it as well'
for report in national areas/K09; do
    has "$(pdftotext -layout "slips.out/$report.pdf" - | tr -s ' \n' ' ')" 'It may be in another unit' \
        "$report.pdf names the slip"
done
sed -i 's/    polarity: low/&\n    known_values: [{area: K09, period: 2017, because: Only ten wards are counted}]/' slips/study.yaml
run check slips/study.yaml
case $err in *unit-slip*2017,\ K09:\ value*) ok 1 'a known value is no note' "$err" ;; *) ok 0 'a known value is no note' ;; esac
run run slips/study.yaml --out slips.out
has "$(pdftotext -layout slips.out/national.pdf - | tr -s ' \n' ' ')" 'Only ten wards are counted' \
    'the report says why a known value is unusual'
finish
