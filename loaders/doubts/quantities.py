"""Amounts whose number was left out (至少对%以上, 在个小时内), that cannot be (检查200%的单位), and that do not fit each other.

Those last are ranges that go down (15—3岁) and parts that make more than the whole (5个（城区4个、农村3个）).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from loaders.doubts.telling import at_text
from loaders.records import Extraction, Finding
from loaders.words import words

_FIGURE = r"\d+(?:\.\d+)?"
_SYNC = re.compile(r"((?:[一-鿿]{2,6}、){1,6}[一-鿿]{2,6})的?“([二两三四五六七八])([一-鿿]{1,3})”")
_FLOOR = "".join(f"|(?<={word})" for word in ("低于", "少于", "至少", "达到", "超过", "补助", "标准为"))
_NEGATIVE = re.compile(
    rf"(?:(?<![\d一-鿿A-Za-z%％）)])|(?<=[一-鿿])(?<![年月日号时件表图第]){_FLOOR})[-－−]\d+(?:\.\d+)?(?:个?(?:工作日|小时|月)|天|日|年|人|家|户|次|元|万元|张|辆|名|套|所|座|%|％)"
)
_CALLED = re.compile(r"((?:[一-鿿]{2,6}、){1,8}[一-鿿]{2,14})[（(](?:以下)?(?:统|简)?称(?:为)?“([二两三四五六七八九])([一-鿿]{1,3})”")
_NUMBERED = re.compile(r"“([二两三四五六七八九十])([个项大条]?)([一-鿿]{2,4})”")
OFTEN = 3  # times a count is said before another one is its slip
_HAN = {char: value for value, char in enumerate("一二三四五六七八九", 1)} | {"两": 2}
BEFORE = 4


def quantity_doubts(document: Extraction) -> Iterator[Finding]:
    for pattern in words("doubts")["without_number"]:
        for hit in re.finditer(pattern, document.text, re.MULTILINE):
            said = f"“{hit[0]}”处缺数字。", f"The number is missing in {hit[0]}."
            yield at_text("quantity-odd", "warning", document, *hit.span(), said)
    for pattern in words("doubts")["too_much"]:
        for hit in re.finditer(pattern, document.text):
            said = f"“{hit[0]}”不可能。", f"{hit[0]} cannot be."
            yield at_text("quantity-odd", "warning", document, *hit.span(), said)
    for pattern in words("doubts")["no_such_time"]:
        for hit in re.finditer(pattern, document.text, re.MULTILINE):
            said = f"没有“{hit[0]}”这样的时间。", f"There is no such time: {hit[0]}."
            yield at_text("quantity-odd", "warning", document, *hit.span(), said)
    for hit in _NEGATIVE.finditer(document.text):
        said = f"“{hit[0]}”不能是负数。", f"{hit[0]} cannot be negative."
        yield at_text("quantity-odd", "warning", document, *hit.span(), said)
    yield from _downwards(document)
    yield from _parts(document)
    yield from _counted(document)
    yield from _counted_otherwise(document)


def _downwards(document: Extraction) -> Iterator[Finding]:
    rules = words("doubts")
    text = document.text
    for hit in re.finditer(
        rf"(?<![\d.\-—～~月年第])({_FIGURE})(?:{rules['range_units']})?(?:—|–|～|~|-|至)({_FIGURE})(?:{rules['range_units']})", text
    ):
        before = text[max(0, hit.start() - BEFORE) : hit.start()]
        if float(hit[1]) > float(hit[2]) and not re.search(rules["range_down"], re.split(r"[，。；\n\t]", before)[-1]):
            said = f"“{hit[0]}”起止颠倒。", f"The range {hit[0]} goes down."
            yield at_text("quantity-odd", "warning", document, *hit.span(), said)


def _parts(document: Extraction) -> Iterator[Finding]:
    """A whole before a bracket that lists its parts in the same unit."""
    units = words("doubts")["parts_units"]
    for hit in re.finditer(
        rf"(?<![\d.])({_FIGURE})({units})[^，。；、（(\n\t]{{0,12}}[（(](其中)?[:：，,]?([^（()）\n\t]{{4,120}})[）)]", document.text
    ):
        parts = [float(found[1]) for found in re.finditer(rf"(?<![\d.每第])({_FIGURE}){re.escape(hit[2])}", hit[4])]
        listed = len(re.findall(_FIGURE, hit[4]))
        if len(parts) < 2 or len(parts) != listed or "每" in hit[4]:
            continue
        total, whole = sum(parts), float(hit[1])
        if total > whole or (total < whole and not hit[3]):
            said = f"分项合计 {total:g}{hit[2]}，与 {whole:g}{hit[2]} 不符。", f"The parts make {total:g}, not {whole:g}."
            yield at_text("quantity-odd", "warning", document, *hit.span(), said)


def _counted(document: Extraction) -> Iterator[Finding]:
    """同步起草、同步审批、同步发布的“三同步”: as many as are listed, where each holds the word that is counted."""
    for hit in _SYNC.finditer(document.text):
        listed = hit[1].split("、")
        while listed and hit[3] not in listed[0]:
            del listed[0]
        if len(listed) >= 2 and all(hit[3] in one for one in listed) and len(listed) != _HAN[hit[2]]:
            said = f"前面列出 {len(listed)} 项，与“{hit[2]}{hit[3]}”不符。", f"{len(listed)} are listed, which is not {hit[2]}{hit[3]}."
            yield at_text("quantity-odd", "warning", document, hit.start(2) - 1, hit.end(), said)
    for hit in _CALLED.finditer(document.text):
        listed = hit[1].split("、")
        if listed[-1].endswith(hit[3]) and len(listed) != _HAN[hit[2]]:
            said = f"前面列出 {len(listed)} 项，与“{hit[2]}{hit[3]}”不符。", f"{len(listed)} are listed, which is not {hit[2]}{hit[3]}."
            yield at_text("quantity-odd", "warning", document, hit.start(2) - 1, hit.end(), said)


def _counted_otherwise(document: Extraction) -> Iterator[Finding]:
    """“两项制度” once in a document that says “三项制度” everywhere else."""
    said: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    for hit in _NUMBERED.finditer(document.text):
        said[hit[2] + hit[3]].append(hit)
    for thing, hits in sorted(said.items()):
        counts = Counter("二" if hit[1] == "两" else hit[1] for hit in hits)
        usual, often = counts.most_common(1)[0]
        if len(counts) == 2 and often >= OFTEN and often == len(hits) - 1:
            odd = next(hit for hit in hits if hit[1] != usual and (hit[1], usual) != ("两", "二"))
            words_ = f"文中其他 {often} 处写“{usual}{thing}”。", f"Elsewhere the document says {usual}{thing} ({often} times)."
            yield at_text("quantity-odd", "warning", document, *odd.span(), words_)
