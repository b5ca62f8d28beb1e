"""Figures of either side held against each other: 不低于0.1平方米 against 不低于0.12平方米, by what they count and their context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lineage.divergence.reading import Reading
from lineage.fold import fold_plain
from lineage.quantities import Quantity, asks, find_quantities
from lineage.records import Divergence, Link, Quote
from loaders.deadlines import find_deadlines, find_frequencies

RULE = "quantity-by-unit"
_BEFORE, _AFTER = 14, 8  # characters of context
_ALIKE = 2  # pairs of characters two contexts must share
_PHRASE = re.compile(r"[^，。；：、\t\n]+")
_REASON = {
    "higher": ("上级“{up}”，本级“{down}”，提高。", "{up} above, {down} here: more."),
    "lower": ("上级“{up}”，本级“{down}”，降低。", "{up} above, {down} here: less."),
    "new": ("上级该句没有这一数量，本级写明“{down}”。", "The upper sentence sets no such figure; here {down}."),
    "gone": ("上级“{up}”，本级该句的各项任务中未见。", "{up} is in no task that carries the sentence."),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with its words, the phrase they stand in and the pairs of characters around it."""

    quantity: Quantity
    quote: Quote
    phrase: Quote
    around: frozenset[str]


def quantity_divergences(reading: Reading) -> Iterator[Divergence]:
    """Yield one record for each figure that is more, less, new or gone; figures that stand as they stood are none.

    New and gone are told only of figures that are no name: not 24小时自助办税 or 三项制度; days are limits, which have a rule of their own.
    """
    for task, links in reading.by_task.items():
        left = [figure for start, end in reading.stretches(task) for figure in _figures(reading.lower.text, start, end)]
        missing: list[tuple[Link, Figure]] = []
        for link, above, here in _paired(reading, links, left, missing):
            difference, direction = asks(above.quantity, here.quantity)
            if difference != "same":
                yield _record(link, difference, direction, above, here)
        for link, figure in missing:
            if _binds(figure) and reading.carries(link, figure.quote.start, figure.quote.end):
                yield _record(link, "gone", "looser", figure, None)
        for figure in left:
            inside = [one for one in links if any(a <= figure.quote.start < b for a, b in reading.homes(one))]
            if inside and _binds(figure):
                yield _record(inside[0], "new", "tighter", None, figure)


def _paired(
    reading: Reading, links: list[Link], left: list[Figure], missing: list[tuple[Link, Figure]]
) -> list[tuple[Link, Figure, Figure]]:
    """Match figures of one kind by their context, the most alike first; matched ones leave ``left``, the others go to ``missing``."""
    wanted = [(link, figure) for link in links for figure in _figures(reading.upper.text, *_place(reading, link))]
    order = sorted(
        ((len(one.around & other.around), -i, -j) for i, (_, one) in enumerate(wanted) for j, other in enumerate(left)), reverse=True
    )
    partner: dict[int, int] = {}
    for alike, i, j in order:
        if alike >= _ALIKE and -i not in partner and -j not in partner.values() and wanted[-i][1].quantity.kind == left[-j].quantity.kind:
            partner[-i] = -j
    missing += [pair for i, pair in enumerate(wanted) if i not in partner]
    found = [(*wanted[i], left[j]) for i, j in sorted(partner.items())]
    left[:] = [figure for j, figure in enumerate(left) if j not in partner.values()]
    return found


def _figures(text: str, start: int, end: int) -> list[Figure]:
    said = text[start:end]
    taken = [*((f.start, f.end) for f in find_deadlines(said)), *((f.start, f.end) for f in find_frequencies(said))]
    found = []
    for q in find_quantities(said, taken):
        phrase = next(p for p in _PHRASE.finditer(said) if p.start() <= q.start < p.end())
        figure, whole = (Quote(start + a, start + b, said[a:b]) for a, b in ((q.start, q.end), phrase.span()))
        found.append(Figure(q, figure, whole, _around(said, q)))
    return found


def _around(said: str, q: Quantity) -> frozenset[str]:
    plain = (fold_plain(said[max(0, q.start - _BEFORE) : q.start]), fold_plain(said[q.end : q.end + _AFTER]))
    return frozenset(words[i : i + 2] for words in plain for i in range(len(words) - 1))


def _binds(figure: Figure) -> bool:
    q = figure.quantity
    return q.kind != "天数" and (q.bound != "none" or (figure.quote.quote[0].isdigit() and not q.span_of_time))


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
