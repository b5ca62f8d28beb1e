"""Every branch of every form: what is typed, ticked and chosen on a page, what comes of it, and what is said where it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from test_ui import opened, said
from test_ui_pages import PLAN, dropped, press

from lineage.review.desk import decide, list_queue
from lineage.tables.progress import read_progress
from loaders.corrections import read_corrections
from queries.run import Answer
from ui.answers import ask
from validation.trend import read_waivers
from zhengmai.errors import UsageError
from zhengmai.workspace import Workspace, read_sources

GZ, SAT, HC = "gz-stb-openness-tasks", "sat-20170427-openness", "hechi-three-systems-tasks"
LINK = f"{GZ}.27--{SAT}.5.2.s1"
TEXT = "某市政务公开办法\n\n一、总体要求\n\n（一）公开范围。各部门应当公开办事指南。（办公室牵头落实）\n（二）公开时限。每季度公开一次。\n"
NOTHING = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}


pytestmark = pytest.mark.usefixtures("on_seeds")


def again(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def ticked(app: AppTest, *rows: int, table: str | None = None) -> AppTest:
    """Tick rows of a table (the first that can be ticked)."""
    key = table or next(str(one.key) for one in app.dataframe if one.key)
    app.session_state[key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return again(app)


def typed_over(app: AppTest, cells: dict[int, dict[str, str]]) -> AppTest:
    """Type over cells of the page's table that can be filled in, row → column → words."""
    app.session_state[str(app.data_editor[0].key)] = {**NOTHING, "edited_rows": cells}
    return again(app)


def button(app: AppTest, words: str) -> AppTest:
    next(one for one in app.button if one.label == words).click().run()
    assert not app.exception
    return app


def chosen(app: AppTest, key: str, value: object) -> AppTest:
    """Choose in the field whose key begins so."""
    kinds = (app.selectbox, app.radio, app.text_input, app.text_area, app.toggle, app.slider, app.date_input, app.get("button_group"))
    next(one for kind in kinds for one in kind if str(one.key).startswith(key)).set_value(value).run()
    assert not app.exception
    return app


def asked(app: AppTest, text: str) -> AppTest:
    app.get_by_key("sparql-text").set_value(text)
    return button(app, "查询")


# SPARQL


