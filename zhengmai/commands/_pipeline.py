"""The build: read, describe, align, reason, publish. Only what changed is read again; the old graph stays until the new one is whole."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

from lineage.align import align
from lineage.chains import Corpus, chains_of
from lineage.describe import Pair, describe_pair
from lineage.describe_chains import change_words, describe_chains
from lineage.functions import Counterparts, confirmed
from lineage.levels import level_by_level
from lineage.reasoning import inferred_lineage
from lineage.records import PairResult
from lineage.review.apply import apply_decisions
from lineage.review.describe import describe_decisions
from lineage.review.desk import progress
from lineage.review.log import Log, read_log
from lineage.review.pairs import ReviewPair, keep_only, review_pair, write_pair
from lineage.review.records import KINDS, Record
from lineage.review.settle import settle
from loaders.actors.levels import level_of
from loaders.corrections import apply_corrections, read_corrections
from loaders.describe import describe_document
from loaders.describe.iris import ONTOLOGY_GRAPH
from loaders.describe.listing import Listing, Names, read_names
from loaders.extract import extract_file
from loaders.records import Extraction
from ontology.load import ontology_files, ontology_nquads
from zhengmai.progress import say, step
from zhengmai.settings import CHECKOUT
from zhengmai.store import build_lock, publish_snapshot
from zhengmai.workspace import SourceEntry, Workspace, read_sources

POOL_FROM = 8
CODE = ("loaders", "lineage", "ontology")


@dataclass(frozen=True)
class Built:
    """What a build made."""

    version: str
    quads: int
    documents: int
    read_again: int
    pairs: int


def build(workspace: Workspace) -> Built:
    """Build the workspace's graph and make it the current snapshot."""
    entries = read_sources(workspace)
    names = read_names(workspace.curated_dir)
    corrections = read_corrections(workspace.curated_dir)
    decisions = read_log(workspace.curated_dir)
    _tell_of_strangers(corrections, entries)
    with build_lock(workspace.built_dir):
        cache = Cache(workspace)
        with step("读取文件", "reading documents"):
            extractions = [
                apply_corrections(x, corrections.get(e.slug, ())) for e, x in zip(entries, _extract_all(entries, cache), strict=True)
            ]
        with step("描述为图谱", "describing them as a graph"):
            held = {
                title: e.slug
                for e, x in zip(entries, extractions, strict=True)
                for title in (e.title, x.meta.title, x.meta.number or "")
                if title
            }
            lines: set[str] = set(cache.keep("ontology", _digest(ontology_files()), lambda: ontology_nquads(ONTOLOGY_GRAPH)))
            for entry, extraction in zip(entries, extractions, strict=True):
                listing = Listing(entry.slug, entry.title, entry.issuer, entry.date, entry.level, names, held, entry.access)
                key = _key(
                    entry.sha256,
                    repr((entry.slug, entry.title, entry.issuer, entry.date, entry.level, entry.access)),
                    repr(corrections.get(entry.slug, ())),
                    _shown(names),
                    repr(sorted(held.items())),
                )
                lines.update(cache.keep(f"doc-{entry.slug}", key, lambda x=extraction, to=listing: describe_document(x, to)))
            lines.update(_counterparts(workspace.curated_dir / "counterparts.sssom.tsv", names))
        with step("比对上下级文件", "aligning documents"):
            levels = {e.slug: e.level or level_of(x) for e, x in zip(entries, extractions, strict=True)}
            keys = {e.slug: _key(e.sha256, e.slug, repr(corrections.get(e.slug, ()))) for e in entries}
            corpus = {e.slug: x for e, x in zip(entries, extractions, strict=True)}
            known = confirmed(workspace.curated_dir / "counterparts.sssom.tsv")
            direct = {pair: _machine(cache, keys, corpus, *pair, known) for pair in _pairs(corpus, levels)}
            machine, changes = level_by_level(direct, corpus, levels)
            decided = {}
            for pair, result in machine.items():
                decided[pair], described = _decided(cache, keys, decisions, corpus, *pair, result)
                lines.update(described)
            keep_only(workspace.built_dir, {f"{lower}--{upper}" for upper, lower in machine})
            lines.update(describe_chains(chains_of(decided, corpus), corpus, changes))
            for zh, en in change_words(changes, {e.slug: e.title or e.slug for e in entries}):
                say(zh, en)
        _tell_of_decisions(workspace)
        with step("推理承接链", "inferring lineage"):
            others = sorted(lines)
            key = _key(*others)
            lines.update(cache.keep("lineage", key, lambda: inferred_lineage(others)))
        with step("发布快照", "publishing the snapshot"):
            version = publish_snapshot(workspace.built_dir, sorted(lines))
    return Built(version, len(lines), len(entries), cache.misses_of("extract-"), len(machine))


