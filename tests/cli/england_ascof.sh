#!/bin/bash
# The study of the outcomes framework on the publishers' files, against an independent recomputation.
# Skipped where the files, python3 or openpyxl are missing.
. "$(dirname "$0")/tap.sh.inc"
data=${PEERLINE_SHARED:-$root/../shared}/data
python=$(python_with_openpyxl)
if [ ! -d "$data" ] || ! "$python" -c 'import openpyxl' 2>/dev/null; then
    echo "1..1"
    echo "ok 1 # SKIP the publishers' files or python3-openpyxl are missing"
    exit 0
fi
folder=$root/indicators/england-ascof-2020-21
run check "$folder/study.yaml" --mirror "$data"
is "$status" 0 "nothing to say about the study"
run run "$folder/study.yaml" --mirror "$data" --out "$work/ascof" --area E09000012 --area E06000053 --quiet
is "$status" 0 "published whole"
is "$(wc -l <"$work/ascof/data/rejects.csv")" 1 "no row is rejected"
for file in national.pdf variation.xlsx areas/E09000012.pdf areas/E06000053.pdf; do
    [ -s "$work/ascof/$file" ]
    ok $? "there is $file"
done
run list "$folder/study.yaml" peers --mirror "$data" --quiet
retell ascof "$python" "$root/tests/england/ascof.py" "$data" "$work/ascof" "$folder" "$work/stdout"
finish
