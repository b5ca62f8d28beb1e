"""用人工判读的答案检验比对 · How the aligner does against answers made by reading.

  zhengmai evaluate --gold ANSWERS.tsv                  两个文件由答案表的 # upper: # lower: 行，或由工作区中编号相符的文件确定
  zhengmai evaluate UPPER LOWER --gold ANSWERS.tsv
答案表为制表符分隔：row clause sentences [relation] [primary]，或 sentence covered_by；可给多个。
Precision, recall and F1 of clauses and sentences, precision of accepted links, agreement on relations, uncovered sentences, the share
right in each band of confidence, and every miss with the words of both sides. Only tasks and sentences the answers speak of are judged.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhengmai.commands import Subparsers
from zhengmai.errors import UsageError
from zhengmai.progress import language, say

if TYPE_CHECKING:
    from lineage.evaluate import Evaluation, Miss, Score
    from lineage.gold import Gold
    from loaders.records import Extraction

KINDS = {
    "missed": ("漏", "missed"),
    "wrong": ("误", "wrong"),
    "relation": ("类型不一致（机器 / 判读）", "relation (machine / readers)"),
    "coverage-missed": ("应为未见承接", "should be uncovered"),
    "coverage-wrong": ("不应为未见承接", "should be covered"),
}


def register(subparsers: Subparsers) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("evaluate", help="检验比对结果 · hold the aligner against answers made by reading")
    parser.add_argument("documents", nargs="*", type=Path, metavar="UPPER LOWER", help="上级文件和下级文件 · the two documents")
    parser.add_argument("--gold", type=Path, action="append", required=True, metavar="FILE", help="答案表，可多次 · answers, repeatable")
    parser.add_argument("--accept", type=float, metavar="P", help="确认阈值 · threshold for accepted links")
    parser.add_argument("--propose", type=float, metavar="P", help="待复核阈值 · threshold for proposed links")
    parser.add_argument("--format", choices=("table", "json"), default="table", help="输出格式 · what to print")
    return parser


def run(args: argparse.Namespace) -> int:
    from lineage.align import align
    from lineage.evaluate import as_json, evaluate
    from lineage.gold import read_gold

    golds = [read_gold(path) for path in args.gold]
    upper, lower = _documents(args.documents, golds)
    say(f"比对：{lower.source.path} → {upper.source.path}", f"aligning {lower.source.path} with {upper.source.path}")
    found = evaluate(align(upper, lower, accept=args.accept, propose=args.propose), upper, lower, golds)
    if args.format == "json":
        json.dump(as_json(found), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.write("\n".join(_lines(found)) + "\n")
    return 0


def _documents(given: Sequence[Path], golds: Sequence[Gold]) -> tuple[Extraction, Extraction]:
    """The documents named on the command line, else by the answers, else the pair of the workspace that has all their ids."""
    from loaders.extract import extract_file

    if len(given) == 2:
        return extract_file(given[0]), extract_file(given[1])
    if given:
        raise UsageError(
            where="evaluate",
            found=f"{len(given)} documents",
            expected="two (UPPER LOWER) or none",
            fix="name both, or neither",
            zh="请同时给出上级文件和下级文件，或都不给。",
        )
    named = next(((g.upper, g.lower) for g in golds if g.upper and g.lower), None)
    if named:
        return extract_file(named[0]), extract_file(named[1])
    return _from_workspace(golds)


def _from_workspace(golds: Sequence[Gold]) -> tuple[Extraction, Extraction]:
    from itertools import permutations

    from loaders.extract import extract_file
    from zhengmai.workspace import current_workspace, read_sources

    documents = [extract_file(entry.path) for entry in read_sources(current_workspace())]
    tasks = {a.task for g in golds for a in g.answers}
    own = {s for g in golds for a in g.answers for s in a.sentences} | {c.sentence for g in golds for c in g.coverage}
    fitting = [
        (upper, lower)
        for upper, lower in permutations(documents, 2)
        if own <= {p.id for p in upper.provisions} and tasks <= ({r.row for r in lower.rows} or {p.id for p in lower.provisions})
    ]
    if len(fitting) != 1:
        raise UsageError(
            where="evaluate",
            found=f"{len(fitting)} pairs of the workspace's documents that have all ids of the answers",
            expected="one pair",
            fix="name the documents: zhengmai evaluate UPPER LOWER --gold FILE",
            zh="无法由编号确定是哪两个文件，请写明：zhengmai evaluate 上级文件 下级文件 --gold 答案表。",
        )
    return fitting[0]


def _lines(found: Evaluation) -> list[str]:
    zh = language() == "zh"
    names = (
        (("条目对应", "clauses"), found.clauses),
        (("句对应", "sentences"), found.sentences),
        (("已确认的条目对应", "accepted, by clause"), found.accepted),
        (("未见承接的句", "uncovered sentences"), found.uncovered),
    )
    heads = ("", "准确率", "召回率", "F1", "相符/所得/应有") if zh else ("", "precision", "recall", "F1", "right/found/wanted")
    lines = [("依据判定：" if zh else "based on: ") + found.verdict, "\t".join(heads)]
    lines += [_score_line(name[0] if zh else name[1], score) for name, score in names if score.found or score.wanted]
    if found.relations.found:
        share = found.relations.right / found.relations.found
        lines.append(f"{'对应类型一致' if zh else 'relations agree'}\t{share:.3f}\t\t\t{found.relations.right}/{found.relations.found}")
    lines += ["", "\t".join(("匹配把握度", "对应数", "平均把握度", "相符占比") if zh else ("confidence", "links", "mean", "right"))]
    lines += [f"{low:.2f}–{high:.2f}\t{number}\t{mean:.3f}\t{right:.3f}" for low, high, number, mean, right in found.bands]
    if found.calibration_error is not None:
        lines.append(f"{'期望校准误差' if zh else 'expected calibration error'}\t{found.calibration_error:.3f}")
    return [*lines, "", *(line for miss in found.misses for line in _miss_lines(miss, zh))]


def _score_line(name: str, score: Score) -> str:
    ratios = (score.precision, score.recall, score.f1)
    return "\t".join((name, *("–" if r is None else f"{r:.3f}" for r in ratios), f"{score.right}/{score.found}/{score.wanted}"))


def _miss_lines(miss: Miss, zh: bool) -> list[str]:
    what = KINDS[miss.kind][0 if zh else 1]
    sure = "" if miss.confidence is None else f" ({miss.confidence:.2f})"
    lines = [f"{what}{sure}: {miss.task or '–'} → {miss.provision} {miss.note}".rstrip()]
    return [*lines, *(f"    {text}" for text in (_short(miss.task_text), _short(miss.provision_text)) if text)]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 90 else flat[:89] + "…"
