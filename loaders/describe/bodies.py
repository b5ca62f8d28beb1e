"""Which body a bare name means: 市财政局 is that of the city whose document names it, never that of another."""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.actors.levels import level_of_name
from loaders.actors.places import locate
from loaders.words import words

_OWN_UNITS = tuple("处科股室司组")  # 市局办公室, 省局征管处 are parts of a body, none themselves
_BODY = re.compile(r"(?:局|委|办|厅|部|院|政府|会|联|协|队|社|台|馆|中心|公司|集团|银行|大学|学院|法院|检察院)$")


_ABOVE_ALL = re.compile(r"^(?:中共中央|中央|国务院)|(?:人民政府|委员会|省委|市委|区委|县委)(?:办公厅|办公室)?$")


@lru_cache(maxsize=20_000)
def is_ministry(name: str, issuer: str) -> bool:
    """Is a name a national body of its own in a document of a government or party committee, whose unit it cannot be?

    >>> is_ministry("教育部", "国务院办公厅"), is_ministry("秘书局", "国务院办公厅"), is_ministry("税务总局办公厅", "国家税务总局")
    (True, False, False)
    """
    return bool(_ABOVE_ALL.search(issuer)) and not name.endswith(_OWN_UNITS) and level_of_name(name) == "national"


@lru_cache(maxsize=20_000)
def bare_body(name: str) -> str | None:
    """Return the bare place a body's name begins with (市财政局 → 市), None for another name.

    >>> [bare_body(n) for n in ("市财政局", "自治区残联", "区公安分局", "市场监管局", "市局征管处", "市局", "国家税务总局", "广州市财政局")]
    ['市', '自治区', '区', None, None, None, None, None]
    """
    hit = re.match(words("levels")["bare"], name)
    if not hit or name[0] in "全我本各" or name.endswith(_OWN_UNITS) or len(name) < len(hit[0]) + 2:
        return None
    return hit[0] if _BODY.search(name) else None


@lru_cache(maxsize=20_000)
def whole_name(name: str, home: str) -> str | None:
    """Return a body's name with its place, read off the issuer or title ``home``; None where that does not tell the place.

    >>> [whole_name(*pair) for pair in (("市财政局", "临沂市体育任务清单"), ("区民政局", "广州市天河区政府"), ("省财政厅", "佛山市政府"))]
    ['临沂市财政局', '广州市天河区民政局', '广东省财政厅']
    >>> whole_name("市财政局", "天河区人民政府") is None
    True
    """
    located = locate(home)
    chain = [place for place, _ in located.chain] if located else []
    if located and located.province and located.province not in chain:
        chain.insert(0, located.province)
    own = _own_places(name)
    if own:
        above = chain[: chain.index(own[0])] if own[0] in chain else []
        return _joined([*above, *own]) + name[len("".join(own)) :]
    bare = bare_body(name)
    at = next((i for i, place in enumerate(chain) if _kind(place) == bare), None)
    return None if at is None else _joined(chain[: at + 1]) + name[len(bare or "") :]


def names_a_place(name: str) -> bool:
    """Does a body's name begin with the name of its place (临沂市财政局)?"""
    return bool(_own_places(name))


def _own_places(name: str) -> list[str]:
    located = locate(name)
    if not located or located.start or not _BODY.search(name) or name.endswith(_OWN_UNITS) or len(name) < located.end + 2:
        return []
    own = [place for place, _ in located.chain]
    return own if name.startswith("".join(own)) else []


def _joined(chain: list[str]) -> str:
    """The places of a chain without the province above a city: 临沂市, 广州市天河区, 山东省."""
    return "".join(place for i, place in enumerate(chain) if i == len(chain) - 1 or _kind(place) not in ("省", "自治区"))


def _kind(place: str) -> str:
    return next((end for end in ("自治区", "街道") if place.endswith(end)), place[-1:])
