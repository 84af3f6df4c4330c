#!/bin/bash
# What `assess` accepts, how it decides, and what it leaves out.
. "$(dirname "$0")/tap.sh.inc"
cd "$work" || exit 2

# tidy NAME HEADER: 15 areas, one year; rows from a loop of "code numerator denominator"
figures() {
    for i in $(seq 1 15); do
        echo "A$(printf %02d "$i") $((20 + i)) $((1000 + 10 * i))"
    done
}
tidy() { # extra header, extra fields
    echo "indicator_id,area_code,period,numerator,denominator$1"
    figures | while read -r code x n; do echo "i,$code,2020,$x,$n$2"; done
}
column() { # edition, column, area: the cell
    awk -F, -v c="$2" -v a="$3" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        $3 == a { print $at[c] }' "$1/data/assessment.csv"
}
assess() { run assess "$@" --formats data --quiet; }

tidy "" "" >plain.csv
assess plain.csv
is "$status" 0 "a tidy file: exit status 0"
[ -f out/plain/data/assessment.csv ]
ok $? "the default place is out/<file name>"
is "$(column out/plain value A01)" 2079.207920792079 "rates are per 100,000 by default"
assess plain.csv --measure proportion --out a
is "$(column a value A01)" 2.0792079207920793 "proportions are per 100 by default"
assess plain.csv --measure ratio --out b
is "$(column b value A01)/$(column b kind A01)/$(column b lower95 A01)" 0.020792079207920793/none/ "a ratio has no sampling limits"
tidy ",per,measure,polarity" ",1000,rate,low" >told.csv
assess told.csv --per 7 --measure ratio --polarity high --out c
is "$(column c value A01)/$(column c kind A01)" 20.792079207920793/counts "the file's own columns win over options"
is "$(column c opportunity_unit A01)" events "the file's own polarity wins"

echo "indicator_id,area_code,period,numerator,denominator,value" >inferred.csv
figures | while read -r code x n; do echo "i,$code,2020,$x,$n,$(awk "BEGIN { printf \"%.1f\", 1000 * $x / $n }")"; done >>inferred.csv
assess inferred.csv --out d
is "$(column d value A01)/$(column d kind A01)" 20.792079207920793/counts "the multiplier is inferred from published values"
assess inferred.csv --per 100000 --out e
is "$(column e value A01)/$(column e kind A01)" 20.8/none "values that contradict the counts are taken as published"
has "$err" "inferred.csv:2" "it is said which row contradicts"
has "$(tail -1 e/data/variation.csv)" "the published value 20.8 is not" "and in the status of variation.csv"
is "$(column e comparator_value A01)" "" "sums on another footing than the values are no comparator"

{ tidy "" ""; echo "i,B/1,2020,5,100"; echo "i,B2,2020,5,100,9"; echo "i,a01,2020,5,100"; echo "i,B3,2020,-5,100"; } >odd.csv
assess odd.csv --out f
is "$status" 3 "rows that no rule can use: exit status 3"
is "$(cut -d, -f1-3 f/data/rejects.csv | tail -n +2)" "odd.csv,17,bad-area-code
odd.csv,18,row-too-long
odd.csv,19,bad-area-code
odd.csv,20,out-of-domain" "each rejected row is named with its line"
is "$(grep ,A0 f/data/assessment.csv | md5sum)" "$(grep ,A0 out/plain/data/assessment.csv | md5sum)" "they cost nothing else"
assess odd.csv --out f
is "$status" 3 "an unchanged second run: 3 again"

printf 'indicator_id,area_code,area_name,period,numerator,denominator\ni,A1,Caf\351,2015,5,100\n' >latin.csv
assess latin.csv --out g
is "$status" 1 "no row can be used: exit status 1"
has "$err" "latin.csv:2" "no row can be used: says why"
[ ! -e g ]
ok $? "no row can be used: nothing is published"

for wrong in "--measure x" "--per 0" "--polarity up" "--uncertainty x" "--formats x" "--jobs -1" "--bogus" "--area NOPE" "--out ." "--out /"; do
    run assess plain.csv $wrong
    is "$status/$out" "2/" "assess $wrong: exit status 2, nothing on stdout"
done
for jobs in 1 3; do assess plain.csv --jobs $jobs --out "jobs$jobs"; done
(cd / && TZ=Asia/Tokyo LC_ALL=C "$program" assess "$work/plain.csv" --formats data --quiet --out "$work/elsewhere")
is "$(fingerprint jobs1)" "$(fingerprint jobs3)" "the same bytes whatever --jobs"
is "$(fingerprint jobs1)" "$(fingerprint elsewhere)" "the same bytes whatever directory and time zone"
# Names that a file, a page or a worksheet could not tell apart, or could not show.
{
    echo 'indicator_id,area_code,area_name,period,numerator,denominator'
    for id in a/b a+b A+B plain; do
        figures | while read -r code x n; do
            printf '%s,%s,"Line\nbreak \001%s",Jan 2020,%s,%s\n' "$id" "$code" "$code" "$x" "$n"
            echo "$id,$code,,JAN 2020,$((x + 1)),$n"
            echo "$id,$code,,Area,$((x + 2)),$n"
        done
    done
} >alike.csv
run assess alike.csv --out alike --formats data,xlsx,html --quiet
is "$status" 0 "ids and periods that are alike cost nothing"
is "$(ls alike/data/indicators | wc -l) $(ls alike/indicators | wc -l)" "4 4" "each of them has a file and a page"
[ -f alike/data/indicators/plain.json ]
ok $? "an id that is like no other is its name"
for id in a/b a+b A+B; do
    name=$(printf %s "$id" | tr '/+' '__')-$(printf %s "$id" | sha256sum | cut -c1-12)
    grep -q "\"indicator_id\": *\"$id\"" "alike/data/indicators/$name.json"
    ok $? "$id is named by its digest"
done
is "$(sed -n 2p alike/data/areas.csv | cut -d, -f2)" "Line break A01" "names stand on one line"
run check --workbook alike/variation.xlsx
is "$status" 0 "and the workbook keeps to the rules"

assess plain.csv --title $'Two\nlines \001of it' --out titled
is "$(sed -n 's/^ *"title": *"\(Two.*\)",*$/\1/p' titled/data/datapackage.json | head -n 1)" "Two lines of it" "a title is one line"

assess plain.csv --per 1 --out ones
is "$(sed -n 's/.*"decimals": *\([0-9]*\).*/\1/p' ones/data/indicators/i.json)" 4 "figures of some 0.025 are shown with three digits"

finish
