#!/bin/bash
# Not under sanitizers: many whole runs.
# Runs that nobody looks at: nothing new, something new, what changed, earlier editions, two at once,
# what monitoring is told.
. "$(dirname "$0")/tap.sh.inc"
cp -r "$root/indicators/template" "$work/study"
study=$work/study/study.yaml figures=$work/study/data/figures.csv
mkdir "$work/place"
target=$work/place/edition

# Every file and directory with its time and its number on the disk: what a run that leaves no trace leaves as it is.
trace() { find "$work/place" -printf '%p %T@ %i %s\n' | LC_ALL=C sort; }
number() { # of the summary line: key
    printf '%s\n' "$err" | sed -n "s/^peerline-summary .* $1=\([0-9.]*\).*/\1/p"
}
age() { find "$work/place" -exec touch -h -d '2020-01-01' {} +; }
is_young() { # file, name
    [ "$(stat -c %Y "$target/$1")" -gt 1600000000 ]
    ok $? "$2" "$(stat "$target/$1" 2>&1)"
}
is_old() { # file, name
    [ "$(stat -c %Y "$target/$1")" -lt 1600000000 ]
    ok $? "$2" "$(stat "$target/$1" 2>&1)"
}

# ---- nothing new -------------------------------------------------------------------------------------
run run "$study" --out "$target"
is "$status" 0 "the first run publishes"
has "$err" "peerline-summary study=" "it ends with a line for machines"
has "$err" "result=published exit=0" "which says what came of it"
is "$(number reports_kept)" 0 "nothing could be taken over"
before=$(trace)
run run "$study" --out "$target"
is "$status" 0 "nothing new: exit status 0"
has "$err" "up to date: $target" "nothing new: said"
has "$err" "result=up-to-date exit=0" "nothing new: in the line for machines too"
awk "BEGIN { exit !($(number seconds) < 1) }"
ok $? "nothing new: in well under a second" "$(number seconds)"
is "$(trace)" "$before" "nothing new: no file, directory or time is touched, nor the place where it lies"
run run "$study" --out "$target" --quiet
is "$out$err" "" "nothing new, and quiet: nothing is said"
(cd "$work/place" && PEERLINE_JOBS=1 LC_ALL=C "$program" run ../study/study.yaml --out edition --jobs 7 --offline --quiet)
is "$?$(trace)" "0$before" "from elsewhere, with other threads: up to date as well"
cp -r "$work/study" "$work/moved"
run run "$work/moved/study.yaml" --out "$target"
has "$err" "result=up-to-date" "a copy of the study elsewhere: up to date as well"

# ---- other wishes are something new -----------------------------------------------------------------
run run "$study" --out "$target" --title "Other words"
has "$err" "result=published" "another title is drawn"
run run "$study" --out "$target"
has "$err" "result=published" "and back again"
SOURCE_DATE_EPOCH=1600000000 "$program" run "$study" --out "$target" --quiet
has "$(cat "$target/provenance.json")" '"edition": "2020-09-13"' "another date is drawn"
run run "$study" --out "$target" --redraw
has "$err" "result=published" "--redraw draws"
is "$(number files_kept)" 0 "--redraw takes nothing over"
run run "$study" --out "$work/fresh" --quiet
is "$(fingerprint "$target")" "$(fingerprint "$work/fresh")" "after all that it has the bytes of a fresh edition"

# ---- what was edited by hand ------------------------------------------------------------------------
run run "$study" --out "$target" --quiet
whole=$(fingerprint "$target")
age
rm "$target/areas/A01.pdf"
run run "$study" --out "$target"
is "$(number reports_drawn)" 1 "a report that is missing is drawn, alone"
is "$(fingerprint "$target")" "$whole" "and the edition is whole again, byte by byte"
is_old "areas/A02.pdf" "another report keeps its time"
is_old "data/assessment.csv" "and so does a file of data"
is_young "areas/A01.pdf" "the missing one is new"
printf x | dd of="$target/national.pdf" bs=1 seek=1000 conv=notrunc status=none
run run "$study" --out "$target" --quiet
is "$(fingerprint "$target")" "$whole" "a report that somebody wrote into is drawn again"
echo '{' >"$target/manifest.json"
run run "$study" --out "$target" --quiet
is "$status$(fingerprint "$target")" "0$whole" "a broken manifest costs no more than drawing"
cp -r "$target" "$work/place/copied"
before=$(trace)
run run "$study" --out "$work/place/copied"
has "$err" "result=up-to-date" "a copy of the edition is up to date, whatever its times"
is "$(trace)" "$before" "and is left alone"
rm -r "$work/place/copied"
echo note >"$target/note.txt"
run run "$study" --out "$target" --quiet
is "$(cat "$target/note.txt")" note "a file of somebody else stays as long as nothing is new"
rm "$target/note.txt"

