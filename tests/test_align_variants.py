"""The aligner on documents made for it: re-ordered, fused, cut and foreign rows, and pairs with nothing in common."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from seeds import GUANGZHOU, HECHI, NATIONAL, ROOT, seed

from lineage.align import align
from lineage.fold import fold_plain
from lineage.headings import heading_keys
from lineage.records import PairResult
from lineage.units import lower_units, upper_units
from loaders.actors.levels import addressed_levels, level_of_name
from loaders.extract import extract_bytes, extract_file
from loaders.records import Extraction

UPPER = """某省推进基层治理实施意见

一、加强村级建设
（一）完善村务公开。村务公开栏每月更新一次，重大事项随时公布。村级财务收支情况接受村民监督委员会审核。（省民政厅牵头）
（二）规范网格管理。每个网格配备一名专职网格员，建立日常巡查台账。
二、提升服务能力
（一）改造服务设施。2025年底前完成乡镇便民服务中心标准化改造。省级部门统一制定建设标准。
（二）培育社会组织。培育发展养老、助残、救助类社会组织，每县不少于5家。
"""
HEAD = "\t序号\n\t工作任务\n\t具体举措\n\t牵头单位\n\t责任单位\n\t完成时限\n"


def lower(*measures: str, title: str = "某市推进基层治理任务分工表", task: str = "基层治理") -> Extraction:
    rows = "".join(f"\n\t{n}\n\t{task}\n\t{m}\n\t市民政局\n\t市财政局\n\t2025年底前\n" for n, m in enumerate(measures, 1))
    return extract_bytes(f"{title}\n{HEAD}{rows}".encode(), "lower.txt")


def links(*measures: str) -> set[tuple[str, str | None]]:
    return {(link.task, link.sentence) for link in align(extract_bytes(UPPER.encode(), "upper.txt"), lower(*measures)).links}


def test_order_does_not_matter() -> None:
    assert links(
        "培育发展养老、助残、救助类社会组织，每县不少于5家。",
        "每个网格配备一名专职网格员，建立日常巡查台账。",
        "村务公开栏每月更新一次，重大事项随时公布。",
    ) == {("1", "2.2.s1"), ("2", "1.2.s1"), ("3", "1.1.s1")}


def test_a_single_column_of_headings_is_held_against_the_clauses() -> None:
    """No column of groups: the one heading column may hold the clauses' headings; a table without any has none, not its own words."""
    table = lower("公布账目。", "配备人员并记录巡查情况。", task="规范网格管理")
    assert [u.headings for u in lower_units(table)] == [("规范网格管理",)] * 2
    keys, _ = heading_keys(lower_units(table), upper_units(extract_bytes(UPPER.encode(), "upper.txt")))
    assert keys == {"规范网格管理": frozenset({"1.2"})}
    bare = extract_bytes("序号,工作事项,承办单位\n1,每个网格配备一名网格员。,市民政局\n2,公布村级账目。,市民政局\n".encode(), "bare.csv")
    assert [u.headings for u in lower_units(bare)] == [(), ()]


def test_items_without_a_heading_stand_under_the_one_above() -> None:
    text = (
        "某区推进基层治理工作方案\n\n一、主要任务\n（一）规范网格管理\n1.配备人员，落实待遇，建立巡查台账。\n2.每季度开展培训，提高能力。\n"
    )
    assert [u.headings[-1] for u in lower_units(extract_bytes(text.encode(), "plan.txt"))] == ["规范网格管理", "规范网格管理"]


def test_a_sections_heading_is_its_lead_ins_only_where_no_clause_follows() -> None:
    text = "某省意见\n\n一、改造服务设施\n各地要重视。\n（一）乡镇。完成改造任务。\n二、规范网格管理\n配备网格员。建立台账。\n"
    keys, sections = heading_keys(
        lower_units(lower("配备人员。", task="改造服务设施")) + lower_units(lower("配备人员。", task="规范网格管理")),
        upper_units(extract_bytes(text.encode(), "upper.txt")),
    )
    assert keys == {"规范网格管理": frozenset({"2.0"})}
    assert sections == {"改造服务设施": frozenset({"1"}), "规范网格管理": frozenset({"2"})}


def test_a_row_fused_of_two_sentences_reaches_both_and_a_cut_row_its_sentence() -> None:
    assert links(
        "村务公开栏每月更新一次，重大事项随时公布，村级财务收支情况接受村民监督委员会审核。",
        "建立日常巡查台账，每个网格配备一名专职网格员。",
        "2025年底前完成乡镇便民服务中心标准化改造。",
    ) == {("1", "1.1.s1"), ("1", "1.1.s2"), ("2", "1.2.s1"), ("3", "2.1.s1")}


def test_a_foreign_row_has_no_basis() -> None:
    result = align(
        extract_bytes(UPPER.encode(), "upper.txt"),
        lower(
            "村务公开栏每月更新一次，重大事项随时公布。",
            "每个网格配备一名专职网格员，建立日常巡查台账。",
            "组织开展全市中小学生体质健康监测抽查工作。",
        ),
    )
    assert [(u.task, u.reason) for u in result.unmatched] == [("3", "no-basis-in-upper")]
    assert {gap.sentence: gap.reason for gap in result.uncovered}["2.1.s2"] == "addressed-to-other-level"


