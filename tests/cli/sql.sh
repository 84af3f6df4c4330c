#!/bin/bash
# Sources that are answers of databases, through ODBC: SQLite always, PostgreSQL where its server is
# installed. The rows are written by Python into a CSV file and, by other ways than ours, into the
# databases; what was fetched must be that CSV file, byte by byte, and the editions the same.
cd "$(dirname "$0")" && . ./tap.sh.inc
# The checkers make everything slow; how many rows there are proves nothing to them.
rows=1000000
[ -n "${ASAN_OPTIONS-}${TSAN_OPTIONS-}" ] && rows=20000
python=$(command -v /usr/bin/python3 || command -v python3)
sqlite=$(find /usr/lib -name libsqlite3odbc.so 2>/dev/null | head -1)
if [ -z "$sqlite" ] || [ -z "$python" ]; then
    echo "1..1"
    echo "ok 1 - # SKIP no python3 or no libsqliteodbc"
    exit 0
fi
chmod 755 "$work"
mkdir -p "$work/mine"

cat >"$work/rows.py" <<'PYTHON'
import csv, io, sqlite3, sys
n, to_csv, to_db = int(sys.argv[1]), sys.argv[2], sys.argv[3]
words = ["plain", "with, comma", 'with "quotes"', "two\nlines", "Ynys Môn", "😀", "O'Brien; DROP TABLE rows", None]
def rows():
    seed = 12345
    for i in range(1, n + 1):
        seed = (seed * 1103515245 + 12345) % 2147483648
        area = "A%02d" % (1 + i % 40)
        yield (i, area, "%d-%02d" % (2014 + i // 40 % 5, 15 + i // 40 % 5), seed // 65536 % 50,
               50 + seed // 256 % 1000, seed // 4096 % 1000 + (1 + i % 7) / 8, "2016-04-%02d" % (1 + i % 30),
               words[i % len(words)])
head = ["id", "area", "year", "falls", "people", "pounds", "day", "word"]
with open(to_csv, "w", newline="", encoding="utf-8") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow(head)
    w.writerows(rows())
db = sqlite3.connect(to_db)
db.execute("CREATE TABLE rows (id INTEGER, area TEXT, year TEXT, falls INTEGER, people INTEGER, pounds REAL, day DATE, word TEXT)")
db.executemany("INSERT INTO rows VALUES (?,?,?,?,?,?,?,?)", rows())
db.commit()
with open(sys.argv[4], "w", newline="") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow(["code", "name"])
    w.writerows(("A%02d" % i, "Area %02d" % i) for i in range(1, 41))
PYTHON
# Runs a command; prints the most memory that it had, in KiB, and passes its status on.
cat >"$work/peak.py" <<'PYTHON'
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(status)
PYTHON
"$python" "$work/rows.py" "$rows" "$work/mine/rows.csv" "$work/rows.db" "$work/mine/areas.csv"
ok $? "the rows are there"

# study NAME 'lines of the source' ['lines of the study']
study() {
    cat >"$work/mine/$1.yaml" <<YAML
id: sql
title: Rows
publisher: Test
licence: none
${3-periods: {from: 2014-15, to: 2018-19\}}
areas: {source: areas, code: code, name: name, singular: area, plural: areas, nation: All}
sources:
  - {id: areas, title: Areas, publisher: Test, path: areas.csv}
  - id: rows
    title: Rows
    publisher: Test
$2
    area: {column: area}
    period: {column: year}
indicators:
  - id: falls
    title: Falls
    domain: Falls
    role: outcome
    measure: rate
    polarity: low
    per: 1000
    unit: per 1,000 people
    numerator: {source: rows, columns: falls, sum: true}
    denominator: {source: rows, columns: people, sum: true}
  - id: pounds
    title: Pounds
    domain: Falls
    role: spend
    measure: ratio
    polarity: neither
    unit: pounds per person
    numerator: {source: rows, columns: pounds, sum: true}
    denominator: {source: rows, columns: people, sum: true}
YAML
}
all='SELECT id, area, year, falls, people, pounds, day, word FROM rows ORDER BY id'
added='SELECT area, year, sum(falls) AS falls, sum(people) AS people, sum(pounds) AS pounds FROM rows GROUP BY area, year ORDER BY area, year'
sha_of() { sha256sum <"$1" | cut -d' ' -f1; }
peak() { # study; sets status, err and peak
    status=0
    peak=$("$python" "$work/peak.py" "$program" fetch "$work/mine/$1.yaml" 2>"$work/stderr") || status=$?
    err=$(cat "$work/stderr")
}
# What the answer that is kept holds; the manifests of the cache tell which it is.
kept() { cat "$XDG_CACHE_HOME"/peerline/*.body 2>/dev/null; }
# The figures of an edition: observations without the columns that say which rows they come from.
figures() {
    "$python" - "$1/data/observations.csv" <<'PYTHON'
import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")):
    print([v for k, v in row.items() if k.split("_")[-1] not in ("source", "file", "line", "rows")])
PYTHON
}

export SOURCE_DATE_EPOCH=1508929200 # 2017-10-25
study csv '    path: rows.csv'
run run "$work/mine/csv.yaml" --out "$work/csv" --formats data --quiet
is "$status" 0 "from CSV: exit status 0"

# both DATABASE 'connection': the same from a database as from CSV
both() {
    study all "    sql:
      connection: $2
      query: $all"
    peak all
    is "$status" 0 "$1: fetch: exit status 0"
    local most=$peak
    is "$(sha_of <(kept))" "$(sha_of "$work/mine/rows.csv")" "$1: the answer is the CSV file, byte by byte"
    run run "$work/mine/all.yaml" --out "$work/all" --formats data --quiet
    is "$status$err" 0 "$1: run: exit status 0"
    is "$(figures "$work/all" | sha256sum)" "$(figures "$work/csv" | sha256sum)" "$1: the figures are those from CSV"
    has "$(cat "$work/all/provenance.json")" "$(sha_of "$work/mine/rows.csv")" "$1: provenance names the answer's SHA-256"
    rm -rf "$XDG_CACHE_HOME/peerline"
    study few "    sql:
      connection: $2
      query: SELECT * FROM rows WHERE id <= ? ORDER BY id
      parameters: [{number: 10000}]"
    peak few
    is "$status $(kept | tail -n +2 | grep -c '^[0-9]*,A[0-9]')" "0 10000" "$1: a number as parameter"
    # The checkers keep what was freed.
    [ "$rows" -lt 1000000 ] || [ $((most - peak)) -lt 6000 ]
    ok $? "$1: $rows rows need no more memory than 10,000" "$most KiB and $peak KiB"
    rm -rf "$XDG_CACHE_HOME/peerline"
    study added "    sql:
      connection: $2
      query: $added"
    run run "$work/mine/added.yaml" --out "$work/added" --formats data --quiet
    is "$status$err" 0 "$1: added up by the database: exit status 0"
    is "$(figures "$work/added" | sha256sum)" "$(figures "$work/csv" | sha256sum)" "$1: added up by the database: the same figures"
    is "$(kept | wc -l)" 201 "$1: added up by the database: 200 rows come"
    rm -rf "$XDG_CACHE_HOME/peerline"
    study period "    sql:
      connection: $2
      query: |
        SELECT area, year, falls, people, pounds, day FROM rows
        WHERE id < 2000 AND day >= ? AND day < ? AND word = ? AND year BETWEEN ? AND ? AND falls < ?
        ORDER BY id
      parameters: [{period: first_day}, {period: day_after}, \"O'Brien; DROP TABLE rows\", {period: from}, {period: to}, {period: last_year}]" \
        "periods: {from: 2016-04, to: 2016-04}"
    sed -i 's/{period: from}, {period: to}/2014-15, {text: 2018-19}/' "$work/mine/period.yaml"
    run fetch "$work/mine/period.yaml" --quiet
    is "$status$err" 0 "$1: periods and a text with a quote as parameters"
    is "$(kept | wc -l)" $((250 + 1)) "$1: the parameters choose the rows"
    rm -rf "$XDG_CACHE_HOME/peerline"
}
# faults DATABASE 'connection' 'what the database says of a table that is not there'
faults() {
    study wrong "    sql: {connection: $2, query: SELECT * FROM nowhere}"
    run fetch "$work/mine/wrong.yaml" --quiet
    is "$status" 1 "$1: a table that is not there: exit status 1"
    has "$err" "wrong.yaml:9:" "$1: a table that is not there: the place of the source"
    has "$err" "$3" "$1: a table that is not there: what the database says"
    study wrong "    sql: {connection: $2, query: \"SELECT * FROM rows WHERE id = ? AND area = ?\", parameters: [A01]}"
    run fetch "$work/mine/wrong.yaml" --quiet
    is "$status" 1 "$1: too few parameters: exit status 1"
    has "$err" "the query has 2 of the sign ?, and its parameters are 1" "$1: too few parameters: said"
    study wrong "    sql: {connection: $2, query: \"SELECT * FROM rows WHERE id < 0\"}"
    run fetch "$work/mine/wrong.yaml" --quiet
    has "$status $err" "the answer has no rows" "$1: no rows: refused"
    study wrong "    sql: {connection: $2, query: SELECT * FROM rows, most_rows: 1500}"
    run fetch "$work/mine/wrong.yaml" --quiet
    has "$status $err" "more than 1500 rows" "$1: too many rows: refused"
    study wrong "    sql: {connection: $2, query: DELETE FROM rows}"
    run fetch "$work/mine/wrong.yaml" --quiet
    is "$status" 1 "$1: a query that writes: exit status 1"
    study long "    sql: {connection: $2, query: \"$4\"}"
    run fetch "$work/mine/long.yaml" --quiet
    is "$status$err" 0 "$1: long texts: exit status 0"
    is "$(kept | wc -c)" $((4 + 3 * 3 + 10 + 300 + 20000)) "$1: long texts are not cut"
    rm -rf "$XDG_CACHE_HOME/peerline"
}

# ---- SQLite --------------------------------------------------------------------------------------
here="Driver=$sqlite;Database=\${PEERLINE_TEST_DB}"
study unset "    sql: {connection: '$here', query: SELECT 1}"
run fetch "$work/mine/unset.yaml" --quiet
is "$status" 1 "a variable that is not set: exit status 1"
has "$err" "an environment variable that is not set: PEERLINE_TEST_DB" "a variable that is not set: named"
export PEERLINE_TEST_DB=$work/rows.db
both SQLite "$here"
faults SQLite "'$here'" "no such table: nowhere" \
    "SELECT 1 AS a, '$(printf 'x%.0s' {1..10})' AS b UNION ALL SELECT 2, '$(printf 'y%.0s' {1..300})' UNION ALL SELECT 3, substr(replace(hex(zeroblob(10000)), '00', 'zz'), 1, 20000)"
is "$("$python" -c 'import sqlite3,sys; print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM rows").fetchone()[0])' "$work/rows.db")" \
    "$rows" "SQLite: nothing was deleted"
export PEERLINE_TEST_DB=$work/none.db
run fetch "$work/mine/all.yaml" --quiet
is "$status" 1 "SQLite: no such file: exit status 1"
[ ! -e "$work/none.db" ]
ok $? "SQLite: no such file: none is made"
study none "    sql: {connection: 'Driver=/none/such.so;Pwd=\${PEERLINE_TEST_SECRET}', query: SELECT 1}"
PEERLINE_TEST_SECRET=hush run fetch "$work/mine/none.yaml" --quiet
has "$status $err" "a driver or data source that is installed" "no such driver: said"

# ---- the copy that is kept -----------------------------------------------------------------------
export PEERLINE_TEST_DB=$work/rows.db
study added "    sql:
      connection: $here
      query_file: added.sql"
echo "$added" >"$work/mine/added.sql"
run run "$work/mine/added.yaml" --out "$work/out" --formats data --quiet
is "$status$err" 0 "a query in a file: exit status 0"
has "$(cat "$work/out/provenance.json")" added.sql "a query in a file: provenance names it"
is "$(grep -rlF "$work/rows.db" "$work/out" "$XDG_CACHE_HOME")" "" "what a variable holds is stored nowhere"
PEERLINE_TEST_DB=/none run run "$work/mine/added.yaml" --out "$work/offline" --formats data --offline --quiet
is "$status$err" 0 "--offline: the kept answer, without asking"
is "$(fingerprint "$work/offline")" "$(fingerprint "$work/out")" "--offline: the same edition"
PEERLINE_TEST_DB=/none run list "$work/mine/added.yaml" areas
is "$status$err" 0 "list: uses the kept answer"
SOURCE_DATE_EPOCH=1509793200 PEERLINE_TEST_DB=/none run run "$work/mine/added.yaml" --out "$work/stale" --formats data
is "$status" 3 "the database is gone: exit status 3"
has "$err" "the database cannot be reached" "the database is gone: stderr says so"
has "$(cat "$work/stale/provenance.json")" "could not be refreshed: the copy first seen on 2017-10-25 was used" \
    "the database is gone: the edition says so"
is "$(cat "$work/stale/data/observations.csv")" "$(cat "$work/out/data/observations.csv")" "the database is gone: the same figures"
sed -i 's/ORDER BY area/ORDER BY year/' "$work/mine/added.sql"
PEERLINE_TEST_DB=/none run fetch "$work/mine/added.yaml" --quiet
is "$status" 1 "another query never gets the answer of this one"
mkdir "$work/mirror" && cp "$work/mine/rows.csv" "$work/mirror/rows.csv"
PEERLINE_TEST_DB=/none run run "$work/mine/added.yaml" --out "$work/mirrored" --formats data --mirror "$work/mirror" --quiet
is "$status $(figures "$work/mirrored" | sha256sum)" "0 $(figures "$work/csv" | sha256sum)" "a file in a mirror comes first"
rm -rf "$XDG_CACHE_HOME/peerline"

# ---- faults of definitions -----------------------------------------------------------------------
fault() { # 'lines of the source', message, name
    study fault "    $1" "${4-}"
    run check "$work/mine/fault.yaml"
    has "$status $err" "$2" "$3"
}
fault "sql: {connection: 'DSN=x;Pwd=hunter2', query: SELECT 1}" "a password in a definition" "a password that is written out is a fault"
case $err in *hunter2*) ok 1 "… and not repeated" "$err" ;; *) ok 0 "… and not repeated" ;; esac
fault "sql: {connection: 'DSN=x;Pwd=\${1}', query: SELECT 1}" 'a placeholder that cannot be read: ${1}' "a placeholder that is none"
fault "sql: {connection: DSN=x}" "sql with neither query and query_file" "no query"
fault "sql: {connection: DSN=x, query: SELECT 1, query_file: x}" "sql with both query and query_file" "two queries"
fault "sql: {connection: DSN=x, query_file: none.sql}" "none.sql: No such file or directory" "a query file that is not there"
fault "sql: {connection: DSN=x, query: SELECT 1, parameters: [{period: first_day}]}" \
    "a parameter that needs the study's periods" "a period that the study does not have" "summary: x"
fault "sql: {connection: DSN=x, query: SELECT 1, parameters: [{number: x1}]}" "bad value for number: x1" "a number that is none"
fault "sql: {connection: DSN=x, query: SELECT 1, parameters: [{date: 2017-02-30}]}" "2017-02-30" "a date that does not exist"
fault "sql: {connection: DSN=x, query: SELECT 1}
    path: rows.csv" "path of a source that is an answer to sql" "sql and path"
fault "format: sql
    path: rows.csv" "a source of format sql without a query" "format: sql alone"

# ---- PostgreSQL ----------------------------------------------------------------------------------
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)
driver=$(find /usr/lib -name psqlodbcw.so 2>/dev/null | head -1)
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ] || [ -z "$driver" ]; then
    n=$((n + 1))
    echo "ok $n - # SKIP no PostgreSQL server or no odbc-postgresql"
    finish
fi
as=() # PostgreSQL does not run as root
if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 && user=postgres || user=nobody
    as=(setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups)
fi
mkdir "$work/pg"
[ "$(id -u)" = 0 ] && chown "$user" "$work/pg"
# A password that would end the value, if it were only put there.
export PEERLINE_TEST_PASSWORD="se;cret} {5' x"
printf '%s' "$PEERLINE_TEST_PASSWORD" >"$work/password"
chmod 644 "$work/password"
(
    cd "$work/pg" || exit 1
    "${as[@]}" "$bin/initdb" -D "$work/pg/data" -U tester -A scram-sha-256 --pwfile="$work/password" -E UTF8 --locale=C.UTF-8 --no-sync
    "${as[@]}" "$bin/pg_ctl" -D "$work/pg/data" -l "$work/pg/log" -w -t 60 \
        -o "-k '$work/pg' -c listen_addresses='' -c fsync=off -c shared_buffers=32MB" start
) >"$work/pg.out" 2>&1
ok $? "PostgreSQL: started" "$(cat "$work/pg.out" "$work/pg/log" 2>/dev/null)"
stop() { (cd "$work/pg" && "${as[@]}" "$bin/pg_ctl" -D "$work/pg/data" -m immediate -w stop) >/dev/null 2>&1; }
trap 'stop; rm -rf "$work"' EXIT
PGPASSWORD=$PEERLINE_TEST_PASSWORD "$bin/psql" -q -h "$work/pg" -U tester -d postgres -v ON_ERROR_STOP=1 >"$work/pg.out" 2>&1 <<SQL
CREATE SEQUENCE counter;
CREATE TABLE rows (id bigint, area text, year text, falls integer, people integer, pounds numeric(9,3), day date, word varchar(40));
\\copy rows from '$work/mine/rows.csv' with (format csv, header, null '')
UPDATE rows SET word = NULL WHERE word = '';
ALTER TABLE rows ALTER pounds TYPE double precision;
SQL
ok $? "PostgreSQL: has the rows" "$(cat "$work/pg.out")"
there="Driver=$driver;Server=$work/pg;Database=postgres;Uid=tester;Pwd=\${PEERLINE_TEST_PASSWORD}"
both PostgreSQL "$there"
faults PostgreSQL "'$there'" '[42P01] ERROR: relation "nowhere" does not exist' \
    "SELECT 1 AS a, repeat('x', 10)::varchar AS b UNION ALL SELECT 2, repeat('y', 300) UNION ALL SELECT 3, repeat('z', 20000)"
study type "    sql:
      connection: $there
      query: |
        SELECT 0.1::float8 + 0.2 AS x, 12345678901234567890.5 AS y, timestamp '2016-04-01 00:00' AS d,
               timestamp '2016-04-01 12:30' AS t, NULL AS z, date '2016-04-01' AS e, 'Ynys Môn' AS f"
run fetch "$work/mine/type.yaml" --quiet
is "$(kept)" "x,y,d,t,z,e,f
0.30000000000000004,12345678901234567890.5,2016-04-01,2016-04-01T12:30:00,,2016-04-01,Ynys Môn" "PostgreSQL: types as text"
rm -rf "$XDG_CACHE_HOME/peerline"
study slow "    sql: {connection: '$there', query: SELECT pg_sleep(20), timeout: 1}"
SECONDS=0
run fetch "$work/mine/slow.yaml" --quiet
has "$status $err" "timeout" "PostgreSQL: a query that takes too long is ended"
[ "$SECONDS" -lt 15 ]
ok $? "PostgreSQL: and soon" "$SECONDS seconds"
study write "    sql: {connection: '$there', query: \"SELECT nextval('counter')\"}"
run fetch "$work/mine/write.yaml" --quiet
has "$status $err" "[25006]" "PostgreSQL: a function that writes is refused"
PEERLINE_TEST_PASSWORD="other;} secret" run fetch "$work/mine/all.yaml" --quiet
has "$status $err" "password authentication failed" "PostgreSQL: a wrong password: exit status 1"
study added "    sql:
      connection: $there
      query: $added"
run run "$work/mine/added.yaml" --out "$work/pgout" --formats data --quiet
is "$status$err" 0 "PostgreSQL: run: exit status 0"
stop
run run "$work/mine/added.yaml" --out "$work/pgstale" --formats data
is "$status" 3 "PostgreSQL: stopped: exit status 3"
is "$(cat "$work/pgstale/data/observations.csv")" "$(cat "$work/pgout/data/observations.csv")" "PostgreSQL: stopped: the last good answer"
case $err in *cret*) ok 1 "the password is not told" "$err" ;; *) ok 0 "the password is not told" ;; esac
is "$(grep -rl 'cret}' "$XDG_CACHE_HOME" "$work/pgout" "$work/pgstale")" "" "the password is stored nowhere"
finish
