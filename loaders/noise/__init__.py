"""What does not belong in a text: symbol runs of a bad copy here; garbled, foreign and wrong words and marks in noise_*.py.

Symbol runs are taken out of the normalised text when they are certain noise; everything else stays in the text and is only reported.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.blocks import Blocks, RawBlock, RawParagraph, Strip
from loaders.noise.encoding import encoding_findings
from loaders.noise.injected import injected_findings
from loaders.noise.marks import mark_findings
from loaders.noise.noise_words import word_findings
from loaders.records import Finding, Place, Text2
from loaders.words import words
from zhengmai.masking import mask

HAN = r"一-鿿"
MOST = 200  # findings of one code in one document


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


def text_findings(blocks: Blocks) -> list[Finding]:
    """Return what looks wrong in the words of a normalised text, each with its place; nothing is changed or restored."""
    text, places = blocks.text, _places(blocks)
    garbled = list(encoding_findings(text))
    clean = mask(text, [(f.place.start or 0, f.place.end or 0) for f in garbled if f.code == "encoding-mishap"])
    found = [*garbled, *injected_findings(clean), *word_findings(clean), *mark_findings(clean, [(s, e) for s, e, _ in places])]
    starts = [start for start, _, _ in places]
    located = [replace(f, place=_located(f.place, places, starts)) for f in _first_of_many(found)]
    return sorted(located, key=lambda f: (f.place.start or 0, f.code, f.quote))


def _first_of_many(found: Sequence[Finding]) -> Iterator[Finding]:
    """A document that is wrong throughout gets the first findings of each code; the last of them says how many are left out."""
    counts = Counter(f.code for f in found)
    seen: Counter[str] = Counter()
    for f in found:
        seen[f.code] += 1
        if seen[f.code] == MOST and counts[f.code] > MOST:
            left = counts[f.code] - MOST
            f = replace(
                f, message=Text2(f"{f.message.zh}另有 {left} 处同类未列出。", f"{f.message.en} {left} more of this kind are not listed.")
            )
        if seen[f.code] <= MOST:
            yield f


def _places(blocks: Blocks) -> list[tuple[int, int, Place]]:
    """Return start, end and place of every paragraph and cell, in order."""
    found = [(p.start, p.end, Place(paragraph=p.number, page=p.page)) for p in blocks.paragraphs]
    for table in blocks.tables:
        for cell in (c for row in table.rows for c in row):
            place = Place(table=table.number, row=cell.row, column=cell.column, sheet=table.sheet, cell=cell.name, page=cell.page)
            found.append((cell.start, cell.end, place))
    return sorted(found, key=lambda piece: piece[:2])


def _located(place: Place, places: Sequence[tuple[int, int, Place]], starts: Sequence[int]) -> Place:
    at = bisect_right(starts, place.start or 0) - 1
    if at < 0 or (place.end or 0) > places[at][1]:
        return place
    return replace(places[at][2], start=place.start, end=place.end)
