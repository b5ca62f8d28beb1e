"""Two time limits are compared by kind; what cannot be told is said so."""

from __future__ import annotations

import pytest

from lineage.functions import same_function, stem
from lineage.limits import compare_limits
from loaders.deadlines import read_deadline
from loaders.records import Deadline


def limit(text: str) -> Deadline:
    found = read_deadline(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("upper", "lower", "difference", "said"),
    [
        ("2018年底前", "2018年6月30日前", "earlier", "提前184天"),
        ("2018年6月底前", "2018年12月31日前", "later", "推迟184天"),
        ("2018年12月31日前", "2018年底前", "same", "2018-12-31"),
        ("30日内", "7个工作日内", "earlier", "7个工作日（7–19个自然日）"),
        ("7个工作日内", "30日内", "later", "30日"),
        ("30日内", "20个工作日内", "not-comparable", "重叠"),
        ("20个工作日内", "15个工作日内", "earlier", "上级20个工作日，本级15个工作日"),
        ("24小时内", "5小时内", "earlier", "24小时"),
        ("1个月内", "30日内", "not-comparable", "重叠"),
        ("2个月内", "30日内", "earlier", "本级较短"),
        ("次月10日内", "次月20日内", "later", "本级较长"),
        ("次月15日前", "次月10日前", "earlier", "本级较短"),
        ("每年3月31日前", "每年2月底前", "earlier", "每年03-31"),
        ("每年12月底前", "每季度", "higher", "更密"),
        ("每月", "每季度", "lower", "更疏"),
        ("2018年底前", "10个工作日内", "not-comparable", "种类不同"),
        ("2018年底前", "按上级要求", "not-comparable", "未写明期限"),
        ("受理之日起20日内", "作出决定之日起10日内", "not-comparable", "起算不同"),
        ("作出行政许可决定之日起20日内", "作出许可决定之日起10日内", "earlier", "本级较短"),
    ],
)
def test_limits_are_compared_by_kind(upper: str, lower: str, difference: str, said: str) -> None:
    found = compare_limits(limit(upper), limit(lower))
    assert found.difference == difference
    assert said in found.reason[0]
    assert found.reason[1]


@pytest.mark.parametrize(
    ("upper", "lower", "same"),
    [
        ("政策法规司", "政策法规处", True),
        ("办公厅", "办公室", True),
        ("征管和科技发展司", "征管部门", True),
        ("稽查局", "稽查局", True),
        ("教育中心", "教育处", True),
        ("省民政厅", "市民政局", True),
        ("民政部", "广州市天河区民政局", True),
        ("政策法规司", "纳税服务处", False),
        ("采购中心", "财务管理处", False),
        ("某某一司", "另外二处", None),
    ],
)
def test_functions_are_compared_by_the_list_and_by_equal_names(upper: str, lower: str, same: bool | None) -> None:
    assert same_function(upper, lower).same is same


def test_counterparts_people_confirmed_come_first() -> None:
    assert same_function("某某一司", "另外二处", frozenset({frozenset(("某某一司", "另外二处"))})).how == "counterpart"


def test_a_market_is_no_city() -> None:
    assert stem("市场监督管理局") == "市场监督管理"
    assert stem("市市场监督管理局") == "市场监督管理"


def test_starts_are_compared_with_starts() -> None:
    found = compare_limits(limit("2024年9月起持续开展"), limit("2025年1月起持续开展"))
    assert (found.difference, "推迟" in found.reason[0]) == ("later", True)
    assert compare_limits(limit("2024年9月起持续开展"), limit("方案印发后启动，持续开展")).difference == "not-comparable"