def test_a_query_is_answered_with_rows_yes_or_no_triples_or_words() -> None:
    app = opened("sparql")
    assert not app.dataframe
    button(app, "查询")
    assert len(app.dataframe[0].value) == 3 and "3 行" in said(app)
    for text, answer in (
        ("ASK { ?s ?p ?o }", "是"),
        ("ASK { <urn:a> <urn:b> <urn:c> }", "否"),
        ("SELECT * WHERE { <urn:a> <urn:b> ?c }", "没有结果"),
        ("SELECT ?x WHERE { nonsense", "这不是 SPARQL 1.1 的查询语句"),
    ):
        asked(app, text)
        told = "".join(one.value for kind in ("success", "info", "error") for one in app.get(kind))
        assert answer in told.replace("\\", ""), text
    asked(app, "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 3")
    assert [one.label for one in app.get("download_button")] == ["下载 ttl"] and app.code[0].value.count(" a ") == 3
    asked(app, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1001")
    assert len(app.dataframe[0].value) == 1000 and "只显示前 1000 行" in said(app)
    assert app.query_params["query"].startswith("SELECT ?s")


def test_an_example_is_put_into_the_field_and_a_long_query_stays_out_of_the_link() -> None:
    app = opened("sparql")
    chosen(app, "sparql-example", "load-by-department")
    assert "ORDER BY" in app.get_by_key("sparql-text").value
    chosen(app, "sparql-text", "ASK { ?s ?p ?o }" + " " * 2000)
    assert "query" not in app.query_params


# 检索


def test_a_search_is_narrowed_by_kind_and_document_and_says_when_it_found_nothing() -> None:
    app = opened("search")
    assert "公开" not in "".join(one.value for one in app.markdown) and app.info
    chosen(app, "search-words", "纳税信用")
    everything = len(app.get("page_link"))
    assert everything > 3 and "段文字" in said(app)
    chosen(app, "search-kind", "task")
    assert 0 < len(app.get("page_link")) < everything and app.query_params["kind"] == "task"
    chosen(app, "search-document", SAT)
    assert app.info and app.query_params["doc"] == SAT
    chosen(app, "search-words", "没有这样的词组")
    assert "没有这样的词组" in app.info[0].value.replace("\\", "")


# 上下级条款对照表 and 任务台账


def test_the_concordance_is_filtered_by_words_kind_and_relation_and_a_row_opens() -> None:
    app = opened("concordance")
    assert "规则确认 124 · 人工确认 0 · 待复核 0" in said(app)
    whole = len(app.dataframe[0].value)
    assert "承接该句" in said(ticked(app, 0)) or "条文文字" in said(app)
    chosen(app, "concordance-kind", "gap")
    gaps = len(app.dataframe[0].value)
    assert gaps == 19 and f"19 行（共 {whole} 行）" in said(app) and "规则确认" not in said(app).partition("19 行")[2][:40]
    chosen(chosen(app, "concordance-kind", "link"), "concordance-relation", "exceptionDropped")
    assert 0 < len(app.dataframe[0].value) < 10 and app.query_params["relation"] == "exceptionDropped"
    chosen(app, "concordance-q", "没有这样的词组")
    assert not app.dataframe and app.info
    assert len(opened("concordance", confirmed="1", kind="link").dataframe) == 0


def test_a_pair_that_is_not_there_is_said_and_where_there_is_none_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "没有这一对文件" in opened("concordance", upper="nobody", lower=GZ).error[0].value
    without = {"list-pairs": lambda answer: ()}
    for page in ("concordance", "trace"):
        monkeypatch.setattr(f"ui.page_{page}.ask", fewer(without))
        assert opened(page).info and not opened(page).dataframe
    monkeypatch.setattr("ui.page_ledger.ask", fewer({"list-documents": lambda answer: ()}))
    assert opened("ledger").info and not opened("ledger").data_editor


def fewer(kept: dict[str, Callable[[Answer], tuple[dict[str, object], ...]]]) -> Callable[..., Answer]:
    """Ask as the pages do, with other rows in the answers of some questions."""

    def asked(name: str, params: dict[str, str] | None = None) -> Answer:
        answer = ask(name, params)
        return replace(answer, rows=kept[name](answer), iris=()) if name in kept else answer  # type: ignore[arg-type]

    return asked


def test_progress_is_kept_beside_what_another_wrote_and_a_lost_task_is_told(own: Workspace) -> None:
    app = opened("ledger", document=GZ)
    assert app.get_by_key("ledger-keep").disabled and {"第1项", "第91项"} & set(app.data_editor[0].value["task_source"])
    press(typed_over(app, {0: {"progress": "已报送", "state": "办结"}}), "ledger-keep")
    assert "已保存 1 项任务的进展" in said(app)
    press(typed_over(opened("ledger", document=GZ, department="办公室"), {0: {"note": "待补"}}), "ledger-keep")
    kept = read_progress(own.curated_dir)
    assert sorted(tuple(filter(None, one.fields)) for one in kept.values()) == [("已报送", "办结"), ("待补",)]
    file = own.curated_dir / "progress.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace(next(iter(kept))[1], "0" * 12), encoding="utf-8")
    assert app.warning or opened("ledger", document=GZ).warning
    assert len(opened("ledger", document=GZ, q="第27项").data_editor[0].value) == 1


# 复核


def test_unsure_next_and_undo_each_do_what_their_button_says(own: Workspace) -> None:
    app = opened("review", by="张三", order="document")
    first = app.query_params["item"]
    press(app, "say-next")
    second = app.query_params["item"]
    assert second != first and "已判断 0 / 124" in "".join(one.proto.text for one in app.get("progress")).replace("\\", "")
    press(app, "say-unsure")
    assert [toast.value.replace("\\", "").rpartition(" ")[2] for toast in app.toast] == ["存疑"]
    press(app, "say-undo")
    assert app.query_params["item"] == second
    press(app, "say-undo")
    assert "没有可撤回" in "".join(toast.value for toast in app.toast)


def test_another_relation_other_quotes_and_a_comment_are_kept_with_the_decision(own: Workspace) -> None:
    app = opened("review", by="张三", item=LINK)
    chosen(app, f"relation/{LINK}", "adapted")
    chosen(app, f"tq/{LINK}", "加大公开首问责任制")
    chosen(app, f"comment/{LINK}", "只取前半")
    press(app, "say-accepted")
    row = (own.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8").splitlines()[-1]
    assert "adapted" in row and "加大公开首问责任制" in row and "只取前半" in row
    app = opened("review", by="李四", item=LINK)
    assert "张三" in said(app) and "只取前半" in said(app)
    chosen(app, f"pq/{LINK}", "这些字不在条文里")
    press(app, "say-accepted")
    assert app.error and "李四" not in (own.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8")


def test_a_gap_s_reason_is_changed_with_a_comment_and_lists_are_chosen(own: Workspace) -> None:
    gap = f"{GZ}--{SAT}.7.2.s1"
    app = opened("review", by="张三", kind="gap", item=gap)
    chosen(chosen(app, f"reason/{gap}", "omitted"), f"comment/{gap}", "确未见")
    press(app, "say-accepted")
    assert "omitted" in (own.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8")
    chosen(app, "review-show", "decided")
    assert app.query_params["item"] == gap and "待看 1 项（共 19）" in said(app)
    chosen(app, "review-show", "disputed")
    assert app.success and "item" not in app.query_params
    chosen(chosen(app, "review-show", "open"), "review-kind", "no-basis")
    assert app.success  # every task of Guangzhou has a basis
    chosen(chosen(app, "review-kind", "link"), "review-pair", f"{GZ} {SAT}")
    assert "待看 124 项（共 124）" in said(app) and app.query_params["pair"] == f"{GZ} {SAT}"
    chosen(app, "review-blind", True)
    assert app.query_params["blind"] == "1" and "匹配把握度" not in said(app)


def test_whoever_settles_what_no_two_have_said_is_told_and_a_word_in_two_windows_too(own: Workspace) -> None:
    first, second = opened("review", by="张三", item=LINK), opened("review", by="张三", item=LINK)
    press(first, "say-accepted")
    press(second, "say-rejected")
    assert "您在另一个页面已有意见" in said(second) and "他人已有意见" not in said(second)
    decide(own, LINK, "accepted", reviewer="李四", on="2026-11-22")
    third = opened("review", by="王五", item=LINK)
    assert "意见不一" in said(third)
    decide(own, LINK, "rejected", reviewer="李四", on="2026-11-22")
    press(third, "settle-rejected")
    assert "他人已有意见" in said(third) and "李四" in said(third)


def test_rows_that_cannot_be_read_and_words_that_are_gone_are_told(own: Workspace) -> None:
    decide(own, list_queue(own)[0].item.id, "accepted", reviewer="张三", on="2026-11-22")
    file = own.curated_dir / "reviews.sssom.tsv"
    text = file.read_text(encoding="utf-8")
    row = text.splitlines()[-1]
    file.write_text(text + row.replace("\taccepted\t", "\tperhaps\t") + "\n", encoding="utf-8")
    assert "行" in "".join(one.value for one in opened("review", by="张三").warning)


# 一致性核查


def test_findings_that_are_ticked_are_shown_in_full_and_explained_together(own: Workspace) -> None:
    app = ticked(opened("check", rule="W11"), 0, 1)
    assert said(app).count("W11") >= 2 and "将所选 2 条标为已说明" in said(app)
    app.get_by_key("explain-reason").set_value("原件如此")
    app.get_by_key("explain-who").set_value("张三")
    button(app, "标为已说明")
    assert "已说明 2 条" in said(app) and len(read_waivers(own.curated_dir / "waivers.csv")) == 2
    app = ticked(opened("check", state="waived"), 0, 1)
    press(app, "explain-back")
    assert read_waivers(own.curated_dir / "waivers.csv") == ()
    many = ticked(opened("check"), *range(7))
    assert "只显示前 5 行" in said(many)


def test_a_finding_that_is_gone_and_a_filter_that_leaves_none_are_said() -> None:
    app = opened("check", finding="0" * 16)
    assert app.warning and not app.dataframe and app.get("page_link")
    app = opened("check", severity="violation")
    assert not app.dataframe and app.info
    chosen(chosen(app, "check-severity", None), "check-state", "all")
    assert len(app.dataframe[0].value) == 240 and "240 行（共 240 行）" in said(app)
    chosen(app, "check-document", GZ)
    assert 0 < len(app.dataframe[0].value) < 240


# 承接链


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


# 时限 and 部门


def test_limits_are_narrowed_by_level_and_department_and_days_are_chosen() -> None:
    app = opened("deadlines", on="2019-08-01", by="2020-07-31", view="in-window")
    whole = len(app.dataframe[0].value)
    chosen(app, "due-level", "county")
    assert len(app.dataframe[0].value) <= whole and app.query_params["level"] == "county"
    chosen(chosen(app, "due-level", None), "due-department", "办公室")
    assert app.query_params["department"] == "办公室"
    assert "共" in said(app)
    assert opened("deadlines", on="not-a-day", by="1800-01-01").date_input[0].value
    assert "drift" in opened("deadlines", view="drift").query_params["view"]


def test_a_department_without_tasks_or_counterpart_is_said_so() -> None:
    names = [iris["actor"].rpartition("/id/")[2] for iris in ask("list-departments").iris]
    words = "".join(said(opened("departments", department=name, document=HC)) for name in names[:6])
    assert "没有" in words


# 导入文件


def test_a_column_is_given_another_meaning_and_read_again(own: Workspace) -> None:
    app = dropped("区局分工表.csv", PLAN.replace("牵头部门", "经办").encode())
    box = next(one for one in app.selectbox if one.label == "经办")
    box.set_value("lead")
    button(app, "按所选栏目重新读取")
    assert "lead" in app.data_editor[0].value.columns
    box = next(one for one in app.selectbox if one.label == "具体举措")
    box.set_value("")
    next(one for one in app.selectbox if one.label == "主要任务").set_value("")
    button(app, "按所选栏目重新读取")  # without them it is no table of tasks
    assert app.error and app.data_editor


def test_cells_are_mended_with_a_reason_or_not_stored(own: Workspace) -> None:
    app = dropped("区局分工表.csv", PLAN.encode())
    typed_over(app, {2: {"lead": "政策法规科"}})
    assert "已改正 1 处" in said(app) and app.get_by_key("store").disabled and "请填写" in "".join(one.value for one in app.warning)
    chosen(chosen(app, "mend-reason", "原件漏印"), "mend-who", "张三")
    assert not app.get_by_key("store").disabled
    press(chosen(app, "level/", "county"), "store")
    (kept,) = read_corrections(own.curated_dir)[read_sources(own)[-1].slug]
    assert (kept.new, kept.reason, kept.who) == ("政策法规科", "原件漏印", "张三")


def test_only_doubtful_rows_are_shown_when_asked_for_and_a_missing_title_halts() -> None:
    app = dropped("区局分工表.csv", PLAN.encode())
    rows = len(app.data_editor[0].value)
    chosen(app, "doubts/", True)
    assert len(app.data_editor[0].value if app.data_editor else ()) < rows
    chosen(app, "title/", "")
    assert app.get_by_key("store").disabled
    assert "行政层级" in "".join(one.value for one in app.warning)


def test_the_clauses_of_a_running_text_are_mended_before_it_is_stored(own: Workspace) -> None:
    app = dropped("办法.txt", TEXT.encode())
    table = app.data_editor[0].value
    at = next(n for n, note in enumerate(table["note"]) if note)
    typed_over(app, {at: {"note": "政策法规科牵头落实"}})
    chosen(app, "mend-reason", "原件有误")
    press(chosen(app, "level/", "city"), "store")
    (kept,) = read_corrections(own.curated_dir)[read_sources(own)[-1].slug]
    assert (kept.field, kept.new, kept.row) == ("note", "政策法规科牵头落实", None)


def test_rows_left_out_are_listed_with_their_reason() -> None:
    app = dropped("区局分工表.csv", (PLAN + "合计,,,,\n").encode())
    assert any("略去" in one.label or "未收录" in one.label for one in app.expander) or app.metric


def test_a_build_that_fails_and_a_file_that_changed_meanwhile_are_said(own: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(workspace: Workspace) -> Iterator[str]:
        yield "读取"
        raise UsageError(where="zhengmai build", found="x", expected="y", fix="z", zh="文件已存入，但构建未完成，图谱仍为原版本。")

    app = dropped("区局分工表.csv", PLAN.encode())
    monkeypatch.setattr("ui.incoming.build", fails)
    press(app, "store")
    assert "文件已存入，但构建未完成" in said(app)


def test_the_upper_document_that_the_text_names_is_chosen_and_left_to_the_rule(own: Workspace) -> None:
    named = PLAN.replace("全面推进政务公开任务细化分工表", "越秀区任务分工表\n\n根据《全面推进政务公开工作实施办法》，制定本表。", 1)
    app = dropped("区局分工表.txt", named.encode())
    box = next(one for one in app.selectbox if str(one.key).startswith("upper/"))
    if box.value == SAT:
        assert next(one for one in app.radio if str(one.key).startswith("judge/")).value == "rule"
    chosen(chosen(app, "level/", "county"), "upper/", SAT)
    assert "收录" in said(app)
    chosen(app, "upper/", None)
    assert not [one for one in app.radio if str(one.key).startswith("judge/")]
