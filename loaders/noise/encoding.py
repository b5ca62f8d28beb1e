"""Characters that went wrong on the way: bytes read in the wrong encoding, private-use, invisible and compatibility characters.

A run is called mojibake only when reading it back gives plain Chinese (政府 from 鏀垮簻) or when it is one of the known marks of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from loaders.noise.found import finding, first_of_each
from loaders.records import Finding
from loaders.words import words

_WINDOWS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_LATIN = re.compile(rf"[°-ÿ][\u0080-ÿ{_WINDOWS}]{{2,}}")
_UTF8 = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe2-\xef][\x80-\xbf]{2}){2,}")
_HAN_UTF8 = re.compile(rb"(?:[\xe2-\xef][\x80-\xbf]{2}){2,}")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")


def encoding_findings(text: str) -> Iterator[Finding]:
    """Yield what says that a text was read, copied or extracted wrongly; nothing is repaired."""
    spoilt = sorted(_mojibake(text))
    last = 0
    for start, end, meant in spoilt:
        if start < last:
            continue
        last = end
        zh, en = ("疑似乱码", "Garbled by a wrong encoding")
        zh, en = (f"{zh}，应为“{meant}”", f"{en}, probably {meant}") if meant else (zh, en)
        yield finding("encoding-mishap", "warning", text, start, end, f"{zh}；原文保留。", f"{en}; text kept.")
    yield from first_of_each("private-use-character", "info", text, _spans(_PRIVATE, text), _private)
    unseen = (span for span in _spans(_INVISIBLE, text) if not any(start <= span[0] < end for start, end, _ in spoilt))
    yield from first_of_each("invisible-character", "info", text, unseen, _invisible)
    variants = (span for span in _spans(_COMPATIBLE, text) if comparable(text[span[0] : span[1]]) != text[span[0] : span[1]])
    yield from first_of_each("confusable-character", "info", text, variants, _compatible)


def comparable(text: str) -> str:
    """Return a text with radicals and compatibility characters as the usual ones and invisible characters left out.

    >>> comparable("⽂件⻓\u200b度")
    '文件长度'
    """
    if text.isascii():
        return text if text.isprintable() else _INVISIBLE.sub("", text)
    plain = _COMPATIBLE.sub(lambda hit: _radicals().get(hit[0]) or unicodedata.normalize("NFKC", hit[0]), text)
    return _INVISIBLE.sub("", plain)


@cache
def _radicals() -> dict[str, str]:
    return {pair[0]: pair[1] for pair in words("confusables")["radicals"].split()}


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (hit.span() for hit in pattern.finditer(text))


def _private(quote: str) -> tuple[str, str]:
    code = f"U+{ord(quote):04X}"
    return f"专用区字符 {code}，离开原字体无法辨认", f"Private-use character {code}, unreadable without its font"


def _invisible(quote: str) -> tuple[str, str]:
    code = f"U+{ord(quote):04X}"
    return f"不可见字符 {code}；比对时不计", f"Invisible character {code}; comparison ignores it"


def _compatible(quote: str) -> tuple[str, str]:
    code, plain = f"U+{ord(quote):04X}", comparable(quote)
    return f"用了部首或兼容字符 {code}，通常写作“{plain}”", f"Radical or compatibility character {code} instead of {plain}"


def _mojibake(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and what was meant ("" where it cannot be told)."""
    for pattern in words("noise")["mojibake"]:
        for hit in re.finditer(pattern, text):
            yield hit.start(), hit.end(), ""
    for hit in _LATIN.finditer(text):
        yield from _latin(hit[0], hit.start())
    for hit in _gbk_run().finditer(text):
        yield from _read_back(hit[0], hit.start())


def _latin(run: str, at: int) -> Iterator[tuple[int, int, str]]:
    """UTF-8 or GBK bytes that were read as Latin letters: ä¸­å›½, Öйú."""
    data = bytes(ord(c) if ord(c) < 256 else c.encode("cp1252")[0] for c in run)
    found = _UTF8.search(data)
    if found:
        said = found[0].decode("utf-8", "replace")
        yield at + found.start(), at + found.end(), said if _is_plain(said) else ""
        return
    even = data[: len(data) // 2 * 2]
    said = even.decode("gb2312", "replace")
    if len(even) >= 6 and _is_plain(said):
        yield at, at + len(even), said


@cache
def _gbk_run() -> re.Pattern[str]:
    """Characters whose GBK bytes can all be part of a Chinese character in UTF-8."""
    part = [*range(0x80, 0xC0), *range(0xE2, 0xF0)]
    pairs = (bytes((first, second)) for first in part[1:] for second in part)
    letters = {said for pair in pairs if len(said := pair.decode("gbk", "ignore")) == 1}
    return re.compile(f"[{re.escape(''.join(sorted(letters)))}]{{3,}}")


def _read_back(run: str, at: int) -> Iterator[tuple[int, int, str]]:
    """UTF-8 bytes that were read as GBK: 鏀垮簻 for 政府. Two characters of it outside GB2312, or four read back, are proof."""
    data = run.encode("gbk", "replace")
    for found in _HAN_UTF8.finditer(data):
        start, end = found.start() // 2, -(-found.end() // 2)
        said = found[0].decode("utf-8", "replace")
        rare = sum(not _in_gb2312(c) for c in run[start:end])
        if _is_plain(said) and (rare >= 2 or len(said) >= 4):
            yield at + start, at + end, said


def _is_plain(said: str) -> bool:
    """Whether a text read back is plain Chinese: common characters and marks only, most of them Chinese."""
    return all(_in_gb2312(c) for c in said) and 2 * sum("一" <= c <= "鿿" for c in said) >= len(said)


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
