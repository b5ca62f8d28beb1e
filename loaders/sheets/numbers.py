"""A number as the sheet shows it: 1.0 as 1, 0.2 as 20%, 45473 as 2024年6月30日, by the cell's number format.

Only what task tables use is followed (dates, times, percentages, digits, Chinese numerals); for any other format the plain number is
given, never a guess. The short date of the system (format 14) has no fixed look; it is written as an ISO date.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

ISO_DATE = "yyyy-mm-dd"
# Formats that a workbook names by number only, as Chinese versions of the programs show them (ECMA-376 part 1, 18.8.30).
BUILT_IN = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    31: 'yyyy"年"m"月"d"日"',
    30: "m-d-yy",
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
    14: ISO_DATE,
    22: "yyyy-mm-dd h:mm",
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<skip>_.|\*.)|\[(?P<tag>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<weekday>a{3,4})|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?)"
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|(?P<other>.)",
    re.S,
)
_HAN = "〇一二三四五六七八九"
_WEEK = "一二三四五六日"
_DAYS_1900 = datetime.fromisoformat("1899-12-30")
_DAYS_1904 = datetime.fromisoformat("1904-01-01")
_LAST_SERIAL = 2_958_465

Token = tuple[str, str]


def show_number(value: int | float, code: str, *, from_1904: bool = False) -> str:
    """Return a number as its format shows it.

    >>> show_number(1.0, "General"), show_number(0.2, "0%"), show_number(45473, 'yyyy"年"m"月"d"日";@')
    ('1', '20%', '2024年6月30日')
    """
    plain = _general(value)
    if code in ("General", "", "@", "G/通用格式") or len(code) > 255 or plain in ("nan", "inf", "-inf"):
        return plain
    sections = _sections(code)
    section, shown = _section_for(value, sections)
    tokens = [(str(hit.lastgroup), hit[hit.lastgroup] if hit.lastgroup else "") for hit in _TOKEN.finditer(section)]
    han = any(kind == "tag" and text.startswith("DBNum1") for kind, text in tokens)
    if any(kind == "tag" and re.fullmatch(r"[hms]+", text, re.I) for kind, text in tokens):
        return plain
    if any(kind in ("date", "weekday", "half") for kind, _ in tokens):
        moment = _moment(value, from_1904)
        return _show_moment(moment, tokens, han) if moment else plain
    return _show_digits(shown, tokens, plain, han)


def _general(value: int | float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value)) if abs(value) < 1e300 else str(value)
    text = f"{value:.11g}"
    return text if "e" not in text else repr(value)


def _sections(code: str) -> list[str]:
    """Cut a format at the semicolons that are not quoted; a last section of text (@) does not concern numbers."""
    parts = re.findall(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[]|["\\\[])*)(?:;|$)', code)[:4]
    kept = [part for part in parts if "@" not in part]
    while len(kept) > 1 and not kept[-1]:
        kept.pop()
    return kept or ["General"]


def _section_for(value: int | float, sections: list[str]) -> tuple[str, int | float]:
    if len(sections) >= 3 and value == 0:
        return sections[2], value
    if len(sections) >= 2 and value < 0:
        return sections[1], -value
    return sections[0], value


def _moment(serial: int | float, from_1904: bool) -> datetime | None:
    """Return the moment a serial number stands for, None outside the calendar of spreadsheets."""
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    base = _DAYS_1904 if from_1904 else _DAYS_1900
    days = serial + 1 if serial < 60 and not from_1904 else serial  # 1900 is taken for a leap year there
    return base + timedelta(seconds=round(days * 86400))


def _show_moment(moment: datetime, tokens: list[Token], han: bool) -> str:
    shown: list[str] = []
    half_day = any(kind == "half" for kind, _ in tokens)
    for at, (kind, text) in enumerate(tokens):
        if kind == "date":
            letter = "n" if text[0] in "mM" and _is_minute(tokens, at) else text[0].lower()
            shown.append(_part(moment, letter, len(text), half_day, han))
        elif kind == "half":
            early, late = text.split("/")
            shown.append(early if moment.hour < 12 else late)
        elif kind == "weekday":
            shown.append(("星期" if len(text) == 4 else "") + _WEEK[moment.weekday()])
        elif kind in ("quoted", "escaped", "other", "digits"):
            shown.append(text)
    return "".join(shown)


def _is_minute(tokens: list[Token], at: int) -> bool:
    """m stands for minutes after an hour or before a second."""
    before = next((text for kind, text in reversed(tokens[:at]) if kind == "date"), "")
    after = next((text for kind, text in tokens[at + 1 :] if kind == "date"), "")
    return before[:1] in ("h", "H") or after[:1] in ("s", "S")


def _part(moment: datetime, letter: str, length: int, half_day: bool, han: bool) -> str:
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    number = {"y": moment.year, "m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[letter]
    if letter == "y":
        year = str(number) if length > 2 else f"{number % 100:02d}"
        return "".join(_HAN[int(digit)] for digit in year) if han else year
    if letter == "d" and length >= 3:
        return moment.strftime("%A" if length > 3 else "%a")
    if letter == "m" and length >= 3:
        return moment.strftime("%B" if length > 3 else "%b")
    if han:
        return _han_number(number)
    return f"{number:02d}" if length >= 2 else str(number)


def _han_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number >= 100:
        return "".join(_HAN[int(digit)] for digit in str(number))
    return (("" if tens == 1 else _HAN[tens]) + "十" if tens else "") + (_HAN[ones] if ones or not tens else "")


def _show_digits(value: int | float, tokens: list[Token], plain: str, han: bool) -> str:
    patterns = [text for kind, text in tokens if kind == "digits"]
    others = {text for kind, text in tokens if kind == "other"}
    if any(kind == "general" for kind, _ in tokens) and not patterns:
        number = _han_number(int(value)) if han and value == int(value) and value >= 0 else _general(value)
        return "".join(number if kind == "general" else text for kind, text in tokens if kind in ("general", "quoted", "escaped", "other"))
    if len(patterns) != 1 or others & set("/Ee"):
        return plain
    number = _digits(Decimal(repr(value)) * (100 if "%" in others else 1), patterns[0])
    if han and re.fullmatch(r"\d{1,9}", number):
        number = _han_number(int(number))
    return "".join(number if kind == "digits" else text for kind, text in tokens if kind in ("digits", "quoted", "escaped", "other"))


def _digits(value: Decimal, pattern: str) -> str:
    whole, _, fraction = pattern.partition(".")
    if whole.endswith(","):
        return f"{value.normalize():f}"
    exact = value.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP) if value.adjusted() < 20 else value
    text = f"{abs(exact):,f}" if "," in whole else f"{abs(exact):f}"
    ones, _, rest = text.partition(".")
    least = len(fraction.rstrip("#?"))
    while len(rest) > least and rest.endswith("0"):
        rest = rest[:-1]
    ones = ones.rjust(whole.replace(",", "").count("0"), "0")
    sign = "-" if exact < 0 else ""
    return f"{sign}{ones}.{rest}" if rest else sign + ones
