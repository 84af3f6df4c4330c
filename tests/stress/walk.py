#!/usr/bin/env python3
"""walk.py [--most-empty SHARE] [--hollow SHARE] [--blank] FILE.pdf...

Walks every page of PDF reports with programs that know nothing of this one (poppler's pdftotext and
pdffonts, qpdf) and prints a TAP line per check, with what was found below it.

Pages      words over each other, words outside the margins, type below 7 pt, pages without text,
           placeholders that nobody filled, characters without a glyph, pages left empty at their end: in the mean (--most-empty), and each
           one but the cover and the last (--hollow)
Links      every link leads to a page or an address, every entry of the contents to the page that it
           prints; the outline is there and leads into the file
Structure  a Document; headings step down one level at a time; a text alternative for each figure, a
           scope for each header cell; rows of equal width; lists of items; language, title, marks
Fonts      embedded, with a map to Unicode

Words are compared without the upper and the lower fifth of their boxes: poppler gives a word the
height of its font, in which capitals take up the middle three fifths.
"""
import html
import json
import multiprocessing
import os
import re
import subprocess
import sys

LEFT, RIGHT, TOP = 51.14, 544.14, 51.0  # the text of an A4 page
COVER_FIRST = True
TOUCH = 0.6       # points that two words may share
# Height of the font's box; of Inter: ascent 0.969 and descent 0.242 of the size.
FONT_BOX = float(os.environ.get("WALK_FONT_BOX", "1.209"))
SMALLEST = 7.0
HEADING = 20  # height of a word in a heading of the first level
PLACEHOLDER = re.compile(r"\{\{|\}\}|%[-0-9.]*[sdfgu]\b|\(null\)|\b(?:TODO|FIXME|XXX|WORD_[A-Z_]+)\b|\bLorem\b"
                         r"|(?<![\w.])[-+−]?(?:nan|inf|NaN|Inf|NAN|INF)(?![\w.])")
NO_GLYPH = re.compile("[\ufffd\ufffe\uffff\u0000-\u0008\u000e-\u001f\ue000-\uf8ff]")
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)</word>')
PAGE = re.compile(r'<page width="([-\d.]+)" height="([-\d.]+)">')


def output(*command):
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in (0, 3):  # qpdf: 3 is a warning
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode("utf-8", "replace")


# ---- pages -------------------------------------------------------------------------------------

def pages_of(path):
    pages = []
    for line in output("pdftotext", "-bbox", path, "-").splitlines():
        word = WORD.search(line)
        if word:
            box = tuple(float(word.group(i)) for i in range(1, 5))
            pages[-1][2].append((*box, html.unescape(word.group(5))))
            continue
        page = PAGE.search(line)
        if page:
            pages.append((float(page.group(1)), float(page.group(2)), []))
    return pages


def upright(word):
    """Text along a column of a heat map stands on end: its box is high and narrow."""
    return word[3] - word[1] <= 1.8 * (word[2] - word[0]) or len(word[4]) < 3


def height_of_type(word):
    wide, high = word[2] - word[0], word[3] - word[1]
    if len(word[4]) < 4:  # too short to say which way it stands
        return max(wide, high)
    return high if upright(word) else wide


def core(word):
    x0, y0, x1, y1, text = word
    if upright(word):
        fifth = (y1 - y0) / 5
        return x0, y0 + fifth, x1, y1 - fifth, text
    fifth = (x1 - x0) / 5
    return x0 + fifth, y0, x1 - fifth, y1, text


def overlaps(words):
    """Pairs of words that lie over each other."""
    found = []
    boxes = sorted(map(core, words), key=lambda w: w[1])
    open_words = []
    for w in boxes:
        open_words = [o for o in open_words if o[3] - w[1] > TOUCH]
        for o in open_words:
            if min(o[2], w[2]) - max(o[0], w[0]) > TOUCH and min(o[3], w[3]) - w[1] > TOUCH:
                found.append((o[4], w[4], round(w[0]), round(w[1])))
        open_words.append(w)
    return found


def furniture(pages):
    """What stands on every page after the cover: the running foot and the notice."""
    common = None
    for _, height, words in pages[1:] if COVER_FIRST else pages:
        here = {(w[4], round(w[0], 1), round(w[1], 1)) for w in words if w[1] > height - 110}
        common = here if common is None else common & here
    return common or set()


def end_of_body(pages, common):
    """Where the text of a page ends at the latest: above the rule of the foot."""
    height = pages[0][1]
    foot = min((y for _, _, y in common), default=height - 58 + 19)
    return foot - 19


