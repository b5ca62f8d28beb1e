"""Words turned round in sentences that were otherwise put anew, and what looks like it and is not."""

from __future__ import annotations

import pytest

from lineage.align import align
from loaders.extract import extract_bytes

UPPER = (
    "海州市人民政府办公厅关于促进家政服务业发展的意见\n\n2023年1月5日\n\n一、主要任务\n\n"
    "（一）配建设施。新建居住小区同步配建家政服务站点，建成后无偿移交街道办事处使用。\n\n"
    "（二）规范经营。家政企业不得擅自转载商业广告或链接商业广告页面，应当公示收费标准。\n\n"
    "（三）保障权益。家政企业不得向家政服务人员收取押金、扣押身份证件，工会要提供法律援助。\n"
)
LOWER = (
    "岚东区家政服务业任务分工表\n2023年6月1日\n\n| 序号 | 主要任务 | 责任单位 | 完成时限 |\n|---|---|---|---|\n"
    "| 1 | 新建小区配建家政服务站点，验收后无偿移交所在街道。 | 区住房城乡建设局 | 2023年12月底 |\n"
    "| 2 | 督促家政企业公示收费标准，不得登载或链接商业广告。 | 区商务局 | 持续推进 |\n"
    "| 3 | 严肃查处家政企业收取押金、扣押身份证件等行为，畅通投诉渠道，提供法律援助。 | 区人社局 | 持续推进 |\n"
)


def told(side: str = "", old: str = "", new: str = "") -> list[tuple[str, str, str]]:
    texts = {"upper": UPPER, "lower": LOWER}
    if side:
        assert old in texts[side]
        texts[side] = texts[side].replace(old, new, 1)
    upper, lower = (extract_bytes(texts[name].encode(), "t.md") for name in ("upper", "lower"))
    rules = ("opposite-words", "duty-word-lexicon")  # the one tells what the other does not
    found = [d for d in align(upper, lower).divergences if d.rule in rules and d.upper and d.lower and d.difference != "same"]
    return [(d.task, d.upper[0].quote, d.lower[0].quote) for d in found]


def test_what_agrees_is_not_told() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("side", "old", "new", "expected"),
    [
        ("lower", "无偿移交", "有偿移交", [("1", "无偿", "有偿")]),
        ("upper", "无偿移交", "有偿移交", [("1", "有偿", "无偿")]),
        ("lower", "不得登载", "可以登载", [("2", "不得", "可以")]),
        ("upper", "企业不得擅自", "企业可以擅自", [("2", "可以", "不得")]),
        ("lower", "严肃查处家政企业收取押金", "规范家政企业，严肃查处收取押金", []),
        ("lower", "无偿移交所在街道", "无偿移交所在街道，有偿开展便民活动", []),
    ],
    ids=["free turned paid", "above", "ban turned leave", "leave above", "both stop it", "of another thing"],
)
def test_a_word_turned_round_is_told(side: str, old: str, new: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(side, old, new) == expected


def test_what_only_one_side_stops_is_told() -> None:
    upper = UPPER.replace("不得向家政服务人员", "向家政服务人员")
    lower = LOWER.replace("严肃查处家政企业收取押金", "规范家政企业，严肃查处收取押金")
    found = align(extract_bytes(upper.encode(), "t.md"), extract_bytes(lower.encode(), "t.md")).divergences
    assert [(d.task, d.upper[0].quote, d.lower[0].quote) for d in found if d.rule == "opposite-words"] == [
        ("3", "收取押金", "严肃查处收取押金")
    ]
