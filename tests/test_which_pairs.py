"""Which documents of a store are held against each other."""

from __future__ import annotations

from loaders.extract import extract_bytes
from loaders.records import Extraction
from zhengmai.commands._aligning import Aligning, pairs_to_align

OPINION = """云泽市人民政府关于加快发展冷链物流的实施意见
云政发〔2022〕8号
各县（区）人民政府：
一、建设冷链基地
（一）2023年底前建成冷链基地2个。（市商务局负责）
云泽市人民政府
2022年8月16日
"""
TASKS = """云泽市加快发展冷链物流任务分工
{opening}
一、建设冷链基地
（一）2023年底前建成冷链基地2个，由市商务局牵头。
"""
OWN = "为贯彻落实《云泽市人民政府关于加快发展冷链物流的实施意见》（云政发〔2022〕8号），制定本分工。"


def read(text: str) -> Extraction:
    return extract_bytes(text.encode(), "a.txt")


def pairs(opening: str, upper_level: str | None, lower_level: str | None) -> list[tuple[str, str]]:
    corpus = {"opinion": read(OPINION), "tasks": read(TASKS.format(opening=opening))}
    levels = {"opinion": upper_level, "tasks": lower_level}
    return pairs_to_align(Aligning(corpus, levels, {}, (), frozenset(), {}, {}))


def test_a_list_of_tasks_is_held_against_the_opinion_of_its_own_level_that_it_carries_out() -> None:
    assert pairs(OWN, "city", "city") == [("opinion", "tasks")]
    assert pairs(OWN, "city", None) == [("opinion", "tasks")]


def test_documents_of_one_level_that_do_not_say_so_are_not() -> None:
    assert pairs("现将任务分工如下。", "city", "city") == []
    assert pairs("参照《云泽市人民政府关于加快发展冷链物流的实施意见》的做法。", "city", "city") == []


def test_the_level_goes_before_what_a_document_says() -> None:
    assert pairs(OWN, "city", "county") == [("opinion", "tasks")]
    assert pairs(OWN, "county", "city") == [("tasks", "opinion")]
