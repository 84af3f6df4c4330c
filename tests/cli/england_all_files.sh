#!/bin/bash
# Not under sanitizers: the readers are taken by other scripts.
# Every table among the publishers' files is read by a definition: those that no study of ours uses by the two
# studies in tests/england/all-files, compared with an independent reading. Skipped where the files or python3
# are missing.
. "$(dirname "$0")/tap.sh.inc"
data=${PEERLINE_SHARED:-$root/../shared}/data
if [ ! -d "$data" ] || ! command -v python3 >/dev/null; then
    echo "1..1"
    echo "ok 1 # SKIP the publishers' files or python3 are missing"
    exit 0
fi
for name in councils regions; do
    run run "$root/tests/england/all-files/$name/study.yaml" --mirror "$data" --formats data --out "$work/$name" --quiet
    is "$status" 0 "files by ${name%s}: read whole"
done
retell "all files" python3 "$root/tests/england/all_files.py" "$data" "$work/councils" "$work/regions" "$root"
finish
