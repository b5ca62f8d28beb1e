"""导出图谱，供其他工具使用 · Export the graph for other tools.

  zhengmai export --format nq > graph.nq          every quad, sorted
  zhengmai export --format trig --output graph.trig
Internal documents and what derives from them are left out, and how many is said; --include SLUG takes one in.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError
from zhengmai.exports import exporter, formats
from zhengmai.progress import language, say

if TYPE_CHECKING:
    from zhengmai.exports._graph import SharedGraph


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("export", help="导出 · export the graph")
    parser.add_argument("--format", choices=formats(), required=True, help="格式 · format")
    parser.add_argument("--output", metavar="FILE", type=Path, help="写入文件 · write to a file; else standard output")
    parser.add_argument(
        "--include", metavar="SLUG", action="append", default=[], help="列入这份内部文件 · take an internal document in; may be repeated"
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """Write the graph in one format."""
    from zhengmai.exports._graph import shared_graph

    module = exporter(args.format)
    _check_output(module, args)
    graph = shared_graph(named=args.include)
    _write(module, graph, args.output)
    _tell(module, graph, args)
    return 0


def _check_output(module: ModuleType, args: argparse.Namespace) -> None:
    """Refuse a terminal for what only a file can hold, before any work."""
    several = hasattr(module, "write_folder")
    if args.output is None and (several or (getattr(module, "BINARY", False) and sys.stdout.isatty())):
        what = ("a folder", "文件夹") if several else ("a file", "文件")
        raise UsageError(
            where=f"zhengmai export --format {args.format}",
            found="no --output",
            expected=what[0],
            fix=f"add --output {'FOLDER' if several else 'FILE'}",
            zh=f"请用 --output 指定{what[1]}。",
        )


def _write(module: ModuleType, graph: SharedGraph, output: Path | None) -> None:
    from zhengmai.output import write_file, write_folder

    if output is not None and hasattr(module, "write_folder"):
        write_folder(output, lambda folder: module.write_folder(graph, folder))
    else:
        write_file(output, lambda out: module.write(graph, out))


def _tell(module: ModuleType, graph: SharedGraph, args: argparse.Namespace) -> None:
    """Say what was written, what the format cannot say, and what was left out."""
    to_zh, to_en = (f"，已写入 {args.output}", f", written to {args.output}") if args.output else ("", "")
    say(f"图谱 {graph.version}：{len(graph.lines)} 条四元组{to_zh}", f"graph {graph.version}: {len(graph.lines)} quads{to_en}")
    for zh, en in (getattr(module, "SAID", ("", "")), graph.said):
        if zh:  # no progress, so --quiet does not silence it
            print(zh if language() == "zh" else en, file=sys.stderr)
