"""The actions of ``zhengmai review``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from lineage.review import desk
from lineage.review.pairs import read_pairs
from lineage.review.records import KINDS
from zhengmai.commands._review_report import report_json, report_text
from zhengmai.commands._review_status import status_json, status_text, taken_json, taken_text
from zhengmai.errors import BadStore, UsageError
from zhengmai.output import write_file
from zhengmai.progress import language, say
from zhengmai.workspace import Workspace, current_workspace

if TYPE_CHECKING:
    from lineage.review.sheet import Tables


def status(args: argparse.Namespace) -> int:
    """Print how far the review is; 1 when rows of the decisions file cannot be read."""
    workspace, pair = _workspace(args)
    done = {kind: desk.progress(workspace, pair=pair, kinds=(kind,)) for kind in KINDS}
    again = desk.list_queue(workspace, pair=pair, show="reopened", kinds=KINDS, order="document")
    disputed = desk.list_queue(workspace, pair=pair, show="disputed", kinds=KINDS, order="document")
    shown = status_json(done, disputed, again) if args.format == "json" else status_text(done, disputed, again, language())
    _print(args, shown)
    return 1 if done["link"].faults else 0


def export(args: argparse.Namespace) -> int:
    """Write the items to fill in and the records so far."""
    from lineage.review.sheet import make_tables

    workspace, pair = _workspace(args)
    kinds = KINDS if args.kind == "all" else (args.kind,)
    if args.blind and not args.reviewer:
        raise UsageError(
            where="zhengmai review export --blind", found="no --reviewer", expected="whose table it is", fix="add --reviewer NAME",
            zh="盲审表须用 --reviewer 指明给谁。",
        )  # fmt: skip
    tables = make_tables(workspace, reviewer=args.reviewer, pair=pair, show=args.show, kinds=kinds, blind=args.blind)
    _write(args, tables)
    say(
        f"{len(tables.items)} 项待填，{len(tables.records)} 条已有记录。",
        f"{len(tables.items)} items to fill in, {len(tables.records)} records.",
    )
    return 0


def take_in(args: argparse.Namespace) -> int:
    """Take a filled-in table into the workspace; 1 when rows were refused."""
    from lineage.review.intake import import_table

    workspace, _ = _workspace(args)
    today = datetime.now().astimezone().date().isoformat()
    taken = import_table(
        workspace, args.file, reviewer=args.reviewer, on=args.date or today, adjudicate=args.adjudicate, dry_run=args.dry_run
    )
    _print(args, taken_json(taken) if args.format == "json" else taken_text(taken, language(), dry_run=args.dry_run))
    if taken.records and not args.dry_run:
        say("图谱将在下次 zhengmai build 时采用。", "The graph takes them up at the next zhengmai build.")
    return 1 if taken.refused else 0


def sample(args: argparse.Namespace) -> int:
    """Draw a random sample of links and of what was not linked, as a table to fill in."""
    from lineage.review.sample import draw_sample
    from lineage.review.sheet import make_tables

    workspace, pair = _workspace(args)
    by = [field.strip() for field in args.by.split(",") if field.strip()]
    drawn = draw_sample(workspace, n=args.n, by=by, seed=args.seed, pair=pair)
    tables = make_tables(
        workspace, reviewer=args.reviewer, pair=pair, blind=args.blind, samples={item: str(stratum) for item, stratum in drawn.items()}
    )
    _write(args, tables)
    links = sum(stratum.kind == "link" for stratum in drawn.values())
    short_zh, short_en = (f"（不足 {args.n}，已全部列入）", f" (fewer than {args.n}: all of them)") if len(drawn) < args.n else ("", "")
    say(
        f"抽取 {len(drawn)} 项{short_zh}：已有对应 {links}，未作对应 {len(drawn) - links}；种子 {args.seed}。",
        f"{len(drawn)} drawn{short_en}: {links} links, {len(drawn) - links} non-links; seed {args.seed}.",
    )
    return 0


def report(args: argparse.Namespace) -> int:
    """Print precision, estimated recall, agreement and every disagreement."""
    from lineage.review.report import make_report

    workspace, pair = _workspace(args)
    made = make_report(workspace, seed=args.seed or 0, pair=pair)
    _print(args, report_json(made) if args.format == "json" else report_text(made, language()))
    return 0


def _workspace(args: argparse.Namespace) -> tuple[Workspace, tuple[str, str] | None]:
    """Return the workspace and the pair asked for, after making sure there is something to review."""
    workspace = current_workspace()
    pairs = [(p.lower, p.upper) for p in read_pairs(workspace)]
    if not pairs:
        raise BadStore(
            where=str(workspace.built_dir),
            found="no pair of documents to review",
            expected="an upper and a lower document, built",
            fix="type: zhengmai build (and zhengmai add FILE… before it, where a level is missing)",
            zh="还没有可复核的上下级文件，请先运行 zhengmai build。",
        )
    asked = tuple(args.pair) if args.pair else None
    if asked is not None and asked not in pairs:
        shown = ", ".join(f"{lower} {upper}" for lower, upper in pairs)
        zh = f"没有这一对文件；现有：{shown}。"
        raise UsageError(where="--pair", found=" ".join(asked), expected=shown, fix="name the lower document first", zh=zh)
    return workspace, (asked[0], asked[1]) if asked else None


def _write(args: argparse.Namespace, tables: Tables) -> None:
    if args.format == "xlsx":
        from lineage.review.workbook import to_xlsx

        if args.output is None:
            raise UsageError(
                where="--format xlsx", found="no --output", expected="a file", fix="add --output FILE.xlsx", zh="请用 --output 指定文件。"
            )
        data = to_xlsx(tables, language())
    else:
        from lineage.review.sheet import to_tsv

        data = to_tsv(tables).encode()
    _put(args, data)


def _print(args: argparse.Namespace, shown: object) -> None:
    text = shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False, indent=1) + "\n"
    _put(args, text.encode())


def _put(args: argparse.Namespace, data: bytes) -> None:
    def write(out: BinaryIO) -> None:
        out.write(data)

    write_file(args.output, write)


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "status": status,
    "export": export,
    "import": take_in,
    "sample": sample,
    "report": report,
}
