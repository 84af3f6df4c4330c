#!/bin/bash
# Not under sanitizers: most of it is Python.
# Every published judgement against an independent recomputation from the edition's own observations:
# the demonstration study, and where the publishers' files are there, England and a Fingertips download.
. "$(dirname "$0")/tap.sh.inc"
if ! command -v python3 >/dev/null; then
    echo "1..1"
    echo "ok 1 # SKIP python3 is missing"
    exit 0
fi
data=${PEERLINE_SHARED:-$root/../shared}/data

recompute() { # name, edition, further arguments of reassess.py
    local name=$1
    shift
    retell "$name" python3 "$root/tests/england/reassess.py" "$@"
    grep -q '^ok .*good_practice.csv: sorted' "$work/retold"
    ok $? "$name: recomputed to the end" "$(tail -5 "$work/retold")"
}
study() { # folder, further options
    local folder=$root/indicators/$1 name=$1
    shift
    run run "$folder/study.yaml" --formats data --out "$work/$name" --quiet "$@"
    is "$status" 0 "$name: published"
    for what in indicators peers; do
        run list "$folder/study.yaml" $what --quiet "$@"
        cp "$work/stdout" "$work/$name.$what"
    done
    recompute "$name" "$work/$name" "$work/$name.indicators" "$work/$name.peers" "$folder"
}

study demo
retell "demo: neighbours" python3 "$root/tests/england/neighbours.py" demo "$root/indicators/demo" "$work/demo.peers"
if [ -d "$data" ]; then
    study england-2016-17 --mirror "$data"
    study england-ascof-2020-21 --mirror "$data"
    retell "england-2016-17: neighbours" python3 "$root/tests/england/neighbours.py" england "$data" \
        "$root/indicators/england-2016-17" "$work/england-2016-17.peers"
    run assess "$data/fingertips_UTLA_campylobacter_2015-2017.csv" --formats data --out "$work/download" --quiet
    is "$status" 0 "a Fingertips download: assessed"
    recompute "a Fingertips download" "$work/download"
fi
finish
