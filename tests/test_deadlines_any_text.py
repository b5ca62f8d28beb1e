"""Any text at all: an answer, quickly, never an exception; offsets that quote what they say."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.deadlines import DeadlineContext, deadline_json, find_deadlines, find_frequencies, read_deadline
from loaders.records import Deadline

PIECES = (
    *("2024年", "2019年", "二〇二四年", "6月", "12月", "三十日", "30日", "31", "底", "前", "内"),
    *("之日起", "后", "至", "—", "-", ".", "/", "，", "；", "。", "(", ")", "（", "）", "每"),
    *("每年", "每季度", "首月", "次月", "半年", "上半年", "一季度", "十四五", "期间", "持续开展", "长期", "并"),
    *("按", "按照", "要求", "根据", "需要", "市局", "县（区）局", "各级", "工作日", "个", "小时", "年", "月"),
    *("日", "完成", "1.", "2.", "①", "《", "》", "〔2016〕8号", "到", "自", "在", "于", "或"),
    *("今年", "本月", "年底", "全年", "起", "启动"),
)
chinese = st.lists(st.sampled_from([*PIECES, "\n", " ", "\t", "\u3000", "0", "7", "２"]), max_size=14).map("".join)
texts = st.one_of(chinese, st.text(max_size=60))
contexts = st.builds(
    DeadlineContext,
    written_on=st.one_of(st.none(), st.dates().map(date.isoformat), st.text(max_size=10)),
    measure=texts,
    neighbour_years=st.lists(st.integers(-5, 12000), max_size=4).map(tuple),
)
KINDS = {
    *("ongoing", "fixed-date", "end-of-period", "recurring-annual", "recurring", "relative-duration", "relative-calendar"),
    *("duration-without-trigger", "milestone-then-ongoing", "start-then-ongoing", "event-start-then-ongoing", "by-reference"),
    *("discretionary", "composite", "not-a-deadline"),
}


def holds(deadline: Deadline) -> None:
    assert deadline.kind in KINDS
    assert (deadline.kind == "composite") == (len(deadline.parts) > 1) or not deadline.parts
    if deadline.date:
        date.fromisoformat(deadline.date)
    for part in deadline.parts:
        assert part.kind != "composite"
        holds(part)


@settings(max_examples=400, deadline=None)
@given(texts, contexts)
def test_any_cell_gives_a_deadline_or_none(text: str, context: DeadlineContext) -> None:
    deadline = read_deadline(text, context)
    if deadline is None:
        return
    assert deadline.raw == text.strip()
    holds(deadline)
    assert all(value for value in deadline_json(deadline).values()) or not deadline.raw
    json.dumps(deadline_json(deadline), ensure_ascii=False)


@settings(max_examples=400, deadline=None)
@given(texts, contexts)
def test_what_is_found_stands_where_it_says(text: str, context: DeadlineContext) -> None:
    end = 0
    for found in find_deadlines(text, context):
        assert text[found.start : found.end] == found.deadline.raw
        assert end <= found.start < found.end
        end = found.end
        holds(found.deadline)
    for frequency in find_frequencies(text):
        assert text[frequency.start : frequency.end] == frequency.raw


LONG = [
    *("1" * 100_000, "一" * 100_000, "《" * 100_000, "(" * 100_000, " \n" * 50_000 + "x", "后" * 100_000, "1." * 50_000, "2024-" * 20_000),
    *("之日起" * 33_000, "和" * 99_990 + "2024年底前", "或" * 99_990 + "后3日内", "各级" * 50_000, "按照要求，" * 20_000),
    "各级税务机关在作出行政许可决定之日起7个工作日内完成公示，2018年底前完成。" * 2_700,
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_a_hundred_thousand_characters_end(text: str) -> None:
    read_deadline("年底前")  # the patterns are made once
    for read in (read_deadline, find_deadlines, find_frequencies):
        began = time.process_time()
        read(text)
        assert time.process_time() - began < 120
