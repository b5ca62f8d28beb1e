"""Parts of the pages: a department's tasks and counterparts, what comes again, κ on the review page, why anything is in the graph."""

from __future__ import annotations

import pytest
from test_ui import opened, said

from lineage.review.desk import decide, list_queue
from queries.run import Answer
from ui import charts
from zhengmai.workspace import Workspace

GZ, SAT, HC = "gz-stb-openness-tasks", "sat-20170427-openness", "hechi-three-systems-tasks"
SERVICE = "org/cn-gz-stb/dept/taxpayer-service"


pytestmark = pytest.mark.usefixtures("on_seeds")


# 部门


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


# 时限


def test_what_comes_again_is_a_view_of_its_own() -> None:
    app = opened("deadlines", on="2019-08-01", by="2020-07-31", view="recurring", document=HC)
    assert app.query_params["view"] == "recurring"
    kinds = {kind for table in app.dataframe if "kind" in table.value for kind in table.value["kind"]}
    assert kinds and all(kind.startswith("每") or "周期" in kind for kind in kinds)
    assert "最低频次要求及承担者" in said(app)


# 复核


def test_without_two_reviewers_there_is_no_kappa_and_that_is_said(own: Workspace) -> None:
    app = opened("review", by="张三")
    app.get_by_key("review-figures").set_value(True).run()
    assert "还没有人判断" in said(app)
    one = list_queue(own)[0].item.id
    decide(own, one, "accepted", reviewer="张三", on="2026-11-22")
    app = opened("review", by="张三")
    app.get_by_key("review-figures").set_value(True).run()
    assert "尚无两人判断过同一项" in said(app)


def test_kappa_of_two_reviewers_stands_on_the_page(own: Workspace) -> None:
    """Ten links: both accept eight, both reject one, they differ on one. κ = (0.9 − 0.74) / (1 − 0.74) = 0.615."""
    items = [case.item.id for case in list_queue(own)[:10]]
    for at, item in enumerate(items):
        decide(own, item, "rejected" if at >= 9 else "accepted", reviewer="张三", on="2026-11-22")
        decide(own, item, "rejected" if at >= 8 else "accepted", reviewer="李四", on="2026-11-22")
    app = opened("review", by="张三")
    app.get_by_key("review-figures").set_value(True).run()
    words = said(app)
    assert not app.exception
    assert "科恩 κ 0.615" in words and "10 项中 9 项相同" in words and "意见不一 1 项" in words
    assert "张三" in words and "李四" in words


# 何以在此


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
