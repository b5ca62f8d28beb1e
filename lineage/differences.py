"""How two stretches of text differ, told in whole numbers, whole names and whole pieces between commas.

Characters are compared with punctuation and blanks aside, the longest shared words first; what merely moved is no difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lineage.duty_words import duty_words, hedges_of, rank_of
from lineage.local_names import body_names
from lineage.records import Quote

_MOVED = 6
_CLOSERS = {"）": "（", ")": "(", "》": "《", "”": "“"}
_SHORTEST_PIECE = 4
_SHORTEST_LEFT = 3
_CUT = re.compile("[，,；;：:。]")
_MARK = re.compile("[，,；;：:。、]")
_UNIT = re.compile(
    r"平方米|平方公里|公里|万户|万人次?|万元|亿元|个?工作日|小时|个百分点|个月|[年月]底前?|周岁|人次|[%‰年月日天次个家名所户人件项倍吨亩元米岁]"
)


@dataclass(frozen=True, slots=True)
class Side:
    """Folded characters with where each stands in its document's text."""

    chars: str
    at: tuple[int, ...]

    def quote(self, begin: int, end: int, text: str) -> Quote:
        """Return the words of a stretch; an empty stretch is an empty quote at its place."""
        if begin >= end:
            near = self.at[begin - 1] + 1 if begin else (self.at[0] if self.at else 0)
            return Quote(near, near, "")
        first, last = self.at[begin], self.at[end - 1] + 1
        if text[last : last + 1] in _CLOSERS and text[first:last].count(_CLOSERS[text[last]]) > text[first:last].count(text[last]):
            last += 1  # 各县（市、区）
        return Quote(first, last, text[first:last])

    def cuts(self, text: str, marks: re.Pattern[str] = _CUT) -> frozenset[int]:
        """Return the indexes before which the text has a comma or the like."""
        return frozenset(i for i in range(1, len(self.at)) if marks.search(text[self.at[i - 1] + 1 : self.at[i]]))


def differences(
    upper: Side, lower: Side, upper_text: str, lower_text: str, whole: Callable[[str], bool]
) -> list[tuple[str, int, int, int, int]]:
    """Return (kind, begin, end, begin, end) for what differs; stretches that merely moved are left out.

    What is only dropped or only added is told piece by piece between commas, so that each piece has its own subject; ``whole`` says
    which stretches stay whole (an exception).
    """
    one, other, cuts, other_cuts = upper.chars, lower.chars, upper.cuts(upper_text), lower.cuts(lower_text)
    marks = upper.cuts(upper_text, _MARK), lower.cuts(lower_text, _MARK)
    codes = [_slid(one, other, code, *marks) for code in _coalesced(SequenceMatcher(None, one, other, autojunk=False).get_opcodes())]
    codes = _whole_numbers(one, other, codes)
    codes = _names_apart(one, other, _whole_names(one, other, codes))
    names = [set(body_names(chars)) for chars in (one, other)]
    codes = _hedges_apart(one, other, _whole_duty_words(one, other, codes))
    found = []
    for code in codes:
        a, b, c, d = code
        renamed = (a, b) in names[0] and (c, d) in names[1]  # 各级民政部门 → 市、区两级民政部门: nothing moved
        others = [one_of for one_of in codes if not (renamed and one_of == code)]
        dropped = [(x, y) for x, y in _pieces(one, a, b, cuts, whole) if not _elsewhere(one[x:y], [other[w:z] for _, _, w, z in others])]
        added = [
            (x, y) for x, y in _pieces(other, c, d, other_cuts, whole) if not _elsewhere(other[x:y], [one[w:z] for w, z, _, _ in others])
        ]
        if dropped and added:
            found.append(("replaced", dropped[0][0], dropped[-1][1], added[0][0], added[-1][1]))
        else:
            found += [("dropped", x, y, d, d) for x, y in dropped]
            found += [("added", b, b, x, y) for x, y in added]
    return found


def _in_number(chars: str, at: int) -> bool:
    """Does a number stand on both sides of a place?"""
    return 0 < at < len(chars) and chars[at - 1].isdigit() and chars[at].isdigit()


def _slid(
    one: str, other: str, code: tuple[int, int, int, int], cuts: frozenset[int], other_cuts: frozenset[int]
) -> tuple[int, int, int, int]:
    """Move a dropped or added stretch to where a comma opens it: 税务总[局、省国税]局 is 税务总局[、省国税局]."""
    a, b, c, d = code
    if (a < b) == (c < d):
        return code
    chars, begin, end, marks = (one, a, b, cuts) if a < b else (other, c, d, other_cuts)
    for by in range(min(end - begin, len(chars) - end)):
        if begin + by in marks:
            return a + by, b + by, c + by, d + by
        if chars[begin + by] != chars[end + by]:
            break
    return code


