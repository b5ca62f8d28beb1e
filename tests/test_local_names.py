"""A body named by the one that speaks is a change of name, not of who must act."""

from __future__ import annotations

import pytest

from lineage.local_names import LocalNames, body_names

CITY = LocalNames("city", ("广州市国家税务局",), "national")
DISTRICT = LocalNames("county", ("东湖区人民政府办公室",), "city")


@pytest.mark.parametrize(
    ("names", "upper", "lower"),
    [
        (CITY, "税务部门", "市国税局"),
        (CITY, "各级税务机关", "市国税局系统各单位"),
        (CITY, "市县税务机关", "市国税局系统各单位"),
        (CITY, "地市以上税务机关", "市国税局机关"),
        (CITY, "办公厅", "办公室"),
        (DISTRICT, "市政府", "区政府"),
        (DISTRICT, "市公安局", "区公安分局"),
        (DISTRICT, "市公安局市委网信办", "区公安分局区委网信办"),
        (DISTRICT, "各级", "区"),
    ],
)
def test_names_that_only_say_who_speaks_are_swapped(names: LocalNames, upper: str, lower: str) -> None:
    assert names.swaps(upper, lower)


@pytest.mark.parametrize(
    ("names", "upper", "lower"),
    [
        (CITY, "省税务机关", "市国税局"),
        (CITY, "下一级国税机关", "各区国税局"),
        (CITY, "单位", "部门"),
        (CITY, "税务总局", "积极"),
        (DISTRICT, "市公安局", "区民政局"),
        (DISTRICT, "省政府", "区政府"),
        (DISTRICT, "市公安局市委网信办", "区公安分局"),
        (DISTRICT, "", "区政府"),
    ],
)
def test_another_body_is_another_body(names: LocalNames, upper: str, lower: str) -> None:
    assert not names.swaps(upper, lower)


@pytest.mark.parametrize("text", ["市场监管等领域", "市县域内通办", "区域协调发展", "为市民办事"])
def test_words_that_begin_like_a_place_are_no_names(text: str) -> None:
    assert body_names(text) == []
