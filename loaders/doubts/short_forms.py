"""Short forms of a department that no list knows: 人教部门 beside 人事教育部门, 大企业处 beside 大企业税收管理处.

The rank is the same, and the rare name keeps some characters of the usual one in their order. Bodies the reviewed list of authorities
knows are told by loaders/actors/variants; a stem that is a field of its own (人事, 征管) is another department.
"""

from __future__ import annotations

from collections.abc import Iterator

from loaders.actors.authorities import is_subsequence, same_body
from loaders.actors.names import NAMED, kind_of
from loaders.doubts.names import LONG_FIELD, Use, stem_and_rank, told_at, uses_of
from loaders.records import Extraction, Finding
from loaders.words import words

RARE = 2  # uses
MOST_NAMES = 400  # every pair is looked at


def short_form_doubts(document: Extraction) -> Iterator[Finding]:
    uses = uses_of(document)
    fields = {stem for listed in words("functions")["stems"].values() for stem in listed} | set(words("functions")["also_fields"])
    for name in sorted(uses) if len(uses) <= MOST_NAMES else ():
        stem, rank = stem_and_rank(name) or ("", "")
        vague = any(word in name for word in words("doubts")["rest"])  # 相关司局 is not short for 相关业务司局
        if len(stem) < 2 or stem in fields or vague or len(uses[name]) > RARE:
            continue
        whole = next((other for other in sorted(uses) if _is_short_for(name, stem, rank, other, uses)), "")
        known = next((field for field in sorted(fields) if len(field) >= LONG_FIELD and _is_cut(stem, field)), "")
        if whole or known:
            said = (
                f"“{name}”可能是“{whole or known}”的简称；同一文件宜用一个名称。",
                f"{name} may be short for {whole or known}; one document should use one name.",
            )
            yield from told_at(uses[name], name, "name-form", "info", said, *[use[2] for use in uses.get(whole, ())[:1]])


def _is_short_for(name: str, stem: str, rank: str, other: str, uses: dict[str, list[Use]]) -> bool:
    whole, its_rank = stem_and_rank(other) or ("", "")
    if its_rank != rank or not _is_cut(stem, whole) or _cells(uses[name]) & _cells(uses[other]):
        return False
    return not (kind_of(name) == kind_of(other) == NAMED and same_body(name, other))  # which variants tells


def _is_cut(stem: str, whole: str) -> bool:
    """Return whether a stem keeps some characters of a longer one, in their order and not only what stands before 和."""
    if len(whole) < len(stem) + 2 or whole[0] != stem[0] or whole.startswith(f"{stem}和"):
        return False
    return is_subsequence(stem, whole)


def _cells(uses: list[Use]) -> set[tuple[str, str | None]]:
    return {(row.row, field) for row, field, _ in uses if row}
