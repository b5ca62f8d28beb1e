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
    corrections = workspace.curated_dir / FILE
    said = corrections.read_bytes() if corrections.is_file() else b""
    return hashlib.sha256(b"\n".join((_entry(workspace, slug).sha256.encode(), rules_state(workspace).encode(), said))).hexdigest()


def rules_state(workspace: Workspace) -> str:
    """Return what changes when the workspace's words do; a process that read them once goes on with what it read (``loaders.words``)."""
    digest = hashlib.sha256()
    for path in sorted(workspace.rules_dir.glob("*.yaml")):
        digest.update(path.name.encode() + path.read_bytes())
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
