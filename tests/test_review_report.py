"""A sample is drawn the same way each time, and the report's figures are those one counts by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_workspace import LOWER, UPPER, copy_workspace

from lineage.review import desk
from lineage.review.report import make_report, stratified
from lineage.review.sample import Stratum, allot, draw_sample, near_non_links
from zhengmai.errors import UsageError
from zhengmai.workspace import Workspace

DAY = "2026-11-22"
LINKS = [f"{LOWER}.{task}--{UPPER}.{own}" for task, own in (("1", "1.1.s1"), ("2", "1.1.s2"), ("3", "1.2.s1"), ("4", "2.3.s1"))]


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return copy_workspace(tmp_path / "ws")


def test_a_sample_holds_links_and_non_links_and_is_the_same_again(ws: Workspace) -> None:
    drawn = draw_sample(ws, n=6, seed=7)
    assert drawn == draw_sample(ws, n=6, seed=7)
    assert Counter(s.kind == "link" for s in drawn.values()) == {True: 3, False: 3}
    assert any(draw_sample(ws, n=6, seed=seed).keys() != drawn.keys() for seed in range(8, 20))


def test_a_sample_larger_than_what_there_is_holds_all_of_it(ws: Workspace) -> None:
    drawn = draw_sample(ws, n=200, seed=7)
    kinds = Counter(s.kind for s in drawn.values())
    assert (kinds["link"], kinds["gap"], kinds["no-basis"]) == (4, 3, 1) and 1 <= kinds["near"] <= 4
    assert {s.of for s in drawn.values() if s.kind == "link"} == {4}
    assert all(s.size == s.drawn for s in drawn.values())


def test_the_strata_are_those_asked_for(ws: Workspace) -> None:
    names = {s.name for s in draw_sample(ws, n=200, by=["relation"], seed=1).values() if s.kind == "link"}
    assert names == {"verbatim", "adapted"}
    names = {s.name for s in draw_sample(ws, n=200, by=["confidence", "document"], seed=1).values() if s.kind == "link"}
    assert names == {f"0.9-1/{LOWER}--{UPPER}"}
    with pytest.raises(UsageError, match="province"):
        draw_sample(ws, n=1, by=["province"], seed=1)


def test_near_non_links_are_of_linked_sides_and_no_links(ws: Workspace) -> None:
    near = near_non_links(desk.read_pairs(ws)[0])
    assert near and not set(near) & set(LINKS)
    assert all(desk.get_case(ws, item).item.status == "none" for item in near)  # type: ignore[union-attr]
    assert not any(item.startswith(f"{LOWER}.5--") or "2.4" in item for item in near)


@given(st.dictionaries(st.tuples(st.just("link"), st.text(max_size=3)), st.integers(1, 500), min_size=1), st.integers(0, 1500))
def test_a_sample_is_divided_without_rest_and_no_stratum_is_left_out(sizes: dict[tuple[str, str], int], n: int) -> None:
    shares = allot(sizes, n)
    assert sum(shares.values()) == min(n, sum(sizes.values()))
    assert all(0 <= shares[name] <= sizes[name] for name in sizes)
    assert n < len(sizes) or all(shares.values())


def test_a_stratum_is_read_back() -> None:
    stratum = Stratum("link", "adapted/0.9-1/a--b", 40, 12, 124, 7)
    assert Stratum.read(str(stratum)) == stratum
    assert Stratum.read("drawn by hand") is None


def say(ws: Workspace, reviewer: str, words: str) -> None:
    """One letter a link: a accepted, r rejected, u unsure, e accepted as extended, . nothing."""
    meant = {"a": ("accepted", ""), "r": ("rejected", ""), "u": ("unsure", ""), "e": ("accepted", "extended")}
    for item, letter in zip(LINKS, words, strict=True):
        if letter != ".":
            decision, relation = meant[letter]
            desk.decide(ws, item, decision, relation=relation, reviewer=reviewer, on=DAY, comment=f"{reviewer}{letter}")  # type: ignore[arg-type]


def test_precision_relation_and_tables_by_hand(ws: Workspace) -> None:
    say(ws, "张三", "aare")
    report = make_report(ws)
    (group, _, share), *rest = report.precision
    assert (group, share.right, share.of) == ("all", 3, 4)
    assert share.interval == pytest.approx((0.3006, 0.9544), abs=5e-4)  # Wilson for 3 of 4
    by = {(group, part): (share.right, share.of) for group, part, share in rest}
    assert by == {
        ("status", "accepted"): (3, 4),
        ("band", "0.9-1"): (3, 4),
        ("relation", "adapted"): (0, 1),
        ("relation", "verbatim"): (3, 3),
    }
    assert (report.relation.right, report.relation.of) == (2, 3)
    assert report.machine_table == (("adapted", "rejected", 1), ("verbatim", "extended", 1), ("verbatim", "verbatim", 2))
    assert (report.settled, report.undecided, report.codings, report.agreements) == (4, 0, 4, ())


def test_agreement_is_of_first_codings_and_lists_every_difference(ws: Workspace) -> None:
    say(ws, "张三", "aara")
    say(ws, "李四", "arra")
    desk.decide(ws, LINKS[1], "accepted", reviewer="李四", on=DAY)  # a changed mind does not make agreement
    report = make_report(ws, seed=1)
    kappa, alpha = (next(a for a in report.agreements if (a.coefficient, a.on) == (name, "decision")) for name in ("kappa", "alpha"))
    assert (kappa.agreed, kappa.units) == (3, 4)
    assert kappa.value == pytest.approx((0.75 - (0.75 * 0.5 + 0.25 * 0.5)) / 0.5)  # 0.5
    assert alpha.value == pytest.approx(1 - 7 * 2 / (64 - 25 - 9))  # n = 8, five and three of each: 0.5333
    ((item, state),) = report.disagreements
    assert item.id == LINKS[1] and [(r.reviewer_label, r.decision) for r in state.firsts] == [("张三", "accepted"), ("李四", "rejected")]
    assert state.status == "accepted" and not state.disputed
    ((_, _, cells),) = report.reviewer_tables
    assert sum(count for *_, count in cells) == 4


def test_what_is_unsure_or_disputed_counts_on_neither_side(ws: Workspace) -> None:
    say(ws, "张三", "aau.")
    say(ws, "李四", "ar..")
    report = make_report(ws)
    assert (report.settled, report.undecided) == (1, 2)
    assert [(s.right, s.of) for g, _, s in report.precision if g == "all"] == [(1, 1)]


def test_recall_is_estimated_from_what_was_not_linked(ws: Workspace) -> None:
    drawn = draw_sample(ws, n=200, seed=3)
    missed = f"{LOWER}--{UPPER}.2.4.s1"
    for item, stratum in drawn.items():
        wrong = item == missed or (stratum.kind == "near")
        decision = "rejected" if wrong else "accepted"
        desk.decide(ws, item, decision, reviewer="张三", on=DAY, sample=str(stratum))  # type: ignore[arg-type]
    (estimate,) = make_report(ws).estimates
    assert (estimate.precision.value, estimate.covers_links, estimate.covers_others) == (1.0, 1.0, 1.0)
    assert estimate.missed == pytest.approx(1.0)  # one of three gaps was none
    assert estimate.recall == pytest.approx(4 / 5)
    low, high = estimate.recall_interval
    assert 0 < low < 0.8 < high < 1


def test_a_sample_that_is_half_done_says_what_it_covers(ws: Workspace) -> None:
    drawn = draw_sample(ws, n=200, by=["relation"], seed=3)
    item, stratum = next((item, s) for item, s in drawn.items() if s.name == "verbatim")
    desk.decide(ws, item, "accepted", reviewer="张三", on=DAY, sample=str(stratum))
    (estimate,) = make_report(ws).estimates
    assert (estimate.covers_links, estimate.covers_others, estimate.recall) == (0.75, 0.0, None)


def test_a_stratified_share_is_weighted() -> None:
    share = stratified([(900, 9, 10), (100, 5, 10)])
    assert share.value == pytest.approx(0.86)
    # variance 0.81·0.009 + 0.01·0.025 = 0.00754, so as precise as 0.1204/0.00754 = 15.97 simple draws
    # (0.86 + 0.1203 ± 1.96 √(0.00754 + 0.00377)) / 1.2406
    assert share.interval == pytest.approx((0.6222, 0.9582), abs=2e-4)
    assert stratified([]).value is None
