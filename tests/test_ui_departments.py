"""部门: load by role, tasks, counterparts and who works with whom."""

from __future__ import annotations

import pytest
from pages import opened, said

from ui import charts

GZ = "gz-stb-openness-tasks"
SERVICE = "org/cn-gz-stb/dept/taxpayer-service"


pytestmark = pytest.mark.usefixtures("on_seeds")


def test_a_department_s_load_stands_by_role() -> None:
    app = opened("departments", document=GZ, department="org/cn-gz-stb/dept/taxpayer-service")
    table = app.dataframe[0].value
    assert dict(zip(table["role"], table["tasks"], strict=True)) == {"牵头": 10, "责任": 17}


def test_all_departments_stand_in_a_matrix() -> None:
    app = opened("departments", document=GZ)
    table = app.dataframe[0].value
    rows = set(zip(table["department"], table["role"], table["tasks"], strict=True))
    assert ("办公室", "牵头", 58) in rows


def test_tasks_that_name_a_department_stand_apart_from_those_that_may_mean_it() -> None:
    """纳税服务处 leads or is responsible in 18 rows; 相关处室 and its like stand in 20 or 21 others."""
    app = opened("departments", department=SERVICE)
    heads = [element.value for element in app.subheader]
    assert "具名的任务 18 项（共 129）" in heads
    assert any(head.startswith("可能涉及的任务") for head in heads)
    named = next(table.value for table in app.dataframe if table.key == "rows-dep-named")
    possibly = next(table.value for table in app.dataframe if table.key == "rows-dep-possibly")
    assert set(named["named_as"]) == {"纳税服务处"} and not set(possibly["named_as"]) & {"纳税服务处"}


def test_a_department_s_counterpart_above_stands_with_how_often_the_leads_agree() -> None:
    words = said(opened("departments", department=SERVICE))
    assert "纳税服务司 · 对口" in words and "政策法规司 · 不对口 1" in words


def test_a_department_above_sees_who_leads_below() -> None:
    words = said(opened("departments", department="org/cn-sat/dept/taxpayer-service"))
    assert "纳税服务处 · 对口" in words


def test_the_network_of_a_department_has_it_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[list[tuple[str, str, float]]] = []
    monkeypatch.setattr("ui.department_parts.network", lambda edges: drawn.append(list(edges)))
    opened("departments", department=SERVICE)
    ((first, *_),) = drawn
    assert first[:2] == ("纳税服务处", "办公室") and first[2] == 9.0
    assert {one for one, _, _ in drawn[0]} == {"纳税服务处"}


def test_a_network_draws_departments_not_their_authority_and_each_pair_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[list[tuple[str, str, float]]] = []
    monkeypatch.setattr(charts, "network", lambda edges: drawn.append(list(edges)))
    opened("topics", query="who-works-with-whom")
    ends = [edge[:2] for edge in drawn[0]]
    assert len(ends) == len(set(ends)) and "广州市国家税务局" not in {name for pair in ends for name in pair}
