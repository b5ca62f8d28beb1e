"""A document of the workspace, read again as the build reads it: for pages that show the source beside what was understood."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from loaders.corrections import FILE, apply_corrections, read_corrections
from loaders.extract import extract_file
from loaders.records import Extraction
from zhengmai.errors import UsageError
from zhengmai.workspace import SourceEntry, Workspace, read_sources


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """What ``sources.yaml`` says of a document, and the document as read, corrections applied."""

    entry: SourceEntry
    extraction: Extraction


def read_held(workspace: Workspace, slug: str) -> HeldDocument:
    """Return a document of the workspace.

    :raises UsageError: when the workspace lists none of that name.
    :raises MissingFile: when its file is gone.
    """
    entry = _entry(workspace, slug)
    corrections = read_corrections(workspace.curated_dir).get(slug, ())
    return HeldDocument(entry, apply_corrections(extract_file(entry.path), corrections))


def document_state(workspace: Workspace, slug: str) -> str:
    """Return what changes when the document, its corrections or the workspace's rules do."""
    digest = hashlib.sha256(_entry(workspace, slug).sha256.encode())
    for path in (workspace.curated_dir / FILE, *sorted(workspace.rules_dir.glob("*.yaml"))):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _entry(workspace: Workspace, slug: str) -> SourceEntry:
    entries = {entry.slug: entry for entry in read_sources(workspace)}
    if slug not in entries:
        raise UsageError(
            where="sources.yaml",
            found=f"no document {slug!r}",
            expected=", ".join(entries) or "a document",
            fix="choose one that is listed",
            zh="工作区中没有这份文件。",
        )
    return entries[slug]
