"""Days as people type them: 2019-09-30, 2019/9/30, 20190930, 2019年9月30日, 二〇一九年九月三十日; a month or year is its last day."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date

from queries.typed_numbers import DIGITS, number

YEAR = r"(?P<year>[0-9]{4}|[〇零一二三四五六七八九]{4})"
PART = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
DAY = re.compile(rf"{YEAR}(?:年底?|年末)?(?:[-/.]?(?P<month>{PART})(?:月底?|月末)?(?:[-/.]?(?P<day>{PART})[日号]?)?)?前?")


def read_day(typed: str) -> date | None:
    """Return the day that is meant, the last one of a month (2019-09, 2019年9月底) or year (2019年底); None when it is none.

    >>> read_day("2019年9月30日"), read_day("2019-09"), read_day("2018年底"), read_day("2019-2-30")
    (datetime.date(2019, 9, 30), datetime.date(2019, 9, 30), datetime.date(2018, 12, 31), None)
    """
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    if re.fullmatch("[0-9]{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    met = None if re.fullmatch("[0-9]{5,}", text) else DAY.fullmatch(text)
    if met is None:
        return None
    year = int("".join(str(DIGITS.get(digit, digit)) for digit in met["year"]))
    month = number(met["month"]) if met["month"] else 12
    if not month or not year or month > 12:
        return None
    last = monthrange(year, month)[1]
    day = number(met["day"]) if met["day"] else last
    return date(year, month, day) if day and day <= last else None
