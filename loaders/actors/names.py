"""When is a string a whole name, and is it the name of one office or of a class of them?

Chinese offices are named by their last word: 政策法规处 is whole, 货物 (of 货物和劳务税处) is not. That one test decides
every split at a list word; the words themselves are data (loaders/words/actors.yaml).
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from loaders.records import ActorKind, GenericKind
from loaders.words import words
from zhengmai.settings import WORKSPACE_VARIABLE

Kind = tuple[ActorKind, GenericKind | None]
NAMED: Kind = ("named", None)


@dataclass(frozen=True, slots=True)
class NameWords:
    """The word lists of actors.yaml in the shapes the tests need."""

    endings: tuple[str, ...]
    not_endings: tuple[str, ...]
    bare: frozenset[str]
    own_starts: tuple[str, ...]
    places: tuple[str, ...]
    class_nouns: tuple[str, ...]
    authority_nouns: tuple[str, ...]
    authority_starts: tuple[str, ...]
    residual: tuple[str, ...]
    contextual: tuple[str, ...]
    universal: tuple[str, ...]
    whole_of: tuple[str, ...]
    undetermined: frozenset[str]
    nobody: frozenset[str]
    torn: dict[str, tuple[tuple[str, str], ...]]
    each_place: re.Pattern[str]
    parents: dict[str, tuple[str, ...]]
    paired_heads: dict[str, tuple[str, ...]]
    rooms: frozenset[str]
    units_above: tuple[str, ...]
    units: tuple[str, ...]
    seats: tuple[str, ...]
    conjunctions: tuple[str, ...]
    conjunction: re.Pattern[str]
    alternative: re.Pattern[str]
    rest: re.Pattern[str]
    rest_not_after: tuple[str, ...]
    level_class: re.Pattern[str]
    levels_only: re.Pattern[str]


def name_words() -> NameWords:
    """Return the lists, a workspace's additions included."""
    return _name_words(os.environ.get(WORKSPACE_VARIABLE))


@cache
def _name_words(workspace: str | None) -> NameWords:
    """``workspace`` is only the key (resolving its path for each name would cost more than the tests themselves)."""
    data = words("actors")
    levels, nouns = any_of(data["levels"]), any_of([*data["class_nouns"], *data["authority_nouns"]])
    heads, some = any_of(data["level_heads"]), any_of(data["rest_modifiers"])
    bodies = any_of(data["level_bodies"])
    not_joined = any_of([word[1:] for word in data["conjunction_in_names"]])
    joined = any_of(data["conjunctions"])
    return NameWords(
        endings=tuple(data["endings"]),
        not_endings=tuple(data["not_endings"]),
        bare=frozenset(data["bare"]),
        own_starts=tuple(data["own_starts"]),
        places=tuple(data["levels"]),
        class_nouns=tuple(data["class_nouns"]),
        authority_nouns=tuple(data["authority_nouns"]),
        authority_starts=tuple(data["authority_starts"]),
        residual=tuple(data["residual_marks"]),
        contextual=tuple(data["contextual_marks"]),
        universal=tuple(data["universal_marks"]),
        whole_of=tuple(data["whole_of"]),
        undetermined=frozenset(data["undetermined"]),
        nobody=frozenset(data["nobody"]),
        torn=_torn_endings(data["endings"]),
        each_place=re.compile(f"各(?:{levels})"),
        parents={parent: tuple(ends) for parent, ends in data["parents"].items()},
        paired_heads={head: tuple(ends) for head, ends in data["paired_heads"].items()},
        rooms=frozenset(data["rooms"]),
        units_above=tuple(data["units_above"]),
        units=tuple(data["units"]),
        seats=tuple(data["seats"]),
        conjunctions=tuple(data["conjunctions"]),
        conjunction=re.compile(f"(?:{joined})(?!{not_joined})"),
        alternative=re.compile(any_of(data["alternatives"])),
        rest=re.compile(
            f"等(?:[0-9０-９一二三四五六七八九十两几多]{{1,4}})?[个家]?(?:{some}){{0,4}}(?:{nouns})"
            f"(?:[（(](?:{nouns})[）)])?(?:(?:[、和及与]|以及)(?:{some}){{0,2}}(?:{nouns})){{0,3}}$"
        ),
        rest_not_after=tuple(data["rest_not_after"]),
        level_class=re.compile(
            f"(?:^|[各级]|直管)(?:{levels})(?:[（(](?:{levels}|街道|园区|[、和及])+[）)]|[、和及/](?:{levels}|街道|园区)"
            f"|(?:[、和及]?(?:{levels}))+(?={heads}|$))"
        ),
        levels_only=re.compile(
            f"^(?:{levels}|街道)(?:[（(](?:{levels}|街道|园区|[、和及])+[）)])?(?:[和及与](?:{levels}))?(?:{bodies}){{0,3}}$"
        ),
    )


