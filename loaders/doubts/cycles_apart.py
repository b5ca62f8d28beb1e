"""The same duty every year and every two years: 每年至少听取一次汇报 and 每两年至少听取一次汇报, in a text or in the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.doubts.dated import Piece, sentences
from loaders.records import Extraction, Finding, TaskRow
from loaders.tables.columns import fold

_N = "[0-9一二两三四五六七八九十百半]"
_CYCLE = re.compile(rf"(?<!第)每(?:隔)?(?:{_N}*个?(?:年度?|季度|月|周|日|天|工作日)|学期)(?!均|度)")
_COUNT = re.compile(rf"(?:至少|不少于|不低于|原则上)|{_N}+(?:次|场|期|轮|篇|家|个)|(?:要|应当|应|须|需)")
_UNITS = (("工作日", "日"), ("年度", "年"), ("个", ""), ("两", "二"), ("天", "日"), ("隔", ""))
SHORT = 6  # characters of a duty beside how often it is to be done
TAIL = 8  # characters of one that is the end of another, whose actor stands before


def cycle_doubts(document: Extraction) -> Iterator[Finding]:
    seen: list[tuple[str, str, Piece]] = []
    for pieces in sentences(document):
        for piece in pieces:
            hit = _CYCLE.search(piece.text)
            bare = _COUNT.sub("", _CYCLE.sub("", fold(piece.text))) if hit else ""
            if hit and len(bare) >= SHORT and len(_CYCLE.findall(piece.text)) == 1:
                seen.append((_every(hit[0]), bare, piece))
    for at, (every, bare, piece) in enumerate(seen):
        for other_every, other_bare, other in seen[:at]:
            if every != other_every and _is_same(bare, other_bare):
                yield from _told(document, piece, other)
                break


def _every(words: str) -> str:
    for old, new in _UNITS:
        words = words.replace(old, new)
    return words.replace("每一", "每").replace("每1", "每")


def _is_same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or len(short) >= TAIL and (long.endswith(short) or long.startswith(short))


def _told(document: Extraction, later: Piece, earlier: Piece) -> Iterator[Finding]:
    there = f"第{earlier.unit.row}项" if isinstance(earlier.unit, TaskRow) else "前文"
    zh, en = f"与{there}“{earlier.text}”频次不同。", f"Elsewhere it says {earlier.text}: the same duty at another pace."
    yield later.tell(document, "duty-repeated", "warning", (zh, en), [earlier.place])
    zh, en = f"与“{later.text}”频次不同。", f"Elsewhere it says {later.text}: the same duty at another pace."
    yield earlier.tell(document, "duty-repeated", "info", (zh, en), [later.place])
