#!/bin/bash
# What the commands print and return.
. "$(dirname "$0")/tap.sh.inc"
study=$root/indicators/template/study.yaml

run --version
is "$status" 0 "--version: exit status 0"
has "$out" "peerline " "--version: says what it is"
run
is "$status" 2 "no command: exit status 2"
run help
is "$status" 0 "help: exit status 0"
for c in run assess fetch check explain list calc; do has "$out" "peerline $c" "help names $c"; done
run help run
is "$status" 0 "help run: exit status 0"
has "$out" "--mirror" "help run: lists the options"
run frobnicate
is "$status" 2 "an unknown command: exit status 2"
is "$out" "" "an unknown command: nothing on stdout"

run check "$study"
is "$status" 0 "check: a sound study"
run check "$work/none.yaml"
is "$status" 1 "check: a study that does not exist"
has "$err" "none.yaml" "check: names the file"
run list "$study" areas
is "$(printf '%s\n' "$out" | head -1)" "area_code,area_name,region" "list areas: header"
is "$(printf '%s\n' "$out" | wc -l)" "$(wc -l <"$root/indicators/template/data/areas.csv")" "list areas: one row each"
run list "$study" indicators
is "$(printf '%s\n' "$out" | wc -l)" 4 "list indicators: one row each"
run list "$study" sources
is "$status" 0 "list sources"
run list "$study" peers
is "$(printf '%s\n' "$out" | head -1)" "grouping,area_code,peer_code,rank,distance,peer_group" "list peers: header"
run list "$study" colours
is "$status" 2 "list of something else: exit status 2"
run explain "$study" A01 falls 2021-22
is "$status" 0 "explain: exit status 0"
# 100000 * 425 / 23553, by hand
has "$out" "100000 x 425 / 23553 = 1804.44104" "explain: the formula with its numbers"
has "$out" "figures.csv:2" "explain: file and line"
demo=$root/indicators/demo/study.yaml
run explain "$demo" X01000001 delayed_days
has "$out" "no sampling error is known for figures of this kind" "explain: says why there are no limits"
for odd in missing "interval 0" "rank 0"; do
    for figure in "X01000001 delayed_days" "X01000001 spend_total" "X01000059 readmissions"; do
        run explain "$demo" $figure
        case $out in *"$odd"*) ok 1 "explain $figure: no '$odd'" "$out" ;; *) ok 0 "explain $figure: no '$odd'" ;; esac
    done
done
mkdir "$work/months"
printf 'code,name\nA,Alder\n' >"$work/months/areas.csv"
{ echo code,month,x; for m in April May June July; do echo "A,$m 2016,2"; done; } >"$work/months/spring.csv"
{ echo code,month,x; for m in August September October November December; do echo "A,$m 2016,3"; done
    for m in January February March; do echo "A,$m 2017,4"; done; } >"$work/months/rest.csv"
cat >"$work/months/study.yaml" <<YAML
id: months
title: Months
publisher: Test
areas: {source: areas, code: code, name: name, nation: All}
sources:
  - {id: areas, title: Areas, publisher: Test, path: areas.csv}
  - {id: spring, title: Days in spring, publisher: Test, path: spring.csv, area: {column: code}, period: {column: month}}
  - {id: rest, title: Days of the rest, publisher: Test, path: rest.csv, area: {column: code}, period: {column: month}}
indicators:
  - {id: days, title: Days, unit: days, domain: D, role: activity, measure: total,
     numerator: {source: spring, columns: x, gather: financial_year, further: [{source: rest, columns: x}]}}
YAML
run explain "$work/months/study.yaml" A days
has "$out" "amount: 35, from spring.csv:2" "explain: months of two files make a year"
has "$out" "Days in spring, Test" "explain: the first file is named"
has "$out" "other months of it from rest.csv" "explain: and the second"
has "$out" "Days of the rest, Test" "explain: with its title"
run explain "$study" NOPE falls
is "$status" 2 "explain: an unknown area"
run check "$study" >/dev/full
"$program" list "$study" areas >/dev/full 2>"$work/stderr"
is "$?" 1 "a full disk: exit status 1"
finish
