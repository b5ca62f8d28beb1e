"""承接链条 · Trace a task, clause, department or document up to what it rests on, and down to who must do what by when.

zhengmai trace 27 --up                        the sentences task 27 corresponds to, their clauses, their document, its basis
zhengmai trace sat-20170427-openness:5.2      a clause, up and down
zhengmai trace 纳税服务处 --confidence 0.9      a department's tasks, by links of at least that confidence
zhengmai trace 5.2 --format svg --output 5.2.svg
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError
from zhengmai.progress import language, say

FORMATS = ("text", "json", "dot", "mermaid", "svg")


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("trace", help="承接链条 · the chain of a task, clause, department or document")
    parser.add_argument("thing", metavar="THING", help="任务、条目、部门或文件，如 27、五(二)、DOC:5.2 · what to trace")
    parser.add_argument("--up", action="store_true", help="只向上 · only up")
    parser.add_argument("--down", action="store_true", help="只向下 · only down")
    parser.add_argument("--depth", metavar="N", type=int, default=8, help="层数 · how many steps; default: 8")
    parser.add_argument("--confidence", metavar="C", type=float, default=0.0, help="把握度下限 · leave out links below C (0 to 1)")
    parser.add_argument("--accepted-only", action="store_true", help="不走待复核的对应关系 · leave out links awaiting review")
    parser.add_argument("--format", choices=FORMATS, default="text", help="输出格式 · default: text")
    parser.add_argument("--output", metavar="FILE", type=Path, help="写入文件 · write to a file")
    return parser


def run(args: argparse.Namespace) -> int:
    """Print the chains of one thing."""
    if not 0 <= args.depth <= 50:
        raise _usage(f"--depth {args.depth}", "a number from 0 to 50", "leave it out for 8", "--depth 应为 0 至 50。")
    if not 0 <= args.confidence <= 1:
        raise _usage(f"--confidence {args.confidence:g}", "a number from 0 to 1", "write 0.9", "--confidence 应为 0 至 1。")
    from queries.resolve import find_thing
    from queries.trace import trace
    from queries.trace_text import WRITERS
    from zhengmai.output import write_file
    from zhengmai.store import open_store

    store = open_store()
    _, iri = find_thing(args.thing, store, where="zhengmai trace")
    both = args.up == args.down
    found = trace(
        store,
        iri,
        up=args.up or both,
        down=args.down or both,
        depth=args.depth,
        confidence=args.confidence,
        accepted_only=args.accepted_only,
    )
    data = WRITERS[args.format](found, language()).encode()
    write_file(args.output, lambda out: out.write(data))
    if found.left_out:
        zh = f"另有 {found.left_out} 条对应关系把握度不足或待复核，未走。"
        en = f"{found.left_out} links below the confidence or awaiting review were not walked."
        print(zh if language() == "zh" else en, file=sys.stderr)
    if found.skips_level:
        from ontology.labels import label

        print(f"{label('term/skips-level', language())}: {label('note/skips-level', language())}", file=sys.stderr)
    say("承接指文本对应，不表示职责已经履行。", "A link says that words correspond, not that a duty was performed.")
    return 0


def _usage(found: str, expected: str, fix: str, zh: str) -> UsageError:
    return UsageError(where="zhengmai trace", found=found, expected=expected, fix=fix, zh=zh)
