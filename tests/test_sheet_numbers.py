"""Numbers look as the sheet shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.sheets.numbers import BUILT_IN, show_number

DAY = 45473  # 2024-06-30


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1.0, "General", "1"),
        (1.5, "General", "1.5"),
        (0.1 + 0.2, "General", "0.3"),
        (3.10, "0.00", "3.10"),
        (0.2, "0%", "20%"),
        (0.125, "0.0%", "12.5%"),
        (1, "000", "001"),
        (1234567, "#,##0", "1,234,567"),
        (-3, "0;(0)", "(3)"),
        (5, '"第"0"条"', "第5条"),
        (12, "[DBNum1]General", "十二"),
        (DAY, 'yyyy"年"m"月"d"日";@', "2024年6月30日"),
        (DAY, "[$-804]yyyy年m月", "2024年6月"),
        (DAY, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二四年六月三十日"),
        (DAY, BUILT_IN[14], "2024-06-30"),
        (DAY, BUILT_IN[31], "2024年6月30日"),
        (DAY, "yyyy/m/d", "2024/6/30"),
        (DAY, "aaaa", "星期日"),
        (DAY + 0.5, "yyyy-mm-dd h:mm", "2024-06-30 12:00"),
        (0.75, "上午/下午h:mm", "下午6:00"),
        (1, "yyyy-mm-dd", "1900-01-01"),
        (-1, "yyyy-mm-dd", "-1"),
        (0.5, "# ?/?", "0.5"),
        (1.5, "[h]:mm", "1.5"),
    ],
)
def test_a_number_is_as_shown(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


def test_the_other_calendar_starts_in_1904() -> None:
    assert show_number(0, "yyyy-mm-dd", from_1904=True) == "1904-01-01"


@given(st.one_of(st.integers(), st.floats()), st.text(alphabet='0#?.,%;ymdhs年月日"\\[]DBNum1@_*E+-/ aG', max_size=20))
def test_any_format_gives_some_text(value: float, code: str) -> None:
    assert isinstance(show_number(value, code), str)
