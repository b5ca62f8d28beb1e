"""Short forms of one body are known from a reviewed list; what only looks alike is proposed, never merged."""

from __future__ import annotations

import pytest

from loaders.actors.authorities import canonical_body, same_body

SAME = [
    ("发改委", "发展改革委"),
    ("市发展改革委", "市发展和改革委员会"),
    ("国家发展改革委", "国家发展和改革委员会"),
    ("国家发改委", "国家发展改革委"),
    ("县发展改革局", "县发改局"),
    ("市人社局", "市人力资源和社会保障局"),
    ("市人力资源社会保障局", "市人社局"),
    ("区住建局", "区住房和城乡建设局"),
    ("省住房城乡建设厅", "省住房和城乡建设厅"),
    ("市卫健委", "市卫生健康委员会"),
    ("区市监局", "区市场监管局"),
    ("区市场监管局", "区市场监督管理局"),
    ("市文旅局", "市文化和旅游局"),
    ("工信局", "工业和信息化局"),
    ("市农业农村局", "市农业农村局"),
    ("市国资委", "市国有资产监督管理委员会"),
    ("区府办", "区政府办公室"),
    ("市政府办公厅", "市人民政府办公厅"),
    ("区妇联", "区妇女联合会"),
    ("区 财 政 局", "区财政局"),
]
MAYBE = [
    ("区建管委", "区建设管理委"),
    ("征管科技发展处", "征管和科技发展处"),
    ("市财政局", "广州市财政局"),
    ("徐汇区教育局", "上海市徐汇区教育局"),
    ("发展改革委", "市发展改革委"),
]
OTHER = [
    ("人事处", "财务处"),
    ("区财政局", "市财政局"),
    ("广州市财政局", "深圳市财政局"),
    ("市经信局", "市工信局"),
    ("发展改革委", "发展规划处"),
    ("市委", "市卫健委"),
    ("教育局", "教育厅"),
    ("办公室", "办公厅"),
    ("", "办公室"),
    ("区财政局", "广州市财政局"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_reviewed_short_forms_are_the_same_body(one: str, other: str) -> None:
    assert same_body(one, other) == "same"
    assert same_body(other, one) == "same"


@pytest.mark.parametrize(("one", "other"), MAYBE)
def test_what_only_looks_alike_is_proposed(one: str, other: str) -> None:
    assert same_body(one, other) == same_body(other, one) == "maybe"


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_bodies_and_other_places_are_not_the_same(one: str, other: str) -> None:
    assert same_body(one, other) is None


def test_the_full_form_of_a_body() -> None:
    assert [canonical_body(b) for b in ("卫健委", "市监局", "规划资源局", "编办", "某某科")] == [
        "卫生健康委员会",
        "市场监督管理局",
        "规划和自然资源局",
        "机构编制委员会办公室",
        "某某科",
    ]
