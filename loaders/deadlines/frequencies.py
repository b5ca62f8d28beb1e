"""Finds how often a text asks for something: 每年至少听取一次, 每季度至少召开1次, 每年至少对20%以上.

每年3月31日前 is a time limit and left to ``find_deadlines``. 定期 names no period: ``every`` is "" there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from loaders.deadlines.grammar import scan
from loaders.deadlines.limits import Limit
from loaders.deadlines.patterns import NUMBER, any_of, patterns
from loaders.deadlines.phrases import phrases
from loaders.deadlines.text import Folded, fold, number
from loaders.records import Frequency
from zhengmai.settings import rules_dir

_CLAUSE = re.compile("[^,;。:!?]*")
_MANY = {"": 1, "百": 100, "千": 1000, "万": 10_000}
_REACH = 60  # how far after 每年 its count may stand


def find_frequencies(text: str) -> tuple[Frequency, ...]:
    """Return the frequencies a text asks for, in order; ``text[start:end] == raw``."""
    folded = fold(text)
    found = [*_cycles(folded), *_regular(folded)]
    return tuple(sorted(found, key=lambda frequency: frequency.start))


def _cycles(folded: Folded) -> Iterator[Frequency]:
    counts = _counts(rules_dir())
    limits = [limit for limit in scan(folded) if limit.shape == "cycle" and limit.recurs]
    for limit, following in zip(limits, [*(later.start for later in limits[1:]), len(folded.text)], strict=False):
        if not limit.said or (limit.recurs and not limit.recurs.month and not limit.recurs.day and not limit.bound and not limit.offset):
            yield _frequency(folded, limit, following, counts)


def _frequency(folded: Folded, limit: Limit, following: int, counts: re.Pattern[str]) -> Frequency:
    every = limit.recurs.every if limit.recurs else ""
    reach = min(limit.end + _REACH, following)
    clause = _CLAUSE.match(folded.text, limit.end, reach)
    stop = clause.end() if clause else limit.end
    once = re.search("[一1][次轮]$", folded.text[limit.start : limit.end])
    count = counts.search(folded.text, limit.end, stop)
    end = count.end() if count else limit.end
    start, last = folded.span(limit.start, end)
    at_least = int(number(count["n"])) * _MANY[count["many"]] if count and count["n"] else 1 if once else None
    return Frequency(start, last, folded.raw[start:last], every, at_least, count["share"] if count else None)


def _regular(folded: Folded) -> Iterator[Frequency]:
    for found in phrases().regularly.finditer(folded.text):
        start, end = folded.span(found.start(), found.end())
        yield Frequency(start, end, folded.raw[start:end], "")


@cache
def _counts(_rules: Path) -> re.Pattern[str]:
    words = patterns().words
    least, counts = any_of(words["at_least"]), any_of(words["counts"])
    return re.compile(
        rf"(?:(?:{least})[^0-9,;。]{{0,12}}?)?(?:(?<!第)(?P<n>{NUMBER})(?P<many>[百千万]?)(?:[-~至到]{NUMBER})?(?:{counts})(?:以上)?(?!性)"
        rf"|(?P<share>[0-9]{{1,3}}(?:\.[0-9]{{1,2}})?%)(?:以上)?)"
    )
