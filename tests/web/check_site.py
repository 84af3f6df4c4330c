"""python3 check_site.py DIR: reads every page of a site and names what a visitor would trip over:
links that lead nowhere, ids that are there twice, mark-up that does not close, headings that skip,
tables without caption or heads, pictures without a name, requests to anybody else, and weight."""

import base64
import hashlib
import pathlib
import re
import sys
import urllib.parse
from html.parser import HTMLParser

MOST_PAGE = 500_000
MOST_SCRIPT = 20_000
VOID = {"meta", "link", "input", "br", "hr", "img"}
FETCHES = {"src", "srcset", "poster", "data", "background", "action", "xlink:href"}


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path, self.faults, self.stack = path, [], []
        self.ids, self.links, self.headings = set(), [], []
        self.raw = {"style": [], "script": []}
        self.policy = self.title = self.lang = None
        self.tables = []
        self.pictures = []
        self.landmarks = []
        self.weight = 0  # of what it loads
        self.text = []

    def fault(self, text):
        self.faults.append(f"{self.path.name}:{self.getpos()[0]}: {text}")

    def handle_startendtag(self, tag, attrs):
        self.seen(tag, dict(attrs))

    def handle_starttag(self, tag, attrs):
        self.seen(tag, dict(attrs))
        if tag not in VOID:
            self.stack.append(tag)

    def seen(self, tag, attrs):
        if len(attrs) != len(set(attrs)):
            self.fault(f"an attribute twice in <{tag}>")
        if "id" in attrs:
            if attrs["id"] in self.ids:
                self.fault(f"an id twice: {attrs['id']}")
            self.ids.add(attrs["id"])
        if tag == "img":
            self.pictures.append((self.getpos()[0], attrs))
        for name in attrs:
            if name in FETCHES and not (tag == "img" and name == "src") or name.startswith("on") or name == "style":
                self.fault(f"<{tag}> has {name}")
        if tag in ("a", "link") and "href" in attrs:
            self.links.append((self.getpos()[0], tag, attrs["href"]))
        if tag == "html":
            self.lang = attrs.get("lang")
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy":
            self.policy = attrs["content"]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("main", "nav", "header", "footer"):
            self.landmarks.append((tag, attrs.get("aria-label")))
        if tag == "svg" and (attrs.get("role") != "img" or not attrs.get("aria-label", "").strip()):
            self.fault("a picture without a name")
        if tag == "table":
            self.tables.append({"caption": "", "widths": [], "line": self.getpos()[0]})
        if tag == "tr" and self.tables:
            self.tables[-1]["widths"].append(0)
        if tag in ("td", "th") and self.tables:
            self.tables[-1]["widths"][-1] += 1
        if tag == "th" and attrs.get("scope") not in ("col", "row"):
            self.fault("a head without scope")

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.fault(f"</{tag}> closes what is not open")

    def handle_data(self, data):
        if self.stack and self.stack[-1] in self.raw:
            self.raw[self.stack[-1]].append(data)
            return
        if self.stack and self.stack[-1] == "title" and "svg" not in self.stack:
            self.title = data
        if "caption" in self.stack:
            self.tables[-1]["caption"] += data
        self.text.append(data)


