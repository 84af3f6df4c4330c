#!/bin/bash
# Sources on a server: what run and fetch ask it for, and what they do when it fails.
. "$(dirname "$0")/tap.sh.inc"

python=
for p in /usr/bin/python3 python3; do "$p" -c 'import http.server' 2>/dev/null && python=$p && break; done
if [ -z "$python" ]; then
    echo "1..0 # SKIP python3 is missing"
    exit 0
fi

# ---- the server: files of www, conditional by date; /away/ leads to another name of it, /slow/ takes
# ---- its time, and figures.csv is answered as the file "fault" says, if it is there --------------------
mkdir -p "$work/www" "$work/mine"
cp "$root"/indicators/template/data/*.csv "$work/www/"
cat >"$work/server.py" <<'PYTHON'
import http.server, os, sys, time
www, log = sys.argv[1:3]
FAULTS = { # status, headers, body
    "page": (200, {}, b"<!DOCTYPE html><title>Moved</title>"),
    "empty": (200, {}, b""),
    "damaged": (200, {"Content-Encoding": "gzip"}, b"no gzip at all"),
    "packed": (200, {"Content-Encoding": "rot13"}, b"nccyrf"),
    "gone": (410, {}, b"gone"),
    "busy": (503, {"Retry-After": "1"}, b"busy"),
    "round": (302, {"Location": "/figures.csv"}, b""),
    "away": (302, {"Location": "https://example.invalid/figures.csv"}, b""),
    "file": (302, {"Location": "file:///etc/passwd"}, b""),
}
class Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *args):
        super().__init__(*args, directory=www)
    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def slowly(self):
        with open(www + self.path[5:], "rb") as f:
            body = f.read()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for i in range(10):
            self.wfile.write(body[i * len(body) // 10:(i + 1) * len(body) // 10])
            time.sleep(0.15)
    def do_GET(self):
        fault = os.path.join(os.path.dirname(log), "fault")
        if self.path == "/figures.csv" and os.path.exists(fault):
            with open(fault) as f:
                self.answer(*FAULTS[f.read().strip()])
        elif self.path.startswith("/slow/"):
            self.slowly()
        elif self.path.startswith("/away/"):
            self.send_response(302)
            self.send_header("Location", "http://localhost:%d/%s" % (self.server.server_port, self.path[6:]))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            super().do_GET()
    def log_request(self, code="-", size="-"):
        with open(log, "a") as f:
            f.write("%s %d\n" % (self.path, int(code)))
    def log_message(self, *args):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(log + ".port.new", "w") as f:
    f.write(str(server.server_port))
os.rename(log + ".port.new", log + ".port")
server.serve_forever()
PYTHON
log=$work/requests
"$python" "$work/server.py" "$work/www" "$log" &
server=$!
trap 'kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -s "$log.port" ] && break; sleep 0.1; done
at=http://127.0.0.1:$(cat "$log.port")
study=$work/mine/study.yaml
sed "s,path: data/,url: $at/," "$root/indicators/template/study.yaml" >"$study"
asked() { LC_ALL=C sort "$log" 2>/dev/null; : >"$log"; }

# ---- asking --------------------------------------------------------------------------------------
export SOURCE_DATE_EPOCH=1508929200 # 2017-10-25
run fetch "$study"
is "$status" 0 "fetch: exit status 0"
is "$(asked)" "/areas.csv 200
/figures.csv 200" "fetch: every file once"
is "$out" "" "fetch: nothing on stdout"
has "$err" "areas: " "fetch: a line per file"
run fetch "$study"
is "$status" 0 "fetch again: exit status 0"
is "$(asked)" "/areas.csv 304
/figures.csv 304" "fetch again: asks whether the files changed"
has "$err" "figures: unchanged" "fetch again: says that they did not"
run fetch "$study" --refresh --quiet
is "$(asked)" "/areas.csv 200
/figures.csv 200" "fetch --refresh: gets them anyway"
is "$err" "" "--quiet: no progress"
run list "$study" areas
is "$status$(asked)" 0 "list: uses the copies without asking"
run run "$study" --out "$work/out" --formats data
is "$status" 0 "run: exit status 0"
is "$(asked)" "/areas.csv 304
/figures.csv 304" "run: asks whether the files changed"
has "$(cat "$work/out/provenance.json")" '"retrieved": "2017-10-25"' "run: notes when the bytes were first seen"
run run "$study" --out "$work/offline" --formats data --offline
is "$status$(asked)" 0 "run --offline: no request"
is "$(fingerprint "$work/offline")" "$(fingerprint "$work/out")" "run --offline: the same edition"

# ---- when it fails -------------------------------------------------------------------------------
mv "$work/www/figures.csv" "$work/kept.csv"
SOURCE_DATE_EPOCH=1509793200 run fetch "$study" # ten days later
is "$status" 3 "a file that is gone: exit status 3"
has "$err" "status 404" "a file that is gone: stderr says why"
has "$err" "first seen on 2017-10-25 (10 days ago)" "a file that is gone: stderr says how old the copy is"
run run "$study" --out "$work/stale" --formats data
is "$status" 3 "run with the last good copy: exit status 3"
has "$(cat "$work/stale/provenance.json")" "could not be refreshed: the copy first seen on 2017-10-25 was used" \
    "run with the last good copy: the edition says so"
is "$(cat "$work/stale/data/variation.csv")" "$(cat "$work/out/data/variation.csv")" \
    "run with the last good copy: the same figures"
first=$(fingerprint "$work/stale")
printf '<!DOCTYPE html>\n<title>Moved</title>\n' >"$work/www/figures.csv"
touch -d '1 minute' "$work/www/figures.csv" # Last-Modified counts seconds: let it be seen as new
run run "$study" --out "$work/stale" --formats data
is "$status" 3 "a page in place of the file: exit status 3"
has "$err" "HTML page" "a page in place of the file: stderr says so"
is "$(fingerprint "$work/stale")" "$first" "the edition does not depend on how the source failed"
printf 'wrong' >"$work/www/areas.csv"
XDG_CACHE_HOME=$work/none run run "$study" --out "$work/out" --formats data
is "$status" 1 "no copy at all: exit status 1"
is "$(fingerprint "$work/out")" "$(fingerprint "$work/offline")" "no copy at all: the earlier edition is untouched"
cp "$root/indicators/template/data/areas.csv" "$work/www/"
mv "$work/kept.csv" "$work/www/figures.csv"
run fetch "$study"
is "$status" 0 "once it is back: exit status 0"
asked >/dev/null

# ---- other hosts, pins, two at once ---------------------------------------------------------------
sed "s,$at/figures,$at/away/figures," "$study" >"$work/mine/away.yaml"
run fetch "$work/mine/away.yaml"
is "$status" 1 "a redirect to another host: exit status 1"
has "$err" "redirected to another host: 'http://localhost:" "a redirect to another host: refused"
sed 's,^\( *\)url: .*/away/.*,&\n\1hosts: [localhost],' "$work/mine/away.yaml" >"$work/mine/hosts.yaml"
run fetch "$work/mine/hosts.yaml"
is "$status" 0 "a redirect to a host of the source: exit status 0"
sed 's,^\( *\)url: .*/figures.csv,&\n\1hosts: ["https://example.org/"\, "localhost:80"\, "::1"],' "$study" >"$work/mine/bad.yaml"
run check "$work/mine/bad.yaml"
has "$err" "not a host: 'localhost:80'" "hosts: nor is a name with a port"
case $err in *"'::1'"*) ok 1 "hosts: an IPv6 address is one" "$err" ;; *) ok 0 "hosts: an IPv6 address is one" ;; esac
is "$status" 1 "hosts: an address is not a host"
has "$err" "bad.yaml:3" "hosts: the fault names the line"
has "$err" "not a host: 'https://example.org/'" "hosts: the fault names what was found"
sed 's,^\( *\)path: .*figures.csv,&\n\1hosts: [example.org],' "$root/indicators/template/study.yaml" >"$work/mine/useless.yaml"
run check "$work/mine/useless.yaml"
has "$err" "hosts of a source without url" "hosts: only with url"
# ---- whatever the server says -----------------------------------------------------------------------
copy=$(fingerprint "$XDG_CACHE_HOME" | grep '\.body')
while IFS='|' read -r fault why; do
    echo "$fault" >"$work/fault"
    run fetch "$study" --quiet
    is "$status" 3 "$fault: with a copy the exit status is 3"
    has "$err" "$why" "$fault: stderr says why"
    is "$(fingerprint "$XDG_CACHE_HOME" | grep -v '\.json')" "$copy" "$fault: the copy stays, and nothing half-written beside it"
    XDG_CACHE_HOME=$work/empty-$fault run run "$study" --out "$work/none-$fault" --formats data --quiet
    is "$status" 1 "$fault: without a copy the exit status is 1"
    [ ! -e "$work/none-$fault" ]
    ok $? "$fault: and nothing is published"
