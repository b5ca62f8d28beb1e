"""到期事项 · What falls due on a day, or between two days.

  zhengmai due --on 2019-09-30
  zhengmai due --on 2020-01-01 --by 2020-03-31 --document 河池
  zhengmai due --on 2019-09-27 --trigger 作出行政许可决定=2019-09-27
前、底、内含当日；自事件起算的，事件当日不计，从次日起计；工作日按国务院放假安排，含调休上班日；放假安排未知的年份按周一至周五计，并注明。
前, 底 and 内 include the day. An event's own day is not counted. Working days are those of the State Council's notices, make-up
days included; in a year without a known notice Mondays to Fridays count, and it is said. Limits counted from an event whose date
you give are always listed; those without a date stand apart, with why. Whether a duty was done is not in the documents.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError
from zhengmai.progress import language, say
from zhengmai.workspace import LEVELS, current_workspace

if TYPE_CHECKING:
    from queries.due import Due
    from queries.due_dates import When
    from queries.run import Row
    from queries.style import Style

FORMATS = ("table", "csv", "tsv", "json", "md", "xlsx")
SHOWN = (
    "when",
    "due_date",
    "due_time",
    "task",
    "document",
    "level",
    "raw",
    "trigger",
    "trigger_date",
    "remarks",
    "bound",
    "lead",
    "task_text",
)
NAMED = frozenset({"no-trigger-date", "no-trigger", "starts", "no-year", "no-anchor", "incomplete", "beyond-calendar"})


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("due", help="到期事项 · what falls due")
    parser.add_argument("--on", metavar="DATE", required=True, help="日期，如 2019-09-30 · the day; with --by the first day")
    parser.add_argument("--by", metavar="DATE", help="截至日期（含） · the last day; else that of --on")
    parser.add_argument("--trigger", metavar="EVENT=DATE", action="append", default=[], help="触发事件及其日期 · when an event happened")
    parser.add_argument("--document", metavar="DOC", help="只看一份文件 · one document")
    parser.add_argument("--level", metavar="L", help=f"适用层级 · {' '.join(LEVELS[:-1])}")
    parser.add_argument("--department", metavar="NAME", help="只看某部门参与的任务 · tasks a department takes part in")
    parser.add_argument("--overdue", action="store_true", help="也列出期限已过的 · also those whose date has passed")
    parser.add_argument("--format", choices=FORMATS, default="table", help="输出格式 · default: table")
    parser.add_argument("--output", metavar="FILE", type=Path, help="写入文件 · write to a file")
    parser.add_argument("--bom", action="store_true", help="csv/tsv 加 BOM，便于 Excel 打开 · byte order mark for Excel")
    return parser


def run(args: argparse.Namespace) -> int:
    """List what falls due; what it was computed from goes to standard error."""
    import shutil

    from queries.due import Request, ask_due
    from queries.style import Style
    from queries.writers import BINARY
    from zhengmai.store import open_store

    on = _day("--on", args.on)
    by = _day("--by", args.by) if args.by else on
    if by < on:
        raise _usage(f"--by {by} before --on {on}", "a day on or after --on", "exchange the two", "--by 不应早于 --on。")
    if args.format in BINARY and args.output is None and sys.stdout.isatty():
        raise _usage(f"--format {args.format} to a terminal", "a file", "add --output FILE", "请用 --output 指定文件。")
    request = Request(on, by, _events(args.trigger), args.document, _level(args.level), args.department, args.overdue)
    due = ask_due(request, open_store(), own=current_workspace().queries_dir)
    style = Style(language(), shutil.get_terminal_size((120, 40)).columns, args.bom)
    _write(_spelt(due, args.format, style), args.output)
    _tell(due, on, by, args.overdue)
    return 0


def _day(option: str, typed: str) -> date:
    try:
        if len(typed) != 10:
            raise ValueError(typed)
        return date.fromisoformat(typed)
    except ValueError as error:
        raise _usage(f"{option} {typed!r}", "a day as 2019-09-30", "write year-month-day", "日期应写作 2019-09-30。") from error


def _level(typed: str | None) -> str | None:
    from queries.catalogue import did_you_mean

    if typed is not None and typed not in LEVELS[:-1]:
        raise _usage(f"--level {typed!r}", " or ".join(LEVELS[:-1]), did_you_mean(typed, LEVELS[:-1]), "没有这个层级。")
    return typed


def _events(given: list[str]) -> tuple[tuple[str, When], ...]:
    from queries.due_dates import When

    found: dict[str, When] = {}
    for text in given:
        event, equals, typed = (part.strip() for part in text.rpartition("="))
        if not (event and equals and typed) or event in found:
            what = f"--trigger {event} twice" if event in found else f"--trigger {text}"
            raise _usage(
                what, "each event once, as EVENT=DATE", "write --trigger 文件公开=2019-09-27", "触发事件应写作 事件=日期，每个一次。"
            )
        if "T" in typed:
            found[event] = _moment(typed)
        else:
            found[event] = When(_day("--trigger", typed))
    return tuple(found.items())


def _moment(typed: str) -> When:
    from queries.due_dates import When

    try:
        moment = datetime.strptime(typed, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - the wall clock of the office
    except ValueError as error:
        raise _usage(
            f"--trigger {typed!r}", "a day, or a day and a time as 2019-09-27T15:30", "write it so", "时刻应写作 2019-09-27T15:30。"
        ) from error
    return When(moment.date(), moment.time())


def _spelt(due: Due, form: str, style: Style) -> bytes:
    """Return the result as bytes; JSON and tables for reading hold what has no date apart, the rest in one list."""
    import json
    from dataclasses import replace

    from queries.writers import WRITERS

    if form == "json":
        said = json.loads(WRITERS["json"](due.answer, style))
        said |= {"undated": list(due.undated), "triggers": {event: list(texts) for event, texts in due.matched.items()}}
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
    if form != "table":
        return WRITERS[form](due.whole(), style)
    used = [c for c in due.answer.columns if c.name in SHOWN and any(row[c.name] is not None for row in due.answer.rows)]
    dated = WRITERS["table"](replace(due.answer, columns=tuple(used)), style)
    return dated + ("\n" if dated and due.undated else "").encode() + "".join(_apart(due, style)).encode()


def _apart(due: Due, style: Style) -> list[str]:
    """Return the lines for limits without a date: by reason, with the words where something can be added to tell a date."""
    from ontology.labels import label

    lines = []
    for why, count in sorted(due.reasons().items(), key=lambda item: (item[0] not in NAMED, item[0])):
        lines.append(f"〔{label(f'due/{why}', style.lang)}〕{count}\n")
        rows = [row for row in due.undated if row["why"] == why]
        if why in NAMED:
            lines += [f"  {_named(row)}  {_line(row)}\n" for row in rows]
        else:
            lines += _listed(rows)
    return lines


def _listed(rows: list[Row]) -> list[str]:
    """Return a line a document: its tasks, each once."""
    documents: dict[str, dict[str, None]] = {}
    for row in rows:
        documents.setdefault(str(row["document"]), {})[str(row["task"])] = None
    return [f"  {document}: {', '.join(tasks)}\n" for document, tasks in documents.items()]


def _named(row: Row) -> str:
    return f"{row['document']}:{row['task']}"


def _line(row: Row) -> str:
    trigger = f"  ← {str(row['trigger']).replace('|', ' / ')}" if row["trigger"] else ""
    return " ".join(str(row["raw"]).split()) + trigger + (f"  （{row['starts']} →）" if row["starts"] else "")


def _tell(due: Due, on: date, by: date, overdue: bool) -> None:
    """Say what was asked, how each event was understood, and what is not shown."""
    counts, days = due.answer.counts, f"{on}" if on == by else f"{on} – {by}"
    say(
        f"{days}：到期 {counts['in-window']} 项时限；无日期 {counts['undated']} 项",
        f"{days}: {counts['in-window']} limits fall due; {counts['undated']} have no date",
    )
    for event, texts in due.matched.items():
        say(f"触发事件 {event}：{'、'.join(texts)}", f"event {event}: {', '.join(texts)}")
    if any("weekends-only" in str(row["remarks"]) for row in due.answer.rows):
        _warn_of_weekends()
    if due.unstated:
        say(f"其中 {due.unstated} 项未写明适用层级，一并列出", f"{due.unstated} limits state no level and are kept")
    if due.past and not overdue:
        say(f"此前期限已过 {due.past} 项（--overdue 列出）", f"{due.past} limits fell due before (--overdue lists them)")
    if not counts["rows"]:
        follows = due.next_date.isoformat() if due.next_date else None
        say(
            f"已检索，该时段没有到期的时限；其后最近的到期日 {follows}" if follows else "已检索，该时段没有到期的时限",
            f"searched, nothing falls due; the next date is {follows}" if follows else "searched, nothing falls due",
        )


def _warn_of_weekends() -> None:
    """Say, also when quiet, that some dates stand on no official calendar."""
    from queries.calendar_days import official_calendar

    years = official_calendar().years
    zh = (
        f"放假安排只知 {min(years)}–{max(years)} 年：注明的日期按周一至周五计，未扣法定节假日、未计调休；“按自然日的界限”在任何安排下都成立"
    )
    en = (
        f"holidays are known for {min(years)}–{max(years)} only: the dates so marked count Mondays to Fridays, without holidays or "
        "make-up days; the calendar bound holds under any notice"
    )
    print(zh if language() == "zh" else en, file=sys.stderr)


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise _usage(f"{output}: {error.strerror}", "a file that can be written", "choose another --output", "无法写入该文件。") from error


def _usage(found: str, expected: str, fix: str, zh: str) -> UsageError:
    return UsageError(where="zhengmai due", found=found, expected=expected, fix=fix, zh=zh)
