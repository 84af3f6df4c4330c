#!/bin/bash
# A report wholly in another language: every message of templates/ and every text of a study in
# another alphabet, and then no word of the first one in anything that a reader meets.
# Not under sanitizers
. "$(dirname "$0")/tap.sh.inc"
python=$(python_with_openpyxl)
if ! "$python" -c 'import yaml' 2>/dev/null || ! command -v pdftotext >/dev/null; then
    echo "1..1"
    echo "ok 1 # SKIP python3 with yaml, or pdftotext, is not installed"
    exit 0
fi
study=$work/demo
cp -r "$root/indicators/demo" "$study"
"$python" "$root/tests/cli/translate.py" make "$root" "$study"
run check "$study/study.yaml"
is "$status" 0 "every message can be replaced"
run run "$study/study.yaml" --out "$work/out" --jobs 2 --area X01000001 --area X01000059
is "$status" 0 "an edition in another language is published"
left=$("$python" "$root/tests/cli/translate.py" find "$work/out")
is "$?" 0 "its pages, reports and workbook can be read"
is "$left" "" "no word of the built-in language is left in it"
page=$work/out/index.html
grep -q '<html lang="mk"' "$page"
ok $? "pages say in which language they are"
grep -q 'data-decimal=","' "$page"
ok $? "and how its numbers are written"
grep -q 'Публисхед бу' "$page"
ok $? "sentences are those of the study"
grep -q ' Оцтобер 2024' "$work/out/areas/X01000001.html"
ok $? "months too"
grep -q '"dc:description": "Ареа цоде"' "$work/out/data/areas.csv-metadata.json"
ok $? "and what the columns of the data hold"
pdfinfo -struct-text "$work/out/areas/X01000001.pdf" >"$work/structure" 2>&1
! grep -qE 'chart: |Stacked bars|plot: |Heat map|Map: ' "$work/structure"
ok $? "nor is a picture of a report described in it"
# Two rules of the checklist look for English words: what a sheet says of its table, and the language.
run check --workbook "$work/out/variation.xlsx"
is "$(tail -n +2 <<<"$out" | cut -d, -f1 | sort -u | grep -vx 'S3\|P3')" "" \
    "the workbook is as accessible as that in the first language"
finish
