"""The parts of a Word file that hold its words, opened with care.

A .docx is a zip of XML parts. Only the document, its styles, numbering, notes and inserted chunks are ever unpacked: pictures, macros,
embedded objects and everything a link points to are not. The sizes are checked before anything is unpacked (the zip's directory bounds
what unpacking can give), XML with a DOCTYPE is refused, and python-docx then opens a small clean package of just these parts.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import NoReturn
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from loaders.word.xml_tree import Element
from zhengmai.errors import UnreadableSource

MOST_MEMBERS = 20_000
MOST_PART_BYTES = 64_000_000
MOST_WORD_BYTES = 160_000_000
MOST_RATIO = 250
RATIO_COUNTS_FROM = 8_000_000
"""A part of this size and more must not unpack to over MOST_RATIO times its packed size; a long plain table reaches 100."""

KEPT = ("styles", "numbering", "footnotes", "endnotes", "comments", "aFChunk")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    AttributeError,
    TypeError,
    SyntaxError,
    AssertionError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class WordParts:
    """The parts by what they are; None where the file has none. ``chunks``: relation id → bytes of a document put in whole."""

    document: Element
    styles: Element | None = None
    numbering: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None
    comments: Element | None = None
    chunks: dict[str, bytes] = field(default_factory=dict)
    macros: bool = False
    outside_links: int = 0


def open_word(data: bytes, where: str) -> WordParts:
    """Return the parts of a .docx or .docm.

    :raises UnreadableSource: for a file that is cut short, locked, too large when unpacked, not a Word file, or not well-formed.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _open(archive, where)
    except UnreadableSource:
        raise
    except _DAMAGE as error:
        _refuse(
            where,
            f"a damaged Word file ({type(error).__name__}: {str(error)[:80]})",
            "a whole .docx file",
            "download it again, or open it in Word or WPS and save it anew",
            "文件不完整或已损坏，请重新下载，或用 Word/WPS 打开后另存。",
        )


def _open(archive: zipfile.ZipFile, where: str) -> WordParts:
    members = {info.filename.lstrip("/"): info for info in archive.infolist()[: MOST_MEMBERS + 1]}
    if len(members) > MOST_MEMBERS:
        _refuse(
            where,
            f"more than {MOST_MEMBERS} files inside",
            "an ordinary Word file",
            "open it in Word or WPS and save it anew",
            "压缩包内文件过多，疑为恶意文件。",
        )
    unpack = _Unpacker(archive, members, where)
    main = _main_part(unpack, where)
    relations, outside = _relations(unpack, main)
    wanted = {main: unpack.read(main)}
    for _, target, kind in relations:
        if target not in wanted:
            wanted[target] = unpack.read(target) if kind == "aFChunk" else _checked_xml(unpack.read(target), where)
    wanted[main] = _checked_xml(wanted[main], where)
    return _parts(unpack, main, wanted, relations, outside)


def _main_part(unpack: _Unpacker, where: str) -> str:
    """Return the name of the main part: the one the package names, else the usual one."""
    named = [t for _, t, kind in _relation_list(unpack, "", "_rels/.rels")[0] if kind == "officeDocument"]
    main = next((name for name in (*named, "word/document.xml") if name in unpack.members), None)
    others = {name.split("/")[0] for name in unpack.members}
    if main is None or main.startswith(("xl/", "ppt/")):
        what = (
            "a spreadsheet"
            if "xl" in others
            else "a presentation"
            if "ppt" in others
            else "a zip archive"
            if "word" not in others
            else "a Word file without its text"
        )
        _refuse(
            where,
            what,
            "a Word document",
            "give the file its own extension (.xlsx), or unpack the archive and add the documents in it",
            "这不是 Word 文档：请改用正确的扩展名，或先解压。",
        )
    return main


def _parts(unpack: _Unpacker, main: str, wanted: dict[str, bytes], relations: list[tuple[str, str, str]], outside: int) -> WordParts:
    from docx.opc.part import Part, XmlPart
    from docx.oxml.parser import parse_xml
    from docx.package import Package

    def root(part: Part) -> Element:
        return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)

    package = Package.open(BytesIO(_clean_package(unpack, main, wanted, relations)))
    document = next(rel.target_part for rel in package.rels.values())
    found = {rel.reltype.rpartition("/")[2]: rel.target_part for rel in document.rels.values()}
    chunks = {rid: rel.target_part.blob for rid, rel in document.rels.items() if rel.reltype.endswith("/aFChunk")}
    roots = {kind: root(found[kind]) for kind in KEPT if kind in found and kind != "aFChunk"}
    macros = any(name.endswith("vbaProject.bin") for name in unpack.members)
    return WordParts(document=root(document), chunks=chunks, macros=macros, outside_links=outside, **roots)


