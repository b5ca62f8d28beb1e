"""Deadline phrases of other cities and other policies: kind and date, written down from reading."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.deadlines import DeadlineContext, deadline_json, find_deadlines, read_deadline
from loaders.records import Deadline

WRITTEN = DeadlineContext(written_on="2024-03-15")


def read(text: str, context: DeadlineContext = WRITTEN) -> Deadline:
    deadline = read_deadline(text, context)
    assert deadline is not None
    return deadline


DATED = [
    ("2025年底前", "end-of-period", "2025-12-31"),
    ("2025年12月底前", "end-of-period", "2025-12-31"),
    ("2025年12月底", "end-of-period", "2025-12-31"),
    ("12月底前", "end-of-period", "2024-12-31"),
    ("6月底", "end-of-period", "2024-06-30"),
    ("2024年2月底前", "end-of-period", "2024-02-29"),
    ("2024年6月", "end-of-period", "2024-06-30"),
    ("2024年6月份", "end-of-period", "2024-06-30"),
    ("2024年上半年", "end-of-period", "2024-06-30"),
    ("2025上半年", "end-of-period", "2025-06-30"),
    ("2024年一季度", "end-of-period", "2024-03-31"),
    ("2024年第一季度", "end-of-period", "2024-03-31"),
    ("2024年第三季度前", "end-of-period", "2024-09-30"),
    ("2024年前三季度", "end-of-period", "2024-09-30"),
    ("2024年Q3", "end-of-period", "2024-09-30"),
    ("四季度末", "end-of-period", "2024-12-31"),
    ("季度末", "end-of-period", "2024-03-31"),
    ("全年", "end-of-period", "2024-12-31"),
    ("2024年全年", "end-of-period", "2024-12-31"),
    ("“十四五”期间", "end-of-period", "2025-12-31"),
    ("“十四五”末", "end-of-period", "2025-12-31"),
    ("十五五期间", "end-of-period", "2030-12-31"),
    ("到2030年", "end-of-period", "2030-12-31"),
    ("到2025年底", "end-of-period", "2025-12-31"),
    ("2024-12-31", "fixed-date", "2024-12-31"),
    ("2024-12-31 00:00:00", "fixed-date", "2024-12-31"),
    ("2024.12.31", "fixed-date", "2024-12-31"),
    ("2024/6/30", "fixed-date", "2024-06-30"),
    ("20241231", "fixed-date", "2024-12-31"),
    ("2024.6", "end-of-period", "2024-06-30"),
    ("2024.6月底前", "end-of-period", "2024-06-30"),
    ("6.30前", "fixed-date", "2024-06-30"),
    ("二〇二四年六月底前", "end-of-period", "2024-06-30"),
    ("二○二四年六月三十日", "fixed-date", "2024-06-30"),
    ("十二月三十一日前", "fixed-date", "2024-12-31"),
    ("今年年底前", "end-of-period", "2024-12-31"),
    ("年底前", "end-of-period", "2024-12-31"),
    ("本月底", "end-of-period", "2024-03-31"),
    ("月底前", "end-of-period", "2024-03-31"),
    ("明年6月底前", "end-of-period", "2025-06-30"),
    ("2024年内", "end-of-period", "2024-12-31"),
    ("年内", "end-of-period", "2024-12-31"),
    ("年度内", "end-of-period", "2024-12-31"),
    ("24年6月底前", "end-of-period", "2024-06-30"),
    ("2024年6月中旬", "end-of-period", "2024-06-20"),
    ("２０２４年６月底前", "end-of-period", "2024-06-30"),
    ("2024 年 6 月 底 前", "end-of-period", "2024-06-30"),
    ("2024年\n12月底前", "end-of-period", "2024-12-31"),
    ("2024年6月30日（周五）前", "fixed-date", "2024-06-30"),
    ("2024年6月30日下午5点前", "fixed-date", "2024-06-30"),
    ("2024年6月30日24时前提交", "fixed-date", "2024-06-30"),
    ("不迟于2024年6月30日", "fixed-date", "2024-06-30"),
    ("截至2024年底", "end-of-period", "2024-12-31"),
    ("2024年度", "end-of-period", "2024-12-31"),
    ("2024", "end-of-period", "2024-12-31"),
    ("完成时限：2024年6月底前", "end-of-period", "2024-06-30"),
    ("2024年6月底前完成2023年度决算", "end-of-period", "2024-06-30"),
    ("按照省统一部署，2024年底前完成", "end-of-period", "2024-12-31"),
    ("各县（市、区）2024年9月底前完成", "end-of-period", "2024-09-30"),
    ("2024年6月底前完成，并长期坚持", "milestone-then-ongoing", "2024-06-30"),
    ("2024年6月底前\n长期坚持", "milestone-then-ongoing", "2024-06-30"),
    ("2024年12月底前完成并持续推进", "milestone-then-ongoing", "2024-12-31"),
    ("2024年12月底前，持续推进", "milestone-then-ongoing", "2024-12-31"),
    ("2024年9月底前（10月起常态化）", "milestone-then-ongoing", "2024-09-30"),
    ("2024年12月（长期）", "milestone-then-ongoing", "2024-12-31"),
    ("2024年12月底前阶段性完成、长期坚持", "milestone-then-ongoing", "2024-12-31"),
    ("2022年9月底前完成；并长期坚持", "milestone-then-ongoing", "2022-09-30"),
    ("2024年10月31日前完成，11月转入常态化", "milestone-then-ongoing", "2024-10-31"),
    ("2019年6月31日前", "fixed-date", None),
]


@pytest.mark.parametrize(("text", "kind", "date"), DATED)
def test_dates_and_periods(text: str, kind: str, date: str | None) -> None:
    deadline = read(text)
    assert (deadline.kind, deadline.date) == (kind, date)
    assert deadline.raw == text


RANGES = [
    ("2023—2025年", "end-of-period", "2023", "2025-12-31"),
    ("2024-2026", "end-of-period", "2024", "2026-12-31"),
    ("2024年3月—12月", "end-of-period", "2024-03", "2024-12-31"),
    ("2024年3月至5月", "end-of-period", "2024-03", "2024-05-31"),
    ("3—5月", "end-of-period", "2024-03", "2024-05-31"),
    ("2024年1月-2025年12月", "end-of-period", "2024-01", "2025-12-31"),
    ("2024年10月至次年3月", "end-of-period", "2024-10", "2025-03-31"),
    ("2024.5-2024.12", "end-of-period", "2024-05", "2024-12-31"),
    ("2024年3月15日至4月30日", "fixed-date", "2024-03-15", "2024-04-30"),
    ("2024年3月15-20日", "fixed-date", "2024-03-15", "2024-03-20"),
    ("即日起至2024年12月31日", "fixed-date", "2024-03-15", "2024-12-31"),
]


@pytest.mark.parametrize(("text", "kind", "start", "date"), RANGES)
def test_ranges_have_a_start_and_a_last_day(text: str, kind: str, start: str, date: str) -> None:
    deadline = read(text)
    assert (deadline.kind, deadline.start, deadline.date) == (kind, start, date)


RECURRING = [
    ("每季度", {"every": "P3M"}),
    ("每季度末", {"every": "P3M", "month": 3}),
    ("每季度首月10日前", {"every": "P3M", "month": 1, "day": 10}),
    ("每季度第一个月的10日前", {"every": "P3M", "month": 1, "day": 10}),
    ("每月", {"every": "P1M"}),
    ("每月5日前", {"every": "P1M", "day": 5}),
    ("按月推进", {"every": "P1M"}),
    ("每周一", {"every": "P1W"}),
    ("每周一次", {"every": "P1W"}),
    ("每半年", {"every": "P6M"}),
    ("半年一次", {"every": "P6M"}),
    ("每两年", {"every": "P2Y"}),
    ("每年", {"every": "P1Y"}),
    ("每年至少一次", {"every": "P1Y"}),
    ("每年底", {"every": "P1Y", "month": 12, "day": 31}),
    ("每年12月底前", {"every": "P1Y", "month": 12, "day": 31}),
    ("每年一季度前", {"every": "P1Y", "month": 3, "day": 31}),
    ("2024年每月", {"every": "P1M"}),
    ("每月前5个工作日内", {"every": "P1M"}),
    ("每年报告一次", {"every": "P1Y"}),
]


@pytest.mark.parametrize(("text", "recurs"), RECURRING)
def test_what_comes_again(text: str, recurs: dict[str, Any]) -> None:
    found = deadline_json(read(text))
    assert found["kind"] == ("recurring-annual" if recurs["every"] == "P1Y" else "recurring")
    assert found["recurs"] == recurs


def test_a_list_shares_year_and_boundary() -> None:
    first, second = read("每年6月、12月底前").parts
    assert [(part.kind, part.recurs and part.recurs.month, part.boundary) for part in (first, second)] == [
        ("recurring-annual", 6, "notLaterThan"),
        ("recurring-annual", 12, "notLaterThan"),
    ]
    assert [part.date for part in read("2024年3月、6月、12月底前").parts] == ["2024-03-31", "2024-06-30", "2024-12-31"]


DURATIONS = [
    ("会后30日内", "relative-duration", {"duration": "P30D"}, ("会后",)),
    ("印发后1个月内", "relative-duration", {"duration": "P1M"}, ("印发",)),
    ("收到通知后3个工作日内", "relative-duration", {"duration": "P3D", "working_days": True}, ("收到通知",)),
    ("收到通知3个工作日内", "relative-duration", {"duration": "P3D", "working_days": True}, ("收到通知",)),
    ("发现问题15日内", "relative-duration", {"duration": "P15D"}, ("发现问题",)),
    ("政策文件印发3个工作日内", "relative-duration", {"duration": "P3D", "working_days": True}, ("政策文件印发",)),
    ("信息形成或者变更之日起20个工作日内", "relative-duration", {"duration": "P20D", "working_days": True}, ("信息形成之日", "变更之日")),
    ("信息形成（变更）之日起20个工作日内", "relative-duration", {"duration": "P20D", "working_days": True}, ("信息形成（变更）之日",)),
    ("季度终了后15日内", "relative-duration", {"duration": "P15D"}, ("季度终了",)),
    ("收到之日起十日内", "relative-duration", {"duration": "P10D"}, ("收到之日",)),
    ("会议召开5个工作日前", "relative-duration", {"duration": "P5D", "working_days": True}, ("会议召开前",)),
    ("半年内", "duration-without-trigger", {"duration": "P6M"}, ()),
    ("三年", "duration-without-trigger", {"duration": "P3Y"}, ()),
    ("24小时内", "duration-without-trigger", {"duration": "PT24H"}, ()),
    ("不超过20个工作日", "duration-without-trigger", {"duration": "P20D", "working_days": True}, ()),
    ("次月10日前", "relative-calendar", {"duration": "P1M", "day": 10}, ()),
]


@pytest.mark.parametrize(("text", "kind", "offset", "triggers"), DURATIONS)
def test_durations_and_their_triggers(text: str, kind: str, offset: dict[str, Any], triggers: tuple[str, ...]) -> None:
    deadline = read(text)
    assert (deadline.kind, deadline_json(deadline)["offset"], deadline.triggers) == (kind, offset, triggers)


WORDS = [
    *((text, "ongoing") for text in ("长期", "长期坚持", "长期推进", "常态化", "常态化推进")),
    *((text, "ongoing") for text in ("持续推进", "持续实施", "贯穿全程", "分阶段推进", "全年持续推进")),
    *((text, "discretionary") for text in ("立即", "立行立改", "即知即改", "近期", "适时", "视情况", "根据工作进展情况", "及时公开")),
    *((text, "by-reference") for text in ("按时间节点完成", "根据上级部署", "按国家统一部署", "与省同步")),
    *((text, "by-reference") for text in ("以上级通知为准", "法定期限内", "按期完成", "按照《条例》要求及时公开")),
    *((text, "by-reference") for text in ("施工期间", "公示期内", "汛期", "重大节假日期间", "午秋两季")),
    ("短期内", "discretionary"),
    *((text, "not-a-deadline") for text in ("办公室", "无", "—", "待定", "12366", "国办发〔2016〕80号", "2016年度计划", "24小时自助办税")),
    *((text, "not-a-deadline") for text in ("《2024年工作要点》", "近三年", "及时更新税务网站办税指南", "建立健全网站管理制度", "45657")),
    ("自发布之日起施行", "event-start-then-ongoing"),
    ("2024年1月1日起", "start-then-ongoing"),
    ("2024年9月启动，长期推进", "start-then-ongoing"),
    ("立行立改，长期坚持", "composite"),
]


@pytest.mark.parametrize(("text", "kind"), WORDS)
def test_phrases_without_a_date(text: str, kind: str) -> None:
    assert read(text).kind == kind


COMPOSITE = [
    ("2024年底前取得阶段性成效，2025年底前全面完成", [("2024-12-31", "取得阶段性成效"), ("2025-12-31", "全面完成")]),
    ("2024年6月底前完成X，12月底前完成Y", [("2024-06-30", "完成X"), ("2024-12-31", "完成Y")]),
    ("1.2024年6月底前；2.长期", [("2024-06-30", None), (None, None)]),
    ("1. 长期 2. 2024年6月底前", [(None, None), ("2024-06-30", None)]),
    ("①2024年6月底前完成；②2024年12月底前完成", [("2024-06-30", None), ("2024-12-31", None)]),
    ("第一批2024年6月底前，第二批2024年12月底前", [("2024-06-30", "第一批"), ("2024-12-31", "第二批")]),
]


@pytest.mark.parametrize(("text", "parts"), COMPOSITE)
def test_several_time_limits_in_a_cell(text: str, parts: list[tuple[str | None, str | None]]) -> None:
    deadline = read(text, DeadlineContext())
    assert deadline.kind == "composite"
    assert [(part.date, part.outcome) for part in deadline.parts] == parts


def test_levels_stand_with_their_part() -> None:
    deadline = read("省级2024年6月底前，市级2024年9月底前，县级2024年10月底前，乡镇（街道）2024年12月底前")
    assert [(part.level, part.date) for part in deadline.parts] == [
        ("provincial", "2024-06-30"),
        ("city", "2024-09-30"),
        ("county", "2024-10-31"),
        ("township", "2024-12-31"),
    ]


YEARS = [
    ("12月底前", "2024-03-15", "2024-12-31", 0.9),
    ("1月底前", "2024-11-02", "2025-01-31", 0.7),
    ("3月底前", "2024-04-20", "2024-03-31", 0.5),
    ("明年6月底前", "2024-02-10", "2025-06-30", 0.95),
]


@pytest.mark.parametrize(("text", "written_on", "date", "sure"), YEARS)
def test_the_year_comes_from_the_document(text: str, written_on: str, date: str, sure: float) -> None:
    deadline = read(text, DeadlineContext(written_on=written_on))
    assert deadline.date == date
    assert deadline_json(deadline)["inferred"][-1] == {"field": "date", "rule": "year-from-document", "confidence": sure}


def test_without_a_year_anywhere_there_is_no_date() -> None:
    assert deadline_json(read("7月31日前", DeadlineContext())) == {
        "raw": "7月31日前",
        "kind": "fixed-date",
        "precision": "day",
        "boundary": "notLaterThan",
    }


def test_before_a_whole_year_is_less_sure_than_before_its_end() -> None:
    assert [item.confidence for item in read("2020年前").inferred] == [0.7]
    assert [item.confidence for item in read("2020年底前").inferred] == [1.0]


def test_half_a_working_day_is_no_half_month() -> None:
    assert deadline_json(read("半个工作日内"))["offset"] == {"duration": "P0.5D", "working_days": True}
    assert deadline_json(read("1个半工作日内"))["offset"] == {"duration": "P1.5D", "working_days": True}
    assert deadline_json(read("半个月内"))["offset"] == {"duration": "P15D"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("居民和小微企业办电不超过10个工作日。", ["不超过10个工作日"]),
        ("办理时限由20个工作日压减至7个工作日。", ["7个工作日"]),
        ("一般事项5个工作日办结，重大事项控制在15个工作日。", ["5个工作日", "15个工作日"]),
        ("自受理之日起不超过15日作出决定。", ["自受理之日起不超过15日"]),
        ("每周开放时间不少于5个工作日。", []),
        ("累计工作20个工作日的，发给补贴。", []),
        ("停车不超过30分钟免费。", []),
    ],
)
def test_working_days_to_finish_in_are_limits_without_within(text: str, said: list[str]) -> None:
    assert [text[f.start : f.end] for f in find_deadlines(text)] == said
