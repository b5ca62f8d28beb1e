"""The lineage page in depth: divergences of a link, the lists beside the links, the chain as a graph that opens."""

from __future__ import annotations

import pytest
from pages import chosen, opened, ticked, words_of
from seed_graph import seed_workspace

from lineage.measures import NAMES
from ontology.labels import labels
from ui.answers import ask
from ui.chain import OPENED, SHUT, clauses_of, graph_of
from ui.divergences import counted, divergences_html, divergences_of

SAT, GZ = "sat-20170427-openness", "gz-stb-openness-tasks"


@pytest.fixture(autouse=True)
def workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(seed_workspace().path))


def said(app: object) -> str:
    return words_of(app).replace("\\", "")  # type: ignore[arg-type]


def test_a_link_says_what_differs_in_which_direction_with_both_quotes_and_the_reason() -> None:
    """Row 5 drops the exception of 2.2.s3 (除涉及国家秘密…) and is led by 纳税服务处, where the measures name 政策法规司."""
    words = said(opened("trace", clause=f"{SAT}:2.2.s3"))
    assert "与条文的差异（2 处）" in words and "例外 删去例外" in words
    assert "上位原文 “除涉及国家秘密、商业秘密或个人隐私及其他依法不予公开的事项外”" in words
    assert "牵头 不对口" in words and "上位原文 “政策法规司”　下位原文 “纳税服务处”" in words
    assert words.index("加码") < words.index("替换")  # what is stricter stands first


def test_a_link_along_which_nothing_differs_says_what_was_compared() -> None:
    assert "未见差异" in divergences_html([])


def test_the_points_are_in_the_language_of_the_page() -> None:
    app = opened("trace", clause=f"{SAT}:2.2.s3", lang="en")
    words = said(app)
    assert "exception dropped" in words and "tighter" in words
    ours = [*(one.label for one in app.expander), *(one.proto.label for one in app.get("page_link")), *(one.value for one in app.warning)]
    assert any("verdict: the lower document is based on the upper one" in one for one in ours)
    assert any("Show the source: 5" in one.replace("\\", "") for one in ours)
    assert [one for one in ours if set(one) & set("：（；、")] == []


def test_links_are_filtered_by_direction_and_the_link_keeps_it() -> None:
    app = opened("trace", way="tighter")
    assert "9 行（共 124） · " in said(app) and app.query_params["way"] == "tighter"
    assert set(app.dataframe[0].value["sentence"]) >= {"2.2.s3", "3.1.s1", "8.1.s3"}
    links = ask("links-of-pair", {"upper": SAT, "lower": GZ})
    assert counted(links, divergences_of(SAT, GZ)).startswith("加码 9 · 减码 14")


def test_tasks_without_a_basis_are_a_list_of_their_own() -> None:
    assert "91 项任务都有对应的条文" in said(opened("trace", view="basisless"))


def test_tasks_that_ask_for_more_are_another_list() -> None:
    table = opened("trace", view="beyond").dataframe[0].value
    assert ("45", "加码") in set(zip(table["task"], table["beyond"], strict=True))


def test_every_score_a_confidence_rests_on_has_a_word() -> None:
    assert [name for name in NAMES if f"feature/{name}" not in labels()] == []


def test_the_graph_shows_shut_clauses_and_what_hangs_on_those_that_are_opened() -> None:
    kept = ask("links-of-pair", {"upper": SAT, "lower": GZ})
    graph = graph_of(kept, "办法", ["5.2"])
    ids = {node["data"]["id"] for node in graph["nodes"]}
    assert {"document", "clause/5.2", "sentence/5.2.s1", "task/27", "department/纳税服务处"} <= ids
    assert "task/1" not in ids and sum(own.startswith("clause/") for own in ids) == 1 + SHUT
    (edge,) = [e["data"] for e in graph["edges"] if (e["data"]["source"], e["data"]["target"]) == ("sentence/5.2.s1", "task/27")]
    assert edge["confidence"] == "0.995"
    assert clauses_of(kept)["5.2"] == "五(二) 5.2"


