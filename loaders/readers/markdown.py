"""Markdown: pipe tables, headings and paragraphs, their marks taken off.

The lines are read here and not by a Markdown library: those drop the cells of a row that has more than the header, end a code span at a
pipe, and know no offsets. Front matter is what somebody wrote about the text: it goes to ``facts`` and is never part of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.blocks import RawBlock, RawCell, RawParagraph, RawTable, ReadResult
from loaders.layouts.head import head_text, is_page
from loaders.layouts.markdown_marks import plain, split_row
from loaders.layouts.source import decode_text
from loaders.layouts.text_lines import Line, lines_of

ORDER = 70
_EXTENSIONS = (".md", ".markdown", ".mdown", ".mkd")
_RULER = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*|[ \t>]*\|[ \t]*:?-+:?[ \t]*\|[ \t]*")
_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}(?:[ \t]+(?P<words>.*?))?(?:[ \t]+#+)?[ \t]*")
_IDLE = re.compile(r"[ \t]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})[ \t]*")
_QUOTE = re.compile(r"(?:[ \t]{0,3}>[ \t]?)+")
_STARTS = re.compile(
    r"[ \t]*(?:[-*+][ \t]|\d{1,4}[.)、．]|[（(][一二三四五六七八九十\d]{1,4}[)）]|[一二三四五六七八九十]{1,4}[、.]"
    r"|第[一二三四五六七八九十百\d]+[章节条款]|附件)"
)
_ENDS = re.compile(r"[。！？；：:;!?）)》”]\s*$")
_WRAPPED = 30
_MOST_BLOCK = 400
# Keys of front matter, folded, and the fact each is (the keys of the document's JSON).
_FACTS = {
    **dict.fromkeys(("title", "标题", "名称"), "title"),
    **dict.fromkeys(("number", "文号", "发文字号", "document_number", "docno"), "number"),
    **dict.fromkeys(("index_no", "索引号"), "index_no"),
    **dict.fromkeys(("issuer", "发文机关", "发布机构", "发文机构", "发文单位", "author", "publisher"), "issuer"),
    **dict.fromkeys(("written_on", "成文日期", "date_written"), "written_on"),
    **dict.fromkeys(("published_on", "发布日期", "发文日期", "date", "published"), "published_on"),
    **dict.fromkeys(("effective_on", "施行日期", "生效日期"), "effective_on"),
    **dict.fromkeys(("status", "有效性", "时效性"), "status"),
    **dict.fromkeys(("addressees", "主送机关"), "addressees"),
}


def accepts(name: str, head: bytes) -> bool:
    """Take text with a pipe table's ruler under a line of as many cells, or named .md."""
    text = head_text(head)
    if text is None or is_page(text, whole=name.lower().endswith(_EXTENSIONS)):
        return False
    if name.lower().endswith(_EXTENSIONS):
        return True
    lines = text.split("\n")
    return any(_is_ruler(lines, at) for at in range(1, len(lines)))


def read(data: bytes, where: str) -> ReadResult:
    """Return the paragraphs and tables of a Markdown text.

    :raises UnreadableSource: for text in no encoding we know.
    """
    text, encoding = decode_text(data, where)
    facts, body = _front_matter(text)
    lines = [line for line in lines_of(text) if line.start >= body]
    return ReadResult("markdown", encoding, tuple(_blocks(lines)), len(text), facts=facts)


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    """Return the facts in the front matter and where the body starts; what is no list of keys and values is body."""
    import yaml

    hit = _FRONT.match(text)
    if not hit:
        return {}, 0
    try:
        keys = yaml.load(hit[1], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}, 0
    if not isinstance(keys, dict) or not keys:
        return {}, 0
    facts = {
        _FACTS[key.strip().lower()]: value.strip()
        for key, value in keys.items()
        if isinstance(key, str) and isinstance(value, str) and key.strip().lower() in _FACTS
    }
    return {key: value for key, value in facts.items() if value}, hit.end()


