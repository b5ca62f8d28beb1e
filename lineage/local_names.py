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


@dataclass(frozen=True, slots=True)
class LocalNames:
    """How a document speaks of its own side: its level, and its issuers' names, folded."""

    level: str | None = None
    issuers: tuple[str, ...] = ()

    def swaps(self, upper: str, lower: str) -> bool:
        """Is the lower name the one of the upper class that this document speaks for, or the counterpart of the upper department?"""
        if not (_whole_name(upper) and _whole_name(lower)):
            return False
        if self._is_ours(lower) and self._takes_in_us(upper):
            return True
        return _is_department(upper) and _is_department(lower) and same_function(upper, lower).same is True

    def _is_ours(self, name: str) -> bool:
        bare = re.sub("(?:系统|(?<=局)机关)?(?:各单位|各部门)?$", "", name)
        own = any(bare and (bare in issuer or issuer.endswith(bare)) for issuer in self.issuers)
        level = level_of_name(bare, self.issuers[0] if self.issuers else None)
        return own or bare.startswith(("我", "本")) or (level is not None and level == self.level)

    def _takes_in_us(self, name: str) -> bool:
        levels = addressed_levels(name)
        if levels:
            return "all" in levels or self.level in levels
        return level_of_name(name) is None  # 税务部门, 税务机关: a class without a level


NO_NAMES = LocalNames()


def local_names(lower: Extraction) -> LocalNames:
    """Return how a document speaks of its own side."""
    return LocalNames(level_of(lower), tuple(fold_plain(name) for name in lower.meta.issuers))


def body_names(chars: str) -> list[tuple[int, int]]:
    """Return where names of bodies stand in a folded text.

    >>> [("市县税务机关要做好"[a:b]) for a, b in body_names("市县税务机关要做好")]
    ['市县税务机关']
    """
    return [hit.span() for hit in _name().finditer(chars)]


def _whole_name(text: str) -> bool:
    return bool(text) and _name().fullmatch(text) is not None


def _is_department(name: str) -> bool:
    return name.endswith(tuple(words("functions")["ranks"]))


@cache
def _name() -> re.Pattern[str]:
    bodies = sorted({*words("levels")["bodies"], *_MORE}, key=lambda w: -len(w))
    places = "各级|各地|各|全|本|我|省以下|省以上|地市以上|地市|国家|下一级|上一级|本级|省|市|县|区|乡镇"
    return re.compile(f"(?:{places})*(?:{'|'.join(bodies)}|税务总局|总局)(?:系统|机关)?(?:各单位|各部门)?")


_MORE = ("国税机关", "税务部门", "税务系统", "国税局系统", "办公厅室", "办公厅", "办公室", "处室", "司局", "党委政府")
