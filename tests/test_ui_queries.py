"""SPARQL and 检索: what is typed and chosen, what comes of it, and what is said where it cannot be."""

from __future__ import annotations

import pytest
from pages import again, button, chosen, opened, said, ticked
from streamlit.testing.v1 import AppTest

SAT = "sat-20170427-openness"


pytestmark = pytest.mark.usefixtures("on_seeds")


def asked(app: AppTest, text: str) -> AppTest:
    app.get_by_key("sparql-text").set_value(text)
    return button(app, "查询")


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


def test_the_address_and_the_snippets_for_other_programs_are_drawn_once_they_are_opened() -> None:
    app = opened("sparql")
    assert [code.value for code in app.code if "7878" in code.value] == []
    app.session_state["sparql-clients"] = True
    again(app)
    shown = "\n".join(code.value for code in app.code)
    for snippet in ("curl http://127.0.0.1:7878/sparql", "SPARQLWrapper", "httr", "queries/load-by-department.csv"):
        assert snippet in shown


def test_an_example_is_put_into_the_field_and_a_long_query_stays_out_of_the_link() -> None:
    app = opened("sparql")
    chosen(app, "sparql-example", "load-by-department")
    assert "ORDER BY" in app.get_by_key("sparql-text").value
    chosen(app, "sparql-text", "ASK { ?s ?p ?o }" + " " * 2000)
    assert "query" not in app.query_params


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


# a row of an answer


def test_a_row_that_is_ticked_opens_with_both_texts_and_the_ways_on() -> None:
    app = ticked(opened("topics", query="which-tasks-implement-clause", **{"p.clause": "sat-20170427-openness:5.2"}), 0)
    words = said(app)
    assert "下位文件任务 27" in words and "上位文件条文 5.2.s1" in words and "双方共有" in words
    ways = {one.proto.label.replace("\\", "") for one in app.get("page_link")}
    assert {"查看原文：27", "查看原文：5.2.s1"} <= ways
    assert any(way.startswith("承接链条：5.2") for way in ways)


def test_a_ticked_row_without_two_texts_shows_the_text_it_has() -> None:
    words = said(ticked(opened("topics", query="uncovered-provisions"), 0))
    assert "条文文字" in words and "层级不明" in words
