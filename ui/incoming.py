"""A document on its way into the workspace: read in a bounded process, looked at, set right, and stored only when somebody says so."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from lineage.records import Decided, PairResult
from lineage.review.people import reviewer_id
from lineage.review.records import Decision
from lineage.review.whole import say_of_pair
from loaders.corrections import Correction, add_corrections, apply_corrections
from loaders.describe.listing import read_names
from loaders.preview import Preview, preview_of
from loaders.records import Extraction
from loaders.words import with_words
from ontology.labels import label
from zhengmai.bounded import run_bounded
from zhengmai.errors import UnknownTable, UsageError
from zhengmai.intake import Arrival, Placed, take_in
from zhengmai.settings import WORKSPACE_VARIABLE
from zhengmai.workspace import Workspace

TYPES = ("docx", "doc", "xlsx", "xls", "csv", "tsv", "html", "htm", "pdf", "txt", "md", "rtf", "odt")
LARGEST_MB = 50
BUILD_SECONDS = 1800
HEADERS = "headers"


@dataclass
class Incoming:
    """One upload of one visitor. ``roles`` are columns that were given another meaning: header → role, "" for not used.

    ``headers`` are those of its first table where none was read as a task table.
    """

    name: str
    sha256: str
    folder: tempfile.TemporaryDirectory[str] = field(repr=False)
    roles: dict[str, str] = field(default_factory=dict)
    extraction: Extraction | None = None
    headers: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        return Path(self.folder.name) / self.name


def receive(name: str, data: bytes) -> Incoming:
    """Put an upload in a folder of its own, gone when the visitor goes.

    :raises UsageError: when it is empty or larger than we take.
    """
    if not data or len(data) > LARGEST_MB * 1_000_000:
        raise UsageError(
            where=name,
            found=f"{len(data)} bytes",
            expected=f"a document of at most {LARGEST_MB} MB",
            fix="choose another file, or split it",
            zh=f"文件为空，或超过 {LARGEST_MB} MB。",
        )
    folder = tempfile.TemporaryDirectory(prefix="zhengmai-upload-")
    plain = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in Path(name).name).strip(". ") or "upload"
    incoming = Incoming(plain[-120:], hashlib.sha256(data).hexdigest(), folder)
    incoming.path.write_bytes(data)
    return incoming


def read(incoming: Incoming, workspace: Workspace) -> Extraction:
    """Read the document with the workspace's words and the columns as they were given, in a process that may be ended.

    :raises ZhengmaiError: when it cannot be read; the columns then are as they were.
    """
    with tempfile.TemporaryDirectory(prefix="zhengmai-rules-") as shadow:
        rules = Path(shadow) / "rules"
        if workspace.rules_dir.is_dir():
            shutil.copytree(workspace.rules_dir, rules)
        rules.mkdir(exist_ok=True)
        if incoming.roles:
            (rules / f"{HEADERS}.yaml").write_text(_headers(workspace, incoming.roles), encoding="utf-8")
        extraction: Extraction = run_bounded(
            "loaders.extract:extract_file", incoming.path, environment={WORKSPACE_VARIABLE: str(Path(shadow).resolve())}
        )
    return extraction


def look_at(incoming: Incoming, workspace: Workspace) -> None:
    """Read the document; where no column of its table is known, keep the headers, so that the visitor can say what they are.

    :raises ZhengmaiError: when it cannot be read, or has neither a table nor clauses.
    """
    try:
        incoming.extraction = read(incoming, workspace)
    except UnknownTable:
        incoming.headers = run_bounded("loaders.unread:unread_headers", incoming.path)
        if not incoming.headers:
            raise
    else:
        if not incoming.extraction.rows and incoming.extraction.ingest.tables_seen:
            incoming.headers = run_bounded("loaders.unread:unread_headers", incoming.path)


def compare(upper: Extraction, lower: Extraction, word: Literal["rule", "yes", "no"] = "rule") -> PairResult:
    """Return what would link the document to an upper one, found in a process that may be ended; ``word`` is the visitor's on the pair."""
    result: PairResult = run_bounded("ui.incoming:align_as_said", upper, lower, word)
    return result


def align_as_said(upper: Extraction, lower: Extraction, word: Literal["rule", "yes", "no"]) -> PairResult:
    """Return the pair as the build will align it once the visitor's word is written down."""
    from lineage.align import align

    return align(upper, lower, decided=None if word == "rule" else Decided(word, "person"))


