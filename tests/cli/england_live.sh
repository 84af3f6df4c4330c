#!/bin/bash
# Not under sanitizers: most of it is nginx and Python.
# The study of England from the publishers' addresses, on files in the publishers' layouts: from a mirror,
# from a server on this machine, and by HTTPS through a proxy to what takes itself for the publishers.
. "$(dirname "$0")/tap.sh.inc"
python=
for p in /usr/bin/python3 python3; do "$p" -c 'import openpyxl' 2>/dev/null && python=$p && break; done
if [ -z "$python" ]; then
    echo "1..0 # SKIP python3 with openpyxl is missing"
    exit 0
fi
. "$(dirname "$0")/nginx.sh.inc"
study=$root/indicators/england-live/study.yaml
live=$root/tests/england/live.py
shared=${PEERLINE_SHARED:-$root/../shared}/data
export SOURCE_DATE_EPOCH=1795305600 # 2026-11-22

# ---- the definitions alone --------------------------------------------------------------------------
run check "$study"
is "$status" 0 "check without the data: exit status 0"
has "$err" "only the definition of source 'outturn' was checked" "check without the data: says so"
has "$err" "0 errors, 0 warnings" "check without the data: no fault"

# ---- a mirror ---------------------------------------------------------------------------------------
n_sources=$("$python" "$live" make "$study" "$work/www" "$shared")
is "$n_sources" "$(grep -c '^  url: https://' "$root/indicators/england-live/sources.yaml")" "a file for every address"
run check "$study" --mirror "$work/www"
is "$status" 0 "check with a mirror: exit status 0"
has "$err" "0 errors, 0 warnings" "check with a mirror: no fault"
run run "$study" --mirror "$work/www" --out "$work/mirror" --formats data --quiet
is "$status" 0 "run with a mirror: exit status 0"
is "$err" "" "run with a mirror: nothing to complain of"
is "$(wc -l <"$work/mirror/data/rejects.csv")" 1 "run with a mirror: no row is rejected"
"$python" "$live" check "$work/www" "$work/mirror" >"$work/checked"
while read -r line; do
    case $line in
    "ok "*) ok 0 "${line#* - }" ;;
    "not ok "*) ok 1 "${line#* - }" ;;
    esac
done <"$work/checked"
grep -q '^ok - 153 councils' "$work/checked"
ok $? "the recomputation ran"
same_figures() { # edition, name
    is "$(cd "$1/data" && sha256sum assessment.csv variation.csv good_practice.csv)" \
        "$(cd "$work/mirror/data" && sha256sum assessment.csv variation.csv good_practice.csv)" "$2"
}

# ---- a server on this machine: the hosts become folders -----------------------------------------------
start_nginx 'location / { try_files "$uri?$args" $uri =404; }' ""
mkdir -p "$work/pack/local"
cp -r "$root/indicators/registers" "$work/pack/"
cp "$root"/indicators/england-live/*.yaml "$work/pack/local/"
sed -i "s,url: https://,url: http://127.0.0.1:$port/," "$work/pack/local/sources.yaml"
run run "$work/pack/local/study.yaml" --out "$work/local" --formats data --quiet
is "$status" 0 "run from a server: exit status 0"
same_figures "$work/local" "run from a server: the same figures"
first=$(requests)
is "$(cut -d' ' -f3 <<<"$first" | sort | uniq -c | sed 's/ *//')" "$n_sources 200" "run from a server: every file once"
run run "$work/pack/local/study.yaml" --out "$work/local" --formats data --quiet
is "$status" 0 "again: exit status 0"
again=$(requests)
is "$(cut -d' ' -f3 <<<"$again" | sort | uniq -c | sed 's/ *//')" "$n_sources 304" "again: asks only whether the files changed"
is "$(grep -c 'if-none-match="' <<<"$again")" "$n_sources" "again: by their entity tags"
stop_nginx
run run "$work/pack/local/study.yaml" --out "$work/down" --formats data --quiet
is "$status" 3 "a server that is down: exit status 3"
same_figures "$work/down" "a server that is down: the last good copies serve"

# ---- the real addresses, through a proxy ----------------------------------------------------------------
hosts=$(sed -n 's,^ *url: https://\([^/]*\)/.*,\1,p' "$root/indicators/england-live/sources.yaml" | sort -u)
make_authority && make_certificate "$(sed 's/^/DNS:/' <<<"$hosts" | paste -sd,)"
start_nginx "location / { root $work/www/\$host; try_files \"\$uri?\$args\" \$uri =404; }" "ssl http2"
cat >"$work/proxy.py" <<'PYTHON'
import itertools, socket, sys, threading, time
to, log, port_at = int(sys.argv[1]), sys.argv[2], sys.argv[3]
def pump(a, b):
    try:
        while True:
            data = a.recv(65536)
            if not data:
                break
            b.sendall(data)
    except OSError:
        pass
    try:
        b.shutdown(socket.SHUT_WR)
    except OSError:
        pass
def serve(client, number):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = client.recv(1)
        if not byte:
            return
        head += byte
    with open(log, "a") as f:
        f.write(head.split(b"\r\n")[0].decode() + "\n")
    server = socket.create_connection(("127.0.0.1", to))
    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    if number % 2: # one of two tunnels to a host is ready when the other is not
        time.sleep(0.3)
    threading.Thread(target=pump, args=(server, client), daemon=True).start()
    pump(client, server)
listener = socket.create_server(("127.0.0.1", 0))
with open(port_at, "w") as f:
    f.write(str(listener.getsockname()[1]) + "\n")
for number in itertools.count():
    threading.Thread(target=serve, args=(listener.accept()[0], number), daemon=True).start()
PYTHON
"$python" "$work/proxy.py" "$port" "$work/tunnels" "$work/proxy.port" &
proxy=$!
trap 'kill "$proxy" 2>/dev/null; stop_nginx; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -s "$work/proxy.port" ] && break; sleep 0.1; done
export https_proxy=http://127.0.0.1:$(cat "$work/proxy.port")
run run "$study" --out "$work/proxied" --formats data --quiet
is "$status" 1 "publishers of an unknown authority: exit status 1"
has "$err" "SSL certificate problem" "publishers of an unknown authority: says so"
export SSL_CERT_FILE=$pems/ca.pem
requests >/dev/null
run run "$study" --out "$work/proxied" --formats data --quiet
is "$status" 0 "run through a proxy: exit status 0"
same_figures "$work/proxied" "run through a proxy: the same figures"
first=$(requests)
is "$(cut -d' ' -f2-3 <<<"$first" | sort | uniq -c | sed 's/ *//')" "$n_sources HTTP/2.0 200" "run through a proxy: every file once, by HTTP/2"
is "$(sort -u "$work/tunnels")" "$(sed 's/.*/CONNECT &:443 HTTP\/1.1/' <<<"$hosts")" "the proxy was asked for the publishers"
run run "$study" --out "$work/proxied" --formats data --quiet
is "$status" 0 "again through the proxy: exit status 0"
is "$(requests | cut -d' ' -f2-3 | sort | uniq -c | sed 's/ *//')" "$n_sources HTTP/2.0 304" "again: asks only whether the files changed"
has "$(cat "$work/proxied/provenance.json")" "https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id?indicator_ids=22401&child_area_type_id=502" \
    "provenance names the publisher's address"
finish
