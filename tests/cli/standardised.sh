#!/bin/bash
# A study with measures by age and deflated amounts, from its files to the edition. The expected
# figures are worked out here by awk, from the same invented files.
. "$(dirname "$0")/tap.sh.inc"
cd "$work" || exit 2

# Twelve councils, three bands; events rise with age and with the council's number.
awk 'BEGIN {
    OFS = ","
    print "code,name" >"areas.csv"
    print "code,year,age,deaths" >"deaths.csv"
    print "code,year,Age 0-64,Age 65-79,Age 80+" >"people.csv"
    for (a = 1; a <= 12; a++) {
        code = sprintf("X%02d", a)
        print code, "Council " a >"areas.csv"
        for (y = 2015; y <= 2017; y++) {
            print code, y, "under 65", 20 + a >"deaths.csv"
            print code, y, "65 to 79", 60 + 3 * a >"deaths.csv"
            if (a != 12) print code, y, "80 and over", 90 + (a * 7) % 13 >"deaths.csv"
            print code, y, 9000 + 100 * a, 1500 - 20 * a, 400 + 11 * a >"people.csv"
        }
        print code, "2015-16", 1000 * a, 100 >"money.csv.body"
        print code, "2016-17", 1100 * a, 100 >"money.csv.body"
        print code, "2017-18", 1200 * a, 100 >"money.csv.body"
    }
}'
{ echo code,year,spend,people; cat money.csv.body; } >money.csv
printf 'band,weight\n0-64,80\n65-79,15\n80+,5\n' >standard.csv
printf 'Prices\n\nyear,index\n2015-16,98\n2016-17,100\n' >prices.csv
cat >study.yaml <<'END'
id: by_age
title: Deaths by age
publisher: County Analysts
areas: {source: areas, code: code, name: name, singular: council, plural: councils, nation: All}
sources:
  - {id: areas, title: Councils, publisher: A, path: areas.csv}
  - {id: deaths, title: Deaths, publisher: A, path: deaths.csv, area: {column: code},
     period: {column: year}}
  - {id: people, title: People, publisher: A, path: people.csv, area: {column: code},
     period: {column: year}}
  - {id: standard, title: Standard, publisher: A, path: standard.csv}
  - {id: money, title: Money, publisher: A, path: money.csv, area: {column: code},
     period: {column: year}}
  - {id: prices, title: Prices, publisher: Treasury, path: prices.csv, header: 'year,index',
     period: {column: year}}
indicators:
  - id: dsr
    title: Deaths standardised for age
    domain: Deaths
    role: outcome
    measure: dsr
    standard: {source: standard, band: band, weight: weight}
    polarity: low
    unit: per 100,000 people, standardised for age
    numerator: &deaths {source: deaths, columns: deaths, age: {column: age}}
    denominator: &people {source: people, columns: 'Age .*'}
  - id: isr
    title: Deaths against those expected
    domain: Deaths
    role: outcome
    measure: isr
    polarity: low
    unit: all councils = 100
    numerator: *deaths
    denominator: *people
  - id: spend
    title: Spending
    domain: Money
    role: spend
    measure: ratio
    polarity: neither
    prefix: £
    unit: £ per person in 2016-17 prices
    numerator: {source: money, columns: spend, deflate: {source: prices, index: index, to: 2016-17}}
    denominator: {source: money, columns: people}
END
run run study.yaml --out out --quiet --offline
is "$status" 0 "a study with measures by age is published"

# indicator, area, period, value
awk 'BEGIN {
    OFMT = CONVFMT = "%.12g"
    split("80 15 5", w, " ")
    for (a = 1; a <= 11; a++) {
        x[a, 1] = 20 + a; x[a, 2] = 60 + 3 * a; x[a, 3] = 90 + (a * 7) % 13
        n[a, 1] = 9000 + 100 * a; n[a, 2] = 1500 - 20 * a; n[a, 3] = 400 + 11 * a
        for (k = 1; k <= 3; k++) { X[k] += x[a, k]; N[k] += n[a, k] }
    }
    for (a = 1; a <= 11; a++) {
        rate = o = e = 0
        for (k = 1; k <= 3; k++) {
            rate += w[k] * x[a, k] / n[a, k]
            o += x[a, k]
            e += n[a, k] * X[k] / N[k]
        }
        printf "dsr,X%02d,2016,%.10g\n", a, 1000 * rate
        printf "isr,X%02d,2016,%.10g\n", a, 100 * o / e
        printf "spend,X%02d,2015-16,%.10g\n", a, 10 * a * 100 / 98
        printf "spend,X%02d,2016-17,%.10g\n", a, 11 * a
    }
}' | LC_ALL=C sort >expected
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
    $c["value"] != "" && ($1 == "spend" || $c["period"] == 2016) && !($1 == "spend" && $2 == "X12") {
        printf "%s,%s,%s,%.10g\n", $1, $2, $c["period"], $c["value"] }' \
    out/data/observations.csv | LC_ALL=C sort >found
difference=$(diff expected found)
ok $? "rates, ratios and deflated amounts are those worked out by awk" "$difference"

missing=$(grep '^dsr,X12,2016,' out/data/observations.csv)
has "$missing" "not_reported" "a council without one of its bands has no figure"
has "$missing" "no figure for ages 80+" "and the band is named"
has "$(grep '^spend,X01,2017-18,' out/data/observations.csv)" "there is no price index for 2017-18" \
    "an amount without a price index says so"
judged() { # column of assessment.csv for an indicator
    awk -F, -v c="$2" -v id="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == c) k = i; next }
        $1 == id { print $k }' out/data/assessment.csv | sort -u | tr '\n' ' '
}
is "$(judged dsr kind)" "published " "limits of a standardised rate are kept like published ones"
is "$(judged isr kind)" "counts " "a standardised ratio is judged by its counts"
is "$(judged isr comparator_value)" "100 " "all councils together have the ratio 100"

if command -v pdftotext >/dev/null; then
    words=$(pdftotext out/national.pdf - | tr '\n' ' ')
    has "$words" "A directly standardised rate is" "the report explains its measures"
    has "$words" "in the prices of one year" "and its prices"
fi

run explain study.yaml X03 dsr 2016
has "$out" "65-79: 69 of 1440, weight 15" "explain shows every band with its weight"
run explain study.yaml X03 isr 2016
has "$out" "reference 858 of 15180" "explain shows the reference of every band"
run explain study.yaml X03 spend 2015-16
has "$out" "in prices of 2016-17" "explain tells the prices"

cp -r out first
run run study.yaml --out out --quiet --offline
is "$(fingerprint out)" "$(fingerprint first)" "a second run gives the same bytes"
finish
