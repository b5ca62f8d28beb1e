"""Counterparts that people confirmed go before the list of functions, in every build and after review."""

from __future__ import annotations

from pathlib import Path

from lineage.align import align
from lineage.functions import confirmed
from loaders.extract import extract_bytes

UPPER = "某省推进基层治理实施意见\n\n一、建设\n（一）完善村务公开。村务公开栏每月更新一次，重大事项随时向村民公布。（省甲乙办牵头）\n"
LOWER = (
    "某市推进基层治理任务分工表\n\t序号\n\t工作任务\n\t具体举措\n\t牵头单位\n\t责任单位\n\t完成时限\n"
    "\n\t1\n\t基层治理\n\t村务公开栏每月更新一次，重大事项随时向村民公布。\n\t市丙丁处\n\t市财政局\n\t持续推进\n"
)
HEAD = "subject_label\tpredicate_id\tpredicate_modifier\tobject_label\treviewer_id\n"


def leads(table: Path) -> list[str]:
    upper, lower = (extract_bytes(text.encode(), "made-up.txt") for text in (UPPER, LOWER))
    return [d.difference for d in align(upper, lower, counterparts=confirmed(table)).divergences if d.aspect == "lead"]


def test_a_confirmed_counterpart_is_a_match_and_an_unreviewed_or_denied_one_is_not(tmp_path: Path) -> None:
    table = tmp_path / "counterparts.sssom.tsv"
    assert leads(table) == ["unclear"]
    table.write_text(f"#x\n{HEAD}某市/市丙丁处\tzm:counterpartOf\t\t某省/省甲乙办\torcid:1\n", encoding="utf-8")
    assert leads(table) == ["match"]
    table.write_text(f"{HEAD}某市/市丙丁处\tzm:counterpartOf\t\t某省/省甲乙办\t\n", encoding="utf-8")
    assert leads(table) == ["unclear"]
    table.write_text(f"{HEAD}某市/市丙丁处\tzm:counterpartOf\tNot\t某省/省甲乙办\torcid:1\n", encoding="utf-8")
    assert leads(table) == ["unclear"]
