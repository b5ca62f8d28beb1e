"""The build: read, describe, align, reason, publish. Only what changed is read again; the old graph stays until the new one is whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from lineage.functions import confirmed
from lineage.reasoning import inferred_lineage
from lineage.review.desk import progress
from lineage.review.log import read_log
from lineage.review.records import KINDS
from loaders.actors.levels import level_of
from loaders.corrections import apply_corrections, read_corrections
from loaders.describe import describe_document
from loaders.describe.iris import ONTOLOGY_GRAPH
from loaders.describe.listing import Listing, Names, read_names
from loaders.extract import extract_file
from loaders.records import Extraction
from ontology.load import ontology_files, ontology_nquads
from zhengmai.commands._aligning import Aligning, align_all
from zhengmai.commands._kept import Cache, digest_of, key_of
from zhengmai.progress import say, step
from zhengmai.store import build_lock, publish_snapshot
from zhengmai.workspace import SourceEntry, Workspace, read_sources

POOL_FROM = 8


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
            lines: set[str] = set(cache.keep("ontology", digest_of(ontology_files()), lambda: ontology_nquads(ONTOLOGY_GRAPH)))
            for entry, extraction in zip(entries, extractions, strict=True):
                listing = Listing(entry.slug, entry.title, entry.issuer, entry.date, entry.level, names, held, entry.access)
                key = key_of(
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
            keys = {e.slug: key_of(e.sha256, e.slug, repr(corrections.get(e.slug, ()))) for e in entries}
            corpus = {e.slug: x for e, x in zip(entries, extractions, strict=True)}
            known = confirmed(workspace.curated_dir / "counterparts.sssom.tsv")
            titles = {e.slug: e.title or e.slug for e in entries}
            aligned, pairs = align_all(
                cache, Aligning(corpus, levels, keys, decisions.records, known, titles, {e.slug: e.date for e in entries})
            )
            lines.update(aligned)
        _tell_of_decisions(workspace)
        with step("推理承接链", "inferring lineage"):
            others = sorted(lines)
            key = key_of(*others)
            lines.update(cache.keep("lineage", key, lambda: inferred_lineage(others)))
        with step("发布快照", "publishing the snapshot"):
            version = publish_snapshot(workspace.built_dir, sorted(lines))
    return Built(version, len(lines), len(entries), cache.misses_of("extract-"), pairs)


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