def body_words(words, limit):
    return [w for w in words if w[3] <= limit + 8]


def check_pages(path, report):
    pages = pages_of(path)
    common = furniture(pages)
    limit = end_of_body(pages, common)
    shares = []
    for number, (width, height, words) in enumerate(pages, 1):
        where = f"{path} page {number}"
        text = " ".join(w[4] for w in words)
        for first, second, x, y in overlaps(words):
            report("overlap", f"{where}: {first!r} and {second!r} at {x}, {y}")
        for x0, y0, x1, y1, word in words:
            if x0 < LEFT - 1 or x1 > RIGHT + 1.5 or y0 < TOP - 25 or y1 > height - 20:
                report("outside", f"{where}: {word!r} at {x0:.0f}-{x1:.0f}, {y0:.0f}-{y1:.0f}")
            tall = height_of_type((x0, y0, x1, y1, word))
            if tall < SMALLEST * FONT_BOX - 0.06:
                report("small", f"{where}: {word!r} in {tall / FONT_BOX:.1f} pt")
        for match in PLACEHOLDER.finditer(text):
            report("placeholder", f"{where}: {text[max(0, match.start() - 20):match.end() + 20]!r}")
        if NO_GLYPH.search(text):
            report("glyph", f"{where}: {NO_GLYPH.findall(text)[:5]}")
        body = body_words(words, limit)
        if not body:
            report("blank", where)
            continue
        if 1 < number < len(pages):
            share = max(0.0, (limit - max(w[3] for w in body)) / (limit - TOP))
            shares.append((share, number))
    return len(pages), shares


# ---- objects -----------------------------------------------------------------------------------

class Objects:
    """The objects of a file as qpdf writes them in JSON."""

    def __init__(self, path):
        data = json.loads(output("qpdf", "--json=2", "--json-key=qpdf", path))
        self.all = data["qpdf"][1]

    def get(self, value):
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            entry = self.all.get("obj:" + value)
            if entry is None:
                return None
            value = entry["value"] if "value" in entry else entry["stream"]["dict"]
        return value

    def key(self, holder, name):
        holder = self.get(holder)
        return self.get(holder.get(name)) if isinstance(holder, dict) else None

    def raw(self, holder, name):
        holder = self.get(holder)
        return holder.get(name) if isinstance(holder, dict) else None

    def root(self):
        return self.key(self.all["trailer"]["value"], "/Root")

    def page_list(self):
        found = []

        def descend(node):
            ref, here = node, self.get(node)
            if here.get("/Type") == "/Pages":
                for kid in self.get(here["/Kids"]):
                    descend(kid)
            else:
                found.append(ref)
        descend(self.root()["/Pages"])
        return found

    def name_tree(self, node, into):
        node = self.get(node) or {}
        names = self.get(node.get("/Names")) or []
        for i in range(0, len(names) - 1, 2):
            into[names[i]] = self.get(names[i + 1])
        for kid in self.get(node.get("/Kids")) or []:
            self.name_tree(kid, into)
        return into


def text_of(value):
    return value[2:] if isinstance(value, str) and value[:2] in ("u:", "b:") else value


def destination(objects, dests, pages, value):
    """The number of the page that a destination leads to, or None."""
    value = objects.get(value)
    if isinstance(value, dict):
        value = objects.get(value.get("/D"))
    if isinstance(value, str):
        value = dests.get(value)
        if isinstance(value, dict):
            value = objects.get(value.get("/D"))
    if isinstance(value, list) and value and value[0] in pages:
        return pages[value[0]]
    return None


def words_in(words, height, rect):
    """The words of which at least a half lies in a rectangle of the file, which counts from below."""
    x0, y0, x1, y1 = rect
    return [w for w in words if min(w[2], x1) - max(w[0], x0) > 0.5 * min(w[2] - w[0], x1 - x0)
            and height - w[3] > y0 - 4 and height - w[1] < y1 + 4]


