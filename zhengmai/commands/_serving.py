"""What ``zhengmai serve`` serves: the built graph, files, or another server; with what users have written, where that is on."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from zhengmai.errors import UsageError
from zhengmai.progress import say
from zhengmai.workspace import Workspace

if TYPE_CHECKING:
    from endpoint.shelf import Shelf
    from endpoint.source import Files, Snapshot, Source

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def source_of(args: argparse.Namespace, workspace: Workspace, held: contextlib.ExitStack) -> tuple[Callable[[], Source], Shelf | None]:
    """Return what says what is served now, having looked whether that is there; and where users' graphs are kept, if anywhere."""
    if args.store:
        return _other(args.store), None
    base = _base(args, workspace, held)
    if not args.writable:
        return base, None
    from endpoint.shelf import Shelf
    from endpoint.source import Writable

    if args.data:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="zhengmai-user-")))
        say("与 --data 同用：写入的图只保留到服务结束。", "with --data, what is written is kept until the service ends.")
    else:
        folder = workspace.path / "user"
    shelf = held.enter_context(contextlib.closing(Shelf(folder)))
    return lambda: Writable(base(), shelf.folder, shelf.state), shelf


def _other(typed: str) -> Callable[[], Source]:
    from endpoint.remote import Remote
    from endpoint.source import Database, Snapshot

    kind, _, rest = typed.partition(":")
    try:
        if kind == "sparql":
            query, _, update = rest.partition(",")
            remote = Remote.of(query, update)
            return lambda: remote
        folder = Path(rest)
        if kind != "oxigraph" or not rest:
            raise ValueError(f"found {kind!r}")
        if (folder / "graph.nq").is_file():
            return lambda: Snapshot(folder.resolve())
        if not (folder / "CURRENT").is_file():
            raise ValueError("found no Oxigraph database there")
        return lambda: Database.of(folder)
    except (OSError, ValueError) as error:
        raise usage(
            f"--store {typed}: {error}",
            "oxigraph:PATH, or sparql:QUERY_URL[,UPDATE_URL] with whole http addresses",
            "leave it out for the built graph",
            "--store 应为 oxigraph:路径 或 sparql:查询地址[,更新地址]。",
        ) from error


def _base(args: argparse.Namespace, workspace: Workspace, held: contextlib.ExitStack) -> Callable[[], Snapshot | Files]:
    from endpoint.source import Files, Snapshot
    from zhengmai.store import Engine, current_snapshot, open_snapshot

    if args.data:
        files = Files.of([_file(path) for path in args.data])
        return lambda: files
    engine: Engine = "memory" if args.writable else args.engine
    open_snapshot(current_snapshot(workspace.built_dir))  # says what is wrong with the graph before anything is started
    if args.host in LOOPBACK:
        return lambda: Snapshot(current_snapshot(workspace.built_dir), engine)
    folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="zhengmai-served-")))
    public = _public(workspace, folder)
    return lambda: Snapshot(public(current_snapshot(workspace.built_dir)), engine)


def _file(path: Path) -> Path:
    from endpoint.source import format_of

    try:
        format_of(path)
        with path.open("rb"):
            return path
    except (OSError, ValueError) as error:
        raise usage(f"--data {path}: {error}", "an RDF file that can be read", "correct the name", "无法读取该 RDF 文件。") from error


def _public(workspace: Workspace, folder: Path) -> Callable[[Path], Path]:
    """Return what makes of a snapshot one without internal documents, in a folder named by its own version; once a snapshot."""
    made: dict[Path, Path] = {}

    def prepare(snapshot: Path) -> Path:
        if snapshot not in made:
            made.clear()
            made[snapshot] = _without_internal(workspace, snapshot, folder)
        return made[snapshot]

    return prepare


def _without_internal(workspace: Workspace, snapshot: Path, folder: Path) -> Path:
    from zhengmai.exports._graph import shared_snapshot

    shared = shared_snapshot(snapshot, workspace)
    if not shared.left_out:
        return snapshot
    say(*shared.said)
    text = "".join(f"{line}\n" for line in shared.lines).encode()
    home = folder / hashlib.sha256(text).hexdigest()[:12]
    home.mkdir(exist_ok=True)
    (home / "graph.nq").write_bytes(text)
    return home


def usage(found: str, expected: str, fix: str, zh: str) -> UsageError:
    return UsageError(where="zhengmai serve", found=found, expected=expected, fix=fix, zh=zh)
