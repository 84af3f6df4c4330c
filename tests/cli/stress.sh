#!/bin/bash
# Not under sanitizers: the same code on larger studies.
# Studies that strain the layout: long names, 1 and 120 indicators, 7 and 400 areas, figures that are
# missing, equal, negative, tiny, huge or far from all others. Every page is walked.
#
# So much of the pages of long names may be left empty as the largest figure of a page leaves: a third.
. "$(dirname "$0")/tap.sh.inc"
. "$root/tests/stress/walk.sh.inc"
skip_without_walk_tools

publish() { # NAME OPTION-OF-MAKE... -- OPTION-OF-RUN...
    local name=$1 made=()
    shift
    while [ "$1" != -- ]; do made+=("$1") && shift; done
    shift
    python3 "$root/tests/stress/make_study.py" "$work/$name" "${made[@]}"
    run run "$work/$name/study.yaml" --out "$work/$name.out" --formats pdf --quiet "$@"
    [ "$status" -eq 0 ] || [ "$status" -eq 3 ]
    ok $? "$name: published" "$status $err"
}
no_page_problem() {
    case $err in *page-problem*) false ;; esac
    ok $? "$1: the writer found no fault in its own pages" "$err"
}

publish odd 7 14 --long --odd -- --jobs 1
walk_reports odd 0.34 0.55 "$work"/odd.out/national.pdf "$work"/odd.out/areas/*.pdf
first=$(fingerprint "$work/odd.out" | grep '\.pdf$')
run run "$work/odd/study.yaml" --out "$work/odd.out" --formats pdf --quiet --jobs 3
is "$(fingerprint "$work/odd.out" | grep '\.pdf$')" "$first" "odd: the same bytes with three threads as with one"

publish single 7 1 --periods 1 --
no_page_problem single
walk_reports single 0.34 0.55 "$work"/single.out/national.pdf "$work"/single.out/areas/*.pdf

publish indicators 20 120 --long --periods 4 -- --area S00000001 --area S00000013
no_page_problem indicators
walk_reports indicators 0.34 0.55 "$work"/indicators.out/national.pdf "$work"/indicators.out/areas/*.pdf

publish areas 400 5 --periods 6 -- --area S00000007 --area S00000057 --area S00000400
no_page_problem areas
walk_reports areas 0.34 0.55 "$work"/areas.out/national.pdf "$work"/areas.out/areas/*.pdf
finish
