"""Reviewed counterparts: which department of one authority does the work of which department of another (司 ↔ 处)."""

from __future__ import annotations

import csv
from pathlib import Path

from loaders.describe import iris
from loaders.describe.listing import Names
from loaders.describe.nquads import Sheet, iri
from ontology.terms import ZM


def read_counterparts(path: Path, names: Names) -> list[str]:
    """Return the sorted ``zm:counterpartOf`` lines of an SSSOM table, for rows a reviewer put their name to; [] when there is no file.

    Subjects and objects are written AUTHORITY/DEPARTMENT by their Chinese names in the label columns.
    """
    if not path.is_file():
        return []
    sheet = Sheet(iris.REFERENCE_GRAPH)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"):
            if row.get("reviewer_id") and row.get("predicate_id") == "zm:counterpartOf" and row.get("predicate_modifier") != "Not":
                ends = [_department(row[side], names) for side in ("subject_label", "object_label")]
                sheet.add(ends[0], ZM.counterpartOf, iri(ends[1]))
    return sorted(set(sheet.lines))


def _department(label: str, names: Names) -> str:
    authority, _, department = label.partition("/")
    return iris.department(names.slug(authority), names.slug(department))
