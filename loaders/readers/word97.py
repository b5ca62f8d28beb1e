"""Old Word files: Word 97 .doc, and what goes by that name in practice (RTF, Word 2003 XML), through LibreOffice.

A ".doc" that is a web page or a .docx inside is taken by those readers, which look at the content as this one does.
"""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

from loaders.blocks import ReadResult
from loaders.word.office_convert import CONVERTED, to_docx
from zhengmai.errors import UnreadableSource

ORDER = 24  # after workbooks in the same container (.xls)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = re.compile(rb"<\?mso-application\s+progid=.Word\.Document|<w:wordDocument\b|<pkg:package\b")
_ENCRYPTED = 0x0100


def accepts(name: str, head: bytes) -> bool:
    """Take RTF, Word 2003 XML, and any OLE container that is left when workbooks were asked."""
    return head.startswith((OLE, b"{\\rtf")) or bool(_XML.search(head))


def read(data: bytes, where: str) -> ReadResult:
    """Return what the .docx reader finds in the converted file.

    :raises UnreadableSource: for a locked, damaged or foreign file, or when LibreOffice is missing or fails.
    """
    from loaders.readers import word

    if data.startswith(OLE):
        if (book := _check_container(data, where)) is not None:
            return book
        kind, suffix = "doc", ".doc"
    elif data.startswith(b"{\\rtf"):
        kind, suffix = "rtf", ".rtf"
    elif not _XML.search(data[:4096]):
        raise _refused(where, "no old Word file", "a .doc, .rtf or Word XML file", "这不是旧版 Word 文件。")
    else:
        if re.search(rb"<!(?:DOCTYPE|ENTITY)", data):
            raise _refused(where, "XML with a DOCTYPE or entities of its own", "plain Word XML", "文件内含实体定义，疑为恶意文件，已拒绝。")
        kind, suffix = "word-xml", ".xml"
    result = word.read(to_docx(data, where, suffix), where)
    return replace(result, format=kind, remarks=(CONVERTED, *result.remarks))


def _check_container(data: bytes, where: str) -> ReadResult | None:
    """Return None for a Word document; hand a workbook of another name to its reader.

    :raises UnreadableSource: when it is locked, damaged, or holds neither.
    """
    import olefile

    try:
        container: olefile.OleFileIO[str]
        with olefile.OleFileIO(BytesIO(data)) as container:
            names = {"/".join(path) for path in container.listdir()}
            head = container.openstream("WordDocument").read(32) if "WordDocument" in names else b""
    except Exception as error:  # a broken directory can fail in any way
        raise _refused(
            where, f"a damaged file ({type(error).__name__})", "a whole .doc file", "文件不完整或已损坏，请重新下载。"
        ) from error
    flags = int.from_bytes(head[10:12], "little")
    if "EncryptedPackage" in names or (head and flags & _ENCRYPTED):
        raise UnreadableSource(
            where=where,
            found="a file locked with a password",
            expected="a file without a password",
            fix="open it with its password and save a copy without one",
            zh="文件已加密，请去除密码后另存。",
        )
    if head:
        return None
    if names & {"Workbook", "Book"} and not where.endswith(".xls"):
        from loaders.read import read_bytes

        return read_bytes(data, where + ".xls")
    raise _refused(where, "a container without a Word document in it", "a .doc file", "文件中没有 Word 文档。")


def _refused(where: str, found: str, expected: str, zh: str) -> UnreadableSource:
    return UnreadableSource(where=where, found=found, expected=expected, fix="open it in Word or WPS and save it as .docx", zh=zh)
