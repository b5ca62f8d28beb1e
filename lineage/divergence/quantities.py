"""Figures of either side held against each other: 不低于0.1平方米 against 不低于0.12平方米, by what they count and their context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lineage.divergence.reading import Reading
from lineage.fold import fold_plain
from lineage.quantities import Quantity, asks, find_quantities
from lineage.records import Divergence, Link, Quote
from loaders.deadlines import find_deadlines, find_frequencies

RULE = "quantity-by-unit"
_BEFORE, _AFTER = 14, 8  # characters of context
_NOUN = 5  # characters behind a figure that say what it counts
_ALIKE = 2  # pairs of characters before or after that two figures must share
_ALIKE_PHRASES = 3  # or pairs of characters of their phrases, wherever the figure stands: 1处暂存点, 暂存点1处
_PHRASE = re.compile(r"[^，。；：、\t\n]+")
_REASON = {
    "higher": ("上级“{up}”，本级“{down}”，提高。", "{up} above, {down} here: more."),
    "lower": ("上级“{up}”，本级“{down}”，降低。", "{up} above, {down} here: less."),
    "same": ("上级“{up}”，本级“{down}”，相同。", "{up} above, {down} here: the same."),
    "not-comparable": (
        "上级“{up}”为总量，本级“{down}”只是其中一部分，不能直接比较。",
        "{up} above is a total of which {down} here is a part: not comparable.",
    ),
    "new": ("上级该句没有这一数量，本级写明“{down}”。", "The upper sentence sets no such figure; here {down}."),
    "gone": ("上级“{up}”，本级该句的各项任务中未见。", "{up} is in no task that carries the sentence."),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with its words, the phrase they stand in and the pairs of characters around it."""

    quantity: Quantity
    quote: Quote
    phrase: Quote
    around: frozenset[tuple[str, str]]


def quantity_divergences(reading: Reading) -> Iterator[Divergence]:
    """Yield one record for each pair of figures, and one for each phrase whose figure is new or gone.

    New and gone are told only of figures that are no name: not 24小时自助办税 or 三项制度; days are limits, which have a rule of their own.
    """
    for task, links in reading.by_task.items():
        left = [figure for start, end in reading.stretches(task) for figure in _figures(reading.lower.text, start, end)]
        missing: list[tuple[Link, Figure]] = []
        for link, above, here in _paired(reading, links, left, missing):
            yield _record(link, *asks(above.quantity, here.quantity), above, here)
        for link, figure in {(link.sentence, f.phrase): (link, f) for link, f in missing if _binds(f)}.values():
            if reading.carries(link, figure.quote.start, figure.quote.end):
                yield _record(link, "gone", "looser", figure, None)
        for figure in {f.phrase: f for f in left if _binds(f)}.values():
            inside = [one for one in links if any(a <= figure.quote.start < b for a, b in reading.homes(one))]
            if inside:
                yield _record(inside[0], "new", "tighter", None, figure)


def _paired(
    reading: Reading, links: list[Link], left: list[Figure], missing: list[tuple[Link, Figure]]
) -> list[tuple[Link, Figure, Figure]]:
    """Match figures of one kind, those with like words around them first, then those in like phrases.

    Matched ones leave ``left``, the others go to ``missing``.
    """
    wanted = [(link, figure) for link in links for figure in _figures(reading.upper.text, *_place(reading, link))]
    order = sorted(
        (-len(one.around & other.around), -len(_pairs(one.phrase.quote) & _pairs(other.phrase.quote)), i, j)
        for i, (_, one) in enumerate(wanted)
        for j, other in enumerate(left)
        if one.quantity.kind == other.quantity.kind
    )
    partner: dict[int, int] = {}
    for around, phrases, i, j in order:
        if not _count_alike(wanted[i][1], left[j]):
            continue
        alike = -around >= _ALIKE or -phrases >= _ALIKE_PHRASES or _same_noun(wanted[i][1], left[j])
        if alike and i not in partner and j not in partner.values():
            partner[i] = j
    missing += [pair for i, pair in enumerate(wanted) if i not in partner]
    found = [(*wanted[i], left[j]) for i, j in sorted(partner.items())]
    left[:] = [figure for j, figure in enumerate(left) if j not in partner.values()]
    return found


