#!/bin/bash
# Not under sanitizers: the same readers as england.sh.
# The study england-delayed-days on the publishers' files, against an independent recomputation. Skipped
# where the files or python3 are missing.
. "$(dirname "$0")/tap.sh.inc"
data=${PEERLINE_SHARED:-$root/../shared}/data
if [ ! -d "$data" ] || ! command -v python3 >/dev/null; then
    echo "1..1"
    echo "ok 1 # SKIP the publishers' files or python3 are missing"
    exit 0
fi
study=$root/indicators/england-delayed-days/study.yaml
run check "$study" --mirror "$data"
is "$status" 0 "the definitions and data are accepted"
has "$err" "0 errors, 0 warnings" "check has nothing to say of them"
run run "$study" --mirror "$data" --out "$work/out" --quiet \
    --area E10000002 --area E06000028
is "$status" 0 "the study is published whole"
for file in national.pdf variation.xlsx provenance.json areas/E10000002.pdf areas/E06000028.pdf; do
    [ -s "$work/out/$file" ]
    ok $? "there is $file"
done
retell recomputed python3 "$root/tests/england/delayed_days.py" "$data" "$work/out"
finish
