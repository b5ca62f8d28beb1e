"""看一段文字如何被理解：时限、部门或职责括注 · see how one string is understood; - reads one per line from standard input."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from zhengmai.commands import Subparsers


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("parse", help="看一段文字如何被理解 · see how a deadline, a list of actors or a note is understood")
    parser.add_argument("what", choices=("deadline", "actors", "note"), help="时限、部门、括注 · what the text is")
    parser.add_argument("text", help="文字；- 表示逐行读标准输入 · the text, or - for one per line")
    parser.add_argument("--written", metavar="DATE", help="成文日期，用于推定年份 · the document's date, for a missing year (YYYY-MM-DD)")
    parser.add_argument("--format", choices=("json",), default="json", help="输出格式 · what to print")
    return parser


def run(args: argparse.Namespace) -> int:
    understand = _reader(args.what, _date(args.written))
    texts: Iterator[str] = (line.rstrip("\r\n") for line in sys.stdin) if args.text == "-" else iter([args.text])
    for text in texts:
        print(json.dumps(understand(text), ensure_ascii=False, indent=None if args.text == "-" else 1))
    return 0


def _date(text: str | None) -> str | None:
    import datetime

    from zhengmai.errors import UsageError

    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(
            where="--written",
            found=repr(text),
            expected="a date such as 2019-05-01",
            fix="write it as YYYY-MM-DD",
            zh="日期请写成 YYYY-MM-DD。",
        ) from error


def _reader(what: str, written: str | None) -> Callable[[str], dict[str, Any]]:
    if what == "deadline":
        from loaders.deadlines import DeadlineContext, deadline_json, read_deadline
        from loaders.doubts.dates import impossible_dates

        def deadline(text: str) -> dict[str, Any]:
            found = read_deadline(text, DeadlineContext(written_on=written))
            doubts = [
                {"code": "date-impossible", "severity": "warning", "quote": text[start:end], "message": {"zh": zh, "en": en}}
                for (start, end), (zh, en) in impossible_dates(text)
            ]
            return (deadline_json(found) if found else {}) | ({"findings": doubts} if doubts else {})

        return deadline
    if what == "actors":
        from loaders.actors import actors_json
        from loaders.actors.notes import read_role_text

        def actors(text: str) -> dict[str, Any]:
            said = (mention.actor for mention in read_role_text(text, default_role="responsible"))  # as the cell of a table is read
            return {"actors": actors_json({actor.name: actor for actor in said}.values())}

        return actors
    from loaders.actors.notes import read_note, roles_json

    return lambda text: {"roles": roles_json(read_note(text))}
