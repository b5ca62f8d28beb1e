"""A task table as an upper document: a county's plan against its city's table, and chains over that table up to the nation."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from chain_documents import CITY_TABLE, LEVELS, TEXTS
from chain_workspace import ask, workspace
from seeds import GUANGZHOU, NATIONAL, seed

from lineage.align import align
from lineage.chains import chains_of
from lineage.coverage import coverage_of
from lineage.levels import level_by_level
from lineage.records import PairResult
from lineage.upper_rows import as_upper
from loaders.extract import extract_bytes
from loaders.records import Extraction
from queries.run import run_query
from validation.graph import load_data
from validation.runner import validate_store
from zhengmai.commands._pipeline import build
from zhengmai.errors import BadQuery
from zhengmai.store import open_store


@cache
def corpus() -> dict[str, Extraction]:
    texts = {**TEXTS, "city": CITY_TABLE}
    return {slug: extract_bytes(text.encode(), f"{slug}.txt") for slug, text in texts.items()}


@cache
def aligned(upper: str, lower: str) -> PairResult:
    return align(corpus()[upper], corpus()[lower])


def test_rows_become_provisions_with_the_words_roles_and_limits_of_the_row() -> None:
    read = as_upper(corpus()["city"])
    by_id = {p.id: p for p in read.provisions}
    assert [p.id for p in read.provisions if p.level == "sentence"] == ["1.s1", "2.s1", "2.s2", "3.s1"]
    second = by_id["2.s2"]
    assert second.text == "建立老年人家庭台账，逐户上门评估改造需求。"
    assert read.text[second.place.start : second.place.end] == second.text
    limit = second.deadlines[0]
    start = (second.place.start or 0) + limit.start
    assert read.text[start : start + limit.end - limit.start] == "2024年底前" and limit.deadline.date == "2024-12-31"
    assert [m.actor.name for m in by_id["2"].roles if m.role == "lead"] == ["市民政局"]
    assert (by_id["3"].parent, by_id["group-2"].heading) == ("group-2", "提升服务")


def test_reading_rows_twice_changes_nothing_and_running_text_stays_as_it_is() -> None:
    read = as_upper(corpus()["city"])
    assert as_upper(read) is read
    assert as_upper(corpus()["national"]) is corpus()["national"]


def test_an_opinion_with_its_table_stays_an_opinion() -> None:
    both = extract_bytes((TEXTS["city"] + "\n附件\n" + CITY_TABLE).encode(), "both.txt")
    assert both.rows and both.provisions
    assert as_upper(both) is both


def test_a_notice_that_sends_out_a_table_is_read_by_its_rows_as_well() -> None:
    notice = "某市人民政府关于印发任务分工表的通知\n一、提高认识\n（一）加强领导。各单位要高度重视，按季报送进展。\n附件\n"
    both = extract_bytes((notice + CITY_TABLE).encode(), "notice.txt")
    added = [p.id for p in as_upper(both).provisions if p.level == "task"]
    assert len(both.rows) == 3 and [p for p in both.provisions if p.level == "sentence"]
    assert added == [row.row for row in both.rows]


def test_a_county_row_is_linked_to_the_sentence_of_the_city_s_row() -> None:
    result = aligned("city", "county")
    assert result.basis.verdict == "yes"
    assert [(k.task, k.provision, k.sentence, k.relation, k.status) for k in result.links] == [
        ("1", "1", "1.s1", "verbatim", "accepted"),
        ("2", "2", "2.s1", "extended", "accepted"),
        ("3", "3", "3.s1", "narrowed", "accepted"),
    ]
    assert [gap.sentence for gap in result.uncovered] == ["2.s2"]
    assert [task.task for task in result.unmatched] == ["4"]


def test_the_time_limit_of_the_city_s_row_is_compared() -> None:
    found = {(d.task, d.aspect, d.difference) for d in aligned("city", "county").divergences}
    assert {("2", "deadline", "same"), ("1", "deadline", "gone"), ("2", "lead", "match")} <= found


def test_coverage_counts_sentences_of_rows() -> None:
    _, mixes = coverage_of(aligned("city", "county"), corpus()["city"])
    told = {(m.level, m.id): (m.counts["accepted"], m.of) for m in mixes}
    assert told == {
        ("document", ""): (3, 4),
        ("section", "group-1"): (2, 3),
        ("section", "group-2"): (1, 1),
        ("clause", "1"): (1, 1),
        ("clause", "2"): (1, 2),
        ("clause", "3"): (1, 1),
    }


def test_the_seeds_the_wrong_way_round_say_so_though_the_table_could_serve() -> None:
    result = align(seed(GUANGZHOU), seed(NATIONAL))
    assert result.links == () and any("颠倒" in zh for zh, _ in result.basis.reasons)


def test_a_table_between_makes_chains_and_takes_the_place_of_direct_links() -> None:
    pairs = {(u, lo): aligned(u, lo) for u, lo in (("national", "city"), ("city", "county"), ("national", "county"))}
    stepped, changes = level_by_level(pairs, corpus(), LEVELS)
    assert [(c.through, c.replaced, c.left) for c in changes] == [(("city",), (("1", "1.1.s1"), ("2", "1.2.s1")), (("4", "2.1.s1"),))]
    ends = [(c.steps[0].task, c.steps[0].sentence, c.steps[1].task, c.steps[1].sentence) for c in chains_of(stepped, corpus())]
    assert ends == [("1", "1.s1", "1", "1.1.s1"), ("2", "2.s1", "2", "1.2.s1")]


def test_a_way_over_an_opinion_goes_on_from_the_rows_of_its_own_table() -> None:
    table = CITY_TABLE.replace("建设全市统一的应急呼叫平台，推广智能手环等随身设备。", "支持建设社区老年食堂，鼓励老年助餐配送。")
    both = extract_bytes((TEXTS["city"] + "\n附件\n" + table).encode(), "both.txt")
    held = {**corpus(), "city": both}
    pairs = {(u, lo): align(held[u], held[lo]) for u, lo in (("national", "city"), ("city", "county"))}
    ends = [(c.steps[0].task, c.steps[0].sentence, c.steps[1].task, c.steps[1].sentence) for c in chains_of(pairs, held)]
    # the county's third row follows the opinion's third sentence, which no row of the city's table repeats
    assert ends == [("1", "1.1.s1", "a1.1", "1.1.s1"), ("2", "1.2.s1", "a1.2", "1.2.s1")]


def test_the_built_graph_walks_over_the_table_and_breaks_no_rule(tmp_path: Path) -> None:
    ws = workspace(tmp_path / "ws", "national", "city", "county", texts={"city": CITY_TABLE})
    build(ws)
    walked = (
        "SELECT ?mid ?up WHERE { <https://w3id.org/zhengmai/id/doc/county/task/2> zm:implements ?s . ?s zm:isPartOf ?mid ."
        " ?mid zm:implements ?up } ORDER BY ?mid"
    )
    assert ask(ws, walked) == [("doc/city/task/2", "doc/national/sentence/1.2.s1")]
    chains = "SELECT ?from ?to ?was WHERE { ?c zm:chainFrom ?from ; zm:chainTo ?to ; zm:replacesLink ?was } ORDER BY ?from"
    assert ask(ws, chains)[0] == ("doc/county/task/1", "doc/national/sentence/1.1.s1", "alignment/county.1--national.1.1.s1")
    traced = "SELECT ?of WHERE { <https://w3id.org/zhengmai/id/doc/county/task/1> zm:tracesTo ?of }"
    assert {("doc/city",), ("doc/city/task/1",), ("doc/city/sentence/1.s1",)} <= set(ask(ws, traced))
    store = load_data(ws.built_dir / "current" / "graph.nq")
    assert [f for f in validate_store(store) if f.severity == "violation"] == []


def test_a_row_that_serves_as_upper_is_asked_for_like_a_clause(tmp_path: Path) -> None:
    ws = workspace(tmp_path, "city", "county", texts={"city": CITY_TABLE})
    build(ws)
    store = open_store(ws)
    for clause, sentences in (("city:1", {"1.s1"}), ("city:1.s1", {"1.s1"}), ("city:3", {"3.s1"})):
        found = run_query("which-tasks-implement-clause", {"clause": clause}, store)
        assert {row["sentence"] for row in found.rows} == sentences
    with pytest.raises(BadQuery, match="city:9"):
        run_query("which-tasks-implement-clause", {"clause": "city:9"}, store)
