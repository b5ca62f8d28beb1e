"""比对上下级两份文件，给出承接对应及两侧原文 · align two documents: links with the quoted words of both; nothing is stored."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from zhengmai.commands import Subparsers


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("align", help="比对上下级两份文件 · align an upper and a lower document")
    parser.add_argument("upper", type=Path, help="上级文件 · the upper document")
    parser.add_argument("lower", type=Path, help="下级文件 · the lower document")
    parser.add_argument("--format", choices=("json", "sssom"), default="json", help="输出格式 · what to print")
    return parser


def run(args: argparse.Namespace) -> int:
    from lineage.align import align
    from lineage.sssom import write_sssom
    from lineage.to_json import pair_json
    from loaders.extract import extract_file

    upper, lower = extract_file(args.upper), extract_file(args.lower)
    result = align(upper, lower)
    if args.format == "json":
        json.dump(pair_json(result), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        write_sssom(result, upper, lower, sys.stdout)
    return 0