# ---- something new: only what depends on it ---------------------------------------------------------
age
cp "$figures" "$work/figures.csv"
printf '\n\n' >>"$figures"
run run "$study" --out "$target"
is "$status" 0 "a source with other bytes and the same figures: published"
is_young provenance.json "its hash is in provenance.json"
is_old data/assessment.csv "no figure is written anew"
is_old data/observations.csv "nor any observation"
is_old areas/A01.pdf "no report of an area is drawn anew"
is "$(number reports_drawn)" 1 "only the national report is, which names the source's hash"
run run "$study" --out "$work/fresh2" --quiet
is "$(fingerprint "$target")" "$(fingerprint "$work/fresh2")" "what was taken over is what would have been drawn"
cp "$work/figures.csv" "$figures"
run run "$study" --out "$target" --quiet

# ---- what changed -----------------------------------------------------------------------------------
head -1 "$target/data/changes.csv" | grep -q '^indicator_id,area_code,period,change,'
ok $? "changes.csv is there"
is "$(wc -l <"$target/data/changes.csv")" 1 "the first edition changed nothing"
value() { # file, line, column by name
    awk -F, -v line="$2" -v name="$3" 'NR==1 {for (i = 1; i <= NF; i++) if ($i == name) c = i} NR==line {print $c}' "$1"
}
code=$(value "$figures" 2 code) year=$(value "$figures" 2 year)
falls=$(value "$figures" 2 falls)
sed -i "2s/,$falls,/,$((falls + 7)),/" "$figures"
run run "$study" --out "$target"
is "$(number revised_figures)" 1 "one figure of the source revised: one revised figure"
has "$(cat "$target/data/changes.csv")" "falls,$code,$year,revised_figure,$year," "it is named in changes.csv"
[ -s "$target/changes.html" ]
ok $? "the site has a page on it"
if command -v pdftotext >/dev/null; then
    has "$(pdftotext "$target/national.pdf" -)" "What changed since the edition before" "and the report a part"
else
    ok 0 "and the report a part # SKIP pdftotext is missing"
fi
told=$(cat "$target/data/changes.csv")
run run "$study" --out "$target" --title "Other words"
is "$(cat "$target/data/changes.csv")" "$told" "the same figures under another title: it says the same of them"
run run "$study" --out "$target"
run run "$study" --out "$target" --redraw
is "$(cat "$target/data/changes.csv")" "$told" "and after --redraw"
cp "$work/figures.csv" "$figures"
sed -i '2d' "$figures"
run run "$study" --out "$target" --quiet
has "$(cat "$target/data/changes.csv")" "withdrawn_figure" "a row that is gone: withdrawn figures"
cp "$work/figures.csv" "$figures"
run run "$study" --out "$target"
has "$(cat "$target/data/changes.csv")" "new_figure" "the row is back: new figures"
is "$(number withdrawn_figures)" 0 "and none withdrawn"

# ---- an edition with something left out -------------------------------------------------------------
sed -i '5s/^[^,]*,/ZZ9,/' "$figures"
run run "$study" --out "$target" --quiet
is "$status" 3 "a row of an unknown area: 3"
before=$(trace)
run run "$study" --out "$target" --quiet
is "$status" 3 "unchanged: 3 again"
has "$err" "left out: figures.csv, line 5:" "what was left out is told again"
is "$(trace)" "$before" "and nothing is touched"
cp "$work/figures.csv" "$figures"
run run "$study" --out "$target" --quiet
is "$status" 0 "the source mended: 0"

# ---- earlier editions -------------------------------------------------------------------------------
shelf=$target.editions
for i in 1 2 3 4; do
    before=$(fingerprint "$target")
    sed -i "2s/,[0-9]*,/,$((20000 + i)),/" "$figures"
    run run "$study" --out "$target" --keep 2 --quiet
    latest=$(find "$shelf" -mindepth 1 -maxdepth 1 | LC_ALL=C sort | tail -1)
    is "$status$(fingerprint "$latest")" "0$before" "--keep 2, edition $i: the one before is on the shelf as it was"
done
is "$(ls "$shelf" | cut -c1-5 | tr '\n' ' ')" "0003_ 0004_ " "only two are kept"
before=$(trace)
run run "$study" --out "$target" --keep 2 --quiet
is "$(trace)" "$before" "nothing new: nothing goes to the shelf"
rm "$target/areas/A01.pdf"
run run "$study" --out "$target" --keep 2 --quiet
is "$(ls "$shelf" | cut -c1-5 | tr '\n' ' ')" "0003_ 0004_ " "a damaged edition is mended, not kept"
mkdir "$shelf/0001_mine" && echo x >"$shelf/0001_mine/letter"
sed -i "2s/,[0-9]*,/,20009,/" "$figures"
run run "$study" --out "$target" --keep 0 --quiet
is "$(ls "$shelf")" 0001_mine "--keep 0 clears the shelf, but for what is not ours"
run run "$study" --out "$target" --keep -2 --quiet
is "$status" 2 "--keep below 0: refused"
rm -r "$shelf"
# Killed between the exchange and the shelf: the next run finds the earlier edition and keeps it.
sed -i "2s/,[0-9]*,/,20010,/" "$figures"
run run "$study" --out "$target" --keep 3 --quiet
mv "$shelf"/0001_* "$work/place/.edition.building-1"
kept=$(fingerprint "$work/place/.edition.building-1")
run run "$study" --out "$target" --keep 3 --quiet
is "$(fingerprint "$shelf"/0001_*)" "$kept" "an earlier edition that a killed run left is put on the shelf"

