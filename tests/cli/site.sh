#!/bin/bash
# Not under sanitizers: a browser reads pages.
# The web site of an edition: read by a program of another make, and visited with Chromium.
. "$(dirname "$0")/tap.sh.inc"
if ! command -v python3 >/dev/null; then
    echo "1..1"
    echo "ok 1 # SKIP python3 is not installed"
    exit 0
fi
check() { python3 "$root/tests/web/check_site.py" "$1" 2>/dev/null; }

run run "$root/indicators/demo/study.yaml" --out "$work/demo" --quiet
is "$status" 0 "the demo study is published with its site"
is "$(check "$work/demo")" "0 faults" "the site of the demo has no fault"
is "$(ls "$work/demo/areas" | sed 's/\..*//' | uniq -c | awk '$1 != 2')" "" \
    "every report of an area has its twin"
is "$(find "$work/demo" -name '*.html' -exec grep -L 'class="notice">All data' {} +)" "" \
    "every page has the notice of the study"

is "$(find "$work/demo" -name '*.html' -exec grep -L \
    'corrections.html">2 corrections</a> to earlier editions, the latest on 15 February 2024' {} +)" \
    "$work/demo/corrections.html" "every page leads to the corrections"

# That the check sees what it should.
while IFS='|' read -r name edit; do
    rm -rf "$work/damaged"
    cp -r "$work/demo" "$work/damaged"
    sed -i "$edit" "$work/damaged/methods.html"
    check "$work/damaged" | grep -q '^methods.html'
    ok $? "the check notices $name"
done <<'END'
a link that leads nowhere|s/href="sources.html"/href="source.html"/
another script|s/<script>/<script>alert(1);/
a picture from elsewhere|s,</main>,<img src="https://example.org/x.png" alt="x"></main>,
mark-up that does not close|0,/<p>/s//<p><b>/
a heading that skips|0,/<h2/s//<h4/
END

run run "$root/indicators/demo/study.yaml" --out "$work/two" --formats html --quiet \
    --area X01000005 --area X01000059
is "$status" 0 "a selection: published"
is "$(ls "$work/two/areas" | tr '\n' ' ')" "X01000005.html X01000059.html " "a selection: its pages"
is "$(check "$work/two")" "0 faults" "a selection: no link to a page that is not there"

# A report that would be too heavy for a page goes on on others.
python3 - >"$work/many.csv" <<'END'
print("indicator_id,indicator,area_code,area_name,period,numerator,denominator")
for i in range(150):
    for year in range(2014, 2017):
        for a in range(12):
            print(f"i{i:03d},Indicator {i},A{a:02d},Area {a},{year},{100 + (i * a * year) % 97},20000")
END
run assess "$work/many.csv" --out "$work/many" --formats html --quiet
is "$status" 0 "many indicators: published"
is "$(check "$work/many")" "0 faults" "many indicators: no page is too heavy, no link is lost"
[ -s "$work/many/areas/A05.2.html" ]
ok $? "many indicators: the page of an area goes on"

# Areas and indicators by the hundred, with long names: marks by the thousand in one chart.
python3 "$root/tests/stress/make_study.py" "$work/large" 400 120 --long --odd --periods 4
run run "$work/large/study.yaml" --out "$work/large.out" --formats html --quiet --area S00000007 --area S00000400
[ -s "$work/large.out/index.html" ]
ok $? "400 areas and 120 indicators: published" "$err"
is "$(check "$work/large.out")" "0 faults" "400 areas and 120 indicators: no page is too heavy, no link is lost"
rm -rf "$work/large" "$work/large.out"

# Names that would be mark-up, in every place where a file has names.
evil='"><script>alert(1)</script>&amp;'"'"'[x](javascript:alert(2)) **b** {{title}}'
{
    echo 'indicator_id,indicator,area_code,area_name,region,period,numerator,denominator'
    for area in A B C D E F G H I J K L; do
        for year in 2015 2016; do
            echo "falls,\"${evil//\"/\"\"} $year\",$area,\"${evil//\"/\"\"}$area\",\"</main>\",$year,$((RANDOM % 40 + 10)),1000"
        done
    done
} >"$work/evil.csv"
run assess "$work/evil.csv" --out "$work/evil" --formats html --quiet --title "$evil"
is "$status" 0 "names of mark-up: published"
is "$(check "$work/evil" | grep -v 'a placeholder')" "$(check "$work/evil" | tail -1)" \
    "names of mark-up: the pages stay what they are"
is "$(cat "$work"/evil/*.html "$work"/evil/*/*.html | grep -c 'href="javascript')" 0 \
    "names of mark-up: none becomes a link"

data=${PEERLINE_SHARED:-$root/../shared}/data
if [ -d "$data" ]; then
    run run "$root/indicators/england-2016-17/study.yaml" --mirror "$data" --out "$work/england" \
        --formats html --quiet
    is "$(check "$work/england")" "0 faults" "the site of England has no fault"
fi

# ---- as people meet it --------------------------------------------------------------------------
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser)}
export CHROMIUM
# The two packages from npm, once for all runs, in a folder that is nobody else's.
modules=${TMPDIR:-/tmp}/peerline-web-modules-$(id -u)
why=
[ -n "$CHROMIUM" ] || why="chromium is not installed"
[ "$(node --version 2>/dev/null | tr -dc '0-9.' | cut -d. -f1)" -ge 18 ] 2>/dev/null ||
    why="node 18 is not installed"
command -v npm >/dev/null || why="npm is not installed"
if [ -z "$why" ]; then
    mkdir -p -m 700 "$modules" && [ -O "$modules" ] || why="$modules is not ours"
fi
if [ -z "$why" ] && ! cmp -s "$root/tests/web/package-lock.json" "$modules/package-lock.json"; then
    rm -rf "$modules/node_modules"
    cp "$root/tests/web/package.json" "$modules/"
    if cp "$root/tests/web/package-lock.json" "$work/lock" && cp "$work/lock" "$modules/package-lock.json" &&
        ! (cd "$modules" && HOME=$work timeout 120 npm ci --ignore-scripts --no-audit --no-fund >"$work/npm" 2>&1); then
        rm -f "$modules/package-lock.json"
        why="npm could not install axe-core and playwright-core"
    fi
fi
if [ -n "$why" ]; then
    n=$((n + 1))
    echo "ok $n - a visit with Chromium # SKIP $why"
    finish
fi
export NODE_PATH=$modules/node_modules
retell "a visit" timeout 600 node "$root/tests/web/visit.js" "$work/demo" \
    index.html areas/X01000005.html indicators/falls_admissions.html methods.html
mkdir "$work/bad"
sed 's,<h2,<img src="data:\,"><h2,; s,<p class="notice">,<p class="notice" style="color:red">,' \
    "$work/demo/methods.html" >"$work/bad/index.html"
timeout 300 node "$root/tests/web/visit.js" "$work/bad" index.html >"$work/noticed" 2>&1
grep -q '^not ok .*axe-core' "$work/noticed" && grep -q '^not ok .*nothing said' "$work/noticed"
ok $? "the visit notices a picture without a name and a style that the policy forbids"
finish
