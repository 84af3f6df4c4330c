#!/bin/bash
# Faults of the input: a clear message, exit status 1, and the earlier edition untouched.
. "$(dirname "$0")/../cli/tap.sh.inc"
cp -r "$root/indicators/template" "$work/study"
study=$work/study/study.yaml figures=$work/study/data/figures.csv

run run "$study" --out "$work/out" --quiet
is "$status" 0 "the template study is published"
before=$(fingerprint "$work/out")
keep() { cp "$1" "$work/kept"; }
restore() { cp "$work/kept" "$1"; }
untouched() { is "$(fingerprint "$work/out")" "$before" "$1: the earlier edition is untouched"; }
no_litter() {
    is "$(find "$work" -maxdepth 1 -name '.out.*' -type d | wc -l)" 0 "$1: no half-built edition stays"
}

keep "$figures"
printf 'A01,"2023-' >>"$figures"
run run "$study" --out "$work/out" --quiet
is "$status" 1 "a file cut within quotes: exit status 1"
has "$err" "figures.csv" "a file cut within quotes: the file is named"
untouched "a file cut within quotes"
no_litter "a file cut within quotes"
restore "$figures"

head -c $(($(wc -c <"$work/kept") - 15)) "$work/kept" >"$figures"
run run "$study" --out "$work/out" --quiet
is "$status" 1 "a file cut within a row: exit status 1"
has "$err" "cut short" "a file cut within a row: said"
untouched "a file cut within a row"
restore "$figures"

sed -i '1s/people_65/people65/' "$figures"
run run "$study" --out "$work/out" --quiet
is "$status" 1 "a renamed column: exit status 1"
has "$err" "people_65 (did you mean people65?)" "a renamed column: the nearest name is told"
has "$err" "study.yaml:" "a renamed column: the definition's line is told"
untouched "a renamed column"
restore "$figures"

mv "$figures" "$work/away.csv"
run run "$study" --out "$work/out" --quiet
is "$status" 1 "a missing file: exit status 1"
has "$err" "figures.csv" "a missing file: the file is named"
untouched "a missing file"
mv "$work/away.csv" "$figures"

keep "$study"
sed -i 's/polarity: low/polarty: low/; s/measure: ratio/measure: rato/' "$study"
run run "$study" --out "$work/out" --quiet
is "$status" 1 "two faults of the definitions: exit status 1"
has "$err" "polarty" "two faults of the definitions: the first is told"
has "$err" "rato" "two faults of the definitions: and the second in one go"
untouched "two faults of the definitions"
restore "$study"

keep "$figures"
sed -i '5s/^[^,]*,/ZZ9,/' "$figures"
run run "$study" --out "$work/other" --quiet
is "$status" 3 "a row of an unknown area: published, exit status 3"
has "$err" "figures.csv:5:" "a row of an unknown area: named with its line"
has "$(cat "$work/other/data/rejects.csv")" "unknown-area" "a row of an unknown area: in rejects.csv"
restore "$figures"

sed '2p' "$figures" >"$work/twice.csv"
keep "$figures"
cp "$work/twice.csv" "$figures"
run run "$study" --out "$work/twice" --quiet
is "$status" 3 "a row that stands twice: exit status 3"
has "$err" "lines 2 and 3" "a row that stands twice: both lines are named"
restore "$figures"

mkdir "$work/foreign"
echo mine >"$work/foreign/letter.txt"
run run "$study" --out "$work/foreign" --quiet
is "$status" 2 "a folder that is not ours: refused with 2"
is "$(cat "$work/foreign/letter.txt")" mine "a folder that is not ours: left alone"
run run "$study" --out / --quiet
is "$status" 2 "the root: refused with 2"
(cd "$work/foreign" && "$program" run "$study" --out . --quiet 2>/dev/null)
is "$?" 2 "the current folder: refused with 2"

run run "$study" --out "$work/out" --area A01 --quiet
is "$status" 2 "a selection that would remove reports: refused with 2"
untouched "a selection that would remove reports"
run run "$study" --out "$work/one" --area A01 --formats pdf,data --quiet
is "$status" 0 "a selection elsewhere: published"
is "$(ls "$work/one/areas")" A01.pdf "a selection elsewhere: only what was asked for"
run run "$study" --out "$work/one2" --area NOPE --quiet
is "$status" 2 "an area that does not exist: refused with 2"
run run "$study" --out "$work/one2" --formats docx --quiet
is "$status" 2 "a format that does not exist: refused with 2"
run run "$study" --out "$work/pages" --formats html --quiet
is "$status" 0 "web pages alone: published"
is "$(ls "$work/pages" | grep -v 'html$' | tr '\n' ' ')" "areas indicators manifest.json provenance.json " \
    "web pages alone: nothing but pages"
[ -s "$work/pages/index.html" ] && [ -s "$work/pages/areas/A01.html" ]
ok $? "web pages alone: a dashboard and a page per area"
run run --no-such-option "$study"
is "$status" 2 "an option that does not exist: refused with 2"

# Killed at several moments: whatever was on the shelf stays there, and the next run tidies up.
for delay in 0.02 0.05 0.1 0.2; do
    "$program" run "$study" --out "$work/out" --quiet 2>/dev/null &
    pid=$!
    sleep "$delay"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
done
untouched "killed runs"
run run "$study" --out "$work/out" --quiet
is "$status" 0 "the run after killed ones: published"
no_litter "the run after killed ones"
untouched "the same input again (same bytes)"
finish
