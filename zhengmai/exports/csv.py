"""CSV 数据表：每类一个文件，附 CSVW 说明 · one table a class, with CSVW metadata that says what each column is."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from zhengmai.exports._classes import Table, tables
from zhengmai.exports._graph import SharedGraph


def write_folder(graph: SharedGraph, folder: Path) -> None:
    """Write one UTF-8 file a class and ``csv-metadata.json`` (CSV on the Web); nothing in a cell is changed."""
    made = tables(graph)
    for table in made:
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(table.columns)
            writer.writerows(table.rows)
    text = json.dumps(metadata(graph, made), ensure_ascii=False, indent=1)
    (folder / "csv-metadata.json").write_text(text + "\n", encoding="utf-8")


def metadata(graph: SharedGraph, made: list[Table]) -> dict[str, object]:
    """Return the CSVW table group: the key of each table is its ``iri``; several values in a cell are parted by ``|``."""
    notes = [note for note in graph.said if note]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dc:title": f"政脉 {graph.version}",
        "dc:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        **({"rdfs:comment": notes} if notes else {}),
        "tables": [_described(table) for table in made],
    }


def _described(table: Table) -> dict[str, object]:
    columns: list[dict[str, object]] = []
    for name, predicate in zip(table.columns, table.properties, strict=True):
        column: dict[str, object] = {"name": name, "titles": name, "datatype": "anyURI" if name == "iri" else "string"}
        if predicate:
            column |= {"propertyUrl": predicate, "separator": "|"}
        else:
            column["suppressOutput"] = True
        if name in ("id", "iri"):
            column["required"] = True
        columns.append(column)
    return {"url": f"{table.name}.csv", "tableSchema": {"columns": columns, "primaryKey": "iri", "aboutUrl": "{+iri}"}}
