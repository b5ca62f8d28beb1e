"""Many documents read at once, in worker processes, handed over one by one in the order given; one bad file spoils no other."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from loaders.preview import Preview, preview_of
from zhengmai.errors import UnreadableSource, ZhengmaiError

POOL_FROM = 4
WINDOW = 32  # documents read ahead: enough to keep the workers busy, few enough to hold


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file could not be read, in the words of its error."""

    message: str


Outcome: TypeAlias = "tuple[Path, Preview | Unread]"


def read_many(paths: Sequence[Path]) -> Iterator[Outcome]:
    """Read each file; yields what was read or why not, in order. Nothing of a document is kept once it is handed over."""
    if len(paths) < POOL_FROM:
        yield from ((path, read_one(path)) for path in paths)
        return
    left = deque(paths)
    while left:
        pending: deque[tuple[Path, Future[Preview | Unread]]] = deque()
        pool = ProcessPoolExecutor(initializer=_end_at_once_on_interrupt)
        try:
            while left or pending:
                while left and len(pending) < WINDOW:
                    pending.append((left[0], pool.submit(read_one, left[0])))
                    left.popleft()
                path, future = pending[0]
                found = future.result()
                pending.popleft()
                yield path, found
        except BrokenProcessPool:  # a worker was killed, for its memory most likely: read what it held one at a time, to know which
            yield from ((path, _read_alone(path)) for path, _ in pending)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def read_one(path: Path) -> Preview | Unread:
    """Read one file; any fault becomes a message (an error of ours cannot travel between processes)."""
    from loaders.extract import extract_file

    try:
        return preview_of(extract_file(path))
    except ZhengmaiError as error:
        return Unread(str(error))
    except Exception as error:  # the file is hostile or the bug is ours: the other documents are read all the same
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return Unread(f"ZM-999 {path}: 读取时出现内部错误 · an error of ours while reading: {what}")


def _read_alone(path: Path) -> Preview | Unread:
    with ProcessPoolExecutor(1, initializer=_end_at_once_on_interrupt) as pool:
        try:
            return pool.submit(read_one, path).result()
        except BrokenProcessPool:
            killed = UnreadableSource(
                where=str(path),
                found="that reading it was ended by the system (too little memory?)",
                expected="a document this machine can hold",
                fix="split the file, or read it on a machine with more memory",
                zh="读取被系统中止，可能内存不足。",
            )
            return Unread(str(killed))


def _end_at_once_on_interrupt() -> None:
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
