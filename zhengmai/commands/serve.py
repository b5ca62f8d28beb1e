"""SPARQL 服务 · Serve the graph to other tools, read-only, by the SPARQL 1.1 Protocol.

  zhengmai serve                         http://127.0.0.1:7878/sparql, for this machine only
  zhengmai serve --port 0 --seconds 10   a free port; queries are stopped after 10 s
Beyond loopback, internal documents and what derives from them are left out. A new build is taken up without a restart.
The address is printed on standard output once it answers. Ctrl-C ends it.
"""

from __future__ import annotations

import argparse
import hashlib
import socket
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError
from zhengmai.progress import say
from zhengmai.workspace import Workspace, current_workspace

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("serve", help="SPARQL 服务 · serve the graph to other tools")
    parser.add_argument("--host", metavar="HOST", default="127.0.0.1", help="监听地址 · default: 127.0.0.1, this machine only")
    parser.add_argument("--port", metavar="N", type=int, default=7878, help="端口 · default: 7878; 0: any that is free")
    parser.add_argument("--seconds", metavar="S", type=float, default=30, help="查询时限 · stop a query after S seconds; default: 30")
    parser.add_argument("--workers", metavar="N", type=int, default=2, help="查询进程数 · processes that answer; default: 2")
    return parser


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    if not 0 < args.seconds <= 86_400:
        raise _usage(f"--seconds {args.seconds:g}", "a time from above 0 to 86400", "leave it out for 30", "--seconds 应为正数。")
    if not 1 <= args.workers <= 256:
        raise _usage(f"--workers {args.workers}", "a number from 1 to 256", "leave it out for 2", "--workers 应为 1 至 256。")
    if not 0 <= args.port <= 65_535:
        raise _usage(f"--port {args.port}", "a number from 0 to 65535", "leave it out for 7878", "--port 应为 0 至 65535。")
    from zhengmai.store import open_store

    workspace = current_workspace()
    open_store(workspace)  # says what is wrong with the graph before anything is started
    listening = _listen(args.host, args.port)
    if args.host in LOOPBACK:
        _serve(args, workspace, listening, None)
        return 0
    say(
        f"注意：{args.host} 可从其他机器访问，且无访问控制；内部文件不提供。",
        f"Careful: {args.host} can be reached from other machines, and asks nobody who they are; internal documents are left out.",
    )
    with tempfile.TemporaryDirectory(prefix="zhengmai-served-") as folder:
        _serve(args, workspace, listening, _public(workspace, Path(folder)))
    return 0


def _serve(args: argparse.Namespace, workspace: Workspace, listening: socket.socket, prepare: Callable[[Path], Path] | None) -> None:
    import uvicorn

    from endpoint.app import make_app
    from endpoint.pool import Pool

    pool = Pool(workspace.built_dir / "current", workers=args.workers, seconds=args.seconds, prepare=prepare)
    config = uvicorn.Config(make_app(pool), log_level="warning", access_log=False, server_header=False, limit_concurrency=1000)
    host, port = listening.getsockname()[:2]
    say(f"图谱 {pool.version}，每个查询至多 {args.seconds:g} 秒。", f"graph {pool.version}, at most {args.seconds:g} s a query.")
    print(f"http://{f'[{host}]' if ':' in host else host}:{port}/sparql", flush=True)
    try:
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        pool.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.socket(family, kind, protocol)  # with its protocol: asyncio sets TCP_NODELAY only then (40 ms a request)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(512)
    except OSError as error:
        raise _usage(
            f"{host}:{port}: {error.strerror}",
            "an address and port that are free",
            "choose another --port (0 takes any that is free), or end the program that has this one",
            "该地址或端口不可用，请用 --port 另选。",
        ) from error
    return listening


def _public(workspace: Workspace, folder: Path) -> Callable[[Path], Path]:
    """Return what makes of a snapshot one without internal documents, in a folder named by its own version."""

    def prepare(snapshot: Path) -> Path:
        from lineage.reasoning import inferred_lineage
        from zhengmai.access import internal_slugs, without_internal
        from zhengmai.workspace import read_sources

        lines = (snapshot / "graph.nq").read_text(encoding="utf-8").splitlines()
        shared = without_internal(lines, internal_slugs(read_sources(workspace)), infer=inferred_lineage)
        if not shared.left_out:
            return snapshot
        say(*shared.said)
        text = "".join(f"{line}\n" for line in shared.lines).encode()
        home = folder / hashlib.sha256(text).hexdigest()[:12]
        home.mkdir(exist_ok=True)
        (home / "graph.nq").write_bytes(text)
        return home

    return prepare


def _usage(found: str, expected: str, fix: str, zh: str) -> UsageError:
    return UsageError(where="zhengmai serve", found=found, expected=expected, fix=fix, zh=zh)
