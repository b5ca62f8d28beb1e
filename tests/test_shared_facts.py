"""Facts that a task and a sentence share beside their words; words of one meaning; what the rest of the pair says."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from seeds import GOLD

from lineage.align import align
from lineage.assignment import assign, measured, sides_of
from lineage.concepts import concepts
from lineage.context import CONTEXT, context
from lineage.cover import Parts
from lineage.facts import FACTS, READ, shared_facts
from lineage.fold import Folded, fold_plain
from lineage.measures import NAMES
from lineage.model import model
from lineage.overlap import Index
from lineage.records import Link
from lineage.units import Unit, lower_units, upper_units
from loaders.extract import extract_bytes, extract_file

UPPER = """某省加强托育服务实施意见

一、扩大供给
（一）增加托位。2025年底前每千人口拥有3岁以下托位数达到4.5个，对新增托位按每个1万元补助。按照《托育机构设置标准（试行）》审核。（省卫生健康委牵头，省财政厅配合）
（二）减轻负担。2025年底前落实个人所得税专项附加扣除，由省税务局负责宣传。（省税务局负责）
"""
LOWER = """某市加强托育服务工作方案

一、主要任务
（一）补助。每个新建托位发放1万元，执行《托育机构设置标准（试行）》。（市财政局牵头）
（二）其他。2025年底前完成。（市体育局负责）
"""


def units() -> tuple[list[Unit], list[Unit]]:
    return upper_units(extract_bytes(UPPER.encode(), "u.txt")), lower_units(extract_bytes(LOWER.encode(), "l.txt"))


def fact(name: str, task: int, sentence: str) -> float:
    uppers, lowers = units()
    return float(shared_facts(lowers, uppers)[FACTS.index(name)][task, [u.id for u in uppers].index(sentence)])


def test_facts_are_read_from_both_sides() -> None:
    uppers, lowers = units()
    read = {name: (READ[name](uppers[0]), READ[name](lowers[0])) for name in FACTS}
    assert read["numbers"] == ({"3岁", "45个", "1万"}, {"1万"})
    assert read["dates"] == ({"2025年"}, frozenset())
    assert READ["documents"](uppers[1]) == READ["documents"](lowers[0]) == {fold_plain("托育机构设置标准（试行）")}
    assert read["functions"] == ({"health", "fiscal"}, {"fiscal"})


def test_what_few_sentences_have_says_more_than_what_many_have() -> None:
    assert fact("numbers", 0, "1.1.s1") == pytest.approx(1 / 3)
    assert fact("documents", 0, "1.1.s2") == 1 and fact("documents", 0, "1.1.s1") == 0
    assert fact("dates", 1, "1.1.s1") == pytest.approx(0.5)  # two of three sentences name 2025
    assert fact("functions", 0, "1.1.s1") > 0 == fact("functions", 1, "1.1.s1")


def test_facts_are_weighed_and_told() -> None:
    weights = dict(zip(NAMES, model().alone.weights, strict=True))
    assert all(weights[name] >= 0 for name in FACTS) and all(weights[name] > 0 for name in ("documents", "functions"))
    folder = GOLD / "ours" / "patents"
    links = align(extract_file(folder / "upper.txt"), extract_file(folder / "city.csv")).links
    assert all({*FACTS, *CONTEXT, "heading", "text"} <= set(link.features) for link in links if link.sentence)


def test_the_models_are_monotone() -> None:
    """More of a measure never makes a link less likely, but for the two that speak against it."""
    for fitted, names in ((model().alone, NAMES), (model().doubt, NAMES), (model().link, CONTEXT)):
        assert all((w <= 0) if n in ("other_level", "claimed_elsewhere") else (w >= 0) for n, w in zip(names, fitted.weights, strict=True))


def test_words_of_one_meaning_are_found_and_others_are_not() -> None:
    def groups(text: str) -> set[int]:
        return {group for group, _ in concepts(fold_plain(text))}

    assert groups("卫健部门") & groups("卫生健康部门")
    assert groups("招用毕业生") & groups("吸纳毕业生")
    assert not groups("疏浚河道") & groups("发放疫苗")


HEALTH = """某省健康方案

