"""Figures with a unit, and how a task's figures stand to those of its sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.align import align
from lineage.quantities import asks, find_quantities
from loaders.extract import extract_bytes

UPPER = """某省构建全民健身公共服务体系实施意见

一、建设场地设施
（一）完善社区场地。新建居住区按人均室外用地不低于0.3平方米的标准配建健身设施，打造社区15分钟健身圈。（省体育局负责）
（二）开放公共场馆。公共体育场馆每周开放时间一般不少于35小时，全年开放时间一般不少于330天。（省体育局负责）
（三）压减审批材料。举办健身活动的申请材料压减30%以上，审批时间压缩至15个工作日以内。（省体育局负责）
（四）充实指导人员。每千人拥有社会体育指导员达到2.16名，指导员培训经费不超过每人2000元。（省体育局负责）
（五）建设健身步道。全省改造健身步道4000公里，各县至少设置1处徒步服务站，违规占用步道的处50元以上200元以下罚款。（省体育局负责）
"""
BASE = (
    "新建居住区按人均室外用地不低于0.3平方米的标准配建健身设施，打造社区15分钟健身圈。",
    "公共体育场馆每周开放时间一般不少于35小时，全年开放时间一般不少于330天。",
    "举办健身活动的申请材料压减30%以上，审批时间压缩至15个工作日以内。",
    "每千人拥有社会体育指导员达到2.16名，指导员培训经费不超过每人2000元。",
    "全省改造健身步道4000公里，各县至少设置1处徒步服务站，违规占用步道的处50元以上200元以下罚款。",
)


def told(at: int, measure: str) -> list[tuple[str, str, str, str, str]]:
    rows = [*BASE[:at], measure, *BASE[at + 1 :]]
    cells = "".join(f"\n\t{n}\n\t全民健身\n\t{m}\n\t市体育局\n\t市财政局\n\t持续推进\n" for n, m in enumerate(rows, 1))
    table = f"某市全民健身任务分工表\n\t序号\n\t工作任务\n\t具体举措\n\t牵头单位\n\t责任单位\n\t完成时限\n{cells}"
    result = align(extract_bytes(UPPER.encode(), "upper.txt"), extract_bytes(table.encode(), "lower.txt"))
    return [
        (d.aspect, d.difference, d.direction, "".join(q.quote for q in d.upper), "".join(q.quote for q in d.lower))
        for d in result.divergences
        if d.task == str(at + 1) and d.aspect in ("quantity", "deadline") and d.difference != "same"
    ]


@pytest.mark.parametrize(
    ("at", "measure", "expected"),
    [
        (
            0,
            "新建小区健身设施按室外人均不低于0.4平方米配建，打造社区10分钟健身圈。",
            [("quantity", "higher", "tighter", "0.3平方米", "0.4平方米"), ("quantity", "lower", "unclear", "15分钟", "10分钟")],
        ),
        (
            1,
            "公共体育场馆每周免费或低收费开放不少于40小时、全年不少于300天。",
            [("quantity", "higher", "tighter", "35小时", "40小时"), ("quantity", "lower", "looser", "330天", "300天")],
        ),
        (
            2,
            "举办健身活动申请材料压减50%，审批时间不超过10个工作日。",
            [("deadline", "earlier", "tighter", "15个工作日以内", "不超过10个工作日"), ("quantity", "higher", "tighter", "30%", "50%")],
        ),
        (
            3,
            "每千人社会体育指导员达到3名，培训经费不超过每人1500元，新建指导站20个。",
            [
                ("quantity", "higher", "tighter", "2.16名", "3名"),
                ("quantity", "lower", "tighter", "2000元", "1500元"),
                ("quantity", "new", "tighter", "", "新建指导站20个"),
            ],
        ),
        (3, "每千人拥有社会体育指导员达到2.16名。", [("quantity", "gone", "looser", "指导员培训经费不超过每人2000元", "")]),
        (1, BASE[1], []),
        (  # a part of a total; the same figure after its noun; a range is left to the reader
            4,
            "全市改造健身步道360公里，各县设置徒步服务站2处，违规占用步道的处100元罚款。",
            [
                ("quantity", "not-comparable", "unclear", "4000公里", "360公里"),
                ("quantity", "higher", "tighter", "1处", "2处"),
                ("quantity", "new", "tighter", "", "违规占用步道的处100元罚款"),
            ],
        ),
    ],
)
def test_figures_are_held_against_each_other_by_what_they_count(at: int, measure: str, expected: list[tuple[str, ...]]) -> None:
    assert told(at, measure) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("建成60处口袋公园", [(60, "个", "none")]),
        ("投入不少于1.5亿元", [(150000000, "钱", "floor")]),
        ("覆盖率达到95％以上", [(95, "比例", "floor")]),
        ("面积不超过2公顷", [(20000, "面积", "ceiling")]),
        ("降低到5‰以内", [(0.5, "比例", "ceiling")]),
        ("培养两名骨干", [(2, "人", "none")]),
        ("落实第三类事项、第5项任务", []),
        ("形成一批成果，印发〔2016〕8号", []),
        ("2025年底前", []),
    ],
)
def test_quantities_and_what_is_none(text: str, found: list[tuple[float, str, str]]) -> None:
    assert [(q.value, q.kind, q.bound) for q in find_quantities(text)] == found


def test_a_floor_here_and_a_ceiling_there_are_left_to_the_reader() -> None:
    (floor,), (ceiling,) = find_quantities("不少于100家"), find_quantities("不超过120家")
    assert asks(floor, ceiling) == ("higher", "unclear")


@given(st.text("0123456789.两三万亿个名%米家第不少于超过以内元", max_size=40))
def test_any_text_gives_figures_at_their_places(text: str) -> None:
    for q in find_quantities(text):
        assert text[q.start : q.end] and 0 <= q.start < q.end <= len(text)
        assert q.value >= 0
