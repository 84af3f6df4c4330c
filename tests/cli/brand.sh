#!/bin/bash
# The publisher's look: what is taken, what is refused, and that a reader is told what the logo shows.
. "$(dirname "$0")/tap.sh.inc"
study=$work/demo
cp -r "$root/indicators/demo" "$study"
command -v python3 >/dev/null || { echo "1..1"; echo "ok 1 # SKIP python3 is not installed"; exit 0; }
python3 - "$study/logo.png" <<'PY'
import struct
import sys
import zlib
# A PNG of 40 x 20 pixels, dark pink and clear, as RFC 2083 describes it.
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
rows = b"".join(b"\0" + b"\x80\x16\x50\xff" * 20 + b"\0\0\0\0" * 20 for _ in range(20))
with open(sys.argv[1], "wb") as f:
    f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 20, 8, 6, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
PY
brand() { # YAML of the brand
    cp "$root/indicators/demo/study.yaml" "$study/study.yaml"
    printf '\nbrand: %s\n' "$1" >>"$study/study.yaml"
}
refused() { # YAML, part of the message, name
    brand "$1"
    run check "$study/study.yaml"
    has "$out$err" "$2" "$3"
    [ "$status" -ne 0 ]
    ok $? "$3: status"
}
refused '{colour: "#28A197"}' 'too little contrast for colour: #28A197 has 3.17 to 1 on white (at least 4.5 to 1)' \
    "a colour too pale for text"
refused '{accent: "#BFBFBF"}' '#BFBFBF has 1.84 to 1 on white (at least 3.0 to 1)' "a colour too pale for rules"
refused '{colour: red}' 'bad value for colour: red' "a colour by name"
refused '{logo: logo.png}' 'missing key in brand: logo_alt' "a logo without a text"
refused '{logo: none.png, logo_alt: Us}' 'cannot read the logo' "a logo that is not there"
refused '{logo: study.yaml, logo_alt: Us}' 'it is no PNG file' "a logo that is no picture"
head -c 55 "$study/logo.png" >"$study/cut.png"
refused '{logo: cut.png, logo_alt: Us}' 'it is damaged' "a logo that is cut off"

brand '{colour: "#801650", accent: "#28A197", logo: logo.png, logo_alt: "County (Analysts)"}'
run run "$study/study.yaml" --out "$work/out" --formats pdf,data --quiet --area X01000001
[ "$status" -eq 0 ] || [ "$status" -eq 3 ]
ok $? "a branded study is published" "$err"
grep -q 'logo.png' "$work/out/provenance.json"
ok $? "the logo is among the inputs that are recorded"
if command -v qpdf >/dev/null; then
    for file in national.pdf areas/X01000001.pdf; do
        qpdf --json=2 --json-key=qpdf "$work/out/$file" | grep -q '"/Alt": "u:County (Analysts)"'
        ok $? "$file says what the logo shows"
        qpdf --qdf --stream-data=uncompress "$work/out/$file" - | grep -aq '0\.50196[0-9]* 0\.086[0-9]* 0\.3137[0-9]* rg'
        ok $? "$file has its headings in the publisher's colour"
    done
fi

# ---- on the web ----------------------------------------------------------------------------------
run run "$study/study.yaml" --out "$work/web" --formats html --quiet
[ "$status" -eq 0 ] || [ "$status" -eq 3 ]
ok $? "a branded site is published" "$err"
is "$(python3 "$root/tests/web/check_site.py" "$work/web" 2>/dev/null)" "0 faults" "the branded site has no fault"
cmp -s "$study/logo.png" "$work/web/logo.png"
ok $? "a small logo is published as it is"
is "$(find "$work/web" -name '*.html' -exec grep -L 'src="[./]*logo.png" alt="County (Analysts)" width="40" height="20"' {} +)" "" \
    "every page shows the logo, with its text and its size"
is "$(find "$work/web" -name '*.html' -exec grep -L -e '--band: #801650; --rule: #28a197' {} +)" "" \
    "every page has the publisher's colours"
for line in 'Status: Demonstration' 'Next edition: ' 'Contact: '; do
    is "$(find "$work/web" -name '*.html' -exec grep -L "<p>$line" {} +)" "" "every page says: $line"
done
python3 - "$study/large.png" <<'PY'
import random
import struct
import sys
import zlib
# Noise, which hardly packs: 1,200 x 400 dots in more than a megabyte.
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
random.seed(1)
rows = b"".join(b"\0" + random.randbytes(1200 * 3) for _ in range(400))
with open(sys.argv[1], "wb") as f:
    f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1200, 400, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
