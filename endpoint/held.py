"""An answer that comes bit by bit, held until it is whole: for a client of HTTP/1.0, which knows no chunks and must be told the length."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from tempfile import SpooledTemporaryFile

from endpoint.http import Body, Refusal

_IN_MEMORY, _MOST, _PART = 2_000_000, 200_000_000, 1 << 18


class Held:
    """The bytes of an answer, beyond a size on the disk until it was sent."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  (kept until it was sent)
        self.size = 0
        self.rows: int | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._file.seek(0)
        while part := await asyncio.to_thread(self._file.read, _PART):
            yield part

    def close(self) -> None:
        """Forget it."""
        self._file.close()

    async def take(self, body: Body) -> None:
        """Take an answer to its end.

        :raises Refusal: 400 when it is too large to be held.
        :raises Stopped: where a limit ends it.
        """
        try:
            async for part in body:
                self.size += len(part)
                if self.size > _MOST:
                    raise Refusal(400, f"结果过大 · more than {_MOST} bytes are sent by HTTP/1.1 only; use LIMIT.", limit="result-bytes")
                await asyncio.to_thread(self._file.write, part)
            self.rows = getattr(body, "rows", None)
        finally:
            body.close()


async def held(body: Body) -> Held:
    """Return the whole of an answer. Raises as :meth:`Held.take`."""
    found = Held()
    try:
        await found.take(body)
    except BaseException:
        found.close()
        raise
    return found