def corrections_of(
    slug: str, cells: Mapping[tuple[str, str], tuple[str, str]], reason: str, who: str, on: str, *, row: bool = True
) -> tuple[Correction, ...]:
    """Return changed cells, (row or provision, field) → (old, new), as corrections."""
    return tuple(Correction(slug, own, name, old, new, reason, who, on, row=row) for (own, name), (old, new) in cells.items())


def corrected(extraction: Extraction, corrections: Sequence[Correction]) -> Extraction:
    """Return the document with its corrections applied, as the build will."""
    return apply_corrections(extraction, corrections) if corrections else extraction


def arrival_of(incoming: Incoming, preview: Preview, said: Mapping[str, str | None], workspace: Workspace) -> Arrival:
    """Return what is to be listed; ``said`` are title, issuer, date, level and access as the visitor left them.

    ``carries_out`` is only what the text states: the visitor's own word on the upper document is a decision (:func:`store`).
    """
    names = read_names(workspace.curated_dir)
    title, issuer = said["title"] or preview.title, said["issuer"] or ""
    own = names.slugs.get(title) or names.slugs.get(preview.number or "")
    by = names.slugs.get(issuer)
    slug = f"{by}-{own}" if own and by and not own.startswith(by) else own
    return Arrival(
        path=incoming.path,
        sha256=incoming.sha256,
        slug=slug or f"doc-{incoming.sha256[:8]}",
        title=" ".join(title.split()),
        issuer=issuer,
        date=said["date"],
        level=said["level"],
        what=(label(f"document-kind/{preview.kind}", "zh"), label(f"document-kind/{preview.kind}", "en")),
        access=said["access"] or "internal",
        carries_out=preview.carries_out,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """The visitor's word on the upper document: its slug, what was read of it, yes or no, and whose word it is."""

    slug: str
    upper: Extraction
    word: Literal["yes", "no"]
    who: str
    on: str


def store(
    incoming: Incoming, arrival: Arrival, corrections: Sequence[Correction], workspace: Workspace, judged: Judged | None = None
) -> Placed:
    """Store the document, its columns, its corrections and the word on its upper document; nothing of it was there before.

    :raises UsageError: when the workspace cannot be written.
    :raises BadDecision: when the name of who judged cannot be one; before anything is stored.
    :raises StoreBusy: when it is being built.
    """
    if judged:
        reviewer_id(judged.who)
    (placed,) = take_in(workspace, [arrival])
    if placed.state == "added":
        if incoming.roles:
            text = _headers(workspace, incoming.roles)
            workspace.rules_dir.mkdir(exist_ok=True)
            fresh = workspace.rules_dir / f".{HEADERS}.{os.getpid()}"
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(workspace.rules_dir / f"{HEADERS}.yaml")
        if corrections:
            add_corrections(workspace.curated_dir, [_of(placed.slug, one) for one in corrections])
        if judged and incoming.extraction:
            final = corrected(incoming.extraction, corrections)
            decision: Decision = "accepted" if judged.word == "yes" else "rejected"
            say_of_pair(workspace.curated_dir, judged.upper, judged.slug, final, placed.slug, decision, reviewer=judged.who, on=judged.on)
    return placed


def build(workspace: Workspace) -> Iterator[str]:
    """Build the workspace's graph in a process of its own; yields what it says, line by line.

    :raises UsageError: when the build failed, with its last words.
    """
    command = [sys.executable, "-m", "zhengmai", "build", "--workspace", str(workspace.path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace")
    said: list[str] = []
    try:
        for line in process.stdout or ():
            said.append(line.rstrip())
            yield line.rstrip()
        code = process.wait(BUILD_SECONDS)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if code != 0:
        raise UsageError(
            where="zhengmai build",
            found=" ".join(said[-3:]) or f"exit status {code}",
            expected="a build that ends well",
            fix="the document is stored and the old graph stands; mend what is named and build again",
            zh="文件已存入，但构建未完成，图谱仍为原版本。",
        )


def read_preview(extraction: Extraction) -> Preview:
    """Return what the document says of itself and its account."""
    return preview_of(extraction)


def _headers(workspace: Workspace, roles: Mapping[str, str]) -> str:
    exact = {" ".join(header.split()): role or None for header, role in roles.items()}
    return with_words(workspace.rules_dir, HEADERS, {"exact": exact})


def _of(slug: str, one: Correction) -> Correction:
    return Correction(slug, one.id, one.field, one.old, one.new, one.reason, one.who, one.date, one.row)