PY
brand '{colour: "#767676", logo: large.png, logo_alt: "County (Analysts)"}'
run run "$study/study.yaml" --out "$work/large" --formats html --quiet
is "$(python3 "$root/tests/web/check_site.py" "$work/large" 2>/dev/null)" "0 faults" "with a large logo no page is too heavy"
[ "$(stat -c %s "$work/large/logo.png")" -lt 65000 ]
ok $? "a large logo is made smaller" "$(stat -c %s "$work/large/logo.png")"
# A visit, where those of the site are made too (site.sh): axe-core judges the contrast of a colour
# that only just passes.
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser)}
modules=${TMPDIR:-/tmp}/peerline-web-modules-$(id -u)/node_modules
if [ -n "$CHROMIUM" ] && [ -d "$modules" ] && [ -O "$modules" ]; then
    export CHROMIUM NODE_PATH=$modules
    retell "a visit" timeout 600 node "$root/tests/web/visit.js" "$work/large" index.html areas/X01000005.html
fi

# ---- fonts of its own ----------------------------------------------------------------------------
fonts=/usr/share/fonts/truetype/dejavu # comes with fontconfig
refused '{font: none.ttf}' 'missing key in brand: font_bold' "a font without a bold one"
refused '{font: none.ttf, font_bold: none.ttf}' 'cannot read the font' "a font that is not there"
refused '{font: study.yaml, font_bold: study.yaml}' 'it is no OpenType or TrueType file' "a font that is none"
if [ -r $fonts/DejaVuSans.ttf ] && [ -r $fonts/DejaVuSans-Bold.ttf ] && [ -r $fonts/DejaVuSerif-Bold.ttf ]; then
    cp $fonts/DejaVuSans.ttf "$study/text.ttf"
    cp $fonts/DejaVuSans-Bold.ttf $fonts/DejaVuSerif-Bold.ttf "$study/"
    refused '{font: text.ttf, font_bold: DejaVuSerif-Bold.ttf}' 'the fonts are not of one family' "fonts of two families"
    refused '{font: DejaVuSans-Bold.ttf, font_bold: text.ttf}' 'cannot be told apart by the weights' "fonts the wrong way round"
    publish() { run run "$study/study.yaml" --out "$work/type" --formats pdf,data --area X01000001; }
    brand '{font: text.ttf, font_bold: DejaVuSans-Bold.ttf}'
    run check "$study/study.yaml"
    is "$status" 0 "a study with fonts of its own is sound" "$err"
    publish
    [ "$status" -eq 0 ] || [ "$status" -eq 3 ]
    ok $? "a study with fonts of its own is published" "$err"
    is "$(grep page-problem <<<"$err")" "" "what is set in a wide font has room"
    grep -q '"text.ttf"' "$work/type/provenance.json"
    ok $? "the fonts are among the inputs that are recorded"
    for file in national.pdf areas/X01000001.pdf; do
        is "$(pdffonts "$work/type/$file" | awk 'NR > 2 { sub(/.*[+]/, "", $1); print $1 ($0 ~ /yes yes yes/ ? "" : " not embedded") }' |
            sort -u | tr '\n' ' ')" "DejaVuSans DejaVuSans-Bold " "$file is set in the study's fonts alone"
    done
    publish
    has "$out$err" 'reports_drawn=0' "with the same fonts nothing is drawn again"
    cp $fonts/DejaVuSans-Bold.ttf "$study/DejaVuSans-Bold.ttf"
    printf 'x' >>"$study/text.ttf"
    publish
    has "$out$err" 'reports_drawn=2' "with another file of a font the reports are drawn again"

    # What no font can show is named, with where it stands.
    cp "$study/data/areas.csv" "$work/areas.csv"
    sed -i 's/Isle of Skerrow/北京/' "$study/data/areas.csv"
    run check "$study/study.yaml"
    has "$err" 'no font has a character of the name of area X01000059: 北 (U+5317)' "a name that no font can show"
    is "$status" 3 "a name that no font can show: status"
    cp "$work/areas.csv" "$study/data/areas.csv"
    key=$(sed -n 's/^## //p' "$root/templates/shared.md" | head -n 1)
    printf '## %s\n\n頁\n' "$key" >"$study/own.md"
    printf 'templates: [own.md]\n' >>"$study/study.yaml"
    run check "$study/study.yaml"
    has "$err" "own.md: no font has a character of the message \"$key\": 頁 (U+9801)" "a message that no font can show"
    is "$status" 1 "a message that no font can show: status"
fi
. "$root/tests/stress/walk.sh.inc"
walk_tools && walk_reports branded 0.34 0.55 "$work/out/national.pdf" "$work/out/areas/X01000001.pdf"
# The box of DejaVu Sans: ascender 1901, descender 483 of 2048 units (table hhea).
[ -d "$work/type" ] && walk_tools && WALK_FONT_BOX=1.164 walk_reports "in a wide font" 0.34 0.6 "$work/type/national.pdf" "$work/type/areas/X01000001.pdf"
finish
