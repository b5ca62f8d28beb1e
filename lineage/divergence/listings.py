"""Lists that lost an item on the way: 进社区、进家庭、进机构 above, 进社区、进机构 here, however else the sentence was put."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lineage.divergence.reading import Reading
from lineage.fold import fold_plain
from lineage.records import Divergence, Link, Quote

RULE = "list-items"
LEAST, KEPT = 3, 2  # items of the upper list; of them in the lower one
LONGEST = 10  # characters of an item
_LIST = re.compile(r"[一-鿿A-Za-z0-9（）()]{1,30}(?:、[一-鿿A-Za-z0-9（）()]{1,30})+")
_REST = re.compile("等|其他|其它|有关|相关")


def listing_divergences(reading: Reading) -> Iterator[Divergence]:
    """Yield one record for each upper list of which a task has most items, in order, and lacks one that no task of the sentence names."""
    for link in reading.links:
        sentence = reading.sentence(link)
        start = sentence.place.start or 0
        said = fold_plain(
            "".join(reading.lower.text[a:b] for other in reading.by_sentence[sentence.id] for a, b in reading.stretches(other.task))
        )
        for hit in _LIST.finditer(sentence.text):
            for a, b in reading.homes(link):
                if found := _missing(hit[0], reading.lower.text[a:b], said):
                    lost, kept, at = found
                    above = Quote(start + hit.start(), start + hit.end(), hit[0])
                    yield _record(link, above, Quote(a + at, a + at + len(kept), kept), lost)


def _missing(above: str, below: str, said: str) -> tuple[str, str, int] | None:
    """Return the item that a list below lacks, the list and where it stands."""
    upper = above.split("、")
    for hit in _LIST.finditer(below):
        lower = hit[0].split("、")
        if _REST.search(hit[0]) or len(upper) < LEAST or not KEPT <= len(lower) < len(upper):
            continue
        inner = [fold_plain(one) for one in upper[1:-1]]
        if any(len(one) > LONGEST or len(one) < 2 for one in inner):
            continue
        lost = [one for one in inner if one not in said]
        kept = [one for one in upper if _stands(one, lower, first=one is upper[0], last=one is upper[-1])]
        if len(lost) == 1 and len(kept) == len(upper) - 1 == len(lower):
            return lost[0], hit[0], hit.start()
    return None


def _stands(item: str, lower: list[str], *, first: bool, last: bool) -> bool:
    """Return whether an item stands in the lower list; the outer ones may have words of their sentence around them."""
    if first:
        return _shared_end(item, lower[0]) >= 2
    if last:
        return _shared_end(item[::-1], lower[-1][::-1]) >= 2
    return item in lower[1:-1] or lower[0].endswith(item) or lower[-1].startswith(item)


def _shared_end(one: str, other: str) -> int:
    size = 0
    while size < min(len(one), len(other)) and one[-1 - size] == other[-1 - size]:
        size += 1
    return size


def _record(link: Link, above: Quote, below: Quote, lost: str) -> Divergence:
    return Divergence(
        link.task,
        link.provision,
        link.sentence or "",
        "scope",
        "narrower",
        "looser",
        (above,),
        (below,),
        (
            f"上级列举“{above.quote}”，本级写作“{below.quote}”，少“{lost}”。",
            f"{above.quote} above, {below.quote} here: {lost} is left out.",
        ),
        RULE,
        {"missing": lost},
    )
