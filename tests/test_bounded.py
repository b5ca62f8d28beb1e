"""A function in a process of its own: its value, its errors, and its end when it takes too much."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from endpoint.asking import as_error
from zhengmai.bounded import run_bounded
from zhengmai.errors import BadQuery, MissingFile, QueryStopped, UnreadableSource


def test_a_value_comes_back() -> None:
    assert run_bounded("operator:add", 2, 3) == 5


def test_an_error_of_ours_comes_back_whole(tmp_path: Path) -> None:
    with pytest.raises(MissingFile) as caught:
        run_bounded("loaders.extract:extract_file", tmp_path / "没有.docx")
    assert "没有.docx" in caught.value.where and caught.value.zh == "找不到或无法打开该文件。"


def test_any_other_fault_is_told_in_words() -> None:
    with pytest.raises(UnreadableSource, match="ZeroDivisionError") as caught:
        run_bounded("operator:truediv", 1, 0)
    assert "内部错误" in caught.value.zh


def test_what_takes_too_long_or_too_much_memory_is_ended() -> None:
    with pytest.raises(UnreadableSource, match=r"longer than 0\.5 s"):
        run_bounded("time:sleep", 30, seconds=0.5)
    with pytest.raises(UnreadableSource, match="MemoryError|ended"):
        run_bounded("builtins:bytearray", 2_000_000_000, memory_bytes=1_000_000_000)


def test_an_error_travels_between_processes() -> None:
    error = BadQuery(where="a", found="b", expected="c", fix="d", zh="e")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (BadQuery, str(error))


def test_a_stopped_query_is_told_in_both_languages() -> None:
    error = as_error("超时，已停止 · the query was stopped after 30 s")
    assert isinstance(error, QueryStopped)
    assert (error.found, error.zh) == ("the query was stopped after 30 s", "超时，已停止。可缩小范围后再查。")
