"""What the pages say seldom: more than is drawn, nothing left by the filters, a build, a report or a query file that fails."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest
from pages import PLAN, button, chosen, dropped, opened, press, said, ticked
from review_workspace import LOWER, NATIONAL, UPPER, make_workspace
from streamlit.testing.v1 import AppTest

from lineage.review.desk import decide
from ontology.labels import label
from ui import incoming as arriving
from ui import reported
from ui.evidence import features_html
from zhengmai.errors import BadDecision, UsageError
from zhengmai.intake import Placed
from zhengmai.workspace import Workspace

GZ, SAT, HC = "gz-stb-openness-tasks", "sat-20170427-openness", "hechi-three-systems-tasks"
PAIR = {"upper": SAT, "lower": GZ}
ZM = "https://w3id.org/zhengmai/ns#"

pytestmark = pytest.mark.usefixtures("on_seeds")


@pytest.mark.parametrize(
    ("limit", "most", "page", "link", "words"),
    [
        ("ui.page_home.MOST", 0, "home", {}, "图中只画前 0 "),
        ("ui.page_departments.MOST", 2, "departments", {"document": GZ}, "图中只画前 2 "),
        ("ui.charts.MOST", 2, "topics", {"query": "who-works-with-whom"}, "图中只画前 4 "),
        ("ui.sheets.SHOWN", 5, "concordance", PAIR, "只显示前 5 行"),
        ("ui.page_check.SHOWN", 3, "check", {}, "只显示前 3 行"),
        ("ui.page_trace.CARDS", 0, "trace", {**PAIR, "clause": f"{SAT}:5.2"}, "只显示前 0 行"),
    ],
)
def test_what_is_not_drawn_is_told(
    limit: str, most: int, page: str, link: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limit, most)
    assert words in said(opened(page, **link))


@pytest.mark.parametrize("view", ["links", "graph", "flow"])
def test_filters_that_leave_nothing_are_not_taken_for_a_gap(view: str) -> None:
    """Of 124 links none was confirmed by a person: 5.2 is taken up all the same."""
    told = said(app := opened("trace", **PAIR, clause=f"{SAT}:5.2", view=view, confirmed="1"))
    assert "筛选之后没有剩下对应关系" in told and "未见承接的任务" not in told and "0 行（共 124）" in told
    assert not app.get("plotly_chart") and not app.get("component_instance")


def test_a_clause_without_links_or_gaps_is_told() -> None:
    assert "该处已检索，未见承接的任务" in said(opened("trace", **PAIR, clause=f"{SAT}:1.1"))
    assert "这里没有未见承接的句" in said(opened("trace", **PAIR, clause=f"{SAT}:5.2", view="gaps"))


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (f"{HC} 33", "市局6月30日前"),  # a limit of two parts, one a level
        (f"{HC} 19", "2019年5月30日前完成第一次公示"),
        (f"{GZ} 9-u1", "取自合并单元格"),
        (f"{SAT} 2", "各司局"),
        (f"{SAT} 2.1", "牵头"),
    ],
)
def test_a_row_or_a_clause_is_told_in_full(at: str, words: str) -> None:
    document, _, unit = at.partition(" ")
    app = opened("compare", doc=document, at=unit)
    assert not app.error and words in said(app)


def test_a_thing_nothing_is_said_of_has_no_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.why_here.why_here", lambda thing: ())
    app = opened("compare", doc=GZ, at="27")
    chosen(app, "why/", True)
    assert "没有结果" in said(app)


def ways(app: AppTest) -> list[str]:
    return [one.proto.label.replace("\\", "") for one in app.get("page_link")]


@pytest.mark.parametrize(
    ("page", "link", "way"),
    [
        ("topics", {"query": "load-by-department", "p.document": GZ}, "部门：办公室"),
        ("topics", {"query": "which-tasks-implement-clause", "p.clause": f"{SAT}:5.2", "p.lower": GZ}, "承接链条：5.2"),
        ("deadlines", {"on": "2019-08-01", "by": "2020-07-31", "view": "in-window"}, "查看原文：1"),
    ],
)
def test_a_row_leads_to_what_it_rests_on(page: str, link: dict[str, str], way: str) -> None:
    assert way in ways(ticked(opened(page, **link), 0))


def test_the_task_that_came_nearest_to_a_gap_can_be_looked_at_by_its_reviewer_but_not_blind() -> None:
    gap = {"by": "张三", "kind": "gap", "item": f"{GZ}--{SAT}.1.2.s2"}
    app = opened("review", **gap)
    assert "最接近而未采用的任务：23" in ways(app) and "最接近而未采用的任务 23" in said(app)
    assert not any("最接近" in way for way in ways(opened("review", **gap, blind="1")))


def test_a_decision_on_what_is_no_longer_there_is_kept_and_told(own: Workspace) -> None:
    decide(own, f"{GZ}.27--{SAT}.5.2.s1", "accepted", reviewer="张三", on="2026-11-22")
    file = own.curated_dir / "reviews.sssom.tsv"
    file.write_text(file.read_text(encoding="utf-8").replace(GZ, "elsewhere-tasks"), encoding="utf-8")
    assert "1 项判断所依据的文字已不在图谱中" in "".join(one.value for one in opened("review", by="张三").warning)


def test_a_report_that_fails_is_told_and_made_again_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    failed: Future[object] = Future()
    failed.set_exception(UsageError(where="report", found="x", expected="y", fix="z", zh="核查没有完成。"))
    cleared: list[bool] = []
    monkeypatch.setattr(reported, "_begun", lambda: failed)
    monkeypatch.setattr(reported._making, "clear", lambda: cleared.append(True))
    assert "核查没有完成" in said(opened("check")) and cleared


def test_more_rows_than_are_shown_of_a_query_of_her_own_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.page_sparql.SHOWN", 5)
    app = opened("sparql", query=f"SELECT ?task WHERE {{ ?task a <{ZM}Task> }}")
    button(app, "查询")
    assert "129 行" in said(app) and "只显示前 5 行" in said(app) and len(app.dataframe[0].value) == 5


def test_a_question_of_the_workspace_that_cannot_be_read_is_told_beside_the_others(own: Workspace) -> None:
    own.queries_dir.mkdir(exist_ok=True)
    (own.queries_dir / "mine.rq").write_text("#+ title: nothing else\nSELECT", encoding="utf-8")
    app = opened("topics")
    assert "mine.rq" in said(app) and app.radio


def test_long_tables_of_a_document_on_its_way_in_are_cut_and_rows_left_out_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.import_read.SHOWN", 1)
    monkeypatch.setattr("ui.page_import.ROWS_SHOWN", 2)
    app = dropped("区局分工表.csv", (PLAN + "合计,3,3,,\n").encode())
    assert "略去的行（1）" in [one.label for one in app.expander]
    assert "只显示前 1 行" in said(app) and "只显示前 2 行" in said(app)


def test_a_file_stored_by_somebody_else_meanwhile_is_told(own: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.incoming.store", lambda *all_, **more: Placed(Path("one.csv"), "one", "one.csv", "changed"))
    app = dropped("区局分工表.csv", PLAN.encode())
    press(app, "store")
    assert app.error and "已存入" not in said(app)


def test_a_text_that_is_no_table_is_compared_by_its_clauses() -> None:
    text = (
        "某区政务公开办法\n\n一、公开\n\n（一）加大公开首问责任制、限时办结制、预约办税制、延时服务制和24小时自助办税等便民办税服务措施。\n"
    )
    app = dropped("办法.txt", f"{text}（二）根据《全面推进政务公开工作实施办法》，定期公开。\n".encode())
    chosen(chosen(app, "level/", "county"), "upper/", SAT)
    assert "加大公开首问责任制" in said(app)


def test_a_build_that_breaks_off_says_its_last_words_and_one_that_is_left_is_ended(own: Workspace) -> None:
    listed = own.sources_file.read_text(encoding="utf-8")
    own.sources_file.write_text("sources: 3\n", encoding="utf-8")
    with pytest.raises(UsageError) as told:
        list(arriving.build(own))
    assert "构建未完成" in told.value.zh and "ZM-" in told.value.found
    own.sources_file.write_text(listed, encoding="utf-8")
    building = arriving.build(own)
    next(building)
    building.close()  # type: ignore[attr-defined]
    assert not (own.built_dir / "next").exists()


def test_the_document_a_dropped_one_names_is_chosen_as_the_upper_one() -> None:
    text = "某区政务公开办法\n为贯彻落实《全面推进政务公开工作实施办法》，制定本办法。\n一、公开\n（一）加大公开首问责任制。各科要公开。\n"
    app = dropped("办法.txt", text.encode())
    assert next(one for one in app.selectbox if str(one.key).startswith("upper/")).value == SAT


def test_a_comparison_that_fails_is_told_and_the_upper_document_stays_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_all: object) -> None:
        raise UsageError(where="compare", found="x", expected="y", fix="z", zh="比对没有完成。")

    monkeypatch.setattr("ui.import_upper._compared", fails)
    app = dropped("区局分工表.csv", PLAN.encode())
    chosen(app, "upper/", SAT)
    assert "比对没有完成" in said(app) and app.get_by_key("store")


def test_documents_for_the_checkout_itself_are_announced_as_such(own: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    words = label("ui/import-checkout", "zh")
    assert words not in said(opened("import"))
    (own.path.parent / "graph_data").symlink_to(own.path)
    monkeypatch.setattr("ui.page_import.CHECKOUT", own.path.parent)
    assert words in said(opened("import"))


def test_an_undo_that_cannot_be_written_is_told(own: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_all: object, **_more: object) -> None:
        raise BadDecision(where="reviews.sssom.tsv", found="x", expected="y", fix="z", zh="复核文件无法写入。")

    decide(own, f"{GZ}.27--{SAT}.5.2.s1", "accepted", reviewer="张三", on="2026-11-22")
    monkeypatch.setattr("lineage.review.desk.undo", fails)
    app = press(opened("review", by="张三"), "say-undo")
    assert "复核文件无法写入" in said(app)


def test_scores_that_cannot_be_read_are_left_out() -> None:
    assert features_html("no scores") == "" and "<" in features_html('{"of_task": 0.5}')


def test_the_bars_of_the_start_page_say_what_they_count_where_only_what_people_confirmed_is_shown() -> None:
    assert label("ui/coverage-all", "zh") in said(opened("home", confirmed="1"))


def test_a_cell_that_may_be_merged_says_so() -> None:
    told = said(opened("compare", doc=HC, at="4", field="supporting")).splitlines()
    assert any(label("ui/why-here", "zh") in line and label("mark/doubtful", "zh") in line for line in told)


def test_a_decision_whose_words_have_changed_is_open_again_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = make_workspace(tmp_path / "space")
    link = f"{LOWER}.3--{UPPER}.1.2.s1"
    decide(space, link, "accepted", reviewer="张三", on="2026-11-22")
    make_workspace(space.path, upper=NATIONAL.replace("邀请专家学者参加论证", "可以邀请专家学者参加论证"))
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(space.path))
    assert label("ui/reopened", "zh") in said(opened("review", by="张三", item=link))
