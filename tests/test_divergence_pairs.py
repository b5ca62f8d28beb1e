"""Tighter, looser, replaced, unclear: on an opinion and tables made up for it, each with one change."""

from __future__ import annotations

import pytest

from lineage.align import align
from lineage.records import Divergence, PairResult
from loaders.extract import extract_bytes

UPPER = """某省推进基层治理实施意见

一、加强村级建设
（一）完善村务公开。各村应当在2025年底前建成村务公开栏并对外开放。村级财务收支情况每半年接受村民监督委员会审核一次。（省民政厅、省财政厅牵头）
（二）规范网格管理。每个网格配备不少于2名专职网格员，建立日常巡查台账。除涉及个人隐私的外，巡查结果及时向全体村民公布并接受监督。（省委政法委牵头，省公安厅配合）
二、提升服务能力
（一）办理群众诉求。群众反映的问题自受理之日起20个工作日内办结答复。省民政厅统一开发诉求办理平台并做好运行维护工作。（省信访局负责）
（二）培育社会组织。鼓励各地培育发展养老、助残、救助类社会组织。严禁以任何名义向社会组织摊派费用。（省民政厅牵头）
"""
HEAD = "\t序号\n\t工作任务\n\t具体举措\n\t牵头单位\n\t责任单位\n\t完成时限\n"
BASE = (
    "各村应当在2025年底前建成村务公开栏并对外开放。",
    "村级财务收支情况每半年接受村民监督委员会审核一次。",
    "每个网格配备不少于2名专职网格员，建立日常巡查台账。",
    "除涉及个人隐私的外，巡查结果及时向全体村民公布并接受监督。",
    "群众反映的问题自受理之日起20个工作日内办结答复。",
    "鼓励各地培育发展养老、助残、救助类社会组织。",
    "严禁以任何名义向社会组织摊派费用。",
)


def pair(measure: str, at: int, *, deadline: str = "持续推进", lead: str = "市民政局") -> PairResult:
    """The city's table copies the province's opinion but for row ``at + 1``."""
    rows = [*BASE[:at], measure, *BASE[at + 1 :]]
    cells = "".join(
        f"\n\t{n}\n\t基层治理\n\t{m}\n\t{lead if n == at + 1 else '市民政局'}\n\t市财政局\n\t{deadline if n == at + 1 else '持续推进'}\n"
        for n, m in enumerate(rows, 1)
    )
    upper = extract_bytes(UPPER.encode(), "upper.txt")
    return align(upper, extract_bytes(f"某市推进基层治理任务分工表\n{HEAD}{cells}".encode(), "lower.txt"))


def of(result: PairResult, task: int, *aspects: str) -> list[Divergence]:
    return [d for d in result.divergences if d.task == str(task) and (d.aspect in aspects if aspects else d.direction != "neutral")]


def test_a_table_that_copies_diverges_nowhere_but_in_its_leads() -> None:
    result = pair(BASE[0], 0)
    assert {link.relation for link in result.links} == {"verbatim"}
    assert {d.aspect for d in result.divergences if d.direction != "neutral"} <= {"lead"}


