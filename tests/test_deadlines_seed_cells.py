"""Every distinct deadline string of the two task tables, read as their readers did (design §6)."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.deadlines import DeadlineContext, deadline_json, read_deadline

END_OF_YEAR = [{"field": "date", "rule": "end-of-year", "confidence": 1.0}]
YEAR_2019 = [{"field": "date", "rule": "year-from-neighbours", "confidence": 0.8}]
NEAR_2019 = DeadlineContext(neighbour_years=(2019, 2019, 2019, 2022))
NOT_LATER = "notLaterThan"


def told(text: str, context: DeadlineContext = DeadlineContext()) -> dict[str, Any]:  # noqa: B008
    deadline = read_deadline(text, context)
    assert deadline is not None
    found = deadline_json(deadline)
    assert found.pop("raw") == text.strip()
    return found


def day(date: str, **more: Any) -> dict[str, Any]:
    return {"kind": "fixed-date", "date": date, "precision": "day", "boundary": NOT_LATER, **more}


def milestone(date: str, outcome: str) -> dict[str, Any]:
    return {**day(date, outcome=outcome, then_ongoing=True), "kind": "milestone-then-ongoing"}


GUANGZHOU: list[tuple[str, str, dict[str, Any]]] = [
    ("持续开展", "", {"kind": "ongoing"}),
    ("持续开展 ", "", {"kind": "ongoing"}),
    ("持续开展\n ", "", {"kind": "ongoing"}),
    (
        "作出行政许可决定之日起7个工作日内",
        "各级税务机关在作出行政许可决定之日起7个工作日内完成公示。",
        {
            "kind": "relative-duration",
            "offset": {"duration": "P7D", "working_days": True},
            "triggers": ["作出行政许可决定之日"],
            "boundary": NOT_LATER,
        },
    ),
    (
        "20个工作日",
        "在市国税局网站链接国家税务总局、省国税局税收政策法规库，主动公开市国税局履职相关规范性文件。",
        {"kind": "duration-without-trigger", "offset": {"duration": "P20D", "working_days": True}},
    ),
    (
        "30日",
        "做好税收个案批复类文件公开，税收个案批复应当自作出之日起30日内，由批复机关的办公室在本税务机关网站上公布。",
        {
            "kind": "duration-without-trigger",
            "offset": {"duration": "P30D"},
            "triggers": ["作出之日"],
            "boundary": NOT_LATER,
            "inferred": [
                {"field": "triggers", "rule": "trigger-from-measure", "confidence": 0.95},
                {"field": "boundary", "rule": "boundary-from-measure", "confidence": 0.95},
            ],
        },
    ),
    (
        "案件复议诉讼期间届满或经复议诉讼最终确定效力后次月10日",
        "作出税务处理、行政处罚决定的税务机关，在案件复议诉讼期间届满或经复议诉讼最终确定效力后次月10日内，在门户网站完成公布。",
        {
            "kind": "relative-calendar",
            "offset": {"duration": "P1M", "day": 10},
            "triggers": ["案件复议诉讼期间届满", "经复议诉讼最终确定效力"],
            "boundary": NOT_LATER,
            "inferred": [{"field": "boundary", "rule": "boundary-from-measure", "confidence": 0.95}],
        },
    ),
    (
        "每年3月31日",
        "每年3月31日前在税务网站上发布政府信息公开年度报告。",
        {
            "kind": "recurring-annual",
            "recurs": {"every": "P1Y", "month": 3, "day": 31},
            "boundary": NOT_LATER,
            "inferred": [{"field": "boundary", "rule": "boundary-from-measure", "confidence": 0.95}],
        },
    ),
    ("按照税务总局、省国税局要求", "", {"kind": "by-reference", "reference": "税务总局、省国税局要求"}),
    ("按相关规定要求", "", {"kind": "by-reference", "reference": "相关规定要求"}),
    (
        "2018年底前各级税务机关完成本级主动公开目录体系修订",
        "2018年底前按照税务总局、省国税局发布的目录体系，全面完成本级主动公开目录体系修订工作，并动态更新，不断提升水平。",
        {
            "kind": "end-of-period",
            "date": "2018-12-31",
            "precision": "year",
            "boundary": NOT_LATER,
            "level": "all",
            "outcome": "完成本级主动公开目录体系修订",
            "then_ongoing": True,
            "inferred": [*END_OF_YEAR, {"field": "then_ongoing", "rule": "ongoing-from-measure", "confidence": 0.8}],
        },
    ),
    (
        "文件公开后5个工作日",
        "税务部门制定的规范性文件，文件牵头起草单位负责做好解读工作。",
        {
            "kind": "relative-duration",
            "offset": {"duration": "P5D", "working_days": True},
            "triggers": ["文件公开"],
            "boundary": NOT_LATER,
            "inferred": [{"field": "boundary", "rule": "boundary-implied", "confidence": 0.9}],
        },
    ),
    (
        "2018年底前",
        "分级分层组织实施政务公开教育培训，2018年底前对市国税局系统政务公开工作人员轮训一遍。",
        {"kind": "end-of-period", "date": "2018-12-31", "precision": "year", "boundary": NOT_LATER, "inferred": END_OF_YEAR},
    ),
]


@pytest.mark.parametrize(("text", "measure", "expected"), GUANGZHOU)
def test_every_deadline_of_the_guangzhou_table(text: str, measure: str, expected: dict[str, Any]) -> None:
    assert told(text, DeadlineContext(measure=measure)) == expected


def test_two_hour_limits_take_their_circumstance_from_the_measure() -> None:
    measure = "涉及特别重大和重大突发事件的涉税舆情，要快速反应，最迟要在5个小时内发布权威信息，在24小时内举行新闻发布会。"
    found = told("在5个小时内发布权威信息，在24小时内举行新闻发布会", DeadlineContext(measure=measure))
    shared = {
        "kind": "duration-without-trigger",
        "triggers": ["涉及特别重大和重大突发事件的涉税舆情"],
        "boundary": NOT_LATER,
        "inferred": [{"field": "triggers", "rule": "trigger-from-measure", "confidence": 0.6}],
    }
    assert found == {
        "kind": "composite",
        "parts": [
            {"raw": "在5个小时内发布权威信息", "offset": {"duration": "PT5H"}, "outcome": "发布权威信息", **shared},
            {"raw": "在24小时内举行新闻发布会", "offset": {"duration": "PT24H"}, "outcome": "举行新闻发布会", **shared},
        ],
    }


def annual(raw: str, level: str, month: int, of_month: int) -> dict[str, Any]:
    recurs = {"every": "P1Y", "month": month, "day": of_month}
    return {"raw": raw, "kind": "recurring-annual", "recurs": recurs, "boundary": NOT_LATER, "level": level}


def referring(raw: str, reference: str, ongoing: str) -> dict[str, Any]:
    parts = [{"raw": raw, "kind": "by-reference", "reference": reference}, {"raw": ongoing, "kind": "ongoing"}]
    return {"kind": "composite", "parts": parts}


HECHI: list[tuple[str, dict[str, Any]]] = [
    ("2019年9月30日前完成第一次公示，并持续开展", milestone("2019-09-30", "完成第一次公示")),
    ("2019年9月30日前完成，并持续开展", milestone("2019-09-30", "完成")),
    ("2019年9月30日前", day("2019-09-30")),
    ("2022年12月31日前", day("2022-12-31")),
    ("按“双公示”制度持续开展", referring("按“双公示”制度", "双公示制度", "持续开展")),
    ("按“双随机一公开”要求，并持续开展", referring("按“双随机一公开”要求", "双随机一公开要求", "并持续开展")),
    ("按欠税公告要求公示，并持续开展", referring("按欠税公告要求公示", "欠税公告要求", "并持续开展")),
    ("2019年5月30日前完成第一次公示，并持续开展", milestone("2019-05-30", "完成第一次公示")),
    ("按总局要求执行", {"kind": "by-reference", "reference": "总局要求"}),
    (
        "市局每年1月31日前，县（区）局每年1月15日前",
        {"kind": "composite", "parts": [annual("市局每年1月31日前", "city", 1, 31), annual("县（区）局每年1月15日前", "county", 1, 15)]},
    ),
    ("2019年12月31日前完成音像记录设备配备", day("2019-12-31", outcome="完成音像记录设备配备")),
    ("2020年9月30日前建成税务约谈（询问）室", day("2020-09-30", outcome="建成税务约谈（询问）室")),
    ("2019年9月开始执行，并持续开展", {"kind": "start-then-ongoing", "start": "2019-09", "precision": "month", "then_ongoing": True}),
    ("2019年12月31日前完成", day("2019-12-31")),
    ("2020年7月31日前", day("2020-07-31")),
    (
        "制定或修改相关标准后1个月内",
        {
            "kind": "relative-duration",
            "offset": {"duration": "P1M"},
            "triggers": ["制定相关标准", "修改相关标准"],
            "boundary": NOT_LATER,
        },
    ),
    ("7月31日前", day("2019-07-31", inferred=YEAR_2019)),
    ("2019年6月30日前", day("2019-06-30")),
    ("2019年6月30前", day("2019-06-30", inferred=[{"field": "date", "rule": "missing-day-character", "confidence": 0.99}])),
    ("2019年6月30日前完成。", day("2019-06-30")),
    (
        "市局6月30日前完成；县（区）局7月31日前完成。",
        {
            "kind": "composite",
            "parts": [
                day("2019-06-30", raw="市局6月30日前完成", level="city", inferred=YEAR_2019),
                day("2019-07-31", raw="县（区）局7月31日前完成", level="county", inferred=YEAR_2019),
            ],
        },
    ),
    (
        "税务总局实施方案印发后启动宣传工作，并持续开展",
        {
            "kind": "event-start-then-ongoing",
            "triggers": ["税务总局实施方案印发"],
            "outcome": "启动宣传工作",
            "then_ongoing": True,
        },
    ),
    ("根据督查计划组织实施", {"kind": "by-reference", "reference": "督查计划"}),
    ("根据相关绩效考核指标考核时点组织实施", {"kind": "by-reference", "reference": "绩效考核指标考核时点"}),
    ("根据推行工作需要", {"kind": "discretionary"}),
]


@pytest.mark.parametrize(("text", "expected"), HECHI)
def test_every_deadline_of_the_hechi_table(text: str, expected: dict[str, Any]) -> None:
    assert told(text, NEAR_2019) == expected


def test_a_blank_cell_has_no_deadline() -> None:
    assert read_deadline("") is None
    assert read_deadline(" \n\u3000\u200b") is None


def test_a_measure_that_says_the_same_adds_nothing() -> None:
    assert told("2020年7月31日前", DeadlineContext(measure="确保2020年7月底前，各级税务机关的法制审核人员")) == day("2020-07-31")
