"""A text file's words, also when it is UTF-16 without the byte-order mark (as some databases and old systems write it)."""

from __future__ import annotations

import codecs

from loaders.text_encoding import decode

_COMMON = "，。、；：？！（）《》“”‘’【】〔〕·…—%./-+|,;:()\"'#*_<>=─│"


def decode_text(data: bytes, where: str) -> tuple[str, str]:
    """Return the text (line ends as LF) and the encoding's name; raises as loaders.text_encoding.decode."""
    unmarked = unmarked_utf16(data)
    if unmarked is None:
        return decode(data, where)
    marked = (codecs.BOM_UTF16_LE if unmarked == "utf-16-le" else codecs.BOM_UTF16_BE) + data
    return decode(marked, where)[0], unmarked


def unmarked_utf16(data: bytes) -> str | None:
    """Return which UTF-16 a text without a byte-order mark is in, None when it is in none.

    Only UTF-16 text has zero bytes, and it has them on one side of the pairs only (the high bytes of line ends, digits and blanks).
    """
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    few = max(1, len(sample) // 200)
    if odd >= few and not even and not (odd == 1 and len(sample) > 400):
        encoding = "utf-16-le"
    elif even >= few and not odd and not (even == 1 and len(sample) > 400):
        encoding = "utf-16-be"
    else:
        return None
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return None
    known = sum(character.isalnum() or character.isspace() or character in _COMMON for character in text)
    return encoding if known >= 0.9 * len(text) else None
