"""A person in a column of bodies is nobody's department; the cell keeps its words, and the reader says what it took for a person."""

from __future__ import annotations

import pytest

from loaders.actors.people import without_people
from loaders.extract import extract_bytes
from loaders.records import Extraction


def table(header: str, cell: str) -> Extraction:
    rows = ["推进生活垃圾分类", "开展市容环境整治", "加强背街小巷管理"]
    head = f"某区重点任务分工表\n\n| 序号 | 重点任务 | {header} | 完成时限 |\n|---|---|---|---|\n"
    text = head + "".join(f"| {at} | {row}。 | {cell} | 2025年底前 |\n" for at, row in enumerate(rows, 1))
    return extract_bytes(text.encode(), "t.md")


@pytest.mark.parametrize(
    ("header", "cell", "bodies"),
    [
        ("牵头单位及责任人", "区城管局 张某", ["区城管局"]),
        ("牵头单位及责任人", "区城管局<br>张建国", ["区城管局"]),
        ("牵头单位（责任人）", "区城管局、区住建局 王五", ["区城管局", "区住建局"]),
        ("责任单位/责任人", "区城管局：张建国；区住建局：李四", ["区城管局", "区住建局"]),
        ("责任单位及责任人", "区城管局（张建国）", ["区城管局"]),
        ("责任单位和责任人", "区城管局局长 张建国", ["区城管局"]),
        ("责任单位", "区城管局 张建国", ["区城管局"]),
        ("责任单位", "区城管局（局长李四）", ["区城管局"]),
        ("牵头单位", "市发展改革委 欧阳修", ["市发展改革委"]),
    ],
)
def test_the_person_is_split_from_the_body(header: str, cell: str, bodies: list[str]) -> None:
    document = table(header, cell)
    assert [mention.actor.name for mention in document.rows[0].roles] == bodies
    assert document.rows[0].columns[header] == cell.replace("<br>", "\n")
    told = [finding for finding in document.findings if finding.code == "person-in-role"]
    assert len(told) == 3 and all(finding.severity == "info" for finding in told)


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("责任单位", "市文广旅局、张家口市、高新区"),
        ("责任单位", "市公安局 平安办"),
        ("责任单位及责任人", "区委办、政府办"),
        ("责任单位", "市金融办 石化集团"),
        ("责任单位", "和平区 江北新区管委会"),
        ("责任单位", "市教育局（含高校）"),
        ("责任单位", "省公安厅 方圆检测中心"),
    ],
)
def test_bodies_that_begin_like_a_surname_stay(header: str, cell: str) -> None:
    assert not [finding for finding in table(header, cell).findings if finding.code == "person-in-role"]
    assert without_people(cell, named="人" in header) == cell


def test_a_word_without_end_is_left_alone() -> None:
    assert without_people("局长" * 50_000, named=True) == "局长" * 50_000


def test_offsets_stay_where_they_were() -> None:
    assert without_people("局长 李四、区住建局", named=True) == "     、区住建局"