done <<'FAULTS'
page|found an HTML page instead of the file
empty|the file is empty
damaged|the packed bytes of the file are damaged
packed|packed as was not asked for: 'rot13'
gone|the server answered with status 410
busy|the server answered with status 503
round|redirected more than 5 times
away|redirected to another host: 'https://example.invalid/figures.csv'
file|the URL is not allowed: 'file:///etc/passwd'
FAULTS
rm "$work/fault"
run fetch "$study" --quiet
is "$status" 0 "after all that: exit status 0"

# ---- a terminal --------------------------------------------------------------------------------------
awk 'BEGIN { long = "0123456789"; while (length(long) < 40000) long = long long }
    { print $0 "," (NR == 1 ? "padding" : long) }' "$work/www/figures.csv" >"$work/www/long.csv"
sed "s,$at/figures,$at/slow/long," "$study" >"$work/mine/slow.yaml"
if "$python" -c 'import os; os.openpty()' 2>/dev/null; then
    TERM=xterm "$python" -c 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)' \
        "$program" fetch "$work/mine/slow.yaml" >"$work/terminal" 2>&1 </dev/null
    is $? 0 "on a terminal: exit status 0"
    shown=$(tr '\r\033' '\n\n' <"$work/terminal")
    grep -q 'figures  *\[##*\.\.*\] [0-9.]* of [0-9.]* MB' <<<"$shown"
    ok $? "on a terminal: a bar for the file that is coming" "$shown"
    has "$shown" "figures: $(wc -c <"$work/www/long.csv") bytes" "on a terminal: a line when it is there"