def _pieces(chars: str, begin: int, end: int, cuts: frozenset[int], whole: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Cut a stretch at its commas; what is too short to say something stays with its neighbour, an exception stays whole."""
    if begin >= end:
        return []
    marks = [begin]
    if not whole(chars[begin:end]):
        for cut in range(begin + 1, end):
            if cut in cuts and cut - marks[-1] >= _SHORTEST_PIECE and end - cut >= _SHORTEST_PIECE:
                marks.append(cut)
    return list(zip(marks, [*marks[1:], end], strict=True))


def _whole_names(one: str, other: str, codes: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Widen a replacement inside a body's name to the whole name: 市县税务机关 → 市国税局, never 县税务机关 → 国税局."""
    found: list[tuple[int, int, int, int]] = []
    names = [body_names(one), body_names(other)]
    for a, b, c, d in codes:
        if a < b and c < d:
            left = max((p - s for spans, p in ((names[0], a), (names[1], c)) for s, e in spans if s < p < e), default=0)
            right = max((e - p for spans, p in ((names[0], b), (names[1], d)) for s, e in spans if s < p < e), default=0)
            while left and a > 0 and c > 0 and one[a - 1] == other[c - 1]:
                a, c, left = a - 1, c - 1, left - 1
            while right and b < len(one) and d < len(other) and one[b] == other[d]:
                b, d, right = b + 1, d + 1, right - 1
        while found and (a <= found[-1][1] or c <= found[-1][3]) and (b > found[-1][0]):
            a, b = min(a, found[-1][0]), max(b, found[-1][1])
            c, d = min(c, found[-1][2]), max(d, found[-1][3])
            found.pop()
        found.append((a, b, c, d))
    return found


def _names_apart(one: str, other: str, codes: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Cut a replacement behind the bodies both sides begin with: 县级民政部门应当 → 区民政局 is another body, and 应当 is gone."""
    ends = [dict(body_names(chars)) for chars in (one, other)]
    found: list[tuple[int, int, int, int]] = []
    for a, b, c, d in codes:
        x, y = ends[0].get(a, 0), ends[1].get(c, 0)
        more = x < b and x in ends[0] and y in ends[1]  # a list of names, one for one, stays whole
        if a < x <= b and c < y <= d and (x, y) != (b, d) and not more:
            found += [(a, x, c, y), (x, b, y, d)]
        else:
            found.append((a, b, c, d))
    return found


def _whole_duty_words(one: str, other: str, codes: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Widen a difference inside a duty word to both whole words: 应当 → 应, never a lost 当."""
    found: list[tuple[int, int, int, int]] = []
    for a, b, c, d in codes:
        free = a > 0 and c > 0 and (not found or (found[-1][1] < a and found[-1][3] < c))
        if (
            free
            and min(b - a, d - c) == 0
            and one[a - 1] == other[c - 1]
            and None not in (rank_of(one[a - 1 : b]), rank_of(other[c - 1 : d]))
        ):
            a, c = a - 1, c - 1
        found.append((a, b, c, d))
    return found


def _hedges_apart(one: str, other: str, codes: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Cut a hedge off a replacement where the other side has none: 原则上每个设区的市 → 全市 lost 原则上, and names another place."""
    found: list[tuple[int, int, int, int]] = []
    for a, b, c, d in codes:
        up, down = hedges_of(one[a:b]), hedges_of(other[c:d])
        if c < d and up and up[0].start == 0 and b - a - up[0].end >= _SHORTEST_LEFT and not duty_words(other[c:d]):
            found.append((a, a + up[0].end, c, c))
            a += up[0].end
        elif a < b and down and down[0].start == 0 and d - c - down[0].end >= _SHORTEST_LEFT and not duty_words(one[a:b]):
            found.append((a, a, c, c + down[0].end))
            c += down[0].end
        found.append((a, b, c, d))
    return found


def _coalesced(opcodes: Sequence[tuple[str, int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Join differences that only one shared character parts: 定期 → 每季度 after 制度 is one replacement."""
    found: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in opcodes:
        if tag == "equal":
            continue
        if found and a - found[-1][1] <= 1 and c - found[-1][3] <= 1:
            found[-1] = (found[-1][0], b, found[-1][2], d)
        else:
            found.append((a, b, c, d))
    return found


def _whole_numbers(one: str, other: str, codes: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Widen a difference inside a number to the whole number and its unit: 20平方米 → 30平方米, never 2 → 3."""
    found: list[tuple[int, int, int, int]] = []
    for a, b, c, d in codes:
        if _in_number(one, a) or _in_number(other, c):
            while a > 0 and c > 0 and one[a - 1] == other[c - 1] and one[a - 1].isdigit():
                a, c = a - 1, c - 1
        if _in_number(one, b) or _in_number(other, d):
            while b < len(one) and d < len(other) and one[b] == other[d] and one[b].isdigit():
                b, d = b + 1, d + 1
        if re.search(r"\d", one[a:b]) and re.search(r"\d", other[c:d]):
            up, down = _UNIT.match(one, b), _UNIT.match(other, d)
            if up and down and up[0] == down[0]:
                b, d = up.end(), down.end()
        if found and a <= found[-1][1]:
            a, b, c, d = found[-1][0], b, found[-1][2], d
            found.pop()
        found.append((a, b, c, d))
    return found


def _elsewhere(stretch: str, others: Sequence[str]) -> bool:
    """Does a stretch stand on the other side, in another place?"""
    if len(stretch) < _MOVED:
        return False
    for other in others:
        match = SequenceMatcher(None, stretch, other, autojunk=False).find_longest_match()
        if match.size >= max(_MOVED, 0.8 * len(stretch)):
            return True
    return False
