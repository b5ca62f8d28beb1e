"""Guangzhou's tasks reach the national sentences two readers found for them; Hechi's reach none."""

from __future__ import annotations

from functools import cache

import pytest
from seeds import GUANGZHOU, HECHI, NATIONAL, answers, seed

from lineage.align import align
from lineage.records import Link, PairResult
from lineage.to_json import pair_json

FURTHEST = ("verbatim", "adapted", "exceptionDropped", "narrowed", "extended", "merged")


@cache
def pair() -> PairResult:
    return align(seed(NATIONAL), seed(GUANGZHOU))


def links_of(task: str) -> list[Link]:
    return [link for link in pair().links if link.task == task]


def read_answers() -> list[dict[str, str]]:
    return answers("guangzhou_alignment_rows_1_30.tsv") + answers("guangzhou_alignment_rows_31_90.tsv")


def test_links_are_those_two_readers_found() -> None:
    want = {(w["row"], s.strip()) for w in read_answers() for s in w["sentences"].split(",")}
    assert {(link.task, link.sentence) for link in pair().links} == want


def test_relations_agree_with_the_readers() -> None:
    agree = 0
    for want in read_answers():
        found = [link.relation for link in links_of(want["row"]) if link.provision == want["clause"]]
        furthest = max(found, key=FURTHEST.index)
        names = {want["relation"], want.get("relation_second_reader", want["relation"])}
        agree += furthest in names or (furthest == "exceptionDropped" and "adapted" in names)
    assert agree >= 0.95 * len(read_answers())


@pytest.mark.parametrize(("task", "clause"), [("27", "5.2"), ("27", "4.2"), ("37", "6.2")])
def test_rows_that_crossed_groups_reach_both_clauses(task: str, clause: str) -> None:
    assert any(link.provision == clause and link.status == "accepted" for link in links_of(task))


def test_the_words_of_row_27_that_moved_are_quoted_on_both_sides() -> None:
    moved = next(link for link in links_of("27") if link.provision == "4.2")
    assert moved.structure == "moved"
    assert [q.quote for q in moved.task_evidence] == ["主动公开纳税信用A级纳税人名单及相关信息"]
    assert [q.quote for q in moved.provision_evidence] == ["主动公开纳税信用A级纳税人名单及相关信息"]


def test_the_dropped_exception_of_row_5_is_found() -> None:
    link = links_of("5")[0]
    assert link.relation == "exceptionDropped"
    assert [(c.kind, c.what, c.direction) for c in link.changes] == [("dropped", "exception", "tighter")]
    assert link.changes[0].upper.quote == "除涉及国家秘密、商业秘密或个人隐私及其他依法不予公开的事项外"


def test_sentences_without_a_task_say_why() -> None:
    gaps = {gap.sentence: (gap.reason, gap.level) for gap in pair().uncovered}
    assert gaps["7.2.s1"] == ("addressed-to-other-level", "national|provincial")
    assert [gaps[f"7.2.s{n}"] for n in (2, 3, 4)] == [("level-unclear", None)] * 3
    assert gaps["8.4.s4"] == ("addressed-to-other-level", "national")
    assert gaps["11.1.s3"] == ("addressed-to-other-level", "provincial")
    assert sorted(s for s in gaps if not s.startswith("1.")) == [
        "10.2.s2",
        "10.2.s5",
        "11.1.s2",
        "11.1.s3",
        "6.2.s2",
        "6.2.s3",
        "7.2.s1",
        "7.2.s2",
        "7.2.s3",
        "7.2.s4",
        "8.4.s4",
        "9.1.s2",
    ]


def test_every_sentence_is_linked_or_listed_and_never_both() -> None:
    sentences = {p.id for p in seed(NATIONAL).provisions if p.level == "sentence"}
    linked = {link.sentence for link in pair().links}
    listed = {gap.sentence for gap in pair().uncovered}
    assert linked | listed == sentences and not linked & listed


def test_the_pair_skips_a_level_and_says_which_rows_show_it() -> None:
    basis = pair().basis
    assert (basis.verdict, basis.skips_level, basis.missing_levels) == ("yes", True, ("provincial",))
    assert [task for task, _ in basis.skip_evidence] == ["1", "9", "20", "37", "41", "64"]
    assert {quote.quote for _, quote in basis.skip_evidence} == {"省国税局"}


def test_hechi_is_not_based_on_the_openness_measures() -> None:
    result = align(seed(NATIONAL), seed(HECHI))
    assert result.basis.verdict == "no"
    assert result.links == ()
    assert len(result.unmatched) == 38


def test_quotes_stand_where_they_say() -> None:
    upper, lower = seed(NATIONAL).text, seed(GUANGZHOU).text
    for link in pair().links:
        assert all(lower[q.start : q.end] == q.quote for q in link.task_evidence) and link.task_evidence
        assert all(upper[q.start : q.end] == q.quote for q in link.provision_evidence) and link.provision_evidence
        for change in link.changes:
            assert upper[change.upper.start : change.upper.end] == change.upper.quote
            assert lower[change.lower.start : change.lower.end] == change.lower.quote


def test_json_has_the_keys_outside_tools_rely_on() -> None:
    record = pair_json(pair())
    assert {"based_on", "links", "uncovered", "unmatched"} <= set(record)
    assert {"verdict", "reasons", "skips_level", "missing_levels"} <= set(record["based_on"])
    assert {
        "task", "provision", "sentence", "relation", "structure", "changes", "confidence", "status", "decided_by",
        "codebook_version", "method", "features", "task_evidence", "provision_evidence",
    } == set(record["links"][0])  # fmt: skip
    assert {"heading", "text", "order", "numbers"} <= set(record["links"][0]["features"])