def _count_alike(one: Figure, other: Figure) -> bool:
    """May two figures count the same? 1处 and 12个 do where like words stand behind them; 1处具备全托 and 12个街道 do not."""
    units = [
        re.sub(r"^[\d.]+|^[二两三四五六七八九十]+(?:分之[一二两三四五六七八九十]+)?", "", figure.quote.quote) for figure in (one, other)
    ]
    nouns = [figure.phrase.quote[figure.quote.end - figure.phrase.start :][:_NOUN] for figure in (one, other)]
    return units[0] == units[1] or not all(nouns) or bool(_pairs(nouns[0]) & _pairs(nouns[1]))


def _same_noun(one: Figure, other: Figure) -> bool:
    """Does the same word stand right before both (惠及居民8万户, 居民2.3万户)?"""
    words = [figure.phrase.quote[: figure.quote.start - figure.phrase.start][-2:] for figure in (one, other)]
    return words[0] == words[1] and len(words[0]) == 2 and one.quote.quote[-1] == other.quote.quote[-1]


def _figures(text: str, start: int, end: int) -> list[Figure]:
    said = text[start:end]
    taken = [*((f.start, f.end) for f in find_deadlines(said)), *((f.start, f.end) for f in find_frequencies(said))]
    found = []
    for q in find_quantities(said, taken):
        phrase = next(p for p in _PHRASE.finditer(said) if p.start() <= q.start < p.end())
        figure, whole = (Quote(start + a, start + b, said[a:b]) for a, b in ((q.start, q.end), phrase.span()))
        found.append(Figure(q, figure, whole, _around(said, q)))
    return found


def _around(said: str, q: Quantity) -> frozenset[tuple[str, str]]:
    """Pairs of characters before and after a figure; what comes after ends with its phrase."""
    after = _PHRASE.match(said, q.end)
    sides = {
        "before": re.split("[，。；：\t\n]", said[max(0, q.start - _BEFORE) : q.start])[-1],
        "after": after[0][:_AFTER] if after else "",
    }
    return frozenset((side, pair) for side, words in sides.items() for pair in _pairs(words))


@lru_cache(maxsize=4096)
def _pairs(words: str) -> frozenset[str]:
    plain = fold_plain(words)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def _binds(figure: Figure) -> bool:
    q = figure.quantity
    return q.kind != "天数" and not q.condition and (q.bound != "none" or (figure.quote.quote[0].isdigit() and not q.span_of_time))


def _place(reading: Reading, link: Link) -> tuple[int, int]:
    place = reading.sentence(link).place
    return place.start or 0, place.end or 0


def _record(link: Link, difference: str, direction: str, upper: Figure | None, lower: Figure | None) -> Divergence:
    alone = difference in ("new", "gone")
    quotes = [(f.phrase if alone else f.quote) if f else None for f in (upper, lower)]
    zh, en = (
        words.format(up=quotes[0].quote if quotes[0] else "", down=quotes[1].quote if quotes[1] else "") for words in _REASON[difference]
    )
    parts = {
        side: {"value": f.quantity.value, "unit": f.quantity.kind, "bound": f.quantity.bound}
        for side, f in (("upper", upper), ("lower", lower))
        if f
    }
    return Divergence(
        link.task,
        link.provision,
        link.sentence or "",
        "quantity",
        difference,
        direction,  # type: ignore[arg-type]
        (quotes[0],) if quotes[0] else (),
        (quotes[1],) if quotes[1] else (),
        (zh, en),
        RULE,
        parts,
    )
