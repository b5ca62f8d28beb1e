"""发布到其他图数据库 · Put the graph into a SPARQL 1.1 store of your own.

  zhengmai publish http://127.0.0.1:7878/query --update http://127.0.0.1:7878/update         Oxigraph, Fuseki, GraphDB, RDF4J …
  zhengmai publish http://USER:PASSWORD@127.0.0.1:8890/sparql --update http://127.0.0.1:8890/sparql-auth     Virtuoso
  zhengmai publish URL --graph-store http://127.0.0.1:7878/store                             by the Graph Store Protocol
Internal documents and what derives from them are left out, and how many is said; --include DOC takes one in.
What is there already is not sent again, so a run that was stopped is simply repeated; graphs that are no longer ours go. Counts are
compared after sending.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import urlsplit

from zhengmai.commands import Subparsers
from zhengmai.errors import PublishFailed, UsageError
from zhengmai.progress import language, say

TOKEN_VARIABLE = "ZHENGMAI_TOKEN"


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("publish", help="发布 · put the graph into a SPARQL store of your own")
    parser.add_argument("url", metavar="URL", help="查询地址 · where the store answers queries")
    parser.add_argument("--update", metavar="URL", default="", help="更新地址 · where it takes updates, if elsewhere")
    parser.add_argument("--graph-store", metavar="URL", default="", help="Graph Store 地址 · its Graph Store Protocol, instead of updates")
    parser.add_argument(
        "--include", metavar="DOC", action="append", default=[], help="列入这份内部文件 · take an internal document in; may be repeated"
    )
    parser.add_argument("--batch", metavar="N", type=int, default=5000, help="每批三元组数 · triples sent at a time; default: 5000")
    parser.add_argument(
        "--token", metavar="TOKEN", default=os.environ.get(TOKEN_VARIABLE, ""), help=f"令牌 · bearer token (else {TOKEN_VARIABLE})"
    )
    parser.add_argument("--dry-run", action="store_true", help="只列出 · only say what would be sent")
    return parser


def run(args: argparse.Namespace) -> int:
    """Send what may leave, and print one line a graph: its triples, and how many were sent."""
    from zhengmai.exports._graph import shared_graph
    from zhengmai.exports._publish import Refused, publish, target_of

    for option in ("url", "update", "graph_store"):
        address = getattr(args, option)
        if (address or option == "url") and (urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname):
            raise _usage(
                f"{address!r}", "an address as http://127.0.0.1:7878/query", "write the store's whole address", "应为完整的 http 地址。"
            )
    if not 1 <= args.batch <= 1_000_000:
        raise _usage(f"--batch {args.batch}", "a number from 1 to 1000000", "leave it out for 5000", "--batch 应为 1 至 1000000。")
    graph = shared_graph(named=args.include)
    if graph.said[0]:  # no progress, so --quiet does not silence it
        print(graph.said[language() == "en"], file=sys.stderr)
    target = target_of(args.url, update=args.update, graph_store=args.graph_store, token=args.token)
    parts = dict(_graphs(graph.lines))
    if args.dry_run:
        print("".join(f"{len(lines)}\t{iri}\n" for iri, lines in parts.items()), end="")
        return 0
    say(f"图谱 {graph.version}：{len(parts)} 个图，发往 {target.query}", f"graph {graph.version}: {len(parts)} graphs, to {target.query}")
    triples = sent = 0
    try:
        for number, done in enumerate(publish(parts, target, batch=args.batch), 1):
            triples, sent = triples + done.triples, sent + done.sent
            print(f"{done.triples}\t{done.sent}\t{done.graph}", flush=True)
            say(f"  {number}/{len(parts)}", f"  {number}/{len(parts)}")
    except Refused as refused:
        raise PublishFailed(
            where="zhengmai publish",
            found=str(refused),
            expected="a store that takes SPARQL 1.1 updates or the Graph Store Protocol and answers counts",
            fix="look whether it runs, takes writes and the addresses are right, then type the same again: what arrived is not sent twice",
            zh="目标图数据库拒绝或无法连接；排除后重新运行即可，已到达的图不会重发。",
        ) from refused
    say(f"完成：{triples} 条三元组，本次发送 {sent} 条，数目已核对。", f"done: {triples} triples, {sent} sent now, counts compared.")
    return 0


def _graphs(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each graph's IRI with its lines as N-Triples; the lines come sorted by subject and leave so."""

    def cut(line: str) -> tuple[str, str]:
        at = line.rindex(" <")
        return line[at + 2 : -3], f"{line[:at]} ."

    pairs = sorted(map(cut, lines))
    for iri, group in groupby(pairs, key=lambda pair: pair[0]):
        yield iri, [line for _, line in group]


def _usage(found: str, expected: str, fix: str, zh: str) -> UsageError:
    return UsageError(where="zhengmai publish", found=found, expected=expected, fix=fix, zh=zh)
