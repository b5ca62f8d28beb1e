"""Which sentences of a whole corpus share most with each of many texts: an index of our own over arrays, the first step of aligning.

While everything can be measured against everything, nothing is left out (``FEW``); beyond that a document is measured against the
sentences its tasks share most with (``near``), and held against the upper documents these stand in (``lineage.worth_aligning``).

Every text is cut into runs of two characters; a run's place in the index is computed from its two characters, so that no dictionary
stands in the way. A sentence's weight under a run is BM25's (rare runs weigh more, long sentences less). A query takes the rarest run
of every ``WINDOW`` neighbours, since neighbours stand in the same sentences, and keeps the ``RUNS`` rarest of those: the common ones
have the longest lists and tell least. Then it is one sparse product a batch, and memory stays a batch's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

PLACE_BITS = 20
PLACES = 1 << PLACE_BITS
WINDOW, RUNS, HALF = 4, 16, 0.5
FEW, NEAREST = 400_000, 20
"""So many pairs of a task and a sentence are all measured (some 500 MB); beyond, each task's nearest sentences are."""
SENTENCE_BITS, SCORE_BITS = 24, 31  # what is left of 64 says which text of a batch
BATCH = 1 << 64 - SENTENCE_BITS - SCORE_BITS
SATURATION, LENGTH = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Found:
    """The best sentences of a batch of texts, best first: shape (texts, most); -1 and 0 where there are fewer."""

    sentences: Ints
    scores: Floats


class Candidates:
    """The sentences of a corpus, ready to be asked. Texts should be folded (``lineage.fold.fold_plain``).

    :raises ValueError: beyond 16 million sentences.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        import numpy as np
        from scipy.sparse import csr_matrix

        self.size = len(sentences)
        if self.size >> SENTENCE_BITS:
            raise ValueError(f"{self.size} sentences; an index holds at most {1 << SENTENCE_BITS}")
        owner, place, _ = _runs(sentences)
        keys, times = np.unique(owner * PLACES + place, return_counts=True)
        owner, place = keys // PLACES, keys % PLACES
        self.holders = np.bincount(place, minlength=PLACES)
        rarity = np.log(1 + (self.size - self.holders + 0.5) / (self.holders + 0.5))
        lengths = np.bincount(owner, weights=times, minlength=self.size)
        norm = SATURATION * (1 - LENGTH + LENGTH * lengths / max(1.0, float(lengths.mean() if self.size else 1.0)))
        weights = rarity[place] * times * (SATURATION + 1) / (times + norm[owner])
        self.index: csr_matrix = csr_matrix((weights.astype(np.float32), (place, owner)), shape=(PLACES, self.size))

    def search(self, texts: Sequence[str], most: int = 10, *, threads: int = 2) -> Iterator[Found]:
        """Yield, batch by batch, the sentences that share most with each text; a sentence under half the best one's score is left out."""
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(threads) as pool:
            yield from pool.map(lambda start: self._batch(texts[start : start + BATCH], most), range(0, len(texts), BATCH))

    def _batch(self, texts: Sequence[str], most: int) -> Found:
        import numpy as np

        scores = self._queries(texts) @ self.index
        sentences = np.full((len(texts), most), -1, dtype=np.int64)
        best = np.zeros((len(texts), most), dtype=np.float32)
        hits = np.diff(scores.indptr)
        if not scores.nnz:
            return Found(sentences, best)
        top = np.zeros(len(texts), dtype=np.float32)
        top[hits > 0] = np.maximum.reduceat(scores.data, scores.indptr[:-1][hits > 0])
        near = np.flatnonzero(scores.data >= np.repeat(top * np.float32(HALF), hits))
        # One number a hit, sorted as the answer is: its text, its score (the bits of a positive float grow with it), its sentence
        text = (np.searchsorted(scores.indptr, near, side="right") - 1).astype(np.uint64)
        score = np.uint64((1 << SCORE_BITS) - 1) - scores.data[near].view(np.uint32)
        order = np.sort((text << np.uint64(SCORE_BITS) | score) << np.uint64(SENTENCE_BITS) | scores.indices[near].astype(np.uint64))
        text = (order >> np.uint64(SCORE_BITS + SENTENCE_BITS)).astype(np.int64)
        rank = np.arange(len(text)) - np.searchsorted(text, text)
        kept = rank < most
        text, rank, order = text[kept], rank[kept], order[kept]
        sentences[text, rank] = order % np.uint64(1 << SENTENCE_BITS)
        score = np.uint64((1 << SCORE_BITS) - 1) - (order >> np.uint64(SENTENCE_BITS)) % np.uint64(1 << SCORE_BITS)
        best[text, rank] = score.astype(np.uint32).view(np.float32)
        return Found(sentences, best)

    def _queries(self, texts: Sequence[str]) -> csr_matrix:
        """Return the texts as rows that hold 1 at the rarest runs of their windows, the ``RUNS`` rarest of those the corpus knows."""
        import numpy as np
        from scipy.sparse import csr_matrix

        owner, place, within = _runs(texts)
        known = self.holders[place] > 0
        owner, place, within = owner[known], place[known], within[known]
        if not len(owner):
            return csr_matrix((len(texts), PLACES), dtype=np.float32)
        window = within // WINDOW
        starts = np.flatnonzero(np.r_[True, (owner[1:] != owner[:-1]) | (window[1:] != window[:-1])])
        rarest = np.minimum.reduceat(self.holders[place] << PLACE_BITS | place, starts)  # how many hold it, then which it is
        order = np.lexsort((rarest, owner[starts]))
        owner, rarest = owner[starts][order], rarest[order]
        once = np.r_[True, (owner[1:] != owner[:-1]) | (rarest[1:] != rarest[:-1])]
        owner, place = owner[once], rarest[once] % PLACES
        kept = np.arange(len(owner)) - np.searchsorted(owner, owner) < RUNS
        ones = np.ones(int(kept.sum()), dtype=np.float32)
        return csr_matrix((ones, (owner[kept], place[kept])), shape=(len(texts), PLACES))


def near(sentences: Sequence[str], texts: Sequence[str], *, few: int = FEW) -> list[int]:
    """Return which sentences are worth measuring against some texts, in order: all while the pairs are ``few``."""
    if len(sentences) * len(texts) <= few:
        return list(range(len(sentences)))
    found = Candidates(sentences).search(texts, NEAREST)
    return sorted({at for batch in found for at in batch.sentences.ravel().tolist() if at >= 0})


def _runs(texts: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    """Return, for every run of two characters of every text, whose it is, its place in the index and where in its text it stands."""
    import numpy as np

    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    lengths = np.array([len(t) for t in texts], dtype=np.int64)
    owner = np.repeat(np.arange(len(texts)), lengths)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    taken = owner[1:] == owner[:-1]
    place = (codes[:-1] * 2_654_435_761 + codes[1:] * 40_503) % 4_294_967_291 % PLACES
    return owner[:-1][taken], place[taken], within[:-1][taken]
