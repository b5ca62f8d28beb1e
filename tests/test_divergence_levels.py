"""What a city's table makes of duties of other levels, of renamed bodies and of those alone responsible; made up, read by hand."""

from __future__ import annotations

from functools import cache

from lineage.align import align
from lineage.records import Change, Divergence, PairResult
from loaders.extract import extract_bytes

UPPER = """国务院办公厅关于促进普惠托育服务发展的指导意见
国办发〔2021〕37号
一、规范管理
（一）健全备案制度。县级卫生健康部门应当自受理备案之日起10个工作日内出具备案回执。（国家卫生健康委负责）
（二）加强安全监管。各级卫生健康部门每年对托育机构开展不少于1次安全检查。（国家卫生健康委牵头，公安部、应急管理部配合）
（三）严格食品安全。托育机构不得使用超过保质期的食品，应当建立食品留样制度。（市场监管总局负责）
（四）加强人才培养。各地每年培训托育机构负责人和保育人员不少于1万人次。（国家卫生健康委、教育部按职责分工负责）
（五）落实价格优惠。托育机构用水、用电、用气在2023年底前实行居民生活类价格。（国家发展改革委牵头）
"""
HEAD = "\t序号\n\t重点任务\n\t工作举措\n\t牵头单位\n\t配合单位\n\t完成时限\n"
ROWS = (
    ("区（县）卫生健康部门应当自受理备案之日起7个工作日内出具备案回执。", "市卫生健康委", "持续推进"),
    ("市、区两级卫生健康部门每半年对托育机构开展不少于1次安全检查。", "市卫生健康委", "持续推进"),
    ("托育机构原则上不使用超过保质期的食品，应建立食品留样制度。", "市市场监管局", "持续推进"),
    ("每年培训托育机构负责人和保育人员不少于2000人次。", "市卫生健康委", "持续推进"),
    ("托育机构用水、用电、用气在2022年底前实行居民生活类价格。", "市教育局", "2022年12月底前"),
)


@cache
def pair() -> PairResult:
    cells = "".join(f"\n\t{n}\n\t规范管理\n\t{m}\n\t{lead}\n\t市财政局\n\t{when}\n" for n, (m, lead, when) in enumerate(ROWS, 1))
    lower = f"某市人民政府促进普惠托育服务发展重点任务分工表\n{HEAD}{cells}"
    return align(extract_bytes(UPPER.encode(), "upper.txt"), extract_bytes(lower.encode(), "lower.txt"))


def of(task: str, aspect: str) -> list[Divergence]:
    return [d for d in pair().divergences if (d.task, d.aspect) == (task, aspect)]


def changes(task: str) -> list[Change]:
    return [c for link in pair().links if link.task == task for c in link.changes]


def test_every_row_is_linked_to_its_sentence() -> None:
    assert [(link.task, link.provision) for link in pair().links] == [("1", "1.1"), ("2", "1.2"), ("3", "1.3"), ("4", "1.4"), ("5", "1.5")]


def test_a_county_s_limit_is_compared_where_the_task_calls_on_the_county_too() -> None:
    assert [(d.difference, d.direction) for d in of("1", "deadline")] == [("earlier", "tighter")]
    assert of("1", "addressee") == []  # 区（县） keeps 县级: the city takes nothing on


def test_a_class_of_bodies_by_another_name_is_a_local_name() -> None:
    renamed = {(c.upper.quote, c.lower.quote) for task in "12" for c in changes(task) if c.local_name}
    assert renamed == {("县级卫生健康部门", "区（县）卫生健康部门"), ("各级卫生健康部门", "市、区两级卫生健康部门")}
    assert [d.difference for d in of("2", "frequency")] == ["higher"]


def test_who_alone_is_responsible_counts_as_the_lead() -> None:
    assert [d.difference for task in "12345" for d in of(task, "lead")] == ["match", "match", "match", "upper-open", "mismatch"]
    assert "市市场监管局对应市场监管总局" in of("3", "lead")[0].reason[0]


def test_a_hedge_in_a_ban_s_place_loosens_and_half_a_duty_word_is_none() -> None:
    told = [(c.what, c.upper.quote, c.lower.quote, c.direction) for c in changes("3")]
    assert told == [("duty-word", "不得", "原则上不", "looser"), ("duty-word", "应当", "应", "neutral")]
    assert [d.difference for d in of("3", "duty-word")] == ["weaker"]


def test_ten_thousand_are_more_than_two_thousand() -> None:
    assert [(d.difference, d.direction) for d in of("4", "frequency")] == [("lower", "looser")]
    assert of("4", "quantity") == []


def test_one_limit_said_twice_below_is_told_once() -> None:
    assert [(d.difference, d.direction) for d in of("5", "deadline")] == [("earlier", "tighter")]
