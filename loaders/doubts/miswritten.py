"""A department whose field is an ordinary one with a character lost, doubled, exchanged or wrong: 市公局, 市公公安局, 市安公局.

The fields of ordinary departments are data (``words/bodies.yaml``, ``functions.yaml``, ``authorities.yaml``), so the right name need not
stand in the document. Where several bodies would do, the one the document names is proposed, else all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from loaders.actors.names import is_whole
from loaders.actors.places import locate
from loaders.doubts.names import told_at, uses_of
from loaders.records import Extraction, Finding, Severity
from loaders.words import words

MOST_USES = 2  # a slip is met once or twice
MOST = 3  # bodies that may be meant
SHORTEST = 2  # characters of a body's name without its place
LONG = 4  # characters of a field that may lose one and still be told for sure


def miswritten_doubts(document: Extraction) -> Iterator[Finding]:
    uses = uses_of(document)
    for name in sorted(name for name, used in uses.items() if len(used) <= MOST_USES):
        if whole := _whole_name(name):
            said = f"“{name}”疑为“{whole}”之误（漏字）。", f"{name} is probably meant to be {whole}."
            yield from told_at(uses[name], name, "name-variant", "info", said)
            continue
        head, stem, rank = _parts(name)
        if not stem or stem in _known() or (rank not in "局厅" and stem in words("bodies")["may_be_short"]):
            continue
        how, meant = _meant(stem, rank)
        named = [field for field in meant if f"{head}{field}{rank}" in uses]
        meant = named or meant
        if not how or len(meant) > MOST or (named and len(stem) + len(rank) > MOST and how == "漏字"):  # that is told as a variant
            continue
        right = "”或“".join(f"{head}{field}{rank}" for field in meant)
        severity: Severity = "warning" if len(meant) == 1 and (named or how != "漏字" or len(stem) == 1) else "info"
        said = f"“{name}”疑为“{right}”之误（{how}）。", f"{name} is probably meant to be {' or '.join(meant)}{rank}."
        yield from told_at(uses[name], name, "name-variant", severity, said)


def _whole_name(name: str) -> str:
    """Return the right name where one of the bodies that are known as a whole has lost a character (县供社), else ""."""
    place = locate(name)
    head = name[: place.end] if place and place.start == 0 else (re.match("自治区|[省市县区州旗]", name) or [""])[0]
    body = name[len(head) :]
    forms = {form for full, listed in words("authorities")["names"].items() for form in (full, *listed)}
    if not head or len(body) < SHORTEST or body in forms or is_whole(name) and body[-1] not in "社部":
        return ""
    meant = [form for form in sorted(forms) if len(form) == len(body) + 1 and form[-1] == body[-1] and _without_one(form, body)]
    return head + meant[0] if len(meant) == 1 else ""


def _parts(name: str) -> tuple[str, str, str]:
    """Return whose body it is, its field and its rank: 市, 公, 局; three times "" for a name that is none of this kind."""
    place = locate(name)
    head = name[: place.end] if place and place.start == 0 else ""
    bare = re.match("自治区|[省市县区州旗]", name[len(head) :]) if not head else None
    head += bare[0] if bare else ""
    head += (re.match(words("bodies")["before"], name[len(head) :]) or [""])[0] if head else ""
    rank = next((rank for rank in sorted(words("bodies")["ranks"], key=len, reverse=True) if name.endswith(rank)), "")
    stem = name[len(head) : len(name) - len(rank)]
    return (head, stem, rank) if head and rank and re.fullmatch("[一-鿿]{1,10}", stem) else ("", "", "")


def _meant(stem: str, rank: str) -> tuple[str, list[str]]:
    """Return what happened to the field and which fields it may have been, in order of how sure that is."""
    ordinary = _ordinary()
    exchanged = [field for field in ordinary if sorted(field) == sorted(stem)]
    if exchanged:
        return "字序颠倒", exchanged
    doubled = [field for field in ordinary if len(field) + 1 == len(stem) and _without_one(stem, field) and re.search(r"(.{1,2})\1", stem)]
    if doubled:
        return "叠字", doubled
    lost = [field for field in ordinary if len(field) == len(stem) + 1 and _without_one(field, stem)]
    if len(stem) == 1 and rank in "局厅" or len(stem) >= LONG - 1:
        return ("漏字", lost) if lost else ("", [])
    return "", []


def _without_one(long: str, short: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    return len(long) == len(short) + 1 and Levenshtein.distance(long, short, score_cutoff=1) == 1


@cache
def _ordinary() -> tuple[str, ...]:
    """The fields that ordinary departments have: the whole words of the reviewed lists, no short forms of a character or two."""
    stems = {stem for listed in words("functions")["stems"].values() for stem in listed if len(stem) >= 2}
    return tuple(
        sorted({field for field in stems | set(words("authorities")["fields"]) if field not in ("国资", "法规", "信息", "办公", "采购")})
    )


@cache
def _known() -> frozenset[str]:
    fields = words("authorities")["fields"]
    names = words("authorities")["names"]
    return frozenset(
        {stem for listed in words("functions")["stems"].values() for stem in listed}
        | set(words("functions")["also_fields"])
        | set(words("bodies")["fields"])
        | set(fields)
        | {form for forms in fields.values() for form in forms}
        | {name.rstrip("局厅委办部") for name in names}
    )
