"""What a worker's messages mean: an answer, one that comes bit by bit, or why there is none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from endpoint.ask import LIMITS, Kind, Result, Stopped
from endpoint.frames import DATA, END, STREAM, WHOLE
from endpoint.jobs import Job

# What a process says when it dies, the limit that names, and what the asker is told.
_LAST_WORDS = (
    ("memory allocation", "memory", "查询占用内存过多，已停止 · the query was stopped: it took more than {0} MB of memory; ask for less."),
    ("overflow", "complexity", "查询嵌套过深，已停止 · the query was stopped: it is nested too deeply; ask in parts."),
    ("panicked", "process", "查询使引擎出错，已停止 · the engine gave up: does the query sort mixed values? ORDER BY STR(?x) is safe."),
)
_CRASHED = "查询超出进程的限度，已停止 · the query ended its process: it is nested too deeply, or needs too much memory."


@dataclass(slots=True)
class Stream:
    """An answer too large for one message: its bytes by iterating, which raises :class:`Stopped` where a limit ends them early."""

    result: Result  # of what is known at the start: kind, media_type, version
    _job: Job
    _leave: Callable[[Job], None]
    rows: int | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            kind, payload = await self._job.chunk()
            if kind == DATA:
                yield payload
            elif kind == END:
                self.rows = int(payload) if payload else None
                return
            else:
                raise stopped(payload)

    def close(self) -> None:
        """Stop the query when it is still at work."""
        self._leave(self._job)


def answer(kind: bytes, payload: bytes, job: Job, leave: Callable[[Job], None]) -> Result | Stream:
    """Return what the first message of a query's answer says; ``leave`` stops a stream nobody reads any more."""
    if kind not in (WHOLE, STREAM):
        return failure(payload, job.version)
    found = whole_answer(payload, job.version)
    return Stream(found, job, leave) if kind == STREAM else found


def whole_answer(payload: bytes, version: str) -> Result:
    """Return what an answer that came in one message says; of one that streams, what is known at its start."""
    media_type, fixed, compressed, *more = payload.split(b"\0", 4)
    rows, body = (int(more[0]) if more[0] else None, more[1]) if more else (None, b"")
    return Result("ok", body, media_type.decode(), "", version, rows, fixed == b"1", compressed == b"1")


def failure(payload: bytes, version: str) -> Result:
    """Return why there is no answer."""
    kind, message, *limit = payload.decode(errors="replace").split("\0")
    known: Kind = kind  # type: ignore[assignment]
    return Result(known, message=message, version=version, limit=(limit and limit[0]) or LIMITS.get(kind, ""))


def stopped(payload: bytes) -> Stopped:
    """Return the same as an exception."""
    failed = failure(payload, "")
    return Stopped(failed.kind, failed.message, failed.limit)


def last_words(words: str, memory_bytes: int) -> tuple[str, str]:
    """Return the limit that ended a process, by what it said at its end, and what its asker is told."""
    for sign, limit, text in _LAST_WORDS:
        if sign in words:
            return limit, text.format(memory_bytes // 1_000_000)
    return "process", _CRASHED