def test_nothing_of_a_document_can_begin_a_tag_in_the_graph_s_side_panel() -> None:
    kept = ask("links-of-pair", {"upper": SAT, "lower": GZ})
    from dataclasses import replace

    hostile = "<img src=x onerror=alert(1)>&lt;"
    rows = tuple({**row, "task_text": hostile, "lead": hostile, "provision_text": hostile} for row in kept.rows)
    graph = graph_of(replace(kept, rows=rows), hostile, ["5.2"])
    values = [str(value) for part in graph.values() for element in part for value in element["data"].values()]
    assert not any(sign in value for value in values for sign in '<>&"')


def test_a_clause_that_is_clicked_in_the_graph_is_opened_and_the_oldest_is_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    from ui import chain

    clauses = {str(n): str(n) for n in range(10)}
    state: dict[str, object] = {
        "opened": [str(n) for n in range(OPENED)],
        "drawn": {"action": "expand", "data": {"node_ids": ["clause/9"]}},
    }
    monkeypatch.setattr(chain.st, "session_state", state)
    chain._open("drawn", "opened", clauses)
    assert state["opened"] == ["1", "2", "3", "4", "5", "9"]
    state["drawn"] = {"action": "expand", "data": {"node_ids": ["task/9"]}}  # a task has nothing more to show
    chain._open("drawn", "opened", clauses)
    assert state["opened"] == ["1", "2", "3", "4", "5", "9"]


def test_the_filters_of_the_chain_each_leave_fewer_rows_and_none_is_said() -> None:
    app = opened("trace")
    chosen(app, "trace-status", "accepted")
    assert "124 行（共 124） · 规则确认 124" in said(app)
    chosen(app, "trace-status", "proposed")
    assert "0 行（共 124）" in said(app) and app.info
    chosen(app, "trace-status", None)
    chosen(app, "trace-sure", 1.0)
    assert app.query_params["sure"] == "1" and "行（共 124）" in said(app)
    app = opened("trace", clause="五(二)")  # as people write it: the question says what is meant
    assert app.query_params["clause"] == f"{SAT}:5.2"
    app = ticked(opened("trace", clause=f"{SAT}:5.2"), 1, table="trace-sentences")
    assert "下位文件任务 28" in said(app)
    assert "sure" not in opened("trace", sure="much").query_params


def test_the_chain_is_opened_in_the_list_above_it_and_in_the_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("trace", view="graph")
    opened_now = next(one for one in app.multiselect if str(one.key).startswith("chain-opened"))
    assert len(opened_now.value) == 1 and "<strong>" in said(app)
    opened_now.select("五(二) 5.2" if "五(二) 5.2" in opened_now.options else opened_now.options[5]).run()
    assert not app.exception and said(app).count("<strong>") == 2
    from ui import chain

    asked = {"drawn": {"action": "expand", "data": {"node_ids": ["clause/5.2", "task/27"]}}, "key": ["1.1"]}
    monkeypatch.setattr(chain.st, "session_state", asked)
    chain._open("drawn", "key", {"1.1": "一", "5.2": "五"})
    assert asked["key"] == ["1.1", "5.2"]
    chain._open("nothing", "key", {"1.1": "一", "5.2": "五"})
    assert asked["key"] == ["1.1", "5.2"]
    assert opened("trace", view="graph", sure="1", relation="exceptionDropped").info


def test_the_matrix_has_sections_for_a_whole_pair_and_clauses_where_they_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[dict[tuple[str, str], float]] = []
    monkeypatch.setattr("ui.page_trace.matrix", lambda cells, **told: drawn.append({(one, other): amount for one, other, amount in cells}))
    assert "部分与牵头部门" in said(opened("trace", view="flow"))
    assert "条目与牵头部门" in said(opened("trace", view="flow", clause=f"{SAT}:5"))
    sections, clauses = drawn
    order = dict.fromkeys(row.split()[0] for row, _ in sections)
    assert list(order) == [
        "二",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
        "十",
        "十一",
        "十二",
    ]
    assert "五 规范纳税服务公开范围" in {row for row, _ in sections} and {row for row, _ in clauses} == {"五(一)", "五(二)", "五(三)"}
    assert sum(amount for (row, _), amount in sections.items() if row.startswith("五 ")) == sum(clauses.values())
    assert sum(sections.values()) >= 124 and len({row for row, _ in sections}) <= 12
