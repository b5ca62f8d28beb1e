"""Is one name another form of the other? 发改委 = 发展改革委 by the reviewed list; 区建管委 ~ 区建设管理委 is only proposed.

Nothing is merged here: the check of a page's facts against the text asks :func:`same_body`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from loaders.actors.levels import told_level
from loaders.actors.places import locate
from loaders.words import words

Likeness = Literal["same", "maybe"]
_BARE = re.compile(r"(?:自治区|省|市(?!场监|政(?!府|协|务|法))|区|县|州|盟|旗|镇|街道)(?=[\u4e00-\u9fff]{2,})(?!(?:[域块划级]))")
_SHORTEST = 3


def same_body(one: str, other: str) -> Likeness | None:
    """Return "same" by the reviewed list, "maybe" by likeness of the words, None when nothing speaks for it.

    Bodies of different places or levels are never the same; where only one of them says its place, it may be.

    >>> same_body("市发改委", "市发展和改革委员会"), same_body("区建管委", "区建设管理委"), same_body("区财政局", "市财政局")
    ('same', 'maybe', None)
    """
    (place, body), (place2, body2) = _parts(one), _parts(other)
    if not body or not body2 or not _may_share(place, place2):
        return None
    if canonical_body(body) == canonical_body(body2):
        return "same" if place == place2 else "maybe"
    return "maybe" if _like(canonical_body(body), canonical_body(body2)) or _like(body, body2) else None


@lru_cache(maxsize=20_000)
def canonical_body(body: str) -> str:
    """Return the full form of a body's name without its place, the name itself when the list does not know it.

    >>> canonical_body("发改委"), canonical_body("人社局"), canonical_body("一分局")
    ('发展和改革委员会', '人力资源和社会保障局', '一分局')
    """
    rules = words("authorities")
    for full, forms in rules["names"].items():
        if body == full or body in forms:
            return str(full)
    ranks = {form: full for full, forms in rules["ranks"].items() for form in (full, *forms)}
    fields = {form: full for full, forms in rules["fields"].items() for form in (full, *forms)}
    for form in sorted(ranks, key=len, reverse=True):
        if body.endswith(form) and body[: -len(form)] in fields:
            return str(fields[body[: -len(form)]] + ranks[form])
    return body


@lru_cache(maxsize=20_000)
def _parts(name: str) -> tuple[str, str]:
    """The place (上海市徐汇区, 区, or "") and the body of a name."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
    plain = re.sub("^(?:" + "|".join(words("authorities")["party"]) + ")", "", plain)
    place = locate(plain)
    if place and place.start == 0:
        return "".join(n for n, _ in place.chain), plain[place.end :]
    bare = _BARE.match(plain)
    return (bare[0], plain[bare.end() :]) if bare else ("", plain)


def _may_share(one: str, other: str) -> bool:
    """Equal places, a bare 市 for a named one of its level, an inner place written without its outer one, or one not said."""
    if one == other or not one or not other:
        return True
    if one.endswith(other) or other.endswith(one):
        return len(min(one, other, key=len)) > 1 or _level(one) == _level(other)
    return False


def _level(place: str) -> str | None:
    told = told_level(place).level
    bare = words("levels")["bare_levels"]
    return told or bare.get(place) or ("city" if place == "市" else None)


def _like(one: str, other: str) -> bool:
    """The shorter is the longer with characters left out (same first and last one), or they differ by one inserted character."""
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or short == long or len(short) == len(long):
        return False
    if short[-1] != long[-1] and not (long.endswith("员会") and short[-1] == "委"):
        return False
    stem = short if short[-1] == long[-1] else short[:-1]
    return short[0] == long[0] and is_subsequence(stem, long)


def is_subsequence(short: str, long: str) -> bool:
    """Return whether each character of the shorter name stands in the longer one, in order (卫健委, 卫生健康委员会)."""
    rest = iter(long)
    return all(char in rest for char in short)
