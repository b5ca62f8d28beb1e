"""Which level of government a document comes from, and which levels a sentence addresses."""

from __future__ import annotations

import re
from functools import cache

from loaders.records import Extraction
from loaders.words import words

_TIME = r"(?:(?:到|在|于|自)?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:年?底)?(?:前|起|内|以前|之前)?|每(?:年|季度|半年|月|周))?"
_PIECE = re.compile(r"[^，,；;：:。！？]+")


def level_of_name(name: str) -> str | None:
    """Return the level an authority's name tells, None when it tells none.

    >>> [level_of_name(n) for n in ("广州市国家税务局", "国家税务总局", "上海市徐汇区人民政府", "国家税务总局河池市税务局", "河北省财政厅")]
    ['city', 'national', 'county', 'city', 'provincial']
    """
    rules = words("levels")
    plain = re.sub(r"\s", "", name)
    municipal = next((city for city in rules["municipalities"] if city in plain), None)
    rest = plain.split(municipal, 1)[1] if municipal else plain
    for level, endings in rules["places"].items():
        if any(
            re.search(rf"[\u4e00-\u9fff]{{1,9}}{e}(?=[\u4e00-\u9fff])", rest)
            for e in endings
            if not (municipal and level in ("city", "provincial"))
        ):
            return str(level)
    if municipal:
        return "provincial"
    return "national" if any(word in plain for word in rules["national"]) else None


def level_of(document: Extraction) -> str | None:
    """Return the level of a document: its first issuer's, else what its title's opening names."""
    for name in (*document.meta.issuers, document.meta.title[:16]):
        level = level_of_name(name)
        if level:
            return level
    return None


def addressed_levels(sentence: str) -> tuple[str, ...]:
    """Return the levels a sentence itself names as the one to act, () when it names none (rule addressee-level).

    Only a name that opens a piece between commas counts (after a date or 由): 按照税务总局发布的目录 addresses nobody.

    >>> addressed_levels("税务总局及省税务机关应在2017年底前,建立列席有关会议的制度。")
    ('national', 'provincial')
    """
    found: list[str] = []
    for piece in _PIECE.findall(sentence):
        opening, skip = _opening(), re.compile(words("levels")["not_after"])
        at = 0
        while hit := opening.match(piece, at) if at == 0 else _more().match(piece, at):
            if skip.match(piece, hit.end()):
                break
            number = next(i for i, group in enumerate(hit.groups()) if group is not None)
            found += [level for level in words("levels")["addressees"][number]["levels"] if level not in found]
            at = hit.end()
    return tuple(found)


@cache
def _patterns() -> str:
    rules = words("levels")
    bodies = "(?:" + "|".join(sorted(rules["bodies"], key=lambda w: -len(w))) + ")"
    return "|".join(f"({entry['pattern'].replace('BODY', bodies)})" for entry in rules["addressees"])


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"\s*{_TIME}{words('levels')['before']}(?:{_patterns()})")


@cache
def _more() -> re.Pattern[str]:
    return re.compile(rf"[、和及与](?:{_patterns()})")


def between(upper: str | None, lower: str | None) -> tuple[str, ...]:
    """Return the levels that lie between two, () when they are neighbours or unknown."""
    ladder = words("levels")["ladder"]
    if upper not in ladder or lower not in ladder:
        return ()
    return tuple(ladder[ladder.index(upper) + 1 : ladder.index(lower)])