class Cache:
    """What was made before, by name and content key; an entry is one file, written whole, and thrown away when the key differs."""

    def __init__(self, workspace: Workspace) -> None:
        self.built = workspace.built_dir
        self._folder = workspace.cache_dir
        self._folder.mkdir(parents=True, exist_ok=True)
        self._rules = _digest([*sorted(workspace.rules_dir.glob("*.yaml")), *_code_files()])
        self._missed: list[str] = []

    def keep(self, name: str, key: str, make: Any) -> Any:
        """Return what ``make`` makes, from the cache when the same key was made before by the same code and rules."""
        found = self.get(name, key)
        return found if found is not None else self.put(name, key, make())

    def get(self, name: str, key: str) -> Any:
        try:
            with (self._folder / name).open("rb") as file:
                saved, value = pickle.load(file)
        except (OSError, EOFError, pickle.UnpicklingError, ValueError, AttributeError, ImportError, TypeError):
            saved, value = None, None
        return value if saved == _key(self._rules, key) else None

    def put(self, name: str, key: str, value: Any) -> Any:
        self._missed.append(name)
        fresh = self._folder / f".{name}-{os.getpid()}"
        with fresh.open("wb") as file:
            pickle.dump((_key(self._rules, key), value), file, protocol=pickle.HIGHEST_PROTOCOL)
        fresh.replace(self._folder / name)
        return value

    def misses_of(self, prefix: str) -> int:
        """Return how many entries of a kind had to be made anew."""
        return sum(name.startswith(prefix) for name in self._missed)


def _extract_all(entries: Sequence[SourceEntry], cache: Cache) -> list[Extraction]:
    found: list[Extraction | None] = [cache.get(f"extract-{e.slug}", e.sha256) for e in entries]
    missing = [at for at, x in enumerate(found) if x is None]
    if len(missing) >= POOL_FROM:
        with ProcessPoolExecutor() as pool:
            made: Iterable[Extraction] = list(pool.map(extract_file, [entries[at].path for at in missing], chunksize=4))
    else:
        made = [extract_file(entries[at].path) for at in missing]
    for at, extraction in zip(missing, made, strict=True):
        found[at] = cache.put(f"extract-{entries[at].slug}", entries[at].sha256, extraction)
    return [x for x in found if x is not None]


def _pairs(corpus: Corpus, levels: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """Every document with provisions from a higher level is held against every document of a lower one: (upper, lower) by slug."""
    order = ("national", "provincial", "city", "county", "township")
    rank = {slug: order.index(level) for slug, level in levels.items() if level in order}
    return [
        (upper, lower)
        for upper, lower in permutations(corpus, 2)
        if corpus[upper].provisions and upper in rank and lower in rank and rank[upper] < rank[lower]
    ]


def _machine(cache: Cache, keys: Mapping[str, str], corpus: Corpus, upper: str, lower: str, known: Counterparts) -> PairResult:
    """Return what the aligner says about a pair, aligned once."""
    key = _key(keys[upper], keys[lower], repr(sorted(map(sorted, known))))
    result: PairResult = cache.keep(f"align-{lower}--{upper}", key, lambda: align(corpus[upper], corpus[lower], counterparts=known))
    return result


def _decided(
    cache: Cache, keys: Mapping[str, str], decisions: Log, corpus: Corpus, upper: str, lower: str, result: PairResult
) -> tuple[PairResult, list[str]]:
    """Return a pair's result with what people decided, and its lines; the machine's own word is kept for review."""
    for_review = review_pair(result, corpus[upper], upper, corpus[lower], lower)
    write_pair(cache.built, for_review)
    said = [r for r in decisions.records if (r.lower, r.upper) == (lower, upper)]
    key = _key(keys[upper], keys[lower], repr(said), repr((result.basis.through, [(x.task, x.sentence) for x in result.links])))
    pair = Pair(corpus[upper], upper, corpus[lower], lower)
    found: tuple[PairResult, list[str]] = cache.keep(f"pair-{pair.name}", key, lambda: _described(result, for_review, said, pair))
    return found


def _described(result: PairResult, for_review: ReviewPair, said: Sequence[Record], pair: Pair) -> tuple[PairResult, list[str]]:
    settled = settle(for_review, said)
    decided = apply_decisions(result, settled, pair.upper, pair.lower)
    return decided, sorted({*describe_pair(decided, pair), *describe_decisions(settled, decided, pair)})


def _tell_of_decisions(workspace: Workspace) -> None:
    """Say which decisions do not hold as they are: rows that cannot be read, words that changed or went."""
    done = progress(workspace, kinds=KINDS)
    for count, zh, en in (
        (len(done.faults), "行复核记录无法读取", "rows of the review decisions cannot be read"),
        (len(done.lost), "条复核记录所判的文字已不在文件中", "decisions are about words that are no longer there"),
        (done.reopened, "项复核后原文已变，须重新判断", "items have changed since people decided on them"),
    ):
        if count:
            say(f"注意：{count} {zh}；见 zhengmai review status。", f"note: {count} {en}: zhengmai review status lists them.")


def _tell_of_strangers(corrections: Iterable[str], entries: Sequence[SourceEntry]) -> None:
    """A correction of a document that is not listed does nothing; it is likely a slip in its slug."""
    for slug in sorted(set(corrections) - {e.slug for e in entries}):
        say(
            f"注意：corrections.csv 中的文件 {slug} 不在 sources.yaml 中，其更正未采用。",
            f"note: corrections.csv names a document {slug} that sources.yaml does not list; its corrections do nothing.",
        )


def _counterparts(path: Path, names: Names) -> list[str]:
    from loaders.describe.counterparts import read_counterparts

    return read_counterparts(path, names)


def _shown(names: Names) -> str:
    return repr((sorted(names.slugs.items()), sorted(names.english.items()), sorted(names.variants.items())))


def _code_files() -> list[Path]:
    """Our own code and word lists: a new version of a rule reads everything again."""
    return sorted(p for room in CODE for p in (CHECKOUT / room).rglob("*") if p.suffix in (".py", ".yaml", ".json", ".rq", ".ttl", ".csv"))


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _key(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()
