"""Dates that cannot be (2月30日, 13月), and dates years away from all others of the document."""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from statistics import median

from loaders.doubts.telling import Said, at_cell, at_text, own
from loaders.records import Deadline, Extraction, Finding

_DATE = re.compile(
    r"(?:((?:19|20|21)\d\d)\s*年\s*)?(?<![\d.])(\d{1,2})\s*月\s*(?:份)?(\d{1,2})\s*[日号](?!均)|(?<![\d.])(\d{1,2})月(?:份|底|末|前|以前|之前)"
    r"|(?<![\d\-/.])((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?![\d\-/.])"
)
_WEEKDAY = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日\s*[（(]?\s*(?:星期|周|礼拜)([一二三四五六日天])")
_QUARTER = re.compile(r"第(?:[五六七八九十]|[05-9])季度|(?<![\d一二三四五六七八九十])第?[05-9五六七八九]季度末")
_UNTIL = r"\s*(?:至|到|—+|–|-|~|～)\s*"
_STRETCH = re.compile(
    rf"((?:19|20)\d\d)年(?:(\d{{1,2}})月(?:(\d{{1,2}})日)?)?(?:起|开始)?{_UNTIL}((?:19|20)\d\d)年(?:(\d{{1,2}})月(?:(\d{{1,2}})日)?)?"
)
_FILE_NUMBER = re.compile(r"[〔［\[]\s*(\d{4})\s*[〕］\]]\s*\d{1,5}\s*号")
_CITED = re.compile(r"《([^《》\n]{4,80})》\s*[（(][^（()）\n〔［\[]{1,12}[〔［\[]((?:19|20)\d\d)[〕］\]]")
FAR, VERY_FAR, GOAL = 2, 10, 45
SAME_DAY = 3  # rows due on one day of a year
_YEAR = re.compile(r"(?<!\d)(\d{4})\s*年")
_NO_YEAR = re.compile(
    r"(?<![\d.．])(?:\d{3}|\d{5,6})\s*年(?=\d{1,2}月|底|末|前|内|上半年|下半年)"
    r"|(?<![\d.．第每近前后约过满共百一二两三四五六七八九十])\d{2}年(?=底|末|\d{1,2}月)"
)
_NO_YEAR_WORD = re.compile(r"(?<![\d.\-/年])(?:19|20)\d\d(?=[底末]|上半年|下半年)")


def date_doubts(document: Extraction) -> Iterator[Finding]:
    for span, said in impossible_dates(document.text):
        yield at_text("date-impossible", "warning", document, *span, said)
    yield from _numbered(document)
    yield from _written_far(document)
    yield from _older_than_its_subject(document)
    yield from _far(document)
    yield from _year_off(document)
    yield from _far_in_text(document)


def impossible_dates(text: str) -> Iterator[tuple[tuple[int, int], Said]]:
    """Yield each stretch of a text that no calendar has, with what is wrong with it (zh, en), in the order of kinds.

    A day there is not, a year of three digits, a weekday that is not the date's (2019年12月31日（星期五）), a fifth quarter, a stretch that
    ends before it begins.
    """
    for hit in _DATE.finditer(text):
        month, day = int(hit[2] or hit[4] or hit[6]), int(hit[3] or hit[7] or 1)
        year = int(hit[1] or hit[5] or 2024)  # without a year 29 February may be
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            yield hit.span(), (f"日历上没有“{hit[0].strip()}”这一天。", f"There is no such day: {hit[0].strip()}.")
    for hit in _NO_YEAR.finditer(text):
        yield hit.span(), (f"“{hit[0]}”不是四位数的年份。", f"{hit[0]} is no year of four digits.")
    for hit in _NO_YEAR_WORD.finditer(text):
        yield hit.span(), (f"“{hit[0]}”后缺“年”字。", f"年 is missing after {hit[0]}.")
    for hit in _WEEKDAY.finditer(text):
        year, month, day = int(hit[1]), int(hit[2]), int(hit[3])
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            is_day = calendar.weekday(year, month, day)
            if "一二三四五六日".index(hit[4].replace("天", "日")) != is_day:
                right = "一二三四五六日"[is_day]
                yield hit.span(), (f"{hit[1]}年{hit[2]}月{hit[3]}日是星期{right}。", f"That day is a {calendar.day_name[is_day]}.")
    for hit in _QUARTER.finditer(text):
        yield hit.span(), (f"一年没有“{hit[0]}”。", f"A year has no {hit[0]}.")
    for hit in _STRETCH.finditer(text):
        begin, end = ((int(hit[at]), int(hit[at + 1] or 0), int(hit[at + 2] or 0)) for at in (1, 4))
        whole = min(sum(bool(part) for part in begin), sum(bool(part) for part in end))
        if end[:whole] < begin[:whole]:
            yield hit.span(), (f"“{hit[0]}”起止颠倒。", f"{hit[0]} ends before it begins.")


def _numbered(document: Extraction) -> Iterator[Finding]:
    """The year in the number of a cited document: before there were such numbers, or far ahead; after this document: chronology.py."""
    for hit in _FILE_NUMBER.finditer(document.text):
        year = int(hit[1])
        if year < 1949 or year >= 2100:
            said = f"文号“{hit[0]}”的年份不可能。", f"The year of the number {hit[0]} cannot be."
            yield at_text("date-far", "warning", document, *hit.span(), said)


def _written_far(document: Extraction) -> Iterator[Finding]:
    """A date of writing many years after every other year the document speaks of."""
    written = document.meta.written_on or ""
    others = [int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?=年|[〕］\]])", document.text) if year != written[:4]]
    at = document.text.find(f"{written[:4]}年") if written else -1
    if len(others) >= 3 and at >= 0 and int(written[:4]) > max(others) + VERY_FAR:
        said = (
            f"成文于 {written[:4]} 年，文中其他年份最晚为 {max(others)} 年。",
            f"Written in {written[:4]}; the latest other year is {max(others)}.",
        )
        yield at_text("date-far", "warning", document, at, at + 5, said)


