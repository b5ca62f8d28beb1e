"""比对上下级两份文件，给出承接对应及两侧原文 · align two documents: links with the quoted words of both; nothing is stored.

  zhengmai align UPPER LOWER
  zhengmai align UPPER LOWER --accept 0.99 --propose 0.7
先判定下级文件是否以上级文件为依据：否，则不建立对应；不明，则不自动确认。把握度的来历见 docs/calibration.md。
First it is decided whether the lower document is based on the upper one: if not, no link is made; if unclear, none is accepted.
"""

from __future__ import annotations

import argparse
import json
import sys
from io import StringIO
from pathlib import Path

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError
from zhengmai.progress import language, say

VERDICTS = {
    "no": ("不以上级文件为依据，未建立对应", "not based on the upper one, no links are made"),
    "unclear": ("是否以上级文件为依据不明，未自动确认任何对应", "it is unclear whether it is based on the upper one, nothing is accepted"),
}


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("align", help="比对上下级两份文件 · align an upper and a lower document")
    parser.add_argument("upper", type=Path, help="上级文件 · the upper document")
    parser.add_argument("lower", type=Path, help="下级文件 · the lower document")
    parser.add_argument("--accept", type=_share, metavar="P", help="达到此把握度即由规则确认 · accept links this sure (0.97)")
    parser.add_argument("--propose", type=_share, metavar="P", help="达到此把握度即列为待复核 · propose links this sure (0.5)")
    parser.add_argument("--format", choices=("json", "sssom", "xlsx"), default="json", help="输出格式 · what to print")
    parser.add_argument("--output", type=Path, metavar="FILE", help="写入文件（xlsx 必填） · write to a file (xlsx needs one)")
    return parser


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text}：应为 0 到 1 之间的数 · expected a number from 0 to 1")
    return value


def run(args: argparse.Namespace) -> int:
    from lineage.align import align
    from lineage.coverage import coverage_json
    from lineage.pair_workbook import pair_workbook
    from lineage.sssom import write_sssom
    from lineage.to_json import pair_json
    from loaders.extract import extract_file

    if args.format == "xlsx" and args.output is None:
        raise UsageError(
            where="align --format xlsx",
            found="no --output",
            expected="a file to write the workbook to",
            fix="add --output FILE.xlsx",
            zh="请用 --output 指定文件。",
        )
    upper, lower = extract_file(args.upper), extract_file(args.lower)
    result = align(upper, lower, accept=args.accept, propose=args.propose)
    if result.basis.verdict != "yes":
        zh, en = VERDICTS[result.basis.verdict]
        reasons = result.basis.reasons
        say(f"下级文件{zh}：" + "".join(r[0] for r in reasons), f"The lower document: {en}. " + " ".join(r[1] for r in reasons))
    if args.format == "json":
        said = json.dumps({**pair_json(result), "coverage": coverage_json(result, upper)}, ensure_ascii=False, indent=1) + "\n"
    elif args.format == "sssom":
        text = StringIO()
        write_sssom(result, upper, lower, text)
        said = text.getvalue()
    else:
        args.output.write_bytes(pair_workbook(result, upper, lower, language()))
        return 0
    if args.output:
        args.output.write_text(said, encoding="utf-8")
    else:
        sys.stdout.write(said)
    return 0
