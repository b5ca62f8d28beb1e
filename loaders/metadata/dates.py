"""Dates a document gives: when it was written, and from when it holds."""

from __future__ import annotations

import datetime
import re
import unicodedata

from loaders.outline.numbering import number_value
from loaders.records import Inferred

_YEAR = r"(?:[12]\d{3}|[１２][０-９]{3}|二[〇零○Ｏ0O][〇零○Ｏ0O一二三四五六七八九]{2})"
_COUNT = r"(?:[\d０-９]{1,2}|[一二三四五六七八九十]{1,3})"
DATE = re.compile(rf"({_YEAR})\s*年\s*({_COUNT})\s*月\s*({_COUNT})\s*日")
_FROM = re.compile(
    rf"自\s*(?:(?P<day>{DATE.pattern})|(?P<event>印发|发布|公布|颁布|下发|签发|通过)之日)起\s*(?:正式|开始|予以)?(?:施行|实施|执行|生效|试行|有效)"
)
_PUBLISHING = ("发布", "公布", "颁布")


def iso_date(text: str) -> str | None:
    """Return the first full date of a text as YYYY-MM-DD, None when there is none or it is no day of the calendar.

    >>> iso_date("二〇一七年四月二十七日")
    '2017-04-27'
    """
    hit = DATE.search(text)
    return _iso(hit[1], hit[2], hit[3]) if hit else None


def _iso(year: str, month: str, day: str) -> str | None:
    digits = "".join(str("〇一二三四五六七八九".index(c)) if c in "一二三四五六七八九" else "0" if c in "〇零○ＯO" else c for c in year)
    try:
        return datetime.date(
            int(unicodedata.normalize("NFKC", digits)), *(number_value(unicodedata.normalize("NFKC", part)) for part in (month, day))
        ).isoformat()
    except ValueError:
        return None


def effective_day(
    text: str, own: str, written_on: str | None, published_on: str | None
) -> tuple[str | None, tuple[int, int] | None, tuple[Inferred, ...]]:
    """Return from which day a document holds, where it says so, and what was inferred.

    A sentence about another document (《条例》自…起施行) does not count; ``own`` is the document's title. 自印发之日起 is the day it was
    written, 自公布之日起 the day it was published where that is known (rule effective-on-issue).
    """
    for hit in _FROM.finditer(text):
        begin = max(text.rfind(mark, 0, hit.start()) for mark in "。；\n\t") + 1
        named = re.findall(r"《([^《》]+)》", text[begin : hit.start()])
        if any(re.sub(r"\s", "", name) not in re.sub(r"\s", "", own) for name in named):
            continue
        if hit["day"]:
            day = iso_date(hit["day"])
            if day:
                return day, hit.span(), ()
            continue
        known = published_on if hit["event"] in _PUBLISHING and published_on else written_on
        if known:
            return known, hit.span(), (Inferred("effective_on", "effective-on-issue", 0.9),)
        return None, hit.span(), ()
    return None, None, ()
