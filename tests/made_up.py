"""The codebook's made-up examples as documents: one sentence above, its rows below, between two clauses that are copied as they stand."""

from __future__ import annotations

from lineage.align import align
from lineage.records import PairResult
from loaders.extract import extract_bytes

UPPER = """国务院办公厅关于推进社区服务的指导意见
国办发〔2020〕1号

一、重点任务
（一）做好有关工作。{upper}（{note}）
（二）公布服务目录。编制社区服务事项清单并在政府网站统一公布，逐项列明办理条件和时限。（民政部牵头）
（三）开展满意度调查。委托专业机构每年开展居民满意度调查，调查结果作为评先评优依据。（民政部牵头）
"""
HEAD = "\t序号\n\t主要任务\n\t任务分类\n\t工作措施\n\t牵头单位\n\t完成时限\n"
COPIED = (
    ("公布服务目录", "编制社区服务事项清单并在政府网站统一公布，逐项列明办理条件和时限。", "市民政局"),
    ("开展满意度调查", "委托专业机构每年开展居民满意度调查，调查结果作为评先评优依据。", "市民政局"),
)


def made_up(upper: str, lower: str, lead: str = "民政部牵头 / 市民政局") -> PairResult:
    """Return what the aligner says: ``lower`` are the rows' words, parted by ``‖``; the copied rows come after them.

    Words after ``@2`` stand in the row of the second clause.
    """
    note, _, local = lead.partition(" / ")
    own = [words.strip() for words in lower.split("‖") if words.strip()]
    moved = "".join(words[2:].strip() for words in own if words.startswith("@2"))
    copied = [(group, words + moved * (at == 0), who) for at, (group, words, who) in enumerate(COPIED)]
    rows = [("做好有关工作", words, local) for words in own if not words.startswith("@2")] + copied
    cells = "".join(f"\n\t{n}\n\t重点任务\n\t{group}\n\t{words}\n\t{who}\n\t持续推进\n" for n, (group, words, who) in enumerate(rows, 1))
    table = f"某市推进社区服务任务分工表\n某市人民政府\n为贯彻落实《国务院办公厅关于推进社区服务的指导意见》，制定本表。\n{HEAD}{cells}"
    return align(extract_bytes(UPPER.format(upper=upper, note=note).encode(), "upper.txt"), extract_bytes(table.encode(), "lower.txt"))
