"""Which encoding a text file is in: a byte-order mark, else UTF-8, else the Chinese national standard."""

from __future__ import annotations

import codecs
import re

from zhengmai.errors import UnreadableSource

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, where: str) -> tuple[str, str]:
    """Return the text (line ends as LF) and the encoding's name.

    :raises UnreadableSource: for bytes that are text in none of the encodings, or that are cut inside a character.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _checked(_strict(data, encoding, where), where), encoding
    try:
        return _checked(data.decode("utf-8"), where), "utf-8"
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > len(data) - 4:
            raise _unreadable(
                where, f"UTF-8 text that ends inside a character (byte {error.start})", "the whole file; it seems to be cut short"
            ) from error
    try:
        return _checked(data.decode("gb18030"), where), "gb18030"
    except UnicodeDecodeError as error:
        raise _unreadable(where, f"bytes that are neither UTF-8 nor GB18030 (byte {error.start})", "a text file") from error


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(where, f"broken {encoding} (byte {error.start})", "text in the encoding its byte-order mark names") from error


def _checked(text: str, where: str) -> str:
    controls = len(_CONTROL.findall(text))
    if controls > max(3, len(text) // 1000):
        raise _unreadable(where, f"{controls} control characters", "text; this looks like a binary file")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unreadable(where: str, found: str, expected: str) -> UnreadableSource:
    return UnreadableSource(
        where=where,
        found=found,
        expected=expected,
        fix="open it in the program that made it and save it again as UTF-8 text",
        zh="无法读取该文件：请用原程序打开后另存为 UTF-8 文本。",
    )
