"""Time limits and frequencies inside running text: all of them, and nothing that is only a name or a number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from loaders.deadlines import DeadlineContext, find_deadlines, find_frequencies

MEASURES_2017 = Path(__file__).parents[1] / "graph_data" / "sources" / "001_4337434bb97ab811.txt"

# Read by hand from the whole text, in its order.
LIMITS_2017 = [
    ("到2020年", "end-of-period", "2020-12-31"),
    ("作出行政许可决定之日起7个工作日内", "relative-duration", None),
    ("自作出之日起30日内", "relative-duration", None),
    ("案件复议诉讼期间届满或经复议诉讼最终确定效力后次月10日内", "relative-calendar", None),
    ("每年3月31日前", "recurring-annual", None),
    ("2017年底前", "end-of-period", "2017-12-31"),
    ("2017年底前", "end-of-period", "2017-12-31"),
    ("2018年底前", "end-of-period", "2018-12-31"),
    ("5个小时内", "duration-without-trigger", None),
    ("24小时内", "duration-without-trigger", None),
    ("2018年底前", "end-of-period", "2018-12-31"),
]
FREQUENCIES_2017 = [
    ("定期", "", None, None),
    ("每年", "P1Y", None, None),
    ("每年", "P1Y", None, None),
    ("定期", "", None, None),
    ("每季度至少召开1次", "P3M", 1, None),
    ("每年至少参加1次", "P1Y", 1, None),
    ("每年至少参加2次", "P1Y", 2, None),
    ("每年对自己制定的重要政策进行解读不少于1次", "P1Y", 1, None),
    ("定期", "", None, None),
    ("每年至少听取一次", "P1Y", 1, None),
    ("每年至少对20%以上", "P1Y", None, "20%"),
]


def measures_2017() -> str:
    return re.sub("@+", "", MEASURES_2017.read_text(encoding="utf-8"))


def test_all_time_limits_of_the_2017_measures_and_no_others() -> None:
    found = find_deadlines(measures_2017())
    assert [(one.deadline.raw, one.deadline.kind, one.deadline.date) for one in found] == LIMITS_2017


def test_all_frequencies_of_the_2017_measures_and_no_others() -> None:
    found = find_frequencies(measures_2017())
    assert [(one.raw, one.every, one.at_least, one.share) for one in found] == FREQUENCIES_2017


FOUND = [
    ("到2025年，基本建成；到2035年全面实现。", ["到2025年", "到2035年"]),
    ("各地要于2024年6月底前将方案报送省厅，12月底前报送总结。", ["2024年6月底前", "12月底前"]),
    ("自收到申请之日起5个工作日内作出决定；情况复杂的，可以延长10个工作日。", ["自收到申请之日起5个工作日内"]),
    ("申请人应当在收到通知书后15日内提交材料。", ["收到通知书后15日内"]),
    ("案件办结后，3个工作日内归档。", ["案件办结后，3个工作日内"]),
    ("在20个工作日内在本机关网站公开", ["20个工作日内"]),
    ("3日内部署到位", ["3日内"]),
    ("行政机关应当自行政许可决定作出之日起七日内公告", ["自行政许可决定作出之日起七日内"]),
    ("每季度首月10日前报送上季度情况，每月5日前报送动态", ["每季度首月10日前", "每月5日前"]),
    ("2024年第三季度前完成，年底前总结", ["2024年第三季度前", "年底前"]),
    ("“十四五”期间，建成100个中心。", ["“十四五”期间"]),
    ("并于制定或修改相关标准后1个月内报上一级税务机关备案", ["制定或修改相关标准后1个月内"]),
    ("确保2020年7月底前，各级税务机关的法制审核人员", ["2020年7月底前"]),
    ("对2018年6月底前未办结的积案，2021年6月底前办结", ["2021年6月底前"]),
]
NOT_FOUND = [
    "2016年度计划、2017年部门预算已公开。",
    "根据《关于2019年底前工作的通知》（国办发〔2019〕12号，2019年3月5日印发）要求",
    "12366热线提供24小时服务和24小时自助办税。",
    "近年来，2015年以来，过去5年内，近三年内",
    "每年根据新要求明确年度工作重点，每年至少一次",
    "自2024年1月1日起施行，有效期5年。",
    "五年内不得从事相关工作，3年内未发生事故，前3个月内连续亏损",
    "截至2016年底，全国共有120万户。",
    "2021年1月5日前已经受理的",
    "各区要对2000年底前建成、失养失修的住宅小区进行摸底调查",
    "推行“30分钟内办税圈”，10人以内，20公里以内",
    "2017年4月27日",
    "“十四五”时期经济社会发展主要目标",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_time_limits_in_a_sentence(text: str, expected: list[str]) -> None:
    assert [one.deadline.raw for one in find_deadlines(text)] == expected


@pytest.mark.parametrize("text", NOT_FOUND)
def test_names_numbers_and_the_past_are_no_time_limits(text: str) -> None:
    assert find_deadlines(text) == ()


def test_a_later_limit_of_a_sentence_takes_the_year_of_the_one_before() -> None:
    first, second = find_deadlines("2024年6月底前报送方案，12月底前报送总结。")
    assert (first.deadline.date, second.deadline.date) == ("2024-06-30", "2024-12-31")
    assert ("year-from-same-cell", 0.95) in [(item.rule, item.confidence) for item in second.deadline.inferred]


def test_a_year_reached_before_the_document_was_written_is_history() -> None:
    text = "到2015年，网点实现全覆盖；到2020年，水平明显提升。"
    assert [one.deadline.raw for one in find_deadlines(text, DeadlineContext(written_on="2017-04-27"))] == ["到2020年"]


def test_a_trigger_does_not_reach_into_the_cell_before() -> None:
    (found,) = find_deadlines("办公室\t作出决定之日起7日内")
    assert found.deadline.triggers == ("作出决定之日",)


FREQUENCIES = [
    ("每年开展1—2次培训", [("每年开展1—2次", "P1Y", 1, None)]),
    ("每两年一次", [("每两年一次", "P2Y", 1, None)]),
    ("按季度通报", [("按季度", "P3M", None, None)]),
    ("每年抽查比例不低于5%", [("每年抽查比例不低于5%", "P1Y", None, "5%")]),
    ("每年至少举办2期培训班，每季度1次督查", [("每年至少举办2期", "P1Y", 2, None), ("每季度1次", "P3M", 1, None)]),
    ("每年第一次会议", [("每年", "P1Y", None, None)]),
    ("不定期抽查，每次会议，法定期限", []),
    ("定期定额户税款核定初步结果公示", []),
    ("每年3月31日前发布，每月10日前报送", []),
]


@pytest.mark.parametrize(("text", "expected"), FREQUENCIES)
def test_how_often(text: str, expected: list[tuple[str, str, int | None, str | None]]) -> None:
    assert [(one.raw, one.every, one.at_least, one.share) for one in find_frequencies(text)] == expected
