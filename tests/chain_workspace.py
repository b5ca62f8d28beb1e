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
    texts = {**TEXTS, **(texts or {})}

    (folder / "sources").mkdir(parents=True, exist_ok=True)
    for name in ("curated", "rules", "queries", "built"):
        (folder / name).mkdir(exist_ok=True)
    entries = []
    for slug in slugs:
        content = texts[slug].encode()
        (folder / "sources" / f"{slug}.txt").write_bytes(content)
        title, issuer = texts[slug].splitlines()[0], texts[slug].splitlines()[0].split("关于")[0].split("推进")[0]
        entries.append(ENTRY.format(slug=slug, title=title, issuer=issuer, level=LEVELS[slug], sha=hashlib.sha256(content).hexdigest()))
    (folder / "sources.yaml").write_text(SOURCES.format("".join(entries)), encoding="utf-8")
    return Workspace(folder)


def ask(ws: Workspace, sparql: str) -> list[tuple[str, ...]]:
    head = "PREFIX zm: <https://w3id.org/zhengmai/ns#> PREFIX id: <https://w3id.org/zhengmai/id/> "
    rows = open_store(ws).query(head + sparql)
    return [tuple(term.value.removeprefix("https://w3id.org/zhengmai/id/") if term else "" for term in row) for row in rows]  # type: ignore[union-attr]
