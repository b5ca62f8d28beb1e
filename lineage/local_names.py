"""Names that only say who speaks: 税务机关 in a national text and 市国税局 in the city's are one body in another's mouth.

By the registry of levels and bodies (loaders/words/levels.yaml), the counterparts of functions.yaml, and the names the lower document
gives its own issuer. Swapping one for the other is a change of name, not of who must act.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lineage.fold import fold_plain
from lineage.functions import same_function
from loaders.actors.levels import addressed_levels, level_of, level_of_name
from loaders.records import Extraction
from loaders.words import words

_LONGEST_AREA = 6


@dataclass(frozen=True, slots=True)
class LocalNames:
    """How a document speaks of its own side: its level, its issuers' names, folded, and the level of the text above."""

    level: str | None = None
    issuers: tuple[str, ...] = ()
    upper_level: str | None = None

    def swaps(self, upper: str, lower: str) -> bool:
        """Is the lower name the one of the upper class that this document speaks for, or the counterpart of the upper body?"""
        if upper in ("各级", "各地") and self._levels_of(lower) == {self.level}:
            return True
        if _is_area(upper) and _is_area(lower):
            return True  # 各地区, 各区县; 各县（市、区）, 各乡镇
        one, other = _names(upper), _names(lower)
        if len(one) == len(other) > 1:  # a list of names, one for one
            return all(self.swaps(a, b) for a, b in zip(one, other, strict=True))
        if not one or len(one) != len(other):
            return False
        if addressed_levels(upper) == addressed_levels(lower) != ():
            return True  # 县级民政部门, 区（县）民政部门
        if addressed_levels(upper) == ("all",) and self._is_all_of_us(lower):
            return True
        if self._is_ours(lower) and self._takes_in_us(upper) and not (_is_government(upper) and _is_department(lower)):
            return True
        if _bare(upper) == _bare(lower) != upper and self._levels_of(upper) == {self.upper_level} and self._is_ours(lower):
            return True  # 市政府 in the city's text, 区政府 in the district's
        return _is_department(upper) and _is_department(lower) and same_function(upper, lower).same is True

    def _levels_of(self, name: str) -> set[str | None]:
        prefix = re.match("[省市县区旗镇]", name)
        return {words("levels")["bare_levels"].get(prefix[0], "city")} if prefix else set()

    def _is_ours(self, name: str) -> bool:
        bare = re.sub("(?:系统|(?<=局)机关)?(?:各单位|各部门)?$", "", name)
        own = any(bare and (bare in issuer or issuer.endswith(bare)) for issuer in self.issuers)
        level = level_of_name(bare, self.issuers[0] if self.issuers else None)
        return own or bare.startswith(("我", "本")) or (level is not None and level == self.level)

    def _is_all_of_us(self, name: str) -> bool:
        """Is a name that of every level here: 市、区两级民政部门 in the city's text?"""
        ladder, levels = words("levels")["ladder"], addressed_levels(name)
        return self.level in levels and set(levels) <= set(ladder[ladder.index(self.level) :])

    def _takes_in_us(self, name: str) -> bool:
        levels = addressed_levels(name)
        if levels:
            return "all" in levels or self.level in levels
        return level_of_name(name) is None  # 税务部门, 税务机关: a class without a level


NO_NAMES = LocalNames()


def local_names(lower: Extraction, upper: Extraction) -> LocalNames:
    """Return how a lower document speaks of its own side."""
    return LocalNames(level_of(lower), tuple(fold_plain(name) for name in lower.meta.issuers), level_of(upper))


def body_names(chars: str) -> list[tuple[int, int]]:
    """Return where names of bodies stand in a folded text.

    >>> [("市县税务机关要做好"[a:b]) for a, b in body_names("市县税务机关要做好")]
    ['市县税务机关']
    """
    return [hit.span() for hit in _name().finditer(chars)]


def _names(text: str) -> list[str]:
    """Return the names a text is made of, [] when there is anything else in it."""
    spans = body_names(text)
    return [text[a:b] for a, b in spans] if text and sum(b - a for a, b in spans) == len(text) else []


def _is_area(name: str) -> bool:
    """Is a name that of every place of a kind (各地区, 各县市区), without a body of theirs?"""
    return name.startswith("各") and name.endswith(tuple(words("levels")["names"]["areas"])) and len(name) <= _LONGEST_AREA


def _bare(name: str) -> str:
    """A name without the level it begins with: 市政府 and 区政府 are 政府."""
    return re.sub("^[省市县区旗镇](?:级|直)?", "", name)


def _is_government(name: str) -> bool:
    return name.endswith(tuple(words("levels")["governments"]))


def _is_department(name: str) -> bool:
    return name.endswith(tuple(words("functions")["ranks"]))


@cache
def _name() -> re.Pattern[str]:
    rules, names = words("levels"), words("levels")["names"]
    bodies = sorted({*rules["bodies"], *names["more_bodies"]}, key=lambda word: -len(word))
    patterns = "|".join(names["patterns"]).replace("PLACES", names["places"]).replace("BODY", "|".join(bodies))
    return re.compile(f"(?:{patterns}){names['ending']}")
