"""Which sentences of a whole corpus share most with each of many texts: an index of our own over arrays.

Every text is cut into runs of two characters; a run's place in the index is computed from its two characters, so that no dictionary
stands in the way. A sentence's weight under a run is BM25's (rare runs weigh more, long sentences less). A query takes every
third run, since neighbours stand in the same sentences, and keeps the ``RUNS`` rarest of them: the common ones have the longest lists
and tell least. Then it is one sparse product a batch, and memory stays a batch's.
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

PLACES = 1 << 20
STRIDE, RUNS, BATCH, HALF = 3, 12, 2_000, 0.5
SATURATION, LENGTH = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Found:
    """The best sentences of a batch of texts, best first: shape (texts, most); -1 and 0 where there are fewer."""

    sentences: Ints
    scores: Floats


class Candidates:
    """The sentences of a corpus, ready to be asked. Texts should be folded (``lineage.fold.fold_plain``)."""

    def __init__(self, sentences: Sequence[str]) -> None:
        import numpy as np
        from scipy.sparse import csr_matrix

        self.size = len(sentences)
        owner, place = _runs(sentences)
        keys, times = np.unique(owner * PLACES + place, return_counts=True)
        owner, place = keys // PLACES, keys % PLACES
        holders = np.bincount(place, minlength=PLACES)
        self.rarity = np.log(1 + (self.size - holders + 0.5) / (holders + 0.5)).astype(np.float32)
        self.rarity[holders == 0] = 0
        lengths = np.bincount(owner, weights=times, minlength=self.size)
        norm = SATURATION * (1 - LENGTH + LENGTH * lengths / max(1.0, float(lengths.mean() if self.size else 1.0)))
        weights = self.rarity[place] * times * (SATURATION + 1) / (times + norm[owner])
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
        starts = scores.indptr.tolist()
        for row, (begin, end) in enumerate(zip(starts, starts[1:], strict=False)):
            if begin == end:
                continue
            values = scores.data[begin:end]
            near = np.flatnonzero(values >= values.max() * HALF)
            if len(near) > most:
                near = near[np.argpartition(values[near], -most)[-most:]]
            columns, values = scores.indices[begin:end][near], values[near]
            order = np.lexsort((columns, -values))
            sentences[row, : len(order)], best[row, : len(order)] = columns[order], values[order]
        return Found(sentences, best)

    def _queries(self, texts: Sequence[str]) -> csr_matrix:
        """Return the texts as rows that hold 1 at each of their rarest runs the corpus knows."""
        import numpy as np
        from scipy.sparse import csr_matrix

        owner, place = _runs(texts, STRIDE)
        keys = np.unique(owner * PLACES + place)
        owner, place = keys // PLACES, keys % PLACES
        known = self.rarity[place] > 0
        owner, place = owner[known], place[known]
        order = np.lexsort((-self.rarity[place], owner))
        owner, place = owner[order], place[order]
        first = np.searchsorted(owner, np.arange(len(texts)))
        kept = np.arange(len(owner)) - first[owner] < RUNS
        ones = np.ones(int(kept.sum()), dtype=np.float32)
        return csr_matrix((ones, (owner[kept], place[kept])), shape=(len(texts), PLACES))


def _runs(texts: Sequence[str], stride: int = 1) -> tuple[Ints, Ints]:
    """Return, for every ``stride``-th run of two characters of every text, whose it is and its place in the index."""
    import numpy as np

    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    lengths = np.array([len(t) for t in texts], dtype=np.int64)
    owner = np.repeat(np.arange(len(texts)), lengths)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    taken = (owner[1:] == owner[:-1]) & (within[:-1] % stride == 0)
    place = (codes[:-1] * 2_654_435_761 + codes[1:] * 40_503) % 4_294_967_291 % PLACES
    return owner[:-1][taken], place[taken]
