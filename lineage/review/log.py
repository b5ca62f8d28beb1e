"""The decisions file: every word a reviewer said, in the order it was said; nothing in it is ever changed or taken out.

``curated/reviews.sssom.tsv`` grows at its end. A writer holds a lock on the folder (the system drops it with the process), reads what
others wrote, and puts a new whole file in the place of the old one: two people at the same time lose nothing, a killed process changes
nothing. What was there is copied byte for byte, also rows we cannot read.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lineage.review.records import Fault, Record
from lineage.review.rows import split_rows
from lineage.review.table import COLUMNS, NEEDED, from_cells, head, header_line, to_lines, with_id
from zhengmai.errors import BadReviewFile, StoreBusy

FILE = "reviews.sssom.tsv"
PATIENCE_S = 20.0


@dataclass(frozen=True)
class Log:
    """All records of a workspace in order, the rows that are none, and the file's columns (() when there is no file)."""

    records: tuple[Record, ...] = ()
    faults: tuple[Fault, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Known:
    """A file as it was parsed: by its stat, and by the hash of its bytes, so that only what was added need be parsed."""

    mark: tuple[int, int, int]
    size: int
    digest: bytes
    rows: int
    log: Log


_read: dict[Path, _Known] = {}


def read_log(curated: Path) -> Log:
    """Return the decisions of a workspace; an empty log when nobody decided yet. A file is parsed once as long as it stays.

    :raises BadReviewFile: when the file is no table of decisions.
    """
    path = curated / FILE
    try:
        stat = path.stat()
    except FileNotFoundError:
        return Log()
    mark = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    known = _read.get(path)
    if known is None or known.mark != mark:
        known = _read[path] = _parse_more(path.read_bytes(), str(path), mark, known)
    return known.log


def _parse_more(data: bytes, where: str, mark: tuple[int, int, int], known: _Known | None) -> _Known:
    """Parse a file, or only what was added to one that was parsed before."""
    whole = data.endswith(b"\n")
    if known and known.digest and len(data) > known.size and _digest(data[: known.size]) == known.digest:
        more, rows = _rows(_text(data[known.size :], where), known.log.columns, known.rows)
        log = Log((*known.log.records, *more.records), (*known.log.faults, *more.faults), known.log.columns)
    else:
        log, rows = _parse(data, where)
    return _Known(mark, len(data), _digest(data) if whole else b"", rows, log)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def parse(data: bytes, where: str) -> Log:
    """Return the records of a decisions file.

    :raises BadReviewFile: when it is no table of decisions.
    """
    return _parse(data, where)[0]


def _parse(data: bytes, where: str) -> tuple[Log, int]:
    text = _text(data, where)
    at, row = 0, 0
    while text.startswith("#", at):
        end = text.find("\n", at)
        at, row = (end + 1 if end >= 0 else len(text)), row + 1
    header, _, body = text[at:].partition("\n")
    columns = tuple(header.split("\t"))
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise _no_table(where, f"no column {', '.join(missing)}")
    return _rows(body, columns, row + 1)


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise _no_table(where, f"bytes that are not UTF-8 (at {error.start})") from error


def _rows(body: str, columns: tuple[str, ...], before: int) -> tuple[Log, int]:
    """Return the records of some rows, and the number of the last line; ``before`` lines stand above them."""
    records: list[Record] = []
    faults: list[Fault] = []
    for line, cells in split_rows(body, "\t", before + 1):
        if len(cells) == len(columns):
            made = from_cells(dict(zip(columns, map(str.strip, cells), strict=True)), line)
            (records if isinstance(made, Record) else faults).append(made)  # type: ignore[arg-type]
        elif any(cells):
            zh = f"第 {line} 行有 {len(cells)} 列，应为 {len(columns)} 列。"
            faults.append(Fault(line, zh, f"row {line}: found {len(cells)} columns, expected {len(columns)}."))
    return Log(tuple(records), tuple(faults), columns), before + body.count("\n")


def add_records(curated: Path, choose: Callable[[Log], Sequence[Record]]) -> tuple[Record, ...]:
    """Write records at the end of the decisions file and return them with their ids; all of them or none.

    ``choose`` gets the file as it is once nobody else can write, and says what to add (records without an id are given one); what it
    raises stops the writing and leaves the file as it was.

    :raises StoreBusy: when another process holds the file for long.
    :raises BadReviewFile: when the file there is no table of decisions.
    """
    curated.mkdir(parents=True, exist_ok=True)
    with _lock(curated):
        log = read_log(curated)
        count = len(log.records) + len(log.faults)
        records = tuple(record if record.id else with_id(record, count + at) for at, record in enumerate(choose(log)))
        if records:
            _grow(curated / FILE, log, records)
    return records


def _grow(path: Path, log: Log, records: Sequence[Record]) -> None:
    fresh = path.with_name(f".{path.name}-{os.getpid()}")
    columns = log.columns or COLUMNS
    lacking = [name for name in COLUMNS if name not in columns]
    if lacking:
        raise _no_table(str(path), f"no column {', '.join(lacking)}")
    try:
        with fresh.open("wb") as out:
            if log.columns:
                old = path.read_bytes()
                out.write(old if old.endswith(b"\n") else old + b"\n")
            else:
                out.write((head() + header_line()).encode())
            out.write(to_lines(records, columns).encode())
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the folder itself, so that no lock file lies about among the decisions."""
    handle = os.open(folder, os.O_RDONLY)
    until = time.monotonic() + PATIENCE_S
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > until:
                    raise StoreBusy(
                        where=str(folder),
                        found="another process that has been writing decisions for long",
                        expected="a moment's wait",
                        fix="end the other process and try again; nothing was written",
                        zh="另一个进程正在写入复核记录，请稍后再试；未写入任何内容。",
                    ) from error
                time.sleep(0.01)
        yield
    finally:
        os.close(handle)


def _no_table(where: str, found: str) -> BadReviewFile:
    return BadReviewFile(
        where=where,
        found=found,
        expected="a table of review decisions (SSSOM TSV)",
        fix="put back the file's head and column names; docs/review.md lists them",
        zh="复核记录文件的列名不完整，列名见 docs/review.md。",
    )
