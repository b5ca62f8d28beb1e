"""Another kind of thing among the names of a note or role cell: a time, a number, a task (会同所得税司、2018年底前、大企业税收管理司)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.doubts.telling import at_cell, at_text, own
from loaders.records import Extraction, Finding, Provision
from loaders.tables.columns import fold, is_actor_cell
from loaders.words import words

FEW = 10  # one note of so many may hold a time before times are how these notes are written
LONG = 6  # characters of a task
FIELDS = {"lead": "牵头部门", "responsible": "责任部门", "supporting": "配合部门"}
_TIME = re.compile(r"\d{4}\s*年|\d月|\d+个?工作日|年底前?|月底前?|持续开展|长期坚持|每[年季月]")
_NUMBER = re.compile(r"[0-9０-９]+(?:\.\d+)?(?:[个项条次家户名人%％]|万?元)?")
_VERBS = "^(?:由|会同|联合|配合|牵头|责任)|(?:牵头|负责|配合|共同|分别|参与|承办)*(?:落实|实施|办理)?$"
_MARKS = re.compile(r"[、，,；;\n]")


def note_kind_doubts(document: Extraction) -> Iterator[Finding]:
    noted = [p for p in document.provisions if p.note and p.roles and p.note_place and p.note_place.start is not None]
    timed = [p for p in noted if _TIME.search(p.note or "")]
    few = len(noted) >= FEW // 2 and len(timed) <= max(1, len(noted) // FEW)
    for provision in noted:
        yield from _note(document, provision, few=few)
    for row in document.rows:
        for field, name in FIELDS.items():
            cell = own(row, field)
            pieces = [piece.strip() for piece in _MARKS.split(cell) if piece.strip()]
            for piece in pieces if len(pieces) > 1 and any(is_actor_cell(piece) for piece in pieces) else ():
                if _NUMBER.fullmatch(piece):
                    said = f"“{name}”一栏的名单中夹有数字“{piece}”。", f"The number {piece} stands among the names of the column {field}."
                    yield at_cell("type-mismatch", "warning", row, field, said, piece)
                elif _is_task(piece):
                    said = f"“{name}”一栏的名单中夹有任务“{piece}”。", f"A task stands among the names of the column {field}: {piece}."
                    yield at_cell("type-mismatch", "warning", row, field, said, piece)
                elif _is_cut(piece) and all(is_actor_cell(other) for other in pieces if other != piece):
                    said = f"“{piece}”不像完整的名称，名单中其他各项都是。", f"{piece} looks like no whole name, unlike the others."
                    yield at_cell("unknown-actor", "info", row, field, said, piece)


def _is_cut(piece: str) -> bool:
    """A name of Chinese characters only that ends as no body does (大企业税收管理)."""
    return bool(re.fullmatch("[一-鿿]{3,12}", piece)) and not is_actor_cell(piece)


def _note(document: Extraction, provision: Provision, *, few: bool) -> Iterator[Finding]:
    note, place = provision.note or "", provision.note_place
    assert place
    assert place.start is not None
    pieces = [piece.strip() for piece in re.split(r"[、，,；;：:（）()\n]+", note) if piece.strip()]
    for piece in pieces:
        words_of = re.sub(_VERBS, "", piece).strip()
        if few and _TIME.search(words_of):
            said = f"责任括注中夹有时间“{words_of}”。", f"A time stands in the note of who is responsible: {words_of}."
        elif len(pieces) > 1 and _NUMBER.fullmatch(words_of):
            said = f"责任括注中夹有数字“{words_of}”。", f"A number stands in the note of who is responsible: {words_of}."
        elif len(pieces) > 1 and _is_task(words_of):
            said = f"责任括注中夹有任务“{words_of}”。", f"A task stands in the note of who is responsible: {words_of}."
        else:
            continue
        start = document.text.find(words_of, place.start, place.end)
        span = (start, start + len(words_of)) if start >= 0 else (place.start, place.end or place.start)
        yield at_text("type-mismatch", "warning", document, *span, said)


def _is_task(piece: str) -> bool:
    """Words that begin as a duty does (推进税收数据公开) and end as no name of a body or of its part."""
    return len(fold(piece)) >= LONG and bool(re.match(words("doubts")["duty_begins"], fold(piece))) and not is_actor_cell(piece)
