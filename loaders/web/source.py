"""From the bytes of a saved page to a tree: which encoding, which part of an MHTML file, and what is taken out before parsing.

Pages are often declared in one encoding and written in another, so the bytes are asked first: what is valid UTF-8 with Chinese in it
is UTF-8. Nothing is ever fetched. The parser stops silently at some limits, so each of them is met here with a message.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.blocks import Remark
from loaders.layouts.encoding import MARKS
from zhengmai.errors import UnreadableSource

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_CHARACTERS = 60_000_000
MOST_ELEMENTS = 600_000
MOST_PARTS = 2_000
_DECLARED = re.compile(
    rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_\-]{2,40})""", re.I
)
_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}>\s*|<!--(?:(?!-->).)*+-->\s*|<!\[[^>]{0,100}>\s*)*<(!doctype\s+html|html[\s>]|[a-z][a-z0-9]*[\s>/])",
    re.I | re.S,
)
_TAGS = "html|!doctype html|head|body|meta|title|table|tbody|div|p|span|link|style|script|center|font|h1|h2|h3|br|ol|ul|section|frameset"
_PAGE = re.compile(rf"(?:{_TAGS})[\s>/]?", re.I)
_DATA_URI = re.compile(r"data:[\w/+.\-]{0,80};base64,[A-Za-z0-9+/=%\s]*")
_IDLE_TAGS = re.compile(r"</?(?:font|html|body)\b(?:\s[^<>]{0,2000})?/?>", re.I)
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_HAN = re.compile(f"[{_CJK}]")


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its tree, how it was encoded, and what a person should know about that."""

    tree: _Element
    encoding: str
    length: int
    remarks: tuple[Remark, ...]


def is_page(name: str, head: bytes) -> bool:
    """Say whether a file's first bytes are a page's (or an MHTML file's); a text file that begins with a tag needs more than that."""
    text = _peek(head)
    if is_mhtml(head):
        return True
    hit = _OPENING.match(text.lstrip("\ufeff"))
    if not hit:
        return name.lower().endswith((".html", ".htm", ".shtml", ".xhtml")) and text.lstrip("\ufeff \t\r\n").startswith("<")
    if re.match(r"!doctype|html", hit[1], re.I):
        return True
    return bool(_PAGE.fullmatch(hit[1])) and not name.lower().endswith((".md", ".markdown", ".txt", ".csv", ".tsv"))


def is_mhtml(head: bytes) -> bool:
    """An MHTML file begins with the header lines of a message, one of them naming a multipart or a page."""
    lines = head.lstrip(b"\xef\xbb\xbf\r\n")
    first = re.match(rb"(?:From|Subject|Date|MIME-Version|Content-Type|Snapshot-Content-Location|X-[\w-]+|Message-ID)[ \t]*:", lines, re.I)
    return bool(first and re.search(rb"^Content-Type:\s*(?:multipart/|text/html)", lines, re.I | re.M))


def parse_page(data: bytes, where: str) -> Page:
    """Return the tree of a page.

    :raises UnreadableSource: when it is in no encoding we can tell, too large, or nested too deeply for the parser.
    """
    told = None
    if is_mhtml(data[:4096]):
        data, told = _unwrap(data, where)
    text, encoding, remarks = decode_page(data, where, told)
    if len(text) > MOST_CHARACTERS:
        raise _unreadable(where, f"a page of {len(text)} characters", f"at most {MOST_CHARACTERS}", "split the page", "网页过大，请拆分。")
    return Page(_parse(text, where), encoding, len(text), (*remarks, *_cut_short(text, where)))


def decode_page(data: bytes, where: str, told: str | None = None) -> tuple[str, str, list[Remark]]:
    """Return a page's text, its encoding's name, and remarks when the declared encoding was wrong or bytes were broken."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _gently(data, encoding, where)
    declared = _codec(told or _declared(data))
    try:
        text = data.decode("utf-8")
        if text.isascii() and declared not in (None, "utf-8"):
            text = data.decode(declared or "utf-8")  # a stateful encoding (hz, iso-2022) is ASCII to the eye
            return text, declared or "utf-8", []
        wrong = declared not in (None, "utf-8") and bool(_HAN.search(text))
        return text, "utf-8", [_declared_wrongly(declared or "", "utf-8")] if wrong else []
    except (UnicodeDecodeError, LookupError):
        pass
    encoding = declared if declared not in (None, "utf-8", "ascii", "iso8859-1", "cp1252") else "gb18030"
    tried = [encoding, *(e for e in ("gb18030",) if e != encoding)]
    for candidate in tried:
        try:
            text = data.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
        return text, candidate, [_declared_wrongly(declared, candidate)] if declared not in (None, candidate) else []
    return _gently(data, declared or "gb18030", where)


def _cut_short(text: str, where: str) -> list[Remark]:
    """A page that ends inside a tag is refused; one that opens <html> and never closes it may be whole, and is reported."""
    tail = text[-20_000:]
    closed = re.search(r"</html\s*>", tail, re.I)
    in_tag = tail.rfind("<") > tail.rfind(">") and re.match(r"</?[a-zA-Z]", tail[tail.rfind("<") :])
    if not closed and (in_tag or tail.rfind("<!--") > tail.rfind("-->")):
        raise _unreadable(
            where,
            "a page that ends inside a tag",
            "the whole page; it seems to be cut short",
            "save or download the page again",
            "网页不完整（在标签中间截断），请重新保存。",
        )
    if re.search(r"<html\b", text[:20_000], re.I) and not re.search(r"</(?:html|body)\s*>", tail, re.I):
        return [
            Remark(
                "page-may-be-cut",
                "warning",
                "网页没有结束标签，可能不完整，请核对末尾。",
                "The page has no closing tag; it may be cut short, check its end.",
            )
        ]
    return []


def _gently(data: bytes, encoding: str, where: str) -> tuple[str, str, list[Remark]]:
    """Decode, with a mark where single bytes are broken: a few are reported, many refuse the page."""
    text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    if broken > max(3, len(text) // 500):
        raise _unreadable(
            where,
            f"{broken} places that are not {encoding}",
            "a page in UTF-8, GB18030 or the encoding it declares",
            "open it in a browser and save it again as UTF-8",
            "网页编码无法识别：请用浏览器打开后另存为 UTF-8。",
        )
    remark = Remark(
        "broken-characters", "warning", f"有 {broken} 处字节损坏，以 \ufffd 标出。", f"{broken} broken byte sequences, shown as \ufffd."
    )
    return text, encoding, [remark] if broken else []


def _declared_wrongly(declared: str | None, real: str) -> Remark:
    return Remark(
        "charset-declared-wrongly",
        "info",
        f"网页声明编码为 {declared}，实为 {real}，按实际编码读取。",
        f"The page declares {declared} but is {real}; read as {real}.",
    )


def _declared(data: bytes) -> str | None:
    hit = _DECLARED.search(data, 0, 16_384)
    return (hit[1] or hit[2]).decode("ascii") if hit else None


def _codec(name: str | None) -> str | None:
    """Return Python's name of an encoding; the GB family is read by its superset."""
    if not name:
        return None
    try:
        known = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    if not getattr(known, "_is_text_encoding", True) or known.name.startswith(
        ("utf-16", "utf-32", "utf-7", "idna", "punycode", "unicode", "raw")
    ):
        return None
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(known.name, known.name)


def _peek(head: bytes) -> str:
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return head.decode(encoding, errors="ignore")
    return head.decode("latin-1")


def _unwrap(data: bytes, where: str) -> tuple[bytes, str | None]:
    """Return the first page of an MHTML file and the encoding its part names."""
    import email
    import email.policy

    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        for count, part in enumerate(message.walk()):
            if count > MOST_PARTS:
                break
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                body = part.get_payload(decode=True)
                if isinstance(body, bytes) and body.strip():
                    return body, part.get_content_charset()
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:  # what the parser of messages raises on broken ones
        raise _no_page(where) from error
    raise _no_page(where)


def _no_page(where: str) -> UnreadableSource:
    return _unreadable(
        where,
        "a web archive without a page in it",
        "an .mht file with a text/html part",
        "save the page again as .html",
        "该网页存档中没有网页正文，请重新另存为 .html。",
    )


def _parse(text: str, where: str) -> _Element:
    from lxml import etree

    # The parser drops what stands after </html>, gives up at a long attribute and at 256 levels (unclosed <font> runs to that).
    text = _IDLE_TAGS.sub("", _DATA_URI.sub("data:,", text)).replace("\0", "")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(b"<html>" + text.encode("utf-8", errors="replace"), parser)
    except etree.ParserError as error:
        raise _unreadable(where, "a page without any element", "a page with text", "save the page again", "网页中没有内容。") from error
    except etree.XMLSyntaxError as error:
        raise _limits(where, str(error)) from error
    if tree is None:
        raise _unreadable(where, "a page without any element", "a page with text", "save the page again", "网页中没有内容。")
    fatal = [entry for entry in parser.error_log if entry.level_name == "FATAL" and "LIMIT" in entry.type_name]
    if fatal:
        raise _limits(where, fatal[0].message)
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise _unreadable(where, "a page of too many elements", f"at most {MOST_ELEMENTS}", "split the page", "网页元素过多，请拆分。")
    return tree


def _limits(where: str, found: str) -> UnreadableSource:
    return _unreadable(
        where,
        f"a page our parser cannot hold ({found[:80]})",
        "elements nested at most 250 deep",
        "open it in a browser, copy the text and save it as .txt or .docx",
        "网页嵌套过深或过大，无法解析。",
    )


def _unreadable(where: str, found: str, expected: str, fix: str, zh: str) -> UnreadableSource:
    return UnreadableSource(where=where, found=found, expected=expected, fix=fix, zh=zh)
