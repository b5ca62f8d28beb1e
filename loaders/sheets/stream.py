"""A sheet's XML on its way to the parser: counted first, and rid of cells that only carry a format.

A sheet formatted to its last line holds a million empty rows, and the parser needs seconds for each hundred thousand; here they are dropped
from the bytes. A sheet with too many rows of words is known before anything is parsed.
"""

from __future__ import annotations

import re
from typing import IO

_CHUNK = 1 << 20
_EMPTY_CELL = re.compile(rb'<c (?=[^<>]*\br=")[^<>]*/>|<c (?=[^<>]*\br=")[^<>]*></c>')
_EMPTY_ROW = re.compile(rb'<row (?=[^<>]*\br=")[^<>]*(?:/>|>\s*</row>)')
_FULL_ROW = b"</c></row>"


def full_rows(stream: IO[bytes], most: int) -> int:
    """Return how many rows end in a cell with content, counted no further than just over ``most``."""
    count, tail = 0, b""
    while count <= most and (chunk := stream.read(_CHUNK)):
        chunk = tail + chunk
        count += chunk.count(_FULL_ROW)
        tail = chunk[-(len(_FULL_ROW) - 1) :]
    return count


class LeanSheet:
    """A sheet's XML without the cells and rows that hold nothing; only those that say where they stand, so that no other one moves."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._rest = b""

    def read(self, _size: int = -1) -> bytes:
        """Return the next stretch, of whole tags; b"" at the end."""
        while chunk := self._stream.read(_CHUNK):
            chunk = self._rest + chunk
            cut = chunk.rfind(b"<row ")
            if cut <= 0:
                cut = chunk.rfind(b"<", 1)
            if cut <= 0:
                cut = len(chunk)
            chunk, self._rest = chunk[:cut], chunk[cut:]
            lean = chunk if b"CDATA" in chunk else _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", chunk))
            if lean:
                return lean
        rest, self._rest = self._rest, b""
        return rest
