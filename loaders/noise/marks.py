"""Marks, blanks and widths: what was typed or copied carelessly. All of it info; comparison ignores most of it anyway."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.noise.found import finding
from loaders.records import Finding

HAN = r"一-鿿"
_TWO = r"([，；：、,;%％])\1|。。|[，、；：]。|。[，、；：]|[，；][、：]|，；|[；、]，"
_TWICE = re.compile(rf"(?<![，。；：、！？,;])(?:{_TWO})(?![，。；：、！？,;.…])")
_BLANK = re.compile(rf"(?<=[{HAN}])[ \u3000]+(?=[{HAN}])")
_LINE = re.compile(r"[^\n\t]+")
# 第三条　 or a heading that runs on after full-width blanks.
_LED_IN = re.compile(r"\s*第[一二三四五六七八九十百零\d]{1,6}[编章节条款项][ \u3000]+|[^，。；,;]{1,30}\u3000+")
_HALF_MARK = re.compile(rf"(?<=[{HAN}”》）])[,;:?!](?=[{HAN}“《（]|[,;]?\d)")
_WIDE, _NARROW = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+"), re.compile(r"[0-9A-Za-z]+")
_PAIRS = {"（": "）", "【": "】", "《": "》", "〈": "〉", "「": "」", "『": "』", "“": "”", "‘": "’", "〔": "〕", "[": "]"}
_OPENER = {close: opener for opener, close in _PAIRS.items()}
_ALIKE = str.maketrans("()［］", "（）[]")
_MIXED = ({"（", ")"}, {"(", "）"}, {"［", "]"}, {"[", "］"})
_FEW = 5  # mixed pairs; a document with more writes them so
_DEEP, _MANY = 50, 1000  # marks open at once, findings made: nothing sensible has more
_MARK = re.compile(r"[()［］" + re.escape("".join((*_PAIRS, *_OPENER))) + "]")
# 1） or a) or 一） numbers an item, and an apostrophe is no quotation mark.
_NUMBERING = re.compile(r"(?:^|[\s，。；：、,;:（(])[0-9０-９A-Za-z一二三四五六七八九十]{1,3}$|[A-Za-z]$|^[\s\d①-⑳]*$")


def mark_findings(text: str, pieces: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Yield what is odd about the marks of a text; ``pieces`` are its paragraphs and cells."""
    yield from _blanks(text)
    yield from _half_marks(text)
    yield from _widths(text)
    for hit in _TWICE.finditer(text):
        yield finding("repeated-mark", "info", text, *hit.span(), "标点重复或连用；原文保留。", "Two marks where one is meant; text kept.")
    yield from _unbalanced(text, pieces)


def _blanks(text: str) -> Iterator[Finding]:
    """Blanks in a title, a heading or a spaced-out word (备　注) are layout, as is the one after 第三条.

    So only lines with a sentence mark are looked at.
    """
    zh, en = "句中多余空格；比对时不计。", "A stray blank inside a sentence; comparison ignores it."
    for line in _LINE.finditer(text):
        if not re.search("[，。；,;]", line[0]):
            continue
        for hit in _BLANK.finditer(text, *line.span()):
            if not _LED_IN.fullmatch(text[line.start() : min(hit.end(), line.start() + 40)]):
                yield finding("stray-blank", "info", text, *hit.span(), zh, en)


def _half_marks(text: str) -> Iterator[Finding]:
    """A half-width mark between Chinese words is reported only where the document otherwise writes the full-width one."""
    hits = list(_HALF_MARK.finditer(text))
    if hits and text.count("，") >= 10 * len(hits):
        for hit in hits:
            zh, en = "半角标点混入全角文本；比对时不计。", "A half-width mark in a full-width text; comparison ignores it."
            yield finding("mixed-width-punctuation", "info", text, *hit.span(), zh, en)


def _widths(text: str) -> Iterator[Finding]:
    """Letters and digits of both widths in one document: one finding, at the first of the rarer width."""
    wide, narrow = list(_WIDE.finditer(text)), list(_NARROW.finditer(text))
    if wide and narrow:
        few, name = (wide, ("全角", "full-width")) if len(wide) <= len(narrow) else (narrow, ("半角", "half-width"))
        zh = f"字母或数字全半角混用：{name[0]} {len(few)} 处，另一种 {max(len(wide), len(narrow))} 处；比对时不计。"
        en = f"Letters or digits of both widths: {len(few)} {name[1]}, {max(len(wide), len(narrow))} other; comparison ignores it."
        yield finding("mixed-width-character", "info", text, *few[0].span(), zh, en)


def _unbalanced(text: str, pieces: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """An opening mark may be closed up to two pieces later: a sentence broken over lines is not odd."""
    opened: list[tuple[str, int, int]] = []
    odd: list[int] = []
    mixed: list[int] = []
    for number, (begin, end) in enumerate(pieces):
        for hit in _MARK.finditer(text, begin, end):
            mark = hit[0].translate(_ALIKE)
            if mark in _PAIRS:
                opened.append((mark, hit.start(), number))
                if len(opened) > _DEEP:
                    odd.append(opened.pop(0)[1])
                continue
            at = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == _OPENER[mark] and number - opened[i][2] <= 2), None)
            if at is not None:
                mixed += [hit.start()] if {text[opened[at][1]], hit[0]} in _MIXED else []
                odd += [start for _, start, _ in opened[at + 1 :]]
                del opened[at:]
            elif not _NUMBERING.search(text[max(begin, hit.start() - 6) : hit.start()]):
                odd.append(hit.start())
        late = [start for _, start, since in opened if number - since >= 2]
        odd += late
        opened = opened[len(late) :]
    odd += [start for _, start, _ in opened]
    if len(mixed) <= _FEW:
        for at in mixed:
            zh, en = "一对括号一半全角、一半半角；比对时不计。", "A pair of brackets of two widths; comparison ignores it."
            yield finding("mixed-width-punctuation", "info", text, at, at + 1, zh, en)
    for at in sorted(odd)[:_MANY]:
        yield finding("unbalanced-mark", "info", text, at, at + 1, "引号或括号不成对。", "A quotation mark or bracket without its partner.")
