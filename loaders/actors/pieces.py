"""Cut a blank-free list of actors into runs, each holding one name or a few joined by 及/和.

First everything is cut at marks, numbers and blanks; then what the page or the grammar had torn is put together again:
a broken line (人力资源和社会 / 保障局), a head said once for several (区教育、民政、人社局), 法律顾问、公职律师所在部门.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from loaders.actors.flat_text import FlatText
from loaders.actors.names import NameWords, any_of, is_whole, name_words

Joint = Literal["start", "list", "mark", "blank"]
_STRENGTH: dict[Joint, int] = {"start": 0, "blank": 1, "list": 2, "mark": 3}
_MARKS = "，,；;。|｜/\\!！?？:：\t"
_BULLETS = "●■◆★•▪►"
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,2}[.．、）)](?![0-9])|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[①-⑳]")
_WRITTEN_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}、")
_LONGEST_PART = 14  # a part of a shared-head list (公安, 法律顾问) is short; longer is a name of unknown make
_LONGEST_RUN = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """text[start:end] and what parted it from the piece before."""

    start: int
    end: int
    joint: Joint


def name_end(flat: FlatText, start: int, end: int) -> int:
    """Return where a name ends when brackets and an open 等 behind it are left off."""
    while end > start:
        opened = flat.opening.get(end)
        if opened is not None and opened > start and flat.text[end - 1] in "）)】]":
            end = opened
        elif flat.text[end - 1] == "等":
            end -= 1
        else:
            break
    return end


def whole_at(flat: FlatText, start: int, end: int, known: frozenset[str]) -> bool:
    """Return whether text[start:end] could stand alone as a name (see is_whole)."""
    end = name_end(flat, start, end)
    return is_whole(flat.text[max(start, end - 60) : end], known)


@lru_cache(maxsize=32)
def _known_pattern(known: frozenset[str]) -> re.Pattern[str] | None:
    names = ["".join(name.split()) for name in known]
    return re.compile(any_of(names)) if (names := [name for name in names if len(name) > 1]) else None


def known_mask(flat: FlatText, known: frozenset[str]) -> bytes:
    """Return a byte per character: 1 inside brackets, quotes and names known from elsewhere, 2 where such a name starts."""
    pattern = _known_pattern(known)
    if pattern is None:
        return flat.inside
    mask, listed, text = bytearray(flat.inside), name_words(), flat.text
    for found in pattern.finditer(text):
        start, end = found.span()
        opened = start == 0 or start in flat.breaks or text[start - 1] in "、及和与或以" + _MARKS or mask[start - 1]
        closed = end == len(text) or end in flat.breaks or text[end] in "、等（(或" + _MARKS or listed.conjunction.match(text, end)
        if opened and closed:
            mask[start:end] = b"\x02" + b"\x01" * (end - start - 1)
    return bytes(mask)


def runs(flat: FlatText, mask: bytes, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans that hold one name, or names joined by 及/和."""
    pieces = list(_upright(flat, list(_pieces(flat, mask)), known))
    ahead = _whole_ahead(flat, pieces, known)
    current: tuple[int, int] | None = None
    for index, piece in enumerate(pieces):
        if current and _belongs(flat, current, piece, known, ahead[index]):
            current = (current[0], piece.end)
            continue
        if current:
            yield current
        current = (piece.start, piece.end)
    if current:
        yield current


def _pieces(flat: FlatText, mask: bytes) -> Iterator[Piece]:
    text, start, index = flat.text, 0, 0
    joint: Joint = "start"
    numbers = {found.start(): found.end() for found in _NUMBER.finditer(text) if not _in_name(flat, mask, found)}
    while index <= len(text):
        cut, width = _cut_at(flat, mask, numbers, index)
        if cut is None:
            index += 1
            continue
        if index > start:
            yield Piece(start, index, joint)
            joint = cut
        elif _STRENGTH[cut] > _STRENGTH[joint]:
            joint = cut
        start = index + width
        index = start if width else index + 1


def _in_name(flat: FlatText, mask: bytes, found: re.Match[str]) -> bool:
    """A number is no list number inside quotes, or a bracket number right behind a name."""
    start, end = found.span()
    if flat.text[start] in "（(":
        return not (start == 0 or start in flat.breaks or flat.text[start - 1] in "、；，;," + _MARKS)
    return bool(mask[start]) and not (end - start > 0 and not mask[end - 1])


def _cut_at(flat: FlatText, mask: bytes, numbers: dict[int, int], index: int) -> tuple[Joint | None, int]:
    text = flat.text
    if index == len(text):
        return "mark", 0
    if index in numbers:
        return "mark", numbers[index] - index
    if (index == 0 or index in flat.breaks) and (written := _WRITTEN_NUMBER.match(text, index)):
        return "mark", written.end() - index
    if not mask[index] and text[index] == "、":
        return "list", 1
    if not mask[index] and (text[index] in _MARKS or text[index] in _BULLETS):
        return "mark", 1
    if index in flat.breaks and (mask[index] == 2 or not (mask[index] and mask[index - 1])):
        return "blank", 0
    return None, 0