def _clean_package(unpack: _Unpacker, main: str, wanted: dict[str, bytes], relations: list[tuple[str, str, str]]) -> bytes:
    """Write the wanted parts alone, with relations to nothing else, as a package in memory."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as clean:
        clean.writestr("[Content_Types].xml", _content_types(wanted))
        clean.writestr("_rels/.rels", _relation_xml([("rId1", "/" + main, "officeDocument")]))
        folder, _, name = main.rpartition("/")
        clean.writestr(
            posixpath.join(folder, "_rels", name + ".rels"), _relation_xml([(rid, "/" + target, kind) for rid, target, kind in relations])
        )
        for part, blob in wanted.items():
            clean.writestr(part, blob)
    return out.getvalue()


def _content_types(parts: dict[str, bytes]) -> str:
    overrides = "".join(f"<Override PartName={quoteattr('/' + part)} ContentType='application/octet-stream'/>" for part in parts)
    return (
        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
        "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
        f"{overrides}</Types>"
    )


def _relation_xml(relations: list[tuple[str, str, str]]) -> str:
    inner = "".join(
        f"<Relationship Id={quoteattr(rid)} Type='{_RELATION}{kind}' Target={quoteattr(target)}/>" for rid, target, kind in relations
    )
    return f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{inner}</Relationships>"


def _relations(unpack: _Unpacker, main: str) -> tuple[list[tuple[str, str, str]], int]:
    folder, _, name = main.rpartition("/")
    found, outside = _relation_list(unpack, folder, posixpath.join(folder, "_rels", name + ".rels"))
    return [(rid, target, kind) for rid, target, kind in found if kind in KEPT and target in unpack.members and target != main], outside


def _relation_list(unpack: _Unpacker, folder: str, name: str) -> tuple[list[tuple[str, str, str]], int]:
    """Return (id, target, kind) of a part's relations inside the file, and how many point outside it (never followed)."""
    from docx.oxml.parser import parse_xml

    if name not in unpack.members:
        return [], 0
    found, outside = [], 0
    for relation in parse_xml(_checked_xml(unpack.read(name), unpack.where)).iterchildren("{*}Relationship"):
        kind = (relation.get("Type") or "").rpartition("/")[2]
        if (relation.get("TargetMode") or "").lower() == "external":
            outside += kind != "hyperlink"
            continue
        target = unquote((relation.get("Target") or "").partition("#")[0])
        found.append((relation.get("Id") or "", posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/"), kind))
    return found, outside


def _checked_xml(blob: bytes, where: str) -> bytes:
    """Return XML safe to parse, in the names of the transitional standard."""
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", blob.replace(b"\0", b"") if b"\0" in blob[:8] else blob):
        _refuse(
            where,
            "XML with a DOCTYPE or entities of its own",
            "plain Word XML, which has none",
            "do not trust this file; ask its sender for a copy saved by Word or WPS",
            "文件内含实体定义，疑为恶意文件，已拒绝。",
        )
    if b"purl.oclc.org/ooxml" in blob:
        for strict, transitional in _STRICT:
            blob = blob.replace(strict, transitional)
    return blob


@dataclass(slots=True)
class _Unpacker:
    """Unpacks members one by one and stops when they grow beyond reason."""

    archive: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    where: str
    total: int = 0

    def read(self, name: str) -> bytes:
        info = self.members[name]
        if info.flag_bits & 1:
            _refuse(
                self.where,
                "a part locked with a password",
                "a file without a password",
                "open it with its password and save a copy without one",
                "文件已加密，请去除密码后另存。",
            )
        self.total += info.file_size
        bomb = info.file_size > RATIO_COUNTS_FROM and info.file_size > MOST_RATIO * max(1, info.compress_size)
        if bomb or info.file_size > MOST_PART_BYTES or self.total > MOST_WORD_BYTES:
            _refuse(
                self.where,
                f"a part ({name[:60]}) of {info.file_size} bytes, packed into {info.compress_size}",
                f"parts of at most {MOST_PART_BYTES} bytes, {MOST_WORD_BYTES} in all, packed no tighter than {MOST_RATIO}:1",
                "split the document, or do not trust it: small files that unpack to huge ones are made to harm",
                "解压后体积异常，疑为压缩炸弹，已拒绝。",
            )
        return self.archive.read(info)


def _refuse(where: str, found: str, expected: str, fix: str, zh: str) -> NoReturn:
    raise UnreadableSource(where=where, found=found, expected=expected, fix=fix, zh=zh)
