"""The codebook's examples are what the machine says, and its near misses are not; every term has three of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from made_up import made_up
from seeds import GUANGZHOU, HECHI, NATIONAL, seed

from lineage.align import align
from lineage.records import Change, PairResult
from lineage.relation import codebook_version
from loaders.actors.levels import addressed_levels
from ontology.labels import label
from ontology.terms import SCHEMES

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "codebook.md").read_text(encoding="utf-8")
CHANGE = re.compile(r"(\d+(?:-u1)?)←(\d+\.\d+\.s\d+)「([^」]+)」")
LINK = re.compile(r"(\d+(?:-u1)?)←(\d+\.\d+\.s\d+)(?!\d|「)")
SENTENCE = re.compile(r"(?<![←\d.])(\d+\.\d+\.s\d+)")
HECHI_WORDS = re.compile(r"河池(\d+)「([^」]+)」")
MADE_UP = re.compile(r"\bM\d+\b")
TOPICS = {
    "对应类型": ("relation-type", SCHEMES["relation-type"]),
    "对应结构": ("structure", SCHEMES["structure"]),
    "文字变化": ("change-kind", SCHEMES["change-kind"]),
    "变化对象": ("change-subject", SCHEMES["change-subject"]),
    "变化方向": ("direction", SCHEMES["direction"]),
    "比较方面": ("aspect", SCHEMES["aspect"]),
    "差异结果": ("difference", SCHEMES["difference"]),
    "牵头对应": ("lead-match", SCHEMES["lead-match"]),
    "适用层级": ("level", SCHEMES["level"]),
    "未见承接的理由": ("gap-reason", SCHEMES["gap-reason"]),
}


@cache
def pair() -> PairResult:
    return align(seed(NATIONAL), seed(GUANGZHOU))


def rows(heading: str) -> Iterator[list[str]]:
    """Yield the cells of the table under a heading."""
    section = re.split(rf"^##+ {heading}", PAGE, maxsplit=1, flags=re.MULTILINE)[1]
    section = re.split(r"^##+ ", section, maxsplit=1, flags=re.MULTILINE)[0]
    for line in section.splitlines():
        if line.startswith("| ") and " code " not in line and "| 号 |" not in line:
            yield [cell.strip() for cell in line.strip("|").split("|")]


@cache
def made(number: str) -> PairResult:
    return made_up(*examples_made_up()[number])


@cache
def examples_made_up() -> dict[str, tuple[str, str, str]]:
    found = {}
    for number, upper, lower, leads in rows("自拟例"):
        found[number] = (upper, "" if lower.startswith("（无") else lower, leads or "民政部牵头 / 市民政局")
    return found


def changes(task: str, sentence: str, words: str) -> list[Change]:
    """Return the changes of a link that hold some words."""
    found = [c for k in pair().links if (k.task, k.sentence) == (task, sentence) for c in k.changes]
    return [c for c in found if words in c.upper.quote.replace("\n", "") or words in c.lower.quote.replace("\n", "")]


def codes_of_change(field: str) -> Callable[[str, str, str], list[str]]:
    return lambda task, sentence, words: [getattr(c, field) for c in changes(task, sentence, words)]


FIELD = {"change-kind": "kind", "change-subject": "what", "direction": "direction"}


def said(topic: str, cell: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each example of a cell with the codes the machine gives it in one respect."""
    if topic in FIELD:
        for hit in CHANGE.finditer(cell):
            yield hit[0], codes_of_change(FIELD[topic])(*hit.groups())
    for task, sentence in LINK.findall(cell):
        yield f"{task}←{sentence}", of_link(topic, task, sentence)
    if topic in ("level", "gap-reason"):
        for sentence in SENTENCE.findall(cell):
            yield sentence, of_sentence(topic, sentence)
    for row, words in HECHI_WORDS.findall(cell):
        held = any(words in cell.value for r in seed(HECHI).rows if r.row == row for cell in r.cells.values())
        yield f"河池{row}", list(addressed_levels(words)) if held else []
    for number in MADE_UP.findall(cell):
        yield number, of_made_up(topic, number)