def _upright(flat: FlatText, pieces: list[Piece], known: frozenset[str]) -> Iterator[Piece]:
    """Put together text that was written one character a line."""
    current: Piece | None = None
    for piece in pieces:
        single = current and 1 in (piece.end - piece.start, current.end - current.start)
        if current and piece.joint == "blank" and single and not whole_at(flat, current.start, current.end, known):
            current = Piece(current.start, piece.end, current.joint)
            continue
        if current:
            yield current
        current = piece
    if current:
        yield current


def _whole_ahead(flat: FlatText, pieces: list[Piece], known: frozenset[str]) -> list[bool]:
    """For each piece: does it, or the list it leads on to, come to a whole name?"""
    ahead, distance, listed = [False] * len(pieces), 0, name_words()
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if whole_at(flat, piece.start, piece.end, known):
            ahead[index], distance = True, 0
        elif following and following.joint in ("list", "blank") and not _starts_own(flat, following, listed, after=piece):
            distance += 1
            ahead[index] = ahead[index + 1] and distance < _LONGEST_RUN and piece.end - piece.start <= _LONGEST_PART
    return ahead


def _starts_own(flat: FlatText, piece: Piece, listed: NameWords, *, after: Piece) -> bool:
    """Whether a piece opens a name of its own (市财政局), so that what stands before it does not lean on its head."""
    text = flat.text
    if text[after.start : after.end] in listed.places or listed.levels_only.match(text[piece.start : min(piece.end, piece.start + 40)]):
        return False
    if text.startswith(listed.own_starts, piece.start, piece.end) and piece.end - piece.start > 3:
        return True
    return bool(re.match(r"[^城都超上、]{2,3}[省市县区州](?=..)", text[piece.start : min(piece.end, piece.start + 8)]))


def _belongs(flat: FlatText, current: tuple[int, int], piece: Piece, known: frozenset[str], ahead: bool) -> bool:
    """Whether a piece carries on the name before it."""
    start, end = current
    text, listed = flat.text, name_words()
    if piece.joint in ("mark", "start"):
        return bool(piece.joint == "mark" and text[end : piece.start] in ("，", ",") and listed.alternative.match(text, piece.start))
    if listed.alternative.match(text, piece.start) or text.endswith(("或", "或者"), start, end):
        return True
    if piece.joint == "list":
        return _shares_head(flat, current, piece, known, ahead, listed)
    if text[piece.start] in "（(" or listed.conjunction.match(text, piece.start) or text.endswith(listed.conjunctions, start, end):
        return True
    if listed.rest.match(text[piece.start : min(piece.end, piece.start + 60)]) or _torn(flat, end, listed):
        return True
    if whole_at(flat, start, end, known):
        if text.endswith(listed.seats, start, end) and text[piece.start : piece.end] in listed.rooms:
            return True
        ends = listed.parents.get(text[start:end], ()) if end - start < 20 else ()
        return bool(ends) and text.endswith(ends, piece.start, piece.end)
    return ahead and end - start <= 60 and not _starts_own(flat, piece, listed, after=Piece(start, end, "blank"))


def _torn(flat: FlatText, index: int, listed: NameWords) -> bool:
    """Whether a break stands inside an ending: 办 / 公室, 部 / 门, 委 / 员会."""
    for before, after in listed.torn.get(flat.text[index - 1 : index + 1], ()):
        if flat.text.endswith(before, 0, index) and flat.text.startswith(after, index):
            beyond = index + len(after)
            if beyond == len(flat.text) or beyond in flat.breaks or flat.text[beyond] in "、等（(" + _MARKS:
                return True
    return False


def _shares_head(flat: FlatText, current: tuple[int, int], piece: Piece, known: frozenset[str], ahead: bool, listed: NameWords) -> bool:
    """Whether "cur、piece" is one name: 教育、民政局 (head at the end), 各镇、街道 (determiner at the start)."""
    start, end = current
    text = flat.text
    last = max(start, text.rfind("、", start, end) + 1)
    if not whole_at(flat, start, end, known) or text[last:end] in listed.places and "各" not in text[start:last]:
        own = _starts_own(flat, piece, listed, after=Piece(last, end, "list"))
        return ahead and end - last <= _LONGEST_PART and end - start <= 80 and not own
    opened = text[start : min(end, start + 40)]
    following = text[piece.start : min(name_end(flat, piece.start, piece.end), piece.start + 40)]
    if text.endswith(listed.paired_heads.get(following, ("、",)), start, end):
        return True
    if listed.levels_only.match(following):
        return bool(listed.each_place.search(opened))
    if following in listed.bare:
        return any(mark in opened for mark in (*listed.universal, *listed.contextual)) or text.endswith(listed.class_nouns, start, end)
    return False
