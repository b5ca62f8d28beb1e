"""One thing that is asked of a worker, and its answer as it comes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from endpoint.frames import DATA, END, FAILURE, STREAM

if TYPE_CHECKING:
    from endpoint.processes import Worker

_HELD_BYTES = 4_000_000  # of a streamed answer that its asker has not taken yet


class Job:
    """Something one worker is asked: ``done`` when its first message is there; the rest of a streamed answer by :meth:`chunk`.

    ``alone``: nothing else may be asked of its worker, which ends with it.
    """

    __slots__ = (
        "_chunks",
        "_held",
        "_more",
        "_resume",
        "again",
        "alone",
        "asked_at",
        "began_at",
        "done",
        "ended",
        "message",
        "stood",
        "version",
        "worker",
    )

    def __init__(self, message: bytes, now: float, done: asyncio.Future[tuple[bytes, bytes]], *, alone: bool = False) -> None:
        self.message, self.asked_at, self.began_at, self.done, self.alone = message, now, 0.0, done, alone
        self.ended = False
        self.again = False  # its worker was killed from outside once
        self.stood = False  # behind one that was not quick: it gets a worker to itself
        self.version = ""
        self.worker: Worker | None = None
        self._chunks: deque[tuple[bytes, bytes]] = deque()
        self._held = 0
        self._more: asyncio.Event | None = None
        self._resume: Callable[[], None] | None = None

    def streams(self) -> bool:
        return self._more is not None

    def take(self, kind: bytes, payload: bytes) -> bool:
        """Take a message from the worker; True when it was the last."""
        if self.ended:  # nobody waits for it any more
            return kind not in (STREAM, DATA)
        if kind in (DATA, END) or (kind == FAILURE and self._more):
            self._chunks.append((kind, payload))
            self._held += len(payload)
            if self._more:
                self._more.set()
            self.ended = kind != DATA
            return self.ended
        if kind == STREAM:
            self._more = asyncio.Event()
        if not self.done.done():
            self.done.set_result((kind, payload))
        self.ended = kind != STREAM
        return self.ended

    def take_failure(self, payload: bytes) -> None:
        """Take the pool's word that nothing more comes."""
        self.ended = True
        if not self.done.done():
            self.done.set_result((FAILURE, payload))
        elif self._more:
            self._chunks.append((FAILURE, payload))
            self._more.set()

    def full(self, resume: Callable[[], None]) -> bool:
        """Say whether its asker is so slow that the worker must wait; ``resume`` is called when it need no longer."""
        if self._held > _HELD_BYTES:
            self._resume = resume
            return True
        return False

    async def chunk(self) -> tuple[bytes, bytes]:
        """Return the next message of a streamed answer."""
        assert self._more is not None
        while not self._chunks:
            self._more.clear()
            await self._more.wait()
        kind, payload = self._chunks.popleft()
        self._held -= len(payload)
        if self._resume and self._held < _HELD_BYTES // 2:
            self._resume()
            self._resume = None
        return kind, payload