def _blocks(lines: Sequence[Line]) -> Iterator[RawBlock]:
    texts = [line.text for line in lines]
    fence = ""
    before: list[Line] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        mark = _FENCE.match(line.text)
        if mark and (not fence or (mark[1].startswith(fence) and not line.text.strip(" \t`~"))):
            yield from _paragraph(before)
            before, fence = [], "" if fence else mark[1]
            at += 1
            continue
        if fence:
            if not line.blank:
                yield RawParagraph(line.text.strip(), line.start + len(line.text) - len(line.text.lstrip()))
            at += 1
            continue
        if _is_ruler(texts, at + 1):
            yield from _paragraph(before)
            before = []
            table, at = _table(lines, at)
            yield table
            continue
        quoted = _unquoted(line)
        if quoted.blank or _IDLE.fullmatch(quoted.text) or _HEADING.fullmatch(quoted.text) or not _goes_on(before, quoted):
            yield from _paragraph(before)
            before = []
        if not quoted.blank and not _IDLE.fullmatch(quoted.text):
            before.append(quoted)
            if _HEADING.fullmatch(quoted.text):
                yield from _paragraph(before)
                before = []
        at += 1
    yield from _paragraph(before)


def _is_ruler(texts: Sequence[str], at: int) -> bool:
    """Return whether a line is the ruler under a header of as many cells (one more or less: people miscount)."""
    if not (0 < at < len(texts)) or not _RULER.fullmatch(texts[at]) or "|" not in texts[at - 1]:
        return False
    return abs(len(split_row(_QUOTE.sub("", texts[at]))) - len(split_row(_QUOTE.sub("", texts[at - 1])))) <= 1


def _table(lines: Sequence[Line], at: int) -> tuple[RawTable, int]:
    """Read a table from its header on; return it and the place after it. A short row gets blank cells, a long one keeps its own."""
    rows = [_cells(lines[at])]
    wide = len(rows[0])
    at += 2
    while at < len(lines) and not lines[at].blank and "|" in lines[at].text:
        row = _cells(lines[at])
        rows.append(row + [("", None)] * (wide - len(row)))
        at += 1
    cells = tuple(
        tuple(RawCell(text, number, column, raw_start=start) for column, (text, start) in enumerate(row, 1))
        for number, row in enumerate(rows, 1)
    )
    return RawTable(cells, spans_known=False), at


def _cells(line: Line) -> list[tuple[str, int | None]]:
    bare = _unquoted(line)
    found: list[tuple[str, int | None]] = []
    for cell, offset in split_row(bare.text):
        words = "\n".join(part.strip() for part in plain(cell).split("\n"))
        found.append((words, bare.start + offset if words == cell and words else None))
    return found


def _unquoted(line: Line) -> Line:
    hit = _QUOTE.match(line.text)
    return Line(line.text[hit.end() :], line.start + hit.end()) if hit else line


def _goes_on(before: Sequence[Line], line: Line) -> bool:
    """A line wrapped by an editor goes on with the one above; a short or finished line above ends its paragraph."""
    if not before or _STARTS.match(line.text) or len(before) >= _MOST_BLOCK:
        return False
    above = before[-1].text
    return len(above.strip()) >= _WRAPPED and not _ENDS.search(above) and not above.endswith(("  ", "\\"))


def _paragraph(lines: Sequence[Line]) -> list[RawBlock]:
    """Return the words of a paragraph's lines; their offset where they stand in the file just so."""
    if not lines:
        return []
    heading = _HEADING.fullmatch(lines[0].text) if len(lines) == 1 else None
    text = heading["words"] or "" if heading else _join([line.text.strip() for line in lines])
    words = re.sub(r"^[-*+][ \t]+(?:\[[ xX]\][ \t]+)?", "", plain(text[:-1] if text.endswith("\\") else text)).strip()
    exact = len(lines) == 1 and words in lines[0].text
    return [
        RawParagraph(part.strip(), lines[0].start + lines[0].text.index(words) if exact and "\n" not in words else None)
        for part in words.split("\n")
        if part.strip()
    ]


def _join(texts: Sequence[str]) -> str:
    text = texts[0]
    for following in texts[1:]:
        both_latin = text[-1:].isascii() and following[:1].isascii()
        text += (" " if both_latin else "") + following
    return text
