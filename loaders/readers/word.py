"""Word documents: .docx and .docm, read through python-docx and the XML over it."""

from __future__ import annotations

from loaders.blocks import RawBlock, ReadResult
from loaders.word.blocks import as_blocks, flow
from loaders.word.list_numbers import list_number
from loaders.word.numbering import read_numbering
from loaders.word.package import WordParts, open_word
from loaders.word.styles import read_styles
from loaders.word.tally import Tally, remarks
from loaders.word.text import Story
from loaders.word.xml_tree import Element, W, find
from zhengmai.errors import UnreadableSource

ORDER = 20
_OTHERS = (b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis", b"mimetypeapplication/epub")
_OTHER_NAMES = (".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".et", ".ods", ".odt", ".pptx", ".ofd", ".epub")


def accepts(name: str, head: bytes) -> bool:
    """Take a zip that holds a Word document, whatever its name; and a zip that nobody else would take, to say what it is."""
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    return b"word/" in head or not (any(mark in head for mark in _OTHERS) or name.lower().endswith(_OTHER_NAMES))


def read(data: bytes, where: str) -> ReadResult:
    """Return paragraphs and tables, changes accepted, automatic numbers written out, notes after the body.

    :raises UnreadableSource: for a damaged, locked or hostile file, and for one without words.
    """
    parts = open_word(data, where)
    blocks, story = _read(parts, where, follow_fields=True)
    if story.fields:  # a field without its end would swallow the rest of the text
        blocks, story = _read(parts, where, follow_fields=False)
    if not blocks:
        pictures = story.tally.pictures
        raise UnreadableSource(
            where=where,
            found=f"no words, {pictures} pictures" if pictures else "a Word document without words",
            expected="a document with text",
            fix="run OCR on the pictures and save the text" if pictures else "check that the right file was saved",
            zh="文件只有图片，请先做文字识别（OCR）。" if pictures else "文件中没有文字。",
        )
    comments = sum(1 for _ in parts.comments.iterchildren(W + "comment")) if parts.comments is not None else 0
    return ReadResult(
        "docm" if parts.macros else "docx",
        "utf-8",
        tuple(blocks),
        remarks=remarks(story.tally, comments=comments, macros=parts.macros, outside_links=parts.outside_links),
    )


def _read(parts: WordParts, where: str, *, follow_fields: bool) -> tuple[list[RawBlock], Story]:
    styles = read_styles(parts.styles)
    story = Story(styles, read_numbering(parts.numbering, styles), Tally(), parts.chunks, where, follow_fields=follow_fields)
    body = find(parts.document, "body")
    blocks = as_blocks(flow(body, story)) if body is not None else []
    open_fields, story.fields = story.fields, []
    blocks += _notes(parts.footnotes, "footnote", story.tally.footnotes, "decimal", story)
    blocks += _notes(parts.endnotes, "endnote", story.tally.endnotes, "lowerRoman", story)
    story.fields = open_fields
    return blocks, story


def _notes(root: Element | None, kind: str, referred: list[str], style: str, story: Story) -> list[RawBlock]:
    """Return the notes the text refers to, in its order, each begun with its mark: [1], [2]; endnotes [i], [ii]."""
    if root is None or not referred:
        return []
    by_id = {note.get(W + "id"): note for note in root.iterchildren(W + kind)}
    found: list[RawBlock] = []
    for at, own in enumerate(tuple(referred), 1):
        if own in by_id:
            items = flow(by_id[own], story)
            first = next((n for n, item in enumerate(items) if isinstance(item, str) and item.strip()), None)
            if first is not None:
                items[first] = f"[{list_number(at, style)}] {str(items[first]).lstrip()}"
            found += as_blocks(items)
    return found
