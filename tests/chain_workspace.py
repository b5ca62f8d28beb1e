"""A workspace of the documents of chain_documents, and a way to ask its graph."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from chain_documents import LEVELS, TEXTS

from zhengmai.store import open_store
from zhengmai.workspace import Workspace

SOURCES = """sources:
{}"""
ENTRY = """  - slug: {slug}
    file: {slug}.txt
    title: {title}
    issuer: {issuer}
    date: null
    level: {level}
    sha256: {sha}
    access: public
"""


def workspace(folder: Path, *slugs: str, texts: Mapping[str, str] | None = None) -> Workspace:
    """Return a workspace of some documents by slug; ``texts`` stand in the place of those of chain_documents."""
    found = {**TEXTS, **(texts or {})}
    return workspace_of(folder, {slug: (LEVELS[slug], found[slug]) for slug in slugs})


def workspace_of(folder: Path, documents: Mapping[str, tuple[str, str]]) -> Workspace:
    """Return a workspace of documents by slug: level and text."""
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    for name in ("curated", "rules", "queries", "built"):
        (folder / name).mkdir(exist_ok=True)
    entries = []
    for slug, (level, text) in documents.items():
        content = text.encode()
        (folder / "sources" / f"{slug}.txt").write_bytes(content)
        title = text.splitlines()[0]
        issuer = title.split("关于")[0].split("推进")[0]
        entries.append(ENTRY.format(slug=slug, title=title, issuer=issuer, level=level, sha=hashlib.sha256(content).hexdigest()))
    (folder / "sources.yaml").write_text(SOURCES.format("".join(entries)), encoding="utf-8")
    return Workspace(folder)


def ask(ws: Workspace, sparql: str) -> list[tuple[str, ...]]:
    head = "PREFIX zm: <https://w3id.org/zhengmai/ns#> PREFIX id: <https://w3id.org/zhengmai/id/> "
    rows = open_store(ws).query(head + sparql)
    return [tuple(term.value.removeprefix("https://w3id.org/zhengmai/id/") if term else "" for term in row) for row in rows]  # type: ignore[union-attr]
