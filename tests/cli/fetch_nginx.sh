#!/bin/bash
# Sources on a real server: TLS, HTTP/2, real entity tags, packed files, and downloads that are killed.
. "$(dirname "$0")/tap.sh.inc"
. "$(dirname "$0")/nginx.sh.inc"

make_authority && make_certificate IP:127.0.0.1
mkdir -p "$work/www/packed" "$work/www/slow" "$work/mine"
data=$root/indicators/template/data
cp "$data"/*.csv "$work/www/"
cp "$data/figures.csv" "$work/www/packed/"
# A few megabytes with the same figures: a column that nothing asks for.
awk 'BEGIN { long = "0123456789"; while (length(long) < 80000) long = long long }
    { print $0 "," (NR == 1 ? "padding" : long) }' "$data/figures.csv" >"$work/www/slow/figures.csv"
start_nginx "location /packed/ { gzip on; gzip_types text/csv; gzip_min_length 1; }
    location /slow/ { limit_rate 1m; }" "ssl http2"
at=https://127.0.0.1:$port
study=$work/mine/study.yaml
sed "s,path: data/,url: $at/," "$root/indicators/template/study.yaml" >"$study"
export SOURCE_DATE_EPOCH=1508929200 # 2017-10-25

# ---- who is believed --------------------------------------------------------------------------------
run fetch "$study" --quiet
is "$status" 1 "a server of an unknown authority: exit status 1"
has "$err" "$at/figures.csv: could not be fetched: SSL certificate problem" "a server of an unknown authority: says so"
has "$err" "SSL_CERT_FILE" "a server of an unknown authority: says what can be done"
is "$(requests)" "" "a server of an unknown authority: is asked for nothing"
export SSL_CERT_FILE=$pems/ca.pem

# ---- HTTP/2 and entity tags ---------------------------------------------------------------------------
run fetch "$study" --quiet
is "$status" 0 "with the authority named in SSL_CERT_FILE: exit status 0"
is "$(requests | cut -d' ' -f1-3)" "/areas.csv HTTP/2.0 200
/figures.csv HTTP/2.0 200" "every file once, by HTTP/2"
run run "$study" --out "$work/out" --formats data --quiet
is "$status" 0 "run: exit status 0"
again=$(requests)
is "$(cut -d' ' -f1-3 <<<"$again")" "/areas.csv HTTP/2.0 304
/figures.csv HTTP/2.0 304" "run: the server knows its own entity tags"
has "$again" 'if-none-match="' "run: they were sent"
has "$(cat "$work/out/provenance.json")" "$at/figures.csv" "provenance names the address"
sed 's/$/ /' "$data/figures.csv" >"$work/www/figures.csv" # as long as it takes to be another file
run fetch "$study" --quiet
is "$(requests | cut -d' ' -f1-3)" "/areas.csv HTTP/2.0 304
/figures.csv HTTP/2.0 200" "a file that changed is got, the other is not"
unset SSL_CERT_FILE
export CURL_CA_BUNDLE=$pems/ca.pem
run fetch "$study" --quiet
is "$status" 0 "the authority may be named in CURL_CA_BUNDLE as well"
requests >/dev/null

# ---- packed -------------------------------------------------------------------------------------------
sed "s,$at/figures,$at/packed/figures," "$study" >"$work/mine/packed.yaml"
run fetch "$work/mine/packed.yaml" --quiet
has "$(requests)" "/packed/figures.csv HTTP/2.0 200 if-none-match= range= if-range= sent=gzip." "a file is sent packed"
run run "$work/mine/packed.yaml" --out "$work/packed" --formats data --quiet
has "$(requests)" '/packed/figures.csv HTTP/2.0 304 if-none-match=W/"' "and known by its weak tag"
is "$(cat "$work/packed/data/assessment.csv")" "$(cat "$work/out/data/assessment.csv")" "the same figures"

# ---- killed -------------------------------------------------------------------------------------------
sed "s,$at/figures,$at/slow/figures," "$study" >"$work/mine/slow.yaml"
{ timeout -s KILL 1.5 "$program" fetch "$work/mine/slow.yaml" --quiet 2>/dev/null; } 2>/dev/null
part=$(find "$XDG_CACHE_HOME/peerline" -name '.part-*' ! -name '*.json' -size +100k | head -1)
[ -n "$part" ]
ok $? "a killed download leaves a part"
got=$(stat -c %s "$part" 2>/dev/null)
requests >/dev/null
run fetch "$work/mine/slow.yaml" --quiet
is "$status" 0 "the next run: exit status 0"
next=$(requests | grep slow)
case $next in "/slow/figures.csv HTTP/2.0 206 if-none-match= range=bytes=$got- if-range=\""*) ok 0 "it goes on where the other stopped" ;;
*) ok 1 "it goes on where the other stopped" "$got: $next" ;; esac
whole=$(sha256sum <"$work/www/slow/figures.csv" | cut -d' ' -f1)
grep -qr "\"sha256\": \"$whole\"" "$XDG_CACHE_HOME/peerline"
ok $? "the file is whole"
is "$(find "$XDG_CACHE_HOME/peerline" -name '.part-*' | wc -l)" 0 "no unfinished file is left"

# ---- gone and back --------------------------------------------------------------------------------------
stop_nginx
run run "$study" --out "$work/stale" --formats data --quiet
is "$status" 3 "a server that is down: exit status 3"
has "$err" "could not be fetched" "a server that is down: stderr says so"
has "$(cat "$work/stale/provenance.json")" "could not be refreshed" "a server that is down: the edition says which copy it used"
XDG_CACHE_HOME=$work/none run run "$study" --out "$work/out" --formats data --quiet
is "$status" 1 "and no copy at hand: exit status 1"
start_nginx "" "ssl http2"
is "https://127.0.0.1:$port" "$at" "(nginx is back on its port)"
run fetch "$study" --quiet
is "$status" 0 "a server that is back: exit status 0"
finish
