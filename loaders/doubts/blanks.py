"""A blank cell in a column that nearly all other rows fill, whatever the column is about (牵头领导, 目标值).

Numbers, measures, leads, responsible departments and time limits are held by roles.py; labels and remarks may stay blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.doubts.telling import tables
from loaders.records import Extraction, Finding, Severity, Text2
from loaders.tables.own_columns import table_columns

LEAST = 8  # rows that have the column
SURE = 10  # rows before one blank is more than a hint
HELD = {"number", "task", "group", "measure", "sub_measure", "lead", "responsible", "deadline", "remark"}
_MAY_BE_BLANK = re.compile("备注|说明|注$|附件|其他|其它|补充|完成情况|进展|进度情况|存在问题|是否|签字|签名|联系|电话")


def blank_doubts(document: Extraction) -> Iterator[Finding]:
    for rows in tables(document):
        for at, (header, role) in enumerate(table_columns(document.ingest.columns, rows), start=1):
            having = [row for row in rows if header in row.columns]
            if not header or role in HELD or _MAY_BE_BLANK.search(header) or len(having) < LEAST:
                continue
            blank = [row for row in having if not row.columns[header].strip()]
            if 0 < len(blank) <= max(1, len(having) // 20):
                filled = len(having) - len(blank)
                severity: Severity = "warning" if len(blank) == 1 and filled >= SURE and role != "supporting" else "info"
                said = f"“{header}”一栏同表 {filled} 行都有内容，本行空白。", f"{filled} rows fill the column {header}; it is blank here."
                for row in blank:
                    yield Finding("cell-blank", severity, replace(row.place, column=at), "", Text2(*said))
