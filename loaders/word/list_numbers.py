"""A number in the way a word processor prints it in a list: 一, ①, (a), 甲, １ …

The names are those of Office Open XML (ECMA-376 part 1, 17.18.59 ST_NumberFormat). Where a format has no sign for a number it is
printed in plain digits, as Word does.
"""

from __future__ import annotations

from collections.abc import Callable

HAN = "零一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN_SIGNS = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
_ROMAN = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), _ROMAN_SIGNS, strict=True))
_LARGEST = 32767
_MOST_LETTERS = 30


def list_number(value: int, style: str) -> str:
    """Return a number in a style; an unknown style prints digits, ``none`` and ``bullet`` nothing.

    >>> list_number(12, "chineseCounting"), list_number(3, "decimalEnclosedCircle"), list_number(28, "lowerLetter")
    ('十二', '③', 'bb')
    """
    if style in ("none", "bullet"):
        return ""
    writer = FORMATS.get(style)
    return writer(value) if writer and 0 < value <= _LARGEST else str(value)


def han_number(value: int, digits: str = HAN, units: str = "十百千万", *, legal: bool = False) -> str:
    """Return 一百零三 for 103 (1 to 99,999); 10 to 19 begin with 十, in legal writing with 壹拾.

    >>> han_number(10), han_number(103), han_number(21)
    ('十', '一百零三', '二十一')
    """
    if value >= 10_000:
        rest = value % 10_000
        head = han_number(value // 10_000, digits, units, legal=legal) + units[3]
        return head if not rest else head + (digits[0] if rest < 1000 else "") + _thousands(rest, digits, units)
    text = _thousands(value, digits, units)
    return text[1:] if 10 <= value < 20 and not legal else text


def _thousands(value: int, digits: str, units: str) -> str:
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + (units[power - 1] if power else "")
            gap = False
        else:
            gap = True
    return text


def _letters(value: int) -> str:
    """a … z, aa, bb … zz, aaa: Word repeats the letter."""
    return chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, _MOST_LETTERS)


def _roman(value: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (value // worth)
        value %= worth
    return text


def _signs(*runs: tuple[str, int]) -> Callable[[int], str]:
    """Return a writer for signs that stand in the character set in order; each run is (first sign, how many)."""
    return _listed("".join(chr(ord(first) + at) for first, count in runs for at in range(count)))


def _listed(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if value <= len(signs) else str(value)


def _digit_by_digit(value: int) -> str:
    return str(value).translate(str.maketrans("0123456789", "〇" + HAN[1:]))


def _full_width(value: int) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in str(value))


def _legal(value: int) -> str:
    return han_number(value, LEGAL, "拾佰仟万", legal=True)


def _sixty(value: int) -> str:
    return STEMS[(value - 1) % 10] + BRANCHES[(value - 1) % 12] if value <= 60 else str(value)


_circled = _signs(("①", 20), ("㉑", 15), ("㊱", 15))

FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _signs(("⒈", 20)),
    "decimalEnclosedParen": _signs(("⑴", 20)),
    "ideographEnclosedCircle": _signs(("㊀", 10)),
    "ideographTraditional": _listed(STEMS),
    "ideographZodiac": _listed(BRANCHES),
    "ideographZodiacTraditional": _sixty,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "koreanDigital2": _digit_by_digit,
    "chineseCounting": han_number,
    "chineseCountingThousand": han_number,
    "japaneseCounting": han_number,
    "taiwaneseCounting": han_number,
    "taiwaneseCountingThousand": han_number,
    "chineseLegalSimplified": _legal,
    "japaneseLegal": _legal,
    "ideographLegalTraditional": _legal,
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
}