def check_links(path, objects, drawn, report):
    order = objects.page_list()
    pages = {ref: i + 1 for i, ref in enumerate(order)}
    root = objects.root()
    dests = objects.name_tree(objects.key(root.get("/Names"), "/Dests"), {})
    for name, value in dests.items():
        if destination(objects, dests, pages, value) is None:
            report("links", f"{path}: the name {text_of(name)} leads nowhere")
    count = numbers = 0
    index = next((n for n, (_, _, words) in enumerate(drawn, 1) for a, b in zip(words, words[1:])
                  if a[4] == "Index" and b[4] == "of" and a[3] - a[1] > HEADING), None)
    for ref, number in pages.items():
        annotations = [objects.get(a) for a in objects.key(ref, "/Annots") or []]
        _, height, words = drawn[number - 1]
        contents = any(w[4] == "Contents" for w in words[:12])
        for a in annotations:
            if a.get("/Subtype") != "/Link":
                continue
            count += 1
            where = f"{path} page {number}"
            action = objects.get(a.get("/A")) or {}
            if "/URI" in action:
                if not re.match(r"(https?://|mailto:)[^\s]+$", text_of(action["/URI"])):
                    report("links", f"{where}: no address: {action['/URI']}")
                continue
            target = destination(objects, dests, pages, a.get("/Dest") or action)
            if target is None:
                report("links", f"{where}: leads nowhere: {a.get('/Dest') or action}")
                continue
            rect = objects.get(a["/Rect"])
            inside, wide = words_in(words, height, rect), rect[2] - rect[0] > 0.8 * (RIGHT - LEFT)
            if not inside:
                report("links", f"{where}: a link without words to page {target}")
            elif contents and wide and inside[-1][4].isdigit() and int(inside[-1][4]) != target:
                report("contents", f"{where}: {inside[-1][4]} is printed, but it is page {target}")
            elif index and number >= index and len(inside) == 1 and inside[0][4].rstrip(",;.").isdigit():
                printed = int(inside[0][4].rstrip(",;."))
                numbers += 1
                if printed != target:
                    report("index", f"{where}: {printed} is printed, but it is page {target}")
    if index and numbers == 0:
        report("index", f"{path}: an index without page numbers")
    if len(order) > 1:
        check_outline(path, objects, dests, pages, report)
    return count


def check_outline(path, objects, dests, pages, report):
    item = objects.key(objects.key(objects.root(), "/Outlines"), "/First")
    if not item:
        report("outline", f"{path}: no outline")
    todo = [item] if item else []
    while todo:
        item = todo.pop()
        where = item.get("/Dest") or objects.get(item.get("/A"))
        if destination(objects, dests, pages, where) is None:
            report("outline", f"{path}: leads nowhere: {text_of(item.get('/Title'))}")
        todo.extend(x for x in (objects.key(item, "/First"), objects.key(item, "/Next")) if x)


CHILDREN = {"/L": {"/LI"}, "/LI": {"/LBody", "/Lbl"}, "/TR": {"/TH", "/TD"},
            "/Table": {"/TR"}, "/TOC": {"/TOCI"}}


def check_structure(path, objects, report):
    root = objects.root()
    tree = objects.get(root.get("/StructTreeRoot"))
    counts = {}
    state = {"level": 0}

    def kids(element):
        value = objects.get(element.get("/K"))
        if value is None:
            return []
        value = value if isinstance(value, list) else [value]
        return [k for k in map(objects.get, value) if isinstance(k, dict) and "/S" in k]

    def span(cell):
        return 1

    def walk(element):
        kind = element["/S"]
        counts[kind] = counts.get(kind, 0) + 1
        children = kids(element)
        level = re.fullmatch(r"/H(\d)", kind)
        if level:
            level = int(level.group(1))
            if level > state["level"] + 1:
                report("headings", f"{path}: H{level} after H{state['level']}, number {counts[kind]}")
            state["level"] = level
        if kind == "/Figure" and len(text_of(element.get("/Alt") or "u:")) < 8:
            report("alternatives", f"{path}: figure {counts[kind]} has the alternative {element.get('/Alt')}")
        if kind == "/TH":
            scope = objects.key(element.get("/A"), "/Scope")
            if scope not in ("/Row", "/Column"):
                report("scopes", f"{path}: header cell {counts[kind]} has the scope {scope}")
        if kind in CHILDREN:
            strange = {c["/S"] for c in children} - CHILDREN[kind]
            if strange or not children:
                report("nesting", f"{path}: {kind} holds {sorted(strange) or 'nothing'}")
        if kind == "/Table" and len({len(kids(row)) for row in children}) > 1:
            report("nesting", f"{path}: table {counts[kind]} has rows of different lengths")
        for child in children:
            walk(child)

    sys.setrecursionlimit(10000)
    top = kids(tree) if tree else []
    if [t["/S"] for t in top] != ["/Document"]:
        report("document", f"{path}: the tree holds {[t['/S'] for t in top]}")
    for t in top:
        walk(t)
    if counts.get("/H1", 0) == 0:
        report("headings", f"{path}: no H1")
    info = objects.key(objects.all["trailer"]["value"], "/Info") or {}
    facts = {"language": text_of(root.get("/Lang") or ""),
             "mark": objects.key(root.get("/MarkInfo"), "/Marked") is True,
             "title": len(text_of(info.get("/Title") or "")) > 3,
             "title shown": objects.key(root.get("/ViewerPreferences"), "/DisplayDocTitle") is True,
             "author": bool(info.get("/Author")),
             "metadata": "/Metadata" in root,
             "tab order": all(objects.get(p).get("/Tabs") == "/S" for p in objects.page_list())}
    for name, there in facts.items():
        if not there:
            report("document", f"{path}: no {name}")
    return counts


