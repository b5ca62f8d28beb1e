"""Names in one document that may be forms of one name: reported with their places, never merged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import combinations

from loaders.actors.authorities import same_body
from loaders.actors.names import NAMED, kind_of, name_words
from loaders.records import Finding, Place, Provision, TaskRow, Text2

_COLUMNS = ("lead", "responsible", "supporting", "unit")
_MOST_NAMES = 400  # every pair is looked at; more names than that are no one document's departments
_MOST_PLACES = 3

Uses = dict[str, list[tuple[str, Place]]]
"""For every name the rows or clauses (by id) that use it, with the place of the words."""


def name_variants(rows: Sequence[TaskRow], provisions: Sequence[Provision]) -> list[Finding]:
    """Return a finding for each use of a name that looks like another form of one used more often.

    One character inserted or left out (征管科技发展处 / 征管和科技发展处) is a warning. A shorter form of one body, by the reviewed list
    of authorities or by likeness (区建管委 / 区建设管理委), is only proposed. Names that stand together in one row or clause are two.
    """
    uses = _uses(rows, provisions)
    if len(uses) > _MOST_NAMES:
        return []
    found: list[Finding] = []
    for one, other in combinations(sorted(uses), 2):
        rare, usual = sorted((one, other), key=lambda name: (len(uses[name]), name))
        if _is_slip(rare, usual) and _counted(rare) != _counted(usual) and len(uses[rare]) <= max(2, len(uses[usual]) // 4):
            found += [_slip(rare, usual, len(uses[usual]), place) for _, place in uses[rare][:_MOST_PLACES]]
        elif kind_of(rare) == kind_of(usual) == NAMED and not _together(uses[rare], uses[usual]):
            likeness = same_body(rare, usual)
            found += [_form(rare, usual, likeness, uses[rare][0][1])] if likeness else []
    return found


def _counted(name: str) -> str:
    """A name without the words that only say how many are meant: 省级各有关单位 and 省级有关单位 are one class."""
    marks = name_words()
    return re.sub("|".join((*marks.universal, *marks.contextual)), "", name)


def _uses(rows: Sequence[TaskRow], provisions: Sequence[Provision]) -> Uses:
    uses: Uses = {}
    for row in rows:
        for mention in row.roles:
            name = mention.actor.name
            column = next((c for c in _COLUMNS if c in row.cells and name in _plain(row.cells[c].value)), None)
            uses.setdefault(name, []).append((row.row, row.cells[column].place if column else row.place))
    for provision in provisions:
        for mention in provision.roles:
            uses.setdefault(mention.actor.name, []).append((provision.id, provision.note_place or provision.place))
    return uses


def _together(one: Sequence[tuple[str, Place]], other: Sequence[tuple[str, Place]]) -> bool:
    return not {at for at, _ in one}.isdisjoint(at for at, _ in other)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _is_slip(rare: str, usual: str) -> bool:
    """One character inserted or left out; replacing one (人事处/财务处, 区/市) makes another department."""
    from rapidfuzz.distance import Levenshtein

    if min(len(rare), len(usual)) < 4 or len(rare) == len(usual) or rare[0] != usual[0]:
        return False
    return Levenshtein.distance(rare, usual, score_cutoff=1) == 1


def _slip(rare: str, usual: str, times: int, place: Place) -> Finding:
    return Finding(
        "name-variant",
        "warning",
        place,
        rare,
        Text2(
            f"“{rare}”疑为“{usual}”的异写（后者出现 {times} 次）；未合并。",
            f"{rare} looks like a variant of {usual} (used {times} times); not merged.",
        ),
    )


def _form(rare: str, usual: str, likeness: str, place: Place) -> Finding:
    why = ("按机构名录为同一机构", "one body by the list of authorities") if likeness == "same" else ("用字相近", "their words are alike")
    return Finding(
        "name-form",
        "info",
        place,
        rare,
        Text2(f"“{rare}”与“{usual}”可能是同一机构（{why[0]}）；未合并。", f"{rare} and {usual} may be one body ({why[1]}); not merged."),
    )
