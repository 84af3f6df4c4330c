#!/bin/bash
# Not under sanitizers: many whole runs.
# With something new only what depends on it is redrawn: whatever changes, a report of an area is drawn
# again exactly if what it prints is other than before. Its page on the web, which is written each
# time from the same tree and keeps its time if its bytes are the same, is the witness.
. "$(dirname "$0")/tap.sh.inc"
cp -r "$root/indicators/demo" "$work/study"
study=$work/study/study.yaml
target=$work/edition
publish() { run run "$study" --out "$target" --formats pdf,html,data "$@"; }
number() { printf '%s\n' "$err" | sed -n "s/^peerline-summary .* $1=\([0-9.]*\).*/\1/p"; }
young() { (cd "$target" && find . -name "$1" -newermt 2021-01-01 | sed 's,^\./,,; s/\.[a-z]*$//' | LC_ALL=C sort); }
young_areas() { young "$1" | grep '^areas/'; }

publish
is "$status" 0 "the demo study is published"
cp -r "$target" "$work/first"

# again FILE SED NAME: with one edit of the study, from the first edition.
again() {
    rm -rf "$target"
    cp -r "$work/first" "$target"
    find "$target" -exec touch -h -d 2020-01-01 {} +
    cp "$work/study/$1" "$work/saved"
    sed -i "$2" "$work/study/$1"
    ! cmp -s "$work/study/$1" "$work/saved"
    ok $? "$3: the study is another"
    publish
    is "$status" 0 "$3: published"
    drawn=$(young_areas '*.pdf')
    is "$drawn" "$(young_areas '*.html')" "$3: drawn again are the reports of which the content is other"
    is "$(number reports_drawn)" "$(($(printf '%s' "$drawn" | grep -c .) + $(young national.pdf | grep -c .)))" \
        "$3: and no other, whose bytes would be the same"
    whole=$(fingerprint "$target/areas")
    run run "$study" --out "$work/fresh" --formats pdf,html,data --quiet
    is "$whole" "$(fingerprint "$work/fresh/areas")" "$3: what was taken over is what would have been drawn"
    rm -rf "$work/fresh"
    cp "$work/saved" "$work/study/$1"
}
few() { # most, name
    local found
    found=$(printf '%s' "$drawn" | grep -c .)
    [ "$found" -ge 1 ] && [ "$found" -le "$1" ]
    ok $? "$2" "$drawn"
}

# 3,206 of 24,174 readmissions become 3,207: 13.262 % and 13.266 %, and the nation's 14.5 % stays.
again data/after-hospital.csv '2s/24174,3206/24174,3207/' "a figure that prints the same"
has "$(cat "$target/data/changes.csv")" "readmissions,X01000001,2016-17,revised_figure" "it is a revised figure in the data"
few 20 "a figure that prints the same: few reports draw it otherwise"

# 13.3 % to 14.1 % in the latest period: whoever draws this council, or whose place moves.
again data/after-hospital.csv '9s/26842,3616/26842,3786/' "a figure of the latest period"
printf '%s\n' "$drawn" | grep -qx areas/X01000001
ok $? "a figure of the latest period: its council is drawn again" "$drawn"
young 'readmissions.html' | grep -q indicators/readmissions
ok $? "a figure of the latest period: so is the page of the indicator"
is "$(young 'falls_admissions.html')" "" "a figure of the latest period: that of another is not"

again practice.yaml 's/Nurses visited people/Nurses called on people/' "a case of good practice"
few 30 "a case of good practice: only who is shown it is drawn again"
is "$(young observations.csv)$(young assessment.csv)$(young readmissions.html)" "" "a case of good practice: no figure is written anew"

again corrections.csv 's/were swapped/were exchanged/' "the words of a correction"
is "$drawn" "areas/X01000002
areas/X01000003" "the words of a correction: the councils it is about are drawn again"
young corrections.html | grep -q corrections
ok $? "the words of a correction: so is the page of corrections"
finish