else
    n=$((n + 1)) && echo "ok $n - on a terminal # SKIP this system gives no terminals"
fi
asked >/dev/null

# ---- checking without the data ----------------------------------------------------------------------
asked >/dev/null
XDG_CACHE_HOME=$work/nothing run check "$study"
is "$status$(asked)" 0 "check: a study that was never fetched passes, and nobody is asked"
has "$err" "study.yaml:" "check: names the place of a source whose data are not here"
has "$err" "only the definition of source 'figures' was checked" "check: says what was not checked"
has "$err" "0 errors, 0 warnings" "check: which is no fault"
run check "$study"
case $err in *source-not-here*) ok 1 "check: with the data here, all is checked" "$err" ;; *) ok 0 "check: with the data here, all is checked" ;; esac
XDG_CACHE_HOME=$work/nothing run check "$study" --mirror "$work/www"
case $err in *source-not-here*) ok 1 "check: a mirror has them too" "$err" ;; *) ok 0 "check: a mirror has them too" ;; esac
sed "s,measure: rate,measure: rat," "$study" >"$work/mine/wrong.yaml"
XDG_CACHE_HOME=$work/nothing run check "$work/mine/wrong.yaml"
is "$status" 1 "check: a wrong definition fails without the data"
cp "$root/indicators/template/data/areas.csv" "$work/mine/areas.csv"
sed "s,url: $at/areas.csv,path: areas.csv," "$study" >"$work/mine/half.yaml"
XDG_CACHE_HOME=$work/nothing run check "$work/mine/half.yaml"
is "$status" 0 "check: what is here is read"
rm "$work/mine/areas.csv"
XDG_CACHE_HOME=$work/nothing run check "$work/mine/half.yaml"
is "$status" 1 "check: a file on disk that is missing fails"
XDG_CACHE_HOME=$work/nothing run check "$study" --refresh
is "$status $(asked)" "0 /areas.csv 200
/figures.csv 200" "check --refresh: gets them"

sum=$(sha256sum <"$work/www/figures.csv" | cut -d' ' -f1)
sed "s,^\( *\)url: .*/figures.csv,&\n\1sha256: $sum," "$study" >"$work/mine/pinned.yaml"
asked >/dev/null
run fetch "$work/mine/pinned.yaml"
is "$status $(asked)" "0 /areas.csv 304" "a pinned file that is in the cache is not asked for"
sed "s,sha256: .*,sha256: $(printf '0%.0s' $(seq 64))," "$work/mine/pinned.yaml" >"$work/mine/other.yaml"
run fetch "$work/mine/other.yaml"
is "$status" 1 "another file than the pinned one: exit status 1"
run fetch "$study" --offline
is "$status" 0 "another file than the pinned one: the copy of other studies stays"

for i in 1 2 3 4; do
    (
        XDG_CACHE_HOME=$work/shared "$program" run "$study" --out "$work/at-once-$i" --formats data --quiet 2>"$work/err-$i"
        echo $? >"$work/status-$i"
    ) &
    pids[i]=$!
done
wait "${pids[@]}"
is "$(cat "$work"/status-?)" "0
0
0
0" "four runs at once on one empty cache: all succeed"
is "$(cat "$work"/err-?)" "" "four runs at once: nothing to complain of"
is "$(find "$work/shared" -name '.part-*' | wc -l)" 0 "four runs at once: no unfinished file is left"
finish
