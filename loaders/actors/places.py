"""Places in the names of authorities: which province, prefecture, county and township a name begins with.

The names of provinces, prefectures and county-level cities are listed (loaders/words/places.yaml); districts, counties, banners,
towns and streets are told by their endings. A 市 that is not listed is taken as a prefecture and said to be uncertain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from loaders.words import words

_HAN = r"[\u4e00-\u9fffXＸ×○＊*A-Z]"
_PART = r"[^\W\d_局委厅部办省市于]"
_ETHNIC = "朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古|哈萨克|柯尔克孜"
_SHORT_STATE = re.compile(rf"(.{{2,5}}?)(?:(?:{_ETHNIC})族?)+自治州")
_COUNTY = re.compile(rf"{_PART}{{1,8}}?(?:自治县|自治旗|县|旗|区)(?![域块级划间位别中长])")
_TOWNSHIP = re.compile(rf"{_PART}{{1,6}}?(?:街道|镇|乡)(?=人民政府|政府|党委|党工委|办事处|办|人大|综合|$)")
_STATE = re.compile(rf"{_PART}{{2,12}}?自治州")
_PROVINCE = re.compile(rf"{_HAN}{{1,5}}?(?:省|(?<!特别行)自治区)(?!级)")
_CITY = re.compile(r"[^\W\d_局委厅部办省市于家区县旗镇]{1,5}?市(?!场|民(?!政|族)|容|政(?!府|协|务|法)|域|值|价|级|辖)|[XＸ×○＊*]{1,4}市")


@dataclass(frozen=True, slots=True)
class Located:
    """The places a name begins with, outermost first, each with its level; ``start``/``end`` of the stretch they take in the name.

    ``certain`` is False when a 市 that no list knows decided the level.
    """

    chain: tuple[tuple[str, str], ...]
    start: int
    end: int
    certain: bool = True

    @property
    def level(self) -> str:
        return self.chain[-1][1]

    @property
    def province(self) -> str | None:
        """The province-level unit, by name or by the list."""
        listed = _registry()
        for name, level in self.chain:
            if level == "provincial":
                return name
            if name in listed.province_of:
                return listed.province_of[name]
        return None


@lru_cache(maxsize=20_000)
def locate(name: str) -> Located | None:
    """Return the places a name holds, None when it holds none. The first one found counts, then those that follow it at once.

    >>> locate("上海市徐汇区人民政府").chain, locate("江苏省昆山市人民政府").chain
    ((('上海市', 'provincial'), ('徐汇区', 'county')), (('江苏省', 'provincial'), ('昆山市', 'county')))
    """
    begin = _first(name)
    if begin is None:
        return None
    chain, at, certain = [begin[0]], begin[1], begin[3]
    while (found := _next(name, at, chain[-1])) is not None:
        chain.append(found[0])
        at, certain = found[1], found[3]
    return Located(tuple(chain), begin[2], at, certain)


def full_name(place: str) -> str:
    """Return a place's full name: 广西 → 广西壮族自治区; a name no list knows stays as it is."""
    return _registry().short.get(place, place)


def places_in(text: str) -> list[tuple[str, int, int]]:
    """Return the listed places a text names, each with its start and end."""
    return [(hit[0], hit.start(), hit.end()) for hit in _registry().pattern.finditer(text)]


def listed_like(length: int) -> list[str]:
    """Return the listed places whose full name is of so many characters."""
    return sorted(name for name in _registry().level if len(name) == length)


_Found = tuple[tuple[str, str], int, int, bool]


def _first(name: str) -> _Found | None:
    """The first place: a listed one wherever it stands, or one told by its ending where the name (after a prefix) begins."""
    listed, prefix = _registry(), re.match(words("levels")["prefixes"], name)
    start = prefix.end() if prefix else 0
    hit = listed.pattern.search(name, start)
    if hit and hit.start() == start:
        return _listed(hit)
    county = _told_by_ending(name, start)
    return county if county and (not hit or county[2] <= hit.start()) else _listed(hit) if hit else None


def _listed(hit: re.Match[str]) -> _Found:
    registry = _registry()
    name = registry.short.get(hit[0], hit[0])
    return (name, registry.level[name]), hit.end(), hit.start(), True


def _told_by_ending(name: str, at: int) -> _Found | None:
    rules = words("levels")
    for level, pattern in (("provincial", _PROVINCE), ("city", _STATE), ("city", _CITY), ("county", _COUNTY), ("township", _TOWNSHIP)):
        hit = pattern.match(name, at)
        if hit and not any(hit[0].endswith(word) for word in rules["not_places"]) and hit[0] not in rules["bare_places"]:
            return (hit[0], level), hit.end(), hit.start(), not hit[0].endswith("市")
    return None


def _next(name: str, at: int, above: tuple[str, str]) -> _Found | None:
    """A place inside the last one, right after it."""
    ladder = words("levels")["ladder"]
    hit = _registry().pattern.match(name, at)
    found = _listed(hit) if hit and len(hit[0]) > 2 else _told_by_ending(name, at)
    if not found or ladder.index(found[0][1]) <= ladder.index(above[1]):
        return None
    if above[1] == "provincial" and above[0] in words("places")["municipalities"] and found[0][1] == "city":
        return None
    return found


@dataclass(frozen=True, slots=True)
class _Registry:
    level: dict[str, str]
    short: dict[str, str]
    province_of: dict[str, str]
    pattern: re.Pattern[str]


def _registry() -> _Registry:
    return _built(id(words("places")))


@lru_cache(maxsize=4)
def _built(_: int) -> _Registry:
    lists: dict[str, Any] = words("places")
    level = dict.fromkeys(lists["provinces"], "provincial")
    short = {name: full for full, name in lists["provinces"].items()}
    province_of: dict[str, str] = {}
    for key, code in (("prefectures", "city"), ("county_cities", "county")):
        for province, names in lists[key].items():
            for name in names:
                level[name], province_of[name] = code, province
                state = _SHORT_STATE.fullmatch(name)
                if state:
                    short.setdefault(f"{state[1]}州", name)
                elif code == "city" and name.endswith("市") and len(name) > 2:
                    short.setdefault(name[:-1], name)
    level |= dict(lists["special"])
    full = sorted([*level, *(s for s in short if s.endswith("州") and len(s) > 2 and f"{s}市" not in level)], key=lambda n: (-len(n), n))
    brief = sorted((s for s in short if s not in full), key=lambda n: (-len(n), n))
    pattern = re.compile(f"(?:{'|'.join(full)})(?!场)|(?:{'|'.join(brief)})(?![市区县州盟旗镇乡路])(?!街道|新区|地区)")
    return _Registry(level, short, province_of, pattern)