一、任务
（一）推进婚前医学检查，提出医学意见。
（二）疏浚河道，修建堤防。
"""
MARRIAGES = """某县健康方案

一、任务
（一）实行婚检，县医院承担。
（二）给路灯换灯泡。
"""


def test_a_word_of_one_meaning_counts_like_shared_words_and_is_part_of_the_evidence() -> None:
    uppers, lowers = upper_units(extract_bytes(HEALTH.encode(), "u.txt")), lower_units(extract_bytes(MARRIAGES.encode(), "l.txt"))
    sides = sides_of(uppers, lowers)
    pair = measured(sides)
    assert pair.down[0].in_all[0] > pair.down[0].in_all[1] == pair.down[1].in_all.max() == 0 < pair.up[0].in_all[0]
    found = next(m for m in assign(sides, model()) if (m.lower, m.upper) == (0, 0))
    assert [lowers[0].folded.chars[a:b] for a, b in found.lower_runs] == ["婚检"]
    assert "婚前医学检查" in [uppers[0].folded.chars[a:b] for a, b in found.upper_runs]


def test_a_word_may_stand_in_several_groups() -> None:
    groups = concepts(fold_plain("注销"))
    assert len({group for group, _ in groups}) > 1 and {word for _, word in groups} == {"注销"}


def test_order_counts_as_far_as_the_pair_keeps_it() -> None:
    """A task between two sure ones is looked for between them; where order is not kept it counts less."""
    lowers, uppers = [unit(n) for n in range(5)], [unit(n) for n in range(20)]
    kept, moved = (order_of(places, lowers, uppers) for places in ((3, 4, 5, 6, 7), (3, 15, 5, 0, 10)))
    assert kept[2, 5] > kept[2, 9] and kept[2, 5] > 0.3
    assert moved.max() < kept.max()


def order_of(places: tuple[int, ...], lowers: list[Unit], uppers: list[Unit]) -> NDArray[np.float64]:
    likely = np.full((len(lowers), len(uppers)), 0.01)
    for task, place in enumerate(places):
        likely[task, place] = 0.95
    tasks = [Parts(np.ones(1), np.ones((1, len(uppers)))) for _ in lowers]
    sentences = [Parts(np.ones(1), np.ones((1, len(lowers)))) for _ in uppers]
    return context(likely, lowers, uppers, tasks, sentences)[:, :, CONTEXT.index("order")]


def unit(number: int) -> Unit:
    return Unit(str(number), str(number), "1", number, Folded("", ()), (), ())


def test_a_rewritten_task_is_found_by_its_neighbours_and_rare_words() -> None:
    """叶酸 stands in one sentence and one task; nothing else of the two is the same."""
    folder = GOLD / "ours" / "disability"
    links = align(extract_file(folder / "upper.txt"), extract_file(folder / "city.csv")).links
    found: list[Link] = [link for link in links if link.task == "2"]
    assert {link.sentence for link in found} == {"2.1.s2"}


def test_words_of_every_sentence_weigh_next_to_nothing() -> None:
    upper = "某省养老服务意见\n一、任务\n" + "\n".join(f"（{n}）{text}" for n, text in zip("一二三四", (
        "加强养老服务设施规划。", "推进养老服务补贴发放。", "培训养老服务护理人员。", "做好养老服务质量评估。"), strict=True))  # fmt: skip
    uppers = upper_units(extract_bytes(upper.encode(), "u.txt"))
    weighed = Index(uppers, []).uppers[0]
    weights = dict(zip(weighed.unit.folded.chars, weighed.weights, strict=True))
    assert 0 < weights["老"] < weights["划"] / 4
