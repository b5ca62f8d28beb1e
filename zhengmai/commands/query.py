"""专题查询 · Ask a saved question, or list the questions there are.

  zhengmai query                                            list them
  zhengmai query which-tasks-implement-clause -p clause=5.2
  zhengmai query basis-chain-of-task -p task=gz-stb-openness-tasks:27 --format json
A clause may be typed 5.2, 五(二) or 第五部分第(二)项, a task 27 or 9-u1; DOC:5.2 and DOC:27 name the document.
  zhengmai query lead-drift --cite --on 2026-03-01          footnotes (GB/T 7714—2025; gb2015 or plain) instead of rows
  zhengmai query lead-drift --methods                       the paragraph on material and method, in Chinese and English
Your own .rq files in the workspace's queries/ are found beside ours. --graph-version asks one of the graphs that are kept.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from zhengmai.commands import Subparsers
from zhengmai.errors import BadQuery, UsageError
from zhengmai.progress import language, patience, say
from zhengmai.workspace import current_workspace

if TYPE_CHECKING:
    from datetime import date

    from queries.citation import Manner
    from queries.run import Answer
    from queries.saved import SavedQuery
    from zhengmai.store import OpenStore

FORMATS = ("table", "csv", "tsv", "json", "md", "xlsx")


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("query", help="专题查询 · ask a saved question")
    parser.add_argument("name", metavar="NAME", nargs="?", help="查询名称 · which question; without it they are listed")
    parser.add_argument("-p", "--param", metavar="K=V", action="append", default=[], help="参数 · a parameter, such as clause=5.2")
    parser.add_argument("--list", action="store_true", help="列出全部查询 · list the questions")
    parser.add_argument("--tag", metavar="T", help="只列出该标签的查询 · list those with a tag")
    parser.add_argument("--format", choices=FORMATS, default="table", help="输出格式 · default: table")
    parser.add_argument("--output", metavar="FILE", type=Path, help="写入文件 · write to a file")
    parser.add_argument("--limit", metavar="N", type=int, help="最多列出 N 行 · at most N rows")
    parser.add_argument("--bom", action="store_true", help="csv/tsv 加 BOM，便于 Excel 打开 · byte order mark for Excel")
    parser.add_argument("--accepted-only", action="store_true", help="不列待复核的对应关系 · leave out links awaiting review")
    parser.add_argument("--graph-version", metavar="V", help="查询留存的某一图谱版本 · ask one of the graphs that are kept, by its version")
    parser.add_argument(
        "--cite",
        nargs="?",
        const="gb2025",
        metavar="MANNER",
        help="输出脚注：gb2025（默认）、gb2015、plain · print footnotes instead of rows",
    )
    parser.add_argument("--on", metavar="DATE", help="脚注中的查询日期 · the day of access for --cite, as 2026-03-01")
    parser.add_argument("--methods", action="store_true", help="输出资料与方法说明（中英文） · print the paragraph on material and method")
    parser.add_argument("--explain", action="store_true", help="显示 SPARQL、参数、查询计划和用时 · show SPARQL, parameters, plan and time")
    return parser


def run(args: argparse.Namespace) -> int:
    """List the questions, or answer one."""
    if args.limit is not None and args.limit < 0:
        raise _usage(f"--limit {args.limit}", "a number from 0", "leave --limit out for all rows", "--limit 应为非负整数。")
    own = current_workspace().queries_dir
    if args.list or args.tag or not args.name:
        if args.name or args.param or args.methods or args.cite or args.explain:
            raise _usage(
                "--list or --tag beside a question" if args.name else "parameters or a footnote without a question to ask",
                "either a NAME or --list",
                "leave out --list and --tag" if args.name else "name the question: zhengmai query lead-drift --methods",
                "请指明查询名称；列表（--list、--tag）不带参数。",
            )
        return _list(args, own)
    return _ask(args, own)


def _list(args: argparse.Namespace, own: Path) -> int:
    import json

    from queries.catalogue import as_json, load_catalogue

    if args.format not in ("table", "json"):
        raise _usage(f"--list --format {args.format}", "table or json", "use --format json", "列表只有 table 和 json 两种格式。")
    queries, broken = load_catalogue(own, tag=args.tag)
    for error in broken:
        print(error, file=sys.stderr)
    if args.tag and not queries:
        tags = sorted({tag for query in load_catalogue(own)[0] for tag in query.tags})
        raise BadQuery(
            where="--tag",
            found=repr(args.tag),
            expected=", ".join(tags),
            fix="choose one of these, or leave --tag out",
            zh="没有这个标签。",
        )
    if args.format == "json":
        _write((json.dumps([as_json(query) for query in queries], ensure_ascii=False, indent=1) + "\n").encode(), args.output)
    else:
        _write("".join(_line(query) for query in queries).encode(), args.output)
    return 0


def _line(query: SavedQuery) -> str:
    params = " ".join(param.name if param.required else f"[{param.name}]" for param in query.params)
    return f"{query.name} {params}".rstrip() + f"\n    {query.title.zh} · {query.title.en}\n"


def _ask(args: argparse.Namespace, own: Path) -> int:
    import shutil
    import time

    from queries.catalogue import find_query
    from queries.run import Asking
    from queries.style import Style
    from queries.writers import BINARY, MOST_ROWS, STREAMS, WRITERS
    from zhengmai.api import open_graph

    query = find_query(args.name, own)
    params = _params(args.param)
    if args.format in BINARY and args.output is None and sys.stdout.isatty():
        raise _usage(f"--format {args.format} to a terminal", "a file", "add --output FILE", "请用 --output 指定文件。")
    on, manner = _day(args.on), _manner(args)
    store = open_graph(current_workspace().path, version=args.graph_version, engine="disk").store
    start = time.perf_counter()
    with patience("仍在查询，可按 Ctrl-C 停止 …", "still asking; Ctrl-C stops …"):
        asking = Asking(query, params, store, own=own, accepted_only=args.accepted_only)
    style = Style(language(), shutil.get_terminal_size((120, 40)).columns, args.bom)
    if manner or args.methods:
        answer = asking.answer(list(asking.rows(args.limit)))
        _write(_said(answer, store, manner, on, args.methods).encode(), args.output)
    elif args.format in STREAMS:
        rows = (row for row, _ in asking.rows(args.limit))
        _stream(STREAMS[args.format](asking.head(), rows, asking.answer, style), args.output)
        answer = asking.answer()
    else:
        limit = min(MOST_ROWS[args.format], sys.maxsize if args.limit is None else args.limit)
        answer = asking.answer(list(asking.rows(limit)))
        _write(WRITERS[args.format](answer, style), args.output)
    took = time.perf_counter() - start
    _tell(answer, asking.shown)
    if args.explain:
        print(_explained(answer, took), file=sys.stderr)
    return 0


def _said(answer: Answer, store: OpenStore, manner: Manner | None, on: date | None, methods: bool) -> str:
    """Return the footnotes, the paragraph on method, or both."""
    from queries.citation import footnotes

    lines = list(footnotes(answer, store, manner, on=on, lang=language())) if manner else []
    if methods:
        from zhengmai.commands._methods import methods as paragraphs

        lines += [text for paragraph in paragraphs(answer, store, current_workspace()) for text in ("", paragraph)][0 if lines else 1 :]
    return "\n".join(lines) + "\n"


def _manner(args: argparse.Namespace) -> Manner | None:
    from queries.catalogue import did_you_mean
    from queries.citation import MANNERS

    if args.cite and args.cite not in MANNERS:
        raise _usage(f"--cite {args.cite}", " or ".join(MANNERS), did_you_mean(args.cite, MANNERS), "脚注格式为 gb2025、gb2015 或 plain。")
    manner: Manner | None = args.cite
    return manner


def _day(text: str | None) -> date | None:
    from datetime import date

    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise _usage(f"--on {text}", "a day as 2026-03-01", "write year-month-day", "日期应写作 2026-03-01。") from error


def _params(given: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name or name in found:
            what = f"-p {name} twice" if name in found else f"-p {text}"
            raise _usage(what, "each parameter once, as name=value", "write -p clause=5.2", "参数应写作 -p 名称=值，每个一次。")
        found[name.strip()] = value
    return found


def _tell(answer: Answer, shown: int) -> None:
    """Say what the rows do not: what was asked, how links were decided, what is left out."""
    from ontology.labels import label

    asked = "".join(f" {name}={value}" for name, value in answer.params.items())
    say(f"{answer.query.title.zh}{asked}：{shown} 行", f"{answer.query.title.en}{asked}: {shown} rows")
    if "rule" in answer.counts:
        zh, en = (
            " · ".join(f"{label(f'counted/{key}', lang)} {answer.counts[key]}" for key in ("rule", "person", "proposed"))
            for lang in ("zh", "en")
        )
        say(zh, en)
    for note in answer.notes:
        print(note[language()], file=sys.stderr)


def _explained(answer: Answer, took: float) -> str:
    from queries.plan import plan

    bound = "\n".join(f"#   {name} = {term}" for name, term in answer.bound.items()) or "#   none"
    steps = "\n".join(f"#   {line}" for line in plan(answer.sparql).splitlines())
    return (
        f"{answer.sparql.strip()}\n# parameters as bound:\n{bound}\n# plan (the engine orders the joins of a group itself):\n{steps}\n"
        f"# graph {answer.graph_version}, {answer.counts['rows']} rows, {took * 1000:.1f} ms"
    )


def _write(data: bytes, output: Path | None) -> None:
    _stream([data], output)


def _stream(parts: Iterable[str | bytes], output: Path | None) -> None:
    """Write one part after the other, to a file that is put in place whole."""
    from zhengmai.output import write_file

    def fill(out: BinaryIO) -> None:
        for part in parts:
            out.write(part.encode() if isinstance(part, str) else part)

    write_file(output, fill)


def _usage(found: str, expected: str, fix: str, zh: str) -> UsageError:
    return UsageError(where="zhengmai query", found=found, expected=expected, fix=fix, zh=zh)
