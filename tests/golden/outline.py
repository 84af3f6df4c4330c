"""python3 outline.py PAGE.html: a web page as text that can be compared and read: a line for each element
with its attributes, indented as they stand in each other; a row of a table is one line. Pictures, the
style and the script, and the tables behind charts, are what they are called and a digest."""

import hashlib
import sys
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}
INLINE = {"a", "strong", "span"}
CELLS = {"td", "th"}
TEXT = {"p", "h1", "h2", "h3", "h4", "li", "caption", "title", "summary", "figcaption", "tr"}


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class Outline(HTMLParser):
    def __init__(self, page):
        super().__init__(convert_charrefs=False)
        self.starts = [0]
        for line in page.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.page, self.depth, self.line = page, 0, ""
        self.hidden = None  # (tag, where it begins, label) of what becomes a digest
        self.in_details = False

    def at(self):
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def flush(self):
        text = " ".join(self.line.split())
        if text:
            print("  " * self.depth + text)
        self.line = ""

    def handle_starttag(self, tag, attrs):
        if self.hidden:
            return
        self.in_details = self.in_details or tag == "details"
        if tag in ("svg", "style", "script") or (tag == "table" and self.in_details):
            self.hidden = (tag, self.at(), dict(attrs).get("aria-label"))
            return
        # the policy holds digests of its own
        written = tag + "".join(f" {k}" if v is None else f' {k}="{v}"' for k, v in attrs
                                if k != "content" or not v.startswith("default-src"))
        if tag in INLINE:
            self.line += f"<{written}>"
        elif tag in CELLS:
            self.line += " | " + (f"<{written}> " if tag == "th" else "")
        else:
            self.flush()
            self.line = f"<{written}> "
            if tag not in TEXT:
                self.flush()
            self.depth += tag not in VOID and tag != "tr"

    def handle_endtag(self, tag):
        if self.hidden:
            if tag == self.hidden[0]:
                self.end_hidden()
        elif tag in INLINE:
            self.line += f"</{tag}>"
        elif tag == "tr":
            self.flush()
        elif tag not in CELLS:
            # the line of a paragraph stands where its tag was
            self.depth -= tag in TEXT
            self.flush()
            self.depth -= tag not in TEXT
        self.in_details = self.in_details and tag != "details"

    def end_hidden(self):
        tag, start, label = self.hidden
        part = self.page[start:self.page.index(">", self.at()) + 1]
        rows = f" of {part.count('<tr>') - 1} rows" if tag == "table" else ""
        self.line += f' [{tag}{rows} "{label}"' if label else f" [{tag}{rows}"
        self.line += f" {digest(part)}]"
        self.hidden = None
        if tag != "svg":
            self.flush()

    def handle_data(self, data):
        if not self.hidden:
            self.line += data

    def handle_entityref(self, name):
        if not self.hidden:
            self.line += f"&{name};"

    def handle_charref(self, name):
        if not self.hidden:
            self.line += f"&#{name};"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        page = file.read()
    outline = Outline(page)
    outline.feed(page)
    outline.close()
    outline.flush()


main()
