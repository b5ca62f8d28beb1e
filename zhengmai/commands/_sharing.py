"""The part of a build that finds wording documents share, whatever their levels: compared two by two where it is worth it, and kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from lineage.chains import Corpus
from lineage.levels import Pairs
from lineage.sideways.compare import compare_documents
from lineage.sideways.describe import describe_linked, describe_sharing
from lineage.sideways.nearest import runs_of, worth_comparing
from loaders.records import Extraction, Metadata
from zhengmai.commands._kept import Cache, key_of


def shared_text(cache: Cache, corpus: Corpus, pairs: Pairs, keys: Mapping[str, str], dates: Mapping[str, str | None]) -> list[str]:
    """Return the lines of all shared text. ``keys`` and ``dates`` are the documents' by slug; a date the words give goes before."""
    bases: dict[str, set[str]] = {slug: set() for slug in corpus}
    lines: list[str] = []
    for (upper, lower), result in pairs.items():
        if result.basis.verdict == "yes":
            bases[lower].add(upper)
            lines += describe_linked(result, upper, lower)
    runs = {slug: cache.keep(f"runs-{slug}", keys[slug], lambda x=document: runs_of(x)) for slug, document in corpus.items()}
    for one, other in worth_comparing(runs, bases):
        above = _above(pairs, bases[one], bases[other], one)
        dated = {slug: replace(corpus[slug], meta=_dated(corpus[slug], dates.get(slug))) for slug in (one, other)}
        key = key_of(keys[one], keys[other], keys[above] if above else "", repr([document.meta.written_on for document in dated.values()]))
        lines += cache.keep(f"sharing-{one}--{other}", key, lambda a=one, b=other, d=dated, u=above: _lines(corpus, a, b, d, u))
    return lines


def _above(pairs: Pairs, mine: Collection[str], theirs: Collection[str], one: str) -> str | None:
    """Return the upper document to tell what both took from above: one both rest on, else one that either does; the best linked."""
    both = set(mine) & set(theirs)
    return max(sorted(both or {*mine, *theirs}), key=lambda u: len(pairs[u, one].links) if (u, one) in pairs else 0, default=None)


def _dated(document: Extraction, listed: str | None) -> Metadata:
    meta = document.meta
    return meta if meta.written_on or meta.published_on or not listed else replace(meta, written_on=listed)


def _lines(corpus: Corpus, one: str, other: str, dated: Mapping[str, Extraction], upper: str | None) -> list[str]:
    found = compare_documents([dated[one], dated[other]], corpus[upper] if upper else None)[0]
    return describe_sharing(found, (one, dated[one]), (other, dated[other]), upper)
