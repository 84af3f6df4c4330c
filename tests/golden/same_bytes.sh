#!/bin/bash
# Two runs give the same bytes in every file: whatever the number of threads, the time zone, the locale,
# the working directory, the user's directories, the name of --out and where the study lies.
set -u
. "$(dirname "$0")/edition"
n=0 bad=0

result() { # status, text
    n=$((n + 1))
    if [ "$1" = 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        bad=1
        head -n 20 "$work/log" | sed 's/^/# /'
    fi
}
same() { # DIR, text
    diff -rq "$work/first" "$1" >"$work/log" 2>&1
    result $? "$2"
}
# A language with other decimal marks; where there is none on this machine, one is made if its sources are.
other_locale=$(locale -a 2>/dev/null | grep -i -E '^(de|fr|tr|ar)_' | head -n 1)
if [ -z "$other_locale" ] && command -v localedef >/dev/null; then
    mkdir -p "$work/locales"
    localedef -i de_DE -f UTF-8 "$work/locales/de_DE.UTF-8" >/dev/null 2>&1 &&
        other_locale=de_DE.UTF-8 && export LOCPATH=$work/locales
fi

(cd "$root" && TZ=UTC LC_ALL=C "$PEERLINE" run indicators/demo/study.yaml --out "$work/first" --jobs 1 \
    >"$work/log" 2>&1)
result $? "one thread, from the repository"

(cd / && umask 077 && HOME=$work/home TZ=Pacific/Auckland LC_ALL=${other_locale:-C.UTF-8} LANGUAGE=de \
    "$PEERLINE" run "$root/indicators/demo/study.yaml" --out "$work/out/of the way/second/" --jobs 5 --quiet \
    >"$work/log" 2>&1)
result $? "five threads, from elsewhere, in time zone Pacific/Auckland and locale ${other_locale:-C.UTF-8}"
same "$work/out/of the way/second" "the same bytes from both"

cp -r "$root/indicators/demo" "$work/copy"
(cd "$work/copy" && TZ=America/Caracas "$PEERLINE" run study.yaml --out ../third --jobs 2 --quiet >"$work/log" 2>&1)
result $? "a copy of the study in another place"
same "$work/third" "the same bytes from the copy"

(cd "$work" && "$PEERLINE" run copy/study.yaml --out third --quiet >"$work/log" 2>&1)
result $? "an unchanged rerun succeeds"
same "$work/third" "and leaves the same bytes"
echo "1..$n"
exit $bad
