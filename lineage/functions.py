"""Do two departments of different levels have the same function? 政策法规司 and 政策法规处, 办公厅 and 办公室, 省民政厅 and 市民政局.

By the list of functions (loaders/words/functions.yaml, which a workspace's rules/functions.yaml extends), by counterparts people
confirmed, and by equal names once place and rank are taken off. Two names that are in no list and are not equal cannot be told.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from loaders.describe.actors import function_of
from loaders.words import words

Counterparts: TypeAlias = "frozenset[frozenset[str]]"
NO_COUNTERPARTS: Counterparts = frozenset()
_BRACKET = re.compile(r"[（(].*?[）)]")
_PLACE = re.compile(
    r"^(?:中共|中国共产党|国家税务总局|国家|中央|全国|本级|各|[\u4e00-\u9fff]{1,8}?(?:自治区|自治州|自治县|省(?!级)|市(?!场)|州(?!际)|盟|县(?!域)|区(?!域|块|划)|旗|镇|街道))+"
)
_BRANCH = re.compile(
    r"(?:(?<=银行)|(?<=公司)|(?<=总局)|(?<=监会))[\u4e00-\u9fff]{2,8}?(?:省|市|州|县|区)?(?:中心支行|分行|支行|监管分局|分公司)$"
)
_BARE = re.compile(r"^(?:自治区|省|市(?!场)|区(?!域|块|划)|县(?!域)|州|盟|旗|镇|街道|乡)(?:级|直)?")


@dataclass(frozen=True, slots=True)
class Answer:
    """``same`` is None where it cannot be told; ``how`` is counterpart, function or name."""

    same: bool | None
    how: Literal["counterpart", "function", "name", "none"]
    upper_function: str | None
    lower_function: str | None


def same_function(upper: str, lower: str, counterparts: Counterparts = NO_COUNTERPARTS) -> Answer:
    """Say whether two departments have the same function.

    >>> [same_function(*p).same for p in (("政策法规司", "政策法规处"), ("办公厅", "人事处"), ("省民政厅", "市民政局"))]
    [True, False, True]
    >>> same_function("甲司", "乙处").same is None
    True
    """
    one, other = stem(upper), stem(lower)
    functions = _function(upper), _function(lower)
    if frozenset((upper, lower)) in counterparts:
        return Answer(True, "counterpart", *functions)
    if one == other or upper == lower or _branch(lower) == upper:
        return Answer(True, "name", *functions)
    if all(functions):
        return Answer(functions[0] == functions[1], "function", *functions)
    return Answer(None, "none", *functions)


def _branch(name: str) -> str:
    """Return whose branch a name is, the name itself where it is nobody's: 中国人民银行清江市分行 is 中国人民银行's."""
    return _BRANCH.sub("", name) or name


@cache
def stem(name: str) -> str:
    """Return a department's name without brackets, place and rank.

    >>> [stem(n) for n in ("省民政厅", "广州市天河区民政局", "市场监督管理局", "区委宣传部（区文明办）", "稽查局")]
    ['民政', '民政', '市场监督管理', '委宣传', '稽查']
    """
    plain = _BRACKET.sub("", re.sub(r"\s", "", name)) or name
    bare = _BARE.sub("", plain)
    if bare == plain:
        bare = _PLACE.sub("", plain) or plain
    rank = next((r for r in sorted(words("functions")["ranks"], key=len, reverse=True) if bare.endswith(r) and len(bare) > len(r) + 1), "")
    return bare[: -len(rank)] if rank else bare


@cache
def function_or_stem(name: str) -> str:
    """Return what a department does: its function's code, or, where no list has it, its name without place and rank.

    >>> function_or_stem("省民政厅"), function_or_stem("民政部"), function_or_stem("市残联")
    ('civil-affairs', 'civil-affairs', '残联')
    """
    return _function(name) or stem(name)


@cache
def _function(name: str) -> str | None:
    plain = _BRACKET.sub("", re.sub(r"\s", "", name))
    bare = _BARE.sub("", plain)
    return next((f for n in (plain, bare, stem(name), stem(name).removeprefix("委")) if n and (f := function_of(n))), None)


def confirmed(path: Path) -> Counterparts:
    """Return the pairs of department names a reviewer put their name to (curated/counterparts.sssom.tsv); none when there is no file."""
    if not path.is_file():
        return NO_COUNTERPARTS
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))
    return frozenset(
        frozenset(row[side].rpartition("/")[2] for side in ("subject_label", "object_label"))
        for row in rows
        if row.get("reviewer_id") and row.get("predicate_id") == "zm:counterpartOf" and row.get("predicate_modifier") != "Not"
    )
