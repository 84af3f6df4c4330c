#!/usr/bin/env python3
"""translate.py make ROOT INTO: the demonstration study in another alphabet. Every Latin letter of the
messages of templates/ and of the study's own texts becomes a Cyrillic one; placeholders, addresses,
keys and codes stay.

translate.py find EDITION: Latin words that a reader still meets in an edition of that study, one a
line with the file in which it stands. Names of files, addresses and codes do not count."""
import csv
import html.parser
import pathlib
import re
import subprocess
import sys
import zipfile

LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
CYRILLIC = "абцдефгхијклмнопкрстуввхузАБЦДЕФГХИЈКЛМНОПКРСТУВВХУЗ"
ALPHABET = str.maketrans(LATIN, CYRILLIC)

# What of a message is for the program: placeholders (but the two sides of a choice are words),
# and the addresses of links.
CHOICE = re.compile(r"\{\{(\w+):([^|}]*)\|([^}]*)\}\}")
MACHINE = re.compile(r"(\{\{[^}]*\}\}|\]\([^)]*\)|Peerline|CSV|PDF|JSON|XLSX|SHA-256)")


def in_cyrillic(text):
    def choice(found):
        return "{{%s:%s|%s}}" % (found[1], found[2].translate(ALPHABET), found[3].translate(ALPHABET))

    parts = MACHINE.split(text)
    for i, part in enumerate(parts):
        parts[i] = CHOICE.sub(choice, part) if i % 2 else part.translate(ALPHABET)
    return "".join(parts)


def messages(file):
    """Pairs of key and text of a file of templates."""
    text = re.sub(r"<!--.*?-->", "", file.read_text(encoding="utf-8"), flags=re.S)
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        key, _, body = part.partition("\n")
        body = re.split(r"^# ", body, flags=re.M)[0]
        yield key.strip(), " ".join(body.split())


def make_wording(root, file):
    marks = {"thousands mark": "\u00a0", "decimal mark": ","}
    with open(file, "w", encoding="utf-8") as out:
        for source in sorted((root / "templates").glob("*.md")):
            for key, text in messages(source):
                out.write("## %s\n\n%s\n\n" % (key, marks.get(key) or in_cyrillic(text)))


TEXTS = {"title", "short_title", "subtitle", "summary", "publisher", "next_release",
         "revision_note", "licence", "notice", "singular", "plural", "nation", "unit",
         "numerator_text", "denominator_text", "why", "caveats", "variation_note", "options",
         "questions", "resources", "note", "domain", "owner", "reviewed", "result", "years", "because", "label",
         "text", "what", "contact", "setting",
         "suffix"}


TEXT_OF_FILE = {"practice.yaml": "source"}


def translated(value, where, key=None, depth=0):
    if isinstance(value, dict):
        return {k: translated(v, where, k, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        return [translated(v, where, key, depth + 1) for v in value]
    if isinstance(value, str) and (key in TEXTS or key == TEXT_OF_FILE.get(where) or
                                   (key == "status" and depth == 1)):
        return in_cyrillic(value)
    return value


def translate_columns(file, wanted):
    with open(file, encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    columns = [i for i, name in enumerate(rows[0]) if name in wanted]
    for row in rows[1:]:
        for i in columns:
            row[i] = in_cyrillic(row[i])
    with open(file, "w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def make(root, into):
    import yaml
    for file in into.glob("*.yaml"):
        study = translated(yaml.safe_load(file.read_text(encoding="utf-8")), file.name)
        if file.name == "study.yaml":
            study["templates"] = ["wording.md"]
            study["language"] = "mk"
        file.write_text(yaml.safe_dump(study, allow_unicode=True, sort_keys=False), encoding="utf-8")
    translate_columns(into / "data" / "areas.csv", {"area_name", "region", "area_type"})
    translate_columns(into / "corrections.csv", {"wrong", "right"})
    make_wording(root, into / "wording.md")


# ---- what is left ----

NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+|[\w./-]+\.(?:csv|json|geojson|hexjson|pdf|xlsx|html|svg|md)\b|"
                       r"\b[0-9a-f]{8,}\b|\b[a-z]+(?:_[a-z0-9]+)+\b|\bmk\b|\bX\d{8}\b|\[[cxz]\]|\bdata/\S*|Peerline(?: [\d.]+)?|"
                       r"CSV|PDF|JSON|XLSX|SHA-256")


def ids_of(edition):
    """Names that are for the program, as data: of indicators and of sources."""
    for table in ("indicators.csv", "sources.csv"):
        with open(edition / "data" / table, encoding="utf-8-sig", newline="") as file:
            yield from (row[0] for row in csv.reader(file))


def latin_words(text):
    return re.findall(r"[A-Za-z]{2,}(?:[ '’-]+[A-Za-z]+)*", NOT_WORDS.sub(" ", text))


class Page(html.parser.HTMLParser):
    """Text, titles and names of a page, with SVG in it."""

    SPOKEN = {"alt", "title", "aria-label", "placeholder", "label", "summary"}
    SILENT = {"style", "script"}

    def __init__(self):
        super().__init__()
        self.texts, self.silent = [], 0

    def handle_starttag(self, tag, attributes):
        self.silent += tag in self.SILENT
        named = dict(attributes)
        for name, value in attributes:
            if name in self.SPOKEN or name.startswith("data-say"):
                self.texts.append(value or "")
        if tag == "meta" and named.get("name") in ("description", "author"):
            self.texts.append(named.get("content") or "")

    def handle_endtag(self, tag):
        self.silent -= tag in self.SILENT

    def handle_data(self, data):
        if not self.silent:
            self.texts.append(data)


def texts_of_page(file):
    page = Page()
    page.feed(file.read_text(encoding="utf-8"))
    return page.texts


def texts_of_pdf(file):
    text = subprocess.run(["pdftotext", "-raw", str(file), "-"], check=True, capture_output=True).stdout
    return text.decode("utf-8").split("\n")


def texts_of_workbook(file):
    found = []
    with zipfile.ZipFile(file) as book:
        for name in book.namelist():
            if not name.endswith(".xml") or name.endswith(("styles.xml", "theme1.xml", "Types].xml")):
                continue
            text = book.read(name).decode("utf-8")
            found += re.findall(r"<(?:[a-z]+:)?(?:t|v|subject|title|keywords|description|creator)(?: [^>]*)?>([^<]*)<", text)
            if "tables/" in name:
                found += re.findall(r'<tableColumn [^>]*name="([^"]*)"', text)
            if name.endswith("workbook.xml"):
                found += re.findall(r'<sheet name="([^"]*)"', text)
            found += re.findall(r' descr="([^"]*)"', text)
    return found


READERS = {".html": texts_of_page, ".svg": texts_of_page, ".pdf": texts_of_pdf,
           ".xlsx": texts_of_workbook}


def find(edition):
    ids = set(ids_of(edition))
    for file in sorted(edition.rglob("*")):
        if file.suffix not in READERS:
            continue
        words = {word for text in READERS[file.suffix](file) for word in latin_words(text)}
        for word in sorted(words - ids):
            print("%s: %s" % (file.relative_to(edition), word))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
    else:
        find(pathlib.Path(sys.argv[2]))
