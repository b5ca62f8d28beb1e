"""The words that bind and the hedges on them, found by a published, versioned list: loaders/words/duty_words.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from loaders.words import words

PLAIN = 2  # the rank of a verb that stands alone


@dataclass(frozen=True, slots=True)
class DutyWord:
    """One found word; offsets are in the text that was read. A hedge has tier "hedge" and rank None."""

    start: int
    end: int
    quote: str
    tier: str
    rank: int | None


def lexicon_version() -> str:
    return str(words("duty_words")["version"])


def duty_words(text: str) -> tuple[DutyWord, ...]:
    """Return the binding words and hedges of a text in order; a word inside a longer one or inside a hedge does not count.

    >>> [(w.quote, w.tier) for w in duty_words("主要任务原则上应当完成，可以探索，不得推诿")]
    [('原则上', 'hedge'), ('应当', 'should'), ('可以', 'soft'), ('探索', 'soft'), ('不得', 'must')]
    """
    hedges = [DutyWord(hit.start(), hit.end(), hit[0], "hedge", None) for hit in _hedges().finditer(text)]
    found = []
    for hit in _words().finditer(text):
        code, rank, before, after = _known()[hit[0]]
        if before and re.match(before, text[max(0, hit.start() - 1) : hit.start()]):
            continue
        if after and re.match(after, text[hit.end() : hit.end() + 1]):
            continue
        if not any(h.start <= hit.start() < h.end for h in hedges):
            found.append(DutyWord(hit.start(), hit.end(), hit[0], code, rank))
    return tuple(sorted((*hedges, *found), key=lambda w: w.start))


def rank_of(text: str) -> int | None:
    """Return the rank of a stretch that is nothing but duty words, None for any other.

    >>> rank_of("应当"), rank_of("可以"), rank_of("应当公开")
    (3, 1, None)
    """
    found = [w for w in duty_words(text) if w.rank is not None]
    return binding_rank(found) if found and sum(w.end - w.start for w in found) == len(text) else None


def binds(text: str) -> bool:
    """Say whether a stretch is nothing but duty words and hedges: 鼓励有条件的."""
    found = duty_words(text)
    return bool(found) and sum(w.end - w.start for w in found) == len(text)


def hedges_of(text: str) -> list[DutyWord]:
    return [w for w in duty_words(text) if w.rank is None]


def binding_rank(found: Iterable[DutyWord]) -> int:
    """Return how much some words bind together: the strongest of must and should, else soft words, else the verb alone."""
    ranks = [w.rank for w in found if w.rank is not None]
    return max([r for r in ranks if r > PLAIN] or ranks, default=PLAIN)


@cache
def _hedges() -> re.Pattern[str]:
    return re.compile("|".join(words("duty_words")["hedges"]))


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _known()), key=len, reverse=True)))


@cache
def _known() -> dict[str, tuple[str, int, str, str]]:
    """Return word → (tier, rank, what may not stand before, what may not stand after)."""
    rules = words("duty_words")
    before, after = rules.get("not_before", {}), rules.get("not_after", {})
    return {
        word: (tier["code"], int(tier["rank"]), before.get(word, ""), after.get(word, ""))
        for tier in reversed(rules["tiers"])
        for word in tier["words"]
    }
