"""From the body of a Word document to paragraphs and tables, in reading order."""

from __future__ import annotations

from loaders.blocks import RawBlock, RawCell, RawParagraph, RawTable
from loaders.word.grid import CellSpan, number_columns
from loaders.word.text import Story, content, read_paragraph
from loaders.word.xml_tree import Element, R, W, find, number, value

_BLANKS = " \t\u3000\xa0\ufeff"
_MOST_SPAN = 100
Item = str | RawTable
"""A paragraph's words, or a table."""


def flow(container: Element, story: Story) -> list[Item]:
    """Return the paragraphs and tables of a body, cell, text box or note. Empty paragraphs are kept: a cell may need them."""
    items: list[Item] = []
    carried = ""
    for child in content(container, story.tally):
        if child.tag == W + "p":
            read = read_paragraph(child, story)
            text, carried = carried + read.text, ""
            if read.joins_next:
                carried = text
            elif read.shown:
                printed, gap = story.numbering.next_number(find(child, "pPr"))
                items.append(printed + (gap if text.strip() else "") + text)
            elif text:
                items.append(text)
            for box in read.boxes:
                items += flow(box, story)
        elif child.tag == W + "tbl":
            items += read_table(child, story)
        elif child.tag == W + "altChunk":
            items += _chunk(child, story)
    return [*items, carried] if carried else items


def as_blocks(items: list[Item]) -> list[RawBlock]:
    """Return body blocks: a line break ends a paragraph, blank ones are none, blanks round one are layout."""
    found: list[RawBlock] = []
    for item in items:
        if isinstance(item, RawTable):
            found.append(item)
        else:
            found += [RawParagraph(line.strip(_BLANKS)) for line in item.split("\n") if line.strip(_BLANKS)]
    return found


def read_table(table: Element, story: Story) -> list[Item]:
    """Return a table, and after it the tables inside its cells; a table of a single cell is its content."""
    rows: list[list[CellSpan]] = []
    inner: list[Item] = []
    alone: list[list[Item]] = []
    open_: dict[int, CellSpan] = {}
    for line in content(table, story.tally):
        if line.tag != W + "tr":
            continue
        if find(line, "trPr", "del") is not None:
            story.tally.deleted_rows += 1
            continue
        cells: list[CellSpan] = []
        merging: dict[int, CellSpan] = {}
        at = number(line, "trPr", "gridBefore", most=_MOST_SPAN)
        for cell in content(line, story.tally):
            if cell.tag != W + "tc" or find(cell, "tcPr", "cellDel") is not None:
                continue
            properties = find(cell, "tcPr")
            end = at + max(1, number(properties, "gridSpan", default=1, most=_MOST_SPAN))
            if value(properties, "hMerge") in ("continue", None) and find(properties, "hMerge") is not None and cells:
                cells[-1].end = end
                words, tables = _cell(cell, story)
                cells[-1].text = "\n".join(t for t in (cells[-1].text, words) if t)
                inner += tables
                at = end
                continue
            down = find(properties, "vMerge")
            above = open_.get(at) if down is not None and down.get(W + "val") != "restart" else None
            if above is not None:
                above.rowspan += 1
                merging[at] = above
                _covered(cell, above, story)
            else:
                items = flow(cell, story)
                words, tables = _split(items)
                own = CellSpan(len(rows) + 1, at, end, words)
                cells.append(own)
                alone.append(items)
                inner += tables
                if down is not None:
                    merging[at] = own
            at = end
        open_ = merging
        rows.append(cells)
    if len(alone) == 1 and len(rows) == 1:
        return alone[0]
    return [_raw_table(rows, table), *inner] if alone else []


def _cell(cell: Element, story: Story) -> tuple[str, list[Item]]:
    return _split(flow(cell, story))


def _split(items: list[Item]) -> tuple[str, list[Item]]:
    """Return a cell's words, its paragraphs on lines of their own, and its tables. TAB divides cells, so inside one it is a blank."""
    lines = [item for item in items if isinstance(item, str)]
    return "\n".join(lines).replace("\t", " ").strip("\n"), [item for item in items if isinstance(item, RawTable)]


def _covered(cell: Element, above: CellSpan, story: Story) -> None:
    """A cell merged into the one above: Word shows nothing of it, so its words are counted, not read."""
    text = "".join(t.text or "" for t in cell.iter(W + "t")).strip()
    story.tally.merged_away += bool(text) and text != "".join(above.text.split("\n")).strip()


def _raw_table(rows: list[list[CellSpan]], table: Element) -> RawTable:
    widths = [column.get(W + "w") or "" for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    place = number_columns(rows, [int(w) if w.isdecimal() and len(w) < 9 else 0 for w in widths])

    def raw(cell: CellSpan) -> RawCell:
        return RawCell(cell.text, cell.row, place[cell.start] + 1, cell.rowspan, place[cell.end] - place[cell.start])

    return RawTable(tuple(tuple(raw(c) for c in row if place[c.end] > place[c.start]) for row in rows), spans_known=True)


def _chunk(element: Element, story: Story) -> list[Item]:
    """A document put in whole (w:altChunk): web pages, RTF and text are read, packages inside packages are not."""
    from loaders.read import read_bytes
    from zhengmai.errors import UnreadableSource

    blob = story.chunks.get(element.get(R + "id") or "", b"")
    try:
        if not blob or blob.startswith(b"PK"):
            raise UnreadableSource(where=story.where, found="a package", expected="text", fix="")
        blocks = read_bytes(blob, story.where).blocks
    except UnreadableSource:
        story.tally.unread_chunks += 1
        return []
    return [block.text if isinstance(block, RawParagraph) else block for block in blocks]
