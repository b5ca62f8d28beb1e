"""Limits after a plan's years, bodies counted beside their list, a body twice in a section's note, references in a column of remarks."""

from __future__ import annotations

import pytest

from loaders.extract import extract_bytes
from loaders.records import Finding

TEXT = """某县人居环境提升方案（2021—2025年）
一、抓厕所
县里成立资金筹措、工程建设、群众工作三个工作组。2023年底前改造户厕1200户。
1.新建公共厕所20座。（2024年底前，县住建局牵头）
（县农业农村局、县住建局、县卫健局按职责分工负责）
二、抓污水
2025年底前治理率达到48%。
（县生态环境局、县农业农村局按职责分工负责）
"""
TABLE = """某县重点任务清单
序号,工作任务,牵头部门,完成时限,备注
1,建设冷库。,县商务局,2024年6月底前,
2,培训技术员。,县农业农村局,2024年9月底前,与第1项一并推进
3,开展检查。,县市场监管局,2024年9月底前,
"""


def told(text: str, name: str = "a.txt") -> list[Finding]:
    return list(extract_bytes(text.encode(), name).findings)


@pytest.mark.parametrize(
    ("old", "new", "code", "quote"),
    [
        ("2025年底前治理", "2028年底前治理", "date-far", "2028年底前"),
        ("（2024年底前，", "（2027年底前，", "date-far", "2027年底前"),
        ("三个工作组", "四个工作组", "quantity-odd", "四个工作组"),
        ("县生态环境局、县农业农村局", "县生态环境局、县农业农村局、县生态环境局", "role-conflict", ""),
    ],
)
def test_a_fault_is_told_at_its_words(old: str, new: str, code: str, quote: str) -> None:
    assert old in TEXT
    assert [f.code for f in told(TEXT) if f.code in ("date-far", "quantity-odd", "role-conflict")] == []
    assert [f.quote for f in told(TEXT.replace(old, new)) if f.code == code][:1] == [quote] or not quote
    assert any(f.code == code for f in told(TEXT.replace(old, new)))


def test_a_reference_in_a_column_of_remarks_is_told_at_its_row_and_column() -> None:
    assert [f for f in told(TABLE, "a.csv") if f.code == "reference-nowhere"] == []
    (found,) = [f for f in told(TABLE.replace("第1项", "第37项"), "a.csv") if f.code == "reference-nowhere"]
    assert (found.place.row, found.place.column) == (3, 5)
