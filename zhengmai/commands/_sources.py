"""The workspace's documents as a report needs them: tables to draw, texts to quote, files to name; from the cache where it holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from zhengmai.errors import ZhengmaiError
from zhengmai.workspace import Workspace, read_sources

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.records import Extraction
    from validation.sources import SourceDocument


def source_documents(workspace: Workspace, slugs: Iterable[str] | None = None) -> list[SourceDocument]:
    """Return the documents that are listed (those of ``slugs`` only, when given) and can be read, in the order of sources.yaml."""
    from lineage.report_sources import source_document
    from zhengmai.commands._kept import Cache

    if not workspace.sources_file.is_file():
        return []
    wanted = None if slugs is None else set(slugs)
    found, cache = [], None
    for entry in read_sources(workspace):
        if wanted is not None and entry.slug not in wanted:
            continue
        cache = cache or Cache(workspace)
        try:
            extraction = cache.get(f"extract-{entry.slug}", entry.sha256) or _read_again(entry.path)
        except ZhengmaiError:
            continue
        found.append(source_document(entry, extraction, workspace.path))
    return found


def _read_again(path: Path) -> Extraction:
    from loaders.extract import extract_file  # brings every reader along

    return extract_file(path)
