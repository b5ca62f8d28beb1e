"""检索 · Search provisions, tasks, actors and titles; two characters are enough, several words must all be there.

zhengmai search 政务公开
zhengmai search 首问责任制 --kind task
zhengmai search "纳税 信用A级" --document gz-stb-openness-tasks --format json
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError
from zhengmai.progress import language, say


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("search", help="检索 · search the texts")
    parser.add_argument("words", metavar="WORDS", nargs="+", help="检索词 · words that must all be there")
    parser.add_argument(
        "--kind", choices=("document", "provision", "task", "actor"), action="append", default=[], help="只检索某类 · only these"
    )
    parser.add_argument("--document", metavar="DOC", default="", help="只在该文件中 · only in this document")
    parser.add_argument("--limit", metavar="N", type=int, default=20, help="最多列出 N 条 · at most N; default: 20")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 · default: text")
    return parser


def run(args: argparse.Namespace) -> int:
    """Print what was found, best first."""
    if args.limit < 0:
        raise _usage(f"--limit {args.limit}", "a number from 0", "leave it out for 20", "--limit 应为非负整数。")
    from ontology.labels import label
    from queries.ids import place_words
    from queries.search import search
    from zhengmai.store import open_store
    from zhengmai.workspace import current_workspace, read_sources

    workspace = current_workspace()
    if args.document:
        slugs = [entry.slug for entry in read_sources(workspace)]
        if args.document not in slugs:
            raise _usage(f"--document {args.document}", ", ".join(slugs), "use one of these", "没有这个文件代号。")
    words, lang = " ".join(args.words), language()
    found = search(open_store(workspace), workspace.built_dir / "search", words, kinds=args.kind, document=args.document, limit=args.limit)
    if args.format == "json":
        said = {"words": words, "total": found.total, "more": found.more, "searched": found.searched, "graph_version": found.graph_version}
        sys.stdout.write(json.dumps({**said, "hits": [asdict(hit) for hit in found.hits]}, ensure_ascii=False, indent=1) + "\n")
    else:
        for hit in found.hits:
            place = f" 〔{place_words(hit.place, lang)}〕" if hit.place else ""
            name = f"{hit.name} " if hit.name and hit.name not in hit.snippet.replace("【", "").replace("】", "") else ""
            print(f"{label(f'search-kind/{hit.kind}', lang)} {hit.id}{place}\n    {name}{hit.snippet}")
    if found.total:
        say(
            f"{'至少' if found.more else '共'} {found.total} 条，列出 {len(found.hits)} 条；检索了 {found.searched} 段文字。",
            f"{'at least ' if found.more else ''}{found.total} found, {len(found.hits)} shown, of {found.searched} texts searched.",
        )
    else:
        zh, en = f"已检索 {found.searched} 段文字，没有“{words}”。", f"searched {found.searched} texts: nothing holds {words!r}."
        print(zh if lang == "zh" else en, file=sys.stderr)
    return 0


def _usage(found: str, expected: str, fix: str, zh: str) -> UsageError:
    return UsageError(where="zhengmai search", found=found, expected=expected, fix=fix, zh=zh)
