"""What does not belong in a text: symbol runs of a bad copy, injected advertisements, known wrong words, stray blanks.

Symbol runs are taken out of the normalised text when they are certain noise; everything else stays in the text and is only reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from loaders.blocks import RawBlock, RawParagraph, Strip
from loaders.records import Finding, Place, Text2
from loaders.words import words

HAN = r"一-鿿"
_EDGE = re.compile(rf"[^{HAN}A-Za-z0-9.:/\-]")


def noise_stripper(blocks: Sequence[RawBlock]) -> tuple[Strip, str]:
    """Return the function that leaves certain noise out of a piece, and the symbols it takes as noise ("" for none).

    A symbol is noise when runs of two or more of it (never a single one: e-mail addresses) are both frequent
    (``least_runs``) and dense (``least_share`` of all characters), and most of them touch a Chinese character.
    """
    pieces = [b.text for b in blocks if isinstance(b, RawParagraph)]
    pieces += [cell.text for b in blocks if not isinstance(b, RawParagraph) for row in b.rows for cell in row]
    text, rules = "\n".join(pieces), words("noise")
    noisy = "".join(symbol for symbol in rules["symbols"] if _is_noise(symbol, text, rules["least_runs"], rules["least_share"]))
    if not noisy:
        return (lambda piece: [(0, len(piece))]), ""
    run = re.compile("|".join(f"(?:{re.escape(symbol)}){{2,}}" for symbol in noisy))

    def strip(piece: str) -> list[tuple[int, int]]:
        kept, at = [], 0
        for hit in run.finditer(piece):
            kept.append((at, hit.start()))
            at = hit.end()
        return [*kept, (at, len(piece))]

    return strip, noisy


def _is_noise(symbol: str, text: str, least_runs: int, least_share: float) -> bool:
    if text.count(symbol) < 2 * least_runs:
        return False
    hits = list(re.finditer(f"(?:{re.escape(symbol)}){{2,}}", text))
    in_words = sum(bool(re.search(rf"[{HAN}]", text[max(0, h.start() - 1) : h.start()] + text[h.end() : h.end() + 1])) for h in hits)
    return len(hits) >= least_runs and sum(len(h[0]) for h in hits) >= least_share * len(text) and in_words > len(hits) / 2


def noise_finding(stripped: Sequence[tuple[int, str]], symbols: str) -> list[Finding]:
    """Return the one finding that says how much noise was taken out, at the place of the first run."""
    if not stripped:
        return []
    count, length, at = len(stripped), sum(len(run) for _, run in stripped), stripped[0][0]
    return [
        Finding(
            "noise-run",
            "warning",
            Place(start=at, end=at),
            "",
            Text2(
                f"去除 {count} 处无意义符号（{symbols}），共 {length} 个字符；原文件保留。",
                f"{count} runs of meaningless symbols ({symbols}), {length} characters, taken out; the raw file keeps them.",
            ),
        )
    ]


def text_findings(text: str) -> list[Finding]:
    """Return what looks wrong in the words of a normalised text; nothing is changed or restored."""
    return sorted([*_injected(text), *_typos(text), *_punctuation(text)], key=lambda f: (f.place.start or 0, f.code))


def injected_spans(findings: Sequence[Finding]) -> tuple[tuple[int, int], ...]:
    """Return the stretches that reports and pages mask with ▇ (the JSON and the graph keep the words)."""
    return tuple((f.place.start or 0, f.place.end or 0) for f in findings if f.code == "suspected-injected-text")


def _injected(text: str) -> Iterator[Finding]:
    rules, last = words("noise"), -1
    for hit in _any_of(tuple(rules["injected"])).finditer(text):
        start, end = _widen(text, hit.start(), hit.end())
        around = text[max(0, start - 6) : end + 6]
        if start < last or any(word in around for word in rules["meant"]):
            continue
        last = end
        yield Finding(
            "suspected-injected-text",
            "warning",
            Place(start=start, end=end),
            text[start:end],
            Text2(
                "疑似被插入的广告文字：原文保留，引用时遮盖，不作还原。",
                "Text foreign to the document, probably injected: kept in raw, masked when quoted, not restored.",
            ),
        )


@cache
def _any_of(listed: tuple[str, ...]) -> re.Pattern[str]:
    parts = [rf"(?<![A-Za-z]){re.escape(w)}(?![A-Za-z])" if w.isascii() and w.isalpha() else re.escape(w) for w in listed]
    return re.compile("|".join(parts), re.IGNORECASE)


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a hit to the nearest mark on each side, at most twelve characters away."""
    left, right = start, end
    while left > 0 and start - left < 12 and not _EDGE.match(text[left - 1]):
        left -= 1
    while right < len(text) and right - end < 12 and not _EDGE.match(text[right]):
        right += 1
    return (left if start - left < 12 else start), (right if right - end < 12 else end)


def _typos(text: str) -> Iterator[Finding]:
    for wrong, right in words("noise")["typos"].items():
        for hit in re.finditer(re.escape(wrong), text):
            yield Finding(
                "typo-suspected",
                "info",
                Place(start=hit.start(), end=hit.end()),
                wrong,
                Text2(f"疑似错别字，通常写作“{right}”；原文保留。", f"Probably a wrong character, usually written {right}; text kept."),
            )


def _punctuation(text: str) -> Iterator[Finding]:
    """A half-width comma between Chinese words is reported only where the document otherwise writes the full-width one."""
    full, half = text.count("，"), re.compile(rf"(?<=[{HAN}])[,;:?!](?=[{HAN}])")
    hits = list(half.finditer(text))
    if hits and full >= 10 * len(hits):
        for hit in hits:
            yield Finding(
                "mixed-width-punctuation",
                "info",
                Place(start=hit.start(), end=hit.end()),
                hit[0],
                Text2("半角标点混入全角文本；比对时不计。", "A half-width mark in a full-width text; comparison ignores it."),
            )
    for hit in re.finditer(rf"(?<=[{HAN}])[ \u3000]+(?=[{HAN}])", text):
        if not _is_layout_blank(text, hit.start(), hit.end()):
            yield Finding(
                "stray-blank",
                "info",
                Place(start=hit.start(), end=hit.end()),
                hit[0],
                Text2("句中多余空格；比对时不计。", "A stray blank inside a sentence; comparison ignores it."),
            )


def _is_layout_blank(text: str, start: int, end: int) -> bool:
    """Blanks in a title, a heading or a spaced-out word (备　注) are layout: the line is short and has no sentence mark."""
    begin = max(text.rfind(mark, 0, start) for mark in "\n\t") + 1
    stop = min((at for at in (text.find(mark, end) for mark in "\n\t") if at >= 0), default=len(text))
    return not re.search("[，。；,;]", text[begin:stop])
