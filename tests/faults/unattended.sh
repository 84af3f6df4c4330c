#!/bin/bash
# What befalls runs that nobody looks at: a publisher who is gone for a while, a disk that is full, a
# run that is killed while it keeps earlier editions. What is published stays, and what comes back is met.
. "$(dirname "$0")/../cli/tap.sh.inc"
python=
for p in /usr/bin/python3 python3; do "$p" -c 'import http.server' 2>/dev/null && python=$p && break; done
mkdir "$work/www" "$work/mine" "$work/place"
cp "$root"/indicators/template/data/*.csv "$work/www/"
target=$work/place/edition
trace() { find "$work/place" -printf '%p %T@ %i %s\n' | LC_ALL=C sort; }

# ---- a publisher who is gone for a while ------------------------------------------------------------
serve() { # on the port of before, if there was one
    "$python" - "$work/www" "$work/port" "$work/requests" <<'PYTHON' &
import http.server, os, sys
www, port, log = sys.argv[1:4]
class Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *args):
        super().__init__(*args, directory=www)
    def log_request(self, code="-", size="-"):
        with open(log, "a") as f:
            f.write("%s %d\n" % (self.path, int(code)))
    def log_message(self, *args):
        pass
http.server.ThreadingHTTPServer.allow_reuse_address = True
known = int(open(port).read()) if os.path.exists(port) else 0
server = http.server.ThreadingHTTPServer(("127.0.0.1", known), Handler)
with open(port + ".new", "w") as f:
    f.write(str(server.server_port))
os.rename(port + ".new", port)
open(port + ".up", "w").close()
server.serve_forever()
PYTHON
    server=$!
    for _ in $(seq 100); do [ -e "$work/port.up" ] && break; sleep 0.1; done
}
silence() {
    kill "$server"
    wait "$server" 2>/dev/null
    rm -f "$work/port.up"
}
if [ -n "$python" ]; then
    serve
    trap 'kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
    study=$work/mine/study.yaml
    sed "s,path: data/,url: http://127.0.0.1:$(cat "$work/port")/," "$root/indicators/template/study.yaml" >"$study"
    run run "$study" --out "$target" --quiet
    is "$status" 0 "sources on a server: published" "$err"
    fresh=$(fingerprint "$target")
    before=$(trace)
    : >"$work/requests"
    run run "$study" --out "$target"
    has "$err" "result=up-to-date" "nothing new there: up to date"
    is "$(LC_ALL=C sort "$work/requests")" "/areas.csv 304
/figures.csv 304" "every file was asked for once, and not sent again"
    is "$(trace)" "$before" "and nothing is touched"
    silence
    run run "$study" --out "$target" --quiet
    is "$status" 3 "the publisher is gone: the last good copies serve, 3"
    has "$(cat "$target/provenance.json")" '"note"' "the edition says so"
    is "$(fingerprint "$target/data" | grep assessment.csv)" "$(cd "$target" && echo "$fresh" | sed -n 's, \./data/, ./,p' | grep assessment.csv)" "its figures are the same"
    before=$(trace)
    run run "$study" --out "$target" --quiet
    is "$status" 3 "still gone: 3 again"
    is "$(trace)" "$before" "still gone: nothing is touched"
    serve
    run run "$study" --out "$target" --quiet
    is "$status" 0 "the publisher is back: 0"
    is "$(fingerprint "$target")" "$fresh" "and the edition is that of before, byte by byte"
    sed -i '2s/,[0-9]*,/,20000,/' "$work/www/figures.csv"
    touch -d '2 seconds' "$work/www/figures.csv"
    run run "$study" --out "$target"
    has "$err" "result=published" "a new file there: published"
    silence
else
    ok 0 "a publisher who is gone # SKIP python3 is missing"
fi

# ---- a disk that is full ----------------------------------------------------------------------------
cat >"$work/full.sh" <<'SCRIPT'
# In a name space of its own: a small disk with an edition and no room for another.
. "$root/tests/cli/tap.sh.inc"
disk=$work/disk
mkdir "$disk"
mount -t tmpfs -o size=64m none "$disk" || exit 9
cp -r "$root/indicators/template" "$work/study"
study=$work/study/study.yaml
run run "$study" --out "$disk/edition" --quiet
is "$status" 0 "a small disk: published" "$err"
before=$(fingerprint "$disk/edition")
whole=$(find "$disk" -printf '%p %T@\n' | sort)
room=$(($(du -sk "$disk/edition" | cut -f1) / 2))
mount -o "remount,size=$(($(du -sk "$disk" | cut -f1) + room))k" "$disk"
run run "$study" --out "$disk/edition" --quiet
is "$status$(find "$disk" -printf '%p %T@\n' | sort)" "0$whole" "no room for another: that nothing is new can be told"
sed -i 's/^title: .*/title: Another/' "$study"
run run "$study" --out "$disk/edition"
is "$status" 1 "no room for another: 1" "$err"
has "$err" "No space left" "no room for another: said"
has "$err" "result=failed exit=1" "no room for another: in the line for machines"
is "$(fingerprint "$disk/edition")" "$before" "no room for another: the edition is untouched"
is "$(find "$disk" -mindepth 1 -maxdepth 1 | wc -l)" 1 "no room for another: nothing is left behind"
# It may be full at any of the files: data, pages, workbook, reports, or the manifest at the end.
edition=$(du -sk "$disk/edition" | cut -f1)
for share in 2 10 20 35 65 80 90 97; do
    mount -o "remount,size=$(($(du -sk "$disk" | cut -f1) + edition * share / 100))k" "$disk"
    run run "$study" --out "$disk/edition" --quiet
    is "$status$(fingerprint "$disk/edition")$(find "$disk" -mindepth 1 -maxdepth 1 | wc -l)" "1${before}1" \
        "room for $share % of another: failed, the edition untouched, nothing left behind"
done
mount -o remount,size=64m "$disk"
run run "$study" --out "$disk/edition" --quiet --keep 1
is "$status" 0 "room again: published"
is "$(fingerprint "$disk"/edition.editions/0001_*)" "$before" "room again: and the earlier one kept"
umount "$disk"
finish
SCRIPT
if unshare -rm true 2>/dev/null; then
    export root
    retell "full disk" unshare -rm bash "$work/full.sh"
else
    ok 0 "a full disk # SKIP there are no name spaces of one's own"
fi

# ---- killed while earlier editions are kept ---------------------------------------------------------
cp -r "$root/indicators/template" "$work/study"
study=$work/study/study.yaml
target=$work/place/kept
run run "$study" --out "$target" --quiet --keep 9
first=$(fingerprint "$target")
for delay in 0.01 0.03 0.05 0.08 0.12 0.2 0.3; do
    sed -i "s/^title: .*/title: After $delay/" "$study"
    "$program" run "$study" --out "$target" --quiet --keep 9 >/dev/null 2>&1 &
    pid=$!
    sleep "$delay"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
done
sed -i 's/^title: .*/title: Last/' "$study"
run run "$study" --out "$target" --quiet --keep 9
is "$status" 0 "killed runs that keep editions: the next one publishes"
is "$(find "$work/place" -maxdepth 1 -name '.*.building-*' | wc -l)" 0 "and clears up"
is "$(fingerprint "$target.editions/$(ls "$target.editions" | head -1)")" "$first" "the first edition is on the shelf, whole"
whole=0
for edition in "$target" "$target.editions"/*; do
    "$program" run "$study" --out "$edition" --redraw --quiet >/dev/null 2>&1 || whole=1
done
is "$whole" 0 "every one on the shelf is an edition"
finish
