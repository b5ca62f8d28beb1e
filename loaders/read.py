"""Which reader takes a file: each is asked in turn, and text is the last."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from types import ModuleType

from loaders import readers
from loaders.blocks import ReadResult
from zhengmai.errors import UnreadableSource

LARGEST_BYTES = 200_000_000


def read_bytes(data: bytes, where: str) -> ReadResult:
    """Return a document's blocks.

    :raises UnreadableSource: for an empty, too large, binary or unknown file.
    """
    if not data.strip(b" \t\r\n\0"):
        raise UnreadableSource(
            where=where, found="an empty file", expected="a document", fix="check that the download or export finished", zh="文件为空。"
        )
    if len(data) > LARGEST_BYTES:
        raise too_large(where, len(data))
    for reader in _readers():
        if reader.accepts(where, data[:4096]):
            result: ReadResult = reader.read(data, where)
            return result
    raise UnreadableSource(
        where=where, found="a format we do not read", expected="text", fix="save it as UTF-8 text", zh="暂不支持该格式，请另存为文本。"
    )


def too_large(where: str, size: int) -> UnreadableSource:
    """Return the error for a file over the limit; asked before it is read into memory."""
    return UnreadableSource(
        where=where, found=f"{size} bytes", expected=f"at most {LARGEST_BYTES} bytes", fix="split the file", zh="文件过大，请拆分。"
    )


@cache
def _readers() -> tuple[ModuleType, ...]:
    found = [import_module(f"{readers.__name__}.{m.name}") for m in pkgutil.iter_modules(readers.__path__)]
    return tuple(sorted(found, key=lambda module: module.ORDER))
