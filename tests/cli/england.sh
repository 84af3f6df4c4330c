#!/bin/bash
# The study of England on the publishers' files, against an independent recomputation. Skipped where
# the files or python3 are missing.
. "$(dirname "$0")/tap.sh.inc"
data=${PEERLINE_SHARED:-$root/../shared}/data
if [ ! -d "$data" ] || ! command -v python3 >/dev/null; then
    echo "1..1"
    echo "ok 1 # SKIP the publishers' files or python3 are missing"
    exit 0
fi
run run "$root/indicators/england-2016-17/study.yaml" --mirror "$data" --out "$work/england" --quiet
is "$status" 0 "England is published whole"
is "$(find "$work/england/areas" -name '*.pdf' | wc -l)" 151 "151 council reports"
for file in national.pdf variation.xlsx provenance.json; do
    [ -s "$work/england/$file" ]
    ok $? "there is $file"
done
retell recomputed python3 "$root/tests/england/recompute.py" "$data" "$work/england"
finish