def of_link(topic: str, task: str, sentence: str) -> list[str]:
    if topic in ("relation-type", "structure"):
        field = "relation" if topic == "relation-type" else "structure"
        return [getattr(k, field) for k in pair().links if (k.task, k.sentence) == (task, sentence)]
    aspect = "lead" if topic == "lead-match" else ""
    found = [d for d in pair().divergences if (d.task, d.sentence) == (task, sentence) and aspect in ("", d.aspect)]
    return [{"aspect": d.aspect, "difference": d.difference, "lead-match": d.difference}.get(topic, d.direction) for d in found]


def of_sentence(topic: str, sentence: str) -> list[str]:
    if topic == "gap-reason":
        return [gap.reason for gap in pair().uncovered if gap.sentence == sentence]
    return list(addressed_levels(next(p.text for p in seed(NATIONAL).provisions if p.id == sentence)))


def of_made_up(topic: str, number: str) -> list[str]:
    if topic == "level":
        return list(addressed_levels(examples_made_up()[number][0]))
    result = made(number)
    if topic == "gap-reason":
        return [gap.reason for gap in result.uncovered if gap.clause == "1.1"]
    links = [k for k in result.links if k.provision == "1.1"]
    if topic in FIELD:
        return [getattr(c, FIELD[topic]) for k in links for c in k.changes]
    if topic in ("aspect", "difference"):
        return [getattr(d, topic) for d in result.divergences if d.provision == "1.1" and d.aspect != "lead"]
    if topic == "lead-match":
        return [d.difference for d in result.divergences if d.aspect == "lead" and d.provision == "1.1"]
    return [k.relation if topic == "relation-type" else k.structure for k in links]


def cases() -> list[object]:
    return [pytest.param(heading, cells, id=f"{heading}-{cells[1]}") for heading in TOPICS for cells in rows(heading)]


@pytest.mark.parametrize(("heading", "cells"), cases())
def test_examples_hold_and_near_misses_do_not(heading: str, cells: list[str]) -> None:
    topic, _ = TOPICS[heading]
    zh, code, _, examples, near = cells if len(cells) == 5 else [*cells[:2], "", *cells[2:]]
    assert label(f"{topic}/{code}", "zh")  # the label exists
    found, missed = list(said(topic, examples)), list(said(topic, near))
    assert len(found) >= 3 and len(missed) >= 3, (code, found, missed)
    if code in ("omitted", "done-elsewhere", "not-applicable"):  # a reviewer's: the machine gives none of them, and the page says so
        assert "made up" in examples and all(code not in codes for _, codes in (*found, *missed))
        return
    assert [name for name, codes in found if code not in codes] == []
    assert [name for name, codes in missed if code in codes] == []


@pytest.mark.parametrize("heading", TOPICS)
def test_every_code_has_its_row(heading: str) -> None:
    assert {cells[1] for cells in rows(heading)} == set(TOPICS[heading][1])


def test_where_the_sources_hold_fewer_than_three_the_page_says_so() -> None:
    for heading in TOPICS:
        for cells in rows(heading):
            examples = cells[-2]
            assert not MADE_UP.search(examples) or "sources" in examples or cells[1] == "tighter", cells[1]


def test_every_link_the_page_names_is_one() -> None:
    links = {(k.task, k.sentence) for k in pair().links}
    assert [
        hit for heading in TOPICS for cells in rows(heading) for cell in cells[-2:] for hit in LINK.findall(cell) if hit not in links
    ] == []


def test_every_made_up_example_is_used() -> None:
    tables = PAGE.split("## 自拟例", 1)[0]
    assert set(examples_made_up()) == set(MADE_UP.findall(tables)) - {"M"}


def test_the_page_names_the_version_the_links_name() -> None:
    assert f"Version {codebook_version()} " in PAGE


def test_examples_of_leads_in_the_divergences_hold() -> None:
    found = {(d.task, d.difference) for d in pair().divergences if d.aspect == "lead"}
    cell = next(cells[3] for cells in rows("上下级差异") if cells[1] == "lead")
    for code, tasks in re.findall(r"([a-z-]+): ([^;]+)", cell):
        for task in re.findall(r"(?<![\d.])(\d+)(?![\d.])", tasks):
            assert (task, code) in found, (task, code)