@pytest.mark.parametrize(
    ("at", "measure", "aspect", "difference", "direction"),
    [
        (0, "各村必须在2025年底前建成村务公开栏并对外开放。", "duty-word", "stronger", "tighter"),
        (0, "各村可以在2025年底前建成村务公开栏并对外开放。", "duty-word", "weaker", "looser"),
        (0, "各村原则上应当在2025年底前建成村务公开栏并对外开放。", "duty-word", "weaker", "looser"),
        (5, "各地必须培育发展养老、助残、救助类社会组织。", "duty-word", "stronger", "tighter"),
        (6, "不提倡以任何名义向社会组织摊派费用。", "duty-word", "weaker", "looser"),
        (0, "各村应当在2024年6月底前建成村务公开栏并对外开放。", "deadline", "earlier", "tighter"),
        (0, "各村应当在2026年底前建成村务公开栏并对外开放。", "deadline", "later", "looser"),
        (0, "各村应当建成村务公开栏并对外开放。", "deadline", "gone", "looser"),
        (2, "2025年6月底前每个网格配备不少于2名专职网格员，建立日常巡查台账。", "deadline", "new", "tighter"),
        (4, "群众反映的问题自受理之日起10个工作日内办结答复。", "deadline", "earlier", "tighter"),
        (4, "群众反映的问题自受理之日起60日内办结答复。", "deadline", "later", "looser"),
        (4, "群众反映的问题自受理之日起30日内办结答复。", "deadline", "not-comparable", "unclear"),
        (2, "每个网格配备不少于3名专职网格员，建立日常巡查台账。", "quantity", "higher", "tighter"),
        (2, "每个网格配备不少于1名专职网格员，建立日常巡查台账。", "quantity", "lower", "looser"),
        (3, "巡查结果及时向全体村民公布并接受监督。", "exception", "exception-dropped", "tighter"),
        (6, "除法律法规另有规定的外，严禁以任何名义向社会组织摊派费用。", "exception", "exception-added", "looser"),
        (2, "每个网格配备不少于2名专职网格员，建立日常巡查台账，并向村民公开联系方式。", "duty", "new", "tighter"),
        (2, "每个网格配备不少于2名专职网格员。", "duty", "gone", "looser"),
        (2, "每个网格配备不少于2名专职网格员，建立日常巡查台账。组织开展网格员年度技能比武。", "duty", "new", "tighter"),
        (6, "严禁以任何名义向民办学校摊派费用。", "wording", "replaced", "replaced"),
        (1, "村级财务收支情况每季度接受村民监督委员会审核一次。", "frequency", "higher", "tighter"),
        (1, "村级财务收支情况每年接受村民监督委员会审核一次。", "frequency", "lower", "looser"),
    ],
)
def test_one_change_is_told_once_and_its_way(at: int, measure: str, aspect: str, difference: str, direction: str) -> None:
    found = of(pair(measure, at), at + 1, aspect)
    assert [(d.difference, d.direction) for d in found] == [(difference, direction)]
    assert found[0].upper or found[0].lower
    others = [d.aspect for d in of(pair(measure, at), at + 1) if d.aspect not in (aspect, "lead")]
    assert others == []


def test_a_duty_of_the_upper_body_itself_is_taken_on() -> None:
    found = of(pair("统一开发诉求办理平台并做好运行维护工作。", 6), 7, "addressee")
    assert [(d.difference, d.upper[0].quote) for d in found] == [("taken-on", "省民政厅")]
    kept = of(pair("配合省民政厅统一开发诉求办理平台并做好运行维护工作。", 6), 7, "addressee")
    assert kept == []


@pytest.mark.parametrize(
    ("at", "lead", "code"),
    [
        (0, "市民政局", "shared"),
        (0, "市民政局、市财政局", "match"),
        (0, "市水利局", "mismatch"),
        (0, "相关部门", "lower-generic"),
        (2, "市委政法委", "match"),
        (4, "市信访局", "match"),  # 省信访局负责: nobody else is named
        (4, "市民政局", "mismatch"),
        (5, "市民政局", "match"),
        (5, "市某某办", "unclear"),
    ],
)
def test_leads_answer_by_function(at: int, lead: str, code: str) -> None:
    assert [d.difference for d in of(pair(BASE[at], at, lead=lead), at + 1, "lead")] == [code]


def test_the_column_s_limit_is_compared_too() -> None:
    found = of(pair(BASE[0], 0, deadline="2025年6月底前"), 1, "deadline")
    assert [(d.difference, d.lower[0].quote) for d in found] == [("earlier", "2025年6月底前"), ("same", "2025年底前")] or [
        (d.difference, d.lower[0].quote) for d in found
    ] == [("same", "2025年底前"), ("earlier", "2025年6月底前")]


def test_an_ongoing_column_does_not_undo_the_limit_in_the_words() -> None:
    assert [d.difference for d in of(pair(BASE[0], 0, deadline="持续推进"), 1, "deadline")] == ["same"]


def test_no_score_without_its_parts() -> None:
    found = of(pair("各村可以在2025年底前建成村务公开栏并对外开放。", 0), 1, "duty-word")[0]
    assert found.parts["lexicon"] == "1.0"
    assert [(w["quote"], w["rank"]) for w in found.parts["upper"]["words"]] == [("应当", 3)]
    assert [(w["quote"], w["rank"]) for w in found.parts["lower"]["words"]] == [("可以", 1)]