# ---- two at once ------------------------------------------------------------------------------------
if command -v flock >/dev/null; then
    before=$(trace)
    flock "$target" "$program" run "$study" --out "$target" --quiet 2>"$work/stderr"
    is "$?" 1 "a run that meets a lock: 1"
    has "$(cat "$work/stderr")" "already under way" "and says why"
    is "$(trace)" "$before" "it touches nothing"
else
    ok 0 "a lock # SKIP flock is missing"
fi
sed -i "2s/,[0-9]*,/,20011,/" "$figures"
for i in 1 2 3 4 5; do
    "$program" run "$study" --out "$target" >"$work/at-once.$i" 2>&1 &
done
wait
is "$(cat "$work"/at-once.* | grep -c 'result=published')" 1 "of five at once one publishes"
is "$(cat "$work"/at-once.* | grep -c -e 'result=up-to-date' -e 'already under way')" 4 "the others find it done, or meet the lock"
run run "$study" --out "$target"
has "$err" "result=up-to-date" "and it is whole"

# ---- monitoring -------------------------------------------------------------------------------------
metric() { sed -n "s/^$1{study=\"[^\"]*\"} //p" "$work/metrics.prom"; }
run run "$study" --out "$target" --quiet --summary "$work/metrics.prom"
is "$(metric peerline_exit_status)$(metric peerline_up_to_date)" 01 "--summary: up to date"
is "$(metric peerline_edition_timestamp_seconds)" "$(stat -c %Y "$target/manifest.json")" "--summary: since when the edition stands"
grep -vE '^# (HELP|TYPE) peerline_[a-z_]+ .+$|^peerline_[a-z_]+\{study="[^"]+"(,kind="[a-z_]+")?\} [0-9.]+$' "$work/metrics.prom"
is "$?" 1 "--summary: every line is one that node exporter reads"
mv "$figures" "$work/away.csv"
run run "$study" --out "$target" --quiet --summary "$work/metrics.prom"
is "$status$(metric peerline_exit_status)" 11 "--summary: a failure"
[ "$(metric peerline_edition_timestamp_seconds)" -gt 0 ]
ok $? "--summary: a failure tells how old the edition is that still stands"
mv "$work/away.csv" "$figures"
run run "$work/no-such.yaml" --summary "$work/metrics.prom"
is "$status$(sed -n 's/^peerline_exit_status.* //p' "$work/metrics.prom")" 11 "--summary: definitions that cannot be read"
has "$err" "result=failed exit=1" "and the line says so"

# ---- assess -----------------------------------------------------------------------------------------
printf 'indicator_id,area_code,period,numerator,denominator\n' >"$work/tidy.csv"
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "i,A$i,2020,$((i * 3)),1000"; done >>"$work/tidy.csv"
run assess "$work/tidy.csv" --out "$work/assessed" --quiet
before=$(find "$work/assessed" -printf '%p %T@\n' | sort)
run assess "$work/tidy.csv" --out "$work/assessed"
has "$err" "up to date" "assess: nothing new"
is "$(find "$work/assessed" -printf '%p %T@\n' | sort)" "$before" "assess: nothing is touched"
run assess "$work/tidy.csv" --out "$work/assessed" --polarity low
has "$err" "result=published" "assess: another option is something new"

run assess "$work/no-such.csv"
has "$err" "result=failed exit=1" "assess: a file that is not there is told in the line for machines"

# ---- England ----------------------------------------------------------------------------------------
data=${PEERLINE_SHARED:-$root/../shared}/data
if [ ! -d "$data" ]; then
    ok 0 "England # SKIP the publishers' files are missing"
    finish
fi
england=$root/indicators/england-2016-17/study.yaml
target=$work/place/england
run run "$england" --mirror "$data" --out "$target"
is "$status" 0 "England is published"
before=$(trace)
run run "$england" --mirror "$data" --out "$target"
is "$status" 0 "England again: 0"
has "$err" "result=up-to-date" "England again: up to date"
awk "BEGIN { exit !($(number seconds) < 1) }"
ok $? "England again: in well under a second" "$(number seconds)"
is "$(trace)" "$before" "England again: nothing is touched"
finish