def _older_than_its_subject(document: Extraction) -> Iterator[Finding]:
    """《〈意见〉实施细则》〔2006〕 where 《意见》 itself is 〔2016〕: what is about a document is not older than it."""
    cited = [(hit[1], int(hit[2]), hit.start(2)) for hit in _CITED.finditer(document.text)]
    for title, year, at in cited:
        about = [(other, its) for other, its, _ in cited if len(other) >= 6 and other != title and other in title and its > year]
        for other, its in about[:1]:
            said = f"“{other}”是{its}年的文件，关于它的文件不会早于{its}年。", f"{other} is of {its}; what is about it cannot be of {year}."
            yield at_text("date-far", "warning", document, at, at + 4, said)


def _year_off(document: Extraction) -> Iterator[Finding]:
    """A year met once where the table has the same day of another year several times: perhaps the year is a slip."""
    dated = [(row, date) for row in document.rows if own(row, "deadline") and row.deadline for date in _dates(row.deadline)]
    years = Counter(date[:4] for _, date in dated)
    days: defaultdict[str, Counter[str]] = defaultdict(Counter)  # of a day, how often each year
    for _, date in dated:
        if len(date) == 10:
            days[date[4:]][date[:4]] += 1
    for row, date in dated:
        usual, times = next(iter(days[date[4:]].most_common(1)), (date[:4], 0))
        plan = date.endswith("-12-31") or not re.search(r"\d日", own(row, "deadline"))  # 2023年12月底前 is one year of several
        if not plan and years[date[:4]] == 1 and times >= SAME_DAY and abs(int(usual) - int(date[:4])) < FAR:
            said = (
                f"同表其他 {times} 项在 {usual} 年同日到期，只有本项是 {date[:4]} 年。",
                f"{times} other rows are due on this day of {usual}; only this one in {date[:4]}.",
            )
            yield at_cell("date-far", "info", row, "deadline", said)


def _far(document: Extraction) -> Iterator[Finding]:
    """A year far from the median of the table's dates, met once, is likely mistyped (warning) or worth a look (info)."""
    dated = [(row, date) for row in document.rows if own(row, "deadline") and row.deadline for date in _dates(row.deadline)]
    dated += [(row, year) for row in document.rows for year in _YEAR.findall(own(row, "deadline")) if not "1900" <= year < "2100"]
    years = [int(date[:4]) for _, date in dated]
    written = document.meta.written_on
    if len(years) < 5 and not written:
        return
    usual = median(years) if len(years) >= 5 else int((written or "0")[:4])
    for row, date in dated:
        year = int(date[:4])
        if abs(year - usual) < FAR or years.count(year) > 1:
            continue
        severity = "warning" if abs(year - usual) >= VERY_FAR or year < usual - FAR else "info"
        zh = f"{year} 年与本表其他时限（多为 {int(usual)} 年前后）相距较远。"
        said = zh, f"The year {year} is far from the other deadlines of the table (about {int(usual)})."
        yield at_cell("date-far", severity, row, "deadline", said)  # type: ignore[arg-type]


def _far_in_text(document: Extraction) -> Iterator[Finding]:
    """A deadline of running text that is half a century away from the document; goals for 2035 or 2060 are none."""
    written = int((document.meta.written_on or "0")[:4])
    for provision in document.provisions if written else ():
        for deadline in (found.deadline for found in provision.deadlines):
            raw = deadline.raw
            years = [int(year) for year in _YEAR.findall(raw)]
            at = document.text.find(raw, provision.place.start or 0, provision.place.end) if raw else -1
            if at >= 0 and any(year - written > GOAL or year < 1949 for year in years):
                said = f"“{raw.strip()}”离成文（{written} 年）很远。", f"{raw.strip()} is far from the document, of {written}."
                yield at_text("date-far", "warning", document, at, at + len(raw), said)


def _dates(deadline: Deadline) -> list[str]:
    guessed = any(entry.rule.startswith("year-from") for entry in deadline.inferred)
    mine = [day for day in (deadline.start, deadline.date) if day and not guessed]
    return mine + [date for part in deadline.parts for date in _dates(part)]
