"""复核对应关系 · Review the links: what waits, tables to fill in and take back, random samples, and how right it is.

  zhengmai review status                                      how far the review is, what is disputed or must be looked at again
  zhengmai review export --format xlsx --output review.xlsx   every link and gap to fill in, and every decision so far
  zhengmai review import review.xlsx --reviewer 张三           take the decisions in; a bad row is named and costs no other
  zhengmai review sample --n 200 --by relation,confidence,document --seed 1 --output sample.xlsx
  zhengmai review report --seed 1                             precision, estimated recall, agreement, every disagreement
Decisions are kept in curated/reviews.sssom.tsv of the workspace and hold over every build (docs/review.md).
Exit status 1: rows were refused (import), or rows of the decisions file cannot be read (status).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError

ACTIONS = ("status", "export", "import", "sample", "report")
FORMATS = {
    "status": ("text", "json"),
    "export": ("tsv", "xlsx"),
    "import": ("text", "json"),
    "sample": ("tsv", "xlsx"),
    "report": ("text", "json"),
}
STRATA = ("relation", "confidence", "document")
SHOW = ("open", "disputed", "reopened", "decided", "all")


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("review", help="复核对应关系 · review the links")
    parser.add_argument("action", choices=ACTIONS, help="做什么 · what to do")
    parser.add_argument("file", metavar="FILE", nargs="?", type=Path, help="import：填好的表 · the table that was filled in")
    parser.add_argument("--format", choices=("text", "json", "tsv", "xlsx"), help="格式；默认随动作和文件名 · else by action and file name")
    parser.add_argument("--output", metavar="FILE", type=Path, help="写入文件 · write to a file; else standard output")
    parser.add_argument("--pair", metavar=("LOWER", "UPPER"), nargs=2, help="只看一对文件（下位、上位代号） · one pair of documents")
    parser.add_argument("--reviewer", metavar="NAME", default="", help="复核人姓名或 ORCID · a name or an ORCID")
    parser.add_argument("--date", metavar="DATE", default="", help="import：复核日期，默认今天 · the day of review; else today")
    parser.add_argument("--show", choices=SHOW, default="all", help="export：列出哪些 · which items; default all")
    parser.add_argument("--kind", choices=("link", "gap", "no-basis", "pair", "all"), default="all", help="export：判断事项 · kind of item")
    blind = "export、sample：盲审，不显示分数、机器判定和他人意见 · hide what the machine and others said"
    parser.add_argument("--blind", action="store_true", help=blind)
    parser.add_argument("--adjudicate", action="store_true", help="import：作为裁定 · as adjudications between reviewers who differ")
    parser.add_argument("--dry-run", action="store_true", help="import：只看不存 · only show what would be taken in")
    parser.add_argument("--n", metavar="N", type=int, default=200, help="sample：抽多少 · how many; default 200")
    parser.add_argument("--by", metavar="FIELDS", default=",".join(STRATA), help="sample：分层依据 · strata, joined by commas")
    parser.add_argument("--seed", metavar="N", type=int, help="sample、report：随机种子 · seed of the draw, of the intervals")
    return parser


def run(args: argparse.Namespace) -> int:
    """Do one of the actions."""
    from zhengmai.commands import _review

    args.format = args.format or _default_format(args)
    if args.format not in FORMATS[args.action]:
        choices = " or ".join(FORMATS[args.action])
        raise _usage(f"--format {args.format}", choices, "choose one of these", "该动作没有这种格式。", args.action)
    if (args.action == "import") != (args.file is not None):
        found = str(args.file) if args.file else "no FILE"
        raise _usage(found, "a FILE for import and for nothing else", "zhengmai review import FILE", "请给出要导入的文件。", args.action)
    if args.action == "sample" and args.seed is None:
        again = "a number, so that the same sample can be drawn again"
        raise _usage("no --seed", again, "add --seed 1", "请用 --seed 指定随机种子。", "sample")
    if args.n < 1:
        raise _usage(f"--n {args.n}", "a number from 1", "add --n 200", "--n 应为正整数。", args.action)
    return _review.ACTIONS[args.action](args)


def _default_format(args: argparse.Namespace) -> str:
    if args.output and args.output.suffix == ".xlsx":
        return "xlsx"
    return FORMATS[args.action][0]


def _usage(found: str, expected: str, fix: str, zh: str, action: str) -> UsageError:
    return UsageError(where=f"zhengmai review {action}", found=found, expected=expected, fix=fix, zh=zh)
