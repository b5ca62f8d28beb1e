"""Which level of government a document comes from, and which levels a sentence addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from loaders.actors.places import locate
from loaders.records import Extraction
from loaders.words import words

_TIME = (
    r"(?:(?:(?:到|在|于|自)(?=[\d年]))?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:年?底)?"
    r"(?:前|起|内|以前|之前)?|每(?:年|季度|半年|月|周))?"
)
_LEADS, _MOST_LEADS = 3, 0.75
_PIECE = re.compile(r"[^，,；;：:。！？]+")


@dataclass(frozen=True, slots=True)
class Told:
    """The level a name tells, and whether it is certain (a 市 that no list knows may be a county-level one)."""

    level: str | None
    certain: bool = True


def level_of_name(name: str, within: str | None = None) -> str | None:
    """Return the level an authority's name tells, None when it tells none. ``within`` is the authority whose document names it.

    >>> [level_of_name(n) for n in ("广州市国家税务局", "国家税务总局", "上海市徐汇区人民政府", "国家税务总局河池市税务局", "河北省财政厅")]
    ['city', 'national', 'county', 'city', 'provincial']
    """
    return told_level(name, within).level


@lru_cache(maxsize=20_000)
def told_level(name: str, within: str | None = None) -> Told:
    """Return the level a name tells and whether that is certain.

    >>> told_level("昆山市人民政府"), told_level("某某市人民政府")
    (Told(level='county', certain=True), Told(level='city', certain=False))
    """
    plain = re.sub(r"\s", "", name)
    head = re.split("关于|印发|转发|发布", plain, maxsplit=1)[0]
    for part in (head, plain) if head else (plain,):
        place = locate(part)
        if place:
            return Told(place.level, place.certain)
        bare = _bare_level(part, within)
        if bare:
            return Told(bare)
        if any(word in part for word in words("levels")["national"]):
            return Told("national")
    return Told(None)


def _bare_level(name: str, within: str | None) -> str | None:
    """The level of a name that begins with a bare 省, 市, 区, 县 … (市财政局): in a municipality's documents 市 is provincial."""
    hit = re.match(words("levels")["bare"], name)
    if not hit:
        return None
    key = re.sub("[全我本各]", "", hit[0])
    if key != "市":
        return str(words("levels")["bare_levels"][key])
    place = locate(within) if within else None
    if place is None:
        return None
    return "provincial" if place.province in words("places")["municipalities"] else "city"


def level_of(document: Extraction) -> str | None:
    """Return the level of a document: its first issuer's, else what its title's opening names, else that of those it gives tasks to."""
    for name in (*document.meta.issuers, document.meta.title[:16]):
        level = level_of_name(name)
        if level == "county" and _has_districts(name, document):
            return "city"
        if level:
            return level
    if whole := re.match(words("levels")["whole"], document.meta.title):
        return str(words("levels")["bare_levels"].get(whole[1], "city"))
    return _level_of_leads(document)


def _has_districts(name: str, document: Extraction) -> bool:
    """Return whether a 市 that the list knows as a county-level one writes to districts and counties of its own (各区人民政府)."""
    place = locate(name)
    return bool(place and place.chain[-1][0].endswith("市") and any(re.match("各(?:区|县)", whom) for whom in document.meta.addressees))


def _level_of_leads(document: Extraction) -> str | None:
    """Return the level that most of the leads named without a place tell (县卫生健康局, 县教育局), None when they are few or differ."""
    roles = [mention for row in document.rows for mention in row.roles] + [mention for p in document.provisions for mention in p.roles]
    names = {mention.actor.name for mention in roles if mention.role in ("lead", "responsible")}
    told = Counter(level for name in sorted(names) if (level := _bare_level(name, None)))
    if not told:
        return None
    level, most = max(told.items(), key=lambda item: (item[1], item[0]))
    return level if most >= _LEADS and most >= _MOST_LEADS * told.total() else None


@dataclass(frozen=True, slots=True)
class Addressee:
    """A name that a sentence calls to act: where it stands in the sentence, and the levels it stands for."""

    start: int
    end: int
    levels: tuple[str, ...]


def addressed_levels(sentence: str) -> tuple[str, ...]:
    """Return the levels a sentence itself names as the one to act, () when it names none (rule addressee-level).

    Only a name that opens a piece between commas counts (after a date or 由), or stands behind 由: 按照税务总局发布的目录 addresses nobody.

    >>> addressed_levels("税务总局及省税务机关应在2017年底前,建立列席有关会议的制度。"), addressed_levels("标准由住房城乡建设部制定。")
    (('national', 'provincial'), ('national',))
    """
    return tuple(dict.fromkeys(level for found in addressees(sentence) for level in found.levels))


def addressees(sentence: str) -> tuple[Addressee, ...]:
    """Return whom a sentence calls to act, in order.

    A place is no one to act: 在省税务机关门户网站公布 calls nobody.

    >>> [(a.start, a.end, a.levels) for a in addressees("梳理目录,税务总局修订目录,各级税务机关落实。")]
    [(5, 9, ('national',)), (14, 20, ('all',))]
    """
    found: list[Addressee] = []
    skip = re.compile(words("levels")["not_after"])
    for piece in _PIECE.finditer(sentence):
        text = piece[0]
        hit = _opening().match(text) or _by().search(text)
        while hit and not skip.match(text, hit.end()):
            number = next(i for i, group in enumerate(hit.groups()) if group is not None)
            levels = tuple(words("levels")["addressees"][number]["levels"])
            found.append(Addressee(piece.start() + hit.start(number + 1), piece.start() + hit.end(number + 1), levels))
            hit = _more().match(text, hit.end())
    return tuple(found)


@cache
def _patterns() -> str:
    rules = words("levels")
    parts = {"BODY": "(?:" + "|".join(sorted(rules["bodies"], key=lambda w: -len(w))) + ")"}
    for name, pattern in rules["parts"].items():
        parts[name] = _spelt_out(pattern, parts)
    return "|".join(f"({_spelt_out(entry['pattern'], parts)})" for entry in rules["addressees"])


def _spelt_out(pattern: str, parts: Mapping[str, str]) -> str:
    for name, spelt in parts.items():
        pattern = pattern.replace(name, spelt)
    return pattern


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"\s*{_TIME}{words('levels')['before']}(?:{_patterns()})")


@cache
def _by() -> re.Pattern[str]:
    """A name inside a piece that is called by 由: 有关标准由住房城乡建设部制定."""
    return re.compile(rf"{words('levels')['by']}(?:{_patterns()})")


@cache
def _more() -> re.Pattern[str]:
    return re.compile(rf"[、和及与](?:{_patterns()})")


def between(upper: str | None, lower: str | None) -> tuple[str, ...]:
    """Return the levels that lie between two, () when they are neighbours or unknown."""
    ladder = words("levels")["ladder"]
    if upper not in ladder or lower not in ladder:
        return ()
    return tuple(ladder[ladder.index(upper) + 1 : ladder.index(lower)])
