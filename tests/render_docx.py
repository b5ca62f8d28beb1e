"""Word files written part by part, so that a test says exactly which XML it reads: the seeds with true merges, lists, changes, notes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from seed_tables import SeedTable

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f"xmlns:w='{W_NS}' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' "
    "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:v='urn:schemas-microsoft-com:vml' "
    "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
    "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PART_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
HAN_MARK = re.compile(r"([一二三四五六七八九十]+)、")
BRACKET_MARK = re.compile(r"\(([一二三四五六七八九十]+)\)")


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{escape(text)}</w:t></w:r>"


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a piece that is no XML is a run of text."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def in_list(list_id: int, level: int = 0) -> str:
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list_id}'/></w:numPr>"


def tc(*content: str, properties: str = "") -> str:
    """A cell; text is a paragraph a line."""
    inner = "".join(part if part.startswith("<") else "".join(p(line) for line in part.split("\n")) for part in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cell if cell.startswith('<') else tc(cell) for cell in cells)}</w:tr>"


def tbl(*rows: str, widths: Sequence[int] = ()) -> str:
    grid = "".join(f"<w:gridCol w:w='{width}'/>" for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def level(at: int, style: str, pattern: str, more: str = "", start: int = 1) -> str:
    return f"<w:lvl w:ilvl='{at}'><w:start w:val='{start}'/><w:numFmt w:val='{style}'/>{more}<w:lvlText w:val='{pattern}'/></w:lvl>"


def numbering(*definitions: str, lists: str = "") -> str:
    """word/numbering.xml: the n-th definition (levels) is abstract n, used by list n + 1; further lists as given."""
    abstract = "".join(f"<w:abstractNum w:abstractNumId='{at}'>{levels}</w:abstractNum>" for at, levels in enumerate(definitions))
    nums = "".join(f"<w:num w:numId='{at + 1}'><w:abstractNumId w:val='{at}'/></w:num>" for at in range(len(definitions)))
    return f"<w:numbering {SPACES}>{abstract}{nums}{lists}</w:numbering>"


def styles(*inner: str) -> str:
    return f"<w:styles {SPACES}>{''.join(inner)}</w:styles>"


def notes(kind: str, texts: Mapping[str, str]) -> str:
    inner = "".join(f"<w:{kind} w:id='{own}'>{p('<w:r><w:' + kind + 'Ref/></w:r>', text)}</w:{kind}>" for own, text in texts.items())
    return f"<w:{kind}s {SPACES}>{inner}</w:{kind}s>"


def docx(
    body: str, *, parts: Mapping[str, str] | None = None, main_type: str = MAIN_TYPE, files: Mapping[str, bytes] | None = None
) -> bytes:
    """A package. ``parts``: numbering, styles, footnotes, endnotes, comments → XML; ``files``: further members as they are."""
    parts = parts or {}
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
    types = "".join(f"<Override PartName='/word/{name}.xml' ContentType='{PART_TYPE.format(name)}'/>" for name in parts)
    relations = "".join(f"<Relationship Id='rId{at}' Type='{OFFICE}/{name}' Target='{name}.xml'/>" for at, name in enumerate(parts, 1))
    relations += f"<Relationship Id='rPic' Type='{OFFICE}/image' Target='NULL'/>"
    relations += f"<Relationship Id='rOut' Type='{OFFICE}/attachedTemplate' Target='http://192.0.2.1/x.dotm' TargetMode='External'/>"
    relations += f"<Relationship Id='rChunk' Type='{OFFICE}/aFChunk' Target='/word/chunk.htm'/>"
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f"{head}<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels' "
            "ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
            "<Default Extension='xml' ContentType='application/xml'/><Default Extension='htm' ContentType='text/html'/>"
            f"<Override PartName='/word/document.xml' ContentType='{main_type}'/>{types}</Types>",
        )
        archive.writestr("_rels/.rels", _relations(f"<Relationship Id='rId1' Type='{OFFICE}/officeDocument' Target='word/document.xml'/>"))
        archive.writestr("word/_rels/document.xml.rels", _relations(relations))
        archive.writestr("word/document.xml", f"{head}<w:document {SPACES}><w:body>{body}<w:p/><w:sectPr/></w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", head + xml)
        for name, content in (files or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def _relations(inner: str) -> str:
    return f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{inner}</Relationships>"


def seed_docx(table: SeedTable) -> bytes:
    """A seed table with its merged cells and the lines around it."""
    return docx("".join(map(p, table.before)) + seed_tbl(table) + "".join(map(p, table.after)))


def seed_tbl(table: SeedTable) -> str:
    top = {(row, column): (last_row, last) for row, column, last_row, last in table.merges}
    inside = {(r, c): box for box in table.merges for r in range(box[0], box[2] + 1) for c in range(box[1], box[3] + 1)}
    rows = []
    for row in range(1, table.rows + 1):
        cells = []
        for column in range(1, table.columns + 1):
            box = inside.get((row, column), (row, column, row, column))
            if column > box[1]:
                continue
            span = f"<w:gridSpan w:val='{box[3] - box[1] + 1}'/>" if box[3] > box[1] else ""
            down = "" if box[2] == box[0] else "<w:vMerge w:val='restart'/>" if (row, column) in top else "<w:vMerge/>"
            text = table.words.get((box[0], box[1]), "") if row == box[0] else ""
            cells.append(tc(text, properties=span + down))
        rows.append(tr(*cells, properties="<w:tblHeader/>" if row == 1 else ""))
    return tbl(*rows, widths=[1200] * table.columns)


def numbered_docx(lines: Sequence[str]) -> bytes:
    """Running text whose 一、 and (一) are automatic numbers, by a style and by the paragraph."""
    body = []
    for line in lines:
        if mark := HAN_MARK.match(line):
            body.append(p(line[mark.end() :], properties="<w:pStyle w:val='H1'/>"))
        elif mark := BRACKET_MARK.match(line):
            body.append(p(line[mark.end() :], properties=in_list(1, 1)))
        else:
            body.append(p(line))
    levels = level(0, "chineseCountingThousand", "%1、", "<w:pStyle w:val='H1'/>") + level(1, "chineseCounting", "(%2)")
    in_style = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    style = f"<w:style w:type='paragraph' w:styleId='H1'><w:name w:val='标题一'/>{in_style}</w:style>"
    return docx("".join(body), parts={"numbering": numbering(levels), "styles": styles(style)})