def check_fonts(path, report):
    lines = output("pdffonts", path).splitlines()[2:]
    for line in lines:
        match = re.search(r" (yes|no) +(yes|no) +(yes|no) +\d+ +\d+$", line)
        if not match or match.group(1) != "yes" or match.group(3) != "yes":
            report("fonts", f"{path}: {line}")
        if not re.match(r"[A-Z]{6}\+", line):
            report("fonts", f"{path}: a whole font: {line}")
    if not lines:
        report("fonts", f"{path}: no font at all")


CHECKS = {"overlap": "no words lie over each other", "outside": "no word outside the margins",
          "small": "no type below 7 pt", "placeholder": "no placeholder is left unfilled",
          "glyph": "every character has a glyph", "blank": "no page is blank",
          "links": "every link leads somewhere", "contents": "the contents print the pages they lead to",
          "index": "a page number in the text leads to that page",
          "outline": "the outline leads into the file",
          "headings": "headings step down one level at a time",
          "alternatives": "every figure has a text alternative",
          "scopes": "every header cell has a scope", "nesting": "tables and lists nest as they should",
          "document": "language, title, author and marks are there",
          "fonts": "fonts are embedded in parts, with a map to Unicode",
          "empty": "pages are filled before the next one begins",
          "hollow": "no page ends far above its foot"}


def walk(path):
    found = []

    def report(check, what):
        found.append((check, what))
    try:
        n, shares = check_pages(path, report)
        objects = Objects(path)
        links = check_links(path, objects, pages_of(path), report)
        counts = check_structure(path, objects, report)
        check_fonts(path, report)
    except (RuntimeError, KeyError, TypeError, IndexError, ValueError) as e:
        return path, 0, [], 0, {}, [("document", f"{path}: cannot be walked: {e!r}")]
    return path, n, shares, links, counts, found


def main():
    most_empty, hollow, listing, paths = 1.0, 1.0, False, []
    args = iter(sys.argv[1:])
    for arg in args:
        if arg == "--most-empty":
            most_empty = float(next(args))
        elif arg == "--hollow":
            hollow = float(next(args))
        elif arg == "--blank":
            listing = True
        else:
            paths.append(arg)
    if not paths:
        sys.exit(__doc__)
    with multiprocessing.Pool() as pool:
        results = pool.map(walk, paths, chunksize=1)
    found, pages, links, figures = {}, 0, 0, 0
    shares = []
    for path, n, its_shares, its_links, counts, its_found in results:
        pages, links, figures = pages + n, links + its_links, figures + counts.get("/Figure", 0)
        shares += its_shares
        for check, what in its_found:
            found.setdefault(check, []).append(what)
        mean = sum(s for s, _ in its_shares) / len(its_shares) if its_shares else 0
        halves = [f"{page} ({share:.0%})" for share, page in its_shares if share > 0.5]
        for share, page in its_shares:
            if share > hollow:
                found.setdefault("hollow", []).append(f"{path} page {page}: {share:.0%} is left empty")
        if mean > most_empty:
            found.setdefault("empty", []).append(f"{path}: {mean:.0%} of its pages is left empty")
        if listing:
            print(f"# {path}: {n} pages, {mean:.0%} left empty; more than half: {' '.join(halves) or 'none'}")
    for i, (check, name) in enumerate(CHECKS.items(), 1):
        faults = found.get(check, [])
        print(f"{'not ok' if faults else 'ok'} {i} - {name}")
        for what in faults[:12]:
            print(f"# {what}")
        if len(faults) > 12:
            print(f"# … {len(faults)} in all")
    mean = sum(s for s, _ in shares) / len(shares) if shares else 0
    print(f"# {len(paths)} reports, {pages} pages, {links} links, {figures} figures; "
          f"{mean:.0%} of the pages left empty, {sum(s > 0.5 for s, _ in shares)} by more than half")
    print(f"1..{len(CHECKS)}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
