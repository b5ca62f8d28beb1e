"""Words that turn a duty round, in sentences that were otherwise put anew: 无偿移交 above, 有偿移交 here; 不得链接广告, 可以链接广告."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lineage.divergence.reading import Reading, overlap
from lineage.fold import fold_plain
from lineage.records import Divergence, Link, Quote
from loaders.words import words

RULE = "opposite-words"
WINDOW = 14  # characters behind a word that say what it is about
LEAST = 2  # pairs of characters both must have there
HELD = 4  # characters right behind a word that stops something, which the other side says without one
_PIECE = re.compile(r"[^，。；：！？\t\n]*")


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a pair, which sense of it, and the pairs of characters behind it in its piece."""

    pair: int
    sense: int
    quote: Quote
    behind: frozenset[str]


def opposite_divergences(reading: Reading, before: Sequence[Divergence] = ()) -> Iterator[Divergence]:
    """Yield one record for each word whose opposite stands before the same words on the other side, and one for each stretch that only one
    side stops (不得收取押金, 收取押金); a word that the other side has too, before these words, is none.

    ``before`` are the records of other rules: what one of them tells is not told again.
    """
    told: set[tuple[str, int]] = set()
    for link in sorted(reading.links, key=lambda one: -one.confidence):
        sentence = reading.sentence(link)
        start = sentence.place.start or 0
        above = _said(reading.upper.text, start, sentence.place.end or start)
        here = [one for a, b in reading.homes(link) for one in _said(reading.lower.text, a, b)]
        for one, other in [*_opposed(above, here), *_unstopped(reading, link)]:
            if (link.task, other.start) not in told and not any(_is_told(link, one, other, d) for d in before):
                told.add((link.task, other.start))
                yield _record(link, one, other)


def _is_told(link: Link, above: Quote, here: Quote, told: Divergence) -> bool:
    if (told.task, told.sentence) != (link.task, link.sentence) or told.difference == "same":
        return False
    return bool(overlap(above, told.upper) or overlap(here, told.lower))


def _said(text: str, start: int, end: int) -> list[Said]:
    """Return the words of the pairs in a stretch; a longer word hides the shorter one in it (不公开, 公开)."""
    found = []
    for hit in _words().finditer(text, start, end):
        piece = _PIECE.match(text, hit.end(), min(end, hit.end() + WINDOW))
        behind = _pairs(piece[0] if piece else "")
        found += [Said(pair, sense, Quote(hit.start(), hit.end(), hit[0]), behind) for pair, sense in _known()[hit[0]]]
    return found


def _opposed(above: list[Said], here: list[Said]) -> list[tuple[Quote, Quote]]:
    found = []
    for one in above:
        alike = [(len(one.behind & other.behind), other) for other in here if other.pair == one.pair]
        most = max((share for share, _ in alike), default=0)
        best = [other for share, other in alike if share == most]
        back = [s for s in above if s.pair == one.pair and any(len(s.behind & o.behind) >= most for o in best)]
        if most >= LEAST and all(o.sense != one.sense for o in best) and all(s.sense == one.sense for s in back):
            found.append((one.quote, best[0].quote))
    return found


def _unstopped(reading: Reading, link: Link) -> list[tuple[Quote, Quote]]:
    """Return what one side stops and the other, which stops nothing in its sentence, says plainly."""
    sentence = reading.sentence(link)
    up = (reading.upper.text, sentence.place.start or 0, sentence.place.end or 0)
    found = []
    for a, b in reading.homes(link):
        low = (reading.lower.text, a, b)
        if hit := _plain(up, low):
            found.append((Quote(hit[1], hit[1] + HELD, up[0][hit[1] : hit[1] + HELD]), Quote(*hit[0], low[0][slice(*hit[0])])))
        elif hit := _plain(low, up):
            found.append((Quote(*hit[0], up[0][slice(*hit[0])]), Quote(hit[1], hit[1] + HELD, low[0][hit[1] : hit[1] + HELD])))
    return found


def _plain(plain: tuple[str, int, int], stopping: tuple[str, int, int]) -> tuple[tuple[int, int], int] | None:
    """Return where one side stops something and where the other says the same words, in a clause of a sentence that stops nothing."""
    wrong = re.compile("|".join(map(re.escape, words("opposites")["wrongs"])) + r"|\W")
    for hit in _listed("stops").finditer(*stopping):
        held = stopping[0][hit.end() : min(hit.end() + HELD, stopping[2])]
        at = plain[0].find(held, plain[1], plain[2]) if len(held) == HELD and not wrong.search(held) else -1
        if at >= 0:
            mark = max(plain[0].rfind(char, plain[1], at) for char in "，。；：\n")
            end = _PIECE.match(plain[0], at, plain[2])
            if not _listed("against").search(plain[0], max(mark, plain[1]), end.end() if end else plain[2]):
                return (hit.start(), hit.end() + HELD), at
    return None


def _pairs(text: str) -> frozenset[str]:
    plain = fold_plain(text)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


@cache
def _known() -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for pair, senses in enumerate(words("opposites")["pairs"]):
        for sense, listed in enumerate(senses):
            for word in listed:
                found.setdefault(word, []).append((pair, sense))
    return found


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _known()), key=len, reverse=True)))


@cache
def _listed(name: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words("opposites")[name]), key=len, reverse=True)))


def _record(link: Link, above: Quote, here: Quote) -> Divergence:
    zh = f"上级“{above.quote}”，本级写作“{here.quote}”，意思相反。"
    en = f"{above.quote} above, {here.quote} here: the opposite."
    return Divergence(
        link.task, link.provision, link.sentence or "", "wording", "replaced", "replaced", (above,), (here,), (zh, en), RULE, {}
    )
