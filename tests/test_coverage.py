"""What tasks carry of each sentence together, what is left of it, and the mixes; read from the Guangzhou table."""

from __future__ import annotations

from dataclasses import replace

from seeds import GUANGZHOU, HECHI, NATIONAL, seed

from lineage.align import align
from lineage.coverage import coverage_of

RESULT = align(seed(NATIONAL), seed(GUANGZHOU))
SENTENCES, MIXES = coverage_of(RESULT, seed(NATIONAL))
BY_ID = {s.sentence: s for s in SENTENCES}


def test_rows_17_to_19_carry_a_sentence_together_but_for_one_phrase() -> None:
    carried = BY_ID["4.1.s1"]
    assert carried.accepted == ("17", "18", "19")
    assert carried.kind == "whole" and carried.share < 1
    assert [q.quote for q in carried.left] == ["自然人"]  # 税收管理体系 stands in the rows, of large enterprises


def test_a_sentence_of_which_only_the_list_is_left_over_says_what_nobody_carries() -> None:
    """Row 1 carries out 2.1.s1 and keeps little of it: the flow chart of powers and its publication are in no row."""
    carried = BY_ID["2.1.s1"]
    assert carried.kind == "part" and carried.accepted + carried.proposed == ("1",)
    assert any("编制权责事项运行流程图" in q.quote for q in carried.left)


def test_words_left_stand_where_they_say() -> None:
    text = seed(NATIONAL).text
    assert all(text[q.start : q.end] == q.quote for s in SENTENCES for q in s.left)


def test_a_clause_has_a_mix_and_no_verdict() -> None:
    """Of 7.2 one sentence names other levels and three name none."""
    mix = next(m for m in MIXES if (m.level, m.id) == ("clause", "7.2"))
    assert {kind: count for kind, count in mix.counts.items() if count} == {"addressed-to-other-level": 1, "level-unclear": 3}
    assert mix.of == 4


def test_mixes_add_up_to_the_sentences() -> None:
    for level in ("document", "section", "clause"):
        mixes = [m.counts for m in MIXES if m.level == level]
        gaps = sum(m[kind] for m in mixes for kind in ("addressed-to-other-level", "none-found", "level-unclear", "judged"))
        assert sum(m["whole"] + m["part"] for m in mixes) + gaps == len(SENTENCES) == 137
        assert sum(m["accepted"] + m["proposed"] for m in mixes) + gaps == sum(m.of for m in MIXES if m.level == level) == 137


def test_a_rejected_link_carries_nothing() -> None:
    links = tuple(replace(link, status="rejected") if link.task == "18" else link for link in RESULT.links)
    sentences, _ = coverage_of(replace(RESULT, links=links), seed(NATIONAL))
    assert next(s for s in sentences if s.sentence == "4.1.s1").accepted == ("17", "19")


def test_where_there_is_no_basis_there_is_no_coverage() -> None:
    assert coverage_of(align(seed(NATIONAL), seed(HECHI)), seed(NATIONAL)) == ((), ())


def test_the_nearest_candidate_is_named_only_where_one_is_alike() -> None:
    nearest = {gap.sentence: (gap.nearest_task, gap.nearest_confidence) for gap in RESULT.uncovered}
    assert all((task is None) == (sure == 0) for task, sure in nearest.values())
    assert nearest["7.2.s1"] == (None, 0.0)  # 列席有关会议的制度: nothing of the kind
    assert nearest["1.1.s1"] == (None, 0.0)
    assert {s: nearest[s][0] for s in ("6.2.s3", "7.2.s4", "8.4.s4", "11.1.s3")} == {
        "6.2.s3": "37",  # 预算决算
        "7.2.s4": "75",  # 征求意见的采纳情况
        "8.4.s4": "53",  # 新闻发布会
        "11.1.s3": "72",  # 公众参与
    }


def test_a_task_without_basis_names_the_sentence_that_was_turned_down() -> None:
    result = align(seed(NATIONAL), seed(HECHI))
    assert all(task.reason in ("no-basis-in-upper", "below-threshold") for task in result.unmatched)
    assert any(task.nearest_sentence and 0 < task.nearest_confidence < 1 for task in result.unmatched)
