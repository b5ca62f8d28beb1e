"""上下级条款对照表 and 任务台账: filtered, a row opened, progress kept, and what is said where there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pages import chosen, opened, press, said, ticked, typed_over

from lineage.tables.progress import read_progress
from queries.run import Answer
from ui.answers import ask
from zhengmai.workspace import Workspace

GZ = "gz-stb-openness-tasks"


pytestmark = pytest.mark.usefixtures("on_seeds")


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


def test_a_document_without_tasks_is_said_to_have_none_not_to_be_gone() -> None:
    app = opened("ledger", document="sat-20170427-openness")
    assert "“全面推进政务公开工作实施办法”没有任务分工表" in said(app) and not app.warning and app.data_editor


def test_a_task_of_the_ledger_is_read_in_full_and_leads_to_its_row() -> None:
    app = opened("ledger", document=GZ)
    chosen(app, "ledger-whole/", 27)  # the rows are numbered from 0, and one unnumbered row stands after 9
    assert "加大公开首问责任制" in said(app)
    assert "查看原文：27" in [one.proto.label.replace("\\", "") for one in app.get("page_link")]
    typed_over(app, {0: {"progress": "已报送"}})
    assert "1 行填写尚未保存" in said(app)
