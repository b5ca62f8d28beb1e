"""Shared text has no direction but what dates give it; with the upper text, copying sideways is told from copying downwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seeds import GUANGZHOU, HECHI, NATIONAL, SOURCES, seed

from lineage.sideways.compare import compare_documents
from lineage.sideways.records import Sharing
from lineage.sideways.show import sharing_json, sharing_ntriples
from loaders.extract import extract_bytes
from loaders.records import Extraction
from zhengmai.__main__ import main

UPPER = """某市推进社区养老服务实施意见

一、建设设施
（一）配建用房。新建住宅小区按照每百户不少于20平方米的标准配建社区养老服务用房。
（二）改造设施。支持利用闲置厂房、学校等改造为社区养老服务设施，有关部门要简化审批手续。
"""
EAST = """东区推进社区养老服务工作方案

（2023年5月10日）

一、重点任务
（一）新建住宅小区按照每百户不少于30平方米的标准配建社区养老服务用房。
（二）建立邻里互助食堂和银龄时间银行，由街道统一登记服务时长并按季公示。
（三）组织东区特有的灯会活动，丰富老年人节日生活内容。
"""
WEST = """西区社区养老服务三年行动计划

（2023年8月1日）

一、主要措施
（一）建立邻里互助食堂和银龄时间银行，由街道统一登记服务时长并按季公示。
（二）新建住宅小区按照每百户不少于30平方米的标准配建社区养老服务用房。
（三）支持利用闲置厂房、学校等改造为社区养老服务设施，有关部门要简化审批手续。
"""


def read(text: str) -> Extraction:
    return extract_bytes(text.encode(), "made-up.txt")


def both(upper: str | None = None, east: str = EAST, west: str = WEST) -> Sharing:
    return compare_documents([read(east), read(west)], read(upper) if upper else None)[0]


def words(found: Sharing, origin: str) -> list[str]:
    return [p.one.quote for shared in found.shared for p in shared.parts if p.origin == origin]


def test_wording_both_took_from_above_is_told_from_wording_only_the_two_have() -> None:
    found = both(UPPER)
    assert words(found, "from-upper") == ["新建住宅小区按照每百户不少于", "平方米的标准配建社区养老服务用房"]
    assert words(found, "altered-alike") == ["30"]
    assert words(found, "only-these") == ["建立邻里互助食堂和银龄时间银行，由街道统一登记服务时长并按季公示"]
    assert [s.upper.quote for s in found.shared if s.upper] == ["新建住宅小区按照每百户不少于20平方米的标准配建社区养老服务用房。"]


def test_without_an_upper_text_all_is_only_shared() -> None:
    found = both()
    assert {p.origin for shared in found.shared for p in shared.parts} == {"shared"}
    assert [(s.one_unit, s.other_unit) for s in found.shared] == [("1.1.s1", "1.2.s1"), ("1.2.s1", "1.1.s1")]


def test_dates_decide_who_was_first_and_nothing_else() -> None:
    assert both().earlier == 0
    undated = both(east=EAST.replace("（2023年5月10日）\n", ""))
    assert undated.earlier is None
    assert "无方向" in sharing_json([undated], [read(EAST), read(WEST)], None)["pairs"][0]["direction"]["zh"]


def test_quotes_stand_where_they_say_on_both_sides() -> None:
    east, west = read(EAST), read(WEST)
    for shared in compare_documents([east, west], read(UPPER))[0].shared:
        assert all(east.text[p.one.start : p.one.end] == p.one.quote for p in shared.parts)
        assert all(west.text[p.other.start : p.other.end] == p.other.quote for p in shared.parts)


def test_a_third_document_with_the_same_words_is_named() -> None:
    third = read(WEST.replace("西区", "南区"))
    found = compare_documents([read(EAST), read(WEST), third])
    assert [(s.one, s.other) for s in found] == [(0, 1), (0, 2), (1, 2)]
    assert all(shared.also_in == (2,) for shared in found[0].shared)


def test_a_title_both_cite_is_no_copying() -> None:
    one = read("甲区工作方案\n\n一、任务\n（一）贯彻落实《关于推进基本公共服务均等化若干问题的意见》精神，开展摸底。\n")
    other = read("乙区工作要点\n\n一、任务\n（一）按照《关于推进基本公共服务均等化若干问题的意见》规定，设立专栏。\n")
    assert [p.origin for s in compare_documents([one, other])[0].shared for p in s.parts] == ["title"]


def test_two_documents_with_nothing_in_common_share_nothing() -> None:
    found = compare_documents([seed(HECHI), read(EAST)])[0]
    assert found.shared == () and found.share_of_one == 0


def test_the_seeds_share_what_one_took_from_the_other() -> None:
    found = compare_documents([seed(NATIONAL), seed(GUANGZHOU)])[0]
    pairs = {(s.one_unit, s.other_unit) for s in found.shared}
    assert {("5.2.s1", "27"), ("4.2.s2", "27"), ("6.2.s1", "37")} <= pairs
    assert found.share_of_other > 0.8


def test_triples_say_shares_and_never_implements() -> None:
    east, west = read(EAST), read(WEST)
    lines = sharing_ntriples(compare_documents([east, west]), [east, west])
    assert lines.count("sharesTextWith") == 2 and "implements" not in lines
    assert "sharesTextWith" not in sharing_ntriples(compare_documents([seed(HECHI), east]), [seed(HECHI), east])


def test_the_command_prints_json_and_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("east.txt", EAST), ("west.txt", WEST), ("upper.txt", UPPER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    args = ["compare", str(tmp_path / "east.txt"), str(tmp_path / "west.txt"), "--upper", str(tmp_path / "upper.txt")]
    assert main([*args, "--format", "json"]) == 0
    pair = json.loads(capsys.readouterr().out)["pairs"][0]
    assert pair["chars"]["only-these"] > 20 and pair["earlier"] == 1
    assert main(args) == 0
    page = capsys.readouterr().out
    assert "仅两者共有：建立邻里互助食堂" in page and "同样的改动：30" in page


@pytest.mark.parametrize("files", [[NATIONAL], [NATIONAL, NATIONAL], [NATIONAL, GUANGZHOU, "--upper", NATIONAL]])
def test_one_document_or_the_same_twice_is_wrong_use(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *(str(SOURCES / f) if f.endswith(".txt") else f for f in files)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "ZM-001" in said.err


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="公开税务机关做好发布，。\n、；7", max_size=120), st.text(alphabet="公开税务机关做好发布，。\n、；7", max_size=120))
def test_any_two_texts_give_quotes_that_are_the_same_words(one: str, other: str) -> None:
    from lineage.fold import fold_plain

    a, b = read(f"甲\n{one}"), read(f"乙\n{other}")
    for shared in compare_documents([a, b])[0].shared:
        assert all(fold_plain(p.one.quote) == fold_plain(p.other.quote) for p in shared.parts)
