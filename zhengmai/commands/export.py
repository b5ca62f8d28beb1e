"""导出图谱和表格 · Export the graph for other tools, and the tables people hand on.

  zhengmai export --format nq > graph.nq                                      every quad, sorted
  zhengmai export --table concordance --format xlsx --output 对照表.xlsx        上下级条款对照表 of the first pair
  zhengmai export --table concordance --upper DOC --lower DOC --format docx   of two documents, by their names in sources.yaml
  zhengmai export --table ledger --document DOC --format xlsx --output 台账.xlsx   任务台账, whole and by department
  zhengmai export --table ledger --progress-from 台账.xlsx --format xlsx --output 台账.xlsx   take over what the office filled in
Internal documents and what derives from them are left out, and how many is said; --include DOC takes one in, and so does naming it
with --upper, --lower or --document.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError
from zhengmai.exports import exporter, formats
from zhengmai.progress import language, say

if TYPE_CHECKING:
    from zhengmai.exports._graph import SharedGraph

TABLES = ("concordance", "ledger")
OF_TABLES = ("upper", "lower", "document", "department", "progress_from")
TABLE_FORMATS = ("xlsx", "docx", "csv", "html")


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("export", help="导出 · export the graph or a table")
    parser.add_argument("--format", choices=sorted({*formats(), *TABLE_FORMATS}), required=True, help="格式 · format")
    parser.add_argument("--table", choices=TABLES, help="表格 · a table instead of the graph")
    parser.add_argument("--upper", metavar="DOC", help="上级文件 · the upper document of a concordance")
    parser.add_argument("--lower", metavar="DOC", action="append", default=[], help="下级文件 · a lower document; may be repeated")
    parser.add_argument(
        "--document", metavar="DOC", action="append", default=[], help="台账的文件 · a document of a ledger; may be repeated"
    )
    parser.add_argument("--department", metavar="NAME", help="只出该部门的台账 · the ledger of one department")
    parser.add_argument(
        "--progress-from", metavar="FILE", type=Path, help="收回已填写的台账（xlsx） · first take over what was filled in there"
    )
    parser.add_argument("--output", metavar="FILE", type=Path, help="写入文件 · write to a file; else standard output")
    parser.add_argument(
        "--include", metavar="DOC", action="append", default=[], help="列入这份内部文件 · take an internal document in; may be repeated"
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """Write the graph in one format, or one table."""
    return _table(args) if args.table else _graph(args)


def _graph(args: argparse.Namespace) -> int:
    from zhengmai.exports._graph import shared_graph
    from zhengmai.output import write_file, write_folder

    if args.format not in formats():
        raise _usage(args, "no --table", f"--table with {args.format}", "add --table concordance", f"{args.format} 只用于表格。")
    _refuse(args, OF_TABLES, "without --table", "只用于表格")
    module = exporter(args.format)
    several = hasattr(module, "write_folder")
    if several and args.output is None:
        raise _usage(args, "no --output", "a folder", "add --output FOLDER", "请用 --output 指定文件夹。")
    _check_terminal(args, getattr(module, "BINARY", False))
    graph = shared_graph(named=args.include)
    if several:
        write_folder(args.output, lambda folder: module.write_folder(graph, folder))
    else:
        write_file(args.output, lambda out: module.write(graph, out))
    _tell(f"{len(graph.lines)} 条四元组", f"{len(graph.lines)} quads", graph, args, module)
    return 0


def _table(args: argparse.Namespace) -> int:
    if args.format not in TABLE_FORMATS:
        raise _usage(args, args.format, ", ".join(TABLE_FORMATS), "choose one of these", "表格没有这种格式。")
    others = ("document", "department", "progress_from") if args.table == "concordance" else ("upper", "lower")
    _refuse(args, others, f"with --table {args.table}", f"不用于 --table {args.table}")
    _check_terminal(args, args.format in ("xlsx", "docx"))
    from lineage.tables.files import COMPACT, WRITERS
    from zhengmai.exports._graph import shared_graph
    from zhengmai.exports._tables import MAKERS, named
    from zhengmai.output import write_file

    graph = shared_graph(named=named(args))
    page = MAKERS[args.table](graph, args, language(), compact=args.format in COMPACT)
    data = WRITERS[args.format](page)
    write_file(args.output, lambda out: out.write(data))
    count = len(page.sheets[0].rows)
    for notice in () if count else page.sheets[0].notices:
        print(notice, file=sys.stderr)
    _tell(f"{page.title} {count} 行", f"{page.title}, {count} rows", graph, args)
    return 0


def _refuse(args: argparse.Namespace, options: Sequence[str], why: str, why_zh: str) -> None:
    for name in options:
        if getattr(args, name):
            option = f"--{name.replace('_', '-')}"
            raise _usage(args, f"{option} {why}", "an option of this export", "see zhengmai export --help", f"{option} {why_zh}。")


def _check_terminal(args: argparse.Namespace, binary: bool) -> None:
    """Refuse a terminal for what only a file can hold, before any work."""
    if binary and args.output is None and sys.stdout.isatty():
        raise _usage(args, "a terminal", "a file", "add --output FILE", "请用 --output 指定文件。")


def _tell(zh: str, en: str, graph: SharedGraph, args: argparse.Namespace, module: ModuleType | None = None) -> None:
    """Say what was written, what the format cannot say, and what was left out."""
    to_zh, to_en = (f"，已写入 {args.output}", f", written to {args.output}") if args.output else ("", "")
    say(f"图谱 {graph.version}：{zh}{to_zh}", f"graph {graph.version}: {en}{to_en}")
    for said in (getattr(module, "SAID", ("", "")), graph.said):
        if said[0]:  # no progress, so --quiet does not silence it
            print(said[language() == "en"], file=sys.stderr)


def _usage(args: argparse.Namespace, found: str, expected: str, fix: str, zh: str) -> UsageError:
    return UsageError(where=f"zhengmai export --format {args.format}", found=found, expected=expected, fix=fix, zh=zh)