def hashed(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def policy_faults(page):
    want = {"default-src": "'none'", "style-src": hashed("".join(page.raw["style"])),
            "script-src": hashed("".join(page.raw["script"])), "img-src": "'self' data:" if page.pictures else "data:",
            "base-uri": "'none'", "form-action": "'none'"}
    found = dict(part.strip().split(" ", 1) for part in (page.policy or "").split(";") if part.strip())
    return [f"{page.path.name}: the policy has {k} {found.get(k)} ({v})"
            for k, v in want.items() if found.get(k) != v]


def heading_faults(page):
    name = page.path.name
    if page.headings.count(1) != 1 or page.headings[0] != 1:
        yield f"{name}: headings: {page.headings[:4]} (one <h1>, first)"
    for before, now in zip(page.headings, page.headings[1:]):
        if now > before + 1:
            yield f"{name}: <h{now}> follows <h{before}>"


def table_faults(page):
    for table in page.tables:
        place = f"{page.path.name}:{table['line']}"
        if not table["caption"].strip():
            yield f"{place}: a table without a caption"
        if len(set(table["widths"])) > 1:
            yield f"{place}: rows of {sorted(set(table['widths']))} cells"


def link_faults(pages, page, root):
    for line, tag, href in page.links:
        place = f"{page.path.name}:{line}: {href}"
        if tag == "link":
            if not href.startswith("data:"):
                yield f"{place}: a page asks for a file"
            continue
        if re.match(r"(https?|mailto):", href):
            continue
        file, _, fragment = urllib.parse.unquote(href).partition("#")
        target = (page.path.parent / file).resolve() if file else page.path
        if not target.is_file() or root not in target.parents:
            yield f"{place}: there is no such file"
        elif fragment and fragment not in pages[target].ids:
            yield f"{place}: there is no such place"


def picture_faults(page, root):
    for line, attrs in page.pictures:
        target = (page.path.parent / attrs.get("src", "")).resolve()
        if not target.is_file() or root not in target.parents or target.suffix != ".png":
            yield f"{page.path.name}:{line}: a picture that is no file of the site: {attrs.get('src')}"
            continue
        data = target.read_bytes()
        size = [int.from_bytes(data[at:at + 4], "big") for at in (16, 20)]  # PNG, chunk IHDR
        shown = [int(attrs.get(k, "0")) for k in ("width", "height")]
        if not attrs.get("alt", "").strip():
            yield f"{page.path.name}:{line}: a picture without a text"
        if 0 in shown or abs(size[0] / size[1] - shown[0] / shown[1]) > 0.5 * size[0] / size[1] / min(shown):
            yield f"{page.path.name}:{line}: a picture of {size} shown as {shown}"
        page.weight += len(data)


def page_faults(page, size):
    name = page.path.name
    yield from page.faults
    if page.stack:
        yield f"{name}: not closed: {page.stack}"
    if size >= MOST_PAGE:
        yield f"{name}: {size} bytes"
    if len("".join(page.raw["script"]).encode()) >= MOST_SCRIPT:
        yield f"{name}: a large script"
    if not page.lang or not (page.title or "").strip():
        yield f"{name}: no language or no title"
    if [tag for tag, _ in page.landmarks].count("main") != 1:
        yield f"{name}: not one <main>"
    names = [label for tag, label in page.landmarks if tag == "nav"]
    if None in names or len(names) != len(set(names)):
        yield f"{name}: landmarks without a name of their own: {names}"
    if re.search(r"\{\{|\bNaN\b|\bnan\b|\bInfinity\b", "".join(page.text)):
        yield f"{name}: a placeholder or no number"
    yield from policy_faults(page)
    yield from heading_faults(page)
    yield from table_faults(page)


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    pages, sizes, faults = {}, {}, []
    for path in sorted(root.rglob("*.html")):
        page = pages[path] = Page(path)
        data = path.read_bytes()
        sizes[path] = len(data)
        page.feed(data.decode("utf-8"))
        page.close()
    for path, page in pages.items():
        faults += picture_faults(page, root)
        faults += page_faults(page, sizes[path] + page.weight)
        faults += link_faults(pages, page, root)
    reached, waiting = set(), [root / "index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached or path not in pages:
            continue
        reached.add(path)
        for _, _, href in pages[path].links:
            if not re.match(r"[a-z]+:", href):
                waiting.append((path.parent / href.partition("#")[0]).resolve())
    faults += [f"{p.name}: no link leads here" for p in pages if p not in reached]
    for fault in faults[:30]:
        print(fault)
    print(f"{len(pages)} pages, heaviest {max(sizes.values()) // 1000} kB", file=sys.stderr)
    print(f"{len(faults)} faults")


main()
