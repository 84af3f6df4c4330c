#!/bin/bash
# The tables that `calc` takes, and how it refuses others: whatever it cannot compute is named with line
# and column, and nothing is printed on stdout.
. "$(dirname "$0")/tap.sh.inc"

calc() { # table, then the arguments; sets status, out and err
    local input=$1
    shift
    status=0
    printf "$input" | "$program" calc "$@" >"$work/stdout" 2>"$work/stderr" || status=$?
    out=$(cat "$work/stdout")
    err=$(cat "$work/stderr")
}

calc 'x,n\n5,10\n' rate
is "$status" 0 "a plain table: exit status 0"
plain=$out
calc 'x,n\r\n5,10\r\n' rate
is "$out" "$plain" "CRLF: the same"
calc '\357\273\277x,n\n5,10\n' rate
is "$out" "$plain" "a byte order mark: the same"
calc '"x","n"\n"5","10"' rate
is "$out" "$plain" "quoted, and no newline at the end: the same"
calc 'x,n\nNA,10\n,10\n' rate
is "$out" "$(printf '%s\nNA,10,,,,,,\n,10,,,,,,' "${plain%%$'\n'*}")" "a missing figure: empty results, the row stays"
calc 'n,note,x\n10,"a, ""b""",5\n' rate
has "$out" '10,"a, ""b""",5,50000,' "columns in any order, others kept"
calc 'x,n\n' rate
is "$status/$out" "0/${plain%%$'\n'*}" "no rows: the header alone"

refused() { # name, line and column, table, arguments
    local name=$1 where=$2
    shift 2
    calc "$@"
    is "$status/$out" "1/" "$name: exit status 1, nothing on stdout"
    has "$err" "$where" "$name: where"
}
refused "n of 0" "stdin:3:2: column \"n\"" 'x,n\n1,2\n5,0\n' rate
refused "0 of 0" "stdin:2:2: column \"n\"" 'x,n\n0,0\n' rate
refused "x below 0" "stdin:2:1: column \"x\"" 'x,n\n-1,10\n' rate
refused "x above n" "stdin:2:1: column \"x\"" 'x,n\n11,10\n' proportion
refused "a missing column" "stdin:1: column \"n\"" 'x,m\n1,2\n' rate
refused "no number" "stdin:2:2: column \"n\"" 'x,n\n1,abc\n' rate
refused "not a number" "stdin:2:2: column \"n\"" 'x,n\n1,NaN\n' rate
refused "p above 1" "stdin:2:1: column \"p\"" 'p\n1.5\n' adjust
refused "more fields than the header" "stdin:2" 'x,n\n1,2,3\n' rate

for wrong in "nosuch" "rate --foo" "rate --per 0" "rate extra" "quantile --groups 0" "funnel --trim 0.6" "funnel --type x" "neighbours"; do
    calc 'x,n\n1,2\n' $wrong
    is "$status/$out" "2/" "calc $wrong: exit status 2, nothing on stdout"
done
finish
