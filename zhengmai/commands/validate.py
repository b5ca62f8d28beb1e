"""一致性核查 · Is the graph right, and where should the sources be mended?

Shapes, checks across rows and what the readers noticed, in one list: document, row or clause, cell, words, what was expected.
  zhengmai validate                       the whole graph, to the terminal
  zhengmai validate gz-stb-openness-tasks one document (its slug), and what points into it
  zhengmai validate data.ttl              a file made elsewhere (.ttl .nt .nq .trig)
  zhengmai validate --format html         a page to read or print; its path is printed
Exit status: 0 fine; 1 something of the severity of --fail-on, or worse, was found; 2 could not run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError
from zhengmai.progress import language, step
from zhengmai.workspace import current_workspace

if TYPE_CHECKING:
    from validation.report import Report

FORMATS = ("text", "html", "md", "json", "ttl")
DATA_SUFFIXES = (".ttl", ".nt", ".nq", ".trig")
FAILS_ON = {"violation": ("violation",), "warning": ("violation", "warning")}


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("validate", help="一致性核查 · consistency report")
    parser.add_argument(
        "document", metavar="DOCUMENT", nargs="?", help="文件代号或 RDF 文件 · slug of a document, or an RDF file; else everything"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="报告格式 · default text")
    parser.add_argument("--output", metavar="FILE", type=Path, help="写入文件（html 默认为工作区的 built/report.html）· write to a file")
    parser.add_argument("--fail-on", choices=tuple(FAILS_ON), default="violation", help="何时以 1 退出 · when to exit with 1")
    return parser


def run(args: argparse.Namespace) -> int:
    """Validate, write the report, and say by the exit status whether it is fine."""
    report = _report(args.document)
    output: Path | None = args.output
    if args.format == "html" and output is None:
        output = current_workspace().built_dir / "report.html"
    write_report(report, args.format, output)
    return int(any(report.count(severity) for severity in FAILS_ON[args.fail_on]))


def write_report(report: Report, form: str, output: Path | None) -> None:
    """Write a report to a file and print its path, or to standard output when no file is named.

    :raises UsageError: when the file cannot be written.
    """
    from validation.report import WRITERS

    text = WRITERS[form](report, language())
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            where=str(output),
            found=str(error.strerror or error),
            expected="a file that can be written",
            fix="choose another --output",
            zh="无法写入该文件。",
        ) from error
    print(output)


def _report(asked: str | None) -> Report:
    from validation.graph import load_data
    from validation.report import make_report
    from validation.runner import documents, validate_store
    from zhengmai.store import open_store

    is_file = asked is not None and (asked.endswith(DATA_SUFFIXES) or Path(asked).is_file())
    snapshot = None if is_file else open_store()
    with step("核查", "validating"):
        store = load_data(Path(str(asked)) if snapshot is None else snapshot.path / "graph.nq")
        if snapshot is None:
            return make_report(validate_store(store))
        if asked is not None and asked not in documents(store):
            raise UsageError(
                where="zhengmai validate",
                found=f"no document {asked}",
                expected=", ".join(documents(store)) or "a document",
                fix="name one of these",
                zh="图谱中没有这个文件。",
            )
        return make_report(validate_store(store, document=asked), graph_version=snapshot.version)
