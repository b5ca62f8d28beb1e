"""一致性核查 · Is the graph right, and where should the sources be mended?

Shapes, checks across rows and what the readers noticed, in one list: document, row or clause, cell, words, what was expected.
  zhengmai validate                       the whole graph, to the terminal
  zhengmai validate gz-stb-openness-tasks one document (its slug), and what points into it
  zhengmai validate data.ttl              a file made elsewhere (.ttl .nt .nq .trig), against our shapes
  zhengmai validate data.ttl --shapes my.ttl   against your own shapes
  zhengmai validate --format html         a page to read or print; its path is printed
  zhengmai validate --since last.json --fail-on new   only what is new since an earlier JSON report counts
What somebody accepted stands in curated/waivers.csv (key, reason, who, date, expires) and does not count.
Exit status: 0 fine; 1 something of the severity of --fail-on, or worse, was found; 2 could not run.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError
from zhengmai.progress import language, step
from zhengmai.workspace import current_workspace

if TYPE_CHECKING:
    from pyoxigraph import Store

    from validation.report import Report

FORMATS = ("text", "html", "md", "json", "ttl", "xlsx", "sarif")
IN_A_FILE = {"html": "report.html", "xlsx": "report.xlsx"}
DATA_SUFFIXES = (".ttl", ".nt", ".nq", ".trig")
FAILS_ON = {"violation": ("violation",), "warning": ("violation", "warning")}


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("validate", help="一致性核查 · consistency report")
    parser.add_argument(
        "document", metavar="DOCUMENT", nargs="?", help="文件代号或 RDF 文件 · slug of a document, or an RDF file; else everything"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="报告格式 · default text")
    parser.add_argument("--output", metavar="FILE", type=Path, help="写入文件（html、xlsx 默认在工作区的 built/ 下）· write to a file")
    parser.add_argument("--fail-on", choices=(*FAILS_ON, "new"), default="violation", help="何时以 1 退出 · when to exit with 1")
    parser.add_argument("--since", metavar="REPORT", type=Path, help="与此前的 JSON 报告比较 · compare with an earlier JSON report")
    parser.add_argument("--shapes", metavar="FILE", type=Path, help="改用自己的 SHACL 形状 · your own shapes instead of ours")
    parser.add_argument("--timeout", metavar="SECONDS", type=float, default=300.0, help="--shapes 的时限 · limit for --shapes, default 300")
    parser.add_argument("--at", metavar="TIME", default="", help="写入报告的时间 · time to write into the report, as 2026-11-22T10:00:00Z")
    return parser


def run(args: argparse.Namespace) -> int:
    """Validate, write the report, and say by the exit status whether it is fine."""
    if args.fail_on == "new" and args.since is None:
        raise UsageError(
            where="zhengmai validate --fail-on new",
            found="no --since",
            expected="an earlier JSON report to compare with",
            fix="add --since REPORT.json",
            zh="--fail-on new 需要 --since 指明此前的 JSON 报告。",
        )
    output: Path | None = args.output
    if output is not None:
        from zhengmai.output import refuse_unwritable

        refuse_unwritable(output)  # before minutes of work, not after
    report = _compared(_report(args), args)
    if args.format in IN_A_FILE and output is None:
        output = current_workspace().built_dir / IN_A_FILE[args.format]
    write_report(report, args.format, output)
    if args.fail_on == "new":
        return int(any(finding.trend == "new" for finding in report.findings))
    return int(any(report.count(severity) for severity in FAILS_ON[args.fail_on]))


def write_report(report: Report, form: str, output: Path | None) -> None:
    """Write a report to a file and print its path, or to standard output when no file is named.

    :raises UsageError: when the file cannot be written.
    """
    from validation.writers import WRITERS
    from zhengmai.output import write_file

    written = WRITERS[form](report, language())
    data = written if isinstance(written, bytes) else written.encode("utf-8")
    write_file(output, lambda out: out.write(data))
    if output is not None:
        print(output)


def _compared(report: Report, args: argparse.Namespace) -> Report:
    """Return the report with waivers and the comparison with an earlier one."""
    from datetime import UTC, datetime

    from validation.trend import apply_waivers, compare, read_last, read_waivers

    today = args.at[:10] or datetime.now(UTC).date().isoformat()
    findings = apply_waivers(report.findings, read_waivers(current_workspace().curated_dir / "waivers.csv"), today)
    trend = None
    if args.since is not None:
        since, last = read_last(args.since)
        findings, trend = compare(findings, since, last)
    return replace(report, findings=findings, trend=trend)


def _report(args: argparse.Namespace) -> Report:
    from validation.graph import load_data
    from validation.one_document import validate_document
    from validation.report import make_report
    from validation.runner import all_rules, documents, validate_store
    from zhengmai.commands._sources import source_documents
    from zhengmai.store import open_store

    asked: str | None = args.document
    is_file = asked is not None and (asked.endswith(DATA_SUFFIXES) or Path(asked).is_file())
    snapshot = None if is_file else open_store()
    with step("核查", "validating"):
        if snapshot is None:
            store = load_data(Path(str(asked)))
            if args.shapes is not None:
                return _foreign(store, Path(str(asked)), args)
            found = validate_store(store)
            _tell_of_strangers(store, str(asked))
            return make_report(found, rules=all_rules(found, store), made_at=args.at)
        graph = snapshot.path / "graph.nq"
        if args.shapes is not None and asked is None:
            return replace(_foreign(load_data(graph, trusted=True), graph, args), graph_version=snapshot.version)
        if asked is not None and asked not in documents(snapshot.store):
            raise UsageError(
                where="zhengmai validate",
                found=f"no document {asked}",
                expected=", ".join(documents(snapshot.store)) or "a document",
                fix="name one of these",
                zh="图谱中没有这个文件。",
            )
        alone = None if asked is None else validate_document(snapshot.store, asked)
        store = alone[1] if alone else load_data(graph, trusted=True)
        found = alone[0] if alone else validate_store(store, document=asked)
        sources = source_documents(current_workspace(), None if asked is None else {f.document for f in found})
        rules = all_rules(found, store)
        return make_report(found, graph_version=snapshot.version, rules=rules, sources=sources, made_at=args.at)


def _foreign(store: Store, data: Path, args: argparse.Namespace) -> Report:
    from validation.foreign import validate_foreign
    from validation.report import make_report

    found, rules = validate_foreign(store, data, args.shapes, timeout_s=args.timeout)
    return make_report(found, rules=rules, made_at=args.at)


def _tell_of_strangers(store: Store, path: str) -> None:
    """A file without one thing of our classes conforms to our shapes, and says nothing.

    :raises BadShapes: when it has none.
    """
    from validation.runner import has_our_classes
    from zhengmai.errors import BadShapes

    if not has_our_classes(store):
        raise BadShapes(
            where=path,
            found="nothing of our classes (zm:Task, zm:Provision, zm:PolicyDocument …)",
            expected="data in the zhengmai vocabulary, or --shapes with shapes of your own",
            fix="check the namespace, or add --shapes FILE",
            zh="文件中没有本词汇表的任何一类，无从核查；可用 --shapes 指定自己的形状。",
        )
