"""读取一份文件，输出其中的任务、条款、部门与时限 · read one document: tasks, provisions, actors, deadlines; nothing is stored.

The account comes last, on standard error: rows seen, kept and skipped with the reason, columns and paragraphs used and left over.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from zhengmai.commands import Subparsers


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("extract", help="读取一份文件 · read one document to records")
    parser.add_argument("file", type=Path, help="文件 · the document")
    parser.add_argument("--format", choices=("json", "csv", "ttl"), default="json", help="输出格式 · what to print")
    return parser


def run(args: argparse.Namespace) -> int:
    from loaders.account import account_lines, account_of
    from loaders.extract import extract_file
    from loaders.writers import WRITERS
    from zhengmai.progress import language, say

    extraction = extract_file(args.file)
    WRITERS[args.format](extraction, sys.stdout)
    sys.stdout.flush()
    lines = "\n".join(account_lines(account_of(extraction), language()))
    say(lines, lines)
    return 0
