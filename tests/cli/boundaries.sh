#!/bin/bash
# Not under sanitizers: the unit tests go through restating.
# Areas over time, with the register that comes with the program: the register against lookups that
# others made, and one year of England on two maps, on that of its time and on none, against an
# independent computation. What needs the publishers' files is skipped where they are missing.
. "$(dirname "$0")/tap.sh.inc"
registers=$root/indicators/registers
data=${PEERLINE_SHARED:-$root/../shared}/data
if ! command -v python3 >/dev/null; then
    echo "1..1"
    echo "ok 1 # SKIP python3 is missing"
    exit 0
fi
report=$(python3 "$root/tests/england/register.py" "$data")
is "${report##*, }" "0 differ" "the register agrees with itself and with the lookups there are"
[ -d "$data" ] || finish

study() { # name, more keys of areas, boundaries
    mkdir -p "$work/$1"
    cat >"$work/$1/study.yaml" <<YAML
id: $1
title: Spending on adult social care, $1
publisher: Test
periods: {from: 2016-17}
areas:
  source: register
  code: code
  name: name
  singular: council
  plural: councils
  nation: England
  rows: [{column: tier, in: [upper, both]}]
  valid_from: valid_from
  valid_to: valid_to
  changes: {source: changes, rows: [{column: tier, in: [upper, both]}]}
  classes: [{id: region, column: region_name}]
$2
sources:
  - {id: register, title: Register, publisher: Peerline, path: $registers/england-areas.csv}
  - {id: changes, title: Changes, publisher: Peerline, path: $registers/england-area-changes.csv}
  - id: ascfr
    title: ASC-FR
    publisher: NHS Digital
    file: ascfr_2016-17_totals.csv
    area: {column: GEOGRAPHY_CODE}
    period: {column: FY_Ending, pattern: '(?<end>\d{4})', kind: financial_year}
    rows: [{column: GEOGRAPHY_CODE, blank: false}, {column: DataType_KEY, match: '1'}]
  - id: population
    title: Population
    publisher: ONS
    file: ons_population_single_year_of_age_by_LA.csv
    missing: ["-"]
    period: {column: year, pattern: '(?<start>\d{4})', kind: financial_year}
    rows: [{column: code, match: 'E.*'}, {column: year, match: '2016'}]
    area: {column: code, joins: [county]}
lookups:
  - {id: county, source: register, key: code, value: county_code}
peers:
  - {id: region, title: Same region, method: class, class: region}
indicators:
  - id: spend
    title: Spending per adult
    domain: Spending
    role: spend
    measure: ratio
    polarity: neither
    unit: £ per person aged 18 and over
    prefix: £
    per: 1000
    boundaries: $3
    numerator: {source: ascfr, columns: GROSSCURRENTEXPENDITURE, sum: true}
    denominator: {source: population, columns: 'Age (1[89]|[2-8]\d)|Aged 90\+', sum: true}
YAML
}
publish() { # name, format...
    run run "$work/$1/study.yaml" --mirror "$data" --out "$work/out/$1" --formats "${2-data}" --quiet
}

study map2017 "  as_of: 2017-03-31" restate
study map2023 "  as_of: 2023-04-01" restate
study moving "" restate
study broken "" break
for name in map2017 map2023 broken; do
    publish $name
    is "$status" 0 "$name is published whole"
done
retell recomputed python3 "$root/tests/england/boundaries.py" "$data" "$work/out/map2017" \
    "$work/out/map2023"

# Each area in its time: 152 councils in March 2017, and their successors' history beside them.
publish moving pdf,data
is "$status" 0 "moving is published whole"
areas=$(grep -c '^spend,' "$work/out/moving/data/observations.csv")
is "$areas" 161 "152 councils and nine of later; none that had gone by then"
is "$(find "$work/out/moving/areas" -name '*.pdf' | wc -l)" 152 "a report for each council of the time"
dates() { grep "^$1," "$work/out/moving/data/areas.csv" | cut -d, -f4,5; }
is "$(dates E10000027) $(dates E06000066)" ",2023-03-31 2023-04-01," "areas.csv says when each was there"
[ -e "$work/out/moving/areas/E06000066.pdf" ]
is $? 1 "none for one that did not exist yet"
run explain "$work/moving/study.yaml" E06000066 spend --mirror "$data"
has "$out" "status: restated" "explain says that a figure is restated"
has "$out" "the figure of Somerset (E10000027)" "and of what it was made"
has "$out" "not ranked: the area did not exist at the end of the period" "and that it is not ranked"
run explain "$work/moving/study.yaml" E06000058 spend --mirror "$data"
has "$out" "what part of Dorset (E10000009) went to Bournemouth, Christchurch and Poole (E06000058) is not stated" \
    "explain says what cannot be restated and why"
run explain "$work/broken/study.yaml" E06000066 spend --mirror "$data"
has "$out" "Somerset (E06000066) exists since 1 April 2023; before it Somerset (E10000027)" \
    "explain says why there is a break"
run run "$work/moving/study.yaml" --mirror "$data" --out "$work/out/one" --formats pdf,data \
    --area E06000066 --quiet
[ -e "$work/out/one/areas/E06000066.pdf" ]
is $? 0 "a report of any area on request"
finish
