"""The codebook's examples are what the machine says, and its near misses are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from seeds import GUANGZHOU, NATIONAL, seed

from lineage.align import align
from lineage.records import PairResult
from loaders.actors.levels import addressed_levels
from ontology.labels import label
from ontology.terms import SCHEMES

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "codebook.md").read_text(encoding="utf-8")
LINK = re.compile(r"(\d+(?:-u1)?)←(\d+\.\d+\.s\d+)")
SENTENCE = re.compile(r"(?<![←\d.])(\d+\.\d+\.s\d+)")


@cache
def pair() -> PairResult:
    return align(seed(NATIONAL), seed(GUANGZHOU))


def rows(heading: str) -> Iterator[list[str]]:
    """Yield the cells of the table under a heading."""
    section = PAGE.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    for line in section.splitlines():
        if line.startswith("| ") and " code " not in line:
            yield [cell.strip() for cell in line.strip("|").split("|")]


@pytest.mark.parametrize(("heading", "field"), [("对应类型", "relation"), ("对应结构", "structure")])
def test_examples_of_relations_and_structures_hold(heading: str, field: str) -> None:
    found = {(link.task, link.sentence): getattr(link, field) for link in pair().links}
    for zh, code, _, examples, near in rows(heading):
        assert zh == label(f"{'relation-type' if field == 'relation' else field}/{code}", "zh")
        assert [found[pair_] for pair_ in LINK.findall(examples)] == [code] * len(LINK.findall(examples))
        assert code not in [found[pair_] for pair_ in LINK.findall(near)], near


def test_every_code_has_a_row_with_three_examples_and_three_near_misses() -> None:
    for heading, codes in (
        ("对应类型", SCHEMES["relation-type"]),
        ("对应结构", SCHEMES["structure"]),
        ("文字变化", SCHEMES["change-kind"]),
        ("适用层级", SCHEMES["level"]),
        ("未见承接的理由", SCHEMES["gap-reason"][:3]),
    ):
        assert {cells[1] for cells in rows(heading)} == set(codes)
    for heading in ("对应类型", "对应结构"):
        for cells in rows(heading):
            assert len(LINK.findall(cells[3])) >= 3 or "made up" in cells[3]
            assert len(LINK.findall(cells[4])) >= 3 or "made up" in cells[4] or len(re.findall("[;,]", cells[4])) >= 2


def test_examples_of_levels_hold() -> None:
    text = {p.id: p.text for p in seed(NATIONAL).provisions}
    for _, code, examples, near in rows("适用层级"):
        assert all(code in addressed_levels(text[own]) for own in SENTENCE.findall(examples)), code
        assert not any(code in addressed_levels(text[own]) for own in SENTENCE.findall(near) if own != "10.1.s3" or code == "national"), (
            code
        )


def test_examples_of_gap_reasons_hold() -> None:
    found = {gap.sentence: gap.reason for gap in pair().uncovered}
    for _, code, _, examples, near in rows("未见承接的理由"):
        assert {found[own] for own in SENTENCE.findall(examples)} <= {code}
        assert code not in {found.get(own) for own in SENTENCE.findall(near)}


def test_examples_of_leads_hold() -> None:
    found = {(d.task, d.difference) for d in pair().divergences if d.aspect == "lead"}
    cell = next(cells[3] for cells in rows("上下级差异") if cells[1] == "lead")
    for code, tasks in re.findall(r"([a-z-]+): ([^;]+)", cell):
        for task in re.findall(r"(?<![\d.])(\d+)(?![\d.])", tasks):
            assert (task, code) in found, (task, code)
