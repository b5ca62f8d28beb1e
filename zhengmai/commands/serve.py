"""SPARQL 服务 · Serve the graph to other tools by the SPARQL 1.1 Protocol: read-only, unless --writable is given.

  zhengmai serve                         http://127.0.0.1:7878/sparql, for this machine only
  zhengmai serve --port 0 --seconds 10   a free port; queries are stopped after 10 s
  zhengmai serve --data a.ttl b.nq       RDF files instead of the built graph
  zhengmai serve --store sparql:http://127.0.0.1:8890/sparql    in front of a server of yours: same limits, pages and API
  ZHENGMAI_TOKEN=… zhengmai serve --writable                    updates and Graph Store writes, to graphs of the users' own
Beyond loopback, internal documents and what derives from them are left out. A new build is taken up without a restart.
The address is printed on standard output once it answers; the access log goes to standard error. Ctrl-C ends it.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from zhengmai.commands import Subparsers
from zhengmai.commands._serving import LOOPBACK, source_of, usage
from zhengmai.progress import say
from zhengmai.workspace import Workspace, current_workspace

if TYPE_CHECKING:
    from endpoint.log import Log
    from endpoint.service import Service
    from endpoint.shelf import Shelf
    from endpoint.source import Source

TOKEN_VARIABLE = "ZHENGMAI_TOKEN"
_BACKLOG = 512
_IDLE_S = 60  # a connection that has been answered is kept for the next request
_GARBAGE = (10_000, 20, 20)  # look for it rarely: nearly all that a request makes goes by itself, and what is kept is much
_RATE = 20  # a second and client, beyond loopback


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("serve", help="SPARQL 服务 · serve the graph to other tools")
    parser.add_argument("--host", metavar="HOST", default="127.0.0.1", help="监听地址 · default: 127.0.0.1, this machine only")
    parser.add_argument("--port", metavar="N", type=int, default=7878, help="端口 · default: 7878; 0: any that is free")
    parser.add_argument("--store", metavar="KIND:PLACE", default="", help="图数据库 · oxigraph:PATH or sparql:QUERY_URL[,UPDATE_URL]")
    parser.add_argument("--data", metavar="FILE", type=Path, nargs="+", help="直接提供 RDF 文件 · serve RDF files, without a build")
    parser.add_argument(
        "--default-graph",
        choices=("union", "plain"),
        default="union",
        help="默认图 · all graphs together (default), or the one without a name",
    )
    parser.add_argument("--engine", choices=("auto", "memory", "disk"), default="auto", help="引擎 · default: in memory when it fits")
    writing = parser.add_argument_group("写入与调用 writing and calling")
    writing.add_argument("--writable", action="store_true", help="可写 · take updates, to graphs of the users' own; needs a token")
    writing.add_argument(
        "--token",
        metavar="TOKEN",
        default=os.environ.get(TOKEN_VARIABLE, ""),
        help=f"令牌 · who knows it may write (else {TOKEN_VARIABLE})",
    )
    writing.add_argument(
        "--allow-service",
        metavar="HOST",
        action="append",
        default=[],
        help="允许 SERVICE 和 LOAD 的主机 · a host they may ask; may be repeated",
    )
    limits = parser.add_argument_group("限制 limits")
    limits.add_argument("--seconds", metavar="S", type=float, default=30, help="查询时限 · stop a query after S seconds; default: 30")
    limits.add_argument("--rows", metavar="N", type=int, default=5_000_000, help="结果行数上限 · at most N rows; default: 5000000")
    limits.add_argument("--megabytes", metavar="N", type=int, default=2000, help="结果大小上限 · at most N MB of result; default: 2000")
    limits.add_argument("--memory", metavar="MB", type=int, default=1000, help="每个查询的内存 · memory of one query; default: 1000")
    limits.add_argument("--workers", metavar="N", type=int, default=8, help="快速查询进程数 · processes for quick queries; default: 8")
    limits.add_argument("--heavy", metavar="N", type=int, default=8, help="慢查询并行数 · slow queries at a time; default: 8")
    limits.add_argument("--waiting", metavar="N", type=int, default=512, help="排队数 · queries that may wait; default: 512")
    limits.add_argument(
        "--rate",
        metavar="N",
        type=float,
        help=f"每个客户端每秒请求数 · requests a second and client; default: {_RATE} beyond loopback, else 0: any",
    )
    parser.add_argument("--log", metavar="FILE", type=Path, help="访问日志 · write the access log to a file")
    parser.add_argument("--private-log", action="store_true", help="日志不含查询文本 · no query text in the log")
    return parser


# What a number on the command line may be.
_BOUNDS = {
    "seconds": (0.01, 86_400),
    "rows": (1, 10**12),
    "megabytes": (1, 10**6),
    "memory": (16, 10**6),
    "workers": (1, 256),
    "heavy": (1, 256),
    "waiting": (0, 100_000),
    "rate": (0, 10**6),
    "port": (0, 65_535),
}


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    for name, (least, most) in _BOUNDS.items():
        value = getattr(args, name)
        if value is not None and not least <= value <= most:
            raise usage(
                f"--{name} {value:g}", f"a number from {least:g} to {most:g}", "leave it out", f"--{name} 应为 {least:g} 至 {most:g}。"
            )
    _check_ways(args)
    workspace = current_workspace()
    with contextlib.ExitStack() as held:
        source, shelf = source_of(args, workspace, held)
        listening = _listen(args.host, args.port)
        if args.host not in LOOPBACK:
            say(
                f"注意：{args.host} 可从其他机器访问，且无访问控制；内部文件不提供。",
                f"Careful: {args.host} can be reached from other machines, and asks nobody who they are; internal documents are left out.",
            )
        _serve(args, workspace, source, shelf, listening, held.enter_context(_log(args)))
    return 0


def _check_ways(args: argparse.Namespace) -> None:
    from endpoint.admission import SHORTEST

    if args.store and args.data:
        raise usage("--store and --data", "one of them", "leave one out", "--store 与 --data 只能给一个。")
    if not args.writable:
        return
    if len(args.token) < SHORTEST or not args.token.isascii():
        raise usage(
            "--writable without a token" if not args.token else "a token that is too short, or not ASCII",
            f"a token of {SHORTEST} ASCII characters or more",
            f"set {TOKEN_VARIABLE}, for instance to what `openssl rand -hex 20` prints",
            f"--writable 需要令牌（不少于 {SHORTEST} 个 ASCII 字符），请设环境变量 {TOKEN_VARIABLE}。",
        )
    if args.engine == "disk":
        raise usage(
            "--writable with --engine disk", "a graph in memory", "leave out --engine", "--writable 需要内存引擎，请去掉 --engine。"
        )
    if args.store and not (args.store.startswith("sparql:") and "," in args.store):
        raise usage(
            f"--writable with --store {args.store}",
            "sparql:QUERY_URL,UPDATE_URL",
            "add the address where that server takes updates, or leave out --writable",
            "可写的 --store 需要更新地址：sparql:查询地址,更新地址。",
        )


@contextlib.contextmanager
def _log(args: argparse.Namespace) -> Iterator[Log]:
    from endpoint.log import Log

    if args.log is None:
        yield Log(private=args.private_log)
        return
    try:
        with args.log.open("a", encoding="utf-8") as out:
            yield Log(out, private=args.private_log)
    except OSError as error:
        raise usage(
            f"--log {args.log}: {error.strerror}", "a file that can be written", "choose another", "无法写入该日志文件。"
        ) from error


def _serve(
    args: argparse.Namespace,
    workspace: Workspace,
    source: Callable[[], Source],
    shelf: Shelf | None,
    listening: socket.socket,
    log: Log,
) -> None:
    import uvicorn

    from endpoint.app import make_app
    from endpoint.ask import Limits
    from endpoint.fitting import fitting
    from endpoint.lanes import Lanes
    from endpoint.ontology_page import OntologyPage, cache_folder
    from endpoint.others import Others
    from endpoint.rates import Rates
    from endpoint.service import Service

    limits = Limits(
        seconds=args.seconds,
        rows=args.rows,
        result_bytes=args.megabytes * 1_000_000,
        memory_bytes=args.memory * 1_000_000,
        workers=args.workers,
        heavy=args.heavy,
        waiting=args.waiting,
    )
    lanes = Lanes(source, limits, changed=lambda version, fault: log.say(graph=version, fault=fault) if fault else log.say(graph=version))
    beyond = args.host not in LOOPBACK
    others = Others(tuple(args.allow_service), args.seconds)
    service = Service(lanes, union=args.default_graph == "union", queries_dir=workspace.queries_dir, others=others, beyond=beyond)
    service.ontology_page = OntologyPage(cache_folder())
    _allow_writing(args, service, source, shelf)
    rate = args.rate if args.rate is not None else _RATE if beyond else 0

    def opened(fault: str) -> None:
        if fault:
            say(f"图谱无法打开：{fault}", f"the graph cannot be opened: {fault}")
        host, port = listening.getsockname()[:2]
        say(f"图谱 {lanes.version}，每个查询至多 {args.seconds:g} 秒。", f"graph {lanes.version}, at most {args.seconds:g} s a query.")
        print(f"http://{f'[{host}]' if ':' in host else host}:{port}/sparql", flush=True)

    protocol, lacking = fitting()
    if lacking:
        found = "; ".join(lacking)
        say(f"uvicorn 有变化（{found}）：照常答复，但较慢。", f"uvicorn has changed ({found}): all is answered, but more slowly.")
    config = uvicorn.Config(
        make_app(service, log=log, rates=Rates(rate), opened=opened),
        log_level="critical",
        access_log=False,
        server_header=False,
        limit_concurrency=2000,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=2,
        timeout_keep_alive=_IDLE_S,
        loop="uvloop",
        http=protocol,
        ws="none",
        lifespan="on",
    )
    gc.freeze()
    gc.set_threshold(*_GARBAGE)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _allow_writing(args: argparse.Namespace, service: Service, source: Callable[[], Source], shelf: Shelf | None) -> None:
    if not args.writable:
        return
    from endpoint.writing import LocalWriter
    from endpoint.writing_remote import RemoteWriter

    if shelf is not None:
        service.writer = LocalWriter(service.lanes, shelf, args.token, source, union=service.union, others=service.others)
    else:
        service.writer = RemoteWriter(service.lanes, args.store.partition(",")[2], args.token, seconds=args.seconds)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.socket(family, kind, protocol)  # with its protocol: asyncio sets TCP_NODELAY only then (40 ms a request)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except OSError as error:
        raise usage(
            f"{host}:{port}: {error.strerror}",
            "an address and port that are free",
            "choose another --port (0 takes any that is free), or end the program that has this one",
            "该地址或端口不可用，请用 --port 另选。",
        ) from error
    return listening
