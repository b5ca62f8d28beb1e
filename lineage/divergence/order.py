"""Steps in another order than above: 先征求意见，再公布 copied as 先公布，再征求意见, every word of it kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lineage.divergence.reading import Reading
from lineage.fold import fold_plain
from lineage.records import Divergence, Link, Quote

RULE = "change-weight"
_PIECE = re.compile("[^，,；;：:。！？\n\t]+")
_SHORTEST = 5  # folded characters; shorter pieces stand anywhere


def order_divergences(reading: Reading) -> Iterator[Divergence]:
    """Yield one record for each lower sentence whose pieces stand in another order than in the sentence they are copied from."""
    for link in reading.links:
        above = fold_plain(reading.sentence(link).text)
        for start, end in reading.homes(link):
            turned = _turned(above, [(fold_plain(p.quote), p) for p in _pieces(reading, start, end)])
            if turned:
                yield _record(link, *turned)


def _pieces(reading: Reading, start: int, end: int) -> list[Quote]:
    return [Quote(start + hit.start(), start + hit.end(), hit[0]) for hit in _PIECE.finditer(reading.lower.text[start:end])]


def _turned(above: str, pieces: list[tuple[str, Quote]]) -> tuple[Quote, Quote] | None:
    """Return the first two pieces that stand the other way round above; each must stand there once."""
    known = [(above.find(plain), quote) for plain, quote in pieces if len(plain) >= _SHORTEST and above.count(plain) == 1]
    return next(((one, other) for (a, one), (b, other) in zip(known, known[1:], strict=False) if b < a), None)


def _record(link: Link, one: Quote, other: Quote) -> Divergence:
    first, second = other.quote.strip(), one.quote.strip()
    return Divergence(
        link.task,
        link.provision,
        link.sentence or "",
        "wording",
        "replaced",
        "unclear",
        (),
        (one,),
        (f"上级先写“{first}”，后写“{second}”，本级次序相反。", f"Above {first} comes before {second}; here it is the other way round."),
        RULE,
        {"kind": "replaced", "what": "order", "direction": "unclear"},
    )
