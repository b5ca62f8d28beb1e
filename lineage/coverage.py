"""Coverage as data: what tasks carry of every upper sentence together, what is left of it, and the mix of its clause, section and document.

Nothing is rolled up from one sentence to its clause: a clause has counts, never a verdict. It is computed from a pair's result, so that
what people decided counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lineage.fold import fold_plain
from lineage.records import Link, PairResult, Quote
from lineage.units import upper_units
from loaders.records import Extraction

Kind = Literal["whole", "part", "addressed-to-other-level", "none-found", "level-unclear"]
KINDS: tuple[Kind, ...] = ("whole", "part", "addressed-to-other-level", "none-found", "level-unclear")
WHOLE, LEAST_LEFT, JOINED = 0.9, 3, 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """One upper sentence: who carries it (accepted and proposed links), how much of its words, and the words nobody carries."""

    sentence: str
    clause: str
    section: str
    kind: Kind
    accepted: tuple[str, ...]
    proposed: tuple[str, ...]
    share: float
    left: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Mix:
    """How many sentences of a clause, a section or the document (``id`` "") are of each kind."""

    level: Literal["clause", "section", "document"]
    id: str
    counts: dict[Kind, int]


def coverage_of(result: PairResult, upper: Extraction) -> tuple[tuple[Sentence, ...], tuple[Mix, ...]]:
    """Return every sentence's coverage in the order of the document, and the mixes; both empty where there is no basis."""
    if result.basis.verdict == "no":
        return (), ()
    links: dict[str, list[Link]] = defaultdict(list)
    for link in result.links:
        if link.sentence and link.status in ("accepted", "proposed"):
            links[link.sentence].append(link)
    reasons = {gap.sentence: gap.reason for gap in result.uncovered}
    spans = {p.id: (p.place.start or 0, p.place.end or 0) for p in upper.provisions if p.level == "sentence"}
    found = []
    for unit in upper_units(upper):
        own = links.get(unit.id, [])
        if not own and unit.id not in reasons:
            continue
        share, left = _left(own, spans[unit.id], upper.text) if own else (0.0, ())
        kind: Kind = reasons[unit.id] if not own else "whole" if share >= WHOLE else "part"
        by = {status: tuple(dict.fromkeys(link.task for link in own if link.status == status)) for status in ("accepted", "proposed")}
        found.append(Sentence(unit.id, unit.clause, unit.section, kind, by["accepted"], by["proposed"], round(share, 3), left))
    return tuple(found), tuple(_mixes(found))


def _left(links: Sequence[Link], span: tuple[int, int], text: str) -> tuple[float, tuple[Quote, ...]]:
    """Return the share of a sentence's characters that its links quote, and the stretches none quotes."""
    start, end = span
    taken = [False] * (end - start)
    for quote in (q for link in links for q in link.provision_evidence):
        for at in range(max(start, quote.start), min(end, quote.end)):
            taken[at - start] = True
    counted = [at for at in range(start, end) if fold_plain(text[at])]
    share = sum(taken[at - start] for at in counted) / len(counted) if counted else 0.0
    stretches: list[tuple[int, int]] = []
    for at in (at for at in counted if not taken[at - start]):
        if stretches and at - stretches[-1][1] < JOINED:
            stretches[-1] = (stretches[-1][0], at + 1)
        else:
            stretches.append((at, at + 1))
    return share, tuple(Quote(a, b, text[a:b]) for a, b in stretches if len(fold_plain(text[a:b])) >= LEAST_LEFT)


def _mixes(sentences: Sequence[Sentence]) -> list[Mix]:
    found = []
    for level, key in (("document", lambda s: ""), ("section", lambda s: s.section), ("clause", lambda s: s.clause)):
        counts: dict[str, Counter[Kind]] = {}
        for sentence in sentences:
            counts.setdefault(key(sentence), Counter())[sentence.kind] += 1
        found += [Mix(level, own, {kind: tally[kind] for kind in KINDS}) for own, tally in counts.items()]  # type: ignore[arg-type]
    return found


def coverage_json(result: PairResult, upper: Extraction) -> dict[str, Any]:
    """Return the coverage of a pair as plain JSON values."""
    sentences, mixes = coverage_of(result, upper)
    return {
        "sentences": [
            {
                "sentence": s.sentence,
                "clause": s.clause,
                "kind": s.kind,
                "accepted": list(s.accepted),
                "proposed": list(s.proposed),
                "share": s.share,
                "left": [{"start": q.start, "end": q.end, "quote": q.quote} for q in s.left],
            }
            for s in sentences
        ],
        "mix": [{"level": m.level, "id": m.id, **m.counts} for m in mixes],
    }
