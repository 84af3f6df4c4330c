#!/bin/bash
# The files of the demonstration study are what its generator writes: nothing in them was edited by hand.
set -u
. "$(dirname "$0")/edition"
if ! command -v "${CC:-cc}" >/dev/null; then
    echo "1..0 # SKIP there is no C compiler"
    exit 0
fi
echo "1..1"
mkdir "$work/data"
if "${CC:-cc}" -std=c11 -O2 -ffp-contract=off -o "$work/demo-data" "$root"/tools/demo-data/*.c -lm &&
    "$work/demo-data" "$work/data" && diff -rq "$work/data" "$root/indicators/demo/data" >"$work/log"; then
    echo "ok 1 - the generator writes the files of the demonstration study"
else
    echo "not ok 1 - the generator writes the files of the demonstration study"
    sed 's/^/# /' "$work/log"
    exit 1
fi