def test_unrelated_documents_have_no_links() -> None:
    upper = extract_bytes(UPPER.encode(), "upper.txt")
    for other in (seed(GUANGZHOU), seed(HECHI)):
        assert align(upper, other).basis.verdict == "no"
    assert align(seed(NATIONAL), lower("组织开展全市中小学生体质健康监测抽查工作。")).links == ()


def test_a_document_is_not_its_own_basis() -> None:
    result = align(seed(NATIONAL), seed(NATIONAL))
    assert result.basis.verdict == "no" and result.links == ()
    assert "相同" in result.basis.reasons[0][0]


def test_the_wrong_way_round_is_said() -> None:
    district = extract_bytes(UPPER.replace("某省", "广州市天河区").encode(), "district.txt")
    result = align(district, lower("村务公开栏每月更新一次，重大事项随时公布。", title="广东省推进基层治理任务分工表"))
    assert result.basis.verdict == "no"
    assert any("颠倒" in zh for zh, _ in result.basis.reasons)


def test_nothing_to_compare_is_said() -> None:
    empty = extract_bytes("这是一段普通文字，没有编号。".encode(), "empty.txt")
    assert align(seed(NATIONAL), empty).basis.verdict == "no"
    assert align(empty, seed(GUANGZHOU)).basis.verdict == "no"


def test_thresholds_are_settings() -> None:
    upper, table = (
        extract_bytes(UPPER.encode(), "u"),
        lower("每个网格配备一名专职网格员，建立日常巡查台账。", "村务公开栏每月更新一次，重大事项随时公布。"),
    )
    assert {link.status for link in align(upper, table, accept=0.999).links} == {"proposed"}
    assert align(upper, table, propose=1.0).links == ()


def test_levels_of_names() -> None:
    names = (
        "广州市国家税务局",
        "国家税务总局",
        "上海市徐汇区人民政府",
        "国家税务总局河池市税务局",
        "广西壮族自治区税务局",
        "重庆市人民政府",
        "某镇人民政府",
    )
    assert [level_of_name(n) for n in names] == ["city", "national", "county", "city", "provincial", "provincial", "township"]


def test_only_who_is_to_act_is_addressed() -> None:
    assert addressed_levels("税务总局及省税务机关应在2017年底前,建立制度。") == ("national", "provincial")
    assert addressed_levels("各级税务机关按照税务总局发布的目录体系,全面完成修订。") == ("all",)
    assert addressed_levels("按照税务总局发布的目录体系完成修订。") == ()
    assert addressed_levels("涉及税务总局的舆情,做好回应。") == ()
    assert addressed_levels("2018年底前地市以上税务机关应建立制度。") == ("national", "provincial", "city")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="公开税务机关做好及时发布，。、；2017年", min_size=1, max_size=40), min_size=1, max_size=6))
def test_any_table_gives_quotes_that_stand_where_they_say(measures: list[str]) -> None:
    table = lower(*(fold_plain(m) and m or "做好工作。" for m in measures))
    result = align(seed(NATIONAL), table)
    for link in result.links:
        assert all(table.text[q.start : q.end] == q.quote for q in link.task_evidence)
        assert 0 <= link.confidence <= 1


def care() -> PairResult:
    """A made-up opinion of the State Council's office and a city's opinion that says it carries it out, both running text."""
    docs = ROOT / "tests" / "data" / "docs"
    return align(extract_file(docs / "care_national.txt"), extract_file(docs / "care_city.txt"))


def test_running_text_against_running_text_with_other_order_and_numbers() -> None:
    """Read by hand."""
    assert {(link.task, link.sentence) for link in care().links} == {
        ("1.1", "2.1.s1"),
        ("1.1", "2.1.s2"),
        ("1.2", "4.6.s1"),
        ("2.3", "3.3.s1"),
        ("2.4", "3.4.s1"),
        ("2.5", "2.2.s1"),
    }
    assert [(u.task, u.reason) for u in care().unmatched] == [("2.6", "no-basis-in-upper")]
    gaps = {gap.sentence: gap.reason for gap in care().uncovered}
    assert gaps["3.5.s2"] == "addressed-to-other-level"
    assert "国办发〔2019〕88号" in care().basis.reasons[0][0]


def test_figures_are_compared_whole_and_say_which_way_they_moved() -> None:
    changes = [
        (c.what, c.direction, c.upper.quote, c.lower.quote)
        for link in care().links
        if link.task == "1.1"
        for c in link.changes
        if c.kind == "replaced"
    ]
    assert changes == [
        ("quantity", "tighter", "20平方米", "30平方米"),
        ("deadline", "tighter", "在2022年底前", "2021年底前"),
        ("quantity", "tighter", "15平方米", "20平方米"),
    ]
