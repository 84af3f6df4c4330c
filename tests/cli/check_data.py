#!/usr/bin/env python3
"""Holds the published CSV files against the metadata that describe them.

usage: check_data.py DIRECTORY

Reads datapackage.json (Frictionless) and csv-metadata.json with X.csv-metadata.json (CSV on the
Web) as a consumer would, independently of the program: every field of every row must be of the
declared type and one of the declared texts, keys must be there and unique, references must lead
somewhere, sizes and hashes must be those of the files, and both descriptions must agree. The JSON
files for dashboards must hold the figures of assessment.csv, all of them. Prints "N faults" and
each of them; the exit status is 1 if there is any.
"""
import csv
import hashlib
import json
import pathlib
import re
import sys

NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
INTEGER = re.compile(r"-?\d+")
TESTS = {
    "string": lambda text: True,
    "number": lambda text: NUMBER.fullmatch(text) is not None,
    "double": lambda text: NUMBER.fullmatch(text) is not None,
    "integer": lambda text: INTEGER.fullmatch(text) is not None,
    "date": lambda text: re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None,
    "boolean": lambda text: text in ("true", "false"),
}


class Checker:
    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.faults = []
        self.tables = {}

    def fault(self, *parts):
        self.faults.append(": ".join(str(part) for part in parts))

    def json(self, name):
        return json.loads((self.directory / name).read_text(encoding="utf-8"))

    def table(self, path):
        if path not in self.tables:
            raw = (self.directory / path).read_bytes()
            if b"\r" in raw or raw.startswith(b"\xef\xbb\xbf"):
                self.fault(path, "has carriage returns or a byte order mark")
            rows = list(csv.reader(raw.decode("utf-8").splitlines(keepends=True)))
            self.tables[path] = (rows[0], rows[1:])
        return self.tables[path]

    def column(self, path, name):
        header, rows = self.table(path)
        at = header.index(name)
        return [row[at] for row in rows]

    def check_fields(self, path, fields):
        header, rows = self.table(path)
        if header != [field["name"] for field in fields]:
            self.fault(path, "columns differ from the description", header)
            return
        for number, row in enumerate(rows, 2):
            if len(row) != len(header):
                self.fault(path, number, f"{len(row)} fields")
                continue
            for text, field in zip(row, fields):
                limits = field.get("constraints", {})
                if text == "":
                    if limits.get("required"):
                        self.fault(path, number, field["name"], "empty")
                elif not TESTS[field["type"]](text):
                    self.fault(path, number, field["name"], f"no {field['type']}: {text}")
                elif "enum" in limits and text not in limits["enum"]:
                    self.fault(path, number, field["name"], f"not declared: {text}")

    def check_key(self, path, key):
        columns = [self.column(path, name) for name in key]
        seen = set()
        for number, values in enumerate(zip(*columns), 2):
            if values in seen:
                self.fault(path, number, f"key twice: {values}")
            seen.add(values)

    def check_reference(self, path, name, other, other_name):
        known = set(self.column(other, other_name))
        for number, text in enumerate(self.column(path, name), 2):
            if text and text not in known:
                self.fault(path, number, name, f"not in {other}: {text}")

    def check_package(self):
        package = self.json("datapackage.json")
        paths = {resource["name"]: resource["path"] for resource in package["resources"]}
        for resource in package["resources"]:
            path, schema = resource["path"], resource["schema"]
            raw = (self.directory / path).read_bytes()
            if resource["bytes"] != len(raw):
                self.fault(path, "size differs")
            if resource["hash"] != "sha256:" + hashlib.sha256(raw).hexdigest():
                self.fault(path, "hash differs")
            self.check_fields(path, schema["fields"])
            if "primaryKey" in schema:
                self.check_key(path, schema["primaryKey"])
            for key in schema.get("foreignKeys", []):
                self.check_reference(path, key["fields"], paths[key["reference"]["resource"]],
                                     key["reference"]["fields"])
        there = {file.name for file in self.directory.glob("*.csv")}
        if there != set(paths.values()):
            self.fault("datapackage.json", f"files differ: {there ^ set(paths.values())}")
        return package

    def csvw_fields(self, description):
        fields = []
        for column in description["tableSchema"]["columns"]:
            kind = column["datatype"]
            limits = {"required": True} if column.get("required") else {}
            if isinstance(kind, dict):
                limits["enum"] = kind["format"].split("|")
                kind = kind["base"]
            if column["titles"] != column["name"]:
                self.fault(description["url"], "title is not the header", column["titles"])
            fields.append({"name": column["name"], "type": kind, "constraints": limits})
        return fields

    def check_csvw(self, package):
        group = self.json("csv-metadata.json")
        urls = [table["url"] for table in group["tables"]]
        if urls != [resource["path"] for resource in package["resources"]]:
            self.fault("csv-metadata.json", "other tables than datapackage.json", urls)
        for table in group["tables"]:
            alone = self.json(table["url"] + "-metadata.json")
            if alone["@context"][0] != "http://www.w3.org/ns/csvw":
                self.fault(table["url"], "no CSVW context")
            if "foreignKeys" in alone["tableSchema"]:
                self.fault(table["url"], "refers to a table outside its group")
            self.check_fields(table["url"], self.csvw_fields(alone))
            if self.csvw_fields(table) != self.csvw_fields(alone):
                self.fault(table["url"], "described in two ways")
            for key in table["tableSchema"].get("foreignKeys", []):
                other = key["reference"]
                self.check_reference(table["url"], key["columnReference"], other["resource"],
                                     other["columnReference"])

    def check_catalog(self, package):
        catalog = self.json("catalog.jsonld")
        found = catalog["dcat:dataset"]["dcat:distribution"]
        files = [entry["dcat:downloadURL"]["@id"] for entry in found]
        if files != [resource["path"] for resource in package["resources"]]:
            self.fault("catalog.jsonld", "other files than datapackage.json", files)
        for entry, resource in zip(found, package["resources"]):
            if "sha256:" + entry["spdx:checksum"]["spdx:checksumValue"]["@value"] != resource["hash"]:
                self.fault("catalog.jsonld", "hash differs", resource["path"])
        self.check_dates(catalog["dcat:dataset"])

    def check_dates(self, dataset):
        """A period covered, in order, and an edition's date as both dates."""
        covered = dataset.get("dct:temporal", {})
        days = [covered.get(key, {}).get("@value", "") for key in ("dcat:startDate", "dcat:endDate")]
        if covered and (days != sorted(days) or not all(re.fullmatch(r"\d{4}-\d\d-\d\d", d) for d in days)):
            self.fault("catalog.jsonld", "no period", days)
        if dataset.get("dct:issued") != dataset.get("dct:modified"):
            self.fault("catalog.jsonld", "dates differ", dataset.get("dct:modified"))

    def check_document_head(self, where, document, corrections):
        if len(document.get("corrections", [])) != corrections:
            self.fault(where, "corrections", "not those of corrections.csv")

    def same(self, text, value):
        if value is None or isinstance(value, str):
            return text == (value or "")
        return text != "" and abs(float(text) - value) <= 1e-14 * max(abs(float(text)), abs(value))

    def check_figure(self, where, row, figure):
        for name, value in figure.items():
            if not self.same(row[name], value):
                self.fault(where, name, f"{value} for {row[name]}")
        for name in ("value", "status", "judgement", "rank"):
            if row[name] and name not in figure:
                self.fault(where, name, "is missing")

    def check_parts(self, where, document, parts):
        """Takes the rows that the document has out of `parts`."""
        for composition in document.get("compositions", []):
            whole = {k: v for k, v in composition.items() if k != "parts"}
            for part in composition["parts"]:
                row = parts.pop((composition["composition_id"], document["area"]["area_code"],
                                 str(part["part"])))
                for name, value in {**whole, **part}.items():
                    if not self.same(row[name], value):
                        self.fault(where, name, f"{value} for {row[name]}")
                for name in ("amount", "value", "share", "status", "total", "peer_share"):
                    if row[name] and name not in whole and name not in part:
                        self.fault(where, name, "is missing")

    def check_dashboards(self):
        header, rows = self.table("assessment.csv")
        known = {}
        for row in rows:
            named = dict(zip(header, row))
            known[named["indicator_id"], named["period"], named["area_code"]] = named
        seen = {"areas": set(), "indicators": set()}
        header, rows = self.table("compositions.csv")
        parts = {}
        for row in rows:
            named = dict(zip(header, row))
            parts[named["composition_id"], named["area_code"], named["part"]] = named
        with open(self.directory / "corrections.csv", encoding="utf-8", newline="") as file:
            corrections = len(list(csv.reader(file))) - 1
        for file in sorted((self.directory / "areas").glob("*.json")):
            document = json.loads(file.read_text(encoding="utf-8"))
            self.check_document_head(file.name, document, corrections)
            for indicator in document["indicators"]:
                for figure in indicator["figures"]:
                    key = (indicator["indicator_id"], figure["period"],
                           document["area"]["area_code"])
                    seen["areas"].add(key)
                    self.check_figure(file.name, known[key], figure)
            self.check_parts(file.name, document, parts)
        for file in sorted((self.directory / "indicators").glob("*.json")):
            document = json.loads(file.read_text(encoding="utf-8"))
            self.check_document_head(file.name, document, corrections)
            for period in document["periods"]:
                for figure in period["figures"]:
                    key = (document["indicator"]["indicator_id"], period["period"],
                           figure["area_code"])
                    seen["indicators"].add(key)
                    self.check_figure(file.name, known[key], figure)
        if parts:
            self.fault("areas", f"{len(parts)} rows of compositions.csv are missing")
        for folder, keys in seen.items():
            if keys != set(known):
                self.fault(folder, f"{len(set(known) - keys)} rows of assessment.csv are missing")


def main():
    checker = Checker(sys.argv[1])
    package = checker.check_package()
    checker.check_csvw(package)
    checker.check_catalog(package)
    checker.check_dashboards()
    print(f"{len(checker.faults)} faults")
    for fault in checker.faults[:40]:
        print(fault)
    sys.exit(1 if checker.faults else 0)


main()
