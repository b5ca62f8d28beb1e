"""Coverage as data: what tasks carry of every upper sentence together, what is left of it, and the mix of its clause, section and document.

Nothing is rolled up from one sentence to its clause: a clause has counts, never a verdict. It is computed from a pair's result, so that
what people decided counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lineage.fold import fold_plain
from lineage.records import Link, PairResult, Quote
from lineage.units import upper_units
from lineage.upper_rows import as_upper
from loaders.records import Extraction

KINDS = ("whole", "part", "addressed-to-other-level", "none-found", "level-unclear")
STATES = ("accepted", "proposed")
JUDGED = "judged"
WHOLE, LEAST_LEFT, JOINED = 0.9, 3, 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """One upper sentence: who carries it (accepted and proposed links), how much of its words, and the words nobody carries.

    ``kind`` is whole or part, or the reason why nobody does (a reviewer may have given one of their own).
    """

    sentence: str
    clause: str
    section: str
    kind: str
    accepted: tuple[str, ...]
    proposed: tuple[str, ...]
    share: float
    left: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Mix:
    """How many sentences of a clause, a section or the upper document (``id`` "") are of each kind, ``of`` all there are.

    The same sentences counted by the surest of their links are "accepted" and "proposed"; with the reasons these add up to ``of``, and so
    do "whole" and "part". "judged" are gaps with a reviewer's reason. Level "tasks" counts the lower document's tasks instead.
    """

    level: Literal["clause", "section", "document", "tasks"]
    id: str
    counts: dict[str, int]
    of: int


def coverage_of(result: PairResult, upper: Extraction) -> tuple[tuple[Sentence, ...], tuple[Mix, ...]]:
    """Return every sentence's coverage in the order of the document, and the mixes; both empty where there is no basis."""
    if result.basis.verdict == "no":
        return (), ()
    upper = as_upper(upper)
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
        kind = reasons[unit.id] if not own else "whole" if share >= WHOLE else "part"
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


def _mixes(sentences: Sequence[Sentence]) -> Iterator[Mix]:
    sections = {sentence.section for sentence in sentences}
    for level, key in (("document", lambda s: ""), ("section", lambda s: s.section), ("clause", lambda s: s.clause)):
        counts: dict[str, Counter[str]] = {}
        for sentence in sentences:
            tally = counts.setdefault(key(sentence), Counter())
            tally["of"] += 1
            tally[sentence.kind if sentence.kind in KINDS else JUDGED] += 1
            tally.update(["accepted"] if sentence.accepted else ["proposed"] if sentence.proposed else [])
        for own in [own for own in counts if level != "clause" or own not in sections]:  # sentences right under a section are told with it
            tally = counts[own]
            yield Mix(level, own, {kind: tally[kind] for kind in (*STATES, *KINDS, JUDGED)}, tally["of"])  # type: ignore[arg-type]


def tasks_mix(result: PairResult) -> Mix:
    """Return how many tasks of the lower document have a basis in the upper one: accepted, only proposed, none found."""
    links: dict[str, set[str]] = defaultdict(set)
    for link in result.links:
        links[link.task].add(link.status)
    accepted = sum("accepted" in states for states in links.values())
    proposed = sum("proposed" in states and "accepted" not in states for states in links.values())
    counts = {"accepted": accepted, "proposed": proposed, "none-found": len(result.unmatched)}
    return Mix("tasks", "", counts, sum(counts.values()))


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
        "mix": [{"level": m.level, "id": m.id, "of": m.of, **m.counts} for m in mixes],
        "tasks": {"of": (tasks := tasks_mix(result)).of, **tasks.counts},
    }
