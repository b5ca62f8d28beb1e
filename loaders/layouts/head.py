"""The first bytes of a file as text, for readers that look at content before they take a file."""

from __future__ import annotations

import codecs
import re

from loaders.layouts.encoding import MARKS
from loaders.layouts.source import unmarked_utf16

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WHOLE_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)", re.I)
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|table|\?xml|meta|div|!--)", re.I)


def head_text(head: bytes) -> str | None:
    """Return the beginning of a text, a character cut at its end left out; None for what is no text.

    >>> head_text("标题".encode()[:4])
    '标'
    """
    for encoding in _encodings(head):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(head)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text)) > 3:
            return None
        return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return None


def _encodings(head: bytes) -> tuple[str, ...]:
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return (encoding,)
    unmarked = unmarked_utf16(head)
    return (unmarked,) if unmarked else ("utf-8", "gb18030")


def is_page(text: str, *, whole: bool = False) -> bool:
    """Return whether a text begins like a web page or another XML file, which have readers of their own.

    With ``whole`` a tag alone is not enough (Markdown may begin with a table in HTML).
    """
    return bool((_WHOLE_PAGE if whole else _PAGE).match(text))
