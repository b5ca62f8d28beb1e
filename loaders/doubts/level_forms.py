"""One level of authorities written in two ways in one table: 县税务机关 in one row, 县（区）局 in others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.doubts.telling import at_cell, own, tables
from loaders.records import Extraction, Finding, TaskRow
from loaders.tables.columns import fold

_AREA = r"(?:县[（(]区[）)]|区[（(]县[）)]|县[（(]市、?区[）)]|县、?区|区、?县|县、?市、?区|省|市|县|区|旗|州)级?"
_FORM = re.compile(rf"(?<![一-鿿])(?:各)?(?P<area>{_AREA})(?P<body>(?:国家|地方|国|地)?税务?(?:机关|局)|局)")
_LEVEL = (("省", "省"), ("县", "县"), ("区", "县"), ("旗", "县"), ("市", "市"), ("州", "市"))
FIELDS = ("unit", "deadline")
SHOWN = 3


def level_form_doubts(document: Extraction) -> Iterator[Finding]:
    for rows in tables(document):
        forms: dict[str, dict[str, list[tuple[TaskRow, str]]]] = {}
        for row in rows:
            for field in FIELDS:
                for hit in _FORM.finditer(own(row, field)):
                    level = next(name for mark, name in _LEVEL if mark in hit["area"])
                    uses = forms.setdefault(level, {}).setdefault(fold(hit[0]).removeprefix("各"), [])
                    if (row, field) not in uses:
                        uses.append((row, field))
        for written in forms.values():
            yield from _told(written)


def _told(written: dict[str, list[tuple[TaskRow, str]]]) -> Iterator[Finding]:
    """Every form of a level that has more than one, at its first rows."""
    names = sorted(written, key=lambda name: (-len(written[name]), name))
    for name in names if len(names) > 1 else ():
        others = "”“".join(other for other in names if other != name)
        for row, field in written[name][:SHOWN]:
            place = next(r.cells[f].place for other in names if other != name for r, f in written[other][:1])
            said = (
                f"同一层级写法不一：此处“{name}”，他处“{others}”。",
                f"One level written in several ways: {name} here, {others} elsewhere.",
            )
            yield at_cell("name-alike", "info", row, field, said, None, [place])
