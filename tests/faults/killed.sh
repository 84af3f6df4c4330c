#!/bin/bash
# Runs that are killed at any moment leave the earlier edition untouched, and the next run clears
# what they left behind.
. "$(dirname "$0")/../cli/tap.sh.inc"
cp -r "$root/indicators/demo" "$work/study"
study=$work/study/study.yaml
mkdir "$work/place"
target=$work/place/demo

run run "$study" --out "$target" --quiet
[ -s "$target/provenance.json" ]
ok $? "the demo study is published" "$err"
before=$(fingerprint "$target")
leftovers() { find "$work/place" -mindepth 1 -maxdepth 1 -name '.demo.*' | wc -l; }

# Something must differ, or an unchanged rerun would have nothing to build.
sed -i 's/^title: /title: Second /' "$study"

# Kills the run as soon as the building directory holds a file of this name.
kill_when() { # a path below the building directory
    "$program" run "$study" --out "$target" --quiet >/dev/null 2>&1 </dev/null &
    local pid=$! tries=0
    until compgen -G "$work/place/.demo.building-*/$1" >/dev/null || [ $tries -ge 3000 ]; do
        kill -0 $pid 2>/dev/null || break
        tries=$((tries + 1))
        sleep 0.01
    done
    kill -KILL $pid 2>/dev/null
    wait $pid 2>/dev/null
    killed=$?
}

for moment in 'data' 'data/assessment.csv' 'areas/*.pdf' 'areas/*.html' 'index.html' '*.xlsx' 'data/changes.csv' 'provenance.json'; do
    kill_when "$moment"
    is "$killed" 137 "killed when $moment was there: it was still at work"
    is "$(fingerprint "$target")" "$before" "killed when $moment was there: the earlier edition is untouched"
done
[ "$(leftovers)" -gt 0 ]
ok $? "a killed run leaves its building directory behind"

run run "$study" --out "$target" --quiet
has "$(cat "$target/provenance.json")" '"Second ' "the next run publishes" "$err"
is "$(leftovers)" 0 "the next run clears what the killed ones left"
[ "$(fingerprint "$target")" != "$before" ]
ok $? "the new edition took the place of the earlier one"

# Readers that look while an edition is exchanged see one whole edition, old or new.
sed -i 's/^title: Second /title: Third /' "$study"
"$program" run "$study" --out "$target" --quiet >/dev/null 2>&1 </dev/null &
pid=$!
torn=0
while kill -0 $pid 2>/dev/null; do
    [ -s "$target/provenance.json" ] && [ -s "$target/national.pdf" ] &&
        [ -s "$target/data/assessment.csv" ] || torn=$((torn + 1))
done
wait $pid
is "$torn" 0 "a reader never meets a missing or half edition"
is "$(leftovers)" 0 "nothing is left beside the edition"
finish
