"""One thing under two names in one document: 本方案 in a 办法, 领导小组 that is a 协调小组 elsewhere. As information."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from loaders.doubts.telling import at_text
from loaders.records import Extraction, Finding

CODE = "two-names"
_ITSELF = re.compile(
    r"(?<![一-鿿])(?:制定|依照|按照|根据|违反)?本(?:实施|暂行|管理|工作|行动)?(办法|方案|意见|细则|规定|条例|规划|计划)(?![一-鿿]*(?:所称))"
)
_KINDS = ("办法", "方案", "意见", "细则", "规定", "条例", "规划", "计划")
_GROUP = re.compile(r"([一-鿿“”]{2,14}?)(工作领导|工作协调|工作推进|领导|协调|推进|工作)小组")
_CUT = re.compile(r".*(?:成立|建立|设立|健全|由|的|在|向|报|市|省|区|县|各级|机关|要)")


def called_otherwise_doubts(document: Extraction) -> Iterator[Finding]:
    yield from _itself(document)
    yield from _groups(document)


def _itself(document: Extraction) -> Iterator[Finding]:
    """What the document calls itself, against its titles; only where most places agree with the title."""
    titles = document.meta.title + document.meta.notice
    if not document.provisions or document.rows:
        return
    hits = list(_ITSELF.finditer(document.text))
    title = re.sub(r"[》”]?的通知$", "", document.meta.title)
    genre = next((kind for kind in _KINDS if title.endswith(kind)), "")
    others = [hit for hit in hits if hit[1] != genre and hit[1] not in titles]
    if genre and others and len(others) <= 2 and not re.search(r"附\s*件\s*\d", document.text):
        for hit in others:
            said = f"本文件是“{genre}”，此处写作“{hit[0]}”。", f"This document is a {genre}, here called {hit[0]}."
            yield at_text(CODE, "info", document, *hit.span(), said)


def _groups(document: Extraction) -> Iterator[Finding]:
    """政务公开工作领导小组 and 政务公开工作协调小组: one stem, two kinds."""
    hits = [(_CUT.sub("", hit[1]), hit[2], hit) for hit in _GROUP.finditer(document.text)]
    kinds = Counter((stem, kind) for stem, kind, _ in hits)
    for stem, kind, hit in hits:
        other = next((k for s, k in sorted(kinds) if s == stem and k != kind), "")
        if len(stem) >= 4 and other and kinds[stem, kind] == 1 and kinds[stem, other] >= 1:
            said = f"另一处写作“{stem}{other}小组”。", f"Elsewhere {stem}{other}小组."
            yield at_text(CODE, "info", document, hit.end(1) - len(stem), hit.end(), said)
