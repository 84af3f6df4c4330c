#!/usr/bin/env python3
"""structure.py FILE.pdf: the tree of tags of a PDF as poppler reads it, a line per tag, with the
first words of its text; of a table the header and how many rows there are."""
import re
import subprocess
import sys

WORDS = 48  # letters shown of a text


def tree(path):
    """Tags as [name, attributes, texts, children], by the indentation of pdfinfo's lines."""
    root = ["", {}, [], []]
    open_tags = [(-1, root)]
    lines = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, check=True).stdout
    for line in lines.decode().splitlines():
        depth, text = len(line) - len(line.lstrip(" ")), line.strip()
        while len(open_tags) > 1 and open_tags[-1][0] >= depth:
            open_tags.pop()
        holder = open_tags[-1][1]
        if text.startswith('"'):
            holder[2].append(text.strip('"'))
        elif text.startswith("/"):
            name, _, value = text.partition(" ")
            holder[1][name] = value.lstrip("/")
        elif text:
            tag = [re.match(r"[^\s:(]+", text).group(0), {}, [], []]
            holder[3].append(tag)
            open_tags.append((depth, tag))
    return root


def all_text(tag):
    return " ".join(tag[2] + [all_text(kid) for kid in tag[3]]).strip()


def short(text):
    text = " ".join(text.split())
    return text if len(text) <= WORDS else text[:WORDS].rstrip() + " …"


def write(tag, depth):
    name, attributes, texts, kids = tag
    indent = "  " * depth
    if name == "Table":
        rows = kids or [["TR", {}, [], []]]
        head = " | ".join(short(all_text(cell)) for cell in rows[0][3])
        kinds = sorted({f"{cell[0]} {cell[1].get('/Scope', '')}".strip() for row in rows for cell in row[3]})
        print(f"{indent}Table of {len(rows) - 1} rows ({', '.join(kinds)}): {head}")
        return
    whole = all_text(tag) if not any(kid[0] in ("LI", "TOCI", "LBody", "P") for kid in kids) else ""
    print(f"{indent}{name}{': ' + short(whole) if whole else ''}")
    for kid in kids:
        if kid[0] not in ("Span", "Link"):
            write(kid, depth + 1)


for top in tree(sys.argv[1])[3]:
    write(top, 0)
