"""Which documents of a store are worth holding against each other: a nation's lower documents against all its upper ones cannot be.

While the store is small every pair is aligned. Beyond that each task names the sentences it shares most with among all upper documents at
once (``lineage.candidates``); a lower document is aligned with those its tasks name most, and with every one it cites. A document that is
no basis collects a few chance votes; one that is gets most of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from lineage.basis import citation_of
from lineage.candidates import Candidates
from lineage.units import lower_units, upper_units
from loaders.records import Extraction

Name = tuple[str, str]  # upper slug, lower slug

FEW_PAIRS, NEAREST, VOTES = 4_000_000, 8, 5
"""Pairs of a task and a sentence that are all measured (about 4 minutes on two cores); documents kept, and votes of a task, beyond."""


def worth_aligning(corpus: Mapping[str, Extraction], pairs: Sequence[Name], *, few: int = FEW_PAIRS, most: int = NEAREST) -> list[Name]:
    """Return the (upper, lower) pairs worth aligning, in their order: all while they are ``few``, counted in tasks times sentences.

    Beyond, each lower document keeps the ``most`` upper ones its tasks name most, and what it cites.
    """
    uppers = {slug: [u.folded.chars for u in upper_units(corpus[slug])] for slug in dict.fromkeys(upper for upper, _ in pairs)}
    lowers = {slug: [u.folded.chars for u in lower_units(corpus[slug])] for slug in dict.fromkeys(lower for _, lower in pairs)}
    if sum(len(uppers[upper]) * len(lowers[lower]) for upper, lower in pairs) <= few:
        return list(pairs)
    votes = _votes(uppers, lowers)
    allowed: dict[str, list[str]] = {}
    for upper, lower in pairs:
        allowed.setdefault(lower, []).append(upper)
    kept = {(upper, lower) for lower, own in allowed.items() for upper in _chosen(votes[lower], own)[:most]}
    return [name for name in pairs if name in kept or citation_of(corpus[name[0]], corpus[name[1]])]


def _chosen(votes: Mapping[str, float], allowed: Collection[str]) -> list[str]:
    """Return the documents with most votes among those that stand above; equals in the order of their names."""
    return sorted((slug for slug in allowed if votes.get(slug)), key=lambda slug: (-votes[slug], slug))


def _votes(uppers: Mapping[str, Sequence[str]], lowers: Mapping[str, Sequence[str]]) -> dict[str, Counter[str]]:
    """Return, for each lower document, what its tasks give to each upper one: the best shared score there, against the best anywhere."""
    owners = [slug for slug, sentences in uppers.items() for _ in sentences]
    index = Candidates([sentence for sentences in uppers.values() for sentence in sentences])
    tasks = [(slug, text) for slug, texts in lowers.items() for text in texts]
    found: dict[str, Counter[str]] = {slug: Counter() for slug in lowers}
    at = 0
    for batch in index.search([text for _, text in tasks], VOTES):
        for sentences, scores in zip(batch.sentences.tolist(), batch.scores.tolist(), strict=True):
            given: dict[str, float] = {}
            for sentence, score in zip(sentences, scores, strict=True):
                if sentence >= 0:
                    given.setdefault(owners[sentence], score / scores[0])
            found[tasks[at][0]].update(given)
            at += 1
    return found