def _torn_endings(endings: list[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return, by the two characters at the tear, the ways an ending can be torn: "部门" → ("部", "门")."""
    torn: dict[str, tuple[tuple[str, str], ...]] = {}
    for word in endings:
        for cut in range(1, len(word)):
            pair = word[cut - 1 : cut + 1]
            torn[pair] = (*torn.get(pair, ()), (word[:cut], word[cut:]))
    return torn


def any_of(options: list[str]) -> str:
    """Return a regex alternative of plain words, longest first."""
    return "|".join(re.escape(option) for option in sorted(set(options), key=lambda word: (-len(word), word))) or r"(?!)"


def is_whole(name: str, known: frozenset[str] = frozenset()) -> bool:
    """Return whether a blank-free string could stand alone as somebody's name. Brackets at its end must be off.

    ``is_whole("政策法规处")`` yes; ``is_whole("货物")`` and the bare head ``is_whole("部门")`` no.
    """
    listed = name_words()
    if name in known:
        return True
    if len(name) < 2 or name in listed.bare:
        return False
    return name.endswith(listed.endings) and not name.endswith(listed.not_endings)


def kind_of(name: str) -> Kind:
    """Return named, or generic and which kind of generic; first rule that holds.

    待定 → to-be-determined; 其他…, 等司局 → residual; 有关…, 相关… → contextual; 各级…, 县（区）局, …的税务机关, 各区 →
    authority-class; 各处室, 局内各单位 → universal; 法制部门, 文件制发部门 → functional; everything else is named.
    """
    return _kind_of(name, os.environ.get(WORKSPACE_VARIABLE))


@lru_cache(maxsize=8192)
def _kind_of(name: str, workspace: str | None) -> Kind:
    listed = _name_words(workspace)
    core = re.sub(r"[（(][^（()）]*[）)]$", "", name) or name
    if name in listed.undetermined:
        return ("generic", "to-be-determined")
    if name.startswith("等") or any(mark in core for mark in listed.residual):
        return ("generic", "residual")
    classes, authorities = core.endswith(listed.class_nouns), core.endswith(listed.authority_nouns)
    if "的" in core and core.endswith((*listed.class_nouns, *listed.authority_nouns, "局")):
        return ("generic", "functional" if classes else "authority-class")
    if any(mark in core for mark in listed.contextual):
        return ("generic", "contextual")
    if _is_authority_class(name, core, classes=classes, authorities=authorities):
        return ("generic", "authority-class")
    if any(mark in core for mark in listed.universal):
        return ("generic", "universal" if classes or not core.endswith(listed.endings) else "authority-class")
    if classes:
        return ("generic", "universal" if core.startswith(listed.whole_of) else "functional")
    return NAMED


def _is_authority_class(name: str, core: str, *, classes: bool, authorities: bool) -> bool:
    listed = name_words()
    if "各级各" in core:
        return not classes
    if "各级" in core or (re.search("以[上下]", core) and core.endswith(listed.endings)):
        return True
    if core in listed.bare and authorities or core.endswith(("机关", "系统", "各地", "属地")):
        return True
    if authorities and core.startswith(listed.authority_starts):
        return True
    return not classes and bool(listed.level_class.search(name))
