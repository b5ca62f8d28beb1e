"""原文核对: as published beside what was read, and why each value and each statement is there."""

from __future__ import annotations

import pytest
from pages import opened, said

from queries.run import Answer

GZ, SAT = "gz-stb-openness-tasks", "sat-20170427-openness"


pytestmark = pytest.mark.usefixtures("on_seeds")


def test_a_row_stands_as_published_beside_what_was_read_and_why() -> None:
    words = said(opened("compare", doc=GZ, at="27"))
    assert "规范纳税服务公开范围" in words and "牵头：纳税服务处" in words
    assert "何以在此： 表1 第29行 第5列" in words  # the lead of row 27: its own cell
    assert "何以在此： 表1 第27行 第2列；取自合并单元格；规则 合并单元格下延" in words  # its main task: the merged cell above
    assert "<td rowspan=" in words


def test_a_clause_stands_in_its_text_with_its_note_understood() -> None:
    words = said(opened("compare", doc=SAT, at="5.2"))
    assert "备注 纳税服务司牵头,会同相关司局落实" in words
    assert "牵头：纳税服务司" in words and "会同：相关司局" in words


def test_what_was_noticed_in_a_whole_document_stands_in_one_table_the_graver_first() -> None:
    app = opened("compare", doc=GZ)
    (table,) = (one.value for one in app.dataframe)
    assert f"读取时的发现 {len(table)} 条" in said(app) and not app.warning and len(table) > 20
    severities = list(table["severity"])
    assert severities == sorted(severities, key=["错误", "疑点", "提示"].index) and set(severities) == {"疑点", "提示"}
    assert all(table["place"]) and all(table["message"])


def test_injected_words_are_masked_and_named_as_a_finding() -> None:
    words = said(opened("compare", doc=SAT, at="1.2"))
    assert "安卓" not in words and "▇▇" in words
    assert "疑似混入文字" in words


@pytest.mark.parametrize(
    ("link", "answer"),
    [({"doc": "nobody"}, "没有这份文件：nobody"), ({"doc": GZ, "at": "999"}, "这份文件中没有 999")],
)
def test_a_link_to_what_is_gone_is_answered_in_words(link: dict[str, str], answer: str) -> None:
    assert answer in said(opened("compare", **link))


def test_every_statement_about_a_row_says_where_it_comes_from() -> None:
    app = opened("compare", doc=GZ, at="27")
    assert not app.code[:-1]
    app.get_by_key(f"why/{GZ}:27").set_value(True).run()
    assert not app.exception
    box = app.get_by_key(f"why-which/{GZ}:27")
    at = next(n for n, option in enumerate(box.options) if option.startswith("ledBy · "))
    box.set_value(at).run()
    assert "表1 第29行 第5格" in app.code[0].value  # the cell of the lead


def test_a_thing_that_the_graph_does_not_hold_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhengmai.errors import BadQuery

    def gone(thing: str) -> Answer:
        raise BadQuery(where="why", found=thing, expected="a thing", fix="check it", zh="图谱中没有这一项。")

    monkeypatch.setattr("ui.why_here.why_here", gone)
    app = opened("compare", doc=GZ, at="27")
    app.get_by_key(f"why/{GZ}:27").set_value(True).run()
    assert "图谱中没有这一项" in said(app)
