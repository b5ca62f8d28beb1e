"""One document's records, written for people and tools: JSON (the contract), CSV (one line a row or sentence), Turtle."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import TextIO

from loaders.records import Extraction
from loaders.to_json import extraction_json

Writer = Callable[[Extraction, TextIO], None]

ROW_COLUMNS = (
    "row",
    "task",
    "group",
    "measure",
    "sub_measure",
    "unit",
    "lead",
    "responsible",
    "supporting",
    "deadline",
    "inherited",
    "doubtful",
)
PROVISION_COLUMNS = ("id", "level", "number", "heading", "text", "note", "roles")


def write_json(extraction: Extraction, out: TextIO) -> None:
    json.dump(extraction_json(extraction), out, ensure_ascii=False, indent=1)
    out.write("\n")


def write_csv(extraction: Extraction, out: TextIO) -> None:
    """Write the rows of a table, else the provisions; several values in a cell stand between |."""
    record = extraction_json(extraction)
    table = csv.writer(out, lineterminator="\n")
    if extraction.rows or not extraction.provisions:
        table.writerow(ROW_COLUMNS)
        for row in record["rows"]:
            values = {**row, "deadline": row["deadline"].get("raw", "")}
            table.writerow([_cell(values[name]) for name in ROW_COLUMNS])
        return
    table.writerow(PROVISION_COLUMNS)
    for p in record["provisions"]:
        values = {**p, "roles": [f"{r['role']}:{r['actor']}" for r in p.get("roles", [])]}
        table.writerow([_cell(values.get(name, "")) for name in PROVISION_COLUMNS])


def _cell(value: object) -> str:
    text = "|".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@" else text


def write_turtle(extraction: Extraction, out: TextIO) -> None:
    """Write the triples the document would add to a graph, all its named graphs together, under a slug of its content."""
    from pyoxigraph import RdfFormat, Store, serialize

    from loaders.describe import describe_document
    from loaders.describe.listing import unlisted
    from ontology.outside import PREFIXES

    store = Store()
    store.load("\n".join(describe_document(extraction, unlisted(extraction))).encode(), format=RdfFormat.N_QUADS)
    triples = sorted({quad.triple for quad in store}, key=str)
    out.write((serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode())


WRITERS: dict[str, Writer] = {"json": write_json, "csv": write_csv, "ttl": write_turtle}
