"""Two characters are enough; what is found is ranked, cut to a snippet and leads to its place."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seed_graph import seed_store, seed_workspace

from queries import search as search_module
from queries.search import Found, _phrase, pairs_of, search


@cache
def found(words: str, *kinds: str, document: str = "", limit: int = 500) -> Found:
    folder = seed_workspace().built_dir / "search"
    return search(seed_store(), folder, words, kinds=kinds, document=document, limit=limit)


def ids(words: str, *kinds: str) -> list[str]:
    return [hit.id for hit in found(words, *kinds).hits]


def holding(words: str) -> set[str]:
    """Every sentence and task whose words hold some words, by looking at all of them."""
    query = """PREFIX zm: <https://w3id.org/zhengmai/ns#> SELECT ?iri ?text { { ?iri a zm:Provision ; zm:text ?text } UNION
      { ?iri zm:hasMeasure/zm:hasPart* ?measure . ?measure zm:text ?text } } ORDER BY ?iri"""
    folded = unicodedata.normalize("NFKC", words)
    rows = seed_store().query(query)
    return {row["iri"].value for row in rows if folded in unicodedata.normalize("NFKC", row["text"].value)}


@pytest.mark.parametrize("words", ["政务", "公开", "首问责任制", "稽查", "纳税信用", "工作日内"])
def test_all_texts_that_hold_the_words_are_found_and_no_other(words: str) -> None:
    own = {hit.iri for hit in found(words, "provision", "task").hits if words in hit.snippet.replace("【", "").replace("】", "")}
    assert holding(words) <= {hit.iri for hit in found(words, "provision", "task").hits}
    assert len(own) == found(words, "provision", "task").total > 0


def test_a_phrase_is_found_with_its_snippet_and_place() -> None:
    hits = found("首问责任制").hits
    assert {hit.id for hit in hits} == {"sat-20170427-openness:5.2.s1", "gz-stb-openness-tasks:27"}
    task = next(hit for hit in hits if hit.kind == "task")
    assert task.place == "table/1/row/29" and "【首问责任制】" in task.snippet and task.snippet.endswith("…")


def test_several_words_must_all_be_there_in_any_order() -> None:
    assert ids("信用A级 便民") == ["gz-stb-openness-tasks:27"] == ids("便民 信用Ａ级")
    assert ids("首问责任制 督察内审") == []


def test_width_and_case_do_not_count_and_numbers_are_whole_or_begun() -> None:
    assert ids("12366") == ids("１２３６６") and "sat-20170427-openness:10.2.s2" in ids("12366")
    assert "sat-20170427-openness:10.2.s2" in ids("123") and "sat-20170427-openness:10.2.s2" not in ids("2366")


def test_one_character_is_found_at_the_end_of_a_word_too() -> None:
    assert "gz-stb-openness-tasks:27" in ids("施", "task")  # 便民办税服务措施。


def test_words_in_another_order_are_no_phrase() -> None:
    assert found("责任制首问").total == 0


def test_actors_and_documents_are_found_by_name() -> None:
    assert {hit.id for hit in found("稽查局", "actor").hits} == {"cn-sat/dept/inspection", "cn-gz-stb/dept/inspection"}
    assert "cn-gz-stb/dept/tax-admin-tech" in ids("征管科技发展处", "actor")  # a variant
    assert "gz-stb-openness-tasks" in ids("任务细化分工表", "document")


def test_a_document_narrows_the_search() -> None:
    assert {hit.document for hit in found("公开", document="gz-stb-openness-tasks").hits} == {"gz-stb-openness-tasks"}


def test_words_that_were_injected_are_not_found() -> None:
    assert found("乐动").total == 0


@pytest.mark.parametrize("words", ["", "。，", '"', "AND", "政务*", 'x" OR "y', "NEAR(政务 公开)"])
def test_nothing_typed_is_taken_for_a_command(words: str) -> None:
    assert found(words).searched > 300


@given(st.text(max_size=30))
def test_any_words_give_an_answer(words: str) -> None:
    assert found(words, limit=3).total >= 0
    assert all(token for token in pairs_of(words)) and _phrase(words).count('"') in (0, 2)


def test_the_index_is_made_once_a_version(tmp_path: Path) -> None:
    first = search(seed_store(), tmp_path / "search", "政务")
    (index,) = (tmp_path / "search").iterdir()
    before = index.stat().st_mtime_ns
    assert search(seed_store(), tmp_path / "search", "政务") == first and index.stat().st_mtime_ns == before


def run(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zhengmai", "search", *args, "--workspace", str(seed_workspace().path)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_command_prints_hits_and_says_what_was_searched() -> None:
    done = run("首问责任制")
    assert done.returncode == 0 and "任务 gz-stb-openness-tasks:27 〔表1 第29行〕" in done.stdout and "共 2 条" in done.stderr
    none = run("不存在的词语", "--quiet")
    assert (none.returncode, none.stdout) == (0, "") and "已检索" in none.stderr
    assert json.loads(run("政务", "--format", "json", "--limit", "2").stdout)["total"] > 2


@pytest.mark.parametrize(("args", "said"), [(["x", "--limit", "-1"], "from 0"), (["x", "--document", "none"], "gz-stb-openness-tasks")])
def test_wrong_use_ends_with_2(args: list[str], said: str) -> None:
    done = run(*args)
    assert (done.returncode, done.stdout) == (2, "") and said in done.stderr


def test_very_common_words_are_not_all_weighed_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "MOST", 10)
    many = search(seed_store(), seed_workspace().built_dir / "search", "公开", limit=3)
    assert (many.more, many.total, len(many.hits)) == (True, 10, 3)
    few = search(seed_store(), seed_workspace().built_dir / "search", "首问责任制")
    assert (few.more, few.total) == (False, 2)
