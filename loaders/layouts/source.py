"""A text file's words, also when it is UTF-16 without the byte-order mark (as some databases and old systems write it)."""

from __future__ import annotations

import codecs

from loaders.layouts.encoding import decode

_COMMON = "，。、；：？！（）《》“”‘’【】〔〕·…—%./-+|,;:()\"'#*_<>=─│"


def decode_text(data: bytes, where: str) -> tuple[str, str]:
    """Return the text (line ends as LF) and the encoding's name; raises as loaders.layouts.encoding.decode."""
    unmarked = unmarked_utf16(data)
    if unmarked is None:
        return decode(data, where)
    marked = (codecs.BOM_UTF16_LE if unmarked == "utf-16-le" else codecs.BOM_UTF16_BE) + data
    return decode(marked, where)[0], unmarked


def unmarked_utf16(data: bytes) -> str | None:
    """Return which UTF-16 a text without a byte-order mark is in, None when it is in none.

    Only UTF-16 text has zero bytes. Read the right way round it has line ends, digits and blanks; the wrong way round it has none.
    """
    sample = data[:4096]
    if sample.count(0) < max(1, len(sample) // 400) or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    found: list[tuple[int, str]] = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(sample)
        except UnicodeDecodeError:
            continue
        known = sum(character.isalnum() or character.isspace() or character in _COMMON for character in text)
        if known >= 0.9 * len(text):
            found.append((sum("\t" <= character <= "~" for character in text), encoding))
    return max(found)[1] if found and max(found)[0] else None
