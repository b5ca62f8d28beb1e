"""比较任意层级文件的共有文字 · what documents of any level have in common, and which of it an upper text explains; nothing is stored.

With --upper, wording both took from above (与上级相同) is told apart from wording only the two have (仅两者共有) and from words that both
put in the same other words' place (同样的改动): the evidence of copying sideways. Shared text has no direction unless both are dated.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("compare", help="比较文件的共有文字 · text that documents share")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="两份或更多文件 · two or more documents")
    parser.add_argument("--upper", type=Path, help="上级文件，用以区分各自抄自上级的文字 · the upper text both may have taken from")
    parser.add_argument("--least", type=int, default=10, metavar="N", help="至少连续 N 字才计 · fewest characters in a row (10)")
    parser.add_argument("--format", choices=("text", "json", "nt"), default="text", help="输出格式 · what to print")
    return parser


def run(args: argparse.Namespace) -> int:
    from lineage.sideways.compare import GRAM, compare_documents
    from lineage.sideways.show import sharing_json, sharing_ntriples, sharing_text
    from loaders.extract import extract_file

    files = [*args.files, *([args.upper] if args.upper else [])]
    same = next((path for at, path in enumerate(files) if path.resolve() in [p.resolve() for p in files[:at]]), None)
    if len(args.files) < 2 or same is not None:
        raise UsageError(
            where="zhengmai compare",
            found=f"{same} twice" if same else "one document",
            expected="two or more different documents",
            fix="name each document once: zhengmai compare A B --upper U",
            zh="请给出两份或更多不同的文件，每份只写一次。",
        )
    if args.least < GRAM:
        raise UsageError(
            where="zhengmai compare --least",
            found=str(args.least),
            expected=f"{GRAM} or more",
            fix="shorter runs are phrases that any two documents share",
            zh=f"连续字数至少为 {GRAM}。",
        )
    documents = [extract_file(path) for path in args.files]
    upper = extract_file(args.upper) if args.upper else None
    found = compare_documents(documents, upper, least=args.least)
    if args.format == "json":
        json.dump(sharing_json(found, documents, upper), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(sharing_text(found, documents, upper) if args.format == "text" else sharing_ntriples(found, documents))
    return 0
