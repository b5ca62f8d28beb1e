"""Lists that lost an item, shares said as fractions, and binding words made softer, in sentences that were otherwise put anew."""

from __future__ import annotations

import pytest

from lineage.align import align
from lineage.quantities import asks, find_quantities
from lineage.records import Divergence
from loaders.extract import extract_bytes

UPPER = (
    "国务院办公厅关于加强社区康复服务的意见\n\n2023年1月5日\n\n一、主要任务\n\n"
    "（一）推广技术。大力开展培训，推动中医康复技术进社区、进家庭、进机构。\n\n"
    "（二）动员群众。通过入户走访、问卷调查等方式征求居民意见，居民同意改造的比例达到三分之二以上方可列入改造计划。\n\n"
    "（三）协同实施。水、电、气、热等专业经营单位要主动衔接改造计划，同步实施管线迁改，避免反复开挖。\n"
)
LOWER = (
    "某市社区康复服务任务分工表\n2023年6月1日\n\n| 序号 | 主要任务 | 责任单位 | 完成时限 |\n|---|---|---|---|\n"
    "| 1 | 推动中医康复技术进社区、进家庭、进机构，举办讲座100场。 | 市卫生健康委 | 2023年12月底 |\n"
    "| 2 | 采取入户走访、问卷调查等方式征求居民意见，同意率未达三分之二的不列入改造计划。 | 市住建局 | 持续推进 |\n"
    "| 3 | 水、电、气、热等专业经营单位要主动衔接改造计划，同步实施管线迁改，避免反复开挖，施工现场设专人值守。 | 市住建局 | 持续推进 |\n"
)


def _compared(old: str = "", new: str = "") -> list[Divergence]:
    upper, lower = (extract_bytes(text.encode(), "t.md") for text in (UPPER, LOWER.replace(old, new, 1) if old else LOWER))
    return [d for d in align(upper, lower).divergences if d.direction == "looser" and d.difference != "gone"]


def test_what_agrees_is_not_looser() -> None:
    assert [d for d in _compared() if d.rule in ("list-items", "quantity-by-unit", "duty-word-lexicon")] == []


@pytest.mark.parametrize(
    ("old", "new", "task", "rule", "said"),
    [
        ("进社区、进家庭、进机构", "进社区、进机构", "1", "list-items", "少“进家庭”"),
        ("三分之二", "二分之一", "2", "quantity-by-unit", "上级“三分之二”，本级“二分之一”，降低"),
        ("要主动衔接", "可视情衔接", "3", "duty-word-lexicon", "视情"),
    ],
)
def test_less_is_told(old: str, new: str, task: str, rule: str, said: str) -> None:
    assert [(d.task, d.rule) for d in _compared(old, new) if said in d.reason[0]] == [(task, rule)]


@pytest.mark.parametrize(
    "new", ["进社区、进机构、进家庭", "进家庭，并进社区、进机构", "进社区、进机构等"], ids=["another order", "said elsewhere", "and others"]
)
def test_a_list_that_lost_nothing_is_not_told(new: str) -> None:
    assert [d for d in _compared("进社区、进家庭、进机构", new) if d.rule == "list-items"] == []


def test_fractions_are_shares() -> None:
    upper, lower = find_quantities("同意的达到三分之二以上"), find_quantities("同意率不低于50%")
    assert [(q.value, q.kind, q.bound) for q in (*upper, *lower)] == [(66.67, "比例", "floor"), (50.0, "比例", "floor")]
    assert asks(upper[0], lower[0]) == ("lower", "looser")
    assert find_quantities("三分之四") == () and find_quantities("百分之二十") == ()


def test_a_city_that_writes_to_districts_is_no_county() -> None:
    from loaders.actors.levels import level_of

    text = (
        "临江市人民政府办公室关于做好改造工作的意见\n\n{}人民政府，市政府各部门：\n\n一、总体要求\n\n（一）做好改造工作。\n\n"
        "临江市人民政府办公室\n2021年4月28日\n"
    )
    assert [level_of(extract_bytes(text.format(whom).encode(), "t.txt")) for whom in ("各区", "各乡镇")] == ["city", "county"]
