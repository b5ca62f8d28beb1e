"""Other zipped documents: .odt through LibreOffice; of .ods, .ofd, .pptx and .epub it is said what they are and what to save them as."""

from __future__ import annotations

from dataclasses import replace

from loaders.blocks import ReadResult
from loaders.word.office_convert import CONVERTED, to_docx
from loaders.zip_guard import open_office_zip
from zhengmai.errors import UnreadableSource

ORDER = 60  # before plain text, after all who know what is in the zip
_ZIP = b"PK\x03\x04"
_TEXT = b"application/vnd.oasis.opendocument.text"
_OTHERS = (
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)", "OpenDocument 电子表格（.ods）", ".xlsx"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file", "OpenDocument 文件", ".docx"),
    (b"application/epub", "an e-book (.epub)", "电子书（.epub）", ".docx"),
    (b"OFD.xml", "an OFD page file", "版式文件（OFD）", ".docx"),
    (b"ppt/", "slides (.pptx)", "演示文稿（.pptx）", ".docx"),
    (b"", "a zip archive that holds no document we read", "压缩文件，其中没有可读取的文档", ".docx"),
)


def accepts(name: str, head: bytes) -> bool:
    """Take any zip that is left when Word and workbooks were asked."""
    return head.startswith(_ZIP)


def read(data: bytes, where: str) -> ReadResult:
    """Return what the .docx reader finds in an .odt.

    :raises UnreadableSource: for every other zip, and where LibreOffice is missing or fails.
    """
    from loaders.readers import word

    head = data[:4096]
    if _TEXT not in head:
        found, zh, suffix = next((en, zh, suffix) for mark, en, zh, suffix in _OTHERS if mark in head)
        raise UnreadableSource(
            where=where,
            found=found,
            expected="docx, doc, xlsx, xls, csv, html, pdf, txt or md",
            fix=f"open it in the program that made it and save it as {suffix}",
            zh=f"这是{zh}，请用原程序打开后另存为 {suffix}。",
        )
    open_office_zip(data, where).close()
    result = word.read(to_docx(data, where, ".odt"), where)
    return replace(result, format="odt", remarks=(CONVERTED, *result.remarks))
