"""Sentences that contradict themselves or each other: a body decides where it is missing, a principle turned round, 应当 and 不得."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.doubts.telling import at_text, own
from loaders.records import CellText, Extraction, Finding, Text2
from loaders.words import words

CODE = "self-contradiction"
_MISSING = re.compile(
    r"(?:没有|未|无|尚未)(?:明确|列明|注明|标明|写明|确定|指定|列出)?(牵头|责任|配合|协办|主办|承办|参与|协助)(部门|单位|处室|科室)?(?:的|为空的)?[，,]\s*由([^，,。；;]{2,40}?)(?=根据|按照|会同|协商|研究|负责|明确|确定|指定|商|[，,。；;]|$)"
)
_BLANK = re.compile(
    r"(?:没有|未|无|尚未)(?:明确|列明|注明|标明|写明|确定|指定|列出)(牵头|责任|配合|协办|主办|承办|参与|协助)(?:部门|单位|处室|科室)?"
)
_MUST = re.compile(r"(?:应当|应|必须)([一-鿿]{5,20})(?=[，,。；;])")
_NEVER = re.compile(r"(?:不得|严禁|禁止|不应当|不应(?!当)|无需|不必|不再)([一-鿿]{5,20})(?=[，,。；;])")
_HEADS = {"牵头": "lead", "责任": "responsible", "配合": "supporting"}


def contradiction_doubts(document: Extraction) -> Iterator[Finding]:
    yield from _decided_by_nobody(document)
    for note in document.footnotes:
        yield from _blank_nowhere(document, note)
    for pattern in words("doubts")["turned_round"]:
        for hit in re.finditer(pattern, document.text):
            said = f"“{hit[0]}”有违常理或与通行的原则相反。", f"{hit[0]} turns round what is meant, or a common principle."
            yield at_text(CODE, "warning", document, *hit.span(), said)
    yield from _forbidden(document)


def _decided_by_nobody(document: Extraction) -> Iterator[Finding]:
    """没有明确牵头部门的，由牵头部门…明确: who is missing cannot decide."""
    for hit in _MISSING.finditer(document.text):
        role = hit[1] + (hit[2] or "")
        if role in hit[3]:
            said = f"没有“{role}”时又由“{role}”来明确，自相矛盾。", f"Where {role} is missing, {role} is to decide."
            yield at_text(CODE, "warning", document, *hit.span(), said)


def _blank_nowhere(document: Extraction, note: CellText) -> Iterator[Finding]:
    """A note for blank cells of a column that has none, where another column of roles has."""
    for hit in _BLANK.finditer(note.raw):
        field = _HEADS.get(hit[1])
        having = [row for row in document.rows if field and field in row.cells]
        if len(having) < len(document.rows) or not having or any(not row.text(field or "") for row in having):
            continue
        others = [
            name for name, other in _HEADS.items() if other != field and any(other in r.cells and not own(r, other) for r in document.rows)
        ]
        if others and note.place.start is not None:
            zh = f"“{hit[1]}”一栏没有空白；空白的是“{'、'.join(others)}”一栏。"
            en = f"No cell of the column {hit[1]} is blank; those of {', '.join(others)} are."
            start = note.place.start + hit.start()
            place = replace(note.place, start=start, end=start + len(hit[0]))
            yield Finding(CODE, "info", place, hit[0], Text2(zh, en))


def _forbidden(document: Extraction) -> Iterator[Finding]:
    """应当X in one place, 不得X in another: the same words."""
    never = {hit[1]: hit for hit in reversed(list(_NEVER.finditer(document.text)))}
    for hit in _MUST.finditer(document.text):
        other = never.get(hit[1])
        if other and document.text[max(0, hit.start() - 1) : hit.start()] != "不":
            said = f"一处写“{hit[0]}”，另一处写“{other[0]}”。", f"{hit[0]} here, {other[0]} there."
            yield at_text(CODE, "warning", document, *hit.span(), said)
            yield at_text(CODE, "warning", document, *other.span(), said)
