"""Three levels: ways over the document between, as sure as their weakest link, in the place of direct links."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from chain_documents import LEVELS, TEXTS
from chain_workspace import ask, workspace

from lineage.align import align
from lineage.chains import Chain, chains_of
from lineage.levels import Pairs, level_by_level
from lineage.review import desk
from loaders.extract import extract_bytes
from loaders.records import Extraction
from zhengmai.commands._pipeline import build


@cache
def corpus() -> dict[str, Extraction]:
    return {slug: extract_bytes(text.encode(), f"{slug}.txt") for slug, text in TEXTS.items()}


@cache
def direct() -> Pairs:
    found = corpus()
    return {(u, lo): align(found[u], found[lo]) for u, lo in (("national", "city"), ("city", "county"), ("national", "county"))}


def ends(chain: Chain) -> tuple[str, ...]:
    return (chain.steps[0].task, *(step.sentence or "" for step in chain.steps))


def test_a_county_row_reaches_the_national_sentence_over_the_city_s() -> None:
    pairs, _ = level_by_level(direct(), corpus(), LEVELS)
    assert [ends(chain) for chain in chains_of(pairs, corpus())] == [("1", "1.1.s1", "1.1.s1"), ("2", "1.2.s1", "1.2.s1")]


def test_a_chain_is_as_sure_as_its_weakest_link() -> None:
    pairs, _ = level_by_level(direct(), corpus(), LEVELS)
    for chain in chains_of(pairs, corpus()):
        assert chain.weakest.link.confidence == min(step.link.confidence for step in chain.steps)
        assert chain.by_people == 0


def test_direct_links_reached_over_the_city_go_and_others_await_review() -> None:
    pairs, changes = level_by_level(direct(), corpus(), LEVELS)
    assert {(link.task, link.sentence) for link in direct()["national", "county"].links} == {
        ("1", "1.1.s1"),
        ("2", "1.2.s1"),
        ("4", "2.1.s1"),
    }
    assert [(c.upper, c.lower, c.through) for c in changes] == [("national", "county", ("city",))]
    assert changes[0].replaced == (("1", "1.1.s1"), ("2", "1.2.s1"))
    assert changes[0].left == (("4", "2.1.s1"),)
    kept = pairs["national", "county"]
    assert [(link.task, link.status) for link in kept.links] == [("4", "proposed")]
    assert kept.basis.through == ("city",) and kept.basis.skips_level
    assert {d.task for d in kept.divergences} == {"4"}


def test_without_the_city_the_pair_skips_a_level_and_says_so() -> None:
    found = corpus()
    only = {("national", "county"): direct()["national", "county"]}
    pairs, changes = level_by_level(only, {k: found[k] for k in ("national", "county")}, {k: LEVELS[k] for k in ("national", "county")})
    assert changes == () and pairs == only
    assert pairs["national", "county"].basis.missing_levels == ("provincial", "city")


def test_a_document_between_that_is_of_another_policy_changes_nothing() -> None:
    rivers = "某市人民政府关于加强河道管理的实施意见\n一、治理\n（一）清淤。每年清理河道淤泥两次并公示。\n"
    other = extract_bytes(rivers.encode(), "other.txt")
    found = {**corpus(), "city": other}
    pairs = {(u, lo): align(found[u], found[lo]) for u, lo in direct()}
    assert level_by_level(pairs, found, LEVELS) == (pairs, ())


def test_adding_the_document_between_makes_links_level_by_level_and_lists_the_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ws = workspace(tmp_path / "ws", "national", "county")
    build(ws)
    assert "越级" not in capsys.readouterr().err
    before = "SELECT ?task WHERE { ?task zm:implements ?s . ?s zm:isPartOf+ <https://w3id.org/zhengmai/id/doc/national> } ORDER BY ?task"
    assert ("doc/county/task/1",) in ask(ws, before)
    assert ask(ws, "SELECT ?c WHERE { ?c a zm:LineageChain }") == []
    ws = workspace(tmp_path / "ws", "national", "city", "county")
    build(ws)
    assert "2 条越级对应改为逐级，1 条在中间文件中未见" in capsys.readouterr().err
    assert ("doc/county/task/1",) not in ask(ws, before)
    chains = ask(
        ws,
        "SELECT ?from ?to ?n ?people ?was WHERE { ?c zm:chainFrom ?from ; zm:chainTo ?to ; zm:linkCount ?n ; zm:linksByPeople ?people"
        " OPTIONAL { ?c zm:replacesLink ?was } } ORDER BY ?from",
    )
    assert chains == [
        ("doc/county/task/1", "doc/national/sentence/1.1.s1", "2", "0", "alignment/county.1--national.1.1.s1"),
        ("doc/county/task/2", "doc/national/sentence/1.2.s1", "2", "0", "alignment/county.2--national.1.2.s1"),
    ]
    assert ask(ws, "SELECT ?m WHERE { ?p a zm:DocumentPair ; zm:throughDocument ?m }") == [("doc/city",)]


def test_the_basis_chain_keeps_what_is_cited_and_not_held_and_stated_apart_from_concluded(tmp_path: Path) -> None:
    ws = workspace(tmp_path / "ws", "national", "city", "county")
    build(ws)
    stated = ask(ws, "SELECT ?by ?of WHERE { ?by zm:carriesOut|zm:basedOn ?of } ORDER BY ?by")
    assert ("doc/city", "doc/national") in stated
    assert any(by == "doc/national" and of.startswith("doc/cited/") for by, of in stated)
    assert not any(by == "doc/county" for by, _ in stated)
    assert ("doc/county", "doc/city") in ask(ws, "SELECT ?by ?of WHERE { ?by zm:concludedBasis ?of }")
    traced = ask(ws, "SELECT ?of WHERE { <https://w3id.org/zhengmai/id/doc/county/task/1> zm:tracesTo ?of }")
    assert ("doc/national",) in traced and any(of.startswith("doc/cited/") for (of,) in traced)


def test_a_chain_over_an_internal_document_stays_here_with_it(tmp_path: Path) -> None:
    from lineage.reasoning import inferred_lineage
    from zhengmai.access import without_internal

    ws = workspace(tmp_path / "ws", "national", "city", "county")
    build(ws)
    lines = (ws.built_dir / "current" / "graph.nq").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "id/chain/" in line]
    kept = without_internal(lines, {"city"}, infer=inferred_lineage).lines
    assert [line for line in kept if "id/chain/" in line] == []
    assert [line for line in without_internal(lines, (), infer=inferred_lineage).lines if "id/chain/" in line]


def test_when_people_reject_the_link_between_the_direct_one_is_back_and_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ws = workspace(tmp_path / "ws", "national", "city", "county")
    build(ws)
    desk.decide(ws, "county.1--city.1.1.s1", "rejected", reviewer="张三", on="2026-01-31")
    capsys.readouterr()
    build(ws)
    assert "1 条越级对应改为逐级" in (said := capsys.readouterr().err)
    assert "恢复越级对应 1 条（1→1.1.s1）" in said
    direct = "<https://w3id.org/zhengmai/id/alignment/county.1--national.1.1.s1>"
    assert ask(ws, f"SELECT ?s ?why WHERE {{ {direct} zm:status ?s ; zm:restoredBecause ?why ; zm:skipsLevel true }}") == [
        ("https://w3id.org/zhengmai/scheme/status/accepted", "alignment/county.1--city.1.1.s1")
    ]
    assert ask(ws, "SELECT ?from WHERE { ?c zm:chainFrom ?from }") == [("doc/county/task/2",)]
    assert ask(ws, "SELECT ?s WHERE { <https://w3id.org/zhengmai/id/doc/county/task/1> zm:implements ?s }") == [
        ("doc/national/sentence/1.1.s1",)
    ]


def test_taking_the_rejection_back_makes_the_way_again(tmp_path: Path) -> None:
    ws = workspace(tmp_path / "ws", "national", "city", "county")
    build(ws)
    desk.decide(ws, "county.1--city.1.1.s1", "rejected", reviewer="张三", on="2026-01-31")
    build(ws)
    desk.undo(ws, reviewer="张三", on="2026-02-01")
    build(ws)
    assert len(ask(ws, "SELECT ?c WHERE { ?c a zm:LineageChain }")) == 2
    assert ask(ws, "SELECT ?a WHERE { ?a zm:restoredBecause ?why }") == []


def test_when_people_hold_that_the_county_does_not_follow_the_city_every_direct_link_is_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ws = workspace(tmp_path / "ws", "national", "city", "county")
    build(ws)
    desk.decide(ws, "county--city", "rejected", reviewer="张三", on="2026-01-31", comment="县表直接依据国家文件编制")
    build(ws)
    assert "恢复越级对应 2 条" in capsys.readouterr().err
    back = ask(ws, "SELECT ?a ?why WHERE { ?a zm:restoredBecause ?why } ORDER BY ?a")
    assert back == [
        ("alignment/county.1--national.1.1.s1", "pair/county--city"),
        ("alignment/county.2--national.1.2.s1", "pair/county--city"),
    ]
    assert ask(ws, "SELECT ?c WHERE { ?c a zm:LineageChain }") == []
    assert ask(ws, "SELECT ?m WHERE { ?p zm:throughDocument ?m }") == []


def test_a_direct_link_that_people_accepted_stays_beside_the_way(tmp_path: Path) -> None:
    ws = workspace(tmp_path / "ws", "national", "city", "county")
    build(ws)
    desk.decide(ws, "county.1--national.1.1.s1", "accepted", reviewer="张三", on="2026-01-31", relation="adapted")
    build(ws)
    by = ask(ws, "SELECT ?by WHERE { <https://w3id.org/zhengmai/id/alignment/county.1--national.1.1.s1> zm:decidedBy ?by }")
    assert by == [("https://w3id.org/zhengmai/scheme/decided-by/person",)]
    assert len(ask(ws, "SELECT ?c WHERE { ?c a zm:LineageChain }")) == 2
