"""Where Guangzhou's tasks depart from the national sentences: limits and leads, read by hand from both documents."""

from __future__ import annotations

from functools import cache
from io import StringIO

import pytest
from seeds import GUANGZHOU, NATIONAL, seed

from lineage.align import align
from lineage.records import Divergence, PairResult
from lineage.sssom import write_sssom
from lineage.to_json import pair_json


@cache
def pair() -> PairResult:
    return align(seed(NATIONAL), seed(GUANGZHOU))


def of(aspect: str, *differences: str) -> list[Divergence]:
    return [d for d in pair().divergences if d.aspect == aspect and (not differences or d.difference in differences)]


def test_limits_the_upper_text_does_not_have() -> None:
    assert [(d.task, d.sentence, d.lower[0].quote) for d in of("deadline", "new")] == [
        ("9", "3.1.s1", "20个工作日"),
        ("9-u1", "3.1.s2", "20个工作日"),
        ("11", "3.2.s1", "20个工作日"),
        ("31", "6.1.s2", "20个工作日"),
        ("45", "8.1.s3", "文件公开后5个工作日"),
    ]
    assert {d.direction for d in of("deadline", "new")} == {"tighter"}


def test_limits_taken_over_are_the_same_though_the_column_writes_them_otherwise() -> None:
    assert [(d.task, d.upper[0].quote, d.lower[0].quote) for d in of("deadline", "same")] == [
        ("5", "作出行政许可决定之日起7个工作日内", "作出行政许可决定之日起7个工作日内"),
        ("10", "自作出之日起30日内", "30日"),
        ("24", "案件复议诉讼期间届满或经复议诉讼最终确定效力后次月10日内", "案件复议诉讼期间届满或经复议诉讼最终确定效力后次月10日"),
        ("34", "每年3月31日前", "每年3月31日"),
        ("41", "2018年底前", "2018年底前各级税务机关完成本级主动公开目录体系修订"),
        ("60", "5个小时内", "在5个小时内发布权威信息"),
        ("60", "24小时内", "在24小时内举行新闻发布会"),
        ("85", "2018年底前", "2018年底前"),
    ]


def test_a_limit_that_binds_the_national_body_is_not_held_against_a_city() -> None:
    assert [d for d in of("deadline") if "2017年底前" in {q.quote for q in d.upper}] == []


def test_leads_with_another_function() -> None:
    assert [(d.task, d.provision, d.parts["upper"], d.parts["lower"]) for d in of("lead", "mismatch")] == [
        ("5", "2.2", ["政策法规司"], ["纳税服务处"]),
        ("26", "5.1", ["纳税服务司"], ["政策法规处"]),
        ("28", "5.2", ["纳税服务司"], ["办公室"]),
        ("35", "6.3", ["办公厅", "采购中心"], ["收入规划核算处"]),
        ("38", "6.3", ["办公厅", "采购中心"], ["财务管理处"]),
    ]


@pytest.mark.parametrize(
    ("task", "provision", "code"),
    [
        ("1", "2.1", "match"),
        ("6", "2.3", "lower-generic"),
        ("16", "3.3", "shared"),
        ("27", "5.2", "match"),
        ("27", "4.2", "shared"),
        ("37", "6.2", "match"),
        ("41", "7.3", "upper-open"),
        ("44", "8.1", "upper-open"),
    ],
)
def test_leads_follow_the_sentence_link(task: str, provision: str, code: str) -> None:
    """Row 37 stands in the group of 6.3 (led by 办公厅、采购中心) and takes up a sentence of 6.2 (led by 财务管理司)."""
    assert [d.difference for d in of("lead") if (d.task, d.provision) == (task, provision)] == [code]


def test_quotes_stand_where_they_say_and_reasons_speak_both_languages() -> None:
    upper, lower = seed(NATIONAL).text, seed(GUANGZHOU).text
    for found in pair().divergences:
        assert all(upper[q.start : q.end] == q.quote for q in found.upper)
        assert all(lower[q.start : q.end] == q.quote for q in found.lower)
        assert all(found.reason) and (found.upper or found.lower)


def test_json_marks_the_skipped_level_and_the_status_of_the_link() -> None:
    record = pair_json(pair())["divergences"][0]
    assert record["skips_level"] is True
    assert record["status"] in ("accepted", "proposed")
    assert set(record) == {
        "task", "provision", "sentence", "aspect", "difference", "direction", "upper", "lower", "reason", "rule", "parts", "status",
        "confidence", "skips_level",
    }  # fmt: skip


def test_what_is_asked_of_another_level_and_taken_on() -> None:
    assert [(d.task, d.sentence, d.upper[0].quote) for d in of("addressee")] == [
        ("16", "3.3.s4", "税务总局"),
        ("20", "4.2.s1", "省以上税务机关"),
    ]


def test_words_that_bind_less() -> None:
    assert [(d.task, [q.quote for q in d.upper], [q.quote for q in d.lower]) for d in of("duty-word", "weaker", "stronger")] == [
        ("13", ["建立健全"], ["根据上级要求"]),
        ("37", [], ["按照税务总局要求"]),
        ("64", [], ["按照税务总局、省国税局要求"]),
        ("82", ["应"], []),
    ]
    assert {d.direction for d in of("duty-word")} == {"looser", "neutral"}


def test_binding_words_that_stayed_are_kept_with_their_places_and_tiers() -> None:
    kept = {d.task: d for d in of("duty-word", "same")}
    words = [(w["quote"], w["tier"], w["rank"]) for w in kept["10"].parts["upper"]["words"]]
    assert words == [("应当", "should", 3)]
    assert kept["10"].parts["upper"]["rank"] == kept["10"].parts["lower"]["rank"] == 3


def test_the_dropped_exception_and_what_rows_add_of_their_own() -> None:
    assert [(d.task, d.direction) for d in of("exception")] == [("5", "tighter")]
    assert ("42", "把握好公开的力度和节奏") in {(d.task, d.upper[0].quote) for d in of("duty", "gone")}


def test_a_class_of_bodies_named_by_the_one_that_speaks_is_a_local_name() -> None:
    names = {(c.upper.quote, c.lower.quote) for link in pair().links for c in link.changes if c.local_name}
    assert {("税务部门", "市国税局"), ("市县税务机关", "市国税局系统各单位"), ("各级税务机关", "市国税局系统各单位")} <= names
    assert all("省" not in upper for upper, _ in names)


def test_a_pair_over_a_level_that_is_not_held_says_so_in_json_and_sssom() -> None:
    note = pair_json(pair())["based_on"]["note"]
    assert note["zh"] == "中间层级文件未收录，差异不能直接归因于本级"
    out = StringIO()
    write_sssom(pair(), seed(NATIONAL), seed(GUANGZHOU), out)
    comment = next(line for line in out.getvalue().splitlines() if line.startswith("#comment:"))
    assert "越级对照" in comment and "1 省国税局; 9 省国税局; 20 省国税局; 37 省国税局; 41 省国税局; 64 省国税局" in comment
