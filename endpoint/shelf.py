"""Where the graphs that users write are kept: a folder of the workspace that no build touches.

``graphs.nq`` holds them all, sorted, replaced whole by each change, so that a killed server leaves the old state or the new one;
``changes.jsonl`` says who changed what and when. One server at a time.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from endpoint.source import USER_GRAPHS, read_user_graphs
from zhengmai.errors import BadStore, StoreBusy

_LOG = "changes.jsonl"


class Shelf:
    """The folder of the users' graphs, held by this process.

    :raises StoreBusy: when another server writes there.
    :raises BadStore: when what is there cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._held = _hold(folder)
        self.state = _state(self._read())

    def save(self, content: bytes) -> None:
        """Replace what is kept; on the disk when this returns."""
        fresh = self.folder / f".{USER_GRAPHS}"
        with fresh.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self.folder / USER_GRAPHS)
        directory = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
        self.state = _state(content)

    def say(self, **what: Any) -> None:
        """Take down a change."""
        with suppress(OSError), (self.folder / _LOG).open("a", encoding="utf-8") as out:
            out.write(json.dumps(what, ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._held.close()

    def _read(self) -> bytes:
        import pyoxigraph

        try:
            read_user_graphs(self.folder).make(pyoxigraph.Store())
            path = self.folder / USER_GRAPHS
            return path.read_bytes() if path.exists() else b""
        except (OSError, SyntaxError, ValueError) as error:
            raise BadStore(
                where=str(self.folder / USER_GRAPHS),
                found=str(error),
                expected="the N-Quads that users have written",
                fix="mend the line, or move the file away to begin anew",
                zh="用户图文件已损坏，请修正该行，或移走文件后重新开始。",
            ) from error


def _hold(folder: Path) -> IO[str]:
    lock = (folder / ".lock").open("a", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise StoreBusy(
            where=str(folder),
            found="another server that writes here",
            expected="one at a time",
            fix="end the other zhengmai serve --writable, or leave out --writable",
            zh="另一个可写的服务正在使用这里的用户图。",
        ) from error
    return lock


def _state(content: bytes) -> str:
    return "user" + hashlib.sha256(content).hexdigest()[:8] if content else ""
