#!/bin/bash
# Not under sanitizers: poppler reads pages.
# Every page of the demonstration study's reports, and a sample of England's, walked by programs that
# know nothing of this one: tests/stress/walk.py says what is looked for.
#
# How much may be left empty: a chapter begins on a page of its own, so that its last page is half full
# in the mean; with chapters of three pages that is a sixth. A quarter says that something is amiss. No
# page but the last one may end clearly above its middle: what follows a short end begins below it.
. "$(dirname "$0")/tap.sh.inc"
. "$root/tests/stress/walk.sh.inc"
skip_without_walk_tools

run run "$root/indicators/demo/study.yaml" --out "$work/demo" --formats pdf --quiet
[ "$status" -eq 0 ] || [ "$status" -eq 3 ]
ok $? "the demonstration study is published" "$err"
case $err in *page-problem*) false ;; esac
ok $? "the writer found no fault in its own pages" "$err"
walk_reports "demo, national" 0.25 0.55 "$work/demo/national.pdf"
walk_reports "demo, areas" 0.25 0.55 "$work"/demo/areas/*.pdf

data=${PEERLINE_SHARED:-$root/../shared}/data
if [ -d "$data" ]; then
    run run "$root/indicators/england-2016-17/study.yaml" --mirror "$data" --out "$work/england" \
        --formats pdf --quiet
    case $err in *page-problem*) false ;; esac
    ok $? "the writer found no fault in the pages of England" "$err"
    mapfile -t sample < <(find "$work/england/areas" -name '*.pdf' | LC_ALL=C sort | awk 'NR % 10 == 1')
    walk_reports "England" 0.25 0.55 "$work/england/national.pdf" "${sample[@]}"
fi
finish
