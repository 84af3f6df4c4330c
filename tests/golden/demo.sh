#!/bin/bash
# The demonstration study, file by file, against tests/golden/expected. A difference is not a fault by
# itself: look at it, and if it is meant, `make golden`.
set -u
. "$(dirname "$0")/edition"

if ! publish "$work/edition" >"$work/log" 2>&1; then
    sed 's/^/# /' "$work/log"
    echo "1..1"
    echo "not ok 1 - the demonstration study is published"
    exit 1
fi
"$root/tests/golden/render" "$work/edition" "$work/found" || exit 2

n=0 bad=0
result() { # ok|"not ok", text
    n=$((n + 1))
    echo "$1 $n - $2"
    [ "$1" = ok ] || bad=1
}
cd "$expected" || exit 2
while read -r file; do
    case $file in
    structure/*)
        if ! command -v python3 >/dev/null || ! command -v pdfinfo >/dev/null; then
            result ok "$file # SKIP python3 or pdfinfo is not installed"
            continue
        fi
        ;;
    web/*) command -v python3 >/dev/null || { result ok "$file # SKIP python3 is not installed"; continue; } ;;
    *.txt) command -v pdftotext >/dev/null || { result ok "$file # SKIP pdftotext is not installed"; continue; } ;;
    workbook/*) command -v unzip >/dev/null || { result ok "$file # SKIP unzip is not installed"; continue; } ;;
    esac
    if diff -u "$file" "$work/found/$file" >"$work/difference" 2>&1; then
        result ok "$file is as before"
    else
        result "not ok" "$file is as before"
        head -n 40 "$work/difference" | sed 's/^/# /'
    fi
done < <(find . -type f -printf '%P\n' | LC_ALL=C sort)
new=$(cd "$work/found" && find . -type f -printf '%P\n' | LC_ALL=C sort | while read -r f; do [ -e "$expected/$f" ] || echo "$f"; done)
if [ -z "$new" ]; then
    result ok "no file is new"
else
    result "not ok" "no file is new"
    printf '%s\n' "$new" | sed 's/^/# /'
fi
echo "1..$n"
exit $bad
