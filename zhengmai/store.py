"""The built graph on disk: snapshots that are published whole, and the one way to open them.

``built/snapshots/<version>/`` holds ``graph.nq`` (sorted N-Quads), ``oxigraph/`` (the same, indexed) and ``files.json``;
``built/current`` is a link to the newest. A snapshot never changes once it has its name, so a reader keeps what it
opened while the next build swaps the link, and a killed build leaves only a ``.building-*`` folder that the next removes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from zhengmai.errors import BadStore, StoreBusy
from zhengmai.workspace import Workspace, current_workspace

if TYPE_CHECKING:
    import pyoxigraph

Engine = Literal["disk", "memory", "auto"]
KEPT = 3
MEMORY_PER_TEXT_BYTE = 5  # an indexed memory store takes about four times its N-Quads; a fifth for the queries
_held: set[tuple[Path, int]] = set()


@dataclass(frozen=True)
class OpenStore:
    """One snapshot, open for reading: ``version`` names it, ``path`` is its folder."""

    version: str
    path: Path
    engine: Literal["disk", "memory"]
    store: pyoxigraph.Store

    def query(
        self, sparql: str, *, union: bool = True, **options: Any
    ) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        """Answer a SPARQL query; the default graph is the union of all named graphs unless ``union=False``.

        ``options`` are those of ``pyoxigraph.Store.query``; bind parameters with ``substitutions``.

        :raises SyntaxError: when the query is not SPARQL 1.1.
        :raises BadStore: when the files under it turn out to be damaged.
        """
        try:
            return self.store.query(sparql, use_default_graph_as_union=union, **options)
        except (OSError, RuntimeError) as error:
            raise _damaged(self.path, str(error)) from error

    def __len__(self) -> int:
        return len(self.store)


def open_store(workspace: Workspace | None = None, *, engine: Engine = "disk") -> OpenStore:
    """Open the current snapshot of a workspace (the one in use when None) for reading.

    ``memory`` loads it whole and answers some questions ten times faster; ``auto`` does so when it fits in half the free memory.

    :raises BadStore: when nothing was built yet, or the snapshot is damaged.
    """
    return open_snapshot(current_snapshot((workspace or current_workspace()).built_dir), engine=engine)


def open_snapshot(snapshot: Path, *, engine: Engine = "disk") -> OpenStore:
    """Open a snapshot's folder for reading; one with nothing but ``graph.nq`` goes into memory.

    :raises BadStore: when it is damaged.
    """
    import pyoxigraph

    text = snapshot / "graph.nq"
    if (snapshot / "oxigraph").is_dir() or not text.is_file():
        fault = _fault(snapshot)
        if fault:
            raise _damaged(snapshot, fault)
    else:
        engine = "memory"
    in_memory = engine == "memory" or (engine == "auto" and _fits_in_memory(text))
    try:
        if in_memory:
            store = pyoxigraph.Store()
            store.bulk_load(path=text, format=pyoxigraph.RdfFormat.N_QUADS)
        else:
            store = pyoxigraph.Store.read_only(str(snapshot / "oxigraph"))
    except (OSError, RuntimeError, SyntaxError) as error:
        raise _damaged(snapshot, str(error)) from error
    return OpenStore(snapshot.name, snapshot, "memory" if in_memory else "disk", store)


def earlier_versions(built: Path) -> tuple[str, ...]:
    """Return the versions that were built before the current one and are still kept, oldest first."""
    current = current_snapshot(built).name
    return tuple(kept for kept in _history(built) if kept != current and (built / "snapshots" / kept).is_dir())


def current_snapshot(built: Path) -> Path:
    """Return the folder of the snapshot in use, links resolved, so that a later swap does not move it.

    :raises BadStore: when nothing was built yet.
    """
    link = built / "current"
    if not link.is_symlink():
        raise BadStore(
            where=str(built),
            found="no built graph",
            expected="a snapshot",
            fix="type: zhengmai build",
            zh="还没有构建图谱，请先运行 zhengmai build。",
        )
    snapshot = built / "snapshots" / link.readlink().name
    if not snapshot.is_dir():
        raise _damaged(snapshot, "no such folder")
    return snapshot.resolve()


def publish_snapshot(built: Path, nquads_lines: Iterable[str]) -> str:
    """Make sorted unique N-Quads lines the current snapshot and return its version; readers see all of it or nothing.

    The version is the first 12 hex digits of the SHA-256 of the sorted lines, so the same graph has the same version and is
    not written twice. The last three snapshots are kept.

    :raises ValueError: when the lines are no N-Quads, or not sorted and unique: a fault of the build.
    :raises StoreBusy: when another build holds the workspace.
    """
    with build_lock(built):
        work = built / f".building-{os.getpid()}-{threading.get_ident()}"
        work.mkdir()
        try:
            version = _write_sorted(work / "graph.nq", nquads_lines)
            home = built / "snapshots" / version
            if _fault(home) or _text_version(home) != version:
                _index(work)
                _put_in_place(work, home)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        # The history is written before the swap: killed between the two, the old snapshot is still current and still named.
        history = [*(kept for kept in _history(built) if kept != version), version]
        _write_whole(built / "history", "".join(f"{kept}\n" for kept in history[-KEPT:]))
        _swap_current(built, version)
        _prune(built, keep={*history[-KEPT:], version})
    return version


@contextmanager
def build_lock(built: Path) -> Iterator[None]:
    """Hold the workspace for one build (nesting in one thread is fine) and clear what a killed build left.

    The operating system drops the lock when the process ends, however it ends.

    :raises StoreBusy: when another process or thread is building.
    """
    import fcntl

    key = (built.resolve(), threading.get_ident())
    if key in _held:
        yield
        return
    (built / "snapshots").mkdir(parents=True, exist_ok=True)
    with (built / ".lock").open("a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreBusy(
                where=str(built),
                found="another build at work",
                expected="one build at a time",
                fix="wait until it has ended, or stop it, and try again",
                zh="另一个构建正在进行，请稍后再试。",
            ) from error
        _held.add(key)
        try:
            _clear_leftovers(built)
            yield
        finally:
            _held.discard(key)


def _write_sorted(path: Path, lines: Iterable[str]) -> str:
    digest, before = hashlib.sha256(), ""
    with path.open("wb") as out:
        for line in lines:
            line = line.rstrip("\n")
            if line <= before:
                raise ValueError(f"N-Quads out of order or twice: {before[:120]!r}, then {line[:120]!r}")
            before, data = line, f"{line}\n".encode()
            digest.update(data)
            out.write(data)
    return digest.hexdigest()[:12]


def _index(work: Path) -> None:
    import pyoxigraph

    store = pyoxigraph.Store(str(work / "oxigraph"))
    try:
        store.bulk_load(path=work / "graph.nq", format=pyoxigraph.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise ValueError(f"the build wrote something that is not N-Quads: {error}") from error
    store.flush()
    quads = len(store)
    del store  # closes the database, so that its files stay as they are from here on
    _write_whole(work / "files.json", json.dumps({"quads": quads, "bytes": _sizes(work)}, indent=1) + "\n")


def _sizes(snapshot: Path) -> dict[str, int]:
    """Sizes of the files that hold data (a reader may touch LOG and LOCK)."""
    files = [snapshot / "graph.nq", *(snapshot / "oxigraph").glob("*")]
    return {file.name: file.stat().st_size for file in sorted(files) if not file.name.startswith(("LOG", "LOCK"))}


def _fault(snapshot: Path) -> str | None:
    """Say what is wrong with a snapshot, from file sizes alone; the database checks its own sums when it reads.

    Sizes matter: a store whose table of contents was cut short opens without complaint, and empty.
    """
    try:
        expected = json.loads((snapshot / "files.json").read_text(encoding="utf-8"))["bytes"]
        found = _sizes(snapshot)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"{type(error).__name__}: {error}"
    wrong = sorted(name for name in {*expected, *found} if expected.get(name) != found.get(name))
    return f"{wrong[0]} has {found.get(wrong[0], 'no')} bytes where {expected.get(wrong[0], 'none')} were written" if wrong else None


def _text_version(snapshot: Path) -> str:
    with (snapshot / "graph.nq").open("rb") as text:
        return hashlib.file_digest(text, "sha256").hexdigest()[:12]


def _put_in_place(work: Path, home: Path) -> None:
    damaged = work.with_name(f"{work.name}-damaged")
    if home.exists():  # out of the way first, since a folder cannot be renamed onto a full one
        home.rename(damaged)
    work.replace(home)
    shutil.rmtree(damaged, ignore_errors=True)


def _swap_current(built: Path, version: str) -> None:
    link = built / "current"
    if link.is_symlink() and link.readlink().name == version:
        return
    fresh = built / ".building-current"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path("snapshots") / version)
    fresh.replace(link)


def _history(built: Path) -> list[str]:
    try:
        return (built / "history").read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return []


def _write_whole(path: Path, text: str) -> None:
    fresh = path.with_name(f".building-{path.name}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _prune(built: Path, *, keep: set[str]) -> None:
    for folder in sorted((built / "snapshots").iterdir()):
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def _clear_leftovers(built: Path) -> None:
    for left in sorted(built.glob(".building-*")):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _fits_in_memory(text: Path) -> bool:
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if "SC_AVPHYS_PAGES" in os.sysconf_names else 0
    return text.stat().st_size * MEMORY_PER_TEXT_BYTE < free / 2


def _damaged(snapshot: Path, found: str) -> BadStore:
    return BadStore(
        where=str(snapshot),
        found=found,
        expected="a whole snapshot",
        fix="type: zhengmai build (it writes the snapshot anew)",
        zh="图谱文件已损坏，请重新运行 zhengmai build。",
    )
