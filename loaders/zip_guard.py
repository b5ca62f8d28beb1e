"""Look at a zipped office file before anything unpacks it: how big it would get, whether it is whole, locked, or holds XML entities."""

from __future__ import annotations

import io
import zipfile

from zhengmai.errors import UnreadableSource

MOST_PARTS = 10_000
LARGEST_PART = 200_000_000
LARGEST_WHOLE = 400_000_000
_DOCTYPE = (b"<!DOCTYPE", b"<!ENTITY")
_PROLOGUE = 4096


def open_office_zip(data: bytes, where: str) -> zipfile.ZipFile:
    """Return the archive, its directory checked.

    :raises UnreadableSource: when it is cut short, has too many or too large parts, is locked, or a part declares entities.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError) as error:
        raise _refused(
            where,
            "an office file that is damaged or cut short",
            "a whole file",
            "download or copy it again",
            "文件损坏或不完整，请重新下载。",
        ) from error
    size = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or size > LARGEST_WHOLE or any(part.file_size > LARGEST_PART for part in parts):
        raise _refused(
            where,
            f"an office file of {len(parts)} parts that unpacks to {size} bytes",
            f"at most {MOST_PARTS} parts and {LARGEST_WHOLE} bytes, {LARGEST_PART} a part",
            "keep only the document's own sheets and save it again",
            "文件解压后过大，请只保留正文工作表后另存。",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise locked(where)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _check_prologue(archive, part, where)
    return archive


def _check_prologue(archive: zipfile.ZipFile, part: zipfile.ZipInfo, where: str) -> None:
    try:
        with archive.open(part) as stream:
            head = stream.read(_PROLOGUE).replace(b"\0", b"")
    except Exception as error:  # zlib, lzma, bad offsets: whatever is wrong with a part, the file is damaged
        raise _refused(
            where, f"the damaged part {part.filename[:60]}", "a whole file", "download or copy it again", "文件损坏或不完整，请重新下载。"
        ) from error
    if any(mark in head for mark in _DOCTYPE):
        raise _refused(
            where,
            f"XML entities in {part.filename[:60]}",
            "an office file, which never declares any",
            "do not use this file",
            "文件含有 XML 实体声明，已拒绝读取。",
        )


def locked(where: str) -> UnreadableSource:
    """Return the error for a file that needs a password."""
    return _refused(
        where,
        "a file locked with a password",
        "an open file",
        "open it with its password and save it without one",
        "文件设有密码，请去除密码后再导入。",
    )


def _refused(where: str, found: str, expected: str, fix: str, zh: str) -> UnreadableSource:
    return UnreadableSource(where=where, found=found, expected=expected, fix=fix, zh=zh)
